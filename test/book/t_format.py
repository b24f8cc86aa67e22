#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""A reader written from leishu-book(5) alone reads a whole book.

What it finds is held against what the program says of the same book, so that
the page stays true.  zstd and XXH3 come from their libraries.
"""
import ctypes
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
LEISHU = os.environ["LEISHU"]
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap

ORIGINS = ("title", "given", "redirect", "prose")
SPANS = ("term", "date", "duration", "amount")
FORMS = ("markdown", "prose", "json")
NODES = 23
ALL_ONES = {3: 0xffffff, 4: 0xffffffff}


def libraries():
    """zstd and xxhash, or None."""
    try:
        zstd = ctypes.CDLL("libzstd.so.1")
        xxh = ctypes.CDLL("libxxhash.so.0")
    except OSError:
        return None
    zstd.ZSTD_createDCtx.restype = ctypes.c_void_p
    zstd.ZSTD_decompress_usingDict.restype = ctypes.c_size_t
    zstd.ZSTD_decompress_usingDict.argtypes = [
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p,
        ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
    xxh.XXH3_64bits.restype = ctypes.c_uint64
    xxh.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    return zstd, xxh


class Bytes:
    """A cursor with the page's words: u8 to u64, varint, zigzag, blob, text."""

    def __init__(self, data, at=0, source=b""):
        self.data, self.at, self.source = data, at, source

    def take(self, n):
        if n > len(self.data) - self.at:
            raise ValueError(f"{n} bytes wanted, {len(self.data) - self.at} left")
        self.at += n
        return self.data[self.at - n:self.at]

    def number(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]

    def u8(self):
        return self.take(1)[0]

    def u32(self):
        return self.number("I")

    def u64(self):
        return self.number("Q")

    def varint(self):
        value = shift = 0
        while True:
            byte = self.u8()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def zigzag(self):
        v = self.varint()
        return v >> 1 ^ -(v & 1)

    def blob(self):
        return self.take(self.varint())

    def text(self):
        n = self.varint()
        if n & 1:
            at = self.varint()
            return self.source[at:at + (n >> 1)].decode()
        return self.take(n >> 1).decode(errors="replace")

    def list(self, read):
        return [read() for _ in range(self.varint())]

    def left(self):
        return len(self.data) - self.at


def must(holds, words):
    if not holds:
        raise ValueError(words)


