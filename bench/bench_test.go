// SPDX-License-Identifier: MIT

package bench

import (
	"testing"
)

// TestNobodyDoesLess keeps the comparison honest: whoever is timed writes what the others write.
func TestNobodyDoesLess(t *testing.T) {
	for _, s := range Scenarios() {
		for _, c := range s.Cases {
			if c.At == Million {
				continue // seconds, for what smaller ones show
			}
			t.Run(s.Name+"/"+c.Label(&s), func(t *testing.T) {
				if err := Check(&s, &c); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// BenchmarkEach is every scenario as Go's benchmarks.
func BenchmarkEach(b *testing.B) {
	for _, s := range Scenarios() {
		b.Run(s.Name, func(b *testing.B) {
			for _, c := range s.Cases {
				b.Run(c.Label(&s), func(b *testing.B) {
					e := &Env{Out: new(Void)}
					loop := c.New(e)
					b.ReportAllocs()
					b.ResetTimer()
					loop(b.N)
					b.StopTimer()
					if err := e.Close(); err != nil {
						b.Error(err)
					}
				})
			}
		})
	}
}
