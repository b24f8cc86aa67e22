#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The manual, the completion and --help say the same.

Every command of leishu --help has a page, named in leishu(1); a page has the
options of COMMAND --help and no others; bash completes them.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
LEISHU = os.environ["LEISHU"]
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap

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


def main():
    tap = Tap()
    top = (SOURCE / "man/leishu.1").read_text(encoding="utf-8")
    names = commands()
    for name in names:
        tap.result(f"leishu-{name}(1) and --help", page_faults(name))
        listed = f".It Xr leishu-{name} 1" in top
        tap.result(f"leishu(1) lists {name}", [] if listed else ["it does not"])
    listed = set(re.findall(r"^\.It Xr leishu-(\w+) 1", top, re.M))
    tap.result("leishu(1) lists no others", sorted(listed - set(names)))
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
    tap.done()


main()
