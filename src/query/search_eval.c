/* SPDX-License-Identifier: ISC */
/*
 * Entry at a time.  All terms that must be there leap after one another,
 * the rarest first; where they meet, phrases are proved by positions.  When
 * only the best are wanted, blocks that cannot reach them are passed over
 * unread, by the greatest impact their rows tell.
 */
#include "query/search_eval.h"

#include <math.h>

struct search_part {
	struct text_cur **cur;
	const uint32_t *at;	/* positions of a phrase */
	struct bytes *term;	/* of a choice */
	size_t n;
	bool choice;		/* any of the terms, not a phrase */
	uint32_t *pos;		/* of a phrase: where each term stands now */
	float *idf;		/* of a choice, for each term */
	float sum;		/* of the idfs; of a choice the greatest */
	uint32_t df;
	/* What the entry in hand gave. */
	uint32_t freq;
	bool head;
	size_t best;		/* term of a choice */
	float score;
};

/* --- making ------------------------------------------------------------- */

static float
idf(const struct text_index *x, uint32_t df)
{
	return (float)log(1.0 + ((double)x->n_docs - df + 0.5) / ((double)df + 0.5));
}

/* 1, 0: no entry has the term, or an error. */
static int
open_cur(struct search_eval *e, struct bytes term, struct arena *a, struct text_cur **ret)
{
	struct text_cur *c = ARENA_NEW(a, struct text_cur);
	int rc;

	if (c == NULL)
		return LEISHU_ENOMEM;
	if ((rc = text_cur_open(c, e->x, term)) == 1)
		*ret = c;
	return rc;
}

static int
make_choice(struct search_eval *e, struct search_part *p,
    const struct search_near *near, struct arena *a)
{
	size_t i;
	int rc;

	p->choice = true;
	p->idf = ARENA_ARRAY(a, near->n, float);
	p->term = ARENA_ARRAY(a, near->n, struct bytes);
	if (p->idf == NULL || p->term == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < near->n; i++) {
		if ((rc = open_cur(e, near->term[i], a, &p->cur[p->n])) < 0)
			return rc;
		if (rc == 0)
			continue;
		p->term[p->n] = near->term[i];
		p->idf[p->n] = idf(e->x, p->cur[p->n]->df);
		p->sum = MAX(p->sum, p->idf[p->n]);
		p->df = MAX(p->df, p->cur[p->n]->df);
		p->n++;
	}
	e->none = e->none || p->n == 0;
	return 0;
}

static int
make_phrase(struct search_eval *e, struct search_part *p,
    const struct search_clause *c, struct arena *a)
{
	uint32_t *at = ARENA_ARRAY(a, c->n, uint32_t);
	size_t i;
	int rc;

	p->pos = ARENA_ARRAY(a, c->n, uint32_t);
	if (at == NULL || p->pos == NULL)
		return LEISHU_ENOMEM;
	p->at = at;
	p->df = UINT32_MAX;
	for (i = 0; i < c->n; i++) {
		if ((rc = open_cur(e, c->term[i].term, a, &p->cur[i])) < 0)
			return rc;
		if (rc == 0) {
			e->none = true;
			return 0;
		}
		at[i] = c->term[i].at;
		p->sum += idf(e->x, p->cur[i]->df);
		p->df = MIN(p->df, p->cur[i]->df);
		e->leg[e->n_legs++] = p->cur[i];
	}
	p->n = c->n;
	return 0;
}

static int
by_df(const void *x, const void *y)
{
	const struct text_cur *const *a = x, *const *b = y;

	return ((*a)->df > (*b)->df) - ((*a)->df < (*b)->df);
}

