#!/bin/sh
# SPDX-License-Identifier: ISC
# Building the million: time, memory, size; and reading all of it again.
set -u
corpus=${LEISHU_SHARED:-../shared}/corpus/mix_1m.jsonl.zst
[ -f "$corpus" ] || { echo "skipped: no $corpus"; exit 0; }
[ -x /usr/bin/time ] || { echo "skipped: no /usr/bin/time (package time)"; exit 0; }
tmp=$(mktemp -d "${TMPDIR:-/var/tmp}/leishu-bench-XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT INT TERM

zstd -dc --long=27 "$corpus" > "$tmp/mix.jsonl" || exit 1
text=$(stat -c %s "$tmp/mix.jsonl")

# One run: what it is called, then the command.
run() {
	name=$1
	shift
	/usr/bin/time -o "$tmp/time" -f '%e %U %S %M' "$@" > /dev/null 2> "$tmp/err" || {
		tail -n 3 "$tmp/err"
		return 1
	}
	read -r seconds user system kb < "$tmp/time"
	printf '%-28s %7.1f s (%.1f user, %.1f system) %6d MB\n' "$name" \
	    "$seconds" "$user" "$system" $((kb / 1024))
}

# A peer: the same names and bodies into SQLite's full-text index.
if command -v sqlite3 >/dev/null; then
	cat > "$tmp/fts.sql" <<-SQL
	PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
	CREATE TABLE line(j TEXT);
	.mode ascii
	.separator "\001" "\n"
	.import $tmp/mix.jsonl line
	CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, names, body, tokenize = trigram);
	INSERT INTO t SELECT j->>'id', j->>'names', j->>'body' FROM line;
	SQL
	run 'sqlite3 fts5 trigram' sqlite3 "$tmp/fts.db" ".read $tmp/fts.sql" &&
	    ls -l "$tmp/fts.db" | awk '{ printf "%-28s %7d MB\n", "its file", $5 / 1e6 }'
	rm -f "$tmp/fts.db"
fi
run 'build --memory 512' sh -c "cat '$tmp/mix.jsonl' | '$LEISHU' build -q - -o '$tmp/m.book' --memory 512" || exit 1
book=$(stat -c %s "$tmp/m.book")
tail -n 1 "$tmp/err"
awk "BEGIN { printf \"%-28s %7.2f times the text (%d of %d MB)\n\", \"book\", $book / $text, $book / 1e6, $text / 1e6 }"
run 'build --memory 128' "$LEISHU" build -q "$tmp/mix.jsonl" -o "$tmp/s.book" --memory 128 || exit 1
run 'fsck' "$LEISHU" fsck "$tmp/m.book" || exit 1
run 'dump --as jsonl' "$LEISHU" dump "$tmp/m.book" --as jsonl || exit 1
"$LEISHU" dump "$tmp/m.book" --as jsonl | cmp -s - "$tmp/mix.jsonl" &&
	echo 'dump gives back the text, byte for byte'
cmp -s "$tmp/m.book" "$tmp/s.book" &&
	echo 'the book is the same, whatever the memory'
