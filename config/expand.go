// SPDX-License-Identifier: MIT

package config

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/slogx/slogx/internal/document"
)

// expand replaces what stands for something else: variables of the environment, where the document asks for that,
// cfg:// by another part of the document, and ext:// by an object that was registered.
func (p *plan) expand() error {
	var errs []error
	if p.bool(p.root, "environment") {
		errs = append(errs, document.Expand(p.root, os.LookupEnv, isLayout))
	}
	p.replace(p.root, &errs, 0)
	return errors.Join(errs...)
}

// variable matches what would be replaced.
var variable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$\{[A-Za-z_][A-Za-z_0-9]*(:[-?].*)?\}`) })

// unexpanded returns what is to be said of texts with variables in a document that does not say whether it has any.
func (p *plan) unexpanded() (hints []error) {
	if p.root.Get("environment") != nil {
		return nil
	}
	p.root.Walk(func(v *document.Value) bool {
		if isLayout(v.Path) {
			return false
		}
		if v.Kind == document.String && strings.Contains(v.Str, "${") && variable().MatchString(v.Str) {
			hints = append(hints, v.Errorf("a variable stays as it stands without environment: true at the top of a YAML or JSON document"))
		}
		return true
	})
	return hints
}

// layoutPath matches the values in which a $ is a layout's own, in an INI file, too.
var layoutPath = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(^|\.)formatters\..*\.(format|fmt|datefmt|layout|dateFormat|default_time_format|default_msec_format)$|^\[formatter_.*\] (format|datefmt)$`)
})

func isLayout(path string) bool { return layoutPath().MatchString(path) }

// maxDepth bounds what cfg:// makes of a document.
const maxDepth = 64

func (p *plan) replace(v *document.Value, errs *[]error, depth int) {
	if depth > maxDepth {
		*errs = append(*errs, v.Errorf("nested too deeply, or part of itself"))
		return
	}
	if v.Kind == document.String {
		text := v.Str
		if err := p.replaceText(v); err != nil {
			*errs = append(*errs, err)
		}
		if v.Kind == document.String && v.Str == text {
			return
		}
		p.replace(v, errs, depth+1) // what it stands for may stand for something else
		return
	}
	for _, item := range v.Items {
		p.replace(item, errs, depth+1)
	}
	for _, item := range v.Args {
		p.replace(item, errs, depth+1)
	}
	for _, f := range v.Fields {
		p.replace(f.Value, errs, depth+1)
	}
}

// replaceText replaces a text in its place. A mistake leaves nothing there, so that it is told once.
func (p *plan) replaceText(v *document.Value) error {
	var other *document.Value
	var err error
	if strings.HasPrefix(v.Str, document.Reference) {
		p.referred = append(p.referred, strings.TrimPrefix(v.Str, document.Reference))
		other, err = p.root.Resolve(v.Str)
	} else if name, ok := strings.CutPrefix(v.Str, "ext://"); ok {
		other, err = external(name)
	} else {
		return nil
	}
	if err != nil {
		if placed := (*document.Error)(nil); !errors.As(err, &placed) || placed.Path == "" {
			err = v.Wrap(err)
		}
		other = &document.Value{Kind: document.Null}
	}
	become(v, other)
	return err
}

// refersTo reports whether a cfg:// names a key of the document, or what is below it.
func (p *plan) refersTo(key string) bool {
	return slices.ContainsFunc(p.referred, func(path string) bool {
		return path == key || strings.HasPrefix(path, key+".") || strings.HasPrefix(path, key+"[")
	})
}

// external returns what ext:// names.
func external(name string) (*document.Value, error) {
	known, ok := lookup(name)
	if !ok {
		return nil, fmt.Errorf("ext://%s: nothing of that name is known, and nothing is imported: "+
			"an object of the program's own is to be made known first, with config.Register(%q, …)", name, name)
	}
	return document.Go(known)
}

// become puts a copy of another value in the place of v.
func become(v, other *document.Value) {
	line, path := v.Line, v.Path
	*v = *other.Clone()
	v.SetPath(path)
	v.Line = line
}
