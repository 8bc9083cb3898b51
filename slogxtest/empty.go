// SPDX-License-Identifier: MIT

package slogxtest

import (
	"errors"
	"fmt"
	"log/slog"
	"reflect"
)

var emptyRules = []rule{
	{
		"empty-group-name",
		`WithGroup("") opens no group`,
		emptyGroupName,
	},
	{
		"no-attrs",
		"WithAttrs without attributes changes nothing",
		noAttrs,
	},
	{
		"empty-same",
		`WithGroup("") and WithAttrs without attributes return the receiver itself`,
		emptySame,
	},
}

// parents returns branches of every sort.
func (b *bench) parents() []branch {
	root := b.root()
	return []branch{root, root.withN("p", 2), root.in("g"), root.in("g").withN("p", 2).in("h")}
}

func emptyGroupName(k *kit) error {
	b := k.bench()
	for _, parent := range b.parents() {
		same := branch{parent.handler.WithGroup(""), parent.steps}
		if err := b.checkAll(same, same.withN("k", 1), same.in("i"), parent); err != nil {
			return fmt.Errorf(`after WithGroup(""): %w`, err)
		}
	}
	return nil
}

func noAttrs(k *kit) error {
	b := k.bench()
	for _, parent := range b.parents() {
		for _, attrs := range [][]slog.Attr{nil, {}} {
			same := branch{parent.handler.WithAttrs(attrs), parent.steps}
			if err := b.checkAll(same, same.withN("k", 1), same.in("i"), parent); err != nil {
				return fmt.Errorf("after WithAttrs(nil): %w", err)
			}
		}
	}
	return nil
}

func emptySame(k *kit) error {
	for _, parent := range k.bench().parents() {
		h := parent.handler
		if !reflect.TypeOf(h).Comparable() {
			continue
		}
		if h.WithGroup("") != h {
			return errors.New(`WithGroup("") returned another handler`)
		}
		if h.WithAttrs(nil) != h || h.WithAttrs([]slog.Attr{}) != h {
			return errors.New("WithAttrs(nil) returned another handler")
		}
	}
	return nil
}
