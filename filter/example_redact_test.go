// SPDX-License-Identifier: MIT

package filter_test

import (
	"errors"
	"log/slog"
	"regexp"

	"github.com/slogx/slogx/filter"
)

func ExampleRedact() {
	redact := filter.Redact(&filter.RedactOptions{
		Keys:     []string{"password", "*token*", "http.header.authorization"},
		Patterns: []*regexp.Regexp{regexp.MustCompile(`\b\d{16}\b`)}, // card numbers
	})
	log := slog.New(filter.NewHandler(onStdout(), redact))

	type user struct{ Name, Password string }
	log.With("access_token", "abc").Info("paid with 4111111111111111", "user", user{"bob", "hunter2"})
	log.WithGroup("http").Info("request", slog.Group("header", "Authorization", "Basic Ym9i", "Accept", "*/*"))
	log.Info("failed", "err", errors.New("card 4111111111111111 is refused"))
	// Output:
	// level=INFO msg="paid with [REDACTED]" access_token=[REDACTED] user="{Name:bob Password:[REDACTED]}"
	// level=INFO msg=request http.header.Authorization=[REDACTED] http.header.Accept=*/*
	// level=INFO msg=failed err="card [REDACTED] is refused"
}
