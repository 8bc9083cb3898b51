# SPDX-License-Identifier: MIT
"""Answers scripts on a tree of loggers with what CPython's logging does.

Reads an archive of scripts from stdin, and writes it to stdout with the answers: below each step, behind a tab, a line
for each thing that could be seen. doc.go describes the language.

Each script runs twice. The first run is CPython as it is. The second one, the twin, is CPython with what docs/python.md
lists as deliberate differences, done in the places that are marked with their names. Where the twin answers otherwise,
its answer follows, marked with ~, and what was known before the step, marked with =.
"""

import copy
import logging
import logging.config
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "judge"))
import archive

LOWEST = -(10**9)  # below every number of a script
SINCE_312 = re.compile(r"^children |\breplace:", re.MULTILINE)
NAMES = {5: "TRACE", 10: "DEBUG", 20: "INFO", 25: "NOTICE", 30: "WARNING", 40: "ERROR", 50: "CRITICAL", 55: "ALERT",
         60: "EMERGENCY"}
WORDS = {"WARN": 30, "FATAL": 50, "CRIT": 50, "ERR": 40, "EMERG": 60} | {name: n for n, name in NAMES.items()}
FIRST_NAMES = dict(logging._levelToName), dict(logging._nameToLevel)
FIRST_RESORT = logging.lastResort


