#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Each entry of test/golden/render in every form, against the file kept.

usage: test/golden/render.py [--update]

A case is a source in entries/one/ and, in expected/, ID.html, ID.json, ID.md
and ID.text; --update writes those anew, to be read before they are committed.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent.parent / "tools"))
from tap import Tap

LEISHU = os.environ.get("LEISHU", "build/leishu")
FORMS = ["html", "json", "md", "text"]


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as tmp:
        book = f"{tmp}/golden.book"
        subprocess.run([LEISHU, "build", "-q", str(here / "render"), "-o", book],
                       check=True, stderr=subprocess.DEVNULL)
        for source in sorted((here / "render/entries/one").iterdir()):
            for form in FORMS:
                got = subprocess.run([LEISHU, "show", book, source.stem, "--as", form],
                                     check=True, stdout=subprocess.PIPE).stdout.decode()
                if form == "json":
                    got = got.replace(',"', ',\n"').replace("},{", "},\n{")
                kept = here / "render/expected" / f"{source.stem}.{form}"
                if "--update" in sys.argv:
                    kept.parent.mkdir(exist_ok=True)
                    kept.write_text(got, encoding="utf-8")
                want = kept.read_text(encoding="utf-8") if kept.exists() else ""
                tap.result(f"{source.name} as {form}", [] if got == want else [
                    f"line {i}: {a!r} is not {b!r}" for i, (a, b) in enumerate(
                        zip(got.splitlines() + [None], want.splitlines() + [None]), 1)
                    if a != b][:4] or ["differs"])
    tap.done()


main()
