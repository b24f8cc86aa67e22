#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The server against a real client: pages, forms, headers, refusals, swaps."""
import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools"))
from serving import LEISHU, SANITIZED, Room, Server, build
from tap import Tap

tap = Tap()


def check(name, *faults):
    tap.result(name, [f for f in faults if f])


def want(cond, words):
    return None if cond else words


# --- pages -----------------------------------------------------------------

PAGES = ["/", "/e/treaty", "/e/dalian", "/e/" + urllib.parse.quote("長安"), "/e/hostile",
         "/search", "/search?q=dalian", "/search?q=" + urllib.parse.quote("大連"),
         "/search?q=zzzzqqq", "/browse", "/browse/pinyin?g=D", "/browse/stroke",
         "/browse/radical", "/browse/kind", "/browse/subject?g=history/places",
         "/date", "/date?q=1950-02-14", "/timeline"]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'",
}


def test_pages(s):
    for path in PAGES:
        a = s.get(path)
        text = a.body.decode("utf-8", "replace")
        faults = [want(a.status == 200, f"status {a.status}"),
                  want(a.getheader("Content-Type", "").startswith("text/html; charset=utf-8"), "type"),
                  want(text.startswith("<!doctype html>") and text.rstrip().endswith("</html>"), "whole"),
                  want(a.getheader("ETag"), "ETag")]
        faults += [want((a.getheader(k) or "").startswith(v), f"{k}: {a.getheader(k)}")
                   for k, v in HEADERS.items()]
        faults += [want(not re.search(r"<[^>]+\sstyle=|<style|\son\w+=\"|javascript:", text), "inline"),
                   want("<script>" not in text and "<img" not in text, "something runs"),
                   want(len(a.body) < 60000, f"{len(a.body)} bytes"),
                   want(text.count("<h1") == 1, "one h1"),
                   want("unsafe" not in a.getheader("Content-Security-Policy", ""), "unsafe CSP")]
        ids = re.findall(r'\sid="([^"]+)"', text)
        faults.append(want(len(ids) == len(set(ids)), "an id stands twice"))
        check(f"page {path}", *faults)


def test_entry(s):
    text = s.get("/e/treaty").body.decode()
    check("entry: what it holds",
          want('<span class="han" lang="zh-Hant">中蘇友好同盟互助條約</span>' in text, "Han form"),
          want('lang="ru">Договор о дружбе' in text, "Russian has its language"),
          want('href="/e/dalian"' in text, "link by id"),
          want('class="missing">nowhere' in text, "dangling link is marked"),
          want('(<a href="#ref-heinzig2004">Heinzig 2004</a>, 230)' in text, "citation in the text"),
          want('id="ref-heinzig2004">Heinzig, Dieter. 2004. <cite>The Soviet Union' in text, "reference"),
          want('href="#n1" id="r1"' in text and 'id="n1"' in text, "note and back"),
          want('<dt>Signed</dt>' in text, "record"),
          want('<table class="tab stack"><caption>Obligations' in text, "table of the record"),
          want('<h2 id="h-what-followed">' in text, "heading is a section"),
          want('&lt;script&gt;alert(1)' in text, "raw HTML is text"),
          want('href="https://example.org/?a=1&amp;b=2"' in text, "outer link"),
          want('lang="zh-Hant">締約國' in text or 'lang="zh-Hant">\n<p' in text, "quotation in Chinese"),
          want('href="/e/treaty.json"' in text, "other forms"))
    text = s.get("/e/hostile").body.decode()
    check("entry: a hostile title stays text",
          want("&quot;&gt;&lt;script&gt;alert(1)" in text, "escaped"),
          want("&lt;img src=x onerror" in text, "escaped image"))
    text = s.get("/e/dalian").body.decode()
    check("entry: links in and order",
          want("Linked from 1 entry" in text, "backlinks"),
          want('rel="next"' in text or 'rel="prev"' in text, "neighbours"))


