# SPDX-License-Identifier: MIT
"""Prints what CPython's configparser reads in random texts.

    python3 internal/inifile/testdata/ini.py >internal/inifile/testdata/ini.jsonl

Each line has the text, and either the name of the error or, by section, each option with its raw value and with
what interpolation makes of it: null where it is an error.
"""

import configparser
import io
import json
import random

random.seed(20240229)
NAMES = ["keys", "level", "Level", "args", "format", "qualname", "x y", "ключ", "a.b", "a-b"]
SECTIONS = ["loggers", "handlers", "logger_root", "handler_a", "DEFAULT", "logger_a.b", " spaced ", "a]b", "Секция"]
WORDS = ["root", "DEBUG", "a, b", "('x',)", '"q"', "`b`", "%(level)s", "%(x y)s", "%%", "%", "%(", "%(nope)s", "%d",
         "# c", "; c", "x # c", "x ; c", "a=b", "a:b", "\\", "\\n", "${HOME}", "$(x)s", "\u00a0", "[x]", "日本", "'''",
         '"""', "1", "", "", "%(args)s", "%(a.b)s"]
EDITS = ["[", "]", "=", ":", "\n", " ", "\t", "#", ";", "%", "(", ")", "\r\n", "\r", "\x0c", "\x1c", "\u2003", "é", "\\", "`", '"']


def value():
    return " ".join(random.choice(WORDS) for _ in range(random.choice([1, 1, 1, 2, 3])))


def option(names):
    name = names.pop(random.randrange(len(names)))
    if random.random() < 0.2:
        name = name.upper()
    line = random.choice(["", "", "", " ", "  "]) + name + random.choice(["=", "=", " = ", ":", " : ", "\t=\t"]) + value()
    for _ in range(random.choice([0, 0, 0, 1, 2, 3])):
        more = random.choice(["  ", "\t", "    "]) + (value() or "x")
        line += "\n" + random.choice(["", "", "", "\n", "# comment\n", "   ; comment\n", "   \n"]) + more
    return line


def document():
    lines = [random.choice(["", "", "# comment", "; comment", "  # c"])]
    sections = random.sample(SECTIONS, random.randrange(1, 5))
    if random.random() < 0.1:
        sections.append(random.choice(sections))
    for section in sections:
        lines.append("[" + section + "]" + random.choice(["", "", "", " ", " # c", " junk"]))
        names = random.sample(NAMES, 5)
        for _ in range(random.randrange(4)):
            lines.append(option(names))
            if random.random() < 0.3:
                lines.append(random.choice(["", "   ", "# comment", "; comment", "   # comment"]))
    text = random.choice(["\n", "\n", "\n", "\r\n"]).join(lines) + random.choice(["", "\n", "\n\n"])
    for _ in range(random.choice([0, 0, 0, 0, 0, 1, 2])):
        i = random.randrange(len(text) + 1)
        text = text[:i] + random.choice(EDITS) + text[i + random.randrange(2):]
    return text


def read(text):
    parser = configparser.ConfigParser()
    try:
        parser.read_file(io.StringIO(text, newline=None))
    except configparser.Error as e:
        return {"text": text, "error": type(e).__name__}
    found = {}
    for section in parser.sections():
        found[section] = {}
        for name in parser.options(section):
            try:
                got = parser.get(section, name)
            except configparser.InterpolationError:
                got = None
            found[section][name] = [parser.get(section, name, raw=True), got]
    return {"text": text, "sections": found}


for _ in range(1500):
    print(json.dumps(read(document()), ensure_ascii=False))
