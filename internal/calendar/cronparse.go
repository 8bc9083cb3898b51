// SPDX-License-Identifier: MIT

package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A field is one of the five of a cron table.
type field struct {
	name      string
	low, high int
	names     []string // from low on
}

var fields = [...]field{
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day of month", 1, 31, nil},
	{"month", 1, 12, strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")},
	{"day of week", 0, sunday, strings.Fields("SUN MON TUE WED THU FRI SAT")},
}

// sunday is the other number that Sunday has.
const sunday = 7

var macros = map[string]string{
	"@hourly":   "0 * * * *",
	"@daily":    "0 0 * * *",
	"@midnight": "0 0 * * *",
	"@weekly":   "0 0 * * 0",
	"@monthly":  "0 0 1 * *",
	"@yearly":   "0 0 1 1 *",
	"@annually": "0 0 1 1 *",
}

func parseCron(expr string) (*cron, error) {
	if word := strings.Trim(expr, " \t"); strings.HasPrefix(word, "@") {
		known, ok := macros[strings.ToLower(word)]
		if !ok {
			return nil, errors.New("want @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually")
		}
		expr = known
	}
	texts, columns := cutFields(expr)
	if len(texts) != len(fields) {
		return nil, fmt.Errorf("%d fields, want 5: minute, hour, day of month, month, day of week", len(texts))
	}
	var sets [len(fields)]uint64
	for i, f := range fields {
		var err error
		if sets[i], err = f.parse(texts[i], columns[i]); err != nil {
			return nil, fmt.Errorf("%s, %w", f.name, err)
		}
	}
	c := &cron{minutes: sets[0], hours: sets[1], days: sets[2], months: sets[3]}
	c.weekdays = sets[4]&(1<<sunday-1) | sets[4]>>sunday
	star := func(i int) bool { return texts[i][0] == '*' }
	c.wild = star(0) || star(1)
	c.either = !star(2) && !star(4)
	if !c.hasDay() {
		return nil, errors.New("no month has such a day")
	}
	return c, nil
}

// cutFields returns the words of a line, and the columns that they stand in, the first of which is 1.
func cutFields(line string) (words []string, columns []int) {
	start := 0
	for i, r := range line + " " {
		if r != ' ' && r != '\t' {
			continue
		}
		if i > start {
			words, columns = append(words, line[start:i]), append(columns, start+1)
		}
		start = i + 1
	}
	return words, columns
}

// parse returns the set that a list stands for. Its error begins with a column.
func (f *field) parse(list string, column int) (set uint64, err error) {
	for item := range strings.SplitSeq(list, ",") {
		low, high, step, err := f.parseItem(item)
		if err != nil {
			return 0, fmt.Errorf("column %d: %w", column, err)
		}
		for n := low; n <= high; n += step {
			set |= 1 << n
		}
		column += len(item) + 1
	}
	return set, nil
}

func (f *field) parseItem(item string) (low, high, step int, err error) {
	from, stepText, isStepped := strings.Cut(item, "/")
	lowText, highText, isRange := strings.Cut(from, "-")
	low, isLow := f.parseValue(lowText)
	high, isHigh := f.parseValue(highText)
	if f.high == sunday && strings.EqualFold(highText, f.names[0]) { // fri-sun
		high = sunday
	}
	step, isStep := f.parseStep(stepText, isStepped)
	switch {
	case from == "*":
		low, high = f.low, f.high
	case !isLow || isRange && !isHigh:
		return 0, 0, 0, fmt.Errorf("%q, want %s", item, f.wanted())
	case !isRange && isStepped && isStep: // crons disagree: up to the end, only once, or an error
		return 0, 0, 0, fmt.Errorf("%q, want %d-%d/%s or %d", item, low, f.high, stepText, low)
	case !isRange:
		high = low
	case high < low:
		return 0, 0, 0, fmt.Errorf("%q, want a range that begins with its lower end", item)
	}
	if !isStep {
		return 0, 0, 0, fmt.Errorf("%q, want a step from 1 to %d", item, f.high)
	}
	return low, high, step, nil
}

func (f *field) parseStep(s string, isStepped bool) (step int, ok bool) {
	if !isStepped {
		return 1, true
	}
	step, ok = number(s)
	return step, ok && 1 <= step && step <= f.high
}

func (f *field) parseValue(s string) (n int, ok bool) {
	if i := slices.Index(f.names, strings.ToUpper(s)); i >= 0 {
		return f.low + i, true
	}
	n, ok = number(s)
	return n, ok && f.low <= n && n <= f.high
}

// number reads a number without a sign.
func number(s string) (n int, ok bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && s[0] != '+' && s[0] != '-'
}

func (f *field) wanted() string {
	want := fmt.Sprintf("*, or %d to %d", f.low, f.high)
	if f.names != nil {
		want += fmt.Sprintf(" or %s to %s", strings.ToLower(f.names[0]), strings.ToLower(f.names[len(f.names)-1]))
	}
	return want
}
