// SPDX-License-Identifier: MIT

package tree_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A derivation is one With or WithGroup.
type derivation func(slog.Handler) slog.Handler

// randomDerivation returns one that can be done to any handler, always with the same outcome.
func randomDerivation(rnd *rand.Rand) derivation {
	if rnd.IntN(4) == 0 {
		name := pick(rnd, "", "g", "h", "logger", "a.b", "中")
		return func(h slog.Handler) slog.Handler { return slog.New(h).WithGroup(name).Handler() }
	}
	seed := rnd.Uint64()
	return func(h slog.Handler) slog.Handler {
		return h.WithAttrs(randomAttrs(rand.New(rand.NewPCG(seed, 1)), 2))
	}
}

// randomAttrs returns attributes of all kinds, with groups up to the given depth.
func randomAttrs(rnd *rand.Rand, depth int) []slog.Attr {
	attrs := make([]slog.Attr, rnd.IntN(4))
	for i := range attrs {
		attrs[i] = slog.Attr{Key: pick(rnd, "a", "b", "c", "logger", "msg", "", "k k"), Value: randomValue(rnd, depth)}
		if rnd.IntN(20) == 0 {
			attrs[i] = slog.Attr{}
		}
	}
	return attrs
}

func randomValue(rnd *rand.Rand, depth int) slog.Value {
	switch n := rnd.IntN(8); {
	case n == 0 && depth > 0:
		return slog.GroupValue(randomAttrs(rnd, depth-1)...)
	case n == 1 && depth > 0:
		// Not to an empty group: of that, slog's own handlers print what stands around it.
		return pick(rnd, slog.AnyValue(valuer{randomValue(rnd, 0)}),
			slog.AnyValue(valuer{slog.GroupValue(slog.Int("x", 1), slog.Any("y", valuer{randomValue(rnd, 0)}))}))
	case n == 2:
		return slog.AnyValue(nil)
	case n == 3:
		return slog.BoolValue(true)
	case n == 4:
		return slog.StringValue("two words")
	default:
		return slog.Int64Value(rnd.Int64N(1000))
	}
}

// A valuer is a LogValuer.
type valuer struct{ value slog.Value }

func (v valuer) LogValue() slog.Value { return v.value }

func TestBoundAttributesComeOutAsFromSlogsOwnHandler(t *testing.T) {
	rnd := random(t)
	for range 2000 {
		name := pick(rnd, "", "a", "a.b.c")
		var want, got, behind bytes.Buffer
		reference := plainJSON(&want)
		if name != "" {
			reference = reference.WithAttrs([]slog.Attr{slog.String(tree.NameKey, name)})
		}
		tr := newTree(t)
		h := tr.Node(name).Handler()
		configure := rnd.IntN(6)
		for step := range 6 {
			if step == configure {
				tr.Node("").AddHandler(plainJSON(&got))
				tr.Node("a").AddHandler(plainJSON(&behind))
			}
			d := randomDerivation(rnd)
			h, reference = d(h), d(reference)
			if rnd.IntN(3) == 0 {
				h.Enabled(t.Context(), levels.Info) // binds so far
			}
		}
		given := randomAttrs(rnd, 2)
		for _, logger := range []*slog.Logger{slog.New(h), slog.New(h), slog.New(reference), slog.New(reference)} {
			logger.LogAttrs(t.Context(), levels.Info, "m", given...)
		}
		require.Equal(t, want.String(), got.String())
		if name != "" {
			require.Equal(t, want.String(), behind.String())
		}
	}
}

