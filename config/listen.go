// SPDX-License-Identifier: MIT

package config

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/slogx/slogx/tree"
)

// ListenOptions are options for [Listen]. The zero ListenOptions, and nil, are for the loopback only.
type ListenOptions struct {
	// Verify is given what a client has sent. It returns the document, which may be another text: without
	// its signature, or decrypted. An error refuses the document; nil without an error drops it, as Python's None does.
	// If nil, what is sent is taken as it is, and the address must be one of the loopback.
	Verify func(sent []byte) (document []byte, err error)

	// MaxBytes is the size of the largest document. If zero, it is 1 MiB.
	MaxBytes int64

	// Timeout is how long a client may take, from its connection to the last byte. If zero, it is ten seconds.
	Timeout time.Duration

	// MaxConns is how many clients are served at a time. More wait in the system's queue. If zero, it is 16.
	MaxConns int

	// INI are options for documents that are INI files.
	INI *INIOptions

	// Apply applies a document that was read. If nil, it is [Config.Apply] on the tree.
	Apply func(*Config) error

	// OnReload is called after each document, with nil if it was applied, and with the error if not; also with the
	// errors of clients that sent no whole document. If nil, errors go to the tree's OnError.
	//
	// Verify, Apply and OnReload are called in one goroutine, without a lock: one call ends before the next one
	// starts. They must not call [Listener.Close].
	OnReload func(error)
}

// withDefaults returns a copy with the defaults.
func (o *ListenOptions) withDefaults() (ListenOptions, error) {
	if o == nil {
		o = &ListenOptions{}
	}
	d := *o
	if d.MaxBytes < 0 || d.Timeout < 0 || d.MaxConns < 0 {
		return d, fmt.Errorf("an option is negative (MaxBytes %d, Timeout %v, MaxConns %d)", d.MaxBytes, d.Timeout, d.MaxConns)
	}
	d.MaxBytes = cmp.Or(d.MaxBytes, 1<<20)
	d.Timeout = cmp.Or(d.Timeout, 10*time.Second)
	d.MaxConns = cmp.Or(d.MaxConns, 16)
	return d, nil
}

// A Listener takes documents from a TCP port. It is safe for concurrent use.
type Listener struct {
	updater
	opts     ListenOptions
	listener net.Listener
	cancel   context.CancelFunc
	received chan received
	ended    chan struct{}
}

// received is what a client has sent.
type received struct {
	from net.Addr
	text []byte
	err  error
	done chan struct{} // closed when it has been dealt with
}

// Listen applies the documents that clients send to a TCP port, until ctx is done or the Listener is closed. It
// is Python's logging.config.listen, and speaks to the same clients: a connection carries the length of the
// document in four bytes, the first one the highest, and the document. That is JSON, with the schema of
// dictConfig, if its first byte that is no space is a brace, and else an INI file, as for fileConfig. The connection is closed
// when the document has been applied or refused.
//
// The address is host:port; port 0 takes a free one. If it is empty, it is 127.0.0.1:9030, Python's port. Who may send
// a document decides which files this process writes: an address that is not of the loopback needs
// [ListenOptions.Verify], and so does a machine whose users do not trust each other.
func Listen(ctx context.Context, t *tree.Tree, addr string, opts *ListenOptions) (*Listener, error) {
	o, err := opts.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("config: listen %s: %w", addr, err)
	}
	addr = cmp.Or(addr, "127.0.0.1:9030")
	listener, err := listen(addr, o.Verify != nil)
	if err != nil {
		return nil, fmt.Errorf("config: listen %s: %w", addr, err)
	}
	return start(ctx, t, listener, o), nil
}

// start serves the clients of a listener.
func start(ctx context.Context, t *tree.Tree, listener net.Listener, o ListenOptions) *Listener {
	ctx, cancel := context.WithCancel(ctx)
	l := &Listener{
		updater: newUpdater(t, o.INI, o.Apply, o.OnReload), opts: o, listener: listener, cancel: cancel,
		received: make(chan received), ended: make(chan struct{}),
	}
	go l.run(ctx)
	return l
}

// listen opens the very address that it has checked: a name may lead elsewhere the next time.
func listen(addr string, verified bool) (net.Listener, error) {
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, err
	}
	if !tcp.IP.IsLoopback() && !verified {
		return nil, errors.New("an address that is not of the loopback (127.0.0.1, ::1) needs the option Verify")
	}
	return net.ListenTCP("tcp", tcp)
}

