# SPDX-License-Identifier: ISC
"""What the checkers share: TAP, and the list of the project's files."""
import os
import pathlib
import subprocess
import sys

SKIP_DIRS = {".git", "node_modules", "__pycache__"}


class Tap:
    """One line a check; the exit status says whether all held."""

    def __init__(self):
        self.n = 0
        self.failed = 0

    def result(self, name, faults=(), skip=None):
        self.n += 1
        faults = list(faults)
        for line in faults:
            print(f"# {line}")
        self.failed += bool(faults)
        word = "not ok" if faults else "ok"
        tail = f" # SKIP {skip}" if skip else ""
        print(f"{word} {self.n} - {name}{tail}")

    def done(self):
        print(f"1..{self.n}")
        sys.exit(1 if self.failed else 0)


def top():
    """The top of the tree, or of the tree $LEISHU_SOURCE names."""
    given = os.environ.get("LEISHU_SOURCE")
    return pathlib.Path(given or pathlib.Path(__file__).resolve().parent.parent)


def in_git(root):
    return (root / ".git").exists()


def files(root):
    """Every file of the project, as paths below root, sorted."""
    if in_git(root):
        out = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root, check=True, stdout=subprocess.PIPE).stdout
        names = [n for n in out.decode().split("\0") if n]
        return sorted({n for n in names if (root / n).is_file()})
    found = []
    for here, dirs, names in os.walk(root):
        dirs[:] = [d for d in dirs
                   if d not in SKIP_DIRS and not d.startswith("build")
                   or d == "build" and here != str(root)]
        found += [os.path.relpath(os.path.join(here, n), root) for n in names]
    return sorted(found)
