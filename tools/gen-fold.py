#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write the folding tables of src/script from Unicode data and OpenCC.

usage: tools/gen-fold.py [--check]    (from the top of the tree)

Reads /usr/share/unicode (Debian unicode-data), /usr/share/opencc through
opencc_dict, and data/han/variants.tsv.  Writes src/script/fold_han.inc (a
character and the one that stands for all its variants), fold_cp.inc (all
other code points below U+10000) and lang_han.inc (which characters are only
simplified or only traditional).  The tables are committed; a build needs
neither this nor its sources.
"""
import collections
import pathlib
import re
import shutil
import sys

from material import UCD, opencc_characters, unihan

OUT = pathlib.Path("src/script")
EXTRA = pathlib.Path("data/han/variants.tsv")
SLOW, DROP = 0xFFFF, 0
NEW_FORMS = [(0x5036, 0x4FF1), (0x8420, 0x840C)]    # 倶俱 萠萌, not in OpenCC 1.1
HAN = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)]


def is_han(c):
    return any(a <= c <= b for a, b in HAN) or c in (0x3005, 0x3007)


def opencc(name):
    """Each character of a table with each it may become."""
    return ((a, b) for a, row in opencc_characters(name) for b in row)


def readings():
    """All Mandarin readings Unihan gives a character, with tones, and the
    characters of the standard list of 2013, where each is a word's own, with
    how often they are written."""
    r, standard = collections.defaultdict(set), collections.Counter()
    for cp, field, value in unihan("Readings"):
        if field == "kMandarin":
            r[cp] |= set(value.split())
        elif field in ("kHanyuPinyin", "kXHC1983", "kTGHZ2013"):
            for x in value.split():
                r[cp] |= set(x.split(":")[1].split(","))
        if field == "kTGHZ2013":
            standard[cp] += 1
        if field == "kHanyuPinlu":
            standard[cp] += sum(int(x) for x in re.findall(r"\((\d+)\)", value))
    return r, standard


def japanese():
    """The new form and the old ones."""
    pairs = {(a, b) for a, b in opencc("JPShinjitaiCharacters")} | \
        {(b, a) for a, b in opencc("JPVariants")} | set(NEW_FORMS)
    return sorted(pairs)


class Groups:
    def __init__(self):
        self.of = {}

    def get(self, c):
        return self.of.setdefault(c, [c])

    def join(self, a, b):
        a, b = self.get(a), self.get(b)
        if a is not b:
            a += b
            for c in b:
                self.of[c] = a


def han_groups(decomp):
    read, standard = readings()
    g = Groups()
    # What simplification joins is joined, whatever the readings: it was
    # joined by those who write.
    st = list(opencc("STCharacters")) + list(opencc("TSCharacters"))
    for a, b in st:
        g.join(a, b)
    soft = [list(opencc(n)) for n in ("TWVariants", "HKVariants", "JPVariants",
                                      "JPShinjitaiCharacters")]
    uni = collections.defaultdict(list)
    for cp, field, value in unihan("Variants"):
        for x in value.split():
            uni[field].append((cp, int(x.split("<")[0][2:], 16)))
    for a, d in sorted(decomp.items()):
        if is_han(a) and len(d) == 1:
            g.join(a, d[0])
    extra = [tuple(ord(c) for c in line.split("\t")[:2])
             for line in EXTRA.read_text(encoding="utf-8").splitlines()
             if line and line[0] != "#"]

    def fits(a, b):
        return not read[a] or not read[b] or read[a] & read[b]

    def own(group):
        return any(standard[c] for c in group)

    # A Japanese new form no Chinese text has: Unihan reads it as some other
    # character of old.
    for a, b in japanese():
        if not standard[a]:
            g.join(a, b)
    loose = [extra, *soft[1:], uni["kZVariant"], uni["kSemanticVariant"]]
    # The rest only where all that come together share a reading: a chain of
    # variants must not end at another word.  Nor may the looser ones join
    # two characters that are both in use today.
    for edges in (*soft, uni["kSimplifiedVariant"], uni["kTraditionalVariant"],
                  *loose[-2:], extra):
        for a, b in sorted(edges):
            ga, gb = g.get(a), g.get(b)
            if ga is gb or not fits(a, b):
                continue
            if not all(fits(x, y) for x in ga for y in gb
                       if standard[x] and standard[y]):
                continue
            if any(edges is e for e in loose) and own(ga) and own(gb):
                continue
            g.join(a, b)
    for group in {id(v): v for v in g.of.values()}.values():
        if len(group) > 1:
            rep = min(group, key=lambda c: (not 0x4E00 <= c <= 0x9FFF,
                                             -standard[c], c))
            for c in sorted(group):
                if c != rep:
                    yield c, rep


def ucd():
    cat, raw = {}, {}
    first = None
    for line in (UCD / "UnicodeData.txt").read_text().splitlines():
        f = line.split(";")
        cp = int(f[0], 16)
        if f[1].endswith(", First>"):
            first = cp
        for c in range(first if f[1].endswith(", Last>") else cp, cp + 1):
            cat[c] = f[2]
        if f[5]:
            raw[cp] = [int(x, 16) for x in f[5].split() if x[0] != "<"]
    fold = {}
    for line in (UCD / "CaseFolding.txt").read_text().splitlines():
        m = re.match(r"([0-9A-F]+); [CF]; ([0-9A-F ]+);", line)
        if m:
            fold[int(m[1], 16)] = [int(x, 16) for x in m[2].split()]
    script = {}
    for line in (UCD / "Scripts.txt").read_text().splitlines():
        m = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*; (\w+)", line)
        if m:
            for c in range(int(m[1], 16), int(m[2] or m[1], 16) + 1):
                script[c] = m[3]

    def full(c):
        if 0xAC00 <= c <= 0xD7A3:
            return [c]
        return [y for x in raw[c] for y in full(x)] if c in raw else [c]

    return cat, fold, script, {c: full(c) for c in raw}


# Letters that Unicode does not take apart, and kin that look alike.
LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th",
           "ħ": "h", "ı": "i", "ŋ": "ng", "ŧ": "t", "ĸ": "k", "ɨ": "i", "ʉ": "u",
           "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ە": "ه"}
KEEP = set("йї")      # letters of their own, not letters with a mark
STRIPPED = {"Inherited", "Common", "Latin", "Greek", "Cyrillic", "Arabic", "Hebrew", "Syriac"}


def cp_table():
    cat, casefold, script, decomp = ucd()
    letters = {ord(k): [ord(x) for x in v] for k, v in LETTERS.items()}

    def keep(c):
        k = cat.get(c, "Cn")
        if c in (0x0640, 0x3099, 0x309A):
            return c != 0x0640
        if 0x180B <= c <= 0x180F:   # Mongolian variation selectors
            return False
        if k[0] == "M":
            return script.get(c) not in STRIPPED
        if k == "Lm":
            return script.get(c) not in ("Common", "Inherited") and \
                not 0x2B0 <= c <= 0x2FF or c in (0x3005, 0x30FC, 0xFF70)
        return k[0] in "LN" or k in ("Co", "Cn") or c == 0xFFFD

    def one(c, depth=0):
        """What c folds to, a list."""
        if chr(c) in KEEP:
            return [c]
        for table in (casefold, letters):
            if c in table and table[c] != [c]:
                return [y for x in table[c] for y in one(x, depth + 1)]
        if c in decomp and not (0x3040 <= c <= 0x30FF):
            return [y for x in decomp[c] for y in one(x, depth + 1)]
        if 0x30A1 <= c <= 0x30F6 or c in (0x30FD, 0x30FE):
            c -= 0x60
        return [c] if keep(c) else []

    assert one(0x401) == one(0x435) == [0x435] and one(ord("Ü")) == [ord("u")]
    assert one(0x419) == [0x439] and one(ord("ガ")) == [ord("が")]
    out = {}
    for c in range(0x80, 0x10000):
        r = one(c)
        if is_han(c) or 0xAC00 <= c <= 0xD7A3 or 0xD800 <= c <= 0xDFFF or \
                0x1100 <= c <= 0x11FF:
            v = SLOW
        elif cat.get(c, "Cn") == "Cn" or cat.get(c) == "Co":
            v = c
        elif not r:
            v = DROP
        elif len(r) == 1 and r[0] < 0xFFFF and not is_han(r[0]) and \
                not 0x1100 <= r[0] <= 0x11FF and not r[0] in (0x3099, 0x309A):
            v = r[0]
        else:
            v = SLOW
        out[c] = v
    # Past the BMP and for what becomes several: where utf8proc's answer is
    # not ours.
    assert all(one(c) for c in map(ord, "བོདᠮकि"))
    return out


def rows(values, fmt, per):
    values = list(values)
    for i in range(0, len(values), per):
        yield "\t" + " ".join(fmt % v + "," for v in values[i:i + per])


def head(source, more=""):
    return [f"/* Made by tools/gen-fold.py from {source}.  Do not edit. */",
            f"/* SPDX-License-Identifier: Unicode-DFS-2016 AND Apache-2.0{more} */"]


def fold_han(decomp):
    pairs = dict(han_groups(decomp))
    yield from head("Unihan 15.0, OpenCC 1.1 and data/han/variants.tsv", " AND CC-BY-SA-4.0")
    yield "/* 0: the character stands for itself. */"
    yield "const uint16_t fold_uro[FOLD_URO] = {"
    yield from rows((pairs.get(c, 0) for c in range(0x4E00, 0xA000)), "0x%x", 12)
    yield "};"
    rest = [(a, b) for a, b in sorted(pairs.items()) if not 0x4E00 <= a <= 0x9FFF]
    yield f"static const struct han_pair fold_rest[{len(rest)}] = {{"
    yield from rows((f"{{ 0x{a:x}, 0x{b:x} }}" for a, b in rest), "%s", 4)
    yield "};"
    fold = lambda c: pairs.get(c, c)
    apart = sorted({(fold(a), fold(b)) for a, b in japanese() if fold(a) != fold(b)})
    yield "/* Japanese new forms that are other characters in Chinese. */"
    yield f"static const struct han_pair fold_japanese[{len(apart)}] = {{"
    yield from rows((f"{{ 0x{a:x}, 0x{b:x} }}" for a, b in apart), "%s", 4)
    yield "};"


def fold_cp():
    table = cp_table()
    pages, index = {}, []
    for p in range(0, 0x10000, 128):
        page = tuple(table.get(c, c) for c in range(p, p + 128))
        same = all(v == p + i for i, v in enumerate(page)) or p == 0
        index.append(0 if same else pages.setdefault(page, len(pages) + 1))
    assert len(pages) < 255
    yield from head("Unicode 15.0")
    yield "/* By cp >> 7: 0 where all stand for themselves, else 1 + the row. */"
    yield "static const uint8_t fold_page[512] = {"
    yield from rows(index, "%d", 16)
    yield "};"
    yield f"static const uint16_t fold_cp[{len(pages)}][128] = {{"
    for page in pages:
        yield "{"
        yield from rows(page, "0x%x", 12)
        yield "},"
    yield "};"


def lang_han():
    """Two bits a character: 1 only simplified, 2 only traditional."""
    to_t, to_s = collections.defaultdict(set), collections.defaultdict(set)
    for a, b in opencc("STCharacters"):
        to_t[a].add(b)
    for a, b in opencc("TSCharacters"):
        to_s[a].add(b)
    simp = {a for a, v in to_t.items() if a not in v and a not in to_s}
    trad = {a for a, v in to_s.items() if a not in v and a not in to_t}
    for a, v in to_t.items():
        if a in v:      # 后 is written in both
            trad.discard(a)
    yield from head("OpenCC 1.1")
    yield "static const uint8_t lang_uro[(0xa000 - 0x4e00) / 4] = {"
    bit = lambda c: 1 if c in simp else 2 if c in trad else 0
    yield from rows((sum(bit(c + i) << 2 * i for i in range(4))
                     for c in range(0x4E00, 0xA000, 4)), "0x%02x", 16)
    yield "};"
    rest = [(c, bit(c)) for c in sorted(simp | trad) if not 0x4E00 <= c <= 0x9FFF]
    yield f"static const struct han_pair lang_rest[{len(rest)}] = {{"
    yield from rows((f"{{ 0x{a:x}, {b} }}" for a, b in rest), "%s", 6)
    yield "};"


def main():
    if not (UCD / "UnicodeData.txt").exists() or not shutil.which("opencc_dict"):
        print("wants the packages unicode-data, libopencc-data, opencc")
        sys.exit(77)
    decomp = ucd()[3]
    stale = []
    for name, lines in (("fold_han.inc", fold_han(decomp)), ("fold_cp.inc", fold_cp()),
                        ("lang_han.inc", lang_han())):
        text = "\n".join(lines) + "\n"
        if "--check" in sys.argv[1:]:
            if (OUT / name).read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            (OUT / name).write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"{', '.join(stale)}: stale, run tools/gen-fold.py")


main()
