#!/bin/sh
# SPDX-License-Identifier: ISC
# Full text against its peers: the same corpora, terms and queries, one core,
# alternating.  Lucene takes part where Debian's liblucene8-java and a JDK are
# there, SQLite's FTS5 where its header is.
#
# usage: bench/search.sh [ROUNDS]
#
# The table gives times a class of queries and the mean time of each peer as a
# multiple of leishu's.  Its classes are those leishu answers; folding lets
# leishu find a little more.
set -eu
shared=${LEISHU_SHARED:-../shared}/bench
build=${LEISHU_BUILD:-build-bench}
rounds=${1:-3}
jar=/usr/share/java/lucene-core-8.7.0.jar

if [ ! -f "$shared/mkcorpus.py" ] || ! command -v zstd >/dev/null; then
	echo "search: no corpus here, left out"
	exit 0
fi
w=$build/search
mkdir -p "$w/res"
if [ ! -f "$w/en.q" ]; then
	python3 "$shared/mkcorpus.py" "$w" >/dev/null
	python3 "$shared/mkq.py" "$w" >/dev/null
fi

pin=
command -v taskset >/dev/null && pin="taskset -c 0"
leishu() { $pin "$build/bench/bench_search" "$@"; }
lucene() { $pin java -XX:+UseSerialGC -Xmx1500m -cp "$jar:$w" L "$@"; }
fts5() { $pin "$w/fts5" "$@"; }

has_lucene=false
if [ -f "$jar" ] && command -v javac >/dev/null; then
	javac -cp "$jar" -d "$w" "$shared/peers/L.java" && has_lucene=true
fi
has_fts5=false
if printf '#include <sqlite3.h>\n' | cc -E - >/dev/null 2>&1; then
	cc -w -O2 -I"$shared/peers" -o "$w/fts5" "$shared/peers/fts5.c" -lsqlite3 && has_fts5=true
fi

# Lines of $1 about queries that leishu answered, in place.
common() {
	awk -F '\t' 'NR == FNR { has[$2] = 1; next } has[$2]' "$2" "$1" >"$1.tmp"
	mv "$1.tmp" "$1"
}

for c in zh en; do
	mode=han-full
	[ $c = en ] && mode=uni-full
	echo "-- $c"
	leishu build "$w/$c.jsonl" "$w/$c.idx"
	leishu size "$w/$c.idx"
	$has_lucene && [ ! -d "$w/lucene.$c" ] && lucene build "$w/$c.tsv" "$w/lucene.$c"
	$has_fts5 && [ ! -f "$w/$c.db" ] && fts5 build "$w/$c.tsv" "$w/$c.db" $mode
	names=
	for r in $(seq "$rounds"); do
		names="$names r$r"
		leishu query "$w/$c.idx" "$w/$c.q" "$w/res/$c.leishu.r$r" 5
		if $has_lucene; then
			lucene query "$w/lucene.$c" "$w/$c.q" "$w/res/$c.lucene.r$r" 5
			common "$w/res/$c.lucene.r$r" "$w/res/$c.leishu.r$r"
		fi
		if $has_fts5; then
			fts5 query "$w/$c.db" $mode "$w/$c.q" "$w/res/$c.fts5.r$r" 1
			common "$w/res/$c.fts5.r$r" "$w/res/$c.leishu.r$r"
		fi
	done
	python3 "$shared/agg.py" "$w/res" $c leishu $names
done
