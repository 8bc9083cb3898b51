// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/levels"
	"github.com/stretchr/testify/require"
)

// newLogger returns a logger with the layout, and where its lines and errors go.
func newLogger(layout string) (*slog.Logger, *bytes.Buffer, *[]error) {
	var buf bytes.Buffer
	var errs []error
	h := format.NewHandler(&buf, format.MustPercent(layout, utc), &format.HandlerOptions{
		OnError: func(err error) { errs = append(errs, err) },
	})
	return slog.New(h), &buf, &errs
}

func TestMessageIsMergedWithAttributes(t *testing.T) {
	named := func(l *slog.Logger) *slog.Logger { return l.With("logger", "a.b") }
	for _, tt := range []struct {
		name, layout string
		with         func(*slog.Logger) *slog.Logger
		args         []any
		want         string
	}{
		{"given", "%(message)s", nil, []any{"a", 1, "b", "x y"}, `hi a=1 b="x y"`},
		{"bound", "%(message)s", func(l *slog.Logger) *slog.Logger { return l.With("z", true) }, []any{"a", 1}, "hi z=true a=1"},
		{"groups", "%(message)s", func(l *slog.Logger) *slog.Logger { return l.WithGroup("g").With("b", 1).WithGroup("h") },
			[]any{"c", 2, slog.Group("i", "d", 3, slog.Group("", "e", 4)), slog.Group("none")}, "hi g.b=1 g.h.c=2 g.h.i.d=3 g.h.i.e=4"},
		{"duplicates", "%(message)s", nil, []any{"a", 1, "a", 2}, "hi a=1 a=2"},
		{"empty attr", "%(message)s", nil, []any{slog.Attr{}, "a", 1}, "hi a=1"},
		{"empty key", "%(message)s", nil, []any{"", 1}, `hi ""=1`},
		{"name", "%(name)s: %(message)s", named, []any{"a", 1}, "a.b: hi a=1"},
		{"second name", "%(name)s: %(message)s", named, []any{"logger", "c"}, "a.b: hi logger=c"},
		{"name in a group", "%(name)s: %(message)s", func(l *slog.Logger) *slog.Logger { return l.WithGroup("g").With("logger", "c") }, nil, "root: hi g.logger=c"},
		{"no name", "%(name)s", nil, nil, "root"},
		{"attrs makes it bare", "%(message)s|%(attrs)s|", nil, []any{"a", 1, "b", 2}, "hi|a=1 b=2|"},
		{"attrs without any", "%(message)s|%(attrs)s|", nil, nil, "hi||"},
		{"msg is bare", "%(msg)s", nil, []any{"a", 1}, "hi"},
		{"msg and message", "%(msg)s|%(message)s", nil, []any{"a", 1}, "hi|hi a=1"},
		{"width", "%(message)10s|", nil, []any{"a", 1}, "    hi a=1|"},
		{"width counts characters", "%(message)-9s|", nil, []any{"a", "中文"}, "hi a=中文  |"},
		{"precision", "%(message).4s|", nil, []any{"a", 1}, "hi a|"},
		{"repr", "%(message)r", nil, []any{"a", "x'y"}, `"hi a=x'y"`},
		{"python's names are no attributes'", "%(name)s %(module)s: %(message)s", nil, []any{"name", "n", "module", "m"}, "root layout_test: hi name=n module=m"},
		{"a field's attribute is not merged", "%(user)s: %(message)s", nil, []any{"user", "bob", "a", 1, "user", "eve"}, "eve: hi a=1"},
		{"nor a bound one", "%(user)s: %(message)s %(user)s", func(l *slog.Logger) *slog.Logger { return l.With("user", "bob") }, []any{"a", 1}, "bob: hi a=1 bob"},
		{"given wins over bound", "%(user)s: %(message)s", func(l *slog.Logger) *slog.Logger { return l.With("user", "bob") }, []any{"user", "eve"}, "eve: hi"},
		{"dotted", "%(http.status)05d %(message)s", func(l *slog.Logger) *slog.Logger { return l.WithGroup("http") }, []any{"status", 200, "a", 1}, "00200 hi http.a=1"},
		{"dotted in a group", "%(http.status)x %(message)s", nil, []any{slog.Group("http", "status", 255, "b", 2)}, "ff hi http.b=2"},
		{"dotted as a key", "%(http.status)d %(message)s", nil, []any{"http.status", 7}, "7 hi"},
		{"a whole group", "%(http)s|%(message)s", nil, []any{slog.Group("http", "status", 2, "b", "x y"), "c", 1}, `[status=2 b="x y"]|hi c=1`},
		{"the name as an attribute", "%(logger)s", named, nil, "a.b"},
		{"attribute with width", "%(user)-6s|%(user)6.2s|", nil, []any{"user", "中文字"}, "中文字   |    中文|"},
		{"attribute with spaces", "%(user)s", nil, []any{"user", `x y="z"`}, `x y="z"`},
		{"attribute's repr", "%(user)r %(user)a %(n)r", nil, []any{"user", "中'", "n", 1}, `"中'" "\u4e2d'" 1`},
		{"level as an attribute", "%(levelname)s %(l)s %(l)d", nil, []any{"l", slog.LevelWarn}, "INFO WARN 4"},
		{"level merged", "%(message)s", nil, []any{"l", slog.LevelWarn}, "hi l=WARN"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log, buf, errs := newLogger(tt.layout)
			if tt.with != nil {
				log = tt.with(log)
			}
			log.Info("hi", tt.args...)
			require.Equal(t, tt.want+"\n", buf.String())
			require.Empty(t, *errs)
		})
	}
}

