// SPDX-License-Identifier: MIT

package main

// layoutFaults are those that the stored random scripts on layouts must catch.
var layoutFaults = []fault{
	{
		"layouts: zeros fill up text in the style %", "format/spec.go",
		"		spaces[i] = ' '\n",
		"		spaces[i] = ' '\n		if s.zeros && !s.left {\n			spaces[i] = '0'\n		}\n",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: a width counts bytes", "format/spec.go",
		"s.width - utf8.RuneCount(dst[n:])",
		"s.width - len(dst[n:])",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: a space is put where a sign is asked for", "format/spec.go",
		"	case s.plus:\n		sign = \"+\"\n",
		"	case s.plus && !s.space:\n		sign = \"+\"\n",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: zeros fill up a number that stands on the left", "format/spec.go",
		"s.zeros && !s.left && fill > 0",
		"s.zeros && fill > 0",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: the precision of a whole number is not looked at", "format/spec.go",
		"prefix, digits, s.precision)",
		"prefix, digits, 0)",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: an octal number has C's prefix", "format/spec.go",
		"base, prefix = 8, \"0o\"",
		"base, prefix = 8, \"0\"",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: minus zero has no sign", "format/spec.go",
		"negative := math.Signbit(f) && !math.IsNaN(f)",
		"negative := f < 0",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: a float turns to exponents too late", "format/repr.go",
		"size >= 1e16",
		"size >= 1e17",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: a float is printed without its point", "format/repr.go",
		"dst = append(dst, \".0\"...)",
		"dst = append(dst, \"\"...)",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: repr takes double quotes for every text with a single one", "format/repr.go",
		"strings.Contains(s, \"'\") && !strings.Contains(s, `\"`)",
		"strings.Contains(s, \"'\")",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: ascii lets letters pass that are not", "format/repr.go",
		"(r < utf8.RuneSelf || !ascii)",
		"(r <= 0xff || !ascii)",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: milliseconds are rounded", "format/asctime.go",
		"ms := nanoseconds / 1e6",
		"ms := (nanoseconds + 5e5) / 1e6 % 1000",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: msecs has a fraction", "format/field.go",
		"float64(r.Time.Nanosecond() / 1e6)",
		"float64(r.Time.Nanosecond()) / 1e6",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: created is cut to microseconds", "format/field.go",
		"float64(r.Time.UnixNano()) / 1e9",
		"float64(r.Time.UnixMicro()) / 1e6",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: asctime is in UTC", "format/asctime.go",
		"local := t.In(location)",
		"local := t.UTC()",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: a module loses all behind the first dot", "format/caller.go",
		"strings.TrimSuffix(c.filename, path.Ext(c.filename))",
		"strings.SplitN(c.filename, \".\", 2)[0]",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: attributes that a field names are merged, too", "format/layout.go",
		"text.Bind(nil, l.named)",
		"text.Bind(nil, nil)",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: what another handler binds is gone on from", "format/layout.go",
		"if l.bound.scope == s.Parent() {",
		"if true {",
		"./format", "TestALayoutIsBoundToAnyScope",
	},
	{
		"layouts: brothers render into the same memory", "internal/text/bound.go",
		"	b.text = slices.Clip(b.text)\n",
		"	b.text = b.text[:len(b.text):cap(b.text)]\n",
		"./format", "TestBrothersOpenGroupsOfTheirOwn",
	},
	{
		"layouts: each step of a scope is rendered on its own", "format/layout.go",
		"next.bound.Bound = text.Bind(s, l.named)",
		"next.bound.Bound = l.to(s.Parent()).bound.Bound; next.bound.Add(s)",
		"./format", "TestAnUnboundLayoutRendersAScopeAtOnce",
	},
	{
		"layouts: text is centred to the right", "format/brace_shape.go",
		"left = count / 2",
		"left = (count + 1) / 2",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: a fill character is a byte", "format/brace_shape.go",
		"copy(dst[n+i*len(s.fill):], s.fill)",
		"copy(dst[n+i*len(s.fill):], s.fill[:1])",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
	{
		"layouts: a name behind a dollar sign takes letters that are not ASCII", "format/dollar.go",
		"isLetter := c == '_' ||",
		"isLetter := c >= 0x80 || c == '_' ||",
		"./internal/oracle/layouts", "TestRandomScripts$",
	},
}
