// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"
	"strings"

	"github.com/slogx/slogx/internal/record"
)

func isStackKey(key string) bool { return key == record.ErrKey || key == record.StackKey }

// stack appends an attribute that was given under [record.ErrKey] with the stack of the error, or one
// that was given under [record.StackKey] as the stack of the logging call. It may have another key by now;
// outside of groups, the stack of an error may have, too.
func (e *jsonEncoder) stack(key string, a slog.Attr, outside bool) bool {
	if key == record.StackKey {
		return e.frames(a.Key, stackOfCall(a.Value, e.pc))
	}
	some := e.replaced(a)
	err, _ := record.ErrOf(slog.Attr{Key: key, Value: a.Value})
	if err == nil {
		return some
	}
	name := excStackKey
	if outside {
		name = e.stackKey
	}
	return e.frames(name, stackOfError(err, e.pc)) || some
}

// frames appends a stack, unless it is empty.
func (e *jsonEncoder) frames(key string, stack record.Frames) bool {
	v, ok := e.stacks.value(stack)
	return ok && e.replaced(slog.Attr{Key: key, Value: v})
}

// stackOfCall returns the stack that an attribute under [record.StackKey] asks for.
func stackOfCall(v slog.Value, pc uintptr) record.Frames {
	if stack, ok := v.Any().(record.Frames); ok {
		return stack
	}
	return record.CallStack(pc)
}

// stackOfError returns the stack that err carries, or else that of the logging call.
func stackOfError(err error, pc uintptr) record.Frames {
	if stack := record.ErrStack(err); stack != nil {
		return stack
	}
	return record.CallStack(pc)
}

// value returns a stack as it is printed. It reports false if it is empty.
func (s StackStyle) value(stack record.Frames) (_ slog.Value, ok bool) {
	text := strings.TrimSuffix(string(stack.Append(nil, "")), "\n")
	if s == StackText {
		return slog.StringValue(text), text != ""
	}
	return slog.AnyValue(strings.Split(strings.ReplaceAll(text, "\n    ", " "), "\n")), text != ""
}

// expanded returns attrs, which must be resolved, with the stacks that they ask for.
func (s StackStyle) expanded(attrs []slog.Attr, pc uintptr) []slog.Attr {
	if s == NoStacks {
		return attrs
	}
	out := make([]slog.Attr, 0, len(attrs))
	for _, a := range attrs {
		if a.Key == record.StackKey {
			if v, ok := s.value(stackOfCall(a.Value, pc)); ok {
				out = append(out, slog.Attr{Key: a.Key, Value: v})
			}
			continue
		}
		if a.Value.Kind() == slog.KindGroup {
			a.Value = slog.GroupValue(s.expanded(a.Value.Group(), pc)...)
		}
		out = append(out, a)
		if err, _ := record.ErrOf(a); err != nil {
			if v, ok := s.value(stackOfError(err, pc)); ok {
				out = append(out, slog.Attr{Key: excStackKey, Value: v})
			}
		}
	}
	return out
}
