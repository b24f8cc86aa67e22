/* SPDX-License-Identifier: ISC */
#include "build/order_keys.h"

#include "book/book.h"
#include "script/fold.h"

struct order_keys {
	struct buf title;	/* folded */
};

int
order_keys_new(struct order_keys **ret)
{
	struct order_keys *k = calloc(1, sizeof(*k));

	if (k == NULL)
		return LEISHU_ENOMEM;
	*ret = k;
	return 0;
}

void
order_keys_free(struct order_keys *k)
{
	if (k == NULL)
		return;
	buf_release(&k->title);
	free(k);
}

int
order_keys_add(struct order_keys *k, struct orders_builder *o, uint32_t no,
    const struct entry *e)
{
	struct bytes key;
	size_t i;

	buf_clear(&k->title);
	fold_name(e->title, &k->title);
	if (k->title.err)
		return k->title.err;
	key = buf_view(&k->title);
	if (e->kind.n)
		orders_builder_add(o, ORDER_KIND, e->kind, e->kind, key, no);
	for (i = 0; i < e->n_subjects; i++)
		orders_builder_add(o, ORDER_SUBJECT, e->subject[i],
		    e->subject[i], key, no);
	return 0;
}
