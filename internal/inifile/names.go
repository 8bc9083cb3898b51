// SPDX-License-Identifier: MIT

package inifile

import (
	"strings"

	"github.com/slogx/slogx/internal/document"
)

// Names has the names that configurations of Python's logging use as arguments: the levels, the constants of
// logging.handlers and socket, and the standard streams, which become ext://sys.stdout and ext://sys.stderr.
// As for Python, names of logging need not begin with logging.
func Names(name string) (*document.Value, bool) {
	if name == "sys.stdout" || name == "sys.stderr" {
		return &document.Value{Kind: document.String, Str: "ext://" + name}, true
	}
	n, ok := numbers[strings.TrimPrefix(name, "logging.")]
	if !ok {
		n, ok = sockets[strings.TrimPrefix(name, "handlers.")]
	}
	if !ok {
		return nil, false
	}
	return &document.Value{Kind: document.Int, Int: n}, true
}

var sockets = map[string]int64{"socket.SOCK_STREAM": 1, "socket.SOCK_DGRAM": 2}

var numbers = map[string]int64{
	"CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARNING": 30, "WARN": 30, "INFO": 20, "DEBUG": 10, "NOTSET": 0,

	"handlers.DEFAULT_TCP_LOGGING_PORT":  9020,
	"handlers.DEFAULT_UDP_LOGGING_PORT":  9021,
	"handlers.DEFAULT_HTTP_LOGGING_PORT": 9022,
	"handlers.DEFAULT_SOAP_LOGGING_PORT": 9023,
	"handlers.SYSLOG_UDP_PORT":           514,
	"handlers.SYSLOG_TCP_PORT":           514,

	"handlers.SysLogHandler.LOG_EMERG":    0,
	"handlers.SysLogHandler.LOG_KERN":     0,
	"handlers.SysLogHandler.LOG_ALERT":    1,
	"handlers.SysLogHandler.LOG_USER":     1,
	"handlers.SysLogHandler.LOG_CRIT":     2,
	"handlers.SysLogHandler.LOG_MAIL":     2,
	"handlers.SysLogHandler.LOG_DAEMON":   3,
	"handlers.SysLogHandler.LOG_ERR":      3,
	"handlers.SysLogHandler.LOG_AUTH":     4,
	"handlers.SysLogHandler.LOG_WARNING":  4,
	"handlers.SysLogHandler.LOG_NOTICE":   5,
	"handlers.SysLogHandler.LOG_SYSLOG":   5,
	"handlers.SysLogHandler.LOG_INFO":     6,
	"handlers.SysLogHandler.LOG_LPR":      6,
	"handlers.SysLogHandler.LOG_DEBUG":    7,
	"handlers.SysLogHandler.LOG_NEWS":     7,
	"handlers.SysLogHandler.LOG_UUCP":     8,
	"handlers.SysLogHandler.LOG_CRON":     9,
	"handlers.SysLogHandler.LOG_AUTHPRIV": 10,
	"handlers.SysLogHandler.LOG_FTP":      11,
	"handlers.SysLogHandler.LOG_NTP":      12,
	"handlers.SysLogHandler.LOG_SECURITY": 13,
	"handlers.SysLogHandler.LOG_CONSOLE":  14,
	"handlers.SysLogHandler.LOG_SOLCRON":  15,
	"handlers.SysLogHandler.LOG_LOCAL0":   16,
	"handlers.SysLogHandler.LOG_LOCAL1":   17,
	"handlers.SysLogHandler.LOG_LOCAL2":   18,
	"handlers.SysLogHandler.LOG_LOCAL3":   19,
	"handlers.SysLogHandler.LOG_LOCAL4":   20,
	"handlers.SysLogHandler.LOG_LOCAL5":   21,
	"handlers.SysLogHandler.LOG_LOCAL6":   22,
	"handlers.SysLogHandler.LOG_LOCAL7":   23,
}
