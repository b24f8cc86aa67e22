/* SPDX-License-Identifier: ISC */
/*
 * Reads the text index; its bytes are described in index/text_build.c.
 * Nothing is trusted: each offset is held against the slice it must lie in
 * before it is used, and entries are proved to ascend, so that a damaged
 * book ends a walk with EFORMAT.
 */
#include "index/text.h"

#include "base/rd.h"

#define POS_FRESH	UINT32_MAX	/* text_cur.at_i: positions not begun */

int
text_open(const struct pack *p, struct text_index *ret)
{
	struct text_index x = { 0 };
	struct bytes len = pack_get(p, TEXT_TAG_LEN);
	int rc;

	if ((rc = dict_open(pack_get(p, TEXT_TAG_DICT), &x.dict)) < 0)
		return rc;
	x.post = pack_get(p, TEXT_TAG_POST);
	if (len.n == 0 && x.dict.n == 0) {
		*ret = x;
		return 0;
	}
	if (len.n < TEXT_HEAD || le32(len.p) != TEXT_VERSION)
		return LEISHU_EFORMAT;
	x.n_docs = le32(len.p + 4);
	x.total = le64(len.p + 8);
	if (len.n - TEXT_HEAD != x.n_docs || x.n_docs == TEXT_END)
		return LEISHU_EFORMAT;
	x.len = bytes_sub(len, TEXT_HEAD, len.n);
	text_norms(x.total, x.n_docs, x.norm);
	*ret = x;
	return 0;
}

static void
stop(struct text_cur *c, int err)
{
	c->err = c->err ? c->err : err;
	c->doc = TEXT_END;
	c->block = c->n_blocks;
	c->n = c->i = 0;
}

static const unsigned char *
row(const struct text_cur *c, uint32_t block)
{
	return c->rows.p + (size_t)block * TEXT_ROW;
}

/* Entries of a block end with this one. */
static uint32_t
row_last(const struct text_cur *c, uint32_t block)
{
	return le32(row(c, block));
}

/* --- blocks ------------------------------------------------------------- */

/* n postings written as a tail; moves r behind them. */
static bool
read_tail(struct text_cur *c, struct rd *r, uint32_t n, uint64_t doc)
{
	uint64_t gap;
	uint32_t i;

	for (i = 0; i < n; i++) {
		gap = rd_varint(r);
		doc += (gap >> 1) + (i > 0);
		if (r->bad || gap > UINT64_C(1) << 33 || doc >= c->x->n_docs)
			return false;
		c->docv[i] = (uint32_t)doc;
		c->code[i] = gap & 1 ? 0 : rd_u32(r, UINT32_MAX);
	}
	c->has_codes = true;
	return !r->bad;
}

/* Whether unpacked entries ascend strictly and end where the row says. */
static bool
ascending(const struct text_cur *c, uint32_t before, bool first, unsigned w)
{
	uint32_t i, bad = 0;

	if (c->docv[c->n - 1] >= c->x->n_docs ||
	    (!first && before >= c->x->n_docs))
		return false;
	/* So few bits cannot have wrapped around. */
	if (w <= 24 && c->x->n_docs <= 1u << 31)
		return true;
	if (!first && c->docv[0] <= before)
		return false;
	for (i = 1; i < c->n; i++)
		bad |= c->docv[i] <= c->docv[i - 1];
	return bad == 0;
}

static bool
read_full(struct text_cur *c, struct bytes b, unsigned wd, unsigned wc,
    uint32_t before, bool first)
{
	if (wd > 32 || wc > 32 || b.n != (size_t)(wd + wc) * 16)
		return false;
	text_unpack(b.p, wd, c->docv);
	text_sum(c->docv, first ? UINT32_MAX : before);
	c->has_codes = false;
	return ascending(c, before, first, wd);
}

static bool
slice(struct bytes all, const unsigned char *from, const unsigned char *to,
    struct bytes *ret)
{
	uint32_t lo = le32(from), hi = to ? le32(to) : (uint32_t)all.n;

	if (lo > hi || hi > all.n || all.n > UINT32_MAX)
		return false;
	*ret = bytes_make(all.p + lo, hi - lo);
	return true;
}

/* Unpacks a block of a term that has rows. */
static bool
enter(struct text_cur *c, uint32_t block)
{
	const unsigned char *r = row(c, block), *next = NULL;
	uint32_t before = block ? row_last(c, block - 1) : 0;
	struct bytes b = { 0 };
	struct rd rd;
	bool ok;

	if (block + 1 < c->n_blocks)
		next = r + TEXT_ROW;
	c->block = block;
	c->i = 0;
	c->at_i = POS_FRESH;
	c->n = next ? TEXT_BLOCK : c->df - block * TEXT_BLOCK;
	if (!slice(c->docs, r + 4, next ? next + 4 : NULL, &b) ||
	    !slice(c->pos, r + 8, next ? next + 8 : NULL, &c->pos_block))
		return false;
	if (c->n < TEXT_BLOCK) {
		rd = rd_make(b);
		ok = r[14] == TEXT_TAIL && read_tail(c, &rd, c->n,
		    block ? (uint64_t)before + 1 : 0) && rd_left(&rd) == 0;
	} else {
		ok = read_full(c, b, r[14], r[15], before, block == 0);
	}
	return ok && c->docv[c->n - 1] == row_last(c, block);
}

