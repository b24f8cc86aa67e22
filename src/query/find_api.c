/* SPDX-License-Identifier: ISC */
/* Look-ups on a book, and the public calls. */
#include "query/find.h"

#include "base/limits.h"
#include "book/handle.h"

struct leishu_hits {
	struct arena arena;
	struct bytes query;
	struct find_result result;
	struct leishu_hit *hit;
	struct buf *json;	/* made when it is first asked for */
};

static int
card_of(void *ctx, uint32_t no, struct bytes *id, struct bytes *title)
{
	const struct book *b = ctx;
	struct card c;
	int rc = book_card(b, no, &c);

	if (rc < 0)
		return rc;
	*id = c.id;
	*title = c.title;
	return 0;
}

static uint32_t
indegree_of(void *ctx, uint32_t no)
{
	const struct book *b = ctx;

	return book_indegree(b, no);
}

int
find_in_book(const struct book *b, struct bytes query, const struct find_opts *o,
    struct arena *a, struct find_result *ret)
{
	struct names n;
	struct find_source s = { &n, (void *)(uintptr_t)b, card_of, indegree_of };
	int rc = names_open(book_pack(b), NULL, &n);

	return rc < 0 ? rc : find_run(&s, query, o, a, ret);
}

void
leishu_find_options_defaults(struct leishu_find_options *o)
{
	*o = (struct leishu_find_options){ .size = sizeof(*o), .limit = 10 };
}

static struct leishu_text
text(struct bytes b)
{
	return (struct leishu_text){ (const char *)b.p, b.n };
}

static int
put_out(struct leishu_hits *h)
{
	const struct find_result *r = &h->result;
	size_t i;

	h->hit = ARENA_ARRAY(&h->arena, r->n + 1, struct leishu_hit);
	h->json = ARENA_NEW(&h->arena, struct buf);
	if (h->hit == NULL || h->json == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < r->n; i++) {
		const struct find_hit *f = &r->hit[i];

		h->hit[i] = (struct leishu_hit){ sizeof(h->hit[i]), text(f->id),
		    text(f->title), text(f->matched), text(f->via),
		    text(f->why), f->score };
	}
	return 0;
}

int
leishu_find(const struct leishu_book *b, const char *query, size_t n,
    const struct leishu_find_options *o, struct leishu_hits **ret)
{
	struct leishu_find_options def;
	struct find_opts opts;
	struct leishu_hits *h;
	int rc;

	if (o == NULL) {
		leishu_find_options_defaults(&def);
		o = &def;
	}
	if (o->size < sizeof(*o) || o->limit == 0 || o->limit > LIMIT_HITS ||
	    o->mode > LEISHU_FIND_SUGGEST)
		return LEISHU_EINVAL;
	if ((h = calloc(1, sizeof(*h))) == NULL)
		return LEISHU_ENOMEM;
	opts = (struct find_opts){ o->mode, o->limit };
	h->query = arena_bytes(&h->arena, bytes_make(query, n));
	if ((rc = h->arena.err) < 0 ||
	    (rc = find_in_book(book_of(b), h->query, &opts, &h->arena, &h->result)) < 0 ||
	    (rc = put_out(h)) < 0) {
		leishu_hits_free(h);
		return rc;
	}
	*ret = h;
	return 0;
}

size_t
leishu_hits_count(const struct leishu_hits *h)
{
	return h->result.n;
}

uint64_t
leishu_hits_total(const struct leishu_hits *h, bool *at_least)
{
	if (at_least)
		*at_least = h->result.at_least;
	return h->result.total;
}

const struct leishu_hit *
leishu_hits_at(const struct leishu_hits *h, size_t i)
{
	return i < h->result.n ? &h->hit[i] : NULL;
}

const char *
leishu_hits_error(const struct leishu_hits *h)
{
	return h->result.error;
}

struct leishu_text
leishu_hits_json(const struct leishu_hits *h)
{
	if (h->json->n == 0)
		find_json(h->query, &h->result, h->json);
	if (h->json->err)
		return (struct leishu_text){ NULL, 0 };
	return text(buf_view(h->json));
}

void
leishu_hits_free(struct leishu_hits *h)
{
	if (h == NULL)
		return;
	if (h->json)
		buf_release(h->json);
	arena_release(&h->arena);
	free(h);
}
