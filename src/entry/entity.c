/* SPDX-License-Identifier: ISC */
#include "entry/entity.h"

#include "base/utf8.h"

static const struct {
	const char *name;
	uint32_t cp[2];		/* the second is mostly 0 */
} table[] = {
#include "entry/entity.inc"
};

static bool
numeric(struct bytes s, struct buf *out)
{
	bool hex = s.n > 3 && (s.p[2] | 0x20) == 'x';
	uint32_t v = 0;
	size_t i;

	for (i = hex ? 3 : 2; i + 1 < s.n && v <= 0x10ffff; i++) {
		unsigned char c = s.p[i];

		if (c >= '0' && c <= '9')
			v = v * (hex ? 16 : 10) + (c - (uint32_t)'0');
		else if (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v = v * 16 + ((c | 0x20u) - (uint32_t)'a') + 10;
		else
			return false;
	}
	buf_utf8(out, v == 0 ? UTF8_BAD : v);
	return true;
}

void
entity_text(struct bytes s, struct buf *out)
{
	size_t lo = 0, hi = NELEM(table), mid;
	struct bytes name;
	int c;

	if (s.n > 3 && s.p[1] == '#' && numeric(s, out))
		return;
	name = bytes_sub(s, 1, s.n ? s.n - 1 : 0);
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		c = bytes_cmp(name, bytes_str(table[mid].name));
		if (c == 0) {
			buf_utf8(out, table[mid].cp[0]);
			if (table[mid].cp[1])
				buf_utf8(out, table[mid].cp[1]);
			return;
		}
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	buf_bytes(out, s);
}
