# SPDX-License-Identifier: MIT
"""Writes styles.tsv: what CPython's logging makes of one record in layouts of the styles { and $.

Each line holds a style, a layout and the result, separated by tabs. The result is REFUSED where the
constructor of the Formatter raises, and ERROR where it raises when it formats the record.
Run it in this directory: python3 styles.py > styles.tsv
"""

import logging
import random
import time

RECORD = {
    "name": "a.b", "levelname": "INFO", "levelno": 20, "msg": "hi", "lineno": 42, "pathname": "/src/app/db.py.go", "filename": "db.py.go",
    "module": "db.py", "funcName": "pcAtLine42", "processName": "MainProcess", "created": 1700000000.123456, "msecs": 123.0, "relativeCreated": 12.5,
    "taskName": None,
}
DEFAULTS = {"user": "bob", "n": -7, "ratio": 2.5, "message": "never", "unused": 1}

BRACE = [
    "{message}", "{levelname:<8}|", "{levelname:>8}|", "{levelname:^8}|", "{levelname:*^9}|", "{levelname:8}|", "{levelname:.3}|",
    "{levelname:<8.3}|", "{lineno:5}|", "{lineno:05}|", "{lineno:<5}|", "{lineno:05d}|", "{lineno:+}", "{lineno: }", "{lineno:x}", "{lineno:#x}",
    "{lineno:#o}", "{lineno:b}", "{lineno:#b}", "{lineno:,}", "{levelno:_}", "{created:.3f}", "{created}", "{created:f}", "{created:e}", "{created:g}",
    "{created:%}", "{created:,.2f}", "{created:d}", "{msecs}", "{msecs:03.0f}", "{msecs:.0f}", "{msecs:d}", "{levelname:d}", "{levelname:05}|",
    "{levelname:=8}|", "{levelname!r}", "{levelname!s:>8}|", "{levelname!a}", "{message!r:>10}|", "{exc_text}", "{exc_text:>5}", "{exc_text!s:>5}|",
    "{exc_text!r:>5}|", "{args!a:>5}|", "{args}", "{args:}", "{{}} {message}", "{{message}} {message}", "{message", "message}", "{}", "{0}", "{message} {}",
    "{message} {0}", "plain", "", "{nope}", "{message} {nope}", "{name-x}", "{message!z}", "{message!rr}", "{message:<8x<}", "{args[0]}", "{message[0]}",
    "{lineno:c}", "{lineno:n}", "{lineno:%}", "{lineno:.2f}", "{lineno:.2}", "{lineno:e}", "{levelname:{lineno}}|", "{levelname:{nope}}|",
    "{levelname:,}", "{levelname:s}|", "{lineno:s}", "{taskName}", "{asctime}", "{asctime:>25}|", "{message:}|", "{message:\n<4}|", "{level name}",
    " {message} ", "{message:-^10}|", "{lineno:-^10}|", "{lineno:=+8}|", "{lineno:0=8}|", "{lineno:<08}|", "{lineno:08.3f}|", "{lineno:z}", "{__class__}",
    "{message.__class__}", "{lineno:+,}", "{created:,}", "{created:.3}", "{created:10.1f}|", "{created:.0f}", "{relativeCreated:.1f}", "{created:<20}|",
    "{created:020.2f}|",
    # CPython's own tests
    "$%{message}%$ - {asctime!a:25} - {user!s:>4}", "{lineno:.2f} - {ratio:.4f}", "{n!s:#<30}", "{message!s}", "{lineno!r:4.2}",
    "{lineno!s:<#30,.12f}- {n:=+#30,.1d} - {module:^30}", "{lineno!s:{w},.{p}}", "{n:12.{p}}", "{n:{w}.6}", "{n[0].bar[1].baz}", "{12[k1].bar[k2].baz}",
    "{name-thing}", "%(asctime)s", "{asctime!Z:15}", "{asctime!s:#30,15f}", "{asctime!aa:15}", "{lineno:.2ff}", "{lineno:.2Z}", "{lineno!s:<##30,12g}",
    "{lineno!s:<#30#,12g}", "{lineno!s:{{w}},{{p}}}", "{lineno", "lineno}", "{{foo!r:4.2}", "{{foo!r:4.2}}", "{foo/bar}", "{foo:{{w}}.{{p}}}}",
    "{foo!X:{{w}}.{{p}}}", "{foo!a:random}", "{foo!a:ran{dom}", "{foo!a:ran{d}om}", "{foo.!a:d}",
    # its parser
    "{", "}", "{{", "}}", "{}}", "{{}", "{message}}", "{{{message}}}", "{{{{{message}", "{message:}}", "{message!}", "{message!}}", "{message!} x", "{message!r",
    "{message!r:", "{message:", "{message:>", "{message[}", "{message[]}", "{message[0}", "{message[0]x}", "{n[a]b}", "{.x}", "{message.}", "{message..x}",
    "{[0]}", "{!r}", "{:>8}", "{ message}", "{message }", "{a{b}", "{message\n}", "{message:>8\n}", "{user} {n:04} {ratio:.2f}", "{n:+,}", "{user:}", "{user!r:}",
    "{user:\u0665}|", "{\u00e9}", "{\u4e2d\u6587:>4}", "{0x}", "{1user}", "{message:9}|", "{message:}>8}", "{message:!>8}", "{message::>8}", "{lineno:,d}{{",
]
DOLLAR = [
    "$message", "${message}", "$$", "$$ $message", "$message$", "$ $message", "${message", "$nope", "${nope}", "$message $nope", "plain", "",
    "$levelname-$message", "$levelnamex", "${levelname}x", "$asctime", "${asctime} $message", "$1 $message", "$_x $message", "${}", "$ {message}", "$MESSAGE",
    "%(message)s", "{message}", "$message$$", "$lineno $created $msecs $exc_text", "$é", "${é} $message", "$messageé",
    # CPython's own tests
    "${asctime} - $message", "$user $$", "$user $$$$", "${message}$$", "$bar $$$", "${asctime", "$bar-$%{message}", "foo $",
    "$$%${message}%$$", "${asctime}--$message",
    # its parser
    "$", "$$$", "$$$message", "$$message", "$$${message}", "${ message}", "${message }", "${message.x}", "$message.x", "$message[0]", "${1}", "${message}}",
    "${{message}}", "$user$n$ratio", "${user}${n}${ratio}", "$args $taskName $processName $funcName", "$lineno_", "${_}", "$message\n$name", "$\n", "$ſ", "$\u212a",
    "$name1", "$levelno.$levelno", "${levelno}0",
]
NAMES = ["message", "message", "levelname", "name", "lineno", "levelno", "created", "msecs", "relativeCreated", "asctime", "module", "filename", "funcName",
         "pathname", "processName", "taskName", "exc_text", "args", "user", "n", "ratio", "gone"]
