# SPDX-License-Identifier: MIT
"""Prints what CPython's own test expects of TimedRotatingFileHandler.computeRollover.

    python3 internal/calendar/testdata/vectors.py >internal/calendar/testdata/vectors.tsv

It runs the tests and notes each call, so it needs CPython 3.13 or later with test.test_logging.
"""

import logging.handlers
import os
import sys
import time
import unittest

import test.test_logging

ZONES = {"EST+05EDT,M3.2.0,M11.1.0": "America/New_York"}  # the same rules in 2012
NOON = 1704110400.0  # of 2024-01-01, a Monday; a test takes the present week

handler = logging.handlers.TimedRotatingFileHandler
init, compute = handler.__init__, handler.computeRollover
vectors = []
opening = False


def noted_init(self, filename, when="h", interval=1, *args, **kwargs):
    global opening
    opening = True
    init(self, filename, when, interval, *args, **kwargs)
    opening = False
    self.noted_interval = interval


def noted_compute(self, t):
    result = compute(self, t)
    if not opening:  # a handler calls it for its file, which no test looks at
        zone = "UTC" if self.utc else ZONES[os.environ["TZ"]]
        at = self.atTime.isoformat() if self.atTime else "-"
        vectors.append((self.when, self.noted_interval, at, zone, int(t), int(result)))
    return result


handler.__init__, handler.computeRollover = noted_init, noted_compute
time.time = lambda: NOON
names = [n for n in dir(test.test_logging.TimedRotatingFileHandlerTest) if n.startswith("test_compute_rollover")]
suite = unittest.TestSuite(test.test_logging.TimedRotatingFileHandlerTest(n) for n in names)
if not unittest.TextTestRunner(stream=sys.stderr).run(suite).wasSuccessful():
    sys.exit("the tests of this Python fail")
print("# What CPython's TimedRotatingFileHandlerTest expects; vectors.py makes this file.")
print("# when\tinterval\tat\tzone\tt\tcomputeRollover(t)")
for vector in vectors:
    print(*vector, sep="\t")
