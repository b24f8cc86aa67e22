#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Memory and disk run out at every moment of a build, and of a look-up.

Whatever happens, the program ends by itself with a status it knows, the old
book stays whole or the new one is, and no temporary file is left.
"""
import itertools
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
LEISHU = os.environ["LEISHU"]
PRELOAD = pathlib.Path(os.environ["LEISHU_BUILD"], "test/libpreload.so")
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap

STEPS = 600	# moments tried of each run; the first and last ones always
LITTLE = ("--memory", "8")	# megabytes: a run has the less to clear

ENTRIES = {
    "lushun.md": "---\ntitle: Lüshun\nkind: place\nnames:\n - 旅順\n - {form: Port "
                 "Arthur, lang: en}\n---\nLüshun 旅順 was **leased** in 1898; "
                 "see [[Dalian]].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "dalian.txt": "Dalian\n\nDalian 大連 is a port. It was Dairen until 1945.\n",
    "more.jsonl": '{"id":"a","title":"李白","names":["Li Bai"],"body":"a poet, 701-762"}\n',
}


def run(*args, limit=None, **env):
    def before():
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return subprocess.run(
        [LEISHU, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, **env}, preexec_fn=before, timeout=120,
        text=True, errors="replace")


def moments(n):
    """Up to STEPS of 1..n, evenly, with both ends close."""
    if n <= STEPS:
        return range(1, n + 1)
    edge = range(1, STEPS // 4)
    return sorted({*edge, *(n - k for k in edge),
                   *(1 + k * (n - 1) // (STEPS // 2) for k in range(STEPS // 2 + 1))})


class House:
    """A collection, the book of another one under the name to be built."""

    def __init__(self, tmp):
        self.tmp = pathlib.Path(tmp)
        self.src = self.tmp / "src"
        self.src.mkdir()
        for name, text in ENTRIES.items():
            (self.src / name).write_text(text, encoding="utf-8")
        self.book = self.tmp / "out" / "x.book"
        self.book.parent.mkdir()
        (self.tmp / "old").mkdir()
        (self.tmp / "old/old.txt").write_text("Old\n\nAn old entry.\n")
        made = run("build", str(self.tmp / "old"), "-o", str(self.tmp / "old.book"))
        assert made.returncode == 0, made.stderr
        made = run("build", str(self.src), "-o", str(self.tmp / "new.book"))
        assert made.returncode == 0, made.stderr
        self.old = (self.tmp / "old.book").read_bytes()
        self.new = (self.tmp / "new.book").read_bytes()

    def build(self, *options, **more):
        self.book.write_bytes(self.old)
        p = run("build", *LITTLE, str(self.src), "-o", str(self.book), *options, **more)
        faults = []
        now = self.book.read_bytes()
        if p.returncode not in (0, 3):
            faults.append(f"status {p.returncode}: {p.stderr[-300:]}")
        if now not in (self.old, self.new):
            faults.append(f"the book is neither the old one nor the new one, status {p.returncode}")
        if p.returncode == 3 and not p.stderr.startswith("leishu"):
            faults.append("failed without a word")
        left = [f.name for f in self.book.parent.iterdir() if f != self.book]
        if left:
            faults.append(f"left behind: {' '.join(left)}")
            for f in left:
                (self.book.parent / f).unlink()
        return faults


def count(house, *args):
    log = house.tmp / "count"
    run(*args, LD_PRELOAD=str(PRELOAD), LEISHU_FAIL_LOG=str(log))
    return int(log.read_text())


def builds(tap, house):
    # With one thread the same allocation fails each time.
    for how, options in (("AT", ["--threads", "1"]), ("FROM", [])):
        n = count(house, "build", *LITTLE, str(house.src), "-o",
                  str(house.tmp / "count.book"), *options)
        faults = []
        for k in moments(n):
            faults += [f"allocation {k}: {f}" for f in house.build(
                *options, LD_PRELOAD=str(PRELOAD), **{f"LEISHU_FAIL_{how}": str(k)})]
        tap.result(f"build without memory, {how.lower()} each of {n} allocations",
                   faults[:20])
    size = len(house.new)
    faults = []
    for limit in sorted({0, 1, 100, 4096, size // 4, size // 2, size - 1}):
        found = house.build(limit=limit)
        faults += [f"{limit} bytes: {f}" for f in found]
        if house.book.read_bytes() == house.new and limit < size:
            faults.append(f"{limit} bytes were enough for {size}")
    tap.result("build on a full disk", faults)


def look_ups(tap, house):
    book = str(house.tmp / "new.book")
    for args in (["show", book, "dalian"],
                 ["show", book, "lushun", "--as", "json"], ["fsck", book],
                 ["dump", book]):
        good = run(*args)
        n = count(house, *args)
        faults = []
        for k in moments(n):
            p = run(*args, LD_PRELOAD=str(PRELOAD), LEISHU_FAIL_AT=str(k))
            if p.returncode == 0 and p.stdout != good.stdout:
                faults.append(f"allocation {k}: says less in silence")
            elif p.returncode not in (0, 3):
                faults.append(f"allocation {k}: status {p.returncode}: {p.stderr[-200:]}")
        tap.result(f"{args[0]} without memory, at each of {n} allocations", faults[:20])


def killed(tap, house):
    """A kill leaves the old book, or the new one when it comes too late."""
    big = house.tmp / "big.jsonl"
    with big.open("w", encoding="utf-8") as f:
        for k in range(60000):
            f.write(f'{{"id":"e{k}","title":"Entry {k}","body":"{"words " * 40}"}}\n')
    run("build", str(big), "-o", str(house.book))
    whole = house.book.read_bytes()
    faults, hits = [], 0
    for how, wait in itertools.product((signal.SIGTERM, signal.SIGKILL), (0.05, 0.3, 1.0)):
        house.book.write_bytes(house.old)
        p = subprocess.Popen([LEISHU, "build", str(big), "-o", str(house.book)],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            p.wait(wait)
            continue
        except subprocess.TimeoutExpired:
            p.send_signal(how)
            p.wait(60)
        there = house.book.read_bytes()
        hits += there == house.old
        if there not in (house.old, whole):
            faults.append(f"{how.name} after {wait} s: neither the old book nor the new")
        left = [f.name for f in house.book.parent.iterdir() if f != house.book]
        if left:
            faults.append(f"{how.name} after {wait} s: left behind: {' '.join(left)}")
    if hits == 0:
        faults.append("no signal came in time")
    tap.result("a build that is told to stop, or killed", faults)


def main():
    if not PRELOAD.exists():
        print("1..0 # SKIP no preloading under sanitizers")
        return
    tap = Tap()
    with tempfile.TemporaryDirectory() as tmp:
        house = House(tmp)
        builds(tap, house)
        look_ups(tap, house)
        killed(tap, house)
    tap.done()


main()
