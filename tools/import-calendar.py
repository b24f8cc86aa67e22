#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Make data/calendar/{years,reigns,disputes,abroad}.tsv from month and era tables.

usage: tools/import-calendar.py DIR    (from the top of the tree)

DIR holds dila_months.tsv, eras.tsv, eras_by_emperor.tsv and
modern_months.tsv as data/calendar/README.md describes them.  Run once when
those facts change; gen-calendar.py works from what this writes.

A calendar is a run of numbered lunar years.  Calendar 0 is the main line;
every other holds only the years in which some state counted otherwise.  A
reign is a stretch of days in which one state, ruler and era named the years
of one calendar.
"""
import collections
import csv
import pathlib
import sys

OUT = pathlib.Path("data/calendar")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = {STEMS[i % 10] + BRANCHES[i % 12]: i for i in range(60)}
QIN = [(10, 0, ""), (11, 0, ""), (12, 0, "")] + [(m, 0, "") for m in range(1, 10)]
STD = [(m, 0, "") for m in range(1, 13)]
HEAD = "# SPDX-License-Identifier: CC-BY-SA-3.0\n# Facts of the DILA Time Authority; made by tools/import-calendar.py.\n"


def read(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t"))


def solar_year(jdn, cycle):
    """The year nearest to jdn whose sexagenary name is cycle."""
    y = int((jdn - 1721060) / 365.2425)
    return min((k for k in range(y - 31, y + 32) if (k - 4) % 60 == cycle),
               key=lambda k: abs(k - y))


def label(row):
    """(month, leap): 13 is 臘, 14 is 一."""
    name, m, leap = row["month_name"], int(row["month"]), int(row["leap"])
    if m < 0:
        return (12 - m, 0, "")
    return (m, leap, "")


def pattern(labels):
    for mark, plain in (("s", STD), ("q", QIN)):
        if labels == plain:
            return mark
        for i, x in enumerate(labels):
            if x[1] and labels[:i] + labels[i + 1:] == plain and \
                    labels[i - 1][0] == x[0]:
                return f"{mark}{x[0]}{chr(39) if x[1] == 2 else ''}"
    return " ".join(f"{s}{m}" + ("" if not leap else "+" if leap == 1 else "'")
                    for m, leap, s in labels)


class Months:
    """One year as one calendar has it: label and length of each month."""

    def __init__(self):
        self.at = {}     # first day -> (label, length)
        self.sure = {}   # first day -> length, where a whole month was seen
        self.lo, self.hi = -10**9, 10**9     # where the year ends, once known
        self.by = {}     # label -> first day

    def fits(self, other):
        if other.hi != 10**9 != self.hi != other.hi or \
                other.lo != -10**9 != self.lo != other.lo:
            return False
        lo, hi = max(self.lo, other.lo), min(self.hi, other.hi)
        return self.takes(other.at, other.sure) and \
            all(lo <= d < hi for d in list(self.at) + list(other.at))

    def join(self, other):
        self.lo, self.hi = max(self.lo, other.lo), min(self.hi, other.hi)
        self.add(other.at, other.sure)

    def takes(self, months, sure=()):
        for d, (lab, n) in months.items():
            if d in self.at:
                if self.at[d][0] != lab:
                    return False
                if d in sure and self.sure.get(d, sure[d]) != sure[d]:
                    return False
                continue
            if lab in self.by:
                return False
            if any(d < e + k and e < d + n for e, (_, k) in self.at.items()):
                return False
        return True

    def add(self, months, sure=()):
        self.sure.update(sure)
        for d, (lab, n) in months.items():
            self.at[d] = (lab, max(n, self.at.get(d, (0, 0))[1]))
            self.by[lab] = d


def spans_of(rows):
    by = collections.defaultdict(list)
    for r in rows:
        by[(r["polity"], r["emperor"], r["era"], r["Y"] - r["year"])].append(r)
    spans = []
    for group in by.values():
        cur, seen = None, set()
        for r in sorted(group, key=lambda r: (r["first"], r["status"])):
            t = (r["first"], r["last"], r["status"])
            if t in seen:
                continue
            seen.add(t)
            if cur and cur[-1]["status"] == r["status"] and \
                    cur[-1]["last"] + 1 == r["first"] and \
                    r["start"] == 1 and cur[-1]["last"] - cur[-1]["first"] < 30 and \
                    (r["Y"], r["label"]) != (cur[-1]["Y"], cur[-1]["label"]):
                cur.append(r)
            else:
                cur = [r]
                spans.append(cur)
    return spans


def claims(spans, members, y):
    """What these reigns say of the months of a year; None if they are at odds."""
    out = Months()
    rows = sorted((r for i in members for r in spans[i] if r["Y"] == y),
                  key=lambda r: (not r["full"], r["alone"], r["first"] - r["start"]))
    for r in rows:
        d, n = r["first"] - r["start"] + 1, r["last"] - r["first"] + r["start"]
        at = out.by.get(r["label"])
        if at is not None and not r["full"] and at <= r["first"] and r["last"] < at + 30:
            out.add({at: (r["label"], r["last"] - at + 1)})
        elif out.takes({d: (r["label"], n)}):
            out.add({d: (r["label"], n)}, {d: n} if r["full"] else {})
        else:
            return None
    return out


def ends(spans, units, polity, y, months):
    """First day of this year and the next, where the state has the year beside it."""
    lo, hi = -10**9, 10**9
    first, last = min(months.at), max(months.at)
    for beside in (y - 1, y + 1):
        near = claims(spans, units.get((polity, beside), []), beside)
        if near is None or not near.at:
            continue
        if beside > y and min(near.at) - last in (29, 30):
            hi = min(near.at)
        elif beside < y and first - max(near.at) in (29, 30):
            lo = first
    return lo, hi


# Rows no reading of the calendar allows, and what both other tables have:
# (first day, state, ruler) -> month, first day, number of it, year.
SLIPS = {
    (1647079, "西漢", "高祖（漢王）"): (5, 1647079, 1, -203),
    (1647079, "楚", "西楚霸王"): (5, 1647079, 1, -203),
    (1874125, "東晉", "恭帝"): (12, 1874125, 17, 418),
    (1923455, "西魏", "廢帝"): (1, 1923455, 1, 554),
    (2057800, "遼", "太祖"): (2, 2057900, 22, 922),
    (2253252, "明", "代宗"): (1, 2253253, 1, 1457),
    (2418261, "清", "恭宗"): (10, 2418261, 22, 1908),
}


def load(folder):
    rows = read(folder, "dila_months.tsv")
    for r in rows:
        r["polity"] = r["polity"].split("/")[0]
        r["first"], r["last"] = int(r["jdn_first"]), int(r["jdn_last"])
        r["start"], r["year"] = int(r["start_from"]), int(r["year"])
        r["Y"] = solar_year(r["first"], CYCLE[r["year_ganzhi"]])
        r["label"] = label(r)
        slip = SLIPS.get((r["first"], r["polity"], r["emperor"]))
        r["slip"] = None
        if slip and (r["Y"], r["label"][0], r["first"]) != (slip[3], slip[0], slip[1]):
            r["slip"] = (r["first"], r["last"], r["start"], r["label"][0], r["Y"])
            month, r["first"], r["start"], y = slip
            r["year"] += (y - r["Y"]) * (r["era"] != "義熙")
            r["label"], r["Y"] = (month, 0, ""), y
        r["alone"] = r["ytliu"] == r["lunarjs"] == "nofirst"
        r["full"] = r["start"] == 1 and r["last"] - r["first"] in (28, 29)
    return rows


def modern(folder):
    out = collections.defaultdict(Months)
    other = []
    for r in read(folder, "modern_months.tsv"):
        y, d, n = int(r["year"]), int(r["jdn_first"]), int(r["days"])
        if y > 2100:
            continue
        out[y].add({d: ((int(r["month"]), int(r["leap"]), ""), n)})
        if r["other_table"] != "ok":
            other.append((d, r["other_table"]))
    return out, other


def main(folder):
    rows = load(folder)
    weight = {}
    for line in open(OUT / "polities.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            f = line.rstrip("\n").split("\t")
            weight[f[0]] = int(f[2])
    spans = spans_of(rows)
    spans.sort(key=lambda s: (s[0]["status"] == "P", -weight[s[0]["polity"]], s[0]["first"]))
    variants = collections.defaultdict(list)
    used = [dict() for _ in spans]

    units = collections.defaultdict(list)      # what one state did in one year
    for i, s in enumerate(spans):
        for y in {r["Y"] for r in s}:
            units[s[0]["polity"], y].append(i)
    order = sorted(units, key=lambda u: (-weight[u[0]], u[1]))
    last = {}
    for polity, y in order:
        members = sorted(units[polity, y])
        whole = claims(spans, members, y)
        for group in [members] if whole else [[i] for i in members]:
            months = claims(spans, group, y)
            assert months is not None, (polity, y)
            if whole:
                months.lo, months.hi = ends(spans, units, polity, y, months)
            vs = variants[y]
            look = sorted(range(len(vs)), key=lambda k: k != last.get((polity, y - 1)))
            k = next((k for k in look if vs[k].fits(months)), None)
            if k is None:
                vs.append(Months())
                k = len(vs) - 1
            vs[k].join(months)
            last[polity, y] = k
            for i in group:
                used[i][y] = k
    mod, mod_other = modern(folder)
    for y in range(1912, 2101):
        variants[y] = [mod[y]]
    for v in variants[1911]:
        for d, x in mod[1911].at.items():
            assert v.at.get(d, x)[0] == x[0], (d, x)

    # Holes are filled from the main line, and every month gets its length.
    for y, vs in variants.items():
        for v in vs[1:]:
            lo, hi = min(v.at), max(v.at)
            for d, (lab, n) in sorted(vs[0].at.items()):
                if lo < d < hi and v.takes({d: (lab, n)}):
                    v.add({d: (lab, n)})
    starts = sorted({d for vs in variants.values() for v in vs for d in v.at})
    for y, vs in sorted(variants.items()):
        for k, v in enumerate(vs):
            ds = sorted(v.at)
            for a, b in zip(ds, ds[1:]):
                if b - a not in (29, 30):
                    print("hole", y, k, a, b, v.at[a], v.at[b])
                v.at[a] = (v.at[a][0], b - a)
            lab, n = v.at[ds[-1]]
            n = v.sure.get(ds[-1], n)
            v.at[ds[-1]] = (lab, n)
            if n not in (29, 30):
                n = 30 if ds[-1] + 30 in starts else 29
                v.at[ds[-1]] = (lab, n)

    # Calendars: the fewest sets of years such that a reign keeps to one.
    cals = [dict.fromkeys(variants, 0)]
    cal_of = []
    for i, s in enumerate(spans):
        need = {y: used[i].get(y, 0) for y in {r["Y"] for r in s}}
        for c, have in enumerate(cals):
            if all(have.get(y, v) == v for y, v in need.items()):
                break
        else:
            cals.append({})
            c, have = len(cals) - 1, cals[-1]
        have.update(need)
        cal_of.append(c)
    print(len(spans), "reigns,", len(cals), "calendars,",
          sum(v != 0 for c in cals for v in c.values()), "years beside the main line")

    with open(OUT / "years.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD + "# calendar	year	first day	months (1: 30 days)	which months they are\n")
        for c, have in enumerate(cals):
            for y, k in sorted(have.items()):
                if c and k == 0:
                    continue
                v = variants[y][k]
                ds = sorted(v.at)
                bits = "".join("01"[v.at[d][1] == 30] for d in ds)
                f.write(f"{c}\t{y}\t{ds[0]}\t{bits}\t{pattern([v.at[d][0] for d in ds])}\n")
    write_reigns(folder, rows, spans, cal_of)
    write_disputes(folder, rows, mod_other)
    write_slips(rows)
    write_abroad(folder)


PARTS = {("文帝", -179): "前元", ("文帝", -163): "後元", ("景帝", -156): "前元",
         ("景帝", -149): "中元", ("景帝", -143): "後元", ("武帝", -88): "後元"}


def write_reigns(folder, rows, spans, cal_of):
    out = []
    last_day = max(int(r["jdn_first"]) + int(r["days"]) - 1
                   for r in read(folder, "modern_months.tsv") if int(r["year"]) <= 2100)
    for s, c in zip(spans, cal_of):
        a, z = s[0], s[-1]
        base = a["Y"] - a["year"]
        part = ""
        if a["polity"] == "西漢" and not a["era"]:
            part = PARTS.get((a["emperor"].split("（")[0], base), "")
        out.append((a["first"], z["last"], a["polity"], a["emperor"], a["era"], part, base, c,
                    a["start"], a["label"][0], a["status"]))
    out.append((2419451, last_day, "民國", "民國紀元", "民國", "", 1911, 0, 1, 1, "S"))
    out.append((2419451, last_day, "公元", "", "", "", 0, 0, 1, 1, "S"))
    with open(OUT / "reigns.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD + "# first	last	state	ruler	era	part of a reign	year 0	calendar"
                "	number of the first day	its month	S in use, P counted back or on\n")
        for r in sorted(out):
            f.write("\t".join(map(str, r)) + "\n")


KINDS = {"ok": 0, "nofirst": 1, "month": 2, "year": 3}


def write_disputes(folder, rows, mod_other):
    seen = {}
    for r in rows:
        a, b = KINDS[r["ytliu"]], KINDS[r["lunarjs"]]
        if (a or b) and r["full"]:
            seen.setdefault((r["first"], r["Y"], r["label"]), set()).add((r["polity"], a, b))
    with open(OUT / "disputes.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD + "# first day	states	table 1	table 2 (no month begins there, another month,"
                " another year)\n# era	state	first day	years in table 1\n"
                "# last: first day	first day/length in another table\n")
        for (d, y, lab), who in sorted(seen.items()):
            kinds = collections.defaultdict(list)
            for p, a, b in sorted(who):
                kinds[(a, b)].append(p)
            for (a, b), ps in sorted(kinds.items()):
                f.write(f"{d}\t{'|'.join(ps)}\t{a}\t{b}\n")
        for r in read(folder, "eras.tsv"):
            if r["ytliu_match"] == "differs":
                f.write(f"era\t{r['polity']}\t{r['era']}\t{r['first_jdn']}\t{r['ytliu_years']}\n")
        for d, other in mod_other:
            f.write(f"modern\t{d}\t{other}\n")


def write_slips(rows):
    with open(OUT / "slips.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD + "# first day	last day	number of the first day	month	year as the table has them"
                "	state	what every other table has\n")
        for r in rows:
            if r["slip"]:
                f.write("\t".join(map(str, r["slip"] + (r["polity"], r["label"][0]))) + "\n")


def write_abroad(folder):
    with open(OUT / "names.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD + "# era	state	other names\n")
        for r in read(folder, "eras.tsv"):
            names = [n for n in r["other_names"].split("|") if n]
            if names:
                f.write(f"{r['era']}\t{r['polity']}\t{'|'.join(names)}\n")
        f.write("民國\t民國\t中華民國\n")      # a state's name that counts years too
    eras = [(int(r["first_jdn"]), int(r["last_jdn"]), r["region"], r["polity"], r["era"],
             int(r["first_month"].split(".")[0]))
            for r in read(folder, "eras.tsv") if r["region"] != "chinese" and r["era"][0] != "("]
    eras += japan(folder, eras) + NEW_ERAS
    with open(OUT / "abroad.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD + "# first	last	region	state	era	year of the first day\n")
        for r in sorted(eras):
            f.write("\t".join(map(str, r)) + "\n")


# Eras since Japan and Korea took the Gregorian calendar or soon before.
NEW_ERAS = [
    (2403629, 2419613, "japanese", "日本", "明治", 1),
    (2419614, 2424874, "japanese", "日本", "大正", 1),
    (2424875, 2447534, "japanese", "日本", "昭和", 1),
    (2447535, 2458604, "japanese", "日本", "平成", 1),
    (2458605, 2488434, "japanese", "日本", "令和", 1),
    (2413560, 2414153, "korean", "大朝鮮國", "建陽", 1),
    (2414154, 2417790, "korean", "大韓帝國", "光武", 1),
    (2417791, 2418913, "korean", "大韓帝國", "隆熙", 1),
]

# Eras the table has without their names, by the year they began in; a last
# year where the two courts' eras overlap.
UNNAMED = """704慶雲 708和銅 717養老 729天平 765天平神護 767神護景雲 806大同 810弘仁 824天長 834承和 848嘉祥
857天安 877元慶 885仁和 898昌泰 901延喜 923延長 931承平 938天慶 964康保 968安和 974天延 976貞元 979天元
987永延 989永祚 999長保 1013長和 1021治安 1028長元 1040長久 1046永承 1053天喜 1058康平 1069延久 1074承保
1081永保 1095嘉保 1097永長 1099康和 1104長治 1106嘉承 1108天仁 1110天永 1113永久 1118元永 1120保安 1124天治
1126大治 1131天承 1132長承 1135保延 1141永治 1142.06康治 1144天養 1145久安 1151仁平 1156保元 1159平治 1166仁安
1171承安 1175安元 1177治承 1181養和 1185文治 1190建久 1199正治 1201建仁 1204元久 1206建永 1207承元
1214建保 1219承久 1225元仁 1228安貞 1232貞永 1233天福 1235嘉禎 1240仁治 1249建長 1256康元 1257正嘉 1259正元
1261弘長 1264文永 1275建治 1278弘安 1293永仁 1299正安 1302乾元 1303嘉元 1308延慶 1312正和 1317文保 1321元亨
1325正中 1332正慶 1334建武 1336延元-1340 1342康永 1345貞和-1350 1347正平-1370 1352文和 1356延文 1361康安 1362貞治
1372文中-1375 1375永和-1379 1375.07天授-1381 1381弘和-1384 1384元中-1392 1387嘉慶 1428正長 1429永享 1441嘉吉 1444文安
1455康正 1466文正 1469文明 1487長享 1504永正 1521大永 1532天文 1555弘治 1573天正 1596慶長 1615元和 1645正保 1648慶安
1681天和 1684貞享 1711正德 1716享保 1736元文 1744延享 1764明和 1772安永 1781天明 1801享和 1804文化 1818文政
1831天保 1845弘化 1848嘉永 1855安政 1861文久 1864元治"""


def japan(folder, named):
    """Names for the eras of Japan that the table leaves blank, where it has their first day."""
    blank = [r for r in read(folder, "eras_by_emperor.tsv")
             if r["region"] == "japanese" and not r["era"] and r["first_month"].startswith("1.")]
    starts = sorted(e[0] for e in named if e[2] == "japanese")
    out = []
    for word in UNNAMED.split():
        name = word.lstrip("0123456789.")
        when = word[:len(word) - len(name)]
        name, _, last = name.partition("-")
        day = "%04d-%s" % (int(when[:4] if "." in when else when),
                           when[5:] if "." in when else "")
        row = next(r for r in blank if r["first_gregorian"].startswith(day))
        out.append((int(row["first_jdn"]), last, "japanese", "日本", name, 1))
    starts = sorted(starts + [e[0] for e in out] + [2403629])
    return [(a, (1721060 + int(int(z) * 365.2425) + 365 if z else min(s for s in starts if s > a) - 1),
             *rest) for a, z, *rest in out]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
