// SPDX-License-Identifier: MIT

package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
)

// A schemaChecker checks values by a JSON Schema, as far as ours needs it. It knows no keyword that it does not check.
type schemaChecker struct{ root object }

func newChecker(t *testing.T) schemaChecker {
	c := schemaChecker{}
	require.NoError(t, json.Unmarshal(Schema(), &c.root))
	return c
}

// faults returns what is wrong with a value, by its path.
func (c schemaChecker) faults(schema, v any, path string) (faults []string) {
	s, ok := schema.(object)
	if !ok {
		if schema == false {
			return []string{path + ": not allowed"}
		}
		return nil
	}
	for _, keyword := range slices.Sorted(maps.Keys(s)) {
		faults = append(faults, c.keyword(keyword, s, v, path)...)
	}
	return faults
}

func (c schemaChecker) passes(schema, v any) bool { return len(c.faults(schema, v, "")) == 0 }

func (c schemaChecker) keyword(keyword string, s object, v any, path string) []string {
	arg := s[keyword]
	say := func(wrong bool, text string, args ...any) []string {
		if wrong {
			return []string{path + ": " + fmt.Sprintf(text, args...)}
		}
		return nil
	}
	switch keyword {
	case "$schema", "$id", "$defs", "title", "default", "then":
		return nil
	case "format":
		text, isText := v.(string)
		_, err := regexp.Compile(text)
		return say(isText && err != nil, "%v", err)
	case "$ref":
		return c.faults(c.root["$defs"].(object)[strings.TrimPrefix(arg.(string), "#/$defs/")], v, path)
	case "const":
		return say(!equalJSON(arg, v), "not %v", arg)
	case "enum":
		return say(!slices.ContainsFunc(arg.(array), func(a any) bool { return equalJSON(a, v) }), "none of %v", arg)
	case "type":
		return say(!hasType(arg, v), "no %v", arg)
	case "minimum":
		n, isNumber := number(v)
		return say(isNumber && n < arg.(float64), "less than %v", arg)
	case "pattern":
		text, isText := v.(string)
		return say(isText && !regexp.MustCompile(arg.(string)).MatchString(text), "does not match %v", arg)
	case "not":
		return say(c.passes(arg, v), "passes %v", arg)
	case "anyOf":
		return say(!slices.ContainsFunc(arg.(array), func(s any) bool { return c.passes(s, v) }), "none of the alternatives")
	case "allOf":
		return c.all(arg.(array), v, path)
	case "if":
		if c.passes(arg, v) {
			return c.faults(s["then"], v, path)
		}
		return nil
	}
	return c.structure(keyword, s, v, path)
}

func (c schemaChecker) all(schemas array, v any, path string) (faults []string) {
	for _, s := range schemas {
		faults = append(faults, c.faults(s, v, path)...)
	}
	return faults
}

