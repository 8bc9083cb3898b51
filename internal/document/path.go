// SPDX-License-Identifier: MIT

package document

import (
	"strconv"
	"unicode"
)

// Join returns the path of the entry with a key in the map at path: handlers.file, or loggers["gunicorn.error"]
// where the key holds something other than letters, digits, _ and -. No two keys give the same path.
func Join(path, key string) string {
	switch {
	case !isPlain(key):
		return path + "[" + strconv.Quote(key) + "]"
	case path == "":
		return key
	}
	return path + "." + key
}

// index returns the path of an item in the list at path.
func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func isPlain(key string) bool {
	for _, r := range key {
		if r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return key != ""
}
