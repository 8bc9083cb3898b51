// SPDX-License-Identifier: MIT

package main

// configsFaults are those that the comparison of documents with CPython must catch.
var configsFaults = []fault{
	{
		"configs: disable_existing_loggers disables nothing", "config/swap.go",
		"b.SetDisabled(n, p.disableExisting)",
		"b.SetDisabled(n, false)",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: disable_existing_loggers disables the root", "config/swap.go",
		"if n == t.Node(\"\") {",
		"if n == nil {",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: what begins alike is below", "config/swap.go",
		"strings.HasPrefix(name, l.name+\".\")",
		"strings.HasPrefix(name, l.name)",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: loggers below keep their level", "config/swap.go",
		"\tb.SetLevel(n, nil)\n",
		"",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: loggers below keep their handlers", "config/swap.go",
		"\tb.ClearHandlers(n)\n\tb.SetLevel(n, nil)",
		"\tb.SetLevel(n, nil)",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: loggers below go on not propagating", "config/swap.go",
		"\tb.SetPropagate(n, true)\n",
		"",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: a named logger stays disabled", "config/swap.go",
		"\tb.SetDisabled(n, false)\n\tb.ClearHandlers(n)\n\tbefore.handlers",
		"\tb.ClearHandlers(n)\n\tbefore.handlers",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: a named logger keeps its handlers", "config/swap.go",
		"\tb.ClearHandlers(n)\n\tbefore.handlers",
		"\tbefore.handlers",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: the level of a document before stays", "config/swap.go",
		"if before.level != nil && l.level == nil {",
		"if before.level != nil && l == nil {",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: an incremental document leaves loggers disabled", "config/swap.go",
		"\t\t\ts.nodes[n].apply(b, n, l)\n\t\t\tb.SetDisabled(n, false)\n",
		"\t\t\ts.nodes[n].apply(b, n, l)\n",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: an incremental document changes no handler", "config/swap.go",
		"h.level.Set(level.Level())\n\t\treturn",
		"return",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: an empty root is a root", "config/plan.go",
		"(v.Kind != document.Map || len(v.Fields) > 0)",
		"true",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: a root that is nothing is a mistake", "config/plan.go",
		"root.Given(\"root\"); v != nil && (",
		"root.Get(\"root\"); v != nil && (",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: what cfg:// names is mistyped", "config/plan.go",
		"if v == p.root && p.refersTo(f.Key) {",
		"if v == nil {",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: version may be a text", "config/plan.go",
		"v.Kind == document.Int && v.Int == 1,",
		"v.Kind == document.Int && v.Int == 1, v.Kind == document.String,",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: handlers have no filters", "config/open.go",
		"if len(h.filters) > 0 {",
		"if len(h.filters) > 9 {",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: datefmt is left out", "config/python.go",
		"opts := &format.Options{DateFormat: a.String(\"datefmt\", \"\")}",
		"opts := &format.Options{DateFormat: a.String(\"datefmt\", \"\")[:0]}",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: time.gmtime is left out", "config/python.go",
		"\topts.Location = location(a)\n",
		"\tlocation(a)\n",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: a stream is stderr", "config/object.go",
		"if s.name == \"stdout\" {",
		"if s.name == \"\" {",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: no is true", "config/args.go",
		"\"false\": false, \"no\": false,",
		"\"false\": false, \"no\": true,",
		"./internal/oracle/configs", "TestRandomScripts$",
	},
	{
		"configs: INI does not turn propagate on again", "internal/inifile/convert.go",
		"propagate.Bool = true\n",
		"propagate.Bool = false\n",
		"./internal/oracle/configs", "TestGoldens$",
	},
	{
		"configs: the filters of a document come to those before", "config/swap.go",
		"\tb.ClearFilters(n)\n",
		"",
		"./internal/oracle/configs", "TestGoldens$",
	},
}