func TestEmptyMessageHasNoSpaceBeforeAttributes(t *testing.T) {
	log, buf, _ := newLogger("[%(message)s]")
	log.Info("", "a", 1)
	log.With("b", 2).Info("")
	log.Info("")
	require.Equal(t, "[a=1]\n[b=2]\n[]\n", buf.String())
}

func TestAttributeThatDoesNotFitMarksThePlace(t *testing.T) {
	type id int
	for _, tt := range []struct {
		layout string
		value  any
		want   string
	}{
		{"%(x)d", "abc", "!d(x=abc)"},
		{"%(x)5.1f|", "a\nb", `!f(x=a\nb)|`},
		{"%(x)d", time.Second, "!d(x=1s)"},
		{"%(x)d", nil, "!d(x=<nil>)"},
		{"%(x)x", 1.5, "!x(x=1.5)"},
		{"%(x)d", math.Inf(1), "!d(x=+Inf)"},
		{"%(x)d", math.NaN(), "!d(x=NaN)"},
		{"%(x)c", "ab", "!c(x=ab)"},
		{"%(x)c", 0x110000, "!c(x=1114112)"},
		{"%(x)c", -1, "!c(x=-1)"},
		{"%(x)d", slog.GroupValue(slog.Int("a", 1)), "!d(x=[a=1])"},
		{"%(x)c", '\n', `\n`},
		{"%(x)d", true, "1"},
		{"%(x)s", true, "true"},
		{"%(x)03d", id(7), "007"},
		{"%(x)d", uint64(math.MaxUint64), "18446744073709551615"},
		{"%(x)d", -3.99, "-3"},
		{"%(x)s", 1e6, "1e+06"},
		{"%(x)s", time.Second, "1s"},
		{"%(x)s", []byte("a b"), "a b"},
		{"%(x)s", errors.New("e e"), "e e"},
		{"%(y)d", 1, "!MISSING(y)"},
		{"%(y\n)s", 1, `!MISSING(y\n)`},
	} {
		log, buf, errs := newLogger(tt.layout)
		r := slog.NewRecord(theTime, slog.LevelInfo, "hi", 0)
		r.AddAttrs(slog.Any("x", tt.value))
		for range 3 {
			require.NoError(t, log.Handler().Handle(context.Background(), r))
		}
		require.Equal(t, strings.Repeat(tt.want+"\n", 3), buf.String(), tt.layout)
		require.Len(t, *errs, min(1, strings.Count(tt.want, "!")), tt.layout)
	}
}

func TestMistakesAreReportedOncePerField(t *testing.T) {
	log, buf, errs := newLogger("%(a)d %(b)s %(message)s")
	for range 3 {
		log.With("x", 1).Info("hi", "a", "one")
	}
	require.Equal(t, strings.Repeat("!d(a=one) !MISSING(b) hi x=1\n", 3), buf.String())
	require.EqualError(t, errors.Join(*errs...), `format: field "a" of layout "%(a)d %(b)s %(message)s": cannot print one as d`+"\n"+
		`format: field "b" of layout "%(a)d %(b)s %(message)s": no such attribute`)

	l := format.MustPercent("%(gone)s", nil)
	var first, second []error
	var logs []*slog.Logger
	for _, errs := range []*[]error{&first, &second} {
		opts := &format.HandlerOptions{OnError: func(err error) { *errs = append(*errs, err) }}
		logs = append(logs, slog.New(format.NewHandler(new(bytes.Buffer), l, opts)))
	}
	for range 2 {
		logs[0].Info("hi")
		logs[1].Info("hi")
	}
	require.Len(t, first, 1)
	require.Len(t, second, 1)
}

