// SPDX-License-Identifier: MIT

package tree_test

import (
	"fmt"
	"log/slog"
	"os"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// onStdout returns a handler that prints on lines without the time.
func onStdout() slog.Handler { return plainText(os.Stdout) }

func ExampleNew() {
	t := tree.New(nil)
	pool := t.Logger("app.db.pool") // may be made before anything is configured
	t.Node("").AddHandler(onStdout())
	t.Node("app.db").SetLevel(slog.LevelDebug)

	pool.Debug("connected", "host", "db1")
	t.Logger("app.web").Debug("not printed: the root is at INFO")
	t.Logger("app.web").Info("listening", "port", 8080)
	// Output:
	// level=DEBUG msg=connected logger=app.db.pool host=db1
	// level=INFO msg=listening logger=app.web port=8080
}

func ExampleNode_AddHandler() {
	t := tree.New(nil)
	t.Node("").AddHandler(onStdout())
	remove := t.Node("app").AddHandler(levels.NewHandler(onStdout(), levels.Error))

	t.Logger("app.db").Info("for the root's handler")
	t.Logger("app.db").Error("for both")
	remove()
	t.Logger("app.db").Error("for one again")
	// Output:
	// level=INFO msg="for the root's handler" logger=app.db
	// level=ERROR msg="for both" logger=app.db
	// level=ERROR msg="for both" logger=app.db
	// level=ERROR msg="for one again" logger=app.db
}

func ExampleTree_Update() {
	t := tree.New(nil)
	h := onStdout()
	t.Node("app.db").AddHandler(h)
	t.Update(func(b *tree.Batch) { // between two calls, a line would be lost or printed twice
		b.RemoveHandler(t.Node("app.db"), h)
		b.AddHandler(t.Node(""), h)
	})
	t.Logger("app.db").Info("once")
	// Output: level=INFO msg=once logger=app.db
}

func ExampleTree_Explain() {
	t := tree.New(nil)
	t.Node("").AddHandler(levels.NewHandler(slog.DiscardHandler, levels.Error))
	t.Node("app").SetLevel(slog.LevelWarn)

	fmt.Println(t.Explain("app.db", slog.LevelInfo))
	// Output:
	// app.db INFO:
	//   no logger of that name yet: it would be below app
	//   level WARNING, set on app: stopped
}

func ExampleTree_Disable() {
	t := tree.New(nil)
	t.Node("").AddHandler(onStdout())
	t.Disable(slog.LevelWarn)
	t.Logger("app").Warn("not printed")
	t.Logger("app").Error("printed")
	t.Disable(nil)
	t.Logger("app").Warn("printed again")
	// Output:
	// level=ERROR msg=printed logger=app
	// level=WARN msg="printed again" logger=app
}

func ExampleTree_String() {
	t := tree.New(nil)
	t.Node("").AddHandler(levels.NewHandler(slog.DiscardHandler, levels.Warning))
	t.Node("app.db").SetLevel(slog.LevelDebug)
	t.Node("app.web").SetPropagate(false)
	fmt.Print(t)
	// Output:
	// root INFO
	// │  handler levels.Handler(WARNING) > slog.discardHandler
	// ├─ app.db DEBUG
	// └─ app.web (INFO), propagate off
}
