// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"strings"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
)

// ownClasses adds the flags for classes that a program makes known, and this one cannot know.
func ownClasses(flags *flag.FlagSet) {
	for kind, class := range map[string]func(name string) any{
		"handler": func(name string) any {
			return func(a *config.Args) (slog.Handler, error) { return slog.DiscardHandler, nil }
		},
		"formatter": func(name string) any {
			return func(a *config.Args) (format.Formatter, error) { return ownFormatter(name), takeAll(a) }
		},
		"filter": func(name string) any {
			return func(a *config.Args) (filter.Filter, error) { return ownFilter(name), takeAll(a) }
		},
	} {
		flags.Func(kind, "take the class `NAME` for a "+kind+" that the program makes known; may be repeated", func(name string) error {
			if name == "" {
				return flag.ErrHelp
			}
			config.Register(name, class(name))
			return nil
		})
	}
}

// addDefaults adds the flag for fileConfig's defaults.
func addDefaults(flags *flag.FlagSet, ini *config.INIOptions) {
	ini.Defaults = map[string]string{}
	flags.Func("default", "`NAME=VALUE` that the program gives an INI file, fileConfig's defaults; may be repeated", func(text string) error {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return errors.New("want NAME=VALUE")
		}
		ini.Defaults[name] = value
		return nil
	})
}

// takeAll reads every argument, so that none is said to be unknown.
func takeAll(a *config.Args) error {
	for _, name := range a.Names() {
		a.Any(name)
	}
	return nil
}

// An ownFormatter stands for one of the program's own.
type ownFormatter string

// Append appends the message.
func (f ownFormatter) Append(dst []byte, r *format.Record) []byte { return append(dst, r.Message...) }

// An ownFilter stands for one of the program's own. What it does is not known.
type ownFilter string

// Filter passes every record.
func (f ownFilter) Filter(context.Context, *filter.Record) bool { return true }

// String returns the name of the class.
func (f ownFilter) String() string { return string(f) }
