// SPDX-License-Identifier: MIT

package config

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/inifile"
)

// Convert returns an INI file of Python's fileConfig in YAML, as dictConfig has it, that makes the same tree. Comments say
// what was given by position. A file with mistakes is an error.
func Convert(text []byte) ([]byte, error) { return ConvertINI(text, nil) }

// ConvertINI is [Convert] with options: what comes from the defaults stands in the YAML as it is now.
func ConvertINI(text []byte, opts *INIOptions) ([]byte, error) {
	opts = opts.copied()
	ini, err := inifile.Parse(text, &inifile.Options{Names: references, Defaults: opts.Defaults})
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	if _, err := check(ini.Root.Clone()); err != nil {
		return nil, err
	}
	if err := unnamed(ini.Root.Get("handlers")); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, f := range ini.Root.Fields {
		switch f.Key {
		case "version":
			addNode(root, f.Key, plainNode(f.Value), "")
			if opts.DisableExisting {
				addNode(root, "disable_existing_loggers", plainNode(&document.Value{Kind: document.Bool, Bool: true}), "")
			}
		case "formatters":
			addNode(root, f.Key, entries(f.Value, converted[formatterClass]), "")
		case "handlers":
			addNode(root, f.Key, entries(f.Value, converted[handlerClass]), "")
		default:
			addNode(root, f.Key, plainNode(f.Value), "")
		}
	}
	root.HeadComment = "# Made of an INI file. A comment such as args[0] says what stood there by position."
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(root), enc.Close()); err != nil {
		return nil, fmt.Errorf("config: convert: %w", err)
	}
	return out.Bytes(), nil
}

// references returns what a name of an INI file stands for as a document has it.
func references(name string) (*document.Value, bool) {
	if v, ok := inifile.Names(name); ok {
		return v, true
	}
	full, _, ok := lookupShort(name)
	if !ok {
		return nil, false
	}
	return &document.Value{Kind: document.String, Str: "ext://" + full}, true
}

// unnamed returns an error for each positional argument without a name, as those of the program's own classes are.
func unnamed(handlers *document.Value) error {
	var errs document.Errors
	for _, f := range handlers.Fields {
		for _, arg := range f.Value.Args[min(len(f.Value.Args), len(paramsOf[handlerClass](f.Value.Get("class")))):] {
			errs.Add(arg.Errorf("nobody knows the name of this argument of %s; kwargs={'name': …} gives it one", f.Value.Get("class").Str))
		}
	}
	return errs.Err()
}

// addNode adds a key to a map, unless its value is an empty map.
func addNode(m *yaml.Node, key string, value *yaml.Node, comment string) {
	if value.Kind == yaml.MappingNode && len(value.Content) == 0 {
		return
	}
	value.LineComment = comment
	m.Content = append(m.Content, textNode(key), value)
}

// entries returns a map with each entry converted.
func entries(v *document.Value, convert func(*document.Value) *yaml.Node) *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, f := range v.Fields {
		m.Content = append(m.Content, textNode(f.Key), convert(f.Value))
	}
	return m
}

// converted returns an entry with its class's full name, and its positional arguments under their names.
func converted[T positioned](v *document.Value) *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode}
	var params []string
	for _, f := range v.Fields {
		value := plainNode(f.Value)
		switch {
		case f.Key == "class":
			params = paramsOf[T](f.Value)
			value = textNode(fullName(f.Value.Str))
		case f.Key == "formatter" && f.Value.Str == "": // none
			continue
		}
		addNode(m, f.Key, value, "")
	}
	for i, arg := range v.Args {
		if !slices.Contains(v.Keys(), params[i]) {
			addNode(m, params[i], plainNode(arg), "args["+strconv.Itoa(i)+"]")
		}
	}
	return m
}

// paramsOf returns the names of positional arguments of the class that v names.
func paramsOf[T positioned](v *document.Value) []string {
	class, err := classOf[T](v, "")
	if err != nil {
		return nil
	}
	return class.positional()
}

// A positioned is a class that may be given arguments by position: INI files have no filters.
type positioned interface{ positional() []string }

func (c handlerClass) positional() []string   { return c.params }
func (c formatterClass) positional() []string { return c.params }

// fullName returns the name that dictConfig wants: Python's fileConfig looks into logging first.
func fullName(name string) string {
	if _, ok := lookup("logging." + name); ok {
		return "logging." + name
	}
	return name
}

// plainNode returns a value as YAML has it.
func plainNode(v *document.Value) *yaml.Node {
	switch v.Kind {
	case document.String:
		return textNode(v.Str)
	case document.List:
		list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, item := range v.Items {
			list.Content = append(list.Content, plainNode(item))
		}
		return list
	case document.Map:
		m := entries(v, plainNode)
		if len(v.Fields) == 0 {
			m.Style = yaml.FlowStyle
		}
		return m
	}
	n := &yaml.Node{}
	if err := n.Encode(v.Go()); err != nil {
		return textNode(err.Error())
	}
	return n
}

// bareText matches texts that are texts in every version of YAML without quotes, but for its words.
var bareText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z_][\w./-]*(://[\w./-]+)?$`)
})

func textNode(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	_, truth := words[strings.ToLower(s)]
	if truth || !bareText().MatchString(s) {
		n.Style = yaml.SingleQuotedStyle
	}
	return n
}
