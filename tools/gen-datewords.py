#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write the tables of Western date words from src/calendar/words.def.

usage: tools/gen-datewords.py [--check]    (from the top of the tree)

words.inc: words and phrases by first letter, longer ones first, with the
second letters there are; prose_filter.inc: small filters of words a date in
prose may begin with; prose_words.inc: words of durations, by length.
"""
import pathlib
import re
import sys

DIR = pathlib.Path("src/calendar")
SRC = (DIR / "words.def").read_text(encoding="utf-8")
HEAD = ["/* SPDX-License-Identifier: ISC */",
        "/* Made by tools/gen-datewords.py from words.def.  Do not edit. */"]
# What prose_han_trigger() takes.
HAN = "年載载月日世甲乙丙丁戊己庚辛壬癸"


def bucket(word):
    """1-26: a-z; 27-58: Cyrillic."""
    if word[0] < "\x80":
        return ord(word[0]) - ord("a") + 1
    assert 0x430 <= ord(word[0]) <= 0x44f, word
    return ord(word[0]) - 0x430 + 27


def second(word):
    """The bit of a word's second letter, as second_bit() in western_lex.c."""
    if len(word) == 1:
        return 31
    c = ord(word[1])
    if 0x61 <= c <= 0x7a:
        return c - 0x61
    if 0x430 <= c <= 0x44f:
        return c - 0x430
    return 30


def numbers(values, form, per):
    for i in range(0, len(values), per):
        yield "\t" + ", ".join(form % v for v in values[i:i + per]) + ","


def words():
    rows = re.findall(r'WORD\("([^"]+)", (\w+), (\d+)\)', SRC)
    assert len({r[0] for r in rows}) == len(rows), "a word stands twice"
    rows.sort(key=lambda r: (bucket(r[0]), -len(r[0].encode()), r[0]))
    yield "static const struct word_row word_rows[] = {"
    for w, kind, v in rows:
        yield f'\t{{ "{w}", {len(w.encode())}, W_{kind}, {v} }},'
    yield "};"
    yield "static const uint16_t word_first[] = {"
    yield from numbers([sum(1 for r in rows if bucket(r[0]) < b)
                        for b in range(60)], "%d", 12)
    yield "};"
    masks = [0] * 60
    for r in rows:
        masks[bucket(r[0])] |= 1 << second(r[0])
        if len(r[0]) == 1:      # a word of one letter may have anything behind it
            masks[bucket(r[0])] |= 1 << 30
    yield "static const uint32_t word_second[] = {"
    yield from numbers(masks, "0x%08xu", 6)
    yield "};"


def word_hash(word):
    h = 2166136261
    for c in word.encode():
        h = (h ^ c) * 16777619 & 0xffffffff
    return (h ^ h >> 15) & 4095


def filters():
    """A byte a hash: 1 a word of START, 2 of CORE, 4 that REL may begin with."""
    filt = [0] * 4096
    for w in re.findall(r'START\("([^"]+)"\)', SRC):
        filt[word_hash(w)] |= 1
    for w in re.findall(r'CORE\("([^"]+)"\)', SRC):
        filt[word_hash(w)] |= 2
    for w in re.findall(r'REL\("([^"]+)", \w+, \w+, 1\)', SRC):
        filt[word_hash(w)] |= 4
    firsts = [0] * 26
    for w in re.findall(r'(?:START|CORE|REL)\("([a-z]+)"', SRC):
        firsts[ord(w[0]) - 97] |= 1 << (ord(w[1]) - 97) if len(w) > 1 else 1 << 26
    yield "static const uint32_t word_pairs[26] = {"
    yield from numbers(firsts, "0x%08xu", 6)
    yield "};"
    yield "static const bool letter[256] = {"
    yield from numbers([int(chr(c).isascii() and chr(c).isalpha())
                        for c in range(256)], "%d", 32)
    yield "};"
    yield "static const uint8_t word_filter[4096] = {"
    yield from numbers(filt, "%d", 32)
    yield "};"
    han = [0] * 64
    for c in HAN:
        b = c.encode()
        han[b[1] & 63] |= 1 << (b[2] & 63)
    yield "static const uint64_t han_filter[64] = {"
    yield from numbers(han, "0x%016xu", 3)
    yield "};"


def relative():
    rows = re.findall(r'REL\("([^"]+)", (\w+), (\w+), [01]\)', SRC)
    rows.sort(key=lambda r: (len(r[0].encode()), r[0]))
    longest = max(len(r[0].encode()) for r in rows)
    yield f"#define REL_LONGEST\t{longest}"
    yield "static const struct rel_row rel_rows[] = {"
    for w, kind, v in rows:
        yield f'\t{{ "{w}", {len(w.encode())}, R_{kind}, {v} }},'
    yield "};"
    yield "static const uint16_t rel_first[REL_LONGEST + 2] = {"
    yield from numbers([sum(1 for r in rows if len(r[0].encode()) < n)
                        for n in range(longest + 2)], "%d", 12)
    yield "};"


stale = []
for name, rows in (("words.inc", words), ("prose_filter.inc", filters),
                   ("prose_words.inc", relative)):
    text = "\n".join(HEAD + list(rows())) + "\n"
    out = DIR / name
    if "--check" not in sys.argv[1:]:
        out.write_text(text, encoding="utf-8")
    elif not out.exists() or out.read_text(encoding="utf-8") != text:
        stale.append(name)
sys.exit(f"{', '.join(stale)}: stale, run tools/gen-datewords.py" if stale else 0)