uint32_t
text_cur_code(struct text_cur *c)
{
	const unsigned char *r;

	if (c->doc == TEXT_END)
		return 0;
	if (!c->has_codes) {
		/* enter has proved the widths. */
		r = row(c, c->block);
		text_unpack(c->docs.p + le32(r + 4) + r[14] * 16, r[15], c->code);
		c->has_codes = true;
	}
	return c->code[c->i];
}

uint32_t
text_cur_block(struct text_cur *c, const uint32_t **doc, const uint32_t **code)
{
	if (c->doc == TEXT_END)
		return 0;
	(void)text_cur_code(c);
	*doc = c->docv + c->i;
	*code = c->code + c->i;
	return c->n - c->i;
}

/* --- walking ------------------------------------------------------------ */

uint32_t
text_df(const struct text_index *x, uint64_t value)
{
	struct rd r;
	uint64_t df;

	if (value >= x->post.n)
		return 0;
	r = rd_make(bytes_sub(x->post, (size_t)value, x->post.n));
	df = rd_varint(&r);
	return r.bad || df > x->n_docs ? 0 : (uint32_t)df;
}

int
text_cur_at(struct text_cur *c, const struct text_index *x, uint64_t value)
{
	uint64_t docs, pos, df;
	struct rd r;

	if (value >= x->post.n)
		return LEISHU_EFORMAT;
	r = rd_make(bytes_sub(x->post, (size_t)value, x->post.n));
	df = rd_varint(&r);
	if (r.bad || df == 0 || df > x->n_docs)
		return LEISHU_EFORMAT;
	c->x = x;
	c->df = (uint32_t)df;
	c->err = 0;
	c->i = 0;
	c->block = 0;
	c->peek = 0;
	c->at_i = POS_FRESH;
	c->rows = bytes_make(NULL, 0);
	if (df < TEXT_BLOCK) {
		c->n_blocks = 1;
		c->n = c->df;
		if (!read_tail(c, &r, c->n, 0))
			return LEISHU_EFORMAT;
		c->pos_block = bytes_make(r.p, (size_t)(r.end - r.p));
		c->doc = c->docv[0];
		return 1;
	}
	docs = rd_varint(&r);
	pos = rd_varint(&r);
	c->n_blocks = c->df / TEXT_BLOCK + (c->df % TEXT_BLOCK != 0);
	c->rows = rd_take(&r, (size_t)c->n_blocks * TEXT_ROW);
	if (r.bad || docs > rd_left(&r) || pos > rd_left(&r) - docs)
		return LEISHU_EFORMAT;
	c->docs = rd_take(&r, (size_t)docs);
	c->pos = rd_take(&r, (size_t)pos);
	if (!enter(c, 0))
		return LEISHU_EFORMAT;
	c->doc = c->docv[0];
	return 1;
}

int
text_cur_open(struct text_cur *c, const struct text_index *x, struct bytes term)
{
	uint64_t value = 0;
	int rc = dict_find(&x->dict, bytes_sub(term, 0, TEXT_TERM_MAX), NULL, &value);

	return rc == 1 ? text_cur_at(c, x, value) : rc;
}

/* The first block from block on that ends at doc or later, or n_blocks. */
static uint32_t
find_block(const struct text_cur *c, uint32_t block, uint32_t doc)
{
	uint32_t step = 1, lo = block, hi;

	if (c->rows.n == 0)
		return block < c->n_blocks && c->docv[c->n - 1] >= doc ? 0 : c->n_blocks;
	/* Gallop, then halve. */
	while (lo < c->n_blocks && row_last(c, lo) < doc) {
		block = lo + 1;
		lo = c->n_blocks - lo > step ? lo + step : c->n_blocks;
		step *= 2;
	}
	hi = lo;
	while (block < hi) {
		uint32_t mid = block + (hi - block) / 2;

		if (row_last(c, mid) < doc)
			block = mid + 1;
		else
			hi = mid;
	}
	return block;
}

void
text_cur_seek(struct text_cur *c, uint32_t doc)
{
	uint32_t i, half;

	if (c->doc >= doc)
		return;
	if (c->docv[c->n - 1] < doc) {
		uint32_t to = find_block(c, c->block, doc);

		if (to >= c->n_blocks) {
			stop(c, 0);
			return;
		}
		/* Rows that do not ascend could lead backwards. */
		if (to <= c->block || !enter(c, to) || c->docv[c->n - 1] < doc) {
			stop(c, LEISHU_EFORMAT);
			return;
		}
	}
	/* The present one is below doc, the last one is not. */
	i = c->i;
	while (i + 8 < c->n && c->docv[i + 8] < doc)
		i += 8;
	for (half = c->n - 1; i < half && c->docv[i] < doc;)
		i++;
	c->i = i;
	c->doc = c->docv[i];
}