def test_forms(s):
    a = s.get("/e/treaty.json")
    e = json.loads(a.body)
    check("entry.json", want(a.getheader("Content-Type") == "application/json", "type"),
          want(e["id"] == "treaty" and e["kind"] == "treaty", "id, kind"),
          want(any(n["form"].startswith("中蘇") and n.get("lang") == "zh-Hant" and n["script"] == "Hani"
                   for n in e["names"]), "names"),
          want("14 February 1950" in e["text"], "text"),
          want(e["body"][0]["type"] == "paragraph", "tree"),
          want(e["record"]["signed"] == "1950-02-14", "record"),
          want(e["references"][0]["id"] == "heinzig2004", "references"),
          want({"target": "dalian", "id": "dalian", "title": "Dalian"} in e["links"]["out"], "links out"),
          want([x["id"] for x in e["links"]["in"]] == ["lushun"], "links in"))
    same = json.loads(s.get("/api/v1/entries/treaty").body)
    check("api entry is the same", want(same == e, "differs"))
    for span in e["spans"]:
        cut = e["text"].encode()[span["from"]:span["to"]].decode()
        if cut != span["text"]:
            check("spans are offsets into text", f"{cut} is not {span['text']}")
            break
    else:
        check("spans are offsets into text")
    md = s.get("/e/treaty.md")
    check("entry.md", want(md.getheader("Content-Type").startswith("text/markdown"), "type"),
          want("[[dalian|Dalian]]" in md.body.decode(), "link"),
          want("[@heinzig2004, 230]" in md.body.decode(), "citation"))
    txt = s.get("/e/treaty.txt").body.decode()
    check("entry.txt", want(txt.startswith("Sino-Soviet Treaty of 1950\n"), "title"),
          want("<" not in txt.replace("<script>", "").replace("</script>", ""), "no markup"))
    cite = json.loads(s.get("/api/v1/entries/treaty/cite").body)
    check("citations", want(cite["issued"]["date-parts"] == [[2026, 11, 23]], "CSL date"),
          want(b"@incollection{treaty," in s.get("/api/v1/entries/treaty/cite?as=bibtex").body, "BibTeX"),
          want(b"TY  - ENCYC\r\n" in s.get("/api/v1/entries/treaty/cite?as=ris").body, "RIS"),
          want(s.get("/api/v1/entries/treaty/cite?as=x").status == 400, "unknown style"),
          want(len(json.loads(s.get("/api/v1/entries/treaty/references").body)) == 1, "references"))


# --- headers ---------------------------------------------------------------

def test_caching(s):
    a = s.get("/e/treaty")
    tag = a.getheader("ETag")
    b = s.get("/e/treaty", If_None_Match=tag)
    c = s.get("/e/treaty", If_None_Match='"x", W/' + tag)
    d = s.get("/e/treaty", If_None_Match='"other"')
    z = s.get("/e/treaty", Accept_Encoding="gzip")
    check("ETag and 304", want(b.status == 304 and b.body == b"", f"{b.status}"),
          want(b.getheader("ETag") == tag, "tag again"), want(c.status == 304, "list of tags"),
          want(d.status == 200, "another tag"),
          want("Accept-Language" in a.getheader("Vary", ""), "Vary"),
          want("no-cache" in a.getheader("Cache-Control", ""), "revalidated"))
    check("gzip", want(z.getheader("Content-Encoding") == "gzip", "encoding"),
          want(gzip.decompress(z.body) == a.body, "same page"),
          want(z.getheader("ETag") != tag, "a tag of its own"),
          want(s.get("/e/treaty", Accept_Encoding="gzip;q=0").getheader("Content-Encoding") is None, "q=0"),
          want(s.get("/e/treaty", Accept_Encoding="br, *").getheader("Content-Encoding") == "gzip", "*"),
          want(s.get("/e/treaty", Accept_Encoding="gzip;q=0.5, identity").getheader("Content-Encoding") is None, "less liked"),
          want(s.get("/healthz", Accept_Encoding="gzip, identity;q=0").getheader("Content-Encoding") == "gzip", "nothing else"),
          want(s.get("/e/treaty", Accept_Encoding="identity;q=0").status == 406, "nothing at all"))
    css = re.search(r'href="(/static/leishu-[^"]+\.css)"', a.body.decode())[1]
    f = s.get(css, Accept_Encoding="gzip")
    check("files never go stale", want(f.status == 200, f"{f.status}"),
          want("immutable" in f.getheader("Cache-Control"), "immutable"),
          want(f.getheader("Content-Type") == "text/css; charset=utf-8", "type"),
          want(s.get("/static/leishu-0.css").status == 404, "another hash"))
    head = s.get("/e/treaty", method="HEAD")
    check("HEAD", want(head.status == 200 and head.body == b"", "no body"),
          want(head.getheader("Content-Length") == str(len(a.body)), "length"))


