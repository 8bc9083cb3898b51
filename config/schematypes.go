// SPDX-License-Identifier: MIT

package config

import (
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate"
)

// referencePattern matches texts that stand for a value of any type.
const referencePattern = `^(ext|cfg)://|\$\{`

// arguments are those of which the type does not say what they may be, by their names.
var arguments = object{
	"style":               orReference(object{"enum": array{"%", "{", "$"}, "default": "%"}),
	"stream":              orReference(object{"enum": array{"ext://sys.stdout", "ext://sys.stderr"}}),
	"converter":           orReference(object{"enum": array{"ext://time.gmtime", "ext://time.localtime"}}),
	"when":                orReference(object{"enum": array{"S", "M", "H", "D", "midnight", "W0", "W1", "W2", "W3", "W4", "W5", "W6"}}, anyCase("s", "m", "h", "d", "midnight", `w[0-6]`)),
	"engine":              orReference(object{"enum": array{"file", "lumberjack"}}),
	"errors":              orReference(object{"enum": anys(errorHandlers)}),
	"filters":             ref("names"),
	"filter":              ref("name"),
	"timestamp":           object{"type": array{"boolean", "string"}},
	"defaults":            object{"type": array{"object", "null"}},
	"default_time_format": ref("string"),
	"default_msec_format": ref("string"),
}

// argumentSchema returns the schema of an argument that is read as a type.
func argumentSchema(name string, t reflect.Type, def any) any {
	if s := arguments[name]; s != nil {
		return s
	}
	if name == "mode" && t.Kind() == reflect.String {
		return orReference(object{"enum": array{"a", "w"}, "default": "a"})
	}
	s := typeSchema(t)
	switch def := def.(type) {
	case bool, int64, float64:
		s["default"] = def
	case string:
		if def != "" {
			s["default"] = def
		}
	}
	return s
}

// typeNames are the definitions of types that texts are read into.
var typeNames = map[reflect.Type]string{
	reflect.TypeFor[size]():              "size",
	reflect.TypeFor[time.Duration]():     "duration",
	reflect.TypeFor[*time.Location]():    "string",
	reflect.TypeFor[fs.FileMode]():       "permissions",
	reflect.TypeFor[slog.Leveler]():      "level",
	reflect.TypeFor[[]string]():          "strings",
	reflect.TypeFor[[]slog.Attr]():       "map",
	reflect.TypeFor[*regexp.Regexp]():    "pattern",
	reflect.TypeFor[[]*regexp.Regexp]():  "patterns",
	reflect.TypeFor[[]os.Signal]():       "signals",
	reflect.TypeFor[rotate.Codec]():      "codec",
	reflect.TypeFor[*rotate.Owner]():     "owner",
	reflect.TypeFor[format.StackStyle](): "stacks",
}

func typeSchema(t reflect.Type) object {
	if name, ok := typeNames[t]; ok {
		return ref(name)
	}
	switch t.Kind() {
	case reflect.String:
		return ref("string")
	case reflect.Bool:
		return ref("bool")
	case reflect.Int, reflect.Int64:
		return ref("integer")
	case reflect.Float64:
		return ref("number")
	case reflect.Map:
		return ref("map")
	}
	if t == reflect.TypeFor[any]() {
		return object{}
	}
	return ref("object")
}

// orReference returns the schema of a value that has one of the given, or is nothing, or stands for something else.
func orReference(schemas ...object) object {
	any := array{}
	for _, s := range schemas {
		any = append(any, s)
	}
	return object{"anyOf": append(any, object{"type": "null"}, ref("reference"))}
}

// anyCase returns the schema of a text that is one of the words, which are in lower case, in any case.
func anyCase(words ...string) object { return object{"type": "string", "pattern": caseless(words, "")} }

// caseless returns a regular expression for words in any case; JSON Schema has no flag for that.
func caseless(words []string, behind string) string {
	var b strings.Builder
	b.WriteString("^(")
	for i, word := range words {
		if i > 0 {
			b.WriteByte('|')
		}
		inside := false
		for _, r := range word {
			inside = r == '[' || inside && r != ']'
			if upper := strings.ToUpper(string(r)); !inside && upper != string(r) {
				b.WriteString("[" + upper + string(r) + "]")
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String() + ")" + behind + "$"
}

// levelNames are the names that levels have before a program adds its own.
var levelNames = levels.Names()

// valueSchemas returns the definitions of values.
func valueSchemas() object {
	text, integer := object{"type": "string"}, object{"type": "integer"}
	list := func(item object) object {
		return orReference(item, object{"type": "array", "items": item})
	}
	names := slices.Sorted(maps.Keys(levelNames))
	lower := []string{"notset"}
	for _, name := range names {
		lower = append(lower, strings.ToLower(name))
	}
	truths := slices.Sorted(maps.Keys(words))
	stacks := slices.Sorted(maps.Keys(stackStyles))
	return object{
		"reference": object{"type": "string", "pattern": referencePattern},
		"object":    orReference(),
		"string":    orReference(text),
		"integer":   orReference(integer, object{"type": "string", "pattern": `^[+-]?[0-9]+$`}),
		"number":    orReference(object{"type": "number"}),
		"map":       orReference(object{"type": "object"}),
		"strings":   list(text),
		"name":      orReference(text),
		"names":     orReference(object{"type": "array", "items": text}),
		"bool":      orReference(object{"type": "boolean"}, object{"enum": array{0, 1}}, anyCase(truths...)),
		"level": orReference(object{"enum": append(array{"NOTSET"}, anys(names)...)}, object{"type": "integer", "minimum": 0},
			object{"type": "string", "pattern": caseless(lower, "([+-][0-9]+)?")}, object{"type": "string", "pattern": "^[0-9]+$"}),
		"size":        orReference(object{"type": "integer", "minimum": 0}, object{"type": "string", "pattern": "^[0-9]+( *[kKmMgGtT]([iI]?[bB])?)?$"}),
		"duration":    orReference(object{"type": "string", "pattern": `^(0|[0-9]+d|([0-9]*\.?[0-9]+(ns|us|µs|μs|ms|s|m|h))+)$`}),
		"permissions": orReference(object{"type": "string", "pattern": "^(0o)?[0-7]{1,4}$"}, object{"type": "integer", "minimum": 0}),
		"pattern":     orReference(object{"type": "string", "format": "regex"}),
		"patterns":    list(object{"type": "string", "format": "regex"}),
		"signals":     list(anyCase("(sig)?hup", "(sig)?usr1", "(sig)?usr2", "(sig)?winch")),
		"codec":       orReference(object{"type": "string", "pattern": "^gzip(:[1-9])?$"}),
		"owner": orReference(object{
			"type": "object", "properties": object{"uid": integer, "gid": integer}, "additionalProperties": false,
		}),
		"stacks": orReference(object{"enum": anys(stacks)}, anyCase(stacks...)),
	}
}

func anys(list []string) (all array) {
	for _, s := range list {
		all = append(all, s)
	}
	return all
}
