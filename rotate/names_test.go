// SPDX-License-Identifier: MIT

package rotate_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

func TestSuffixesThatCannotBeReadBackAreRefused(t *testing.T) {
	for suffix, want := range map[string]string{
		"%c":             `Suffix: "%c": %c at byte 0: not a directive that is read back exactly`,
		"%F %p":          `Suffix: "%F %p": %p at byte 3: not a directive that is read back exactly`,
		"%-d":            `Suffix: "%-d": %- at byte 0: not a directive that is read back exactly`,
		"%Y-%-m":         `Suffix: "%Y-%-m": %- at byte 3: not a directive that is read back exactly`,
		"%Z":             `Suffix: "%Z": %Z at byte 0: not a directive that is read back exactly`,
		"%Y%":            `Suffix: "%Y%": a single % at its end`,
		"%Y/%m":          `Suffix: "%Y/%m": '/' at byte 2: not allowed in a name`,
		`%Y\%m`:          `Suffix: "%Y\\%m": '\\' at byte 2: not allowed in a name`,
		"%Y\x00":         `Suffix: "%Y\x00": '\x00' at byte 2: not allowed in a name`,
		"%H":             `Suffix: "%H": the order of backups could not be told: it needs the year, and each unit down to its smallest`,
		"%Y-%d":          `Suffix: "%Y-%d": the order of backups could not be told: it needs the year, and each unit down to its smallest`,
		"%m-%d_%H-%M-%S": `Suffix: "%m-%d_%H-%M-%S": the order of backups could not be told: it needs the year, and each unit down to its smallest`,
		"old":            `Suffix: "old": the order of backups could not be told: it needs the year, and each unit down to its smallest`,
		"%Y-%A":          `Suffix: "%Y-%A": "2022-Wednesday" does not read back`,
		"%s%S":           `Suffix: "%s%S": "166976640000" does not read back`,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "app.log")
		_, err := rotate.Open(path, &rotate.Options{Suffix: suffix, MaxBytes: 10})
		require.EqualError(t, err, "rotate: open "+path+": "+want)
		require.EqualError(t, rotate.Check(path, &rotate.Options{Suffix: suffix, When: "midnight"}), "rotate: open "+path+": "+want)
		require.Empty(t, directory(t, dir))
	}
}

// middle names backups with the extension last: app.2026-11-20.1.log.
type middle struct{}

func (middle) Name(base string, b rotate.Backup) string {
	ext := filepath.Ext(base)
	return fmt.Sprintf("%s.%s.%d%s", strings.TrimSuffix(base, ext), b.Time.UTC().Format(time.DateOnly), b.N, ext)
}

func (middle) Parse(base, name string) (rotate.Backup, bool) {
	ext := filepath.Ext(base)
	rest, okBase := strings.CutPrefix(name, strings.TrimSuffix(base, ext)+".")
	rest, okExt := strings.CutSuffix(rest, ext)
	date, number, okDot := strings.Cut(rest, ".")
	day, errDate := time.Parse(time.DateOnly, date)
	n, errN := strconv.Atoi(number)
	return rotate.Backup{Time: day, N: n}, okBase && okExt && okDot && errDate == nil && errN == nil
}

func TestNamerIsPythonsWithTheWayBack(t *testing.T) {
	dir := t.TempDir()
	for _, foreign := range []string{"app.2024-01-01.x.log", "app.2024-01-01.01.log", "app.2024-01-01.log", "apple.2024-01-01.0.log"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, foreign), []byte("keep\n"), 0o600))
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		sleepUntil(start)
		f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{
			When: "midnight", MaxBytes: 10, Namer: middle{}, BackupCount: 3, Location: time.UTC,
		})
		for i := range 6 {
			sleepUntil(start.Add(time.Duration(i) * 9 * time.Hour))
			put(t, f, fmt.Sprintf("%d-line", i))
		}
	})
	require.Equal(t, listing(`
		app.2024-01-01.01.log keep
		app.2024-01-01.log keep
		app.2024-01-01.x.log keep
		app.2024-01-02.0.log 2-line
		app.2024-01-02.1.log 3-line
		app.2024-01-03.0.log 4-line
		app.log 5-line
		apple.2024-01-01.0.log keep`), directory(t, dir))
}

