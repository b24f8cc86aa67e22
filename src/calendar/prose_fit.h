/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_PROSE_FIT_H
#define CALENDAR_PROSE_FIT_H

#include "calendar/western.h"

/* What stands around a number tells a year from a count (prose_fit.c). */

/* The byte at i, or -1 behind the end. */
int	byte_at(struct bytes s, size_t i);
/* The word that ends before at, blanks and an opening bracket aside. */
struct bytes	word_before(struct bytes s, size_t at);
/* Is w, in any case of ASCII, in a list that NULL ends? */
bool	word_in(struct bytes w, const char *const *list);
/* Words behind which a number of three digits is a year. */
extern const char *const year_before[];
/*
 * The date w without month and day was read from [from, to) of s, its first
 * number from num: is it one?
 */
bool	year_fits(struct bytes s, const struct date_words *w, size_t from,
    size_t num, size_t to);

#endif
