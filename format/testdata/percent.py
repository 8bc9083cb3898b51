# SPDX-License-Identifier: MIT
"""Writes percent.tsv: what CPython's % makes of numbers and texts.

Each line holds a conversion, a type, a value and the result, separated by tabs.
The result is ERROR where Python raises. Run it in this directory: python3 percent.py > percent.tsv
"""

import itertools

FLAGS = ["", "-", "+", " ", "#", "0", "-0", "+0", " 0", "#0", "+-", "+ ", "-+ #0"]
SIZES = ["", "1", "8", "12", ".0", ".", ".3", ".8", "8.3", "12.8", "14.0"]
VALUES = {
    "int": [0, 7, 42, -1, -255, 65, 20013, 123456789, -(2**63), 2**63 - 1],
    "uint": [2**64 - 1],
    "float": [0.0, -0.0, 0.5, 1.0, 1.5, 2.5, -3.99, 3.14159, 2.675, 100000.0, 1e6, 1e16, 1e-5, 1.234e-5,
              123456789.0, 1e22, 1e100, -1e300, float("inf"), float("-inf"), float("nan"), 0.1, 12345.678],
    "str": ["", "hi", "héllo wörld", "中文字符", "a'b", 'a"b', "a'b\"c", "tab\tand\\", "x\u200by\u00ad", "\U0001f600", "A"],
}
CONVERSIONS = {"int": "diuoxXeEfFgGcsra", "uint": "doxXfsra", "float": "diuoxXeEfFgGcsra", "str": "sracd"}


def lines():
    number = 0
    for kind, values in VALUES.items():
        for flags, size, conversion in itertools.product(FLAGS, SIZES, CONVERSIONS[kind]):
            for i, value in enumerate(values):
                number += 1
                if number % 13:  # a sample: all of them are 50,000
                    continue
                spec = flags + size + conversion
                try:
                    result = ("%" + spec) % (value,)
                except (TypeError, ValueError, OverflowError):
                    result = "ERROR"
                yield "\t".join([spec, kind, escape(str(value)), escape(result)])


def escape(s):
    return s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


print("\n".join(lines()))
