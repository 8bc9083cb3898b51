// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/tree"
)

// The configurations that tutorials on Python's logging show, as they stand there.
const (
	tutorialYAML = `version: 1
formatters:
  simple:
    format: '%(asctime)s - %(name)s - %(levelname)s - %(message)s'
handlers:
  console:
    class: logging.StreamHandler
    level: DEBUG
    formatter: simple
  
loggers:
  simpleExample:
    level: DEBUG
    handlers: [console]
    propagate: no
root:
  level: DEBUG
  handlers: [console]
`
	tutorialINI = `
[loggers]
keys=root,sampleLogger

[handlers]
keys=consoleHandler

[formatters]
keys=sampleFormatter

[logger_root]
level=DEBUG
handlers=consoleHandler

[logger_sampleLogger]
level=DEBUG
handlers=consoleHandler
qualname=sampleLogger
propagate=0

[handler_consoleHandler]
class=StreamHandler
level=DEBUG
formatter=sampleFormatter
args=(sys.stdout,)

[formatter_sampleFormatter]
format=%(asctime)s - %(name)s - %(levelname)s - %(message)s
`
	tutorialJSON = `{
    'version': 1,
    'formatters': {
        'simple': {
            'format': '%(asctime)s - %(name)s - %(levelname)s - %(message)s',
        },
        # 其他的 formatter
    },
    'handlers': {
        'console': {
            'class': 'logging.StreamHandler',
            'level': 'DEBUG',
            'formatter': 'simple'
        },
        'file': {
            'class': 'logging.FileHandler',
            'filename': 'logging.log',
            'level': 'DEBUG',
            'formatter': 'simple'
        },
        # 其他的 handler
    },
    'loggers':{
        'StreamLogger': {
            'handlers': ['console'],
            'level': 'DEBUG',
        },
        'FileLogger': {
            # 既有 console Handler，还有 file Handler
            'handlers': ['console', 'file'],
            'level': 'DEBUG',
        },
        # 其他的 Logger
    }
}
`
	tutorialGunicorn = `[loggers]
keys=root, gunicorn.error, gunicorn.access

[handlers]
keys=console

[formatters]
keys=json

[logger_root]
level=INFO
handlers=console

[logger_gunicorn.error]
level=ERROR
handlers=console
propagate=0
qualname=gunicorn.error

[handler_console]
class=StreamHandler
level=INFO
formatter=json
args=(sys.stdout, )

[formatter_json]
class=bdp_service.common.json_logger.JsonFormatter

[logger_gunicorn.access]
level=INFO
handlers=console
propagate=0
qualname=gunicorn.access
`
)

// outputs returns what f prints to os.Stdout and to os.Stderr.
func outputs(t *testing.T, f func()) (stdout, stderr string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stdout")
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	defer func(old *os.File) { os.Stdout = old }(os.Stdout)
	os.Stdout = file
	stderr = testhelp.Stderr(t, f)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text), stderr
}

// loaded writes a document to a file and loads it.
func loaded(t *testing.T, name, text string) *tree.Tree {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	put(t, path, text)
	tr := newTree(t)
	require.NoError(t, config.Load(tr, path))
	return tr
}

const date = `\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}`

func TestTheTutorialsYAML(t *testing.T) {
	stdout, stderr := outputs(t, func() {
		tr := loaded(t, "test.yaml", tutorialYAML)
		tr.Logger("sampleLogger").Debug("this is a debug ") // of a name that the file does not have: the root's handler prints it
		tr.Logger("simpleExample").Info("once")
	})
	require.Empty(t, stdout)
	require.Regexp(t, `^`+date+` - sampleLogger - DEBUG - this is a debug \n`+date+` - simpleExample - INFO - once\n$`, stderr)
}

func TestTheTutorialsINI(t *testing.T) {
	for _, name := range []string{"test.ini", "logging.conf", "setup.cfg"} {
		stdout, stderr := outputs(t, func() {
			loaded(t, name, tutorialINI).Logger("sampleLogger").Info("this is a info ")
		})
		require.Empty(t, stderr)
		require.Regexp(t, `^`+date+` - sampleLogger - INFO - this is a info \n$`, stdout)
	}
}

// It is no JSON: it has single quotes, comments, and commas at the end. It is meant all the same.
func TestTheTutorialsJSON(t *testing.T) {
	dir := t.TempDir()
	text := strings.Replace(tutorialJSON, "logging.log", filepath.ToSlash(dir)+"/logging.log", 1)
	_, stderr := outputs(t, func() {
		tr := loaded(t, "logging_test.json", text)
		tr.Logger("StreamLogger").Debug("to one")
		tr.Logger("FileLogger").Debug("to both")
		tr.Logger("other").Debug("to none: the root has no handler, and is at INFO")
	})
	require.Regexp(t, `^`+date+` - StreamLogger - DEBUG - to one\n`+date+` - FileLogger - DEBUG - to both\n$`, stderr)
	require.Regexp(t, `^`+date+` - FileLogger - DEBUG - to both\n$`, filesOf(t, dir)["logging.log"])
}

