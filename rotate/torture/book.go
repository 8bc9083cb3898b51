// SPDX-License-Identifier: MIT

package torture

import "time"

// The cells of each goroutine in the book, of 8 bytes each.
const (
	cellOffered  = iota // lines that were handed to Write
	cellAcked           // of these, those for which it returned nil
	cellRejected        // and those for which it returned an error
	cellFlawed          // those of the acknowledged that returned another number of bytes
	cellCalm            // the line from which on none may be rejected; 0 if that was not reached
	cellOutages         // outages in use
	cellDone            // 1 when the goroutine has ended as it should
	cells
)

// The phases of a run, which the parent tells to all who write.
const (
	phaseStorm = iota // more lines are wanted
	phaseCalm         // all disturbances are over
	phaseExact        // there are none: only the lines of the plan are wanted
)

const (
	cellBytes   = 8
	maxOutages  = 2048
	outageBytes = 128
	outageHead  = 5 * cellBytes
)

// A memory is what survives a process that is killed. Each cell is stored at once, or not at all.
type memory interface {
	load(offset int64) int64
	store(offset, value int64)
	read(offset int64, p []byte)
	write(offset int64, p []byte)
	close() error
}

// A book holds what became of each line. The parent reads what the writing processes enter.
// Nothing is appended to a file for it: the writer's disk may be full, and its process out of descriptors.
type book struct {
	memory

	workers int
}

func openBook(path string, workers int) (*book, error) {
	m, err := openMemory(path, cellBytes+int64(workers)*(cells*cellBytes+maxOutages*outageBytes))
	return &book{m, workers}, err
}

func (b *book) phase() int64     { return b.load(0) }
func (b *book) setPhase(p int64) { b.store(0, p) }

func (b *book) cell(worker, which int) int64 { return cellBytes * int64(1+worker*cells+which) }

func (b *book) get(worker, which int) int64        { return b.load(b.cell(worker, which)) }
func (b *book) set(worker, which int, value int64) { b.store(b.cell(worker, which), value) }
func (b *book) add(worker, which int)              { b.set(worker, which, b.get(worker, which)+1) }

// unknown returns how many lines were offered without an outcome, besides those that the caller knows of.
func (b *book) unknown(worker, known int) int64 {
	return b.get(worker, cellOffered) - b.get(worker, cellAcked) - b.get(worker, cellRejected) - int64(known)
}

// outage returns where an outage stands.
func (b *book) outage(worker int, n int64) int64 {
	return b.cell(b.workers, 0) + (int64(worker)*maxOutages+n)*outageBytes
}

// reject enters a line that Write returned an error for. Lines that follow each other are one outage.
func (b *book) reject(worker int, seq int64, err error) {
	n, now := b.get(worker, cellOutages), time.Now().UnixNano()
	if at := b.outage(worker, n-1); n > 0 && b.load(at+cellBytes) == seq-1 {
		b.store(at+3*cellBytes, now)
		b.store(at+cellBytes, seq)
		b.add(worker, cellRejected)
		return
	}
	if n == maxOutages {
		panic("torture: a goroutine had too many outages")
	}
	at, text := b.outage(worker, n), err.Error()
	text = text[:min(len(text), outageBytes-outageHead)]
	for i, v := range []int64{seq, seq, now, now, int64(len(text))} {
		b.store(at+int64(i)*cellBytes, v)
	}
	b.write(at+outageHead, []byte(text))
	b.set(worker, cellOutages, n+1)
	b.add(worker, cellRejected)
}

// outages returns those of a goroutine, without Slot and Goroutine.
func (b *book) outages(worker int) []Outage {
	var found []Outage
	for n := range b.get(worker, cellOutages) {
		at := b.outage(worker, n)
		text := make([]byte, b.load(at+4*cellBytes))
		b.read(at+outageHead, text)
		lasted := time.Duration(b.load(at+3*cellBytes) - b.load(at+2*cellBytes))
		found = append(found, Outage{First: b.load(at), Last: b.load(at + cellBytes), Lasted: lasted, Err: string(text)})
	}
	return found
}
