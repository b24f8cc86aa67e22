/* SPDX-License-Identifier: ISC */
/*
 * Names a slip away from the query.  At least one half of what was typed
 * has no more than half the slips: the first half leads into the keys, the
 * second, backwards, into the reversed keys.
 */
#include "query/find_state.h"

#include "base/distance.h"
#include "base/utf8.h"
#include "index/names_key.h"

#define NEAR_MAX	4096	/* keys offered, at most */

struct typo {
	struct find *f;
	const struct find_read *read;	/* the scheme it was turned from, or NULL */
	struct bytes word;
	unsigned spent;		/* edits it took to make the word sought */
	size_t n;
	bool han;
};

/* What is neither Latin nor Cyrillic is in syllables rather than letters. */
static unsigned
slips(const struct find *f, size_t letters)
{
	return slips_allowed(letters, f->has_han || (!f->ascii && !f->has_cyrillic));
}

static int
offer_key(struct typo *t, const struct dict_cur *c, unsigned edits)
{
	struct find *f = t->f;
	struct match m = { .rule = RULE_TYPO, .edits = (uint8_t)edits };

	if (t->han && utf8_count(c->key) < 4 && f->n_letters < 4)
		return 0;
	if (t->read)
		m.scheme = (uint8_t)t->read->scheme;
	/* The first letter is seldom wrong. */
	m.sub = c->key.p[0] != t->word.p[0];
	find_offer_key(f, c, m);
	return f->err;
}

static int
offer_reading(struct typo *t, const struct dict_cur *c, unsigned edits)
{
	struct find *f = t->f;
	struct match m = { .rule = RULE_TYPO, .edits = (uint8_t)edits,
	    .scheme = SCHEME_PINYIN };
	struct bytes val = { NULL, 0 };
	struct ord_walk w;
	uint32_t v;
	int rc = store_value(&f->names->readings, c, &val);

	if (rc < 0)
		return rc;
	if (t->read)
		m.scheme = (uint8_t)t->read->scheme;
	for (w = reading_walk(f->names, val); f->err == 0 && ord_walk_next(&w, &v);) {
		m.sub = (uint8_t)((c->key.p[0] != t->word.p[0]) + (v % 4 == NAME_VIA_OTHER));
		find_offer_ord(f, v / 4, m);
	}
	return w.bad ? LEISHU_EFORMAT : f->err;
}

static int
near_key(void *ctx, const struct dict_cur *c, unsigned edits)
{
	struct typo *t = ctx;

	return ++t->n > NEAR_MAX ? 1 : offer_key(t, c, edits + t->spent);
}

static int
near_reading(void *ctx, const struct dict_cur *c, unsigned edits)
{
	struct typo *t = ctx;

	return ++t->n > NEAR_MAX ? 1 : offer_reading(t, c, edits + t->spent);
}

/* A reversed key leads to the key, the reading or both. */
static int
near_back(void *ctx, const struct dict_cur *back, unsigned edits)
{
	struct typo *t = ctx;
	const struct names *n = t->f->names;
	struct buf *key = &t->f->tmp2;
	struct dict_cur c;
	int rc;

	if (++t->n > NEAR_MAX)
		return 1;
	edits += t->spent;
	buf_clear(key);
	name_backwards(back->key, key);
	if (key->err)
		return key->err;
	rc = dict_seek(&c, &n->keys.dict, buf_view(key));
	if (rc == 1 && bytes_eq(c.key, buf_view(key)))
		rc = offer_key(t, &c, edits);
	if (rc < 0 || t->f->has_han)
		return MIN(rc, 0);
	rc = dict_seek(&c, &n->readings.dict, buf_view(key));
	if (rc == 1 && bytes_eq(c.key, buf_view(key)))
		rc = offer_reading(t, &c, edits);
	return MIN(rc, 0);
}

/* Letters are mistaken for letters: keys of the same alphabet alone. */
static void
alphabet(const struct find *f, struct bytes *lo, struct bytes *hi)
{
	*lo = *hi = (struct bytes){ NULL, 0 };
	if (f->ascii) {
		*hi = B("\x80");
	} else if (f->has_cyrillic && !f->has_han) {
		*lo = B("\xd0");
		*hi = B("\xd4");
	} else {
		*lo = B("\xc0");
	}
}

/* Offers all keys within max edits of word. */
static void
near(struct typo *t, struct bytes word, unsigned max)
{
	struct find *f = t->f;
	const struct names *n = f->names;
	unsigned letters = (unsigned)utf8_count(word), half = letters / 2;
	unsigned tail = letters - half;
	struct buf back = { 0 };
	struct bytes lo, hi;
	int rc;

	/* Of three characters one can only be missing: two stay together. */
	if (t->han && letters == 3)
		half = tail = 2;
	/* Longer ones are not there backwards: all must come from the front. */
	if (max == 1 && letters > 4 && !f->has_han && !name_fuzzy(word))
		half = 0;
	alphabet(f, &lo, &hi);
	t->n = 0;
	rc = dict_near_head(&n->keys.dict, word, max, half, max / 2, lo, hi, near_key, t);
	t->n = 0;
	if (rc >= 0 && !f->has_han)
		rc = dict_near_head(&n->readings.dict, word, max, half, max / 2,
		    lo, hi, near_reading, t);
	t->n = 0;
	name_backwards(word, &back);
	if (rc >= 0 && (rc = back.err) == 0)
		rc = dict_near_head(&n->back, buf_view(&back), max, tail,
		    max / 2, lo, hi, near_back, t);
	buf_release(&back);
	if (rc < 0)
		find_fail(f, rc);
}

/* word with the two letters exchanged where its halves meet. */
static struct bytes
exchanged(struct find *f, struct bytes word)
{
	size_t half = utf8_count(word) / 2, at = 0, was = 0, end;
	uint32_t cp;

	while (half-- > 0) {
		was = at;
		(void)utf8_next(word, &at, &cp);
	}
	end = at;
	(void)utf8_next(word, &end, &cp);
	buf_clear(&f->tmp);
	buf_bytes(&f->tmp, bytes_sub(word, 0, was));
	buf_bytes(&f->tmp, bytes_sub(word, at, end));
	buf_bytes(&f->tmp, bytes_sub(word, was, at));
	buf_bytes(&f->tmp, bytes_sub(word, end, word.n));
	return arena_buf(f->arena, &f->tmp);
}

/* Keys at most max edits away. */
static void
search(struct find *f, struct bytes word, const struct find_read *read, unsigned max)
{
	struct typo t = { .f = f, .read = read, .word = word, .han = f->has_han };
	size_t letters = utf8_count(word);

	if (max > slips(f, letters) || letters > DICT_NEAR_MAX)
		return;
	near(&t, word, max);
	t.spent = 1;
	near(&t, exchanged(f, word), max - 1);
}

void
find_typo(struct find *f)
{
	unsigned max;
	size_t i;

	for (max = 1; max <= 2 && f->n_match == 0 && f->err == 0; max++) {
		search(f, f->key, NULL, max);
		/* The best reading, when it is spelled otherwise than the key. */
		for (i = 0; i < f->n_reads && i < 2 && f->err == 0; i++)
			if (!bytes_eq(f->read[i].key, f->key))
				search(f, f->read[i].key, &f->read[i], max);
		if (f->n_match == 0 && max == 1)
			find_slip(f);
	}
}