def test_addresses(s):
    where = {"/timeline/?from=1900": "/timeline?from=1900", "/e/dalian/": "/e/dalian", "/search//": "/search",
             "/e/Port%20Arthur": "/e/lushun"}
    check("other addresses of a page lead to it", *[want(s.get(a).getheader("Location") == b, f"{a}: "
          f"{s.get(a).status} {s.get(a).getheader('Location')}") for a, b in where.items()])
    check("none leads elsewhere", *[want(s.get(a).getheader("Location") is None, a)
                                    for a in ["//evil.example/", "//evil.example/%2e", "///"]])


def test_language(s):
    def lang(**h):
        return re.search(r'<html lang="([^"]+)"', s.get("/", **h).body.decode())[1]
    check("interface language", want(lang() == "en", "none"),
          want(lang(Accept_Language="zh-TW,en;q=0.5") == "zh-Hant", "zh-TW"),
          want(lang(Accept_Language="zh-CN") == "zh-Hans", "zh-CN"),
          want(lang(Accept_Language="zh-Hant-HK;q=0.3, en;q=0.2") == "zh-Hant", "zh-Hant-HK"),
          want(lang(Accept_Language="fr, de;q=0.9") == "en", "another"),
          want(lang(Accept_Language="zh-TW", Cookie="leishu=en.auto.hant.off") == "en", "the switch"))
    a = s.get("/prefs", method="POST", body="theme=dark&ui=zh-Hans&han=hans&ruby=off&back=/e/treaty",
              Content_Type="application/x-www-form-urlencoded")
    cookie = a.getheader("Set-Cookie", "").split(";")[0]
    page = s.get("/e/treaty", Cookie=cookie).body.decode()
    bad = s.get("/prefs", method="POST", body="theme=pink")
    out = s.get("/prefs", method="POST", body="back=//evil.example/")
    check("the switch", want(a.status == 303 and a.getheader("Location") == "/e/treaty", "goes back"),
          want('data-theme="dark"' in page and '<html lang="zh-Hans"' in page, "keeps"),
          want("SameSite" in a.getheader("Set-Cookie", ""), "cookie"),
          want(bad.status == 400, "unknown choice"),
          want(out.getheader("Location") == "/", "never elsewhere"),
          want(s.get("/prefs").status == 405, "GET"))


def test_search_date(s):
    day = s.get("/search?q=14+February+1950").body.decode()
    han = s.get("/search?q=" + urllib.parse.quote("光緒二十四年八月初六")).body.decode()
    check("a query that is a date leads to it", want('href="/date?q=14%20February%201950"' in day, "day"),
          want("21 September 1898</time> in every calendar" in han, "Han"),
          want('href="/date?q=' not in s.get("/search?q=dalian").body.decode(), "a name"),
          want('href="/date?q=' not in s.get("/search?q=" + urllib.parse.quote("日本")).body.decode(), "Japan"))


def test_days(s):
    def plain(path):
        return re.sub(r"<[^>]+>", "", s.get(path).body.decode())
    q = urllib.parse.quote
    day = plain("/date?q=1950-02-14")
    table = plain("/timeline?from=1950&to=1955")
    pair = s.get("/date?q=" + q("庚子年")).body.decode()
    check("a day: every calendar, and what the entries say in whole sentences",
          want("year 38, month 12, day 28" in day, "figures"),
          want("Sino-Soviet Treaty of 1950: The treaty was signed on 14 February 1950 in Moscow." in day, "sentence"),
          want("Sino-Soviet Treaty of 1950: signed" in day, "field"))
    check("timeline: the sentence, and years that are whole",
          want("The base stayed until 1955." in table, "sentence"), want(re.search(r"<td>until <a[^>]*><time datetime=.1955.>1955<", s.get("/timeline?from=1950&to=1955").body.decode()), "until"),
          want("Timeline, 1950–1955" in table, "heading"),
          want("Timeline, 300–301" in plain("/timeline?from=300&to=301"), "Julian years"))
    disputed = plain("/date?q=" + q("西漢武帝元封六年後九月初四"))
    check("a date that is disputed says so",
          want("this era lasts from -0110-10-31 to -0103-06-16 here; Liu’s table gives it the lunar years "
               "-109 to -104" in disputed, "its era"),
          want("the month that begins on -0104-10-24 is 後九月 here; lunar-javascript gives it another number"
               in disputed, "its month"))
    check("all candidates, their reason once", want(pair.count("href=\"/date?q=1") > 12, "cut"),
          want(pair.count("nearest to the present") < 5, "said again and again"),
          want('class="bighan"' not in pair, "said twice"))
    check("a date open on one side", want("First day" not in plain("/date?q=until+1963"), "first"),
          want("31 December 1963" in plain("/date?q=until+1963"), "last"))


