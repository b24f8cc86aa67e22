/* SPDX-License-Identifier: ISC */
#include "base/utf8.h"

uint32_t
utf8_get(struct bytes s, size_t at, size_t *len, bool *bad)
{
	unsigned char c = s.p[at];
	unsigned char lo = 0x80, hi = 0xbf;	/* of the second byte */
	size_t i, need;
	uint32_t cp;

	if (bad)
		*bad = false;
	*len = 1;
	if (c < 0x80)
		return c;
	if (c >= 0xc2 && c <= 0xdf) {
		need = 1;
		cp = c & 0x1f;
	} else if (c >= 0xe0 && c <= 0xef) {
		need = 2;
		cp = c & 0x0f;
		lo = c == 0xe0 ? 0xa0 : 0x80;
		hi = c == 0xed ? 0x9f : 0xbf;
	} else if (c >= 0xf0 && c <= 0xf4) {
		need = 3;
		cp = c & 0x07;
		lo = c == 0xf0 ? 0x90 : 0x80;
		hi = c == 0xf4 ? 0x8f : 0xbf;
	} else
		goto broken;
	for (i = 1; i <= need; i++) {
		if (at + i >= s.n || s.p[at + i] < lo || s.p[at + i] > hi)
			goto broken;
		cp = cp << 6 | (s.p[at + i] & 0x3f);
		lo = 0x80;
		hi = 0xbf;
		*len = i + 1;
	}
	return cp;
broken:
	if (bad)
		*bad = true;
	return UTF8_BAD;
}

size_t
utf8_put(unsigned char out[4], uint32_t cp)
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = UTF8_BAD;
	if (cp < 0x80) {
		out[0] = (unsigned char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (unsigned char)(0xc0 | cp >> 6);
		out[1] = (unsigned char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (unsigned char)(0xe0 | cp >> 12);
		out[1] = (unsigned char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (unsigned char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (unsigned char)(0xf0 | cp >> 18);
	out[1] = (unsigned char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (unsigned char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (unsigned char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t
utf8_check(struct bytes s)
{
	size_t at = 0, len;
	bool bad;

	while (at < s.n) {
		if (s.p[at] < 0x80) {
			at++;
			continue;
		}
		(void)utf8_get(s, at, &len, &bad);
		if (bad)
			return at;
		at += len;
	}
	return SIZE_MAX;
}

size_t
utf8_count(struct bytes s)
{
	size_t at = 0, n = 0;
	uint32_t cp;

	while (utf8_next(s, &at, &cp))
		n++;
	return n;
}

size_t
utf8_prev(struct bytes s, size_t at)
{
	size_t back, len;

	for (back = 1; back <= 4 && back <= at; back++)
		if ((s.p[at - back] & 0xc0) != 0x80) {
			(void)utf8_get(s, at - back, &len, NULL);
			if (len == back)
				return at - back;
			break;
		}
	return at - 1;
}

struct bytes
utf8_cut(struct bytes s, size_t n)
{
	size_t i;

	if (s.n <= n)
		return s;
	/* Step back over the continuation bytes of a split code point. */
	for (i = 0; i < 3 && n > i && (s.p[n - i] & 0xc0) == 0x80; i++)
		;
	if ((s.p[n - i] & 0xc0) != 0x80)
		n -= i;
	return bytes_sub(s, 0, n);
}