class Book:
    def __init__(self, path, libs):
        self.file = path.read_bytes()
        self.zstd, xxh = libs
        self.sum = lambda b: xxh.XXH3_64bits(bytes(b), len(b))
        self.chunk = {}
        self.container()

    def container(self):
        r = Bytes(self.file)
        must(r.take(8) == b"\x89LEISHU\n", "the first eight bytes")
        must(r.u32() == 1, "the version")
        n, table, self.id, head = r.u32(), r.u64(), r.u64(), r.u64()
        must(n <= 64, "the number of chunks")
        must(head == self.sum(self.file[:32]), "the checksum of the header")
        must(self.id == self.sum(self.file[table:]), "the checksum of the table")
        r, end = Bytes(self.file, table), 40
        for _ in range(n):
            tag, zero = r.take(4).decode(), r.u32()
            at, size, told = r.u64(), r.u64(), r.u64()
            must(zero == 0 and at == (end + 7) // 8 * 8, f"the place of {tag}")
            must(not any(self.file[end:at]), f"zeros before {tag}")
            must(told == self.sum(self.file[at:at + size]), f"the checksum of {tag}")
            must(tag not in self.chunk, f"{tag} twice")
            self.chunk[tag] = self.file[at:at + size]
            end = at + size
        must(r.left() == 0 and table == (end + 7) // 8 * 8, "the end of the table")

    def open(self, tag, at=0):
        return Bytes(self.chunk.get(tag, b""), at)

    def u32s(self, tag):
        return [x[0] for x in struct.iter_unpack("<I", self.chunk[tag])]

    # --- entries ---------------------------------------------------------

    def entries(self):
        rows = list(struct.iter_unpack("<QIIII", self.chunk["BLKS"]))
        must(rows[-1][1:4] == (0, 0, 0) and rows[-1][0] == len(self.chunk["ENTR"]),
             "the last row of BLKS")
        words = self.open("ZDIC").data
        ctx, found = self.zstd.ZSTD_createDCtx(), []
        for row, after in zip(rows, rows[1:]):
            at, packed, plain, told, first = row
            must(first == len(found), "the number of a block's first entry")
            data = self.chunk["ENTR"][at:at + packed]
            must(told == self.sum(data) & 0xffffffff, "the checksum of a block")
            out = ctypes.create_string_buffer(plain)
            n = self.zstd.ZSTD_decompress_usingDict(ctx, out, plain, data, packed,
                                                    words, len(words))
            must(n == plain, "the plain length of a block")
            r = Bytes(out.raw)
            sizes = [r.varint() for _ in range(after[4] - first)]
            found += [self.entry(r.take(size)) for size in sizes]
            must(r.left() == 0, "a block to its end")
        must(rows[-1][4] == len(found), "the number of entries")
        return found

    def entry(self, data):
        r = Bytes(data)
        must(r.u8() == 1, "the version of an entry")
        e = {"form": FORMS[r.u8()], "source": r.blob()}
        r.source = e["source"]
        for key in ("id", "title", "kind", "lang", "author", "published", "updated",
                    "status", "site", "rights"):
            e[key] = r.text()
        e["names"] = r.list(lambda: self.name(r))
        e["subjects"], e["redirects"] = r.list(r.text), r.list(r.text)
        for key in ("references", "record", "extra", "text"):
            e[key] = r.text()
        text = e["text"].encode()
        self.before = 0
        e["nodes"] = r.list(lambda: self.node(r, len(text)))
        self.before = 0
        e["spans"] = r.list(lambda: self.span(r))
        e["statements"] = r.list(lambda: self.statement(r))
        must(r.left() == 0, "an entry to its end")
        return e

    def name(self, r):
        keys = ("form", "lang", "scheme", "reading", "from", "to")
        n = {k: r.text() for k in keys}
        n["origin"], n["src"] = ORIGINS[r.varint()], r.varint()
        return n

    def node(self, r, end):
        flags = r.u8()
        self.before += r.zigzag()
        size = r.varint()
        if flags & 0x40:
            r.take(2)
            r.varint()
        args = [r.text(), r.text()] if flags & 0x20 else []
        below = 0 if flags & 0x80 else r.varint()
        must(flags & 0x1f < NODES and self.before + size <= end, "a node")
        return flags & 0x1f, self.before, size, args, below

    def span(self, r):
        kind, begin, size = SPANS[r.varint()], self.before + r.varint(), r.varint()
        self.before = begin + size
        a, b, c = r.text(), r.text(), r.text()
        return {"type": kind, "from": begin, "to": begin + size, "a": a, "b": b,
                "c": c, "days": (r.zigzag(), r.zigzag()), "doubt": r.varint()}

    def statement(self, r):
        return (r.text(), r.text(), r.zigzag(), r.zigzag(), r.varint(), r.varint(),
                r.varint())

    # --- lists -----------------------------------------------------------

    def cards(self, n):
        r = self.open("WORD")
        words = r.list(r.blob)
        r, steps, found = self.open("CARD"), self.open("CARX"), []

        def word():
            i = r.varint()
            return words[i - 1] if i else r.blob()

        for no in range(n):
            if no % 16 == 0:
                must(steps.u64() == r.at, "the offset of a card")
            found.append([r.blob(), r.blob(), r.blob(), word(), word()])
        must(r.left() == steps.left() == 0, "the cards to their end")
        return found

    def links(self):
        """Who names a target that means an entry: (from, to) pairs."""
        r, offsets = self.open("LNKT"), self.open("LNKX")
        found, rows = set(), []
        while r.left():
            must(offsets.u64() == r.at, "the offset of a target")
            r.blob(), r.blob()
            to, last = r.varint() - 1, 0
            for _ in range(r.varint()):
                last += r.varint()
                found.add((last, to))
            rows.append(to)
        must(offsets.left() == 0, "the targets to their end")
        for no, many, first in struct.iter_unpack("<III", self.chunk["LNKE"]):
            must(many == len({a for a, b in found if b == no}), "LNKE's count")
            must(rows[self.u32s("LNKR")[first]] == no, "LNKE's place")
        return {(a, b) for a, b in found if b >= 0}

    def order(self, tag):
        r = self.open(tag)
        places, width = r.u32(), r.u8()
        numbers = [int.from_bytes(r.take(width), "little") for _ in range(places)]
        groups = r.list(lambda: (r.blob(), r.varint()))
        must(sum(n for _, n in groups) == places and r.left() == 0, tag)
        return numbers

    def dictionary(self, tag):
        r = self.open(tag)
        if not r.left():
            return []
        must((r.u32(), r.u32()) == (1, 16), f"the head of {tag}")
        n, size, zero = r.u64(), r.u64(), r.u64()
        must(zero == 0, f"the zero of {tag}")
        rows = [(r.take(8), r.u64()) for _ in range((n + 15) // 16)]
        must(r.left() == size, f"the size of {tag}")
        base, found, key, value = r.at, [], b"", 0
        for i in range(n):
            if i % 16 == 0:
                must(rows[i // 16][1] == r.at - base, f"an offset in {tag}")
                key, value = r.blob(), r.varint()
                must(rows[i // 16][0] == key[:8].ljust(8, b"\0"), f"a row of {tag}")
            else:
                key = key[:r.varint()] + r.blob()
                value += r.zigzag()
            must(not found or found[-1][0] < key, f"the order of {tag}")
            found.append((key, value))
        must(r.left() == 0, f"{tag} to its end")
        return found

    # --- names -----------------------------------------------------------

    def names(self):
        """NKEY, NAME and NMET: (entry, form, scheme, language) of each name."""
        keys, meta = self.dictionary("NKEY"), self.open("NMET")
        entries, total, n_tags = meta.u32(), meta.u64(), meta.u32()
        for n in (len(keys), len(self.dictionary("NREA"))):
            peaks = (n + 255) // 256
            rank, peak = meta.take(n), meta.take(peaks)
            must(all(max(rank[i * 256:i * 256 + 256]) == peak[i] for i in range(peaks)),
                 "the highest ranks")
            meta.take(2 * peaks)
        width = 3 if entries < 0xffffff else 4
        sole = [int.from_bytes(meta.take(width), "little") for _ in keys]
        tags = [(meta.blob().decode(), meta.blob().decode()) for _ in range(n_tags)]
        must(meta.left() == 0, "NMET to its end")
        found = self.forms(keys, sole, width, tags)
        must(len(found) == total, "the number of names")
        return found

    def stored_name(self, r):
        flags = r.u8()
        tag = r.varint() if flags & 0x10 else 0
        if flags & 0x20:
            r.blob()
        shared = r.varint() if flags & 0x80 else 0
        steps = b"" if flags & 8 else r.blob()
        return bool(flags & 4), (shared, steps), tag

    def forms(self, keys, sole, width, tags):
        found, head = [], b""
        for i, (key, at) in enumerate(keys):
            r = Bytes(self.open("NAME", at).blob())
            alone, first = sole[i] != ALL_ONES[width], i % 16 == 0
            for _ in range(1 if alone else r.varint()):
                no, last = sole[i] if alone else r.varint(), False
                while not last:
                    last, (shared, steps), tag = self.stored_name(r)
                    if first:
                        head, first = steps, False
                    form = self.walk(key, head[:shared] + steps)
                    found.append((no, form.decode(errors="replace")) + tags[tag])
            must(r.left() == 0, "a key's names to their end")
        return found

    def walk(self, key, steps):
        """The form that the steps make of the key."""
        r, k, form = Bytes(steps), Bytes(key), b""
        while r.left():
            c = r.u8()
            if c >= 0xc0:
                form += k.take(c - 0xc0) + b" "
            elif c >= 0x80:
                form += k.take((c - 0x80) * 3) + chr(r.u8() << 8 | r.u8()).encode()
                k.take(3)
            elif c >= 0x40:
                form += k.take(c & 0x1f) + (b" " if c & 0x20 else b"")
                form += k.take(1).upper()
            else:
                form += k.take(c)
                lens = r.u8()
                form += r.take(lens >> 4)
                k.take(lens & 15)
        return form + k.take(k.left())

    def pairs(self, keys, values, rising, high):
        for _, at in self.dictionary(keys):
            r, last = Bytes(self.open(values, at).blob()), 0
            while r.left():
                v = r.varint()
                last = last + v if rising else v
                must(last < high, f"a number in {values}")

    # --- text and dates --------------------------------------------------

    def postings(self, at):
        """{entry: (occurrences, in a title or name, positions)} of a term."""
        r = self.open("TPST", at)
        n, found = r.varint(), []
        if n < 128:
            found = self.tail(r, n, -1)
            return self.positions(r, found)
        size, far = r.varint(), r.varint()
        rows = [(r.u32(), r.u32(), r.u32(), r.number("H"), r.u8(), r.u8())
                for _ in range((n + 127) // 128)]
        blocks, places = Bytes(r.take(size)), Bytes(r.take(far))
        result, last = {}, -1
        for end, at_block, at_place, _, wide, code in rows:
            must((blocks.at, places.at) == (at_block, at_place), "a row of TPST")
            if (wide, code) == (255, 255):
                found = self.tail(blocks, n % 128, last)
            else:
                found, gaps = [], self.lanes(blocks.take(wide * 16), wide)
                codes = self.lanes(blocks.take(code * 16), code)
                for gap, c in zip(gaps, codes):
                    last += gap + 1
                    found.append((last, c))
            last = found[-1][0]
            must(last == end, "the last entry of a block")
            result |= self.positions(places, found)
        must(blocks.left() == places.left() == 0, "the blocks to their end")
        return result

    def tail(self, r, n, last):
        found = []
        for _ in range(n):
            gap = r.varint()
            last += (gap >> 1) + 1
            found.append((last, 0 if gap & 1 else r.varint()))
        return found

    def lanes(self, data, width):
        """128 numbers: the i-th is the i / 4-th of the stream of u32 i % 4."""
        word = [x[0] for x in struct.iter_unpack("<I", data)]
        lane = [sum(v << 32 * i for i, v in enumerate(word[k::4])) for k in range(4)]
        return [lane[i % 4] >> i // 4 * width & (1 << width) - 1 for i in range(128)]

    def positions(self, r, found):
        n = sum((code >> 1) + 1 for _, code in found)
        gaps = []
        for i, width in enumerate(r.take((n + 31) // 32)):
            many = min(32, n - i * 32)
            bits = int.from_bytes(r.take((many * width + 7) // 8), "little")
            gaps += [bits >> k * width & (1 << width) - 1 for k in range(many)]
        result, gaps = {}, iter(gaps)
        for no, code in found:
            place, last = [], -1
            for _ in range((code >> 1) + 1):
                last += next(gaps) + 1
                place.append(last)
            result[no] = (len(place), code & 1, place)
        return result

    def lengths(self):
        r = self.open("TLEN")
        version, n, total, zero = r.u32(), r.u32(), r.u64(), r.u64()
        must((version, zero, r.left()) == (1, 0, n), "the head of TLEN")
        codes = r.take(n)
        lengths = [c if c < 32 else (16 + c % 16) << c // 16 - 1 for c in codes]
        must(sum(lengths) <= total <= sum(lengths) * 17 // 16 + n, "the lengths of TLEN")
        return n

    def dates(self):
        r = self.open("TIME")
        n, props, blocks, zero = (r.u32() for _ in range(4))
        must(zero == 0 and blocks == (n + 63) // 64, "the head of TIME")
        top = [r.number("i") for _ in range(blocks)]
        rows = [struct.unpack("<iiIIIHBBI", r.take(28)) for _ in range(n)]
        names = [r.blob().decode() for _ in range(props)]
        must(r.left() == 0 and [w[:2] for w in rows] == sorted(w[:2] for w in rows),
             "the rows of TIME")
        must(all(max(w[1] for w in rows[i * 64:i * 64 + 64]) == t
                 for i, t in enumerate(top)), "the last days of TIME")
        return {(w[2], names[w[5]], w[0], w[1], w[6], w[3], w[4]) for w in rows}


def made():
    """Enough entries for a dictionary, full blocks of postings, homonyms."""
    for i in range(400):
        yield json.dumps({
            "id": f"m{i:03}", "title": f"Number {i}", "kind": "term",
            "names": ["重名" if i % 3 else f"名{i}", {"form": "Lü-shun", "lang": "en"}],
            "body": "the river " * (i % 7 + 1) + f"in {1500 + i} near Beijing 北京 "
                    + " ".join(f"w{i * k % 97}" for k in range(60))}, ensure_ascii=False)


def show(book, name):
    return json.loads(subprocess.run([LEISHU, "show", book, name, "--as", "json"],
                                     check=True, stdout=subprocess.PIPE).stdout)


def entry_faults(entries, book):
    for no in [*range(0, len(entries), 7), 0, len(entries) - 1]:
        e, told = entries[no], show(book, entries[no]["id"])
        for key in ("id", "title", "kind", "text"):
            if e[key] != told.get(key, ""):
                yield f"{e['id']}: {key}"
        for key in ("form", "origin"):
            if [n[key] for n in e["names"]] != [n[key] for n in told["names"]]:
                yield f"{e['id']}: {key} of names"
        spans = [(s["type"], s["from"], s["to"]) for s in told["spans"] if s["type"] in SPANS]
        if [(s["type"], s["from"], s["to"]) for s in e["spans"]] != spans:
            yield f"{e['id']}: spans"


def main():
    tap, libs = Tap(), libraries()
    if libs is None:
        print("1..0 # SKIP libzstd.so.1 and libxxhash.so.0 are not here")
        return
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp, "b.book")
        subprocess.run([LEISHU, "build", SOURCE / "content", "-", "-q", "-o", path],
                       input="\n".join(made()), text=True, check=True)
        steps(tap, path, libs)
    tap.done()


def steps(tap, path, libs):
    book = Book(path, libs)
    entries = book.entries()
    n = len(entries)

    def result(name, faults):
        try:
            tap.result(name, list(faults()))
        except (ValueError, IndexError, KeyError) as e:
            tap.result(name, [f"{type(e).__name__}: {e}"])

    def meta():
        m = json.loads(book.chunk["META"])
        must(m["format"] == 1 and m["entries"] == n, "META")
        must(book.chunk["ZDIC"], "there is a dictionary of the blocks")
        return []

    def cards():
        return [f"card {i}" for i, c in enumerate(book.cards(n))
                if [x.decode() for x in (c[0], c[1], c[3])] !=
                [entries[i][k] for k in ("id", "title", "kind")]]

    def ids():
        told = book.u32s("IDSX")
        return [] if told == sorted(range(n), key=lambda i: entries[i]["id"].encode()) \
            else ["IDSX"]

    def links():
        told, place = book.links(), {e["id"]: i for i, e in enumerate(entries)}
        wanted = {(i, place[a[0]]) for i, e in enumerate(entries)
                  for kind, _, _, a, _ in e["nodes"] if kind == 19 and a[0] in place}
        return sorted(f"{x}" for x in wanted ^ told)

    def references():
        r = book.open("REFS")
        told = dict(r.list(lambda: (r.blob().decode(), json.loads(r.blob()))))
        wanted = json.loads((SOURCE / "content/references.json").read_text("utf-8"))
        return [k for k in {w["id"] for w in wanted} ^ set(told)]

    def orders():
        return [t for t in ("ORDA", "ORDB", "ORDC", "ORDD", "ORDE")
                if t in book.chunk and not set(book.order(t)) <= set(range(n))]

    def names():
        told = {(a, b) for a, b, _, _ in book.names()}
        wanted = {(i, x["form"]) for i, e in enumerate(entries) for x in e["names"]}
        return [f"{x} is not there" for x in sorted(wanted - told)[:5]]

    def pairs():
        keys = len(book.dictionary("NKEY"))
        book.pairs("NREA", "NREO", False, keys * 4)
        book.pairs("NINI", "NINO", False, keys)
        book.pairs("NTRM", "NTRO", True, keys)
        whole = {k for t in ("NKEY", "NREA") for k, _ in book.dictionary(t)}
        return [k for k, _ in book.dictionary("NBAK")
                if k[::-1] not in whole and k.decode()[::-1].encode() not in whole][:3]

    def text():
        must(book.lengths() == n, "TLEN has every entry")
        terms = {k: book.postings(at) for k, at in book.dictionary("TDIC")}
        must(len(terms[b"river"]) >= 400 and max(map(len, terms.values())) > 256,
             "a term of several blocks")
        return [f"river in {no}: {many}" for no, (many, _, _) in terms[b"river"].items()
                if many != entries[no]["text"].lower().split().count("river")
                and entries[no]["id"].startswith("m")]

    def dates():
        wanted = {(i, s[0], s[2], s[3], s[4], s[5], s[6]) for i, e in enumerate(entries)
                  for s in e["statements"] if (s[2], s[3]) != (0, 0)}
        return sorted(map(str, wanted ^ book.dates()))[:5]

    result("entries", lambda: entry_faults(entries, path))
    for name, faults in (("META, ZDIC", meta), ("CARD, CARX, WORD", cards),
                         ("IDSX", ids), ("LNKT, LNKX, LNKE, LNKR", links),
                         ("REFS", references), ("orders", orders),
                         ("NKEY, NAME, NMET", names), ("readings, initials, words", pairs),
                         ("TLEN, TDIC, TPST", text), ("TIME", dates)):
        result(name, faults)


main()