int
search_eval_init(struct search_eval *e, const struct text_index *x,
    const struct search_query *q, const struct search_near *near, struct arena *a)
{
	size_t i, n;
	int rc;

	*e = (struct search_eval){ .x = x, .head_weight = TEXT_HEAD_WEIGHT };
	e->part = ARENA_ARRAY(a, q->n, struct search_part);
	e->leg = ARENA_ARRAY(a, q->n_terms, struct text_cur *);
	if (e->part == NULL || e->leg == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < q->n && !e->none; i++) {
		struct search_part *p = &e->part[i];
		bool choice = near && near[i].n;

		n = choice ? near[i].n : q->clause[i].n;
		if ((p->cur = ARENA_ARRAY(a, n, struct text_cur *)) == NULL)
			return LEISHU_ENOMEM;
		rc = choice ? make_choice(e, p, &near[i], a) :
		    make_phrase(e, p, &q->clause[i], a);
		if (rc < 0)
			return rc;
	}
	e->n = q->n;
	if (!e->none && e->n_legs)
		qsort(e->leg, e->n_legs, sizeof(*e->leg), by_df);
	return 0;
}

/* --- scoring ------------------------------------------------------------ */

/* Of the terms of a choice that are at doc the one that scores most. */
static void
score_choice(const struct search_eval *e, struct search_part *p, uint32_t doc, float norm)
{
	uint32_t code, freq;
	float s;
	size_t i;

	p->score = 0;
	for (i = 0; i < p->n; i++) {
		if (p->cur[i]->doc != doc)
			continue;
		code = text_cur_code(p->cur[i]);
		freq = text_freq(code);
		s = p->idf[i] * text_impact(text_weight(freq, code & 1,
		    e->head_weight), norm);
		if (s > p->score) {
			p->score = s;
			p->freq = freq;
			p->head = code & 1;
			p->best = i;
		}
	}
}

/* How often the phrase stands in the entry; with once: whether. */
static uint32_t
phrase_freq(struct search_part *p, bool once)
{
	int64_t base = 0;
	uint32_t freq = 0;
	size_t i;

	for (i = 0; i < p->n; i++) {
		text_cur_pos_start(p->cur[i]);
		if (!text_cur_pos(p->cur[i], &p->pos[i]))
			return 0;
	}
	for (i = 0; i < p->n;) {
		while ((int64_t)p->pos[i] - p->at[i] < base)
			if (!text_cur_pos(p->cur[i], &p->pos[i]))
				return freq;
		if ((int64_t)p->pos[i] - p->at[i] > base) {
			base = (int64_t)p->pos[i] - p->at[i];
			i = i == 0 ? 1 : 0;
			continue;
		}
		if (++i < p->n)
			continue;
		freq++;
		if (once)
			return freq;
		base++;
		i = 0;
	}
	return freq;
}

/* Scores a phrase all of whose terms are at doc; false: it is not there. */
static bool
score_phrase(const struct search_eval *e, struct search_part *p, float norm, bool once)
{
	uint32_t code;
	size_t i;

	if (p->n == 1) {
		if (once)
			return true;
		code = text_cur_code(p->cur[0]);
		p->freq = text_freq(code);
		p->head = code & 1;
	} else {
		if ((p->freq = phrase_freq(p, once)) == 0)
			return false;
		if (once)
			return true;
		p->head = true;
		for (i = 0; i < p->n && p->head; i++)
			p->head = text_cur_code(p->cur[i]) & 1;
	}
	p->score = p->sum * text_impact(text_weight(p->freq, p->head,
	    e->head_weight), norm);
	return true;
}

/* Whether doc, where all legs and choices stand, matches; with its score. */
static bool
score(const struct search_eval *e, uint32_t doc, bool once, float *ret)
{
	float norm = text_norm(e->x, doc), sum = 0;
	size_t i;

	for (i = 0; i < e->n; i++) {
		if (e->part[i].choice)
			score_choice(e, &e->part[i], doc, norm);
		else if (!score_phrase(e, &e->part[i], norm, once))
			return false;
		sum += e->part[i].score;
	}
	*ret = sum;
	return true;
}

/* --- walking ------------------------------------------------------------ */