func TestNothingForgesALine(t *testing.T) {
	evil := "a\n2026-01-01 CRITICAL pwned\r\x1b[2J\u202e\u2028\x85\x00\x7f\xff"
	escaped := `a\n2026-01-01 CRITICAL pwned\r\x1b[2J\u202e\u2028\u0085\x00\x7f\xff`
	evil = strings.ReplaceAll(evil, "\x85", "\u0085")
	log, buf, _ := newLogger("%(name)s|%(user)s|%(message)s")
	log.With("logger", evil, "user", evil).Error(evil, evil, evil, slog.Group(evil, evil, 1), record.Err(errors.New(evil)))
	lines := strings.Split(strings.TrimSuffix(buf.String(), "\n"), "\n")
	require.True(t, strings.HasPrefix(lines[0], escaped+"|"+escaped+"|"+escaped+` "`+escaped+`"="`+escaped+`"`), lines[0])
	require.Equal(t, "  error: a", lines[1])
	require.Equal(t, "    "+strings.TrimPrefix(escaped, `a\n`), lines[2])
	for _, line := range lines[1:] {
		require.True(t, strings.HasPrefix(line, "  "), line)
	}
	require.NotContains(t, buf.String(), "\x1b")
	require.NotContains(t, buf.String(), "\u202e")
}

func TestWhatIsHarmlessStays(t *testing.T) {
	log, buf, _ := newLogger("%(name)s|%(user)s|%(message)s")
	fine := "中文\té\u200d\u200c\u200e\u200f\u3000\\n \U0001f600"
	log.With("logger", fine).Info(fine, "user", fine)
	require.Equal(t, fine+"|"+fine+"|"+fine+"\n", buf.String())
}

func TestReprIsNotEscapedTwice(t *testing.T) {
	for _, layout := range []string{"%(message)r %(name)r %(user)r", "%(message)a %(name)a %(user)a"} {
		log, buf, _ := newLogger(layout)
		log.With("logger", "a\n").Info("b\x1b\\", "user", "c\u202e\xff")
		require.Equal(t, `'b\x1b\\' 'a\n' 'c\u202e\xff'`+"\n", buf.String())
	}
}

func TestRawPrintsAsIs(t *testing.T) {
	var buf bytes.Buffer
	h := format.NewHandler(&buf, format.MustPercent("%(name)s|%(user)s|%(message)s", &format.Options{Raw: true}), nil)
	slog.New(h).With("logger", "a\x1b").Info("hi\nthere", "user", "b\x1b", "k", "c\nd", record.Err(errors.New("e\x1b\nf")))
	lines := strings.SplitN(buf.String(), "\n", 5)
	require.Equal(t, []string{"a\x1b|b\x1b|hi", `there k="c\nd"`, "  error: e\x1b", "    f"}, lines[:4])
}

// stackError carries a stack as pkg/errors does.
type stackError struct{ pcs stackTrace }

type stackTrace []frame

type frame uintptr

func (e stackError) Error() string          { return "with stack" }
func (e stackError) StackTrace() stackTrace { return e.pcs }

