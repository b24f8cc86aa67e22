/* SPDX-License-Identifier: ISC */
#ifndef BASE_DISTANCE_H
#define BASE_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

#define DISTANCE_CHARS	48	/* at most in either word */

/*
 * Characters to change, add, drop or swap with their neighbour, to make b of
 * a.  Anything above max is given as max + 1, as are longer words.
 */
size_t	distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, size_t max);

#endif
