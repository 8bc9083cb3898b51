# SPDX-License-Identifier: MIT
"""The twin: what CPython would print if it had what docs/python.md lists as deliberate differences.

The layout is cut into its fields here, but CPython prints each of them. The places that are different are marked
with the names of the differences.
"""

import decimal
import logging
import math
import re
import string
import time

PACKAGE = "github.com/slogx/slogx/internal/oracle/layouts_test"
LEVELS = {5: "TRACE", 10: "DEBUG", 20: "INFO", 25: "NOTICE", 30: "WARNING", 40: "ERROR", 50: "CRITICAL", 55: "ALERT",
          60: "EMERGENCY", 15: "DEBUG+2", 22: "INFO+1", 45: "ERROR+2"}  # levelNames

# The fields of a record, each with a value of its type.
TEXT, INT, FLOAT = "text", 42, 1.5
FIELDS = dict.fromkeys(["asctime", "levelname", "name", "message", "msg", "pathname", "filename", "module", "funcName",
                        "processName", "threadName"], TEXT)
FIELDS |= dict.fromkeys(["created", "msecs", "relativeCreated"], FLOAT)
FIELDS |= dict.fromkeys(["levelno", "lineno", "process", "thread"], INT)
FIELDS |= dict.fromkeys(["taskName", "exc_info", "exc_text", "stack_info"], None) | {"args": ()}
FIELDS |= dict.fromkeys(["attrs", "package", "log_color", "reset"], TEXT) | {"goroutine": INT}  # ownFields

