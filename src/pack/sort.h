/* SPDX-License-Identifier: ISC */
#ifndef PACK_SORT_H
#define PACK_SORT_H

#include "base/base.h"

/*
 * External sort of byte strings: records are collected in memory, sorted
 * and spilled as runs, and merged when read.  The order is bytewise
 * (memcmp; a prefix first); equal records keep the order they were added
 * in, so the result does not depend on memory or threads.
 */
struct sorter;

struct sorter_opts {
	const char *dir;	/* for spools */
	size_t memory;		/* bytes held before a run is spilled */
};

int	sorter_new(const struct sorter_opts *o, struct sorter **ret) MUST_CHECK;
void	sorter_free(struct sorter *s);
/* The record is copied.  Sticky: the first failure is given by sorter_run. */
void	sorter_add(struct sorter *s, struct bytes rec);
uint64_t	sorter_count(const struct sorter *s);
/* No more adds.  Then sorter_next until 0. */
int	sorter_run(struct sorter *s) MUST_CHECK;
/* 1: *ret is the next record, borrowed until the next call; 0: end. */
int	sorter_next(struct sorter *s, struct bytes *ret) MUST_CHECK;

#endif
