#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write src/entry/entity.inc: the named characters of HTML 5.

usage: tools/gen-entity.py [--check]    (from the top of the tree)

The names are a fact of the standard; Python's library carries them.  Only
names that end in ';' are references in CommonMark.
"""
import html.entities
import pathlib
import sys

OUT = pathlib.Path("src/entry/entity.inc")


def table():
    yield "/* SPDX-License-Identifier: ISC */"
    yield "/* Made by tools/gen-entity.py.  Do not edit. */"
    rows = sorted((k[:-1].encode(), v) for k, v in html.entities.html5.items()
                  if k.endswith(";"))
    for name, text in rows:
        cps = [ord(c) for c in text] + [0]
        yield f'{{ "{name.decode()}", {{ 0x{cps[0]:x}, 0x{cps[1]:x} }} }},'


text = "\n".join(table()) + "\n"
if "--check" in sys.argv[1:]:
    sys.exit(0 if OUT.exists() and OUT.read_text(encoding="utf-8") == text
             else f"{OUT}: stale, run tools/gen-entity.py")
OUT.write_text(text, encoding="utf-8")
