// SPDX-License-Identifier: MIT

package document_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
)

func TestYAML(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"scalars", lines(`
a: yes
b: Off
c: true
d: 0x1F
e: 0o17
f: 1_000
g: 1.5
h: ~
i: '1'
j: 2024-01-02
k: !!str 5
l: !!float 1
m: !!bool yes
n: "a\tb"
o: 1:30
p: ! x
q:
`), lines(`
a:1: the text "yes"
b:2: the text "Off"
c:3: true
d:4: the number 31
e:5: the number 15
f:6: the number 1000
g:7: the number 1.5
h:8: nothing
i:9: the text "1"
j:10: the text "2024-01-02"
k:11: the text "5"
l:12: the number 1
m:13: true
n:14: the text "a\tb"
o:15: the text "1:30"
p:16: the text "x"
q:17: nothing
`)},
		{"keys", "1: a\ntrue: b\n0x10: c\n1.50: d\nnull: e\n'': f\n'()': g\na.b: h\n\"<<\": i\n", lines(`
1:1: the text "a"
true:2: the text "b"
0x10:3: the text "c"
["1.50"]:4: the text "d"
null:5: the text "e"
[""]:6: the text "f"
["()"]:7: the text "g"
["a.b"]:8: the text "h"
["<<"]:9: the text "i"
`)},
		{"lists", "a:\n- 1\n-\n  - 2\n- []\nb: {}\n", lines(`
1: a
a[0]:2: the number 1
a[1][0]:4: the number 2
a[2]:5: a list
b:6: a map
`)},
		{"aliases", "a: &x\n  b: 1\nc: *x\nd: [*x, *x]\n", lines(`
a.b:2: the number 1
3: c
c.b:2: the number 1
d[0].b:2: the number 1
d[1].b:2: the number 1
`)},
		{"merged", lines(`
x: &x {a: 1, b: 2}
y: &y {b: 3, c: 4}
z:
  c: 5
  <<: [*x, *y]
  d: 6
w: {<<: *x, <<: {a: 7}}
`), lines(`
x.a:1: the number 1
x.b:1: the number 2
y.b:2: the number 3
y.c:2: the number 4
3: z
z.b:1: the number 2
z.c:4: the number 5
z.a:1: the number 1
z.d:6: the number 6
w.a:7: the number 7
w.b:1: the number 2
`)},
		{"a mark and an end", "\ufeff%YAML 1.1\n---\na: é\n...\n", "a:3: the text \"é\"\n"},
		{"UTF-16", "\xff\xfea\x00:\x00 \x001\x00\n\x00b\x00:\x00 \x002\x00", "a:1: the number 1\nb:2: the number 2\n"},
		{"a scalar", "x", ":1: the text \"x\"\n"},
	}
	for _, test := range tests {
		v, err := document.YAML([]byte(test.text))
		require.NoError(t, err, test.name)
		require.Equal(t, test.want, leaves(v), test.name)
	}
}

func TestYAMLMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", "the document is empty"},
		{"only a comment", "# x\n\n", "the document is empty"},
		{"null", "---\n", "the document is empty"},
		{"another document", "a: 1\n---\nb: 2\n", "line 2: another document begins, want one"},
		{"twice", "a: 1\nb: {c: 1,\n  c: 2}\na: 3\n1: x\n'1': y\n", "b.c (line 3): the key is there twice, first in line 2\n" +
			"a (line 4): the key is there twice, first in line 1\n1 (line 6): the key is there twice, first in line 5"},
		{"twice in an alias", "a: &x {b: 1, b: 2}\nc: *x\n", "a.b (line 1): the key is there twice, first in line 1"},
		{"tags", "a: !!python/object/apply:os.system [ls]\nb: !x 1\nc: !!binary aGk=\nd: !!set {x}\n!!python/name:os.x : 1\n",
			"a (line 1): tag !!python/object/apply:os.system: nothing is ever constructed from a tag\n" +
				"b (line 2): tag !x: nothing is ever constructed from a tag\n" +
				"c (line 3): tag !!binary: nothing is ever constructed from a tag\n" +
				"d (line 4): tag !!set: nothing is ever constructed from a tag\n" +
				"line 5: tag !!python/name:os.x: nothing is ever constructed from a tag"},
		{"a tag of the wrong kind", "a: !!map [1]\nb: !!int x\nc: !!bool 5\n", "a (line 1): tag !!map: nothing is ever constructed from a tag\n" +
			"b (line 2): \"x\" is not !!int\nc (line 3): \"5\" is not !!bool"},
		{"numbers", "a: 9223372036854775808\n", "a (line 1): 9223372036854775808 is more than 9223372036854775807"},
		{"keys", "? [a]\n: 1\n? {b: c}\n: 2\n?\n: 3\n", "line 1: a list or a map is a key, want a text\nline 3: a list or a map is a key, want a text\nline 5: a key is missing"},
		{"merge", "a: {<<: 1}\nb: {<<: [{c: 1}, 2]}\nc: {<<: [[{d: 1}]]}\n", "a[\"<<\"] (line 1): wants a map, or a list of maps\n" +
			"b[\"<<\"] (line 2): wants a map, or a list of maps\nc[\"<<\"] (line 3): wants a map, or a list of maps"},
		{"itself", "a: &x\n  b: 1\n  c: [*x]\n", "a.c[0] (line 3): *x stands inside of what it names"},
		{"merged with itself", "a: &x\n  <<: *x\n", "a (line 2): *x stands inside of what it names"},
		{"no anchor", "a: 1\nb: *x\n", "line 2: YAML: unknown anchor 'x' referenced"},
		{"a tab", "a:\n\tb: 1\n", "line 2: YAML: found character that cannot start any token; the line is indented by a tab, YAML wants spaces"},
		{"in the first line", "a: 'b\n", "line 2: YAML: found unexpected end of stream"},
		{"brackets", "a: 1\nb: [1, 2\nc: 3\n", "line 2: YAML: did not find expected ',' or ']' here or just before"},
		{"indentation", "a:\n  b: 1\n c: 2\nd: 3\n", "line 3: YAML: did not find expected key here or just before"},
		{"not UTF-8", "a: 1\nb: \xff\n", "line 2, column 4: the text is not UTF-8"},
		{"a control", "a: 1\nb: \x01\n", "line 2: YAML: control characters are not allowed"},
		{"too deep", strings.Repeat("[", 101) + strings.Repeat("]", 101), strings.Repeat("[0]", 100) + " (line 1): lists and maps are more than 100 deep"},
	}
	for _, test := range tests {
		_, err := document.YAML([]byte(test.text))
		require.EqualError(t, err, test.want, test.name)
	}
}

