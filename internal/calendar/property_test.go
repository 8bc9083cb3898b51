// SPDX-License-Identifier: MIT

package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/calendar"
)

// The years that a schedule must know.
var (
	earliest = time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()
	latest   = time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC).Unix()
)

// randomTime returns any time, or one of the days around a change of the clocks.
func randomTime(rnd *rand.Rand, loc *time.Location) time.Time {
	t := time.Unix(earliest+rnd.Int64N(latest-earliest), rnd.Int64N(1e9))
	if rnd.IntN(3) == 0 {
		return t
	}
	t = time.Unix(rnd.Int64N(8e9)-4e9, 0)
	if start, _ := t.In(loc).ZoneBounds(); !start.IsZero() {
		t = start.Add(time.Duration(rnd.Int64N(int64(96*time.Hour))) - 48*time.Hour)
		t = t.Truncate([]time.Duration{time.Hour, 15 * time.Minute, time.Second, 1}[rnd.IntN(4)])
	}
	return t
}

func pick[T any](rnd *rand.Rand, from ...T) T { return from[rnd.IntN(len(from))] }

// checkPeriod checks what holds for each schedule and time. single schedules have one boundary a period.
func checkPeriod(t *testing.T, s *calendar.Schedule, now time.Time, single bool) {
	t.Helper()
	start, end := s.Period(now)
	ok := !start.After(now) && now.Before(end) && s.Next(now).After(now) && s.Start(start).Equal(start)
	if ok && single && s.Aligned() {
		ok = s.Start(end).Equal(end) && s.Start(end.Add(-1)).Equal(start)
	}
	if !ok {
		require.FailNow(t, "a wrong period", "%v lies in %v to %v, Next is %v, Start of start %v, of end %v",
			now.In(start.Location()), start, end, s.Next(now), s.Start(start), s.Start(end))
	}
}

func TestPeriodsHoldTheirTimes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, zone := range zones {
		loc := location(t, zone)
		t.Run(zone, func(t *testing.T) {
			for range 300 {
				when := pick(rnd, "S", "M", "H", "D", "midnight", "midnight", "midnight", "W0", "W3", "W6")
				at := ""
				if len(when) > 1 {
					at = pick(rnd, "", "00:00", "00:01", "00:30", "01:30", "02:00", "02:15:07", "03:00", "12:00", "23:30", "23:59:59")
				}
				interval := pick(rnd, 1, 1, 2, 3, 400)
				s := newSchedule(t, when, interval, at, loc)
				for range 20 {
					checkPeriod(t, s, randomTime(rnd, loc), interval == 1)
				}
			}
		})
	}
}

// TestEachDayHasOneBoundaryThatItsClocksShow takes the first of two, and none but where they skip the time of day.
func TestEachDayHasOneBoundaryThatItsClocksShow(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, zone := range zones {
		loc := location(t, zone)
		for range 1000 {
			at := time.Date(2000, 1, 1, rnd.IntN(24), 15*rnd.IntN(4), 0, 0, time.UTC)
			s := newSchedule(t, "midnight", 1, at.Format("15:04"), loc)
			start := s.Start(randomTime(rnd, loc))
			year, month, day := start.Date()
			if clock := start.Format("15:04:05"); clock != at.Format("15:04:05") {
				if clock < at.Format("15:04:05") { // the clocks went over midnight
					day--
				}
				shown := time.Date(year, month, day, at.Hour(), at.Minute(), 0, 0, loc)
				require.NotEqual(t, at.Format("15:04:05"), shown.Format("15:04:05"), "%s: %v for %v", zone, start, at)
			}
			for _, minutes := range []int{20, 30, 60, 90, 120, 180, 23 * 60, 24 * 60} {
				earlier := start.Add(-time.Duration(minutes) * time.Minute)
				require.NotEqual(t, start.Format(time.DateTime), earlier.Format(time.DateTime), zone)
			}
		}
	}
}

func FuzzCronThatParsesAlwaysAdvances(f *testing.F) {
	for i, seed := range []string{"* * * * *", "@hourly", "0 0 29 2 *", "30 1,2 * * *", "*/7 1-9/2 1,31 jan-jun sat-sun", "0 0 31 2 1", "5/10 * * * *"} {
		f.Add(seed, int64(i)*1e9)
	}
	loc := location(f, "America/New_York")
	f.Fuzz(func(t *testing.T, expr string, sec int64) {
		s, err := calendar.Cron(expr, loc)
		if err != nil {
			require.Nil(t, s)
			return
		}
		checkPeriod(t, s, bounded(sec), true)
	})
}

