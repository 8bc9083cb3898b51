// SPDX-License-Identifier: MIT

package main

// holdFaults are those of the filters that hold records back.
var holdFaults = []fault{
	{
		"filter: what is told is held back", "filter/hold.go",
		"	if _, ok := HeldBack(r); ok {\n		return true",
		"	if _, ok := HeldBack(r); ok && h == nil {\n		return true",
		"./filter", "TestNoHolderHoldsBackOrCountsWhatIsTold",
	},
	{
		"filter: any record may say that it tells of others", "filter/hold.go",
		"_, ok = a.Value.Any().(heldBy)",
		"ok = true",
		"./filter", "TestHeldBackKnowsWhatIsTold",
	},
	{
		"filter: what is held back is told with the next record", "filter/hold.go",
		"		case k.due <= now:\n",
		"		case true:\n",
		"./filter", "TestARecordOfTheSameKeyTellsAtOnceAndOthersATenthOfAPeriodLateAtMost",
	},
	{
		"filter: only a record of the same key tells", "filter/hold.go",
		"	if now >= h.due.Load() {\n",
		"	if false {\n",
		"./filter", "TestWhatIsHeldBackIsToldBeforeTheNextRecordWhenItsTimeIsUp",
	},
	{
		"filter: a record of the same key does not tell", "filter/hold.go",
		"	} else if s.held != nil && now >= s.held.due {\n",
		"	} else if false {\n",
		"./filter", "TestARecordOfTheSameKeyTellsAtOnceAndOthersATenthOfAPeriodLateAtMost",
	},
	{
		"filter: what comes due after a sweep is forgotten", "filter/hold.go",
		"			*rest = min(*rest, k.due)\n",
		"			_ = rest\n",
		"./filter", "TestARecordOfTheSameKeyTellsAtOnceAndOthersATenthOfAPeriodLateAtMost",
	},
	{
		"filter: each record sweeps", "filter/hold.go",
		"	due = max(due, h.pause.Load())\n",
		"",
		"./filter", "TestARecordOfTheSameKeyTellsAtOnceAndOthersATenthOfAPeriodLateAtMost",
	},
	{
		"filter: a sweep that does not end forgets the rest", "filter/hold.go",
		"	rest := now // what is due",
		"	rest := int64(never) // what is due",
		"./filter", "TestAHandlerThatEndsTheGoroutineLosesNoOther",
	},
	{
		"filter: a forgotten key tells nothing", "filter/hold.go",
		"tell, *s = s.held, slot{key: key}",
		"*s = slot{key: key}",
		"./filter", "TestAKeyThatIsForgottenTellsAtOnceAndPasses",
	},
	{
		"filter: a key inherits what is known of a forgotten one", "filter/hold.go",
		"tell, *s = s.held, slot{key: key}",
		"tell, s.key, s.held = s.held, key, nil",
		"./filter", "TestAKeyThatIsForgottenTellsAtOnceAndPasses",
	},
	{
		"filter: the newest key is forgotten", "filter/hold.go",
		"		if s.end < first.end {\n",
		"		if s.end == 0 || first.end > 0 && s.end > first.end {\n",
		"./filter", "TestAKeyThatIsForgottenTellsAtOnceAndPasses",
	},
	{
		"filter: keys have one bucket", "filter/hold.go",
		"	return &h.buckets[i]\n",
		"	return &h.buckets[i*0]\n",
		"./filter", "TestUpToMaxKeysAreRemembered",
	},
	{
		"filter: all that is held back of a key counts as one", "filter/hold.go",
		"	k.n++\n",
		"	k.n = 1\n",
		"./filter", "TestCountsAreExact",
	},
	{
		"filter: what is told has the lowest level", "filter/hold.go",
		"	k.level = max(k.level, r.Level)\n",
		"	k.level = min(k.level, r.Level)\n",
		"./filter", "TestWhatIsToldGoesByTheLastRecordAndTheHighestLevel",
	},
	{
		"filter: what is told has no name", "filter/hold.go",
		"ok && len(k.logger) > 0 {",
		"ok && k.n == 0 {",
		"./filter", "TestWhatIsHeldBackIsToldBeforeTheNextRecordWhenItsTimeIsUp",
	},
	{
		"filter: long messages are kept whole", "filter/hold.go",
		"		s = s[:n]\n",
		"		_ = n\n",
		"./filter", "TestMessageAndNameAreCutAtARune|TestTheMemoryIsBounded",
	},
	{
		"filter: messages are cut inside of a rune", "filter/hold.go",
		"		for !utf8.RuneStart(s[n]) && n > maxKept-utf8.UTFMax {\n",
		"		for utf8.UTFMax < 0 {\n",
		"./filter", "TestMessageAndNameAreCutAtARune",
	},
	{
		"filter: a panic at what is told reaches who logs", "filter/hold.go",
		"		if p := recover(); p != nil { // it",
		"		if p := error(nil); p != nil { // it",
		"./filter", "TestAHandlerThatFailsToTellIsReportedAndStopsNothing",
	},
	{
		"filter: an error at what is told is lost", "filter/hold.go",
		"		r.Fail(err)\n",
		"		_ = err\n",
		"./filter", "TestAHandlerThatFailsToTellIsReportedAndStopsNothing",
	},
	{
		"filter: an error that the node has reported is reported again", "filter/hold.go",
		"	if _, ok := k.owner.(*Handler); ok {\n		r.Fail",
		"	if _, ok := k.owner.(*Handler); ok || !ok {\n		r.Fail",
		"./filter", "TestANodeReportsItsErrorsItself",
	},
	{
		"filter: Sample passes each Every-th record of all", "filter/sample.go",
		"(s.n-first)%every == 0",
		"s.n%every == 0",
		"./filter", "TestSamplePassesTheFirstAndThenEachEvery",
	},
	{
		"filter: a period of Sample goes on with each record", "filter/sample.go",
		"		s.n++\n",
		"		s.n, s.end = s.n+1, now+window\n",
		"./filter", "TestAPeriodOfSampleBeginsWithARecord|TestSampleDoesWhatZapsSamplerDoes",
	},
	{
		"filter: Limit saves up more than a burst", "filter/limit.go",
		"full := max(s.end, now)",
		"full := s.end",
		"./filter", "TestLimitPassesABurstAndThenTheRate",
	},
	{
		"filter: what Limit holds back takes a token", "filter/limit.go",
		"		if full-now > room {\n",
		"		if full-now > room {\n			s.end = full + each\n",
		"./filter", "TestLimitPassesABurstAndThenTheRate",
	},
	{
		"filter: Limit passes one more than a burst", "filter/limit.go",
		"full-now > room",
		"full-now > room+each",
		"./filter", "TestLimitPassesABurstAndThenTheRate",
	},
	{
		"filter: large numbers of Limit overflow", "filter/limit.go",
		"min(each, longest/max(others, 1))",
		"each",
		"./filter", "TestLimitTakesTheLargestNumbers",
	},
	{
		"filter: what Dedup holds back makes the period longer", "filter/dedup.go",
		"			return false, s.end\n",
		"			s.end = now + window\n			return false, s.end\n",
		"./filter", "TestDedupHoldsBackForAPeriodFromTheLastThatPassed",
	},
	{
		"filter: Dedup does not look at what is bound", "filter/dedup.go",
		"range r.Scope.All() {",
		"range (*record.Scope)(nil).All() {",
		"./filter", "TestRecordsAreEqualInLoggerLevelMessageAndAllAttributes",
	},
	{
		"filter: Dedup takes x=1 y=2 for one value", "filter/dedup.go",
		"	d.size(len(s))\n",
		"",
		"./filter", "TestRecordsAreEqualInLoggerLevelMessageAndAllAttributes",
	},
	{
		"filter: Dedup does not tell groups apart", "filter/dedup.go",
		"		d.size(len(v.Group()))\n",
		"",
		"./filter", "TestRecordsAreEqualInLoggerLevelMessageAndAllAttributes",
	},
	{
		"filter: Dedup does not see what is added outside of the groups", "filter/dedup.go",
		"		given, prefix = out, \"\"\n",
		"		_ = out\n",
		"./filter", "TestWhatAFilterAddsOutsideOfTheGroupsCounts",
	},
	{
		"filter: a LogValuer without end does not end in Dedup", "filter/dedup.go",
		"d.valuers--; d.valuers < 0",
		"d.valuers < 0",
		"./filter", "TestALogValuerWithoutEndEndsWhenCompared",
	},
}