// structure checks the keywords of lists and maps.
func (c schemaChecker) structure(keyword string, s object, v any, path string) (faults []string) {
	switch v := v.(type) {
	case array:
		if keyword == "items" {
			for i, item := range v {
				faults = append(faults, c.faults(s[keyword], item, fmt.Sprintf("%s[%d]", path, i))...)
			}
		}
	case object:
		if keyword == "required" {
			for _, name := range s[keyword].(array) {
				if _, ok := v[name.(string)]; !ok {
					faults = append(faults, path+": no "+name.(string))
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			known, ok := asObject(s["properties"])[name]
			for pattern, schema := range asObject(s["patternProperties"]) {
				if regexp.MustCompile(pattern).MatchString(name) {
					ok = true
					if keyword == "patternProperties" {
						faults = append(faults, c.faults(schema, v[name], path+"."+name)...)
					}
				}
			}
			switch {
			case keyword == "properties" && known != nil:
				faults = append(faults, c.faults(known, v[name], path+"."+name)...)
			case keyword == "additionalProperties" && !ok:
				faults = append(faults, c.faults(s[keyword], v[name], path+"."+name)...)
			}
		}
	}
	if !slices.Contains([]string{"items", "required", "properties", "patternProperties", "additionalProperties"}, keyword) {
		panic("the checker does not know the keyword " + keyword)
	}
	return faults
}

func asObject(v any) object {
	o, _ := v.(object)
	return o
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func equalJSON(a, b any) bool {
	x, isX := number(a)
	y, isY := number(b)
	return isX && isY && x == y || reflect.DeepEqual(a, b)
}

func hasType(types, v any) bool {
	list, ok := types.(array)
	if !ok {
		list = array{types}
	}
	n, isNumber := number(v)
	return slices.ContainsFunc(list, func(name any) bool {
		switch name {
		case "integer":
			return isNumber && n == float64(int64(n))
		case "number":
			return isNumber
		case "null":
			return v == nil
		}
		return v != nil && name == map[reflect.Kind]string{
			reflect.Bool: "boolean", reflect.String: "string", reflect.Slice: "array", reflect.Map: "object",
		}[reflect.TypeOf(v).Kind()]
	})
}

// schemaFaults returns what the schema says of a document.
func schemaFaults(t *testing.T, text, ext string) []string {
	t.Helper()
	c := newChecker(t)
	root, err := map[string]func([]byte) (*document.Value, error){".yaml": document.YAML, ".json": document.JSON}[ext]([]byte(text))
	require.NoError(t, err)
	return c.faults(c.root, root.Go(), "")
}

func TestEveryStoredDocumentIsOneOfTheSchema(t *testing.T) {
	found := 0
	for _, pattern := range []string{"../examples/*/*", "../cmd/slogx/testdata/*"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			ext := filepath.Ext(file)
			if !slices.Contains([]string{".yaml", ".yml", ".json", ".ini", ".conf"}, ext) || strings.Contains(file, "mistakes") || strings.Contains(file, "warns") {
				continue
			}
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			if ext == ".ini" || ext == ".conf" {
				text = bytes.ReplaceAll(text, []byte("class=bdp_service.common.json_logger.JsonFormatter"), []byte("class=logging.Formatter"))
				text = bytes.ReplaceAll(text, []byte("class=service.json_logger.JsonFormatter"), []byte("class=logging.Formatter"))
				text, err = ConvertINI(text, &INIOptions{Defaults: map[string]string{"dir": ".", "lvl": "INFO"}})
				require.NoError(t, err, file)
				ext = ".yaml"
			}
			require.Empty(t, schemaFaults(t, string(text), ext), file)
			found++
		}
	}
	require.GreaterOrEqual(t, found, 8)
}

func TestTheSchemaTakesWhatIsLoaded(t *testing.T) {
	for name, text := range map[string]string{
		"the least": "version: 1",
		"a tutorial's YAML": `
version: 1
formatters:
  simple:
    format: '%(asctime)s - %(name)s - %(levelname)s - %(message)s'
handlers:
  console:
    class: logging.StreamHandler
    level: DEBUG
    formatter: simple
loggers:
  simpleExample: {level: DEBUG, handlers: [console], propagate: no}
root: {level: DEBUG, handlers: [console]}
`,
		"a tutorial's JSON": `{
    'version': 1,
    'formatters': {'simple': {'format': '%(asctime)s - %(name)s - %(levelname)s - %(message)s',},
        # others
    },
    'handlers': {
        'console': {'class': 'logging.StreamHandler', 'level': 'DEBUG', 'formatter': 'simple'},
        'file': {'class': 'logging.FileHandler', 'filename': 'logging.log', 'level': 'DEBUG', 'formatter': 'simple'},
    },
    'loggers':{'StreamLogger': {'handlers': ['console'], 'level': 'DEBUG',}, 'FileLogger': {'handlers': ['console', 'file'], 'level': 'DEBUG',},}
}`,
		"numbers, words and variables": `
{version: 1.0, environment: "on", disable_existing_loggers: 0, incremental: null, x-note: [1], _note: {},
handlers: {h: {class: slogx.rotate.File, filename: a.log, maxBytes: "${SIZE:-5}", maxTotalBytes: 10 MiB, backupCount: "${KEEP:-3}", level: 10, mode: 0640,
  dirMode: "0750", maxAge: 28d, when: MIDNIGHT, compress: gzip:9, reopenOn: SIGHUP, rotateOn: [usr1, WINCH], owner: {uid: 0}, location: Europe/Berlin},
  c: {(): handlers.TimedRotatingFileHandler, filename: b.log, when: w0, delay: "${LATER:-no}"}},
root: {level: info+2, handlers: [h, c]}}`,
		"filters and formatters of ours": `
{version: 1,
filters: {f: {}, n: {name: a}, r: {class: slogx.filter.Redact, keys: password, patterns: ["\\d{16}"]}, a: {class: slogx.filter.All, filters: [f, n]},
  s: {(): slogx.filter.Sample, first: 5, period: 1m30s}, x: {class: slogx.filter.Not, filter: a}, l: {class: slogx.filter.Level, level: NOTICE}},
formatters: {b: {(): slogx.format.Brace, layout: "{message}", raw: y}, j: {(): slogx.format.JSON, fields: [time, msg], stacks: LIST, static: {app: x}},
  p: {(): pythonjsonlogger.json.JsonFormatter, fmt: "%(message)s", timestamp: true}, d: {format: $message, style: $, defaults: {a: 1}, ".": {converter: ext://time.gmtime}}},
handlers: {h: {class: StreamHandler, stream: ext://sys.stdout, formatter: cfg://_name, filters: [r, s, x, l]}},
_name: j, root: {handlers: [h]}, loggers: {a: {filters: [x], level: null}, root.b: {}}}`,
	} {
		_, err := Parse([]byte(text), map[bool]string{true: ".json", false: ".yaml"}[strings.HasSuffix(name, "JSON")])
		require.NoError(t, err, name)
		require.Empty(t, schemaFaults(t, text, map[bool]string{true: ".json", false: ".yaml"}[strings.HasSuffix(name, "JSON")]), name)
	}
}

func TestTheSchemaRefusesMistakesThatAreRefused(t *testing.T) {
	document := func(section string) string { return "{version: 1, " + section + "}" }
	handler := func(entry string) string { return document("handlers: {h: {" + entry + "}}, root: {handlers: [h]}") }
	for _, text := range []string{
		"{}",
		"{version: 2}",
		`{version: "1"}`,
		"{version: 1, handler: {}}",
		document("handlers: []"),
		document("incremental: perhaps"),
		handler(""),
		handler("class: logging.StreamHandlr"),
		handler("class: slogx.rotate.Fil, filename: a"),
		handler("class: logging.StreamHandler, stream: stdout"),
		handler("class: logging.StreamHandler, level: DEBUGG"),
		handler("class: logging.StreamHandler, level: -1"),
		handler("class: logging.StreamHandler, filename: a.log"),
		handler("class: logging.StreamHandler, filters: f"),
		handler("class: logging.FileHandler"),
		handler("class: logging.FileHandler, filename: a.log, mode: x"),
		handler("class: logging.FileHandler, filename: a.log, delay: maybe"),
		handler("class: logging.FileHandler, filename: 5"),
		handler("class: handlers.RotatingFileHandler, filename: a.log, maxbytes: 5"),
		handler("class: logging.handlers.RotatingFileHandler, filename: a.log, maxBytes: 5.5"),
		handler("class: logging.handlers.RotatingFileHandler, filename: a.log, maxBytes: 10MB"), // which Python refuses, too
		handler("(): logging.handlers.TimedRotatingFileHandler, filename: a.log, when: W7"),
		handler("class: slogx.rotate.File, filename: a.log, maxAge: 28"),
		handler("class: slogx.rotate.File, filename: a.log, mode: rw-"),
		handler("class: slogx.rotate.File, filename: a.log, compress: zip"),
		handler("class: slogx.rotate.File, filename: a.log, reopenOn: SIGKILL"),
		handler("class: slogx.rotate.File, filename: a.log, owner: {user: 0}"),
		handler("class: slogx.rotate.File, filename: a.log, engine: rocket"),
		handler("class: slogx.rotate.File, filename: a.log, onRotate: f"),
		document("formatters: {f: {formt: '%(message)s'}}"),
		document("formatters: {f: {style: '#'}}"),
		document("formatters: {f: {(): slogx.format.JSON, indent: wide}}"),
		document("formatters: {f: {(): slogx.format.JSON, stacks: all}}"),
		document("formatters: {f: {class: slogx.format.Percent, format: '%(message)s'}}"),
		document("filters: {f: {nam: a}}"),
		document("filters: {f: {class: slogx.filter.Level}}"),
		document("filters: {f: {class: slogx.filter.Redact, patterns: ['(']}}"),
		document("filters: {f: {class: slogx.filter.Not}}"),
		document("loggers: {a: {levl: INFO}}"),
		document("loggers: {a: {propagate: perhaps}}"),
		document("loggers: {a: {handlers: h}}"),
		document("root: {level: loud}"),
	} {
		_, err := Parse([]byte(text), ".yaml")
		require.Error(t, err, "no mistake: %s", text)
		require.NotEmpty(t, schemaFaults(t, text, ".yaml"), "taken by the schema: %s", text)
	}
}

func TestTheSchemaAllowsClassesOfTheProgramsOwn(t *testing.T) {
	require.Empty(t, schemaFaults(t, `{version: 1, handlers: {h: {class: my.Handler, level: INFO, host: a, ports: [1]}},
formatters: {f: {class: my.Formatter, format: x, colour: y}, g: {(): my.Formatter, colour: y}}, filters: {f: {(): my.Filter, a: {b: c}}}}`, ".yaml"))
}

// Each argument that a class reads has a schema, and so has each option of ours.
func TestTheSchemaHasEveryArgument(t *testing.T) {
	defs := newChecker(t).root["$defs"].(object)
	for class, names := range map[string]string{
		"logging.handlers.TimedRotatingFileHandler": "filename when interval backupCount encoding delay utc atTime errors suffix level formatter filters . class ()",
		"logging.Formatter":                         "format fmt datefmt style validate defaults converter default_time_format default_msec_format",
		"slogx.rotate.File":                         "filename maxBytes rotateOn reopenOn mode owner maxAge onRotate",
		"slogx.filter.Redact":                       "keys patterns text",
		"slogx.format.JSON":                         "fields addSource levelName static rename indent stacks",
		"slogx.format.Console":                      "stream noColor",
	} {
		properties := defs[class].(object)["properties"].(object)
		for name := range strings.FieldsSeq(names) {
			require.NotNil(t, properties[name], "%s: %s", class, name)
		}
	}
	require.Nil(t, defs["slogx.rotate.File"].(object)["properties"].(object)["takeOver"])
	known := 0
	for _, all := range []object{pythonHandlers, pythonOthers, ours} {
		for class := range all {
			require.NotNil(t, defs[class], class)
			known++
		}
	}
	require.Greater(t, known, 20)
}
