// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

func ExampleWatch() {
	dir, err := os.MkdirTemp("", "watch")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "logging.yaml")
	save := func(text string) { // in one step: half a file may be a mistake
		if err := errors.Join(os.WriteFile(path+"~", []byte(text), 0o600), os.Rename(path+"~", path)); err != nil {
			panic(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	save("{version: 1, root: {level: WARNING}}")
	t := tree.New(nil)
	reloads := make(chan error)
	err = config.Watch(ctx, t, path, &config.WatchOptions{
		Interval: 20 * time.Millisecond,
		OnReload: func(err error) { reloads <- err },
	})
	fmt.Println(t.Levels(), err)

	save("{version: 1, root: {level: INFO}, loggers: {app.db: {level: DEBUG}}}")
	err = <-reloads
	fmt.Println(t.Levels(), err)

	save("{version: 1, root: {level: LOUD}}")
	err = <-reloads
	fmt.Println(t.Levels(), err != nil)
	// Output:
	// WARNING <nil>
	// INFO,app.db=DEBUG <nil>
	// INFO,app.db=DEBUG true
}

// Only who knows the key may configure this process.
func ExampleListen() {
	key := []byte("a secret of the operators")
	sign := func(document []byte) []byte {
		mac := hmac.New(sha256.New, key)
		mac.Write(document)
		return mac.Sum(nil)
	}
	t, told := tree.New(nil), make(chan error)
	l, err := config.Listen(context.Background(), t, "127.0.0.1:0", &config.ListenOptions{
		Verify: func(sent []byte) ([]byte, error) {
			if len(sent) < sha256.Size || !hmac.Equal(sent[:sha256.Size], sign(sent[sha256.Size:])) {
				return nil, errors.New("not signed by us")
			}
			return sent[sha256.Size:], nil
		},
		OnReload: func(err error) { told <- err },
	})
	if err != nil {
		panic(err)
	}
	defer l.Close()

	document := []byte(`{"version": 1, "incremental": true, "loggers": {"app.db": {"level": "DEBUG"}}}`)
	send(l.Addr(), append(sign(document), document...))
	err = <-told
	fmt.Println(t.Levels(), err)

	send(l.Addr(), append(make([]byte, sha256.Size), document...))
	fmt.Println(errors.Unwrap(errors.Unwrap(<-told)))
	// Output:
	// INFO,app.db=DEBUG <nil>
	// verify: not signed by us
}

// send is a client: four bytes with the length, and what is to be sent.
func send(to net.Addr, data []byte) {
	conn, err := net.Dial("tcp", to.String())
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	if _, err := conn.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), data...)); err != nil {
		panic(err)
	}
}
