// SPDX-License-Identifier: MIT

package text

import (
	"encoding/binary"
	"math/bits"
	"strconv"
	"time"
)

// AppendInt is strconv.AppendInt to the base ten, but quicker for numbers below a hundred million.
func AppendInt(dst []byte, v int64) []byte {
	switch {
	case uint64(v) < 10:
		return append(dst, byte('0'+v))
	case uint64(v) < 100:
		return append(dst, byte('0'+v/10), byte('0'+v%10))
	case uint64(v) >= 1e8:
		return strconv.AppendInt(dst, v, 10)
	}
	d := eightDigits(uint32(v))
	zeros := bits.TrailingZeros64(d) / 8
	n := len(dst)
	dst = binary.LittleEndian.AppendUint64(dst, (d|digitZeros)>>(8*zeros))
	return dst[:n+8-zeros]
}

// AppendNanoseconds appends a fraction of a second behind its point, without the zeros at its end;
// nothing for zero.
func AppendNanoseconds(dst []byte, ns uint) []byte {
	if ns == 0 {
		return dst
	}
	return appendPlaces(append(dst, '.', byte('0'+ns/1e8)), uint32(ns%1e8))
}

// appendFraction is AppendNanoseconds for a fraction of eight decimal places.
func appendFraction(dst []byte, places uint32) []byte {
	if places == 0 {
		return dst
	}
	return appendPlaces(append(dst, '.'), places)
}

// appendPlaces appends eight decimal places without the zeros at their end.
func appendPlaces(dst []byte, places uint32) []byte {
	n := len(dst)
	d := eightDigits(places)
	dst = binary.LittleEndian.AppendUint64(dst, d|digitZeros)
	return dst[:n+8-bits.LeadingZeros64(d)/8]
}

const digitZeros = '0' * lows

// eightDigits returns the eight decimal digits of v, which is below a hundred million: the first
// digit in the lowest byte. It divides both halves at once, and then all four pairs.
func eightDigits(v uint32) uint64 {
	x := uint64(v/1e4) | uint64(v%1e4)<<32
	hundreds := x * 5243 >> 19 & 0x7f_0000_007f // below 10,000 that is x / 100
	x = hundreds | (x-100*hundreds)<<16
	tens := x * 103 >> 10 & 0xf_000f_000f_000f // below 100 that is x / 10
	return tens | (x-10*tens)<<8
}

// AppendDuration appends d as its String method prints it. Most durations are shorter than a minute,
// and have one unit.
func AppendDuration(dst []byte, d time.Duration) []byte {
	switch {
	case d <= 0 || d >= time.Minute:
		return append(dst, d.String()...)
	case d < time.Microsecond:
		return append(AppendInt(dst, int64(d)), "ns"...)
	case d < time.Millisecond:
		dst = AppendInt(dst, int64(d/time.Microsecond))
		return append(appendFraction(dst, uint32(d%time.Microsecond)*1e5), "µs"...)
	case d < time.Second:
		dst = AppendInt(dst, int64(d/time.Millisecond))
		return append(appendFraction(dst, uint32(d%time.Millisecond)*1e2), "ms"...)
	default:
		dst = AppendInt(dst, int64(d/time.Second))
		return append(AppendNanoseconds(dst, uint(d%time.Second)), 's')
	}
}
