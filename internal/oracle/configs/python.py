# SPDX-License-Identifier: MIT
"""Answers scripts on documents with what CPython's logging.config does.

Reads an archive of scripts from stdin, and writes it to stdout with the answers: below a step, behind a tab, what could
be seen. doc.go describes the language.

Each script is run twice, each time in a process and a directory of its own: by CPython as it is, and by the twin in
twin.py, which is CPython with what docs/python.md lists as deliberate differences. Where the twin shows something else, that
follows, marked with ~, and the differences that were met by then, marked with =.
"""

import json
import logging
import logging.config
import logging.handlers
import os
import re
import sys
import tempfile
import time
import traceback
import types

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "judge"))
import archive

logging.raiseExceptions = False
NOW = 1704110403.25

os.environ["TZ"] = "Asia/Kolkata"
time.tzset()


class Record(logging.LogRecord):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.created, self.msecs = NOW, 250.0


logging.setLogRecordFactory(Record)


def module():
    """Returns the module app, whose classes the tests register as well."""
    app = types.ModuleType("app")

    class Limit(logging.Filter):
        def __init__(self, limit):
            super().__init__()
            self.limit = logging._checkLevel(limit)

        def filter(self, record):
            return record.levelno <= self.limit

    class Shout(logging.Formatter):
        def __init__(self, fmt=None, datefmt=None, style="%", validate=True, mark="!"):
            super().__init__(fmt, datefmt, style, validate)
            self.mark = mark

        def format(self, record):
            return super().format(record) + self.mark

    app.Limit, app.Shout = Limit, Shout
    app.open_file = lambda path: logging.FileHandler(path, encoding="utf-8")
    app.greeting = "hello"
    return app


sys.modules["app"] = module()


class Step:
    def __init__(self, line):
        self.line, self.doc = line, []

    def text(self):
        return "\n".join(self.doc) + "\n"

    def lines(self):
        return [self.line] + ["| " + line if line else "|" for line in self.doc]


class Plain:
    """CPython as it is."""

    def dict(self, text):
        logging.config.dictConfig(json.loads(text))

    def ini(self, text, disable):
        with open(".document.ini", "w", encoding="utf-8") as f:
            f.write(text)
        logging.config.fileConfig(".document.ini", disable_existing_loggers=disable, encoding="utf-8")

    def met(self):
        return []


class World:
    def __init__(self, how):
        self.how, self.seen = how, {"stdout": "", "stderr": ""}
        sys.stdout = open("stdout", "a", encoding="utf-8")
        sys.stderr = open("stderr", "a", encoding="utf-8")

    def run(self, step):
        if archive.is_comment(step.line):
            return []
        words = [json.loads(w) if w.startswith('"') else w for w in archive.words(step.line)]
        lines = getattr(self, "do_" + words[0])(step, *words[1:]) or []
        return lines + self.changes()

    def do_dict(self, step, *options):
        return self.document(lambda: self.how.dict(step.text()))

    def do_ini(self, step, *options):
        return self.document(lambda: self.how.ini(step.text(), "disable" in options))

    def document(self, apply):
        try:
            apply()
            lines = ["accepted"]
        except Exception as e:
            if os.environ.get("SLOGX_SHOW"):
                print(type(e).__name__, e, repr(e.__cause__), file=sys.__stderr__)
            lines = ["refused"]
        return lines + self.do_tree(None)

    def do_tree(self, step):
        loggers = logging.root.manager.loggerDict
        return [describe("root", logging.root)] + [
            describe(name, loggers[name]) for name in sorted(loggers) if isinstance(loggers[name], logging.Logger)]

    def do_logger(self, step, name):
        logger(name)

    def do_level(self, step, name, level):
        logger(name).setLevel(level)

    def do_propagate(self, step, name, on):
        logger(name).propagate = on == "yes"

    def do_disabled(self, step, name, on):
        logger(name).disabled = on == "yes"

    def do_handler(self, step, name, file):
        logger(name).addHandler(logging.FileHandler(file, encoding="utf-8"))

    def do_filter(self, step, name, passed):
        logger(name).addFilter(logging.Filter(passed))

    def do_log(self, step, name, level, *words):
        logger(name).log(int(level), " ".join(words))

    def changes(self):
        """Returns what has become of the files, the streams among them."""
        lines = []
        for name in sorted(os.listdir()):
            if name.startswith("."):
                continue
            with open(name, encoding="utf-8", newline="") as f:
                now = f.read()
            was = self.seen.get(name)
            if was is None or now[:len(was)] != was:
                lines.append(f"{name} = {quote(now)}")
            elif now != was:
                lines.append(f"{name} {quote(now[len(was):])}")
            self.seen[name] = now
        return lines


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def logger(name):
    return logging.getLogger("" if name == "root" else name)


def describe(name, log):
    parts = [quote(name) if re.search(r'[" ]', name) or not name else name,
             f"level={log.level}", f"effective={log.getEffectiveLevel()}",
             f"handlers={len(log.handlers)}", f"filters={len(log.filters)}"]
    if not log.propagate and log is not logging.root:
        parts.append("stops")
    if log.disabled:
        parts.append("disabled")
    return " ".join(parts)


def forked(work):
    """Returns what work returns in a process of its own."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(read)
            result = json.dumps(work())
            with os.fdopen(write, "w", encoding="utf-8") as f:
                f.write(result)
            code = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            sys.__stderr__.flush()
            os._exit(code)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as f:
        result = f.read()
    if os.waitpid(pid, 0)[1] != 0:
        raise SystemExit("a script failed")
    return json.loads(result)


def answers(steps, how):
    def work():
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            world = World(how())
            out = [(world.run(step), list(world.how.met())) for step in steps]
            os.chdir("/")
            return out
    return forked(work)


def answered(script):
    """Returns the steps of a script, each followed by its answers."""
    import twin
    steps, lines = [], []
    for line in archive.steps(script):
        if line.startswith("|"):
            steps[-1].doc.append(line[1:].removeprefix(" "))
        else:
            steps.append(Step(line))
    for step, (first, _), (second, met) in zip(steps, answers(steps, Plain), answers(steps, twin.Twin)):
        lines += step.lines() + archive.answers(first, second, met)
    return lines


if __name__ == "__main__":
    sys.modules["python"] = sys.modules["__main__"]
    archive.main(answered)