func TestLoggersMadeBeforeFollowEveryLaterConfiguration(t *testing.T) {
	tr := newTree(t)
	made := tr.Logger("a.b").With("x", 1).WithGroup("g").With("y", 2)
	const attrs = " logger=a.b x=1 g.y=2 g.z=3"
	first, second, third := newRecorder(nil), newRecorder(nil), newRecorder(nil)
	log := func(message string) { made.Info(message, "z", 3) }

	log("no handler yet")
	remove := tr.Node("").AddHandler(first)
	log("on the root")
	tr.Node("a.b").AddHandler(second)
	log("and on the node")
	tr.Node("a").SetPropagate(false)
	log("not beyond a")
	tr.Node("a").AddHandler(third)
	log("and on a")
	tr.Node("a").SetPropagate(true)
	remove()
	log("not on the root")
	require.True(t, tr.Node("a").ReplaceHandler(third, first))
	log("replaced")
	tr.Node("a.b").SetLevel(levels.Error)
	log("too low")

	require.Equal(t, []string{
		"INFO on the root" + attrs, "INFO and on the node" + attrs, "INFO replaced" + attrs,
	}, first.take())
	require.Equal(t, []string{
		"INFO and on the node" + attrs, "INFO not beyond a" + attrs, "INFO and on a" + attrs,
		"INFO not on the root" + attrs, "INFO replaced" + attrs,
	}, second.take())
	require.Equal(t, []string{"INFO and on a" + attrs, "INFO not on the root" + attrs}, third.take())
}

func TestSiblingsShareNothing(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	for _, group := range []bool{false, true} {
		parent, bound := tr.Logger("a"), " logger=a"
		if group {
			parent = parent.WithGroup("g")
		}
		for n := range 40 {
			a, b := parent.With("who", "a"), parent.With("who", "b")
			for _, want := range []string{"a", "b", "a"} {
				map[string]*slog.Logger{"a": a, "b": b}[want].Info("m")
				key := map[bool]string{false: " who=", true: " g.who="}[group]
				require.Equal(t, []string{"INFO m" + bound + key + want}, rec.take(), "%d bound, %v", n, group)
			}
			parent.Info("m")
			require.Equal(t, []string{"INFO m" + bound}, rec.take())
			parent = parent.With("k", n)
			bound += fmt.Sprintf(map[bool]string{false: " k=%d", true: " g.k=%d"}[group], n)
		}
	}
}

func TestManyGoroutinesDeriveFromOneLogger(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	parent := tr.Logger("a").With("p", 0).WithGroup("g")
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 200 {
				parent.With("k", g).WithGroup("h").Info("m", "i", i)
			}
		})
	}
	for i := range 100 {
		tr.Node("x").SetLevel(slog.Level(i))
	}
	wg.Wait()
	counts := map[string]int{}
	for _, line := range rec.take() {
		counts[line]++
	}
	for g := range 8 {
		for i := range 200 {
			require.Equal(t, 1, counts[fmt.Sprintf("INFO m logger=a p=0 g.k=%d g.h.i=%d", g, i)])
		}
	}
}

// A spy enters what is bound to it in a list.
type spy struct{ calls *[]string }

func (s spy) handler() slog.Handler {
	var h *stub
	h = &stub{
		withAttrs: func(attrs []slog.Attr) slog.Handler {
			*s.calls = append(*s.calls, fmt.Sprint("WithAttrs", attrs))
			return h
		},
		withGroup: func(name string) slog.Handler {
			*s.calls = append(*s.calls, "WithGroup "+name)
			return h
		},
	}
	return h
}

func TestTheNameIsBoundOnceAndFirst(t *testing.T) {
	for _, tt := range []struct {
		name   string
		logger func(*tree.Tree) *slog.Logger
		want   []string
	}{
		{"the root has none", func(tr *tree.Tree) *slog.Logger { return tr.Logger("") }, nil},
		{"nor has what is derived from it", func(tr *tree.Tree) *slog.Logger { return tr.Logger("root").With("k", 1) },
			[]string{"WithAttrs[k=1]"}},
		{"a node's own", func(tr *tree.Tree) *slog.Logger { return tr.Logger("a.b") }, []string{"WithAttrs[logger=a.b]"}},
		{"before any group", func(tr *tree.Tree) *slog.Logger { return tr.Logger("a.b").WithGroup("g").With("k", 1) },
			[]string{"WithAttrs[logger=a.b]", "WithGroup g", "WithAttrs[k=1]"}},
		{"before a name that was given", func(tr *tree.Tree) *slog.Logger { return tr.Logger("a").With("logger", "b") },
			[]string{"WithAttrs[logger=a]", "WithAttrs[logger=b]"}},
		{"empty ones are left out", func(tr *tree.Tree) *slog.Logger { return tr.Logger("a").With().WithGroup("") },
			[]string{"WithAttrs[logger=a]"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			var calls []string
			tr.Node("").AddHandler(spy{&calls}.handler())
			l := tt.logger(tr)
			for range 3 {
				l.Info("m")
			}
			require.Equal(t, tt.want, calls)
			tr.Node("a").SetLevel(levels.Debug)
			tr.Disable(levels.Debug)
			l.Info("m")
			require.Equal(t, tt.want, calls, "what the level is says nothing about what is bound")
		})
	}
}

