// SPDX-License-Identifier: MIT

package torture_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate/torture"
)

// kills is how many there are of them in a short run.
func kills() int { return 5 + int(torture.Long(0)/(100*time.Millisecond)) }

func TestASteadyWriterSurvivesKills(t *testing.T) {
	dir := t.TempDir()
	neighbours(t, dir)
	before := torture.Snap(dir)
	log := torture.Run(t, torture.Plan{
		Dir: dir, Open: open, Processes: 1, Kills: kills(), Lines: 200, Restarts: 1,
		Inside: []func(context.Context, io.WriteCloser){rotating},
	})
	report := log.Check(torture.Files{Paths: segments(dir), Mode: 0o640, Before: before})
	require.NoError(t, report.Err())
	require.Equal(t, kills(), log.Kills)
	require.GreaterOrEqual(t, log.Acked, int64(4*200))
	require.Equal(t, log.Offered, log.Acked+log.Unknown)
	require.LessOrEqual(t, log.Unknown, int64(4*kills()))
}

// Each process appends whole lines to the one file.
func openShared(dir string) (io.WriteCloser, error) {
	return os.OpenFile(filepath.Join(dir, "app.log"), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
}

func TestProcessesThatShareAFile(t *testing.T) {
	for _, name := range []string{"a b", "a b", "(c|d)/e.*"} { // names that are patterns, and that get a number
		t.Run(name, func(t *testing.T) {
			log := torture.Run(t, torture.Plan{Open: openShared, Processes: 3, Goroutines: 2, Lines: 100})
			report := log.Check(torture.Files{Paths: segments(log.Dir), Mode: 0o600})
			require.NoError(t, report.Err())
			require.EqualValues(t, 3*2*100, log.Acked)
		})
	}
}

// A buffered writer acknowledges what dies with its process.
type buffered struct {
	*bufio.Writer
	io.Closer
}

func (b buffered) Close() error {
	if err := b.Flush(); err != nil {
		return err
	}
	return b.Closer.Close()
}

func TestABufferedWriterIsCaughtByKills(t *testing.T) {
	log := torture.Run(t, torture.Plan{
		Processes: 2, Goroutines: 1, Kills: 3, Lines: 100,
		Open: func(dir string) (io.WriteCloser, error) {
			f, err := openShared(dir)
			return buffered{bufio.NewWriterSize(f, 16<<20), f}, err
		},
	})
	report := log.Check(torture.Files{Paths: segments(log.Dir)})
	require.Equal(t, []string{"lost"}, report.Kinds())
	require.Less(t, int64(report.Count("lost")), log.Acked, "what is written after the last kill is there")
}

func TestALeakInAChildIsCaught(t *testing.T) {
	torture.ExpectLeaks(t)
	log := torture.Run(t, torture.Plan{
		Processes: 1, Goroutines: 1, Lines: 10,
		Open: func(dir string) (io.WriteCloser, error) {
			go func() { select {} }()
			return openShared(dir)
		},
	})
	report := log.Check(torture.Files{Paths: segments(log.Dir)})
	require.Equal(t, []string{"goroutine"}, report.Kinds())
	require.ErrorContains(t, report.Err(), "TestALeakInAChildIsCaught")
}

// A tester is a test that may fail.
type tester struct {
	*testing.T
	failures []string
}

func (t *tester) Fatal(args ...any) {
	t.failures = append(t.failures, fmt.Sprint(args...))
	runtime.Goexit()
}

func (t *tester) Errorf(format string, args ...any) {
	t.failures = append(t.failures, fmt.Sprintf(format, args...))
}

func TestAChildThatEndsIsAFailure(t *testing.T) {
	fake := &tester{T: t}
	log := torture.Run(fake, torture.Plan{
		Processes: 2, Goroutines: 1, Lines: 10, Time: time.Hour,
		Open: func(dir string) (io.WriteCloser, error) {
			f, err := os.OpenFile(filepath.Join(dir, "only-one"), os.O_CREATE|os.O_EXCL, 0)
			if err == nil {
				defer f.Close()
				return openShared(dir)
			}
			return nil, err
		},
	})
	require.Len(t, fake.failures, 1)
	require.Contains(t, fake.failures[0], "open the writer")
	require.Contains(t, fake.failures[0], "only-one")
	require.NoError(t, log.Check(torture.Files{Paths: segments(log.Dir)}).Err(), "the other one was killed")
}

func TestAWriterThatCannotBeOpenedOrClosedIsAFailure(t *testing.T) {
	fake := &tester{T: t}
	torture.Run(fake, torture.Plan{Open: func(string) (io.WriteCloser, error) { return nil, errDisk }})
	torture.Run(fake, torture.Plan{Lines: 1, Open: func(string) (io.WriteCloser, error) { return unclosable{io.Discard}, nil }})
	require.Equal(t, []string{"torture: open the writer: disk full", "torture: close the writer: disk full"}, fake.failures)
}

type unclosable struct{ io.Writer }

func (unclosable) Close() error { return errDisk }

// In a child, a test must come to the same plan as in its parent.
func TestAChildWithAnotherPlanIsAFailure(t *testing.T) {
	fake, lines := &tester{T: t}, 10
	if os.Getppid() == parent(t) {
		lines = 11
	}
	torture.Run(fake, torture.Plan{Processes: 1, Lines: lines, Open: openShared})
	require.Len(t, fake.failures, 1)
	require.Contains(t, fake.failures[0], "the plan is another one in the child")
}

// parent returns the number of the process that has started this test as a child, 0 if this is no child.
func parent(t *testing.T) int {
	t.Helper()
	const variable = "TORTURE_TEST_PARENT"
	number, _ := strconv.Atoi(os.Getenv(variable))
	t.Setenv(variable, strconv.Itoa(os.Getpid()))
	return number
}

func TestPlansThatAreNone(t *testing.T) {
	shared := torture.Plan{Open: openShared, Processes: 1, Lines: 1}
	for _, tt := range []struct {
		plan torture.Plan
		want string
	}{
		{torture.Plan{}, "Plan.Open is nil"},
		{torture.Plan{Open: openShared, Kills: 1}, "Plan.Kills needs Plan.Processes"},
		{shared, "put each into a subtest"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			fake := &tester{T: t}
			if tt.plan.Processes > 0 {
				torture.Run(fake, tt.plan)
				require.Empty(t, fake.failures)
			}
			done := make(chan struct{})
			go func() {
				defer close(done)
				torture.Run(fake, tt.plan)
			}()
			<-done
			require.Len(t, fake.failures, 1)
			require.Contains(t, fake.failures[0], tt.want)
		})
	}
}
