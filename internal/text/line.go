// SPDX-License-Identifier: MIT

package text

import "github.com/slogx/slogx/internal/record"

// AppendLine appends what the layout %(message)s prints of r: the message, the attributes,
// and on the lines after them the errors and stacks. The last line is not ended.
func AppendLine(dst []byte, r *record.Record) []byte {
	n := len(dst)
	dst = AppendEscaped(dst, r.Message)
	bound := Bind(r.Scope, nil)
	dst, block := bound.Append(dst, &r.Record)
	if r.Message == "" {
		dst = TrimSpace(dst, n)
	}
	if block {
		dst = AppendBlock(dst, r.Scope, &r.Record, false)
	}
	return dst
}

// TrimSpace removes the space that dst[n:] begins with: that of an attribute before which
// nothing stands.
func TrimSpace(dst []byte, n int) []byte {
	if len(dst) > n && dst[n] == ' ' {
		dst = append(dst[:n], dst[n+1:]...)
	}
	return dst
}
