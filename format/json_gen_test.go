// SPDX-License-Identifier: MIT

package format_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"
)

// A gen makes attributes and records of bytes; when they are used up, it makes the simplest ones.
type gen struct {
	data []byte
	text string // any

	leftOut bool // something inside a group is nothing, so that the group may be, too
	hollow  bool // a LogValuer gives an empty group
}

func (g *gen) byte() byte {
	if len(g.data) == 0 {
		return 0
	}
	b := g.data[0]
	g.data = g.data[1:]
	return b
}

func (g *gen) number() uint64 {
	var n uint64
	for range g.byte() % 9 {
		n = n<<8 | uint64(g.byte())
	}
	return n
}

var awkward = []string{
	"", "plain", "eight ch", "exactly sixteen.", "two words", `"`, `\`, "\n\r\t", "\x00\x01\x1f\x7f", "<>&", "\u2028\u2029\u2027", "中文 Zürich", "\U0001f600",
	"\xff", "a\xc3", "\xed\xa0\x80", "\ufffd", "a long text with a \"quotation\" at the wrong place", "ascii, then ü",
}

func (g *gen) string() string {
	if b := int(g.byte()); b < len(awkward) {
		return awkward[b]
	}
	return g.text
}

func (g *gen) key() string {
	keys := []string{"a", "b", "time", "level", "msg", "source", "logger", "group", "", "dropped", "renamed"}
	if b := int(g.byte()); b < len(keys) {
		return keys[b]
	}
	return g.string()
}

func (g *gen) time() time.Time {
	t := time.Unix(int64(g.number()), int64(g.number()%1e9))
	switch g.byte() % 4 {
	case 0:
		return t.UTC()
	case 1:
		return t.In(time.FixedZone("X", int(g.number()%172800)-86400))
	case 2:
		return t.Truncate(time.Millisecond)
	default:
		return time.Unix(t.Unix()%1e10, int64(t.Nanosecond()))
	}
}

// attrs makes attributes that stand depth groups deep.
func (g *gen) attrs(depth int) []slog.Attr {
	var attrs []slog.Attr
	for range g.byte() % 6 {
		a := slog.Attr{Key: g.key(), Value: g.value(depth)}
		if g.byte() == 1 {
			a = slog.Attr{}
		}
		if l, ok := a.Value.Any().(logs); ok && l.v.Kind() == slog.KindGroup && len(l.v.Group()) == 0 {
			g.hollow = true
		}
		src, isSource := a.Value.Any().(*slog.Source)
		if depth > 0 && (a.Equal(slog.Attr{}) || isSource && (src == nil || *src == slog.Source{})) {
			g.leftOut = true
		}
		attrs = append(attrs, a)
	}
	return attrs
}

func (g *gen) value(depth int) slog.Value {
	switch g.byte() % 12 {
	case 0:
		return slog.StringValue(g.string())
	case 1:
		return slog.Int64Value(int64(g.number()))
	case 2:
		return slog.Uint64Value(g.number())
	case 3:
		return slog.Float64Value(math.Float64frombits(g.number()))
	case 4:
		return slog.Float64Value([]float64{0, 1.5, -0.25, 1e20, 1e21, 1e-6, 9.9e-7, 1e-10, math.Copysign(0, -1), math.MaxFloat64, 100, math.Pi}[g.byte()%12])
	case 5:
		return slog.BoolValue(g.byte()%2 == 0)
	case 6:
		return slog.DurationValue(time.Duration(g.number()))
	case 7:
		return slog.TimeValue(g.time())
	case 8, 9:
		if depth > 5 {
			return slog.StringValue("deep")
		}
		return slog.GroupValue(g.attrs(depth + 1)...)
	default:
		return slog.AnyValue(g.any(depth))
	}
}

// Values with methods of their own.
type (
	marshaler   struct{ text string }
	panicked    struct{ with any }
	nilReceiver struct{ s string }
	texts       struct{ s string }
	logs        struct{ v slog.Value }
	logsPanic   struct{}
	jsonError   struct{}
)

func (m marshaler) MarshalJSON() ([]byte, error) {
	if m.text == "error" {
		return nil, errors.New(m.text)
	}
	return []byte(m.text), nil
}
func (p panicked) MarshalJSON() ([]byte, error)     { panic(p.with) }
func (n *nilReceiver) MarshalText() ([]byte, error) { return []byte(n.s), nil }
func (t texts) MarshalText() ([]byte, error)        { return []byte(t.s), nil }
func (l logs) LogValue() slog.Value                 { return l.v }
func (logsPanic) LogValue() slog.Value              { panic("no value") }
func (jsonError) Error() string                     { return "an error" }
func (jsonError) MarshalJSON() ([]byte, error)      { return []byte(`{"error": true}`), nil }

// A ring holds itself.
type ring struct{ Next *ring }

func (g *gen) any(depth int) any {
	cycle := &ring{}
	cycle.Next = cycle
	s := g.string()
	values := []any{
		nil, errors.New(s), fmt.Errorf("wrapped: %w", errors.New(s)), []error{errors.New(s)}, jsonError{}, (*nilReceiver)(nil), (*slog.Source)(nil),
		marshaler{`{"a": [1, "` + "\u2028" + `<"]}`}, marshaler{"error"}, marshaler{"{"}, marshaler{""}, panicked{s}, panicked{nil}, texts{s}, &nilReceiver{s},
		json.RawMessage(`[ 1 ]`), json.RawMessage(`"` + "\xff" + `"`), json.RawMessage("1 2"), json.Number("1.0"), json.Number("x"),
		[]byte(s), []string{s, s}, map[string]any{s: s, "b": 1.5, "a": nil}, map[int]string{2: s, 1: s}, map[texts]int{{s}: 1}, map[bool]int{true: 1},
		struct {
			A string `json:"a,omitempty"`
			B any
			c int
		}{s, math.Pi, 1},
		cycle, make(chan int), func() {}, complex(1, 2), math.NaN(), math.Inf(-1), float32(0.1), 'x', uintptr(7), &s, [2]bool{true},
		slog.LevelWarn, slog.LevelError + 4, slog.Source{Line: 3}, &slog.Source{}, &slog.Source{Function: s, File: s, Line: 7}, slog.StringValue(s),
		time.Second, time.Unix(0, 0).UTC(), logsPanic{}, logs{slog.StringValue(s)}, logs{slog.AnyValue(logs{slog.IntValue(1)})}, logs{slog.GroupValue()},
	}
	if i := int(g.byte()); i < len(values) {
		return values[i]
	}
	if depth > 5 {
		return "deep"
	}
	return logs{slog.GroupValue(g.attrs(depth + 1)...)}
}
