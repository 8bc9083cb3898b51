// SPDX-License-Identifier: MIT

package slogxtest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/slogxtest"
)

func TestRecorderKeepsRecords(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	log := slog.New(rec)
	before := time.Now()
	log.With("logger", "app.db", "user", "ada").WithGroup("http").With("status", 200).WithGroup("tls").
		Warn("message", "version", 1.3, slog.Group("peer", "name", "bob"), "ok", true)
	log.Log(t.Context(), -100, "faint")

	records := rec.Records()
	require.Len(t, records, 2)
	r := records[0]
	require.Equal(t, slog.LevelWarn, r.Level)
	require.Equal(t, "message", r.Message)
	require.Equal(t, "app.db", r.Logger)
	require.WithinRange(t, r.Time, before, time.Now())
	require.Contains(t, r.Source.File, "recorder_test.go")
	require.Equal(t, []slog.Attr{
		slog.String("user", "ada"),
		slog.Group("http",
			slog.Int("status", 200),
			slog.Group("tls",
				slog.Float64("version", 1.3),
				slog.Group("peer", slog.String("name", "bob")),
				slog.Bool("ok", true))),
	}, r.Attrs)
	require.Equal(t, slog.Level(-100), records[1].Level)
}

func TestRecordByDottedKeys(t *testing.T) {
	r := slogxtest.Record{
		Level:  slog.LevelWarn,
		Logger: "app",
		Attrs: []slog.Attr{
			slog.Int("k", 1),
			slog.Group("http", slog.Int("status", 200), slog.Group("tls", slog.Bool("ok", true))),
			slog.Int("k", 2),
		},
	}
	require.Equal(t, map[string]any{"k": int64(2), "http.status": int64(200), "http.tls.ok": true}, r.Values())
	r.Message = "message"
	require.Equal(t, "WARNING:app:message k=1 http.status=200 http.tls.ok=true k=2", r.String())
}

func TestRecorderTellsTheNameFromOtherAttributes(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	log := slog.New(rec)
	log.Info("given", "logger", "x")
	log.WithGroup("g").With("logger", "x").Info("in a group")
	log.With("logger", 1).Info("no string")
	log.With("logger", "app").With("logger", "again").Info("the second")

	var names []string
	var values []map[string]any
	for _, r := range rec.Records() {
		names = append(names, r.Logger)
		values = append(values, r.Values())
	}
	require.Equal(t, []string{"", "", "", "app"}, names)
	require.Equal(t, []map[string]any{{"logger": "x"}, {"g.logger": "x"}, {"logger": int64(1)}, {"logger": "again"}}, values)
}

type user struct{ name string }

func (u user) LogValue() slog.Value {
	return slog.GroupValue(slog.String("name", u.name), slog.Any("", nil))
}

func TestRecorderLeavesOutWhatSlogLeavesOut(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	slog.New(rec).With(slog.Group("e"), slog.Any("u", user{"ada"})).WithGroup("a.b").WithGroup("c").With("k", 1).WithGroup("d").
		Info("m", slog.Group("", slog.Int("k", 2)), slog.Group("f", slog.Group("g")), slog.Attr{}, slog.Any("nil", nil))
	slog.New(rec).WithGroup("a.b").WithGroup("c").Info("m")

	records := rec.Records()
	require.Equal(t, []slog.Attr{
		slog.Group("u", slog.String("name", "ada")),
		slog.Group("a.b", slog.Group("c", slog.Int("k", 1), slog.Group("d", slog.Int("k", 2), slog.Any("nil", nil)))),
	}, records[0].Attrs)
	require.Empty(t, records[1].Attrs)
	require.Empty(t, records[1].Values())
}

func TestRecorderLevel(t *testing.T) {
	var level slog.LevelVar
	rec := slogxtest.NewRecorder(&level)
	log := slog.New(rec).With("k", "v")
	log.Debug("one")
	level.Set(slog.LevelDebug)
	log.Debug("two")
	level.Set(slog.LevelError)
	require.NoError(t, rec.Handle(t.Context(), slog.NewRecord(time.Now(), slog.LevelWarn, "without Enabled", 0)))
	require.Equal(t, []string{"two"}, rec.Messages())
}

func TestRecorderTakeAndReset(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	derived := rec.WithAttrs([]slog.Attr{slog.Int("k", 1)}).WithGroup("g")
	require.Empty(t, rec.Records())
	require.Empty(t, rec.String())
	log := func(msg string) { slog.New(derived).Info(msg) }

	log("one")
	log("two")
	records := rec.Records()
	require.Equal(t, 2, rec.Len())
	require.Equal(t, records, rec.Take())
	require.Zero(t, rec.Len())

	log("three")
	require.Equal(t, "INFO:root:three k=1", rec.String())
	require.Equal(t, "one", records[0].Message)
	rec.Reset()
	require.Empty(t, rec.Messages())
}

func TestRecordsAreTheCallersOwn(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	slog.New(rec).Info("one")
	rec.Records()[0].Message = "changed"
	require.Equal(t, []string{"one"}, rec.Messages())
}

func TestRecordStringIsOneLine(t *testing.T) {
	r := slogxtest.Record{
		Level: slog.LevelError, Logger: "a\nb", Message: "one\r\ntwo",
		Attrs: []slog.Attr{slog.Any("err", errors.New("three\nfour")), slog.String("two words", "a=b")},
	}
	require.Equal(t, `ERROR:a\nb:one\r\ntwo err="three\nfour" "two words"="a=b"`, r.String())
}

func TestRecorderIsSafeForConcurrentUse(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	var workers sync.WaitGroup
	for i := range 8 {
		workers.Go(func() {
			log := slog.New(rec).With("worker", i)
			for j := range 20 {
				log.WithGroup(fmt.Sprint(j)).Info("m", "k", j)
				_ = rec.String()
			}
		})
	}
	workers.Wait()
	require.Equal(t, 160, rec.Len())
}

// A noisy value logs when it is resolved.
type noisy struct{ log *slog.Logger }

func (n noisy) LogValue() slog.Value {
	n.log.Info("inner")
	return slog.StringValue("v")
}

func TestRecorderMayBeUsedByWhatItCalls(t *testing.T) {
	tr, rec := slogxtest.NewTree(t)
	log := tr.Logger("app")
	log.Info("outer", "k", noisy{log})
	require.Equal(t, []string{"inner", "outer"}, rec.Messages())
	require.True(t, rec.Reentrant())
	require.True(t, rec.Enabled(context.Background(), slog.LevelDebug))
}
