// SPDX-License-Identifier: MIT

package config

import (
	"encoding/binary"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/tree"
)

// A pipeListener accepts one connection, which is not of the network: so time can be the bubble's.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	select {
	case <-l.closed:
	default:
		close(l.closed)
	}
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// A countingConn counts how often it is read.
type countingConn struct {
	net.Conn
	reads atomic.Int64
}

func (c *countingConn) Read(p []byte) (int, error) {
	c.reads.Add(1)
	return c.Conn.Read(p)
}

const (
	fuzzTimeout  = 10 * time.Second
	fuzzMaxBytes = 200
)

// A frameTest is what one client does.
type frameTest struct {
	sent   []byte
	pieces int           // bytes at a time
	pause  time.Duration // between them
	hangs  bool          // does not close the connection at the end
}

// seen is what comes of it.
type seen struct {
	told  []error       // what OnReload was called with
	took  time.Duration // until the connection was closed from the other side, or until all was sent
	reads int64
}

// serve has a listener serve the client, and waits until all has come to rest.
func (f *frameTest) serve(t *testing.T) (s seen) {
	l := &pipeListener{make(chan net.Conn, 1), make(chan struct{})}
	conn, client := net.Pipe()
	counted := &countingConn{Conn: conn}
	l.conns <- counted
	opts := &ListenOptions{
		MaxBytes: fuzzMaxBytes, Timeout: fuzzTimeout, OnReload: func(err error) { s.told = append(s.told, err) },
		Apply: func(*Config) error { return nil }, // what is read may name any file
	}
	o, err := opts.withDefaults()
	require.NoError(t, err)
	listener := start(t.Context(), tree.New(nil), l, o)
	synctest.Wait() // a pipe that is closed at once takes no deadline
	begin := time.Now()
	for sent := f.sent; len(sent) > 0 && err == nil; {
		n := min(len(sent), f.pieces)
		_, err = client.Write(sent[:n])
		if sent = sent[n:]; len(sent) > 0 && err == nil {
			time.Sleep(f.pause)
		}
	}
	if !f.hangs {
		require.NoError(t, client.Close())
	}
	_, _ = client.Read(make([]byte, 1)) // until the other side closes
	s.took = time.Since(begin)
	synctest.Wait()
	require.NoError(t, listener.Close())
	s.reads = counted.reads.Load()
	return s
}

// arrives returns when the n-th byte does, if it is sent.
func (f *frameTest) arrives(n int) time.Duration { return time.Duration((n-1)/f.pieces) * f.pause }

// want returns what OnReload must be told, in part; never is that it is not called, and any that it depends on chance, or on the document.
func (f *frameTest) want() (text string, never, any bool) {
	switch {
	case len(f.sent) == 0 && !f.hangs:
		return "", true, false
	case len(f.sent) < 4 || f.arrives(4) > fuzzTimeout:
		return " of the 4 bytes of the length: ", false, false
	case f.arrives(4) == fuzzTimeout:
		return "", false, true
	}
	size := int64(binary.BigEndian.Uint32(f.sent))
	switch {
	case size > fuzzMaxBytes:
		return "at most 200 are allowed", false, false
	case int64(len(f.sent))-4 < size || f.arrives(4+int(size)) > fuzzTimeout:
		return "bytes of the document: ", false, false
	}
	return "", false, true
}

func FuzzListenAnswersAnyFrameInTime(f *testing.F) {
	for _, document := range []string{`{"version": 1}`, "", "[loggers]\n", strings.Repeat("x", fuzzMaxBytes+1)} {
		frame := append(binary.BigEndian.AppendUint32(nil, uint32(len(document))), document...)
		for _, hangs := range []bool{false, true} {
			f.Add(frame, uint8(255), uint16(0), hangs)
			f.Add(frame, uint8(0), uint16(20), hangs)
			f.Add(frame[:max(0, len(frame)-1)], uint8(2), uint16(3000), hangs)
			f.Add(frame[:3], uint8(0), uint16(1), hangs)
		}
	}
	f.Add([]byte{}, uint8(0), uint16(0), false)
	f.Add([]byte{}, uint8(0), uint16(0), true)
	f.Add([]byte("\xff\xff\xff\xffGET / HTTP/1.1"), uint8(3), uint16(0), true)
	f.Fuzz(func(t *testing.T, sent []byte, pieces uint8, pause uint16, hangs bool) {
		if len(sent) > 1000 {
			t.Skip("it takes long")
		}
		test := &frameTest{sent, int(pieces) + 1, time.Duration(pause) * time.Millisecond, hangs}
		synctest.Test(t, func(t *testing.T) {
			seen := test.serve(t)
			require.LessOrEqual(t, seen.took, fuzzTimeout+test.pause, "nobody may hold the connection for longer")
			require.LessOrEqual(t, seen.reads, int64(len(sent)+4), "it spins")
			want, never, any := test.want()
			if never {
				require.Empty(t, seen.told)
				return
			}
			require.Len(t, seen.told, 1, "a client is answered once")
			if !any {
				require.ErrorContains(t, seen.told[0], want)
			}
		})
	})
}
