# SPDX-License-Identifier: MIT
"""Writes brace.tsv: what CPython's logging makes of the layout {x...}, for many a format spec and value.

Each line holds what stands behind the x, a type, a value and the result, separated by tabs. The result is
REFUSED where the constructor of the Formatter raises, and ERROR where it raises when it formats the record.
Run it in this directory: python3 brace.py > brace.tsv
"""

import itertools
import logging
import random

ALIGNS = ["", "<", ">", "^", "=", "*<", "*>", "*^", "*=", "0=", "0<", "中^", "<<", "+>", ".="]
SIGNS = ["", "+", "-", " "]
SIZES = ["", "1", "5", "8", "08", "012", "013", "014", "020", "0", "00", "31"]
GROUPS = ["", ",", "_"]
PRECISIONS = ["", ".0", ".1", ".2", ".3", ".6", ".12", ".20"]
TYPES = ["", "b", "c", "d", "e", "E", "f", "F", "g", "G", "n", "o", "s", "x", "X", "%"]
STRANGE = [":z", ":.", ":,_", ":_,", ":B", ":D", ":N", ":S", ":5.d", ":<8x<", ":\n<4", ":8 ", ":dd", ":q", ":5z", "!", "!z", "!rr", "!R", "! ",
           ":-+d", ":#+d", ":++d", ":<<<8", ":0<8", ":00008", ":08.3f", ":=+8", ":#z", ":8,.2_f", ":.2,f", ":,,", ":ſ", ":%%", ":8%d", "!s:", ":",
           ":5!r", "!r!s", ":é^9", ":é9", ":9é", ":\t<9", ":\u200b>9", ":]<9", ":[<9", ":!<9", "::<9", ":}<9", ":{<9"]
VALUES = {
    "int": [0, 7, 42, -1, -255, 65, 97, 20013, 999, 1000, 123456, 1234567, -1234567, 123456789, 1114112, -(2**63), 2**63 - 1],
    "uint": [2**64 - 1],
    "float": [0.0, -0.0, 0.5, 1.0, 1.5, 2.5, -3.99, 3.14159, 2.675, 100.0, 123.0, 999.5, 999.95, 100000.0, 1e6, 1e15, 1e16, 1e-4, 1e-5,
              1.234e-5, 123456789.0, 1e22, 1e100, -1e300, float("inf"), float("-inf"), float("nan"), 0.1, 12345.678, 1.7e308, 5e-324],
    "str": ["", "hi", "héllo wörld", "中文字符", "a'b", 'a"b', "a'b\"c", "tab\tand\\", "x\u200by\u00ad", "\U0001f600", "A", "12"],
    "bool": [True, False],
    "none": [None],
}


def specs():
    """All forms, of which a sample is taken, and the strange ones."""
    chance = random.Random(13)
    every = list(itertools.product(ALIGNS, SIGNS, ["", "#"], SIZES, GROUPS, PRECISIONS, TYPES))
    yield from STRANGE
    for conversion in ["!r", "!s", "!a"]:
        yield conversion
        for parts in chance.sample(every, 60):
            yield conversion + ":" + "".join(parts)
        for align, size, precision in itertools.product(ALIGNS, ["", "12", "09"], ["", ".2"]):
            yield conversion + ":" + align + size + precision
    for kind in TYPES:  # those that fit often
        for align, size in itertools.product(["", "*^", "="], ["", "9", "012"]):
            yield ":" + align + size + kind
        yield from [":,%s" % kind, ":_" + kind, ":#" + kind, ":+" + kind, ":.3" + kind, ":020,.2" + kind, ":022_" + kind, ":#.0" + kind]
    for parts in chance.sample(every, 900):
        yield ":" + "".join(parts)


def result(spec, value):
    try:
        formatter = logging.Formatter("{x" + spec + "}", style="{")
    except ValueError:
        return "REFUSED"
    try:
        return formatter.format(logging.makeLogRecord({"x": value}))
    except (TypeError, ValueError, OverflowError, KeyError, IndexError):
        return "ERROR"


def lines():
    number = 0
    for spec in specs():
        for kind, values in VALUES.items():
            for value in values:
                number += 1
                if number % 11 == 0:  # a sample: all of them are 100,000
                    yield "\t".join(map(escape, [spec, kind, str(value), result(spec, value)]))


def escape(s):
    return s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\0", "\\0")


print("\n".join(lines()))
