// SPDX-License-Identifier: MIT

// Requests is a web server whose lines carry the id of their request, without every function passing
// it on, in which no secret is printed, and which counts what it logs.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
)

var (
	httpLog = slogx.GetLogger("shop.http")
	dbLog   = slogx.GetLogger("shop.db")
)

// An account is logged whole; what is secret in it must not be printed.
type account struct {
	User     string
	Password string
}

func main() {
	records := filter.NewCounter()
	configure(records)

	server := httptest.NewServer(withID(http.HandlerFunc(login)))
	defer server.Close()
	for _, user := range []string{"ann", "bob"} {
		resp, err := http.Post(server.URL+"/login?token=t0p-s3cret", "text/plain", strings.NewReader(user))
		if err != nil {
			panic(err)
		}
		resp.Body.Close()
	}
	fmt.Println(records.Total(), "records:", records.ByLogger())
}

// configure has all lines printed by one handler, behind filters that are asked in turn.
func configure(records *filter.Counter) {
	lines := format.NewHandler(os.Stdout, format.MustPercent("%(levelname)-7s %(name)-9s [%(request)s] %(message)s", nil), nil)
	slogx.Node("").AddHandler(filter.NewHandler(lines,
		filter.Name("shop"), // the program's own, not what libraries log
		filter.EnrichOuter(requestID),
		filter.Redact(&filter.RedactOptions{
			Keys:     []string{"password"},
			Patterns: []*regexp.Regexp{regexp.MustCompile(`token=\S+`)},
		}),
		records,
	))
	slogx.Node("").SetLevel(slog.LevelInfo)
}

type idKey struct{}

// requestID finds the request's id in the context of a logging call.
func requestID(ctx context.Context) []slog.Attr {
	return []slog.Attr{slog.Any("request", ctx.Value(idKey{}))}
}

// withID gives each request an id.
func withID(next http.Handler) http.Handler {
	n := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), idKey{}, fmt.Sprint("r", n))))
	})
}

func login(_ http.ResponseWriter, r *http.Request) {
	log := httpLog.WithGroup("http").With("method", r.Method)
	log.InfoContext(r.Context(), "request", "url", r.URL.String())
	var user string
	fmt.Fscan(r.Body, &user)
	find(r.Context(), user)
}

func find(ctx context.Context, user string) {
	dbLog.InfoContext(ctx, "login", "account", account{User: user, Password: "hunter2"})
	if user == "bob" {
		dbLog.WarnContext(ctx, "account is locked", "user", user)
	}
}
