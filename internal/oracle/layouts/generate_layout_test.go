// SPDX-License-Identifier: MIT

package layouts_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

var (
	textFields = []string{"name", "levelname", "message", "message", "message", "msg", "asctime", "asctime", "asctime", "pathname", "filename",
		"module", "funcName", "processName", "taskName", "args", "exc_info", "exc_text", "stack_info"}
	numberFields = []string{"levelno", "lineno", "created", "msecs"}
	literals     = []string{" ", " - ", ": ", "|", "[", "]", "日志", "\t", "{", "}", "$", "(", ")", "s", "0", "\\", `"`, "é"}
)

// layout returns a random layout. It notes the attributes that it names.
func (g *generator) layout() string {
	var b strings.Builder
	if g.odd == nothingOdd && g.chance(60) {
		return ""
	}
	switch {
	case g.odd == oddLevel:
		b.WriteString(g.field("levelname", "s"))
	case g.start == nil && (g.odd == oddDate || g.odd == oddTime || g.chance(4)):
		b.WriteString(g.field("asctime", "s"))
	}
	for range 1 + g.rnd.IntN(4) {
		switch g.rnd.IntN(6) {
		case 0:
			b.WriteString(g.literal() + doubled[g.style])
		case 1, 2:
			b.WriteString(g.literal())
		}
		b.WriteString(g.field(g.fieldName()))
	}
	if g.odd == oddLayout {
		return g.spoil(b.String())
	}
	if g.chance(3) {
		b.WriteString(g.literal())
	}
	return b.String()
}

// doubled is how the sign of a style is written as a text.
var doubled = map[string]string{"%": "%%", "{": "{{}}", "$": "$$"}

// literal returns a text that has no sign of the style in it.
func (g *generator) literal() string {
	for {
		if text := pick(g, literals); g.style == "%" || !strings.ContainsAny(text, "${}") {
			return text
		}
	}
}

// strays are not right in a layout.
var strays = map[string][]string{
	"%": {"%", "%s", "%z", "%()s", "%(message)", "%(msecs)x", "%(message)d", "%(message)5%", "%(name)*s", "%(name).*s",
		"%(message)c", "%(args)d", "%(name)y", "%(message) - ", "%(user).s", "%(name)hs", "%(x", "%5d", "%%("},
	"{": {"{", "}", "{}", "{0}", "{1:d}", "{name", "{name-x}", "{message!z}", "{message!rr}", "{message!}", "{message:<8x<}", "{lineno:z}", "{lineno:.}",
		"{levelname:{lineno}}", "{lineno:.2}", "{created:d}", "{msecs:x}", "{levelname:d}", "{levelname:=8}", "{name:,}", "{taskName:>5}", "{lineno:s}",
		"{name:+}", "{name:#}", "{lineno:,x}", "{created:,n}", "{user:,s}", "{ name}", "{name }", "{{name}", "{lineno:+c}",
		"{message!s:d}", "{message!r:=8}", "{lineno:_,}"},
	"$": {"$", "${", "${}", "$1", "${name", "${ name}", "$ name", "${é}", "$é", "${name-x}", "${name.}", "$-"},
}

// spoil puts something into a layout that is not right.
func (g *generator) spoil(layout string) string {
	stray := pick(g, strays[g.style])
	at := g.rnd.IntN(len(layout) + 1)
	switch g.rnd.IntN(4) {
	case 0:
		return stray
	case 1:
		return layout + stray
	case 2:
		return stray + layout
	default:
		return strings.ToValidUTF8(layout[:at], "") + stray + strings.ToValidUTF8(layout[at:], "")
	}
}

// field returns a field in the style of the script, printed by one of the conversions.
func (g *generator) field(name, verbs string) string {
	verb := string(verbs[g.rnd.IntN(len(verbs))])
	switch g.style {
	case "{":
		return "{" + name + g.braceSpec(verb, name) + "}"
	case "$":
		if g.chance(2) && !strings.ContainsAny(name, ".") && strings.TrimFunc(name, func(r rune) bool { return r < 128 }) == "" {
			return "$" + name + pick(g, []string{" ", "-", "/", "é"})
		}
		return "${" + name + "}"
	default:
		return "%(" + name + ")" + g.percentSpec() + verb
	}
}

