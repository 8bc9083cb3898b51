# SPDX-License-Identifier: MIT
"""Prints where the days and weeks of some zones begin, as Python's zoneinfo has it.

    python3 internal/calendar/testdata/periods.py >internal/calendar/testdata/periods.txt
"""

import datetime
import itertools
import zoneinfo

FORMAT = """\
# When the days and weeks of some zones begin, as Python's zoneinfo has it; periods.py makes this file.
#
# Each line that does not begin with # has, with a space between them,
#   the zone,
#   the schedule: midnight, or W6, whose weeks end with Sunday,
#   the time of day, or - if it is not given,
#   the first boundary in Unix seconds,
#   and the seconds from each boundary to the next; 86400*68 stands for 68 times 86400."""

ZONES = {
    "Africa/Casablanca": 2013,
    "America/New_York": 2013,
    "America/Sao_Paulo": 2013,
    "America/St_Johns": 2013,
    "Asia/Tehran": 2013,
    "Australia/Lord_Howe": 2013,
    "Europe/Dublin": 2013,
    "Europe/London": 2013,
    "Pacific/Apia": 2011,  # which had no 30 December
}
END = datetime.date(2023, 1, 1)
SCHEDULES = [("midnight", "-"), ("midnight", "01:30"), ("midnight", "02:30"), ("W6", "-")]
DAY = datetime.timedelta(days=1)


def boundary(zone, date, time):
    """PEP 495 says what fold=0 is: the first of two, and the offset before a gap."""
    return int(datetime.datetime.combine(date, time, zone).timestamp())


def boundaries(zone, first, when, at):
    time = datetime.time() if at == "-" else datetime.time.fromisoformat(at)
    date = datetime.date(first, 1, 1)
    while date <= END:
        if when == "midnight" or date.weekday() == 0:
            sec = boundary(zone, date, time)
            if at == "-":  # it is where the date changes
                assert datetime.datetime.fromtimestamp(sec, zone).date() >= date
                assert datetime.datetime.fromtimestamp(sec - 1, zone).date() < date
            yield sec
        date += DAY


print(FORMAT)
for name, first in ZONES.items():
    for when, at in SCHEDULES:
        found = list(boundaries(zoneinfo.ZoneInfo(name), first, when, at))
        deltas = [b - a for a, b in itertools.pairwise(found) if a != b]  # a day that is skipped has none of its own
        runs = [(delta, len(list(run))) for delta, run in itertools.groupby(deltas)]
        print(name, when, at, found[0], *(f"{delta}*{n}" if n > 1 else delta for delta, n in runs))
