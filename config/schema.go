// SPDX-License-Identifier: MIT

package config

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/document"
)

// schemaID is where the schema is to be found.
const schemaID = "https://raw.githubusercontent.com/slogx/slogx/main/docs/logging.schema.json"

// Schema returns a JSON Schema (draft 2020-12) of documents, by which an editor completes keys, classes and their
// arguments, and finds mistakes. It knows Python's classes and ours; of the program's own it allows everything.
func Schema() []byte {
	b := schemaBuilder{defs: maps.Clone(valueSchemas())}
	entry := func(kind string) object {
		return object{"type": array{"object", "null"}, "additionalProperties": ref(kind)}
	}
	b.defs["formatter"] = b.entry(classesOf[formatterClass](), "logging.Formatter")
	b.defs["filter"] = b.entry(classesOf[filterClass](), "logging.Filter")
	b.defs["handler"] = b.entry(classesOf[handlerClass](), "")
	b.defs["logger"] = closed(loggerProperties)
	top := closed(object{
		"version": object{"const": 1}, "incremental": ref("bool"), "disable_existing_loggers": ref("bool"), "environment": ref("bool"),
		"formatters": entry("formatter"), "filters": entry("filter"), "handlers": entry("handler"),
		"loggers": entry("logger"), "root": ref("logger"),
	})
	top["required"] = array{"version"}
	top["if"] = object{"not": object{"required": array{"incremental"}}}
	top["then"] = object{"properties": object{"handlers": object{"additionalProperties": namesClass}}}
	top["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	top["$id"] = schemaID
	top["title"] = "Loggers of slogx, and of Python's logging.config.dictConfig"
	top["$defs"] = b.defs
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(top); err != nil {
		panic("config: schema: " + err.Error())
	}
	return text.Bytes()
}

type (
	object = map[string]any
	array  = []any
)

func ref(name string) object { return object{"$ref": "#/$defs/" + name} }

// loggerProperties are the keys of a logger.
var loggerProperties = object{
	"level": ref("level"), "propagate": ref("bool"), "filters": ref("names"), "handlers": ref("names"),
}

// closed returns the schema of a map with these keys, and those that are notes.
func closed(properties object) object {
	return object{
		"type": "object", "properties": properties, "additionalProperties": false,
		"patternProperties": object{"^(x-|_)": true},
	}
}

// A schemaBuilder collects the definitions of a schema.
type schemaBuilder struct {
	defs object
}

// entry returns the schema of the entries of a section. Def is the class of those that name none.
func (b *schemaBuilder) entry(classes map[string]anyClass, def string) object {
	var known, chosen array
	for _, name := range slices.SortedFunc(maps.Keys(classes), pythonFirst) {
		names := array{name}
		if short, ok := strings.CutPrefix(name, "logging."); ok {
			names = append(names, short)
		}
		known = append(known, names...)
		chosen = append(chosen, object{"if": chooses(names), "then": ref(name)})
		b.defs[name] = b.class(name, classes[name])
	}
	named := object{"anyOf": array{object{"enum": known}, object{
		"type": "string", "not": object{"pattern": `^(logging|slogx|pythonjsonlogger)\.`}, // of the program's own
	}}}
	s := object{"type": "object", "properties": object{"class": named, "()": named}}
	if def != "" {
		chosen = append(chosen, object{"if": object{"not": namesClass}, "then": ref(def)})
	}
	s["allOf"] = chosen
	return s
}

// namesClass is the schema of an entry that names its class.
var namesClass = object{"anyOf": array{object{"required": array{"class"}}, object{"required": array{"()"}}}}

// chooses returns the schema of an entry that names one of the classes.
func chooses(names array) object {
	is := func(key string) object {
		return object{"required": array{key}, "properties": object{key: object{"enum": names}}}
	}
	class := is("class")
	class["not"] = object{"required": array{"()"}}
	return object{"anyOf": array{is("()"), class}}
}

func pythonFirst(a, b string) int {
	ours := func(name string) bool { return strings.HasPrefix(name, "slogx.") }
	if ours(a) != ours(b) {
		return cmp.Or(map[bool]int{true: 1}[ours(a)], -1)
	}
	return strings.Compare(a, b)
}

// An anyClass is one of handlers, formatters or filters, as far as a schema needs it.
type anyClass interface {
	keys() object // of an entry, beside the arguments
	read(*Args)   // reads all arguments
}

func (c handlerClass) keys() object {
	return object{"level": ref("level"), "formatter": ref("name"), "filters": ref("names")}
}
func (c handlerClass) read(a *Args) { c.make(a) }

// keys are those that Python asks for by position, so that a class need not take them.
func (c formatterClass) keys() object {
	return object{
		"format": ref("string"), "datefmt": ref("string"), "style": arguments["style"], "validate": ref("bool"),
		"defaults": object{"type": array{"object", "null"}},
	}
}
func (c formatterClass) read(a *Args) { _, _ = c.make(a) }

func (c filterClass) keys() object { return object{} }
func (c filterClass) read(a *Args) {
	_, _ = c.make(a, &plan{root: &document.Value{Kind: document.Map}})
}

// classesOf returns the classes of a kind that are known without the program's own.
func classesOf[T anyClass]() map[string]anyClass {
	known := map[string]anyClass{}
	for _, all := range []map[string]any{pythonHandlers, pythonOthers, ours} {
		for name, c := range all {
			if c, ok := c.(T); ok {
				known[name] = c
			}
		}
	}
	return known
}

// class returns the schema of an entry of a class. What the arguments are, the class says by reading them.
func (b *schemaBuilder) class(name string, c anyClass) object {
	properties := c.keys()
	if _, ok := c.(formatterClass); ok && strings.HasPrefix(name, "slogx.") {
		properties = object{} // ours have names of their own
	}
	properties["class"], properties["()"], properties["."] = true, true, object{"type": "object"}
	required := array{}
	a := &Args{at: &document.Value{Kind: document.Map}, plan: &handlerPlan{}}
	a.note = func(name string, t reflect.Type, def any) {
		switch {
		case name == "":
		case t == nil && !slices.Contains(required, any(name)):
			required = append(required, name)
		case t != nil:
			properties[name] = argumentSchema(name, t, def)
		}
	}
	c.read(a)
	for _, asked := range a.asked {
		if properties[asked] == nil && arguments[asked] != nil {
			properties[asked] = arguments[asked]
		}
	}
	s := closed(properties)
	s["title"] = name
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}
