// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// plant puts beside a file what is none of its backups, though it looks like one, and returns how it looks.
func plant(t *testing.T, dir string) map[string]string {
	for _, name := range planted {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(name), 0o604))
	}
	require.NoError(t, os.Mkdir(filepath.Join(dir, "app.log.2"), 0o700))
	_ = os.Symlink("app.access.log", filepath.Join(dir, "app.log.4")) // where there are links
	return strangers(t, dir)
}

var planted = []string{"app.log.bak", "app.log.01", "app.access.log", "app.log.2024-13-45", "app.log.1.tmp"}

// strangers returns all that can be seen of what was planted.
func strangers(t *testing.T, dir string) map[string]string {
	seen := map[string]string{}
	for _, name := range append([]string{"app.log.2", "app.log.4"}, planted...) {
		path := filepath.Join(dir, name)
		info, err := os.Lstat(path)
		if err != nil {
			require.ErrorIs(t, err, os.ErrNotExist)
			continue
		}
		text, _ := os.ReadFile(path)
		seen[name] = fmt.Sprint(info.Mode(), info.ModTime(), string(text))
	}
	return seen
}

// A segment is a file of the log as the judge sees it. It shares no code with what it judges.
type segment struct {
	name, period string
	n            int
	lines        []string
}

var segmentName = regexp.MustCompile(`^app\.log(?:\.(\d{4}-\d\d-\d\d(?:_\d\d)?))?(?:\.([1-9]\d*))?(\.z)?$`)

// age orders segments: oldest first, what is written to last.
func age(a, b segment) int {
	if a.name == "app.log" || b.name == "app.log" {
		return strings.Compare(b.name, a.name)
	}
	if a.period == "" {
		return cmp.Compare(b.n, a.n)
	}
	return cmp.Or(strings.Compare(a.period, b.period), cmp.Compare(a.n, b.n))
}

// segments reads the log, and reports what should not be there.
func (l *life) segments() (list []segment) {
	entries, err := os.ReadDir(l.dir)
	require.NoError(l, err)
	for _, e := range entries {
		name := e.Name()
		switch {
		case slices.Contains(planted, name), name == "app.log.2", name == "app.log.4", name == ".app.log.birth":
			continue
		case name == "moved":
			list = append(list, segment{name: name, n: 100, period: "1999-01-01", lines: l.lines(name)})
			continue
		}
		m := segmentName.FindStringSubmatch(name)
		require.NotNil(l, m, "%s was left\n%v", name, l)
		s := segment{name: name, period: m[1], lines: l.lines(name)}
		s.n, _ = strconv.Atoi(m[2])
		list = append(list, s)
	}
	slices.SortFunc(list, age)
	return list
}

// lines returns the lines of a segment, without the headers.
func (l *life) lines(name string) []string {
	text, err := os.ReadFile(filepath.Join(l.dir, name))
	require.NoError(l, err, l)
	lines := strings.SplitAfter(string(text), "\n")
	if last := lines[len(lines)-1]; last != "" {
		require.True(l, l.isTorn(last), "%s: torn at its end\n%v", name, l)
	}
	return lines
}

// tidied requires that nothing is left that is no whole segment.
func (l *life) tidied() {
	seen := map[string]bool{}
	for _, s := range l.segments() {
		plain := strings.TrimSuffix(s.name, ".z")
		require.False(l, seen[plain], "%s: both compressed and not\n%v", plain, l)
		seen[plain] = true
		if s.name != "app.log" && s.name != "moved" {
			require.NotEqual(l, []string{""}, s.lines, "%s: a name that is only reserved\n%v", s.name, l)
			require.Equal(l, l.opts.Compress != nil, s.name != plain, "%s\n%v", s.name, l)
		}
	}
}

// judge compares what was acknowledged with what is there.
func (l *life) judge(failed []string) {
	segments := l.segments()
	var found []string
	backups := 0
	for _, s := range segments {
		if s.name != "app.log" && s.name != "moved" {
			backups++
		}
		for _, line := range s.lines {
			if line = strings.TrimSuffix(line, "\n"); line != "" && !l.isHeader(line) && !l.isTorn(line) {
				found = append(found, line)
			}
		}
	}
	l.judgeLines(found, backups)
	l.judgeModes(segments)
	if l.fault.count == 1 && !l.fault.late && len(failed) > 0 && !strings.HasPrefix(failed[0], "write") {
		require.Empty(l, l.refused, "a failure beside the lines is none of theirs\n%v", l)
	}
	if l.fault.count == 1 && !l.fault.late && len(l.returned)+len(l.reported) == 0 && len(failed) > 0 {
		require.True(l, isHarmless(failed[0]), "nobody heard of the failure\n%v", l)
	}
}

// judgeLines compares lines. Backups in excess are removed as a whole.
func (l *life) judgeLines(found []string, backups int) {
	if l.moves {
		slices.Sort(found) // the file was moved to where the order does not show
	}
	want := l.acked
	if missing := len(want) - len(found); missing > 0 && l.opts.BackupCount > 0 {
		require.Equal(l, l.opts.BackupCount, backups, "lines are missing\n%v", l)
		require.LessOrEqual(l, missing, seeded, "lines are missing\n%v", l)
		want = want[missing:]
	}
	require.Equal(l, want, found, l)
	if l.opts.BackupCount > 0 {
		require.LessOrEqual(l, backups, l.opts.BackupCount, l)
	}
}

func (l *life) isHeader(line string) bool { return l.opts.Header != "" && line == l.opts.Header }

// isTorn reports whether a line is the half that was written of one that was refused, or of a header,
// where that could not be taken back.
func (l *life) isTorn(line string) bool {
	if l.torn && line == tornLine {
		return true
	}
	if !l.fault.half {
		return false
	}
	isHalf := func(whole string) bool { return line == (whole + "\n")[:(len(whole)+1)/2] }
	return slices.ContainsFunc(l.refused, isHalf) || l.opts.Header != "" && isHalf(l.opts.Header)
}

// judgeModes requires modes and owners as asked for. A crash leaves the file that it has just made as it is.
func (l *life) judgeModes(segments []segment) {
	if l.opts.Mode == 0 || l.fault.count > 1 || l.fault.late {
		return
	}
	for _, s := range segments {
		info, err := os.Stat(filepath.Join(l.dir, s.name))
		require.NoError(l, err)
		require.Equal(l, l.opts.Mode, info.Mode(), "%s\n%v", s.name, l)
		if l.opts.Owner != nil && !strings.HasSuffix(s.name, ".z") { // whose owner is kept if that is allowed
			require.Equal(l, *l.opts.Owner, ownerOf(info), "%s\n%v", s.name, l)
		}
	}
}

// isHarmless reports whether the failure of an operation need not be reported: it changes nothing, and another way
// is found. That of a change is always reported.
func isHarmless(op string) bool {
	what, name, _ := strings.Cut(op, " ")
	return what == "chown" && strings.HasSuffix(name, tempSuffix) || slices.Contains([]string{"lstat", "look", "stat", "open", "read", "close", "xattr"}, what)
}
