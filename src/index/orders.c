/* SPDX-License-Identifier: ISC */
#include "index/orders.h"

#include "base/rd.h"

#define HEAD	5

static int
open_one(struct bytes c, struct order *ret)
{
	uint64_t size;
	struct rd r;

	*ret = (struct order){ 0 };
	if (c.n == 0)
		return 0;
	if (c.n < HEAD)
		return LEISHU_EFORMAT;
	ret->n_places = le32(c.p);
	ret->width = c.p[4];
	size = (uint64_t)ret->n_places * ret->width;
	if (ret->width < 1 || ret->width > 4 || size > c.n - HEAD)
		return LEISHU_EFORMAT;
	ret->numbers = bytes_sub(c, HEAD, HEAD + (size_t)size);
	r = rd_make(bytes_sub(c, HEAD + (size_t)size, c.n));
	ret->n_groups = rd_u32(&r, ret->n_places);
	ret->groups = bytes_make(r.p, rd_left(&r));
	/* A group takes two bytes at least. */
	return r.bad || ret->n_groups > ret->groups.n / 2 ? LEISHU_EFORMAT : 0;
}

int
orders_open(const struct pack *p, uint32_t n_entries, struct orders *ret)
{
	unsigned int i;
	int rc = 0;

	ret->n_entries = n_entries;
	for (i = 0; i < ORDERS_MAX && rc == 0; i++)
		rc = open_one(pack_get(p, ORDER_TAG(i)), &ret->v[i]);
	return rc;
}

int
orders_groups(const struct orders *o, unsigned int i, struct arena *a,
    struct order_group **ret, size_t *n)
{
	const struct order *x = &o->v[i < ORDERS_MAX ? i : 0];
	struct order_group *v = NULL;
	struct rd r = rd_make(x->groups);
	uint32_t k, at = 0;

	if (i >= ORDERS_MAX)
		return LEISHU_EINVAL;
	if (x->n_groups &&
	    (v = ARENA_ARRAY(a, x->n_groups, struct order_group)) == NULL)
		return a->err;
	for (k = 0; k < x->n_groups && !r.bad; k++) {
		v[k].label = rd_blob(&r);
		v[k].first = at;
		v[k].n = rd_u32(&r, x->n_places - at);
		at += v[k].n;
	}
	if (r.bad || at != x->n_places || rd_left(&r))
		return LEISHU_EFORMAT;
	*ret = v;
	*n = x->n_groups;
	return 0;
}

uint32_t
orders_at(const struct orders *o, unsigned int i, uint32_t place)
{
	const struct order *x = &o->v[i < ORDERS_MAX ? i : 0];
	const unsigned char *p;
	uint32_t no = 0;
	unsigned int k;

	if (i >= ORDERS_MAX || place >= x->n_places)
		return ORDERS_NONE;
	p = x->numbers.p + (size_t)place * x->width;
	for (k = x->width; k-- > 0; )
		no = no << 8 | p[k];
	return no < o->n_entries ? no : ORDERS_NONE;
}

int
orders_check(const struct orders *o, unsigned int *which)
{
	struct order_group *v;
	struct arena a = { 0 };
	unsigned int i;
	uint32_t k;
	size_t n;
	int rc = 0;

	for (i = 0; i < ORDERS_MAX && rc == 0; i++) {
		rc = orders_groups(o, i, &a, &v, &n);
		for (k = 0; k < o->v[i].n_places && rc == 0; k++)
			if (orders_at(o, i, k) == ORDERS_NONE)
				rc = LEISHU_EFORMAT;
		arena_clear(&a);
		*which = i;
	}
	arena_release(&a);
	return rc;
}
