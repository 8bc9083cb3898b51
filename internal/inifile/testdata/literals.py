# SPDX-License-Identifier: MIT
"""Prints what CPython makes of random texts that are, or nearly are, literals.

    python3 internal/inifile/testdata/literals.py >internal/inifile/testdata/literals.jsonl

Each line has the text and either its value, where it is a literal with + - * of numbers and texts, or why it is
refused: "python" where Python refuses it, another word where only slogx does. ast.literal_eval agrees on each text without
operators and names.
"""

import ast
import json
import random
import types
import warnings

warnings.simplefilter("ignore")
random.seed(20240229)
NAMES = {"DEBUG": 10, "sys": types.SimpleNamespace(stdout="ext://sys.stdout", stderr="ext://sys.stderr"), "socket": types.SimpleNamespace(SOCK_DGRAM=2)}
NUMBERS = ["0", "1", "7", "10", "1024", "9223372036854775807", "1_000", "0x1F", "0X_ff", "0o17", "0b101", "00", "0_0", "1.", ".5", "1.5e3", "1e-3", "1E+2", "1_0.0_1", "08.5"]
ODD_NUMBERS = ["9223372036854775808", "012", "1__0", "1_", "1._5", "1j", "0xg", "1a", "1 .5", "5.real", "0x", "1e", "0_x1", "0b12"]
QUOTES = ["'", '"', "'''", '"""']
PREFIXES = ["", "", "", "", "r", "R", "u"]
ODD_PREFIXES = ["b", "f", "rb", "ur", "B", "fR"]
PIECES = ["app.log", "%(asctime)s", "C:\\\\logs", "\\n", "\\t", "\\x41", "\\u65e5", "\\U0001f600", "\\101", "\\777", "\\8", "\\d", "\\'", '\\"', "\\\\", "\\\n", "日本", "é", "#", " ", "{x}", "a,b"]
ODD_PIECES = ["\\x4", "\\u65e", "\\U00110000", "\\ud800", "'", '"', "\\", "\n"]
WORDS = ["None", "True", "False", "DEBUG", "sys.stdout", "sys . stderr", "socket.SOCK_DGRAM"]
ODD_WORDS = ["nope", "sys.nope", "lambda: 0", "open('x')", "sys['x']", "...", "not 1", "[1][0]", "'a'.b"]
SPACES = ["", "", "", "", " ", "  ", "\t", "\n", " # c\n", "\\\n", "\x0c"]
EDITS = list("()[]{},:'\"\\+-*/%#.=0a_ \n\u00a0") + ["**", "//", "is", "if", "日"]


def pick(usual, odd):
    return random.choice(usual if random.random() < 0.96 else odd)


def space():
    return random.choice(SPACES) if random.random() < 0.2 else ""


def text():
    quote = random.choice(QUOTES)
    return pick(PREFIXES, ODD_PREFIXES) + quote + "".join(pick(PIECES, ODD_PIECES) for _ in range(random.choice([0, 1, 1, 2, 3]))) + quote


def scalar():
    kind = random.random()
    if kind < 0.35:
        return pick(NUMBERS, ODD_NUMBERS)
    if kind < 0.8:
        return text()
    return pick(WORDS, ODD_WORDS)


def items(depth, separator=","):
    found = [expression(depth + 1) for _ in range(random.choice([0, 1, 1, 2, 3]))]
    return (space() + separator + space()).join(found) + random.choice(["", "", ","])


def expression(depth=0):
    kind = random.random()
    if kind < 0.5 or depth > 3:
        return scalar()
    if kind < 0.62:
        return "(" + space() + items(depth) + space() + ")"
    if kind < 0.7:
        return "[" + space() + items(depth) + space() + "]"
    if kind < 0.8:
        pairs = [text() + space() + ":" + space() + expression(depth + 1) for _ in range(random.randrange(3))]
        return "{" + space() + ", ".join(pairs) + random.choice(["", ","] if pairs else [""]) + "}"
    if kind < 0.81:
        return "{" + scalar() + "}"
    if kind < 0.9:
        return expression(depth + 1) + space() + random.choice("+-*") + space() + expression(depth + 1)
    if kind < 0.94:
        return random.choice("+-") + space() + expression(depth + 1)
    return text() + space() + text()


