// SPDX-License-Identifier: MIT

package config_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/tree"
)

const (
	debugJSON = ` {"version": 1, "root": {"level": "DEBUG"}}`
	debugINI  = "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\nlevel=DEBUG\nhandlers=\n"
)

// A port is a Listener on a free port.
type port struct {
	*config.Listener
	t    *testing.T
	tree *tree.Tree
	told chan error
}

func listening(t *testing.T, opts config.ListenOptions) *port {
	p := &port{t: t, tree: newTree(t), told: make(chan error, 1000)}
	opts.OnReload = func(err error) { p.told <- err }
	l, err := config.Listen(t.Context(), p.tree, "127.0.0.1:0", &opts)
	require.NoError(t, err)
	p.Listener = l
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	return p
}

func (p *port) dial() net.Conn {
	p.t.Helper()
	conn, err := net.Dial("tcp", p.Addr().String())
	require.NoError(p.t, err)
	require.NoError(p.t, conn.SetDeadline(time.Now().Add(testhelp.Patience)))
	p.t.Cleanup(func() { conn.Close() })
	return conn
}

// frame is a document as it is sent.
func frame(text string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(text)))) + text
}

// send sends what need not be a whole frame, says that this is all, and waits until the other side closes.
func (p *port) send(text string) {
	p.t.Helper()
	conn := p.dial()
	_, err := io.WriteString(conn, text)
	require.NoError(p.t, err)
	_ = conn.(*net.TCPConn).CloseWrite() // the other side may have closed by now, before it has read all
	answer, _ := io.ReadAll(conn)
	require.Empty(p.t, answer)
}

// next returns what OnReload was called with.
func (p *port) next() error {
	p.t.Helper()
	select {
	case err := <-p.told:
		return err
	case <-time.After(testhelp.Patience):
		require.FailNow(p.t, "OnReload was not called")
		return nil
	}
}

func (p *port) requireLevel(want slog.Level) {
	p.t.Helper()
	require.Equal(p.t, want, p.tree.Node("").Level().Level())
}

func TestListenAppliesDocuments(t *testing.T) {
	for name, text := range map[string]string{"JSON": debugJSON, "INI": debugINI, "JSON after space": "\r\n\t" + debugJSON} {
		t.Run(name, func(t *testing.T) {
			p := listening(t, config.ListenOptions{Verify: func(sent []byte) ([]byte, error) {
				time.Sleep(10 * time.Millisecond)
				return sent, nil
			}})
			p.send(frame(text))
			require.Len(t, p.told, 1, "the connection is closed when the document was applied")
			require.NoError(t, p.next())
			p.requireLevel(slog.LevelDebug)
		})
	}
}

func TestListenTellsWhatIsWrong(t *testing.T) {
	const over = "a document of 1048577 bytes; at most 1048576 are allowed"
	for _, tt := range []struct{ name, sent, want string }{
		{"an error of JSON is not lost to the INI file", frame(`{"version": 1, "root": {"level": "LOUD"}}`), `root.level`},
		{"broken JSON", frame(`{"version": 1,`), "line 1"},
		{"broken INI", frame("[loggers\n"), "line 1"},
		{"garbage", frame("\x00\xff\xfe garbage \x80"), ""},
		{"an empty document", frame(""), ""},
		{"half a length", "\x00\x00\x01", "3 of the 4 bytes of the length: unexpected EOF"},
		{"half a document", frame(debugJSON)[:20], "16 of the 43 bytes of the document: unexpected EOF"},
		{"no document", frame(debugJSON)[:4], "0 of the 43 bytes of the document: unexpected EOF"},
		{"too much", "\x00\x10\x00\x01" + strings.Repeat("x", 1<<20+1), over},
		{"4 GiB", "\xff\xff\xff\xff{", "a document of 4294967295 bytes"},
		{"a browser", "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n" + debugJSON, "a document of 1347375956 bytes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := listening(t, config.ListenOptions{})
			conn := p.dial()
			go func() { // until the other side has heard enough
				_, _ = io.WriteString(conn, tt.sent)
				_ = conn.(*net.TCPConn).CloseWrite()
			}()
			err := p.next()
			require.ErrorContains(t, err, tt.want)
			require.Regexp(t, `^config: listen: 127\.0\.0\.1:\d+: `, err.Error())
			require.Equal(t, 1, strings.Count(err.Error(), "config:"))
			p.requireLevel(slog.LevelInfo)
			p.send(frame(debugJSON))
			require.NoError(t, p.next())
			p.requireLevel(slog.LevelDebug)
		})
	}
}

func TestListenTakesADocumentOfTheLargestSize(t *testing.T) {
	p := listening(t, config.ListenOptions{MaxBytes: int64(len(debugJSON))})
	p.send(frame(debugJSON))
	require.NoError(t, p.next())
	p.send(frame(debugJSON + " "))
	require.ErrorContains(t, p.next(), "a document of 44 bytes; at most 43 are allowed")
}

func TestListenSaysNothingOfAConnectionWithoutAByte(t *testing.T) {
	p := listening(t, config.ListenOptions{})
	p.send("")
	p.send(frame(debugJSON))
	require.NoError(t, p.next())
	require.Empty(t, p.told)
}

