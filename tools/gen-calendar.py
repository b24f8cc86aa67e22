#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write src/calendar/lunar.inc and names.inc from data/calendar.

usage: tools/gen-calendar.py [--check]    (from the top of the tree)

The tables are committed, so a build needs no Python.  Every name is
written out here with each character folded to one of its variants, as the
reader folds what it looks for; variants.tsv has the classes.
"""
import collections
import itertools
import pathlib
import sys

DATA = pathlib.Path("data/calendar")
OUT = pathlib.Path("src/calendar")
LICENCE = "/* SPDX-License-Identifier: CC-BY-SA-3.0 */\n/* Made by tools/gen-calendar.py from data/calendar.  Do not edit. */\n"
KIND_POLITY, KIND_EMPEROR, KIND_ERA, KIND_ABROAD = range(4)
BUCKETS = 1024
PARTS = ("前元", "中元", "後元")
F_BACK, F_BRANCH, F_SHIFT = 1, 2, 4     # as in lunar.h


def rows(name):
    for line in open(DATA / name, encoding="utf-8"):
        if not line.startswith("#") and line.strip():
            yield line.rstrip("\n").split("\t")


class Pool:
    """Strings in one pool; a string inside another is not stored again."""

    def __init__(self):
        self.want = set()

    def add(self, s):
        self.want.add(s.encode())

    def close(self):
        self.text = bytearray()
        for s in sorted(self.want, key=lambda s: (-len(s), s)):
            if s not in self.text:
                self.text += s

    def at(self, s):
        return self.text.index(s.encode())


def fnv(b):
    h = 0x811c9dc5
    for c in b:
        h = (h ^ c) * 0x01000193 & 0xffffffff
    return h ^ h >> 15


def table(kind, name, values, per=16):
    out = [f"static const {kind} {name}[] = {{"]
    values = [str(v) for v in values]
    for i in range(0, len(values), per):
        out.append("\t" + ", ".join(values[i:i + per]) + ",")
    out.append("};\n")
    return "\n".join(out)


def labels_of(pattern):
    if pattern[0] in "sq":
        base = list(range(1, 13)) if pattern[0] == "s" else [10, 11, 12] + list(range(1, 10))
        leap = pattern[1:].rstrip("'")
        out = []
        for m in base:
            out.append(m)
            if leap and m == int(leap):
                out.append(m | (32 if pattern.endswith("'") else 16))
        return out
    return [int(t.rstrip("+'")) | (16 if t.endswith("+") else 32 if t.endswith("'") else 0)
            for t in pattern.split()]


class Years:
    """Mirrors lunar.c, so that what is written can be proved here."""

    def __init__(self):
        self.by = {}
        self.patterns = {}
        for c, y, first, bits, pat in rows("years.tsv"):
            p = self.patterns.setdefault(pat, len(self.patterns))
            assert len(bits) == len(labels_of(pat)), (c, y)
            self.by[int(c), int(y)] = (int(first), [int(b) for b in bits], p, labels_of(pat))
        self.y_min = min(y for c, y in self.by if c == 0)
        self.y_max = max(y for c, y in self.by if c == 0)

    def get(self, c, y):
        return self.by.get((c, y)) or self.by.get((0, y))

    def find(self, c, j):
        e = (j - 1721090) * 400 // 146097
        for cc in ([c, 0] if c else [0]):
            for y in (e, e + 1, e - 1):
                r = self.by.get((cc, y))
                if r and r[0] <= j < r[0] + 29 * len(r[1]) + sum(r[1]):
                    d = r[0]
                    for k, b in enumerate(r[1]):
                        if j < d + 29 + b:
                            return y, r[3][k], d, 29 + b
                        d += 29 + b
        return None

    def emit(self):
        keys = [(0, y) for y in range(self.y_min, self.y_max + 1)]
        cals = sorted({c for c, _ in self.by})
        over = []
        bounds = [0]
        for c in cals[1:]:
            over += sorted(k for k in self.by if k[0] == c)
            bounds.append(len(over))
        recs = [self.by[k] for k in keys + over]
        pats = sorted(self.patterns, key=self.patterns.get)
        labs, offs = [], []
        for p in pats:
            offs.append(len(labs))
            labs += labels_of(p)
        offs.append(len(labs))
        yield f"#define YEAR_FIRST\t({self.y_min})\n#define YEAR_LAST\t{self.y_max}\n#define N_CALS\t{len(cals)}\n"
        yield "/* First day, and which pattern of months from bit 22 on. */"
        yield table("uint32_t", "year_first", [f"0x{r[0] | r[2] << 22:x}" for r in recs], 10)
        yield "/* Bit k: month k has 30 days. */"
        yield table("uint16_t", "year_long", ["0x%x" % sum(b << k for k, b in enumerate(r[1])) for r in recs])
        yield "/* Years beside the main line, by calendar. */"
        yield table("uint16_t", "over_bound", bounds)
        yield table("int16_t", "over_year", [y for _, y in over])
        yield "/* Months of a pattern: number, 16 a leap month, 32 a second one (後). */"
        yield table("uint16_t", "pat_bound", offs)
        yield table("uint8_t", "pat_month", labs, 24)


class Names:
    def __init__(self):
        self.variants = {a: b.split() for a, b in rows("variants.tsv")}
        self.targets = collections.defaultdict(set)
        self.fold = self.folds()

    def simple(self, s):
        return "".join(self.variants.get(c, [c])[0] for c in s)

    def folds(self):
        """Each way to write a character, and the one way that forms have."""
        root = {}

        def top(c):
            while c in root:
                c = root[c]
            return c

        for c, others in self.variants.items():
            for v in others:
                if top(v) != top(c) and len(v.encode()) == len(c.encode()):
                    root[top(v)] = top(c)
        return {c: top(c) for c in root}

    def folded(self, s):
        return "".join(self.fold.get(c, c) for c in s)

    def add(self, name, kind, ident):
        for s in {name, self.simple(name)}:  # no fold has a longer one
            f = self.folded(s)
            self.targets[f].add((kind, ident))
            if "（" in f:
                self.targets[f.replace("（", "(").replace("）", ")")].add((kind, ident))


def main():
    years = Years()
    names, pool = Names(), Pool()
    polities = [(n, o, int(w), e) for n, o, w, e in rows("polities.tsv")]
    pid = {p[0]: i + 1 for i, p in enumerate(polities)}
    other = collections.defaultdict(list)
    for era, polity, o in rows("names.tsv"):
        other[era, polity] += [x for x in o.split("|") if ord(x[0]) < 0xac00]
    more = collections.defaultdict(list)
    for polity, emperor, o in rows("rulers.tsv"):
        more[polity, emperor] += o.split("|")

    reigns = []
    for f in rows("reigns.tsv"):
        a, z, polity, emperor, era, part, base, cal, start, month, status = f
        reigns.append((pid[polity], int(a), int(z), emperor, era, part, int(base), int(cal),
                       int(start), status))
    reigns.sort()
    eras, emperors = {}, {}
    for p, _, _, emperor, era, part, base, *_ in reigns:
        if era or part:
            eras.setdefault((p, era or part, base), len(eras) + 1)
        if emperor:
            emperors.setdefault((p, emperor), len(emperors) + 1)
    inv = {v: k for k, v in pid.items()}
    for n, o, w, e in polities:
        for x in [n] + [x for x in o.split("|") if x]:
            names.add(x, KIND_POLITY, pid[n])
    for (p, era, base), i in eras.items():
        for x in [era] + other[era, inv[p]]:
            names.add(x, KIND_ERA, i)
    for (p, emperor), i in emperors.items():
        forms = [emperor] + more[inv[p], emperor]
        if "（" in emperor:
            forms += [emperor.split("（")[0]]
            forms += more[inv[p], emperor.split("（")[0]]
        for x in forms:
            names.add(x, KIND_EMPEROR, i)
    abroad = list(rows("abroad.tsv"))
    regions = []
    for i, (a, z, region, state, era, year) in enumerate(abroad):
        if state not in regions:
            regions.append(state)
        for x in [era] + other[era, state]:
            names.add(x, KIND_ABROAD, i)

    everything = list(names.targets) + [p[3] for p in polities] + regions + \
        [k[1] for k in eras] + [k[1] for k in emperors] + [p[0] for p in polities] + \
        [a[4] for a in abroad]
    for s in everything:
        pool.add(s)
    pool.close()

    prove(years, reigns, inv)
    text = LICENCE + "\n".join(years.emit())
    by_era, by_emperor = collections.defaultdict(list), collections.defaultdict(list)
    lines = []
    for i, (p, a, z, emperor, era, part, base, cal, start, status) in enumerate(reigns):
        e = eras.get((p, era or part, base), 0)
        m = emperors.get((p, emperor), 0)
        flags = (F_BACK if status == "P" else 0)
        if inv[p] == "唐" and emperor == "肅宗" and not era:
            flags |= F_BRANCH
        if inv[p] == "新" or (inv[p] == "曹魏" and era in ("景初",) and base == 236):
            flags |= F_SHIFT
        if e:
            by_era[e].append(i + 1)
        if m:
            by_emperor[m].append(i + 1)
        lines.append(f"\t{{ {a}, {start}, {cal}, {z}, {p}, {flags}, {base}, {m}, {e} }},")
    text += "\n/* Reigns by state and first day; row 0 is none. */\n"
    text += "static const struct reign reigns[] = {\n\t{ 0, 0, 0, 0, 0, 0, 0, 0, 0 },\n" + "\n".join(lines) + "\n};\n\n"
    text += f"#define N_REIGNS\t{len(reigns) + 1}\n#define N_POLITIES\t{len(polities) + 1}\n"
    text += f"#define N_ERAS\t{len(eras) + 1}\n#define N_EMPERORS\t{len(emperors) + 1}\n\n"
    text += "/* Where a state's reigns begin; the next one's begin is the end. */\n"
    first = [min((i + 1 for i, r in enumerate(reigns) if r[0] >= p), default=len(reigns) + 1)
             for p in range(len(polities) + 2)]
    text += table("uint16_t", "polity_reign", first)
    text += days_index(reigns)
    text += disputes(pid, reigns, eras, years, names.folded)
    (text_names, size) = names_text(names, pool, polities, eras, emperors, by_era, by_emperor,
                                    abroad, regions)
    return {"lunar.inc": text, "names.inc": LICENCE + text_names}


def days_index(reigns):
    """Which reigns touch each stretch of 4096 days."""
    lo = min(r[1] for r in reigns) >> 12
    hi = max(r[2] for r in reigns) >> 12
    bound, out = [0], []
    for b in range(lo, hi + 1):
        out += [i + 1 for i, r in enumerate(reigns) if r[1] >> 12 <= b <= r[2] >> 12]
        bound.append(len(out))
    return f"#define STRETCH_FIRST\t{lo}\n#define N_STRETCHES\t{hi - lo + 1}\n" + \
        table("uint16_t", "stretch_bound", bound) + table("uint16_t", "stretch_reign", out)


def lasted(reigns, years, era, p, base):
    """First and last lunar year of an era in a state."""
    days = [(d, r[7]) for r in reigns if r[4] == era and r[9] != "P" and
            r[0] == p and r[6] == base for d in (r[1], r[2])]
    found = [years.find(c, d)[0] for d, c in days]
    return min(found), max(found)


def disputes(pid, reigns, eras, years, fold):
    months, spans, modern = [], [], []
    for f in rows("disputes.tsv"):
        if f[0] == "era":
            _, polity, era, day, span = f
            base = min((abs(r[1] - int(day)), r[6]) for r in reigns
                       if r[0] == pid[polity] and r[4] == era)[1]
            a, z = map(int, span.split(".."))
            # The other table has one row for all who used a name: no dispute.
            others = {(r[0], lasted(reigns, years, r[4], r[0], r[6])) for r in reigns
                      if fold(r[4]) == fold(era) and r[9] != "P"}
            near = [s for p, s in others if abs(s[0] - a) + abs(s[1] - z) <=
                    (p != pid[polity])]
            whole = a in {s[0] for _, s in others} and z in {s[1] for _, s in others}
            if not near and not whole:
                spans.append((eras[pid[polity], era, base], a, z))
        elif f[0] == "modern":
            d, n = f[2].split("/")
            modern.append((int(f[1]), int(d), int(n)))
        else:
            d, who, a, b = f
            code = int(d) | int(a) << 22 | int(b) << 24
            months += [(int(d), pid[p], code) for p in who.split("|")]
    months.sort()
    # One line without a state where all who have the month share the doubt.
    out = []
    for d, g in itertools.groupby(months, key=lambda m: m[0]):
        g = list(g)
        having = {r[0] for r in reigns if r[1] <= d + 29 and r[2] >= d}
        if len({m[2] for m in g}) == 1 and {m[1] for m in g} >= having:
            out.append((g[0][2], 0))
        else:
            out += [(m[2], m[1]) for m in g]
    return "/* Month by first day: what two other tables say (2 bits each), and whose. */\n" + \
        table("uint32_t", "dispute_month", [f"0x{c:x}" for c, _ in out], 10) + \
        table("uint8_t", "dispute_polity", [p for _, p in out], 24) + \
        "static const struct dispute_era dispute_eras[] = {\n" + \
        "\n".join(f"\t{{ {e}, {a}, {z} }}," for e, a, z in sorted(spans)) + "\n};\n\n" + \
        "static const struct dispute_length dispute_lengths[] = {\n" + \
        "\n".join(f"\t{{ {a}, {b}, {n} }}," for a, b, n in modern) + "\n};\n" + slips(pid)


def slips(pid):
    return "\nstatic const struct slip slips[] = {\n" + \
        "\n".join("\t{ %s, %s, %s, %s, %s, %d }," % (*f[:5], pid[f[5]]) for f in rows("slips.tsv")) + "\n};\n"


def names_text(names, pool, polities, eras, emperors, by_era, by_emperor, abroad, regions):
    text = "static const unsigned char pool[] =\n"
    raw = pool.text.decode()
    while raw:
        cut, raw = raw[:24], raw[24:]
        text += '\t"' + cut + '"\n'
    text = text[:-1] + ";\n\n"

    def ref(s):
        return f"{{ {pool.at(s)}, {len(s.encode())} }}"

    text += "static const struct polity polities[] = {\n\t{ { 0, 0 }, { 0, 0 }, 0 },\n"
    for n, o, w, e in polities:
        text += f"\t{{ {ref(n)}, {ref(e)}, {w} }},\n"
    text += "};\n\nstatic const struct emperor emperors[] = {\n\t{ { 0, 0 }, 0 },\n"
    for (p, e) in emperors:
        text += f"\t{{ {ref(e)}, {p} }},\n"
    text += "};\n\nstatic const struct era eras[] = {\n\t{ { 0, 0 }, 0, 0, 0 },\n"
    for (p, e, base) in eras:
        text += f"\t{{ {ref(e)}, {p}, {int(e in PARTS)}, {base} }},\n"
    text += "};\n\n"
    for name, by, n in (("era", by_era, len(eras)), ("emperor", by_emperor, len(emperors))):
        bound, out = [0, 0], []
        for i in range(1, n + 1):
            out += by[i]
            bound.append(len(out))
        text += table("uint16_t", f"{name}_bound", bound) + table("uint16_t", f"{name}_reign", out)
    text += "static const struct abroad abroads[] = {\n"
    for a, z, region, state, era, year in abroad:
        text += f"\t{{ {a}, {z}, {ref(era)}, {ref(state)}, {year}, DATE_CAL_{region.upper()} }},\n"
    text += "};\n\n"
    forms = sorted(names.targets, key=lambda f: (fnv(f.encode()) % BUCKETS, f))
    lists, at, targets = {}, [], []
    for f in forms:
        t = tuple(sorted(names.targets[f]))
        if t not in lists:
            lists[t] = len(targets)
            targets += [k << 12 | i for k, i in t]
        at.append((pool.at(f), len(f.encode()), len(t), lists[t]))
    bound = [0] * (BUCKETS + 1)
    for f in forms:
        bound[fnv(f.encode()) % BUCKETS + 1] += 1
    bound = list(itertools.accumulate(bound))
    assert max(len(t) for t in names.targets.values()) < 256
    text += f"#define FORM_BUCKETS\t{BUCKETS}u\n#define FORM_CHARS\t{max(map(len, forms))}\n"
    text += "/* How a character is written in forms, by its last eight bits. */\n"
    folds = sorted(names.fold.items(), key=lambda f: (ord(f[0]) & 255, f[0]))
    low = [0] * 257
    for c, _ in folds:
        low[(ord(c) & 255) + 1] += 1
    text += table("uint16_t", "fold_bound", list(itertools.accumulate(low)))
    text += table("uint16_t", "fold_from", ["0x%x" % ord(c) for c, _ in folds])
    text += table("uint16_t", "fold_to", ["0x%x" % ord(t) for _, t in folds])
    begins = [0] * 64
    for f in forms:
        begins[ord(f[0]) >> 5 & 63] |= 1 << (ord(f[0]) & 31)
    text += "/* The last eleven bits of characters that forms begin with. */\n"
    text += table("uint32_t", "form_begins", ["0x%x" % b for b in begins], 8)
    text += "/* Forms by hash; their targets are kind << 12 | id. */\n"
    text += "static const struct form forms[] = {\n" + "\n".join(
        f"\t{{ {o}, {t}, {n}, {k} }}," for o, n, k, t in at) + "\n};\n\n"
    text += table("uint16_t", "form_bound", bound) + table("uint16_t", "form_target", targets)
    return text, 0


def prove(years, reigns, inv):
    """Every first and last day of a reign lies in a month of its calendar."""
    for p, a, z, emperor, era, part, base, cal, start, status in reigns:
        for j in (a, z):
            m = years.find(cal, j)
            assert m, (inv[p], emperor, era, j)


if __name__ == "__main__":
    stale = []
    for name, text in main().items():
        path = OUT / name
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(str(path))
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"{', '.join(stale)}: stale, run tools/gen-calendar.py")
