// SPDX-License-Identifier: MIT

//go:build unix

package config

import (
	"os"
	"syscall"
)

// signals are those that a program may take for files, without SIG.
var signals = map[string]os.Signal{
	"HUP": syscall.SIGHUP, "USR1": syscall.SIGUSR1, "USR2": syscall.SIGUSR2, "WINCH": syscall.SIGWINCH,
}

func signalNames() []string { return []string{"SIGHUP", "SIGUSR1", "SIGUSR2", "SIGWINCH"} }
