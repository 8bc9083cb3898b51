// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

// passing returns a filter that does f and passes the record.
func passing(f func(*filter.Record)) filter.Filter {
	return filter.Func(func(_ context.Context, r *filter.Record) bool {
		f(r)
		return true
	})
}

// dropping returns a filter that drops what has the given message.
func dropping(message string) filter.Filter {
	return filter.Func(func(_ context.Context, r *filter.Record) bool { return r.Message != message })
}

// A redactor hides the values of a key, bound or given.
type redactor struct{ key string }

func (d redactor) Filter(_ context.Context, r *filter.Record) bool {
	var attrs []slog.Attr
	r.Attrs(func(a slog.Attr) bool {
		attrs = append(attrs, a)
		return true
	})
	next := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	next.AddAttrs(d.Bind(nil, attrs)...)
	r.Record = next
	return true
}

func (d redactor) Bind(_ []string, attrs []slog.Attr) []slog.Attr {
	for i, a := range attrs {
		if a.Key == d.key {
			attrs[i].Value = slog.StringValue("***")
		} else if a.Value.Kind() == slog.KindGroup {
			attrs[i].Value = slog.GroupValue(d.Bind(nil, a.Value.Group())...)
		}
	}
	return attrs
}

func TestANodesFilterSeesTheLoggerAndAllAttributes(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(newRecorder(nil))
	var seen string
	see := passing(func(r *filter.Record) {
		seen = fmt.Sprintf("%q %s", r.Logger, r.Message)
		for _, key := range []string{"user", "g.status", "g.h.x", "g.group.y", "missing", "status"} {
			if v, ok := r.Attr(key); ok {
				seen += fmt.Sprintf(" %s=%v", key, v)
			}
		}
	})
	tr.Node("a.b").AddFilter(see)
	tr.Node("").AddFilter(see)
	tr.Logger("").Info("root")
	require.Equal(t, `"" root`, seen)
	tr.Logger("a.b").Info("bare")
	require.Equal(t, `"a.b" bare`, seen)
	l := tr.Logger("a.b").With("user", "bound", "user", "bound last").WithGroup("g").With("status", 200)
	l.Info("bound")
	require.Equal(t, `"a.b" bound user=bound last g.status=200`, seen)
	l.Info("given", "status", 404, "status", 500, slog.Group("group", "y", 1))
	require.Equal(t, `"a.b" given user=bound last g.status=500 g.group.y=1`, seen)
	l.WithGroup("h").Info("deeper", "x", 1, "user", "given")
	require.Equal(t, `"a.b" deeper user=bound last g.status=200 g.h.x=1`, seen)
	tr.Logger("a.b").Info("given", "user", "given")
	require.Equal(t, `"a.b" given user=given`, seen)
}

func TestANodesFilterMayDropAddAndChange(t *testing.T) {
	for _, tt := range []struct {
		name   string
		filter filter.Filter
		want   []string
	}{
		{"drop", dropping("m"), nil},
		{"add into the open group", passing(func(r *filter.Record) { r.AddAttrs(slog.String("added", "x")) }),
			[]string{"INFO m logger=a b=1 g.k=2 g.added=x"}},
		{"add many", passing(func(r *filter.Record) {
			for i := range 8 {
				r.AddAttrs(slog.Int("n", i))
			}
		}), []string{"INFO m logger=a b=1 g.k=2 g.n=0 g.n=1 g.n=2 g.n=3 g.n=4 g.n=5 g.n=6 g.n=7"}},
		{"change the message", passing(func(r *filter.Record) { r.Message += "!" }), []string{"INFO m! logger=a b=1 g.k=2"}},
		{"raise the level", passing(func(r *filter.Record) { r.Level = levels.Error }), []string{"ERROR m logger=a b=1 g.k=2"}},
		{"lower the level", passing(func(r *filter.Record) { r.Level = levels.Debug }), nil},
		{"remove", passing(func(r *filter.Record) { r.Record = slog.NewRecord(r.Time, r.Level, r.Message, r.PC) }),
			[]string{"INFO m logger=a b=1"}},
		{"redact what is bound and what is given", redactor{"k"}, []string{"INFO m logger=a b=1 g.k=***"}},
		{"redact what is bound", redactor{"b"}, []string{"INFO m logger=a b=*** g.k=2"}},
		{"pass", passing(func(*filter.Record) {}), []string{"INFO m logger=a b=1 g.k=2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			atRoot, own := newRecorder(levels.Info), newRecorder(levels.Info)
			tr.Node("").AddHandler(atRoot)
			tr.Node("a").AddHandler(own)
			tr.Node("a").AddFilter(tt.filter)
			l := tr.Logger("a").With("b", 1).WithGroup("g")
			l.Info("m", "k", 2)
			require.Equal(t, tt.want, own.take(), "for all the node's handlers")
			require.Equal(t, tt.want, atRoot.take(), "also those above")
		})
	}
}

