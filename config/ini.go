// SPDX-License-Identifier: MIT

package config

import (
	"fmt"
	"maps"

	"github.com/slogx/slogx/internal/inifile"
)

// INIOptions are what Python's fileConfig takes beside the file. The zero INIOptions, and nil, give no defaults, and silence nothing.
type INIOptions struct {
	// Defaults are options that every section of the file has where the file says nothing else, as if they stood in
	// its [DEFAULT]: args=('%(dir)s/app.log',) takes dir from there. Names are in any case. As in the file, a value may refer
	// to others, and a percent sign is written twice. Layouts (format, datefmt) take none.
	Defaults map[string]string

	// DisableExisting is disable_existing_loggers, for which an INI file has no place: silence the loggers that exist and that
	// the file does not name. In Python, it is true unless it is said to be false.
	DisableExisting bool
}

// ReadINI reads an INI file of Python's fileConfig, whatever its name ends in. It is [Read] with options.
//
// Files are in UTF-8, or in UTF-16 with a byte order mark. What is in another encoding, a program decodes itself,
// and gives to [ParseINI].
func ReadINI(path string, opts *INIOptions) (*Config, error) { return readFile(path, ".ini", opts) }

// ParseINI reads the text of an INI file of Python's fileConfig. It is [Parse] with options.
func ParseINI(text []byte, opts *INIOptions) (*Config, error) { return parseINI(text, opts) }

func parseINI(text []byte, opts *INIOptions) (*Config, error) {
	opts = opts.copied()
	file, err := inifile.Parse(text, &inifile.Options{Names: constant, Defaults: opts.Defaults})
	var warnings []error
	for _, w := range file.Warnings {
		warnings = append(warnings, w)
	}
	if err != nil {
		return nil, fmt.Errorf("config: %w", &refused{err, warnings})
	}
	c, err := check(file.Root, warnings...)
	if err != nil {
		return nil, err
	}
	c.plan.disableExisting = opts.DisableExisting
	return c, nil
}

// copied returns a copy, also of nil.
func (o *INIOptions) copied() *INIOptions {
	if o == nil {
		return &INIOptions{}
	}
	return &INIOptions{Defaults: maps.Clone(o.Defaults), DisableExisting: o.DisableExisting}
}
