// SPDX-License-Identifier: MIT

package slogxtest

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"strings"
	"time"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/levels"
)

// A Record is a record as a [Recorder] keeps it.
type Record struct {
	Time    time.Time
	Level   slog.Level
	Message string

	// Logger is the name of the logger; "" is the root.
	// It is the first string that was bound under "logger" before any group.
	Logger string

	// Attrs are the attributes, bound and given, in the order in which they were, duplicates included.
	// Groups are nested, those that WithGroup opened too; values are resolved. What slog's handlers
	// leave out is not there: empty attributes and groups, and the names of groups that have none.
	Attrs []slog.Attr

	// Source is where the record was logged; nil if it does not say.
	Source *slog.Source
}

// newKept returns what a recorder keeps of a record.
func newKept(scope *record.Scope, r slog.Record) Record {
	given := make([]slog.Attr, 0, r.NumAttrs())
	r.Attrs(func(a slog.Attr) bool {
		given = append(given, a)
		return true
	})
	return Record{
		Time:    r.Time,
		Level:   r.Level,
		Message: r.Message,
		Logger:  scope.Logger(),
		Attrs:   nest(scope, record.Resolve(given)),
		Source:  r.Source(),
	}
}

// nest returns all attributes of a record, with groups in the place of WithGroup.
func nest(scope *record.Scope, given []slog.Attr) []slog.Attr {
	groups := scope.Groups()
	depths := map[int]int{0: 0} // of the prefixes, by their lengths: no two are as long
	length := 0
	for i, name := range groups {
		length += len(name) + len(".")
		depths[length] = i + 1
	}
	open := make([][]slog.Attr, len(groups)+1)
	for prefix, a := range scope.All() {
		depth := depths[len(prefix)]
		open[depth] = tidy(open[depth], a)
	}
	open[len(groups)] = tidy(open[len(groups)], given...)
	for i := len(groups); i > 0; i-- {
		open[i-1] = tidy(open[i-1], slog.GroupAttrs(groups[i-1], open[i]...))
	}
	return open[0]
}

// tidy appends attrs to dst as slog's handlers print them:
// empty ones are left out, and groups without a name are opened.
func tidy(dst []slog.Attr, attrs ...slog.Attr) []slog.Attr {
	for _, a := range attrs {
		switch {
		case a.Equal(slog.Attr{}):
		case a.Value.Kind() != slog.KindGroup:
			dst = append(dst, a)
		case a.Key == "":
			dst = tidy(dst, a.Value.Group()...)
		default:
			if inner := tidy(nil, a.Value.Group()...); len(inner) > 0 {
				dst = append(dst, slog.GroupAttrs(a.Key, inner...))
			}
		}
	}
	return dst
}

// Values returns the attributes by their dotted keys ("user", "http.status"), with the Go values
// that [slog.Value.Any] returns: an int64 for an int, for one. The last of several wins.
func (r Record) Values() map[string]any { return values("", r.Attrs) }

func values(prefix string, attrs []slog.Attr) map[string]any {
	m := map[string]any{}
	for _, a := range attrs {
		if a.Value.Kind() == slog.KindGroup {
			maps.Copy(m, values(prefix+a.Key+".", a.Value.Group()))
			continue
		}
		m[prefix+a.Key] = a.Value.Any()
	}
	return m
}

// String returns the record in one line as Python's assertLogs prints it: LEVEL:logger:message.
// The attributes follow the message as [slog.TextHandler] writes them.
func (r Record) String() string {
	name := r.Logger
	if name == "" {
		name = "root"
	}
	return oneLine.Replace(levels.Name(r.Level)+":"+name+":"+r.Message) + attrText(r.Attrs)
}

var oneLine = strings.NewReplacer("\n", `\n`, "\r", `\r`)

// attrText returns attrs as slog's text handler writes them, each after a blank.
func attrText(attrs []slog.Attr) string {
	var buf bytes.Buffer
	r := slog.NewRecord(time.Time{}, slog.LevelInfo, "", 0)
	r.AddAttrs(attrs...)
	// A bytes.Buffer returns no errors.
	_ = slog.NewTextHandler(&buf, nil).Handle(context.Background(), r)
	return strings.TrimSuffix(strings.TrimPrefix(buf.String(), `level=INFO msg=""`), "\n")
}
