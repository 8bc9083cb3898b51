// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// What stands between these lines of the document is written anew; the rest is left alone.
const (
	begin = "<!-- What follows is written by bench/cmd/report. -->\n"
	end   = "<!-- Here ends what bench/cmd/report has written. -->\n"
)

// replace writes text between the marks in a file.
func replace(path, text string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, rest, ok := bytes.Cut(old, []byte(begin))
	_, tail, ok2 := bytes.Cut(rest, []byte(end))
	if !ok || !ok2 {
		return fmt.Errorf("%s: the lines %q and %q are not there", path, begin, end)
	}
	return os.WriteFile(path, slices.Concat(head, []byte(begin), []byte(text), []byte(end), tail), 0o644)
}

// machine says what was measured on what.
func machine(dir string) string {
	commit := "unknown"
	cmd := exec.Command("git", "describe", "--always", "--dirty")
	cmd.Dir = dir
	if out, err := cmd.Output(); err == nil {
		commit = strings.TrimSpace(string(out))
	}
	return fmt.Sprintf("commit %s, %s on %s/%s, %d × %s", commit, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor())
}

// processor returns the name of the processor where the system tells it.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "processor"
}

// markdown returns all tables.
func (r report) markdown(machine string, rounds int, turn time.Duration) string {
	var b strings.Builder
	b.WriteString("\nA figure is the median of the turns, with the bounds of its 95 % confidence interval; a ratio with ~ is none beyond chance.\n" +
		"The fastest turn is what is left where nothing else runs on the machine.\n")
	source := func(only string) {
		fmt.Fprintf(&b, "\n`go run ./cmd/report%s -count %d -time %v`: %s\n", only, rounds, turn, machine)
	}
	r.budgetTable(&b)
	source("")
	for _, s := range r {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n", title(s.Name), s.About)
		if s.Axis == "" {
			s.table(&b)
		} else {
			s.grid(&b)
		}
		source(fmt.Sprintf(" -only '^%s$'", s.Name))
		for _, p := range plots {
			if p.below == s.Name {
				fmt.Fprintf(&b, "\n![%s](performance/%s.svg)\n", p.title, p.file)
			}
		}
	}
	return b.String()
}

func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

func (r report) budgetTable(b *strings.Builder) {
	b.WriteString("\n### Budgets\n\n| what | budget | aim | medians | | fastest turns | |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, x := range budgets {
		middle, ok := x.actual(r, median)
		if !ok {
			continue
		}
		form := "%.2f %s"
		if x.unit != "×" && x.unit != "s" {
			form = "%.3g %s"
		}
		fmt.Fprintf(b, "| %s | %g %s | %g |", x.what, x.limit, x.unit, x.beat)
		least, _ := x.actual(r, fastest)
		for _, actual := range []float64{middle, least} {
			fmt.Fprintf(b, " "+form+" | %s |", actual, x.unit, x.verdict(actual))
		}
		b.WriteByte('\n')
	}
}

// table is a scenario of one measurement for each case.
func (s *section) table(b *strings.Builder) {
	fmt.Fprintf(b, "| | median | | fastest turn | beside %s | allocations | bytes |\n| --- | --- | --- | --- | --- | --- | --- |\n", s.Peer)
	for _, r := range s.rows {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |", emphasis(r.name), duration(r.Center), bounds(r), duration(r.least), s.ratio(r))
		if r.foreign || s.Name == "first line" {
			b.WriteString(" | |\n")
		} else {
			fmt.Fprintf(b, " %.0f | %.0f |\n", r.allocs, r.bytes)
		}
	}
}

// bounds are those of the median, in percent of it.
func bounds(r *row) string { return "± " + r.PctRangeString() }

func (s *section) ratio(r *row) string {
	ratio, differs := s.beside(r)
	switch {
	case ratio == 0:
		return ""
	case !differs && r.name != s.Peer:
		return fmt.Sprintf("~ %.2f", ratio)
	}
	return fmt.Sprintf("%.2f", ratio)
}

// grid is a scenario with an axis: a column for each place.
func (s *section) grid(b *strings.Builder) {
	var names []string
	var places []int
	weighed := false
	for _, r := range s.rows {
		if !slices.Contains(names, r.name) {
			names = append(names, r.name)
		}
		if !slices.Contains(places, r.at) {
			places = append(places, r.at)
		}
		weighed = weighed || r.held > 0
	}
	fmt.Fprintf(b, "| %s |", s.Axis)
	for _, at := range places {
		fmt.Fprintf(b, " %d |", at)
	}
	b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(places)) + "\n")
	line := func(label string, cell func(*row) string) {
		fmt.Fprintf(b, "| %s |", emphasis(label))
		for _, at := range places {
			if r := s.find(strings.TrimSuffix(label, ", bytes"), at); r != nil {
				fmt.Fprintf(b, " %s |", cell(r))
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteByte('\n')
	}
	for _, name := range names {
		line(name, func(r *row) string { return duration(r.Center) + " " + bounds(r) })
		if weighed {
			line(name+", bytes", func(r *row) string {
				if r.held <= 0 || r.at < 1000 {
					return ""
				}
				return fmt.Sprintf("%.0f", r.held)
			})
		}
	}
}

// emphasis sets slogx apart.
func emphasis(name string) string {
	if strings.HasPrefix(name, "slogx") {
		return "**" + name + "**"
	}
	return name
}

// duration prints nanoseconds in a unit that fits.
func duration(ns float64) string {
	switch {
	case ns < 100:
		return fmt.Sprintf("%.1f ns", ns)
	case ns < 1e4:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.3g µs", ns/1e3)
	default:
		return fmt.Sprintf("%.3g ms", ns/1e6)
	}
}
