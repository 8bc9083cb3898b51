// SPDX-License-Identifier: MIT

package main

// otherFaults are those of the other packages.
var otherFaults = []fault{
	{
		"internal/record: a LogValuer without end does not end", "internal/record/scope.go",
		"\t\t\t*left--\n",
		"",
		"./tree", "TestALogValuerWithoutEndEndsWhenBound",
	},
	{
		"internal/onerror: OnError is called for what it causes", "internal/onerror/reporter.go",
		"case f != nil && !reentry.Reporting():",
		"case f != nil:",
		"./tree", "TestOnErrorMayLogThroughTheTree",
	},
	{
		"internal/onerror: the name stands twice", "internal/onerror/onerror.go",
		"strings.TrimPrefix(fmt.Sprint(err), \"slogx: \")",
		"strings.TrimPrefix(fmt.Sprint(err), \"\")",
		"./internal/onerror", "TestStderrSaysOnceWhoseErrorItIs",
	},
	{
		"internal/onerror: the number of suppressed errors is lost", "internal/onerror/onerror.go",
		"\t\ts.suppressed++\n",
		"",
		"./tree", "TestByDefaultAtMostALineASecondIsPrinted",
	},
	{
		"filter: Name passes what begins alike", "filter/name.go",
		"rest[0] == '.'",
		"rest[0] != 0",
		"./filter", "TestNamePassesTheLoggerAndThoseBelow",
	},
	{
		"filter: what a handler's filter changes is lost", "filter/handler.go",
		"err = h.deliver(ctx, rec)",
		"err = h.next.Handle(ctx, r)",
		"./filter", "TestAHandlersFiltersDropAddAndChange",
	},
	{
		"internal/record: a filter writes to the caller's record", "internal/record/pool.go",
		"r.Clone()",
		"r",
		"./filter", "TestTheRecordOfTheCallerIsNotChanged",
	},
	{
		"filter: a handler's binder is forgotten", "filter/handler.go",
		"attrs = Bind(h.filters, h.scope.Groups(), attrs)",
		"",
		"./filter", "TestABinderIsToldTheGroups",
	},
	{
		"filter: a binder changes what it was given", "filter/handler.go",
		"attrs, cloned = record.Clone(attrs), true",
		"cloned = true",
		"./filter", "TestABinderIsGivenItsOwnCopy",
	},
	{
		"filter: bound attributes are not filtered", "filter/handler.go",
		"		attrs = b.Bind(groups, attrs)\n",
		"		_ = b.Bind(groups, attrs)\n",
		"./filter", "TestAHandlersFiltersDropAddAndChange",
	},
	{
		"levels: a threshold is rounded down", "levels/python.go",
		"		return slog.Level(2*(fifth-4) + (2*rest+4)/5)\n",
		"		return slog.Level(2*(fifth-4) + 2*rest/5)\n",
		"./levels", "TestComparisonsAgree",
	},
	{
		"internal/record: siblings share a slice", "internal/record/scope.go",
		"return slices.Concat(s.attrs, attrs)",
		"return append(s.attrs, attrs...)",
		"./internal/record", "TestNestDoesNotWriteBehindWhatIsBound",
	},
	{
		"internal/record: a later logger attribute is the name", "internal/record/scope.go",
		"if s.Logger() != \"\" || s.Prefix() != \"\" {",
		"if s.Prefix() != \"\" {",
		"./internal/record", "TestScopeTakesTheFirstStringBoundUnderLoggerBeforeAnyGroupForTheName",
	},
	{
		"format: each clone has a lock of its own", "format/handler.go",
		"	d.scope = scope\n",
		"	d.scope, d.sink = scope, &sink{w: h.sink.w}\n",
		"./format", "TestOneLockForAllThatIsDerived",
	},
	{
		"format: a Binder is asked once only", "format/handler.go",
		"	switch h.given.(type) {\n",
		"	switch h.bound.(type) {\n",
		"./format", "TestABinderChoosesForEachHandler",
	},
	{
		"format: a layout that a Binder did not bind is taken for one that is bound", "format/handler.go",
		"if f.bound != nil { //",
		"if true { //",
		"./format", "TestABinderMayLeaveAFormatterUnbound",
	},
	{
		"format: JSON prints what it was bound to before", "format/handler.go",
		" && f.bound.scope == h.scope {",
		" {",
		"./format", "TestAHandlerPrintsWhatIsBoundToItself",
	},
	{
		"format: a handler prints the name that a layout was bound to before", "format/layout.go",
		"	l = l.given\n",
		"",
		"./format", "TestAHandlerPrintsWhatIsBoundToItself",
	},
	{
		"format: line breaks are not escaped", "internal/text/text.go",
		"		return r < ' ' && r != '\\t' || r == 0x7f\n",
		"		return r < ' ' && r != '\\t' && r != '\\n' || r == 0x7f\n",
		"./format", "TestNothingForgesALine",
	},
	{
		"rotate: a late line of a closed file is lost", "rotate/rotate.go",
		"	if f.closed.Load() {\n		return f.core.writeLate(p)\n	}\n",
		"	if f.closed.Load() {\n		return len(p), nil\n	}\n",
		".", "TestBasicConfigForceReplacesAndClosesInOneStep",
	},
	{
		"slogx: Logf names itself as the caller", "log.go",
		"runtime.Callers(3+max(depth, 0), pcs[:])",
		"runtime.Callers(2+max(depth, 0), pcs[:])",
		".", "TestLogfFormatsOnlyIfEnabledAndNamesItsCaller",
	},
	{
		"format: a logger prints the name of another", "format/binding.go",
		"f != nil && f.name == b.name",
		"f != nil",
		"./format", "TestEachLoggerPrintsItsOwnName",
	},
	{
		"format: a second keeps the text of another", "format/asctime.go",
		"s.unix != t.Unix() || ",
		"",
		"./format", "TestAsctime",
	},
	{
		"format: the second fraction of a date is that of the first record", "format/asctime.go",
		"if c.exact = varies(head) || varies(tail); !c.exact {",
		"{",
		"./format", "TestDateFormat",
	},
	{
		"format: colour where it is not wanted", "format/color.go",
		"case !p.colored:",
		"case false:",
		"./format", "TestColorFieldsAreThoseOfTheLevelWhereColorIsWanted",
	},
	{
		"format: a default comes before an attribute", "format/layout.go",
		"\tcase ok:\n",
		"\tcase ok && s.fallback == nil:\n",
		"./format", "TestDefaultsStandForAttributesThatAreMissing",
	},
	{
		"format: an attribute that is a level is named as the record's", "format/console.go",
		"case slog.KindAny:\n\t\t\tif !a.Equal",
		"case slog.KindAny:\n\t\t\tif _, ok := a.Value.Any().(slog.Level); !ok && !a.Equal",
		"./format", "TestAConsoleInColourNamesLevelsThatSlogHasNoWordFor",
	},
	{
		"format: a console changes what is in groups", "format/console.go",
		"make([]slog.Attr, 0, len(attrs))",
		"attrs[:0]",
		"./format", "TestAConsoleInColourDoesNotChangeWhatIsInGroups",
	},
	{
		"internal/text: an error in a group that a field names is lost", "internal/text/attrs.go",
		"kind == slog.KindGroup || kind == slog.KindLogValuer {",
		"kind > slog.KindLogValuer {",
		"./format", "TestErrorAndStackStandBelowTheLine",
	},
	{
		"internal/text: a duration loses a place", "internal/text/number.go",
		"uint32(d%time.Millisecond)*1e2",
		"uint32(d%time.Millisecond)*1e1",
		"./internal/text", "TestNumbersAreThoseOfTheStandardLibrary",
	},
	{
		"internal/text: DEL is harmless", "internal/text/scan.go",
		" | (x + lows)",
		"",
		"./internal/text", "TestEveryByteAtEveryPlace",
	},
	{
		"internal/text: a quote needs no quotes", "internal/text/scan.go",
		"first: lows * '#'",
		"first: lows * '!'",
		"./internal/text", "TestEveryByteAtEveryPlace",
	},
}
