// SPDX-License-Identifier: MIT

package files_test

import (
	"strings"
	"time"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A place is where and when a script with time takes place.
type place struct {
	zone     *time.Location
	start    time.Time
	period   time.Duration // about as long as it lasts between rotations
	when     string
	interval int
	utc      bool
}

// Zones whose clocks are put forward and back in ways of their own.
var movingZones = []string{"America/New_York", "Europe/London", "Europe/Berlin", "Australia/Lord_Howe", "Europe/Dublin", "Africa/Casablanca",
	"America/Sao_Paulo", "America/St_Johns", "Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Tehran", "Pacific/Apia", "Pacific/Chatham", "America/Havana"}

func (g *generator) choosePlace() {
	name := pick(g, "UTC", "Asia/Shanghai", "Asia/Kolkata", "America/Phoenix", "Asia/Kathmandu")
	if g.odd == oddClocks {
		name = pick(g, movingZones...)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	start := time.Unix(1_262_304_000+g.rnd.Int64N(12*365*86400), 0).In(zone) // from 2010 to 2022
	g.when = pick(g, "S", "M", "H", "h", "D", "midnight", "midnight", "MIDNIGHT", "W0", "w3", "W6")
	g.interval = pick(g, 1, 1, 1, 2, 3)
	g.utc = g.chance(6)
	switch g.odd {
	case oddClocks:
		g.when, g.interval, g.utc = pick(g, "H", "H", "D", "midnight", "midnight", "midnight", "midnight", "W0"), pick(g, 1, 1, 1, 2), false
		before := map[string]int{"H": 6, "W0": 72}[g.when] // hours
		if before == 0 {
			before = 24
		}
		if _, end := start.ZoneBounds(); !end.IsZero() && end.Year() < 2030 { // Brazil leaves its clocks alone until 2038
			start = end.Add(-time.Duration(g.rnd.IntN(before)) * time.Hour).In(zone)
		}
	case oddRestart:
		if len(g.when) > 1 {
			g.interval = 2
		}
	case oddDelay:
		g.when = pick(g, "M", "H", "D")
	case oddFraction:
		g.when = pick(g, "S", "S", "M")
	}
	g.period = map[byte]time.Duration{'S': time.Second, 'M': time.Minute, 'H': time.Hour, 'D': 24 * time.Hour,
		'W': 7 * 24 * time.Hour}[strings.ToUpper(g.when)[0]]
	if len(g.when) > 2 {
		g.period = 24 * time.Hour
	}
	g.period *= time.Duration(g.interval)
	if g.chance(5) {
		start = time.Date(start.Year(), start.Month(), start.Day(), pick(g, 0, 6, 12), 0, 0, 0, zone)
	}
	g.zone, g.start = zone, start
}

// pause returns a number of seconds.
func (g *generator) pause() int {
	if g.odd == oddClocks {
		return int(g.period.Seconds()) * pick(g, 1, 1, 2, 2, 3, 4, 6, 8) / 24
	}
	return max(1, int(g.period.Seconds())*pick(g, 1, 2, 3, 4, 4, 5, 6, 8, 8, 12, 20)/8)
}

// stamp returns the time in the name of a backup.
func (g *generator) stamp(t time.Time) string {
	if g.utc {
		t = t.UTC()
	}
	layout := map[string]string{"S": "2006-01-02_15-04-05", "M": "2006-01-02_15-04", "H": "2006-01-02_15"}[strings.ToUpper(g.when)]
	if layout == "" {
		layout = time.DateOnly
	}
	return t.Format(layout)
}

func (g *generator) timed() {
	g.choosePlace()
	g.add("zone %s", g.zone)
	fraction := ""
	if g.odd == oddFraction {
		fraction = pick(g, "", ".5", ".25")
	}
	g.add("start %d%s", g.start.Unix(), fraction)
	backups := pick(g, 0, 1, 2, 3)
	g.strangers()
	g.timedBackups(max(backups, 1))
	g.timedFile()
	open := g.timedHandler(backups)
	open()
	switch {
	case g.odd == oddIdle:
		g.add("advance %d", 2*g.pause())
	case g.odd == oddDelay:
		g.add("advance %d", int(g.period.Seconds())*pick(g, 1, 2, 3)/4)
	case g.odd == oddBackups && g.chance(2):
		g.add("dir")
	case g.odd == oddRestart:
		g.every()
	}
	steps := 3 + g.rnd.IntN(8)
	if g.odd == oddClocks {
		steps *= 2
	}
	for range steps {
		g.timedStep(open)
	}
}

// timedHandler returns a function that opens the file, each time with the same options.
func (g *generator) timedHandler(backups int) (open func()) {
	var options strings.Builder
	if g.utc {
		options.WriteString(" utc")
	}
	if len(g.when) > 1 {
		options.WriteString(g.maybe(3, "at="+pick(g, "00:00", "01:30", "02:30", "06:00", "12:00", "23:59:59")))
	}
	if g.odd == oddDelay {
		options.WriteString(" delay")
	}
	if g.odd == oddSuffix {
		options.WriteString(" suffix=" + judge.Quote(pick(g, "%Y%m%d-%H%M%S", "%Y-%m-%d.txt", "%Y-%m-%d_%H-%M-%S", "%y%m%d%H", "%d.%m.%Y", "%Y-%m", "%Y%j")))
	}
	if g.interval > 1 || g.chance(8) {
		options.WriteString(" interval=" + string(rune('0'+g.interval)))
	}
	if backups > 0 || g.chance(8) {
		options.WriteString(" backups=" + string(rune('0'+backups)))
	}
	return func() { g.add("handler timed when=%s%s", g.when, &options) }
}

// timedFile adds the log file of an earlier process.
func (g *generator) timedFile() {
	switch {
	case g.odd == oddTorn:
		g.add(`create a.log "torn"`)
	case g.odd == oddIdle && g.chance(2):
		g.add(`create a.log ""`)
		g.add("mtime a.log %d", g.start.Unix()-int64(g.pause()))
	case g.chance(4) && g.odd != oddDelay:
		g.add(`create a.log "old\n"`)
		if g.chance(2) {
			g.add("mtime a.log %d", g.start.Unix()-int64(g.pause()))
		}
	}
}

// timedBackups adds what an earlier process has left.
func (g *generator) timedBackups(backups int) {
	old := func(days int) string { return "a.log." + g.stamp(g.start.AddDate(0, 0, -60-days)) }
	switch {
	case g.odd == oddBackups:
		text := pick(g, `"x\n"`, `"x\n"`, `""`)
		for n := range 1 + g.rnd.IntN(5) {
			g.add("create %s %s", old(n), pick(g, `"x\n"`, text))
		}
	case g.odd == oddNames:
		g.others(old(1)+".1", old(1)+".gz", old(2)+".2", strings.Replace(old(3), "-", "-9", 1), "a.log.2023-02-29", "a.log.2023-13-01_00",
			"a.log.2023-01-01_99-99", "a-2009-01-01T00-00-00.000.log")
		if g.chance(3) {
			g.add("mkdir %s", old(4))
		}
	case g.odd == oddTarget:
		taken := "a.log." + g.stamp(g.start)
		if g.chance(4) {
			g.add("mkdir %s", taken)
		} else {
			g.add(`create %s "taken\n"`, taken)
		}
	case g.odd != oddClocks && g.chance(3):
		for n := range backups {
			g.add(`create %s "x\n"`, old(n))
		}
	}
}

func (g *generator) timedStep(open func()) {
	switch n := g.rnd.IntN(12); {
	case n == 0:
		g.add("dir")
	case n == 1 && g.odd == oddRestart:
		g.add("close")
		if g.chance(2) {
			g.add("mtime a.log %d", g.start.Unix()-int64(g.pause()))
		}
		open()
	case n < 3 && (g.odd == oddRestart || len(g.when) > 1 && g.interval == 1 && g.odd != oddMeddling):
		open()
	case n < 5 && g.odd == oddMeddling:
		g.every()
		g.meddle()
		g.add("advance %d", g.rnd.IntN(2))
	case n < 8 && g.odd == oddFraction:
		g.add("advance %s", pick(g, "0.5", "0.25", "0.75", "1.5", "1", "30.5"))
		g.every()
	case n < 8:
		g.every()
		g.add("advance %d", g.pause())
	default:
		g.every()
	}
}

func (g *generator) every() {
	times := 1 + g.rnd.IntN(4)
	g.add("every %d %d", times, g.pause())
	if g.odd == oddClocks && g.chance(2) {
		g.add("dir")
	}
}