class World:
    """The state of one run of one script."""

    def __init__(self, twin):
        self.twin = twin
        self.lines = []  # seen in this step
        self.handlers = {}
        self.filters = {}
        self.later = []  # to be done after the step
        self.printed = dict(NAMES)  # names by level, as the twin prints them
        self.read_as = WORDS | {"NOTSET": 0}  # levels by name, as the twin reads them
        self.root = logging.root = logging.Logger.root = logging.RootLogger(logging.WARNING)
        self.manager = logging.Logger.manager = logging.Manager(self.root)
        logging._handlers.clear()
        logging._handlerList.clear()
        logging.lastResort = FIRST_RESORT
        for names, first in zip((logging._levelToName, logging._nameToLevel), FIRST_NAMES):
            names.clear()
            names.update(first)
        self.disable("0")

    # What the steps of a script do.

    def run(self, step):
        """Runs a step and returns what could be seen."""
        self.lines = []
        try:
            self.do(step)
        except (ValueError, KeyError):  # anything else is a mistake in here
            self.lines.append("error")
        for act in self.later:
            act()
        self.later = []
        return self.lines

    def do(self, step):
        word, _, rest = step.partition(" ")
        getattr(self, word)(*rest.split(" ", self.LIMITS.get(word, -1)))

    LIMITS = {"log": 2, "handle": 2, "addlevelname": 1, "update": 0, "incremental": 0, "checklevel": 0, "levelnumber": 0}

    def logger(self, name):
        logger = logging.getLogger(unquote(name))
        if self.twin:  # emptyComponent, rePrefix
            for other in self.loggers_below_root():
                other.parent = self.nearest(other.name)
            self.manager._clear_cache()
        return logger

    def nearest(self, name):
        while True:
            name = name.rpartition(".")[0]
            if name in ("", "root"):
                return self.root
            if isinstance(found := self.manager.loggerDict.get(name), logging.Logger):
                return found

    def loggers_below_root(self):
        return [item for item in self.manager.loggerDict.values() if isinstance(item, logging.Logger)]

    def handler(self, name, level, *options):
        h = self.handlers[name] = Recorder(self, options)
        h.name = name
        self.handlerlevel(name, level)
        for option in options:
            if option not in ("once", "fails"):
                h.addFilter(self.filter_of(option))

    def handlerlevel(self, name, level):
        self.handlers[name].setLevel(self.handler_threshold(int(level)))

    def add(self, name, handler):
        self.logger(name).addHandler(self.handlers[handler])

    def remove(self, name, handler):
        self.logger(name).removeHandler(self.handlers[handler])

    def replace(self, name, old, new):
        hung = self.logger(name).handlers
        old, new = self.handlers[old], self.handlers[new]
        if old in hung and old is not new:
            if new in hung:
                hung.remove(new)
            hung[hung.index(old)] = new

    def level(self, name, level):
        logger = self.logger(name)
        logger.setLevel(self.logger_threshold(logger, int(level)))

    def propagate(self, name, value):
        self.logger(name).propagate = value == "true"

    def disabled(self, name, value):
        self.logger(name).disabled = value == "true"

    def disable(self, level):
        if not self.twin:
            logging.disable(int(level))
        else:  # levelZero
            logging.disable(down(int(level)) if int(level) else LOWEST)

    def filter(self, name, spec):
        f = self.filter_of(spec)
        if self.twin and spec.startswith("see:"):  # sameFilter
            f = Passing(f)
        self.logger(name).addFilter(f)

    def unfilter(self, name, spec):
        logger, f = self.logger(name), self.filter_of(spec)
        for hung in list(logger.filters):
            if hung is f or isinstance(hung, Passing) and hung.filter is f:
                logger.removeFilter(hung)

    def update(self, changes):
        for change in changes.split(" ; "):
            self.do(change)

    def incremental(self, changes):
        config = {"version": 1, "incremental": True, "loggers": {}, "handlers": {}, "root": {}}
        for word, name, value in (change.split(" ") for change in changes.split(" ; ")):
            if word == "handlerlevel":
                config["handlers"][name] = {"level": self.handler_threshold(int(value))}
                continue
            logger = self.logger(name)
            wanted = config["root"] if logger is self.root else config["loggers"].setdefault(name, {})
            wanted[word] = value == "true" if word == "propagate" else self.logger_threshold(logger, int(value))
        logging.config.dictConfig(config)

    def lastresort(self, name):
        if name == "none":
            logging.lastResort = None
            self.manager.emittedNoHandlerWarning = self.twin  # lastResort
        else:
            logging.lastResort = FIRST_RESORT if name == "default" else self.handlers[name]

    def log(self, name, level, message):
        logger, n = self.logger(name), self.record_level(level)
        if not self.twin or self.taken(logger, n):  # enabledAsksHandlers
            logger.log(n, message)

    def handle(self, name, level, message):
        logger = self.logger(name)
        logger.handle(logger.makeRecord(logger.name, self.record_level(level), "", 0, message, (), None))

    def enabled(self, name, level):
        logger, n = self.logger(name), self.record_level(level)
        enabled = logger.isEnabledFor(n)
        if self.twin:  # enabledAsksHandlers
            enabled = enabled and self.taken(logger, n)
        self.say(enabled)

    def effective(self, name):
        n = self.logger(name).getEffectiveLevel()
        self.say("lowest" if n == LOWEST else n)  # notSet

    def hashandlers(self, name):
        self.say(self.logger(name).hasHandlers())

    def listhandlers(self, name):
        self.say_list(h.name for h in self.logger(name).handlers)

    def parent(self, name):
        parent = self.logger(name).parent
        self.say(parent.name if parent else "none")

    def children(self, name):
        logger = self.logger(name)
        if not self.twin:
            self.say_list(sorted(child.name for child in logger.getChildren()))
        else:  # children
            self.say_list(sorted(other.name for other in self.loggers_below_root() if other.parent is logger))

    def loggers(self, *names):
        for name in names:
            self.logger(name)
        self.say_list(sorted(logger.name for logger in self.loggers_below_root()))

    def getchild(self, name, suffix):
        logger, suffix = self.logger(name), unquote(suffix)
        if self.twin and logger is self.root and suffix in ("", "root"):  # emptyComponent
            self.say("root")
        else:
            self.say(logger.getChild(suffix).name or '""')

    def filtername(self, name, logger):
        record = logging.LogRecord(unquote(logger), 20, "", 0, "", (), None)
        self.say(logging.Filter(unquote(name)).filter(record))

    def levelname(self, level):
        n = int(level)
        self.say((self.name_of(n) if self.twin else logging.getLevelName(n)) or '""')

    def addlevelname(self, level, name):
        n, name = int(level), unquote(name)
        if self.twin and refused(n, name):  # levelRegister
            self.say("error")
            return
        self.printed[up(n)] = name
        self.read_as[name.upper()] = up(n)
        logging.addLevelName(up(n) if self.twin else n, name)

    def checklevel(self, text):
        self.say(self.read(unquote(text)) if self.twin else logging._checkLevel(unquote(text)))

    def levelnumber(self, text):
        text = unquote(text)
        n = self.read(text) if self.twin else logging.getLevelName(text)
        self.say("error" if self.twin and n == 0 else n)  # notSet

    # What the steps need.

    def say(self, value):
        self.lines.append(str(value).lower() if isinstance(value, bool) else str(value))

    def say_list(self, names):
        self.say(" ".join(names) or "none")

    def logger_threshold(self, logger, n):
        if not self.twin:
            return n
        return LOWEST if n == 0 and logger is self.root else up(n)  # notSet, levelNumbers

    def handler_threshold(self, n):
        if not self.twin:
            return n
        return up(n) if n else LOWEST  # levelNumbers, notSet

    def record_level(self, level):
        return down(int(level)) if self.twin else int(level)  # levelNumbers

    def taken(self, logger, n):
        """Reports whether a handler on the way up takes records of the level."""
        levels = []
        while logger:
            levels += [h.level for h in logger.handlers]
            logger = logger.parent if logger.propagate else None
        if not levels and logging.lastResort:
            levels = [logging.lastResort.level]
        return any(n >= level for level in levels)

    def filter_of(self, spec):
        if spec not in self.filters:
            kind, _, text = spec.partition(":")
            self.filters[spec] = logging.Filter(text) if kind == "name" else self.function(kind, text)
        return self.filters[spec]

    def function(self, kind, text):
        def see(record):
            self.say(f"{text} sees {record.name} {record.levelno} {record.msg}")
            return True

        def set_(record):
            record.msg = text
            return True

        def replace(record):
            other = copy.copy(record)
            other.msg = text
            return other

        def fail(record):
            if not self.twin:
                raise ValueError
            self.say("error")  # filterPanic
            return False

        return {
            "drop": lambda record: text not in record.msg,
            "min": lambda record: record.levelno >= (up(int(text)) if self.twin else int(text)),
            "exact": lambda record: record.levelno == (up(int(text)) if self.twin else int(text)),
            "see": see, "set": set_, "replace": replace, "raise": fail,
        }[kind]

    def name_of(self, n):
        """Returns the name of a level as slogx has it: levelNames."""
        if up(n) in self.printed:
            return self.printed[up(n)]
        base = max((b for b in (10, 20, 30, 40) if b <= n), default=10)
        offset = to_slog(up(n)) - to_slog(base)
        return {10: "DEBUG", 20: "INFO", 30: "WARN", 40: "ERROR"}[base] + f"{offset:+d}"

    def read(self, text):
        """Returns the number for a text as slogx reads it: levelWords."""
        if text.upper() in self.read_as:
            return self.read_as[text.upper()]
        if re.fullmatch(r"[+-]?[0-9]+", text):
            return up(int(text))
        match = re.fullmatch(r"(.+?)([+-][0-9]+)", text)
        if not match or match[1].upper() == "NOTSET":
            raise ValueError
        base, offset = match.groups()
        return from_slog(to_slog(self.read_as[base.upper()]) + int(offset))

    def facts(self, step):
        """Returns what predicates want to know of the state before a step."""
        word, *args = step.split(" ")
        if word not in ("log", "handle", "enabled", "effective"):
            return None
        logger = self.logger(args[0])
        facts = [f"disable={self.manager.disable}", f"effective={logger.getEffectiveLevel()}"]
        if word != "effective":
            facts.append(f"taken={str(self.taken(logger, int(args[1]))).lower()}")
        return facts