func TestErrorAndStackStandBelowTheLine(t *testing.T) {
	const below = "(    [^ ]+\n        [^ ]+:\\d+\n)+"
	err := errors.New("no route")
	for _, tt := range []struct {
		name, layout string
		log          func(*slog.Logger)
		want         string // a regexp
	}{
		{"given", "%(levelname)s %(message)s", func(l *slog.Logger) { l.Error("hi", record.Err(err), "a", 1) }, "ERROR hi a=1\n  error: no route\n" + below},
		{"bound", "%(message)s", func(l *slog.Logger) { l.With(record.Err(err), "a", 1).Error("hi") }, "hi a=1\n  error: no route\n" + below},
		{"in open group", "%(message)s", func(l *slog.Logger) { l.WithGroup("g").Error("hi", record.Err(err)) }, "hi\n  error: no route\n" + below},
		{"in a group", "%(message)s", func(l *slog.Logger) { l.Error("hi", slog.Group("g", record.Err(err))) }, "hi\n  error: no route\n" + below},
		{"in a group that a field names", "%(message)s %(g)s", func(l *slog.Logger) { l.Error("hi", slog.Group("g", record.Err(err), "a", 1)) }, "hi \\[a=1\\]\n  error: no route\n" + below},
		{"in one that is bound", "%(message)s %(g)s", func(l *slog.Logger) { l.With(slog.Group("g", record.Err(err), "a", 1)).Error("hi") }, "hi \\[a=1\\]\n  error: no route\n" + below},
		{"in one that a LogValuer gives", "%(message)s %(g)s", func(l *slog.Logger) { l.Error("hi", "g", logs{slog.GroupValue(record.Err(err))}) }, "hi \\[\\]\n  error: no route\n" + below},
		{"layout without message", "%(levelname)s", func(l *slog.Logger) { l.Error("hi", record.Err(err)) }, "ERROR\n  error: no route\n" + below},
		{"and bound", "%(levelname)s", func(l *slog.Logger) { l.With(record.Err(err)).Error("hi") }, "ERROR\n  error: no route\n" + below},
		{"bare message", "%(msg)s|%(attrs)s", func(l *slog.Logger) { l.Error("hi", record.Err(err)) }, "hi\\|\n  error: no route\n" + below},
		{"two", "%(message)s", func(l *slog.Logger) { l.With(record.Err(err)).Error("hi", record.Err(fmt.Errorf("b: %w", err))) }, "hi\n  error: no route\n" + below + "  error: b: no route\n" + below},
		{"several lines", "%(message)s", func(l *slog.Logger) { l.Error("hi", record.Err(errors.Join(err, err))) }, "hi\n  error: no route\n    no route\n" + below},
		{"nil", "%(message)s", func(l *slog.Logger) { l.Error("hi", record.Err(nil), slog.Any(record.ErrKey, nil)) }, "hi\n"},
		{"no error", "%(message)s", func(l *slog.Logger) { l.Error("hi", record.ErrKey, 7) }, "hi exc_info=7\n"},
		{"stack", "%(message)s", func(l *slog.Logger) { l.Error("hi", record.Stack()) }, "hi\n  stack:\n" + below},
		{"bound stack", "%(message)s", func(l *slog.Logger) { l.With(record.Stack()).Error("hi") }, "hi\n  stack:\n" + below},
		{"ordinary", "%(message)s", func(l *slog.Logger) { l.Error("hi", slog.Any("err", err)) }, "hi err=\"no route\"\n"},
		{"its own stack", "%(message)s", func(l *slog.Logger) {
			l.Error("hi", record.Err(fmt.Errorf("b: %w", stackError{stackTrace{frame(pcAtLine42())}})))
		}, "hi\n  error: b: with stack\n    github.com/slogx/slogx/format_test.pcAtLine42\n        /src/app/db.py.go:42\n"},
		{"empty line", "%(message)s", func(l *slog.Logger) { l.Error("", record.Err(err)) }, "\n  error: no route\n" + below},
		{"layout's own break", "%(message)s\n", func(l *slog.Logger) { l.Error("hi", record.Err(err)) }, "hi\n  error: no route\n" + below},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log, buf, errs := newLogger(tt.layout)
			tt.log(log)
			require.Regexp(t, "^"+tt.want+"$", buf.String())
			if _, stack, ok := strings.Cut(buf.String(), "\n    "); ok && !strings.Contains(tt.want, "pcAtLine42") {
				stack = strings.TrimPrefix(stack, "no route\n    ") // the further line of a text
				require.Regexp(t, `^github.com/slogx/slogx/format_test.TestErrorAndStackStandBelowTheLine.*\n +.*/layout_test.go:\d+\n`, stack)
			}
			require.Empty(t, *errs)
		})
	}
}

func TestErrorWithoutCallerHasNoStack(t *testing.T) {
	r := &format.Record{Record: slog.NewRecord(theTime, slog.LevelError, "hi", 0)}
	r.AddAttrs(record.Err(errors.New("bad")), record.Stack())
	l := format.MustPercent("%(message)s", nil)
	require.Equal(t, "hi\n  error: bad", string(l.Append(nil, r)))
	r.PC = pcAtLine42() // not on this stack
	require.Equal(t, "hi\n  error: bad", string(l.Append(nil, r)))
}

func TestCallerFields(t *testing.T) {
	const layout = "%(pathname)s %(filename)s %(module)s %(lineno)d %(funcName)s %(package)s"
	l := format.MustPercent(layout, nil)
	require.Equal(t, "/src/app/db.py.go db.py.go db.py 42 pcAtLine42 github.com/slogx/slogx/format_test", string(l.Append(nil, theRecord(t))))
	const unknown = "(unknown file) (unknown file) (unknown file) 0 (unknown function) (unknown package)"
	for _, pc := range []uintptr{0, 1} {
		require.Equal(t, unknown, string(l.Append(nil, &format.Record{Record: slog.NewRecord(theTime, 0, "", pc)})))
	}
}

