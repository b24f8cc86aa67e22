/* SPDX-License-Identifier: ISC */
/*
 * The query as syllables, led by the index: of the many ways to read it only
 * those are followed that begin a reading some name has.  So a long name is
 * found without the marks its scheme needs, and with a slip in one syllable.
 */
#include "query/find_state.h"

#include "index/names_key.h"

#define LOOKS		400	/* into the index, to read it as it stands */
#define LOOKS_SLIPPED	2500	/* and with a slip */

struct ways {
	struct find *f;
	struct roman_text t;
	enum scheme scheme;
	bool slip;		/* there is one */
	unsigned looks;		/* that are left */
	struct roman_seq seq;
	unsigned char key[NAMES_KEY_MAX];
	size_t n_key;
	struct dict_cur c;
};

/* All names under the reading the cursor stands on. */
static void
offer(struct ways *w)
{
	struct find *f = w->f;
	const struct find_read *r = find_add_read(f, w->scheme, &w->seq);
	struct match m = { .rule = RULE_TYPO, .edits = 1, .scheme = (uint8_t)w->scheme };
	struct bytes val = { NULL, 0 };
	struct ord_walk o;
	uint32_t v;

	if (r == NULL)
		return;
	if (!w->slip) {
		find_look_up(f, r, false);
		return;
	}
	m.read = (uint8_t)(r - f->read + 1);
	if (store_value(&f->names->readings, &w->c, &val) < 0)
		find_fail(f, LEISHU_EFORMAT);
	for (o = reading_walk(f->names, val); f->err == 0 && ord_walk_next(&o, &v);) {
		m.sub = v % 4 == NAME_VIA_OTHER;
		find_offer_ord(f, v / 4, m);
	}
	if (o.bad)
		find_fail(f, LEISHU_EFORMAT);
}

/* Is there a reading that begins with the syllables so far? */
static bool
leads_on(struct ways *w)
{
	struct bytes key = { w->key, w->n_key };
	int rc;

	if (w->looks == 0)
		return false;
	w->looks--;
	rc = dict_seek(&w->c, &w->f->names->readings.dict, key);
	find_fail(w->f, rc);
	return rc == 1 && bytes_starts(w->c.key, key);
}

static bool
has_vowel(struct bytes s)
{
	static const char vowels[] = { 'a', 'e', 'i', 'o', 'u' };
	size_t i;

	for (i = 0; i < s.n; i++)
		if (memchr(vowels, s.p[i], sizeof(vowels)))
			return true;
	return false;
}

/* Takes one syllable more; false when there is no room, or it is a mere hum. */
static bool
take(struct ways *w, size_t i, uint16_t syl)
{
	struct buf *b = &w->f->tmp;

	buf_clear(b);
	roman_key(b, &syl, 1);
	if (b->err || b->n > sizeof(w->key) - w->n_key || w->seq.n == ROMAN_SYLS ||
	    !has_vowel(buf_view(b)))
		return false;
	memcpy(w->key + w->n_key, b->p, b->n);
	w->n_key += b->n;
	w->seq.at[w->seq.n] = w->t.at[i];
	w->seq.syl[w->seq.n++] = syl;
	return true;
}

/* From letter i on.  As deep as there are syllables: ROMAN_SYLS. */
static void
go(struct ways *w, size_t i, bool slipped)
{
	struct roman_hit hit[ROMAN_NEAR_HITS];
	size_t n = 0, k, from, n_key = w->n_key;
	bool near;

	if (i == w->t.n) {
		if (slipped == w->slip && w->c.key.n == w->n_key)
			offer(w);
		return;
	}
	n = roman_hits(&w->t, i, w->scheme, hit, ROMAN_HITS);
	from = n;
	if (w->slip && !slipped)
		n += roman_near_hits(&w->t, i, w->scheme, hit + n, NELEM(hit) - n);
	for (k = 0; k < n && w->looks && w->f->err == 0; k++) {
		near = slipped || k >= from;
		if (take(w, i, hit[k].syl)) {
			if (leads_on(w))
				go(w, i + hit[k].len, near);
			w->seq.n--;
		}
		w->n_key = n_key;
	}
}

/* Two neighbours exchanged, also where syllables meet. */
static void
exchange(struct ways *w)
{
	unsigned char *c = w->t.c, t;
	size_t i;

	for (i = 0; i + 1 < w->t.n && w->f->err == 0; i++) {
		if (c[i] == c[i + 1])
			continue;
		t = c[i];
		c[i] = c[i + 1];
		c[i + 1] = t;
		go(w, 0, true);
		c[i + 1] = c[i];
		c[i] = t;
	}
}

static void
run(struct find *f, enum scheme scheme, bool slip)
{
	struct ways *w = ARENA_NEW(f->arena, struct ways);

	if (w == NULL) {
		find_fail(f, LEISHU_ENOMEM);
		return;
	}
	w->f = f;
	w->scheme = scheme;
	w->slip = slip;
	w->looks = slip ? LOOKS_SLIPPED : LOOKS;
	if (!roman_scan(f->query, &w->t))
		return;
	if (slip)
		exchange(w);
	go(w, 0, false);
}

void
find_ways(struct find *f, enum scheme scheme)
{
	run(f, scheme, false);
}

void
find_slip(struct find *f)
{
	struct roman_text t;

	if (f->has_han || f->n_letters < 4 || !roman_scan(f->query, &t))
		return;
	if (f->has_cyrillic)
		run(f, SCHEME_PALLADIUS, true);
	else if (!f->ascii)
		run(f, SCHEME_ZHUYIN, true);
	/* Without its signs it is as good as any word. */
	else if (t.apostrophes || bytes_find(f->query, B("-")) != SIZE_MAX)
		run(f, SCHEME_WADE, true);
}
