/* SPDX-License-Identifier: ISC */
/*
 * Near words: the table of edit distances is kept a row a letter of the
 * present key, so that a key computes only the rows it does not share with
 * the key before; when no way through a prefix stays within the limit, all
 * keys with that prefix are passed over.
 */
#include "base/utf8.h"
#include "pack/dict.h"

#define STEPS	24	/* keys walked over before a seek is cheaper */

struct near {
	uint32_t word[DICT_NEAR_MAX];
	unsigned n;		/* letters of the word */
	unsigned max;
	/* One row more than a key within reach can have letters. */
	unsigned char row[DICT_NEAR_MAX * 2 + 2][DICT_NEAR_MAX + 1];
	uint32_t cp[DICT_NEAR_MAX * 2 + 2];
	size_t end[DICT_NEAR_MAX * 2 + 2];	/* bytes of the key row i covers */
	unsigned char least[DICT_NEAR_MAX * 2 + 2];	/* in row i */
	unsigned depth;		/* rows in use beyond row 0 */
};

static bool
near_init(struct near *e, struct bytes word, unsigned max)
{
	size_t at = 0;
	uint32_t cp;
	unsigned i;

	e->n = 0;
	e->max = MIN(max, DICT_NEAR_MAX);
	e->depth = 0;
	e->end[0] = 0;
	e->least[0] = 0;
	while (utf8_next(word, &at, &cp)) {
		if (e->n == DICT_NEAR_MAX)
			return false;
		e->word[e->n++] = cp;
	}
	for (i = 0; i <= e->n; i++)
		e->row[0][i] = (unsigned char)i;
	return true;
}

/* Adds the row of letter cp. */
static void
push(struct near *e, uint32_t cp, size_t end)
{
	unsigned d = ++e->depth, i, v, least;
	const unsigned char *up = e->row[d - 1];
	unsigned char *now = e->row[d];

	e->cp[d] = cp;
	e->end[d] = end;
	now[0] = (unsigned char)d;
	least = d;
	for (i = 1; i <= e->n; i++) {
		v = up[i - 1] + (e->word[i - 1] == cp ? 0u : 1u);
		v = MIN(v, up[i] + 1u);
		v = MIN(v, now[i - 1] + 1u);
		if (d > 1 && i > 1 && e->word[i - 1] == e->cp[d - 1] &&
		    e->word[i - 2] == cp)
			v = MIN(v, e->row[d - 2][i - 2] + 1u);
		now[i] = (unsigned char)v;
		least = MIN(least, v);
	}
	e->least[d] = (unsigned char)least;
}

/*
 * Brings the rows up to key, of which the first shared bytes are as before.
 * SIZE_MAX: all of it; else the bytes of a prefix that leads nowhere.
 */
static size_t
walk(struct near *e, struct bytes key, size_t shared)
{
	size_t at;
	uint32_t cp;

	while (e->depth && e->end[e->depth] > shared)
		e->depth--;
	at = e->end[e->depth];
	while (utf8_next(key, &at, &cp)) {
		push(e, cp, at);
		/* An exchange of neighbours reaches back one row more. */
		if (e->least[e->depth] > e->max &&
		    e->least[e->depth - 1] + 1u > e->max) {
			e->depth--;
			return at;
		}
	}
	return SIZE_MAX;
}

/* Moves to the first key that does not begin with the n bytes of prefix. */
static int
pass_over(struct dict_cur *c, const unsigned char *prefix, size_t n)
{
	unsigned char next[DICT_KEY_MAX];
	struct bytes p = { next, n };
	int i, rc = 1;

	memcpy(next, prefix, n);
	for (i = 0; i < STEPS && rc == 1 && bytes_starts(c->key, p); i++)
		rc = dict_next(c);
	if (rc != 1 || !bytes_starts(c->key, p))
		return rc;
	while (p.n && next[p.n - 1] == 0xff)
		p.n--;
	if (p.n == 0)
		return 0;
	next[p.n - 1]++;
	return dict_seek(c, c->d, p);
}

int
dict_near(const struct dict *d, struct bytes word, unsigned max,
    struct bytes lo, struct bytes hi, dict_near_fn *hit, void *ctx)
{
	struct near e;
	struct dict_cur c;
	unsigned char last[DICT_KEY_MAX];
	size_t n_last = 0, dead, shared;
	int rc, stop;

	if (!near_init(&e, word, max))
		return 0;
	rc = dict_seek(&c, d, lo);
	while (rc == 1 && (hi.n == 0 || bytes_cmp(c.key, hi) < 0)) {
		/* After a jump nothing is known of what is shared. */
		for (shared = 0; shared < n_last && shared < c.key.n &&
		    last[shared] == c.key.p[shared];)
			shared++;
		dead = walk(&e, c.key, shared);
		n_last = MIN(c.key.n, e.end[e.depth]);
		memcpy(last, c.key.p, n_last);
		if (dead != SIZE_MAX) {
			rc = pass_over(&c, c.key.p, dead);
			continue;
		}
		if (e.row[e.depth][e.n] <= e.max &&
		    (stop = hit(ctx, &c, e.row[e.depth][e.n])) != 0)
			return stop;
		rc = dict_next(&c);
	}
	return rc < 0 ? rc : 0;
}