/* The first entry from doc on that a choice has. */
static uint32_t
seek_choice(struct search_part *p, uint32_t doc)
{
	uint32_t least = TEXT_END;
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (p->cur[i]->doc < doc)
			text_cur_seek(p->cur[i], doc);
		least = MIN(least, p->cur[i]->doc);
	}
	return least;
}

/* The first entry from doc on where all stand together. */
static uint32_t
meet(struct search_eval *e, uint32_t doc)
{
	size_t i;
	uint32_t d;

again:
	for (i = 0; i < e->n_legs; i++) {
		text_cur_seek(e->leg[i], doc);
		if (e->leg[i]->doc != doc) {
			doc = e->leg[i]->doc;
			if (doc == TEXT_END)
				return doc;
			if (i > 0)
				goto again;
		}
	}
	for (i = 0; i < e->n; i++) {
		if (!e->part[i].choice)
			continue;
		if ((d = seek_choice(&e->part[i], doc)) == TEXT_END)
			return d;
		if (d != doc) {
			doc = d;
			goto again;
		}
	}
	return doc;
}

/*
 * The most an entry from doc up to *last can score.  A phrase is not more
 * frequent than any of its terms.
 */
static float
bound(const struct search_eval *e, uint32_t doc, uint32_t *last)
{
	float sum = 0, least, b;
	uint32_t end;
	size_t i, k;

	*last = TEXT_END;
	for (i = 0; i < e->n; i++) {
		const struct search_part *p = &e->part[i];

		least = 1.0f;
		for (k = 0; k < p->n && !p->choice; k++) {
			b = text_cur_bound(p->cur[k], doc, &end);
			least = MIN(least, b);
			*last = MIN(*last, end);
		}
		sum += p->sum * least;
	}
	return sum;
}

/* The most doc, where all stand, can score: no position is looked at. */
static float
ceiling(const struct search_eval *e, uint32_t doc)
{
	float norm = text_norm(e->x, doc), sum = 0;
	uint32_t freq, code;
	size_t i, k;
	bool head;

	for (i = 0; i < e->n; i++) {
		const struct search_part *p = &e->part[i];

		freq = UINT32_MAX >> 1;
		head = true;
		for (k = 0; k < p->n && !p->choice; k++) {
			code = text_cur_code(p->cur[k]);
			freq = MIN(freq, text_freq(code));
			head = head && code & 1;
		}
		sum += p->choice ? p->sum :
		    p->sum * text_impact(text_weight(freq, head, e->head_weight), norm);
	}
	return sum;
}

static int
failed(const struct search_eval *e)
{
	size_t i, k;

	for (i = 0; i < e->n; i++)
		for (k = 0; k < e->part[i].n; k++)
			if (e->part[i].cur[k]->err)
				return e->part[i].cur[k]->err;
	return 0;
}

/* --- the best ----------------------------------------------------------- */

static bool
worse(const struct search_found *a, const struct search_found *b)
{
	return a->score < b->score || (a->score == b->score && a->doc > b->doc);
}

static void
sift(struct search_top *t, size_t i)
{
	struct search_found x = t->v[i];
	size_t kid;

	while ((kid = 2 * i + 1) < t->n) {
		if (kid + 1 < t->n && worse(&t->v[kid + 1], &t->v[kid]))
			kid++;
		if (!worse(&t->v[kid], &x))
			break;
		t->v[i] = t->v[kid];
		i = kid;
	}
	t->v[i] = x;
}

static bool
is_skipped(const struct search_top *t, uint32_t doc)
{
	size_t lo = 0, hi = t->n_skip, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (t->skip[mid] < doc)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->n_skip && t->skip[lo] == doc;
}

static void
offer(struct search_top *t, uint32_t doc, float s)
{
	struct search_found f = { doc, s };
	size_t i;

	if (t->k == 0 || (t->n == t->k && !worse(&t->v[0], &f)) ||
	    is_skipped(t, doc))
		return;
	if (t->n == t->k) {
		t->v[0] = f;
		sift(t, 0);
		return;
	}
	t->v[t->n++] = f;
	if (t->n == t->k)
		for (i = t->n / 2; i-- > 0;)
			sift(t, i);
}

