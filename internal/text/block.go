// SPDX-License-Identifier: MIT

package text

import (
	"log/slog"
	"strings"

	"github.com/slogx/slogx/internal/record"
)

// The indents of a block. What is indented cannot be taken for a record.
const (
	headIndent = "  "
	bodyIndent = "    "
)

// AppendBlock appends what stands on the lines after the record: for each error under
// [record.ErrKey], bound or given, its text and its stack, and for each [record.StackKey]
// the stack of the logging call. It is Python's traceback. The last line is not ended.
//
//	error: connection refused
//	  main.(*DB).Query
//	      /src/app/db.go:42
//
// The stack of an error is the one it carries, or else that of the logging call, if the record's
// PC tells which call that is. Texts are escaped line by line unless raw.
func AppendBlock(dst []byte, s *record.Scope, r *slog.Record, raw bool) []byte {
	b := block{dst: dst, pc: r.PC, raw: raw}
	for _, a := range s.All() {
		b.attr(a)
	}
	r.Attrs(func(a slog.Attr) bool { b.attr(a); return true })
	if len(b.dst) > len(dst) {
		b.dst = b.dst[:len(b.dst)-1]
	}
	return b.dst
}

// A block appends errors and stacks, each line ended.
type block struct {
	dst    []byte
	pc     uintptr
	raw    bool
	groups int // that LogValuers gave
}

func (b *block) attr(a slog.Attr) {
	if err, ok := record.ErrOf(a); ok {
		if err != nil {
			b.error(err)
		}
		return
	}
	if a.Key == record.StackKey {
		b.stack(a.Value)
		return
	}
	if a.Value.Kind() == slog.KindLogValuer {
		if a.Value = a.Value.Resolve(); a.Value.Kind() == slog.KindGroup {
			if b.groups++; b.groups > record.MaxGroups {
				return
			}
		}
		b.attr(a)
		return
	}
	if a.Value.Kind() == slog.KindGroup {
		for _, a := range a.Value.Group() {
			b.attr(a)
		}
	}
}

func (b *block) error(err error) {
	b.head("error: ", anyErrorText(err))
	stack := record.ErrStack(err)
	if stack == nil {
		stack = record.CallStack(b.pc)
	}
	b.dst = stack.Append(b.dst, bodyIndent)
}

func (b *block) stack(v slog.Value) {
	var stack record.Frames
	if v.Kind() == slog.KindAny {
		stack, _ = v.Any().(record.Frames)
	}
	if stack == nil {
		stack = record.CallStack(b.pc)
	}
	if stack != nil {
		b.head("stack:", "")
		b.dst = stack.Append(b.dst, bodyIndent)
	}
}

// head appends the first line of the block, and the further ones of a text that has several.
func (b *block) head(title, text string) {
	b.line()
	b.dst = append(b.dst, headIndent+title...)
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if i > 0 {
			b.dst = append(b.dst, bodyIndent...)
		}
		b.dst = append(AppendText(b.dst, line, b.raw), '\n')
	}
}

// line begins a new line unless one has just begun.
// It does so before everything else, too: the record's own line is empty then.
func (b *block) line() {
	if n := len(b.dst); n == 0 || b.dst[n-1] != '\n' {
		b.dst = append(b.dst, '\n')
	}
}

// anyErrorText returns the text of err, whose Error method may panic.
func anyErrorText(err error) (s string) {
	defer func() {
		if p := recover(); p != nil {
			s = PanicText(err, p)
		}
	}()
	return err.Error()
}