def is_number(value):
    return type(value) in (int, float)


class Refused(Exception):
    """slogx refuses what Python accepts."""


def value(node):
    """Evaluates what slogx reads, and raises Refused for what it does not."""
    match node:
        case ast.Expression():
            return value(node.body)
        case ast.Constant(value=str() | bool() | int() | float() | None):
            if isinstance(node.value, int) and abs(node.value) >= 2**63:
                raise Refused("large")
            if isinstance(node.value, str) and any(0xD800 <= ord(c) < 0xE000 for c in node.value):
                raise Refused("surrogate")
            return node.value
        case ast.Tuple() | ast.List():
            return [value(item) for item in node.elts]
        case ast.Dict():
            if None in node.keys:
                raise Refused("unpacking")
            keys = [value(key) for key in node.keys]
            if any(type(key) not in (str, int, bool) for key in keys):
                raise Refused("key")
            texts = [str(key) for key in keys]
            if len(set(texts)) < len(texts):
                raise Refused("duplicate")
            return dict(zip(texts, (value(item) for item in node.values)))
        case ast.UnaryOp(op=ast.UAdd() | ast.USub()):
            operand = value(node.operand)
            if not is_number(operand):
                raise Refused("operator")
            return operand if isinstance(node.op, ast.UAdd) else -operand
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult()):
            return binary(node.op, value(node.left), value(node.right))
        case ast.Name() | ast.Attribute():
            return eval(compile(ast.Expression(node), "", "eval"), {"__builtins__": {}}, dict(NAMES))
    raise Refused(type(node).__name__)


def binary(op, a, b):
    numbers = is_number(a) and is_number(b)
    texts = type(a) is str and type(b) is str
    repeated = {type(a), type(b)} == {str, int}
    if isinstance(op, ast.Add) and (numbers or texts):
        result = a + b
    elif isinstance(op, ast.Sub) and numbers:
        result = a - b
    elif isinstance(op, ast.Mult) and numbers:
        result = a * b
    elif isinstance(op, ast.Mult) and repeated and max(a if type(a) is int else len(a), 0) * max(b if type(b) is int else len(b), 0) <= 4096:
        result = a * b
    else:
        raise Refused("operator")
    if type(result) is int and not -2**63 <= result < 2**63 or type(result) is str and len(result.encode()) > 4096:
        raise Refused("large")
    return result


def plain(text, found):
    """Checks that literal_eval reads what value does."""
    tree = ast.parse(text, mode="eval")
    if not any(isinstance(node, (ast.Name, ast.BinOp, ast.UnaryOp)) for node in ast.walk(tree)):
        assert json.dumps(ast.literal_eval(text)) == json.dumps(found) or "{" in text


def read(text):
    try:
        tree = ast.parse(text.lstrip(" \t"), mode="eval")
    except (SyntaxError, ValueError):
        return {"text": text, "refused": "python"}
    try:
        found = value(tree)
    except Refused as e:
        return {"text": text, "refused": str(e)}
    except (NameError, AttributeError):
        return {"text": text, "refused": "python"}
    plain(text.lstrip(" \t"), found)
    return {"text": text, "value": found}


lines = {}
while len(lines) < 3000:
    text_ = expression() if random.random() < 0.6 else "(" + items(0) + ")"
    if random.random() < 0.25:
        i = random.randrange(len(text_) + 1)
        text_ = text_[:i] + random.choice(EDITS) + text_[i + random.randrange(2):]
    lines.setdefault(text_, read(text_))
for line in lines.values():
    print(json.dumps(line, ensure_ascii=False))
