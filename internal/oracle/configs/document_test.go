// SPDX-License-Identifier: MIT

package configs_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// words returns the words of a step. One in quotation marks is a JSON string.
func words(st *step) []string {
	words := st.Words()
	for i, word := range words {
		if word[0] == '"' {
			words[i] = judge.Unquote(word)
		}
	}
	return words
}

// at returns the place that the error of a document must name.
func at(st *step) string {
	_, place, _ := strings.Cut(st.Text, " at=")
	return place
}

// documentOf returns the text of the document of a step.
func documentOf(st *step) string { return strings.Join(st.Doc, "\n") + "\n" }

// read returns the value of a document in JSON, with numbers as Go has them.
func read(text string) any {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		panic(fmt.Sprintf("%v in %s", err, text))
	}
	return withNumbers(v)
}

func withNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := strconv.Atoi(v.String()); err == nil {
			return n
		}
		f, err := v.Float64()
		if err != nil {
			panic(err)
		}
		return f
	case []any:
		for i := range v {
			v[i] = withNumbers(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = withNumbers(v[key])
		}
	}
	return v
}

// yaml returns a value in YAML: blocks, and texts in quotation marks.
func yaml(v any, indent string) string {
	var b strings.Builder
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			return " {}\n"
		}
		b.WriteString("\n")
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(indent + quote(key) + ":" + yaml(v[key], indent+"  "))
		}
	case []any:
		if len(v) == 0 {
			return " []\n"
		}
		b.WriteString("\n")
		for _, item := range v {
			b.WriteString(indent + "-" + yaml(item, indent+"  "))
		}
	case string:
		return " " + quote(v) + "\n"
	case nil:
		return "\n"
	default:
		return fmt.Sprintf(" %v\n", v)
	}
	return b.String()
}

// has reports whether a value in a document, with the keys to it, is one that the function looks for.
func has(v any, found func(path []string, v any) bool, path ...string) bool {
	if found(path, v) {
		return true
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if has(item, found, append(slices.Clone(path), "[]")...) {
				return true
			}
		}
	case map[string]any:
		for key, value := range v {
			if has(value, found, append(slices.Clone(path), key)...) {
				return true
			}
		}
	}
	return false
}

// quote returns a text as a JSON string.
func quote(text string) string { return encode(text) }

// encode returns a value in JSON.
func encode(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// quoteName returns the name of a logger as scripts have it.
func quoteName(name string) string {
	if name == "" || strings.ContainsAny(name, `" `) {
		return quote(name)
	}
	return name
}