// A byte now and then does not hold a connection: the time is one for the whole document.
func TestListenHangsUpOnSlowClients(t *testing.T) {
	for _, sent := range []string{"", "\x00", frame(strings.Repeat(" ", 1<<16))[:10]} {
		t.Run(fmt.Sprint(len(sent), " bytes"), func(t *testing.T) {
			p := listening(t, config.ListenOptions{Timeout: 50 * time.Millisecond, MaxConns: 1})
			conn := p.dial()
			_, err := io.WriteString(conn, sent)
			require.NoError(t, err)
			go func() {
				for ; err == nil && len(sent) > 4; time.Sleep(5 * time.Millisecond) {
					_, err = io.WriteString(conn, "x")
				}
			}()
			require.ErrorContains(t, p.next(), "timeout")
			refused := errors.New("not sent")
			for tries := 0; refused != nil && tries < 100; tries++ { // on a busy machine this client may be slow, too
				p.send(frame(debugJSON))
				refused = p.next()
			}
			require.NoError(t, refused, "there is room again")
		})
	}
}

func TestListenServesSoManyClientsAtATime(t *testing.T) {
	p := listening(t, config.ListenOptions{MaxConns: 2, Timeout: time.Hour})
	waiting := []net.Conn{p.dial(), p.dial()}
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.send(frame(debugJSON))
	}()
	select {
	case err := <-p.told:
		require.Fail(t, "a third client was served", "%v", err)
	case <-time.After(100 * time.Millisecond):
	}
	waiting[0].Close()
	require.NoError(t, p.next())
	<-done
}

func TestListenVerifies(t *testing.T) {
	no := errors.New("a bad signature")
	verify := func(sent []byte) ([]byte, error) {
		switch signature, text, _ := bytes.Cut(sent, []byte("|")); string(signature) {
		case "good":
			return text, nil
		case "drop":
			return nil, nil
		case "panic":
			panic("oh")
		}
		return []byte(debugJSON), no
	}
	p := listening(t, config.ListenOptions{Verify: verify})
	p.send(frame("bad|" + debugJSON))
	require.ErrorIs(t, p.next(), no)
	p.send(frame(debugJSON))
	require.ErrorIs(t, p.next(), no)
	p.send(frame("panic|" + debugJSON))
	require.ErrorContains(t, p.next(), "verify: panic: oh")
	p.send(frame("drop|" + debugJSON))
	require.Empty(t, p.told)
	p.requireLevel(slog.LevelInfo)
	p.send(frame("good|" + debugJSON))
	require.NoError(t, p.next())
	p.requireLevel(slog.LevelDebug)
}

func TestListenRefusesAddresses(t *testing.T) {
	tr := newTree(t)
	for _, tt := range []struct {
		addr string
		opts *config.ListenOptions
		want string
	}{
		{":0", nil, "config: listen :0: an address that is not of the loopback (127.0.0.1, ::1) needs the option Verify"},
		{"0.0.0.0:0", &config.ListenOptions{}, "needs the option Verify"},
		{"[::]:0", nil, "needs the option Verify"},
		{"192.0.2.1:0", nil, "needs the option Verify"},
		{"127.0.0.1", nil, "missing port"},
		{"127.0.0.1:99999", nil, "invalid port"},
		{"127.0.0.1:0", &config.ListenOptions{MaxBytes: -1}, "negative"},
		{"127.0.0.1:0", &config.ListenOptions{Timeout: -1}, "negative"},
		{"127.0.0.1:0", &config.ListenOptions{MaxConns: -1}, "negative"},
	} {
		_, err := config.Listen(t.Context(), tr, tt.addr, tt.opts)
		require.ErrorContains(t, err, tt.want, tt.addr)
	}
	for _, addr := range []string{"127.0.0.1:0", "127.9.9.9:0", "localhost:0"} {
		l, err := config.Listen(t.Context(), tr, addr, nil)
		require.NoError(t, err)
		require.True(t, l.Addr().(*net.TCPAddr).IP.IsLoopback())
		_, err = config.Listen(t.Context(), tr, l.Addr().String(), nil)
		require.Error(t, err, "taken")
		require.NoError(t, l.Close())
	}
	l, err := config.Listen(t.Context(), tr, ":0", &config.ListenOptions{Verify: func(b []byte) ([]byte, error) { return b, nil }})
	require.NoError(t, err)
	require.NoError(t, l.Close())
}

func TestListenReportsToTheTree(t *testing.T) {
	reported := make(chan error, 10)
	tr := tree.New(&tree.Options{OnError: func(err error) { reported <- err }})
	l, err := config.Listen(t.Context(), tr, "127.0.0.1:0", nil)
	require.NoError(t, err)
	defer l.Close()
	p := &port{Listener: l, t: t, told: reported}
	p.send(frame("{}"))
	require.ErrorContains(t, p.next(), "no version")
	p.send(frame(`{"version": 1, "odd": 1}`))
	require.ErrorContains(t, p.next(), "odd")
	require.Empty(t, reported)
}

// pythonClient sends documents as Python's documentation shows it.
const pythonClient = `
import socket, struct, sys
port, texts = int(sys.argv[1]), sys.argv[2:]
for text in texts:
    data = text.encode()
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect(("localhost", port))
    s.send(struct.pack(">L", len(data)))
    s.send(data)
    s.close()
`

func TestListenServesClientsOfPython(t *testing.T) {
	py, why := judge.Find("import logging.config")
	if why != "" {
		t.Skip(why)
	}
	p := listening(t, config.ListenOptions{})
	_, number, err := net.SplitHostPort(p.Addr().String())
	require.NoError(t, err)
	for _, text := range []string{debugJSON, debugINI} {
		p.tree.Node("").SetLevel(slog.LevelError)
		out, err := exec.Command(py.Path, "-c", pythonClient, number, text).CombinedOutput()
		require.NoError(t, err, string(out))
		require.NoError(t, p.next())
		p.requireLevel(slog.LevelDebug)
	}
}
