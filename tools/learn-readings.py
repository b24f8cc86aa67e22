#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Learn how words are read from a dictionary: data/readings, data/han.

usage: tools/learn-readings.py DICT [--without LIST] [--out DIR]

DICT is CC-CEDICT, as its text (.u8) or as JSON lines with "names"
(traditional, simplified, ...) and "pinyin".  Kept are facts only: how often
a character is read so in words (characters.tsv), words and parts of words
that are not read as their characters mostly are (words.tsv), and characters
written for one another that no other table joins (variants.tsv).  No gloss
is kept.  A proper name counts ten times: names are what is looked up.

--without LIST leaves out the rows whose traditional form stands in the
second column of LIST (tab-separated), to measure what the rest knows of
them; --out then says where to write (words.tsv, characters.tsv).
Afterwards run tools/gen-fold.py, this again, and tools/gen-han.py.
"""
import argparse
import bz2
import collections
import json
import pathlib
import re
import unicodedata

HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
SYL = re.compile(r"[A-Za-z:]+[1-5]")
CEDICT = re.compile(r"(\S+) (\S+) \[([^\]]*)\]")
PROPER = 10
LONGEST = 8
HEAD = """# SPDX-License-Identifier: CC-BY-SA-4.0
# SPDX-FileCopyrightText: CC-CEDICT editors, https://cc-cedict.org
# Facts of CC-CEDICT, made by tools/learn-readings.py.
"""


def dictionary(path):
    for line in open(path, encoding="utf-8"):
        if line.startswith("{"):
            d = json.loads(line)
            if not str(d.get("id", "")).startswith("ced-") or "pinyin" not in d:
                continue
            trad, pinyin = d["names"][0], d["pinyin"]
            simp = d["names"][1] if len(d["names"]) > 2 else trad
        else:
            m = CEDICT.match(line)
            if not m:
                continue
            trad, simp, pinyin = m.groups()
        t, s = "".join(HAN.findall(trad)), "".join(HAN.findall(simp))
        p = [x for x in pinyin.split() if SYL.fullmatch(x)]
        if t and len(t) == len(s) == len(p):
            yield t, s, tuple(x.lower().replace("u:", "ü") for x in p), p[0][0].isupper()


def fold_table():
    s = pathlib.Path("src/script/fold_han.inc").read_text(encoding="utf-8")
    uro = re.search(r"fold_uro.*?\{(.*?)\};", s, re.S)[1]
    table = {chr(0x4E00 + i): chr(int(x, 16))
             for i, x in enumerate(re.findall(r"0x([0-9a-f]+)", uro)) if x != "0"}
    for a, b in re.findall(r"\{ 0x(\w+), 0x(\w+) \}", s):
        table[chr(int(a, 16))] = chr(int(b, 16))
    return table


def best(counter):
    return min(counter.items(), key=lambda x: (-x[1], x[0]))[0]


def predict(word, default, parts, fold):
    """The reading the library would find: see src/script/reading.c."""
    f, length = fold(word), [1] * len(word)
    out = [default.get(c) for c in word]
    for i in range(len(f)):
        for n in range(2, min(LONGEST, len(f) - i) + 1):
            for k, y in enumerate(parts.get(f[i:i + n], ())):
                if y and n > length[i + k]:
                    length[i + k], out[i + k] = n, y
    return tuple(out)


def learn(rows, fold):
    chars = collections.defaultdict(collections.Counter)
    pairs = collections.defaultdict(lambda: (collections.Counter(), collections.Counter()))
    forms = collections.defaultdict(set)
    words = collections.defaultdict(collections.Counter)
    for t, s, p, proper in rows:
        w = PROPER if proper else 1
        for a, b, y in zip(t, s, p):
            for c in {a, b}:
                chars[c][y] += w
        f = fold(t)
        for i in range(len(f) - 1):
            for k in (0, 1):
                pairs[f[i:i + 2]][k][p[i + k]] += w
            forms[f[i:i + 2]] |= {t[i:i + 2], s[i:i + 2]}
        words[t, s][p] += 3 if proper else 2
    default = {c: best(v) for c, v in chars.items()}
    parts, text = {}, {}
    for pair, votes in pairs.items():
        r = []
        for k in (0, 1):
            y = best(votes[k])
            strange = any(default[g[k]] != y for g in forms[pair])
            r.append(y if strange and 2 * votes[k][y] > sum(votes[k].values()) else None)
        if any(r):
            parts[pair], text[pair] = tuple(r), min(forms[pair])
    for (t, s), v in sorted(words.items(), key=lambda x: (len(x[0][0]), x[0])):
        p = best(v)
        if not 2 <= len(t) <= LONGEST:
            continue
        got = [predict(x, default, parts, fold) for x in (t, s)]
        if got != [p, p]:
            parts[fold(t)] = tuple(
                y if any(g[i] != y for g in got) or default[t[i]] != y or default[s[i]] != y
                else None for i, y in enumerate(p))
            text[fold(t)] = t
    return chars, {text[f]: r for f, r in parts.items()}


def variants(rows, fold):
    """Pairs a dictionary writes for one another and nothing else joins."""
    seen = collections.Counter()
    for t, s, _, _ in rows:
        for a, b in zip(t, s):
            if fold(a) != fold(b):
                seen[a, b] += 1
    return sorted(seen)


def mandarin():
    """Unihan's first reading, where there is but one source to ask."""
    mark = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
    with bz2.open("/usr/share/unicode/Unihan_Readings.txt.bz2", "rt", encoding="utf-8") as f:
        for line in f:
            if "\tkMandarin\t" in line:
                cp, _, y = line.rstrip("\n").split("\t")
                d = unicodedata.normalize("NFD", y.split()[0])
                tone = "".join(mark.get(c, "") for c in d) or "5"
                plain = "".join(c for c in d if c not in mark)
                yield chr(int(cp[2:], 16)), unicodedata.normalize("NFC", plain) + tone


def write(path, head, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + head + "".join(x + "\n" for x in lines), encoding="utf-8")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("dict")
    a.add_argument("--without")
    a.add_argument("--out")
    a = a.parse_args()
    rows = sorted(set(dictionary(a.dict)))
    if a.without:
        out = {x.split("\t")[1] for x in open(a.without, encoding="utf-8") if "\t" in x}
        rows = [r for r in rows if r[0] not in out]
    table = fold_table()
    fold = lambda s: "".join(table.get(c, c) for c in s)
    if not a.without:
        path = pathlib.Path("data/han/variants.tsv")
        old = [tuple(x.split("\t")) for x in path.read_text(encoding="utf-8").splitlines()
               if x and x[0] != "#"] if path.exists() else []
        write(path, "# Characters written for one another that neither Unihan nor OpenCC joins.\n",
              ("\t".join(x) for x in sorted(set(old) | set(variants(rows, fold)))))
    chars, parts = learn(rows, fold)
    known = dict(mandarin())
    dest = pathlib.Path(a.out or "data/readings")
    write(dest / "characters.tsv",
          "# How often a character is read so in words; a proper name counts %d.\n# One that is only read as Unihan has it first is left out.\n" % PROPER,
          (c + "\t" + " ".join(f"{y}={n}" for y, n in sorted(v.items(), key=lambda x: (-x[1], x[0])))
           for c, v in sorted(chars.items()) if list(v) != [known.get(c)]))
    write(dest / "words.tsv",
          "# Words and parts of words not read as their characters mostly are; -: as mostly.\n",
          (t + "\t" + " ".join(y or "-" for y in r) for t, r in sorted(parts.items())))


main()
