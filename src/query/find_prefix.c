/* SPDX-License-Identifier: ISC */
/* Names that begin as the query does, and readings that do. */
#include "query/find_state.h"

#include "base/rd.h"

#define ROUND_MORE	8	/* times as many keys, when some were one entry's */

/* One stretch of a dictionary. */
struct stretch {
	bool readings;
	uint32_t lo, hi;
	uint8_t read;	/* which of f->read, or UINT8_MAX */
};

static void
offer_at(struct find *f, const struct stretch *s, uint32_t at)
{
	const struct names *n = f->names;
	struct match m = { .rule = RULE_PREFIX };
	struct bytes val = { NULL, 0 };
	struct dict_cur c;
	struct ord_walk w;
	uint32_t v;

	if (!s->readings) {
		find_offer_ord(f, at, m);
		return;
	}
	m.scheme = SCHEME_PINYIN;
	if (s->read < f->n_reads) {
		m.scheme = (uint8_t)f->read[s->read].scheme;
		m.read = (uint8_t)(s->read + 1);
	}
	if (dict_at(&c, &n->readings.dict, at) != 1 ||
	    store_value(&n->readings, &c, &val) < 0) {
		find_fail(f, LEISHU_EFORMAT);
		return;
	}
	for (w = reading_walk(n, val); ord_walk_next(&w, &v);) {
		m.sub = v % 4 == NAME_VIA_OTHER;
		find_offer_ord(f, v / 4, m);
	}
	if (w.bad)
		find_fail(f, LEISHU_EFORMAT);
}

/* The best first, until there are enough. */
static void
offer_best(struct find *f, const struct stretch *s)
{
	const struct ranks *r = s->readings ? &f->names->reading_rank : &f->names->key_rank;
	size_t max = (size_t)f->opts->limit * 2, n, i, done = 0;
	uint32_t *best;

	for (; !find_full(f) && f->err == 0; max *= ROUND_MORE) {
		max = MIN(max, s->hi - s->lo);
		if ((best = ARENA_ARRAY(f->arena, max + 1, uint32_t)) == NULL) {
			find_fail(f, LEISHU_ENOMEM);
			return;
		}
		n = ranks_best(r, s->lo, s->hi, best, max);
		for (i = done; i < n && !find_full(f) && f->err == 0; i++)
			offer_at(f, s, best[i]);
		if (n == s->hi - s->lo)
			break;
		done = n;
	}
}

/* All the entries, to know how many; past FIND_COUNT_MAX a floor will do. */
static void
count(struct find *f, const struct stretch *s)
{
	const struct names *n = f->names;
	uint64_t floor = ranks_titles(s->readings ? &n->reading_rank : &n->key_rank,
	    s->lo, s->hi);
	struct dict_cur c;
	struct ord_walk w;
	struct rd r;
	uint32_t at = s->lo, v;

	if (floor >= FIND_COUNT_MAX) {
		f->floor = MAX(f->floor, floor);
		f->at_least = true;
		return;
	}
	if (s->readings) {
		/* Values of keys side by side are side by side. */
		if (dict_at(&c, &n->readings.dict, at) != 1 || c.value > n->readings.vals.n) {
			find_fail(f, LEISHU_EFORMAT);
			return;
		}
		r = rd_make(bytes_sub(n->readings.vals, (size_t)c.value, n->readings.vals.n));
	}
	for (; at < s->hi && !find_count_done(f) && f->err == 0; at++) {
		if (!s->readings) {
			find_count_ord(f, at);
			continue;
		}
		for (w = reading_walk(n, rd_blob(&r)); ord_walk_next(&w, &v);)
			find_count_ord(f, v / 4);
		if (w.bad || r.bad)
			find_fail(f, LEISHU_EFORMAT);
	}
	f->at_least |= at < s->hi;
}

static void
run(struct find *f, const struct stretch *s)
{
	if (s->lo >= s->hi)
		return;
	offer_best(f, s);
	/* While typing nobody asks how many there are. */
	if (f->opts->mode != LEISHU_FIND_SUGGEST && f->err == 0)
		count(f, s);
}

void
find_prefix(struct find *f)
{
	const struct names *n = f->names;
	struct stretch s[FIND_READS + 2];
	size_t n_s = 0, i;
	int rc = 0;

	memset(s, 0, sizeof(s));
	s[n_s].read = UINT8_MAX;
	rc = store_range(&n->keys.dict, f->key, &s[0].lo, &s[0].hi);
	n_s++;
	if (rc == 0 && f->ascii) {
		s[n_s].readings = true;
		s[n_s].read = UINT8_MAX;
		rc = store_range(&n->readings.dict, f->key, &s[n_s].lo, &s[n_s].hi);
		n_s++;
	}
	for (i = 0; rc == 0 && i < f->n_reads; i++) {
		if (bytes_eq(f->read[i].key, f->key))
			continue;
		s[n_s].readings = true;
		s[n_s].read = (uint8_t)i;
		rc = store_range(&n->readings.dict, f->read[i].key, &s[n_s].lo, &s[n_s].hi);
		n_s++;
	}
	if (rc < 0)
		find_fail(f, rc);
	for (i = 0; i < n_s && f->err == 0; i++)
		run(f, &s[i]);
}
