# SPDX-License-Identifier: MIT
"""Answers scripts on log files with what CPython's handlers of logging.handlers do.

Reads an archive of scripts from stdin, and writes it to stdout with the answers: below a step, behind a tab, what could
be seen. doc.go describes the language.

Each script is run twice, in a directory of its own: by CPython as it is, and by the twin in twin.py, which is CPython
with what docs/python.md lists as deliberate differences. Where the twin leaves other files, they follow, marked with ~,
and what was the case by then, marked with =.
"""

import datetime
import json
import logging.handlers
import os
import re
import sys
import tempfile
import time
import zoneinfo

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "judge"))
import archive
import twin

BASE = "a.log"
logging.raiseExceptions = False  # what becomes of a record can be seen in the files


class Clock:
    now = 0.0


time.time = lambda: Clock.now
time.time_ns = lambda: int(Clock.now * 1000) * 10**6


class Dated:
    """Has the time of the last change follow the clock, and notes what is the case. CPython does all else."""

    chosen = None  # a suffix of one's own

    def _open(self):
        existed = os.path.exists(self.baseFilename)
        stream = super()._open()
        if not existed:
            touch(self.baseFilename)
        return stream

    def note(self, *facts):
        self.facts.update(facts)

    def note_names(self, pattern=None):
        """Notes which names CPython takes for backups, and slogx does not, or the other way round."""
        folder, parser = os.path.dirname(self.baseFilename), self.names
        numbers, files = [], 0
        for name in os.listdir(folder):
            parsed = twin.parse(parser, name)
            isfile = os.path.isfile(os.path.join(folder, name))
            files += bool(parsed and isfile)
            if parsed and isfile and os.path.getsize(os.path.join(folder, name)) == 0 and "empty" not in self.facts:
                self.note("emptybackup")
            plain = isinstance(parser, twin.Numbers) or re.fullmatch(pattern, name.removeprefix(BASE + "."))
            ours = not plain and (not self.chosen or parsed and parsed[0][1] > 0)  # suffixRetention is another difference
            if parsed and isfile and (parsed[1] or name.endswith(".gz") or ours):
                self.note("own")
            elif pattern and plain and not (parsed and isfile) and name.startswith(BASE + "."):
                self.note("strange")
            if pattern and not plain and name.startswith(BASE) and any(re.match(pattern, part) for part in name.split(".")[1:]):
                self.note("loose")
            if parsed and isfile and isinstance(parser, twin.Numbers) and not parsed[1]:
                numbers.append(-parsed[0][1])
        if self.backupCount and any(n > self.backupCount or n == self.backupCount > len(numbers) for n in numbers):
            self.note("orphan")
        return files

    def note_opening(self, pattern=None):
        if self.note_names(pattern) > self.backupCount > 0:
            self.note("surplus")

    def note_rollover(self, pattern=None):
        self.note_names(pattern)
        if os.path.exists(self.baseFilename) and os.path.getsize(self.baseFilename) == 0:
            self.note("empty")


class Watched(Dated, logging.handlers.WatchedFileHandler):
    def __init__(self, path, facts, mode="a", delay=False):
        self.facts = facts
        super().__init__(path, mode, "utf-8", delay)


class Sized(Dated, logging.handlers.RotatingFileHandler):
    def __init__(self, path, facts, max=0, backups=0, mode="a", delay=False):
        self.facts, self.backupCount, self.baseFilename = facts, backups, path
        self.names = twin.Numbers(BASE)
        if max:
            self.note_opening()
        super().__init__(path, mode, max, backups, "utf-8", delay)

    def doRollover(self):
        self.note_rollover()
        super().doRollover()

    def rotation_filename(self, name):
        if os.path.isdir(name):
            self.note("target")
        return super().rotation_filename(name)


class Timed(Dated, logging.handlers.TimedRotatingFileHandler):
    def __init__(self, path, facts, when="H", interval=1, backups=0, delay=False, utc=False, at=None, suffix=None):
        self.facts, self.backupCount, self.baseFilename = facts, backups, path
        layout = suffix or twin.SUFFIXES.get(when.upper(), "%Y-%m-%d")
        self.names = twin.Dates(BASE, layout, zoneinfo.ZoneInfo("UTC" if utc else os.environ["TZ"]))
        self.pattern = re.sub("%Y", r"\\d{4}", re.sub("%[mdHMS]", r"\\d{2}", twin.SUFFIXES.get(when.upper(), "%Y-%m-%d")))
        self.chosen = suffix
        self.note_opening(self.pattern)
        if not os.path.exists(path):
            self.note("missing")
        elif os.path.getsize(path) == 0:
            self.note("emptyopen")
        super().__init__(path, when, interval, backups, "utf-8", delay, utc, at)
        if suffix:
            self.suffix = suffix

    def computeRollover(self, now):
        result = super().computeRollover(now)
        if self.when == "MIDNIGHT" or self.when.startswith("W"):
            day = 86400
            first = min(now, int(result) - self.interval) - day
            shifts = {(local.tm_gmtoff, local.tm_isdst)
                      for local in map(time.localtime, range(first, int(result) + day, 6 * 3600))}
            if not self.utc and len(shifts) > 1:
                self.note("clocks")
            shown = time.gmtime(now) if self.utc else time.localtime(now)
            if self.atTime and datetime.time(*shown[3:6]) == self.atTime:
                self.note("exact")
        return result

    def doRollover(self):
        self.note_rollover(self.pattern)
        start = self.rolloverAt - self.interval
        if not self.utc and time.localtime(start).tm_isdst != time.localtime(Clock.now).tm_isdst:
            self.note("shifted")
        super().doRollover()

    def rotation_filename(self, name):
        if os.path.exists(name):
            self.note("target")
        return super().rotation_filename(name)


