// SPDX-License-Identifier: MIT

package record_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/record"
)

func TestScopeTakesTheFirstStringBoundUnderLoggerBeforeAnyGroupForTheName(t *testing.T) {
	name := func(s string) []slog.Attr { return []slog.Attr{slog.String(record.NameKey, s)} }
	var none *record.Scope
	for _, tt := range []struct {
		what  string
		scope *record.Scope
		want  string
		rest  string // the attributes that stay ordinary
	}{
		{"nothing bound", none, "", "[]"},
		{"bound first", none.WithAttrs(name("a.b")), "a.b", "[]"},
		{"bound after others", none.WithAttrs([]slog.Attr{slog.Int("x", 1)}).WithAttrs(name("a")), "a", "[x=1]"},
		{"among others", none.WithAttrs([]slog.Attr{slog.Int("x", 1), name("a")[0], slog.Int("y", 2)}), "a", "[x=1 y=2]"},
		{"bound twice", none.WithAttrs(name("a")).WithAttrs(name("b")), "a", "[logger=b]"},
		{"twice in one step", none.WithAttrs(append(name("a"), name("b")...)), "a", "[logger=b]"},
		{"in a group", none.WithGroup("g").WithAttrs(name("a")), "", "[g.logger=a]"},
		{"no string", none.WithAttrs([]slog.Attr{slog.Int(record.NameKey, 1)}), "", "[logger=1]"},
		{"empty", none.WithAttrs(name("")), "", "[logger=]"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			require.Equal(t, tt.want, tt.scope.Logger())
			require.Equal(t, tt.rest, attrsOf(tt.scope))
		})
	}
}

// attrsOf prints what is bound in a scope.
func attrsOf(s *record.Scope) string {
	list := []string{}
	for prefix, a := range s.All() {
		list = append(list, prefix+a.String())
	}
	return fmt.Sprint(list)
}

func TestScopeKeepsTheOrderOfGroupsAndAttributes(t *testing.T) {
	var none *record.Scope
	s := none.WithAttrs([]slog.Attr{slog.Int("a", 1)}).WithGroup("g").WithGroup("").
		WithAttrs([]slog.Attr{slog.Int("b", 2)}).WithGroup("h").WithAttrs(nil)
	require.Equal(t, "[a=1 g.b=2]", attrsOf(s))
	require.Equal(t, "g.h.", s.Prefix())
	require.Equal(t, []string{"g", "h"}, s.Groups())
	require.Equal(t, "[a=1 g=[b=2 h=[c=3]]]", fmt.Sprint(s.Nest([]slog.Attr{slog.Int("c", 3)})))
	for range s.All() {
		break // which the scope must survive
	}
}

func TestNestDoesNotWriteBehindWhatIsBound(t *testing.T) {
	var none *record.Scope
	s := none.WithAttrs(make([]slog.Attr, 1, 8))
	a := s.Nest([]slog.Attr{slog.String("who", "a")})
	s.Nest([]slog.Attr{slog.String("who", "b")})
	require.Equal(t, "who=a", a[1].String())
}

func TestScopesOfSiblingsShareNothing(t *testing.T) {
	var parent *record.Scope
	for n := range 40 {
		a := parent.WithAttrs([]slog.Attr{slog.String("who", "a")})
		b := parent.WithAttrs([]slog.Attr{slog.String("who", "b")})
		for want, s := range map[string]*record.Scope{"a": a, "b": b} {
			v, ok := s.Attr("who")
			require.True(t, ok)
			require.Equal(t, want, v.String())
		}
		parent = parent.WithAttrs([]slog.Attr{slog.Int(fmt.Sprint("k", n), n)})
	}
}

// endless resolves to itself.
type endless struct{}

func (endless) LogValue() slog.Value { return slog.AnyValue(endless{}) }

// late resolves to a group.
type late struct{}

func (late) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("x", 1), slog.Any("y", slog.AnyValue(deep{})))
}

type deep struct{}

func (deep) LogValue() slog.Value { return slog.StringValue("deep") }

func TestAttrFindsByDottedKeyAndTheLastOneWins(t *testing.T) {
	var none *record.Scope
	s := none.WithAttrs([]slog.Attr{
		slog.String("user", "bound"), slog.String("user", "bound later"), slog.String("only", "bound"),
		slog.Group("http", slog.Int("status", 200)), slog.String("http.method", "GET"),
	}).WithGroup("g").WithAttrs([]slog.Attr{slog.String("x", "bound"), slog.String("z", "bound")})
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "m", 0)
	r.AddAttrs(slog.String("x", "given"), slog.Any("late", late{}), slog.Group("", slog.Int("inline", 5)),
		slog.Group("h", slog.Group("i", slog.Int("j", 7))), slog.Any("endless", endless{}))
	v := record.Borrow(r, s, nil)
	defer v.Release()
	for key, want := range map[string]string{
		"user": "bound later", "only": "bound", "http.status": "200", "http.method": "GET", "http": "[status=200]",
		"g.x": "given", "g.z": "bound", "g.late.x": "1", "g.late.y": "deep", "g.inline": "5", "g.h.i.j": "7", "g.h.i": "[j=7]",
	} {
		got, ok := v.Attr(key)
		require.True(t, ok, key)
		require.Equal(t, want, got.String(), key)
	}
	for _, key := range []string{"", "x", "g.", "http.", "http.statu", "http.status.x", "g.h.i.j.k", "inline", "us", "g.h.", ".user"} {
		_, ok := v.Attr(key)
		require.False(t, ok, key)
	}
	got, ok := v.Attr("g.endless")
	require.True(t, ok)
	require.Contains(t, got.String(), "LogValue called too many times")
}

