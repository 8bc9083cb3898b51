// SPDX-License-Identifier: MIT

package main

var faults = []fault{
	{
		name: "the root gives a name",
		file: "tree/bind.go",
		old:  "if h.node.parent == nil {\n\t\treturn next\n\t}\n",
		new:  "",
		pkg:  "./tree",
		test: "Test",
	},
}