func TestYAMLBoundsAliases(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		item := "*a" + string(rune('0'+(i-1)%10))
		b.WriteString("b: &a" + string(rune('0'+i%10)) + " [" + strings.TrimSuffix(strings.Repeat(item+", ", 10), ", ") + "]\n")
	}
	_, err := document.YAML([]byte(strings.ReplaceAll(b.String(), "\nb:", "\n? b\n:")))
	require.ErrorContains(t, err, "the aliases stand for too much")

	merged := "a: &a {x: 1}\nb: &b {<<: [" + strings.TrimSuffix(strings.Repeat("*a, ", 1000), ", ") + "]}\n" +
		"c: &c {<<: [" + strings.TrimSuffix(strings.Repeat("*b, ", 1000), ", ") + "]}\n"
	_, err = document.YAML([]byte(merged))
	require.ErrorContains(t, err, "the aliases stand for too much")
}

func TestYAMLTakesDepth(t *testing.T) {
	deep := strings.Repeat("[", 60) + strings.Repeat("]", 60)
	_, err := document.YAML([]byte("a: &a " + deep + "\nb: " + strings.Replace(deep, "[]", "[*a]", 1) + "\n"))
	require.ErrorContains(t, err, "lists and maps are more than 100 deep")
	_, err = document.YAML([]byte("a: &a " + deep + "\nb: [*a]\n"))
	require.NoError(t, err)
	_, err = document.YAML([]byte(strings.Repeat("[", 100) + strings.Repeat("]", 100)))
	require.NoError(t, err)
}

// The configurations of tutorials on Python's logging.
const (
	tutorialYAML = `
version: 1
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
	tutorialPython = `
{
    'version': 1,
    'formatters': {
        'simple': {
            'format': '%(asctime)s - %(message)s',
        },
        # 其他的 formatter
    },
    'loggers':{
        'FileLogger': {
            # 既有 console Handler，还有 file Handler
            'handlers': ['console', 'file'],
            'level': 'DEBUG',
        },
    }
}
`
)

func TestDocumentsOfTutorials(t *testing.T) {
	v, err := document.YAML([]byte(lines(tutorialYAML)))
	require.NoError(t, err)
	require.Equal(t, lines(`
version:1: the number 1
2: formatters
3: simple
formatters.simple.format:4: the text "%(asctime)s - %(name)s - %(levelname)s - %(message)s"
5: handlers
6: console
handlers.console.class:7: the text "logging.StreamHandler"
handlers.console.level:8: the text "DEBUG"
handlers.console.formatter:9: the text "simple"
11: loggers
12: simpleExample
loggers.simpleExample.level:13: the text "DEBUG"
loggers.simpleExample.handlers[0]:14: the text "console"
loggers.simpleExample.propagate:15: the text "no"
16: root
root.level:17: the text "DEBUG"
root.handlers[0]:18: the text "console"
`), leaves(v))

	v, err = document.JSON([]byte(lines(tutorialPython)))
	require.NoError(t, err)
	require.Equal(t, lines(`
version:2: the number 1
formatters.simple.format:5: the text "%(asctime)s - %(message)s"
loggers.FileLogger.handlers[0]:12: the text "console"
loggers.FileLogger.handlers[1]:12: the text "file"
loggers.FileLogger.level:13: the text "DEBUG"
`), leaves(v))
}

func FuzzYAMLNeverPanics(f *testing.F) {
	f.Add([]byte(tutorialYAML))
	f.Add([]byte(tutorialPython))
	f.Add([]byte("a: &x {b: [1, *x]}\n<<: [*x]\n"))
	f.Add([]byte("\xff\xfe%\x00"))
	f.Add([]byte("a:\n\t- !!x ''\n---\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := document.YAML(text)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		requireSound(t, v, "")
	})
}

// requireSound fails where a value does not stand where its path says, or has what its kind has not.
func requireSound(t *testing.T, v *document.Value, path string) {
	t.Helper()
	require.Equal(t, path, v.Path)
	require.GreaterOrEqual(t, v.Line, 0)
	require.True(t, v.Kind == document.List || v.Items == nil)
	require.True(t, v.Kind == document.Map || v.Fields == nil)
	copied := v.Clone()
	copied.SetPath(path)
	require.Equal(t, v, copied)
	taken := map[string]bool{}
	for _, f := range v.Fields {
		require.False(t, taken[f.Key])
		taken[f.Key] = true
		require.Same(t, f.Value, v.Get(f.Key))
	}
}
