// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/internal/testhelp"
)

// Close comes back when nothing is under way any more, whatever clients and OnReload are doing.
func TestListenEndsWithItsContext(t *testing.T) {
	for _, byClose := range []bool{true, false} {
		ctx, cancel := context.WithCancel(t.Context())
		entered, leave := make(chan struct{}), make(chan struct{})
		var mu sync.Mutex
		calls := 0
		l, err := config.Listen(ctx, newTree(t), "127.0.0.1:0", &config.ListenOptions{Timeout: time.Hour, OnReload: func(error) {
			close(entered)
			<-leave
			mu.Lock()
			defer mu.Unlock()
			calls++
		}})
		require.NoError(t, err)
		p := &port{Listener: l, t: t}
		silent := p.dial()
		for range 2 {
			_, err = io.WriteString(p.dial(), frame(debugJSON))
			require.NoError(t, err)
		}
		<-entered
		ended := make(chan struct{})
		if !byClose {
			cancel()
		}
		go func() {
			defer close(ended)
			l.Close()
		}()
		_, err = silent.Read(make([]byte, 1)) // until Close has begun
		require.Error(t, err)
		require.NotErrorIs(t, err, os.ErrDeadlineExceeded)
		select {
		case <-ended:
			require.Fail(t, "Close does not wait")
		case <-time.After(time.Millisecond):
		}
		close(leave)
		testhelp.InTime(t, func() { <-ended })
		require.NoError(t, l.Close())
		mu.Lock()
		require.Equal(t, 1, calls, "the second document came too late")
		mu.Unlock()
		_, err = net.DialTimeout("tcp", l.Addr().String(), testhelp.Patience)
		require.Error(t, err)
		cancel()
	}
}