// broken is a namer of two functions.
type broken struct {
	name  func(base string, b rotate.Backup) string
	parse func(base, name string) (rotate.Backup, bool)
}

func (n broken) Name(base string, b rotate.Backup) string      { return n.name(base, b) }
func (n broken) Parse(base, name string) (rotate.Backup, bool) { return n.parse(base, name) }

func TestNamersThatLoseTheirWayAreRefused(t *testing.T) {
	yes := func(string, string) (rotate.Backup, bool) { return rotate.Backup{Time: time.Now()}, true }
	no := func(string, string) (rotate.Backup, bool) { return rotate.Backup{}, false }
	constant := func(name string) func(string, rotate.Backup) string {
		return func(string, rotate.Backup) string { return name }
	}
	for want, namer := range map[string]rotate.Namer{
		"Namer: gives a backup the name of the file itself":     broken{constant("app.log"), yes},
		`Namer: "" is no name of a file`:                        broken{constant(""), yes},
		`Namer: ".." is no name of a file`:                      broken{constant(".."), yes},
		`Namer: "old/app.log.1" is no name of a file`:           broken{constant("old/app.log.1"), yes},
		`Namer: "app\x00" is no name of a file`:                 broken{constant("app\x00"), yes},
		`Namer: the name "old.app.log" does not read back`:      broken{constant("old.app.log"), no},
		`Namer: the name "the.same.for.all" does not read back`: broken{constant("the.same.for.all"), yes}, // 1 is read as 0
		`Namer: the name "app.log.1" does not read back`: broken{func(base string, b rotate.Backup) string {
			return base + "." + strconv.Itoa(b.N)
		}, yes},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "app.log")
		_, err := rotate.Open(path, &rotate.Options{MaxBytes: 10, Namer: namer})
		require.EqualError(t, err, "rotate: open "+path+": "+want)
		require.Empty(t, directory(t, dir))
	}
}

// Where a namer leaves the time out, numbers go up with time all the same: names do not change.
func TestANamerMayNumberFromTheOldestOn(t *testing.T) {
	dir := t.TempDir()
	for _, from := range []int{0, 5} {
		f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 2, Namer: serial{}, BackupCount: 3})
		for i := range 5 {
			put(t, f, strconv.Itoa(from+i))
		}
		require.NoError(t, f.Close())
	}
	require.Equal(t, listing("app.log 9\napp.log.0006 6\napp.log.0007 7\napp.log.0008 8"), directory(t, dir))
}

// stamp is the time of the bubbles below.
var stamp = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

func TestSizeAndDateCountWithinADay(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		opts := &rotate.Options{When: "midnight", MaxBytes: 8, Location: time.UTC}
		for day := range 2 {
			for half := range 2 { // the number goes on after a restart
				sleepUntil(stamp.AddDate(0, 0, day).Add(time.Duration(half) * time.Hour))
				var lines []string
				for i := range 6 {
					lines = append(lines, fmt.Sprintf("%d-%d-%d", day, half, i))
				}
				restart(t, filepath.Join(dir, "app.log"), opts, lines...)
			}
		}
	})
	want := "app.log 1-1-5\n"
	for day := range 2 {
		for i := range 12 - day {
			name := fmt.Sprintf("app.log.2026-11-%d", 20+day)
			if i > 0 {
				name += fmt.Sprintf(".%d", i)
			}
			want += fmt.Sprintf("%s %d-%d-%d\n", name, day, i/6, i%6)
		}
	}
	require.Equal(t, sorted(listing(want)), sorted(directory(t, dir)))
}

