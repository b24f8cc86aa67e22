/* SPDX-License-Identifier: ISC */
#ifndef INDEX_ORDERS_H
#define INDEX_ORDERS_H

#include "base/arena.h"
#include "base/buf.h"
#include "pack/pack.h"

/*
 * Orders to browse by.  One chunk an order, ORDA, ORDB, ...:
 *
 *	u32 places, u8 width of a number in bytes (1-4)
 *	places numbers of entries
 *	varint groups, then each: label blob, varint count of places
 *
 * Groups follow one another without gaps; an empty order has no chunk.
 */
#define ORDERS_MAX	8
#define ORDER_TAG(i)	TAG('O', 'R', 'D', 'A' + (i))

struct order {
	struct bytes numbers, groups;
	uint32_t n_places, n_groups;
	unsigned int width;
};

struct orders {
	struct order v[ORDERS_MAX];
	uint32_t n_entries;
};

struct order_group {
	struct bytes label;
	uint32_t first, n;
};

#define ORDERS_NONE	UINT32_MAX

int	orders_open(const struct pack *p, uint32_t n_entries, struct orders *ret) MUST_CHECK;
int	orders_groups(const struct orders *o, unsigned int i, struct arena *a,
	    struct order_group **ret, size_t *n) MUST_CHECK;
/* The entry at a place, or ORDERS_NONE. */
uint32_t	orders_at(const struct orders *o, unsigned int i, uint32_t place);
/* 0 or EFORMAT, with the order in *which. */
int	orders_check(const struct orders *o, unsigned int *which) MUST_CHECK;

/* --- making: adds in any order, bounded memory --------------------------- */
struct orders_builder;

int	orders_builder_new(const char *dir, size_t memory, struct orders_builder **ret) MUST_CHECK;
void	orders_builder_free(struct orders_builder *b);
/*
 * Puts entry no into order i: groups stand in the bytewise order of
 * group_key, then of label; entries of a group by key, then by number.
 */
void	orders_builder_add(struct orders_builder *b, unsigned int i,
	    struct bytes group_key, struct bytes label, struct bytes key,
	    uint32_t no);
int	orders_builder_finish(struct orders_builder *b, uint32_t n_entries,
	    struct pack_writer *w) MUST_CHECK;

#endif
