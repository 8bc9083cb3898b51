# SPDX-License-Identifier: MIT
"""Answers scripts on layouts with what CPython's logging.Formatter prints.

Reads an archive of scripts from stdin, and writes it to stdout with the answers: below a step, behind a tab, what could
be seen. doc.go describes the language.

Each script is answered twice: by CPython as it is, and by the twin in twin.py, which is CPython with what docs/python.md
lists as deliberate differences. Where the twin answers otherwise, its answer follows, marked with ~.
"""

import json
import logging
import os
import sys
import time
import zoneinfo

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "judge"))
import archive
import twin

PLACES = {"nowhere": ("(unknown file)", 0, "(unknown function)"),
          "view": ("/srv/app/views.tar.py", 42, "view"),
          "main": ("/srv/日本.go", 7, "main"),
          "deep": ("/a b/long_name", 1234567, "deep")}
ERRORS = ValueError, TypeError, OverflowError, KeyError, IndexError, AttributeError
ELSEWHERE = "America/New_York"  # what TZ is where Python is told to use gmtime


class Plain:
    """CPython as it is."""

    def __init__(self):
        self.style, self.date, self.zone, self.start, self.place = "%", None, "UTC", None, "nowhere"
        self.defaults = {}
        self.formatter = None

    def run(self, step):
        """Runs a step and returns what could be seen."""
        word, *args = archive.words(step)
        return getattr(self, "do_" + word)(*args) or []

    def do_style(self, style):
        self.style = style

    def do_date(self, date):
        self.date = json.loads(date) or None

    def do_zone(self, zone):
        zoneinfo.ZoneInfo(zone)  # the C library takes a name that it does not know for UTC
        self.zone = zone

    def do_default(self, *attributes):
        self.defaults = attributes_of(attributes)

    def do_start(self, nanoseconds):
        self.start = int(nanoseconds)

    def do_place(self, place):
        self.place = place

    def do_layout(self, layout):
        try:
            self.compile(json.loads(layout))
        except ERRORS:
            self.formatter = None
            return ["refused"]

    def compile(self, layout):
        self.formatter = logging.Formatter(layout, self.date, self.style, defaults=self.defaults or None)
        self.formatter.converter = time.gmtime if self.zone == "UTC" else time.localtime

    def do_record(self, name, level, nanoseconds, message, *attributes):
        if not self.formatter:
            return None
        set_zone(ELSEWHERE if self.zone == "UTC" else self.zone)
        name = json.loads(name) if name[0] == '"' else name
        try:
            record = self.record(name, int(level), int(nanoseconds), json.loads(message), attributes_of(attributes))
            return [archive.quote(self.formatter.format(record))]
        except ERRORS:
            return ["failed"]

    def record(self, name, level, nanoseconds, message, extra):
        """Returns the record as 3.13 makes it, whatever the version is."""
        path, line, function = PLACES[self.place]
        logging._startTime = self.start or 0
        was = time.time, time.time_ns
        time.time, time.time_ns = lambda: nanoseconds / 1e9, lambda: nanoseconds
        try:
            record = logging.Logger(name).makeRecord(name, level, path, line, message, (), None, function, extra)
        finally:
            time.time, time.time_ns = was
        if sys.version_info < (3, 13):
            at_the_seam = int(record.created) != nanoseconds // 10**9
            record.msecs = float(nanoseconds % 10**9 // 10**6)
            record.msecs *= not (record.msecs == 999 and at_the_seam)
            record.relativeCreated = (nanoseconds - logging._startTime) / 1e6
        if sys.version_info < (3, 12):
            record.__dict__.setdefault("taskName", None)
        return record


class Twin(Plain):
    """CPython with the deliberate differences."""

    def compile(self, layout):
        self.formatter = twin.Layout(self.style, layout, self.defaults)

    def do_record(self, name, level, nanoseconds, message, *attributes):
        if not self.formatter:
            return None
        set_zone(self.zone)
        name = json.loads(name) if name[0] == '"' else name
        record = self.record(name, int(level), int(nanoseconds), json.loads(message), {})
        clock = twin.Clock(self.date, self.zone == "UTC")
        text = self.formatter.format(record, int(nanoseconds), clock, attributes_of(attributes))
        return ["?" if text is None else archive.quote(text)]


def attributes_of(words):
    """Returns the attributes in a list of words key=value."""
    attributes = {}
    for word in words:
        key, _, value = word.partition("=")
        attributes[key] = float(value) if value in ("inf", "-inf", "nan") else json.loads(value)
    return attributes


def set_zone(zone):
    if os.environ.get("TZ") != zone:
        os.environ["TZ"] = zone
        time.tzset()


def answered(script):
    """Returns the steps of a script, each followed by its answers."""
    plain, other, lines = Plain(), Twin(), []
    for step in archive.steps(script):
        lines.append(step)
        if not archive.is_comment(step):
            lines += archive.answers(plain.run(step), other.run(step))
    return lines


archive.main(answered)
