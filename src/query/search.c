/* SPDX-License-Identifier: ISC */
#include "query/search.h"

#include "base/limits.h"
#include "query/search_near.h"
#include "query/snippet.h"

#define COLUMNS		160u
#define MARKS_SAID	6u	/* of the words found, in why */

/* One search while it goes on. */
struct job {
	const struct search_source *s;
	const struct search_opts *o;
	struct arena *a;
	struct bytes text;		/* the query */
	struct search_query q;
	struct search_near *near;	/* once near words are tried */
	struct search_name *name;	/* entries with the query as a name */
	size_t n_names;
	const char *name_via;
	struct search_top top;
	struct search_result *r;
};

/* --- finding ------------------------------------------------------------ */

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* The numbers of the named entries, ascending. */
static int
name_numbers(struct job *j, uint32_t **ret)
{
	uint32_t *v = ARENA_ARRAY(j->a, MAX(j->n_names, 1), uint32_t);
	size_t i;

	if (v == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < j->n_names; i++)
		v[i] = j->name[i].no;
	if (j->n_names)
		qsort(v, j->n_names, sizeof(*v), by_number);
	*ret = v;
	return 0;
}

/* How many of the named entries the text does not match. */
static int
count_others(struct job *j, const uint32_t *no, uint64_t *ret)
{
	struct search_eval e;
	uint64_t n = 0;
	float score;
	size_t i;
	int rc;

	if (j->n_names == 0) {
		*ret = 0;
		return 0;
	}
	if ((rc = search_eval_init(&e, j->s->text, &j->q, j->near, j->a)) < 0)
		return rc;
	for (i = 0; i < j->n_names; i++) {
		if ((rc = search_at(&e, no[i], &score)) < 0)
			return rc;
		n += rc == 0;
	}
	*ret = n;
	return 0;
}

/* Runs the query as it is: top and total. */
static int
run(struct job *j)
{
	struct search_eval e;
	uint32_t *skip = NULL;
	uint64_t others = 0;
	size_t k = (size_t)j->o->from + j->o->limit;
	int rc;

	if ((rc = name_numbers(j, &skip)) < 0 ||
	    (rc = search_eval_init(&e, j->s->text, &j->q, j->near, j->a)) < 0)
		return rc;
	k = k > j->n_names ? k - j->n_names : 0;
	k = MIN(k, j->s->text->n_docs);
	j->top = (struct search_top){ .k = k, .skip = skip, .n_skip = j->n_names };
	if ((j->top.v = ARENA_ARRAY(j->a, MAX(k, 1), struct search_found)) == NULL)
		return LEISHU_ENOMEM;
	if ((rc = search_run(&e, SEARCH_ALL, &j->top)) < 0 ||
	    (rc = count_others(j, skip, &others)) < 0)
		return rc;
	j->r->total = j->top.total + others;
	return 0;
}

static int
ask_names(struct job *j, bool near)
{
	if (j->s->names == NULL)
		return 0;
	j->name_via = near ? "typo" : "name";
	return j->s->names(j->s->ctx, j->text, near, j->a, &j->name, &j->n_names);
}

/* Nothing has matched: names with a slip, then near words. */
static int
try_near(struct job *j)
{
	bool any = false;
	int all, rc;

	if ((rc = ask_names(j, true)) < 0)
		return rc;
	for (all = 0; all < 2; all++) {
		if ((rc = search_near(j->s->text, &j->q, all, j->a, &j->near, &any)) < 0)
			return rc;
		if (!any)
			continue;
		if ((rc = run(j)) < 0 || j->top.total)
			return rc;
	}
	j->near = NULL;
	return run(j);
}

/* --- saying why --------------------------------------------------------- */

static struct bytes
keep(struct arena *a, struct buf *b)
{
	struct bytes s = b->err ? bytes_make(NULL, 0) : arena_bytes(a, buf_view(b));

	if (b->err)
		a->err = a->err ? a->err : b->err;
	return s;
}

/* Part of a text, on one line. */
static struct bytes
quote(struct job *j, struct bytes text, size_t from, size_t to)
{
	struct snippet s = { .text = bytes_sub(text, from, to) };
	struct buf b = { 0 };
	struct bytes r;

	s.to = s.text.n;
	snippet_plain(&s, "", "", &b);
	r = keep(j->a, &b);
	buf_release(&b);
	return r;
}

/* Where, when not in the text, the words stand; title and names in turn. */
static int
match_head(struct job *j, struct snippet_maker *m, const struct entry *e,
    struct arena *tmp, struct search_hit *h)
{
	struct snippet s = { 0 };
	size_t i;
	int rc;

