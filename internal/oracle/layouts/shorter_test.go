// SPDX-License-Identifier: MIT

package layouts_test

import (
	"regexp"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// shorterSteps returns the texts of a step that have one thing less: an attribute, or a piece of a text.
func shorterSteps(st *step) (found []string) {
	words := st.Words()
	for i, word := range words {
		if i > 4 {
			found = append(found, strings.Join(slices.Delete(slices.Clone(words), i, i+1), " "))
		}
		for _, less := range shorterTexts(word) {
			found = append(found, strings.Join(slices.Replace(slices.Clone(words), i, i+1, less), " "))
		}
	}
	return found
}

// pieceRE finds what may be left out of a text: a field, a directive or a character.
var pieceRE = regexp.MustCompile(`%\([^()]*\)[-+ #0]*[0-9]*\.?[0-9]*[a-zA-Z]|%[-_0^#]*[0-9]*:?[a-zA-Z]|\$\{\w+\}|\$\w+|\{[^{}]*\}|(?s:.)`)

func shorterTexts(word string) (found []string) {
	key, value, isAttr := strings.Cut(word, "=\"")
	switch {
	case word[0] == '"':
		key, value = "", word
	case isAttr:
		key, value = key+"=", `"`+value
	default:
		return nil
	}
	text := judge.Unquote(value)
	for _, at := range pieceRE.FindAllStringIndex(text, -1) {
		found = append(found, key+judge.Quote(text[:at[0]]+text[at[1]:]))
	}
	return found
}
