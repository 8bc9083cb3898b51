package tree

import "github.com/slogx/slogx/internal/record"

func appendLine(dst []byte, r *record.Record) []byte { return append(dst, r.Message...) }
