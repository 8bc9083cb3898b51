// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/levels"
	"github.com/stretchr/testify/require"
)

// A step is what With or WithGroup do to a handler.
type step struct {
	group string
	attrs []slog.Attr
}

func (s step) on(h slog.Handler) slog.Handler {
	if s.group != "" {
		return h.WithGroup(s.group)
	}
	return h.WithAttrs(slices.Clone(s.attrs))
}

// A replacer is a ReplaceAttr that remembers its calls.
type replacer struct {
	replace func(groups []string, a slog.Attr) slog.Attr
	calls   []string
	leftOut bool // an attribute inside a group was
}

func (r *replacer) Replace(groups []string, a slog.Attr) slog.Attr {
	call := fmt.Sprintf("%#v %q %v", groups, a.Key, a.Value.Kind())
	if a.Value.Kind() != slog.KindAny || a.Key == slog.LevelKey {
		call += " " + a.Value.String()
	}
	r.calls = append(r.calls, call)
	a = r.replace(groups, a)
	r.leftOut = r.leftOut || len(groups) > 0 && a.Equal(slog.Attr{})
	return a
}

// replacements are functions that programs give as ReplaceAttr.
var replacements = []func([]string, slog.Attr) slog.Attr{
	func(_ []string, a slog.Attr) slog.Attr { return a },
	func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == "dropped" || len(groups) == 0 && a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	},
	func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 {
			return slog.Attr{}
		}
		return a
	},
	func(groups []string, a slog.Attr) slog.Attr {
		switch {
		case a.Key == slog.LevelKey:
			level, _ := a.Value.Any().(slog.Level)
			a.Value = slog.IntValue(int(level))
		case a.Key == slog.MessageKey:
			a.Key = "message"
		case a.Key == slog.TimeKey && len(groups) == 0:
			a.Value = slog.GroupValue(slog.Any("inner", logs{slog.StringValue("x")}), slog.Attr{Key: "at", Value: a.Value})
		case a.Key == "a":
			a.Value = slog.AnyValue(logs{slog.GroupValue(slog.Int("x", 1), slog.Any("y", logs{slog.IntValue(2)}))})
		case a.Key == "b":
			a.Key = fmt.Sprint(len(groups))
		case a.Key == slog.SourceKey:
			if src, ok := a.Value.Any().(*slog.Source); ok && src != nil {
				a.Value = slog.AnyValue(&slog.Source{File: "base", Line: src.Line})
			}
		}
		return a
	},
	func(_ []string, a slog.Attr) slog.Attr {
		if _, ok := a.Value.Any().(slog.Level); ok {
			a.Value = slog.AnyValue(slog.LevelError)
		}
		return a
	},
}

// A trial is a record given to slog's JSON handler and to ours.
type trial struct {
	source  bool
	replace func([]string, slog.Attr) slog.Attr
	any     bool // any level is compared; without it ours have names
	steps   []step
	record  slog.Record
	leftOut bool // something inside a group is nothing
	hollow  bool // a LogValuer gives an empty group
}

// slogLine returns what slog prints, and the calls of ReplaceAttr.
func (tr *trial) slogLine() (line string, calls []string) {
	var buf bytes.Buffer
	rep := &replacer{replace: tr.replace}
	opts := &slog.HandlerOptions{Level: slog.Level(math.MinInt), AddSource: tr.source}
	if tr.replace != nil {
		opts.ReplaceAttr = rep.Replace
	}
	var h slog.Handler = slog.NewJSONHandler(&buf, opts)
	for _, s := range tr.steps {
		if tr.hollow { // what is bound is resolved first, which leaves such a group out
			s.attrs = record.Resolve(s.attrs)
		}
		h = s.on(h)
	}
	_ = h.Handle(context.Background(), tr.record.Clone())
	tr.leftOut = tr.leftOut || rep.leftOut
	return buf.String(), rep.calls
}

// line returns what is printed by ours, and the calls of ReplaceAttr.
func (tr *trial) line() (line string, calls []string) {
	var buf bytes.Buffer
	rep := &replacer{replace: tr.replace}
	opts := &format.JSONOptions{AddSource: tr.source}
	if tr.replace != nil {
		opts.ReplaceAttr = rep.Replace
	}
	if tr.any {
		opts.LevelName = slog.Level.String
	}
	var h slog.Handler = format.NewHandler(&buf, format.JSON(opts), nil)
	for _, s := range tr.steps {
		h = s.on(h)
	}
	_ = h.Handle(context.Background(), tr.record.Clone())
	return buf.String(), rep.calls
}

