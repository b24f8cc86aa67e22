/* SPDX-License-Identifier: ISC */
#include "query/search_near.h"

#include "base/distance.h"
#include "base/utf8.h"

/* A near word met on the way; the list keeps the best. */
struct near_word {
	unsigned edits;
	uint32_t df;
	struct bytes term;
};

struct near_list {
	const struct text_index *x;
	struct arena *a;
	struct near_word v[SEARCH_NEAR_MAX];
	size_t n;
};

static bool
better(unsigned edits, uint32_t df, const struct near_word *w)
{
	return edits < w->edits || (edits == w->edits && df > w->df);
}

/* Keeps c in its place of the list, best first; ties as they come. */
static int
note(void *ctx, const struct dict_cur *c, unsigned edits)
{
	struct near_list *l = ctx;
	uint32_t df = text_df(l->x, c->value);
	struct bytes term;
	size_t i = l->n;

	if (df == 0)
		return LEISHU_EFORMAT;
	/* Only the nearest count. */
	if (l->n && edits > l->v[0].edits && l->v[0].edits > 0)
		return 0;
	if (i == SEARCH_NEAR_MAX && !better(edits, df, &l->v[i - 1]))
		return 0;
	term = arena_bytes(l->a, c->key);
	if (term.p == NULL)
		return LEISHU_ENOMEM;
	if (i == SEARCH_NEAR_MAX)
		i--;
	else
		l->n++;
	for (; i > 0 && better(edits, df, &l->v[i - 1]); i--)
		l->v[i] = l->v[i - 1];
	l->v[i] = (struct near_word){ edits, df, term };
	return 0;
}

/* How many edits a word may be away; 0: it has no near words. */
static unsigned
reach(struct bytes word)
{
	size_t at = 0, n = 0;
	uint32_t cp;

	while (utf8_next(word, &at, &cp)) {
		if (cp >= '0' && cp <= '9')
			return 0;
		n++;
	}
	return slips_allowed(n, false);
}

/*
 * Words stand before and after the Han characters and the private ones, the
 * rest of the dictionary is passed over.
 */
static int
collect(struct near_list *l, struct bytes word, unsigned max)
{
	static const struct { struct bytes lo, hi; } parts[] = {
		{ { (const unsigned char *)"", 0 }, { (const unsigned char *)"\xe3\x90\x80", 3 } },
		{ { (const unsigned char *)"\xea\x80\x80", 3 },
		  { (const unsigned char *)"\xee\x80\x80", 3 } },
	};
	size_t i;
	int rc = 0;

	for (i = 0; i < NELEM(parts) && rc == 0; i++)
		rc = dict_near(&l->x->dict, word, max, parts[i].lo, parts[i].hi, note, l);
	return rc;
}

static int
near_of(const struct text_index *x, struct bytes word, struct arena *a,
    struct search_near *ret)
{
	struct near_list l = { .x = x, .a = a };
	unsigned max = reach(word);
	size_t i, n = 0;
	int rc;

	if (max == 0)
		return 0;
	if ((rc = collect(&l, word, max)) < 0)
		return rc;
	if ((ret->term = ARENA_ARRAY(a, MAX(l.n, 1), struct bytes)) == NULL)
		return LEISHU_ENOMEM;
	/* The word itself, then those at the least distance beyond it. */
	for (i = 0; i < l.n; i++) {
		if (l.v[i].edits > 0 && l.v[i].edits > l.v[l.v[0].edits == 0 && l.n > 1].edits)
			break;
		ret->term[n++] = l.v[i].term;
	}
	ret->n = n;
	return 0;
}

int
search_near(const struct text_index *x, const struct search_query *q, bool all,
    struct arena *a, struct search_near **ret, bool *any)
{
	struct search_near *v = ARENA_ARRAY(a, q->n, struct search_near);
	uint64_t value;
	size_t i;
	int rc;

	if (v == NULL)
		return LEISHU_ENOMEM;
	*any = false;
	for (i = 0; i < q->n; i++) {
		const struct search_clause *c = &q->clause[i];

		if (!c->words || c->n != 1)
			continue;
		rc = dict_find(&x->dict, c->term[0].term, NULL, &value);
		if (rc < 0)
			return rc;
		if (rc == 1 && !all)
			continue;
		if ((rc = near_of(x, c->term[0].term, a, &v[i])) < 0)
			return rc;
		/* The word alone is what was tried already. */
		if (v[i].n == 1 && bytes_eq(v[i].term[0], c->term[0].term))
			v[i].n = 0;
		*any = *any || v[i].n > 0;
	}
	*ret = v;
	return 0;
}
