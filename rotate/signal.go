// SPDX-License-Identifier: MIT

package rotate

import (
	"os"
	"os/signal"
	"slices"
)

// listen has signals acted on, and returns a function that ends that, and waits for its goroutine.
func (c *core) listen() (quit func()) {
	signals := slices.Concat(c.RotateOn, c.ReopenOn)
	if len(signals) == 0 {
		return func() {}
	}
	come := make(chan os.Signal, len(signals))
	stop, stopped := make(chan struct{}), make(chan struct{})
	signal.Notify(come, signals...)
	go func() {
		defer close(stopped)
		for {
			select {
			case s := <-come:
				c.onSignal(s)
			case <-stop:
				return
			}
		}
	}()
	return func() {
		signal.Stop(come)
		close(stop)
		<-stopped
	}
}
