// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"
)

// A watchmaker sets the clock that files go by, and takes the extended attributes from them if they are to be bare.
type watchmaker struct {
	now  time.Time
	bare bool
}

func (w *watchmaker) system() system {
	sys := realSystem()
	sys.now = func() time.Time { return w.now }
	if w.bare {
		sys.folder = func(dir string) (folder, error) {
			f, err := openFolder(dir)
			return bareFolder{f}, err
		}
	}
	return sys
}

type bareFolder struct{ folder }

func (b bareFolder) open(name string, flag int, mode fs.FileMode) (file, error) {
	f, err := b.folder.open(name, flag, mode)
	if err != nil {
		return nil, err
	}
	return bareFile{f}, nil
}

type bareFile struct{ file }

// Fd is no descriptor, so that no attribute is found by it.
func (bareFile) Fd() uintptr { return ^uintptr(0) >> 1 }

// A program writes lines to a file, and is started again as often as a test likes.
type program struct {
	*watchmaker

	path    string
	opts    Options
	core    *core
	written []string
	last    time.Time // when a line was written
	rotated []time.Time
}

func (p *program) open(t *testing.T) {
	p.opts.OnError = func(err error) { t.Errorf("OnError: %v", err) }
	var err error
	p.core, err = openWith(p.path, &p.opts, p.system())
	require.NoError(t, err)
}

func (p *program) close(t *testing.T) {
	require.NoError(t, p.core.release(context.Background()))
	if !p.last.IsZero() { // file times are real otherwise
		require.NoError(t, os.Chtimes(p.path, p.last, p.last))
	}
}

func (p *program) line(t *testing.T) {
	line := fmt.Sprintf("%d %v", len(p.written), p.now)
	before := p.core.stats().Rotations
	_, err := p.core.write([]byte(line + "\n"))
	require.NoError(t, err)
	p.written, p.last = append(p.written, line), p.now
	if p.core.stats().Rotations > before {
		p.rotated = append(p.rotated, p.now)
	}
}

// found returns the lines of all files but hidden ones.
func (p *program) found(t *testing.T) []string {
	names, err := filepath.Glob(filepath.Join(filepath.Dir(p.path), "a*"))
	require.NoError(t, err)
	var lines []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		lines = append(lines, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")...)
	}
	return lines
}

func sortedLines(lines []string) []string {
	lines = slices.Clone(lines)
	slices.Sort(lines)
	return lines
}

var clockPeriods = map[string]struct {
	opts   Options
	length time.Duration
}{
	"M":               {Options{When: "M"}, time.Minute},
	"H":               {Options{When: "H"}, time.Hour},
	"D":               {Options{When: "D"}, day24},
	"midnight":        {Options{When: "midnight"}, day24},
	"third midnight":  {Options{When: "midnight", Interval: 3}, 3 * day24},
	"W0":              {Options{When: "W0", At: "06:00"}, 7 * day24},
	"each half hour":  {Options{Cron: "*/30 * * * *"}, 30 * time.Minute},
	"size + midnight": {Options{When: "midnight", MaxBytes: 200}, day24},
}

func TestAClockThatIsSetBackStopsNoRotation(t *testing.T) {
	for name, period := range clockPeriods {
		for _, back := range []time.Duration{time.Millisecond, time.Hour, day24, 365 * day24} {
			for _, restarts := range []bool{false, true} {
				for _, bare := range []bool{false, true} {
					if bare && !restarts { // it does not matter then
						continue
					}
					t.Run(fmt.Sprintf("%s/%v/restarts=%v/bare=%v", name, back, restarts, bare), func(t *testing.T) {
						start := time.Date(2024, 6, 5, 11, 59, 0, 0, time.UTC)
						p := &program{
							watchmaker: &watchmaker{start, bare},
							path:       filepath.Join(fastDir(t), "a.log"), opts: period.opts,
						}
						p.opts.Location = time.UTC
						p.setBack(t, period.length, back, restarts)
					})
				}
			}
		}
	}
}

