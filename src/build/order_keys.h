/* SPDX-License-Identifier: ISC */
#ifndef BUILD_ORDER_KEYS_H
#define BUILD_ORDER_KEYS_H

#include "entry/entry.h"
#include "index/orders.h"

/* Where an entry stands in each of the orders to browse by. */
struct order_keys;

int	order_keys_new(struct order_keys **ret) MUST_CHECK;
void	order_keys_free(struct order_keys *k);
int	order_keys_add(struct order_keys *k, struct orders_builder *o, uint32_t no,
	    const struct entry *e) MUST_CHECK;

#endif