// If the number began again, a later line would have the name that an earlier one had.
func TestTheNumberGoesOnAfterOldBackupsAreRemoved(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		opts := &rotate.Options{Suffix: "%F", MaxBytes: 5, BackupCount: 2, Location: time.UTC}
		sleepUntil(stamp)
		for life := range 3 {
			f := open(t, filepath.Join(dir, "app.log"), opts)
			for i := range 5 {
				put(t, f, fmt.Sprintf("%d-%d", life, i))
			}
			require.NoError(t, f.Close())
		}
	})
	require.Equal(t, listing("app.log 2-4\napp.log.2026-11-20.12 2-2\napp.log.2026-11-20.13 2-3"), directory(t, dir))
}

// In Python the default extMatch does not know a suffix of one's own: nothing is ever removed.
func TestRetentionKnowsASuffixOfOnesOwn(t *testing.T) {
	for suffix, want := range map[string]string{
		"%Y-%m-%d_%H-%M-%S.log": "app.log 5\napp.log.2026-11-20_09-00-03.log 3\napp.log.2026-11-20_09-00-04.log 4",
		"%Y%m%d%H%M%S":          "app.log 5\napp.log.20261120090003 3\napp.log.20261120090004 4",
		"%d.%b.%Y":              "app.log 5\napp.log.20.Nov.2026.3 3\napp.log.20.Nov.2026.4 4",
	} {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			sleepUntil(stamp)
			f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{When: "S", Suffix: suffix, BackupCount: 2, Location: time.UTC})
			for i := range 6 {
				sleepUntil(stamp.Add(time.Duration(i) * time.Second))
				put(t, f, strconv.Itoa(i))
			}
		})
		require.Equal(t, listing(want), directory(t, dir), suffix)
	}
}

func TestGapsInTheNumbersStayAsInPython(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"2", "4", "5.gz"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "app.log."+n), []byte("old."+n+"\n"), 0o600))
	}
	f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 4, BackupCount: 9})
	put(t, f, "one", "two")
	require.NoError(t, f.Close())
	require.Equal(t, listing("app.log two\napp.log.1 one\napp.log.3 old.2\napp.log.5 old.4\napp.log.6.gz old.5.gz"), directory(t, dir))
}

func TestWhatIsInTheWayOfANumberStaysWhereItIs(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links and sockets need more rights there")
	}
	dir := t.TempDir()
	t.Chdir(dir) // the path of a socket must be short
	require.NoError(t, os.Mkdir("app.log.1", 0o700))
	require.NoError(t, os.Symlink("victim", "app.log.3"))
	require.NoError(t, os.WriteFile("victim", []byte("victim\n"), 0o600))
	l, err := net.Listen("unix", "app.log.4.gz")
	require.NoError(t, err)
	defer l.Close()
	f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 2, BackupCount: 3, Compress: rotate.Gzip})
	put(t, f, "1", "2", "3", "4", "5", "6")
	require.NoError(t, f.Close())
	var names []string
	for name, content := range sorted(directory(t, dir)) {
		if strings.HasSuffix(name, ".gz") && !strings.HasPrefix(content, "(") {
			content = unzip(t, filepath.Join(dir, name))
		}
		names = append(names, name+" "+strings.TrimSpace(content))
	}
	require.ElementsMatch(t, []string{
		"app.log 6", "app.log.1 (d---------)", "app.log.2.gz 5", "app.log.3 (L---------)", "app.log.4.gz (S---------)",
		"app.log.5.gz 4", "app.log.6.gz 3", "victim victim",
	}, names)
}

// After BackupCount was lowered, Python keeps what is above it for ever.
func TestBackupsAboveTheCountAreRemoved(t *testing.T) {
	dir := t.TempDir()
	for n := 1; n <= 9; n++ {
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("app.log.%d", n)), fmt.Appendf(nil, "%d\n", n), 0o600))
	}
	f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 100, BackupCount: 2})
	require.NoError(t, f.Close())
	require.Equal(t, listing("app.log\napp.log.1 1\napp.log.2 2"), directory(t, dir))
}
