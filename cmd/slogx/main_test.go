// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/tree"
)

// called runs the command in testdata, so that files have short names and those that they name could be created.
func called(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	before := listed(t)
	var out, errs bytes.Buffer
	code = run(args, &out, &errs)
	require.Equal(t, before, listed(t), "files were created, changed or removed")
	return code, out.String(), errs.String()
}

// inTestdata has the test run where its files are.
func inTestdata(t *testing.T) {
	t.Helper()
	t.Setenv(levelsVariable, "")
	t.Chdir("testdata")
}

// listed returns every file of the directory with its contents.
func listed(t *testing.T) string {
	var b strings.Builder
	err := filepath.WalkDir(".", func(path string, entry os.DirEntry, err error) error {
		b.WriteString(path + "\n")
		if err == nil && !entry.IsDir() {
			text, err := os.ReadFile(path)
			b.Write(text)
			return err
		}
		return err
	})
	require.NoError(t, err)
	return b.String()
}

func TestCheckTellsEachMistakeWithItsLineInOrder(t *testing.T) {
	inTestdata(t)
	code, stdout, stderr := called(t, "check", "mistakes.yaml")
	require.Equal(t, mistakes, code)
	require.Empty(t, stdout)
	require.Equal(t, `mistakes.yaml:3: formatters.line.format: format: "%(levelnam)s %(asctime" at byte 13: unclosed field
mistakes.yaml:5: handlers.file.level: levels: level "DEBUGG": unknown name; did you mean DEBUG?
mistakes.yaml:5: handlers.file.backupCount: want a whole number, not the text "many"
mistakes.yaml:5: handlers.file.maxbytes: no such argument; did you mean maxBytes?
mistakes.yaml:6: handlers.own.class: my.Handler is no handler that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("my.Handler", …)
mistakes.yaml:8: loggers.app.propagate: want true or false, not the text "maybe"
mistakes.yaml:8: loggers.app.handlers[0]: there is no handler "fil"; did you mean file?
mistakes.yaml:9: warning: comment: no such key: it is left out; known: version, incremental, disable_existing_loggers, environment, formatters, filters, handlers, loggers, root
mistakes.yaml:5: warning: handlers.file: no logger uses this handler: it is not opened
mistakes.yaml:6: warning: handlers.own: no logger uses this handler: it is not opened
`, stderr)
}

func TestCheck(t *testing.T) {
	inTestdata(t)
	for _, tt := range []struct {
		name, args string
		code       int
		stderr     string
	}{
		{"an INI file without mistakes", "python.ini", ok, ""},
		{"a file that cannot be opened", "service.yaml", mistakes, "service.yaml:9: handlers.errors: rotate: open "},
		{"a warning", "warns.yaml", ok, "warns.yaml:5: warning: colour: no such key: it is left out"},
		{"a warning that counts", "-strict warns.yaml", mistakes, "warns.yaml:4: warning: handlers.unused: no logger uses this handler: it is not opened\n"},
		{"a class of the program's own that is named", "-formatter bdp_service.common.json_logger.JsonFormatter gunicorn.conf", ok, ""},
		{"an incremental document", "levels.yaml", ok, ""},
		{"a default that is missing", "defaults.ini", mistakes, "defaults.ini:11: [handler_file] args: %(dir)s names no option of [handler_file] or [DEFAULT]\n"},
		{"defaults", "-default dir=. -default LVL=info defaults.ini", ok, ""},
		{"a default that is wrong", "-default dir=. -default lvl=LOUD defaults.ini", mistakes, "defaults.ini:8: [logger_root] level: levels: level \"LOUD\""},
		{"a default without a name", "-default =x defaults.ini", usage, "want NAME=VALUE"},
		{"a default without a value", "-default x defaults.ini", usage, "want NAME=VALUE"},
		{"no file", "none.yaml", mistakes, "open none.yaml: "},
		{"no format", "../main.go", mistakes, `".go" is the ending of no format`},
		{"nothing", "", usage, "slogx check: there are 0 arguments, want FILE\nusage: slogx check [flags] FILE\n"},
		{"two files", "a b", usage, "slogx check: there are 2 arguments, want FILE\n"},
		{"a flag behind the file", "a -strict", usage, "slogx check: \"-strict\" stands behind an argument: flags stand before them\n"},
		{"no such flag", "-x a", usage, "flag provided but not defined: -x\n"},
		{"help", "-h", ok, "usage: slogx check [flags] FILE\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, stdout, stderr := called(t, append([]string{"check"}, strings.Fields(tt.args)...)...)
			require.Equal(t, tt.code, code, stderr)
			require.Empty(t, stdout)
			if tt.stderr == "" {
				require.Empty(t, stderr)
			}
			require.Contains(t, stderr, tt.stderr)
		})
	}
}

