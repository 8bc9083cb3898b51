// SPDX-License-Identifier: MIT

package bench

import (
	"io"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/juju/loggo/v2"
	phuslu "github.com/phuslu/log"
	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// took is what one of the attributes says.
const took = 1500 * time.Microsecond

// natives are libraries by way of their own front ends. They know nothing of slog's records, so they need not make any.
var natives = []library{zapNative, zerologNative, phusluNative, logrusNative, hclogNative, loggoNative}

// times does f n times.
func times(f func()) func(int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}

func zapLogger(w io.Writer) *zap.Logger {
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.ISO8601TimeEncoder
	core := zapcore.NewCore(zapcore.NewJSONEncoder(config), zapcore.AddSync(w), zapcore.InfoLevel)
	return zap.New(core).Named(loggerName)
}

var zapNative = library{
	name: "zap (own calls)",
	disabled: func(w io.Writer) func(int) {
		log := zapLogger(w)
		return times(func() { log.Debug(message) })
	},
	message: func(w io.Writer) func(int) {
		log := zapLogger(w)
		return times(func() { log.Info(message) })
	},
	five: func(w io.Writer) func(int) {
		log := zapLogger(w)
		return times(func() {
			log.Info(message, zap.String("user", "alice"), zap.Int("attempt", 3), zap.Duration("took", took),
				zap.Bool("cached", true), zap.String("path", "/var/lib/app/data.db"))
		})
	},
	request: func(w io.Writer) func(int) {
		log := zapLogger(w)
		return times(func() {
			log.With(zap.Int("request", 17), zap.String("user", "alice"), zap.Bool("admin", true)).Info(message)
		})
	},
}

func zerologLogger(w io.Writer) zerolog.Logger {
	return zerolog.New(w).Level(zerolog.InfoLevel).With().Timestamp().Str("logger", loggerName).Logger()
}

var zerologNative = library{
	name: "zerolog (own calls)",
	disabled: func(w io.Writer) func(int) {
		log := zerologLogger(w)
		return times(func() { log.Debug().Msg(message) })
	},
	message: func(w io.Writer) func(int) {
		log := zerologLogger(w)
		return times(func() { log.Info().Msg(message) })
	},
	five: func(w io.Writer) func(int) {
		log := zerologLogger(w)
		return times(func() {
			log.Info().Str("user", "alice").Int("attempt", 3).Dur("took", took).Bool("cached", true).
				Str("path", "/var/lib/app/data.db").Msg(message)
		})
	},
	request: func(w io.Writer) func(int) {
		log := zerologLogger(w)
		return times(func() {
			own := log.With().Int("request", 17).Str("user", "alice").Bool("admin", true).Logger()
			own.Info().Msg(message)
		})
	},
}

func phusluLogger(w io.Writer) *phuslu.Logger {
	return &phuslu.Logger{Level: phuslu.InfoLevel, Writer: &phuslu.IOWriter{Writer: w},
		Context: phuslu.NewContext(nil).Str("logger", loggerName).Value()}
}

var phusluNative = library{
	name: "phuslu (own calls)",
	disabled: func(w io.Writer) func(int) {
		log := phusluLogger(w)
		return times(func() { log.Debug().Msg(message) })
	},
	message: func(w io.Writer) func(int) {
		log := phusluLogger(w)
		return times(func() { log.Info().Msg(message) })
	},
	five: func(w io.Writer) func(int) {
		log := phusluLogger(w)
		return times(func() {
			log.Info().Str("user", "alice").Int("attempt", 3).Dur("took", took).Bool("cached", true).
				Str("path", "/var/lib/app/data.db").Msg(message)
		})
	},
	request: func(w io.Writer) func(int) {
		log := phusluLogger(w)
		return times(func() {
			own := *log
			own.Context = phuslu.NewContext(own.Context[:len(own.Context):len(own.Context)]).
				Int("request", 17).Str("user", "alice").Bool("admin", true).Value()
			own.Info().Msg(message)
		})
	},
}

func logrusLogger(w io.Writer) *logrus.Entry {
	log := logrus.New()
	log.SetOutput(w)
	log.SetFormatter(&logrus.JSONFormatter{})
	return log.WithField("logger", loggerName)
}

var logrusNative = library{
	name: "logrus",
	disabled: func(w io.Writer) func(int) {
		log := logrusLogger(w)
		return times(func() { log.Debug(message) })
	},
	message: func(w io.Writer) func(int) {
		log := logrusLogger(w)
		return times(func() { log.Info(message) })
	},
	five: func(w io.Writer) func(int) {
		log := logrusLogger(w)
		return times(func() {
			log.WithFields(logrus.Fields{"user": "alice", "attempt": 3, "took": took, "cached": true,
				"path": "/var/lib/app/data.db"}).Info(message)
		})
	},
	request: func(w io.Writer) func(int) {
		log := logrusLogger(w)
		return times(func() { log.WithFields(logrus.Fields{"request": 17, "user": "alice", "admin": true}).Info(message) })
	},
}

func hclogLogger(w io.Writer) hclog.Logger {
	return hclog.New(&hclog.LoggerOptions{Name: loggerName, Output: w, Level: hclog.Info})
}

var hclogNative = library{
	name: "hclog",
	disabled: func(w io.Writer) func(int) {
		log := hclogLogger(w)
		return times(func() { log.Debug(message) })
	},
	message: func(w io.Writer) func(int) {
		log := hclogLogger(w)
		return times(func() { log.Info(message) })
	},
	five: func(w io.Writer) func(int) {
		log := hclogLogger(w)
		return times(func() {
			log.Info(message, "user", "alice", "attempt", 3, "took", took, "cached", true, "path", "/var/lib/app/data.db")
		})
	},
	request: func(w io.Writer) func(int) {
		log := hclogLogger(w)
		return times(func() { log.With("request", 17, "user", "alice", "admin", true).Info(message) })
	},
}

func loggoLogger(w io.Writer) loggo.Logger {
	context := loggo.NewContext(loggo.INFO)
	if err := context.AddWriter("default", loggo.NewSimpleWriter(w, nil)); err != nil {
		panic(err)
	}
	return context.GetLogger(loggerName)
}

var loggoNative = library{
	name: "loggo",
	disabled: func(w io.Writer) func(int) {
		log := loggoLogger(w)
		return times(func() { log.Debugf(message) })
	},
	message: func(w io.Writer) func(int) {
		log := loggoLogger(w)
		return times(func() { log.Infof(message) })
	},
	five: func(w io.Writer) func(int) { // it has no attributes
		log := loggoLogger(w)
		return times(func() {
			log.Infof("connection accepted user=%s attempt=%d took=%v cached=%t path=%s", "alice", 3, took, true, "/var/lib/app/data.db")
		})
	},
}
