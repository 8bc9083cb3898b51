// SPDX-License-Identifier: MIT

//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package torture

import (
	"os"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// mapped is a file in memory that is shared: what was stored is in the file, whatever becomes of the process.
type mapped []byte

func openMemory(path string, size int64) (memory, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := f.Truncate(size); err != nil {
		return nil, err
	}
	m, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	return mapped(m), err
}

// cell is aligned: the memory begins with a page, and offsets of cells are multiples of 8.
func (m mapped) cell(offset int64) *atomic.Int64 { return (*atomic.Int64)(unsafe.Pointer(&m[offset])) }

func (m mapped) load(offset int64) int64      { return m.cell(offset).Load() }
func (m mapped) store(offset, value int64)    { m.cell(offset).Store(value) }
func (m mapped) read(offset int64, p []byte)  { copy(p, m[offset:]) }
func (m mapped) write(offset int64, p []byte) { copy(m[offset:], p) }
func (m mapped) close() error                 { return syscall.Munmap(m) }
