// SPDX-License-Identifier: MIT

package layouts_test

import (
	"fmt"
	"log/slog"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A setting is what the steps of a script have set so far.
type setting struct {
	style, date, zone, place, layout string

	defaults  []slog.Attr
	start     *big.Int // what relativeCreated counts from; nil is not pinned
	formatter format.Formatter
}

func newSetting() *setting { return &setting{style: "%", zone: "UTC", place: "nowhere"} }

// run returns what can be seen of each step of a script.
func run(_ *testing.T, s *script) (seen [][]string) {
	now := newSetting()
	for _, st := range s.Steps {
		seen = append(seen, now.run(st))
	}
	return seen
}

// run runs a step and returns what could be seen.
func (s *setting) run(st *step) []string {
	if st.IsComment() {
		return nil
	}
	words := st.Words()
	switch words[0] {
	case "style":
		s.style = words[1]
	case "date":
		s.date = judge.Unquote(words[1])
	case "zone":
		s.zone = words[1]
	case "place":
		s.place = words[1]
	case "default":
		s.defaults = attrsOf(words[1:])
	case "start":
		s.start, _ = new(big.Int).SetString(words[1], 10)
	case "layout":
		return s.compile(judge.Unquote(words[1]))
	case "record":
		if s.formatter != nil {
			return []string{judge.Quote(string(s.formatter.Append(nil, s.record(parseEvent(words)))))}
		}
	default:
		panic("no step " + st.Text)
	}
	return nil
}

// compilers are those of the styles.
var compilers = map[string]func(string, *format.Options) (*format.Layout, error){
	"%": format.Percent, "{": format.Brace, "$": format.Dollar,
}

func (s *setting) compile(layout string) []string {
	s.layout, s.formatter = layout, nil
	location, err := time.LoadLocation(s.zone)
	if err != nil {
		panic(err)
	}
	opts := &format.Options{DateFormat: s.date, Location: location, Defaults: map[string]any{}}
	for _, a := range s.defaults {
		opts.Defaults[a.Key] = a.Value.Any()
	}
	l, err := compilers[s.style](layout, opts)
	if err != nil {
		return []string{"refused"}
	}
	s.formatter = l
	return nil
}

// An event is what a step says of a record.
type event struct {
	name, message      string
	level              int
	nanoseconds        *big.Int
	second, nanosecond int64
	attrs              []slog.Attr
}

func parseEvent(words []string) *event {
	e := &event{name: words[1], message: judge.Unquote(words[4]), attrs: attrsOf(words[5:])}
	if e.name[0] == '"' {
		e.name = judge.Unquote(e.name)
	}
	e.level, _ = strconv.Atoi(words[2])
	e.nanoseconds, _ = new(big.Int).SetString(words[3], 10)
	second, nanosecond := new(big.Int).DivMod(e.nanoseconds, big.NewInt(1e9), new(big.Int))
	e.second, e.nanosecond = second.Int64(), nanosecond.Int64()
	return e
}

func (s *setting) record(e *event) *format.Record {
	t := time.Unix(e.second, e.nanosecond)
	if s.start != nil { // the process started at another time
		t = started.Add(time.Duration(new(big.Int).Sub(e.nanoseconds, s.start).Int64()))
	}
	r := &format.Record{Record: slog.NewRecord(t, levels.FromPython(e.level), e.message, places[s.place])}
	if e.name != "root" {
		r.Logger = e.name
	}
	r.AddAttrs(e.attrs...)
	return r
}

// started is when relativeCreated is 0. The field is in milliseconds, so that it tells.
var started = func() time.Time {
	now := time.Now().Round(0)
	r := &format.Record{Record: slog.NewRecord(now, 0, "", 0)}
	text := format.MustPercent("%(relativeCreated).6f", nil).Append(nil, r)
	nanoseconds, err := strconv.ParseInt(strings.Replace(string(text), ".", "", 1), 10, 64)
	if err != nil {
		panic(err)
	}
	return now.Add(-time.Duration(nanoseconds))
}()

// attrsOf returns the attributes in a list of words key=value.
func attrsOf(words []string) (attrs []slog.Attr) {
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		attrs = append(attrs, slog.Any(key, valueOf(value)))
	}
	return attrs
}

func valueOf(text string) any {
	switch text {
	case "true", "false":
		return text == "true"
	case "null":
		return nil
	case "inf", "-inf", "nan":
		f, _ := strconv.ParseFloat(text, 64)
		return f
	}
	if text[0] == '"' {
		return judge.Unquote(text)
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	if n, err := strconv.ParseUint(text, 10, 64); err == nil {
		return n
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) {
		panic(fmt.Sprintf("no value: %s", text))
	}
	return f
}
