// SPDX-License-Identifier: MIT

// Package levels gives log levels names and Python's numbers, in both directions.
//
// A level is a [slog.Level]. slog names four of them; this package adds the ones that syslog and
// Python's logging have, prints Python's words (WARNING, CRITICAL), reads either vocabulary, and
// lets a program register names of its own, as Python's addLevelName does.
// [NewHandler] gives any [slog.Handler] a threshold.
//
// Python's numbers grow by 10 where slog's grow by 4. [Python] and [FromPython] convert on two lines
// that meet at DEBUG:
//
//	python = 20 + 2.5  * slog         from DEBUG up
//	python = 10 + 1.25 * (slog + 4)   below DEBUG
//
// Python's NOTSET is no level here but a nil [slog.Leveler], because slog's zero is INFO.
package levels

import (
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// The levels that have a name from the start. Debug, Info, Warning and Error are slog's own;
// the numbers that Python has for them stand behind.
const (
	Trace     slog.Level = -8 // 5
	Debug     slog.Level = -4 // 10
	Info      slog.Level = 0  // 20
	Notice    slog.Level = 2  // 25
	Warning   slog.Level = 4  // 30
	Error     slog.Level = 8  // 40
	Critical  slog.Level = 12 // 50
	Alert     slog.Level = 14 // 55
	Emergency slog.Level = 16 // 60
)

// notSet is Python's name for no threshold.
const notSet = "NOTSET"

// The texts of the levels from lowest on lie in an array,
// because every line that is printed asks for one of them.
const (
	lowest = slog.Level(-16)
	near   = 48
)

// names is what is known about names. It is never changed once it is current.
type names struct {
	near   [near]string          // what Name prints for lowest, lowest+1, …
	far    map[slog.Level]string // the registered names of all other levels
	byName map[string]slog.Level // by the name in upper case
}

var (
	current     atomic.Pointer[names]
	registering sync.Mutex // held while current is replaced
)

func init() { current.Store(builtin()) }

func builtin() *names {
	n := &names{far: map[slog.Level]string{}, byName: map[string]slog.Level{
		"WARN": Warning, "FATAL": Critical,
		"EMERG": Emergency, "CRIT": Critical, "ERR": Error, // the keywords of syslog
	}}
	for i := range n.near {
		n.near[i] = (lowest + slog.Level(i)).String()
	}
	n.set("TRACE", Trace)
	n.set("DEBUG", Debug)
	n.set("INFO", Info)
	n.set("NOTICE", Notice)
	n.set("WARNING", Warning)
	n.set("ERROR", Error)
	n.set("CRITICAL", Critical)
	n.set("ALERT", Alert)
	n.set("EMERGENCY", Emergency)
	return n
}

// set gives level the name, in both directions. Older names of the level stay readable.
func (n *names) set(name string, level slog.Level) {
	n.byName[strings.ToUpper(name)] = level
	if i := uint(level - lowest); i < near {
		n.near[i] = name
		return
	}
	n.far[level] = name
}

// Name returns the name of the level: the one that was registered last,
// or Python's word (WARNING, CRITICAL) from the start.
// A level without a name prints as slog prints it, as in DEBUG+2 or WARN+1.
// It is Python's getLevelName for a number.
//
// Name takes no lock, and does not allocate for a level that has a name or is near one that has.
// It is safe for concurrent use.
func Name(level slog.Level) string {
	if i := uint(level - lowest); i < near {
		return current.Load().near[i]
	}
	return farName(level)
}

// farName is Name for a level that is far from those of slog.
func farName(level slog.Level) string {
	if name, ok := current.Load().far[level]; ok {
		return name
	}
	return level.String()
}

// Names returns all names that [Parse] knows, in upper case, with their levels.
// It is Python's getLevelNamesMapping, without NOTSET, which is no level.
// The map is the caller's own. Names is safe for concurrent use.
func Names() map[string]slog.Level { return maps.Clone(current.Load().byName) }

// Register names the level: from now on [Name] prints the name as it is given here,
// and [Parse] finds the level by the name in any case. It is Python's addLevelName.
// As there, the last name of a level is the one that is printed, the last level of a name is the one
// that is found, and older names stay readable. The names last as long as the process.
//
// Register changes nothing and returns an error if the name could not be read back or would break
// a line: if it is empty, holds space, a comma, a semicolon, an equals sign, a quotation mark or a
// character that does not print, is a number or ends as an offset does, is NOTSET, or is a word of slog for another level,
// because levels without a name print as an offset from those words.
// It is safe for concurrent use.
func Register(name string, level slog.Level) error {
	if why := refusal(name, level); why != "" {
		return fmt.Errorf("levels: register %q: %s", name, why)
	}
	registering.Lock()
	defer registering.Unlock()
	n := *current.Load()
	n.far, n.byName = maps.Clone(n.far), maps.Clone(n.byName)
	n.set(name, level)
	current.Store(&n)
	return nil
}

// refusal says why the level cannot have the name, and is "" if it can.
func refusal(name string, level slog.Level) string {
	_, _, isOffset := cutOffset(name)
	word, isSlogs := slogs[strings.ToUpper(name)]
	switch {
	case name == "":
		return "empty name"
	case strings.ContainsFunc(name, breaks) || !utf8.ValidString(name):
		return "space, comma, semicolon, equals sign, quotation mark or unprintable character in the name"
	case isOffset:
		return "the name reads as a number or as an offset"
	case strings.EqualFold(name, notSet):
		return "the name stands for no level"
	case isSlogs && word != level:
		return "the name is slog's for another level"
	}
	return ""
}

// slogs are the words whose levels are fixed.
var slogs = map[string]slog.Level{
	"DEBUG": Debug, "INFO": Info, "WARN": Warning, "WARNING": Warning, "ERROR": Error,
}

// breaks reports whether r in a name would break a line, or a list of names and levels.
func breaks(r rune) bool {
	return strings.ContainsRune(`=,;"`, r) || unicode.IsSpace(r) || !unicode.IsPrint(r)
}