SPECS = ["", "", "", ":", ":>12", ":<6", ":^9", ":*^10", ":08", ":.2", ":.3f", ":,", ":+", ":x", ":#o", ":d", ":s", ":>8.2", ":012,.1f", ":e", "!r", "!s", "!a",
         "!r:>12", "!s:.2", "!a:-^9", ":%", ":_", ":c", ":n", ":=+9"]
TEXTS = [" ", "|", " - ", "{{", "}}", "%", "%(x)s", "é", "[", "]", "\\", "$", ""]
SLIPS = "{}{}!:[].<>^=+-#0,_dsfrx$ \nab5é"


def brace(chance):
    text = "".join(chance.choice(TEXTS) + "{" + chance.choice(NAMES) + chance.choice(SPECS) + "}" for _ in range(chance.randint(1, 3)))
    return slip(chance, text + chance.choice(TEXTS))


def dollar(chance):
    texts = [" ", "|", "$$", "{", "}", "é", "", ".", "x", "_", "7", "$", "%"]
    forms = ["$%s", "${%s}", "${%s}", "$$%s"]
    text = "".join(chance.choice(texts) + chance.choice(forms) % chance.choice(NAMES) for _ in range(chance.randint(1, 4)))
    return slip(chance, text + chance.choice(texts))


def slip(chance, text):
    """Puts a mistake into every second layout."""
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        i = chance.randint(0, len(text))
        text = text[:i] + chance.choice(["", chance.choice(SLIPS)]) + text[i + chance.randint(0, 1):]
    return text


def result(style, layout):
    try:
        formatter = logging.Formatter(layout, style=style, defaults=DEFAULTS)
    except ValueError:
        return "REFUSED"
    formatter.converter = time.gmtime
    try:
        return formatter.format(logging.makeLogRecord(RECORD))
    except (AttributeError, TypeError, ValueError, OverflowError, KeyError, IndexError):
        return "ERROR"


def lines():
    chance = random.Random(7)
    layouts = [("{", layout) for layout in BRACE] + [("$", layout) for layout in DOLLAR]
    layouts += [("{", brace(chance)) for _ in range(2500)] + [("$", dollar(chance)) for _ in range(1200)]
    for style, layout in layouts:
        yield "\t".join(map(escape, [style, layout, result(style, layout)]))


def escape(s):
    return s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


print("\n".join(lines()))
