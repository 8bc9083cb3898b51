// SPDX-License-Identifier: MIT

package rotate

import (
	"fmt"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"
)

func zone(t testing.TB, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

// suffixes are layouts that are allowed.
var suffixes = []string{
	"%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d_%H", "%Y-%m-%d_%H-%M", "%Y-%m-%d_%H-%M-%S", "%Y-%m-%d_%H-%M-%S.log", "%Y%m%d%H%M%S", "%Y%m%d",
	"%F", "%FT%T", "%F_%R", "%Y-%j", "%y%m%d", "%d.%m.%Y", "%A %d %B %Y", "%a-%b-%d-%Y", "%s", "%F_%H%z", "100%%-%F", "%F.gz", "%F.tmp", "%F.1", "日志-%F",
}

func TestNamesByTimeReadBack(t *testing.T) {
	for _, zoneName := range []string{"UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Tehran"} {
		loc := zone(t, zoneName)
		for _, suffix := range suffixes {
			require.NoError(t, checkSuffix(suffix), suffix)
			names := dated{suffix, loc}
			for at := time.Date(2011, 12, 28, 0, 0, 0, 0, loc); at.Year() < 2020; at = at.Add(55*time.Hour + 13*time.Minute + 7*time.Second) {
				requireReadsBack(t, names, "app.log", Backup{Time: at, N: at.YearDay() % 12})
			}
		}
	}
}

// requireReadsBack checks that a name reads back, with what it has of the time.
func requireReadsBack(t *testing.T, namer Namer, base string, b Backup) {
	name := namer.Name(base, b)
	back, ok := namer.Parse(base, name)
	require.True(t, ok, "%q %v", name, b)
	require.Equal(t, b.N, back.N, name)
	require.Equal(t, name, namer.Name(base, back))
}

// Where clocks are put forward or back, there are names that no other time has, and such as two times have.
func TestNamesOfTheHoursAtWhichClocksChange(t *testing.T) {
	for _, change := range []struct {
		zone string
		at   time.Time
	}{
		{"America/New_York", time.Date(2023, 11, 5, 6, 0, 0, 0, time.UTC)},
		{"America/New_York", time.Date(2024, 3, 10, 7, 0, 0, 0, time.UTC)},
		{"Australia/Lord_Howe", time.Date(2024, 4, 6, 15, 0, 0, 0, time.UTC)},
		{"America/Sao_Paulo", time.Date(2013, 10, 20, 3, 0, 0, 0, time.UTC)}, // no midnight
		{"Asia/Tehran", time.Date(2022, 3, 21, 20, 30, 0, 0, time.UTC)},      // no midnight
		{"Pacific/Apia", time.Date(2011, 12, 30, 10, 0, 0, 0, time.UTC)},     // no such day
		{"Asia/Beirut", time.Date(2024, 3, 30, 22, 0, 0, 0, time.UTC)},       // no midnight
		{"Africa/Juba", time.Date(2000, 1, 15, 10, 0, 0, 0, time.UTC)},
	} {
		loc := zone(t, change.zone)
		for _, suffix := range suffixes {
			for minute := -24 * 60; minute <= 24*60; minute += 15 {
				for _, second := range []int{-1, 0, 1} {
					at := change.at.Add(time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
					requireReadsBack(t, dated{suffix, loc}, "app.log", Backup{Time: at.In(loc), N: 3})
				}
			}
		}
	}
}

func TestNumberedAndLumberjackNamesReadBack(t *testing.T) {
	for n := 1; n < 2000; n = n*3/2 + 1 {
		requireReadsBack(t, numbered{}, "app.log", Backup{N: n})
	}
	for _, base := range []string{"app.log", "app", ".log", "app.", "a-b.log", "app-2024-01-01T00-00-00.000.log", "日志.log"} {
		for ms := range 50 {
			at := time.Date(2024, 11, 3, 5, 59, 59, ms*21e6, time.UTC)
			requireReadsBack(t, jackNames{time.UTC}, base, Backup{Time: at})
			requireReadsBack(t, jackNames{zone(t, "America/New_York")}, base, Backup{Time: at})
		}
	}
	require.Equal(t, "app-2026-11-20T10-00-00.000.log", jackNames{time.UTC}.Name("app.log", Backup{Time: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)}))
}

var nearMisses = []string{
	"app.log", "app.log.", "app.log.0", "app.log.01", "app.log.-1", "app.log.+1", "app.log.1.", "app.log.1 ", "app.log. 1", "app.log.1.1", "app.log.1e1",
	"app.log.20261120", "app.log.202611", "app.log.1700000000", "app.log.9223372036854775807", "app.log.0x1", "app.log.١", "app.log.99999999999999999999999", "app.log.bak", "app.log.1.gz.gz", "app.log.1.GZ", "app.log.1.gz.tmp", "app.log.1.tmp",
	"app.log.1~", "app.log.gz", "app.log..1", "app.logs.1", "App.log.1", "app.access.log.1", "xapp.log.1", "app_log.1", "app.log-1", "app.1.log",
	"app.log.2024-02-30", "app.log.2024-13-01", "app.log.2024-1-1", "app.log.24-01-01", "app.log.2024-01-01.0", "app.log.2024-01-01.01", "app.log.2024-01-01.",
	"app.log.2024-01-01.gz.1", "app.log.2024-01-01_10", "app.log.2024-01-01.log", "app.log.2024-01-01 ", "app.2024-01-01.log", "app.log.2024-01-01.-1",
	"app.log.+2024-01-01", "app.log.-2024-01-01", "app.log.2024-01-01.1.1", "app.log.2024-01-01\n", "app-2024-01-01T10-00-00.log", "app-2024-01-01T10-00-00.0000.log",
	"app-2024-01-01T25-00-00.000.log", "app-2024-01-01T10-00-00.000", "app-2024-01-01T10-00-00.000.log.bak", "app-2024-01-01T10-00-00,000.log",
	"xapp-2024-01-01T10-00-00.000.log", "app--2024-01-01T10-00-00.000.log", "app-2024-02-30T10-00-00.000.log",
}

func TestNearMissesAreNoBackups(t *testing.T) {
	for _, namer := range []Namer{numbered{}, dated{"%Y-%m-%d", time.UTC}} {
		s := &settings{namer: namer}
		for _, name := range nearMisses {
			e, ok := s.parse("app.log", name)
			require.False(t, ok, "%q is taken for %+v", name, e)
		}
	}
}

// What is in the way of app.log.2013-10-20 in time is nothing: the same day is not read for another text.
func TestTextsThatNoTimePrintsAreRefused(t *testing.T) {
	names := dated{"%Y-%m-%d_%H", zone(t, "America/New_York")}
	for _, name := range []string{"a.2024-03-10_02", "a.2024-03-10_24", "a.2024-02-30_01", "a.2024-04-31_01", "a.2023-02-29_01", "a.10000-01-01_01"} {
		_, ok := names.Parse("a", name)
		require.False(t, ok, name)
	}
}

func TestBackupsHaveTheOrderOfTheirTimesAndNumbers(t *testing.T) {
	for _, test := range []struct {
		namer  Namer
		oldest []string // first
	}{
		{dated{"%d.%m.%Y", time.UTC}, []string{
			"a.31.12.2023", "app-x", "a.01.01.2024", "a.01.01.2024.1", "a.01.01.2024.2.gz", "a.01.01.2024.10", "a-2024-01-01T10-00-00.000", "a.02.01.2024",
		}},
		{numbered{}, []string{"a-2030-01-01T10-00-00.000", "a-2030-01-02T10-00-00.000.gz", "a.100", "a.20.gz", "a.10", "a.9", "a.2", "a.1"}},
	} {
		s := &settings{namer: test.namer}
		var all []entry
		for _, name := range test.oldest {
			if e, ok := s.parse("a", name); ok {
				all = append(all, e)
			} else {
				require.Equal(t, "app-x", name)
			}
		}
		want := fmt.Sprint(all)
		slices.Reverse(all)
		slices.SortFunc(all, older)
		require.Equal(t, want, fmt.Sprint(all))
	}
}
