// SPDX-License-Identifier: MIT

// Package torture proves that a writer of log files loses, doubles, swaps and tears no line that it acknowledged,
// or shows the lines that it did. It is for tests only, and knows nothing of the writer but [io.WriteCloser].
//
//	func TestTorture(t *testing.T) {
//		dir := t.TempDir()
//		before := torture.Snap(dir)
//		log := torture.Run(t, torture.Plan{
//			Dir:        dir,
//			Open:       func(dir string) (io.WriteCloser, error) { return Open(filepath.Join(dir, "app.log")) },
//			Goroutines: 8,
//			Lines:      1000,
//		})
//		report := log.Check(torture.Files{Paths: segments(dir), MaxBytes: 4096, Before: before})
//		require.NoError(t, report.Err())
//	}
//
// [Run] has goroutines write lines of which each can be told from all others and made again from the seed:
//
//	process goroutine sequence length crc32 payload
//
// What Write returned is kept in memory that is shared with the parent, so that it is known of a process that
// was killed, too. [Log.Check] reads the segments and compares.
//
// # Processes and kill -9
//
// With Plan.Processes the lines are written by children: the test's binary runs itself, with this one test only, and
// Run does not return there. So the test up to Run is executed in each child, and must lead to the same Plan;
// Plan.Dir is that of the parent, and Open is given it. There is one such Run in a test; a subtest is a test.
// Plan.Kills are sent at random moments, to one child or to several at once. A new child follows, and goes on
// with the next line. The line that was being written when the child died may be there or not, and half of it may
// be there if the next line begins on a line of its own.
//
// # What is checked
//
// A [Violation] has one of these kinds:
//
//   - lost: an acknowledged line is in no segment
//   - doubled: a line is there twice, acknowledged or not
//   - torn: bytes that are no line, and not the isolated beginning of a line that was not acknowledged;
//     NUL bytes, and a line that begins behind the rest of another one
//   - disorder: a line of a goroutine comes after its successor
//   - stray: a whole line that was never offered in this run
//   - unreadable: a segment that cannot be read to its end
//   - large: a segment longer than Files.MaxBytes that holds more than one line
//   - empty: a segment without a line; the last one may be
//   - mode: a segment that has not the mode of Files.Mode
//   - events: the rotations that were reported are not the segments
//   - rejected: Write returned an error, and Files.MayReject is not set
//   - stuck: Write returned an error although all disturbances were over for longer than Plan.Resume
//   - count: Write returned a nil error with the wrong number of bytes, or the outcomes do not add up
//   - foreign: a file that lay there before has changed or is gone
//   - leftover: a file beside the segments that was not there before
//   - goroutine, descriptor: Close left one behind
//
// What the writer counts itself is to be compared by the test: Log.Acked, Log.Rejected and Log.Offered have the truth.
//
// # Long runs
//
// A run takes a moment unless the flag -torture, which comes with this package, gives it more:
// see [Long]. SLOGX_SEED repeats the lines of a run that failed; when a process is killed is up to the machine.
package torture
