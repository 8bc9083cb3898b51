// SPDX-License-Identifier: MIT

package format_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
)

// withoutTime leaves out the time, which is another one each time.
func withoutTime(groups []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey && len(groups) == 0 {
		return slog.Attr{}
	}
	return a
}

func ExampleJSON() {
	h := format.NewHandler(os.Stdout, format.JSON(nil), nil)
	r := slog.NewRecord(time.Date(2026, 1, 2, 15, 4, 5, 678e6, time.UTC), slog.LevelWarn, "slow query", 0)
	r.AddAttrs(slog.Int("rows", 17), slog.Duration("took", 3*time.Second))
	_ = h.WithAttrs([]slog.Attr{slog.String("logger", "app.db")}).WithGroup("query").Handle(context.Background(), r)
	// Output: {"time":"2026-01-02T15:04:05.678Z","level":"WARN","msg":"slow query","logger":"app.db","query":{"rows":17,"took":3000000000}}
}

func ExampleJSON_python() {
	f := format.JSON(&format.JSONOptions{
		Fields: []string{"levelname", "name", "message", "request_id"},
		Rename: map[string]string{"levelname": "severity"},
		Static: []slog.Attr{slog.String("service", "shop")},
		ASCII:  true,
		Prefix: "@cee: ",
	})
	log := slog.New(format.NewHandler(os.Stdout, f, nil)).With("logger", "shop.cart", "request_id", 7)
	log.Warn("café is empty", "user", "bob")
	// Output: @cee: {"severity":"WARNING","name":"shop.cart","message":"caf\u00e9 is empty","request_id":7,"service":"shop","user":"bob"}
}

func ExampleJSONOptions_levelName() {
	f := format.JSON(&format.JSONOptions{LevelName: levels.Name, ReplaceAttr: withoutTime})
	log := slog.New(format.NewHandler(os.Stdout, f, nil))
	log.Warn("disk is nearly full")
	// Output: {"level":"WARNING","msg":"disk is nearly full"}
}

func ExampleJSONOptions_edit() {
	inOneObject := func(attrs []slog.Attr) []slog.Attr {
		var labels []slog.Attr
		rest := attrs[:0]
		for _, a := range attrs {
			if key, ok := strings.CutPrefix(a.Key, "label."); ok {
				labels = append(labels, slog.Attr{Key: key, Value: a.Value})
				continue
			}
			rest = append(rest, a)
		}
		return append(rest, slog.Attr{Key: "labels", Value: slog.GroupValue(labels...)})
	}
	f := format.JSON(&format.JSONOptions{Fields: []string{"level", "msg"}, Edit: inOneObject})
	log := slog.New(format.NewHandler(os.Stdout, f, nil))
	log.Info("ready", "label.zone", "eu", "port", 8080, "label.pod", 3)
	// Output: {"level":"INFO","msg":"ready","port":8080,"labels":{"zone":"eu","pod":3}}
}

func ExampleJSONOptions_fallback() {
	text := func(v any, _ error) any { return fmt.Sprint(v) }
	f := format.JSON(&format.JSONOptions{Fields: []string{"msg"}, Fallback: text})
	slog.New(format.NewHandler(os.Stdout, f, nil)).Info("solved", "root", 2i)
	// Output: {"msg":"solved","root":"(0+2i)"}
}
