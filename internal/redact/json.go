// SPDX-License-Identifier: MIT

package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// encode returns x as slog's JSON handler prints it.
func encode(x any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(x)
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
}

func appendJSONString(dst []byte, s string) []byte {
	text, _ := encode(s) // a string can be encoded
	return append(dst, text...)
}

// A jsonPrinter prints JSON again, redacted. The value that it was made from tells which
// field of which struct a key stands for.
type jsonPrinter struct {
	*walk
	dec     *json.Decoder
	dst     []byte
	changed bool // something was redacted
	keyed   bool // because of a key
}

// print prints raw, which was made from v. An invalid v has names in JSON only.
func (p *jsonPrinter) print(raw []byte, v reflect.Value) {
	p.dec = json.NewDecoder(bytes.NewReader(raw))
	p.dec.UseNumber()
	p.value(v, 0)
}

// token returns the next token of what is known to be JSON.
func (p *jsonPrinter) token() json.Token {
	token, err := p.dec.Token()
	if err != nil {
		panic(doubt{})
	}
	return token
}

// whole prints what stands for the next value, and reports whether it did not stand there before.
func (p *jsonPrinter) whole() bool {
	var old json.RawMessage
	if p.dec.Decode(&old) != nil {
		panic(doubt{})
	}
	n := len(p.dst)
	p.dst = appendJSONString(p.dst, p.text)
	changed := !bytes.Equal(old, p.dst[n:])
	p.changed = p.changed || changed
	return changed
}

func (p *jsonPrinter) value(v reflect.Value, depth int) {
	p.visit(depth)
	v, hidden := p.target(v)
	if hidden || v.IsValid() && v.Kind() == reflect.Array && p.isMatchInBytes(v) {
		p.whole()
		return
	}
	switch token := p.token().(type) {
	case json.Delim:
		if token == '{' {
			p.object(v, depth)
		} else {
			p.array(v, depth)
		}
	case string:
		p.string(token, v)
	case json.Number:
		if s, changed := p.Scrub(token.String()); changed {
			p.dst, p.changed = appendJSONString(p.dst, s), true
		} else {
			p.dst = append(p.dst, s...)
		}
	case bool:
		p.constant(strconv.FormatBool(token))
	default:
		p.constant("null")
	}
}

func (p *jsonPrinter) isMatchInBytes(v reflect.Value) bool {
	b, ok := bytesOf(v)
	return ok && p.isMatch(string(b))
}

func (p *jsonPrinter) constant(s string) {
	if text, changed := p.Scrub(s); changed {
		p.dst, p.changed = appendJSONString(p.dst, text), true
		return
	}
	p.dst = append(p.dst, s...)
}

// target returns what v holds or points to, or an invalid value if that prints itself.
// It reports whether that hides something.
func (p *jsonPrinter) target(v reflect.Value) (_ reflect.Value, hidden bool) {
	for v.IsValid() {
		switch {
		case v.Type() == rawMessage:
			return reflect.Value{}, false
		case printsItself(v.Type()):
			hidden := p.hides(v)
			return reflect.Value{}, hidden
		case v.Kind() != reflect.Pointer && v.Kind() != reflect.Interface:
			return v, false
		}
		v = v.Elem()
	}
	return v, false
}

// string prints a string, which holds the base64 of bytes if v is bytes.
func (p *jsonPrinter) string(s string, v reflect.Value) {
	if v.IsValid() {
		if b, ok := bytesOf(v); ok {
			if text, changed := p.Scrub(string(b)); changed {
				s, p.changed = base64.StdEncoding.EncodeToString([]byte(text)), true
			}
		}
	}
	s, changed := p.Scrub(s)
	p.dst, p.changed = appendJSONString(p.dst, s), p.changed || changed
}

func (p *jsonPrinter) object(v reflect.Value, depth int) {
	members := membersOf(v)
	p.dst = append(p.dst, '{')
	for i := 0; p.dec.More(); i++ {
		if i > 0 {
			p.dst = append(p.dst, ',')
		}
		key := p.token().(string)
		p.string(key, reflect.Value{})
		p.dst = append(p.dst, ':')
		names, inner := []string{key}, reflect.Value{}
		if v.IsValid() {
			names, inner = members(key)
		}
		back, matched := p.enter(names...)
		if matched {
			p.keyed = p.whole() || p.keyed
		} else {
			p.value(inner, depth+1)
		}
		p.leave(back)
	}
	p.token()
	p.dst = append(p.dst, '}')
}

func (p *jsonPrinter) array(v reflect.Value, depth int) {
	p.dst = append(p.dst, '[')
	for i := 0; p.dec.More(); i++ {
		if i > 0 {
			p.dst = append(p.dst, ',')
		}
		var inner reflect.Value
		if v.IsValid() {
			inner = v.Index(i)
		}
		p.value(inner, depth+1)
	}
	p.token()
	p.dst = append(p.dst, ']')
}

// membersOf returns a function that finds a member of the struct or map v by its key in JSON:
// all names that it goes by, and its value. It panics if there is none.
func membersOf(v reflect.Value) func(key string) (names []string, inner reflect.Value) {
	switch {
	case !v.IsValid():
		return nil
	case v.Kind() == reflect.Struct:
		fields := jsonFieldsOf(v.Type())
		return func(key string) ([]string, reflect.Value) {
			f, ok := fields[key]
			if !ok {
				panic(doubt{})
			}
			inner, _ := v.FieldByIndexErr(f.index) // invalid behind a nil pointer
			return f.names, inner
		}
	}
	keys := map[string]reflect.Value{}
	for _, key := range v.MapKeys() {
		keys[toJSON(jsonName(key))] = key
	}
	return func(name string) ([]string, reflect.Value) {
		key, ok := keys[name]
		if !ok {
			panic(doubt{})
		}
		return keyNames(key), v.MapIndex(key)
	}
}

// toJSON returns s as it is read from JSON again.
func toJSON(s string) string {
	return strings.Map(func(r rune) rune { return r }, s)
}
