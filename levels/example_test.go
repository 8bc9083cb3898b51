// SPDX-License-Identifier: MIT

package levels_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/slogx/slogx/levels"
)

func ExampleName() {
	fmt.Println(levels.Name(slog.LevelWarn))
	fmt.Println(levels.Name(levels.Critical))
	fmt.Println(levels.Name(slog.LevelDebug + 2))
	// Output:
	// WARNING
	// CRITICAL
	// DEBUG+2
}

func ExampleParse() {
	for _, s := range []string{"warn", "INFO+2", "10", "waring"} {
		level, err := levels.Parse(s)
		fmt.Println(level, err)
	}
	// Output:
	// WARN <nil>
	// INFO+2 <nil>
	// DEBUG <nil>
	// INFO levels: level "waring": unknown name; did you mean WARNING?
}

func ExampleParseThreshold() {
	threshold, err := levels.ParseThreshold("NOTSET")
	fmt.Println(threshold, err)
	// Output: <nil> <nil>
}

func ExampleRegister() {
	const Success = slog.Level(3)
	levels.Register("SUCCESS", Success)
	fmt.Println(levels.Name(Success))
	fmt.Println(levels.Parse("success"))
	// Output:
	// SUCCESS
	// INFO+3 <nil>
}

func ExampleNewHandler() {
	noTime := func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	var threshold slog.LevelVar
	text := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{Level: levels.Debug, ReplaceAttr: noTime})
	log := slog.New(levels.NewHandler(text, &threshold))

	log.Debug("not printed")
	threshold.Set(levels.Debug)
	log.Debug("printed")
	log.Log(context.Background(), levels.Critical, "printed")
	// Output:
	// level=DEBUG msg=printed
	// level=ERROR+4 msg=printed
}

func ExamplePython() {
	fmt.Println(levels.Python(slog.LevelWarn), levels.FromPython(50) == levels.Critical)
	// Output: 30 true
}
