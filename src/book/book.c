/* SPDX-License-Identifier: ISC */
/* Opening a book, and what it says about itself. */
#include "base/limits.h"
#include "base/rd.h"
#include "book/inside.h"

/* The number after "entries": in META, which writes it plainly. */
static int
count_from_meta(struct bytes meta, uint32_t *ret)
{
	size_t at = bytes_find(meta, B("\"entries\":")), end;
	uint64_t n;

	if (at == SIZE_MAX)
		return LEISHU_EFORMAT;
	at += 10;
	for (end = at; end < meta.n && meta.p[end] >= '0' &&
	    meta.p[end] <= '9'; end++)
		;
	if (!bytes_u64(bytes_sub(meta, at, end), LIMIT_ENTRIES, &n))
		return LEISHU_EFORMAT;
	*ret = (uint32_t)n;
	return 0;
}

static int
open_chunks(struct book *b, uint32_t *tag)
{
	int rc;

	*tag = TAG_META;
	b->meta = pack_get(b->pack, TAG_META);
	if ((rc = count_from_meta(b->meta, &b->n)) < 0)
		return rc;
	*tag = TAG_BLOCKS;
	b->entries = pack_get(b->pack, TAG_ENTRIES);
	b->blocks = pack_get(b->pack, TAG_BLOCKS);
	if ((rc = blocks_open(b, pack_get(b->pack, TAG_DICT))) < 0)
		return rc;
	*tag = TAG_CARDX;
	b->cards = pack_get(b->pack, TAG_CARDS);
	b->cardx = pack_get(b->pack, TAG_CARDX);
	b->ids = pack_get(b->pack, TAG_IDS);
	b->refs = pack_get(b->pack, TAG_REFS);
	if ((rc = cards_open(b, pack_get(b->pack, TAG_WORDS))) < 0)
		return rc;
	*tag = TAG_LINK_TARGETS;
	if ((rc = links_open(b->pack, b->n, &b->links)) < 0)
		return rc;
	*tag = ORDER_TAG(0);
	return orders_open(b->pack, b->n, &b->orders);
}

int
book_open_image(struct bytes img, char chunk[5], struct book **ret)
{
	struct book *b = calloc(1, sizeof(*b));
	uint32_t tag;
	int rc;

	if (b == NULL)
		return LEISHU_ENOMEM;
	if ((rc = pack_open(img, chunk, &b->pack)) == 0 &&
	    (rc = open_chunks(b, &tag)) < 0 && chunk != NULL)
		pack_tag_name(tag, chunk);
	if (rc < 0) {
		book_close(b);
		return rc;
	}
	*ret = b;
	return 0;
}

int
book_open(const char *path, char chunk[5], struct book **ret)
{
	struct sys_map map = { 0 };
	int rc;

	if ((rc = sys_map_open(path, &map)) < 0)
		return rc;
	if ((rc = book_open_image(map.b, chunk, ret)) < 0)
		sys_map_close(&map);
	else
		(*ret)->map = map;
	return rc;
}

void
book_close(struct book *b)
{
	if (b == NULL)
		return;
	blocks_close(b);
	cards_close(b);
	pack_close(b->pack);
	sys_map_close(&b->map);
	free(b);
}

uint32_t
book_count(const struct book *b)
{
	return b->n;
}

uint64_t
book_id(const struct book *b)
{
	return pack_id(b->pack);
}

const struct pack *
book_pack(const struct book *b)
{
	return b->pack;
}

struct bytes
book_meta(const struct book *b)
{
	return b->meta;
}

uint32_t
book_resolve(const struct book *b, struct bytes target)
{
	uint32_t no = book_find_id(b, target);

	return no != BOOK_NONE ? no : links_resolve(&b->links, target);
}

int
book_links_in(const struct book *b, uint32_t no, struct arena *a,
    uint32_t **ret, size_t *n)
{
	return links_in(&b->links, no, a, ret, n);
}

uint32_t
book_indegree(const struct book *b, uint32_t no)
{
	return links_indegree(&b->links, no);
}

int
book_groups(const struct book *b, enum book_order o, struct arena *a,
    struct book_group **ret, size_t *ret_n)
{
	struct order_group *v;
	struct book_group *g;
	size_t n, i;
	int rc;

	if ((rc = orders_groups(&b->orders, (unsigned int)o, a, &v, &n)) < 0)
		return rc;
	if ((g = ARENA_ARRAY(a, n + 1, struct book_group)) == NULL)
		return a->err;
	for (i = 0; i < n; i++)
		g[i] = (struct book_group){ v[i].label, v[i].first, v[i].n };
	*ret = g;
	*ret_n = n;
	return 0;
}

uint32_t
book_at(const struct book *b, enum book_order o, uint32_t place)
{
	return orders_at(&b->orders, (unsigned int)o, place);
}
