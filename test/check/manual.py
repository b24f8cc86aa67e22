#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The manual, the completion and --help say the same.

Every command of leishu --help has a page, named in leishu(1) with the same
words; a page has the options of COMMAND --help and no others; its examples
run; bash completes options and their values.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
LEISHU = os.environ["LEISHU"]
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap

VALUES = {
    "show --as": "text html md json source",
    "date -a": "text json edtf gregorian julian jdn chinese",
    "dump --as": "jsonl",
    "check -f": "text json sarif",
    "check --level": "note warning error",
}
COMPLETE = r"""
source "$1/completions/leishu.bash"
COMP_WORDS=("${@:2}")
COMP_CWORD=$(($# - 2))
compopt() { :; }
_leishu
printf '%s\n' "${COMPREPLY[@]}"
"""


def ask(*args):
    return subprocess.run([LEISHU, *args], text=True, check=True,
                          stdout=subprocess.PIPE).stdout


def commands():
    return re.findall(r"^  ([a-z]+) +\S", ask("--help"), re.M)


def options_of_help(text):
    """Long names, and letters as "-x", of the option lines."""
    found = set()
    for line in text.splitlines():
        if (m := re.match(r"^  (?:(-\w), |    )(--[a-z-]+)", line)):
            found |= {w for w in m.groups() if w}
    return found


def options_of_page(text):
    """What .Fl names on an item line: ".It Fl n , Fl -count Ar N"."""
    found = set()
    for line in text.splitlines():
        if line.startswith(".It Fl"):
            found |= {"-" + w.replace("\\-", "-")
                      for w in re.findall(r"Fl (\S+)", line)}
    return found


def complete(*words):
    out = subprocess.run(["bash", "-c", COMPLETE, "-", SOURCE, LEISHU, *words],
                         text=True, stdout=subprocess.PIPE).stdout
    return set(out.split())


def page_faults(name):
    page = SOURCE / "man" / f"leishu-{name}.1"
    if not page.exists():
        return [f"man/{page.name} is missing"]
    said = options_of_help(ask(name, "--help"))
    written = options_of_page(page.read_text(encoding="utf-8"))
    optional = {"-h", "--help"}
    return [f"{o} is not in man/{page.name}" for o in sorted(said - written - optional)] + \
        [f"{o} is only in man/{page.name}" for o in sorted(written - said)]


def codes_faults():
    """leishu-check(1) has every code as leishu check --codes says it."""
    page = (SOURCE / "man/leishu-check.1").read_text(encoding="utf-8")
    written = re.findall(r"^\.It Cm (\S+) Pq (\w+)\n(.*)$", page, re.M)
    said = [(code, level, words.replace("; ", ": ") + ".") for level, code, words in
            re.findall(r"^(\w+) +(\S+) +(.*)$", ask("check", "--codes"), re.M)]
    fold = {(c, v, w.replace("; ", ": ").lower()) for c, v, w in written}
    return [f"{c} differs" for c, v, w in said if (c, v, w.lower()) not in fold] + \
        [f"{c} is no code" for c in {w[0] for w in written} - {s[0] for s in said}]


def kinds_faults():
    """leishu-entry(5) has the fields of every kind."""
    table = (SOURCE / "src/record/kinds.def").read_text(encoding="utf-8")
    page = (SOURCE / "man/leishu-entry.5").read_text(encoding="utf-8")
    page = page.partition(".Sh RECORDS")[2].partition("\n.Sh ")[0]
    wanted = {}
    for kind, field in re.findall(r'^KIND\("(\w+)", "(\w+)"', table, re.M):
        wanted.setdefault(kind, []).append(field)
    for kind, fields in wanted.items():
        item = page.partition(f".It Cm {kind}\n")[2].partition("\n.It")[0]
        if sorted(re.findall(r"^\.Cm (\w+)", item.partition("\n.El")[0], re.M)) != sorted(fields):
            yield f"{kind}: {', '.join(fields)}"


def examples(name):
    """What a reader would type after "$ leishu", but for servers."""
    page = (SOURCE / "man" / name).read_text(encoding="utf-8")
    page = page.partition(".Sh EXAMPLES")[2].partition("\n.Sh ")[0]
    return [line for line in re.findall(r"^(?:\.Dl )?\$ (leishu .*)$", page, re.M)
            if "leishu serve" not in line and
            (" | " not in line or shutil.which(line.partition(" | ")[2].split()[0])
             or " | leishu" in line)]


def example_faults(name):
    begin = "leishu new mybook\nleishu build mybook -q -o my.book\n"
    lines = examples(name)
    with tempfile.TemporaryDirectory() as tmp:
        env = os.environ | {"PATH": f"{tmp}:{os.environ['PATH']}"}
        pathlib.Path(tmp, "leishu").symlink_to(LEISHU)
        for line in ["" if lines[:1] == ["leishu new mybook"] else begin, *lines]:
            p = subprocess.run(["bash", "-e", "-c", line], cwd=tmp, env=env, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if p.returncode:
                yield f"{line}: status {p.returncode}"
                yield from p.stdout.splitlines()


def main():
    tap = Tap()
    top = (SOURCE / "man/leishu.1").read_text(encoding="utf-8")
    names = commands()
    for name in names:
        tap.result(f"leishu-{name}(1) and --help", page_faults(name))
        words = re.search(rf"^  {name} +(\S.*)$", ask("--help"), re.M)[1]
        listed = f".It Xr leishu-{name} 1\n{words}\n" in top
        tap.result(f"leishu(1) lists {name}", [] if listed else ["not so"])
    listed = set(re.findall(r"^\.It Xr leishu-(\w+) 1", top, re.M))
    tap.result("leishu(1) lists no others", sorted(listed - set(names)))
    tap.result("leishu-check(1) has the codes", codes_faults())
    tap.result("leishu-entry(5) has the fields of records", kinds_faults())
    for page in ("leishu.1", *(f"leishu-{n}.1" for n in names)):
        tap.result(f"examples of {page}", example_faults(page))
    library = (SOURCE / "man/leishu.3").read_text(encoding="utf-8")
    functions = set((SOURCE / "include/leishu.symbols").read_text().split())
    tap.result("leishu(3) names every public function", [
        f"{f} is not in man/leishu.3" for f in sorted(functions)
        if not re.search(rf"^\.Fn {f}\b", library, re.M)])
    if shutil.which("bash") and names:
        want = set(names) | {"--help", "--version"}
        got = complete("")
        tap.result("bash completes commands", sorted(want ^ got))
        for name in names:
            want = {o for o in options_of_help(ask(name, "--help")) if o.startswith("--")}
            tap.result(f"bash completes options of {name}",
                       sorted(want ^ complete(name, "--")))
        for words, want in VALUES.items():
            tap.result(f"bash completes values of {words}",
                       sorted(set(want.split()) ^ complete(*words.split(), "")))
    tap.done()


main()