	for (i = 0; i <= e->n_names; i++) {
		struct bytes form = i ? e->name[i - 1].form : e->title;

		if ((rc = snippet_make(m, form, UINT32_MAX, tmp, &s)) < 0)
			return rc;
		if (s.n == 0)
			continue;
		h->matched = quote(j, form, s.mark[0].from, s.mark[0].to);
		h->why = arena_printf(j->a, i ?
		    "a name of it has \"%.*s\"" : "its title has \"%.*s\"",
		    (int)h->matched.n, (const char *)h->matched.p);
		return 0;
	}
	h->matched = h->title;
	h->why = bytes_str("title, names, text and author together have all the words");
	return 0;
}

/* What stands there of each clause, as written: quoted, parted by commas. */
static struct bytes
quote_marks(struct job *j, const struct snippet *s)
{
	struct buf b = { 0 };
	struct bytes q, r;
	size_t i, k, n = 0;

	for (i = 0; i < s->n && n < MARKS_SAID; i++) {
		for (k = 0; k < i && s->mark[k].clause != s->mark[i].clause;)
			k++;
		if (k < i)
			continue;
		q = quote(j, s->text, s->mark[i].from, s->mark[i].to);
		buf_printf(&b, "%s\"%.*s\"", n++ ? ", " : "", (int)q.n,
		    (const char *)q.p);
	}
	r = keep(j->a, &b);
	buf_release(&b);
	return r;
}

static int
match_text(struct job *j, struct snippet_maker *m, const struct entry *e,
    const struct snippet *s, struct arena *tmp, struct search_hit *h)
{
	struct bytes marks;

	if (s->n == 0)
		return match_head(j, m, e, tmp, h);
	h->matched = quote(j, s->text, s->mark[0].from, s->mark[0].to);
	marks = quote_marks(j, s);
	h->why = arena_printf(j->a, "the text has %.*s", (int)marks.n,
	    (const char *)marks.p);
	return 0;
}

/* Does mark k stand for a clause by a near word? */
static bool
is_near(const struct job *j, const struct snippet *s, size_t k)
{
	const struct snippet_mark *m = &s->mark[k];

	return j->near[m->clause].n > 0 && !bytes_eq_nocase(j->q.clause[m->clause].text,
	    bytes_sub(s->text, m->from, m->to));
}

/* A hit of near words says which word was not met, by the first that is shown. */
static void
say_near(struct job *j, const struct snippet *s, struct search_hit *h)
{
	size_t i, k;

	for (k = 0; k < s->n && !is_near(j, s, k);)
		k++;
	for (i = 0; i < j->q.n && j->near[i].n == 0;)
		i++;
	if (k < s->n) {
		i = s->mark[k].clause;
		h->matched = quote(j, s->text, s->mark[k].from, s->mark[k].to);
	}
	if (i < j->q.n)
		h->why = arena_printf(j->a, "\"%.*s\" is near \"%.*s\"",
		    (int)h->matched.n, (const char *)h->matched.p,
		    (int)j->q.clause[i].text.n, (const char *)j->q.clause[i].text.p);
}

/* --- hits --------------------------------------------------------------- */

static int
show(struct job *j, struct snippet_maker *m, struct arena *tmp, struct search_hit *h)
{
	struct entry *e = NULL;
	struct snippet s = { 0 };
	struct buf b = { 0 };
	int rc;

	arena_clear(tmp);
	if ((rc = j->s->card(j->s->ctx, h->no, &h->id, &h->title)) < 0 ||
	    (rc = j->s->entry(j->s->ctx, h->no, tmp, &e)) < 0 ||
	    (rc = snippet_make(m, e->text, j->o->columns ? j->o->columns : COLUMNS,
	    tmp, &s)) < 0 ||
	    (rc = snippet_without_citations(&s, e, tmp)) < 0)
		return rc;
	snippet_html(&s, &b);
	h->snippet = keep(j->a, &b);
	buf_clear(&b);
	snippet_plain(&s, "\1", "\2", &b);
	h->plain = keep(j->a, &b);
	buf_release(&b);
	if (h->why.n == 0) {
		rc = match_text(j, m, e, &s, tmp, h);
		if (j->near && rc == 0)
			say_near(j, &s, h);
	}
	return rc < 0 ? rc : j->a->err;
}

static int
by_no(const void *x, const void *y)
{
	const struct search_hit *const *a = x, *const *b = y;

	return ((*a)->no > (*b)->no) - ((*a)->no < (*b)->no);
}

