// SPDX-License-Identifier: MIT

package main

// styleFaults are those of the layouts in the styles { and $.
var styleFaults = []fault{
	{
		"format: zeros before a grouped number are not grouped", "format/brace_shape.go",
		"left := max(len(digits), digitsOf(least, size))",
		"left := len(digits)",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: a grouped number with zeros is too short", "format/brace_shape.go",
		"		digits++ // as",
		"		// as",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: hexadecimal digits are grouped by three", "format/brace_shape.go",
		"		return 4\n",
		"		return 3\n",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: text is aligned as numbers are", "format/brace_shape.go",
		"cmp.Or(s.align, '<')",
		"cmp.Or(s.align, '>')",
		"./format", "TestStylesPrintWhatPythonPrints",
	},
	{
		"format: zeros go before the sign", "format/brace_shape.go",
		"	if align == '=' {\n		n = inner\n	}\n",
		"",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: the odd fill character goes to the left", "format/brace_shape.go",
		"		left = count / 2\n",
		"		left = (count + 1) / 2\n",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: a width counts bytes", "format/brace_shape.go",
		"	return s.pad(dst, n, s.width-utf8.RuneCount(dst[n:]), cmp.Or(s.align, '<'))\n",
		"	return s.pad(dst, n, s.width-len(dst[n:]), cmp.Or(s.align, '<'))\n",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: a float with a precision loses its point", "format/number.go",
		"exponent < precision-1:",
		"exponent < precision:",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: a precision is taken for whole numbers", "format/brace_spec.go",
		"	case s.precision >= 0 && k == intKind && ",
		"	case s.precision > 0 && k == intKind && ",
		"./format", "TestBraceRefusesWhatPythonRefuses|TestBracePrintsValuesAsPython",
	},
	{
		"format: None takes a format spec", "format/brace_shape.go",
		"			return num, otherKind\n",
		"			return num, textKind\n",
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: a level with a width is a number", "format/brace_shape.go",
		"isNumber = isNumber && !isText(any)",
		"_ = isText(any)",
		"./format", "TestBracePrintsAttributesOfAnyType",
	},
	{
		"format: a repr is escaped twice", "format/brace_spec.go",
		"		s.raw = true // what",
		"		// what",
		"./format", "TestBraceEscapesOnceAndRawPrintsAsIs",
	},
	{
		"format: a layout looks into a value that shows nothing", "format/brace_element.go",
		"		if isText(v.Any()) {\n",
		"		if v.Any() == nil {\n",
		"./format", "TestBraceGoesIntoGroupsMapsAndSlicesOnly",
	},
	{
		"format: an attribute of which a part is printed is lost", "format/layout.go",
		"s.op == opAttribute && !isPart {",
		"s.op == opAttribute || isPart {",
		"./format", "TestStylesMergeWhatNoFieldNames",
	},
	{
		"format: a position is a field", "format/brace.go",
		`strings.TrimFunc(first, unicode.IsDigit) == ""`,
		`strings.TrimFunc(first, unicode.IsUpper) == ""`,
		"./format", "TestBraceRefusesWhatPythonRefuses",
	},
	{
		"format: a line break fills", "format/brace_spec.go",
		`strings.ContainsAny(rest[:size], "{}\n")`,
		`strings.ContainsAny(rest[:size], "{}")`,
		"./format", "TestBracePrintsValuesAsPython",
	},
	{
		"format: a bare dollar sign is text", "format/dollar.go",
		"	case name == \"\" && !braced:\n",
		"	case name == \"\" && !braced && p.pos == len(p.layout):\n",
		"./format", "TestStylesPrintWhatPythonPrints",
	},
	{
		"format: a dot belongs to a name without braces", "format/dollar.go",
		"c == '.' && dotted && p.pos > start",
		"c == '.' && p.pos > start",
		"./format", "TestDollarNamesEndWhereTheyMust",
	},
	{
		"format: two dollar signs are a field", "format/scanner.go",
		"	if len(rest) < 2 || rest[0] != rest[1] {\n",
		"	if len(rest) < 3 || rest[0] != rest[1] {\n",
		"./format", "TestStylesPrintWhatPythonPrints",
	},
	{
		"slogx: the basic layout is in another style", "basic.go",
		"cmp.Or(o.Format, style.basic)",
		"cmp.Or(o.Format, format.Basic)",
		".", "TestBasicConfigHasABasicLayoutInEachStyle",
	},
	{
		"slogx: any style is taken", "basic.go",
		"o.checkFilemode(), o.checkStyle())",
		"o.checkFilemode())",
		".", "TestBasicConfigRefusesStylesAndLayoutsThatAreNone",
	},
	{
		"text: what is nested deeply is taken for endless", "internal/text/loop.go",
		"const maxNested = 1000", "const maxNested = 800",
		"./internal/text", "TestAValueThatDoesNotHoldItselfIsPrinted",
	},
	{
		"text: what has a text of its own is looked into", "internal/text/loop.go",
		"\t\treturn true\n\tdefault:\n\t\treturn false\n\t}\n}\n\nfunc anyField", "\t\treturn false\n\tdefault:\n\t\treturn false\n\t}\n}\n\nfunc anyField",
		"./internal/text", "TestAValueThatDoesNotHoldItselfIsPrinted",
	},
}