func TestTreeDrawsWhatWouldBeAndOpensNothing(t *testing.T) {
	testhelp.TwoStreams(t)
	inTestdata(t)
	for _, tt := range []struct{ args, levels, want string }{
		{"service.yaml app.db.pool", "", `root INFO
│  handler console > format.Handler(stdout, "%(asctime)s %(levelname)-8s %(name)s %(message)s")
└─ app DEBUG
   │  handler errors (maxBytes 1000, backupCount 3) > filter.Handler(Name("app.db")) > levels.Handler(ERROR) > format.Handler(missing/errors-{pid}.log, "%(asctime)s %(levelname)-8s %(name)s %(message)s")
   ├─ app.db.pool (DEBUG)
   └─ app.http WARNING, propagate off
`},
		{"silences.yaml lib", "app=error", `root WARNING
│  handler console > format.Handler(stderr, "%(message)s")
├─ app ERROR
└─ lib (WARNING), disabled
disable_existing_loggers: every other logger that exists when the file is loaded is silenced
with SLOGX_LEVELS="app=error", as slogx.LoadConfig has it
`},
		{"levels.yaml", "", "root WARNING\n└─ app.db DEBUG\n"},
		{"-handler their.Handler -filter their.Filter own.yaml", "", `root WARNING
   handler own > filter.Handler(their.Filter) > levels.Handler(ERROR) > their.Handler
`},
	} {
		t.Setenv(levelsVariable, tt.levels)
		code, stdout, stderr := called(t, append([]string{"tree"}, strings.Fields(tt.args)...)...)
		require.Equal(t, ok, code, stderr)
		require.Equal(t, tt.want, stdout)
		require.Empty(t, stderr)
	}
}

func TestTreeCutsLongTextsAndSoKeepsThePath(t *testing.T) {
	inTestdata(t)
	code, stdout, stderr := called(t, "tree", "long.yaml")
	require.Equal(t, ok, code, stderr)
	require.Contains(t, stdout, `format.Handler(app.log, "%(asctime)s`)
	require.Contains(t, stdout, "…")
}

func TestALevelOfTheEnvironmentThatIsNoneIsTold(t *testing.T) {
	inTestdata(t)
	t.Setenv(levelsVariable, "app=loud")
	for _, args := range [][]string{{"tree", "levels.yaml"}, {"explain", "levels.yaml", "app", "INFO"}} {
		code, stdout, stderr := called(t, args...)
		require.Equal(t, mistakes, code)
		require.NotEmpty(t, stdout)
		require.Contains(t, stderr, `SLOGX_LEVELS: tree: levels "app=loud" at byte 4`)
	}
}

func TestExplain(t *testing.T) {
	testhelp.TwoStreams(t)
	inTestdata(t)
	for _, tt := range []struct{ args, want string }{
		{"service.yaml app.db error", `app.db ERROR:
  level DEBUG, set on app: passes
  filter Name("app.db") on a handler of app: passes
  handler errors (maxBytes 1000, backupCount 3) > filter.Handler(Name("app.db")) > levels.Handler(ERROR) > format.Handler(missing/errors-{pid}.log, "%(asctime)s %(levelname)-8s %(name)s %(message)s") on app: takes it
  handler console > format.Handler(stdout, "%(asctime)s %(levelname)-8s %(name)s %(message)s") on root: takes it
`},
		{"service.yaml app.http 20", "app.http INFO:\n  level WARNING, set on app.http: stopped\n"},
		{"service.yaml app.http -4", "app.http DEBUG-11:\n  level WARNING, set on app.http: stopped\n"}, // a level, and no flag
		{"silences.yaml app.db DEBUG", `app.db DEBUG:
  level DEBUG, set on app: passes
  handler console > format.Handler(stderr, "%(message)s") on root: takes it
`},
		{"silences.yaml lib ERROR", `lib ERROR:
  lib is disabled: stopped
disable_existing_loggers silences lib if it exists when the file is loaded, as loggers in variables of packages do:
the file names neither it nor a logger above it. If it is made only later:
lib ERROR:
  no logger of that name yet: it would be below root
  level WARNING, set on root: passes
  handler console > format.Handler(stderr, "%(message)s") on root: takes it
`},
	} {
		code, stdout, stderr := called(t, append([]string{"explain"}, strings.Fields(tt.args)...)...)
		require.Equal(t, ok, code, stderr)
		require.Equal(t, tt.want, stdout)
	}
	code, _, stderr := called(t, "explain", "service.yaml", "app", "LOUD")
	require.Equal(t, usage, code)
	require.Contains(t, stderr, `level "LOUD": unknown name`)
}

