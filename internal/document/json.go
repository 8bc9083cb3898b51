// SPDX-License-Identifier: MIT

package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// JSON reads a document in JSON. What is not JSON but a list or map in YAML's flow style is taken, too:
// {'version': 1,} with single quotes, trailing commas and comments.
func JSON(text []byte) (*Value, error) {
	s, err := Text(text)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(s), new(json.RawMessage)); err != nil {
		return flow(s, jsonFault(s, err))
	}
	b := jsonBuilder{text: s, line: 1, dec: json.NewDecoder(strings.NewReader(s))}
	b.dec.UseNumber()
	v := b.value(b.token(), "", 0)
	if err := b.errs.Err(); err != nil {
		return nil, err
	}
	if v.Kind == Null {
		return nil, &Error{Msg: "the document is empty"}
	}
	return v, nil
}

// jsonFault returns the error with its place.
func jsonFault(s string, err error) *Error {
	e := &Error{Msg: "JSON: " + err.Error()}
	var syntax *json.SyntaxError
	if strings.TrimSpace(s) == "" {
		return &Error{Msg: "the document is empty"}
	}
	if errors.As(err, &syntax) {
		offset := min(int(syntax.Offset), len(s))
		if !strings.Contains(err.Error(), "unexpected end") { // otherwise it counts what it has read
			offset = max(0, offset-1)
		}
		e.Line, e.Column = position(s, offset)
	}
	return e
}

// flow reads s as YAML, where JSON has said why it is not JSON.
func flow(s string, refusal *Error) (*Value, error) {
	node, err := parseYAML(s)
	var fault *Error
	begin := strings.TrimSpace(s)
	switch {
	case err == nil && node.Kind != yaml.ScalarNode && node.Style&yaml.FlowStyle != 0:
		return buildYAML(node)
	case errors.As(err, &fault) && fault.Line > refusal.Line && (strings.HasPrefix(begin, "{") || strings.HasPrefix(begin, "[")):
		// It may well have been meant as YAML, which understood more of it.
		refusal.Msg += fmt.Sprintf(" (read as YAML: %v)", fault)
	}
	return nil, refusal
}

// A jsonBuilder makes values of tokens. The text is known to be JSON.
type jsonBuilder struct {
	errs Errors
	text string
	dec  *json.Decoder
	read int // how much of text is behind the last token
	line int // of the last token
}

func (b *jsonBuilder) token() json.Token {
	token, err := b.dec.Token()
	if err != nil {
		panic("document: valid JSON has no next token: " + err.Error())
	}
	end := int(b.dec.InputOffset())
	b.line += strings.Count(b.text[b.read:end], "\n")
	b.read = end
	return token
}

// value returns the value that begins with a token. What cannot be made is Null.
func (b *jsonBuilder) value(token json.Token, path string, depth int) *Value {
	v := &Value{Path: path, Line: b.line}
	switch t := token.(type) {
	case bool:
		v.Kind, v.Bool = Bool, t
	case string:
		v.Kind, v.Str = String, t
	case json.Number:
		b.errs.Add(v.setNumber(t.String()))
	case json.Delim:
		switch {
		case depth >= maxDepth:
			b.errs.Add(v.Errorf("lists and maps are more than %d deep", maxDepth))
			b.skip()
		case t == '[':
			b.list(v, depth)
		default:
			b.object(v, depth)
		}
	}
	return v
}

// setNumber makes v the number that a text in JSON's syntax stands for.
func (v *Value) setNumber(text string) error {
	if !strings.ContainsAny(text, ".eE") {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return v.Errorf("%s is not between %d and %d", text, int64(math.MinInt64), int64(math.MaxInt64))
		}
		v.Kind, v.Int = Int, n
		return nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return v.Errorf("%s is too large", text)
	}
	v.Kind, v.Float = Float, f
	return nil
}

func (b *jsonBuilder) list(v *Value, depth int) {
	v.Kind, v.Items = List, []*Value{}
	for token := b.token(); token != json.Delim(']'); token = b.token() {
		v.Items = append(v.Items, b.value(token, index(v.Path, len(v.Items)), depth+1))
	}
}

func (b *jsonBuilder) object(v *Value, depth int) {
	v.Kind = Map
	lines := map[string]int{}
	for token := b.token(); token != json.Delim('}'); token = b.token() {
		key, line := token.(string), b.line
		path := Join(v.Path, key)
		value := b.value(b.token(), path, depth+1)
		if first, twice := lines[key]; twice {
			b.errs.Add(&Error{Path: path, Line: line, Msg: fmt.Sprintf("the key is there twice, first in line %d", first)})
			continue
		}
		lines[key] = line
		v.Fields = append(v.Fields, Field{Key: key, KeyLine: line, Value: value})
	}
}

// skip reads what is left of a list or map.
func (b *jsonBuilder) skip() {
	for open := 1; open > 0; {
		switch b.token() {
		case json.Delim('['), json.Delim('{'):
			open++
		case json.Delim(']'), json.Delim('}'):
			open--
		}
	}
}
