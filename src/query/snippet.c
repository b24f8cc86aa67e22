/* SPDX-License-Identifier: ISC */
/*
 * Snippets: the text is split into terms once more; where a clause stands
 * is noted; the window with most clauses wins, of equals the one with most
 * marks, of these the first.  It is then widened to a beginning that reads
 * well.
 */
#include "query/snippet.h"

#include "base/map.h"
#include "base/utf8.h"

#define SCAN_MAX	(1u << 20)	/* bytes of a text that are looked at */
#define SCAN_MORE	(16u << 10)	/* beyond the first match */
#define ENOUGH		24u	/* matches, once every clause is among them */

/* A term of a clause, and the next one that is the same word. */
struct want {
	uint32_t clause, i;	/* term i of the clause */
	uint32_t at, n;		/* its position; terms of the clause */
	uint32_t first;		/* want of term 0 of the clause */
	uint32_t next;		/* want + 1 of the same term, earlier made */
	/* While reading: terms 0 to i stood at base, beginning at from. */
	int64_t base;
	size_t from;
};

struct snippet_maker {
	struct tokens *tokens;
	struct map map;		/* term to want + 1 */
	struct want *want;
	size_t n;
	size_t n_clauses;
};

struct found {
	size_t from, to;
	uint32_t clause;
	uint32_t col;		/* where it begins, in columns from the first */
	uint32_t end;		/* where it ends */
};

/* --- what to look for --------------------------------------------------- */

static int
add_want(struct snippet_maker *m, struct bytes term, struct want w)
{
	uint64_t *v = map_put(&m->map, term, NULL);

	if (v == NULL)
		return LEISHU_ENOMEM;
	/* Later terms come first in the chain: see take. */
	w.next = (uint32_t)*v;
	m->want[m->n++] = w;
	*v = m->n;
	return 0;
}

static int
add_wants(struct snippet_maker *m, const struct search_query *q,
    const struct search_near *near)
{
	uint32_t i, k, first;
	int rc = 0;

	for (i = 0; i < q->n && rc == 0; i++) {
		const struct search_clause *c = &q->clause[i];

		for (k = 0; near && k < near[i].n && rc == 0; k++)
			rc = add_want(m, near[i].term[k],
			    (struct want){ .clause = i, .n = 1, .first = (uint32_t)m->n });
		first = (uint32_t)m->n;
		for (k = 0; !(near && near[i].n) && k < c->n && rc == 0; k++)
			rc = add_want(m, c->term[k].term, (struct want){
			    .clause = i, .i = k, .at = c->term[k].at,
			    .n = (uint32_t)c->n, .first = first });
	}
	return rc;
}

int
snippet_maker_new(const struct search_query *q, const struct search_near *near,
    struct arena *a, struct snippet_maker **ret)
{
	struct snippet_maker *m = ARENA_NEW(a, struct snippet_maker);
	size_t i, n = q->n_terms;
	int rc = LEISHU_ENOMEM;

	for (i = 0; near && i < q->n; i++)
		n += near[i].n;
	if (m == NULL)
		return rc;
	if ((m->want = ARENA_ARRAY(a, n, struct want)) == NULL ||
	    (rc = tokens_new(&m->tokens)) < 0 ||
	    (rc = add_wants(m, q, near)) < 0) {
		snippet_maker_free(m);
		return rc;
	}
	m->n_clauses = q->n;
	*ret = m;
	return 0;
}

void
snippet_maker_free(struct snippet_maker *m)
{
	if (m == NULL)
		return;
	tokens_free(m->tokens);
	map_release(&m->map);
	m->tokens = NULL;
}

/* --- where it stands ---------------------------------------------------- */

/*
 * Takes a token that is the wanted term; true when it completes a clause,
 * which then began at *from.  A term that stands twice in a clause is asked
 * for its later place first, so that one token does not serve for both.
 */
static bool
take(struct want *all, struct want *w, const struct token *t, size_t *from)
{
	int64_t base = (int64_t)t->pos - w->at;

	if (w->i == 0) {
		w->from = t->from;
	} else {
		const struct want *before = all + w->first + w->i - 1;

		if (before->base != base)
			return false;
		w->from = before->from;
	}
	w->base = base;
	*from = w->from;
	return w->i + 1 == w->n;
}

static size_t
find_all(struct snippet_maker *m, struct bytes text, struct found *v, uint32_t *count)
{
	struct token t;
	const uint64_t *first;
	size_t n = 0, i, from = 0, missing = m->n_clauses;
	uint32_t w;

	for (i = 0; i < m->n; i++)
		m->want[i].base = INT64_MIN;
	tokens_start(m->tokens, utf8_cut(text, SCAN_MAX));
	while (n < SNIPPET_MARKS && tokens_next(m->tokens, &t)) {
		if (n && (t.from - v[0].from > SCAN_MORE ||
		    (missing == 0 && n >= ENOUGH)))
			break;
		if ((first = map_get(&m->map, t.term)) == NULL)
			continue;
		for (w = (uint32_t)*first; w; w = m->want[w - 1].next)
			if (take(m->want, &m->want[w - 1], &t, &from) &&
			    n < SNIPPET_MARKS) {
				v[n++] = (struct found){ .from = from, .to = t.to,
				    .clause = m->want[w - 1].clause };
				missing -= count[m->want[w - 1].clause]++ == 0;
			}
	}
	memset(count, 0, m->n * sizeof(*count));
	return n;
}

