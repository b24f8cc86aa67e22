/* SPDX-License-Identifier: ISC */
#ifndef BASE_DISTANCE_H
#define BASE_DISTANCE_H

#include "base/base.h"

#define DISTANCE_CHARS	48	/* at most in either word */

/*
 * Characters to change, add, drop or swap with their neighbour, to make b of
 * a.  Anything above max is given as max + 1, as are longer words.
 */
size_t	distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb,
	    size_t max);

/*
 * Slips that leave a word of n characters what it is: a short one would be
 * any other, and a Han character says more than a letter.
 */
static inline unsigned
slips_allowed(size_t n, bool han)
{
	return han ? n >= 3 : n >= 8 ? 2 : n >= 4;
}

/* leishu_nearest for a word that is a part of something. */
const char	*nearest(struct bytes word, const char *const *known, size_t n);

#endif
