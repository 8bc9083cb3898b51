// SPDX-License-Identifier: MIT

package main

// oracleFaults are those that the stored random scripts must catch, and those of the comparison itself.
var oracleFaults = []fault{
	{
		"oracle: a filter applies to records from below", "tree/state.go",
		"s.below = below",
		"s.below = s\n\t\t_ = below",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: an ancestor's level applies to records from below", "tree/state.go",
		"\t\tif level == nil {\n",
		"\t\tif level == nil || up.level != nil && up.level.Level() > level.Level() {\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: propagate off stops levels, too", "tree/state.go",
		"\t\tif level == nil {\n",
		"\t\tif level == nil && !c.isolated {\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: propagate off stops nothing", "tree/state.go",
		"\tif c.isolated {\n",
		"\tif false {\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a disabled ancestor silences those below", "tree/state.go",
		"\tc.below = n.routeLocked(above)\n",
		"\tc.below = n.routeLocked(above)\n\tif c.disabled {\n\t\tc.below = nowhere\n\t}\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a disabled logger logs", "tree/state.go",
		"\tif n.conf.disabled {\n",
		"\tif false {\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: handlers of ancestors come first", "tree/state.go",
		"slices.Concat(c.leaves, above.leaves)",
		"slices.Concat(above.leaves, c.leaves)",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a handler on two loggers is called once", "tree/state.go",
		"slices.Concat(c.leaves, above.leaves)",
		"slices.Concat(c.leaves, slices.DeleteFunc(slices.Clone(above.leaves), func(l *leaf) bool { return n.find(l.handler) != nil }))",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: the last resort gets what a handler got", "tree/state.go",
		"\tcase above == t.lastResort:\n",
		"\tcase false:\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: the last resort gets what all handlers drop", "tree/handler.go",
		"\tif at, err := h.deliverFrom(ctx, v, &r, 0); err != nil {",
		"\tif !h.wanted(ctx, v, r.Level) {\n\t\th.rescue(ctx, v, &r)\n\t}\n\tif at, err := h.deliverFrom(ctx, v, &r, 0); err != nil {",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: the last resort takes more than WARNING", "tree/lastresort.go",
		"level >= levels.Warning",
		"level >= levels.Notice",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: disable leaves out its own level", "tree/state.go",
		"max(lowest, off+1)",
		"max(lowest, off)",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: disable lowers the level", "tree/state.go",
		"max(lowest, off+1)",
		"off + 1",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: the parent is sought at the first dot", "tree/node.go",
		"strings.LastIndexByte(name, '.')",
		"strings.IndexByte(name, '.')",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: the parent may be one that nobody asked for", "tree/node.go",
		"n != nil && !n.visible(); n = n.parent",
		"n != nil && n.name == \"\"; n = n.parent",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: the last filter is asked first", "tree/node.go",
		"c.filters = append(slices.Clip(c.filters), s)",
		"c.filters = append([]*sieve{s}, c.filters...)",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: Handle asks the level", "tree/handler.go",
		"func (h *Handler) Handle(ctx context.Context, r slog.Record) error {\n",
		"func (h *Handler) Handle(ctx context.Context, r slog.Record) error {\n\tif !h.Enabled(ctx, r.Level) {\n\t\treturn nil\n\t}\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a handler is added twice", "tree/leaf.go",
		"if n.find(l.handler) == nil {",
		"if n.find(nil) == nil {",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a handler takes another's place and keeps its own", "tree/leaf.go",
		"\tn.removeHandler(new.handler)\n",
		"",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: the last change of a batch is lost", "tree/batch.go",
		"range b.changes {",
		"range b.changes[:len(b.changes)-1] {",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: Name passes what begins alike", "filter/name.go",
		"rest[0] == '.'",
		"rest[0] != 0",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: Name does not know the root", "filter/name.go",
		"\t\tlogger = \"root\"\n",
		"\t\tlogger = \"ROOT\"\n",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a handler's own level is too low for it", "levels/handler.go",
		"level >= h.min.Level()",
		"level > h.min.Level()",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a threshold is rounded down", "levels/python.go",
		"(2*rest+4)/5)",
		"2*rest/5)",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"oracle: a number of Python is rounded up", "levels/python.go",
		"2*odd",
		"3*odd",
		"./internal/oracle", "TestRandomScripts$",
	},
	{
		"judge: what is seen is not compared", "internal/oracle/judge/oracle.go",
		"if !slices.EqualFunc(st.Wanted(), seen, same) {",
		"if false {",
		"./internal/oracle/judge", "TestAScriptMustComeOutAsTheTwinSaysWhereAPredicateHolds$",
	},
	{
		"judge: a difference may show without a predicate", "internal/oracle/judge/oracle.go",
		"if len(names) == 0 {",
		"if false {",
		"./internal/oracle/judge", "TestAScriptMustComeOutAsTheTwinSaysWhereAPredicateHolds$",
	},
	{
		"judge: what the twin can tell is left out", "internal/oracle/judge/oracle.go",
		"if o.Untold != \"\" && slices.Equal(st.Twin, []string{o.Untold}) {",
		"if o.Untold != \"\" {",
		"./internal/oracle/judge", "TestOnlyWhatTheTwinCannotTellIsLeftOut$",
	},
	{
		"judge: a difference that shows with another is needed", "internal/oracle/judge/tally.go",
		"	if len(names) == 1 {\n",
		"	if len(names) > 0 {\n",
		"./internal/oracle/judge", "TestATallyCountsWhatDiffersAndWhyAlone$",
	},
}
