#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Make C of what stands in web/: templates, interface words, files.

usage: tools/embed-web.py WEBDIR OUTDIR

web_gen.h, web_gen.c  one function a template, one enum constant a word,
                      the sentences of said.tsv
assets_gen.c          style sheet, script and other files, plain and gzipped

A template begins with a line <!--= name --> and runs to the next.  In it
  {x}    text, escaped                {?x} ... {/}   only when x is not empty
  {x*}   text with its languages      {^x} ... {/}   only when x is empty
  {x!}   HTML as it is                {~word}        a word of the interface
  {x$}   a sentence of the library    {~word x}      the same, x in its place
  {x#}   a number
  {@file} the address of a file, with its hash
Line breaks between tags vanish.  words.tsv holds key, English, traditional
and simplified Chinese; {} takes the argument, "one|many" follows a number.
said.tsv holds English sentences with {} for what changes, and both Chinese.
"""
import gzip
import hashlib
import pathlib
import re
import sys

UI = ["en", "zh-Hant", "zh-Hans"]
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
         ".json": "application/json"}
MARK = re.compile(r"\{([?^~@/]?)([\w.-]*)(?: (\w+))?([*!#$]?)\}")


def die(msg):
    sys.exit(f"embed-web: {msg}")


def c_string(data):
    out, line = [], ""
    for byte in data:
        ch = chr(byte)
        if ch in '"\\?':
            ch = "\\" + ch
        elif byte == 10:
            ch = "\\n"
        elif byte < 32 or byte > 126:
            ch = f"\\{byte:03o}"
        line += ch
        if len(line) > 90:
            out.append(f'"{line}"')
            line = ""
    out.append(f'"{line}"')
    return "\n\t".join(out)


def read_words(path):
    words = {}
    for no, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cols = line.split("\t")
        if len(cols) != 1 + len(UI) or not all(cols):
            die(f"{path}:{no}: wants key and {len(UI)} columns")
        if cols[0] in words:
            die(f"{path}:{no}: '{cols[0]}' stands twice")
        if len({c.count("{}") > 0 for c in cols[1:]}) > 1:
            die(f"{path}:{no}: {{}} in some columns only")
        if set(line) & set('<>&"'):
            die(f"{path}:{no}: a word stands in HTML as it is, so no <>&\"")
        words[cols[0]] = cols[1:]
    return words


def read_said(path):
    said = {}
    for no, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cols = line.split("\t")
        if len(cols) != len(UI) or not all(cols):
            die(f"{path}:{no}: wants {len(UI)} columns")
        holes = [str(i + 1) for i in range(cols[0].count("{}"))]
        if len(holes) > 9 or "{}{}" in cols[0]:
            die(f"{path}:{no}: too many {{}}, or two without a word between")
        for cell in cols[1:]:
            if sorted(re.findall(r"\{(\d)~?\}", cell)) != holes:
                die(f"{path}:{no}: '{cell}' has other places than the English")
        if cols[0] in said:
            die(f"{path}:{no}: '{cols[0]}' stands twice")
        said[cols[0]] = cols
    return said.values()


def cell(text):
    data = text.encode()
    return f"{{ (const unsigned char *){c_string(data)}, {len(data)} }}"


def shrink(path):
    """The file without comments and without room between its words."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        text = re.sub(r"\s+", " ", text)
        text = re.sub(r"\s*([{};])\s*", r"\1", text).replace(";}", "}")
        text = re.sub(r": (?=[^{}]*[;}])", ":", text)
    elif path.suffix == ".js":
        text = re.sub(r"^\s*/\*.*?\*/\n", "", text, flags=re.S | re.M)
        text = re.sub(r"\n\s+", "\n", text)
    return text.strip().encode() + b"\n"


def read_assets(web):
    assets = {}
    for path in sorted(web.iterdir()):
        if path.suffix in TYPES and path.name != "words.tsv":
            data = shrink(path)
            digest = hashlib.sha256(data).hexdigest()[:10]
            assets[path.name] = (data, f"{path.stem}-{digest}{path.suffix}")
    return assets


def squeeze(text):
    text = re.sub(r"(?<=[>}])\n\s*(?=[<{])", "", text.strip())
    return re.sub(r"\n\s*", "\n", text)


def templates(web):
    for path in sorted(web.glob("*.html")):
        parts = re.split(r"<!--= (\w+) -->\n", path.read_text(encoding="utf-8"))
        for name, text in zip(parts[1::2], parts[2::2]):
            yield path, name, squeeze(text)


class Template:
    KINDS = {"": "text", "*": "runs", "!": "html", "#": "num", "$": "said"}

    def __init__(self, where, name, text, words, assets):
        self.where, self.name = f"{where}: {name}", name
        self.vars, self.code, self.words = {}, [], words
        self.assets, depth, at = assets, 0, 0
        for m in MARK.finditer(text):
            self.literal(text[at:m.start()])
            at = m.end()
            depth += self.mark(m[1], m[2], m[3], m[4])
            if depth < 0:
                die(f"{self.where}: one {{/}} too many")
        self.literal(text[at:])
        if depth:
            die(f"{self.where}: {depth} {{/}} missing")

    def emit(self, line):
        self.code.append(line)

    def literal(self, text):
        if text:
            self.emit(f"buf_bytes(p->out, B({c_string(text.encode())}));")

    def var(self, name, kind):
        have = self.vars.get(name)
        if have in (None, "flag"):
            self.vars[name] = kind
        elif kind != "flag" and (have == "num") != (kind == "num"):
            die(f"{self.where}: '{name}' is {have} and {kind}")

    def mark(self, sign, name, arg, suffix):
        if sign == "/":
            self.emit("}")
            return -1
        if sign in "?^" and sign:
            self.var(name, "flag")
            self.emit(f"if ({'!' if sign == '^' else ''}@{name}@) {{")
            return 1
        if sign == "~":
            if name not in self.words:
                die(f"{self.where}: no word '{name}'")
            if not arg:
                self.emit(f"buf_bytes(p->out, word(p->ui, WORD_{name}));")
                return 0
            kind = self.KINDS[suffix]
            self.var(arg, kind)
            self.emit(f"page_word_{kind}(p, WORD_{name}, v->{arg});")
            return 0
        if sign == "@":
            if name not in self.assets:
                die(f"{self.where}: no file '{name}'")
            self.literal("/static/" + self.assets[name][1])
            return 0
        kind = self.KINDS[suffix]
        self.var(name, kind)
        self.emit(f"page_{kind}(p, v->{name});")
        return 0

    def test(self, m):
        kind = self.vars[m[1]]
        return f"v->{m[1]}" + (".n > 0" if kind in ("text", "runs", "html", "said") else "")

    def head(self):
        types = {"flag": "bool", "num": "uint64_t"}
        rows = "".join(f"\t{types.get(k, 'struct bytes')} {n};\t/* {k} */\n"
                       for n, k in sorted(self.vars.items()))
        rows = rows or "\tint unused;\n"
        return (f"struct t_{self.name} {{\n{rows}}};\n"
                f"void\tt_{self.name}(struct page *p, const struct t_{self.name} *v);\n")

    def body(self):
        body = "\n".join("\t" + re.sub(r"@(\w+)@", self.test, c).replace("(!v->", "(!v->")
                         for c in self.code)
        body = re.sub(r"if \(!(v->\w+\.n) > 0\)", r"if (\1 == 0)", body)
        return (f"void\nt_{self.name}(struct page *p, const struct t_{self.name} *v)\n"
                f"{{\n\t(void)v;\n{body}\n}}\n")


def main():
    web, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    words, assets = read_words(web / "words.tsv"), read_assets(web)
    list_ = [Template(path, name, text, words, assets)
             for path, name, text in templates(web)]
    names = [t.name for t in list_]
    if len(set(names)) != len(names):
        die("two templates of one name")
    note = "/* Made by tools/embed-web.py from web/.  Do not edit. */\n"
    head = note + "#ifndef WEB_GEN_H\n#define WEB_GEN_H\n#include \"render/page.h\"\n"
    head += "enum word {\n" + "".join(f"\tWORD_{w},\n" for w in words) + "\tWORD__MAX\n};\n"
    head += "".join(t.head() for t in list_) + "#endif\n"
    body = note + '#include "render/web_gen.h"\n'
    body += f"const struct bytes word_table[WORD__MAX][{len(UI)}] = {{\n"
    for w, cols in words.items():
        body += f"\t[WORD_{w}] = {{ {', '.join(map(cell, cols))} }},\n"
    body += "};\n"
    said = read_said(web / "said.tsv")
    body += f"const struct bytes said_table[][{len(UI)}] = {{\n"
    body += "".join(f"\t{{ {', '.join(map(cell, cols))} }},\n" for cols in said)
    body += f"}};\nconst size_t n_said = {len(said)};\n"
    body += "".join(t.body() for t in list_)
    (out / "web_gen.h").write_text(head, encoding="utf-8")
    (out / "web_gen.c").write_text(body, encoding="utf-8")
    rows, data_c = "", note + '#include "serve/assets.h"\n'
    for i, (name, (data, url)) in enumerate(assets.items()):
        zipped = gzip.compress(data, 9, mtime=0)
        for tag, blob in (("plain", data), ("gzip", zipped)):
            data_c += f"static const unsigned char {tag}_{i}[] = {{\n"
            data_c += "\n".join(",".join(map(str, blob[k:k + 32])) + ","
                                for k in range(0, len(blob), 32)) + "\n};\n"
        rows += (f'\t{{ "{name}", "/static/{url}", "{TYPES[pathlib.Path(name).suffix]}",\n'
                 f"\t  {{ plain_{i}, sizeof(plain_{i}) }}, {{ gzip_{i}, sizeof(gzip_{i}) }} }},\n")
    data_c += f"const struct asset assets[] = {{\n{rows}}};\nconst size_t n_assets = {len(assets)};\n"
    (out / "assets_gen.c").write_text(data_c, encoding="utf-8")


main()
