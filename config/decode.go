// SPDX-License-Identifier: MIT

package config

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
	"github.com/slogx/slogx/rotate"
)

// Options fills a struct of options, as those of format, filter and rotate are, from arguments: MaxBytes from maxBytes.
// Whole numbers whose names end in Bytes may have a unit: 10MB. Fields that are named in except are left alone.
// Functions and the like come from ext://.
func (a *Args) Options(into any, except ...string) {
	s := reflect.ValueOf(into).Elem()
	for i := range s.NumField() {
		field := s.Type().Field(i)
		if !field.IsExported() || slices.Contains(except, field.Name) {
			continue
		}
		into := s.Field(i)
		if field.Type.Kind() == reflect.Int64 && strings.HasSuffix(field.Name, "Bytes") {
			into = into.Addr().Convert(reflect.TypeFor[*size]()).Elem()
		}
		a.fill(argument(field.Name), into)
	}
}

// argument returns the name of the argument for a field: MaxBytes is maxBytes, ASCII is ascii.
func argument(field string) string {
	runes := []rune(field)
	for i := range runes {
		if i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) || !unicode.IsUpper(runes[i]) {
			break
		}
		runes[i] = unicode.ToLower(runes[i])
	}
	return string(runes)
}

// decoders read the types that options have, beside the basic ones.
var decoders = map[reflect.Type]func(*document.Value) (any, error){
	reflect.TypeFor[size]():             wrap(asSize),
	reflect.TypeFor[time.Duration]():    wrap(asDuration),
	reflect.TypeFor[*time.Location]():   wrap(asLocation),
	reflect.TypeFor[fs.FileMode]():      wrap(asMode),
	reflect.TypeFor[slog.Leveler]():     wrap(asLevel),
	reflect.TypeFor[[]string]():         wrap(asStrings),
	reflect.TypeFor[[]slog.Attr]():      wrap(asAttrs),
	reflect.TypeFor[[]*regexp.Regexp](): wrap(asPatterns),
	reflect.TypeFor[[]os.Signal]():      wrap(asSignals),
	reflect.TypeFor[rotate.Codec]():     wrap(asCodec),
	reflect.TypeFor[*rotate.Owner]():    wrap(asOwner),
	reflect.TypeFor[format.StackStyle](): wrap(func(v *document.Value) (format.StackStyle, error) {
		return oneOf(v, stackStyles)
	}),
}

func wrap[T any](as func(*document.Value) (T, error)) func(*document.Value) (any, error) {
	return func(v *document.Value) (any, error) { return as(v) }
}

// decode reads a value into a field.
func decode(v *document.Value, into reflect.Value) error {
	if v.Object != nil {
		if got := reflect.ValueOf(v.Object); got.Type().AssignableTo(into.Type()) {
			into.Set(got)
			return nil
		}
	}
	as, ok := decoders[into.Type()]
	if !ok {
		return decodeBasic(v, into)
	}
	got, err := as(v)
	if err == nil && got != nil {
		into.Set(reflect.ValueOf(got))
	}
	return err
}

func decodeBasic(v *document.Value, into reflect.Value) error {
	switch into.Kind() {
	case reflect.String:
		return set(v, into.SetString, asString)
	case reflect.Bool:
		return set(v, into.SetBool, asBool)
	case reflect.Int, reflect.Int64:
		return set(v, into.SetInt, func(v *document.Value) (int64, error) {
			n, err := asInt(v)
			if err == nil && into.OverflowInt(n) {
				err = v.Errorf("%d is too large", n)
			}
			return n, err
		})
	case reflect.Map:
		return decodeMap(v, into)
	default:
		return v.Errorf("want the name of an object (ext://…) of type %v, not %s", into.Type(), v.Describe())
	}
}

func set[T any](v *document.Value, set func(T), as func(*document.Value) (T, error)) error {
	got, err := as(v)
	if err == nil {
		set(got)
	}
	return err
}

// decodeMap reads a map from texts to texts, or to anything.
func decodeMap(v *document.Value, into reflect.Value) error {
	if v.Kind != document.Map {
		return v.Errorf("want a map, not %s", v.Describe())
	}
	m := reflect.MakeMap(into.Type())
	var errs []error
	for _, f := range v.Fields {
		item := reflect.New(into.Type().Elem()).Elem()
		if item.Kind() == reflect.Interface {
			if got := f.Value.Go(); got != nil {
				item.Set(reflect.ValueOf(got))
			}
		} else {
			errs = append(errs, decode(f.Value, item))
		}
		m.SetMapIndex(reflect.ValueOf(f.Key), item)
	}
	into.Set(m)
	return errors.Join(errs...)
}

// A size is a number of bytes.
type size int64

