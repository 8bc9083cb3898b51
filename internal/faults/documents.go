// SPDX-License-Identifier: MIT

package main

// documentFaults are those of what reads configurations, before anybody asks what they mean.
var documentFaults = []fault{
	{
		"document: the later of two equal keys wins", "internal/document/yaml.go",
		"case ok && twice:", "case ok && twice && false:",
		"./internal/document", "TestYAMLMistakes",
	},
	{
		"document: the first of merged maps counts least", "internal/document/yaml.go",
		"\t\tslices.Reverse(maps)\n", "",
		"./internal/document", "TestYAML$",
	},
	{
		"document: aliases are without bound", "internal/document/yaml.go",
		"case b.made > maxMade:", "case b.made > 100*maxMade:",
		"./internal/document", "TestYAMLBoundsAliases",
	},
	{
		"document: depth is not counted below an alias", "internal/document/yaml.go",
		"return b.value(n.Alias, path, depth)", "return b.value(n.Alias, path, 0)",
		"./internal/document", "TestYAMLTakesDepth",
	},
	{
		"document: an error is in the line that yaml says", "internal/document/yamltext.go",
		"line++; line < r.line()-near", "false && line < near",
		"./internal/document", "TestYAMLMistakes",
	},
	{
		"document: a key with a dot looks like two", "internal/document/path.go",
		"if r != '_' && r != '-' &&", "if r != '_' && r != '-' && r != '.' &&",
		"./internal/document", "TestPathsAreUnambiguous",
	},
	{
		"document: a line break between tokens is not counted", "internal/document/json.go",
		"b.read = end", "b.read = min(end+1, len(b.text))",
		"./internal/document", "TestJSON$",
	},
	{
		"document: a duration becomes a number", "internal/document/golang.go",
		"case hasMethods(x.Type()):", "case hasMethods(x.Type()) && !x.CanInt():",
		"./internal/document", "TestGo$",
	},
	{
		"document: a reference on the way is not followed", "internal/document/resolve.go",
		"at, err = r.follow(next)", "at, err = next, nil",
		"./internal/document", "TestResolveIsCPythons",
	},
	{
		"document: the value of a variable is expanded again", "internal/document/expand.go",
		"\t\treturn value\n", "\t\treturn e.expand(value, depth+1)\n",
		"./internal/document", "TestExpand$",
	},
	{
		"document: a mistake may be several lines", "internal/document/error.go",
		"return text.Escaped(place + e.Msg)", "return text.Escaped(place) + e.Msg",
		"./config", "TestAMistakeIsOneLineWhateverItQuotes",
	},
	{
		"document: a path may drive a terminal", "internal/document/error.go",
		"return text.Escaped(place + e.Msg)", "return place + text.Escaped(e.Msg)",
		"./config", "TestAMistakeIsOneLineWhateverItQuotes",
	},
	{
		"document: a mistake has no cause", "internal/document/error.go",
		"\t\te.Cause = err\n", "",
		"./config", "TestACauseCanBeAskedFor",
	},
	{
		"document: several errors become one", "internal/document/error.go",
		"range Joined(err) {\n\t\terrs = append(errs, v.", "range []error{err} {\n\t\terrs = append(errs, v.",
		"./config", "TestACauseCanBeAskedFor",
	},
	{
		"inifile: a comment ends a value", "internal/inifile/reader.go",
		"case clean[0] == '#' || clean[0] == ';':", "case clean[0] == '#' || clean[0] == ';':\n\t\tr.option = nil",
		"./internal/inifile", "TestReadIsConfigParsers",
	},
	{
		"inifile: what is indented as its option continues it", "internal/inifile/reader.go",
		"indent > r.indent:", "indent >= r.indent && indent > 0:",
		"./internal/inifile", "TestReadIsConfigParsers",
	},
	{
		"inifile: an inserted value keeps its percent signs", "internal/inifile/interpolate.go",
		"i.add(o.text, depth+1)", "func() error { i.b.WriteString(o.text); return nil }()",
		"./internal/inifile", "TestReadIsConfigParsers",
	},
	{
		"inifile: a layout is interpolated", "internal/inifile/convert.go",
		"c.addText(v, s, name, o.text)", "text, _ := c.get(s, name)\n\t\t\tc.addText(v, s, name, text)",
		"./internal/inifile", "TestFilesMeanWhatPythonSays",
	},
	{
		"inifile: defaults count more than the file", "internal/inifile/reader.go",
		"r.file.defaults.named[lower] == nil", "lower != \"\"",
		"./internal/inifile", "TestDefaultsMeanWhatPythonSays",
	},
	{
		"inifile: names of defaults are in lower case", "internal/inifile/reader.go",
		"lower := strings.ToLower(name)", "lower := name",
		"./internal/inifile", "TestDefaultsMeanWhatPythonSays",
	},
	{
		"inifile: one of two equal defaults is taken", "internal/inifile/reader.go",
		"other, twice := given[lower]; twice", "other, twice := given[lower]; twice && other == \"\"",
		"./internal/inifile", "TestDefaultsMeanWhatPythonSays",
	},
	{
		"inifile: a logger without propagate does not say so", "internal/inifile/convert.go",
		"\tpropagate.Bool = true\n", "",
		"./internal/inifile", "TestFilesMeanWhatPythonSays",
	},
	{
		"inifile: an unknown escape loses its backslash", "internal/inifile/literaltext.go",
		"\t\tb.WriteByte('\\\\')\n\t\tp.next++", "\t\tp.next++",
		"./internal/inifile", "TestLiteralReadsWhatPythonDoes",
	},
	{
		"inifile: the product of large numbers is another number", "internal/inifile/literalsum.go",
		"high > 0 || low > most", "high > 0",
		"./internal/inifile", "TestLiteralMistakes",
	},
}
