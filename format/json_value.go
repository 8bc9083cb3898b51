// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/slogx/slogx/internal/text"
)

// value appends a value of a kind that has no methods of its own.
func (e *jsonEncoder) value(kind slog.Kind, v slog.Value) {
	if kind == slog.KindFloat64 && e.fallback != nil && !isFinite(v.Float64()) {
		e.any(v.Float64())
		return
	}
	e.dst = appendJSONKind(e.dst, kind, v)
}

// appendJSONKind is value where there is no Fallback to ask.
func appendJSONKind(dst []byte, kind slog.Kind, v slog.Value) []byte {
	switch kind {
	case slog.KindString:
		return text.AppendJSON(dst, v.String())
	case slog.KindInt64:
		return text.AppendInt(dst, v.Int64())
	case slog.KindUint64:
		return strconv.AppendUint(dst, v.Uint64(), 10)
	case slog.KindFloat64:
		return appendJSONFloat(dst, v.Float64())
	case slog.KindBool:
		return strconv.AppendBool(dst, v.Bool())
	case slog.KindDuration:
		return text.AppendInt(dst, int64(v.Duration()))
	case slog.KindTime:
		return appendJSONTime(dst, v.Time())
	default: // a kind that is newer than this package
		return text.AppendJSON(dst, v.String())
	}
}

func isFinite(f float64) bool { return f-f == 0 }

// appendJSONFloat appends f as encoding/json does, and the error that it gives for NaN and the infinities.
func appendJSONFloat(dst []byte, f float64) []byte {
	if !isFinite(f) {
		dst = append(dst, `"!ERROR:json: unsupported value: `...)
		return append(strconv.AppendFloat(dst, f, 'g', -1, 64), '"')
	}
	if abs := math.Abs(f); abs == 0 || abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	if n := len(dst); dst[n-4] == 'e' && dst[n-3] == '-' && dst[n-2] == '0' {
		dst = append(dst[:n-2], dst[n-1]) // e-09 is e-9
	}
	return dst
}

// errYear is what slog says about times that RFC 3339 has no text for.
const errYear = `"!ERROR:time.Time year outside of range [0,9999]"`

// appendJSONTime appends t in RFC 3339 with what it has of nanoseconds.
func appendJSONTime(dst []byte, t time.Time) []byte {
	if y := t.Year(); y < 0 || y > 9999 {
		return append(dst, errYear...)
	}
	dst = t.AppendFormat(append(dst, '"'), time.RFC3339Nano)
	return append(dst, '"')
}

// any appends a value that is of none of slog's own kinds.
// Its methods may fail or panic; nothing is appended before they have returned.
func (e *jsonEncoder) any(v any) {
	defer func() {
		if p := recover(); p != nil {
			e.dst = text.AppendJSON(e.dst, text.PanicText(v, p))
		}
	}()
	err := e.encoded(v)
	if err != nil && e.fallback != nil {
		err = e.encoded(e.fallback(v, err))
	}
	if err != nil {
		e.dst = text.AppendJSON(e.dst, "!ERROR:"+err.Error())
	}
}

// encoded appends the text of an error, and any other value as its encoder has it.
func (e *jsonEncoder) encoded(v any) error {
	if v == nil {
		e.dst = append(e.dst, "null"...)
		return nil
	}
	if err, ok := v.(error); ok {
		if _, ok := v.(json.Marshaler); !ok {
			e.dst = text.AppendJSON(e.dst, err.Error())
			return nil
		}
	}
	s := scratches.Get().(*scratch) // not given back if a method panics: it may be in use
	err := s.encode(e.encode, v)
	if err == nil {
		e.dst = append(e.dst, s.buf.Bytes()...)
	}
	if s.buf.Cap() <= maxBuffer {
		s.buf.Reset()
		scratches.Put(s)
	}
	return err
}

// A scratch is an encoder and what it writes to.
type scratch struct {
	buf bytes.Buffer
	enc *json.Encoder
}

var scratches = sync.Pool{New: func() any {
	s := &scratch{}
	s.enc = json.NewEncoder(&s.buf)
	s.enc.SetEscapeHTML(false)
	return s
}}

var errNotJSON = errors.New("format: the encoder gave no JSON")

// encode leaves the JSON of v in the buffer, on one line: what encoding/json makes of it, or a function if it is not nil.
func (s *scratch) encode(encode func([]byte, any) ([]byte, error), v any) error {
	if encode == nil {
		err := s.enc.Encode(v)
		s.buf.Truncate(max(0, s.buf.Len()-1)) // the line break
		return err
	}
	out, err := encode(s.buf.AvailableBuffer(), v)
	if err != nil {
		return err
	}
	if err := json.Compact(&s.buf, bytes.Clone(out)); err != nil {
		return errNotJSON
	}
	return nil
}