// slogsBadTime is what slog prints for a time that RFC 3339 has no year for.
var slogsBadTime = regexp.MustCompile(`("!ERROR:time\.Time year outside of range \[0,9999\]")"[^"]*"`)

// whoAsks is what the text of a LogValuer's panic says about the handler.
var whoAsks = regexp.MustCompile(`called from log/slog\.Value\.Resolve [^"]*elided\)`)

// check compares the lines, and reports whether they can be. Where slog's is no JSON, ours is all the same.
func (tr *trial) check(t *testing.T) bool {
	_, wantCalls := tr.slogLine()
	want := tr.slogLineOnly()
	got, gotCalls := tr.line()
	require.True(t, json.Valid([]byte(got)), got)
	require.Equal(t, len(got)-1, bytes.IndexByte([]byte(got), '\n'), "one line")
	got = whoAsks.ReplaceAllString(got, "")
	switch {
	case !json.Valid([]byte(want)):
		require.True(t, tr.leftOut, "slog's line is no JSON, and why is not known:\n%s%s", want, got)
		if tr.replace == nil { // slog forgets the comma behind a group that is left out
			require.Equal(t, tr.pruned().slogLineOnly(), got)
			return true
		}
	case tr.leftOut && tr.replace != nil: // slog goes on as if the group that was left out were open
	default:
		require.Equal(t, want, got)
		require.Equal(t, wantCalls, gotCalls)
		return true
	}
	return false
}

// pruned returns the trial without what leaves groups empty, so that slog need not leave any out.
func (tr *trial) pruned() *trial {
	p := *tr
	p.steps = slices.Clone(tr.steps)
	for i, s := range p.steps {
		p.steps[i].attrs, _ = prune(s.attrs)
	}
	var attrs []slog.Attr
	tr.record.Attrs(func(a slog.Attr) bool { attrs = append(attrs, a); return true })
	attrs, _ = prune(attrs)
	p.record = slog.NewRecord(tr.record.Time, tr.record.Level, tr.record.Message, tr.record.PC)
	p.record.AddAttrs(attrs...)
	return &p
}

func (tr *trial) slogLineOnly() string {
	line, _ := tr.slogLine()
	return slogsBadTime.ReplaceAllString(whoAsks.ReplaceAllString(line, ""), "$1")
}

// prune returns attrs without those that are left out, and whether any are left.
func prune(attrs []slog.Attr) (left []slog.Attr, some bool) {
	for _, a := range attrs {
		v := a.Value
		if l, ok := v.Any().(logs); ok && l.v.Kind() == slog.KindGroup && len(l.v.Group()) > 0 {
			v = l.v
		}
		if v.Kind() == slog.KindGroup {
			inner, some := prune(v.Group())
			if !some {
				continue
			}
			a.Value = slog.GroupValue(inner...)
		}
		src, isSource := v.Any().(*slog.Source)
		if a.Equal(slog.Attr{}) || isSource && (src == nil || *src == slog.Source{}) {
			continue
		}
		left = append(left, a)
	}
	return left, len(left) > 0
}

// newTrial makes a trial of bytes.
func newTrial(data []byte, text string) *trial {
	g := &gen{data: data, text: text}
	flags := g.byte()
	tr := &trial{source: flags&1 != 0, any: flags&2 != 0}
	if i := int(flags >> 2 & 7); i < len(replacements) {
		tr.replace = replacements[i]
	}
	level := slog.Level(int8(g.byte()))
	if !tr.any && levels.Name(level) != level.String() && level != slog.LevelWarn {
		level = slog.LevelWarn
	}
	at := g.time()
	if g.byte() == 1 {
		at = time.Time{}
	}
	var pc uintptr
	if flags&128 != 0 {
		pc = pcAtLine42()
	}
	tr.record = slog.NewRecord(at, level, g.string(), pc)
	for range g.byte() % 6 {
		s := step{group: g.key()}
		if g.byte()%2 == 0 || s.group == "" {
			s = step{attrs: g.attrs(0)}
		}
		tr.steps = append(tr.steps, s)
	}
	tr.record.AddAttrs(g.attrs(0)...)
	tr.leftOut, tr.hollow = g.leftOut, g.hollow
	return tr
}

// TestJSONEqualsSlogs makes trials at random.
func TestJSONEqualsSlogs(t *testing.T) {
	const n = 6000
	rnd := rand.New(rand.NewPCG(3, 4))
	compared := 0
	for range n {
		tr := newTrial(trialBytes(rnd, 300), awkward[rnd.IntN(len(awkward))])
		if tr.check(t) {
			compared++
		}
	}
	require.Greater(t, compared, n*3/4)
}
