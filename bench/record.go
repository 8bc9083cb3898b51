// SPDX-License-Identifier: MIT

package bench

import (
	"fmt"
	"log/slog"
	"regexp"
	"runtime"
	"slices"
	"time"
)

// What every record says.
const (
	loggerName = "app.db.pool"
	message    = "connection accepted"
)

// five are five attributes of different kinds.
func five() []slog.Attr {
	return []slog.Attr{slog.String("user", "alice"), slog.Int("attempt", 3), slog.Duration("took", 1500*time.Microsecond),
		slog.Bool("cached", true), slog.String("path", "/var/lib/app/data.db")}
}

// ten are ten, five of them as before.
func ten() []slog.Attr {
	return append(five(), slog.String("host", "db-1.example.org"), slog.Int("port", 5432), slog.Float64("load", 0.75),
		slog.String("zone", "eu-west-1"), slog.Uint64("bytes", 16384))
}

// newRecord returns a record of now, from the caller, with attributes.
func newRecord(attrs ...slog.Attr) slog.Record {
	var pcs [1]uintptr
	runtime.Callers(2, pcs[:])
	r := slog.NewRecord(time.Now(), slog.LevelInfo, message, pcs[0])
	r.AddAttrs(attrs...)
	return r
}

// wants compiles what each line of a scenario is to match.
func wants(patterns ...string) []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, p := range patterns {
		all = append(all, regexp.MustCompile(p))
	}
	return all
}

// Each line has a time, a level, the logger's name and the message, in whatever form.
var header = []string{`\d\d:\d\d:\d\d|\b\d{10}\b`, `(?i)\bINFO?\b`, `app\.db\.pool`, message}

// says compiles what each line of a scenario is to match that has the header, fields, and whatever more.
func says(fields []string, more ...string) []*regexp.Regexp {
	return wants(slices.Concat(header, fields, more)...)
}

// field is a pattern for an attribute in JSON, as key=value, and in groups with a dotted key.
func field(key, value string) string { return `\b` + key + `"?[=:] ?"?` + value + `\b` }

// The patterns of five. Libraries differ in the unit of durations.
var (
	fiveFields = []string{field("user", "alice"), field("attempt", "3"), field("took", `(1\.5ms|1500000|1\.50*|0\.0015)`),
		field("cached", "true"), field("path", "/var/lib/app/data.db")}
	tenFields = slices.Concat(fiveFields, []string{field("host", `db-1\.example\.org`), field("port", "5432"), field("load", `0\.75`),
		field("zone", "eu-west-1"), field("bytes", "16384")})
)

// A failure is an error that carries the stack of where it was made, in the ways that libraries look for.
type failure struct{ pcs []uintptr }

// newFailure returns a failure of eight frames at most.
func newFailure() *failure {
	pcs := make([]uintptr, 8)
	return &failure{pcs[:runtime.Callers(2, pcs)]}
}

func (f *failure) Error() string { return "connection reset by peer" }

func (f *failure) StackTrace() []uintptr { return f.pcs }

// Format prints the stack for %+v.
func (f *failure) Format(s fmt.State, verb rune) {
	fmt.Fprint(s, f.Error())
	if verb != 'v' || !s.Flag('+') {
		return
	}
	frames := runtime.CallersFrames(f.pcs)
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		fmt.Fprintf(s, "\n%s\n\t%s:%d", frame.Function, frame.File, frame.Line)
	}
}