// Addr returns the address.
func (l *Listener) Addr() net.Addr { return l.listener.Addr() }

// Close stops, and waits until nothing is under way any more. It is Python's stopListening. It does not fail,
// and also waits after the context has ended.
func (l *Listener) Close() error {
	l.cancel()
	<-l.ended
	return nil
}

// run owns all goroutines: those of clients, and the one that applies what they send.
func (l *Listener) run(ctx context.Context) {
	defer close(l.ended)
	defer l.cancel()
	var clients, applying sync.WaitGroup
	applying.Go(func() {
		for r := range l.received {
			l.take(ctx, r)
		}
	})
	l.accept(ctx, &clients)
	clients.Wait()
	close(l.received)
	applying.Wait()
}

// retry is how long to wait after a connection that could not be accepted: descriptors may have run out.
const retry = 100 * time.Millisecond

func (l *Listener) accept(ctx context.Context, clients *sync.WaitGroup) {
	stop := context.AfterFunc(ctx, func() { l.listener.Close() })
	defer l.listener.Close()
	defer stop()
	slots := make(chan struct{}, l.opts.MaxConns)
	for {
		select {
		case <-ctx.Done():
			return
		case slots <- struct{}{}:
		}
		conn, err := l.listener.Accept()
		if err == nil {
			clients.Go(func() {
				defer func() { <-slots }()
				l.serve(ctx, conn)
			})
			continue
		}
		<-slots
		if ctx.Err() != nil {
			return
		}
		l.pass(received{from: l.Addr(), err: err})
		select {
		case <-ctx.Done():
		case <-time.After(retry):
		}
	}
}

// serve reads one document, and waits until it has been dealt with.
func (l *Listener) serve(ctx context.Context, conn net.Conn) {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer conn.Close()
	defer stop()
	text, err := l.read(conn)
	if err == io.EOF { // somebody has looked whether the port is open
		return
	}
	l.pass(received{from: conn.RemoteAddr(), text: text, err: err})
}

func (l *Listener) pass(r received) {
	r.done = make(chan struct{})
	l.received <- r
	<-r.done
}

// read reads the frame of a document. The deadline is one for all of it, so that a byte now and then does not help.
func (l *Listener) read(conn net.Conn) ([]byte, error) {
	if err := conn.SetReadDeadline(time.Now().Add(l.opts.Timeout)); err != nil {
		return nil, err
	}
	var head [4]byte
	if n, err := io.ReadFull(conn, head[:]); err == io.EOF {
		return nil, err
	} else if err != nil {
		return nil, fmt.Errorf("%d of the 4 bytes of the length: %w", n, err)
	}
	size := int64(binary.BigEndian.Uint32(head[:]))
	if size > l.opts.MaxBytes {
		return nil, fmt.Errorf("a document of %d bytes; at most %d are allowed", size, l.opts.MaxBytes)
	}
	var text bytes.Buffer // grows with what comes, not with what was announced
	n, err := io.CopyN(&text, conn, size)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("%d of the %d bytes of the document: %w", n, size, err)
	}
	return text.Bytes(), nil
}

// take deals with what a client has sent.
func (l *Listener) take(ctx context.Context, r received) {
	defer close(r.done)
	if ctx.Err() != nil {
		return
	}
	text, err := r.text, r.err
	if err == nil && l.opts.Verify != nil {
		text, err = l.verify(r.text)
		if err == nil && text == nil {
			return
		}
	}
	if err == nil {
		_, err = l.update(text, formatOf(text))
	}
	if err != nil {
		err = fmt.Errorf("config: listen: %s: %w", r.from, unprefixed{err})
	}
	l.onReload(err)
}

func (l *Listener) verify(sent []byte) (text []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("verify: panic: %v", p)
		}
	}()
	if text, err = l.opts.Verify(sent); err != nil {
		err = fmt.Errorf("verify: %w", err)
	}
	return text, err
}

// formatOf tells JSON from an INI file by its first byte. Python tries both, and tells only the second error.
func formatOf(text []byte) string {
	if bytes.HasPrefix(bytes.TrimLeft(text, "\ufeff \t\r\n"), []byte("{")) {
		return ".json"
	}
	return ".ini"
}
