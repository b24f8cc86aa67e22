/* SPDX-License-Identifier: ISC */
#include "base/sum.h"

#include <xxhash.h>

uint64_t
sum64(struct bytes b)
{
	return XXH3_64bits(b.p, b.n);
}

struct sum *
sum_new(void)
{
	XXH3_state_t *s = XXH3_createState();

	if (s != NULL)
		(void)XXH3_64bits_reset(s);
	return (struct sum *)s;
}

void
sum_add(struct sum *s, struct bytes b)
{
	if (b.n)
		(void)XXH3_64bits_update((XXH3_state_t *)s, b.p, b.n);
}

uint64_t
sum_end(struct sum *s)
{
	uint64_t h;

	if (s == NULL)
		return 0;
	h = XXH3_64bits_digest((XXH3_state_t *)s);
	(void)XXH3_freeState((XXH3_state_t *)s);
	return h;
}