func FuzzAtThatParsesAlwaysAdvances(f *testing.F) {
	for i, seed := range []string{"", "00:00", "02:30", "23:59:59", "24:00", "1:00", "01:00:00.5"} {
		f.Add("midnight", uint16(i), seed, int64(i)*1e9)
		f.Add("W6", uint16(i), seed, int64(i)*1e9)
	}
	loc := location(f, "Australia/Lord_Howe")
	f.Fuzz(func(t *testing.T, when string, interval uint16, at string, sec int64) {
		s, err := calendar.New(when, int(interval), at, loc)
		if err != nil {
			require.Nil(t, s)
			return
		}
		checkPeriod(t, s, bounded(sec), interval <= 1)
		if at != "" {
			_, err := time.Parse("15:04:05", (at + ":00")[:len("15:04:05")])
			require.NoError(t, err)
		}
	})
}

// bounded returns a time in the years that a schedule must know.
func bounded(sec int64) time.Time {
	span := latest - earliest
	return time.Unix(earliest+((sec-earliest)%span+span)%span, 0)
}

// A line is one of a cron table, written with lists only, and what they hold.
type line struct {
	texts [5]string
	sets  [5]map[int]bool // nil holds everything
}

func randomLine(rnd *rand.Rand) (l line) {
	for i, f := range []struct{ low, high, common int }{{0, 59, 15}, {0, 3, 1}, {1, 31, 1}, {1, 12, 1}, {0, 6, 1}} {
		switch {
		case rnd.IntN(2) == 0 || i == 3:
			l.texts[i] = "*"
			continue
		case rnd.IntN(4) == 0:
			step := 2 + rnd.IntN(2)
			l.texts[i], l.sets[i] = fmt.Sprintf("*/%d", step), map[int]bool{}
			for n := f.low; n <= 59; n += step {
				l.sets[i][n] = true
			}
			continue
		}
		l.sets[i] = map[int]bool{}
		for j := range 1 + rnd.IntN(3) {
			n := f.low + rnd.IntN((f.high-f.low)/f.common+1)*f.common
			if l.sets[i][n] = true; j > 0 {
				l.texts[i] += ","
			}
			l.texts[i] += fmt.Sprint(n)
		}
	}
	return l
}

// String returns the line as it stands in a cron table.
func (l line) String() string {
	return fmt.Sprintf("%s %s %s %s %s", l.texts[0], l.texts[1], l.texts[2], l.texts[3], l.texts[4])
}

func (l line) star(i int) bool { return l.texts[i][0] == '*' }

func (l line) holds(local int64) bool {
	t := time.Unix(local, 0).UTC()
	has := func(i, n int) bool { return l.sets[i] == nil || l.sets[i][n] }
	date, weekday := has(2, t.Day()), has(4, int(t.Weekday()))
	onDay := date && weekday
	if !l.star(2) && !l.star(4) {
		onDay = date || weekday
	}
	return onDay && has(0, t.Minute()) && has(1, t.Hour()) && has(3, int(t.Month()))
}

// TestCronGoesThroughEachMinute compares the fires with those of a daemon that looks at the clocks each minute.
func TestCronGoesThroughEachMinute(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, zone := range zones {
		loc := location(t, zone)
		for range 8 {
			_, change := time.Unix(200_000_000+rnd.Int64N(1_800_000_000), 0).In(loc).ZoneBounds()
			if change.IsZero() || change.Unix()%60 != 0 || change.Year() == 2038 {
				change = time.Unix(1_000_000_020, 0)
			}
			l := randomLine(rnd)
			from := change.Unix() - 86400
			fires := l.daemon(loc, from, from+3*86400)
			s := newCron(t, l.String(), loc)
			last, found := from, 0
			for sec := from; sec < from+3*86400; sec += 60 {
				if fires[sec] {
					require.Equal(t, sec, s.Next(time.Unix(last, 0)).Unix(), "%s in %s after %v", l, zone, time.Unix(last, 0).In(loc))
					last = sec
					found++
				}
				if found > 0 {
					require.Equal(t, last, s.Start(time.Unix(sec, 0)).Unix(), "%s in %s until %v", l, zone, time.Unix(sec, 0).In(loc))
				}
			}
		}
	}
}

// daemon returns when the line fires after from and before to.
func (l line) daemon(loc *time.Location, from, to int64) map[int64]bool {
	fires := map[int64]bool{}
	wild := l.star(0) || l.star(1)
	var before, high int64
	for sec := from - 2*86400; sec < to; sec += 60 {
		_, offset := time.Unix(sec, 0).In(loc).Zone()
		local := sec + int64(offset)
		for skipped := before + 60; before != 0 && !wild && skipped < local; skipped += 60 {
			if at := sec + skipped - before - 60; l.holds(skipped) && at > from {
				fires[at] = true
			}
		}
		if l.holds(local) && (wild || local > high || high == 0) && sec > from {
			fires[sec] = true
		}
		before, high = local, max(high, local)
	}
	return fires
}
