// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/format"
)

// binders are formatters that render what is bound once.
func binders() map[string]format.Binder {
	same := func(_ []string, a slog.Attr) slog.Attr { return a }
	return map[string]format.Binder{
		"percent":      format.MustPercent("%(name)s %(levelname)s %(message)s", nil),
		"brace":        format.MustBrace("{name:>8} {k!r:.5} {message}", &format.Options{Defaults: map[string]any{"k": "-"}}),
		"dollar":       format.MustDollar("$attrs / $msg / $name", nil),
		"json":         format.JSON(nil).(format.Binder),
		"json options": format.JSON(&format.JSONOptions{Fields: []string{"name", "k"}, Static: []slog.Attr{slog.Int("s", 1)}, AttrsKey: "extra"}).(format.Binder),
		"json replace": format.JSON(&format.JSONOptions{ReplaceAttr: same}).(format.Binder),
		"json stacks":  format.JSON(&format.JSONOptions{Stacks: format.StackList}).(format.Binder),
		"json edit":    format.JSON(&format.JSONOptions{Edit: func(a []slog.Attr) []slog.Attr { return a }}).(format.Binder),
	}
}

// scopes returns what three steps can bind, each scope with the ones before it.
func scopes() []*format.Scope {
	all := []*format.Scope{nil}
	for from := 0; len(all) < 1+5+25+125; from++ {
		s := all[from]
		all = append(all, s.WithGroup(fmt.Sprint("g", from%3)), s.WithAttrs([]slog.Attr{appDB, slog.Int("k", from)}),
			s.WithAttrs([]slog.Attr{slog.String("a b", "c d"), slog.Group("empty")}), s.WithAttrs([]slog.Attr{slog.Group("")}),
			s.WithAttrs([]slog.Attr{slog.Group("in", "k", from)}))
	}
	return all
}

// text is what f prints of a record in a scope.
func text(f format.Formatter, s *format.Scope, attrs ...slog.Attr) string {
	r := &format.Record{Record: slog.NewRecord(theTime, slog.LevelInfo, "hi", 0), Logger: s.Logger(), Scope: s}
	r.AddAttrs(attrs...)
	return string(f.Append(nil, r))
}

// Whether a formatter was bound step by step, at once, to another scope before, or not at all, the line is the same.
func TestALayoutIsBoundToAnyScope(t *testing.T) { testBinding(t, "percent", "brace", "dollar") }

func TestJSONIsBoundToAnyScope(t *testing.T) {
	testBinding(t, "json", "json options", "json replace", "json stacks", "json edit")
}

func testBinding(t *testing.T, names ...string) {
	t.Helper()
	all := scopes()
	for _, name := range names {
		f := binders()[name]
		stepwise := map[*format.Scope]format.Formatter{nil: f.Bind(nil)}
		for i, s := range all {
			for _, attrs := range [][]slog.Attr{nil, {slog.Int("n", i)}} {
				want := text(f, s, attrs...)
				require.Equal(t, want, text(f.Bind(s), s, attrs...), "%s: at once", name)
				if s != nil {
					stepwise[s] = stepwise[s.Parent()].(format.Binder).Bind(s)
				}
				require.Equal(t, want, text(stepwise[s], s, attrs...), "%s: step by step", name)
				other := stepwise[all[i/2]].(format.Binder)
				require.Equal(t, want, text(other.Bind(s), s, attrs...), "%s: from another", name)
			}
		}
	}
}

// Each of many handlers that one was derived to has groups and attributes of its own, however much memory they share.
func TestBrothersOpenGroupsOfTheirOwn(t *testing.T) {
	for name, f := range binders() {
		var buf bytes.Buffer
		h := format.NewHandler(&buf, f, nil).WithAttrs([]slog.Attr{slog.Int("k", 0)}).WithGroup("a").WithGroup("b").WithGroup("c")
		var brothers []slog.Handler
		for i := range 3 {
			brothers = append(brothers, h.WithGroup(fmt.Sprint("g", i)), h.WithAttrs([]slog.Attr{slog.Int("n", i)}))
		}
		var want bytes.Buffer
		for i := range 3 {
			for k, brother := range brothers[2*i : 2*i+2] {
				alone := format.NewHandler(&want, f, nil).WithAttrs([]slog.Attr{slog.Int("k", 0)}).WithGroup("a").WithGroup("b").WithGroup("c")
				if k == 0 {
					alone = alone.WithGroup(fmt.Sprint("g", i))
				} else {
					alone = alone.WithAttrs([]slog.Attr{slog.Int("n", i)})
				}
				for _, h := range []slog.Handler{alone, brother} {
					r := slog.NewRecord(theTime, slog.LevelInfo, "hi", 0)
					r.AddAttrs(slog.Bool("x", true))
					require.NoError(t, h.WithGroup("last").Handle(context.Background(), r))
				}
			}
		}
		require.Equal(t, want.String(), buf.String(), name)
	}
}
