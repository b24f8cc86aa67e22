#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The five-minute tour of the README, typed as it stands there."""
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
LEISHU = os.environ["LEISHU"]
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap


def steps(text):
    """Each "$ " line of the tour with the lines that continue it."""
    tour = text.split("## Five minutes", 1)[1].split("\n## ", 1)[0]
    found, inside = [], False
    for line in tour.splitlines():
        inside = line.startswith("    $ ") or inside and line.startswith("    ")
        if line.startswith("    $ "):
            found.append(line[6:])
        elif inside:
            found[-1] += "\n" + line[4:].removeprefix("> ")
    return found


def main():
    tap = Tap()
    text = (SOURCE / "README.md").read_text(encoding="utf-8")
    found = steps(text)
    tap.result("the tour has steps", [] if len(found) > 8 else found)
    with tempfile.TemporaryDirectory() as tmp:
        pathlib.Path(tmp, "build").mkdir()
        pathlib.Path(tmp, "build/leishu").symlink_to(LEISHU)
        for step in found:
            name = step.split("\n")[0].replace("#", "")
            if " serve " in step:
                tap.result(name, skip="has a suite of its own")
                continue
            p = subprocess.run(["bash", "-e", "-c", step], cwd=tmp, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            faults = [] if p.returncode == 0 else [f"status {p.returncode}", *p.stdout.splitlines()]
            if step.startswith("for "):
                hits = [s for s in p.stdout.splitlines() if s.startswith("lushun\t")]
                if len(hits) != 6:
                    faults += [f"{len(hits)} of six spellings", *p.stdout.splitlines()]
            tap.result(name, faults)
    tap.done()


main()
