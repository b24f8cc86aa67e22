#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Spellings a reader would type, on a book of the seed page alone.

Each of the first list is found, by find or by search; none of the second is,
but as an honest slip of the pen.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
SEED = pathlib.Path(os.environ["LEISHU_SHARED"], "seed/sino-soviet-treaty-1950.txt")
LEISHU = os.environ["LEISHU"]
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap

THERE = """
中苏友好同盟互助条约 友好同盟 大连 旅顺口 东清铁路
中蘇友好同盟互助條約 大連 旅順口 東清鐵路
Lüshunkou
Lushunkou
Lvshunkou
Lǚshùnkǒu
Zhōng-Sū yǒuhǎo tóngméng
zhongsuyouhaotongmeng
zsyhtmhzty
Ta-lien
Tung-ch'ing t'ieh-lu
Dairen
Port Arthur
Договор о дружбе
договора о дружбе
железной дороги
Tajiks
dacha
expert
"""

# Those that find alone must know, from the names in the prose, and how.
NAMES = {
    "中蘇友好同盟互助條約": "variant", "友好同盟": "inner", "大連": "variant",
    "Lvshunkou": "pinyin", "Lǚshùnkǒu": "variant", "zsyhtmhzty": "initials",
    "zhongsuyouhaotongmeng": "prefix", "Ta-lien": "wade-giles",
    "Tung-ch'ing t'ieh-lu": "wade-giles", "Далянь": "palladius",
    "Dalain": "typo", "sino-soviet treaty 1950": "exact",
}

ABSENT = """
大同 大運河 大運河條約 友人 同治皇帝 旅行 旅行日記 鄧小平 鄧小平大連
Ta-t'ung
Tung-pei
Ch'ing-tao
Kuang-hsü
Lüliang
Chongqing
железнодорожник
大西洋鐵路 互市
"""


def words(text):
    """A line is a spelling; a line of Han, one between spaces."""
    for line in text.strip().splitlines():
        yield from line.split() if ord(line[0]) > 0x3000 else [line]


def ask(command, book, queries):
    out = subprocess.run([LEISHU, command, "--batch", book], input="\n".join(queries),
                         text=True, stdout=subprocess.PIPE, check=True).stdout
    return dict(zip(queries, map(json.loads, out.splitlines()), strict=True))


def main():
    if not SEED.exists():
        print("1..0 # SKIP the seed page is not there")
        return
    tap = Tap()
    with tempfile.TemporaryDirectory() as tmp:
        book = os.path.join(tmp, "seed.book")
        subprocess.run([LEISHU, "build", SEED, "-o", book], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        there, absent = list(words(THERE)), list(words(ABSENT))
        find = ask("find", book, there + absent + list(NAMES))
        search = ask("search", book, there + absent)
    for q in there:
        found = find[q]["hits"] or search[q]["hits"]
        tap.result(f"{q} is found", [] if found else ["by neither find nor search"])
    for q, via in NAMES.items():
        got = [h["via"] for h in find[q]["hits"]]
        tap.result(f"{q} is a name, {via}", [] if got == [via] else [str(find[q])])
    for q in absent:
        false = [h for a in (find[q], search[q]) for h in a["hits"] if h["via"] != "typo"]
        tap.result(f"{q} is not there", [str(h) for h in false])
    tap.done()


main()
