// SPDX-License-Identifier: MIT

package main

// rotateMoreFaults are those of log files where clocks, hooks and systems are odd.
var rotateMoreFaults = []fault{
	{
		"rotate: a clock that is set back is not noticed", "rotate/folder.go",
		"time.Now().Round(0)",
		"time.Now()",
		"./rotate", "TestTheClockThatFilesGoByCanBeSetBack$",
	},
	{
		"rotate: an empty file keeps the period of a clock that was wrong", "rotate/trigger.go",
		"(now.Before(c.birth) || !now.Before(c.end))",
		"!now.Before(c.end)",
		"./rotate", "TestAnEmptyFileBeginsAnewWhenTheClockIsSetBack$",
	},
	{
		"rotate: ShouldRotate is asked again whether it meant it", "rotate/trigger.go",
		"	if err := c.followLocked(now); err != nil || c.emptyLocked() {",
		"	if err := c.followLocked(now); err != nil || !c.askLocked(now, next) {",
		"./rotate", "TestShouldRotateIsAskedOnceBeforeALine$",
	},
	{
		"rotate: a rotation that was asked for once is tried once", "rotate/trigger.go",
		"	return c.owed\n",
		"	return \"\"\n",
		"./rotate", "TestARotationThatWasAskedForOnceIsTriedAgain$",
	},
	{
		"rotate: backups need a directory that can be synced", "rotate/pack.go",
		"err != nil && !isNoSync(err) {",
		"err != nil {",
		"./rotate", "TestBackupsAreCompressedWhereADirectoryCannotBeSynced$",
	},
	{
		"rotate: a file that is appended to is cut", "rotate/disk.go",
		"		err = empty(dir, name, after)\n",
		"		err = f.Truncate(0)\n",
		"./rotate", "TestTruncateDoesNotNeedToCutAnAppendedFile$",
	},
	{
		"rotate: a line that is held up holds up Shutdown", "rotate/release.go",
		"		go func() {\n			c.mu.Lock()\n			stopLocked()\n		}()\n",
		"		c.mu.Lock()\n		stopLocked()\n",
		"./rotate", "TestALineThatIsHeldUpHoldsUpNothingElse$",
	},
	{
		"rotate: OnRotate is not told what it could not be told at once", "rotate/tidy.go",
		"t.unseen.events[:slices.Index(t.unseen.events, p)+1]",
		"[]*pending{p}",
		"./rotate", "TestOnRotateIsToldLaterWhatItCouldNotBeToldAtOnce$",
	},
	{
		"rotate: a codec that panics ends the program", "rotate/pack.go",
		"	err = guard(func() error { return t.copy(dst, src) })\n",
		"	err = t.copy(dst, src)\n",
		"./rotate", "TestAPanicOfWhatTheProgramGaveIsReported$",
	},
	{
		"rotate: a namer that panics loses the line", "rotate/trigger.go",
		"	err := guard(func() (err error) {\n		r, err = c.engine.rotate(from)\n		return err\n	})\n",
		"	r, err := c.engine.rotate(from)\n",
		"./rotate", "TestAPanicOfWhatTheProgramGaveIsReported$",
	},
	{
		"rotate: a hook that ends its goroutine is the last one", "rotate/background.go",
		"			go b.run(idle)\n			return\n",
		"",
		"./rotate", "TestAHookThatEndsItsGoroutineHoldsUpNothing$",
	},
	{
		"rotate: a link that was changed gives a path a second owner", "rotate/registry.go",
		"	followLinks()\n",
		"",
		"./rotate", "TestAPathWhoseDirectoryIsALinkThatWasChangedHasOneOwner$",
	},
	{
		"rotate: zones without a name are the same", "rotate/settings.go",
		"offsetA == offsetB",
		"(offsetA == offsetB || nameA == nameB)",
		"./rotate", "TestZonesOfOneNameAreNotTheSame$",
	},
	{
		"rotate: lumberjack replaces a backup of before the clock was set back", "rotate/jack.go",
		"		sleep(time.Millisecond)\n",
		"		return\n",
		"./rotate", "TestABackupOfLumberjackIsNotReplacedWhenTheClockIsSetBack$",
	},
	{
		"rotate: a name is too long that nothing has", "rotate/rename.go",
		"suffix != \"\" && errors.Is(err, errTooLong)",
		"false",
		"./rotate", "TestANameWithRoomForItsBackupsOnlyIsRotated$",
	},
	{
		"rotate: an empty file of somebody else is refused", "rotate/disk.go",
		"	o := opened{size: info.Size(),",
		"	if err := d.dress(out, d.Mode, nil); info.Size() == 0 && err != nil {\n		return opened{}, err\n	}\n	o := opened{size: info.Size(),",
		"./rotate", "TestAnEmptyFileOfSomebodyElseIsWritten$",
	},
	{
		"rotate: a rotation that fails waits longer and longer", "rotate/trigger.go",
		"min(max(minBackOff, 2*c.backOff), maxBackOff)",
		"max(minBackOff, 2*c.backOff)",
		"./rotate", "TestARotationThatFailsIsTriedAgainAfterTwiceTheTime$",
	},
	{
		"rotate: a rotation that succeeds leaves the wait long", "rotate/trigger.go",
		"c.retry, c.backOff, c.owed = time.Time{}, 0, \"\"",
		"c.retry, c.owed = time.Time{}, \"\"",
		"./rotate", "TestARotationThatFailsIsTriedAgainAfterTwiceTheTime$",
	},
	{
		"rotate: a file that could not be taken over is rotated no more", "rotate/registry.go",
		"		before.resumeWriting()\n",
		"",
		"./rotate", "TestATakeOverThatFailsLeavesTheFileToItsOwner$",
	},
	{
		"rotate: a file system's clock does not lag", "rotate/birth.go",
		"50 * time.Millisecond",
		"0",
		"./rotate", "TestAFileThatWasBegunJustAfterMidnightIsOfThatDay$",
	},
	{
		"rotate: Sync does nothing", "rotate/disk.go",
		"return d.out.Sync()",
		"return nil",
		"./rotate", "TestSyncHasTheSystemWriteTheFileToTheDisk$",
	},
	{
		"rotate: a line that failed tells nothing of the path", "rotate/core.go",
		"	c.careful = true\n	c.stale.Store(true)\n",
		"	c.careful = true\n",
		"./rotate", "TestThePathIsLookedAtRightAfterALineThatFailed$",
	},
	{
		"rotate: a signal after Close opens the file", "rotate/trigger.go",
		"	if c.closed {\n		return\n	}\n",
		"",
		"./rotate", "TestASignalAfterCloseDoesNothing$",
	},
	{
		"rotate: signals are listened to for ever", "rotate/signal.go",
		"		signal.Stop(come)\n",
		"",
		"./rotate", "TestSignalsAreNotListenedToAfterClose$",
	},
	{
		"rotate: a late line rotates", "rotate/core.go",
		"!c.begun && !c.closed &&",
		"!c.begun &&",
		"./rotate", "TestALateLineDoesNotRotateAsOnOpenAsks$",
	},
	{
		"rotate: OnOpen rotates each time the file is opened", "rotate/core.go",
		"c.OnOpen && !c.begun && !c.closed &&",
		"c.OnOpen &&",
		"./rotate", "TestALateLineDoesNotRotateAsOnOpenAsks$",
	},
	{
		"rotate: a compression does not stop", "rotate/pack.go",
		"	if err := p.ctx.Err(); err != nil {\n		return 0, err\n	}\n",
		"",
		"./rotate", "TestShutdownStopsACompressionInTheMiddle$",
	},
	{
		"rotate: backups are compressed as the directory has them", "rotate/pack.go",
		"	slices.SortFunc(all, func(a, b kept) int { return older(a.entry, b.entry) })\n",
		"",
		"./rotate", "TestBackupsAreCompressedFromTheOldestOn$",
	},
	{
		"rotate: a compressed file that was stopped gets its name", "rotate/pack.go",
		"	err = guard(func() error { return t.copy(dst, src) })\n",
		"	_ = guard(func() error { return t.copy(dst, src) })\n",
		"./rotate", "TestShutdownStopsACompressionInTheMiddle$",
	},
	{
		"rotate: what is no file is due", "rotate/trigger.go",
		"	if c.special {\n		return \"\"\n	}\n",
		"",
		"./rotate", "TestWhatIsNoFileIsNotRotatedWhateverIsDue$",
	},
	{
		"rotate: the note of the time is written to what is there", "rotate/birth.go",
		"os.O_WRONLY|os.O_CREATE|os.O_EXCL",
		"os.O_WRONLY|os.O_CREATE",
		"./rotate", "TestTheNoteOfTheTimeIsWrittenToNoFileThatIsThere$",
	},
	{
		"rotate: a name that was only reserved moves up", "rotate/rename.go",
		"(info.Size() == 0 || moving)",
		"moving",
		"./rotate", "TestANameThatARotationLeftReservedIsNoBackupForTheNext$",
	},
}
