/* SPDX-License-Identifier: ISC */
#include "annotate/annotate.h"

#include "annotate/inside.h"
#include "script/lang.h"

struct span *
spans_add(struct spans *s)
{
	struct span *v;

	if (s->n == SPANS_MAX ||
	    (v = arena_grow(s->a, s->v, s->n, &s->cap, sizeof(*v))) == NULL)
		return NULL;
	s->v = v;
	v[s->n] = (struct span){ 0 };
	return &v[s->n++];
}

const char *
han_lang(const struct entry *e, struct bytes collection, struct arena *a)
{
	struct han_count c = { 0 };
	size_t i;

	for (i = 0; i < e->n_names; i++)
		han_count_add(&c, e->name[i].form);
	if (c.simp == c.trad)
		han_count_add(&c, bytes_sub(e->text, 0, 2048));
	if (bytes_starts(e->lang, B("zh-Han")))
		return lang_of_han(&c, arena_str(a, e->lang));
	return lang_of_han(&c, bytes_starts(collection, B("zh-Han")) ?
	    arena_str(a, collection) : "zh-Hant");
}

static int
span_cmp(const void *pa, const void *pb)
{
	const struct span *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)	/* the longer first */
		return a->to > b->to ? -1 : 1;
	return (a->type > b->type) - (a->type < b->type);
}

/* Of two that overlap the one that begins first stays, else the longer. */
static void
settle(struct spans *s)
{
	size_t i, n = 0;

	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), span_cmp);
	for (i = 0; i < s->n; i++)
		if (n == 0 || s->v[i].from >= s->v[n - 1].to)
			s->v[n++] = s->v[i];
	s->n = n;
}

/* Where a list of references begins: when they were printed is no event. */
static uint32_t
references_from(const struct entry *e)
{
	size_t i;

	for (i = 0; i < e->n_nodes; i = e->node[i].next)
		if (e->node[i].type == NODE_SECTION_REFS)
			return e->node[i].from;
	return UINT32_MAX;
}

/* A date in prose is a statement about the entry. */
static void
mention(struct entry *e, const struct spans *s, struct arena *a)
{
	struct statement *v;
	uint32_t stop = references_from(e);
	size_t i, n = 0;

	for (i = 0; i < s->n; i++)
		n += s->v[i].type == SPAN_DATE;
	if (n == 0 || (v = ARENA_ARRAY(a, e->n_statements + n, struct statement)) == NULL)
		return;
	if (e->n_statements)
		memcpy(v, e->statement, e->n_statements * sizeof(*v));
	e->statement = v;
	for (i = 0; i < s->n; i++) {
		const struct span *d = &s->v[i];

		if (d->type == SPAN_DATE && d->from < stop)
			v[e->n_statements++] = (struct statement){ B("mentioned"), d->a,
				d->lo, d->hi, d->doubt, d->from, d->to };
	}
}

int
annotate_entry(struct entry *e, struct bytes lang, struct arena *a)
{
	struct spans s = { .a = a };
	const char *han = han_lang(e, lang, a);

	names_annotate(e, han, a);
	terms_find(e, han, &s);
	dates_find(e, &s);
	settle(&s);
	e->span = s.v;
	e->n_spans = s.n;
	mention(e, &s, a);
	return a->err ? LEISHU_ENOMEM : 0;
}
