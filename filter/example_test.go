// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"log/slog"
	"os"

	"github.com/slogx/slogx/filter"
)

func onStdout() slog.Handler {
	return slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: dropTime})
}

func ExampleNewHandler() {
	addHost := filter.Func(func(_ context.Context, r *filter.Record) bool {
		r.AddAttrs(slog.String("host", "db1"))
		return true
	})
	log := slog.New(filter.NewHandler(onStdout(), filter.Name("app.db"), addHost))

	log.With("logger", "app.db.pool").Info("connected") // as loggers of a tree do
	log.With("logger", "app.web").Info("not printed")
	// Output: level=INFO msg=connected logger=app.db.pool host=db1
}

func ExampleName() {
	log := slog.New(filter.NewHandler(onStdout(), filter.Name("A.B")))
	for _, name := range []string{"A", "A.B", "A.B.C", "A.BB"} {
		log.With("logger", name).Info("passed")
	}
	// Output:
	// level=INFO msg=passed logger=A.B
	// level=INFO msg=passed logger=A.B.C
}

func ExampleFunc() {
	noPings := filter.Func(func(_ context.Context, r *filter.Record) bool {
		path, ok := r.Attr("http.path")
		return !ok || path.String() != "/ping"
	})
	log := slog.New(filter.NewHandler(onStdout(), noPings)).WithGroup("http")

	log.Info("request", "path", "/ping")
	log.Info("request", "path", "/index")
	// Output: level=INFO msg=request http.path=/index
}
