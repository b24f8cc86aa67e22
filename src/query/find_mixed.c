/* SPDX-License-Identifier: ISC */
/*
 * Characters and letters mixed, as an input method leaves them while a name
 * is being composed: 旅shun, lü順.  The characters are read too, and what is
 * found by the whole reading must have them where they were typed.
 */
#include "query/find_state.h"

#include "base/utf8.h"
#include "index/names_read.h"
#include "script/fold.h"

#define MIXED_LETTERS	32	/* longer ones are not being composed */
#define MIXED_WAYS	8	/* to read the whole query */
#define MIXED_KEYS	256	/* readings looked at each way */

struct mixed {
	struct find *f;
	uint32_t at[READING_SYLS];	/* character there, or 0 */
	uint16_t syl[READING_SYLS];
	size_t n;
	char tail[8];		/* letters of a syllable not yet finished */
};

/* What stands at the syllables from m->n on, for one stretch of the query. */
static bool
add_han(struct mixed *m, struct bytes s, size_t way)
{
	struct reading r[MIXED_WAYS];
	size_t n = reading_of(s, READING_ANY, r, NELEM(r)), at = 0, i;
	uint32_t cp;

	if (n == 0)
		return false;
	way = MIN(way, n - 1);
	for (i = 0; i < r[way].n && m->n < READING_SYLS && utf8_next(s, &at, &cp); i++) {
		m->at[m->n] = cp;
		m->syl[m->n++] = r[way].syl[i];
	}
	return i == r[way].n;
}

static bool
add_letters(struct mixed *m, struct bytes s, bool last)
{
	struct roman_seq seq;
	size_t i;

	if (roman_parse(s, SCHEME_PINYIN, last ? ROMAN_PARTIAL : 0, &seq, 1) == 0 &&
	    roman_parse(s, SCHEME_WADE, 0, &seq, 1) == 0)
		return false;
	for (i = 0; i < seq.n && m->n < READING_SYLS; i++) {
		m->at[m->n] = 0;
		m->syl[m->n++] = seq.syl[i];
	}
	memcpy(m->tail, seq.tail, sizeof(m->tail));
	return i == seq.n;
}

/* Reads the folded query stretch by stretch. */
static bool
read_query(struct mixed *m, size_t way)
{
	struct bytes key = m->f->query;
	size_t at = 0, from = 0, was = 0;
	uint32_t cp;
	bool han = false, ok = true;

	m->n = 0;
	m->tail[0] = '\0';
	while (ok && utf8_next(key, &at, &cp)) {
		if (was > from && is_han(cp) != han) {
			ok = han ? add_han(m, bytes_sub(key, from, was), way) :
			    add_letters(m, bytes_sub(key, from, was), false);
			from = was;
		}
		han = is_han(cp);
		was = at;
	}
	if (!ok)
		return false;
	return han ? add_han(m, bytes_sub(key, from, was), way) :
	    add_letters(m, bytes_sub(key, from, was), true);
}

/* Has the key the typed characters where they were typed? */
static bool
stands(const struct mixed *m, struct bytes key)
{
	size_t at = 0, i;
	uint32_t cp;

	for (i = 0; i < m->n; i++) {
		if (!utf8_next(key, &at, &cp))
			return false;
		if (m->at[i] && fold_han(m->at[i]) != cp)
			return false;
	}
	return true;
}

static void
offer(struct mixed *m, uint32_t ord, bool whole)
{
	struct match match = { .scheme = SCHEME_PINYIN };
	struct dict_cur c;

	match.rule = whole ? RULE_READING : RULE_PREFIX;
	if (dict_at(&c, &m->f->names->keys.dict, ord) != 1)
		find_fail(m->f, LEISHU_EFORMAT);
	else if (stands(m, c.key))
		find_offer_key(m->f, &c, match);
}

static void
look_up(struct mixed *m, bool prefix)
{
	struct find *f = m->f;
	const struct names *n = f->names;
	struct bytes val = { NULL, 0 };
	uint32_t lo, hi, *best, v;
	struct dict_cur c;
	struct ord_walk w;
	size_t n_best, i;
	int rc;

	buf_clear(&f->tmp2);
	roman_key(&f->tmp2, m->syl, m->n);
	buf_puts(&f->tmp2, m->tail);
	if ((rc = store_range(&n->readings.dict, buf_view(&f->tmp2), &lo, &hi)) < 0 ||
	    (best = ARENA_ARRAY(f->arena, MIXED_KEYS, uint32_t)) == NULL) {
		find_fail(f, rc < 0 ? rc : LEISHU_ENOMEM);
		return;
	}
	n_best = ranks_best(&n->reading_rank, lo, hi, best, MIXED_KEYS);
	for (i = 0; i < n_best && f->err == 0; i++) {
		rc = dict_at(&c, &n->readings.dict, best[i]);
		if (rc == 1)
			rc = store_value(&n->readings, &c, &val);
		if (rc < 0) {
			find_fail(f, rc);
			return;
		}
		if (!prefix && c.key.n != f->tmp2.n)
			continue;
		for (w = reading_walk(n, val); ord_walk_next(&w, &v);)
			offer(m, v / 4, c.key.n == f->tmp2.n);
	}
}

void
find_mixed(struct find *f)
{
	struct mixed m = { .f = f };
	size_t way;

	if (!f->has_han || f->all_han || f->n_match || f->n_letters > MIXED_LETTERS)
		return;
	for (way = 0; way < MIXED_WAYS && f->err == 0; way++) {
		if (!read_query(&m, way))
			return;
		look_up(&m, f->opts->mode != LEISHU_FIND_WHOLE);
		if (f->n_match > f->rule_from)
			return;
	}
}
