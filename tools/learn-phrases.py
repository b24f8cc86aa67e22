#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Learn which words decide how an ambiguous character is converted: data/han.

usage: tools/learn-phrases.py DICT

DICT is CC-CEDICT as JSON lines with "names" (traditional, simplified, ...),
as for tools/learn-readings.py; OpenCC's tables (opencc_dict) are the other
source.  Written are traditional.tsv and simplified.tsv: a character, what it
mostly becomes where OpenCC's first choice is not that; and two or three
characters, what some of them become where that is not what they mostly do
(-: nothing is said).  The forms are those usual in print: OpenCC's, with
TWVariants applied.  Afterwards run tools/gen-han.py.
"""
import collections
import json
import pathlib
import sys

from material import opencc

OUT = pathlib.Path("data/han")
LONGEST = 3
NAME, WORD, OTHER = 3, 2, 1     # what a row counts: names are what is looked up
SURE, LIKELY = 0.9, 0.6         # of the rows with a window say the same

# What mostly stands in names, where OpenCC or the dictionary prefers another.
MOSTLY = dict(x for x in (
    "里里 托托 湿濕 污污 岩岩 占占 签簽 凄淒 艳艷 卤鹵 岳岳 栗栗 喂餵 伙伙 须須 钟鐘 "
    "吁吁 哗嘩 鉴鑑 干干 雇雇 睾睾 锺鍾 霉霉 昵暱 檐檐 糍糍").split())

HEAVEN = {"乾": "乾"}   # Qian in names; dry only in words


def dictionary(path):
    for line in open(path, encoding="utf-8"):
        e = json.loads(line)
        if "pinyin" in e:
            trad = e["names"][0]
            simp = e["names"][1] if len(e["names"]) > 2 else trad
            yield trad, simp, NAME if e["pinyin"][:1].isupper() else WORD


def windows(s, i, longest=LONGEST):
    for n in range(2, longest + 1):
        for a in range(max(0, i - n + 1), min(i, len(s) - n) + 1):
            yield s[a:a + n], i - a


class Table:
    def __init__(self, pairs, chars):
        """pairs: from, to, weight; chars: what a character mostly becomes."""
        self.pairs = [p for p in pairs if len(p[0]) == len(p[1]) > 1 and
                      max(p[0] + p[1]) < "\U00010000"]
        self.chars, self.said = chars, {}
        seen = collections.defaultdict(set)
        for a, b, _ in self.pairs:
            for x, y in zip(a, b):
                seen[x].add(y)
        self.open = {x for x, v in seen.items() if v != {chars.get(x, x)}}
        self.count = collections.defaultdict(collections.Counter)
        for a, b, weight in self.pairs:
            for i, x in enumerate(a):
                if x in self.open:
                    for w in windows(a, i):
                        self.count[w][b[i]] += weight

    def one(self, s, i):
        said = [w for w in windows(s, i) if w in self.said] if s[i] in self.open else ()
        if said:
            return self.said[max(said, key=lambda w: len(w[0]))]
        return self.chars.get(s[i], s[i])

    def window(self, s, i, to):
        """The one that tells most surely, shortly and often."""
        best = []
        for w in windows(s, i):
            n = self.count[w]
            share = n[to] / n.total()
            if share >= LIKELY and min(w[0]) > "\u2e7f":
                best.append((share >= SURE, -len(w[0]), n[to], w))
        return max(best)[3] if best else None

    def learn(self):
        while True:
            before = len(self.said)
            for a, b, _ in self.pairs:
                for i, to in enumerate(b):
                    if a[i] in self.open and self.one(a, i) != to:
                        w = self.window(a, i, to)
                        if w:
                            self.said[w] = to
            if len(self.said) == before:
                return

    def rows(self):
        out = {}
        for (s, i), to in self.said.items():
            row = out.setdefault(s, ["-"] * len(s))
            row[i] = to
        return sorted((s, "".join(v)) for s, v in out.items())


def write(name, what, single, table):
    rows = sorted(single.items()) + table.rows()
    (OUT / name).write_text(
        "# SPDX-License-Identifier: CC-BY-SA-4.0 AND Apache-2.0\n"
        "# SPDX-FileCopyrightText: CC-CEDICT editors, https://cc-cedict.org; OpenCC authors\n"
        f"# Made by tools/learn-phrases.py: {what}.\n" +
        "".join(f"{a}\t{b}\n" for a, b in rows), encoding="utf-8")
    print(f"{OUT / name}: {len(rows)} rows")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    usual = {a: b[0] for a, b in opencc("TWVariants")}
    words = list(dictionary(sys.argv[1]))

    def print_form(s):
        return "".join(usual.get(c, c) for c in s)

    first = {a: b[0] for a, b in opencc("STCharacters")}
    single = {a: print_form(b) for a, b in first.items() if print_form(b) != b}
    single.update(MOSTLY)
    t = Table([(s, t, n) for t, s, n in words] +
              [(a, print_form(b[0]), OTHER) for a, b in opencc("STPhrases")], {**first, **single})
    t.learn()
    write("traditional.tsv", "what simplified characters become", single, t)
    t = Table([(t, s, n) for t, s, n in words] +
              [(a, b[0], OTHER) for a, b in opencc("TSPhrases")],
              {a: b[0] for a, b in opencc("TSCharacters")} | HEAVEN)
    t.learn()
    write("simplified.tsv", "what traditional characters become", HEAVEN, t)


main()
