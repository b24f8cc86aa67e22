/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_READ_H
#define INDEX_NAMES_READ_H

#include "entry/entry.h"
#include "index/names.h"
#include "script/reading.h"
#include "script/roman.h"

/*
 * How names in characters are read: as the entry says (a reading given with
 * the name, or another of its names that fits syllable for syllable), else
 * as the tables have it, the usual reading first.
 */
struct name_read {
	uint8_t via;		/* enum name_via */
	uint16_t n;
	uint16_t syl[READING_SYLS];
};

/*
 * The readings of n, a name of e, under which it is to be found, the surest
 * first.  Gives their number; 0 for a name without Han or too long for it.
 */
size_t	names_read(const struct entry *e, const struct name *n,
	    struct name_read *v, size_t cap);

/*
 * The readings of a name as the index has it: one, when the entry says how
 * it is read (reading is what is stored), else all that are likely.
 */
size_t	names_read_again(struct bytes form, bool known, struct bytes reading,
	    struct name_read *v, size_t cap);

/*
 * The toneless key of a form read so: syllables for Han, the rest folded.
 * Appends; nothing when a character has no reading.
 */
void	names_read_key(struct bytes form, const struct name_read *r, struct buf *out);

#define NAMES_READINGS	8

#endif
