// SPDX-License-Identifier: MIT

package main

// jsonFaults are defects of the JSON formatter.
var jsonFaults = []fault{
	{"json: a quote is not escaped", "internal/text/json.go",
		`((x ^ lows*'"') - lows) | `, ``, "./internal/text", "TestEveryCharacterInJSON"},
	{"json: a control is not escaped", "internal/text/json.go",
		`x | (x - lows*' ') | `, `x | `, "./internal/text", "TestEveryCharacterInJSON"},
	{"json: the middle of a long text is not looked at", "internal/text/json.go",
		`unsafe |= unsafeBytes(x)`, `unsafe |= unsafeBytes(x) & 0`, "./internal/text", "TestEveryCharacterInJSON"},
	{"json: a line separator of JavaScript is not escaped", "internal/text/json.go",
		`r == 0x2028 || r == 0x2029 || r`, `r`, "./format", "TestJSONEqualsSlogs"},
	{"json: one surrogate for two", "internal/text/json.go",
		`if r > 0xffff {`, `if r > 0xfffff {`, "./internal/text", "TestASCIIJSON"},
	{"json: a second renders another zone", "format/json_time.go",
		` || s.location != location {`, ` {`, "./format", "TestJSONIsSharedByGoroutines"},
	{"json: the zeros of a fraction stay", "internal/text/number.go",
		`bits.LeadingZeros64(d)/8]`, `bits.LeadingZeros64(d)*0]`, "./format", "TestJSONEqualsSlogs"},
	{"json: a bad year is printed all the same", "format/json_value.go",
		`y < 0 || y > 9999`, `y < 0 || y > 99999`, "./format", "TestJSONEqualsSlogs"},
	{"json: a small exponent has two digits", "format/json_value.go",
		`dst = append(dst[:n-2], dst[n-1])`, `_ = dst`, "./format", "TestJSONValuesReadBack"},
	{"json: a panic reaches the caller", "format/json_value.go",
		`if p := recover(); p != nil {`, `if p := any(nil); p != nil {`, "./format", "TestJSONEqualsSlogs"},
	{"json: an encoder may print no JSON", "format/json_value.go",
		`		return errNotJSON
`, `		s.buf.Write(out)
`, "./format", "TestJSONOptions"},
	{"json: a group that is left out leaves its brace", "format/json_attr.go",
		`		e.dst = e.dst[:n]
		return false`, `		_ = n
		return false`, "./format", "TestJSONEqualsSlogs"},
	{"json: a group that is left out stays open for ReplaceAttr", "format/json_attr.go",
		`	if e.groups != nil {
		*e.groups = (*e.groups)[:len(*e.groups)-1]
	}
	if !some {`, `	if !some {`, "./format", "TestJSONEqualsSlogs"},
	{"json: what ReplaceAttr gives is not resolved", "format/json_attr.go",
		`			a.Value = e.limit(a.Value)
		}
		a.Value = e.resolve(a.Value)`, `			a.Value = e.limit(a.Value)
		}`, "./format", "TestJSONEqualsSlogs"},
	{"json: LogValuers without end", "format/json_attr.go",
		`e.given > record.MaxGroups`, `e.given > record.MaxGroups<<40`, "./format", "TestJSONComesToAnEnd"},
	{"json: attributes inside of groups are renamed", "format/json_attr.go",
		`if e.touched && e.depth == 0 {`, `if e.touched {`, "./format", "TestJSONOptions"},
	{"json: time and level are in the groups that are open", "format/json_record.go",
		`	j.appendFields(&e, r)
`, `	if j.replace != nil {
		e.borrowGroups(b.groups)
	}
	j.appendFields(&e, r)
`, "./format", "TestJSONEqualsSlogs"},
	{"json: a group without attributes is opened by a record", "format/json_record.go",
		`		return append(e.dst[:n], b.end...)`, `		_ = n
		return append(e.dst, b.endAll...)`, "./format", "TestJSONEqualsSlogs"},
	{"json: a group without attributes is opened by With", "format/json_bound.go",
		`	if !slices.ContainsFunc(attrs, isNoEmptyGroup) {
		return
	}
`, ``, "./format", "TestJSONEqualsSlogs"},
	{"json: the logger's name is a field and an attribute", "format/json_bound.go",
		`case name >= 0 && b.unnamed:`, `case false:`, "./format", "TestJSONDoesWhatPythonJSONLoggerDoes"},
	{"json: Static may be left out", "format/json_bound.go",
		`	rules.omit = nil
`, ``, "./format", "TestJSONOptions"},
	{"json: a bound error has the stack of With", "format/json_record.go",
		`j.stacks != NoStacks && asksForStack(s)`, `false`, "./format", "TestJSONStacks"},
	{"json: what another handler binds is gone on from", "format/json_record.go",
		`if j.bound != nil && s != nil && j.bound.scope == s.Parent() {`, `if j.bound != nil && s != nil {`, "./format", "TestJSONIsBoundToAnyScope"},
	{"json: brothers open their groups in the same memory", "format/json_bound.go",
		`append(slices.Clip(b.groups), name), append(slices.Clip(b.pending), name)`, `append(b.groups, name), append(b.pending, name)`,
		"./format", "TestBrothersOpenGroupsOfTheirOwn"},
	{"json: another scope's attributes", "format/json_record.go",
		`b == nil || b.scope != r.Scope`, `b == nil`, "./format", "TestJSONBoundAndUnbound"},
	{"json: a source of another call", "format/caller.go",
		`if c.pc == pc {`, `if true {`, "./format", "TestJSONSources"},
	{"json: the level that ReplaceAttr leaves alone has no name", "format/json_attr.go",
		`if level, ok := v.(slog.Level); ok && e.words != nil {`, `if level := slog.Level(0); false {`, "./format", "TestJSONLevels"},
	{"json: a level that ReplaceAttr gives is the record's", "format/json_field.go",
		`e.words, a.Value = o, slog.AnyValue(r.Level)`,
		`own := *o
		own.levelName = func(slog.Level) string { return o.levelText(r.Level) }
		e.words, a.Value = &own, slog.AnyValue(r.Level)`, "./format", "TestJSONLevels"},
	{"json: of two members the first one stays", "format/json_unique.go",
		`members[place].value = m.value`, `_ = place`, "./format", "TestJSONOptions"},
	{"json: a stack is lost where its error has another key", "format/json_stack.go",
		`slog.Attr{Key: key, Value: a.Value}`, `slog.Attr{Key: a.Key, Value: a.Value}`, "./format", "TestJSONStacksStandUnderTheKeysThatRenameGivesThem"},
	{"json: the stack of an error has its old key", "format/json_stack.go",
		`	if outside {`, `	if false {`, "./format", "TestJSONStacksStandUnderTheKeysThatRenameGivesThem"},
	{"json: Edit is not given stacks", "format/json_finish.go",
		`j.stacks.expanded(record.Resolve(attrs), pc)`, `NoStacks.expanded(record.Resolve(attrs), pc)`, "./format", "TestJSONStacksStandUnderTheKeysThatRenameGivesThem"},
	{"json: a field has a stack that nobody asks for", "format/json_field.go",
		`isStackKey(f.name) && !isNil(a.Value):`, `isStackKey(f.name):`, "./format", "TestJSONFieldsOfStacksAreNullWhereNobodyAsksForOne"},
	{"json: an open group that is reserved is printed", "format/json_bound.go",
		`b.hidden = b.omit[name]`, `b.hidden = false`, "./format", "TestWhatIsBoundIsPrintedAsWhatIsGiven"},
	{"json: what a record gives to a group that is reserved is printed", "format/json_record.go",
		`	if b.hidden {`, `	if false {`, "./format", "TestWhatIsBoundIsPrintedAsWhatIsGiven"},
	{"json: an open group is not renamed", "format/json_bound.go",
		`name = cmp.Or(b.rename[name], name)`, `name = cmp.Or(name, b.rename[name])`, "./format", "TestWhatIsBoundIsPrintedAsWhatIsGiven"},
	{"json: Edit is given a group without the stacks in it", "format/json_stack.go",
		`slog.GroupValue(s.expanded(a.Value.Group(), pc)...)`, `slog.GroupValue(a.Value.Group()...)`, "./format", "TestAnEditThatChangesNothingChangesNothing"},
	{"json: a zero time has seconds since 1970", "format/json_field.go",
		`		if r.Time.IsZero() {
			return slog.GroupValue()
		}
		return get(r)`, `		return get(r)`, "./format", "TestJSONFieldsOfAZeroTimeAreLeftOut"},
	{"json: the options are not copied", "format/json.go",
		`record.Resolve(record.Clone(opts.Static))`, `record.Resolve(opts.Static)`, "./format", "TestJSONOptionsAreCopied"},
}
