/* SPDX-License-Identifier: ISC */
/*
 * Near words: the table of edit distances is kept a row a letter of the
 * present key, so that a key computes only the rows it does not share with
 * the key before; when no way through a prefix stays within the limit, all
 * keys with that prefix are passed over.  Row d holds cells d - max to
 * d + max and one beyond at each end, FAR: others are out of reach.
 */
#include "base/utf8.h"
#include "pack/dict.h"

#define FAR	0x7f

struct near {
	uint32_t word[DICT_NEAR_MAX];
	unsigned n;		/* letters of the word */
	unsigned max;
	unsigned head, head_max;	/* edits within the first head letters */
	/* One row more than a key within reach can have letters. */
	unsigned char row[DICT_NEAR_MAX * 2 + 2][DICT_NEAR_MAX + 1];
	uint32_t cp[DICT_NEAR_MAX * 2 + 2];
	size_t end[DICT_NEAR_MAX * 2 + 2];	/* bytes of the key row i covers */
	unsigned char least[DICT_NEAR_MAX * 2 + 2];	/* in row i */
	unsigned depth;		/* rows in use beyond row 0 */
	unsigned char next[(DICT_NEAR_MAX * 2 + 2) * 4];	/* to move to */
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
	e->head = e->head_max = 0;
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

/* The first and the last cell of row d that is kept. */
static unsigned
band_lo(const struct near *e, unsigned d)
{
	return d > e->max ? d - e->max : 0;
}

static unsigned
band_hi(const struct near *e, unsigned d)
{
	return MIN(e->n, d + e->max);
}

/* Adds the row of letter cp. */
static void
push(struct near *e, uint32_t cp, size_t end)
{
	unsigned d = ++e->depth, lo = band_lo(e, d), hi = band_hi(e, d), i, v, least;
	const unsigned char *up = e->row[d - 1];
	unsigned char *now = e->row[d];

	e->cp[d] = cp;
	e->end[d] = end;
	least = e->max + 1;
	if (lo == 0) {
		now[0] = (unsigned char)d;
		if (e->head == 0 || d <= e->head_max)
			least = MIN(least, d);
		lo = 1;
	} else {
		now[lo - 1] = FAR;
	}
	for (i = lo; i <= hi; i++) {
		v = up[i - 1] + (e->word[i - 1] == cp ? 0u : 1u);
		v = MIN(v, up[i] + 1u);
		v = MIN(v, now[i - 1] + 1u);
		if (d > 1 && i > 1 && e->word[i - 1] == e->cp[d - 1] &&
		    e->word[i - 2] == cp)
			v = MIN(v, e->row[d - 2][i - 2] + 1u);
		now[i] = (unsigned char)MIN(v, FAR);
		if (i >= e->head || v <= e->head_max)
			least = MIN(least, v);
	}
	if (hi < e->n)
		now[hi + 1] = FAR;
	e->least[d] = (unsigned char)least;
}

/* The most edits that may be spent before letter i of the word. */
static unsigned
limit(const struct near *e, unsigned i)
{
	return i < e->head ? e->head_max : e->max;
}

/* Can the last letter and the next still be two of the word, exchanged? */
static bool
may_exchange(const struct near *e)
{
	unsigned d = e->depth - 1, i;
	const unsigned char *up = e->row[d];

	for (i = band_lo(e, d) + 2; i <= MIN(e->n, band_hi(e, d) + 2); i++)
		if (e->word[i - 1] == e->cp[e->depth] && up[i - 2] < limit(e, i - 1))
			return true;
	return false;
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
		if (e->least[e->depth] > e->max && !may_exchange(e)) {
			e->depth--;
			return at;
		}
	}
	return SIZE_MAX;
}

/*
 * The least letter after cp that leads on from the present row; cp + 1 when
 * any may, 0 when there is none: where no edit is left, only letters of the
 * word will do.
 */
