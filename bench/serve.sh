#!/bin/sh
# SPDX-License-Identifier: ISC
# The server on the million: start, memory, pages a second beside nginx and
# kiwix-serve in the same minutes.
#
# LEISHU_BOOK names a book of the million to use instead of building one.
set -u
corpus=${LEISHU_SHARED:-../shared}/corpus/mix_1m.jsonl.zst
for need in wrk nginx curl python3; do
	command -v $need >/dev/null || { echo "skipped: no $need"; exit 0; }
done
tmp=$(mktemp -d "${TMPDIR:-/var/tmp}/leishu-bench-XXXXXX") || exit 1
pids=
end() {
	[ -z "$pids" ] || kill $pids 2>/dev/null
	rm -rf "$tmp"
}
trap end EXIT INT TERM

book=${LEISHU_BOOK:-}
if [ -z "$book" ]; then
	[ -f "$corpus" ] || { echo "skipped: no $corpus"; exit 0; }
	book=$tmp/m.book
	zstd -dc --long=27 "$corpus" | "$LEISHU" build -q - -o "$book" 2>/dev/null
	[ -f "$book" ] || exit 1
fi

# --- from the command to the first page, ten times -----------------------------
python3 - "$LEISHU" "$book" <<-'PY'
	import http.client, statistics, subprocess, sys, time
	took = []
	for _ in range(10):
	    began = time.perf_counter()
	    p = subprocess.Popen([sys.argv[1], "serve", sys.argv[2], "--listen", "127.0.0.1:0"],
	                         stdout=subprocess.PIPE)
	    port = int(p.stdout.readline().rsplit(b":", 1)[1])
	    c = http.client.HTTPConnection("127.0.0.1", port)
	    c.request("GET", "/")
	    c.getresponse().read()
	    took.append(1000 * (time.perf_counter() - began))
	    p.terminate()
	    p.wait()
	print(f"start to first answer        {statistics.median(took):7.1f} ms (worst {max(took):.1f})")
PY

"$LEISHU" serve "$book" --listen 127.0.0.1:0 > "$tmp/where" &
us=$!
pids="$pids $us"
until grep -q http "$tmp/where"; do sleep 0.05; done
here=$(sed 's/.*on //' "$tmp/where")

# A page of the usual kind, and its bytes as a file for the others.
id=$(curl -s "$here/api/v1/find?q=%E6%9D%8E%E7%99%BD" | sed 's/.*"hits":\[{"id":"\([^"]*\)".*/\1/')
page=/e/$id
mkdir -p "$tmp/www" "$tmp/zim"
curl -s "$here$page" > "$tmp/www/page.html"
echo "page                         $(stat -c %s "$tmp/www/page.html") bytes ($page)"

cat > "$tmp/nginx.conf" <<-CONF
	worker_processes auto;
	pid $tmp/nginx.pid;
	error_log /dev/null;
	events { worker_connections 1024; }
	http {
		types { text/html html; }
		access_log off;
		sendfile on;
		tcp_nopush on;
		keepalive_requests 1000000;
		client_body_temp_path $tmp/n1; proxy_temp_path $tmp/n2;
		fastcgi_temp_path $tmp/n3; uwsgi_temp_path $tmp/n4; scgi_temp_path $tmp/n5;
		server { listen 127.0.0.1:18081; root $tmp/www; }
	}
CONF
chmod 755 "$tmp"
nginx -c "$tmp/nginx.conf" -g 'daemon off;' 2>/dev/null &
pids="$pids $!"

kiwix=
if command -v kiwix-serve >/dev/null && command -v zimwriterfs >/dev/null; then
	cp "$tmp/www/page.html" "$tmp/zim/index.html"
	# 48 by 48, white
	python3 - "$tmp/zim/icon.png" <<-'PY'
	import struct, sys, zlib
	def chunk(t, d):
	    return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
	open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n" +
	    chunk(b"IHDR", struct.pack(">IIBBBBB", 48, 48, 8, 0, 0, 0, 0)) +
	    chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 48) * 48)) + chunk(b"IEND", b""))
	PY
	zimwriterfs --welcome=index.html --illustration=icon.png --language=eng --title=t \
	    --description=d --creator=c --publisher=p --name=bench --longDescription=d \
	    "$tmp/zim" "$tmp/bench.zim" >/dev/null 2>&1 ||
	zimwriterfs --welcome=index.html --illustration=icon.png --language=eng --title=t \
	    --description=d --creator=c --publisher=p --name=bench \
	    "$tmp/zim" "$tmp/bench.zim" >/dev/null 2>&1
	if [ -f "$tmp/bench.zim" ]; then
		kiwix-serve --port 18082 --address 127.0.0.1 --threads "$(nproc)" "$tmp/bench.zim" >/dev/null 2>&1 &
		pids="$pids $!"
		kiwix=http://127.0.0.1:18082/bench/A/index.html
	fi
fi
sleep 1
[ -z "$kiwix" ] || kiwix=$(curl -s -o /dev/null -L -w '%{url_effective}' "$kiwix")

rate() {
	wrk -t1 -c64 -d"${SECONDS_EACH:-4}s" "$1" 2>/dev/null |
	    awk '/Requests\/sec/ { print $2 }'
}

# Turn and turn about, so that the machine's moods fall on all alike.
for turn in 1 2 3 4 5; do
	rate "http://127.0.0.1:18081/page.html" >> "$tmp/nginx"
	rate "$here$page" >> "$tmp/leishu"
	[ -z "$kiwix" ] || rate "$kiwix" >> "$tmp/kiwix"
done
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
n=$(median "$tmp/nginx")
l=$(median "$tmp/leishu")
printf '%-28s %9.0f requests/s\n' leishu "$l" 'nginx, the same file' "$n"
awk "BEGIN { printf \"%-28s %9.2f\n\", \"leishu to nginx\", $l / $n }"
if [ -n "$kiwix" ]; then
	k=$(median "$tmp/kiwix")
	printf '%-28s %9.0f requests/s\n' 'kiwix-serve' "$k"
	awk "BEGIN { printf \"%-28s %9.1f\n\", \"leishu to kiwix-serve\", $l / $k }"
fi

# Pages never asked for before: each is made.
python3 - "$here" "$LEISHU" "$book" <<-'PY'
	import http.client, json, random, re, statistics, sys, time, urllib.request
	host = sys.argv[1].split("//")[1]
	random.seed(1)
	site = urllib.request.urlopen(sys.argv[1] + "/sitemap.xml?page=3").read().decode()
	paths = random.sample(re.findall(r"<loc>http://[^/]+(/e/[^<]+)</loc>", site), 2000)
	c = http.client.HTTPConnection(host)
	took = []
	for p in paths:
	    t = time.perf_counter()
	    c.request("GET", p)
	    c.getresponse().read()
	    took.append(1000 * (time.perf_counter() - t))
	took.sort()
	print(f"a page made, over a socket   {statistics.median(took):7.2f} ms (p99 {took[1979]:.2f})")
PY
awk '/RssAnon/ { a = $2 } /VmHWM/ { h = $2 } /RssFile/ { f = $2 }
    END { printf "%-28s %7.1f MB not mapped (%.0f MB of the file)\n", "memory after that", a / 1024, f / 1024 }' \
    "/proc/$us/status"
