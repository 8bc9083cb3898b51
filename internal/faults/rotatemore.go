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
}
