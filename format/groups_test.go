// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"log/slog"
	"math/rand/v2"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/stretchr/testify/require"
)

// A mixer makes random options and attributes of few keys, so that they meet.
type mixer struct{ *rand.Rand }

func pickOf[T any](m mixer, of ...T) T { return of[m.IntN(len(of))] }

func (m mixer) attrs(depth int) []slog.Attr {
	attrs := []slog.Attr{slog.Int("z", m.IntN(9))} // no group is empty
	for range m.IntN(4) {
		key := pickOf(m, "a", "b", "g", "h", "msg", "exc_stack")
		switch kind := m.IntN(6); {
		case kind == 0:
			attrs = append(attrs, record.Err(stacked{[]uintptr{pcAtLine42()}}))
		case kind == 1 && depth < 3:
			attrs = append(attrs, slog.Attr{Key: key, Value: slog.GroupValue(m.attrs(depth + 1)...)})
		case kind == 2 && depth < 3:
			attrs = append(attrs, slog.Any(key, logs{slog.GroupValue(m.attrs(depth + 1)...)}))
		default:
			attrs = append(attrs, slog.Int(key, m.IntN(99)))
		}
	}
	return attrs
}

func (m mixer) keys() (keys []string) {
	for range m.IntN(3) {
		keys = append(keys, pickOf(m, "a", "g", "h", "g.h", "g.a", "exc_info", "exc_stack", "msg", "name", "logger"))
	}
	return keys
}

func (m mixer) options() *format.JSONOptions {
	opts := &format.JSONOptions{
		Stacks: format.StackStyle(m.IntN(3)), AttrsKey: pickOf(m, "", "ctx"), Fields: m.keys(), Reserved: m.keys(), Rename: map[string]string{},
	}
	for _, key := range m.keys() {
		opts.Rename[key] = pickOf(m, "A", "B", "C")
	}
	if m.IntN(3) == 0 {
		opts.Static = m.attrs(2)
	}
	return opts
}

func (m mixer) steps() (steps []step) {
	if m.IntN(2) == 0 {
		steps = append(steps, step{attrs: []slog.Attr{appDB}})
	}
	for range m.IntN(4) {
		if m.IntN(2) == 0 {
			steps = append(steps, step{group: pickOf(m, "a", "g", "h")})
		} else {
			steps = append(steps, step{attrs: m.attrs(1)})
		}
	}
	return steps
}

// mixedLine returns what a formatter prints of attributes behind the steps.
func mixedLine(f format.Formatter, steps []step, attrs []slog.Attr) string {
	var buf bytes.Buffer
	var h slog.Handler = format.NewHandler(&buf, f, &format.HandlerOptions{OnError: func(error) {}})
	for _, s := range steps {
		h = s.on(h)
	}
	r := slog.NewRecord(theTime, slog.LevelInfo, "hi", 0)
	r.AddAttrs(attrs...)
	_ = h.Handle(context.Background(), r)
	return buf.String()
}

// flat returns all but the logger's name as attributes of the record.
func flat(steps []step, attrs []slog.Attr) (name []step, all []slog.Attr) {
	if len(steps) > 0 && len(steps[0].attrs) > 0 && steps[0].attrs[0].Equal(appDB) {
		name, steps = steps[:1], steps[1:]
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if s := steps[i]; s.group != "" {
			attrs = []slog.Attr{{Key: s.group, Value: slog.GroupValue(attrs...)}}
		} else {
			attrs = append(append([]slog.Attr{}, s.attrs...), attrs...)
		}
	}
	return name, attrs
}

func TestWhatIsBoundIsPrintedAsWhatIsGiven(t *testing.T) {
	m := mixer{rand.New(rand.NewPCG(5, 6))}
	for range 3000 {
		opts, steps, attrs := m.options(), m.steps(), m.attrs(0)
		layout := pickOf(m, "", "%(g)s ", "%(a)s %(g.h)s ", "%(g.a)s %(exc_stack)s ", "%(attrs)s %(g)s ") + pickOf(m, "%(message)s", "%(msg)s")
		name, all := flat(steps, attrs)
		for _, f := range []format.Formatter{format.JSON(opts), format.MustPercent(layout, nil)} {
			require.Equal(t, mixedLine(f, name, all), mixedLine(f, steps, attrs), "%+v\n%s\n%v", opts, layout, steps)
		}
	}
}

func TestAnEditThatChangesNothingChangesNothing(t *testing.T) {
	m := mixer{rand.New(rand.NewPCG(7, 8))}
	for range 3000 {
		opts, steps, attrs := m.options(), m.steps(), m.attrs(0)
		edited := *opts
		edited.Edit = func(attrs []slog.Attr) []slog.Attr { return attrs }
		require.Equal(t, mixedLine(format.JSON(opts), steps, attrs), mixedLine(format.JSON(&edited), steps, attrs), "%+v\n%v", opts, steps)
	}
}
