// SPDX-License-Identifier: MIT

package main

// configWatchFaults are those of what brings documents to a running program.
var configWatchFaults = []fault{
	{
		"config: Watch loads half a file", "config/watch.go",
		"stable := now.content == w.seen.content",
		"stable := true",
		"./config", "TestWatchLoadsNoFileThatIsBeingWritten",
	},
	{
		"config: Watch tells versions apart by their time", "config/watch.go",
		"sum: sha256.Sum256(text)",
		"sum: sha256.Sum256([]byte(info.ModTime().String()))",
		"./config", "TestWatchFindsEachWayToChangeAFile",
	},
	{
		"config: Watch loads what is loaded", "config/watch.go",
		"back := err == nil && now.content == w.running",
		"back := false",
		"./config", "TestWatchDoesNotReloadWhatIsLoaded",
	},
	{
		"config: Watch tells a mistake with each look", "config/watch.go",
		"\tw.settled = now\n\tback",
		"\tback",
		"./config", "TestWatchTellsABadVersionOnceAndKeepsTheLastGoodOne",
	},
	{
		"config: Watch takes a bad version for what is loaded", "config/watch.go",
		"\tcase err == nil:\n\t\tw.running = is",
		"\tcase !applied || err == nil:\n\t\tw.running = is",
		"./config", "TestWatchTellsABadVersionOnceAndKeepsTheLastGoodOne",
	},
	{
		"config: Watch does not tell that all is well again", "config/watch.go",
		"if back && !w.failed {",
		"if back {",
		"./config", "TestWatchTakesUpAFileThatWasMissing",
	},
	{
		"config: Watch takes what failed to be closed for a failed change", "config/watch.go",
		"w.running = content{} //",
		"_ = content{} //",
		"./config", "TestWatchKnowsThatAnErrorMayComeAfterTheChange",
	},
	{
		"config: Watch does not try again what was saved again", "config/watch.go",
		"info.ModTime().UnixNano()}",
		"0}",
		"./config", "TestWatchTriesAgainWhatIsSavedAgain",
	},
	{
		"config: Watch does not end", "config/watch.go",
		"\t\tcase <-ctx.Done():\n\t\t\treturn\n",
		"",
		"./config", "TestWatchEndsWithItsContext",
	},
	{
		"config: Watch looks for the file where the program went", "config/watch.go",
		"abs, err := filepath.Abs(path)",
		"abs, err := path, error(nil)",
		"./config", "TestWatchStaysWithTheFileWhereverTheProgramGoes",
	},
	{
		"config: a panic while a document is applied ends the program", "config/watch.go",
		"if p := recover(); p != nil {",
		"if p := any(nil); p != nil {",
		"./config", "TestWatchReturnsPanicsAsErrors",
	},
	{
		"config: Listen takes every address", "config/listen.go",
		"if !tcp.IP.IsLoopback() && !verified {",
		"if tcp.IP != nil && !tcp.IP.IsLoopback() && !verified {",
		"./config", "TestListenRefusesAddresses",
	},
	{
		"config: Listen takes documents of every size", "config/listen.go",
		"if size > l.opts.MaxBytes {",
		"if size > 1<<32 {",
		"./config", "TestListenTellsWhatIsWrong",
	},
	{
		"config: Listen refuses the largest size", "config/listen.go",
		"if size > l.opts.MaxBytes {",
		"if size >= l.opts.MaxBytes {",
		"./config", "TestListenTakesADocumentOfTheLargestSize",
	},
	{
		"config: Listen waits for slow clients", "config/listen.go",
		"time.Now().Add(l.opts.Timeout)",
		"time.Now().Add(time.Hour)",
		"./config", "TestListenHangsUpOnSlowClients",
	},
	{
		"config: Listen applies half a document", "config/listen.go",
		"err = io.ErrUnexpectedEOF",
		"err = nil",
		"./config", "TestListenTellsWhatIsWrong",
	},
	{
		"config: Listen loses the error of JSON", "config/listen.go",
		"return \".json\"",
		"return \".ini\"",
		"./config", "TestListenTellsWhatIsWrong",
	},
	{
		"config: Listen serves as many clients as come", "config/listen.go",
		"make(chan struct{}, l.opts.MaxConns)",
		"make(chan struct{}, 1000)",
		"./config", "TestListenServesSoManyClientsAtATime",
	},
	{
		"config: Listen applies what was refused", "config/listen.go",
		"text, err = l.verify(r.text)",
		"text, _ = l.verify(r.text)",
		"./config", "TestListenVerifies",
	},
	{
		"config: Listen hangs up before it has applied a document", "config/listen.go",
		"\t<-r.done\n",
		"",
		"./config", "TestListenAppliesDocuments",
	},
	{
		"config: Listen does not hang up when it is closed", "config/listen.go",
		"func() { conn.Close() }",
		"func() {}",
		"./config", "TestListenEndsWithItsContext",
	},
	{
		"config: Close does not wait", "config/listen.go",
		"\t<-l.ended\n",
		"",
		"./config", "TestListenEndsWithItsContext",
	},
	{
		"config: a reload empties a file that is open", "config/file.go",
		"over.TakeOver, over.Truncate = true, false",
		"over.TakeOver = true",
		"./config", "TestReloadsLoseAndDoubleNothing",
	},
	{
		"config: what a document leaves out stays", "config/swap.go",
		"if before.level != nil && l.level == nil {",
		"if before.level != nil && false {",
		"./config", "TestWhatADocumentLeavesOutIsAsBefore",
	},
	{
		"config: handlers of a logger that is left out stay", "config/swap.go",
		"\t\tb.RemoveHandler(n, h)\n",
		"\t\t_ = h\n",
		"./config", "TestWhatADocumentLeavesOutIsAsBefore",
	},
	{
		"config: a late line leaves the file for its logger open", "config/perlogger.go",
		"return h, h.Close()",
		"return h, nil",
		"./config", "TestAFileForEachLoggerIsHandedOver",
	},
	{
		"config: Listen has no limit", "config/listen.go",
		"if size > l.opts.MaxBytes {",
		"if size > l.opts.MaxBytes<<20 {",
		"./config", "FuzzListenAnswersAnyFrameInTime",
	},
	{
		"config: Listen waits for a byte, and not for all", "config/listen.go",
		"\tvar text bytes.Buffer //",
		"\t_ = conn.SetReadDeadline(time.Now().Add(l.opts.Timeout))\n\tvar text bytes.Buffer //",
		"./config", "FuzzListenAnswersAnyFrameInTime",
	},
	{
		"config: Listen tells of who only looks", "config/listen.go",
		"if err == io.EOF { // somebody",
		"if err == io.ErrNoProgress { // somebody",
		"./config", "FuzzListenAnswersAnyFrameInTime",
	},
	{
		"config: nobody is told of a document's warnings", "config/swap.go",
		"range c.plan.warnings {", "range c.plan.warnings[:0] {",
		"./config", "TestTheTreeIsToldOfWarnings",
	},
}
