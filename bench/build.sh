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
	/usr/bin/time -o "$tmp/time" -f '%e %M' "$@" > /dev/null 2> "$tmp/err" || {
		tail -n 3 "$tmp/err"
		return 1
	}
	read -r seconds kb < "$tmp/time"
	printf '%-28s %7.1f s %6d MB\n' "$name" "$seconds" $((kb / 1024))
}

# The floor: the least any reader of this text must do is to take it in.
run 'wc, the same text' wc "$tmp/mix.jsonl" &&
run 'build --memory 512' sh -c "cat '$tmp/mix.jsonl' | '$LEISHU' build -q - -o '$tmp/m.book' --memory 512" || exit 1
book=$(stat -c %s "$tmp/m.book")
tail -n 1 "$tmp/err"
awk "BEGIN { printf \"%-28s %7.2f times the text (%d of %d MB)\n\", \"book\", $book / $text, $book / 1e6, $text / 1e6 }"
run 'build --memory 128' "$LEISHU" build -q "$tmp/mix.jsonl" -o "$tmp/s.book" --memory 128 || exit 1
run 'fsck' "$LEISHU" fsck "$tmp/m.book" || exit 1
run 'dump --as jsonl' "$LEISHU" dump "$tmp/m.book" --as jsonl || exit 1
"$LEISHU" dump "$tmp/m.book" --as jsonl | cmp -s - "$tmp/mix.jsonl" &&
	echo 'dump gives back the text, byte for byte'
for f in m s; do
	"$LEISHU" dump "$tmp/$f.book" | grep -v '^book' > "$tmp/$f.chunks"
done
# Only the file's name is another ("stdin", a path), in no chunk.
cmp -s "$tmp/m.chunks" "$tmp/s.chunks" && echo 'both books are byte-identical'
