#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Sources made to break the program, damaged books, builds that die.

Every source must become a book that is whole, within seconds, and show in
every form; a damaged book is refused or answers, and never crashes anything.
"""
import json
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tools"))
from tap import Tap

LEISHU = os.environ["LEISHU"]
BAD = re.compile(r"Sanitizer|runtime error:")
N = 10000
HEAD = "---\ntitle: T\n---\n"
SECONDS = 60	# for one source, sanitizers and a busy machine included

SOURCES = {
    "quotes.md": HEAD + ">" * N + " deep\n",
    "quotes-blank.md": HEAD + "> " * N + " deep\n",
    "lists.md": HEAD + "- " * N + "x\n",
    "lists-lines.md": HEAD + "".join("  " * i + "- a\n" for i in range(1000)),
    "brackets.md": HEAD + "[" * N + "x" + "]" * N + "\n",
    "links.md": HEAD + "[a](" * N + "x" + ")" * N + "\n",
    "images.md": HEAD + "![" * N + "\n",
    "wiki.md": HEAD + "[[" * N + "x" + "]]" * N + "\n",
    "dangling.md": HEAD + " ".join(f"[[x{i}]]" for i in range(N)) + "\n",
    "cited.md": HEAD + " ".join(f"[@x{i}]" for i in range(N)) + "\n",
    "emphasis.md": HEAD + "*" * N + "x" + "*" * N + "\n",
    "emphasis-open.md": HEAD + "*a _b " * N + "\n",
    "spans.md": HEAD + "[" * N + "x" + "]{lang=ja}" * N + "\n",
    "cites.md": HEAD + "[@" * N + "\n",
    "notes.md": HEAD + "[^0]\n\n" + "".join(f"[^{i}]: [^{i + 1}]\n" for i in range(N)),
    "ticks.md": HEAD + "".join("`" * i + " " for i in range(1, 400)) + "\n",
    "html.md": HEAD + "<b>" * N + "<!--" * N + "\n",
    "table.md": HEAD + "|" * N + "\n" + "|-" * N + "|\n" + "|x" * N + "|\n",
    "flow-list.md": "---\ntitle: T\nplace: " + "[" * N + "]" * N + "\n---\nx\n",
    "flow-map.md": "---\ntitle: T\nplace: " + "{a: " * N + "1" + "}" * N + "\n---\nx\n",
    "bomb.md": "---\ntitle: T\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n"
        for p, c in zip("abcdefghijk", "bcdefghijkl")) + "names: *l\n---\nx\n",
    "self.md": "---\ntitle: &t [*t]\n---\nx\n",
    "open-head.md": "---\ntitle: T\n",
    "deep.jsonl": '{"title":"T","x":' + "[" * N + "]" * N + "}\n" + '{"a":' * N + "1" + "}" * N +
                  '\n{"id":"after","title":"after","body":"x"}\n',
    "names.jsonl": '{"title":"' + "大" * 100000 + '"}\n{"title":"x","names":['
                   + ",".join(f'"n{i}"' for i in range(20000)) + "]}\n",
    "ids.jsonl": '{"id":"' + "i" * 300 + '","title":"long"}\n{"id":"\\u0000","title":"nul"}\n'
                 '{"id":"..","title":"dots"}\n{"id":"a\\ud800","title":"half"}\n',
    "brackets.txt": "T\n\n" + "(" * N + "\n\nFurther reading\n" + "A. B. (1990): " * N + "\n",
}


def run(*args, status=(0,), **more):
    """Output and faults of one run."""
    p = subprocess.run([LEISHU, *map(str, args)], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, timeout=SECONDS * 10, **more)
    err = p.stderr.decode("utf-8", "replace")
    faults = []
    if p.returncode not in status:
        faults.append(f"{' '.join(map(str, args))}: status {p.returncode}: {err[-300:]}")
    elif p.returncode == 3 and not err.startswith("leishu"):
        faults.append(f"{' '.join(map(str, args))}: fails without a word")
    if BAD.search(err):
        faults.append(err[-3000:])
    return p, faults


def ids(book):
    p, faults = run("dump", book, "--as", "jsonl")
    return [json.loads(x)["id"] for x in p.stdout.splitlines()], faults


def sources(tap, tmp):
    for name, text in SOURCES.items():
        path, book = tmp / name, tmp / "x.book"
        path.write_text(text, encoding="utf-8")
        began = time.monotonic()
        _, faults = run("build", path, "-o", book, "-q")
        took = time.monotonic() - began
        if took > SECONDS:
            faults.append(f"took {took:.0f} s")
        faults += run("fsck", book)[1]
        found, more = ids(book)
        faults += more
        if not found:
            faults.append("no entry")
        for i in found[:4]:
            for form in ("text", "html", "md", "json", "source"):
                p, more = run("show", book, "--as", form, "--", i)
                faults += more
                if form == "json" and not more:
                    json.loads(p.stdout)
                if form == "source" and not more and not name.endswith("l") and \
                        p.stdout != path.read_bytes():
                    faults.append("another source comes back")
        tap.result(f"hostile source {name}", faults)


def long_line(tap, tmp):
    """100 MB on one line: refused or taken, in bounds, and the rest is built."""
    faults = []
    for name, before, after in (("l.md", HEAD, ""), ("l.txt", "T\n\n", ""),
                                ("l.jsonl", '{"id":"long","title":"T","body":"',
                                 '"}\n{"id":"after","title":"A"}')):
        path, book = tmp / "long" / name, tmp / "x.book"
        path.parent.mkdir(exist_ok=True)
        with path.open("w") as f:
            f.write(before)
            for _ in range(100):
                f.write("word " * 200000)
            f.write(after + "\n")
        _, more = run("build", path, "-o", book, "-q")
        faults += more + run("fsck", book)[1]
        if name == "l.jsonl" and "after" not in ids(book)[0]:
            faults.append("the line after it is lost")
        path.unlink()
    tap.result("a line of 100 MB", faults)


READERS = (["find", "{}", "dalian"], ["search", "{}", "port"], ["show", "{}", "dalian"],
           ["show", "{}", "dalian", "--as", "json"], ["dump", "{}"],
           ["dump", "{}", "--as", "jsonl"], ["timeline", "{}", "1898"], ["fsck", "{}"])


def damaged(tap, tmp):
    """What is cut is refused by all; what is flipped, by fsck."""
    path, book = tmp / "d.jsonl", tmp / "d.book"
    path.write_text('{"id":"dalian","title":"Dalian","names":["大連"],"body":"A port since 1898."}\n')
    run("build", path, "-o", book, "-q")
    whole = book.read_bytes()
    dice = random.Random(1)
    cut, flip, hurt = [], [], tmp / "hurt.book"
    for n in sorted({0, 1, 7, 8, 39, 40, len(whole) // 2, len(whole) - 1}):
        hurt.write_bytes(whole[:n])
        for args in READERS:
            cut += run(*[a.format(hurt) for a in args], status=(3,))[1]
    tap.result("a truncated book is refused by every command", cut[:10])
    for _ in range(60):
        at = dice.randrange(len(whole))
        hurt.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1:])
        for args in READERS:
            status = (3,) if args[0] == "fsck" else (0, 1, 3)
            flip += [f"byte {at}: {f}" for f in run(*[a.format(hurt) for a in args], status=status)[1]]
    tap.result("a bit flipped: fsck says so, nothing crashes", flip[:10])
    hurt.write_bytes(whole + b"x")
    tap.result("a book with something behind it", run("fsck", hurt, status=(3,))[1])


def big(tmp):
    path = tmp / "big.jsonl"
    with path.open("w") as f:
        for k in range(40000):
            f.write(f'{{"id":"e{k}","title":"Entry {k}","body":"{"words " * 40}"}}\n')
    return path


def killed(tap, tmp):
    """kill -9: the old book stays; the next build leaves nothing else behind."""
    source, out, faults, hits = big(tmp), tmp / "out", [], 0
    out.mkdir()
    book, small = out / "x.book", tmp / "d.jsonl"
    run("build", small, "-o", book, "-q")
    old = book.read_bytes()
    for wait in (0.02, 0.1, 0.3, 0.6, 1.0):
        p = subprocess.Popen([LEISHU, "build", source, "-o", book, "-q"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            p.wait(wait)
            book.write_bytes(old)
        except subprocess.TimeoutExpired:
            p.send_signal(signal.SIGKILL)
            p.wait()
            hits += 1
        if book.read_bytes() != old:
            faults.append(f"killed after {wait} s: the old book is not intact")
    # What a build leaves that could make no nameless file.
    (out / ".x.book.99999.tmp").write_bytes(b"stale")
    faults += run("build", small, "-o", book, "-q")[1]
    left = sorted(f.name for f in out.iterdir())
    if left != ["x.book"]:
        faults.append(f"left behind: {left}")
    if not hits:
        faults.append("no build was killed in time")
    tap.result("kill -9 while building", faults)


def together(tap, tmp):
    """Two builds to one name: both end well, one of the two books is there."""
    source, small, book = tmp / "big.jsonl", tmp / "d.jsonl", tmp / "out/x.book"
    wanted = []
    for s in (source, small):
        run("build", s, "-o", tmp / "want.book", "-q")
        wanted.append((tmp / "want.book").read_bytes())
    faults = []
    for _ in range(3):
        both = [subprocess.Popen([LEISHU, "build", s, "-o", book, "-q"], stderr=subprocess.PIPE)
                for s in (source, small, source)]
        for p in both:
            err = p.communicate()[1].decode()
            if p.returncode:
                faults.append(f"status {p.returncode}: {err}")
        if book.read_bytes() not in wanted:
            faults.append("the book is neither of the two")
    left = sorted(f.name for f in book.parent.iterdir())
    if left != ["x.book"]:
        faults.append(f"left behind: {left}")
    tap.result("three builds at once to one book", faults)


def full(tap, tmp):
    """No room: the old book stays, nothing is left behind, a plain word."""
    book, faults = tmp / "out/x.book", []
    old = book.read_bytes()

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    p, more = run("build", tmp / "big.jsonl", "-o", book, "-q", status=(3,), preexec_fn=limit)
    faults += more
    if b"File too large" not in p.stderr:
        faults.append(f"says {p.stderr.decode()!r}")
    if book.read_bytes() != old:
        faults.append("the old book is not intact")
    if sorted(f.name for f in book.parent.iterdir()) != ["x.book"]:
        faults.append("something is left behind")
    tap.result("no room for the book", faults)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        tmp = pathlib.Path(name)
        sources(tap, tmp)
        long_line(tap, tmp)
        damaged(tap, tmp)
        killed(tap, tmp)
        together(tap, tmp)
        full(tap, tmp)
    tap.done()


main()
