# SPDX-License-Identifier: ISC
"""A small book, a server on it, and raw talk with that server."""
import http.client
import os
import pathlib
import select
import shutil
import socket
import subprocess
import tempfile
import time

LEISHU = os.environ.get("LEISHU", "build/leishu")

# The leak checker of a sanitized build cannot run behind the system call filter.
SANITIZED = b"__lsan_" in pathlib.Path(LEISHU).read_bytes() or \
    b"__asan_init" in pathlib.Path(LEISHU).read_bytes()

SETTINGS = """title: A Test of Serving
licence: CC-BY-4.0
language: en
divisions:
  - {id: history, title: History}
  - {id: art, title: Art}
"""

ENTRIES = {
    "history/treaty.md": """---
title: Sino-Soviet Treaty of 1950
kind: treaty
names:
  - 中蘇友好同盟互助條約
  - 中苏友好同盟互助条约
  - Договор о дружбе, союзе и взаимной помощи
subjects: [history/treaties]
author: A. Writer
published: 2026-11-23
treaty:
  parties: [China, Soviet Union]
  signed: 1950-02-14
  obligations:
    - {what: Railway, due: 1952-12-31, done: 1952-12-31}
    - {what: Harbour, due: 1952-12-31, done: 1955-05}
---
The treaty was signed on 14 February 1950 in Moscow.[^1] It promised the *tóngméng* 同盟 its name
says, gave back the railway, and spoke of [[dalian|Dalian]] 大連 and of [[lushun]]; a [[nowhere]]
stands here too. See the book by Heinzig [@heinzig2004, 230].

## What followed

The base stayed until 1955. <script>alert(1)</script> is text, [this](javascript:alert(1)) no link,
and [that](https://example.org/?a=1&b=2) is one.

| Year | Drawn |
|------|------:|
| 1950 | 60    |
| 1951 | 60    |

> 締約國雙方保證共同盡力採取一切必要的措施，以期制止日本或其他任何國家之侵略。

[^1]: The older treaty was annulled on the same day.
""",
    "history/dalian.md": """---
title: Dalian
kind: place
names:
  - 大連
  - {form: Dairen, lang: ja-Latn, from: 1905, to: 1945}
  - {form: Дальний, lang: ru}
subjects: [history/places]
---
Dalian 大連 is a port in Liaodong. It is near [[lushun|Lüshun]].
""",
    "history/lushun.md": """---
title: Lüshun
kind: place
names:
  - 旅順
  - {form: Port Arthur, lang: en}
subjects: [history/places]
---
Lüshun 旅順 is a harbour. The [[treaty]] speaks of it.
""",
    "art/長安.md": """---
title: 長安
kind: place
names: [Cháng'ān, Сиань]
subjects: [art]
---
長安是唐代的京城。The city 城 had great painters.
""",
    "art/hostile.md": """---
title: '"><script>alert(1)</script> & <b>bold</b>'
kind: term
names: ["' onmouseover='x"]
subjects: ["<i>s</i>"]
---
Nothing **here** runs: <img src=x onerror=alert(1)>.
""",
}

REFERENCES = """[{"id": "heinzig2004", "type": "book",
 "author": [{"family": "Heinzig", "given": "Dieter"}],
 "title": "The Soviet Union and Communist China", "publisher": "M. E. Sharpe",
 "publisher-place": "Armonk", "issued": {"date-parts": [[2004]]}}]
"""


def build(source, book):
    done = subprocess.run([LEISHU, "build", str(source), "-o", str(book)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout.decode())


class Room:
    """A folder of its own with the collection and its book."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="leishu-http-"))
        self.source = self.path / "source"
        for name, text in ENTRIES.items():
            where = self.source / "entries" / name
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_text(text, encoding="utf-8")
        (self.source / "leishu.yaml").write_text(SETTINGS, encoding="utf-8")
        (self.source / "references.json").write_text(REFERENCES, encoding="utf-8")
        self.book = self.path / "test.book"
        build(self.source, self.book)

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    def __init__(self, what, *options):
        self.process = subprocess.Popen(
            [LEISHU, "serve", str(what), "--listen", "127.0.0.1:0",
             *(["--no-sandbox"] if SANITIZED else []), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.errors = ""
        began = time.monotonic()
        line = self.process.stdout.readline().decode()
        self.started_in = time.monotonic() - began
        if not line.startswith("listening on http://"):
            raise RuntimeError(line + self.process.stderr.read().decode())
        self.host, self.port = line.split("//")[1].strip().rsplit(":", 1)
        self.port = int(self.port)
        self.line = line

    def get(self, path, method="GET", body=None, **headers):
        con = http.client.HTTPConnection(self.host, self.port, timeout=20)
        con.request(method, path, body=body,
                    headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = con.getresponse()
        answer.body = answer.read()
        con.close()
        return answer

    def raw(self, data, wait=5.0):
        """Everything that comes back for these bytes until the other side closes."""
        with socket.create_connection((self.host, self.port), timeout=wait) as s:
            s.sendall(data)
            got = b""
            try:
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        break
                    got += piece
            except (TimeoutError, ConnectionResetError):
                pass
            return got

    def status(self, data, wait=3.0):
        got = self.raw(data, wait)
        return int(got.split(b" ")[1]) if got.startswith(b"HTTP/") else 0

    def says(self, words, wait=60.0):
        """Waits until the words stand on standard error."""
        end, pipe = time.monotonic() + wait, self.process.stderr.fileno()
        while words not in self.errors:
            if not select.select([pipe], [], [], max(0, end - time.monotonic()))[0]:
                return False
            piece = os.read(pipe, 65536)
            if not piece:
                return False
            self.errors += piece.decode()
        return True

    def stop(self, how="terminate"):
        getattr(self.process, how)()
        try:
            code = self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = None
        self.errors += self.process.stderr.read().decode()
        return code