func TestConvertGivesTheSameTree(t *testing.T) {
	inTestdata(t)
	for _, args := range []string{"python.ini", "-formatter bdp_service.common.json_logger.JsonFormatter gunicorn.conf"} {
		code, stdout, stderr := called(t, append([]string{"convert"}, strings.Fields(args)...)...)
		require.Equal(t, ok, code, stderr)
		words := strings.Fields(args)
		from, err := config.Read(words[len(words)-1])
		require.NoError(t, err)
		to, err := config.Parse([]byte(stdout), ".yaml")
		require.NoError(t, err, stdout)
		require.Equal(t, from.Preview().String(), to.Preview().String())
		require.NotEqual(t, tree.New(nil).String(), to.Preview().String())
	}
}

func TestTheOtherCommandsTakeDefaultsToo(t *testing.T) {
	inTestdata(t)
	defaults := strings.Fields("-default dir=logs -default lvl=NOTICE defaults.ini")
	for _, tt := range []struct{ command, last, want string }{
		{"tree", "", "root NOTICE\n   handler file > format.Handler(logs/app.log"},
		{"explain", "a INFO", "level NOTICE, set on root: stopped"},
		{"convert", "", "    filename: logs/app.log # args[0]\n"},
	} {
		code, stdout, stderr := called(t, slices.Concat([]string{tt.command}, defaults, strings.Fields(tt.last))...)
		require.Equal(t, ok, code, stderr)
		require.Contains(t, stdout, tt.want)
	}
}

func TestConvertSaysWhatWasPositional(t *testing.T) {
	inTestdata(t)
	_, stdout, _ := called(t, "convert", "python.ini")
	require.Contains(t, stdout, `
  hand03:
    class: logging.handlers.RotatingFileHandler
    level: INFO
    formatter: form02
    delay: true
    filename: 'no' # args[0]
    mode: a # args[1]
    maxBytes: 10240 # args[2]
    backupCount: 5 # args[3]
`)
	require.Contains(t, stdout, "    stream: ext://sys.stdout # args[0]\n")
}

func TestConvertRefuses(t *testing.T) {
	inTestdata(t)
	for file, want := range map[string]string{
		"mistakes.ini": `mistakes.ini:17: [handler_file] args[2]: want a whole number, not the text "many"`,
		"service.yaml": "service.yaml: convert takes INI files: .ini, .conf, .cfg\n",
		"none.ini":     "open none.ini: ",
	} {
		code, stdout, stderr := called(t, "convert", file)
		require.Equal(t, mistakes, code)
		require.Empty(t, stdout)
		require.Contains(t, stderr, want)
	}
}

func TestTheStoredSchemaIsWhatTheCommandPrints(t *testing.T) {
	stored, err := os.ReadFile("../../docs/logging.schema.json")
	require.NoError(t, err)
	var out bytes.Buffer
	require.Equal(t, ok, run([]string{"schema"}, &out, &out))
	require.True(t, bytes.Equal(stored, out.Bytes()), "docs/logging.schema.json is out of date: go generate ./cmd/slogx")

	path := filepath.Join(t.TempDir(), "schema.json")
	require.Equal(t, ok, run([]string{"schema", "-o", path}, &out, &out))
	written, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(stored, written))
	require.Equal(t, mistakes, run([]string{"schema", "-o", filepath.Join(path, "x")}, &out, &out))
}

func TestUsage(t *testing.T) {
	var help, none, wrong, out bytes.Buffer
	require.Equal(t, ok, run([]string{"help"}, &help, &out))
	require.Equal(t, usage, run(nil, &out, &none))
	require.Equal(t, usage, run([]string{"chek"}, &out, &wrong))
	require.Empty(t, out.String())
	require.Equal(t, help.String(), none.String())
	require.Equal(t, "slogx: no command \"chek\"\n"+help.String(), wrong.String())
	for _, c := range commands {
		require.Contains(t, help.String(), "\n  "+c.name+" ")
	}
}

func TestWhatCannotBePrintedIsAMistake(t *testing.T) {
	var errs bytes.Buffer
	require.Equal(t, mistakes, run([]string{"schema"}, full{}, &errs))
	require.Equal(t, "no space\n", errs.String())
}

// full is a writer that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errNoSpace }

var errNoSpace = errors.New("no space")