static uint32_t
viable_after(const struct near *e, uint32_t cp)
{
	unsigned d = e->depth, i;
	const unsigned char *row = e->row[d];
	uint32_t least = 0, x;

	for (i = band_lo(e, d); i <= band_hi(e, d); i++) {
		if (row[i] < limit(e, i) || (i < e->n && row[i] < limit(e, i + 1)))
			return cp + 1;
		if (i < e->n && row[i] <= e->max) {
			x = e->word[i];
			if (x > cp && (least == 0 || x < least))
				least = x;
		}
	}
	if (d-- == 0)
		return least;
	for (i = band_lo(e, d) + 2; i <= MIN(e->n, band_hi(e, d) + 2); i++) {
		x = e->word[i - 2];
		if (e->word[i - 1] == e->cp[d + 1] && x > cp &&
		    e->row[d][i - 2] < e->max && (least == 0 || x < least))
			least = x;
	}
	return least;
}

/*
 * The key's first n bytes lead nowhere; the row is that of the letters
 * before the last of them.  Moves to the next key that may.
 */
static int
pass_over(struct near *e, struct dict_cur *c, size_t n)
{
	struct bytes to = { e->next, 0 };
	size_t from = e->end[e->depth], len;
	uint32_t cp = utf8_get(c->key, from, &len, NULL), x;

	/* Up the tree until there is a letter to go on with. */
	while ((x = viable_after(e, cp)) == 0 || x > 0x10ffff) {
		if (e->depth == 0)
			return 0;
		cp = e->cp[e->depth--];
		n = from;
		from = e->end[e->depth];
	}
	memcpy(e->next, c->key.p, n);
	if (x == cp + 1) {
		/* Any letter: the first key without this prefix. */
		for (to.n = n; to.n && e->next[to.n - 1] == 0xff; to.n--)
			;
		if (to.n == 0)
			return 0;
		e->next[to.n - 1]++;
	} else {
		to.n = from + utf8_put(e->next + from, x);
	}
	return dict_skip(c, to);
}

static int
search(struct near *e, const struct dict *d, struct bytes lo, struct bytes hi,
    dict_near_fn *hit, void *ctx)
{
	struct dict_cur c;
	unsigned char last[DICT_KEY_MAX];
	size_t n_last = 0, dead, shared;
	int rc, stop;

	rc = dict_seek(&c, d, lo);
	while (rc == 1 && (hi.n == 0 || bytes_cmp(c.key, hi) < 0)) {
		/* After a jump nothing is known of what is shared. */
		for (shared = 0; shared < n_last && shared < c.key.n &&
		    last[shared] == c.key.p[shared];)
			shared++;
		dead = walk(e, c.key, shared);
		n_last = MIN(c.key.n, e->end[e->depth]);
		memcpy(last, c.key.p, n_last);
		if (dead != SIZE_MAX) {
			rc = pass_over(e, &c, dead);
			continue;
		}
		if (band_hi(e, e->depth) == e->n && e->row[e->depth][e->n] <= e->max &&
		    (stop = hit(ctx, &c, e->row[e->depth][e->n])) != 0)
			return stop;
		rc = dict_next(&c);
	}
	return rc < 0 ? rc : 0;
}

int
dict_near(const struct dict *d, struct bytes word, unsigned max,
    struct bytes lo, struct bytes hi, dict_near_fn *hit, void *ctx)
{
	struct near e;

	if (!near_init(&e, word, max))
		return 0;
	return search(&e, d, lo, hi, hit, ctx);
}

int
dict_near_head(const struct dict *d, struct bytes word, unsigned max,
    unsigned head, unsigned head_max, struct bytes lo, struct bytes hi,
    dict_near_fn *hit, void *ctx)
{
	struct near e;

	if (!near_init(&e, word, max))
		return 0;
	e.head = MIN(head, e.n);
	e.head_max = head_max;
	return search(&e, d, lo, hi, hit, ctx);
}
