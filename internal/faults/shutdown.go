// SPDX-License-Identifier: MIT

package main

// shutdownFaults are those of package tree when handlers are closed.
var shutdownFaults = []fault{
	{
		"tree: the first added is closed first", "tree/shutdown.go",
		"cmp.Compare(b.order, a.order)",
		"cmp.Compare(a.order, b.order)",
		"./tree", "TestShutdownFlushesAndClosesTheLastAddedFirst",
	},
	{
		"tree: what a handler is around is not closed", "tree/shutdown.go",
		"\t\th = inner(h)\n",
		"\t\th = nil\n",
		"./tree", "TestShutdownClosesEachHandlerOnceAndWrappersBeforeWhatTheyShare",
	},
	{
		"tree: late records are not rescued", "tree/shutdown.go",
		"\t\t\tl.closed.Store(true)\n",
		"\t\t\t_ = l\n",
		"./tree", "TestALateRecordGoesToTheLastResort$",
	},
	{
		"tree: a handler that two are around is closed with the first", "tree/shutdown.go",
		"return c.users[h] == 0",
		"return c.users[h] >= 0",
		"./tree", "TestShutdownClosesEachHandlerOnceAndWrappersBeforeWhatTheyShare",
	},
	{
		"tree: a late record loses what is bound", "tree/deliver.go",
		"scope = h.scope()",
		"scope = nil",
		"./tree", "TestALateRecordKeepsWhatIsBound",
	},
	{
		"tree: a handler's panic in Unwrap reaches the caller", "tree/shutdown.go",
		"\tdefer func() { _ = recover() }()\n",
		"",
		"./tree", "TestABadHandlerDisturbsNoOther/.*panics_in_Unwrap$",
	},
	{
		"tree: the context of Shutdown is not heeded", "tree/shutdown.go",
		"\t\tcase <-ctx.Done():\n",
		"\t\tcase <-context.Background().Done():\n",
		"./tree", "TestShutdownReturnsWhenTheContextEnds",
	},
}
