#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write the tables of Western date words from src/calendar/words.def.

usage: tools/gen-datewords.py [--check]    (from the top of the tree)

words.inc: words and phrases by first letter, longer ones first, with the
second letters there are; word_roles.inc: what a word may be, by its hash;
prose_filter.inc: what a date in prose may begin with; prose_words.inc: words of
durations, by their hash.
"""
import pathlib
import re
import sys

DIR = pathlib.Path("src/calendar")
SRC = (DIR / "words.def").read_text(encoding="utf-8")
HEAD = ["/* SPDX-License-Identifier: ISC */",
        "/* Made by tools/gen-datewords.py from words.def.  Do not edit. */"]
# What is_trigger() of prose_han.c takes.
HAN = "年載载月日世甲乙丙丁戊己庚辛壬癸初末中間间"


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
        first = re.match(r"[a-z\u0400-\u052f]+", w)[0]
        yield (f'\t{{ "{w}", {len(w.encode())}, {len(first.encode())}, '
               f"W_{kind}, {v} }},")
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


def classes():
    """Of a byte: 1-26 its letter, 27 a full stop, 28 a digit, 0 the rest."""
    for c in map(chr, range(256)):
        yield (ord(c) & 31 if c.isascii() and c.isalpha() else 27 if c == "."
               else 28 if c.isascii() and c.isdigit() else 0)


def beginnings(words):
    """A bit for each three classes that a word of them may begin with."""
    anything, behind = range(32), (0, 27, 28)
    for w in words:
        key = [(ord(c) & 31,) for c in w[:3]]
        if len(w) == 1:         # only as "c. 1130" or "c 1130"
            yield from ((key[0][0], 27, z) for z in anything)
            yield (key[0][0], 0, 28)
            continue
        if len(w) == 2:
            key.append(behind)
        yield from ((key[0][0], key[1][0], z) for z in key[2])


def group(pattern):
    return set(re.findall(pattern, SRC))


LATIN = set(re.findall(r'ERA\("([a-z]+)"', (DIR / "era_latin.def").read_text(
    encoding="utf-8")))
START = group(r'START\("([^"]+)"\)')
CORE = group(r'CORE\("([^"]+)"\)')
REL = group(r'REL\("([^"]+)", \w+, \w+, 1\)')


def roles():
    """A byte a hash: 1 a word of START, 2 of CORE, 4 that REL may begin with,
    8 in a date of words.inc, 16 in prose_words.inc, 32 an era in Latin."""
    inside = {w for phrase in group(r'WORD\("([^"]+)"')
              for w in re.findall(r"[a-z\u0400-\u052f]+", phrase)}
    filt = [0] * 4096
    for bit, words in ((1, START), (2, CORE), (4, REL), (8, inside),
                       (16, group(r'REL\("([^"]+)"')), (32, LATIN)):
        for w in words:
            filt[word_hash(w)] |= bit
    yield "static const uint8_t word_filter[4096] = {"
    yield from numbers(filt, "%d", 32)
    yield "};"


def filters():
    """What three bytes a date may begin with, by class; Han characters."""
    begin = [0] * 1024
    for a, b, c in beginnings(w for w in START | CORE | REL | LATIN if w.isascii()):
        begin[a << 5 | b] |= 1 << c
    roman = [a + b for a in "ivx" for b in "ivx"] + ["v", "x"]
    begin[(ord("i") & 31) << 5] |= 1      # I, but not the word: "I век", "I–II"
    for r in roman + [r + c for r in roman for c in "ivx"]:
        a, b, *c = [ord(c) & 31 for c in r] + [0] * (len(r) < 2)
        for c in c or ((0, 27) if b else range(32)):
            begin[a << 5 | b] |= 1 << c
    yield "static const uint8_t byte_class[256] = {"
    yield from numbers(list(classes()), "%d", 32)
    yield "};"
    yield "static const uint32_t word_begin[1024] = {"
    yield from numbers(begin, "0x%08xu", 6)
    yield "};"
    han = [0] * 64
    for c in HAN:
        b = c.encode()
        han[b[1] & 63] |= 1 << (b[2] & 63)
    yield "static const uint64_t han_filter[64] = {"
    yield from numbers(han, "0x%016xu", 3)
    yield "};"


def relative():
    rows = sorted(re.findall(r'REL\("([^"]+)", (\w+), (\w+), [01]\)', SRC))
    slots = [0] * 512           # open addressing: a row's number and one
    for i, r in enumerate(rows):
        at = word_hash(r[0]) & 511
        while slots[at]:
            at = (at + 1) & 511
        slots[at] = i + 1
    yield "static const struct rel_row rel_rows[] = {"
    for w, kind, v in rows:
        yield f'\t{{ "{w}", {len(w.encode())}, R_{kind}, {v} }},'
    yield "};"
    yield "static const uint16_t rel_slots[512] = {"
    yield from numbers(slots, "%d", 24)
    yield "};"


stale = []
for name, rows in (("words.inc", words), ("prose_filter.inc", filters),
                   ("word_roles.inc", roles),
                   ("prose_words.inc", relative)):
    text = "\n".join(HEAD + list(rows())) + "\n"
    out = DIR / name
    if "--check" not in sys.argv[1:]:
        out.write_text(text, encoding="utf-8")
    elif not out.exists() or out.read_text(encoding="utf-8") != text:
        stale.append(name)
sys.exit(f"{', '.join(stale)}: stale, run tools/gen-datewords.py" if stale else 0)
