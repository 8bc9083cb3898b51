// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"time"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
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

func ExampleLevel() {
	log := slog.New(filter.NewHandler(onStdout(), filter.Level(slog.LevelError)))
	log.Warn("not printed")
	log.Error("errors only")
	log.Log(context.Background(), levels.Critical, "not printed")
	// Output: level=ERROR msg="errors only"
}

func ExampleLevelRange() {
	log := slog.New(filter.NewHandler(onStdout(), filter.LevelRange(nil, slog.LevelWarn)))
	log.Warn("for those who look now and then")
	log.Error("not printed")
	// Output: level=WARN msg="for those who look now and then"
}

func ExampleMessageContains() {
	log := slog.New(filter.NewHandler(onStdout(), filter.Not(filter.MessageContains("heartbeat"))))
	log.Info("heartbeat sent")
	log.Info("order received")
	// Output: level=INFO msg="order received"
}

func ExampleMessageMatches() {
	log := slog.New(filter.NewHandler(onStdout(), filter.MessageMatches(regexp.MustCompile(`^(GET|POST) /api/`))))
	log.Info("GET /index.html")
	log.Info("POST /api/orders")
	// Output: level=INFO msg="POST /api/orders"
}

func ExampleAttr() {
	failed := filter.Attr("http.status", func(v slog.Value) bool { return v.Int64() >= 500 })
	log := slog.New(filter.NewHandler(onStdout(), failed)).WithGroup("http")
	log.Info("request", "status", 200)
	log.Info("request", "status", 503)
	// Output: level=INFO msg=request http.status=503
}

func ExampleAttrEquals() {
	log := slog.New(filter.NewHandler(onStdout(), filter.AttrEquals("tenant", "acme")))
	log.With("tenant", "acme").Info("logged in", "user", "ann")
	log.With("tenant", "other").Info("logged in", "user", "bob")
	// Output: level=INFO msg="logged in" tenant=acme user=ann
}

func ExampleAll() {
	slowQueries := filter.All(filter.Name("app.db"), filter.MessageContains("slow"))
	log := slog.New(filter.NewHandler(onStdout(), slowQueries))
	log.With("logger", "app.db").Info("slow query")
	log.With("logger", "app.db").Info("query")
	log.With("logger", "app.web").Info("slow request")
	// Output: level=INFO msg="slow query" logger=app.db
}

func ExampleAny() {
	log := slog.New(filter.NewHandler(onStdout(), filter.Any(
		filter.LevelRange(slog.LevelError, nil), // all errors, and of the rest
		filter.Name("app.db"),
	)))
	log.With("logger", "app.db").Info("connected")
	log.With("logger", "app.web").Info("not printed")
	log.With("logger", "app.web").Error("failed")
	// Output:
	// level=INFO msg=connected logger=app.db
	// level=ERROR msg=failed logger=app.web
}

func ExampleNot() {
	log := slog.New(filter.NewHandler(onStdout(), filter.Not(filter.Name("noisy"))))
	log.With("logger", "noisy.lib").Info("not printed")
	log.With("logger", "app").Info("printed")
	// Output: level=INFO msg=printed logger=app
}

func ExampleCounter() {
	counter := filter.NewCounter()
	log := slog.New(filter.NewHandler(onStdout(), counter))
	for range 3 {
		log.With("logger", "app").Info("served")
	}
	log.With("logger", "app.db").Error("lost the connection")

	fmt.Println(counter.Total(), "records:", counter.ByLogger())
	fmt.Println(counter.ByLevel()[slog.LevelError], "errors")
	// Output:
	// level=INFO msg=served logger=app
	// level=INFO msg=served logger=app
	// level=INFO msg=served logger=app
	// level=ERROR msg="lost the connection" logger=app.db
	// 4 records: map[app:3 app.db:1]
	// 1 errors
}

type requestKey struct{}

func ExampleEnrich() {
	log := slog.New(filter.NewHandler(onStdout(), filter.Enrich(func(ctx context.Context) []slog.Attr {
		if id, ok := ctx.Value(requestKey{}).(string); ok {
			return []slog.Attr{slog.String("request", id)}
		}
		return nil
	})))
	ctx := context.WithValue(context.Background(), requestKey{}, "r1")
	log.InfoContext(ctx, "served")
	log.WithGroup("http").InfoContext(ctx, "served", "status", 200)
	log.Info("no request")
	// Output:
	// level=INFO msg=served request=r1
	// level=INFO msg=served http.status=200 http.request=r1
	// level=INFO msg="no request"
}

func ExampleEnrichOuter() {
	log := slog.New(filter.NewHandler(onStdout(), filter.EnrichOuter(func(ctx context.Context) []slog.Attr {
		return []slog.Attr{slog.Any("trace", ctx.Value(requestKey{}))}
	})))
	ctx := context.WithValue(context.Background(), requestKey{}, "4bf92f35")
	log.WithGroup("http").With("method", "GET").InfoContext(ctx, "served", "status", 200)
	// Output: level=INFO msg=served trace=4bf92f35 http.method=GET http.status=200
}

func ExampleReplaceAttr() {
	inMillis := filter.ReplaceAttr(func(_ []string, a slog.Attr) slog.Attr {
		if a.Value.Kind() == slog.KindDuration {
			return slog.Int64(a.Key+"_ms", a.Value.Duration().Milliseconds())
		}
		return a
	})
	log := slog.New(filter.NewHandler(onStdout(), inMillis))
	log.Info("served", "took", 1500*time.Millisecond, slog.Group("db", "took", time.Second))
	// Output: level=INFO msg=served took_ms=1500 db.took_ms=1000
}

func ExampleRemove() {
	log := slog.New(filter.NewHandler(onStdout(), filter.Remove("http.headers", "debug")))
	log.With("debug", true).WithGroup("http").Info("served", "status", 200, slog.Group("headers", "accept", "*/*"))
	// Output: level=INFO msg=served http.status=200
}