def test_said(s):
    """Why, in the interface's language; what nobody translated says that it is English."""
    tw = {"Accept_Language": "zh-TW"}
    for path, words in [("/search?q=Ta-lien", "的威妥瑪拼法"), ("/search?q=harbour", "正文有「"),
                        ("/search?q=lushunn", "差一字"), ("/e/dalien", "差一字"),
                        ("/date?q=31+April+1950", "4月31日：4月凡30日"),
                        ("/date?q=" + urllib.parse.quote("光緒四十年"), "光緒止於34年（1909-01-21）；其年為民國三年（民國）"),
                        ("/date?q=" + urllib.parse.quote("西漢武帝元封六年後九月初四"), "劉氏表以其為農曆-109年至-104年"),
                        ("/date?q=" + urllib.parse.quote("1949年12月16日星期六"), "為星期五，非星期六"),
                        ("/search?q=a&page=0", "之整數"), ("/browse/kind", "條約"),
                        ("/timeline?from=x", "中讀不出日期"), ("/e/treaty", ">簽署<")]:
        text = s.get(path, **tw).body.decode()
        plain = re.sub(r"</?span[^>]*>", "", text)
        check(f"in Chinese: {path[:40]}", want(words in plain, words),
              want(not re.search(r'class="why"><span lang="en">[^<]* (is|has|are) ', text), "English"))
    one = json.loads(s.get("/api/v1/suggest?q=dal", **tw).body)["hits"][0]
    same = json.loads(s.get("/api/v1/find?q=dalian", **tw).body)["hits"][0]
    check("suggestions speak as the page does, the rest of the API English",
          want("是" in one["why"], one["why"]), want(one["kind"] == "place" and one["kind_word"] == "地點", f"{one}"),
          want(" is " in same["why"], same["why"]))


# --- programs --------------------------------------------------------------

def test_api(s):
    f = json.loads(s.get("/api/v1/find?q=Port+Arthur").body)
    check("api find", want(f["hits"] and f["hits"][0]["id"] == "lushun", "hit"),
          want(f["hits"] and f["hits"][0]["why"], "why"))
    f = json.loads(s.get("/api/v1/search?q=harbour").body)
    check("api search", want(f["hits"] and f["hits"][0]["id"] == "lushun", "hit"),
          want(f["hits"] and "<mark>" in f["hits"][0]["snippet"], "snippet"))
    f = json.loads(s.get("/api/v1/suggest?q=dal").body)
    check("api suggest", want(any(h["id"] == "dalian" for h in f["hits"]), "hit"))
    f = json.loads(s.get("/api/v1/suggest?q=dal&as=opensearch").body)
    check("opensearch suggestions", want(f[0] == "dal" and len(f) == 4, "shape"))
    for path, param in [("find", "q"), ("search", "q"), ("suggest", "q"), ("find?q=a&n=0", "n"),
                        ("find?q=a&n=x", "n"), ("find?q=a&n=99999", "n"),
                        ("search?q=a&from=-1", "from"), ("search?q=" + "a" * 5000, "q"),
                        ("date", "q"), ("name", "q"), ("timeline", "from"), ("timeline?from=x&to=1950", "from"),
                        ("timeline?from=1950&to=x", "to"), ("timeline?from=1950&certain=x", "certain"),
                        ("suggest?q=a&as=x", "as")]:
        a = s.get("/api/v1/" + path)
        p = json.loads(a.body)
        check(f"400 names the parameter: {path[:20]}", want(a.status == 400, f"{a.status}"),
              want(a.getheader("Content-Type") == "application/problem+json", "type"),
              want(p.get("parameter") == param and p["status"] == 400 and p["detail"], f"{p}"))
    a = s.get("/api/v1/entries/dalien")
    p = json.loads(a.body)
    check("404 offers near names", want(a.status == 404, f"{a.status}"),
          want(any(n["id"] == "dalian" for n in p.get("near", [])), f"{p}"),
          want("dalian" in s.get("/e/dalien").body.decode(), "page too"))
    d = json.loads(s.get("/api/v1/date?q=1950-02-14").body)
    check("api date", want(d["candidates"][0]["jdn"] == 2433327, f"{d}"))
    d = json.loads(s.get("/api/v1/name?q=" + urllib.parse.quote("旅順口")).body)
    check("api name", want(d["pinyin"] == "Lǚshùnkǒu", f"{d}"))


