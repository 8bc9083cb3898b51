// SPDX-License-Identifier: MIT

package layouts_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A generator makes random scripts.
type generator struct {
	rnd *rand.Rand

	// of the script that is being made
	steps  []*step
	style  string
	fields []string // attributes that the layout names
	start  *big.Int // of the process. If it is given, no other field may depend on the time
	odd    oddity
}

// An oddity is what is special about a script. Most have none, so that most is compared with CPython as it is.
type oddity int

const (
	nothingOdd    oddity = iota
	oddLayout            // stray signs, unknown conversions
	oddDate              // directives that differ
	oddText              // controls
	oddExtra             // attributes that no field names
	oddValue             // values that do not fit
	oddLevel             // without a name
	oddTime              // at the seam of seconds
	reservedNames        // as attributes
	ownNames             // as fields
	dottedNames          // of attributes, and brackets
	oddities
)

func pick[T any](g *generator, from []T) T { return from[g.rnd.IntN(len(from))] }

// chance is true once in n.
func (g *generator) chance(n int) bool { return g.rnd.IntN(n) == 0 }

// numbers writes as numbers what has a short form in JSON, as the stored scripts have it.
var numbers = strings.NewReplacer(`\\`, `\\`, `\b`, `\u0008`, `\f`, `\u000c`, `\n`, `\u000a`, `\r`, `\u000d`, `\t`, `\u0009`)

func quote(text string) string { return numbers.Replace(judge.Quote(text)) }

func (g *generator) script(int) *script {
	g.steps, g.fields, g.start, g.odd = nil, nil, nil, nothingOdd
	if g.chance(7) {
		g.odd = oddity(1 + g.rnd.IntN(int(oddities)-1))
	}
	if g.chance(16) {
		g.start = big.NewInt(1_699_999_999_987_654_321)
	}
	if g.style = pick(g, []string{"%", "%", "{", "{", "$"}); g.style != "%" {
		g.add("style %s", g.style)
	}
	layout := g.layout()
	if strings.Contains(layout, "asctime") {
		g.dateSteps()
	}
	if g.start != nil {
		g.add("start %d", g.start)
	}
	if strings.Contains(layout, "name") || strings.Contains(layout, "module") || strings.Contains(layout, "line") || strings.Contains(layout, "package") {
		g.add("place %s", pick(g, []string{"view", "main", "deep", "nowhere"}))
	}
	if g.chance(12) {
		g.add("default%s", g.attributes([]string{pick(g, attributeNames), pick(g, attributeNames)}))
	}
	g.add("layout %s", quote(layout))
	for range 1 + g.rnd.IntN(2) {
		g.record()
	}
	return &script{Steps: g.steps}
}

func (g *generator) add(format string, args ...any) {
	g.steps = append(g.steps, &step{Text: fmt.Sprintf(format, args...)})
}

func (g *generator) record() {
	levels := []int{10, 20, 20, 30, 40, 50}
	if g.odd == oddLevel {
		levels = []int{5, 15, 22, 25, 45, 55, 60}
	}
	names := slices.Clone(g.fields)
	if g.odd == oddValue && g.chance(3) && len(names) > 0 {
		names = names[1:]
	}
	switch g.odd {
	case oddExtra, ownNames:
		names = append(names, pick(g, attributeNames), "extra")
	case reservedNames:
		names = append(names, pick(g, []string{"name", "message", "asctime", "lineno", "msecs", "levelname", "args", "msg"}))
	}
	slices.Sort(names)
	g.add("record %s %d %d %s%s", g.logger(), pick(g, levels), g.time(), quote(g.text()), g.attributes(slices.Compact(names)))
}

func (g *generator) logger() string {
	return pick(g, []string{"root", "a", "a.b", "web.http.server", quote("日志.库"), quote("a b"), quote("it's")})
}

var (
	plainTexts = []string{"", "hi", "hello, world", "中文字符", "it's", `say "x"`, `it's "x"`, `back\slash`, "100%", "{x} $y", "tab\there",
		"\U0001f600 é", "a", "é", "nul", "ﬀ\u00ad", "  spaces  "}
	harmfulTexts = []string{"two\nlines", "esc\x1b[31m", "\x00", "rtl\u202e", "c1\u0085", "del\x7f", "line\u2028", "\r\n", "iso\u2066"}
	wholes       = []string{"0", "7", "42", "-1", "-255", "65", "20013", "128512", "123456789", "1000000", "-9223372036854775808",
		"9223372036854775807", "18446744073709551615"}
	floats = []string{"0.0", "-0.0", "0.5", "1.0", "2.5", "-3.99", "2.675", "100000.0", "1000000.0", "1e16", "-2e16", "9999999999999998.0", "12345678901234568.0", "1e-05", "1.234e-05", "123456789.0",
		"1e22", "1e100", "-1e+300", "inf", "-inf", "nan", "0.1", "12345.678", "5e-324"}
	others         = []string{"true", "false", "null"}
	attributeNames = []string{"user", "n", "f", "http.status", "_x", "Name", "größe", "levelnames"}
)

func (g *generator) text() string {
	if g.odd == oddText {
		return pick(g, harmfulTexts) + pick(g, plainTexts)
	}
	return pick(g, plainTexts)
}

func (g *generator) attributes(names []string) string {
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, " %s=%s", name, g.value(name))
	}
	return b.String()
}

// value returns a value for an attribute. That of n is whole, of f a float, of others a text, unless values are odd.
func (g *generator) value(name string) string {
	from := map[string][]string{"n": wholes, "http.status": wholes, "f": floats}[name]
	if g.odd == oddValue || g.odd == oddExtra {
		from = pick(g, [][]string{wholes, floats, others, nil, from})
	}
	if from == nil {
		return quote(g.text())
	}
	return pick(g, from)
}
