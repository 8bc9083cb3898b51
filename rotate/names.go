// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/itchyny/timefmt-go"
)

// A Backup tells a backup from the others of its file.
type Backup struct {
	Time time.Time // when its period began; zero if backups have numbers only
	N    int       // 0, 1, 2… in the order in which backups of the same Time were made; by numbers only, 1 is the newest
}

// A Namer gives names to backups by time. Name returns the name of a backup of the file that is called base,
// without a directory. Parse reads it back, and must refuse every name that Name does not make: what it
// accepts may be removed. It is Python's namer, with the way back.
// Both may be called from several goroutines.
type Namer interface {
	Name(base string, b Backup) string
	Parse(base, name string) (b Backup, ok bool)
}

// numbered are the names of Python's RotatingFileHandler: app.log.1, app.log.2.
type numbered struct{}

func (numbered) Name(base string, b Backup) string { return base + "." + strconv.Itoa(b.N) }

func (numbered) Parse(base, name string) (Backup, bool) {
	rest, ok := strings.CutPrefix(name, base+".")
	if !ok {
		return Backup{}, false
	}
	n, ok := parseNumber(rest)
	return Backup{N: n}, ok && n <= maxNumber
}

// maxNumber is the highest number that is moved up: app.log.20261120 and app.log.202611 are dates of somebody else's.
const maxNumber = 99_999

// parseNumber reads 1, 2, 3… as strconv.Itoa prints them.
func parseNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && strconv.Itoa(n) == s
}

// dated are the names of Python's TimedRotatingFileHandler, with a number where one is taken:
// app.log.2026-11-20, app.log.2026-11-20.1.
type dated struct {
	suffix string // a layout for strftime
	loc    *time.Location
}

func (d dated) Name(base string, b Backup) string {
	name := base + "." + timefmt.Format(b.Time.In(d.loc), d.suffix)
	if b.N > 0 {
		name += "." + strconv.Itoa(b.N)
	}
	return name
}

func (d dated) Parse(base, name string) (Backup, bool) {
	rest, ok := strings.CutPrefix(name, base+".")
	if !ok {
		return Backup{}, false
	}
	if t, ok := d.parseTime(rest); ok {
		return Backup{Time: t}, true
	}
	dot := strings.LastIndexByte(rest, '.')
	if dot < 0 {
		return Backup{}, false
	}
	n, okN := parseNumber(rest[dot+1:])
	t, okT := d.parseTime(rest[:dot])
	return Backup{Time: t, N: n}, okN && okT
}

// parseTime reads a time that is printed again as just the same text.
// A day that has no midnight begins when the clocks are put forward, and so may an hour.
func (d dated) parseTime(s string) (time.Time, bool) {
	t, err := timefmt.ParseInLocation(s, d.suffix, d.loc)
	if err != nil {
		return time.Time{}, false
	}
	t = t.In(d.loc)
	if timefmt.Format(t, d.suffix) != s { // skipped, and t is before that or after it
		before, after := t.ZoneBounds()
		if t = after; timefmt.Format(before, d.suffix) == s {
			t = before
		}
	}
	return t, t.Year() > 0 && timefmt.Format(t, d.suffix) == s
}

// jackNames are the names of lumberjack: app-2026-11-20T10-00-00.000.log.
type jackNames struct{ loc *time.Location }

const jackLayout = "2006-01-02T15-04-05.000"

func (j jackNames) Name(base string, b Backup) string {
	ext := filepath.Ext(base)
	return strings.TrimSuffix(base, ext) + "-" + b.Time.In(j.loc).Format(jackLayout) + ext
}

func (j jackNames) Parse(base, name string) (Backup, bool) {
	ext := filepath.Ext(base)
	rest, okPrefix := strings.CutPrefix(name, strings.TrimSuffix(base, ext)+"-")
	rest, okExt := strings.CutSuffix(rest, ext)
	t, err := time.ParseInLocation(jackLayout, rest, j.loc)
	return Backup{Time: t}, okPrefix && okExt && err == nil && t.Format(jackLayout) == rest
}

// An entry is a backup as it lies in the directory.
type entry struct {
	Backup

	name    string
	packed  bool // compressed
	foreign bool // named by lumberjack, which wrote this file before
	moving  bool // its number goes up with each rotation
}

