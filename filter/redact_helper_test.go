// SPDX-License-Identifier: MIT

package filter_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
)

// A lineHandler prints records as this module's formatters do, one in each manner.
type lineHandler struct {
	w     io.Writer
	scope *record.Scope
}

func (h *lineHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h *lineHandler) Handle(_ context.Context, r slog.Record) error {
	rec := record.Borrow(r, h.scope, nil)
	defer rec.Release()
	line := append(text.AppendLine(nil, rec), '\n')
	for _, raw := range []bool{false, true} {
		r.Attrs(func(a slog.Attr) bool {
			line = append(text.AppendPlain(line, a.Value, raw), '\n')
			return true
		})
		for _, a := range h.scope.All() {
			line = append(text.AppendPlain(line, a.Value, raw), '\n')
		}
	}
	_, err := h.w.Write(line)
	return err
}

func (h *lineHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &lineHandler{h.w, h.scope.WithAttrs(record.Resolve(attrs))}
}

func (h *lineHandler) WithGroup(name string) slog.Handler {
	return &lineHandler{h.w, h.scope.WithGroup(name)}
}

// An anyHandler prints values with other verbs of fmt, and marshals them as others may.
type anyHandler struct{ lineHandler }

func (h *anyHandler) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		raw, err := json.Marshal(a.Value.Any())
		fmt.Fprintf(h.w, "%v %+v %v %s %v\n", a.Value, a.Value, a.Value.Any(), raw, err)
		return true
	})
	return nil
}

func (h *anyHandler) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h *anyHandler) WithGroup(string) slog.Handler      { return h }

// printedBy returns what the handlers print of what log logs, behind the filter.
func printedBy(f filter.Filter, log func(*slog.Logger)) string {
	var buf bytes.Buffer
	for _, h := range []slog.Handler{
		jsonTo(&buf),
		slog.NewTextHandler(&buf, &slog.HandlerOptions{ReplaceAttr: dropTime}),
		&lineHandler{w: &buf},
		&anyHandler{lineHandler{w: &buf}},
	} {
		log(slog.New(filter.NewHandler(h, f)))
	}
	return buf.String()
}

// jsonOf and textOf return what slog's handlers print behind the filter.
func jsonOf(f filter.Filter, log func(*slog.Logger)) string {
	var buf bytes.Buffer
	log(slog.New(filter.NewHandler(jsonTo(&buf), f)))
	return strings.TrimSpace(strings.TrimPrefix(buf.String(), `{"level":"INFO","msg":"m",`))
}

func textOf(f filter.Filter, log func(*slog.Logger)) string {
	var buf bytes.Buffer
	h := slog.NewTextHandler(&buf, &slog.HandlerOptions{ReplaceAttr: dropTime})
	log(slog.New(filter.NewHandler(h, f)))
	return strings.TrimSpace(strings.TrimPrefix(buf.String(), "level=INFO msg=m "))
}

func matching(patterns ...string) filter.Filter {
	opts := &filter.RedactOptions{}
	for _, p := range patterns {
		opts.Patterns = append(opts.Patterns, regexp.MustCompile(p))
	}
	return filter.Redact(opts)
}