func TestANodesFilterIsNotAskedForRecordsFromBelow(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("a").AddHandler(rec)
	tr.Node("a").AddFilter(dropping("m"))
	tr.Node("a").AddFilter(redactor{"k"})
	tr.Logger("a").Info("m")
	tr.Logger("a.b").With("k", "v").Info("m")
	tr.Logger("a.b").WithGroup("g").Info("m", "k", "v")
	require.Equal(t, []string{"INFO m logger=a.b k=v", "INFO m logger=a.b g.k=v"}, rec.take())
}

func TestFiltersAreAskedInOrderUntilOneDrops(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(newRecorder(nil))
	var asked []string
	ask := func(name string, pass bool) filter.Filter {
		return filter.Func(func(context.Context, *filter.Record) bool {
			asked = append(asked, name)
			return pass
		})
	}
	n := tr.Node("a")
	n.AddFilter(ask("1", true))
	remove := n.AddFilter(ask("2", false))
	n.AddFilter(ask("3", true))
	tr.Logger("a").Info("m")
	require.Equal(t, []string{"1", "2"}, asked)
	asked = nil
	remove()
	remove()
	tr.Logger("a").Info("m")
	require.Equal(t, []string{"1", "3"}, asked)
	require.Len(t, n.Filters(), 2)
}

func TestAFilterThatIsThereIsNotAddedAgain(t *testing.T) {
	tr := newTree(t)
	n := tr.Node("a")
	remove := n.AddFilter(filter.Name("a"))
	removeNothing := n.AddFilter(filter.Name("a"))
	require.Equal(t, []filter.Filter{filter.Name("a")}, n.Filters())
	removeNothing()
	require.Len(t, n.Filters(), 1)
	remove()
	require.Empty(t, n.Filters())
	f := passing(func(*filter.Record) {}) // a function cannot be compared
	n.AddFilter(f)
	n.AddFilter(f)
	require.Len(t, n.Filters(), 2)
}

func TestAFilterDropsForTheLastResortToo(t *testing.T) {
	tr := newTree(t)
	tr.Node("a").AddFilter(dropping("m"))
	printed := onStderr(t, func() {
		tr.Logger("a").Error("m")
		tr.Logger("a").Error("other")
	})
	require.Equal(t, "other\n", printed)
}

