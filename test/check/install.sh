#!/bin/sh
# SPDX-License-Identifier: ISC
# What 'make install' brings serves a stranger: a program is compiled against
# it with pkg-config, shared and static.
set -u
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
failed=0

# result NAME STATUS, after which the log is shown when it failed
result() {
	n=$((n + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $n - $1"
	else
		failed=1
		sed 's/^/# /' "$tmp/log"
		echo "not ok $n - $1"
	fi
}

# The program is the example of leishu(3).
sed -n '/^\.Bd -literal$/,/^\.Ed$/p' "$LEISHU_SOURCE/man/leishu.3" |
    sed '/^\.[BE]d/d; s/\\e/\\/g' >"$tmp/a.c"

meson install -C "$LEISHU_BUILD" --no-rebuild --destdir "$tmp/root" \
    >"$tmp/log" 2>&1
result "meson install" $?

pc=$(find "$tmp/root" -name leishu.pc)
test -n "$pc"
result "a pkg-config file" $?
lib=$(dirname "$(dirname "$pc")")
root=$tmp/root
export PKG_CONFIG_PATH="$(dirname "$pc")" PKG_CONFIG_SYSROOT_DIR="$root"

version=$("$LEISHU" --version)
# shellcheck disable=SC2046
cc -Wall -Werror -o "$tmp/a" "$tmp/a.c" \
    $(pkg-config --cflags --libs leishu) >"$tmp/log" 2>&1 &&
    [ "leishu $(LD_LIBRARY_PATH=$lib "$tmp/a")" = "$version" ]
result "a program with the shared library" $?

# shellcheck disable=SC2046
cc -o "$tmp/b" "$tmp/a.c" $(pkg-config --cflags leishu) "$lib/libleishu.a" \
    $(env -u PKG_CONFIG_SYSROOT_DIR pkg-config --static --libs-only-l leishu |
    sed 's/-lleishu//') >"$tmp/log" 2>&1 && [ "leishu $("$tmp/b")" = "$version" ]
result "a program with the static library" $?

mkdir "$tmp/src"
printf '%s\n' --- 'title: Port Arthur' 'names: [旅順]' --- A harbour. >"$tmp/src/a.md"
"$LEISHU" build -q "$tmp/src" -o "$tmp/x.book" >"$tmp/log" 2>&1 &&
    LD_LIBRARY_PATH=$lib "$tmp/a" "$tmp/x.book" 旅順 >"$tmp/log" 2>&1 &&
    grep -q '^a: ' "$tmp/log"
result "the example of leishu(3) finds an entry" $?

for f in bin/leishu share/man/man1/leishu.1 share/man/man3/leishu.3 \
    share/bash-completion/completions/leishu share/zsh/site-functions/_leishu; do
	found=$(find "$tmp/root" -path "*/$f*" | head -n 1)
	echo "no $f" >"$tmp/log"
	test -n "$found"
	result "$f" $?
done
echo "1..$n"
exit $failed
