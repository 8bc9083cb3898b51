// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
)

const secret = "S3CR3T"

// Values that hold the secret, each printed in a way of its own.
type (
	account  struct{ User, Password string }
	stringer struct{ text string }
	valuer   struct{ text string }
)

func (s stringer) String() string     { return s.text }
func (v valuer) LogValue() slog.Value { return slog.GroupValue(slog.String("password", v.text)) }

// TestRedactLeavesNothingInWhatOurFormattersPrint covers formatters that package filter may not import.
func TestRedactLeavesNothingInWhatOurFormattersPrint(t *testing.T) {
	t.Setenv("FORCE_COLOR", "1")
	handlers := map[string]func(io.Writer) slog.Handler{
		"console": func(w io.Writer) slog.Handler { return format.NewConsole(w, nil) },
	}
	raw := &format.Options{Raw: true}
	for name, f := range map[string]format.Formatter{
		"percent": format.MustPercent("%(message)s %(x)s %(x)r %(g.x)a", nil), "raw": format.MustPercent("%(attrs)s %(x)s %(x)r %(msg)s", raw),
		"brace": format.MustBrace("{message} {x!r} {x[Password]} {g.x}", nil), "dollar": format.MustDollar("$message $x ${g.x}", nil),
		"json": format.JSON(nil), "json with stacks": format.JSON(&format.JSONOptions{Stacks: format.StackText, Fields: []string{"message", "x"}}),
	} {
		handlers[name] = func(w io.Writer) slog.Handler {
			return format.NewHandler(w, f, &format.HandlerOptions{OnError: func(error) {}})
		}
	}
	redact := filter.Redact(&filter.RedactOptions{Keys: []string{"password"}, Patterns: []*regexp.Regexp{regexp.MustCompile(secret)}})
	for name, newHandler := range handlers {
		for _, v := range []any{
			secret, account{"ann", secret}, &account{"bob", secret}, map[string]any{"a": []string{secret}}, []byte(secret),
			stringer{secret}, valuer{secret}, errors.New(secret), fmt.Errorf("with: %w", errors.New(secret)), []error{errors.New(secret)},
		} {
			err, _ := v.(error)
			var buf bytes.Buffer
			log := slog.New(filter.NewHandler(newHandler(&buf), redact)).With("x", v)
			log.Error("is "+secret, "x", v, slog.Group("g", "x", v, "password", v), slogx.Err(err))
			log.WithGroup("g").With("x", v, slogx.Err(err)).Error("m", "password", v)
			require.NotContains(t, buf.String(), secret, "%s %T", name, v)
			require.Contains(t, buf.String(), "REDACTED", "%s %T", name, v)
		}
	}
}