HARMFUL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
QUOTED = re.compile(r'[\s"=\ufffd]')
ESCAPES = {"\a": r"\a", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v", '"': r"\"", "\\": r"\\"}


class Refused(ValueError):
    """A layout that slogx does not take."""


class Layout:
    """A layout: texts and fields."""

    def __init__(self, style, layout, defaults):
        self.parts = {"%": percent, "{": brace, "$": dollar}[style](layout)
        self.defaults = defaults
        fields = [part for part in self.parts if not isinstance(part, str)]
        self.names = [field.name for field in fields]
        self.whole = [field.name for field in fields if not field.path]  # fieldParts

    def format(self, record, nanoseconds, clock, extra):
        """Returns the text of a record, None if it cannot be told."""
        line = Line(self, record, nanoseconds, extra)
        if "asctime" in self.names:
            line.asctime = clock.text(nanoseconds)
            if line.asctime is None:
                return None
        return "".join(part if isinstance(part, str) else line.show(part) for part in self.parts)


class Line:
    """A record that is being printed."""

    def __init__(self, layout, record, nanoseconds, extra):
        self.layout, self.record, self.extra = layout, record, extra
        record.msecs = float(nanoseconds % 10**9 // 10**6)  # msecsRounding
        self.asctime = None

    def show(self, field):
        name = field.name
        if name in FIELDS:
            value = self.value(name, field.raw)
            return field.form(escaped(value) if isinstance(value, str) and not field.raw and name != "asctime" else value)
        values = self.layout.defaults | self.extra
        if name not in values:
            return f"!MISSING({name})"  # missingField
        return field.attribute(values[name])

    def value(self, name, raw):
        if name == "asctime":
            return self.asctime
        if name == "message":
            text = self.record.msg if raw else escaped(self.record.msg)
            return text if "attrs" in self.layout.names else merged(text, self.attrs())
        if name == "levelname":
            return LEVELS[self.record.levelno]
        own = {"attrs": merged("", self.attrs()), "log_color": "", "reset": "", "goroutine": 0,
               "package": "(unknown package)" if self.record.lineno == 0 else PACKAGE}
        return own[name] if name in own else getattr(self.record, name)

    def attrs(self):
        """Returns the attributes that no field names: mergedMessage. A field of the record's names none: reservedExtra."""
        return {key: value for key, value in self.extra.items() if key not in self.layout.whole or key in FIELDS}


def merged(text, attrs):
    line = text + "".join(f" {go_quoted(key)}={go_quoted(go_text(value))}" for key, value in attrs.items())
    return line if text else line[1:]


# Style %.

PERCENT = re.compile(r"(?P<flags>[-+ #0]*)(?P<width>\*|[0-9]*)(?P<precision>(?:\.(?:\*|[0-9]*))?)(?P<long>[hlL]?)(?P<verb>.)", re.DOTALL)


def percent(layout):
    """Cuts a layout in the style %."""
    parts, valid = [], False
    layout = layout or "%(message)s"
    while layout:
        text, sign, layout = layout.partition("%")
        parts.append(text)
        if layout.startswith("%"):
            parts.append("%")
            layout = layout[1:]
        elif sign:
            name, spec, layout = cut_percent(layout)
            valid = valid or not spec["long"]
            parts.append(Percent(name, **spec))
    if not valid:
        raise Refused("no field")
    return parts


def cut_percent(rest):
    """Cuts off a field behind its percent sign: layoutStrict."""
    depth, end = 0, 0
    for end, c in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(c, 0)
        if depth == 0:
            break
    spec = PERCENT.match(rest[end + 1:])
    if depth or not rest.startswith("(") or end == 1 or not spec:
        raise Refused
    for number in spec["width"], spec["precision"][1:]:
        if number == "*" or number and int(number) > 9999:
            raise Refused
    return rest[1:end], spec.groupdict(), rest[end + 1 + spec.end():]


class Percent:
    """A field in the style %."""

    path = ""

    def __init__(self, name, flags, width, precision, long, verb):
        self.name, self.verb = name, verb
        self.raw = verb in "ra"
        self.spec = "%" + flags + width + precision
        self.wide = "%" + flags + width
        if verb not in "srcadiuoxXeEfFgG":
            raise Refused
        if name in FIELDS:
            try:
                (self.spec + verb) % (FIELDS[name],)
            except (TypeError, ValueError) as e:
                raise Refused from e

    def form(self, value):
        if self.verb == "c":
            return (self.wide + "s") % escaped("%c" % value)  # escapedText
        return (self.spec + self.verb) % (value,)

    def attribute(self, value):
        if self.verb not in "sra":
            try:
                return self.form(value)
            except (TypeError, ValueError, OverflowError):  # missingField
                verb = "d" if self.verb in "iu" else self.verb
                return f"!{verb}({self.name}={escaped(go_text(value))})"
        if isinstance(value, str):
            return (self.spec + self.verb) % (value if self.raw else escaped(value))
        if value is None and self.raw:
            return (self.spec + "r") % "<nil>"
        return (self.spec + "s") % go_text(value)


# Style {.

ALIGNED = re.compile(r"(?P<align>(?:.?[<>=^])?)(?P<rest>.*?)(?P<verb>[bcdeEfFgGnosxX%]?)")


def brace(layout):
    """Cuts a layout in the style {, which CPython's constructor must take: layoutStrict."""
    layout = layout or "{message}"
    logging.StrFormatStyle(layout).validate()
    parts = []
    for text, name, spec, conversion in string.Formatter().parse(layout):
        parts.append(text)
        if name is not None:
            parts.append(Brace(name, spec, conversion))
    return parts


class Brace:
    """A field in the style {."""

    def __init__(self, name, spec, conversion):
        self.name, bracket, path = name.partition("[")  # fieldParts
        self.path = bracket + path
        self.spec, self.conversion = spec, conversion
        self.raw = conversion in ("r", "a")
        self.align, self.rest, self.verb = ALIGNED.fullmatch(spec).groups()
        sizes = re.findall("[0-9]+", self.rest)
        if not name or name[0].isdigit() and name.isdigit() or "{" in spec or not self.rest.isascii() or any(int(n) > 9999 for n in sizes):
            raise Refused
        if self.name in FIELDS and self.path or not any(self.takes(value) for value in self.samples()):
            raise Refused

    def samples(self):
        return [FIELDS[self.name]] if self.name in FIELDS else [TEXT, INT, FLOAT]

    def takes(self, value):
        try:
            return self.form(value) is not None
        except (TypeError, ValueError):
            return False

    def form(self, value):
        if self.conversion:
            value = {"r": repr, "a": ascii, "s": str}[self.conversion](value)
        text = format(value, self.spec)
        if self.verb != "c" or escaped(text) == text:
            return text
        return format(escaped(format(value, "c")), (self.align or ">") + self.rest)  # escapedText

    def attribute(self, value):
        if self.path or value is None and self.spec and not self.conversion:
            return self.mark(value)
        if isinstance(value, str):
            value = value if self.raw else escaped(value)
        elif self.raw and value is None:
            return format(("%" + self.conversion) % "<nil>", self.spec)
        elif self.conversion and not (self.raw and isinstance(value, float)) or not self.spec and not self.raw:
            return format(go_text(value), self.spec)  # attributeText
        try:
            return self.form(value)
        except (TypeError, ValueError, OverflowError):
            return self.mark(value)

    def mark(self, value):
        """Returns what stands in the place of a value that does not fit: missingField."""
        what = self.verb or self.spec
        if self.path:
            parts = "".join(f"[{bracketed or dotted}]" for bracketed, dotted in re.findall(r"\[([^]]*)\]|\.(\w+)", self.path))
            what = parts + (":" + what if self.spec or self.raw else "")
        return f"!{what}({self.name}={escaped(go_text(value))})"


# Style $.

DOLLAR = re.compile(r"\$(?:(?P<dollar>\$)|(?P<name>[_a-zA-Z][_a-zA-Z0-9]*)|\{(?P<braced>[_a-zA-Z][_a-zA-Z0-9]*(?:\.[_a-zA-Z0-9]+)*)\}|)")


def dollar(layout):
    """Cuts a layout in the style $."""
    parts, end = [], 0
    layout = layout or "${message}"
    for match in DOLLAR.finditer(layout):
        parts.append(layout[end:match.start()])
        end = match.end()
        if match[0] == "$":
            raise Refused
        parts.append("$" if match["dollar"] else Brace(match["name"] or match["braced"], "", None))
    if not any(isinstance(part, Brace) for part in parts):
        raise Refused
    return parts + [layout[end:]]


# Times.

DIRECTIVE = re.compile(r"%([-_0^#]*)([0-9]*)(:*z|.)", re.DOTALL)
# A width of what stands for several directives, no padding to a narrow width, and zeros before a negative number.
WIDTH = re.compile(r"%[-_0^#]*[1-9][0-9]*[cDFrRTxX]|%[_0^#]*-[_0^#]*[12][CdegGHIjklmMsSuUVwWyY]")
ZEROS = re.compile(r"%[-_0^#]*0[-_0^#]*[0-9]+s")


class Clock:
    """Prints times in a format."""

    def __init__(self, date, utc):
        self.date, self.utc = date, utc

    def text(self, nanoseconds):
        """Returns a time, None if it cannot be told."""
        if not self.date:  # msecsRounding
            return self.strftime("%Y-%m-%d %H:%M:%S", nanoseconds) + ",%03d" % (nanoseconds % 10**9 // 10**6)
        if any((flags or digits) and what in "fioqvzPEO+" or (flags, digits) != ("", "") and what[0] == ":"
               for flags, digits, what in DIRECTIVE.findall(self.date) if (flags, digits, what) not in FRACTIONS):
            return None
        if WIDTH.search(self.date) or nanoseconds < 0 and ZEROS.search(self.date):
            return None
        date = DIRECTIVE.sub(lambda m: self.changed(m, nanoseconds), self.date)
        return self.strftime(date, nanoseconds)

    def changed(self, directive, nanoseconds):
        """Returns a directive as CPython has it: dateDirectives."""
        if directive.groups() in FRACTIONS:
            return f"{nanoseconds % 10**9:09}"[:int(directive[2] or 6)]
        what = directive[3]
        if what == ":z":
            return re.sub("(..)$", r":\1", self.strftime("%z", nanoseconds))
        return {"v": "%e-%b-%Y", "+": "%a %b %e %H:%M:%S %Z %Y", "E": "%%E", "O": "%%O"}.get(what, directive[0])

    def strftime(self, date, nanoseconds):
        seconds = nanoseconds // 10**9
        if not self.utc:
            return time.strftime(date, time.localtime(seconds))
        zone = {"tm_zone": "UTC", "tm_gmtoff": 0}  # dateDirectives
        return time.strftime(date, time.struct_time(tuple(time.gmtime(seconds)), zone))


FRACTIONS = [("", "", "f"), ("", "3", "f"), ("", "6", "f"), ("", "9", "f")]


# What Go prints.

def escaped(text):
    """Returns a text as it is printed: escapedText."""
    return HARMFUL.sub(lambda m: go_escape(m[0]), text)


def go_escape(c):
    if c in ESCAPES:
        return ESCAPES[c]
    if c < "\x80":
        return f"\\x{ord(c):02x}"
    return f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}"


def go_quoted(text):
    """Returns a text as slog's text handler prints it: mergedMessage."""
    if text and text.isprintable() and not QUOTED.search(text):
        return text
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else go_escape(c) for c in text) + '"'


def go_text(value):
    """Returns a value as slog's text handler prints it, without quotes: attributeText."""
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return str(value).lower()
    return go_float(value) if isinstance(value, float) else str(value)


def go_float(f):
    if math.isnan(f):
        return "NaN"
    if math.isinf(f):
        return "+Inf" if f > 0 else "-Inf"
    number = decimal.Decimal(repr(f)).normalize()
    sign, digits, exponent = number.as_tuple()
    exponent += len(digits) - 1
    if f and not -4 <= exponent < 6:
        text = "".join(map(str, digits))
        text = text[:1] + "." * (len(text) > 1) + text[1:]
        return "-" * sign + f"{text}e{exponent:+03}"
    return f"{number:f}"