func (g *generator) percentSpec() (spec string) {
	for range g.rnd.IntN(4) {
		spec += pick(g, []string{"-", "+", " ", "#", "0"})
	}
	if g.chance(2) {
		spec = ""
	}
	if g.chance(2) {
		spec += pick(g, []string{"1", "5", "8", "12", "20", "30"})
	}
	if g.chance(4) {
		spec += pick(g, []string{".0", ".1", ".3", ".8", ".12", ".25"})
	}
	if g.chance(40) {
		spec += pick(g, []string{"h", "l", "L"})
	}
	return spec
}

// noText are fields that take a format spec only behind a conversion.
var noText = []string{"taskName", "args", "exc_info", "exc_text", "stack_info"}

// braceSpec returns what stands behind the name of a field that the conversion of the style % fits.
func (g *generator) braceSpec(verb, name string) string {
	if g.chance(3) || slices.Contains(noText, name) || verb == "r" || verb == "a" {
		return "!" + pick(g, []string{"r", "s", "a"}) + g.formatSpec(false, false)
	}
	isFloat := strings.Contains("eEfFgG", verb) || kinds[name] == 'f' || name == "f"
	isWhole := !isFloat && (strings.Contains("diuoxX", verb) || kinds[name] == 'i' || name == "n" || name == "http.status")
	return g.formatSpec(isFloat, isWhole)
}

// formatSpec returns a format spec with its colon, or nothing.
func (g *generator) formatSpec(isFloat, isWhole bool) (spec string) {
	aligns := []string{"<", ">", "^", "*^", "中<", "中^", "é>", "0>", " ^", "<<", ">^"}
	if isFloat || isWhole {
		aligns = append(aligns, "=", "0=", "x=")
	}
	if g.chance(3) {
		spec += pick(g, aligns)
	}
	if (isFloat || isWhole) && g.chance(3) {
		spec += pick(g, []string{"+", "-", " "})
	}
	if (isFloat || isWhole) && g.chance(5) {
		spec += "#"
	}
	if g.chance(3) {
		spec += pick(g, []string{"1", "5", "8", "12", "020", "05", "30", "0"})
	}
	spec += g.braceEnd(isFloat, isWhole)
	if spec != "" || g.chance(20) {
		return ":" + spec
	}
	return ""
}

// braceEnd returns the rest of a format spec: grouping, precision and type.
func (g *generator) braceEnd(isFloat, isWhole bool) (spec string) {
	isGrouped := (isFloat || isWhole) && g.chance(4)
	if isGrouped {
		spec = pick(g, []string{",", "_"})
	}
	if !isWhole && g.chance(3) {
		spec += pick(g, []string{".0", ".1", ".3", ".8", ".12"})
	}
	switch {
	case isFloat && isGrouped:
		spec += pick(g, []string{"", "e", "f", "F", "g", "G", "%"})
	case isFloat:
		spec += pick(g, []string{"", "e", "E", "f", "F", "g", "G", "%", "n"})
	case isWhole && isGrouped:
		spec += pick(g, []string{"", "d", "e", "f", "%"})
	case isWhole:
		spec += pick(g, []string{"", "", "d", "d", "b", "o", "x", "X", "n", "e", "f", "g", "%"})
	case g.chance(6):
		spec += "s"
	}
	return spec
}

// The conversions that fields and attributes are given.
const (
	textVerbs  = "sssssra"
	wholeVerbs = "ddddiuoxXeEfFgGsra"
	floatVerbs = "ddffffeEgGsra"
)

// fieldName returns the name of a field, and the conversions that it takes.
func (g *generator) fieldName() (name, verbs string) {
	switch n := g.rnd.IntN(22); {
	case g.odd == oddExtra && n < 4:
		return "message", textVerbs
	case g.odd == dottedNames && n < 14:
		return g.dottedName()
	case g.odd == ownNames && n < 10:
		return pick(g, []string{"attrs", "attrs", "package", "log_color", "reset"}), textVerbs
	case n < 15 && g.start != nil:
		return "relativeCreated", floatVerbs
	case n < 11:
		return pick(g, textFields), textVerbs
	case n < 15:
		name := pick(g, numberFields)
		return name, map[bool]string{true: wholeVerbs, false: floatVerbs}[name[0] == 'l']
	default:
		return g.attributeName()
	}
}

