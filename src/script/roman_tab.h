/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_ROMAN_TAB_H
#define SCRIPT_ROMAN_TAB_H

#include "script/roman.h"

/* One spelling a reader accepts; the tables are sorted by key, then cost. */
struct spelling {
	uint64_t key;	/* letters packed, the first highest */
	uint16_t id;
	uint8_t tone;	/* the spelling tells, or 0 */
	uint8_t apos;	/* an apostrophe is due before this letter, or 0 */
	uint8_t cost;
};

struct spellings {
	const struct spelling *v;
	size_t n;
};

struct spellings	scheme_spellings(enum scheme s);

#endif
