#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write the tables of single characters and of readings of words.

usage: tools/gen-han.py [--check] [--readings DIR]    (from the top of the tree)

From Unihan (Debian unicode-data), OpenCC (opencc_dict), data/readings,
data/han and data/romanisation: src/script/han_reading.inc, han_shape.inc,
han_map.inc, han_phrase.inc, reading_words.inc.  They are committed; a build
needs none of this.
--readings DIR takes characters.tsv and words.tsv from DIR, to measure a
table made with rows left out.
"""
import collections
import math
import pathlib
import re
import shutil
import sys
import unicodedata

from material import UCD, opencc_characters, unihan

OUT = pathlib.Path("src/script")
READ = pathlib.Path("data/readings")
HAN = pathlib.Path("data/han")
if "--readings" in sys.argv:
    READ = pathlib.Path(sys.argv[sys.argv.index("--readings") + 1])
MARK = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
BMP, SIP = (0x3400, 0xA000), (0x20000, 0x323B0)
MAX_READINGS = 16


def order(p):
    return p.replace("ü", "u~").replace("ê", "e~")


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            yield line.split("\t")


IDS = {p: i + 1 for i, p in enumerate(sorted(
    (r[0] for r in rows(pathlib.Path("data/romanisation/syllables.tsv"))), key=order))}


def syllable(s):
    """Of "lü3" or "lǚ" the number id << 3 | tone; None when there is none."""
    d = unicodedata.normalize("NFD", s.lower())
    tone = next((MARK[c] for c in d if c in MARK), None)
    plain = unicodedata.normalize("NFC", "".join(c for c in d if c not in MARK))
    if tone is None:
        m = re.fullmatch(r"(\D+)([1-5])", plain)
        plain, tone = (m[1], int(m[2])) if m else (plain, 5)
    return IDS[plain] << 3 | tone if plain in IDS else None


def head(source, licence):
    return [f"/* Made by tools/gen-han.py from {source}.  Do not edit. */",
            f"/* SPDX-License-Identifier: {licence} */"]


def array(decl, values, fmt="%d", per=16):
    values = list(values)
    yield f"static const {decl}[{len(values)}] = {{"
    for i in range(0, len(values), per):
        yield "\t" + " ".join(fmt % v + "," for v in values[i:i + per])
    yield "};"


def sparse(name, values, span, kind="uint16_t"):
    """A value for few of many code points: a bitmap, and ranks into an array."""
    words = [0] * ((span[1] - span[0] + 31) // 32)
    for c in values:
        words[(c - span[0]) // 32] |= 1 << (c - span[0]) % 32
    ranks, n = [], 0
    for w in words:
        ranks.append(n)
        n += bin(w).count("1")
    yield from array(f"uint32_t {name}_bits", words, "0x%x", 10)
    yield from array(f"uint16_t {name}_rank", ranks)
    yield from array(f"{kind} {name}_value", (values[c] for c in sorted(values)))


def readings():
    field = collections.defaultdict(dict)
    for cp, name, value in unihan("Readings"):
        if name == "kMandarin":
            field[name][cp] = value.split()
        elif name in ("kHanyuPinyin", "kXHC1983", "kTGHZ2013"):
            field[name][cp] = [y for x in value.split() for y in x.split(":")[1].split(",")]
    counts = {}
    for c, v in rows(READ / "characters.tsv"):
        counts[ord(c)] = [(y, int(n)) for y, n in (x.split("=") for x in v.split(" "))]
    lists = {}
    for cp in sorted(set().union(counts, *field.values())):
        if not (BMP[0] <= cp < BMP[1] or SIP[0] <= cp < SIP[1] or cp == 0x3007):
            continue
        out = {}
        top = counts[cp][0][1] if cp in counts else 1
        for y, n in counts.get(cp, ()):
            out[syllable(y)] = min(11, round(math.log2(top / n)) + (y != counts[cp][0][0]))
        for name, base, step in (("kMandarin", 6 if out else 0, 2), ("kTGHZ2013", 7, 1),
                                 ("kXHC1983", 7, 1), ("kHanyuPinyin", 9, 1)):
            for i, y in enumerate(field[name].get(cp, ())):
                s = syllable(y)
                if s is not None and s not in out:
                    out[s] = min(15, base + step * i) if out else 0
        out.pop(None, None)
        v = sorted(out.items(), key=lambda x: x[1])[:MAX_READINGS]
        if v:
            lists[cp] = tuple(s << 4 | c for s, c in v)
    pool, where = [0], {}
    for v in sorted(set(lists.values()), key=lambda v: (-len(v), v)):
        where[v] = len(pool)
        pool += [*v, 0]
    assert len(pool) < 65536
    yield from head("Unihan 15.0 and CC-CEDICT (data/readings)",
                    "Unicode-DFS-2016 AND CC-BY-SA-4.0")
    yield "/* Lists of syllable << 4 | cost, each ended by 0; a character has one. */"
    yield from array("uint16_t reading_pool", pool)
    yield from array("uint16_t reading_bmp",
                     (where.get(lists.get(c), 0) for c in range(*BMP)))
    yield from sparse("reading_sip", {c: where[v] for c, v in lists.items() if c >= SIP[0]}, SIP)
    yield f"#define READING_ZERO {where[lists[0x3007]]}"


def shapes():
    strokes, radical = {}, {}
    for cp, name, value in unihan("IRGSources"):
        if name == "kTotalStrokes":
            strokes[cp] = int(value.split()[0])
        elif name == "kRSUnicode":
            r, s = value.split()[0].split(".")
            radical[cp] = (int(r.strip("'")), max(0, int(s)))
    own = {}
    for line in (UCD / "CJKRadicals.txt").read_text().splitlines():
        m = re.match(r"(\d+); [0-9A-F]+; ([0-9A-F]+)", line)
        if m:
            own[int(m[1])] = int(m[2], 16)
    yield from head("Unihan 15.0", "Unicode-DFS-2016")
    yield from array("uint16_t radical_char", (own.get(i, 0) for i in range(215)), "0x%x", 12)
    # Blocks are in the order of radical and strokes, so runs are long.
    runs, last = [], None
    for c in list(range(*BMP)) + list(range(*SIP)):
        v = radical.get(c, (0, 0))
        if v != last:
            runs.append((c, v[0] << 6 | min(v[1], 63)))
            last = v
    yield from array("uint32_t shape_from", (r[0] for r in runs), "0x%x", 10)
    yield from array("uint16_t shape_value", (r[1] for r in runs))
    yield from array("uint8_t strokes_bmp", (min(strokes.get(c, 0), 255) for c in range(*BMP)))
    # Elsewhere strokes are those of the radical and the rest; the exceptions:
    body = {r: strokes[c] for r, c in own.items()}
    yield from array("uint8_t radical_strokes", (body.get(i, 0) for i in range(215)))
    odd = {c: strokes[c] for c in radical if c >= SIP[0] and c in strokes
           and strokes[c] != body[radical[c][0]] + radical[c][1]}
    yield from sparse("strokes_sip", odd, SIP, "uint8_t")


def maps():
    to_t, to_s = dict(opencc_characters("STCharacters")), dict(opencc_characters("TSCharacters"))
    for path, m in (("traditional.tsv", to_t), ("simplified.tsv", to_s)):
        for a, b in rows(HAN / path):
            if len(a) == 1:
                m[ord(a)] = [ord(b), *(x for x in m.get(ord(a), ()) if x != ord(b))]
    pool, where = [], {}
    yield from head("OpenCC 1.1 and data/han", "CC-BY-SA-4.0 AND Apache-2.0")
    for name, m in (("simp_map", to_s), ("trad_map", to_t)):
        out = []
        for c, v in sorted(m.items()):
            if v == [c]:
                continue
            if len(v) > 1 and tuple(v) not in where:
                where[tuple(v)] = len(pool)
                pool += v
            out.append((c, v[0] if len(v) == 1 else
                        1 << 31 | where[tuple(v)] << 4 | min(len(v), 15)))
        yield from array(f"struct han_map {name}", ("{ 0x%x, 0x%x }" % x for x in out), "%s", 5)
    yield from array("uint32_t map_pool", pool, "0x%x", 10)


def phrases():
    """Rows of struct han_phrase: up to three characters, which one, what it becomes."""
    yield from head("CC-CEDICT and OpenCC (data/han)", "CC-BY-SA-4.0 AND Apache-2.0")
    for name, path in (("simp_phrase", "simplified.tsv"), ("trad_phrase", "traditional.tsv")):
        out = []
        for a, b in rows(HAN / path):
            if len(a) > 1:
                c = [*map(ord, a), 0][:3]
                out += [(*c, i, ord(x)) for i, x in enumerate(b) if x != "-"]
        yield from array(f"struct han_phrase {name}",
                         ("{ { 0x%x, 0x%x, 0x%x }, %d, 0x%x }" % x for x in sorted(out)), "%s", 3)


def fold_table():
    s = (OUT / "fold_han.inc").read_text(encoding="utf-8")
    uro = re.search(r"fold_uro.*?\{(.*?)\};", s, re.S)[1]
    table = {0x4E00 + i: int(x, 16)
             for i, x in enumerate(re.findall(r"0x([0-9a-f]+)", uro)) if x != "0"}
    for a, b in re.findall(r"\{ 0x(\w+), 0x(\w+) \}", s):
        table[int(a, 16)] = int(b, 16)
    return table


def words():
    fold = fold_table()
    out = {}
    for text, read in [*rows(READ / "words.tsv"), *rows(pathlib.Path("data/readings/names.tsv"))]:
        key = tuple(fold.get(ord(c), ord(c)) for c in text)
        if max(key) < 0x10000:
            out[key] = [0 if y == "-" else syllable(y) or 0 for y in read.split(" ")]
    keys, at, pool = [], [], []
    for key, read in sorted(out.items()):
        keys.append(key[0] << 16 | key[1])
        at.append(len(pool))
        pool += [*key[2:], *read]
    at.append(len(pool))
    assert len(pool) < 65536
    yield from head("CC-CEDICT (data/readings)", "CC-BY-SA-4.0")
    yield "/* First two characters; the rest and the syllables from word_at on. */"
    yield from array("uint32_t word_key", keys, "0x%x", 10)
    yield from array("uint16_t word_at", at)
    yield from array("uint16_t word_pool", pool, "0x%x", 14)
    names = {}
    for text, read in rows(pathlib.Path("data/readings/surnames.tsv")):
        key = tuple(fold.get(ord(c), ord(c)) for c in text) + (0,)
        names[key[:2]] = [*(syllable(y) for y in read.split(" ")), 0][:2]
    yield from array("struct surname surnames", ("{ { 0x%x, 0x%x }, { %d, %d } }" % (*k, *v)
                                                for k, v in sorted(names.items())), "%s", 2)


def main():
    if not (UCD / "UnicodeData.txt").exists() or not shutil.which("opencc_dict"):
        print("wants the packages unicode-data, libopencc-data, opencc")
        sys.exit(77)
    stale = []
    for name, lines in (("han_reading.inc", readings()), ("han_shape.inc", shapes()),
                        ("han_map.inc", maps()), ("han_phrase.inc", phrases()),
                        ("reading_words.inc", words())):
        text = "\n".join(lines) + "\n"
        if "--check" in sys.argv[1:]:
            if (OUT / name).read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            (OUT / name).write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"{', '.join(stale)}: stale, run tools/gen-han.py")


main()
