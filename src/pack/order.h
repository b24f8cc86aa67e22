/* SPDX-License-Identifier: ISC */
#ifndef PACK_ORDER_H
#define PACK_ORDER_H

#include "base/base.h"

/* A record in memory: where it stands, and a word of it as a number. */
struct order_item {
	uint64_t word;	/* scratch */
	uint32_t off, n;
};

/*
 * Puts v into bytewise order of the records base[off, off + n), equal ones
 * staying as they stood.  tmp has room for n items.  Time is bounded by the
 * bytes there are, whatever they hold.
 */
void	order_sort(const unsigned char *base, struct order_item *v,
	    struct order_item *tmp, size_t n);

#endif
