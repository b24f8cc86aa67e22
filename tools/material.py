# SPDX-License-Identifier: ISC
"""What the generators of src/script read: Debian's unicode-data and OpenCC."""
import bz2
import pathlib
import subprocess
import tempfile

UCD = pathlib.Path("/usr/share/unicode")
OPENCC = pathlib.Path("/usr/share/opencc")


def unihan(name):
    """Code point, field and value of each row of Unihan_NAME."""
    with bz2.open(UCD / f"Unihan_{name}.txt.bz2", "rt", encoding="utf-8") as f:
        for line in f:
            if line.startswith("U+"):
                cp, field, value = line.rstrip("\n").split("\t")
                yield int(cp[2:], 16), field, value


def opencc(name):
    """What stands in a table of OpenCC, and the list of what it may become."""
    with tempfile.NamedTemporaryFile() as t:
        subprocess.run(["opencc_dict", "-i", OPENCC / f"{name}.ocd2", "-o", t.name,
                        "-f", "ocd2", "-t", "text"], check=True)
        for line in pathlib.Path(t.name).read_text(encoding="utf-8").splitlines():
            a, b = line.split("\t")
            yield a, b.split(" ")


def opencc_characters(name):
    """The rows of one character, as code points, with what is one, too."""
    for a, b in opencc(name):
        if len(a) == 1:
            yield ord(a), [ord(x) for x in b if len(x) == 1]
