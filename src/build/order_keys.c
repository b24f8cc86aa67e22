/* SPDX-License-Identifier: ISC */
#include "build/order_keys.h"

#include "book/book.h"
#include "script/collate.h"
#include "script/lang.h"
#include "script/name.h"

#define PAIRS_MAX	8	/* names tried as the reading of a title */

struct order_keys {
	struct buf key, group, sound;
	struct name_info info;
	struct reading reading;
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
	buf_release(&k->key);
	buf_release(&k->group);
	buf_release(&k->sound);
	free(k);
}

/* The entry's own reading of its title, or NULL: the usual one will do. */
static const struct reading *
own_reading(struct order_keys *k, const struct entry *e)
{
	size_t i, n = MIN(e->n_names, PAIRS_MAX);

	if (n == 0 || script_of_text(e->title) != SCRIPT_HAN)
		return NULL;
	if (e->name[0].reading.n && name_look(e->title, e->name[0].reading, NULL,
	    READING_ANY, &k->info) == 0 && k->info.given)
		return &k->info.reading[0];
	for (i = 1; i < n; i++)
		if (script_of_text(e->name[i].form) == SCRIPT_LATIN &&
		    name_pair(e->title, e->name[i].form, &k->reading) != SCHEME_NONE)
			return &k->reading;
	return NULL;
}

/* What stands in characters: the title, or the first name that does. */
static struct bytes
han_form(const struct entry *e)
{
	size_t i;

	if (script_of_text(e->title) == SCRIPT_HAN)
		return e->title;
	for (i = 0; i < e->n_names; i++)
		if (e->name[i].origin == NAME_GIVEN &&
		    script_of_text(e->name[i].form) == SCRIPT_HAN)
			return e->name[i].form;
	return (struct bytes){ NULL, 0 };
}

/*
 * What groups are ordered by: the beginning of the entry's key that makes
 * the group, since by label 10 strokes would come before 2; "#" is last.
 */
static struct bytes
group_key(struct bytes label, struct bytes key)
{
	if (bytes_eq(label, B("#")))
		return B("\xff");
	return bytes_sub(key, 0, label.n && label.p[0] >= 'A' && label.p[0] <= 'Z' ? 1 : 2);
}

static void
add_collated(struct order_keys *k, struct orders_builder *o, enum book_order order,
    enum collation how, struct bytes form, const struct reading *r, uint32_t no)
{
	struct bytes key, label;

	buf_clear(&k->key);
	buf_clear(&k->group);
	collate_key(&k->key, form, r ? r->syl : NULL, r ? r->n : 0, how);
	key = buf_view(&k->key);
	collate_group(&k->group, key, how);
	label = buf_view(&k->group);
	orders_builder_add(o, (unsigned int)order, group_key(label, key), label,
	    key, no);
}

int
order_keys_add(struct order_keys *k, struct orders_builder *o, uint32_t no,
    const struct entry *e)
{
	const struct reading *r = own_reading(k, e);
	struct bytes han = han_form(e), key;
	size_t i;

	buf_clear(&k->sound);
	collate_key(&k->sound, e->title, r ? r->syl : NULL, r ? r->n : 0, COLLATE_PINYIN);
	key = buf_view(&k->sound);
	add_collated(k, o, ORDER_PINYIN, COLLATE_PINYIN, e->title, r, no);
	if (han.n) {
		add_collated(k, o, ORDER_STROKE, COLLATE_STROKE, han, NULL, no);
		add_collated(k, o, ORDER_RADICAL, COLLATE_RADICAL, han, NULL, no);
	}
	if (e->kind.n)
		orders_builder_add(o, ORDER_KIND, e->kind, e->kind, key, no);
	for (i = 0; i < e->n_subjects; i++)
		orders_builder_add(o, ORDER_SUBJECT, e->subject[i],
		    e->subject[i], key, no);
	return k->key.err ? k->key.err : k->group.err ? k->group.err : k->sound.err;
}
