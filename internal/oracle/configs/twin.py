# SPDX-License-Identifier: MIT
"""The twin: CPython's logging.config with what docs/python.md lists as deliberate differences.

It rewrites a document into one that has CPython do what slogx does, or refuses it. CPython does all else.
"""

import ast
import configparser
import copy
import json
import logging
import logging.config
import os
import re
import tempfile

import python

KNOWN = {  # handlers, with their arguments and which of these are truth values
    "StreamHandler": "stream",
    "NullHandler": "",
    "FileHandler": "filename mode encoding delay errors",
    "handlers.WatchedFileHandler": "filename mode encoding delay errors",
    "handlers.RotatingFileHandler": "filename mode maxBytes backupCount encoding delay errors",
    "handlers.TimedRotatingFileHandler": "filename when interval backupCount encoding delay utc atTime errors suffix",
}
OURS = {"TRACE": 5, "NOTICE": 25, "ALERT": 55, "EMERGENCY": 60, "ERR": 40, "CRIT": 50, "EMERG": 60}
WORDS = {w: on for on, words in {True: "true yes on 1 y t", False: "false no off 0 n f"}.items() for w in words.split()}
TOP = "version incremental disable_existing_loggers environment formatters filters handlers loggers root".split()
LOGGER = "level propagate filters handlers".split()
FORMATTER = "format fmt datefmt style validate defaults converter default_time_format default_msec_format class () .".split()


class Refused(Exception):
    pass


class Differs(Refused):
    """CPython would take the document."""


def fold(name):
    return re.sub(r"[-_. ]", "", name.lower())


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (x != y))
    return row[-1]


def mistyped(name, known):
    name = fold(name)
    for k in map(fold, known):
        d = distance(name, k)
        if name and len(name) <= 64 and d <= 1 + len(name) // 4 and d != max(len(name), len(k)):
            return True
    return False


class Touched:
    """What a logger was before a document changed it; a key is there for what one has changed."""

    def __init__(self):
        self.was, self.handlers = {}, []


