/* SPDX-License-Identifier: ISC */
/* One look-up: reads the query, runs the rules, keeps the best hits. */
#include "query/find_state.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "index/names_key.h"

#define QUERY_CHARS	1000	/* no name is longer; LIMIT_QUERY is in bytes */

const char *
find_rule_name(enum find_rule r)
{
	static const char *const name[RULE__MAX] = {
		[RULE_EXACT] = "exact", [RULE_VARIANT] = "variant",
		[RULE_TONES] = "pinyin", [RULE_READING] = "pinyin",
		[RULE_SCHEME] = "romanised", [RULE_STEM] = "stem",
		[RULE_INITIALS] = "initials", [RULE_INNER] = "inner",
		[RULE_PREFIX] = "prefix", [RULE_TYPO] = "typo",
	};

	return name[r];
}

void
find_fail(struct find *f, int rc)
{
	if (f->err == 0 && rc < 0)
		f->err = rc;
}

/* --- entries seen --------------------------------------------------------- */

/* A few are remembered in a list, many in a bit an entry. */
static bool
seen_has(const struct find *f, uint32_t no)
{
	size_t i;

	if (f->bits)
		return f->bits[no / 64] >> no % 64 & 1;
	for (i = 0; i < f->n_seen; i++)
		if (f->seen[i] == no)
			return true;
	return false;
}

static void
seen_put(struct find *f, uint32_t no)
{
	size_t i;

	if (f->bits == NULL && f->n_seen == NELEM(f->seen)) {
		f->bits = ARENA_ARRAY(f->arena, f->names->n_entries / 64 + 1, uint64_t);
		if (f->bits == NULL) {
			find_fail(f, LEISHU_ENOMEM);
			return;
		}
		for (i = 0; i < f->n_seen; i++)
			f->bits[f->seen[i] / 64] |= UINT64_C(1) << f->seen[i] % 64;
	}
	if (f->bits)
		f->bits[no / 64] |= UINT64_C(1) << no % 64;
	else
		f->seen[f->n_seen] = no;
	f->n_seen++;
}

/* --- matches -------------------------------------------------------------- */

static bool
better(const struct match *a, const struct match *b)
{
	if (a->rule != b->rule)
		return a->rule < b->rule;
	if (a->sub != b->sub)
		return a->sub < b->sub;
	if (a->edits != b->edits)
		return a->edits < b->edits;
	if (a->indegree != b->indegree)
		return a->indegree > b->indegree;
	return a->no < b->no;
}

/* The place of an entry among the matches of the present rule, or SIZE_MAX. */
static size_t
place_of(const struct find *f, uint32_t no)
{
	size_t i;

	for (i = f->rule_from; i < f->n_match; i++)
		if (f->match[i].no == no)
			return i;
	return SIZE_MAX;
}

static void
insert(struct find *f, const struct match *m)
{
	size_t i;

	if (find_full(f)) {
		if (f->n_match == f->rule_from ||
		    !better(m, &f->match[f->n_match - 1]))
			return;
		f->n_match--;
	}
	for (i = f->n_match++; i > f->rule_from && better(m, &f->match[i - 1]); i--)
		f->match[i] = f->match[i - 1];
	f->match[i] = *m;
}

void
find_offer(struct find *f, const struct match *m)
{
	size_t at;

	if (f->err)
		return;
	if (seen_has(f, m->no)) {
		at = place_of(f, m->no);
		if (at == SIZE_MAX || !better(m, &f->match[at]))
			return;
		memmove(&f->match[at], &f->match[at + 1],
		    (--f->n_match - at) * sizeof(*m));
	} else if (!find_count_done(f)) {
		seen_put(f, m->no);
	} else {
		f->at_least = true;
		return;
	}
	insert(f, m);
}

void
find_offer_key(struct find *f, const struct dict_cur *c, struct match m)
{
	struct name_walk *w = f->walk;
	uint32_t last = UINT32_MAX;

	m.ord = (uint32_t)c->ord;
	m.nth = 0;
	for (name_walk_start(w, f->names, c); name_walk_next(w); m.nth++) {
		if (w->no == last)
			continue;
		m.no = last = w->no;
		m.indegree = f->src->indegree(f->src->ctx, w->no);
		if (w->origin == NAME_PROSE) {
			struct match prose = m;

			prose.sub |= 0x80;	/* after all names given in heads */
			find_offer(f, &prose);
		} else {
			find_offer(f, &m);
		}
		if (find_count_done(f) && find_full(f)) {
			f->at_least |= w->left > 0;
			break;
		}
	}
	if (w->bad)
		find_fail(f, LEISHU_EFORMAT);
}

void
find_offer_ord(struct find *f, uint32_t ord, struct match m)
{
	struct dict_cur c;
	int rc = dict_at(&c, &f->names->keys.dict, ord);

	if (rc == 1)
		find_offer_key(f, &c, m);
	else
		find_fail(f, LEISHU_EFORMAT);
}

/* The cursor for counting, on a key: mostly it is a step or two ahead. */
static bool
count_at(struct find *f, uint32_t ord)
{
	struct dict_cur *c = f->count_cur;
	int rc = 1;

	if (c == NULL && (c = f->count_cur = ARENA_NEW(f->arena, struct dict_cur)) == NULL) {
		find_fail(f, LEISHU_ENOMEM);
		return false;
	}
	if (c->d == NULL || ord < c->ord || ord / DICT_BLOCK != c->ord / DICT_BLOCK)
		rc = dict_at(c, &f->names->keys.dict, ord);
	while (rc == 1 && c->ord < ord)
		rc = dict_next(c);
	if (rc != 1)
		find_fail(f, LEISHU_EFORMAT);
	return rc == 1;
}

