// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"io/fs"
	"os"
	"time"
)

// Options are options for [Open]. The zero Options never rotates, as in Python.
// The file is rotated when any one of the triggers fires, checked before each line is written.
// An empty file is never rotated.
type Options struct {
	// MaxBytes is the size in bytes that the file does not reach: a line that would have it reach that size goes
	// to a new file. A line that is longer by itself is written whole. If zero, size does not matter.
	// Without a name by time (When, Cron, Suffix) and with BackupCount, MaxAge and MaxTotalBytes all zero,
	// the file keeps growing, as with Python's backupCount 0.
	MaxBytes int64

	// When is the unit of time to rotate by, in upper or lower case: "S", "M", "H", "D" (counted from when the
	// file was created, or rotated the last time), "midnight", or "W0" to "W6" (Monday to Sunday). As in Python, a weekday without
	// At ends with that day: "W0" rotates on Tuesday at 00:00. If empty, time does not matter.
	When string

	// Interval is the number of units of When to rotate after. If zero, it is 1.
	Interval int

	// At is the time of day to rotate at, as "15:04" or "15:04:05", for When "midnight" and "W0" to "W6".
	// It is Python's atTime.
	At string

	// Location is the time zone of When, At, Cron and Suffix. If nil, it is time.Local.
	Location *time.Location

	// Cron rotates at the times of an expression of five fields (minute, hour, day of the month,
	// month, day of the week), as in "0 6 * * mon-fri", or of a name such as "@daily".
	Cron string

	// OnOpen rotates a file that is not empty when it is opened.
	OnOpen bool

	// RotateOn and ReopenOn are signals on which the file is rotated, or opened anew as by [File.Reopen].
	// The usual one is SIGHUP to reopen, after logrotate has renamed the file.
	RotateOn, ReopenOn []os.Signal

	// ShouldRotate is asked before each line whether to rotate. It is called under a lock: it must
	// not log, and should be fast. It is Python's shouldRollover.
	ShouldRotate func(Current) bool

	// Suffix names backups by time, as a layout for strftime that is added to the file's name after a dot:
	// "%Y-%m-%d". It is the time at which the backup's period began, or without When and Cron, the backup itself.
	// Where a name is taken, ".1", ".2" and so on follow. If empty, it is as in Python ("%Y-%m-%d_%H" for "H"),
	// "%Y-%m-%d_%H-%M" for Cron, and without both, backups have numbers: ".1" is the newest.
	Suffix string

	// Namer gives names to backups in place of Suffix.
	Namer Namer

	// BackupCount is the number of backups that are kept. If zero, it does not matter how many there are.
	BackupCount int

	// MaxAge is how long backups are kept after their last line, or where they are named by time, after the
	// end of their period. If zero, age does not matter.
	MaxAge time.Duration

	// MaxTotalBytes is how large all backups may be together. The oldest are removed first, the newest is kept
	// whatever its size. If zero, size does not matter.
	MaxTotalBytes int64

	// Compress compresses backups, in the background. If nil, they stay as they are.
	Compress Codec

	// Mode is the mode of new files, whatever the umask. If zero, a new file has the mode and owner of
	// the one it follows, and the first one 0666 without the umask, as with [os.Create].
	Mode fs.FileMode

	// Owner is who owns new files. If nil, that is not changed. Not on Windows.
	Owner *Owner

	// DirMode is the mode of directories that are made for the file if they are missing.
	// If zero, a missing directory is an error, as in Python.
	DirMode fs.FileMode

	// Header is the first line of each new file. A line break is added to it.
	Header string

	// Truncate empties the file when it is opened, as Python's mode "w". It excludes every trigger.
	Truncate bool

	// Delay has the file created and opened with the first line.
	Delay bool

	// Watch looks before each line whether the path still leads to the file, and opens it anew if
	// somebody has renamed or removed it, as Python's WatchedFileHandler. If it is not set, that is done
	// only when a tenth of a second has passed since the last time.
	Watch bool

	// FollowSymlink allows a path that is a symbolic link to a regular file: the target is what is written
	// and rotated. Without it such a path is an error. A link to something else, as to
	// /dev/stdout in a container, is always followed, and never rotated.
	FollowSymlink bool

	// TakeOver allows the path to be open in this process with other options: this File takes the place of those
	// that are open, whose lines go to it from now on. It is for a program that is configured anew.
	TakeOver bool

	// OnRotate is called after each rotation, in the order in which they happened, when the finished file has its
	// last name and is compressed. It may take its time: it is called in a goroutine that does
	// the work in the background. The file is not removed before it returns, but where backups have numbers, further
	// rotations move it on, and another file gets its name: what is to be read should be named by time (Suffix).
	// It must not call Close, which waits for it.
	OnRotate func(context.Context, Event)

	// OnError is called with what goes wrong beside the writing of lines: a rotation, a backup that cannot
	// be compressed or removed. It is called without a lock, in a goroutine of its own, for which Close waits.
	// If nil, errors go to the tree that the file's handler hangs on, if there is one, and else to os.Stderr, at
	// most one a second.
	OnError func(error)

	// Engine is what rotates: "file", which is the default, or "lumberjack", which drives
	// gopkg.in/natefinch/lumberjack.v2. It names backups as lumberjack does (app-2026-11-20T10-00-00.000.log),
	// and refuses the options that lumberjack has nothing for.
	Engine string
}

// Current is what [Options.ShouldRotate] is told.
type Current struct {
	Size  int64     // bytes in the file
	Lines int64     // calls of Write since it was opened or rotated
	Next  int       // bytes of the line to be written
	Since time.Time // when its period began
	Now   time.Time
}

// Owner is who owns a file. A number of -1 leaves that part as it is.
type Owner struct{ UID, GID int }

// An Event is a rotation.
type Event struct {
	Path   string    // of the finished file, absolute; empty if somebody has removed it
	From   time.Time // when its period began
	To     time.Time // when it was rotated
	Bytes  int64     // its size before it was compressed
	Reason string    // "size", "time", "open", "signal", "call", or "asked" for ShouldRotate
}

// Stats is what a [File] has done since it was opened.
type Stats struct {
	Lines     int64 // calls of Write that returned no error
	Bytes     int64 // bytes of these
	Rotations int64
	Failures  int64 // rotations that failed, and were put off
	Errors    int64 // all that was reported
	Size      int64 // bytes in the file
	Backups   int   // backups that are kept now; -1 if the directory cannot be read
}