func TestAHandlersFilterChangesOnlyWhatItsHandlerSees(t *testing.T) {
	change := passing(func(r *filter.Record) {
		r.AddAttrs(slog.String("added", "x"))
		r.Message += "!"
		r.Level = levels.Error
	})
	for n := range 9 {
		tr := newTree(t)
		before, inside, behind := newRecorder(nil), newRecorder(nil), newRecorder(nil)
		tr.Node("a").AddHandler(before)
		tr.Node("a").AddHandler(filter.NewHandler(inside, change, redactor{"k"}))
		tr.Node("").AddHandler(behind)
		l := tr.Logger("a").With("k", "bound").WithGroup("g")
		var args []any
		plain := "INFO m logger=a k=bound"
		changed := "ERROR m! logger=a k=***"
		for i := range n {
			args = append(args, "k", i)
			plain += fmt.Sprint(" g.k=", i)
			changed += " g.k=***"
		}
		l.Info("m", args...)
		require.Equal(t, []string{plain}, before.take())
		require.Equal(t, []string{changed + " g.added=x"}, inside.take())
		require.Equal(t, []string{plain}, behind.take())
	}
}

func TestAHandlersFilterSeesTheLoggerOfEachRecord(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(filter.NewHandler(rec, filter.Name("a.b")))
	for _, name := range []string{"", "a", "a.b", "a.bb", "a.b.c", "b"} {
		tr.Logger(name).Info("m")
		tr.Logger(name).With("k", 1).WithGroup("g").Info("m")
	}
	require.Equal(t, []string{
		"INFO m logger=a.b", "INFO m logger=a.b k=1", "INFO m logger=a.b.c", "INFO m logger=a.b.c k=1",
	}, rec.take())
}

func TestAFilterThatPanicsDropsTheRecordAndIsReported(t *testing.T) {
	tr, failed := newFailingTree()
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	tr.Node("a").AddFilter(filter.Func(func(_ context.Context, r *filter.Record) bool {
		if r.Message == "bad" {
			panic("no good")
		}
		return true
	}))
	l := tr.Logger("a").With("k", 1)
	l.Info("bad")
	l.Info("good")
	tr.Logger("a.b").Info("bad")
	require.Equal(t, []string{"INFO good logger=a k=1", "INFO bad logger=a.b"}, rec.take())
	errs := failed.take()
	require.Len(t, errs, 1)
	require.Regexp(t, `^tree: filter filter\.Func: panic: no good$`, errs[0])
}

func TestHandlersShareNoMemoryOfWhatAFilterAdded(t *testing.T) {
	adds := func(name string) slog.Handler {
		return handling(func(r slog.Record) error {
			r.AddAttrs(slog.String("added by", name)) // to its copy, which it did not clone
			return nil
		})
	}
	for n := range 10 {
		tr := newTree(t)
		rec := newRecorder(nil)
		tr.Node("a").AddHandler(adds("first"))
		tr.Node("a").AddHandler(handling(func(r slog.Record) error {
			r.AddAttrs(slog.String("own", "x"))
			return rec.Handle(t.Context(), r)
		}))
		tr.Node("a").AddFilter(passing(func(r *filter.Record) {
			r.AddAttrs(slog.Int("f", 0), slog.Int("f", 1), slog.Int("f", 2))
			r.AddAttrs(slog.Int("f", 3))
		}))
		var args []any
		want := "INFO m"
		for i := range n {
			args = append(args, "k", i)
			want += fmt.Sprint(" k=", i)
		}
		tr.Logger("a").Info("m", args...)
		require.Equal(t, []string{want + " f=0 f=1 f=2 f=3 own=x"}, rec.take())
	}
}

func TestFiltersOfManyGoroutinesSeeTheirOwnRecord(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(newRecorder(nil))
	tr.Node("a").AddFilter(passing(func(r *filter.Record) {
		given, _ := r.Attr("given")
		bound, ok := r.Attr("bound")
		if !ok || given.Int64() != bound.Int64() || r.Message != fmt.Sprint(bound) {
			t.Errorf("%s: bound %v, given %v", r.Message, bound, given)
		}
	}))
	done := make(chan bool)
	for g := range 4 {
		go func() {
			defer func() { done <- true }()
			l := tr.Logger("a").With("bound", g)
			for range 2000 {
				l.Info(fmt.Sprint(g), "given", g)
			}
		}()
	}
	for range 4 {
		<-done
	}
}
