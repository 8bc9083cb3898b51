// SPDX-License-Identifier: MIT

package rotate_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// A decade is when the periods of a schedule begin in a zone, for ten years, as Python's zoneinfo has it.
type decade struct {
	zone, when, at string
	begins         []int64
}

func decades(t *testing.T) []decade {
	text, err := os.ReadFile(filepath.Join("..", "internal", "calendar", "testdata", "periods.txt"))
	require.NoError(t, err)
	var all []decade
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		d := decade{zone: fields[0], when: fields[1], at: strings.TrimPrefix(fields[2], "-")}
		at := number(t, fields[3])
		d.begins = append(d.begins, at)
		for _, run := range fields[4:] {
			step, times, isRun := strings.Cut(run, "*")
			n := int64(1)
			if isRun {
				n = number(t, times)
			}
			for range n {
				at += number(t, step)
				d.begins = append(d.begins, at)
			}
		}
		all = append(all, d)
	}
	return all
}

func number(t *testing.T, s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	require.NoError(t, err)
	return n
}

// interesting returns the parts in which the clocks are changed, and leaves out most of the others,
// which are all alike. What lies between is slept through.
func (d decade) interesting() (periods [][2]int64) {
	usual := d.begins[1] - d.begins[0]
	for i, begin := range d.begins[:len(d.begins)-1] {
		near := i%50 == 0
		for j := max(1, i-1); j <= min(i+2, len(d.begins)-1); j++ {
			near = near || d.begins[j]-d.begins[j-1] != usual
		}
		if near {
			periods = append(periods, [2]int64{begin, d.begins[i+1]})
		}
	}
	return periods
}

func (d decade) all() (periods [][2]int64) {
	for i, begin := range d.begins[:len(d.begins)-1] {
		periods = append(periods, [2]int64{begin, d.begins[i+1]})
	}
	return periods
}

// Each line of ten years is in the file of its period, and each period has one file, of the right name.
func TestADecadeOfLinesInTheFilesOfTheirPeriods(t *testing.T) {
	for _, d := range decades(t) {
		t.Run(strings.Join([]string{d.zone, d.when, d.at}, " "), func(t *testing.T) {
			periods := d.interesting()
			if d.when == "W6" || d.at == "" && d.zone == "America/New_York" && !testing.Short() {
				periods = d.all()
			}
			dir := memoryDir(t)
			synctest.Test(t, func(t *testing.T) { d.live(t, filepath.Join(dir, "app.log"), periods) })
		})
	}
}

// memoryDir returns a directory in memory where there is one: tens of thousands of renames take a disk long.
func memoryDir(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "rotate")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return dir
}

// A segment is a file as OnRotate was shown it.
type segment struct{ name, lines string }

// live writes lines in the periods, the first two and the last one of each next to its boundaries. Each finished file is
// looked at by OnRotate: the directory would be full of thousands of them.
func (d decade) live(t *testing.T, path string, periods [][2]int64) {
	loc := location(t, d.zone)
	var found, want []segment
	sleepUntil(time.Unix(periods[0][0], 0))
	f := open(t, path, &rotate.Options{
		When: d.when, At: d.at, Location: loc, BackupCount: 1,
		OnRotate: func(_ context.Context, e rotate.Event) {
			text, err := os.ReadFile(e.Path)
			if err != nil {
				t.Error(err)
			}
			found = append(found, segment{filepath.Base(e.Path), string(text)})
		},
	})
	random := rand.New(rand.NewPCG(1, 2))
	for _, p := range periods {
		s := segment{name: "app.log." + time.Unix(p[0], 0).In(loc).Format(time.DateOnly)}
		begin, end := time.Unix(p[0], 0), time.Unix(p[1], 0)
		within := begin.Add(1 + time.Duration(random.Int64N(int64(end.Sub(begin)-2))))
		for _, at := range []time.Time{begin, within, end.Add(-1)} {
			sleepUntil(at)
			line := strconv.FormatInt(at.UnixNano(), 10)
			put(t, f, line)
			s.lines += line + "\n"
		}
		want = append(want, s)
	}
	sleepUntil(time.Unix(periods[len(periods)-1][1], 0))
	put(t, f, "after it all")
	require.NoError(t, f.Close())
	require.Equal(t, want, found)
}
