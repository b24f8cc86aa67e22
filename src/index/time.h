/* SPDX-License-Identifier: ISC */
#ifndef INDEX_TIME_H
#define INDEX_TIME_H

#include "pack/pack.h"

/*
 * The dated statements of a book between two days, in order.  Made by
 * time_build.c from entry.statement.  Borrows the pack.
 */
struct time_index {
	const unsigned char *blocks;	/* greatest last day of each block */
	const unsigned char *rows;
	uint32_t n_rows, n_blocks;
	struct bytes props;		/* property names, each a blob */
	uint32_t n_props;
};

enum time_flags {
	TIME_EXTENT = 1u << 0,	/* lasts from lo to hi; else some day between */
	TIME_LONG = 1u << 1,	/* spans more than a year, or has an open end */
};

struct time_row {
	int32_t lo, hi;		/* JDN, both included */
	uint32_t entry;
	uint32_t from, to;	/* span in the entry's text; 0,0: from a field */
	uint16_t prop;
	uint8_t doubt;		/* 0-100 */
	uint8_t flags;
};

/* Checks the chunk's frame.  A book without the chunk has no rows. */
int	time_index_open(const struct pack *p, struct time_index *ret) MUST_CHECK;

enum time_part {
	TIME_INSIDE = 1,	/* the whole row lies between the two days */
	TIME_REACHING = 2,	/* only a part does: "before 1952", "16th century" */
	TIME_TOUCHING = TIME_INSIDE | TIME_REACHING,
};

struct time_query {
	int32_t lo, hi;
	uint8_t max_doubt;	/* rows above it are left out */
	enum time_part part;
	uint32_t skip;		/* rows to pass over */
};

/*
 * Rows that touch [lo, hi] in the way asked, by first day, then last day, entry and place:
 * writes up to max, *total counts all.  Returns how many were written or
 * LEISHU_EFORMAT.
 */
int	time_index_find(const struct time_index *t, const struct time_query *q,
	    struct time_row *ret, uint32_t max, uint64_t *total) MUST_CHECK;
/* Every row is in order and points at an entry below n: 0 or LEISHU_EFORMAT. */
int	time_index_verify(const struct time_index *t, uint32_t n_entries) MUST_CHECK;
struct bytes	time_index_prop(const struct time_index *t, uint16_t prop);

#endif