var (
	sizeText = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([0-9]+) *([kKmMgGtT])(?:[iI]?[bB])?$`)
	})
	sizeUnits = map[string]uint{"K": 10, "M": 20, "G": 30, "T": 40}
)

// asSize reads a number of bytes, also with a unit. As for logrotate, Docker and systemd, K is 1024, with a B behind it or without.
func asSize(v *document.Value) (size, error) {
	if m := sizeText().FindStringSubmatch(v.Str); v.Kind == document.String && m != nil {
		shift := sizeUnits[strings.ToUpper(m[2])]
		if n, err := strconv.ParseInt(m[1], 10, 64); err == nil && n<<shift>>shift == n {
			return size(n << shift), nil
		}
		return 0, v.Errorf("%s is too large", v.Describe())
	}
	n, err := asInt(v)
	if err != nil {
		err = v.Errorf("want a whole number of bytes, or one with a unit (500KB, 10MB, 1GB), not %s", v.Describe())
	}
	return size(n), err
}

// asBytes reads a number of bytes as Python has it, which is never one with a unit.
func asBytes(v *document.Value) (int64, error) {
	n, err := asInt(v)
	if err != nil && v.Kind == document.String && sizeText().MatchString(v.Str) {
		err = v.Errorf("want a whole number, not %s: the class slogx.rotate.File reads sizes with a unit", v.Describe())
	}
	return n, err
}

// asDuration reads "1h30m", and days as "28d". A number has no unit, and is a mistake.
func asDuration(v *document.Value) (time.Duration, error) {
	if v.Kind == document.String {
		if days, ok := strings.CutSuffix(v.Str, "d"); ok {
			if n, err := strconv.ParseInt(days, 10, 32); err == nil && n >= 0 && n < 100_000 {
				return time.Duration(n) * 24 * time.Hour, nil
			}
		}
		if d, err := time.ParseDuration(v.Str); err == nil {
			return d, nil
		}
	}
	return 0, v.Errorf("want a time with its unit (90s, 1h30m, 28d), not %s", v.Describe())
}

func asLocation(v *document.Value) (*time.Location, error) {
	name, err := asString(v)
	if err != nil {
		return nil, err
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, v.Errorf("%q is no time zone: UTC, Local, or a name such as Europe/Berlin", name)
	}
	return loc, nil
}

// asMode reads permissions: "0640", or the number that YAML makes of 0640.
func asMode(v *document.Value) (fs.FileMode, error) {
	mode, err := int64(-1), error(nil)
	switch v.Kind {
	case document.Int:
		mode = v.Int
	case document.String:
		mode, err = strconv.ParseInt(strings.TrimPrefix(v.Str, "0o"), 8, 32)
	}
	if err != nil || mode < 0 || mode > 0o777 {
		return 0, v.Errorf("want permissions in octal, as \"0640\", not %s", v.Describe())
	}
	return fs.FileMode(mode), nil
}

// items returns the items of a list that a Go map has in Go's own type.
func items[T any](v *document.Value) (list []T, ok bool) {
	for _, item := range v.Items {
		object, ok := item.Object.(T)
		if !ok {
			return nil, false
		}
		list = append(list, object)
	}
	return list, len(list) > 0
}

func asAttrs(v *document.Value) ([]slog.Attr, error) {
	if list, ok := items[slog.Attr](v); ok {
		return list, nil
	}
	if v.Kind != document.Map {
		return nil, v.Errorf("want a map, not %s", v.Describe())
	}
	var attrs []slog.Attr
	for _, f := range v.Fields {
		if f.Value.Kind == document.Map {
			group, _ := asAttrs(f.Value)
			attrs = append(attrs, slog.Attr{Key: f.Key, Value: slog.GroupValue(group...)})
			continue
		}
		attrs = append(attrs, slog.Any(f.Key, f.Value.Go()))
	}
	return attrs, nil
}

func asPattern(v *document.Value) (*regexp.Regexp, error) {
	if re, ok := v.Object.(*regexp.Regexp); ok {
		return re, nil
	}
	text, err := asString(v)
	if err != nil {
		return nil, err
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, v.Wrap(err)
	}
	return re, nil
}

func asPatterns(v *document.Value) ([]*regexp.Regexp, error) { return asList(v, asPattern) }

func asSignals(v *document.Value) ([]os.Signal, error) {
	if list, ok := items[os.Signal](v); ok {
		return list, nil
	}
	names, err := asStrings(v)
	if err != nil {
		return nil, err
	}
	var list []os.Signal
	for _, name := range names {
		s, ok := signals[strings.TrimPrefix(strings.ToUpper(name), "SIG")]
		if !ok {
			return nil, v.Errorf("%q is no signal that this system has%s", name, nearest.Hint(name, signalNames()))
		}
		list = append(list, s)
	}
	return list, nil
}

// asCodec reads "gzip" or "gzip:9".
func asCodec(v *document.Value) (rotate.Codec, error) {
	name, err := asString(v)
	if err != nil {
		return nil, err
	}
	name, level, leveled := strings.Cut(name, ":")
	n, err := strconv.Atoi(level)
	switch {
	case name != "gzip", leveled && (err != nil || n < 1 || n > 9):
		return nil, v.Errorf("want gzip, gzip:1 to gzip:9, or the name of an object (ext://…), not %s", v.Describe())
	case leveled:
		return rotate.GzipLevel(n), nil
	}
	return rotate.Gzip, nil
}

// asOwner reads {uid: 0, gid: 4}. What is left out stays as it is.
func asOwner(v *document.Value) (*rotate.Owner, error) {
	if v.Kind != document.Map {
		return nil, v.Errorf("want a map of uid and gid, not %s", v.Describe())
	}
	a := &Args{at: v}
	owner := &rotate.Owner{UID: int(a.Int("uid", -1)), GID: int(a.Int("gid", -1))}
	return owner, a.done()
}

var stackStyles = map[string]format.StackStyle{
	"none": format.NoStacks, "text": format.StackText, "list": format.StackList,
}

// oneOf reads one of several words.
func oneOf[T any](v *document.Value, words map[string]T) (T, error) {
	var known []string
	for word := range words {
		known = append(known, word)
	}
	slices.Sort(known)
	text, err := asString(v)
	if err != nil {
		return *new(T), err
	}
	got, ok := words[strings.ToLower(text)]
	if !ok {
		return got, v.Errorf("want %s, not %s", strings.Join(known, ", "), v.Describe())
	}
	return got, nil
}
