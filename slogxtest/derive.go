// SPDX-License-Identifier: MIT

package slogxtest

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
)

// Lengths past every step in which append grows a slice by doubling it.
const (
	maxAttrs  = 40
	maxGroups = 8
)

var deriveRules = []rule{
	{
		"receiver",
		"WithAttrs and WithGroup return a new handler, and the receiver stays as it was",
		receiverUnchanged,
	},
	{
		"sibling-attrs",
		"two handlers derived from one by WithAttrs never see each other's attributes, however often they are used",
		siblingAttrs,
	},
	{
		"sibling-groups",
		"two handlers derived from one by WithGroup never see each other's groups, however often they are used",
		siblingGroups,
	},
	{
		"sibling-mixed",
		"a handler has what WithAttrs and WithGroup bound to it, in that order, whatever is derived from it or beside it",
		siblingMixed,
	},
	{
		"concurrent-derive",
		"WithAttrs and WithGroup may be called at the same time, and share nothing that they write to",
		concurrentDerive,
	},
	{
		"group-values",
		"the attributes inside a group's value belong to the caller, who may use the value again: a handler does not change them",
		groupValues,
	},
}

func receiverUnchanged(k *kit) error {
	b := k.bench()
	root := b.root()
	for _, parent := range []branch{root, root.withN("p", 3), root.in("g"), root.withN("p", 3).in("g").withN("q", 2)} {
		for _, derive := range []func() branch{
			func() branch { return parent.withN("d", 2) },
			func() branch { return parent.in("d") },
		} {
			if err := b.check(parent); err != nil {
				return err
			}
			derived := derive()
			if err := b.checkAll(parent, derived, parent); err != nil {
				return err
			}
		}
	}
	return nil
}

// siblings checks two branches that were derived from parent. The second time through a is what shows a leak
// of a handler that binds late: until b was used, there is nothing to leak.
func (b *bench) siblings(parent, x, y branch) error {
	return b.checkAll(x, y, x, parent, y)
}

func siblingAttrs(k *kit) error {
	shapes := []func(br branch, n int) branch{
		func(br branch, n int) branch { return br.withN("p", n) },
		oneByOne,
		func(br branch, n int) branch { return oneByOne(br.in("g"), n) },
		func(br branch, n int) branch { return br.withN("p", n/2).withN("q", n-n/2) },
	}
	for _, shape := range shapes {
		for n := range maxAttrs + 1 {
			b := k.bench()
			parent := shape(b.root(), n)
			if err := b.siblings(parent, parent.withN("a", 1), parent.withN("b", 1)); err != nil {
				return err
			}
			if err := b.siblings(parent, parent.withN("c", 3), parent.withN("d", 2).withN("e", 1)); err != nil {
				return err
			}
		}
	}
	return nil
}

func oneByOne(br branch, n int) branch {
	for i := range n {
		br = br.withN(fmt.Sprintf("p%d-", i), 1)
	}
	return br
}

func siblingGroups(k *kit) error {
	for n := range maxGroups + 1 {
		for bound := range 3 {
			b := k.bench()
			parent := b.root()
			for i := range n {
				parent = parent.in(fmt.Sprintf("g%d", i)).withN(fmt.Sprintf("p%d-", i), bound)
			}
			x, y := parent.in("a"), parent.in("b")
			if err := b.siblings(parent, x, y); err != nil {
				return err
			}
			if err := b.siblings(parent, x.in("aa").withN("k", 1), y.in("bb").withN("k", 1)); err != nil {
				return err
			}
			if err := b.siblings(parent, x.withN("k", 1), parent.withN("k", 1).in("c")); err != nil {
				return err
			}
		}
	}
	return nil
}

// siblingMixed grows trees of handlers at random, the same in every run,
// and logs through any of them while it goes on.
func siblingMixed(k *kit) error {
	for seed := range uint64(12) {
		b := k.bench()
		rng := rand.New(rand.NewPCG(seed, seed))
		branches := []branch{b.root()}
		for i := range 40 {
			next := branches[rng.IntN(len(branches))]
			if rng.IntN(3) == 0 {
				next = next.in(fmt.Sprintf("g%d", i))
			} else {
				next = next.withN(fmt.Sprintf("k%d-", i), 1+rng.IntN(4))
			}
			branches = append(branches, next)
			for range 3 {
				if err := b.check(branches[rng.IntN(len(branches))]); err != nil {
					return fmt.Errorf("seed %d: %w", seed, err)
				}
			}
		}
	}
	return nil
}

func concurrentDerive(k *kit) error {
	b := k.bench()
	parent := oneByOne(b.root().in("g"), 5).in("h").withN("q", 3)
	return b.crowd(func(worker, i int) branch {
		if i%2 == 0 {
			return parent.withN(fmt.Sprintf("w%d-%d-", worker, i), 1+i%3)
		}
		return parent.in(fmt.Sprintf("w%d", worker)).withN("k", 1).in(fmt.Sprintf("i%d", i))
	})
}

type resolved string

// LogValue makes a handler resolve the value.
func (r resolved) LogValue() slog.Value { return slog.StringValue(string(r)) }

func groupValues(k *kit) error {
	b := k.bench()
	attrs := []slog.Attr{
		slog.Any("k", resolved("v")),
		slog.Group("inner", slog.Any("k", resolved("v"))),
		slog.Group("", slog.Any("unnamed", resolved("v"))),
	}
	group := slog.Attr{Key: "shared", Value: slog.GroupValue(attrs...)}
	shared := map[string]any{"k": "v", "inner": map[string]any{"k": "v"}, "unnamed": "v"}
	for range 2 {
		for _, h := range []slog.Handler{b.handler, b.handler.WithAttrs([]slog.Attr{group})} {
			m, err := b.handle(h, newRecord("message", slog.Attr{Key: "given", Value: group.Value}, group))
			if err != nil {
				return err
			}
			if err := sameContent(m, (map[string]any{"shared": shared, "given": shared})); err != nil {
				return err
			}
		}
	}
	for _, a := range []slog.Attr{attrs[0], attrs[1].Value.Group()[0], attrs[2].Value.Group()[0]} {
		if a.Value.Kind() != slog.KindLogValuer {
			return fmt.Errorf("the attribute %v inside the group was replaced by its resolved value", a)
		}
	}
	return nil
}