func TestAttrFindsAGroupThatIsOpen(t *testing.T) {
	var none *record.Scope
	s := none.WithAttrs([]slog.Attr{slog.Group("g", slog.Int("y", 1)), slog.Int("x", 0)}).
		WithGroup("g").WithAttrs([]slog.Attr{slog.Int("x", 1)}).WithGroup("h.i").WithGroup("j")
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "m", 0)
	v := record.Borrow(r, s, nil)
	defer v.Release()
	_, ok := v.Attr("g.h.i.j")
	require.False(t, ok, "nothing is in it")
	v.AddAttrs(slog.Int("x", 2))
	for key, want := range map[string]string{
		"g": "[x=1 h.i=[j=[x=2]]]", "g.h.i": "[j=[x=2]]", "g.h.i.j": "[x=2]", "g.h.i.j.x": "2", "g.x": "1", "g.y": "1", "x": "0",
	} {
		got, ok := v.Attr(key)
		require.True(t, ok, key)
		require.Equal(t, want, got.String(), key)
	}
	for _, key := range []string{"", "g.h", "g.h.i.", "h.i", "j"} {
		_, ok := v.Attr(key)
		require.False(t, ok, key)
	}
}

func TestResolveLeavesWhatIsNoLogValuer(t *testing.T) {
	attrs := []slog.Attr{slog.Any(record.ErrKey, nil), slog.Any("v", deep{}), slog.Int("n", 1)}
	require.Equal(t, []slog.Attr{slog.Any(record.ErrKey, nil), slog.String("v", "deep"), slog.Int("n", 1)}, record.Resolve(attrs))
}

// nested is a group without a name that holds itself.
type nested struct{}

func (nested) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("", nested{}), slog.Any("n", nested{}))
}

func TestAttrLooksIntoAValueThatHoldsItself(t *testing.T) {
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "m", 0)
	r.AddAttrs(slog.Any("", nested{}), slog.Any("k", nested{}))
	v := record.Borrow(r, nil, nil)
	defer v.Release()
	_, ok := v.Attr("missing")
	require.False(t, ok)
	_, ok = v.Attr("k.n.n.missing")
	require.False(t, ok)
	_, ok = v.Attr("k.n.n")
	require.True(t, ok)
}

func TestResolveLeavesNoLogValuerAndItsArgumentAlone(t *testing.T) {
	plain := []slog.Attr{slog.Int("a", 1), slog.Group("g", slog.Int("b", 2))}
	require.Same(t, &plain[0], &record.Resolve(plain)[0], "nothing to resolve, nothing to copy")
	attrs := []slog.Attr{slog.Int("a", 1), slog.Group("g", slog.Any("l", late{}))}
	got := record.Resolve(attrs)
	require.Equal(t, "[a=1 g=[l=[x=1 y=deep]]]", fmt.Sprint(got))
	require.Equal(t, slog.KindLogValuer, attrs[1].Value.Group()[0].Value.Kind(), "the argument was changed")
}

func TestCloneSharesNoMemory(t *testing.T) {
	attrs := []slog.Attr{slog.Group("g", slog.Group("h", slog.Int("x", 1)))}
	clone := record.Clone(attrs)
	clone[0].Value.Group()[0].Value.Group()[0] = slog.Int("x", 2)
	clone[0].Value.Group()[0].Key = "i"
	clone[0].Key = "k"
	require.Equal(t, "[g=[h=[x=1]]]", fmt.Sprint(attrs))
}

func TestWhatIsDoneToABorrowedRecordDoesNotShowInItsOrigin(t *testing.T) {
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "m", 0)
	for i := range 6 {
		r.AddAttrs(slog.Int("a", i))
	}
	v := record.Borrow(r, nil, nil)
	v.AddAttrs(slog.Int("added", 1))
	v.Message = "changed"
	require.Equal(t, 7, v.NumAttrs())
	require.Equal(t, 6, r.NumAttrs())
	r.AddAttrs(slog.Int("own", 2))
	last := ""
	r.Attrs(func(a slog.Attr) bool { last = a.Key; return true })
	require.Equal(t, "own", last)
	v.Release()
}
