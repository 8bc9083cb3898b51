// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"context"
	"fmt"
)

// release ends the use by one File. The last one closes, and waits.
func (c *core) release(ctx context.Context) error {
	if !c.leave() {
		return nil
	}
	err := c.stop(ctx)
	if err = cmp.Or(err, c.work.wait(ctx)); err != nil {
		c.cancel()
	}
	err = cmp.Or(err, c.report.wait(ctx))
	if err != nil {
		return fmt.Errorf("rotate: close %s: %w", c.path, err)
	}
	return nil
}

// leave reports whether this was the last user, who is to end it then.
func (c *core) leave() (last bool) {
	registry.mu.Lock()
	defer registry.mu.Unlock()
	if c.users--; c.users > 0 {
		return false
	}
	if registry.cores[c.key] == c {
		delete(registry.cores, c.key)
		registry.working[c.key] = c
	}
	return true
}

// stop closes the file, and lets the work in the background come to its end. A line that the system does not take, as
// for a pipe that nobody reads, holds up neither the registry nor who waits until ctx is done.
func (c *core) stop(ctx context.Context) error {
	ended := make(chan error, 1)
	stopLocked := func() {
		err := c.retireLocked()
		c.mu.Unlock()
		c.quit()
		c.work.do(c.rest)
		ended <- err
	}
	switch {
	case ctx.Done() == nil:
		c.mu.Lock()
		stopLocked()
	case c.mu.TryLock():
		stopLocked()
		return <-ended
	default:
		go func() {
			c.mu.Lock()
			stopLocked()
		}()
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// rest is the end of the work in the background.
func (c *core) rest() {
	if d, p := c.lastUnseen(); p != nil {
		c.tidy(d, p)
	}
	c.cancel()
	registry.mu.Lock()
	defer registry.mu.Unlock()
	if registry.working[c.key] == c {
		delete(registry.working, c.key)
	}
}

// lastUnseen returns the last rotation that OnRotate does not know, nil if there is none, or somebody else goes on with it.
func (c *core) lastUnseen() (*disk, *pending) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d, ok := c.engine.(*disk)
	if !ok || c.heir != nil || len(c.unseen.events) == 0 {
		return nil, nil
	}
	return d, c.unseen.events[len(c.unseen.events)-1]
}

// retire closes the file. Lines that come later take the way of writeLate.
func (c *core) retire() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.retireLocked()
}

func (c *core) retireLocked() (err error) {
	if c.timer != nil {
		c.timer.Stop()
	}
	if c.isOpen {
		err = c.engine.close()
	}
	c.closed, c.isOpen = true, false
	c.settleLocked()
	return err
}
