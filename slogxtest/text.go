// SPDX-License-Identifier: MIT

package slogxtest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
)

var textRules = []rule{
	{
		"long-message",
		"a message of ten megabytes is written whole, with one Write",
		longMessage,
	},
	{
		"empty-message",
		"a record without a message is written like any other",
		emptyMessage,
	},
	{
		"awkward-text",
		"spaces, quotes and signs of the layout in messages, keys and values come back as they were",
		awkwardText,
	},
	{
		"line-breaks",
		"a line break in a message, key or value begins no new line, or it could forge a record",
		lineBreaks,
	},
	{
		"invalid-utf8",
		"bytes that are no UTF-8 leave the rest of the record whole",
		invalidUTF8,
	},
}

func longMessage(k *kit) error {
	b := k.bench()
	message := strings.Repeat("0123456789", 1_000_000)
	if err := b.handler.Handle(context.Background(), newRecord(message)); err != nil {
		return err
	}
	writes := b.written()
	if len(writes) != b.copies() {
		return fmt.Errorf("one record made %d calls of Write, want %d", len(writes), b.copies())
	}
	for _, w := range writes {
		// Digits are written as they are. Only where they are not, is it worth the time to parse all this.
		if bytes.Contains(w, []byte(message)) {
			continue
		}
		if m, err := b.target.Parse(w); err != nil || m[slog.MessageKey] != message {
			return fmt.Errorf("of %d bytes of message, %d bytes were written: %q", len(message), len(w), abbreviate(string(w)))
		}
	}
	// What was kept for the next record must be none of it.
	return b.check(b.root())
}

func emptyMessage(k *kit) error {
	b := k.bench()
	for _, br := range b.parents() {
		m, err := b.handle(br.handler, newRecord("", slog.String("k", "v")))
		if err != nil {
			return fmt.Errorf("logging through %v: %w", br, err)
		}
		if err := sameContent(m, br.want(slog.String("k", "v"))); err != nil {
			return fmt.Errorf("logging through %v: %w", br, err)
		}
	}
	return nil
}

// awkward are texts that break a line that is put together carelessly.
var awkward = []string{
	"two words", ` leading and trailing `, `"quoted"`, `a "quote" inside`, `unbalanced "`, "it's",
	"k=v", "=", `back\slash`, `ends in \`, `{"json":true}`, "[a] <b> (c) & d", "50% %s %(name)s {0} $x",
	"日本語 – ü", "tab\tin it",
}

func awkwardText(k *kit) error {
	b := k.bench()
	for _, text := range awkward {
		value, after := slog.String("value", text), slog.String("after", "whole")
		key := slog.String("key "+strings.ReplaceAll(text, ".", ""), "value")
		for _, br := range []branch{b.root(), b.root().with(slog.String("bound", text))} {
			m, err := b.handle(br.handler, newRecord(text, value, key, after))
			if err != nil {
				return err
			}
			if err := sameContent(m, br.want(value, key, after)); err != nil {
				return fmt.Errorf("the text %q: %w", text, err)
			}
		}
	}
	return nil
}

// lineBreaks compares with what is written for blanks, because a layout may take several lines for every record.
func lineBreaks(k *kit) error {
	b := k.bench()
	for _, br := range []string{"\n", "\r", "\r\n", "\nlevel=ERROR msg=forged\n"} {
		want, err := b.lines(strings.Repeat(" ", len(br)))
		if err != nil {
			return err
		}
		got, err := b.lines(br)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("with %q in message, key, group and value the record has %d line breaks, want %d", br, got, want)
		}
	}
	return nil
}

// lines returns how many line breaks a record has that has s in all its texts.
func (b *bench) lines(s string) (int, error) {
	text := "one" + s + "two"
	h := b.handler.WithAttrs([]slog.Attr{slog.String("bound", text), slog.String("bound"+text, "v")}).WithGroup(text)
	group := slog.Group(text, slog.Any("any", []string{text}))
	r := newRecord(text, slog.String("given", text), slog.String("given"+text, "v"), group)
	if err := h.Handle(context.Background(), r); err != nil {
		return 0, err
	}
	writes := b.written()
	if len(writes) != b.copies() {
		return 0, fmt.Errorf("one record made %d calls of Write, want %d", len(writes), b.copies())
	}
	all := bytes.Join(writes, nil)
	return bytes.Count(all, []byte("\n")) + bytes.Count(all, []byte("\r")), nil
}

func invalidUTF8(k *kit) error {
	b := k.bench()
	after := slog.String("after", "whole")
	for _, text := range []string{"\xff", "a\xc3", "\xe2\x82 b", "\xed\xa0\x80"} {
		h := b.handler.WithAttrs([]slog.Attr{slog.String("bound", text)})
		r := newRecord(text, slog.String("given", text), slog.String("key"+text, "v"), after)
		if err := h.Handle(context.Background(), r); err != nil {
			return err
		}
		m, err := b.take()
		if err != nil {
			return err
		}
		if m["after"] != "whole" || m["given"] == nil || m["bound"] == nil {
			return fmt.Errorf("the text %q: got %v, want bound, given and after", text, m)
		}
	}
	return nil
}