def unlike(value, schema, root, where="$"):
    """What in value the schema of openapi.json does not know; the words it uses are few."""
    if "$ref" in schema:
        at = root
        for step in schema["$ref"].split("/")[1:]:
            at = at[step]
        return unlike(value, at, root, where)
    if "anyOf" in schema:
        all_ = [unlike(value, one, root, where) for one in schema["anyOf"]]
        return min(all_, key=len)
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool,
             "object": dict, "array": list, "null": type(None), None: object}
    if not isinstance(value, types[schema.get("type")]) or \
            (isinstance(value, bool) and schema.get("type") in ("integer", "number")):
        return [f"{where} is no {schema['type']}"]
    bad = [f"{where} is none of {schema['enum']}"] if value not in schema.get("enum", [value]) else []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        bad += [f"{where} has no {k}" for k in schema.get("required", []) if k not in value]
        for k, v in value.items():
            if k in known:
                bad += unlike(v, known[k], root, f"{where}.{k}")
            elif schema.get("additionalProperties", True) is False:
                bad.append(f"{where}.{k} is not described")
    if isinstance(value, list):
        for i, v in enumerate(value):
            bad += unlike(v, schema.get("items", {}), root, f"{where}[{i}]")
    return bad


ASKED = ["/find?q=Port+Arthur", "/find?q=lushunn", "/find?q=zzz", "/search?q=harbour", "/search?q=harbou",
         "/search?q=1950", "/suggest?q=d", "/suggest?q=d&as=opensearch", "/date?q=1950-02-14",
         "/date?q=early+1950", "/date?q=" + urllib.parse.quote("庚子年"), "/date?q=c.+1130", "/date?q=until+1963",
         "/date?q=" + urllib.parse.quote("西漢武帝元封六年後九月初四"), "/date?q=b.+701", "/date?q=fl.+1130",
         "/name?q=Ta-lien", "/name?q=" + urllib.parse.quote("旅順口"), "/name?q=%D0%9B%D1%8E",
         "/timeline?from=1900&to=1960", "/timeline?from=1949", "/timeline?to=1949&certain=1&n=2&skip=1",
         "/entries/treaty", "/entries/dalian", "/entries/hostile", "/entries/treaty/references",
         "/entries/treaty/cite", "/entries/treaty/cite?as=bibtex", "/entries/treaty/cite?as=ris",
         "/entries/nobody", "/find", "/find?q=a&n=0", "/suggest?q=a&as=x", "/date?q=x", "/name",
         "/timeline?from=x", "/timeline?from=1949&to=x", "/timeline?from=1&certain=yes", "/timeline",
         "/search?q=a&from=x", "/entries/treaty/cite?as=x"]


