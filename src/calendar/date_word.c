/* SPDX-License-Identifier: ISC */
/* Words of Western dates told from all others by their hash; date_word.h. */
#include "calendar/date_word.h"

#include "calendar/word_roles.inc"

#define WORD_MAX	24	/* bytes of the longest word with a meaning */

/* The lower case of the letter at p, in one byte or two. */
static inline size_t
fold(const unsigned char *p, size_t n, unsigned char out[2])
{
	out[0] = *p >= 'A' && *p <= 'Z' ? *p | 0x20 : *p;
	if (*p != 0xd0 || n < 2 || p[1] >= 0xb0)
		return 1;
	/* Cyrillic capitals */
	out[0] = p[1] >= 0xa0 ? 0xd1 : 0xd0;
	out[1] = (unsigned char)(p[1] >= 0xa0 ? p[1] - 0x20 : p[1] + 0x20);
	return 2;
}

uint32_t
word_hash(const unsigned char *p, size_t n)
{
	uint32_t h = 2166136261u;
	unsigned char c[2];
	size_t i, k, len;

	for (i = 0; i < n; i += len)
		for (k = 0, len = fold(p + i, n - i, c); k < len; k++)
			h = (h ^ c[k]) * 16777619u;
	return h ^ h >> 15;
}

bool
word_same(const unsigned char *p, const char *low, size_t n)
{
	unsigned char c[2];
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = fold(p + i, n - i, c);
		if (memcmp(c, low + i, len) != 0)
			return false;
	}
	return true;
}

unsigned
word_roles(struct bytes s, size_t at, size_t end)
{
	return end - at > WORD_MAX ? 0 :
	    word_filter[word_hash(s.p + at, end - at) & 4095];
}

size_t
letters_end(struct bytes s, size_t at)
{
	while (at < s.n) {
		if (is_letter(s.p[at]))
			at++;
		else if (s.p[at] == 0xd0 || s.p[at] == 0xd1)
			at += 2;
		else
			break;
	}
	return MIN(at, s.n);
}