// setBack writes lines for a period and a half, sets the clock back, and writes lines for five periods more, in none of two
// of which, one after the other, nothing may be rotated.
func (p *program) setBack(t *testing.T, period, back time.Duration, restarts bool) {
	const linesEach = 5
	p.open(t)
	write := func(n int) {
		for range n {
			if restarts {
				p.close(t)
				p.open(t)
			}
			p.line(t)
			p.now = p.now.Add(period / linesEach)
		}
	}
	write(linesEach * 3 / 2)
	p.now = p.now.Add(-back)
	p.rotated = append(p.rotated[:0], p.now)
	write(linesEach * 5)
	p.close(t)
	require.Equal(t, sortedLines(p.written), sortedLines(p.found(t)))
	for i, at := range append(p.rotated, p.now)[1:] {
		require.LessOrEqual(t, at.Sub(p.rotated[i]), 2*period+period/linesEach, "from %v to %v", p.rotated[i], at)
	}
}

// Where there are no extended attributes, a small file notes when the period began.
func TestWithoutExtendedAttributesRestartsStillRotate(t *testing.T) {
	for _, test := range []struct {
		name string
		opts Options
		want []string // files
	}{
		{"H", Options{When: "H"}, []string{
			".a.log.birth", "a.log", "a.log.2024-06-05_12", "a.log.2024-06-05_13", "a.log.2024-06-05_14", "a.log.2024-06-05_15",
		}},
		{"midnight", Options{When: "midnight"}, []string{"a.log"}},
		{"every second midnight", Options{When: "midnight", Interval: 2}, []string{".a.log.birth", "a.log"}},
		{"size, with names by time", Options{MaxBytes: 400, Suffix: "%Y-%m-%d_%H-%M"}, []string{
			".a.log.birth", "a.log", "a.log.2024-06-05_12-00",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			start := time.Date(2024, 6, 5, 12, 0, 0, 0, time.UTC)
			p := &program{watchmaker: &watchmaker{start, true}, path: filepath.Join(dir, "a.log"), opts: test.opts}
			p.opts.Location = time.UTC
			for range 14 {
				p.open(t)
				p.line(t)
				p.close(t)
				p.now = p.now.Add(20 * time.Minute)
			}
			require.Equal(t, sortedLines(p.written), sortedLines(p.found(t)))
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			var names []string
			for _, e := range entries {
				names = append(names, e.Name())
			}
			require.Equal(t, test.want, names)
		})
	}
}

// A note that is no number, of another file, or a link to one, is not believed, and not followed.
func TestANoteThatIsNotOursIsNotBelieved(t *testing.T) {
	start := time.Date(2024, 6, 5, 12, 0, 0, 0, time.UTC)
	for name, plant := range map[string]func(note, victim string) error{
		"text":  func(note, _ string) error { return os.WriteFile(note, []byte("yesterday"), 0o600) },
		"empty": func(note, _ string) error { return os.WriteFile(note, nil, 0o600) },
		"too late": func(note, _ string) error {
			return os.WriteFile(note, fmt.Appendln(nil, start.Add(day24).UnixNano()), 0o600)
		},
		"directory": func(note, _ string) error { return os.Mkdir(note, 0o700) },
		"link":      func(note, victim string) error { return os.Symlink(victim, note) },
		"no number": func(note, _ string) error {
			return os.WriteFile(note, []byte("9999999999999999999999999999\n"), 0o600)
		},
		"very early": func(note, _ string) error { return os.WriteFile(note, []byte("-9223372036854775808\n"), 0o600) },
		"half":       func(note, _ string) error { return os.WriteFile(note, []byte("1717588"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p := &program{watchmaker: &watchmaker{start, true}, path: filepath.Join(dir, "a.log"), opts: Options{When: "H", Location: time.UTC}}
			victim := filepath.Join(dir, "victim")
			require.NoError(t, os.WriteFile(victim, fmt.Appendln(nil, start.Add(-30*time.Minute).UnixNano()), 0o600))
			require.NoError(t, os.WriteFile(p.path, []byte("old\n"), 0o600))
			require.NoError(t, os.Chtimes(p.path, start, start))
			require.NoError(t, plant(filepath.Join(dir, ".a.log.birth"), victim))
			p.open(t)
			p.now = start.Add(59 * time.Minute)
			p.line(t)
			early := name == "very early" // may well be: the file is rotated at once
			require.Equal(t, early, len(p.rotated) == 1)
			p.now = start.Add(60 * time.Minute)
			p.line(t)
			require.Len(t, p.rotated, 1)
			p.close(t)
			text, err := os.ReadFile(victim)
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintln(start.Add(-30*time.Minute).UnixNano()), string(text))
		})
	}
}
