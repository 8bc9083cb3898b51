// SPDX-License-Identifier: MIT

package slogxtest_test

import (
	"fmt"
	"io"
	"log/slog"
	"testing"

	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// A test of a handler of one's own. slog's JSON handler stands for it.
func ExampleTestHandler() {
	_ = func(t *testing.T) {
		slogxtest.TestHandler(t, slogxtest.Target{
			New:   func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
			Parse: slogxtest.ParseJSON,
			Except: map[string]string{
				"empty-group-name": "only a slog.Logger calls it",
				"empty-same":       "returns a copy",
			},
		})
	}
}

func ExampleParseJSON() {
	m, err := slogxtest.ParseJSON([]byte(`{"level":"INFO","msg":"hello","http":{"status":200}}`))
	fmt.Println(m, err)
	// Output: map[http:map[status:200] level:INFO msg:hello] <nil>
}

func ExampleRecorder() {
	rec := slogxtest.NewRecorder(slog.LevelInfo)
	log := slog.New(rec).With("logger", "app.db")
	log.Debug("connecting")
	log.Warn("slow query", "ms", 512, slog.Group("query", "table", "user data"))

	fmt.Println(rec)
	fmt.Println(rec.Records()[0].Values()["query.table"])
	// Output:
	// WARNING:app.db:slow query ms=512 query.table="user data"
	// user data
}

func ExampleNewTree() {
	t := new(testing.T) // the test's own
	tr, rec := slogxtest.NewTree(t)

	tr.Logger("app").Info("starting")
	tr.Logger("app.db").Debug("connected", "host", "db1")

	fmt.Println(rec)
	// Output:
	// INFO:app:starting
	// DEBUG:app.db:connected host=db1
}

func ExampleAssertLogs() {
	t := new(testing.T) // the test's own
	records := slogxtest.AssertLogs(t, tree.Default().Node("foo"), slog.LevelInfo, func() {
		tree.Default().Logger("foo").Info("first message")
		tree.Default().Logger("foo.bar").Error("second message")
	})

	for _, r := range records {
		fmt.Println(r)
	}
	// Output:
	// INFO:foo:first message
	// ERROR:foo.bar:second message
}

func ExampleAssertNoLogs() {
	t := new(testing.T) // the test's own
	slogxtest.AssertNoLogs(t, tree.Default().Node("foo"), slog.LevelWarn, func() {
		tree.Default().Logger("foo").Info("all is well")
	})

	fmt.Println("nothing at WARNING or above")
	// Output: nothing at WARNING or above
}