def test_openapi(s):
    o = json.loads(s.get("/api/v1/openapi.json").body)
    check("openapi", want(o["openapi"].startswith("3.1"), "version"),
          want(sorted({re.sub(r"/entries/[^/?]+", "/entries/{id}", a.split("?")[0]) for a in ASKED})
               == sorted(o["paths"]), "not all paths are asked below"))
    for path in ASKED:
        a = s.get("/api/v1" + path)
        said = o["paths"][re.sub(r"/entries/[^/?]+", "/entries/{id}", path.split("?")[0])]["get"]
        answer = said["responses"].get(str(a.status))
        type_ = a.getheader("Content-Type", "").split(";")[0]
        if answer and "$ref" in answer:
            answer = o["components"]["responses"][answer["$ref"].split("/")[-1]]
        kind = answer and answer["content"].get(type_)
        faults = [want(answer, f"{a.status} is not described"), want(kind is not None, f"type {type_}")]
        if kind and "json" in type_:
            faults += unlike(json.loads(a.body), kind.get("schema", {}), o)
        for one in re.findall(r"[?&](\w+)=", path):
            names = [o["components"]["parameters"][p["$ref"].split("/")[-1]]["name"] if "$ref" in p else p["name"]
                     for p in said["parameters"]]
            faults.append(want(one in names, f"parameter {one} is not described"))
        check(f"as openapi.json says: {urllib.parse.unquote(path)[:60]}", *faults)