// parse reads the name of a backup, compressed or not.
func (s *settings) parse(base, name string) (entry, bool) {
	if e, ok := s.parsePlain(base, name); ok {
		return e, true
	}
	for _, suffix := range s.packedSuffixes() {
		plain, cut := strings.CutSuffix(name, suffix)
		if e, ok := s.parsePlain(base, plain); cut && ok {
			e.name, e.packed = name, true
			return e, true
		}
	}
	return entry{}, false
}

// parsePlain reads the name of a backup that is not compressed: one of ours, or of lumberjack.
func (s *settings) parsePlain(base, name string) (entry, bool) {
	if b, ok := s.namer.Parse(base, name); ok && s.namer.Name(base, b) == name {
		return entry{Backup: b, name: name, moving: !s.keepsNames()}, true
	}
	b, ok := jackNames{time.UTC}.Parse(base, name)
	return entry{Backup: b, name: name, foreign: true}, ok
}

// packedSuffixes are the ends of names of compressed backups: that of gzip is known in any case.
func (s *settings) packedSuffixes() []string {
	if s.Compress == nil || s.Compress.Suffix() == Gzip.Suffix() {
		return []string{Gzip.Suffix()}
	}
	return []string{s.Compress.Suffix(), Gzip.Suffix()}
}

// older compares two backups by their names: negative if a is older than b.
func older(a, b entry) int {
	switch {
	case a.foreign != b.foreign && (a.Time.IsZero() || b.Time.IsZero()): // one of them has a number only
		if a.foreign {
			return -1
		}
		return 1
	case a.moving && b.moving:
		return cmp.Compare(b.N, a.N)
	default:
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.N, b.N))
	}
}

// The parts of a time that a directive of strftime prints, from the year down.
const (
	year = 1 << iota
	month
	day
	hour
	minute
	second
)

// directives are those that a suffix may have: each prints a text that is read back as it was.
var directives = map[byte]int{
	'Y': year, 'y': year, 'm': month, 'b': month, 'B': month, 'd': day, 'j': month | day, 'F': year | month | day,
	'H': hour, 'M': minute, 'S': second, 'R': hour | minute, 'T': hour | minute | second, 's': 1<<6 - 1,
	'a': 0, 'A': 0, 'z': 0, '%': 0,
}

// checkSuffix reports a suffix whose names could not be put in order again.
func checkSuffix(suffix string) error {
	parts := 0
	for i := 0; i < len(suffix); i++ {
		if strings.ContainsRune(notInNames, rune(suffix[i])) {
			return wrong("Suffix", "%q: %q at byte %d: not allowed in a name", suffix, suffix[i], i)
		}
		if suffix[i] != '%' {
			continue
		}
		i++
		if i == len(suffix) {
			return wrong("Suffix", "%q: a single %% at its end", suffix)
		}
		part, ok := directives[suffix[i]]
		if !ok {
			return wrong("Suffix", "%q: %%%c at byte %d: not a directive that is read back exactly", suffix, suffix[i], i-1)
		}
		parts |= part
	}
	if parts == 0 || parts&(parts+1) != 0 {
		return wrong("Suffix", "%q: the order of backups could not be told: "+
			"it needs the year, and each unit down to its smallest", suffix)
	}
	names := dated{suffix, time.UTC}
	for i := range 12 { // a weekday needs its day, and what follows a %s must not be a digit
		text := timefmt.Format(time.Date(2023, time.Month(i), 31*i, i, 5*i, 5*i, 0, time.UTC), suffix)
		if _, ok := names.parseTime(text); !ok {
			return wrong("Suffix", "%q: %q does not read back", suffix, text)
		}
		if strings.ContainsAny(text, notInNames) { // %T on Windows
			return wrong("Suffix", "%q: %q is no part of a name", suffix, text)
		}
	}
	return nil
}

// checkName reports a name for a backup that is none, or that does not read back.
func checkName(namer Namer, base string, b Backup) error {
	name := namer.Name(base, b)
	back, ok := namer.Parse(base, name)
	switch {
	case name == base:
		return wrong("Namer", "gives a backup the name of the file itself")
	case name == "" || name == "." || name == ".." || strings.ContainsAny(name, notInNames):
		return wrong("Namer", "%q is no name of a file", name)
	case !ok || namer.Name(base, back) != name || back.N != b.N:
		return wrong("Namer", "the name %q does not read back", name)
	}
	return nil
}
