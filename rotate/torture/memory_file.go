// SPDX-License-Identifier: MIT

//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package torture

import (
	"encoding/binary"
	"fmt"
	"os"
)

// filed is a file, for systems without mmap in package syscall.
type filed struct{ *os.File }

func openMemory(path string, size int64) (memory, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return filed{f}, f.Truncate(size)
}

func (f filed) load(offset int64) int64 {
	var b [cellBytes]byte
	f.read(offset, b[:])
	return int64(binary.NativeEndian.Uint64(b[:]))
}

func (f filed) store(offset, value int64) {
	f.write(offset, binary.NativeEndian.AppendUint64(nil, uint64(value)))
}

func (f filed) read(offset int64, p []byte) {
	if _, err := f.ReadAt(p, offset); err != nil {
		panic(fmt.Sprintf("torture: read the book: %v", err))
	}
}

func (f filed) write(offset int64, p []byte) {
	if _, err := f.WriteAt(p, offset); err != nil {
		panic(fmt.Sprintf("torture: write the book: %v", err))
	}
}

func (f filed) close() error { return f.Close() }