class Recorder(logging.Handler):
    """A handler that tells of each record."""

    def __init__(self, world, options):
        super().__init__()
        self.world = world
        self.options = options

    def handle(self, record):
        if self.world.twin:  # filterEdits
            record = copy.copy(record)
        return super().handle(record)

    def emit(self, record):
        w = self.world
        w.say(f"{self.name} {record.name} {record.levelno} {record.msg}")
        if "once" in self.options:
            if w.twin:  # handlersFixed
                w.later.append(self.leave)
            else:
                self.leave()
        if "fails" in self.options:
            if not w.twin:
                raise ValueError
            w.say("error")  # handlerErrors

    def leave(self):
        for logger in [self.world.root, *self.world.loggers_below_root()]:
            logger.removeHandler(self)


class Passing:
    """A filter that is another, and not equal to it."""

    def __init__(self, f):
        self.filter = f


class Stderr:
    """Stands for sys.stderr."""

    def __init__(self, world):
        self.world = world

    def write(self, text):
        self.world.lines += ["stderr " + line for line in text.splitlines()]

    def flush(self):
        pass


def exact(n):
    """Reports whether a number is a level of slog's."""
    return n % 5 in (0, 2) if n >= 10 else n % 5 != 4


def up(n):
    return n if exact(n) else up(n + 1)


def down(n):
    return n if exact(n) else down(n - 1)


def to_slog(n):
    """Returns slog's level for a number that is exact."""
    return (n - 20) * 2 // 5 + (n % 5 > 0) if n >= 10 else n // 5 * 4 + n % 5 - 12


def from_slog(level):
    return next(n for n in range(5 * level - 500, 5 * abs(level) + 500) if exact(n) and to_slog(n) == level)


def refused(n, name):
    """Reports whether slogx refuses a name for a level: levelRegister."""
    others = {"DEBUG": 10, "INFO": 20, "WARN": 30, "WARNING": 30, "ERROR": 40}
    return (name == "" or re.search(r"[\s=,;\"]", name) is not None or re.search(r"[+-][0-9]+$|^[0-9]+$", name) is not None
            or name.upper() == "NOTSET" or others.get(name.upper(), up(n)) != up(n))


def unquote(word):
    return "" if word == '""' else word


def seen(steps, twin):
    """Runs a script, and returns what was known before each step, and what could be seen of it."""
    world, found = World(twin), []
    sys.stderr = Stderr(world)
    for step in steps:
        found.append((None, []) if archive.is_comment(step) else (world.facts(step), world.run(step)))
    sys.stderr = sys.__stderr__
    return found


def answered(script):
    """Returns the steps of a script, each followed by its answers."""
    if sys.version_info < (3, 12) and SINCE_312.search("\n".join(script)):
        return None
    steps, lines = archive.steps(script), []
    for step, (facts, first), (_, second) in zip(steps, seen(steps, False), seen(steps, True)):
        lines += [step] + archive.answers(first, second, facts)
    return lines


archive.main(answered, needs="3.12")
