// SPDX-License-Identifier: MIT

package rotate

import (
	"compress/gzip"
	"io"
	"strings"
)

// A Codec compresses backups. Suffix is what it adds to their names, with a dot: ".zst". NewWriter returns what
// compresses what is written to it, and is done when it is closed. For the same input it must write
// the same each time. It may be called from several goroutines.
type Codec interface {
	Suffix() string
	NewWriter(w io.Writer) (io.WriteCloser, error)
}

// Gzip compresses with gzip, at its default level.
var Gzip Codec = GzipLevel(gzip.DefaultCompression)

// GzipLevel compresses with gzip at the given level: see [gzip.NewWriterLevel].
func GzipLevel(level int) Codec { return gzipCodec{level} }

type gzipCodec struct{ level int }

func (gzipCodec) Suffix() string { return ".gz" }

func (g gzipCodec) NewWriter(w io.Writer) (io.WriteCloser, error) {
	return gzip.NewWriterLevel(w, g.level)
}

// tempSuffix ends the name of a file that is not whole yet.
const tempSuffix = ".tmp"

// movingSuffix ends the name of a compressed file for the moment in which its source gets another number.
const movingSuffix = tempSuffix + tempSuffix

// checkCodec reports a codec whose names could be taken for others.
func checkCodec(c Codec) error {
	suffix := c.Suffix()
	rest, ok := strings.CutPrefix(suffix, ".")
	_, number := parseNumber(rest)
	if !ok || rest == "" || number || suffix == tempSuffix || strings.ContainsAny(suffix, notInNames) {
		return wrong("Compress", "suffix %q: not a dot and a word of its own", suffix)
	}
	w, err := c.NewWriter(io.Discard)
	if err != nil {
		return wrong("Compress", "%w", err)
	}
	_ = w.Close()
	return nil
}