func TestProcessAndGoroutineFields(t *testing.T) {
	l := format.MustPercent("%(process)d %(thread)d %(threadName)s %(goroutine)d", nil)
	lines := make(chan string, 2)
	for range 2 {
		go func() { lines <- string(l.Append(nil, &format.Record{})) }()
	}
	a, b := <-lines, <-lines
	require.NotEqual(t, a, b)
	require.Regexp(t, fmt.Sprintf(`^%d (\d+) \d+ \d+$`, os.Getpid()), a)
	ids := strings.Fields(a)
	require.Equal(t, ids[1], ids[2])
	require.Equal(t, ids[1], ids[3])
	require.NotEqual(t, "0", ids[1])
}

func TestLevelFields(t *testing.T) {
	l := format.MustPercent("%(levelname)s %(levelno)d", nil)
	for level, want := range map[slog.Level]string{
		slog.LevelWarn: "WARNING 30", 12: "CRITICAL 50", slog.LevelDebug + 2: "DEBUG+2 15", -8: "TRACE 5",
	} {
		require.Equal(t, want, string(l.Append(nil, &format.Record{Record: slog.Record{Level: level}})))
	}
}

// TestUnboundLayoutRendersTheScope covers formatters that wrap a layout and know nothing of Bind.
func TestUnboundLayoutRendersTheScope(t *testing.T) {
	var buf bytes.Buffer
	h := format.NewHandler(&buf, wrapped{format.MustPercent("%(name)s %(message)s %(a)d", nil)}, nil)
	slog.New(h).With("logger", "n", "a", 1, "b", 2).WithGroup("g").Error("hi", "c", 3)
	require.Equal(t, "<n hi b=2 g.c=3 1>\n", buf.String())
}

type wrapped struct{ inner format.Formatter }

func (w wrapped) Append(dst []byte, r *format.Record) []byte {
	return append(w.inner.Append(append(dst, '<'), r), '>')
}

// far is a level without a name: names last as long as the process.
var far = slog.Level(1017)

func TestTheNameOfALevelIsThatOfThePrinting(t *testing.T) {
	far++
	r := &format.Record{Record: slog.NewRecord(time.Time{}, far, "m", 0)}
	layout := format.MustPercent("%(levelname)s", nil)
	require.Equal(t, far.String(), string(layout.Append(nil, r)))
	require.NoError(t, levels.Register("FAR", far))
	require.Equal(t, "FAR", string(layout.Append(nil, r)))
}

func TestDefaultsStandForAttributesThatAreMissing(t *testing.T) {
	var buf bytes.Buffer
	var errs []error
	defaults := map[string]any{"user": "nobody", "http.status": 0, "unused": 1, "bad": "text"}
	l := format.MustPercent("%(user)-7s|%(http.status)03d|%(bad)d|%(message)s", &format.Options{Defaults: defaults})
	defaults["user"] = "changed"
	log := slog.New(format.NewHandler(&buf, l, &format.HandlerOptions{OnError: func(err error) { errs = append(errs, err) }}))
	log.Info("m")
	log.With("user", "bob").Info("m", slog.Group("http", "status", 200), "bad", 7)
	require.Equal(t, "nobody |000|!d(bad=text)|m\nbob    |200|7|m\n", buf.String())
	require.Len(t, errs, 1)
}

// The name is literal text once it is bound; loggers on one handler take turns.
func TestEachLoggerPrintsItsOwnName(t *testing.T) {
	var buf bytes.Buffer
	h := format.NewHandler(&buf, format.MustPercent("[%(name)s|%(name)6s|%(name)r] %(msg)s %(name).2s", nil), nil)
	names := []string{"a", "a.b", "日志", "\n", "a"}
	var logs []*slog.Logger
	for _, name := range names {
		logs = append(logs, slog.New(h).With("logger", name))
	}
	for _, log := range append(logs, slog.New(h)) {
		log.Info("m")
		log.With("x", 1).Info("m")
	}
	want := "[a|     a|'a'] m a\n" + "[a.b|   a.b|'a.b'] m a.\n" + "[日志|    日志|'日志'] m 日志\n" + `[\n|    \n|'\n'] m \n` + "\n" + "[a|     a|'a'] m a\n" + "[root|  root|'root'] m ro\n"
	var twice strings.Builder
	for _, line := range strings.SplitAfter(want, "\n") {
		twice.WriteString(line + line)
	}
	require.Equal(t, twice.String(), buf.String())
}
