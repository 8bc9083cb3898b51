// SPDX-License-Identifier: MIT

package main

// configFaults are those of documents that become trees.
var configFaults = []fault{
	{
		"config: only the first mistake is told", "config/plan.go",
		"p.errs = append(p.errs, err)",
		"p.errs = []error{err}",
		"./config", "TestEachMistakeOfAYAMLDocumentIsToldWithItsPlace",
	},
	{
		"config: a key that looks like a known one is a warning", "config/plan.go",
		"if near := nearest.Names(f.Key, known); len(near) > 0 {",
		"if near := nearest.Names(f.Key, known); len(near) > 9 {",
		"./config", "TestEachMistakeOfAYAMLDocumentIsToldWithItsPlace",
	},
	{
		"config: what nobody reads is no warning", "config/config.go",
		"p.warnings = append(warnings, p.warnings...)",
		"_ = warnings",
		"./config", "TestWhatNobodyReadsIsAWarning",
	},
	{
		"config: a filter may be made of itself", "config/plan.go",
		"slices.Contains(p.busy, id)",
		"slices.Contains(p.busy, id) && at == nil",
		"./config", "TestEachMistakeInArgumentsIsToldWithItsPlace",
	},
	{
		"config: a class that makes no filter is no mistake", "config/plan.go",
		"if err == nil && f == nil && len(a.errs) == 0 {\n\t\tp.fail(v.Errorf(\"the class made no filter\"))",
		"if false {\n\t\tp.fail(v.Errorf(\"the class made no filter\"))",
		"./config", "TestABadClassIsAMistakeAndLeavesNothingOpen",
	},
	{
		"config: handlers of an entry that is replaced are opened", "config/planhandler.go",
		"\t\tl.handlers = append(l.handlers, h)\n",
		"\t\th.used = true\n\t\tl.handlers = append(l.handlers, h)\n",
		"./config", "TestAnEntryThatIsReplacedOpensNothing",
	},
	{
		"config: arguments that nobody asks for pass", "config/args.go",
		"a.errs = append(a.errs, f.Value.Errorf(\"no such argument%s\", nearest.Hint(f.Key, a.asked)))",
		"_ = nearest.Hint",
		"./config", "TestEachMistakeInArgumentsIsToldWithItsPlace",
	},
	{
		"config: too many positional arguments pass", "config/args.go",
		"if len(a.at.Args) > len(a.params) {",
		"if len(a.params) > 0 && false {",
		"./config", "TestEachMistakeOfAnINIFileIsToldWithItsPlace",
	},
	{
		"config: attributes count more than arguments", "config/args.go",
		"v == nil && attributes != nil {",
		"attributes != nil && attributes.Get(name) != nil {",
		"./config", "TestOptionsAreReadAsPeopleWriteThem",
	},
	{
		"config: a number of JSON in a Go map is no level", "config/args.go",
		"case document.Int, document.Float: // JSON in a Go map has 10.0",
		"case document.Int:",
		"./config", "TestOptionsInAGoMapMayBeGosOwn",
	},
	{
		"config: a class's mistakes are told again the next time", "config/class.go",
		"a.formatter, a.asked, a.errs = o.formatter, nil, nil",
		"a.formatter, a.asked = o.formatter, nil",
		"./config", "TestABadClassIsAMistakeAndLeavesNothingOpen",
	},
	{
		"config: a handler with a mistake in its arguments stays open", "config/class.go",
		"errors.Join(wrong, closeAlone(h))",
		"errors.Join(wrong)",
		"./config", "TestABadClassIsAMistakeAndLeavesNothingOpen",
	},
	{
		"config: a name's first meaning holds", "config/class.go",
		"\tregistry.known[name] = class\n}\n\n// classified",
		"\tif registry.known[name] == nil {\n\t\tregistry.known[name] = class\n\t}\n}\n\n// classified",
		"./config", "TestANameCanBeGivenANewMeaning",
	},
	{
		"config: a stream is that of the start", "config/class.go",
		"\t\treturn os.Stdout\n\t}\n\treturn os.Stderr\n}\n",
		"\t\treturn os.Stdout\n\t}\n\treturn firstStderr\n}\n\nvar firstStderr = os.Stderr\n",
		"./config", "TestStreamsAreThoseOfTheMomentOfApply",
	},
	{
		"config: mode w empties a file that is rotated", "config/python.go",
		"opts.Truncate = false",
		"_ = opts.Truncate",
		"./config", "TestTheTutorialsRotatingFile",
	},
	{
		"config: mode w empties a file again", "config/open.go",
		"over.TakeOver, over.Truncate = true, false",
		"over.TakeOver = true",
		"./config", "TestModeWEmptiesAFileOnlyWhenItIsOpened",
	},
	{
		"config: datefmt has Python's attributes refused", "config/python.go",
		"if date := defaultDate(a); opts.DateFormat == \"\" {",
		"if date := opts.DateFormat; date != \"\" {\n\t} else if date = defaultDate(a); true {",
		"./config", "TestLayoutsInEachStyle",
	},
	{
		"config: two handlers take a file from each other", "config/open.go",
		"other != nil && !reflect.DeepEqual(other.opts, f.opts)",
		"other != nil && other.opts == nil",
		"./config", "TestTwoHandlersMayHaveOneFile",
	},
	{
		"config: handlers that cannot be compared are not found again", "config/open.go",
		"reflect.ValueOf(h).Comparable()",
		"reflect.ValueOf(h).IsValid()",
		"./config", "TestHandlersThatCannotBeComparedAreReplaced",
	},
	{
		"config: a file for a logger lies where the name leads", "config/perlogger.go",
		"name := url.PathEscape(logger)",
		"name := url.PathEscape(\"\") + logger",
		"./config", "TestAFileForEachLoggerStaysInItsDirectory",
	},
	{
		"config: a logger may be called like a directory", "config/perlogger.go",
		"if strings.Trim(name, \".\") == \"\" {",
		"if name == \"\" {",
		"./config", "TestAFileForEachLoggerStaysInItsDirectory",
	},
	{
		"config: what is bound to a file that failed is lost", "config/perlogger.go",
		"d.name = attrs[0].Value.String()",
		"d.name = \"\"",
		"./config", "TestAFileForALoggerIsTriedAgain",
	},
	{
		"config: a file for a logger has no level", "config/perlogger.go",
		"return p.level == nil || level >= p.level.Level()",
		"return true",
		"./config", "TestTheNameOfTheLoggerIsTheFirstThatIsBound",
	},
	{
		"config: a logger below a named one is disabled", "config/swap.go",
		"if !p.namesAbove(n.Name()) {",
		"if p.disableExisting || !p.namesAbove(n.Name()) {",
		"./config", "TestDisableExistingLoggers",
	},
	{
		"config: a name that begins alike stands below", "config/swap.go",
		"strings.HasPrefix(name, l.name+\".\")",
		"strings.HasPrefix(name, l.name)",
		"./config", "TestDisableExistingLoggers|TestLoggersBelowANamedOneAreReset",
	},
	{
		"config: loggers below a named one keep their handlers", "config/swap.go",
		"\tb.SetDisabled(n, false)\n\tb.ClearHandlers(n)\n\tb.SetLevel(n, nil)\n",
		"\tb.SetDisabled(n, false)\n\tb.SetLevel(n, nil)\n",
		"./config", "TestLoggersBelowANamedOneAreReset",
	},
	{
		"config: an incremental document cannot take a handler's level away", "config/planhandler.go",
		"h.level = slog.Level(math.MinInt)",
		"_ = slog.Level(math.MinInt)",
		"./config", "TestIncrementalChangesLevelsAndPropagateOnly",
	},
	{
		"config: an incremental document forgets handlers without a level", "config/swap.go",
		"b.ReplaceHandler(n, h.handler, wrapped)",
		"_ = n",
		"./config", "TestIncrementalChangesLevelsAndPropagateOnly",
	},
	{
		"config: further changes are made though the document fails", "config/swap.go",
		"\tif err := c.plan.checkFiles(); err != nil {\n\t\treturn nil, err\n\t}\n\topened",
		"\tif err := c.plan.checkFiles(); err != nil {\n\t\tt.Update(func(b *tree.Batch) {\n\t\t\tfor _, change := range also {\n\t\t\t\tchange(b)\n\t\t\t}\n\t\t})\n\t\treturn nil, err\n\t}\n\topened",
		"./config", "TestADocumentThatCannotBeOpenedLeavesNothing",
	},
}