static int
share(struct job *j, const struct search_eval *e, struct search_hit *h)
{
	struct search_why w;
	size_t i;

	if ((h->share = ARENA_ARRAY(j->a, j->q.n, struct search_share)) == NULL)
		return LEISHU_ENOMEM;
	h->n_shares = j->q.n;
	for (i = 0; i < j->q.n; i++) {
		search_explain(e, i, &w);
		h->share[i] = (struct search_share){
			w.term.n ? w.term : j->q.clause[i].text, w.freq, w.df,
			w.head, (double)w.idf, (double)w.score };
	}
	return 0;
}

/*
 * Scores of named entries, and the shares, for all hits in one walk.  A named
 * entry stands above any that only has the words: its score is more than
 * words can give, and falls with its rank.
 */
static int
weigh(struct job *j, size_t n_named)
{
	struct search_hit **v = ARENA_ARRAY(j->a, MAX(j->r->n, 1), struct search_hit *);
	struct search_eval e;
	double most = 0;
	float score = 0;
	size_t i;
	int rc;

	if (v == NULL)
		return LEISHU_ENOMEM;
	if ((rc = search_eval_init(&e, j->s->text, &j->q, j->near, j->a)) < 0)
		return rc;
	for (i = 0; i < j->q.n; i++)
		most += (double)search_most(&e, i);
	for (i = 0; i < j->r->n; i++)
		v[i] = &j->r->hit[i];
	if (j->r->n)
		qsort(v, j->r->n, sizeof(struct search_hit *), by_no);
	for (i = 0; i < j->r->n; i++) {
		size_t rank = (size_t)(v[i] - j->r->hit);

		if (rank < n_named)
			v[i]->score = most + 1.0 / (double)(1 + j->o->from + rank);
		if (!j->o->explain)
			continue;
		if ((rc = search_at(&e, v[i]->no, &score)) < 0 ||
		    (rc && (rc = share(j, &e, v[i])) < 0))
			return rc;
	}
	return 0;
}

/* The hits from o->from on: the named entries, then the best of the text. */
static int
collect(struct job *j)
{
	size_t end = (size_t)j->o->from + j->o->limit, i, n_named = 0;
	struct snippet_maker *m = NULL;
	struct arena tmp = { 0 };
	struct search_hit *h;
	int rc;

	end = MIN(end, j->n_names + j->top.n);
	if (end <= j->o->from)
		return 0;
	j->r->hit = ARENA_ARRAY(j->a, end - j->o->from, struct search_hit);
	if (j->r->hit == NULL)
		return LEISHU_ENOMEM;
	for (i = j->o->from; i < end; i++) {
		h = &j->r->hit[j->r->n++];
		if (i < j->n_names) {
			h->no = j->name[i].no;
			h->matched = j->name[i].matched;
			h->why = j->name[i].why;
			h->via = j->name_via;
			n_named++;
		} else {
			h->no = j->top.v[i - j->n_names].doc;
			h->score = (double)j->top.v[i - j->n_names].score;
			h->via = j->near ? "typo" : "text";
		}
	}
	if ((rc = weigh(j, n_named)) < 0 ||
	    (rc = snippet_maker_new(&j->q, j->near, j->a, &m)) < 0)
		return rc;
	for (i = 0; i < j->r->n && rc == 0; i++)
		rc = show(j, m, &tmp, &j->r->hit[i]);
	snippet_maker_free(m);
	arena_release(&tmp);
	return rc;
}

int
search_query(const struct search_source *s, struct bytes query,
    const struct search_opts *o, struct arena *a, struct search_result *ret)
{
	struct search_result r = { 0 };
	struct job j = { .s = s, .o = o, .a = a, .text = query, .r = &r };
	int rc;

	if (o->limit > LIMIT_HITS || o->from > LEISHU_SEARCH_DEEPEST)
		return LEISHU_EINVAL;
	rc = search_parse(query, a, &j.q, &r.error);
	if (r.error) {
		*ret = r;
		return 0;
	}
	if (rc < 0 || (rc = ask_names(&j, false)) < 0 || (rc = run(&j)) < 0)
		return rc;
	if (r.total == 0) {
		if ((rc = try_near(&j)) < 0)
			return rc;
		if (r.total)
			r.note = arena_printf(a, "nothing has \"%.*s\"; "
			    "these have what is near", (int)query.n,
			    (const char *)query.p);
	}
	if ((rc = collect(&j)) < 0)
		return rc;
	*ret = r;
	return a->err;
}
