#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write src/calendar/words.inc from src/calendar/words.def.

usage: tools/gen-datewords.py [--check]    (from the top of the tree)

Sorts the words by their bytes, longer ones of one beginning first, and
gives each first letter its run of rows.
"""
import pathlib
import re
import sys

SRC = pathlib.Path("src/calendar/words.def")
OUT = pathlib.Path("src/calendar/words.inc")
ROW = re.compile(r'WORD\("([^"]+)", (\w+), (\d+)\)')


def bucket(word):
    """1-26: a-z; 27-58: Cyrillic; both by the bytes of the first letter."""
    b = word.encode()
    if b[0] < 0x80:
        return b[0] - ord("a") + 1
    cp = ord(word[0])
    assert 0x430 <= cp <= 0x44f, word
    return cp - 0x430 + 27


def table():
    rows = ROW.findall(SRC.read_text(encoding="utf-8"))
    assert len({r[0] for r in rows}) == len(rows), "a word stands twice"
    rows.sort(key=lambda r: (bucket(r[0]), -len(r[0].encode()), r[0]))
    yield "/* SPDX-License-Identifier: ISC */"
    yield "/* Made by tools/gen-datewords.py from words.def.  Do not edit. */"
    yield "static const struct word_row word_rows[] = {"
    for w, kind, v in rows:
        yield f'\t{{ "{w}", {len(w.encode())}, W_{kind}, {v} }},'
    yield "};"
    yield "static const uint16_t word_first[] = {"
    starts = []
    for b in range(0, 60):
        starts.append(sum(1 for r in rows if bucket(r[0]) < b))
    for i in range(0, len(starts), 12):
        yield "\t" + ", ".join(map(str, starts[i:i + 12])) + ","
    yield "};"


text = "\n".join(table()) + "\n"
if "--check" in sys.argv[1:]:
    sys.exit(0 if OUT.exists() and OUT.read_text(encoding="utf-8") == text
             else f"{OUT}: stale, run tools/gen-datewords.py")
OUT.write_text(text, encoding="utf-8")
