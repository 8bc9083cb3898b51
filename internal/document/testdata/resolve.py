# SPDX-License-Identifier: MIT
"""Prints what CPython's dictConfig makes of random cfg:// references.

    python3 internal/document/testdata/resolve.py >internal/document/testdata/resolve.jsonl

The first line is the document. Each other one has a path, and either the value or the name of the error. It needs 3.12.
"""

import json
import logging.config
import random

random.seed(20240229)
DOCUMENT = {
    "a": {"b": {"c": [1, 2, {"d": 3, "x y": 4}], "": 5, "b": 6}, "日本": [7, [8, 9]], "p.q": 10, "_1": 11},
    "list": [[12, 13], {"k": 14}, {"a": {"b": 15}}, 16],
    "ref": "cfg://a.b",
    "refs": ["cfg://list[0]", "cfg://ref.c[2]", "cfg://refs[0][1]", {"deep": "cfg://a"}],
    "chain": "cfg://refs[1].d",
    "broken": "cfg://a.nope",
    "handlers-x": {"y": 17},
    "é": 18,
}
STEPS = ["a", "b", "c", "d", "list", "ref", "refs", "chain", "broken", "k", "deep", "日本", "_1", "é", "nope", "other", "x", "handlers-x"]
KEYS = ["0", "1", "2", "3", "4", "00", "99999999999999999999", "b", "c", "x y", "", "p.q", "k", "-1", " 0", "日本", "handlers-x", "a]b", "a[b"]
EDITS = list(".[] \t!a0-_/") + ["\u2003", "\x1c"]


def children(value):
    if isinstance(value, str) and value.startswith("cfg://"):
        try:
            value = find(value[6:])
        except Exception:
            return []
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def path():
    if random.random() < 0.3:
        text = random.choice(STEPS)
        for _ in range(random.randrange(4)):
            text += "." + random.choice(STEPS) if random.random() < 0.5 else "[" + random.choice(KEYS) + "]"
    else:
        key, value = random.choice(list(DOCUMENT.items()))
        text = key
        while (found := children(value)) and random.random() < 0.8:
            key, value = random.choice(found)
            text += "." + key if isinstance(key, str) and key.isidentifier() and random.random() < 0.7 else "[%s]" % key
            if random.random() < 0.1:
                text += " "
    for _ in range(random.choice([0, 0, 0, 1])):
        i = random.randrange(len(text) + 1)
        text = text[:i] + random.choice(EDITS) + text[i + random.randrange(2):]
    return text


def plain(value):
    """What Python leaves to later: it converts the contents when they are looked at."""
    return json.loads(json.dumps(value))


def find(text):
    return plain(logging.config.DictConfigurator(DOCUMENT).cfg_convert(text))


def read(text):
    try:
        value = find(text)
    except (ValueError, KeyError, IndexError, TypeError) as e:
        return {"path": text, "error": type(e).__name__}
    return {"path": text, "value": value}


print(json.dumps(DOCUMENT, ensure_ascii=False))
for _ in range(1500):
    print(json.dumps(read(path()), ensure_ascii=False))