def test_conventions(s):
    ET.fromstring(s.get("/opensearch.xml").body)
    site = ET.fromstring(s.get("/sitemap.xml").body)
    locs = [x.text for x in site.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    check("sitemap", want(len(locs) == 5, f"{locs}"),
          want(all(x.startswith(f"http://{s.host}:{s.port}/e/") for x in locs), "by host"),
          want(all(s.get(urllib.parse.urlparse(x).path).status == 200 for x in locs), "all there"))
    feed = ET.fromstring(s.get("/feed.atom").body)
    check("feed", want(len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 5, "entries"))
    check("robots, llms", want("Sitemap: http" in s.get("/robots.txt").body.decode(), "robots"),
          want("/api/v1/find" in s.get("/llms.txt").body.decode(), "llms"))
    check("healthz", want(s.get("/healthz").body == b"ok\n", "ok"))
    m = s.get("/metrics").body.decode()
    check("metrics", want('leishu_answers_total{code="2xx"}' in m, "answers"),
          want(re.search(r"^leishu_entries 5$", m, re.M), "entries"))


# --- refusals --------------------------------------------------------------

H = b"Host: x\r\n"
BAD = [
    ("differing Content-Length", b"POST /prefs HTTP/1.1\r\n" + H +
     b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
    ("Content-Length with Transfer-Encoding", b"POST /prefs HTTP/1.1\r\n" + H +
     b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("two Hosts", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    ("no Host", b"GET / HTTP/1.1\r\n\r\n"),
    ("space before a colon", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n"),
    ("a list as Content-Length", b"POST /prefs HTTP/1.1\r\n" + H + b"Content-Length: 5, 5\r\n\r\nabcde"),
    ("negative Content-Length", b"POST /prefs HTTP/1.1\r\n" + H + b"Content-Length: -5\r\n\r\n"),
    ("bad percent", b"GET /e/%zz HTTP/1.1\r\n" + H + b"\r\n"),
    ("cut percent", b"GET /e/% HTTP/1.1\r\n" + H + b"\r\n"),
    ("bad percent in a query", b"GET /search?q=%1 HTTP/1.1\r\n" + H + b"\r\n"),
    ("NUL", b"GET /e/a%00b HTTP/1.1\r\n" + H + b"\r\n"),
    ("..", b"GET /../../etc/passwd HTTP/1.1\r\n" + H + b"\r\n"),
    ("encoded ..", b"GET /static/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + H + b"\r\n"),
    ("encoded slash and ..", b"GET /e/..%2f..%2fetc HTTP/1.1\r\n" + H + b"\r\n"),
    ("backslash", b"GET /e/..\\x HTTP/1.1\r\n" + H + b"\r\n"),
    ("not UTF-8", b"GET /e/%ff%fe HTTP/1.1\r\n" + H + b"\r\n"),
    ("absolute address of another", b"GET http://evil/ HTTP/1.1\r\n" + H + b"\r\n"),
    ("a Host that is none", b"GET / HTTP/1.1\r\nHost: a<b>\r\n\r\n"),
]


def test_refusals(s):
    for name, data in BAD:
        got = s.raw(data, 3)
        status = int(got.split(b" ")[1]) if got.startswith(b"HTTP/") else 0
        check(f"refused: {name}", want(status in (400, 404, 405, 413, 501), f"{status} {got[:80]}"),
              want(b"root:" not in got, "no file"),
              want(b"HTTP/1.1 2" not in got, "something was served"))
    raw_nul = s.raw(b"GET /e/a\0b HTTP/1.1\r\n" + H + b"\r\n", 3)
    check("raw NUL", want(raw_nul == b"" or b" 400 " in raw_nul[:20] or b" 404 " in raw_nul[:20],
                          f"{raw_nul[:60]}"))
    big = s.status(b"GET / HTTP/1.1\r\n" + H + b"X: " + b"a" * 100000 + b"\r\n\r\n")
    check("oversized header", want(big in (0, 400, 413, 431), f"{big}"))
    many = s.status(b"GET / HTTP/1.1\r\n" + H + b"".join(b"X%d: y\r\n" % i for i in range(5000)) + b"\r\n")
    check("too many headers", want(many in (0, 400, 413, 431), f"{many}"))
    long_ = s.status(b"GET /search?q=" + b"a" * 1000000 + b" HTTP/1.1\r\n" + H + b"\r\n")
    check("query of 1 MB", want(long_ in (0, 400, 413, 414, 431), f"{long_}"))
    mid = s.status(b"GET /search?q=" + b"a" * 7000 + b" HTTP/1.1\r\n" + H + b"Connection: close\r\n\r\n")
    check("query of 7 KB", want(mid == 400, f"{mid}"))
    body = s.status(b"POST /prefs HTTP/1.1\r\n" + H + b"Content-Length: 200000\r\nConnection: close\r\n\r\n"
                    + b"a" * 200000)
    check("a body too large", want(body in (0, 413), f"{body}"))
    junk = s.raw(os.urandom(4096).replace(b"\n", b"x") + b"\r\n\r\n", 3)
    check("noise", want(junk == b"" or junk.startswith(b"HTTP/1.1 4") or junk.startswith(b"HTTP/1.0 4"),
                        f"{junk[:60]}"))
    check("DELETE", want(s.get("/e/treaty", method="DELETE").status == 405, "405"))
    check("still alive", want(s.get("/healthz").status == 200, "dead"))


def test_keep_alive(s):
    with socket.create_connection((s.host, s.port), timeout=60) as k:
        k.sendall((b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") * 3)
        got, end = b"", time.monotonic() + 60
        while got.count(b"ok\n") < 3 and time.monotonic() < end:
            got += k.recv(65536)
        check("keep-alive and pipelining", want(got.count(b"HTTP/1.1 200") == 3, f"{got[:200]}"))


def test_slow(s):
    """A byte now and then does not hold a connection for ever; others go on meanwhile."""
    with socket.create_connection((s.host, s.port), timeout=60) as k:
        began, closed = time.monotonic(), None
        k.settimeout(1)
        while time.monotonic() - began < 40:
            try:
                k.sendall(b"G" if closed is None else b"")
                if k.recv(100) == b"":
                    closed = time.monotonic() - began
                    break
            except TimeoutError:
                continue
            except OSError:
                closed = time.monotonic() - began
                break
        check("slow client is closed", want(closed is not None and closed < 30, f"after {closed}"),
              want(s.get("/healthz").status == 200, "others served"))


# --- swap, stop ------------------------------------------------------------

class Load:
    """Clients that ask all the time and count what they did not get."""

    def __init__(self, s, paths=("/e/treaty", "/", "/search?q=port")):
        self.s, self.paths, self.bad, self.n, self.on = s, paths, [], 0, True
        self.threads = [threading.Thread(target=self.run, args=(i,)) for i in range(4)]
        for t in self.threads:
            t.start()

    def run(self, i):
        while self.on:
            try:
                a = self.s.get(self.paths[(i + self.n) % len(self.paths)])
                if a.status != 200 or not a.body.rstrip().endswith(b"</html>"):
                    self.bad.append(a.status)
            except OSError as e:
                self.bad.append(e)
            self.n += 1

    def stop(self):
        self.on = False
        for t in self.threads:
            t.join()


def wait_for(test, seconds=60.0):
    """Until it holds; the limit is for what never comes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if test():
            return True
        time.sleep(0.05)
    return False


def swaps(s):
    """How many books took another's place."""
    return int(re.search(rb"^leishu_swaps_total (\d+)", s.get("/metrics").body, re.M)[1])


def test_swap(room, s):
    load = Load(s)
    old = s.get("/e/dalian").getheader("ETag")
    where = room.source / "entries/history/dalian.md"
    where.write_text(where.read_text() + "\nA second edition says more.\n")
    build(room.source, room.book)
    fresh = wait_for(lambda: b"second edition" in s.get("/e/dalian").body)
    new = s.get("/e/dalian").getheader("ETag")
    where.write_text(where.read_text() + "\nA third one too.\n")
    build(room.source, room.book)
    s.process.send_signal(signal.SIGHUP)
    third = wait_for(lambda: b"third one" in s.get("/e/dalian").body)
    good = room.book.read_bytes()
    bad = room.path / "bad"
    bad.write_bytes(good[:len(good) // 2])
    bad.replace(room.book)
    s.process.send_signal(signal.SIGHUP)
    told = s.says("the old book stays")
    kept = s.get("/e/dalian").status == 200
    bad.write_bytes(good)
    before = swaps(s)
    bad.replace(room.book)
    again = wait_for(lambda: swaps(s) > before)
    wait_for(lambda: load.n > 20)
    load.stop()
    check("a replaced book is served", want(fresh, "not seen"), want(new != old, "same ETag"))
    check("SIGHUP", want(third, "not seen"))
    check("a damaged book does not come in", want(told, "not told"), want(kept, "lost"))
    check("a book made whole comes in", want(again, "not seen"))
    check("no request dropped", want(not load.bad, f"{load.bad[:5]} of {load.n}"),
          want(load.n > 20, f"{load.n}"))
    check("swaps are counted", want(b"leishu_swaps_total 0" not in s.get("/metrics").body, "0"))


def test_stop(s):
    code = s.stop()
    check("SIGTERM", want(code == 0, f"status {code}"), want("damaged" in s.errors, "said why the old stayed"))


def test_start(room):
    s = Server(room.book)
    check("start", want(re.fullmatch(r"listening on http://127\.0\.0\.1:\d+\n", s.line), s.line))
    again = subprocess.run([LEISHU, "serve", str(room.book), "--listen", f"127.0.0.1:{s.port}"],
                           stderr=subprocess.PIPE, stdout=subprocess.PIPE, timeout=20, check=False)
    check("port in use", want(again.returncode == 3, f"{again.returncode}"),
          want("in use" in again.stderr.decode(), again.stderr.decode()),
          want(again.stdout == b"", "nothing on stdout"))
    status = open(f"/proc/{s.process.pid}/status", encoding="ascii").read()
    if SANITIZED:
        tap.result("a filter is in place", skip="not with sanitizers")
    else:
        check("a filter is in place", want(re.search(r"^Seccomp:\s+2$", status, re.M), "none"),
              want(re.search(r"^NoNewPrivs:\s+1$", status, re.M), "new privileges"))
    s.stop()
    none = subprocess.run([LEISHU, "serve", str(room.path / "none")], stderr=subprocess.PIPE,
                          timeout=20, check=False)
    check("no book", want(none.returncode == 3 and none.stderr.startswith(b"leishu: "), f"{none}"))
    wrong = subprocess.run([LEISHU, "serve", str(room.book), "--listen", "nonsense"],
                           stderr=subprocess.PIPE, timeout=20, check=False)
    check("no address", want(wrong.returncode == 2, f"{wrong.returncode}"))


def test_folder(room):
    s = Server(room.source)
    first = s.get("/e/dalian").status
    where = room.source / "entries/art/new.md"
    where.write_text("---\ntitle: Fresh Ink\n---\nA new entry.\n", encoding="utf-8")
    came = wait_for(lambda: s.get("/e/new").status == 200)
    where.unlink()
    went = wait_for(lambda: s.get("/e/new").status == 404)
    code = s.stop()
    check("serve DIR builds, watches and swaps", want(first == 200, "built"),
          want(came, "a new file"), want(went, "a file gone"), want(code == 0, f"status {code}"))


def main():
    room = Room()
    try:
        s = Server(room.book)
        for test in (test_pages, test_entry, test_forms, test_caching, test_addresses,
                     test_language, test_search_date, test_days, test_said,
                     test_api, test_openapi, test_conventions, test_refusals, test_keep_alive, test_slow):
            test(s)
        test_swap(room, s)
        test_stop(s)
        test_start(room)
        test_folder(room)
    finally:
        room.close()
    tap.done()


main()