class World:
    """A script that is being run."""

    def __init__(self, folder, is_twin):
        self.folder, self.is_twin = folder, is_twin
        self.handler, self.facts, self.births = None, set(), {}

    def run(self, step):
        """Runs a step and returns what could be seen."""
        word, *args = archive.words(step)
        return getattr(self, "do_" + word)(*args) or []

    def path(self, name):
        return os.path.join(self.folder, name)

    def do_zone(self, zone):
        zoneinfo.ZoneInfo(zone)  # the C library takes a name that it does not know for UTC
        os.environ["TZ"] = zone
        time.tzset()

    def do_start(self, seconds):
        Clock.now = float(seconds)

    def do_advance(self, seconds):
        Clock.now += float(seconds)

    def do_handler(self, kind, *options):
        self.do_close()
        given = {}
        for option in options:
            key, _, value = option.partition("=")
            given[key] = {"delay": bool, "utc": bool, "at": datetime.time.fromisoformat, "suffix": json.loads,
                          "mode": str, "when": str}.get(key, int)(value or "yes")
        classes = {True: (twin.Watched, twin.Sized, twin.Timed), False: (Watched, Sized, Timed)}[self.is_twin]
        made = classes[("watched", "size", "timed").index(kind)]
        self.handler = made(self.path(BASE), self.births if self.is_twin else self.facts, **given)

    def do_close(self):
        if self.handler:
            self.handler.close()
        self.handler = None

    def do_write(self, text):
        self.handler.handle(logging.makeLogRecord({"msg": json.loads(text)}))
        touch(self.path(BASE))

    def do_every(self, n, seconds):
        for i in range(int(n)):
            if i:
                self.do_advance(seconds)
            self.do_write(json.dumps(time.strftime("%dT%H:%M%Z", time.localtime(Clock.now))))

    def do_create(self, name, text):
        if os.path.exists(self.path(name)):
            os.remove(self.path(name))
        self.do_append(name, text)
        self.births.pop(os.stat(self.path(name)).st_ino, None)

    def do_append(self, name, text):
        with open(self.path(name), "a", encoding="utf-8", newline="") as f:
            f.write(json.loads(text))
        touch(self.path(name))

    def do_truncate(self, name):
        os.truncate(self.path(name), 0)
        touch(self.path(name))

    def do_mkdir(self, name):
        os.mkdir(self.path(name))

    def do_rename(self, name, other):
        os.rename(self.path(name), self.path(other))

    def do_remove(self, name):
        os.remove(self.path(name))

    def do_mtime(self, name, seconds):
        os.utime(self.path(name), (float(seconds), float(seconds)))

    def do_dir(self):
        lines = []
        for name in sorted(os.listdir(self.folder)):
            if os.path.isdir(self.path(name)):
                lines.append(name + "/")
            else:
                with open(self.path(name), encoding="utf-8", newline="") as f:
                    lines.append(name + " " + archive.quote(f.read()))
        return lines or ["empty"]


def touch(path):
    if os.path.exists(path):
        os.utime(path, (Clock.now, Clock.now))


def seen(steps, is_twin):
    """Runs a script, and returns what could be seen of each step, and what was the case by then."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        world = World(folder, is_twin)
        for step in steps:
            try:
                lines = [] if archive.is_comment(step) else world.run(step)
            except FileNotFoundError:  # somebody has removed it
                lines = ["error"]
            found.append((lines, sorted(world.facts)))
        world.do_close()
    return found


def answered(script):
    """Returns the steps of a script, each followed by its answers; None if only CPython, and not the twin, has others."""
    steps, lines, twins = archive.steps(script), [], []
    for step, (first, facts), (second, _) in zip(steps, seen(steps, False), seen(steps, True)):
        lines += [step] + archive.answers(first, second, facts)
        twins.append((step, second))
    if sys.version_info < (3, 13) and lines != script and twins == stored(script):
        return None
    return lines


def stored(script):
    """Returns the steps of a script, each with what the twin answered."""
    steps = []
    for line in script:
        if not line.startswith("\t"):
            steps.append([line, [], None])
        elif line == "\t~":
            steps[-1][2] = []
        elif line.startswith("\t~"):
            steps[-1][2] = (steps[-1][2] or []) + [line[2:]]
        elif not line.startswith("\t="):
            steps[-1][1].append(line[1:])
    return [(step, first if second is None else second) for step, first, second in steps]


archive.main(answered, needs="3.13")
