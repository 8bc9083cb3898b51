// SPDX-License-Identifier: MIT

package calendar_test

import (
	"fmt"
	"time"

	"github.com/slogx/slogx/internal/calendar"
)

func ExampleNew() {
	s, err := calendar.New("midnight", 1, "", time.UTC)
	if err != nil {
		fmt.Println(err)
		return
	}
	start, end := s.Period(time.Date(2024, time.February, 29, 15, 4, 5, 0, time.UTC))
	fmt.Println(start)
	fmt.Println(end)
	// Output:
	// 2024-02-29 00:00:00 +0000 UTC
	// 2024-03-01 00:00:00 +0000 UTC
}

func ExampleCron() {
	s, err := calendar.Cron("30 2 * * mon-fri", time.UTC)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Next(time.Date(2024, time.March, 1, 12, 0, 0, 0, time.UTC)))
	_, err = calendar.Cron("0 24 * * *", time.UTC)
	fmt.Println(err)
	// Output:
	// 2024-03-04 02:30:00 +0000 UTC
	// cron expression "0 24 * * *": hour, column 3: "24", want *, or 0 to 23
}
