/* SPDX-License-Identifier: ISC */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/base.h"

/*
 * Byte strings to numbers, in memory: ids, field names, vocabularies.  Open
 * addressing, keys copied.  A map of zeros is ready.
 */
struct map {
	struct map_slot *slot;
	size_t cap;		/* a power of two, or 0 */
	size_t n;
	struct map_keys *keys;	/* where the copied keys live */
};

void	map_release(struct map *m);
/* The value's place, or NULL when the key is not there. */
uint64_t	*map_get(const struct map *m, struct bytes key);
/*
 * The value's place, made (value 0) when it is not there; *fresh, when not
 * NULL, says which.  The place holds until the next map_put.  NULL without
 * memory.
 */
uint64_t	*map_put(struct map *m, struct bytes key, bool *fresh) MUST_CHECK;

#endif