float
text_cur_bound(struct text_cur *c, uint32_t doc, uint32_t *last)
{
	const unsigned char *r;

	if (c->rows.n == 0) {
		*last = c->doc == TEXT_END || c->docv[c->n - 1] < doc ?
		    TEXT_END : c->docv[c->n - 1];
		return *last == TEXT_END ? 0.0f : 1.0f;
	}
	if (c->peek < c->block)
		c->peek = c->block;
	c->peek = find_block(c, c->peek, doc);
	if (c->peek >= c->n_blocks) {
		*last = TEXT_END;
		return 0.0f;
	}
	r = row(c, c->peek);
	*last = le32(r);
	return (float)(r[12] | r[13] << 8) / TEXT_IMPACT;
}

/* --- positions ---------------------------------------------------------- */

/* Bits of a group in the block, or false when they are not there. */
static bool
find_group(struct text_cur *c, uint32_t group)
{
	uint32_t groups = (c->n_pos + TEXT_GROUP - 1) / TEXT_GROUP, g;
	size_t at = groups, bytes;
	unsigned w;

	if (groups > c->pos_block.n)
		return false;
	for (g = 0; g < group; g++) {
		if (c->pos_block.p[g] > 32)
			return false;
		at += TEXT_GROUP / 8 * (size_t)c->pos_block.p[g];
	}
	w = c->pos_block.p[group];
	bytes = text_row_bytes(MIN(TEXT_GROUP, c->n_pos - group * TEXT_GROUP), w);
	if (w > 32 || at > c->pos_block.n || bytes > c->pos_block.n - at)
		return false;
	c->group = group;
	c->bits = c->pos_block.p + at;
	return true;
}

void
text_cur_pos_start(struct text_cur *c)
{
	uint64_t sum = 0;
	uint32_t i;

	c->pos_left = 0;
	if (c->doc == TEXT_END)
		return;
	(void)text_cur_code(c);
	if (c->at_i == POS_FRESH) {
		for (i = 0; i < c->n; i++)
			sum += text_freq(c->code[i]);
		if (sum > 0xffffffc0u) {
			stop(c, LEISHU_EFORMAT);
			return;
		}
		c->n_pos = (uint32_t)sum;
		c->at_i = 0;
		c->at = 0;
		c->group = UINT32_MAX;
	}
	for (; c->at_i < c->i; c->at_i++)
		c->at += text_freq(c->code[c->at_i]);
	c->pos_at = c->at;
	c->pos_left = text_freq(c->code[c->i]);
	c->pos_first = true;
}

bool
text_cur_pos(struct text_cur *c, uint32_t *pos)
{
	uint32_t group = c->pos_at / TEXT_GROUP, in = c->pos_at % TEXT_GROUP, v;
	const unsigned char *p;
	uint64_t bits = 0;
	size_t left;
	unsigned w;

	if (c->pos_left == 0)
		return false;
	if (group != c->group && !find_group(c, group)) {
		c->pos_left = 0;
		stop(c, LEISHU_EFORMAT);
		return false;
	}
	w = c->pos_block.p[group];
	p = c->bits + in * w / 8;
	left = (size_t)(c->pos_block.p + c->pos_block.n - p);
	if (left >= 8)
		bits = le64(p);
	else
		memcpy(&bits, p, left);
	v = (uint32_t)(bits >> in * w % 8) & (w < 32 ? (1u << w) - 1 : UINT32_MAX);
	c->pos_last = c->pos_first ? v : c->pos_last + v + 1;
	c->pos_first = false;
	c->pos_at++;
	c->pos_left--;
	*pos = c->pos_last;
	return true;
}

/* --- proof -------------------------------------------------------------- */

static int
verify_term(struct text_cur *c)
{
	uint32_t n = 0, pos, last;
	uint64_t next;

	while (c->doc != TEXT_END) {
		n++;
		text_cur_pos_start(c);
		for (next = 0; text_cur_pos(c, &pos); next = (uint64_t)pos + 1)
			if (pos < next)
				return LEISHU_EFORMAT;
		if (c->doc == TEXT_END)
			break;
		if (text_impact(text_weight(text_freq(text_cur_code(c)),
		    text_cur_code(c) & 1, TEXT_HEAD_WEIGHT),
		    text_norm(c->x, c->doc)) > text_cur_bound(c, c->doc, &last))
			return LEISHU_EFORMAT;
		text_cur_next(c);
	}
	return c->err ? c->err : n == c->df ? 0 : LEISHU_EFORMAT;
}

int
text_verify(const struct text_index *x)
{
	struct dict_cur d;
	struct text_cur *c;
	struct bytes none = { 0 };
	int rc, end = 0;

	if ((c = malloc(sizeof(*c))) == NULL)
		return LEISHU_ENOMEM;
	for (rc = dict_seek(&d, &x->dict, none); rc == 1; rc = dict_next(&d))
		if ((end = text_cur_at(c, x, d.value)) != 1 ||
		    (end = verify_term(c)) < 0)
			break;
	free(c);
	return rc < 0 ? rc : end < 0 ? end : 0;
}
