// SPDX-License-Identifier: MIT

package text_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/text"
	"github.com/stretchr/testify/require"
)

// slogString returns s as slog's JSON handler prints it.
func slogString(s string) string {
	var buf bytes.Buffer
	_ = slog.NewJSONHandler(&buf, nil).Handle(context.Background(), slog.NewRecord(time.Time{}, 0, s, 0))
	line := strings.TrimPrefix(buf.String(), `{"level":"INFO","msg":`)
	return strings.TrimSuffix(line, "}\n")
}

// TestEveryCharacterInJSON puts each character at each place of texts of each length,
// as the scan takes eight bytes at a time.
func TestEveryCharacterInJSON(t *testing.T) {
	for length := range 26 {
		for at := range length {
			for c := range 256 {
				b := bytes.Repeat([]byte("x"), length)
				b[at] = byte(c)
				s := string(b)
				want := slogString(s)
				for _, room := range []int{1, 2 + length, 3 + length, 100} {
					require.Equal(t, want, string(text.AppendJSON(make([]byte, 0, room), s)))
					require.Equal(t, "{"+want+":", string(text.AppendJSONKey(append(make([]byte, 0, room), '{'), s)))
					require.Equal(t, "1,"+want+":", string(text.AppendJSONKey(append(make([]byte, 0, room), '1'), s)))
				}
			}
		}
	}
}

func TestASCIIJSON(t *testing.T) {
	for in, want := range map[string]string{
		``:                         ``,
		`{"a":1}`:                  `{"a":1}`,
		`"é"`:                      `"\u00e9"`,
		`"日本語 x"`:                  `"\u65e5\u672c\u8a9e x"`,
		"\"\U0001f600\U0010ffff\"": `"\ud83d\ude00\udbff\udfff"`,
		"\"\xff\x80\"":             `"\ufffd\ufffd"`,
		"\"\u2028\x7f\"":           "\"\\u2028\x7f\"",
	} {
		require.Equal(t, "é"+want, string(text.ASCIIJSON([]byte("é"+in), len("é"))))
	}
}

// FuzzJSONStringReadsBack escapes any text, and reads it back.
func FuzzJSONStringReadsBack(f *testing.F) {
	for _, s := range []string{"", "plain", "eight ch", `"\/` + "\b\f\n\r\t\x00", "\u2028\u2029", "中文", "\U0001f600", "\xff\xc3(\xed\xa0\x80", "<>&\x7f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := text.AppendJSON([]byte("> "), s)[2:]
		require.Equal(t, slogString(s), string(got))
		for _, ascii := range []bool{false, true} {
			if ascii {
				got = text.ASCIIJSON(got, 0)
				require.Equal(t, -1, bytes.IndexFunc(got, func(r rune) bool { return r >= utf8.RuneSelf }))
			}
			var back string
			require.NoError(t, json.Unmarshal(got, &back))
			require.Equal(t, string([]rune(s)), back)
		}
	})
}

func BenchmarkAppendJSON(b *testing.B) {
	for name, s := range map[string]string{"ascii": "request handled by the server", "chinese": "服务器处理了请求", "quotes": `a "quoted" word`} {
		b.Run(name, func(b *testing.B) {
			var buf []byte
			for b.Loop() {
				buf = text.AppendJSON(buf[:0], s)
			}
		})
	}
}
