// SPDX-License-Identifier: MIT

package main

// gateFaults are those of the gates in package tree: of handlers that log.
var gateFaults = []fault{
	{
		"tree: a handler that was removed is held for good", "tree/gate.go",
		"\t\tdelete(gates.of, innermost)\n",
		"",
		"./tree", "TestHandlersThatWereRemovedAreForgotten",
	},
	{
		"tree: a line that is left behind is forgotten", "tree/gate.go",
		"for g.backlog.Waiting() {",
		"if g.backlog.Waiting() {",
		"./tree", "TestALineThatIsLeftWhileTheBacklogIsRunIsNotForgotten",
	},
	{
		"tree: whoever finds a handler busy is taken for the one inside", "tree/gate.go",
		"reentry.Mark((*gate).call)",
		"reentry.Mark((*gate).handle)",
		"./tree", "TestALineIsHandledWhenItsCallReturnsAlsoWhileTheHandlerIsBusy",
	},
	{
		"tree: no handler has a gate", "tree/leaf.go",
		"!ok || !r.Reentrant()",
		"ok && !r.Reentrant()",
		"./tree", "TestAHandlerMayLogToItself",
	},
	{
		"tree: each wrapper has a gate", "tree/leaf.go",
		"gateOf(innermost)",
		"gateOf(h)",
		"./tree", "TestTwoWrappersAroundOneHandlerMayLogFromOneToTheOther",
	},
	{
		"tree: a handler that comes back has another gate", "tree/gate.go",
		"gates.of[innermost].Value(); g != nil {",
		"gates.of[innermost].Value(); g != nil && g.inside.Load() == 0 {",
		"./tree", "TestAHandlerThatIsMovedWhileItHandlesMayLog",
	},
	{
		"tree: a late nested line is lost", "tree/gate.go",
		"\t\t\t\th.rescue(ctx, v, &r)\n",
		"",
		"./tree", "TestALateNestedLineGoesToTheLastResort",
	},
	{
		"tree: whoever logs from inside a handler waits for it", "tree/gate.go",
		"		case reentry.Inside:\n			g.leaveBehind(ctx, h, v, i, r.Clone())\n			return nil\n",
		"",
		"./tree", "TestANestedLineIsTheLineThatWasLogged",
	},
	{
		"tree: what a line from the backlog causes is not refused", "tree/gate.go",
		"		case reentry.InBacklog:\n			g.inside.Add(-1)\n			return reentry.ErrRefused\n",
		"		case reentry.InBacklog:\n			g.leaveBehind(ctx, h, v, i, r.Clone())\n			return nil\n",
		"./tree", "TestAHandlerThatAlwaysLogsToItselfIsStopped$",
	},
}
