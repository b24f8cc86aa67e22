/* SPDX-License-Identifier: ISC */
#ifndef BASE_SUM_H
#define BASE_SUM_H

#include "base/base.h"

/* XXH3, seed 0: the checksum of every chunk and block of a book. */
uint64_t	sum64(struct bytes b);
static inline uint32_t
sum32(struct bytes b)
{
	return (uint32_t)sum64(b);
}

/* The same over a stream: sum_new, sum_add..., sum_end (which frees). */
struct sum;
struct sum	*sum_new(void) MUST_CHECK;
void	sum_add(struct sum *s, struct bytes b);
uint64_t	sum_end(struct sum *s);	/* NULL gives 0 */

#endif
