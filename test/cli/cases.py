#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""What a user meets: commands, what they print, how they end.

usage: test/cli/cases.py [FILE.cases]...

A file of cases is a story in one empty folder, told from top to bottom:

    - name of the case
    @ FILE          the indented and empty lines below are written to FILE
    $ COMMAND       for sh; "leishu" is the program
    ? STATUS        0 if not said
    > LINE          the whole of standard output, line for line
    >~ PATTERN      standard output has it         (>! has not)
    >= EXPRESSION   holds in Python: d is the output as JSON, D a list of all
                    its lines as JSON, out the text
    2~ PATTERN      standard error has it          (2! has not)
    + LIBRARY       the case needs $LEISHU_SHARED

Standard error is empty unless a 2~ line says what it has.  A signal, or a
word of a sanitizer, is a fault whatever a case says.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tools"))
from tap import Tap

LEISHU = os.environ["LEISHU"]
SHARED = os.environ.get("LEISHU_SHARED", "")
BAD = re.compile(r"Sanitizer|runtime error:")


class Case:
    def __init__(self, name, where):
        self.name, self.where = name, where
        self.files, self.status, self.command = [], 0, None
        self.out, self.tests, self.shared = None, [], False


def read(path):
    """The cases of a file."""
    found, case, text = [], None, None
    for no, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if text is not None and (line.startswith("    ") or line == ""):
            text.append(line[4:])
            continue
        text = None
        key, _, rest = line.partition(" ")
        if line == "" or key == "#":
            continue
        if key == "-":
            case = Case(rest, f"{path.name}:{no}")
            found.append(case)
        elif key == "@":
            text = []
            case.files.append((rest, text))
        elif key == "$":
            case.command = f"{case.command}\n{rest}" if case.command else rest
        elif key == "?":
            case.status = int(rest)
        elif key == ">":
            case.out = (case.out or []) + [rest]
        elif key == "+":
            case.shared = True
        elif key in (">~", ">!", ">=", "2~", "2!"):
            case.tests.append((key, rest))
        else:
            sys.exit(f"{path.name}:{no}: no case is written so: {line}")
    return found


def holds(expression, out):
    lines = [x for x in out.split("\n") if x]
    known = {"out": out, "re": re, "lines": lines}
    try:
        known["D"] = [json.loads(x) for x in lines]
        known["d"] = known["D"][0] if known["D"] else None
    except ValueError:
        try:
            known["d"] = json.loads(out)
        except ValueError:
            pass	# a case may look at the text alone
    try:
        return None if eval(expression, known) else "does not hold"
    except (LookupError, TypeError, NameError) as e:
        return f"{type(e).__name__}: {e}"


def faults(case, room):
    for name, text in case.files:
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(text).rstrip("\n") + "\n", encoding="utf-8")
    if case.command is None:
        return
    p = subprocess.run(["bash", "-c", case.command], cwd=room, timeout=300,
                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out = p.stdout.decode("utf-8", "replace")
    err = p.stderr.decode("utf-8", "replace")
    if p.returncode != case.status:
        yield f"status {p.returncode}, not {case.status}"
    if case.out is not None and out.rstrip("\n").split("\n") != case.out:
        yield f"stdout: {out[:400]!r}"
    for key, what in case.tests:
        text = out if key[0] == ">" else err
        if key[1] == "=":
            if (why := holds(what, out)):
                yield f"{what}: {why}: {out[:400]!r}"
        elif bool(re.search(what, text, re.M)) != (key[1] == "~"):
            yield f"{key} {what}: {text[:400]!r}"
    if err and not any(key[0] == "2" for key, _ in case.tests):
        yield f"stderr: {err[:400]!r}"
    if BAD.search(err):
        yield err[-3000:]


def main():
    files = [pathlib.Path(a) for a in sys.argv[1:]] or sorted(HERE.glob("*.cases"))
    tap = Tap()
    with tempfile.TemporaryDirectory() as tmp:
        bin_dir = pathlib.Path(tmp, "bin")
        bin_dir.mkdir()
        (bin_dir / "leishu").symlink_to(LEISHU)
        os.environ["PATH"] = f"{bin_dir}:{os.environ['PATH']}"
        os.environ["LEISHU_CONTENT"] = str(HERE.parent.parent / "content")
        for path in files:
            room = pathlib.Path(tmp, path.stem)
            room.mkdir()
            for case in read(path):
                if case.shared and not pathlib.Path(SHARED, "seed").is_dir():
                    tap.result(f"{path.stem}: {case.name}", skip="no shared material")
                else:
                    tap.result(f"{path.stem}: {case.name}",
                               [f"{case.where}: {f}" for f in faults(case, room)])
    tap.done()


main()
