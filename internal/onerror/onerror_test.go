// SPDX-License-Identifier: MIT

package onerror_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/onerror"
	"github.com/slogx/slogx/internal/testhelp"
)

func TestStderrPrintsALineASecondAndCountsTheOthers(t *testing.T) {
	got := testhelp.Stderr(t, func() {
		synctest.Test(t, func(t *testing.T) {
			onerror.Stderr(errors.New("first"))
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() { onerror.Stderr(errors.New("suppressed")) })
			}
			wg.Wait()
			time.Sleep(onerror.Interval - time.Nanosecond)
			onerror.Stderr(errors.New("suppressed"))
			time.Sleep(time.Nanosecond)
			onerror.Stderr(errors.New("second"))
			time.Sleep(onerror.Interval)
			onerror.Stderr(errors.New("third"))
		})
	})
	require.Equal(t, "slogx: first\nslogx: second (9 more suppressed)\nslogx: third\n", got)
}

func TestStderrPrintsOneLineWhateverTheErrorSays(t *testing.T) {
	got := testhelp.Stderr(t, func() {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Hour) // past the lines of other tests
			onerror.Stderr(errors.Join(errors.New("a"), errors.New("b\x1b[2J")))
		})
	})
	require.Equal(t, "slogx: a\\nb\\x1b[2J\n", got)
}

func TestStderrSaysOnceWhoseErrorItIs(t *testing.T) {
	got := testhelp.Stderr(t, func() {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(2 * time.Hour) // past the lines of other tests
			onerror.Stderr(errors.New("slogx: bad news of slogx: a"))
		})
	})
	require.Equal(t, "slogx: bad news of slogx: a\n", got)
}

func TestAnErrorThatIsNoGoodIsReportedAllTheSame(t *testing.T) {
	var r onerror.Reporter
	text := testhelp.Stderr(t, func() {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(24 * time.Hour)
			r.Report((*os.PathError)(nil))
		})
	})
	require.Equal(t, "slogx: <nil>\n", text)
}

func TestAReporterReportsOnceAndComesToAnEnd(t *testing.T) {
	var r, up, other onerror.Reporter
	var got []string
	up.Set(func(err error) { got = append(got, err.Error()) })
	r.Adopt(up.Report)
	r.Adopt(func(error) { t.Error("adopted a second time") })
	r.Report(errors.New("a"))
	cause := errors.New("cause")
	err := onerror.Reported(cause)
	require.ErrorIs(t, err, cause)
	require.EqualError(t, err, "cause")
	r.Report(fmt.Errorf("wrapped: %w", err))
	require.Equal(t, []string{"a"}, got)

	text := testhelp.Stderr(t, func() {
		synctest.Test(t, func(t *testing.T) {
			r.Set(func(err error) { other.Report(fmt.Errorf("of OnError: %w", err)) }) // as one that logs does
			other.Set(func(error) { t.Error("reported while reporting") })
			time.Sleep(3 * time.Hour)
			r.Report(errors.New("b"))
			r.Set(func(error) { panic("no good") })
			time.Sleep(time.Hour)
			r.Report(errors.New("c"))
			other.Set(nil)
			time.Sleep(time.Hour)
			other.Report(errors.New("d"))
			r.Set(nil)
			r.Report(errors.New("e"))
		})
	})
	require.Equal(t, "slogx: of OnError: b\nslogx: c\\nOnError: panic: no good\nslogx: d\n", text)
	require.Equal(t, []string{"a", "e"}, got)
}