static int
by_score(const void *x, const void *y)
{
	const struct search_found *a = x, *b = y;

	return worse(a, b) ? 1 : worse(b, a) ? -1 : 0;
}

/* One term alone: block by block, those that cannot reach the best unread. */
static int
run_term(struct search_eval *e, struct search_top *top)
{
	const struct search_part *p = &e->part[0];
	struct text_cur *c = p->cur[0];
	const uint32_t *docv = NULL, *code = NULL;
	uint32_t doc = c->doc, last = 0, n, i;
	float s;

	while (doc != TEXT_END) {
		if (top->n == top->k &&
		    p->sum * text_cur_bound(c, doc, &last) <= top->v[0].score) {
			doc = last == TEXT_END ? last : last + 1;
			continue;
		}
		text_cur_seek(c, doc);
		n = text_cur_block(c, &docv, &code);
		for (i = 0; i < n; i++) {
			s = p->sum * text_impact(text_weight(text_freq(code[i]),
			    code[i] & 1, e->head_weight), text_norm(e->x, docv[i]));
			if (top->n < top->k || s > top->v[0].score)
				offer(top, docv[i], s);
		}
		doc = n ? docv[n - 1] + 1 : TEXT_END;
	}
	return c->err;
}

static void
sort_top(struct search_top *top)
{
	if (top->n)
		qsort(top->v, top->n, sizeof(*top->v), by_score);
}

int
search_run(struct search_eval *e, enum search_mode mode, struct search_top *top)
{
	/* Of one term alone the index knows how many entries have it. */
	bool known = e->n == 1 && e->part[0].n == 1 && !e->none;
	bool prune = mode == SEARCH_BEST;
	uint32_t doc = 0, last = 0;
	bool phrases = e->n_legs > e->n;
	bool passed = false;	/* entries up to last may be good enough */
	float s = 0;
	int rc;

	top->n = 0;
	top->total = known ? e->part[0].df : 0;
	if (e->none || e->n == 0 ||
	    (known && (mode == SEARCH_COUNT || top->k == 0)))
		return 0;
	if (known && !e->part[0].choice) {
		rc = run_term(e, top);
		sort_top(top);
		return rc;
	}
	while (doc != TEXT_END) {
		if (prune && top->k && top->n == top->k && (!passed || doc > last)) {
			passed = bound(e, doc, &last) > top->v[0].score;
			if (!passed) {
				doc = last == TEXT_END ? last : last + 1;
				continue;
			}
		}
		if ((doc = meet(e, doc)) == TEXT_END)
			break;
		if (prune && passed && doc > last)
			continue;
		if (phrases && mode == SEARCH_BEST && top->k &&
		    top->n == top->k &&
		    ceiling(e, doc) <= top->v[0].score) {
			doc++;
			continue;
		}
		if (score(e, doc, mode == SEARCH_COUNT, &s)) {
			top->total += !known;
			if (mode != SEARCH_COUNT)
				offer(top, doc, s);
		}
		doc++;
	}
	sort_top(top);
	return failed(e);
}

int
search_at(struct search_eval *e, uint32_t doc, float *ret)
{
	int rc;

	if (e->none || e->n == 0)
		return 0;
	if (meet(e, doc) != doc || !score(e, doc, false, ret))
		return failed(e);
	rc = failed(e);
	return rc < 0 ? rc : 1;
}

void
search_explain(const struct search_eval *e, size_t i, struct search_why *ret)
{
	const struct search_part *p = &e->part[i];

	*ret = (struct search_why){ p->freq, p->head, p->df, p->sum, p->score, { 0 } };
	if (p->choice) {
		ret->df = p->cur[p->best]->df;
		ret->idf = p->idf[p->best];
		ret->term = p->term[p->best];
	}
}

float
search_most(const struct search_eval *e, size_t i)
{
	return e->part[i].sum;
}
