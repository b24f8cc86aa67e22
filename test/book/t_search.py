#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""leishu search on a small book: answers, options, exit status."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LEISHU = os.environ["LEISHU"]
sys.path.insert(0, str(pathlib.Path(os.environ["LEISHU_SOURCE"]) / "tools"))
from tap import Tap

ENTRIES = [
    {"id": "lushun", "title": "Lüshun", "names": ["旅順", "Port Arthur"],
     "body": "A naval <harbour> of Russia & Japan. 旅順 lies by the sea."},
    {"id": "dalian", "title": "Dalian", "names": ["大連"],
     "body": "The harbour beside 旅順口. Tadjiks do not live here."},
    {"id": "treaty", "title": "Treaty", "names": [],
     "body": "The Sino-Soviet treaty named Port Arthur, and Port Arthur again."},
]

# Operands, exit status, ids with via, and a part of the first snippet.
CASES = [
    (["harbour"], 0, "dalian/text lushun/text", "The <mark>harbour</mark>"),
    (["旅顺"], 0, "lushun/name dalian/text", "<mark>旅順</mark>"),
    (["naval", "RUSSIA"], 0, "lushun/text", "&lt;harbour&gt; of <mark>Russia</mark> &amp;"),
    (["Port Arthur"], 0, "lushun/name treaty/text", None),
    (['"arthur again"'], 0, "treaty/text", None),
    (["sino-soviet"], 0, "treaty/text", "<mark>Sino-Soviet</mark>"),
    (["Tajiks"], 0, "dalian/typo", "<mark>Tadjiks</mark>"),
    (["harbour", "-n", "1"], 0, "dalian/text", None),
    (["harbour", "--from", "1"], 0, "lushun/text", None),
    (["大同"], 1, "", None),
    (["..."], 2, "", None),
    (["x" * 5000], 2, "", None),
]

USAGE = [[], ["x", "-n", "0"], ["x", "-n", "1001"], ["x", "--from", "-1"],
         ["--batch", "x"], ["x", "--no"]]


def run(*args, **kw):
    return subprocess.run([LEISHU, "search", *args], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **kw)


def case(book, operands, status, hits, snippet):
    p = run("--json", book, *operands)
    answer = json.loads(p.stdout)
    got = " ".join(f"{h['id']}/{h['via']}" for h in answer["hits"])
    if p.returncode != status:
        yield f"status is {p.returncode}, not {status}"
    if got != hits:
        yield f"hits are '{got}', not '{hits}'"
    if (status == 2) != ("error" in answer):
        yield f"error: {answer.get('error')}"
    if snippet and snippet not in answer["hits"][0]["snippet"]:
        yield f"snippet is '{answer['hits'][0]['snippet']}'"
    scores = [h["score"] for h in answer["hits"]]
    if scores != sorted(scores, reverse=True):
        yield f"scores do not fall: {scores}"


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as d:
        book = os.path.join(d, "book")
        lines = "".join(json.dumps(e) + "\n" for e in ENTRIES)
        subprocess.run([LEISHU, "build", "-", "-o", book], input=lines.encode(),
                       check=True, stderr=subprocess.DEVNULL)
        for operands, *want in CASES:
            tap.result(f"search {' '.join(operands)[:40]}", case(book, operands, *want))
        for args in USAGE:
            status = run(book, *args).returncode
            tap.result(f"usage {' '.join(args)}", [] if status == 2 else [f"status is {status}"])

        p = run("--batch", book, input="harbour\r\n大同\n\n".encode() + b"\xff\n")
        rows = [json.loads(s) for s in p.stdout.splitlines()]
        faults = []
        if p.returncode != 0:
            faults.append(f"status is {p.returncode}")
        if [(r["total"], "error" in r) for r in rows] != [(2, False), (0, False), (0, True), (0, True)]:
            faults.append(p.stdout.decode())
        tap.result("a batch answers every line, in order", faults)

        share = json.loads(run("--explain", book, "harbour").stdout)["hits"][0]["explain"]
        tap.result("explain gives terms and scores",
                   [] if [s["term"] for s in share] == ["harbour"] and share[0]["score"] > 0 else [share])
        text = run(book, "harbour").stdout.decode()
        tap.result("text has id, title and why on a line",
                   [] if text.startswith('dalian\tDalian\ttext: the text has "harbour"\n') else [text])
        tap.result("no book", [] if run(book + "x", "a").returncode == 3 else ["not 3"])
    tap.done()


main()
