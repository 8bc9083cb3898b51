# SPDX-License-Identifier: MIT
"""The twin: what CPython's handlers would do if they had what docs/python.md lists as deliberate differences.

The places that are different are marked with the names of the differences. Days and weeks are those of zoneinfo.
"""

import datetime
import logging
import os
import re
import time
import zoneinfo

SLACK = 0.05  # of the time stamps of a file system
HIGHEST = 99_999  # number of a backup: a.log.20240101 has a date
LOOK = 0.1  # after which a path is looked at again
SECONDS = {"S": 1, "M": 60, "H": 3600, "D": 86400}
SUFFIXES = {"S": "%Y-%m-%d_%H-%M-%S", "M": "%Y-%m-%d_%H-%M", "H": "%Y-%m-%d_%H"}
SHORT = {"%F": "%Y-%m-%d", "%T": "%H:%M:%S", "%R": "%H:%M"}  # strptime does not know them
NUMBER = re.compile("[1-9][0-9]*", re.ASCII)
DAY = datetime.timedelta(days=1)


class Numbers:
    """Names by number: a.log.1."""

    def __init__(self, base):
        self.base = base

    def name(self, n):
        return f"{self.base}.{n}"

    def parse(self, name):
        """Returns what puts a backup in order, the newest last, None for what is no backup: exactNames."""
        n = name.removeprefix(self.base + ".")
        return (1, -int(n)) if n != name and NUMBER.fullmatch(n) and int(n) <= HIGHEST else None


class Dates:
    """Names by time: a.log.2024-01-01, and with a number where one is taken: a.log.2024-01-01.1."""

    def __init__(self, base, suffix, zone):
        self.base, self.suffix, self.zone = base, suffix, zone

    def name(self, t, n=0):
        stamp = time.gmtime(t) if self.zone.key == "UTC" else time.localtime(t)
        return f"{self.base}.{time.strftime(self.suffix, stamp)}" + (f".{n}" if n else "")

    def parse(self, name):
        text = name.removeprefix(self.base + ".")
        if text == name:
            return None
        if (t := self.time(text)) is not None:
            return t, 0
        text, _, n = text.rpartition(".")
        t = self.time(text)
        return (t, int(n)) if t is not None and NUMBER.fullmatch(n) else None

    def time(self, text):
        """Returns the time that is printed as just this text, None if there is none."""
        layout = self.suffix
        for short, long in SHORT.items():
            layout = layout.replace(short, long)
        try:
            t = datetime.datetime.strptime(text, layout).replace(tzinfo=self.zone)
        except ValueError:
            return None
        first, last = sorted((t.replace(fold=0).timestamp(), t.replace(fold=1).timestamp()))
        if t.astimezone(datetime.UTC).astimezone(self.zone).replace(tzinfo=None) == t.replace(tzinfo=None):
            last = first
        times = range(int(first), int(last) + 1, 60)  # through what the clocks skip
        return next((t for t in times if datetime.datetime.fromtimestamp(t, self.zone).strftime(self.suffix) == text), None)


def parse(names, name):
    """Returns what puts a backup in order, and whether lumberjack named it: takenOver."""
    for plain in (name, name.removesuffix(".gz")):
        if (order := names.parse(plain)) is not None:
            return order, False
        stem, ext = os.path.splitext(names.base)
        stamp = plain.removeprefix(stem + "-").removesuffix(ext)
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}", stamp, re.ASCII) and plain == f"{stem}-{stamp}{ext}":
            try:
                t = datetime.datetime.strptime(stamp + "000Z", "%Y-%m-%dT%H-%M-%S.%f%z").timestamp()
            except ValueError:
                continue
            return ((0, t) if isinstance(names, Numbers) else (t, 0)), True
    return None


class Schedule:
    """The periods of a TimedRotatingFileHandler, by the calendar: midnights."""

    def __init__(self, when, interval, at, zone):
        self.when, self.interval, self.zone = when.upper(), interval, zone
        self.length = SECONDS.get(self.when, 0) * interval
        self.at = at or datetime.time()
        self.weekday = None
        if self.when.startswith("W"):
            self.weekday = (int(self.when[1]) + (at is None)) % 7

    def period(self, t):
        if self.length:
            return t, t + self.length
        day = datetime.datetime.fromtimestamp(t, self.zone).date() + 2 * DAY
        while not self.begins(day) or self.boundary(day) > t:
            day -= DAY
        return self.boundary(day), self.boundary(day + self.interval * (1 if self.weekday is None else 7) * DAY)

    def begins(self, day):
        return self.weekday is None or day.weekday() == self.weekday

    def boundary(self, day):
        """PEP 495 says what fold=0 is: the first of two, and the offset before a gap."""
        return datetime.datetime.combine(day, self.at, self.zone).timestamp()


