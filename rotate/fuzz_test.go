// SPDX-License-Identifier: MIT

package rotate

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What is taken for a backup is just what Name prints for it, with or without a suffix for what is compressed.
func FuzzNamesRoundTrip(f *testing.F) {
	for i, suffix := range suffixes {
		names := dated{suffix, time.UTC}
		f.Add(suffix, "app.log", names.Name("app.log", Backup{Time: time.Unix(1_700_000_000, 0), N: i % 3}), "UTC")
	}
	for _, name := range nearMisses {
		f.Add("%Y-%m-%d", "app.log", name, "America/Sao_Paulo")
		f.Add("", "app.log", name, "UTC")
	}
	f.Fuzz(func(t *testing.T, suffix, base, name, zoneName string) {
		loc, err := time.LoadLocation(zoneName)
		if err != nil || base == "" {
			return
		}
		s := &settings{namer: numbered{}}
		if suffix != "" {
			if checkSuffix(suffix) != nil {
				return
			}
			s.namer = dated{suffix, loc}
		}
		e, ok := s.parse(base, name)
		if !ok {
			return
		}
		want := s.namer.Name(base, e.Backup)
		if e.foreign {
			want = jackNames{time.UTC}.Name(base, e.Backup)
		}
		if e.packed {
			want += ".gz"
		}
		require.Equal(t, want, name)
		require.NotEqual(t, base, name)
		require.Equal(t, name, e.name)
	})
}

// A suffix that is allowed gives each backup a name that is read back, whatever the time.
func FuzzSuffixesReadBack(f *testing.F) {
	for i, suffix := range suffixes {
		f.Add(suffix, int64(i)*123_456_789, i)
	}
	f.Fuzz(func(t *testing.T, suffix string, sec int64, n int) {
		at := time.Unix(sec, 0).UTC()
		if checkSuffix(suffix) != nil || at.Year() < 1970 || at.Year() > 2068 || n < 0 {
			return
		}
		require.NoError(t, checkName(dated{suffix, time.UTC}, "app.log", Backup{Time: at, N: n}))
	})
}
