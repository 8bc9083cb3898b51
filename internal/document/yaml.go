// SPDX-License-Identifier: MIT

package document

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const (
	maxDepth = 100     // of lists and maps in each other
	maxMade  = 100_000 // values that stand in a document only through aliases
)

// YAML reads a document in YAML. Aliases and merge keys stand for what they name.
// Words that are truth values in YAML 1.1 only (yes, no, on, off) and dates stay Strings.
// Numbers and truth values as keys become their text.
func YAML(text []byte) (*Value, error) {
	s, err := Text(text)
	if err != nil {
		return nil, err
	}
	node, err := parseYAML(s)
	if err != nil {
		return nil, err
	}
	return buildYAML(node)
}

func buildYAML(node *yaml.Node) (*Value, error) {
	b := yamlBuilder{open: map[*yaml.Node]bool{}}
	v := b.value(node, "", 0)
	if err := b.errs.Err(); err != nil {
		return nil, err
	}
	if v.Kind == Null {
		return nil, &Error{Msg: "the document is empty"}
	}
	return v, nil
}

// A yamlBuilder makes values of nodes.
type yamlBuilder struct {
	errs    Errors
	open    map[*yaml.Node]bool // lists and maps that are being made
	aliases int                 // that it is inside of
	made    int                 // values inside of aliases
}

// mistake adds an error about a node, unless it was added when the node itself was met.
func (b *yamlBuilder) mistake(n *yaml.Node, path, format string, args ...any) {
	if b.aliases == 0 {
		b.errs.Add(&Error{Path: path, Line: n.Line, Msg: fmt.Sprintf(format, args...)})
	}
}

// value returns the value of a node. What cannot be made is Null.
func (b *yamlBuilder) value(n *yaml.Node, path string, depth int) *Value {
	if n.Kind == yaml.AliasNode {
		return b.alias(n, path, depth)
	}
	v := &Value{Path: path, Line: n.Line}
	if b.aliases > 0 {
		b.made++
	}
	switch {
	case b.made > maxMade:
		if b.made == maxMade+1 {
			b.errs.Add(v.Errorf("the aliases stand for too much"))
		}
	case n.Kind == yaml.ScalarNode:
		b.scalar(v, n)
	case depth >= maxDepth:
		b.errs.Add(v.Errorf("lists and maps are more than %d deep", maxDepth)) // perhaps only because of an alias
	default:
		b.open[n] = true
		b.collection(v, n, depth)
		delete(b.open, n)
	}
	return v
}

func (b *yamlBuilder) alias(n *yaml.Node, path string, depth int) *Value {
	if b.open[n.Alias] {
		v := &Value{Path: path, Line: n.Line}
		b.errs.Add(v.Errorf("*%s stands inside of what it names", n.Value))
		return v
	}
	b.aliases++
	defer func() { b.aliases-- }()
	return b.value(n.Alias, path, depth)
}

func (b *yamlBuilder) collection(v *Value, n *yaml.Node, depth int) {
	switch tag := n.ShortTag(); {
	case n.Kind == yaml.SequenceNode && tag == "!!seq":
		v.Kind, v.Items = List, make([]*Value, len(n.Content))
		for i, item := range n.Content {
			v.Items[i] = b.value(item, index(v.Path, i), depth+1)
		}
	case n.Kind == yaml.MappingNode && tag == "!!map":
		b.mapping(v, n, depth)
	default:
		b.refuseTag(n, v.Path)
	}
}

func (b *yamlBuilder) refuseTag(n *yaml.Node, path string) {
	b.mistake(n, path, "tag %s: nothing is ever constructed from a tag", n.ShortTag())
}

func (b *yamlBuilder) scalar(v *Value, n *yaml.Node) {
	var out any
	switch tag := n.ShortTag(); tag {
	case "!!str", "!!timestamp", "!!merge":
		v.Kind, v.Str = String, n.Value
		return
	case "!!null", "!!bool", "!!int", "!!float":
		if truth, ok := oldTruth[strings.ToLower(n.Value)]; ok && tag == "!!bool" { // as in !!bool yes
			out = truth
		} else if err := n.Decode(&out); err != nil {
			b.mistake(n, v.Path, "%s is not %s", shortened(n.Value), tag)
		}
	default:
		b.refuseTag(n, v.Path)
	}
	switch x := out.(type) {
	case bool:
		v.Kind, v.Bool = Bool, x
	case int:
		v.Kind, v.Int = Int, int64(x)
	case int64:
		v.Kind, v.Int = Int, x
	case uint64:
		b.mistake(n, v.Path, "%s is more than %d", n.Value, int64(math.MaxInt64))
	case float64:
		v.Kind, v.Float = Float, x
	}
}

// oldTruth has the truth values of YAML 1.1.
var oldTruth = map[string]bool{"yes": true, "on": true, "true": true, "no": false, "off": false, "false": false}

// mapping makes a map as PyYAML does: first what is merged, the later over the earlier, then what stands there itself.
func (b *yamlBuilder) mapping(v *Value, n *yaml.Node, depth int) {
	v.Kind = Map
	at := map[string]int{} // where a key is in v.Fields
	set := func(f Field) {
		if i, ok := at[f.Key]; ok {
			v.Fields[i] = f
			return
		}
		at[f.Key] = len(v.Fields)
		v.Fields = append(v.Fields, f)
	}
	own := map[string]int{} // lines
	var fields []Field
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, content := n.Content[i], n.Content[i+1]
		if key.Kind == yaml.ScalarNode && key.ShortTag() == "!!merge" {
			b.merge(content, v.Path, depth, set)
			continue
		}
		name, ok := b.key(key, v.Path)
		path := Join(v.Path, name)
		value := b.value(content, path, depth+1)
		first, twice := own[name]
		switch {
		case ok && twice:
			b.mistake(key, path, "the key is there twice, first in line %d", first)
		case ok:
			own[name] = key.Line
			fields = append(fields, Field{Key: name, KeyLine: key.Line, Value: value})
		}
	}
	for _, f := range fields {
		set(f)
	}
}

// merge sets the fields of what << names: a map, or a list of maps, the first of which counts most.
func (b *yamlBuilder) merge(n *yaml.Node, path string, depth int, set func(Field)) {
	maps := []*yaml.Node{n}
	if list := named(n); list.Kind == yaml.SequenceNode {
		maps = slices.Clone(list.Content)
		slices.Reverse(maps)
	}
	for _, m := range maps {
		if named(m).Kind != yaml.MappingNode {
			b.mistake(m, Join(path, "<<"), "wants a map, or a list of maps")
			continue
		}
		for _, f := range b.value(m, path, depth).Fields {
			set(f)
		}
	}
}

// named returns the node that n stands for.
func named(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// key returns the text of a key.
func (b *yamlBuilder) key(n *yaml.Node, path string) (key string, ok bool) {
	place := n
	n = named(n)
	if n.Kind != yaml.ScalarNode {
		b.mistake(place, path, "a list or a map is a key, want a text")
		return "", false
	}
	switch n.ShortTag() {
	case "!!str", "!!bool", "!!int", "!!float", "!!timestamp", "!!merge":
		return n.Value, true
	case "!!null":
		if n.Value == "" {
			b.mistake(place, path, "a key is missing")
		}
		return n.Value, n.Value != ""
	}
	b.refuseTag(place, path)
	return "", false
}