func TestTheTutorialsGunicornFile(t *testing.T) {
	_, err := config.Parse([]byte(strings.Replace(tutorialGunicorn, "bdp_service.common", "nobody.knows", 1)), ".conf")
	require.EqualError(t, err, `config: [formatter_json] class (line 27): nobody.knows.json_logger.JsonFormatter is no formatter that is known. `+
		`Nothing is imported: a class of the program's own is to be made known first, with config.Register("nobody.knows.json_logger.JsonFormatter", …)`)
	config.Register("bdp_service.common.json_logger.JsonFormatter", func(*config.Args) (format.Formatter, error) {
		return format.JSON(&format.JSONOptions{Fields: []string{"levelname", "name", "message"}}), nil
	})
	stdout, _ := outputs(t, func() {
		tr := loaded(t, "gunicorn_logging.conf", tutorialGunicorn)
		tr.Logger("gunicorn.error").Info("below its level")
		tr.Logger("gunicorn.error").Error("worker failed", "pid", 7)
		tr.Logger("gunicorn.access").Info("GET /")
		tr.Logger("app").Warn("by the root")
	})
	require.Equal(t, `{"levelname":"ERROR","name":"gunicorn.error","message":"worker failed","pid":7}
{"levelname":"INFO","name":"gunicorn.access","message":"GET /"}
{"levelname":"WARNING","name":"app","message":"by the root"}
`, stdout)
}

// What tutorials have wrong is told as it can be mended, or means what it says.
func TestTheTutorialsErrors(t *testing.T) {
	for _, tt := range []mistaken{
		{"a class that is misspelt", "handlers: {file: {class: logging.handlers.RotaRotatingFileHandler, filename: a}}",
			`handlers.file.class (line 2): logging.handlers.RotaRotatingFileHandler is no handler that is known; did you mean logging.handlers.RotatingFileHandler?`},
		{"a field without its type", "formatters: {f: {format: '%(asctime)s %(name) %(message)s'}}",
			`formatters.f.format (line 2): format: "%(asctime)s %(name) %(message)s" at byte 20: unknown conversion '%' of field "name": its text is %(name)s`},
		{"a field without its parenthesis", "formatters: {f: {format: '%threadName)s'}}",
			`formatters.f.format (line 2): format: "%threadName)s" at byte 0: percent sign without a (name); a literal one is %%`},
		{"the weekday of an old manual", "handlers: {f: {class: logging.handlers.TimedRotatingFileHandler, filename: a, when: W}}",
			`handlers.f (line 2): unknown period "W", want S, M, H, D, midnight, or W0 (Monday) to W6`},
		{"mails", "handlers: {m: {class: logging.handlers.SMTPHandler, mailhost: localhost}}",
			`handlers.m.class (line 2): logging.handlers.SMTPHandler: slogx has no such handler yet; one of the program's own is made known with config.Register`},
		{"a stream that is a text", "handlers: {c: {class: logging.StreamHandler, stream: sys.stdout}}",
			`handlers.c.stream (line 2): want a stream (ext://sys.stdout, ext://sys.stderr), not the text "sys.stdout"`},
	} {
		_, err := config.Parse([]byte("version: 1\n"+tt.text+"\n"), ".yaml")
		require.EqualError(t, err, "config: "+tt.want, tt.name)
	}
	for formatter, want := range map[string]string{
		`{format: "%(asctime)s - [%(levelname)s] - %(levelno)s - %(message)s", datefmt: "%d-%M-%Y"}`:                   `^\d\d-\d\d-\d{4} - \[WARNING\] - 30 - slow user=bo err=no$`, // minutes
		`{format: "%(asctime)s|%(name)-12s: %(levelname)-8s %(message)s", datefmt: "%Y-%m-%d  %H:%M:%S %a "}`:          `^\d{4}-\d\d-\d\d  \d\d:\d\d:\d\d [A-Z][a-z]{2} \|app.db      : WARNING  slow user=bo err=no$`,
		`{format: "%(asctime)s - %(pathname)s[line:%(lineno)d] - %(levelname)s: %(message)s", datefmt: "%Y/%m/%d %X"}`: `^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d - .*classes_test.go\[line:\d+\] - WARNING: slow user=bo err=no$`,
		`{format: "%(asctime)s [%(module)s.%(funcName)s.%(lineno)d] - %(message)s", datefmt: "%m/%d/%Y %H:%M:%S %p"}`:  `^\d\d/\d\d/\d{4} \d\d:\d\d:\d\d [AP]M \[classes_test\.formatted\.\d+\] - slow user=bo err=no$`,
		`{format: "%(levelname)s - %(user)s[%(ip)s] - %(message)s", defaults: {ip: 127.0.0.1}}`:                        `^WARNING - bo\[127\.0\.0\.1\] - slow err=no$`,
	} {
		require.Regexp(t, want, formatted(t, formatter))
	}
}

// The tutorials rotate a file at 500 bytes, and keep five of them; and empty it with mode w, which a file that is rotated ignores.
func TestTheTutorialsRotatingFile(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		tr := newTree(t)
		apply(t, tr, inDir(`{version: 1, root: {level: DEBUG, handlers: [h]},
formatters: {f: {format: "%(levelname)s - %(message)s"}},
handlers: {h: {class: logging.handlers.RotatingFileHandler, filename: "DIR/r.log", mode: w, maxBytes: 500, backupCount: 5, formatter: f}}}`, dir))
		for range 10 {
			tr.Logger("r").Debug(strings.Repeat("x", 91)) // lines of 100 bytes
		}
		require.NoError(t, tr.Shutdown(context.Background()))
	}
	line := "DEBUG - " + strings.Repeat("x", 91) + "\n"
	want := map[string]string{}
	for _, name := range []string{"r.log", "r.log.1", "r.log.2", "r.log.3", "r.log.4"} {
		want[name] = strings.Repeat(line, 4)
	}
	require.Equal(t, want, filesOf(t, dir))
}
