// SPDX-License-Identifier: MIT

//go:build !race

package format_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
)

// The race detector has pools forget what they keep, so that there these tests would count allocations now and then.

func TestJSONAllocs(t *testing.T) {
	r := slog.NewRecord(theTime, slog.LevelInfo, "connection accepted", pcAtLine42())
	r.AddAttrs(slog.String("user", "alice"), slog.Int("attempt", 3), slog.Duration("took", time.Millisecond), slog.Bool("cached", true), slog.Float64("load", 0.25))
	later := slog.NewRecord(theTime.Add(time.Second), slog.LevelWarn, "closed", pcAtLine42())
	later.AddAttrs(slog.Time("at", theTime), slog.Uint64("n", 7), slog.Group("g", "a", 1, slog.Group("h", "b", "x")), slog.Any("err", io.EOF), slog.Any("nil", nil))
	for name, opts := range map[string]*format.JSONOptions{
		"default":  nil,
		"source":   {AddSource: true},
		"levels":   {LevelName: levels.Name},
		"python":   {Fields: []string{"asctime", "name", "levelname", "lineno", "message"}, Rename: map[string]string{"message": "msg"}, Static: []slog.Attr{slog.Int("s", 1)}},
		"reserved": {Reserved: []string{"user"}, AttrsKey: "extra", Prefix: "> "},
	} {
		h := format.NewHandler(io.Discard, format.JSON(opts), nil).WithAttrs([]slog.Attr{appDB})
		var attrs []slog.Attr
		r.Attrs(func(a slog.Attr) bool { attrs = append(attrs, a); return true })
		for _, h := range []slog.Handler{h, h.WithAttrs(attrs), h.WithGroup("g")} {
			for _, r := range []slog.Record{r, later} {
				require.Zero(t, testing.AllocsPerRun(100, func() { _ = h.Handle(context.Background(), r) }), name)
			}
		}
	}
}

func TestHandleDoesNotAllocate(t *testing.T) {
	ctx := context.Background()
	for _, layout := range []string{
		"%(asctime)s - %(name)s - %(levelname)s - %(message)s",
		"%(asctime)s %(name)-20s %(levelname)-8s %(filename)s:%(lineno)05d %(funcName)s %(process)d %(msecs)03.1f %(message)-100s",
		"%(levelname)s %(status)05d %(path)s %(bound.a)s %(message)s",
		"%(levelname)s %(msg)s %(attrs)s",
		"%(levelname)s %(msg)s",
	} {
		var h slog.Handler = format.NewHandler(io.Discard, format.MustPercent(layout, nil), nil)
		h = h.WithAttrs([]slog.Attr{slog.String("logger", "app.db"), slog.Group("bound", "a", 1)})
		for _, h := range []slog.Handler{h, h.WithGroup("http")} {
			r := slog.NewRecord(time.Now(), slog.LevelInfo, "request", pcAtLine42())
			r.AddAttrs(slog.String("method", "GET"), slog.Int("status", 200), slog.String("path", "a b"),
				slog.Duration("took", time.Second), slog.Group("g", slog.Bool("ok", true), slog.Float64("f", 1.5)))
			log := func() { _ = h.Handle(ctx, r) }
			log()
			require.Zero(t, testing.AllocsPerRun(100, log), layout)
		}
	}
}

// To look for a caller for the first time takes memory.
func TestNobodyLooksForACallerThatNoFieldNames(t *testing.T) {
	r := slog.NewRecord(theTime, slog.LevelInfo, "request", pcAtLine42())
	allocs := func(f format.Formatter) float64 {
		h := format.NewHandler(io.Discard, f, nil)
		return testing.AllocsPerRun(100, func() {
			r.PC++
			_ = h.Handle(context.Background(), r)
		})
	}
	for _, without := range []format.Formatter{format.MustPercent("%(asctime)s %(name)s %(levelname)-8s %(message)s", nil), format.JSON(nil), format.JSON(&format.JSONOptions{Fields: []string{"name", "a"}})} {
		require.Zero(t, allocs(without))
	}
	for _, with := range []format.Formatter{format.MustPercent("%(module)s", nil), format.JSON(&format.JSONOptions{AddSource: true})} {
		require.NotZero(t, allocs(with))
	}
}

func TestStylesAllocateNothing(t *testing.T) {
	layout := "{asctime} {name!s:>12} {levelname:<8} {lineno:05} {created:,.3f} {created:.3} {n:_} {n:#x} {ratio:08.3f} {user:*^9} {message:>50}"
	for _, l := range []format.Formatter{format.MustBrace(layout, nil), format.MustDollar("$asctime $name $levelname $lineno $user $message", nil)} {
		l := l.(format.Binder).Bind((*format.Scope)(nil).WithAttrs([]slog.Attr{slog.String("logger", "app.db")}))
		r := theRecord(t)
		r.AddAttrs(slog.Int("n", 1234567), slog.Float64("ratio", 2.5), slog.String("user", "bob"), slog.Int("a", 1))
		buf := make([]byte, 0, 1000)
		require.Zero(t, testing.AllocsPerRun(100, func() { buf = l.Append(buf[:0], r) }), "%s", buf)
	}
}

// A formatter of somebody's that has a layout do its work may not bind it. Each record then pays for one binding, not for each step.
func TestAnUnboundLayoutRendersAScopeAtOnce(t *testing.T) {
	f := format.MustPercent("%(name)s %(message)s", nil)
	buf := make([]byte, 0, 1000)
	allocs := func(steps int) float64 {
		var s *format.Scope
		for range steps {
			s = s.WithAttrs([]slog.Attr{slog.Int("k", 1)})
		}
		r := &format.Record{Record: slog.NewRecord(theTime, 0, "hi", 0), Scope: s}
		return testing.AllocsPerRun(100, func() { buf = f.Append(buf[:0], r) })
	}
	require.Equal(t, allocs(2), allocs(10))
}