static int
by_from(const void *x, const void *y)
{
	const struct found *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* --- how wide ----------------------------------------------------------- */

static unsigned
width(uint32_t cp)
{
	return cp < 0x1100 ? 1 : 2;
}

static uint32_t
columns_of(struct bytes text, size_t from, size_t to)
{
	uint32_t cp, n = 0;

	while (from < to && utf8_next(text, &from, &cp))
		n += width(cp);
	return n;
}

static void
measure(struct bytes text, struct found *v, size_t n)
{
	size_t i, at = v[0].from;
	uint32_t col = 0;

	for (i = 0; i < n; i++) {
		col += columns_of(text, at, v[i].from);
		at = v[i].from;
		v[i].col = col;
		v[i].end = col + columns_of(text, v[i].from, v[i].to);
	}
}

/* The first and the number of the matches that are best shown together. */
static void
best_window(const struct found *v, size_t n, uint32_t *count, uint32_t columns,
    size_t *first, size_t *many)
{
	size_t lo = 0, hi, clauses = 0, best = 0, score;

	*first = 0;
	*many = 1;
	for (hi = 0; hi < n; hi++) {
		clauses += count[v[hi].clause]++ == 0;
		while (lo < hi && v[hi].end - v[lo].col > columns)
			clauses -= --count[v[lo++].clause] == 0;
		score = clauses * SNIPPET_MARKS + (hi - lo + 1);
		if (score > best) {
			best = score;
			*first = lo;
			*many = hi - lo + 1;
		}
	}
}

static bool
ends_sentence(uint32_t cp)
{
	return cp == '\n' || cp == 0x3002 || cp == 0xff01 || cp == 0xff1f ||
	    cp == 0xff1b;
}

/* Whether a cut between these two falls inside a word. */
static bool
in_word(uint32_t before, uint32_t after)
{
	return before > ' ' && after > ' ' && before < 0x1100 && after < 0x1100;
}

static uint32_t
cp_at(struct bytes text, size_t at)
{
	return at < text.n ? utf8_get(text, at, &(size_t){ 0 }, NULL) : ' ';
}

/*
 * Back from from by at most columns: to the beginning of the text when it is
 * that near, else of the sentence, else of a word.
 */
static size_t
widen_left(struct bytes text, size_t from, uint32_t columns)
{
	size_t at = from, good = from, sentence = SIZE_MAX, prev;
	uint32_t cp, after = cp_at(text, from);

	while (at > 0) {
		prev = utf8_prev(text, at);
		cp = cp_at(text, prev);
		if (ends_sentence(cp) && sentence == SIZE_MAX)
			sentence = at;
		if (width(cp) > columns)
			return sentence != SIZE_MAX ? sentence : good;
		columns -= width(cp);
		if (!in_word(cp, after))
			good = at;
		after = cp;
		at = prev;
	}
	return 0;
}

static size_t
widen_right(struct bytes text, size_t to, uint32_t columns)
{
	size_t at = to, good = to, next;
	uint32_t cp, before = to ? cp_at(text, utf8_prev(text, to)) : ' ';

	while (at < text.n) {
		next = at;
		(void)utf8_next(text, &next, &cp);
		if (!in_word(before, cp))
			good = at;
		if (width(cp) > columns)
			return good;
		columns -= width(cp);
		before = cp;
		at = next;
	}
	return text.n;
}

static bool
is_blank(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
trim(struct snippet *s)
{
	while (s->from < s->to && is_blank(s->text.p[s->from]))
		s->from++;
	while (s->to > s->from && is_blank(s->text.p[s->to - 1]))
		s->to--;
}

int
snippet_make(struct snippet_maker *m, struct bytes text, unsigned columns,
    struct arena *a, struct snippet *ret)
{
	struct snippet s = { .text = text };
	struct found *v = ARENA_ARRAY(a, SNIPPET_MARKS, struct found);
	uint32_t *count = ARENA_ARRAY(a, m->n, uint32_t), used;
	size_t n, i, first = 0, many = 0;

	s.mark = ARENA_ARRAY(a, SNIPPET_MARKS, struct snippet_mark);
	if (v == NULL || (count == NULL && m->n) || s.mark == NULL)
		return LEISHU_ENOMEM;
	if ((n = find_all(m, text, v, count)) > 0) {
		qsort(v, n, sizeof(*v), by_from);
		measure(text, v, n);
		best_window(v, n, count, columns, &first, &many);
		s.from = v[first].from;
		for (i = first; i < first + many; i++) {
			s.to = MAX(s.to, v[i].to);
			/* What overlaps becomes one mark. */
			if (s.n && v[i].from <= s.mark[s.n - 1].to)
				s.mark[s.n - 1].to = MAX(s.mark[s.n - 1].to, v[i].to);
			else
				s.mark[s.n++] =
				    (struct snippet_mark){ v[i].from, v[i].to,
				    v[i].clause };
		}
		used = v[first + many - 1].end - v[first].col;
		if (used < columns) {
			s.from = widen_left(text, s.from, (columns - used) * 2 / 5);
			used = columns_of(text, s.from, s.to);
		}
	} else {
		used = 0;
	}
	if (used < columns)
		s.to = widen_right(text, s.to, columns - used);
	trim(&s);
	*ret = s;
	return 0;
}

/* --- what is passed over ------------------------------------------------- */

static bool
has_mark(const struct snippet *s, const struct snippet_gap *g)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->mark[i].from < g->to && s->mark[i].to > g->from)
			return true;
	return false;
}

