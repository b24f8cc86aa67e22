/* SPDX-License-Identifier: ISC */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/base.h"

#define UTF8_BAD	0xfffdu

/*
 * The code point at s.p[at] (at < s.n) and in *len how many bytes it takes.
 * Broken input gives UTF8_BAD and the length of the maximal broken part
 * (Unicode 15, table 3-8), so that a walk always moves on.  *bad, when not
 * NULL, tells a broken sequence from a real U+FFFD.
 */
uint32_t	utf8_get(struct bytes s, size_t at, size_t *len, bool *bad);
/* Writes 1-4 bytes, returns how many. */
size_t	utf8_put(unsigned char out[4], uint32_t cp);
/* Offset of the first broken byte, or SIZE_MAX. */
size_t	utf8_check(struct bytes s);
/* Code points in s, a broken part counting one. */
size_t	utf8_count(struct bytes s);
/* Start of the code point before at (at > 0). */
size_t	utf8_prev(struct bytes s, size_t at);
/* The longest part of s that is at most n bytes and splits no code point. */
struct bytes	utf8_cut(struct bytes s, size_t n);

/* A walk: while (utf8_next(s, &at, &cp)) ... */
static inline bool
utf8_next(struct bytes s, size_t *at, uint32_t *cp)
{
	size_t len;

	if (*at >= s.n)
		return false;
	if (s.p[*at] < 0x80) {
		*cp = s.p[(*at)++];
		return true;
	}
	*cp = utf8_get(s, *at, &len, NULL);
	*at += len;
	return true;
}

#endif