class Twin:
    def __init__(self):
        self.facts, self.touched, self.open = [], {}, {}

    def met(self):
        return self.facts

    def note(self, name):
        if name not in self.facts:
            self.facts.append(name)

    # What is applied.

    def dict(self, text):
        try:
            config = self.rewritten(json.loads(text))
            self.rehearse(lambda: logging.config.dictConfig(config))
        except Exception as e:
            if not isinstance(e, Differs):
                self.note("atomicConfig")
            raise
        loggers = {"" if k == "root" else k: v for k, v in (config.get("loggers") or {}).items()}
        if config.get("root"):
            loggers[""] = config["root"]
        self.apply(loggers, lambda: logging.config.dictConfig(config), config.get("incremental"))

    def ini(self, text, disable):
        if disable:
            self.note("disableExisting")
        try:
            parser, loggers = self.rewritten_ini(text)
            self.opening = {}
            self.rehearse(lambda: logging.config.fileConfig(parser, disable_existing_loggers=False))
        except Exception as e:
            if not isinstance(e, Differs):
                self.note("atomicConfig")
            raise
        self.apply(loggers, lambda: logging.config.fileConfig(parser, disable_existing_loggers=False), False)

    def rehearse(self, work):
        """Applies a document in another process, where it changes nothing."""
        def rehearsed():
            files = [f for f in os.listdir() if os.path.isdir(f)]
            with tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                for name in files:
                    os.mkdir(name)
                try:
                    work()
                    return ""
                except Exception as e:
                    return f"{type(e).__name__}: {e} from {e.__cause__!r}"
        why = python.forked(rehearsed)
        if why:
            raise Refused(why)

    def apply(self, loggers, work, incremental):
        named = {logging.getLogger(name): keys for name, keys in loggers.items()}
        if not incremental:
            self.restore(named)
        for log, keys in named.items():
            touched = self.touched.setdefault(log, Touched())
            for key in ("level", "propagate", "filters"):
                if keys.get(key) is not None and not (incremental and key == "filters"):
                    touched.was.setdefault(key, copy.copy(getattr(log, key)))
            if keys.get("filters") is not None and not incremental:
                if log.filters and keys["filters"] != log.filters:
                    self.note("documentState")
                log.filters.clear()
        work()
        if incremental:
            return
        self.open = self.opening
        for log in named:
            self.touched[log].handlers = list(log.handlers)
        for name, log in list(logging.root.manager.loggerDict.items()):
            above = any(n and name.startswith(n + ".") for n in loggers)
            if isinstance(log, logging.Logger) and above and log not in named and log.disabled:
                self.note("belowEnabled")
                log.disabled = False

    def restore(self, named):
        for log in list(self.touched):
            keys, touched = named.get(log), self.touched[log]
            if keys is None:
                for h in touched.handlers:
                    if h in log.handlers:
                        self.note("documentState")
                        log.removeHandler(h)
            for key, was in list(touched.was.items()):
                if keys is None or keys.get(key) is None:
                    if getattr(log, key) != was:
                        self.note("documentState")
                    log.setLevel(was) if key == "level" else setattr(log, key, was)
                    del touched.was[key]
            if keys is None:
                del self.touched[log]

    # What becomes of a document.

    def rewritten(self, config):
        config = self.resolved(config)
        if not isinstance(config, dict):
            raise Refused
        self.keys({k: v for k, v in config.items() if k not in self.referred}, TOP)
        for section in ("formatters", "filters", "handlers", "loggers"):
            if section in config and config[section] is None:
                self.note("nullSections")
                del config[section]
        incremental = config["incremental"] = self.bool(config.get("incremental"), False)
        if "disable_existing_loggers" not in config and not incremental:
            self.note("disableExisting")
        config["disable_existing_loggers"] = self.bool(config.get("disable_existing_loggers"), False)
        root = [config["root"]] if config.get("root") else []
        if not incremental and "root" in (config.get("loggers") or {}):
            if any(name.startswith("root.") for name in logging.root.manager.loggerDict):
                self.note("rootByName")
            config["loggers"] = {"" if k == "root" else k: v for k, v in config["loggers"].items()}
        loggers = list((config.get("loggers") or {}).values()) + root
        for log in loggers:
            self.logger(log, incremental)
        if incremental:
            for h in (config.get("handlers") or {}).values():
                h["level"] = self.level(h.get("level"))
            return config
        for f in config.get("formatters", {}).values():
            self.formatter(f)
        for f in config.get("filters", {}).values():
            self.filter(f)
        used = {h for log in loggers for h in log.get("handlers") or []}
        for name, h in list(config.get("handlers", {}).items()):
            self.handler(h)
            if name not in used:
                self.unused(config, name, h)
        self.files(config.get("handlers", {}))
        return config

    def files(self, handlers):
        """Has handlers of one document, and of one after the other, share their files."""
        shared = {}
        for name in sorted(handlers):
            h = handlers[name]
            if "filename" not in h or "class" not in h:
                continue
            how = {k: v for k, v in h.items() if k not in ("level", "formatter", "filters", "encoding", "errors")}
            path = os.path.abspath(h["filename"])
            if shared.setdefault(path, how) != how:
                self.note("sharedFiles")
                raise Differs(h["filename"])
            if h.get("mode") == "w" and path in self.open:
                self.note("sharedFiles")
                h["mode"] = "a"
        self.opening = shared

    def unused(self, config, name, handler):
        """Has a handler that no logger has checked, and not made."""
        self.note("unusedHandlers")
        checked = {k: v for k, v in config.items() if k in ("version", "formatters", "filters")}
        if "filename" in handler:
            handler = {**handler, "filename": "unused.log"}
        self.rehearse(lambda: logging.config.dictConfig({**checked, "handlers": {name: handler}}))
        del config["handlers"][name]

    def resolved(self, config):
        resolver = logging.config.BaseConfigurator(copy.deepcopy(config))
        taken, self.referred = set(), set()

        def value(v, nested=False):
            if isinstance(v, dict):
                return {k: value(x, nested or k == ".") for k, x in v.items()}
            if isinstance(v, list):
                return [value(x, True) for x in v]
            if not isinstance(v, str):
                return v
            if v.startswith(("cfg://", "ext://")) and nested:
                self.note("references")
            if v.startswith("cfg://"):
                self.referred.add(re.match(r"\w*", v[6:])[0])
                found = resolver.cfg_convert(v[6:])
                if isinstance(found, (dict, list)):
                    if v in taken:
                        self.note("references")
                    taken.add(v)
                    return value(plain(found), nested)
                return value(found, nested) if found != v else found
            if v.startswith("ext://"):
                if v[6:] not in ("sys.stdout", "sys.stderr", "time.gmtime", "time.localtime", "app.greeting") and \
                        not re.fullmatch(r"logging\.[A-Z]+", v[6:]):
                    self.note("noImport")
                    raise Differs(v)
                return resolver.ext_convert(v[6:])
            return v
        return value(config)

    def keys(self, given, known):
        for key in given:
            if key not in known and not key.startswith(("x-", "_")) and mistyped(key, known):
                self.note("mistypedKeys")
                raise Differs(key)

    def bool(self, value, default):
        if value is None:
            return default
        if isinstance(value, str):
            self.note("strictBool")
            if value.lower() not in WORDS:
                raise Refused(value)
            return WORDS[value.lower()]
        if value not in (0, 1):
            self.note("strictBool")
            raise Differs(value)
        return bool(value)

    def level(self, value):
        if not isinstance(value, str):
            if isinstance(value, int) and not 0 <= value < 1 << 20 or isinstance(value, bool):
                self.note("levelNames")
                raise Differs(value)
            return value
        if value in logging.getLevelNamesMapping():
            return value
        found = re.fullmatch(r"([A-Za-z]*)([+-]?\d+)?", value)
        base, offset = (found[1].upper(), found[2]) if found else ("?", None)
        known = {**logging.getLevelNamesMapping(), **OURS}
        if base and base not in known or not base and offset is None or base and offset and offset[0] not in "+-":
            raise Refused(value)
        self.note("levelNames")
        return known[base] + int(int(offset or 0) * 2.5) if base else int(offset)

    def logger(self, log, incremental):
        self.keys(log, LOGGER)
        log["level"] = self.level(log.get("level"))
        if "propagate" in log:
            log["propagate"] = self.bool(log["propagate"], None)
        for key in ("handlers", "filters"):
            if not incremental and log.get(key) is not None and not isinstance(log[key], list):
                self.note("listsOnly")
                raise Differs(key)

    def formatter(self, f):
        name = f.get("()", f.get("class"))
        if name is not None and name.removeprefix("logging.") not in ("Formatter", "app.Shout"):
            self.note("noImport")
            raise Differs(name)
        if name is None:
            self.keys(f, FORMATTER)
            if "fmt" in f and f.get("format") is None:
                self.note("formatKey")
                f["format"] = f.pop("fmt")
        if "validate" in f and not self.bool(f["validate"], True):
            f["validate"] = True
            try:
                logging.Formatter(f.get("format"), f.get("datefmt"), f.get("style", "%"))
            except ValueError:
                self.note("validateLayouts")
                raise Differs from None
        if name and not "." in name:
            f["class" if "class" in f else "()"] = "logging." + name
            self.note("shortNames")

    def filter(self, f):
        name = f.get("()", f.get("class"))
        if name is None:
            self.keys(f, ["name", "class", "()", ".", "level", "formatter", "filters"])
        elif name == "logging.Filter":
            if set(f) - {"name", "()", "class"}:
                self.note("strictArguments")
                raise Differs
        elif name != "app.Limit":
            self.note("noImport")
            raise Differs
        if "class" in f and "()" not in f:
            self.note("filterClass")
            f["()"] = f.pop("class")

    def handler(self, h):
        h["level"] = self.level(h.get("level"))
        name = h.get("()", h.get("class"))
        if h.get("filters") is not None and not isinstance(h["filters"], list):
            self.note("listsOnly")
            raise Differs("filters")
        if not isinstance(name, str) or name == "app.open_file":
            return
        short = name.removeprefix("logging.")
        if short not in KNOWN:
            self.note("noImport")
            raise Differs(name)
        if name == short:
            self.note("shortNames")
            h["()" if "()" in h else "class"] = "logging." + short
        known = KNOWN[short].split()
        attributes = h.pop(".", None) or {}
        if attributes and not set(attributes) <= {"suffix"}:
            self.note("strictArguments")
            raise Differs(attributes)
        if attributes:
            h["."] = attributes
        for key in ("delay", "utc"):
            if key in h and key in known:
                h[key] = self.bool(h[key], False)
        for key in ("maxBytes", "backupCount", "interval"):
            if key in h and isinstance(h[key], str) and key in known:
                self.note("strictArguments")
                h[key] = int(h[key])
        if h.get("encoding") is not None and not re.fullmatch(r"utf[-_ ]?8", h["encoding"], re.I):
            self.note("fileEncoding")
            raise Differs("encoding")
        if "stream" in h and h["stream"] is not None and not hasattr(h["stream"], "write"):
            self.note("strictArguments")
            raise Differs("stream")
        if "mode" in h and h["mode"] not in ("a", "w", None):
            self.note("strictArguments")
            raise Differs("mode")
        if h.get("errors") == "strict":
            del h["errors"]

    # INI files.

    def rewritten_ini(self, text):
        if not text.strip():
            raise Refused
        parser = configparser.ConfigParser()
        parser.read_string(text)
        for name in parser.sections():
            if name.startswith(("logger_", "handler_")) and "level" in parser[name]:
                parser[name]["level"] = logging.getLevelName(v) if isinstance(v := self.level(parser[name]["level"]), int) else v
            if name.startswith("handler_"):
                for key in ("args", "kwargs"):
                    self.literal(parser[name].get(key, "()"))
            if name.startswith("formatter_") and parser[name].get("class", "") not in ("", "logging.Formatter", "app.Shout"):
                self.note("noImport")
                raise Differs(name)
        names = lambda key, of="keys": [n.strip() for n in parser[key][of].split(",") if n.strip()]
        loggers, used = {}, set()
        for name in names("loggers"):
            section = parser["logger_" + name]
            level = section.get("level")
            qualname = "" if name == "root" else section["qualname"]
            propagate = None if name == "root" else section.getint("propagate", fallback=1) != 0
            loggers[qualname] = {"level": level, "propagate": propagate, "handlers": names("logger_" + name, "handlers")}
            used.update(loggers[qualname]["handlers"])
        for name in names("handlers"):
            if name not in used:
                self.note("unusedHandlers")
                kept = [h for h in names("handlers") if h != name]
                parser["handlers"]["keys"] = ",".join(kept)
        return parser, loggers

    def literal(self, text):
        """Refuses what is more than literals and names."""
        for node in ast.walk(ast.parse(text.strip(), mode="eval")):
            if not isinstance(node, (ast.Expression, ast.Tuple, ast.List, ast.Dict, ast.Constant, ast.Name, ast.Attribute,
                                     ast.Load, ast.UnaryOp, ast.USub, ast.BinOp, ast.Mult, ast.Add)):
                self.note("noImport")
                raise Differs(text)


def plain(value):
    if isinstance(value, dict):
        return {k: plain(dict.__getitem__(value, k)) for k in value}
    if isinstance(value, (list, tuple)):
        return [plain(list.__getitem__(value, i)) for i in range(len(value))]
    return value
