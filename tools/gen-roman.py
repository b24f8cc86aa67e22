#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write src/script/syllable.inc from data/romanisation.

usage: tools/gen-roman.py [--check]    (from the top of the tree)

Gives each syllable a number (1 up, in the order of pinyin), its spelling in
every scheme, and for each scheme a sorted table from spelling to syllable.
Letters are packed eight to a word, first letter highest: Latin as it is, ü
as v, Cyrillic from 0x80, Zhuyin from 0xc0; an apostrophe is not a letter,
the row says where it stands.
"""
import pathlib
import sys
import unicodedata

DIR = pathlib.Path("data/romanisation")
OUT = pathlib.Path("src/script/syllable.inc")
SCHEMES = ["pinyin", "zhuyin", "wade", "palladius", "yale", "efeo", "gwoyeu"]
RARE = set("m n ng hm hng r ê bia biang biu cei chua dei den dia din ei eng fiao ging kei "
           "len lo me nia nun o pia rua sei tei yo zhei".split())


def rows(name):
    for line in (DIR / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            yield line.split("\t")


def letters(s):
    """The packed letters of a spelling and where its apostrophe stands."""
    out, apostrophe = [], 0
    for c in s:
        cp = ord(c)
        if c == "'":
            apostrophe = len(out)
        elif c == "ü":
            out.append(ord("v"))
        elif "а" <= c <= "я":
            out.append(0x80 + cp - 0x430)
        elif 0x3105 <= cp <= 0x312F:
            out.append(0xC0 + cp - 0x3105)
        else:
            base = unicodedata.normalize("NFD", c)[0]
            assert "a" <= base <= "z", s
            out.append(ord(base))
    assert len(out) <= 8, s
    return sum(b << 8 * (7 - i) for i, b in enumerate(out)), apostrophe


def order(p):
    return p.replace("ü", "u~").replace("ê", "e~")


def main():
    table = sorted(rows("syllables.tsv"), key=lambda r: order(r[0]))
    ids = {r[0]: i + 1 for i, r in enumerate(table)}
    assert len(ids) == len(table) < 512
    pool, where = bytearray(b"\0"), {"": 0}

    def put(s):
        if s not in where:
            where[s] = len(pool)
            pool.extend(s.encode() + b"\0")
        return where[s]

    spell = {s: [0] for s in SCHEMES}
    parse = {s: [] for s in SCHEMES}
    for r in table:
        for scheme, text in zip(SCHEMES, r):
            if scheme == "gwoyeu":
                forms = text.split(" ") * (1 if " " in text else 4)
                spell[scheme] += [put(f) for f in forms]
                for tone, f in enumerate(forms, 1):
                    key, _ = letters(f)
                    parse[scheme].append((key, ids[r[0]], tone if " " in text else 0, 0,
                                          3 if r[0] in RARE else 0))
                continue
            spell[scheme].append(put(text))
            if text == "ê" or r[0] == "ê":
                continue
            key, ap = letters(text)
            parse[scheme].append((key, ids[r[0]], 0, ap, 3 if r[0] in RARE else 0))
    for scheme, text, means in rows("also.tsv"):
        key, ap = letters(text)
        for i, p in enumerate(means.split(" ")):
            if not any(k == key and n == ids[p] and a == ap
                       for k, n, _, a, _ in parse[scheme]):
                # EFEO has two spellings by right: of old k- and ts-.
                parse[scheme].append((key, ids[p], 0, ap, i + (2 if scheme != "efeo" else 0)))
    out = ["/* Made by tools/gen-roman.py from data/romanisation.  Do not edit. */",
           "/* SPDX-License-Identifier: ISC */",
           f"#define SYL_COUNT {len(table)}",
           f"static const char syl_pool[{len(pool)}] ="]
    parts = bytes(pool).decode().split("\0")[:-1]
    line = ""
    for s in parts:
        line += s + "\\0"
        if len(line) > 60:
            out.append(f'\t"{line}"')
            line = ""
    out.append(f'\t"{line}";' if line else ";")
    for scheme in SCHEMES:
        v = spell[scheme]
        out.append(f"static const uint16_t spell_{scheme}[{len(v)}] = {{")
        out += ["\t" + " ".join(f"{x}," for x in v[i:i + 14]) for i in range(0, len(v), 14)]
        out.append("};")
        p = sorted(set(parse[scheme]), key=lambda x: (x[0], x[4], x[1:]))
        seen, rest = set(), []
        for x in p:
            if (x[0], x[1], x[2], x[3]) not in seen:
                seen.add((x[0], x[1], x[2], x[3]))
                rest.append(x)
        out.append(f"static const struct spelling parse_{scheme}[{len(rest)}] = {{")
        out += [f"\t{{ 0x{k:016x}, {n}, {t}, {a}, {c} }}," for k, n, t, a, c in rest]
        out.append("};")
    text = "\n".join(out) + "\n"
    if "--check" in sys.argv[1:]:
        sys.exit(0 if OUT.exists() and OUT.read_text(encoding="utf-8") == text
                 else f"{OUT}: stale, run tools/gen-roman.py")
    OUT.write_text(text, encoding="utf-8")


main()
