/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_DATE_WORD_H
#define CALENDAR_DATE_WORD_H

#include "base/base.h"

/* Letters, and words by what they can be in a date. */

/* ASCII; any int will do. */
static inline bool
is_letter(int c)
{
	return (unsigned)((c | 0x20) - 'a') < 26;
}

static inline bool
is_digit(int c)
{
	return (unsigned)(c - '0') < 10;
}

/* Behind the word of ASCII and Cyrillic letters at at. */
size_t	letters_end(struct bytes s, size_t at);

/* What a word can be; bits of word_roles.inc. */
enum {
	ROLE_START = 1,		/* a date may begin with it */
	ROLE_CORE = 2,		/* a month or season */
	ROLE_REL = 4,		/* durations, dates told from another */
	ROLE_INSIDE = 8,	/* any word a date may have in it */
	ROLE_TOLD = 16,		/* likewise what ROLE_REL begins */
	ROLE_ERA = 32		/* an era of China in Latin letters */
};

/* By hash: what has the bit may be such a word, what has it not is none. */
unsigned	word_roles(struct bytes s, size_t at, size_t end);
/* Without regard to case, as tools/gen-datewords.py. */
uint32_t	word_hash(const unsigned char *p, size_t n);
/* Is p, of n bytes, the word low, which is in lower case? */
bool	word_same(const unsigned char *p, const char *low, size_t n);

#endif
