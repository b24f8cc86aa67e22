#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""leishu check on sources beside the findings expected of them.

A case is a file or folder here and NAME.out, what check prints and then its
status.  To add a case, add the source, run this with LEISHU_GOLDEN_WRITE=1
and read what it wrote.  Every code of `leishu check --codes` must stand in
some case, or among those made here because no tree can hold them.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "tools"))
from tap import Tap

LEISHU = os.environ["LEISHU"]
WRITE = "LEISHU_GOLDEN_WRITE" in os.environ


def check(*args, cwd=HERE):
    p = subprocess.run([LEISHU, "check", *map(str, args)], cwd=cwd,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return p.returncode, p.stdout.decode()


def cases(tap):
    for path in sorted(HERE.iterdir()):
        if path.suffix in (".out", ".py") or path.name.startswith(("__", ".")):
            continue
        out = path.with_name(path.name + ".out")
        status, text = check(path.name)
        got = f"{text}status {status}\n"
        if WRITE:
            out.write_text(got, encoding="utf-8")
        want = out.read_text(encoding="utf-8") if out.exists() else ""
        tap.result(path.name, [f"got: {line}" for line in got.splitlines()]
                   if got != want else [])


def made(tap):
    """Cases that a file tree under version control cannot hold."""
    seen = set()
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        (top / "loop").symlink_to(".")
        (top / "lost.md").symlink_to("nowhere")
        with open(top / "long.jsonl", "wb") as f:
            f.write(b'{"title": "a", "body": "x"}\n{"title": "')
            f.write(b"x" * (65 << 20) + b'"}\n{"title": "b", "body": "y"}\n')
        (top / "nul.md").write_bytes(b"# T\n\na\0b\n")
        (top / "bell.md").write_bytes(b"# T\n\na\x07b\n")
        (top / "wide.txt").write_bytes("Title\n\nText \u4e0a.\n".encode("utf-16"))
        (top / "gbk.txt").write_bytes(b"Title\n\n" + b"\xc2\xc3\xcb\xb3" * 20)
        (top / "deep.md").write_text("# D\n\n" + ">" * 10000 + " x\n")
        (top / "yaml.md").write_text("---\ntitle: " + "[" * 10000 + "\n---\nx\n")
        bomb = "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n"
                       for i in range(1, 9))
        (top / "bomb.md").write_text(f"---\ntitle: B\na0: &a0 [x, x]\n{bomb}---\nx\n")
        status, text = check("--json", cwd=top)
        found = json.loads(text)["findings"]
        seen |= {f["code"] for f in found}
        for file, code in [("./loop", "directory-loop"), ("./lost.md", "unreadable-file"),
                           ("./long.jsonl", "too-large"), ("./nul.md", "nul"),
                           ("./bell.md", "control"), ("./wide.txt", "bad-utf8"),
                           ("./gbk.txt", "bad-utf8"),
                           ("./deep.md", "too-deep"), ("./yaml.md", "too-deep"),
                           ("./bomb.md", "too-large")]:
            ok = any(f["file"] == file and f["code"] == code for f in found)
            tap.result(f"{file}: {code}", [] if ok else [text[:2000]])
        n = [sum(f["file"] == file for f in found) for file in ("./wide.txt", "./gbk.txt")]
        tap.result("another encoding is told in few words", [] if n[0] <= 3 and n[1] <= 22 else [str(n)])
        tap.result("one bad line does not stop the others", [] if status == 1 and
                   json.loads(text)["entries"] == 9 else [text[-200:]])
    return seen


def shapes(tap):
    """JSON and SARIF hold what readers of them need."""
    _, text = check("codes.md", "--format", "json")
    j = json.loads(text)
    faults = [str(f) for f in j["findings"] if not (
        f["line"] >= 1 and f["column"] >= 1 and f["end_line"] >= f["line"]
        and f["message"] and f["hint"] and f["level"] in ("note", "warning", "error"))]
    levels = [f["level"] for f in j["findings"]]
    for key in ("errors", "warnings", "notes"):
        if j[key] != levels.count(key[:-1]):
            faults.append(f"{key}: {j[key]}")
    tap.result("json", faults)

    _, text = check("codes.md", "--format", "sarif")
    run = json.loads(text)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    faults = []
    for r in run["results"]:
        region = r["locations"][0]["physicalLocation"]["region"]
        if (rules[r["ruleIndex"]]["id"] != r["ruleId"] or region["startLine"] < 1
                or region["startColumn"] < 1 or not r["message"]["text"]
                or r["level"] not in ("note", "warning", "error")):
            faults.append(str(r))
    if len(run["results"]) != len(j["findings"]) or run["columnKind"] != "unicodeCodePoints":
        faults.append("results or columnKind")
    tap.result("sarif", faults)


def levels(tap):
    for level, want in (("note", 1), ("warning", 1), ("error", 0)):
        status, _ = check("link.md", "--level", level)
        tap.result(f"level {level}", [] if status == want else [f"status {status}"])
    tap.result("a level that is none", [] if check("--level", "x")[0] == 2 else ["status"])
    tap.result("a path that is not there", [] if check("nowhere.md")[0] == 3 else ["status"])


def inside(tap):
    """A file inside a collection knows its names, and only it is told of."""
    status, text = check("col/entries/one.md")
    faults = [] if status == 0 and "col/entries/one.md:7:" in text and \
        "two" not in text else [text]
    tap.result("a file inside a collection", faults)


def fresh(tap):
    with tempfile.TemporaryDirectory() as name:
        p = subprocess.run([LEISHU, "new", name], stderr=subprocess.PIPE)
        again = subprocess.run([LEISHU, "new", name], stderr=subprocess.PIPE)
        status, text = check("--level", "note", name)
        tap.result("new: nothing is wrong with it", [text] if p.returncode or status else [])
        tap.result("new: never over something", [] if again.returncode == 3 else ["status"])


def main():
    tap = Tap()
    cases(tap)
    seen = made(tap)
    shapes(tap)
    levels(tap)
    inside(tap)
    fresh(tap)
    for out in HERE.glob("*.out"):
        seen |= set(re.findall(r"\[([a-z0-9-]+)\]$", out.read_text(encoding="utf-8"), re.M))
    _, text = check("--codes")
    codes = {line.split()[1] for line in text.splitlines()}
    tap.result("every code has a case", sorted(codes - seen))
    tap.done()


main()
