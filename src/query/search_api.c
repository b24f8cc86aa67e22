/* SPDX-License-Identifier: ISC */
/* Search on a book, and the public calls. */
#include "base/limits.h"
#include "book/handle.h"
#include "query/find.h"
#include "query/search.h"

struct leishu_search {
	struct arena arena;
	struct bytes query;
	struct search_opts opts;
	struct search_result result;
	struct leishu_search_hit *hit;
	struct buf json;
};

static int
card_of(void *ctx, uint32_t no, struct bytes *id, struct bytes *title)
{
	struct card c;
	int rc = book_card(ctx, no, &c);

	if (rc < 0)
		return rc;
	*id = c.id;
	*title = c.title;
	return 0;
}

static int
entry_of(void *ctx, uint32_t no, struct arena *a, struct entry **ret)
{
	return book_entry(ctx, no, a, ret);
}

/* Whole names only; near: only those with a slip of the pen. */
static int
names_of(void *ctx, struct bytes query, bool near, struct arena *a,
    struct search_name **ret, size_t *n)
{
	struct find_opts o = { near ? LEISHU_FIND_ALL : LEISHU_FIND_WHOLE,
	    SEARCH_NAMES_MAX };
	struct find_result r = { 0 };
	struct search_name *v;
	size_t i, k = 0;
	int rc;

	if ((rc = find_in_book(ctx, query, &o, a, &r)) < 0)
		return rc;
	if ((v = ARENA_ARRAY(a, r.n + 1, struct search_name)) == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < r.n; i++)
		if (near ? r.hit[i].rule == RULE_TYPO : r.hit[i].rule <= RULE_STEM)
			v[k++] = (struct search_name){ r.hit[i].no,
			    r.hit[i].matched, r.hit[i].why };
	*ret = v;
	*n = k;
	return 0;
}

int
search_in_book(const struct book *b, struct bytes query,
    const struct search_opts *o, struct arena *a, struct search_result *ret)
{
	struct text_index x;
	struct search_source s = { &x, (void *)(uintptr_t)b, card_of,
	    entry_of, names_of };
	int rc = text_open(book_pack(b), &x);

	if (rc < 0)
		return rc;
	/* Numbers from the index are asked for as entries. */
	if (x.n_docs > book_count(b))
		return LEISHU_EFORMAT;
	return search_query(&s, query, o, a, ret);
}

void
leishu_search_options_defaults(struct leishu_search_options *o)
{
	*o = (struct leishu_search_options){ .size = sizeof(*o), .limit = 10 };
}

static struct leishu_text
text(struct bytes b)
{
	return (struct leishu_text){ (const char *)b.p, b.n };
}

static int
put_out(struct leishu_search *s)
{
	const struct search_result *r = &s->result;
	size_t i;

	s->hit = ARENA_ARRAY(&s->arena, r->n + 1, struct leishu_search_hit);
	if (s->hit == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < r->n; i++) {
		const struct search_hit *h = &r->hit[i];

		s->hit[i] = (struct leishu_search_hit){ sizeof(s->hit[i]),
		    text(h->id), text(h->title), text(h->matched),
		    text(bytes_str(h->via)), text(h->why), text(h->snippet),
		    text(h->plain), h->score };
	}
	search_json(s->query, &s->opts, r, &s->json);
	return s->json.err;
}

int
leishu_search(const struct leishu_book *b, const char *query, size_t n,
    const struct leishu_search_options *o, struct leishu_search **ret)
{
	struct leishu_search_options def;
	struct leishu_search *s;
	int rc;

	if (o == NULL) {
		leishu_search_options_defaults(&def);
		o = &def;
	}
	if (o->size < sizeof(*o) || o->limit == 0 || o->limit > LIMIT_HITS ||
	    o->from > LEISHU_SEARCH_DEEPEST)
		return LEISHU_EINVAL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return LEISHU_ENOMEM;
	s->opts = (struct search_opts){ o->limit, o->from, o->explain, 0 };
	s->query = arena_bytes(&s->arena, bytes_make(query, n));
	if ((rc = s->arena.err) < 0 ||
	    (rc = search_in_book(book_of(b), s->query, &s->opts, &s->arena,
	    &s->result)) < 0 || (rc = put_out(s)) < 0) {
		leishu_search_free(s);
		return rc;
	}
	*ret = s;
	return 0;
}

size_t
leishu_search_count(const struct leishu_search *s)
{
	return s->result.n;
}

uint64_t
leishu_search_total(const struct leishu_search *s)
{
	return s->result.total;
}

const struct leishu_search_hit *
leishu_search_at(const struct leishu_search *s, size_t i)
{
	return i < s->result.n ? &s->hit[i] : NULL;
}

const char *
leishu_search_error(const struct leishu_search *s)
{
	return s->result.error;
}

const char *
leishu_search_note(const struct leishu_search *s)
{
	/* The arena puts a NUL behind it. */
	return s->result.note.n ? (const char *)s->result.note.p : NULL;
}

struct leishu_text
leishu_search_json(const struct leishu_search *s)
{
	return text(buf_view(&s->json));
}

void
leishu_search_free(struct leishu_search *s)
{
	if (s == NULL)
		return;
	buf_release(&s->json);
	arena_release(&s->arena);
	free(s);
}
