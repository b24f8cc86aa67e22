/* SPDX-License-Identifier: ISC */
#ifndef INDEX_LINKS_H
#define INDEX_LINKS_H

#include "base/arena.h"
#include "pack/pack.h"

/*
 * Where links lead and come from.
 *
 *	LNKT	targets that stand in entries, by folded key, then as written:
 *		key blob, raw blob, varint 1 + the entry meant (0: none),
 *		varint count of entries that name it, their numbers, each as
 *		the difference to the one before
 *	LNKX	u64 offset in LNKT of every row, in order
 *	LNKE	entries that are linked to, ascending: u32 number, u32 how many
 *		others link to it, u32 its first place in LNKR
 *	LNKR	u32 rows of LNKT that mean the entry, ascending
 *
 * The key is fold_name of the target, or the target itself when that is
 * empty.
 */
#define TAG_LINK_TARGETS	TAG('L', 'N', 'K', 'T')
#define TAG_LINK_OFFSETS	TAG('L', 'N', 'K', 'X')
#define TAG_LINK_ENTRIES	TAG('L', 'N', 'K', 'E')
#define TAG_LINK_ROWS		TAG('L', 'N', 'K', 'R')

#define LINKS_NONE	UINT32_MAX

struct links {
	struct bytes targets, offsets, entries, rows;
	uint32_t n_entries;	/* of the book */
};

/* A view on p's chunks, all of which may be absent. 0 or EFORMAT. */
int	links_open(const struct pack *p, uint32_t n_entries, struct links *ret) MUST_CHECK;

/* The entry a target in the book means, or LINKS_NONE. */
uint32_t	links_resolve(const struct links *l, struct bytes target);
/* Other entries that link to no, ascending, each once. */
int	links_in(const struct links *l, uint32_t no, struct arena *a,
	    uint32_t **ret, size_t *n) MUST_CHECK;
uint32_t	links_indegree(const struct links *l, uint32_t no);

/* Every row read and every number in range: 0 or EFORMAT. */
int	links_check(const struct links *l) MUST_CHECK;

#endif
