#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""tools/run-tests counts right, and tools/deps says what is missing."""
import importlib.machinery
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["LEISHU_SOURCE"])
sys.path.insert(0, str(SOURCE / "tools"))
from tap import Tap

# what a program printed, how meson saw it end: passed, failed, skipped
COUNTS = [
    ("1..2\nok 1 - a\nok 2 - b\n", "OK", (2, 0, 0)),
    ("ok 1 - a\nok 2 - b\n1..2\n", "OK", (2, 0, 0)),
    ("ok 1 - a\n# why\nnot ok 2 - b\n1..2\n", "FAIL", (1, 1, 0)),
    ("ok 1 - a\nok 2 - b # SKIP no network\n1..2\n", "OK", (1, 0, 1)),
    ("1..0 # SKIP no material\n", "SKIP", (0, 0, 1)),
    ("ok 1 - a\n", "ERROR", (1, 1, 0)),
    ("1..3\nok 1 - a\n", "OK", (1, 1, 0)),
    ("ok 1 - a\n1..1\n", "ERROR", (1, 1, 0)),
    ("ok 1 - a\nnot ok 2 - b\n1..2\n", "ERROR", (1, 1, 0)),
    ("", "TIMEOUT", (0, 1, 0)),
    ("not ok 1\nnot ok 2\n1..2\n", "FAIL", (0, 2, 0)),
]

FAKES = {
    "dpkg-query": '[ "$4" != meson ] && echo "install ok installed"',
    "id": 'echo "${FAKE_UID:-0}"',
    "sudo": 'exit 1',
    "apt-get": 'echo "apt-get $*" >>"$LOG"; [ "$1" != update ] && exit "${APT:-0}"; exit 0',
    "meson": "true",
}


def load():
    loader = importlib.machinery.SourceFileLoader("run_tests", str(SOURCE / "tools/run-tests"))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("run_tests", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def deps(**env):
    """Status, words and the calls of apt, on a machine without meson."""
    with tempfile.TemporaryDirectory() as tmp:
        for name, body in FAKES.items():
            path = pathlib.Path(tmp, name)
            path.write_text(f"#!/bin/sh\n{body}\n")
            path.chmod(0o755)
        log = pathlib.Path(tmp, "log")
        p = subprocess.run([SOURCE / "tools/deps", "build"], text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env={"PATH": f"{tmp}:/usr/bin:/bin", "LOG": str(log), **env})
        return p.returncode, p.stdout, log.read_text() if log.exists() else ""


def main():
    tap = Tap()
    runner = load()
    for out, result, want in COUNTS:
        c = runner.Count()
        runner.count_tap(c, "x", out, "", result)
        got = c.passed, c.failed, c.skipped
        tap.result(f"{result} {out[:24]!r}".replace("#", ""),
                   [] if got == want else [f"counted {got}, not {want}"])
    line = "apt-get install -y --no-install-recommends meson"
    status, words, log = deps()
    tap.result("deps installs as root",
               [] if status == 0 and log == line + "\n" else [str(status), words, log])
    status, words, log = deps(FAKE_UID="1000")
    tap.result("deps prints one line to type for others",
               [] if status == 1 and f"  sudo {line}" in words and not log
               else [str(status), words, log])
    status, words, log = deps(APT="100")
    tap.result("deps asks for new lists once, then gives up",
               [] if status == 1 and "please type" in words and
               log.splitlines() == [line, "apt-get update", line]
               else [str(status), words, log])
    tap.done()


main()
