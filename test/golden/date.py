#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""leishu date on the command line: forms, batches, exit statuses."""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(os.environ["LEISHU_SOURCE"]) / "tools"))
from tap import Tap

LEISHU = os.environ["LEISHU"]

# To add a case, add a line: arguments, exit status, what is written on stdout.
SHORT = [
    (["--as", "edtf", "光緒二十四年八月初六"], 0, "1898-09-21"),
    (["--as", "julian", "光緒二十四年八月初六"], 0, "1898-09-09"),
    (["--as", "jdn", "光緒二十四年"], 0, "2414312/2414695"),
    (["--as", "chinese", "--polity", "清", "jdn:2414554"], 0, "清德宗光緒二十四年八月初六"),
    (["--as", "gregorian", "16", "December", "1949"], 0, "1949-12-16"),
    (["--as", "edtf", "the second month of Qianlong 1"], 0, "1736-03-12/1736-04-10"),
    (["--as", "edtf", "Kangxi 28, seventh month, day 24"], 0, "1689-09-07"),
    (["--as", "edtf", "third day of the third month of Yonghe 9"], 0, "0353-04-23"),
    (["--as", "edtf", "Kangxi 70"], 1, ""),
    (["--as", "gregorian", "-0220-11-14"], 0, "-0220-11-14"),
    (["--as", "edtf", "光緒二十四年閏八月"], 1, ""),
    (["--as", "jdn", "jdn:99999999"], 1, ""),
    (["--as", "nonsense", "1949"], 2, ""),
    (["--polity", "火星", "jdn:2414554", "--as", "jdn"], 1, ""),
    ([], 2, ""),
]


def ask(*args, text=""):
    return subprocess.run([LEISHU, "date", *args], input=text, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def json_faults():
    day = json.loads(ask("--json", "光緒二十四年八月初六").stdout)["candidates"][0]
    want = {"jdn": 2414554, "gregorian": "1898-09-21", "julian": "1898-09-09",
            "ganzhi": {"year": "戊戌", "month": "辛酉", "day": "丁亥"}, "edtf": "1898-09-21",
            "weekday": "Wednesday", "term": {"name": "白露", "english": "White Dew", "day": 15},
            "in": {"text": "清德宗光緒二十四年八月初六", "polity": "清", "emperor": "德宗",
                   "era": "光緒", "year": 24, "month": 8, "leap": False, "day": 6}}
    if "明治三十一年九月二十一日" not in [s["text"] for s in day["in"]]:
        yield f"Japan is not told: {day['in']}"
    day["in"] = day["in"][0]
    yield from (f"{k}: {day.get(k)}" for k in want if day.get(k) != want[k])
    year = json.loads(ask("--json", "光緒二十四年").stdout)["candidates"][0]
    if year["from"]["gregorian"] != "1898-01-22" or year["to"]["jdn"] != 2414695 or "jdn" in year:
        yield f"a year: {year}"
    states = json.loads(ask("--json", "jdn:1807632").stdout)["candidates"][0]["in"]
    if {"曹魏", "蜀漢", "孫吳"} - {s["polity"] for s in states}:
        yield f"three states: {states}"
    doubt = json.loads(ask("--json", "元光六年後九月廿五").stdout)["candidates"][0]
    if not doubt.get("disputed"):
        yield "no dispute is told"


def batch_faults():
    lines = ["光緒二十四年八月初六", "", "光緒四十年", "a\tb", "1950-02-14"]
    p = ask("--batch", text="\n".join(lines) + "\n")
    got = [json.loads(x) for x in p.stdout.splitlines()]
    if p.returncode or len(got) != len(lines):
        return [f"status {p.returncode}, {len(got)} answers"]
    faults = [f"line {i}: {g}" for i, g in enumerate(got)
              if g["query"] != lines[i] or ("error" in g) != (i in (1, 2, 3))]
    if "民國三年" not in got[2]["error"]:
        faults.append(got[2]["error"])
    return faults


def main():
    tap = Tap()
    for args, status, out in SHORT:
        p = ask(*args)
        faults = [] if (p.returncode, p.stdout.strip()) == (status, out) else \
            [f"status {p.returncode}, {p.stdout.strip()!r} {p.stderr.strip()!r}"]
        if status and not p.stderr:
            faults.append("it says nothing")
        tap.result("leishu date " + " ".join(args), faults)
    tap.result("JSON", list(json_faults()))
    tap.result("a batch", batch_faults())
    tap.done()


main()
