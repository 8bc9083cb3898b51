// SPDX-License-Identifier: MIT

package document_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
)

func TestJSON(t *testing.T) {
	v, err := document.JSON([]byte(lines(`
{
  "b": 1, "a": [true,
    null, "x\u00e9"],
  "c.d": {"e": -1.5e3, "f": {}, "g": []},
  "h":
    9223372036854775807
}
`)))
	require.NoError(t, err)
	require.Equal(t, lines(`
b:2: the number 1
a[0]:2: true
a[1]:3: nothing
a[2]:3: the text "xé"
["c.d"].e:4: the number -1500
["c.d"].f:4: a map
["c.d"].g:4: a list
5: h
h:6: the number 9223372036854775807
`), leaves(v))
}

func TestJSONMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", " \n", "the document is empty"},
		{"null", "null", "the document is empty"},
		{"a comma too many", "{\n  \"a\": 1,\n  é}", "YAML"}, // is YAML
		{"a comma too few", "{\n  \"é\": 1 \"b\": 2\n}", "line 2, column 10: JSON: invalid character '\"' after object key:value pair"},
		{"the end", "{\n  \"a\": [1", "line 2, column 10: JSON: unexpected end of JSON input"},
		{"more", "{}\n{}", "line 2, column 1: JSON: invalid character '{' after top-level value"},
		{"words", "hello", "line 1, column 1: JSON: invalid character 'h' looking for beginning of value"},
		{"block style", "a: 1\nb: 2\n", "line 1, column 1: JSON: invalid character 'a' looking for beginning of value"},
		{"twice", "{\"a\": 1,\n\"a\": 2,\n\"b\": [{\"c\": 1, \"c\": 2}]}", "a (line 2): the key is there twice, first in line 1\n" +
			"b[0].c (line 3): the key is there twice, first in line 3"},
		{"twice in flow style", "{'a': 1,\n'a': 2}", "a (line 2): the key is there twice, first in line 1"},
		{"numbers", "[9223372036854775808,\n1e999]", "[0] (line 1): 9223372036854775808 is not between -9223372036854775808 and 9223372036854775807\n" +
			"[1] (line 2): 1e999 is too large"},
		{"not UTF-8", "{\"a\": \"\xff\"}", "line 1, column 8: the text is not UTF-8"},
		{"later in flow style", "{'a': 1,\n # x\n 'b': 2 'c': 3}", "line 1, column 2: JSON: invalid character '\\'' looking for beginning of object key string" +
			" (read as YAML: line 3: YAML: did not find expected ',' or '}' here or just before)"},
		{"too deep", strings.Repeat("[", 102) + "{\"a\": [1]}" + strings.Repeat("]", 102), strings.Repeat("[0]", 100) + " (line 1): lists and maps are more than 100 deep"},
	}
	for _, test := range tests {
		_, err := document.JSON([]byte(test.text))
		if test.want == "YAML" {
			require.NoError(t, err, test.name)
			continue
		}
		require.EqualError(t, err, test.want, test.name)
	}
}

func TestJSONTakesDepth(t *testing.T) {
	_, err := document.JSON([]byte(strings.Repeat("[", 100) + strings.Repeat("]", 100)))
	require.NoError(t, err)
}

// FuzzJSONNeverPanics also holds that what encoding/json accepts is accepted, but for duplicates, numbers and depth.
func FuzzJSONNeverPanics(f *testing.F) {
	f.Add([]byte(`{"version": 1, "a": [1.5, true, null, {"b": "\ud800"}]}`))
	f.Add([]byte(tutorialPython))
	f.Add([]byte("{\"a\": 1\n,}"))
	f.Add([]byte("[[[]"))
	f.Add([]byte("\t"))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := document.JSON(text)
		if err == nil {
			requireSound(t, v, "")
			return
		}
		if json.Valid(text) && !strings.Contains(err.Error(), "not UTF-8") {
			require.Regexp(t, "twice|is not between|too large|deep|empty|and [0-9]+ more", err.Error())
		}
	})
}
