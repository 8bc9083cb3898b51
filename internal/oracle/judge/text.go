// SPDX-License-Identifier: MIT

package judge

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// escapes are what has a short form in JSON.
var escapes = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

// Quote returns a text as a JSON string in which all can be seen, as archive.py does.
func Quote(text string) string {
	if !utf8.ValidString(text) {
		return strconv.Quote(text) // which Python never writes
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		short, hasShort := escapes[r]
		switch {
		case hasShort:
			b.WriteString(short)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04x`, u)
			}
		}
	}
	return b.String() + `"`
}

// Unquote returns the text that a JSON string stands for.
func Unquote(quoted string) string {
	var text string
	if err := json.Unmarshal([]byte(quoted), &text); err != nil {
		panic(fmt.Sprintf("%s: %v", quoted, err))
	}
	return text
}

var stringRE = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// SameTexts reports whether lines are the same, with texts in them as JSON strings, which Python may write in another way:
// what can be seen depends on the version of Unicode.
func SameTexts(a, b string) bool {
	return a == b || stringRE.ReplaceAllStringFunc(a, requoted) == stringRE.ReplaceAllStringFunc(b, requoted)
}

// requoted returns a JSON string as Quote writes it, and anything else as it is.
func requoted(quoted string) string {
	var text string
	if json.Unmarshal([]byte(quoted), &text) != nil {
		return quoted
	}
	return Quote(text)
}
