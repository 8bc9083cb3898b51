// SPDX-License-Identifier: MIT

package format_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/slogx/slogx/format"
)

func ExampleNewHandler() {
	h := format.NewHandler(os.Stdout, format.MustPercent("%(levelname)-8s %(name)s: %(message)s", nil), nil)
	log := slog.New(h).With("logger", "app.db")
	log.Info("connected", "host", "db1", "took", 3*time.Millisecond)
	log.WithGroup("query").Warn("slow query", "rows", 17, "text", "select 1")
	// Output:
	// INFO     app.db: connected host=db1 took=3ms
	// WARNING  app.db: slow query query.rows=17 query.text="select 1"
}

func ExamplePercent() {
	layout, err := format.Percent("[%(levelname).1s] %(user)s: %(message)s", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	log := slog.New(format.NewHandler(os.Stdout, layout, nil))
	log.With("user", "bob").Info("logged in", "from", "10.0.0.1")
	// Output: [I] bob: logged in from=10.0.0.1
}

func ExamplePercent_mistake() {
	_, err := format.Percent("%(asctime)s %(levelname) %(message)s", nil)
	var syntax *format.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Println(syntax.Msg)
		fmt.Println(syntax.Layout)
		fmt.Println(strings.Repeat(" ", syntax.Pos) + "^")
	}
	// Output:
	// unknown conversion '%' of field "levelname": its text is %(levelname)s
	// %(asctime)s %(levelname) %(message)s
	//                          ^
}

func ExampleMustPercent() {
	layout := format.MustPercent("%(asctime)s %(message)s", &format.Options{DateFormat: "%d/%b/%Y:%H:%M:%S %z", Location: time.UTC})
	r := slog.NewRecord(time.Unix(1700000000, 0), slog.LevelInfo, "hello", 0)
	fmt.Println(string(layout.Append(nil, &format.Record{Record: r})))
	// Output: 14/Nov/2023:22:13:20 +0000 hello
}

// A shout is a formatter of one's own.
type shout struct{}

func (shout) Append(dst []byte, r *format.Record) []byte {
	dst = append(dst, strings.ToUpper(r.Message)...)
	if user, ok := r.Attr("user"); ok {
		dst = fmt.Appendf(dst, ", %v", user)
	}
	return append(dst, '!')
}

func ExampleFormatter() {
	log := slog.New(format.NewHandler(os.Stdout, shout{}, nil))
	log.With("user", "bob").Info("hello")
	// Output: HELLO, bob!
}

func ExampleNewConsole() {
	log := slog.New(format.NewConsole(os.Stdout, &format.ConsoleOptions{NoColor: true}))
	log.Info("hello", "colour", false)
	// Output: INFO:root:hello colour=false
}
