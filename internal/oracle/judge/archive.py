# SPDX-License-Identifier: MIT
"""What the programs share that answer scripts with what CPython does.

An archive has a comment and scripts, each below a line with its name. The lines of a script are steps, and behind tabs
the answers to the step above: what CPython answers, and where the twin answers otherwise, its answers, marked with ~, and
what was known by then, marked with =.
"""

import json
import re
import sys

WORD = re.compile(r'(?:[^ "]|"(?:[^"\\]|\\.)*")+')


def words(step):
    """Returns the words of a step. A word may hold JSON strings."""
    return WORD.findall(step)


def is_comment(step):
    """Reports whether a step does nothing."""
    return not step or step.startswith("#")


def quote(text):
    """Returns a text as a JSON string in which all can be seen."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in quoted)


def steps(script):
    """Returns the lines of a script without the answers."""
    return [line for line in script if not line.startswith("\t")]


def answers(plain, twin, facts=None):
    """Returns the answers to a step as an archive has them."""
    lines = ["\t" + line for line in plain]
    if plain != twin:
        lines += ["\t~" + line for line in twin] or ["\t~"]
        if facts is not None:
            lines.append("\t=" + " ".join(facts))
    return lines


def main(answered, needs=None):
    """Reads an archive from stdin, and writes it to stdout with the answers. Those that are there already are replaced.

    answered is given the lines of a script, and returns them with its answers. If it returns None, because this Python
    is older than what the script needs, the script keeps the old ones; stderr says so.
    """
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    out, scripts, kept = [], [], 0
    for line in sys.stdin.read().split("\n")[:-1]:
        if line.startswith("-- ") and line.endswith(" --"):
            scripts.append((line, []))
        else:
            (scripts[-1][1] if scripts else out).append(line)
    for name, script in scripts:
        try:
            lines = answered(script)
        except BaseException:
            print("in the script", name, file=sys.__stderr__)
            raise
        kept += lines is None
        out += [name] + (script if lines is None else lines)
    print("\n".join(out))
    if kept:
        print(f"{kept} scripts need Python {needs}, and keep their answers", file=sys.stderr)