class File(logging.FileHandler):
    """What the handlers have in common. births is what is noted of files, by inode."""

    rotates = timed = False
    watch = False

    def __init__(self, path, births, backups=0, mode="a", delay=False, names=None):
        super().__init__(path, "a", "utf-8", delay=True)
        self.births, self.backups, self.truncate, self.names = births, backups, mode == "w", names
        self.folder = os.path.dirname(path)
        self.look, self.last = None, None
        if not delay:
            self.open()
            self.look = time.time() + LOOK
        if self.rotates:  # retentionAtOpen, orphans, emptyBackups
            self.sweep()
            self.keep()

    def emit(self, record):
        line = (self.format(record) + "\n").encode()  # encodedBytes
        if self.stream is None:
            self.open()  # delayedStart
        now = time.time()
        due = self.due(now, len(line))
        if self.watch or due or self.look is not None and now >= self.look:  # followsPath, realSize
            self.look = None
            self.follow()
            due = self.due(now, len(line))
        if self.torn:  # tornTail
            self.put(b"\n")
            self.torn = False
        if due:
            self.rollover(now)
        self.put(line)
        if self.look is None:
            self.look = now + LOOK

    def put(self, data):
        self.stream.write(data)
        self.size += len(data)

    def open(self):
        if self.stream:
            self.stream.close()
        self.stream = open(self.baseFilename, "ab", buffering=0)
        if self.truncate:  # truncateOnce
            self.stream.truncate(0)
            self.truncate = False
        self.last = None
        info = os.fstat(self.stream.fileno())
        self.inode, self.size, self.torn = info.st_ino, info.st_size, False
        if self.size == 0:
            self.begin(time.time())  # emptyFile
            return
        with open(self.baseFilename, "rb") as f:
            self.torn = not f.read().endswith(b"\n")
        noted = self.births.get(self.inode)
        if noted is not None and noted <= info.st_mtime + SLACK:
            self.begin(noted, note=False)  # restartMemory
        else:
            self.found(info.st_mtime)

    def begin(self, now, note=True):
        if note:
            self.births[self.inode] = now

    def found(self, modified):
        self.begin(modified)

    def follow(self):
        try:
            info = os.stat(self.baseFilename)
        except FileNotFoundError:
            info = None
        if info and info.st_ino == self.inode:
            self.size = info.st_size
        else:
            self.open()

    def due(self, now, n):
        return False

    def rename(self, name):
        os.rename(self.baseFilename, os.path.join(self.folder, name))
        self.stream.close()
        self.stream = None

    def files(self):
        """Returns the backups that are files, each with what puts it in order, and whether lumberjack named it."""
        found = []
        for name in os.listdir(self.folder):
            parsed = parse(self.names, name)
            if parsed and os.path.isfile(os.path.join(self.folder, name)):  # exactNames
                found.append((*parsed, name))
        return found

    def is_empty(self, name):
        return os.path.getsize(os.path.join(self.folder, name)) == 0

    def sweep(self):
        for _, foreign, name in self.files():
            if not foreign and self.is_empty(name):
                os.remove(os.path.join(self.folder, name))

    def keep(self):
        files = [file for file in self.files() if not self.is_empty(file[2])]  # emptyBackups
        backups = sorted({(order, foreign) for order, foreign, _ in files})
        for order, foreign, name in files if self.backups else ():
            if (order, foreign) not in backups[-self.backups:]:
                os.remove(os.path.join(self.folder, name))


class Watched(File):
    watch = True


class Sized(File):
    def __init__(self, path, births, max=0, backups=0, mode="a", delay=False):
        self.max, self.rotates = max, max > 0
        super().__init__(path, births, backups, "a" if max else mode, delay, Numbers(os.path.basename(path)))

    def due(self, now, n):
        return self.max and self.backups and self.size > 0 and self.size + self.torn + n >= self.max

    def rollover(self, now):
        """Moves each number up by one, past those that are not files: rolloverTarget, orphans."""
        self.sweep()  # emptyBackups
        taken = {}
        for name in os.listdir(self.folder):
            for plain in (name, name.removesuffix(".gz")):
                if order := self.names.parse(plain):
                    taken.setdefault(-order[1], []).append((name, plain))
                    break
        blocked = {n for n, names in taken.items() for name, _ in names if not os.path.isfile(os.path.join(self.folder, name))}

        def after(n):
            n += 1
            while n in blocked:
                n += 1
            return n

        moves, to = [], after(0)
        for n in sorted(taken):
            files = [(name, plain) for name, plain in taken[n] if os.path.isfile(os.path.join(self.folder, name))]
            if files:
                to = after(max(n, to))
                moves += [(name, self.names.name(to) + name[len(plain):]) for name, plain in files]
        for name, other in reversed(moves):
            os.rename(os.path.join(self.folder, name), os.path.join(self.folder, other))
        self.rename(self.names.name(after(0)))
        self.open()
        self.keep()


class Timed(File):
    rotates = timed = True

    def __init__(self, path, births, when="H", interval=1, backups=0, delay=False, utc=False, at=None, suffix=None):
        zone = zoneinfo.ZoneInfo("UTC" if utc else os.environ["TZ"])
        self.schedule = Schedule(when, interval, at, zone)
        suffix = suffix or SUFFIXES.get(when.upper(), "%Y-%m-%d")  # suffixRetention
        super().__init__(path, births, backups, "a", delay, Dates(os.path.basename(path), suffix, zone))

    def begin(self, now, note=True):
        super().begin(now, note)
        self.birth, self.end = now, self.schedule.period(now)[1]

    def found(self, modified):
        if self.schedule.length or self.schedule.interval > 1:
            self.begin(modified)
        else:  # the file is in the period of its last line, whatever the next process is told
            self.begin(modified + SLACK, note=False)

    def due(self, now, n):
        if self.size == 0:  # emptyFile
            if now >= self.end:
                self.begin(now)
            return False
        return now >= self.end  # wholeSeconds

    def rollover(self, now):
        start = self.schedule.period(self.birth)[0]
        first = self.names.name(start)  # shiftedNames
        n = 0
        if self.last and self.last[0] == first:
            n = self.last[1] + 1
        else:
            for name in os.listdir(self.folder):  # rolloverTarget
                parsed = parse(self.names, name)
                if parsed and not parsed[1] and self.names.name(parsed[0][0]) == first:
                    n = max(n, parsed[0][1] + 1)
        while any(os.path.lexists(os.path.join(self.folder, self.names.name(start, n) + end)) for end in ("", ".gz")):
            n += 1
        self.rename(self.names.name(start, n))
        self.open()
        self.last = first, n
        self.keep()
