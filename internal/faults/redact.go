// SPDX-License-Identifier: MIT

package main

// redactFaults are those of the redacting filter.
var redactFaults = []fault{
	{
		"filter: Redact leaves what is bound", "filter/redact.go",
		"\tattrs, _ = d.Attrs(groups, attrs)\n",
		"",
		"./filter", "TestRedactByKey",
	},
	{
		"filter: Redact forgets the open groups", "internal/redact/redact.go",
		"hidden = hidden || matched",
		"_ = matched",
		"./filter", "TestRedactInAHiddenGroup",
	},
	{
		"filter: Redact leaves the message", "filter/redact.go",
		"r.Message, _ = d.Scrub(r.Message)",
		"_, _ = d.Scrub(r.Message)",
		"./filter", "TestRedactTheMessageAndKeys",
	},
	{
		"filter: Redact changes the program's groups", "internal/redact/walk.go",
		"attrs, changed = slices.Clone(attrs), true",
		"attrs, changed = attrs[:len(slices.Clone(attrs))], true",
		"./filter", "TestRedactDoesNotChangeTheValuesOfTheProgram",
	},
	{
		"filter: Redact looks at a float in one form only", "internal/redact/walk.go",
		"i <= len(floatFormats)",
		"i < 1",
		"./filter", "TestRedactPatternsInWhatThingsPrintAs",
	},
	{
		"filter: Redact knows the case of ASCII only", "internal/redact/key.go",
		"\t\t\treturn next\n",
		"\t\t\treturn r\n",
		"./filter", "TestRedactKeys",
	},
	{
		"filter: Redact lets a star match a dot", "internal/redact/key.go",
		"part, name, more = strings.Cut(name, \".\")",
		"part, name, more = name, \"\", false",
		"./filter", "TestRedactKeys",
	},
	{
		"filter: Redact leaves the rest of a match that overlaps", "internal/redact/pattern.go",
		"end = max(end, span[1])",
		"_ = end",
		"./filter", "TestRedactPatternsThatOverlap",
	},
	{
		"filter: Redact replaces what it put there", "internal/redact/pattern.go",
		"return strings.Contains(around, d.text)",
		"return around == \"\"",
		"./filter", "TestRedactTwice",
	},
	{
		"filter: Redact knows fields by one name", "internal/redact/json.go",
		"return f.names, inner",
		"return []string{key}, inner",
		"./filter", "TestRedactThroughNamesOfFields",
	},
	{
		"filter: Redact does not find what is embedded", "internal/redact/key.go",
		"\tw.places = append(w.places, w.places[back.first:back.end]...)\n",
		"",
		"./filter", "TestRedactThroughNamesOfFields",
	},
	{
		"filter: Redact leaves bytes in base64", "internal/redact/json.go",
		"if text, changed := p.Scrub(string(b)); changed {",
		"if text, changed := p.Scrub(string(b)); false && changed {",
		"./filter", "TestRedactByPattern",
	},
	{
		"filter: Redact trusts its copy", "internal/redact/value.go",
		"if w.isMatch(p.asText) || w.isMatch(string(p.asJSON)) {",
		"if w.isMatch(p.asText) {",
		"./filter", "TestRedactPatternsInWhatThingsPrintAs",
	},
	{
		"filter: Redact trusts a value that changes", "internal/redact/value.go",
		"textual(x) && long != short",
		"textual(x) && false",
		"./filter", "TestRedactByPattern",
	},
	{
		"filter: Redact lets a panic out", "internal/redact/value.go",
		"\t\tif recover() == nil {\n\t\t\treturn\n\t\t}\n\t\tw.leave(back)\n",
		"\t\tif w.left > 0 {\n\t\t\treturn\n\t\t}\n\t\tw.leave(back)\n",
		"./filter", "TestRedactByPattern",
	},
	{
		"filter: Redact trusts the text of what prints itself", "internal/redact/find.go",
		"return f.find(v, true, 0) || f.over",
		"return f.over",
		"./filter", "TestRedactByKey",
	},
	{
		"filter: Redact loses an error's stack", "internal/redact/error.go",
		"&redactedError{text, record.ErrStack(err)}",
		"&redactedError{text, nil}",
		"./filter", "TestRedactErrors",
	},
	{
		"filter: Redact goes on without end", "internal/redact/walk.go",
		"w.left < 0 || depth > maxDepth",
		"w.left < 0",
		"./filter", "TestRedactByPattern",
	},
}
