// SPDX-License-Identifier: MIT

package slogxtest

import (
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// faults are the bugs of [faulty], each with a rule that it must break.
var faults = []struct{ bug, rule string }{
	{"changes the receiver", "receiver"},
	{"aliased attrs", "sibling-attrs"},
	{"late leak", "sibling-attrs"},
	{"aliased groups", "sibling-groups"},
	{"drops groups", "sibling-groups"},
	{"moves earlier attrs", "sibling-mixed"},
	{"aliased attrs", "sibling-mixed"},
	{"tires", "concurrent-derive"},
	{"resolves in place", "group-values"},
	{"opens a group without a name", "empty-group-name"},
	{"forgets for nothing", "no-attrs"},
	{"copies for nothing", "empty-same"},
	{"two writes", "one-write"},
	{"lock of its own", "one-lock"},
	{"stays broken", "writer-error"},
	{"keeps the lock", "writer-panic"},
	{"enabled below its level", "enabled"},
	{"needs Enabled", "enabled"},
	{"asks the context", "context"},
	{"prints the zero time", "zero-record"},
	{"adds to the record", "record-unchanged"},
	{"cuts long messages", "long-message"},
	{"needs a message", "empty-message"},
	{"quotes nothing", "awkward-text"},
	{"prints line breaks", "line-breaks"},
	{"refuses bad UTF-8", "invalid-utf8"},
	{"calls LogValue", "logvaluer-panic"},
	{"follows LogValue for ever", "logvaluer-endless"},
	{"panics", "nil-pointer"},
	{"panics", "value-panic"},
	{"drops bad values", "value-panic"},
	{"drops values in error", "value-error"},
	{"changes options", "options"},
}

func faultyTarget(bug string) Target {
	limit := 10
	opts := &faultyOptions{
		Level: slog.LevelDebug,
		Limit: &limit,
		Tags:  map[string][]string{"a": {"x", "y"}, "b": nil},
		hook:  func() {},
	}
	return Target{
		New:     func(w io.Writer) slog.Handler { return newFaulty(bug, opts, w) },
		Parse:   ParseJSON,
		Level:   slog.LevelDebug,
		Options: func() any { return opts },
	}
}

func TestKitPassesWithoutABug(t *testing.T) {
	TestHandler(t, faultyTarget("none"))
}

func TestKitFindsEachBug(t *testing.T) {
	for _, fault := range faults {
		t.Run(fault.bug+" breaks "+fault.rule, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(rules, func(r rule) bool { return r.name == fault.rule })
			require.GreaterOrEqual(t, i, 0)
			k := newKit(faultyTarget(fault.bug))
			k.patience = 20 * time.Millisecond // the one that hangs does so for good
			err := k.run(rules[i])
			require.Error(t, err)
			t.Log(err)
		})
	}
}

func TestEachRuleIsProved(t *testing.T) {
	for _, r := range rules {
		proved := slices.ContainsFunc(faults, func(f struct{ bug, rule string }) bool { return f.rule == r.name })
		require.True(t, proved, "no bug breaks the rule %s", r.name)
		require.NotEmpty(t, r.text, r.name)
	}
}

// TestFailurePrintsTheRule runs TestHandler on a faulty handler in a process of its own, where it may fail.
func TestFailurePrintsTheRule(t *testing.T) {
	const variable = "SLOGXTEST_FAULT"
	if bug := os.Getenv(variable); bug != "" {
		target := faultyTarget(bug)
		target.Except = map[string]string{"sibling-mixed": "groups are left out on purpose"}
		TestHandler(t, target)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestFailurePrintsTheRule$", "-test.v")
	cmd.Env = append(os.Environ(), variable+"=drops groups", "GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0") // or it sleeps for a second at its end
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	for _, want := range []string{
		"a Handler should handle the WithGroup method", // slogtest's words
		`logging through New(w).WithGroup("a")`,
		"broken rule sibling-groups: two handlers derived from one by WithGroup never see",
		"--- PASS: TestFailurePrintsTheRule/one-write",
		"rule sibling-mixed is excepted: groups are left out on purpose",
	} {
		require.Contains(t, string(out), want)
	}
}

func TestTargetIsChecked(t *testing.T) {
	require.ErrorContains(t, Target{}.validate(), "needs New and Parse")

	target := faultyTarget("none")
	require.NoError(t, target.validate())
	target.Level = slog.LevelWarn
	target.Except = map[string]string{"one-loc": "typing error", "one-lock": ""}
	err := target.validate()
	require.ErrorContains(t, err, "Target.Level is WARN")
	require.ErrorContains(t, err, `no rule is called "one-loc"`)
	require.ErrorContains(t, err, `"one-lock" has no reason`)
}

func TestCopiesMustBeEqual(t *testing.T) {
	target := faultyTarget("none")
	target.Copies = 2
	b := newKit(target).bench()
	for _, message := range []string{"one", "two"} {
		require.NoError(t, b.handler.Handle(t.Context(), newRecord(message, slog.String("k", message))))
	}
	_, err := b.take()
	require.ErrorContains(t, err, "two copies of one record differ")
}

func TestWriterSeesACallInsideAnother(t *testing.T) {
	w := &writer{}
	w.inside.Add(1)
	_, err := w.Write([]byte("line"))
	require.NoError(t, err)
	require.EqualError(t, w.problem(), "Write was called while another Write was under way (and 0 times more)")
}

func TestSnapshotSeesWhatIsBehindPointers(t *testing.T) {
	type options struct {
		next  *options
		level slog.Leveler
		tags  map[string]int
		ch    chan int
		hook  func()
	}
	var level slog.LevelVar
	o := &options{level: &level, tags: map[string]int{"b": 1, "a": 2}, ch: make(chan int), hook: func() {}}
	o.next = o
	before := snapshot(o)
	require.Equal(t, before, snapshot(o))
	for _, change := range []func(){
		func() { level.Set(slog.LevelError) },
		func() { o.tags["a"]++ },
		func() { o.next = nil },
		func() { o.hook = nil },
		func() { o.ch = nil },
	} {
		change()
		after := snapshot(o)
		require.NotEqual(t, before, after)
		before = after
	}
}