void
find_count_ord(struct find *f, uint32_t ord)
{
	struct name_walk *w = f->walk;
	uint32_t no = names_sole(f->names, ord), last = UINT32_MAX;

	if (no != UINT32_MAX) {
		if (!seen_has(f, no))
			seen_put(f, no);
		return;
	}
	if (!count_at(f, ord))
		return;
	for (name_walk_start(w, f->names, f->count_cur); name_walk_next(w); last = w->no) {
		if (w->no == last || seen_has(f, w->no))
			continue;
		if (find_count_done(f)) {
			f->at_least = true;
			break;
		}
		seen_put(f, w->no);
	}
	if (w->bad)
		find_fail(f, LEISHU_EFORMAT);
}

/* --- the query ------------------------------------------------------------ */

static const char *
bad_query(struct bytes q)
{
	if (q.n > LIMIT_QUERY)
		return "the query is too long";
	if (utf8_check(q) != SIZE_MAX)
		return "the query is not UTF-8";
	if (bytes_trim(q).n == 0)
		return "the query is empty";
	if (utf8_count(q) > QUERY_CHARS)
		return "the query is too long";
	return NULL;
}

static void
take_query(struct find *f, struct bytes query)
{
	size_t at = 0;
	uint32_t cp;

	f->query = bytes_trim(query);
	buf_clear(&f->tmp);
	name_key(f->query, &f->tmp);
	f->key = arena_buf(f->arena, &f->tmp);
	find_fail(f, f->tmp.err);
	f->has_han = name_has_han(f->key, &f->all_han);
	f->ascii = true;
	while (utf8_next(f->key, &at, &cp)) {
		f->n_letters++;
		f->ascii &= cp < 0x80;
		f->has_cyrillic |= cp >= 0x400 && cp < 0x530;
	}
}

/* --- running -------------------------------------------------------------- */

struct rule {
	void (*run)(struct find *f);
	bool whole;	/* compares the name from end to end */
};

static const struct rule rules[] = {
	{ find_same_key, true }, { find_readings, true }, { find_mixed, true },
	{ find_stem, true }, { find_initials, true }, { find_inner, false },
	{ find_prefix, false },
};

/* Who is typing begins at the beginning. */
static const struct rule typing[NELEM(rules)] = {
	{ find_same_key, true }, { find_readings, true }, { find_mixed, true },
	{ find_stem, true }, { find_initials, true }, { find_prefix, false },
	{ find_inner, false },
};

static void
run_rules(struct find *f)
{
	const struct rule *r = f->opts->mode == LEISHU_FIND_SUGGEST ? typing : rules;
	size_t i;

	for (i = 0; i < NELEM(rules) && !find_full(f) && f->err == 0; i++, r++) {
		if (f->opts->mode == LEISHU_FIND_WHOLE && !r->whole)
			break;
		f->rule_from = f->n_match;
		r->run(f);
	}
	f->rule_from = f->n_match;
	if (f->n_match == 0 && f->err == 0 && f->opts->mode != LEISHU_FIND_WHOLE)
		find_typo(f);
}

/* Falls from hit to hit: the rule counts most, then how well it is linked. */
static double
score_of(const struct match *m)
{
	double links = (double)m->indegree / ((double)m->indegree + 10);

	return (double)(RULE__MAX - m->rule) - 0.001 * (m->sub & 0x7f) -
	    0.2 * (m->sub >= 0x80) - 0.2 * m->edits + 0.5 * links;
}

static int
put_hits(struct find *f, struct find_result *r)
{
	double last = RULE__MAX + 1;
	size_t i;
	int rc;

	r->hit = ARENA_ARRAY(f->arena, f->n_match + 1, struct find_hit);
	if (r->hit == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < f->n_match; i++) {
		const struct match *m = &f->match[i];
		struct find_hit *h = &r->hit[i];

		h->no = m->no;
		h->rule = (enum find_rule)m->rule;
		h->score = last = MIN(last, score_of(m));
		if ((rc = f->src->card(f->src->ctx, m->no, &h->id, &h->title)) < 0)
			return rc;
		find_explain(f, m, h);
	}
	r->n = f->n_match;
	r->total = MAX(f->n_seen, f->floor);
	r->at_least = f->at_least;
	return f->err ? f->err : f->arena->err;
}

int
find_run(const struct find_source *s, struct bytes query,
    const struct find_opts *o, struct arena *a, struct find_result *ret)
{
	struct find f = { .src = s, .names = s->names, .opts = o, .arena = a };
	struct find_result r = { 0 };
	int rc = LEISHU_ENOMEM;

	if ((r.error = bad_query(query)) != NULL) {
		*ret = r;
		return 0;
	}
	f.walk = malloc(sizeof(*f.walk));
	f.match = ARENA_ARRAY(a, o->limit + 1, struct match);
	if (f.walk == NULL || f.match == NULL)
		goto out;
	take_query(&f, query);
	if (f.names->n_keys && f.err == 0)
		run_rules(&f);
	if ((rc = f.err ? f.err : put_hits(&f, &r)) == 0)
		*ret = r;
out:
	free(f.walk);
	buf_release(&f.tmp);
	buf_release(&f.tmp2);
	return rc;
}
