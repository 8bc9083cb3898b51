// SPDX-License-Identifier: MIT

package format_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

// What CPython's own tests ask of formatters, and no other test does.

func TestOnlyPythonsConversionsAreTaken(t *testing.T) {
	for c := rune(1); c < 0x100; c++ {
		_, err := format.Percent("%(x)"+string(c), nil)
		require.Equal(t, strings.ContainsRune("srcadiuoxXeEfFgG", c), err == nil, "%q: %v", c, err)
	}
	for _, spec := range []string{"*4d", "4*d", "9.2*f", "0*.7*f", ".*g"} {
		_, err := format.Percent("%(x)"+spec, nil)
		require.Error(t, err, spec)
	}
}

func TestTheSignsOfOtherStylesAreText(t *testing.T) {
	for layout, want := range map[string]string{
		"${%(message)s}":                  "${hi}",
		"{message} $message $$ %(name)s}": "{message} $message $$ a.b}",
	} {
		require.Equal(t, want, string(format.MustPercent(layout, utc).Append(nil, theRecord(t))))
	}
	for _, layout := range []string{"{message}", "${message}", "$message"} {
		_, err := format.Percent(layout, nil)
		require.ErrorContains(t, err, "no field", layout)
	}
}

func TestMillisecondsAreCutOffAndCreatedIsThatOfTheTime(t *testing.T) {
	l := format.MustPercent("%(asctime)s.%(msecs)03.0f %(msecs)s %(created).6f",
		&format.Options{Location: time.UTC, DateFormat: "%S"})
	for nanoseconds, want := range map[int64]string{
		200_000_000: "20.200 200.0 1700000000.200000",
		998_503:     "20.000 0.0 1700000000.000998",
		999_998_503: "20.999 999.0 1700000000.999999",
		999_999_900: "20.999 999.0 1700000001.000000", // created is a float of all the nanoseconds
	} {
		r := slog.NewRecord(time.Unix(1_700_000_000, nanoseconds), 0, "", 0)
		require.Equal(t, want, string(l.Append(nil, &format.Record{Record: r})))
	}
}

func TestRelativeCreatedIsExactToTheNanosecond(t *testing.T) {
	format.SetStarted(t, theTime)
	l := format.MustPercent("%(relativeCreated).7f", nil)
	for offset, want := range map[time.Duration]string{
		0:           "0.0000000",
		300:         "0.0003000",
		12_354:      "0.0123540",
		99_999:      "0.0999990",
		-1_000_001:  "-1.0000010",
		time.Second: "1000.0000000",
	} {
		r := slog.NewRecord(theTime.Add(offset), 0, "", 0)
		require.Equal(t, want, string(l.Append(nil, &format.Record{Record: r})))
	}
}
