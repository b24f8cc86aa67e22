/* SPDX-License-Identifier: ISC */
/* Reads a dictionary; its bytes are described in pack/dict_build.c. */
#include "pack/dict.h"

#include "base/rd.h"

#define HEAD	32u
#define ROW	16u
#define SHORT	16u

int
dict_open(struct bytes chunk, struct dict *ret)
{
	struct dict d = { 0 };
	uint64_t data, rows;

	if (chunk.n == 0) {
		*ret = d;
		return 0;
	}
	if (chunk.n < HEAD || le32(chunk.p) != 1 || le32(chunk.p + 4) != DICT_BLOCK)
		return LEISHU_EFORMAT;
	d.n = le64(chunk.p + 8);
	data = le64(chunk.p + 16);
	d.n_blocks = d.n / DICT_BLOCK + (d.n % DICT_BLOCK != 0);
	if (d.n_blocks > (chunk.n - HEAD) / ROW)
		return LEISHU_EFORMAT;
	rows = d.n_blocks * ROW;
	if (data != chunk.n - HEAD - rows)
		return LEISHU_EFORMAT;
	d.index = bytes_make(chunk.p + HEAD, (size_t)rows);
	d.data = bytes_make(chunk.p + HEAD + rows, (size_t)data);
	*ret = d;
	return 0;
}

static const unsigned char *
row(const struct dict *d, uint64_t block)
{
	return d->index.p + block * ROW;
}

/* The bytes of a block. */
static int
block_bytes(const struct dict *d, uint64_t block, struct bytes *ret)
{
	uint64_t at = le64(row(d, block) + 8);
	uint64_t end = block + 1 < d->n_blocks ? le64(row(d, block + 1) + 8) :
	    d->data.n;

	if (at > end || end > d->data.n)
		return LEISHU_EFORMAT;
	*ret = bytes_make(d->data.p + at, (size_t)(end - at));
	return 0;
}

/* Reads one key into the cursor; first: of a block. */
static int
read_key(struct dict_cur *c, bool first)
{
	struct rd r = { c->p, c->end, false };
	uint64_t shared = first ? 0 : rd_varint(&r), value;
	struct bytes rest = rd_blob(&r);

	value = rd_varint(&r);
	if (r.bad || shared > c->key.n || rest.n > DICT_KEY_MAX - shared)
		return LEISHU_EFORMAT;
	/* Most are short: a copy of fixed size is one move. */
	if (rest.n <= SHORT && (size_t)(c->end - rest.p) >= SHORT &&
	    shared <= DICT_KEY_MAX - SHORT)
		memcpy(c->buf + shared, rest.p, SHORT);
	else if (rest.n)
		memcpy(c->buf + shared, rest.p, rest.n);
	c->shared = (size_t)shared;
	c->key = bytes_make(c->buf, (size_t)shared + rest.n);
	c->value = first ? value : c->value + (value >> 1 ^ -(value & 1));
	c->p = r.p;
	return 1;
}

/* Stands on the first key of a block. */
static int
enter(struct dict_cur *c, const struct dict *d, uint64_t block)
{
	struct bytes b = { 0 };

	if (block_bytes(d, block, &b) < 0)
		return LEISHU_EFORMAT;
	c->d = d;
	c->ord = block * DICT_BLOCK;
	c->p = b.p;
	c->end = b.p + b.n;
	c->key = bytes_make(c->buf, 0);
	return read_key(c, true);
}

int
dict_next(struct dict_cur *c)
{
	if (c->ord + 1 >= c->d->n) {
		c->ord = c->d->n;
		return 0;
	}
	if ((c->ord + 1) % DICT_BLOCK == 0)
		return enter(c, c->d, (c->ord + 1) / DICT_BLOCK);
	c->ord++;
	return read_key(c, false);
}

int
dict_at(struct dict_cur *c, const struct dict *d, uint64_t ord)
{
	int rc;

	if (ord >= d->n)
		return 0;
	rc = enter(c, d, ord / DICT_BLOCK);
	while (rc == 1 && c->ord < ord)
		rc = dict_next(c);
	return rc;
}

/* How the first key of a block compares with key. */
static int
block_cmp(const struct dict *d, uint64_t block, const unsigned char head[8],
    struct bytes key, int *ret)
{
	struct bytes b = { 0 };
	struct rd r;
	int c = memcmp(row(d, block), head, 8);

	if (c == 0) {
		if (block_bytes(d, block, &b) < 0)
			return LEISHU_EFORMAT;
		r = rd_make(b);
		c = bytes_cmp(rd_blob(&r), key);
		if (r.bad)
			return LEISHU_EFORMAT;
	}
	*ret = c;
	return 0;
}

/*
 * From the key the cursor stands on to the first in its block not less than
 * key; what a key shares with the one before says most of the time which is
 * greater.
 */
static int
scan(struct dict_cur *c, struct bytes key)
{
	size_t same = 0;
	int rc = 1;

	for (;;) {
		while (same < key.n && same < c->key.n && c->key.p[same] == key.p[same])
			same++;
		if (same == key.n || (same < c->key.n && c->key.p[same] > key.p[same]))
			return 1;
		do {
			if ((rc = dict_next(c)) != 1)
				return rc;
			if (c->ord % DICT_BLOCK == 0)
				return 1;	/* the next block begins above key */
		} while (c->shared > same);
		if (c->shared < same)
			return 1;
	}
}

/* The last block of [lo, hi) that begins with key or before it, or lo. */
static int
block_of(const struct dict *d, struct bytes key, uint64_t lo, uint64_t hi, uint64_t *ret)
{
	unsigned char head[8] = { 0 };
	uint64_t mid, step;
	int rc, cmp = 0;

	if (key.n)
		memcpy(head, key.p, MIN(key.n, sizeof(head)));
	/* From some place on it is mostly not far. */
	for (step = 1; lo > 0 && step < hi - lo; step *= 2) {
		if ((rc = block_cmp(d, lo + step, head, key, &cmp)) < 0)
			return rc;
		if (cmp > 0) {
			hi = lo + step;
			break;
		}
		lo += step;
	}
	while (hi - lo > 1) {
		mid = lo + (hi - lo) / 2;
		if ((rc = block_cmp(d, mid, head, key, &cmp)) < 0)
			return rc;
		if (cmp <= 0)
			lo = mid;
		else
			hi = mid;
	}
	*ret = lo;
	return 0;
}

int
dict_seek(struct dict_cur *c, const struct dict *d, struct bytes key)
{
	uint64_t block = 0;
	int rc;

	if (d->n == 0)
		return 0;
	if ((rc = block_of(d, key, 0, d->n_blocks, &block)) < 0 ||
	    (rc = enter(c, d, block)) != 1)
		return rc;
	return scan(c, key);
}

int
dict_skip(struct dict_cur *c, struct bytes key)
{
	uint64_t now = c->ord / DICT_BLOCK, block = now;
	int rc;

	if ((rc = block_of(c->d, key, now, c->d->n_blocks, &block)) < 0)
		return rc;
	if (block != now && (rc = enter(c, c->d, block)) != 1)
		return rc;
	return scan(c, key);
}

int
dict_find(const struct dict *d, struct bytes key, uint64_t *ord, uint64_t *value)
{
	struct dict_cur c;
	int rc = dict_seek(&c, d, key);

	if (rc != 1)
		return rc;
	if (!bytes_eq(c.key, key))
		return 0;
	if (ord)
		*ord = c.ord;
	if (value)
		*value = c.value;
	return 1;
}
