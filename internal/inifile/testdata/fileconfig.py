# SPDX-License-Identifier: MIT
"""Prints what CPython's fileConfig makes of random files, whose handlers note what they are given.

    python3 internal/inifile/testdata/fileconfig.py >internal/inifile/testdata/fileconfig.jsonl
    python3 internal/inifile/testdata/fileconfig.py defaults >internal/inifile/testdata/defaults.jsonl

The second gives fileConfig the argument defaults, too. Each line has the text, and either the kind of the error or formatters, handlers and loggers. It needs 3.12.
"""

import io
import json
import logging
import logging.config
import logging.handlers
import random
import sys
import warnings

warnings.simplefilter("ignore")
random.seed(20240229)
LEVELS = ["DEBUG", "INFO", "WARNING", "%(lvl)s", "NOTSET"]
ODD_ARGS = ["('x-%Y.log',)", "(open('x'),)", "'ab'", "(1", ""]
ARGS = ["()", "('a.log',)", "('a.log', 'a', 10*1024, 5)", "(sys.stdout,)", "(('localhost', handlers.DEFAULT_TCP_LOGGING_PORT),)", "(DEBUG,)", "['a']", "(('h', 1),\n  'u')",
        "('x-%%Y.log',)", "('%(lvl)s',)", "(-1, 2.5, None, True)"]
KWARGS = ["{}", "{'delay': True}", "{'a': 1, 'b': ('x', 2)}", "{'encoding': 'utf-8',\n  'x': [1]}"]
ODD_KWARGS = ["{", "5"]
PROPAGATE = ["0", "1", "0", "1", " 2", "-1", "0_0", "+0", "00"]
FORMATS = ["%(message)s", "%(asctime)s - %(name)s - %(levelname)s - %(message)s", "%(levelname)-8s\n  %(message)s", "{message}", "", "%%"]


class Probe(logging.Handler):
    def __init__(self, *args, **kwargs):
        super().__init__()
        self.given = [list(args), kwargs]


class Noted(logging.Formatter):
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        super().__init__(None, None)
        self.given = [fmt, datefmt, style, defaults]


logging.Probe = Probe
logging.Formatter = Noted


def join(names):
    return random.choice([",", ", ", " , ", ",\n  "]).join(names)


def pick(usual, odd):
    return random.choice(usual if random.random() < 0.97 else odd)


def maybe(chance, line):
    return [line] if random.random() < chance else []


def document():
    formatters, handlers, loggers = (random.sample(pool, random.randrange(4)) for pool in (["f", "g", "h.i"], ["a", "b", "c c"], ["x", "y.z", "w"]))
    lines = maybe(0.9, "[DEFAULT]\nlvl = INFO")
    lines += ["[loggers]", "keys=" + join(["root"] * (random.random() < 0.97) + loggers + maybe(0.02, "")), "[handlers]", "keys = " + join(handlers)]
    lines += ["[formatters]", "keys: " + join(formatters)] if random.random() < 0.98 else []
    for name in formatters:
        if random.random() < 0.98:
            lines += ["[formatter_%s]" % name] + maybe(0.8, "format=" + random.choice(FORMATS)) + maybe(0.3, "datefmt=" + random.choice(["%H:%M", ""]))
            lines += maybe(0.2, "style=" + random.choice("%{$")) + maybe(0.1, "defaults=" + random.choice(["{'ip': None}", "{'a': '%(b)s'}"])) + maybe(0.05, "nope=1")
    for name in handlers:
        if random.random() < 0.98:
            lines += ["[handler_%s]" % name] + maybe(0.98, "class=Probe") + maybe(0.5, "level=" + random.choice(LEVELS))
            lines += maybe(0.5, "formatter=" + random.choice(formatters + [""])) + maybe(0.8, "args=" + pick(ARGS, ODD_ARGS)) + maybe(0.3, "kwargs = " + pick(KWARGS, ODD_KWARGS))
    for name in ["root", *loggers]:
        if random.random() < 0.98:
            lines += ["[logger_%s]" % name] + maybe(0.7, "level=" + random.choice(LEVELS)) + maybe(0.98, "handlers=" + join(random.sample(handlers, random.randrange(len(handlers) + 1))))
            lines += maybe(0.97, "qualname=" + random.choice([name, name, name, "q", ""])) + maybe(0.4, "propagate=" + pick(PROPAGATE, ["no"]))
    return "\n".join(lines) + "\n"


def random_defaults():
    """Values that the files refer to, that stand for options which they leave out, or that are wrong."""
    d = random.choice([{}, {"lvl": "DEBUG"}, {"LVL": "ERROR"}, {"lvl": "%(base)s", "Base": "INFO"}, {"lvl": "%(base)s"}, {"lvl": "50%"},
                       {"lvl": "ERROR", **({"LVL": "INFO"} if random.random() < 0.3 else {})}])
    for name, text in [("level", "%(LVL)s"), ("handlers", ""), ("propagate", "0"), ("datefmt", "%(lvl)s"), ("format", "%(message)s 100%"), ("qualname", "w"),
                       ("args", "('%(file)s', 1)"), ("kwargs", "{'a': '%(lvl)s'}"), ("keys", "root"), ("file", " a%%b.log ")]:
        if random.random() < 0.2:
            d[name] = text
    return d


def tell(text, defaults=None):
    """The shape of slogx's model."""
    logging.root.manager.loggerDict.clear()
    logging.root.setLevel(logging.WARNING)
    noted = {}
    create, install = logging.config._create_formatters, logging.config._install_handlers

    def creating(parser):
        noted["formatters"] = create(parser)
        return noted["formatters"]

    def installing(parser, formatters):
        noted["handlers"] = install(parser, formatters)
        return noted["handlers"]

    logging.config._create_formatters, logging.config._install_handlers = creating, installing
    try:
        logging.config.fileConfig(io.StringIO(text), defaults)
    except Exception as e:
        return {"text": text, "error": type(e).__name__ + ": " + str(e)}
    finally:
        logging.config._create_formatters, logging.config._install_handlers = create, install
    formatters = {f: name for name, f in noted["formatters"].items()}
    names = {h: name for name, h in noted["handlers"].items()}
    loggers = {n: x for n, x in logging.root.manager.loggerDict.items() if isinstance(x, logging.Logger)}
    return {
        "text": text,
        "formatters": {n: f.given for n, f in noted["formatters"].items()},
        "handlers": {n: [*h.given, logging.getLevelName(h.level), formatters.get(h.formatter)] for n, h in noted["handlers"].items()},
        "loggers": {n: [logging.getLevelName(x.level), bool(x.propagate), [names[h] for h in x.handlers]] for n, x in loggers.items()},
        "root": [logging.getLevelName(logging.root.level), [names[h] for h in logging.root.handlers]],
    }


def default(value):
    """Streams, which are all that is not JSON."""
    return "ext://sys.stdout"


if sys.argv[1:] == ["defaults"]:
    for _ in range(400):
        values = random_defaults()
        print(json.dumps({"defaults": values, **tell(document().replace("lvl = INFO", random.choice(["lvl = INFO", "x = 1"])), values)}, default=default))
else:
    for _ in range(800):
        print(json.dumps(tell(document()), default=default))
