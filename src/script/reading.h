/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_READING_H
#define SCRIPT_READING_H

#include "base/base.h"

/*
 * How a Han word is read when nobody says so: words and parts of words that
 * are not read as their characters mostly are, surnames, and the readings
 * of the characters by how common they are.  Tones are those of a
 * dictionary: no sandhi.
 */
#define READING_SYLS	64	/* characters of one word */
#define READING_MAX	8	/* readings of one word */
#define READING_DEAREST	8	/* what one may cost more than the best */
#define READING_ONE	12	/* with more characters only one reading */

enum reading_hint {
	READING_ANY,
	READING_PERSON,		/* begins with a surname */
	READING_PLACE,
	READING__MAX
};

struct reading {
	uint16_t n;			/* characters, one syllable each */
	uint16_t cost;			/* 0: nothing unusual */
	uint16_t syl[READING_SYLS];	/* 0: a character without a reading */
};

/*
 * The readings of the Han characters of s (what else stands there is passed
 * over), best first, at most cap and READING_MAX.  Gives their number; 0
 * without Han, past READING_SYLS, or when no character has a reading.
 */
size_t	reading_of(struct bytes s, enum reading_hint hint, struct reading *v,
	    size_t cap);

#endif