func (g *generator) dottedName() (name, verbs string) {
	if g.style == "{" && g.chance(2) {
		g.fields = append(g.fields, "user")
		return pick(g, []string{"user[name]", "user[0]", "user[0].id"}), textVerbs
	}
	g.fields = append(g.fields, "http.status")
	return "http.status", "dddiuoxXeEfFgGs"
}

func (g *generator) attributeName() (name, verbs string) {
	name = pick(g, attributeNames)
	for g.style != "%" && strings.Contains(name, ".") || g.style == "$" && name == "größe" {
		name = pick(g, attributeNames)
	}
	g.fields = append(g.fields, name)
	switch {
	case g.odd == oddValue:
		return name, wholeVerbs + textVerbs + "c"
	case name == "n" || name == "http.status":
		return name, "dddiuoxXeEfFgGs"
	case name == "f" && g.style == "{":
		return name, "fegrra" // behind a conversion, a float is Python's there
	case name == "f":
		return name, "ffeEgG"
	default:
		return name, textVerbs
	}
}

// zones have a history that is long settled.
var zones = []string{"UTC", "UTC", "UTC", "America/New_York", "Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe", "America/St_Johns",
	"Asia/Kathmandu", "Pacific/Apia", "Europe/Dublin", "Africa/Monrovia"}

func (g *generator) dateSteps() {
	if g.chance(2) {
		g.add("zone %s", pick(g, zones))
	}
	if g.odd == oddDate || !g.chance(3) {
		g.add("date %s", quote(g.date()))
	}
}

// date returns a random date format.
func (g *generator) date() string {
	var b strings.Builder
	for range 1 + g.rnd.IntN(5) {
		if g.chance(2) {
			b.WriteString(pick(g, []string{"-", ":", " ", "年", "T", "%%", ".", ","}))
		}
		b.WriteString(g.directive())
	}
	return b.String()
}

func (g *generator) directive() string {
	if g.odd == oddDate && g.chance(2) {
		return pick(g, []string{"%f", "%3f", "%6f", "%9f", "%v", "%+", "%:z", "%E", "%O", "%Ey", "%Od", "%Z", "%s"})
	}
	const letters = "aAbBcCdDeFgGhHIjklmMnprRStTuUVwWxXyY"
	letter := string(letters[g.rnd.IntN(len(letters))])
	switch {
	case g.chance(20):
		return "%" + pick(g, []string{"z", "P", "i", "q", "Q", "N", "L", "J", "K", "Z", "s"})
	case !g.chance(4):
		return "%" + letter
	case g.chance(2):
		letter = strconv.Itoa(1+g.rnd.IntN(12)) + letter
	}
	return "%" + pick(g, []string{"-", "_", "0", "^", "#", ""}) + letter
}

// instants are times in seconds at which something happens.
var instants = []int64{0, -1, 1, 1_700_000_000, 1_699_164_000, 1_699_163_999, 1_710_054_000, 1_710_053_999, // New York's clocks
	1_698_541_200, 1_711_846_800, 1_325_239_200, 1_325_246_400, // Berlin's; Apia's day that was not
	1_712_415_599, 1_712_415_600, 1_704_067_199, 1_704_067_200, 951_782_400, 4_107_542_400,
	253_402_300_799, 253_402_300_800, 253_402_297_200, -2_208_988_800, -1, 2_147_483_647, 2_147_483_648}

// time returns the time of a record in nanoseconds.
func (g *generator) time() *big.Int {
	second := pick(g, instants)
	switch {
	case g.start != nil:
		second = 1_700_000_000 + g.rnd.Int64N(200)
	case g.chance(2):
		second = g.rnd.Int64N(5_000_000_000) - 1_000_000_000
	}
	nanosecond := pick(g, []int64{0, 123_456_789, 500_000_000, 999_000_000, 999_499_999, g.rnd.Int64N(1_000_000_000), g.rnd.Int64N(1000) * 1_000_000})
	switch {
	case g.odd == oddTime:
		nanosecond = pick(g, []int64{999_999_999, 999_999_950, 999_999_900, 1})
	case second < 0 && g.odd != oddDate:
		nanosecond = 0 // a float is cut to a whole one towards zero: msecsRounding
	}
	t := new(big.Int).Mul(big.NewInt(second), big.NewInt(1e9))
	return t.Add(t, big.NewInt(nanosecond))
}
