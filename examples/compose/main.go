// SPDX-License-Identifier: MIT

// Compose hangs handlers of every kind on one tree, and makes the tree slog's default.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
)

func main() {
	lines := format.NewHandler(os.Stdout, format.MustPercent("%(levelname)-8s %(name)-10s %(message)s", nil), nil)
	json := slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: withoutTime})

	root := slogx.Node("")
	root.SetLevel(levels.Trace)
	root.AddHandler(levels.NewHandler(lines, levels.Notice)) // quieter than the loggers
	slogx.Node("app").AddHandler(filter.NewHandler(json, filter.Name("app.http"), filter.Func(slow)))
	slog.SetDefault(slogx.GetLogger(""))

	http := slogx.GetLogger("app.http").With("request", "r1")
	http.Info("served", "ms", 12)
	http.Info("served", "ms", 1200)
	slogx.GetLogger("app.cron").Log(context.Background(), levels.Notice, "started", "jobs", 3)
	slog.Warn("disk almost full", slog.Group("disk", "name", "sda1", "free", "2%"))

	fmt.Println(slogx.Default())
	fmt.Println(slogx.Default().Explain("app.http", slog.LevelInfo))
}

// slow passes records of requests that took long.
func slow(_ context.Context, r *filter.Record) bool {
	ms, ok := r.Attr("ms")
	return ok && ms.Int64() > 1000
}

func withoutTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
