// SPDX-License-Identifier: MIT

package torture

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"unicode/utf8"
)

// An id tells a line from all others of its run.
type id struct {
	slot, goroutine int
	seq             int64
}

func (i id) String() string {
	return fmt.Sprintf("line %d of goroutine %d of process %d", i.seq, i.goroutine, i.slot)
}

// A maker makes the lines of a run: the same ones for who writes them and for the checker.
type maker struct {
	seed  uint64
	bytes func(*rand.Rand) int
	pcg   rand.PCG
	rng   *rand.Rand
	buf   []byte
}

func newMaker(seed uint64, bytes func(*rand.Rand) int) *maker {
	m := &maker{seed: seed, bytes: bytes}
	m.rng = rand.New(&m.pcg)
	return m
}

// line returns a line with its line break. It is valid until the next call.
func (m *maker) line(i id) []byte {
	m.pcg.Seed(m.seed^uint64(i.slot)<<48^uint64(i.goroutine)<<32, uint64(i.seq))
	n := max(0, m.bytes(m.rng))
	b := m.buf[:0]
	for _, v := range []int64{int64(i.slot), int64(i.goroutine), i.seq, int64(n)} {
		b = append(strconv.AppendInt(b, v, 10), ' ')
	}
	head := len(b)
	b = append(b, "00000000 "...)
	payload := len(b)
	b = appendText(b, m.rng, n)
	copy(b[head:], fmt.Appendf(nil, "%08x", sum(b[:head], b[payload:])))
	m.buf = append(b, '\n')
	return m.buf
}

// sum is the checksum of what stands before it and of the payload: a flipped digit in the head is a fault, too.
func sum(head, payload []byte) uint32 {
	return crc32.Update(crc32.ChecksumIEEE(head), crc32.IEEETable, payload)
}

// text is what payloads are cut from. It begins and ends with whole characters.
var text = sync.OnceValue(func() []byte {
	const words = "abcdefghijklmnopqrstuvwxyz 0123456789 %s {} \t\\\" äöü €‰ 日本語 🙂🙃 "
	runes, rng := []rune(words), rand.New(rand.NewPCG(1, 2))
	var b []byte
	for len(b) < 64<<10 {
		b = utf8.AppendRune(b, runes[rng.IntN(len(runes))])
	}
	return b
})

// appendText appends n bytes of valid UTF-8.
func appendText(b []byte, rng *rand.Rand, n int) []byte {
	from, t := len(b), text()
	for at := rng.IntN(len(t)); len(b)-from < n; at = 0 {
		b = append(b, t[at:min(len(t), at+n-(len(b)-from))]...)
	}
	for i := from; i < len(b) && !utf8.RuneStart(b[i]); i++ {
		b[i] = '.'
	}
	for i := len(b); i > from && !utf8.Valid(b[max(from, i-utf8.UTFMax):]); i-- {
		b[i-1] = '.'
	}
	return b
}

// cutID reads which line it is that b begins with. ok is false if not even that is whole.
func cutID(b []byte) (i id, ok bool) {
	fields := bytes.SplitN(b, []byte{' '}, 4)
	if len(fields) != 4 {
		return id{}, false
	}
	var n [3]int64
	for k := range n {
		v, err := strconv.ParseInt(string(fields[k]), 10, 64)
		if err != nil || v < 0 || k < 2 && v > math.MaxInt32 {
			return id{}, false
		}
		n[k] = v
	}
	return id{int(n[0]), int(n[1]), n[2]}, true
}

// intact reports whether b is a line of some run, without its line break.
func intact(b []byte) bool {
	fields := bytes.SplitN(b, []byte{' '}, 6)
	if len(fields) != 6 {
		return false
	}
	crc, payload := fields[4], fields[5]
	head := b[:len(b)-len(payload)-len(crc)-1]
	return string(fields[3]) == strconv.Itoa(len(payload)) && string(crc) == fmt.Sprintf("%08x", sum(head, payload))
}

// usualBytes are lengths of payloads as of usual lines, with a long one now and then.
func usualBytes(r *rand.Rand) int {
	if r.IntN(100) == 0 {
		return 1<<10 + r.IntN(8<<10)
	}
	return r.IntN(160)
}
