#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The checkers see what they are for: each case is a file with one fault."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap

# In two pieces: the line is not this file's own.
SPDX = "/* SPDX-" + "License-Identifier: ISC */\n"

# checker, file, its text, words the checker must say ("" when it holds)
CASES = [
    ("layers", "src/pack/x.c", '#include "base/buf.h"\n', ""),
    ("layers", "src/pack/x.c", '#include "pack/pack.h"\n', ""),
    ("layers", "src/pack/x.c", '#include "entry/entry.h"\n', "may not include"),
    ("layers", "src/script/x.c", '#include "calendar/x.h"\n', "may not include"),
    ("layers", "src/base/x.c", "#include <leishu/find.h>\n", "may not include"),
    ("layers", "src/query/x.c", "#include <leishu/find.h>\n", ""),
    ("layers", "src/query/x.c", "#include <microhttpd.h>\n", "for serve only"),
    ("layers", "src/entry/x.c", "#include <pthread.h>\n", "only"),
    ("layers", "src/nowhere/x.c", "", "no such module"),
    ("layers", "cmd/find.c", '#include <leishu/find.h>\n#include "cmd.h"\n', ""),
    ("layers", "cmd/find.c", '#include "base/buf.h"\n', "sees"),
    ("layers", "cmd/serve.c", '#include "serve/serve.h"\n', ""),
    ("layers", "cmd/find.c", '#include "serve/serve.h"\n', "sees"),
    ("layers", "include/leishu/find.h", '#include "base/buf.h"\n', "public header"),
    ("layers", "include/leishu/zzz.h", "", "in no module"),
    ("style", "src/a.c", SPDX + "\tint a;\n", ""),
    ("style", "src/a.c", SPDX + "        int a;\n", "not tabs"),
    ("style", "src/a.c", SPDX + "int a; \n", "blank at the end"),
    ("style", "src/a.c", SPDX + "int a;", "no newline"),
    ("style", "src/a.c", SPDX + "int a;\n\n", "empty line"),
    ("style", "src/a.c", "int a;\n", "no SPDX"),
    ("style", "src/a.c", SPDX + "int a;\n" * 799, ""),
    ("style", "src/a.c", SPDX + "int a;\n" * 800, "are the most"),
    ("style", "src/a.c", SPDX + "\t/* " + "x" * 86 + " */\n", ""),
    ("style", "src/a.c", SPDX + "\t/* " + "x" * 87 + " */\n", "wider than"),
    ("style", "src/a.c", SPDX + "/* " + "TO" + "DO */\n", "do it"),
    ("style", "README.md", "Lei" + "Shu\n", "the name is"),
    ("style", "src/a.c", SPDX + "/* a\u200bb */\n", "U+200B"),
    ("style", "src/a.c", SPDX + "/* a\fb */\n", "U+000C"),
    ("style", "README.md", b"\xff\n", "not UTF-8"),
    ("generated", "tools/gen-a.py", "", ""),
    ("generated", "tools/gen-a.py", "import sys\nsys.exit('a: stale')\n", "stale"),
    ("generated", "tools/gen-a.py", "import sys\nprint('far')\nsys.exit(77)\n", "SKIP far"),
    ("said", "src/base/a.c", 'date_fail(e, F, 0, "no such day");\n', ""),
    ("said", "src/calendar/a.c", 'date_fail(e, F, 0, "%d", n);\n', ""),
    ("said", "src/calendar/a.c", 'date_fail(e, F, 0, n ? "a" : "no such "\n"day");\n',
     "no row of web/said.tsv for 'no such day'"),
    ("said", "src/calendar/a.c", 'c.reason = why;\n/* "in no row" */ "read as it is";\n',
     "for 'read as it is'"),
    ("said", "src/serve/a.c", 'fail_param(c, "the key", "wants 1 or 0");\n', "for 'wants 1 or 0'"),
    ("said", "src/serve/a.c", 'f("one or two", B("x y"));\n', ""),
    ("said", "web/said.tsv", "{} has no day\tA\tB\n", "nothing says '{} has no day'"),
    ("said", "web/said.tsv", "# a word\nterm\tA\tB\n.born\tA\tB\n", ".mentioned"),
    ("headers", "src/base/a.h", "#include <stddef.h>\nsize_t a(void);\n", ""),
    ("headers", "src/base/a.h", "size_t a(void);\n", "unknown type"),
    ("headers", "include/leishu/a.h", "void a(int class);\n", "as c++"),
]


def run(checker, name, text):
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        p = subprocess.run([SOURCE / "tools" / f"check-{checker}"], text=True,
                           env={**os.environ, "LEISHU_SOURCE": tmp}, cwd=tmp,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return p.returncode, p.stdout


def commit_case(tap, subject, says):
    with tempfile.TemporaryDirectory() as tmp:
        def git(*args):
            subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b",
                            "-c", "core.hooksPath=/dev/null", *args],
                           cwd=tmp, check=True, stdout=subprocess.DEVNULL)
        git("init", "-q")
        pathlib.Path(tmp, "tools").mkdir()
        shutil.copy(SOURCE / "tools/check-style", pathlib.Path(tmp, "tools"))
        git("add", ".")
        git("commit", "-qm", "Anything goes before.")
        git("commit", "-q", "--allow-empty", "-m", subject)
        p = subprocess.run([SOURCE / "tools/check-style"], text=True, cwd=tmp,
                           env={**os.environ, "LEISHU_SOURCE": tmp},
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    good = says in p.stdout if says else p.returncode == 0
    tap.result(f"style: a commit '{subject[:40]}'", [] if good else p.stdout.splitlines())


def main():
    tap = Tap()
    for checker, name, text, says in CASES:
        status, out = run(checker, name, text)
        good = says in out and (status == 0) == (says == "" or "SKIP" in says)
        said = says.replace("SKIP", "skip") or "nothing"
        tap.result(f"{checker}: {name}: {said}", [] if good else out.splitlines())
    if shutil.which("git"):
        commit_case(tap, "pack: reads no further than the image", "")
        commit_case(tap, "pack: reads.", "without full stop")
        commit_case(tap, "reads no further", "without full stop")
        commit_case(tap, "pack: " + "long " * 12, "letters")
    tap.done()


main()