static bool
is_cite_in(const struct node *n, const struct snippet *s)
{
	return n->type == NODE_CITE && n->from < s->to && n->to > s->from;
}

int
snippet_without_citations(struct snippet *s, const struct entry *e, struct arena *a)
{
	struct snippet_gap *g;
	size_t many = 0, from, i, kept = 0;

	for (i = 0; i < e->n_nodes; i++)
		many += is_cite_in(&e->node[i], s);
	s->n_gaps = 0;
	if (many == 0)
		return 0;
	if ((s->gap = ARENA_ARRAY(a, many, struct snippet_gap)) == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < e->n_nodes; i++) {
		const struct node *n = &e->node[i];

		if (!is_cite_in(n, s))
			continue;
		/* The blank before it, or what parts it from the last one. */
		from = n->from > 0 && s->text.p[n->from - 1] == ' ' ? n->from - 1 : n->from;
		from -= from > 0 && s->text.p[from - 1] == ';';
		g = s->gap + s->n_gaps;
		if (s->n_gaps > 0 && g[-1].to == from) {
			g[-1].to = n->to;
		} else {
			*g = (struct snippet_gap){ from, n->to };
			s->n_gaps++;
		}
	}
	for (i = 0; i < s->n_gaps; i++)
		if (!has_mark(s, &s->gap[i]))
			s->gap[kept++] = s->gap[i];
	s->n_gaps = kept;
	return 0;
}

/* --- out ---------------------------------------------------------------- */

/* Text without control characters and broken bytes. */
static void
put_text(struct buf *out, struct bytes s, bool html)
{
	size_t at = 0;
	uint32_t cp;

	while (utf8_next(s, &at, &cp)) {
		if (cp < ' ' || (cp >= 0x7f && cp < 0xa0))
			cp = ' ';
		if (html && cp == '&')
			buf_puts(out, "&amp;");
		else if (html && cp == '<')
			buf_puts(out, "&lt;");
		else if (html && cp == '>')
			buf_puts(out, "&gt;");
		else if (html && cp == '"')
			buf_puts(out, "&quot;");
		else if (html && cp == '\'')
			buf_puts(out, "&#39;");
		else
			buf_utf8(out, cp);
	}
}

static void
put_between(const struct snippet *s, size_t from, size_t to, bool html, struct buf *out)
{
	size_t i;

	for (i = 0; i < s->n_gaps && from < to; i++) {
		const struct snippet_gap *g = &s->gap[i];

		if (g->to <= from || g->from >= to)
			continue;
		put_text(out, bytes_sub(s->text, from, MAX(g->from, from)), html);
		from = MIN(g->to, to);
	}
	put_text(out, bytes_sub(s->text, from, to), html);
}

static void
put(const struct snippet *s, const char *on, const char *off, bool html,
    struct buf *out)
{
	size_t i, at = s->from;

	if (s->from > 0)
		buf_puts(out, "\xe2\x80\xa6");
	for (i = 0; i < s->n; i++) {
		put_between(s, at, s->mark[i].from, html, out);
		buf_puts(out, on);
		put_text(out, bytes_sub(s->text, s->mark[i].from, s->mark[i].to), html);
		buf_puts(out, off);
		at = s->mark[i].to;
	}
	put_between(s, at, s->to, html, out);
	if (s->to < s->text.n)
		buf_puts(out, "\xe2\x80\xa6");
}

void
snippet_html(const struct snippet *s, struct buf *out)
{
	put(s, "<mark>", "</mark>", true, out);
}

void
snippet_plain(const struct snippet *s, const char *on, const char *off, struct buf *out)
{
	put(s, on, off, false, out);
}
