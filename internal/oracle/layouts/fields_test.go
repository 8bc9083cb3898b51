// SPDX-License-Identifier: MIT

package layouts_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// kinds are the fields of a record: t is text, i a whole number, f a number, n None or ().
var kinds = map[string]byte{
	"name": 't', "levelname": 't', "message": 't', "msg": 't', "asctime": 't', "pathname": 't', "filename": 't',
	"module": 't', "funcName": 't', "processName": 't', "threadName": 't',
	"levelno": 'i', "lineno": 'i', "process": 'i', "thread": 'i',
	"created": 'f', "msecs": 'f', "relativeCreated": 'f',
	"taskName": 'n', "args": 'n', "exc_info": 'n', "exc_text": 'n', "stack_info": 'n',
	"attrs": 't', "package": 't', "log_color": 't', "reset": 't', "goroutine": 'i',
}

// own are the fields that Python has not.
var own = []string{"attrs", "package", "log_color", "reset", "goroutine"}

// A field is one of a layout.
type field struct {
	name  string
	path  string // brackets behind the name, and what follows
	verb  string // the conversion of the style %, or the type of {; s if the field is printed as a text
	raw   bool   // it is printed by repr
	odd   bool   // it is one that the two may judge differently: see layoutStrict
	parts bool   // its name has parts: see fieldParts
}

// isAttribute reports whether the field names an attribute.
func (f field) isAttribute() bool { return kinds[f.name] == 0 }

// fieldsOf returns the fields of a layout.
func fieldsOf(style, layout string) []field {
	if layout == "" {
		return []field{{name: "message", verb: "s"}}
	}
	return cutters[style](layout)
}

var cutters = map[string]func(string) []field{"%": percentFields, "{": braceFields, "$": dollarFields}

var percentRE = regexp.MustCompile(`%%|%(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?[-+ #0]*(\*|[0-9]*)(\.(?:\*|[0-9]*))?([hlL]?)((?s:.)?)`)

func percentFields(layout string) (fields []field) {
	anyShort := false // has no h, l or L
	for _, m := range percentRE.FindAllStringSubmatch(layout, -1) {
		name, width, precision, verb := m[1], m[2], m[3], m[5]
		anyShort = anyShort || m[0] != "%%" && m[4] == ""
		switch {
		case m[0] != "%%":
			fields = append(fields, field{name: name, verb: verb, odd: isOddName(name) || isOddSize(width) || precision == "." ||
				isOddSize(strings.TrimPrefix(precision, ".")) || !percentTakes(kinds[name], verb)})
		}
	}
	if strings.Contains(layout, "%%(") && !anyShort {
		fields = append(fields, field{odd: true}) // the constructor takes that for a field
	}
	return fields
}

var braceRE = regexp.MustCompile(`\{\{|\}\}|\{([^{}!:\[]*)([^{}!:]*)(?:!([rsa]))?(?::((?s:.?[<>=^])?)([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}`)

func braceFields(layout string) (fields []field) {
	for _, m := range braceRE.FindAllStringSubmatch(layout, -1) {
		name, path, conversion, align, spec := m[1], m[2], m[3], m[4], m[5]
		if strings.HasPrefix(m[0], "{{") || m[0] == "}}" {
			continue
		}
		verb := "s"
		if conversion == "" && align+spec != "" {
			verb = "n" // of numbers, unless the type says otherwise
			if end := spec[max(0, len(spec)-1):]; end != "" && strings.Contains("bcdeEfFgGnosxX%", end) {
				verb = end
			}
		}
		fields = append(fields, field{name, path, verb, conversion == "r" || conversion == "a", isOddBrace(name, conversion, align, spec),
			strings.ContainsAny(name+path, ".[")})
	}
	return fields
}

var numberRE = regexp.MustCompile(`\p{Nd}+`)

// isOddBrace reports whether slogx may refuse a field that Python's constructor takes.
func isOddBrace(name, conversion, align, spec string) bool {
	if strings.TrimFunc(name, unicode.IsDigit) == "" || strings.Contains(spec, "{") {
		return true
	}
	return slices.ContainsFunc(numberRE.FindAllString(spec, -1), isOddSize) || !braceTakes(kinds[name], conversion, align, spec)
}

// braceTakes reports whether a format spec fits fields of a kind or, of attributes, a value of any.
func braceTakes(kind byte, conversion, align, spec string) bool {
	end := spec[max(0, len(spec)-1):]
	isGrouped, isPrecise, isSigned := strings.ContainsAny(spec, ",_"), strings.Contains(spec, "."), strings.ContainsAny(spec, "+- ")
	isText := !isGrouped && !isSigned && !strings.Contains(spec, "#") && !strings.HasSuffix(align, "=") && !strings.Contains("bcdeEfFgGnoxX%", end)
	isWhole := end != "s" && (!isPrecise || end != "" && strings.Contains("eEfFgG%", end)) && (!isGrouped || end != "c" && end != "n") &&
		(end != "c" || !isSigned && !strings.Contains(spec, "#")) && !(strings.Contains(spec, ",") && strings.Contains("boxX", end) && end != "")
	isFloat := !(end != "" && strings.Contains("bcdosxX", end)) && (!isGrouped || end != "n")
	switch {
	case conversion != "" || kind == 't':
		return isText || end == ""
	case kind == 'n':
		return align+spec == ""
	case kind == 'i':
		return isWhole
	case kind == 'f':
		return isFloat
	default:
		return isText || isWhole || isFloat
	}
}

var dollarRE = regexp.MustCompile(`\$\$|\$(?:(\w+)|\{([\w.]+)\})`)

func dollarFields(layout string) (fields []field) {
	for _, m := range dollarRE.FindAllStringSubmatch(layout, -1) {
		if m[0] != "$$" {
			fields = append(fields, field{name: m[1] + m[2], verb: "s", parts: strings.Contains(m[2], ".")})
		}
	}
	return fields
}

var nameRE = regexp.MustCompile(`^\w+$`)

func isOddName(name string) bool { return !nameRE.MatchString(name) }

// isOddSize reports whether a width or a precision is one that slogx refuses.
func isOddSize(size string) bool {
	n, err := strconv.Atoi(size)
	return size != "" && (err != nil || n > 9999)
}

// percentTakes reports whether a conversion fits fields of a kind.
func percentTakes(kind byte, verb string) bool {
	verbs := map[byte]string{0: "srcadiuoxXeEfFgG", 't': "sra", 'n': "sra", 'i': "srcadiuoxXeEfFgG", 'f': "sradiueEfFgG"}[kind]
	return verb != "" && strings.Contains(verbs, verb)
}

// names reports whether one of the fields has one of the names.
func names(fields []field, names ...string) bool {
	return slices.ContainsFunc(fields, func(f field) bool { return slices.Contains(names, f.name) })
}
