// SPDX-License-Identifier: MIT

// Package tree arranges loggers in a tree by their dotted names, as Python's logging does:
// a node's level holds for all below it that set none of their own, and a record goes to the
// handlers of its node and of every node above.
//
//	t := tree.New(nil)
//	t.Node("").AddHandler(slog.NewJSONHandler(os.Stderr, nil))
//	t.Node("app.db").SetLevel(slog.LevelDebug)
//	t.Logger("app.db.pool").Debug("connected")
//
// Loggers log and are plain [slog.Logger] values; nodes configure. All may change while others
// log: a record whose call starts after a change returned sees the change.
package tree

import (
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/slogx/slogx/internal/onerror"
)

// NameKey is the key of the attribute that carries the name of a logger.
// Handlers are given it once, by WithAttrs, before any group. The root gives none.
const NameKey = "logger"

// Options are options for [New]. The zero Options is the default.
type Options struct {
	// Level is the level of the root. If nil, it is slog.LevelInfo, as in slog.
	Level slog.Leveler

	// OnError is called with every error and panic of a handler or filter; see [Tree.SetOnError].
	OnError func(error)

	// LastResort takes the records that meet no handler at all on their way up;
	// see [Tree.SetLastResort].
	LastResort slog.Handler
}

// A Tree is a tree of nodes, and of the loggers that belong to them.
// It is Python's logging.Manager. It is safe for concurrent use.
type Tree struct {
	// generation is raised after every change; what was made in an earlier one is stale.
	generation atomic.Uint64

	root   *Node
	names  index
	errors onerror.Reporter

	_ [64]byte // every record reads what is above, and creating loggers writes what is below

	mu         sync.Mutex
	count      int              // of nodes that were asked for
	hidden     map[string]*Node // nodes that exist only as part of a longer name
	lastResort *route           // of nodes that have no handler on their way up
	disable    slog.Leveler     // nil: nothing is disabled
	added      uint64           // counts handlers in the order in which they were added

	values sync.Map // of Value
}

// New returns a tree that consists of the root.
// Nil options are the default. The options are copied.
func New(opts *Options) *Tree {
	var o Options
	if opts != nil {
		o = *opts
	}
	if o.Level == nil {
		o.Level = slog.LevelInfo
	}
	t := &Tree{hidden: make(map[string]*Node)}
	t.generation.Store(1) // stale is of generation 0
	t.SetOnError(o.OnError)
	t.SetLastResort(o.LastResort)
	t.names.init()
	t.root = &Node{name: rootName, conf: &config{level: o.Level}}
	t.root.base.tree = t
	t.root.show()
	return t
}

var defaultTree = New(&Options{Level: slog.LevelWarn})

// Default returns the process's tree. Its root starts at WARNING, as in Python.
func Default() *Tree { return defaultTree }

// Logger returns the logger of the given dotted name: the same for the same name.
// It is Python's logging.getLogger. "" and "root" are the root.
func (t *Tree) Logger(name string) *slog.Logger { return &t.Node(name).logger }

// Node returns the node of the given dotted name: the same for the same name.
// "" and "root" are the root. The node above is that of the name up to the last dot, whether or
// not the parts between the dots are empty; so the nodes above "a..b" are "a." and "a".
// That of "root.x" is the root, as of "x".
func (t *Tree) Node(name string) *Node {
	if n := t.names.find(name); n != nil {
		return n
	}
	if name == "" {
		return t.root
	}
	return t.create(name)
}

// Disable turns off all records at the given level and below, whatever the nodes say.
// It is Python's logging.disable. Nil turns off nothing, which is the default.
// A [slog.LevelVar] is asked for each record.
func (t *Tree) Disable(level slog.Leveler) {
	t.change(func() { t.disable = level })
}

// SetOnError sets the function that is called with every error and panic of a handler or filter,
// possibly by many goroutines at once. Nil is the default: at most a line a second is printed
// to os.Stderr. It is what Python's raiseExceptions is for.
func (t *Tree) SetOnError(onError func(error)) {
	t.errors.Set(onError)
}

// SetLastResort sets the handler of records that meet no other on their way up.
// Nil is the default: the message and the attributes of those at WARNING and above are printed
// to the current os.Stderr. [slog.DiscardHandler] drops them. It is Python's logging.lastResort.
func (t *Tree) SetLastResort(h slog.Handler) {
	if h == nil {
		h = lastResort{}
	}
	l := t.newLeaf(h)
	t.change(func() { t.lastResort = makeRoute([]*leaf{l}, nil) })
}

// lastRoute returns the route to the last resort.
func (t *Tree) lastRoute() *route {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lastResort
}

// change makes changes to the tree visible in one step.
// It must not call foreign code, which might come back for the lock.
func (t *Tree) change(apply func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	apply()
	t.generation.Add(1)
}

// Value returns what is kept with the tree under a key. If there is nothing yet, that is what create returns, which
// is not nil. It is for packages that configure trees, to remember what they did: the key is of a type of their own.
// It is safe for concurrent use; of several goroutines that create, one is right.
func (t *Tree) Value(key any, create func() any) any {
	if v, ok := t.values.Load(key); ok {
		return v
	}
	v, _ := t.values.LoadOrStore(key, create())
	return v
}