func TestWithReturnsTheReceiverWhereThereIsNothingToBind(t *testing.T) {
	h := newTree(t).Node("a").Handler()
	for _, h := range []slog.Handler{h, h.WithGroup("g"), h.WithAttrs([]slog.Attr{slog.Int("k", 1)})} {
		require.Same(t, h, h.WithGroup(""))
		require.Same(t, h, h.WithAttrs(nil))
		require.Same(t, h, h.WithAttrs([]slog.Attr{}))
	}
}

// A counting LogValuer gives the number of times that it was asked.
type counting struct{ n *int }

func (c counting) LogValue() slog.Value {
	*c.n++
	return slog.IntValue(*c.n)
}

func TestLogValuersAreResolvedOnceWhenBound(t *testing.T) {
	tr := newTree(t)
	first, second := newRecorder(nil), newRecorder(nil)
	n := 0
	l := tr.Logger("a").With("v", counting{&n}, slog.Group("g", "v", counting{&n}))
	require.Equal(t, 2, n)
	tr.Node("").AddHandler(first)
	tr.Node("a").AddHandler(second)
	l.Info("m")
	tr.Node("b").AddHandler(first)
	l.With("k", 1).Info("m")
	want := []string{"INFO m logger=a v=1 g.v=2", "INFO m logger=a v=1 g.v=2 k=1"}
	require.Equal(t, want, first.take())
	require.Equal(t, want, second.take())
	require.Equal(t, 2, n)
}

// vandal returns a handler that overwrites the attributes that it is to bind, in groups, too.
func vandal() slog.Handler {
	var overwrite func([]slog.Attr)
	overwrite = func(attrs []slog.Attr) {
		for i := range attrs {
			if attrs[i].Value.Kind() == slog.KindGroup {
				overwrite(attrs[i].Value.Group())
			}
			attrs[i] = slog.String("vandal", "was here")
		}
	}
	h := &stub{}
	h.withAttrs = func(attrs []slog.Attr) slog.Handler {
		overwrite(attrs)
		_ = append(attrs, slog.String("vandal", "was behind"))
		return h
	}
	return h
}

func TestEachHandlerOwnsTheAttributesThatItIsToBind(t *testing.T) {
	tr := newTree(t)
	rec, late := newRecorder(nil), newRecorder(nil)
	tr.Node("a").AddHandler(vandal())
	tr.Node("a").AddHandler(rec)
	tr.Node("").AddHandler(vandal())
	given := []slog.Attr{slog.Group("g", slog.Int("x", 1), slog.Group("h", slog.Int("y", 2)))}
	own := slices.Clone(given)
	l := slog.New(tr.Node("a.b").Handler().WithAttrs(own)).With("k", 3)
	const want = "INFO m logger=a.b g.x=1 g.h.y=2 k=3"
	l.Info("m")
	require.Equal(t, []string{want}, rec.take())
	require.Equal(t, "[g=[x=1 h=[y=2]]]", fmt.Sprint(given), "the caller's group was overwritten")
	tr.Node("").AddHandler(late) // binds again
	l.Info("m")
	require.Equal(t, []string{want}, late.take())
	require.Equal(t, []string{want}, rec.take())
}
