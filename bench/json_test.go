// SPDX-License-Identifier: MIT

package bench

import (
	"log/slog"
	"testing"

	phuslu "github.com/phuslu/log"

	"github.com/slogx/slogx/format"
)

// json returns a handler that prints JSON.
func json(opts *format.JSONOptions) slog.Handler {
	return format.NewHandler(new(void), format.JSON(opts), nil)
}

// jsonPeers are those that print JSON.
func jsonPeers() []peer {
	var some []peer
	for _, p := range peers {
		if p.name != "slogtext" && p.name != "tint" {
			some = append(some, p)
		}
	}
	return some
}

// pythonJSON are the fields that programs in Python print most often.
var pythonJSON = &format.JSONOptions{Fields: []string{"asctime", "name", "levelname", "message"}}

// BenchmarkJSONLine measures handlers alone, with a record of five attributes from a named logger.
func BenchmarkJSONLine(b *testing.B) {
	r := newRecord()
	for _, p := range jsonPeers() {
		handle(b, p.name, named(p.new(new(void))), r)
	}
	handle(b, "json", named(json(nil)), r)
	handle(b, "json-python", named(json(pythonJSON)), r)
	same := func(_ []string, a slog.Attr) slog.Attr { return a }
	handle(b, "json-replace", named(json(&format.JSONOptions{ReplaceAttr: same})), r)
	handle(b, "json-edit", named(json(&format.JSONOptions{Edit: func(attrs []slog.Attr) []slog.Attr { return attrs }})), r)
}

// BenchmarkJSONBound is BenchmarkJSONLine with the five attributes bound.
func BenchmarkJSONBound(b *testing.B) {
	r := newRecord()
	var attrs []slog.Attr
	r.Attrs(func(a slog.Attr) bool { attrs = append(attrs, a); return true })
	short := newShortRecord()
	for _, p := range jsonPeers() {
		handle(b, p.name, named(p.new(new(void))).WithAttrs(attrs), short)
	}
	handle(b, "json", named(json(nil)).WithAttrs(attrs), short)
}

// BenchmarkJSONGroup is BenchmarkJSONLine below a group.
func BenchmarkJSONGroup(b *testing.B) {
	r := newRecord()
	for _, p := range jsonPeers() {
		handle(b, p.name, named(p.new(new(void))).WithGroup("request"), r)
	}
	handle(b, "json", named(json(nil)).WithGroup("request"), r)
}

// BenchmarkJSONCaller is BenchmarkJSONLine with the caller's function, file and line.
func BenchmarkJSONCaller(b *testing.B) {
	r := newRecord()
	opts := &slog.HandlerOptions{AddSource: true}
	handle(b, "phuslu", named(phuslu.SlogNewJSONHandler(new(void), opts)), r)
	handle(b, "slogjson", named(slog.NewJSONHandler(new(void), opts)), r)
	handle(b, "json", named(json(&format.JSONOptions{AddSource: true})), r)
}

// BenchmarkJSONWith is the pattern of a server: With of three attributes and one record on the result.
func BenchmarkJSONWith(b *testing.B) {
	for _, p := range jsonPeers() {
		perRequest(b, p.name, named(p.new(new(void))))
	}
	perRequest(b, "json", named(json(nil)))
	perRequest(b, "tree+json", under(json(nil)))
}
