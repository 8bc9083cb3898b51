// SPDX-License-Identifier: MIT

package text

import (
	"strconv"
	"time"
)

// AppendInt appends v in decimal. Most whole numbers are small, and strconv takes longer for these.
func AppendInt(dst []byte, v int64) []byte {
	switch {
	case uint64(v) < 10:
		return append(dst, byte('0'+v))
	case uint64(v) < 100:
		return append(dst, byte('0'+v/10), byte('0'+v%10))
	case uint64(v) < 1000:
		return append(dst, byte('0'+v/100), byte('0'+v/10%10), byte('0'+v%10))
	default:
		return strconv.AppendInt(dst, v, 10)
	}
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
		return append(appendDecimal(dst, int64(d), 1e3, 3), "µs"...)
	case d < time.Second:
		return append(appendDecimal(dst, int64(d), 1e6, 6), "ms"...)
	default:
		return append(appendDecimal(dst, int64(d), 1e9, 9), 's')
	}
}

// appendDecimal appends v/unit, which has as many decimal places, without zeros at the end.
func appendDecimal(dst []byte, v, unit int64, places int) []byte {
	dst = AppendInt(dst, v/unit)
	v %= unit
	if v == 0 {
		return dst
	}
	for v%1000 == 0 {
		v, places = v/1000, places-3
	}
	for v%10 == 0 {
		v, places = v/10, places-1
	}
	dst = append(dst, '.')
	for range places {
		dst = append(dst, '0')
	}
	for i := len(dst) - 1; v > 0; i-- {
		dst[i] = byte('0' + v%10)
		v /= 10
	}
	return dst
}
