// SPDX-License-Identifier: MIT

package main

// configCmdFaults are those of the command slogx, and of what config has for it: previews, schema and conversion.
var configCmdFaults = []fault{
	{
		"command: a preview opens files", "config/file.go",
		"if o.dry {",
		"if false {",
		"./config", "TestAPreviewIsTheTreeThatApplyMakesAndOpensNothing",
	},
	{
		"command: a preview calls the program's own classes", "config/class.go",
		"if o.dry {",
		"if false {",
		"./config", "TestAPreviewIsTheTreeThatApplyMakesAndOpensNothing",
	},
	{
		"command: a preview forgets the loggers that exist", "config/tree.go",
		"\t\tt.Node(name)\n",
		"\t\t_ = name\n",
		"./cmd/slogx", "TestExplain",
	},
	{
		"command: a preview begins at slog's level", "config/tree.go",
		"tree.New(&tree.Options{Level: levels.Warning})",
		"tree.New(&tree.Options{Level: levels.Warning - 4})",
		"./config", "TestAPreviewWithoutARootHasTheRootOfTheProcess",
	},
	{
		"command: a preview shows no level of a handler", "config/tree.go",
		"h.around(handler, h.level)",
		"h.around(handler, nil)",
		"./cmd/slogx", "TestTreeDrawsWhatWouldBeAndOpensNothing",
	},
	{
		"command: mistakes are not in the order of the lines", "cmd/slogx/commands.go",
		"return cmp.Compare(line(a), line(b))",
		"return cmp.Compare(line(b), line(a))",
		"./cmd/slogx", "TestCheckTellsEachMistakeWithItsLineInOrder",
	},
	{
		"command: check does not ask whether files can be opened", "cmd/slogx/commands.go",
		"if err := conf.Check(); err != nil {",
		"if err := conf.Check(); err != nil && c.strict {",
		"./cmd/slogx", "TestCheck$",
	},
	{
		"command: a flag behind the file is an argument", "cmd/slogx/main.go",
		"i > 0 && name != arg",
		"i > 9 && name != arg",
		"./cmd/slogx", "TestCheck$",
	},
	{
		"command: a negative level is taken for a flag", "cmd/slogx/main.go",
		"!strings.ContainsAny(name[:1], \"0123456789\")",
		"name[:1] != \"\"",
		"./cmd/slogx", "TestExplain$",
	},
	{
		"config: a class without its module has another one suggested", "config/class.go",
		"if ends := endingIn(name, known); len(ends) > 0 {",
		"if ends := endingIn(name, known); len(ends) > 9 {",
		"./config", "TestEachMistakeOfAYAMLDocumentIsToldWithItsPlace",
	},
	{
		"command: warnings never count", "cmd/slogx/commands.go",
		"\t\tif c.strict {\n\t\t\tstatus = mistakes\n\t\t}\n",
		"",
		"./cmd/slogx", "TestCheck$",
	},
	{
		"convert: words of YAML are not quoted", "config/convert.go",
		"if truth || !bareText",
		"if truth && !bareText",
		"./config", "TestConvert$",
	},
	{
		"convert: arguments by position get the wrong names", "config/convert.go",
		"addNode(m, params[i], plainNode(arg)",
		"addNode(m, params[len(v.Args)-1-i], plainNode(arg)",
		"./config", "TestConvert$",
	},
	{
		"schema: any argument is taken", "config/schema.go",
		`"additionalProperties": false,`,
		`"additionalProperties": true,`,
		"./config", "TestTheSchemaRefusesMistakesThatAreRefused",
	},
	{
		"schema: what must be given need not be", "config/args.go",
		"\t\ta.noted(name, nil, nil)\n",
		"",
		"./config", "TestTheSchemaRefusesMistakesThatAreRefused",
	},
	{
		"schema: references are refused", "config/schematypes.go",
		"append(any, object{\"type\": \"null\"}, ref(\"reference\"))",
		"append(any, object{\"type\": \"null\"})",
		"./config", "TestTheSchemaTakesWhatIsLoaded",
	},
	{
		"schema: the stored one is old", "config/schematypes.go",
		`"minimum": 0},` + "\n\t\t\tobject",
		`"minimum": 1},` + "\n\t\t\tobject",
		"./cmd/slogx", "TestTheStoredSchemaIsWhatTheCommandPrints",
	},
}
