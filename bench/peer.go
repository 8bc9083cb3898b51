// SPDX-License-Identifier: MIT

package bench

import (
	"io"
	"log/slog"
	"slices"

	"github.com/lmittmann/tint"
	phuslu "github.com/phuslu/log"
	"github.com/rs/zerolog"
	"go.uber.org/zap"
	"go.uber.org/zap/exp/zapslog"
	"go.uber.org/zap/zapcore"

	"github.com/slogx/slogx/format"
)

// A peer makes a slog.Handler of some library.
type peer struct {
	name string
	new  func(w io.Writer) slog.Handler

	// sourced is new for a handler that prints the caller's place; nil if it cannot.
	sourced func(w io.Writer) slog.Handler
}

// slogPeers are the slog.Handlers of others. phuslu is the fastest.
var slogPeers = []peer{
	{"phuslu", func(w io.Writer) slog.Handler { return phuslu.SlogNewJSONHandler(w, nil) },
		func(w io.Writer) slog.Handler {
			return phuslu.SlogNewJSONHandler(w, &slog.HandlerOptions{AddSource: true})
		}},
	{"zerolog", func(w io.Writer) slog.Handler { return zerolog.NewSlogHandler(zerolog.New(w).Level(zerolog.InfoLevel)) }, nil},
	{"zap json", func(w io.Writer) slog.Handler { return zapHandler(w, zapcore.NewJSONEncoder, false) },
		func(w io.Writer) slog.Handler { return zapHandler(w, zapcore.NewJSONEncoder, true) }},
	{"zap console", func(w io.Writer) slog.Handler { return zapHandler(w, zapcore.NewConsoleEncoder, false) },
		func(w io.Writer) slog.Handler { return zapHandler(w, zapcore.NewConsoleEncoder, true) }},
	{"slog json", func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
		func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, &slog.HandlerOptions{AddSource: true}) }},
	{"slog text", func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
		func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, &slog.HandlerOptions{AddSource: true}) }},
	{"tint", func(w io.Writer) slog.Handler { return tint.NewHandler(w, &tint.Options{NoColor: true}) },
		func(w io.Writer) slog.Handler {
			return tint.NewHandler(w, &tint.Options{NoColor: true, AddSource: true})
		}},
}

func zapHandler(w io.Writer, encoder func(zapcore.EncoderConfig) zapcore.Encoder, caller bool) slog.Handler {
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.ISO8601TimeEncoder // all others print a date
	core := zapcore.NewCore(encoder(config), zapcore.AddSync(w), zapcore.InfoLevel)
	return zapslog.NewHandler(core, zapslog.WithCaller(caller))
}

// The layout that most tutorials on Python's logging use, in its three styles.
const (
	percentLayout = "%(asctime)s - %(name)s - %(levelname)s - %(message)s"
	braceLayout   = "{asctime} - {name} - {levelname} - {message}"
	dollarLayout  = "$asctime - $name - $levelname - $message"
)

func formatted(f format.Formatter) func(io.Writer) slog.Handler {
	return func(w io.Writer) slog.Handler { return format.NewHandler(w, f, nil) }
}

func percent(layout string) func(io.Writer) slog.Handler {
	return formatted(format.MustPercent(layout, nil))
}

// ours are the handlers of slogx.
var ours = []peer{
	{"slogx %", percent(percentLayout), percent("%(asctime)s - %(name)s - %(levelname)s - %(filename)s:%(lineno)d - %(message)s")},
	{"slogx {", formatted(format.MustBrace(braceLayout, nil)),
		formatted(format.MustBrace("{asctime} - {name} - {levelname} - {filename}:{lineno} - {message}", nil))},
	{"slogx $", formatted(format.MustDollar(dollarLayout, nil)),
		formatted(format.MustDollar("$asctime - $name - $levelname - $filename:$lineno - $message", nil))},
	{"slogx json", formatted(format.JSON(nil)), formatted(format.JSON(&format.JSONOptions{AddSource: true}))},
}

// everybody are all that make a slog.Handler, slogx first.
func everybody() []peer { return append(ours[:len(ours):len(ours)], slogPeers...) }

// one returns the one of them that has a name, which there is.
func one(name string) peer {
	all := everybody()
	return all[slices.IndexFunc(all, func(p peer) bool { return p.name == name })]
}

// named returns h as a logger with the name would have it.
func named(h slog.Handler) slog.Handler {
	return h.WithAttrs([]slog.Attr{slog.String("logger", loggerName)})
}
