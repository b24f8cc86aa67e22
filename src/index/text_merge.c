/* SPDX-License-Identifier: ISC */
/*
 * The second half of the text builder: merges the sorted runs and writes
 * postings and dictionary.  The bytes are described in index/text_build.c.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "index/text_run.h"
#include "pack/dict.h"

#define READ_MIN	(4u << 10)
#define READ_MAX	(1u << 20)
#define FLUSH		(256u << 10)
#define HOLD_MAX	(8u << 20)	/* positions of a term held in memory */

/* A run being read. */
struct run {
	const struct sys_spool *spool;
	uint64_t at, to;	/* of the spool, not yet in buf */
	unsigned char *buf;
	size_t cap, n, i;
	uint64_t left;		/* bytes of the present term not yet read */
	int err;
	struct bytes key;	/* of the present term */
	unsigned char key_buf[TEXT_TERM_MAX];
};

/* The postings of one term being written. */
struct out {
	const float *norm;
	struct bytes len;
	struct pack_writer *w;
	struct buf post;	/* waiting for w */
	uint64_t post_n;	/* bytes of TPST in all */
	struct buf rows, blocks, pos;
	struct sys_spool *pos_spool;	/* what pos could not hold, or NULL */
	const char *dir;
	int err;

	uint32_t df, last;	/* last entry of the block before */
	uint32_t docv[TEXT_BLOCK], code[TEXT_BLOCK];
	uint32_t n;		/* postings of the block */
	uint32_t *where;	/* positions of the block */
	size_t n_where, where_cap;
	uint32_t last_pos;
	uint64_t pos_n;		/* bytes of positions, spooled ones too */
};

/* --- reading runs ------------------------------------------------------- */

static void
refill(struct run *r)
{
	size_t want = (size_t)MIN(r->to - r->at, r->cap);

	r->i = r->n = 0;
	if (r->err || want == 0) {
		r->err = r->err ? r->err : LEISHU_EFORMAT;
		return;
	}
	r->err = sys_spool_read(r->spool, r->at, r->buf, want, &r->n);
	r->at += r->n;
	if (r->err == 0 && r->n == 0)
		r->err = LEISHU_EIO;
}

static inline unsigned char
get_byte(struct run *r)
{
	if (r->i == r->n) {
		refill(r);
		if (r->err)
			return 0;
	}
	return r->buf[r->i++];
}

static inline uint64_t
get_varint(struct run *r)
{
	uint64_t v = 0;
	unsigned char c;
	unsigned shift = 0;

	do {
		c = get_byte(r);
		r->left--;
		v |= (uint64_t)(c & 0x7f) << shift;
		shift += 7;
	} while (c & 0x80 && shift < 64);
	return v;
}

/* To the next term: 1, or 0 at the end of the run. */
static int
next_term(struct run *r)
{
	uint64_t n, i;

	if (r->at == r->to && r->i == r->n)
		return 0;
	n = get_varint(r);
	if (n > TEXT_TERM_MAX)
		return LEISHU_EFORMAT;
	for (i = 0; i < n; i++)
		r->key_buf[i] = get_byte(r);
	r->key = bytes_make(r->key_buf, (size_t)n);
	r->left = 0;
	n = get_varint(r);
	r->left = n;
	return r->err ? r->err : 1;
}

/* --- writing postings --------------------------------------------------- */

static void
flush(struct out *o)
{
	if (o->err == 0 && (o->err = o->post.err) == 0) {
		pack_write(o->w, buf_view(&o->post));
		o->post_n += o->post.n;
	}
	buf_clear(&o->post);
}

/* Moves positions out of memory when there are very many. */
static void
hold(struct out *o)
{
	if (o->pos.n < HOLD_MAX || o->err)
		return;
	if (o->pos_spool == NULL &&
	    (o->err = sys_spool_open(o->dir, &o->pos_spool)) < 0)
		return;
	if ((o->err = o->pos.err) == 0)
		o->err = sys_spool_write(o->pos_spool, buf_view(&o->pos));
	buf_clear(&o->pos);
}

static unsigned
width_of(const uint32_t *v, size_t n)
{
	uint32_t all = 0;
	size_t i;

	for (i = 0; i < n; i++)
		all |= v[i];
	return text_bits(all);
}

static void
put_positions(struct out *o, struct buf *to)
{
	size_t groups = (o->n_where + TEXT_GROUP - 1) / TEXT_GROUP, g, n;
	size_t widths = to->n, bytes;
	unsigned char *p;
	unsigned w;

	for (g = 0; g < groups; g++)
		buf_putc(to, (int)width_of(o->where + g * TEXT_GROUP,
		    MIN(o->n_where - g * TEXT_GROUP, TEXT_GROUP)));
	for (g = 0; g < groups && !to->err; g++) {
		n = MIN(o->n_where - g * TEXT_GROUP, TEXT_GROUP);
		w = to->p[widths + g];
		bytes = text_row_bytes(n, w);
		if ((p = buf_room(to, bytes)) != NULL) {
			text_row_pack(o->where + g * TEXT_GROUP, n, w, p);
			to->n += bytes;
		}
	}
}

static void
put_tail(struct out *o, struct buf *to)
{
	uint32_t i, gap, before = o->df ? o->last : UINT32_MAX;

	for (i = 0; i < o->n; i++) {
		gap = o->docv[i] - before - 1;
		before = o->docv[i];
		buf_varint(to, (uint64_t)gap << 1 | (o->code[i] == 0));
		if (o->code[i])
			buf_varint(to, o->code[i]);
	}
}

/* The greatest impact of the block, of TEXT_IMPACT, never rounded down. */
static unsigned
block_impact(const struct out *o)
{
	float most = 0, v;
	unsigned r;
	uint32_t i;

	for (i = 0; i < o->n; i++) {
		v = text_impact(text_weight(text_freq(o->code[i]),
		    o->code[i] & 1, TEXT_HEAD_WEIGHT),
		    o->norm[o->len.p[o->docv[i]]]);
		most = MAX(most, v);
	}
	r = (unsigned)(most * TEXT_IMPACT);
	while ((float)r / TEXT_IMPACT < most)
		r++;
	return r;
}

/* Ends the block: its row, its bytes, its positions. */
static void
put_block(struct out *o)
{
	uint32_t gap[TEXT_BLOCK], i, before = o->df ? o->last : UINT32_MAX;
	unsigned impact = block_impact(o), wd = TEXT_TAIL, wc = TEXT_TAIL;
	unsigned char *p;

	if (o->pos_n > UINT32_MAX || o->blocks.n > UINT32_MAX)
		o->err = o->err ? o->err : LEISHU_ELIMIT;
	if (o->n == TEXT_BLOCK) {
		for (i = 0; i < o->n; i++) {
			gap[i] = o->docv[i] - before - 1;
			before = o->docv[i];
		}
		wd = width_of(gap, o->n);
		wc = width_of(o->code, o->n);
	}
	buf_le32(&o->rows, o->docv[o->n - 1]);
	buf_le32(&o->rows, (uint32_t)o->blocks.n);
	buf_le32(&o->rows, (uint32_t)o->pos_n);
	buf_putc(&o->rows, (int)(impact & 255));
	buf_putc(&o->rows, (int)(impact >> 8));
	buf_putc(&o->rows, (int)wd);
	buf_putc(&o->rows, (int)wc);
	if (wd == TEXT_TAIL) {
		put_tail(o, &o->blocks);
	} else if ((p = buf_room(&o->blocks, (wd + wc) * 16)) != NULL) {
		text_pack(gap, wd, p);
		text_pack(o->code, wc, p + wd * 16);
		o->blocks.n += (wd + wc) * 16;
	}
	i = (uint32_t)o->pos.n;
	put_positions(o, &o->pos);
	o->pos_n += o->pos.n - i;
	hold(o);
	o->df += o->n;
	o->last = o->docv[o->n - 1];
	o->n = 0;
	o->n_where = 0;
}

static void
copy_spool(struct out *o)
{
	unsigned char *p;
	uint64_t at = 0;
	size_t got = 0;

	while (o->pos_spool && at < sys_spool_size(o->pos_spool) && o->err == 0) {
		if ((p = buf_room(&o->post, FLUSH)) == NULL)
			break;
		o->err = sys_spool_read(o->pos_spool, at, p, FLUSH, &got);
		if (o->err == 0 && got == 0)
			o->err = LEISHU_EIO;
		o->post.n += o->err ? 0 : got;
		at += got;
		flush(o);
	}
	sys_spool_close(o->pos_spool);
	o->pos_spool = NULL;
}

/* Ends the term; the next one begins at post_n + post.n. */
static void
put_end(struct out *o)
{
	if (o->df == 0 && o->n < TEXT_BLOCK) {
		buf_varint(&o->post, o->n);
		put_tail(o, &o->post);
		put_positions(o, &o->post);
	} else {
		if (o->n)
			put_block(o);
		buf_varint(&o->post, o->df);
		buf_varint(&o->post, o->blocks.n);
		buf_varint(&o->post, o->pos_n);
		buf_bytes(&o->post, buf_view(&o->rows));
		buf_bytes(&o->post, buf_view(&o->blocks));
		copy_spool(o);
		buf_bytes(&o->post, buf_view(&o->pos));
	}
	if (o->err == 0 && (o->rows.err || o->blocks.err || o->pos.err))
		o->err = LEISHU_ENOMEM;
	buf_clear(&o->rows);
	buf_clear(&o->blocks);
	buf_clear(&o->pos);
	o->df = o->n = 0;
	o->n_where = 0;
	o->pos_n = 0;
	if (o->post.n >= FLUSH || o->post.err)
		flush(o);
}

/* One more occurrence of the term. */
static inline void
put_occurrence(struct out *o, uint32_t doc, bool head, uint32_t pos)
{
	bool same = o->n && o->docv[o->n - 1] == doc;

	/* A full block waits for the next entry: this may be the same. */
	if (!same && o->n == TEXT_BLOCK)
		put_block(o);
	if (o->n_where == o->where_cap) {
		int rc = vec_room(&o->where, o->n_where, &o->where_cap,
		    sizeof(*o->where), SIZE_MAX / 8);

		if (rc < 0) {
			o->err = o->err ? o->err : rc;
			return;
		}
	}
	if (same) {
		o->code[o->n - 1] = (o->code[o->n - 1] + 2) | head;
		o->where[o->n_where++] = pos - o->last_pos - 1;
	} else {
		o->docv[o->n] = doc;
		o->code[o->n++] = head;
		o->where[o->n_where++] = pos;
	}
	o->last_pos = pos;
}

static void
put_run(struct out *o, struct run *r)
{
	uint32_t doc = 0, pos = 0;
	bool head = false;
	uint64_t v;

	while (r->left > 0 && r->err == 0 && o->err == 0) {
		v = get_varint(r);
		if (v & 1) {
			doc += (uint32_t)(v >> 2);
			head = v >> 1 & 1;
			pos = (uint32_t)get_varint(r);
		} else {
			pos += (uint32_t)(v >> 1);
		}
		if (doc >= o->len.n)
			o->err = LEISHU_EINVAL;
		else
			put_occurrence(o, doc, head, pos);
	}
}

/* --- the merge ---------------------------------------------------------- */

/* A heap of runs, the least key first, of equal keys the earlier run. */
struct heap {
	struct run *run;
	size_t *v, n;
};

static bool
before(const struct heap *h, size_t a, size_t b)
{
	int c = bytes_cmp(h->run[a].key, h->run[b].key);

	return c ? c < 0 : a < b;
}

static void
sift(struct heap *h, size_t i)
{
	size_t kid, x = h->v[i];

	while ((kid = 2 * i + 1) < h->n) {
		if (kid + 1 < h->n && before(h, h->v[kid + 1], h->v[kid]))
			kid++;
		if (!before(h, h->v[kid], x))
			break;
		h->v[i] = h->v[kid];
		i = kid;
	}
	h->v[i] = x;
}

static int
open_runs(const struct text_runs *r, size_t memory, struct heap *h)
{
	size_t cap = MIN(MAX(memory / 2 / MAX(r->n, 1), READ_MIN), READ_MAX), i;
	struct run *u;
	int rc;

	h->run = calloc(MAX(r->n, 1), sizeof(*h->run));
	h->v = calloc(MAX(r->n, 1), sizeof(*h->v));
	if (h->run == NULL || h->v == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < r->n; i++) {
		u = &h->run[i];
		u->spool = r->spool;
		u->at = r->v[i].from;
		u->to = r->v[i].to;
		u->cap = cap;
		if ((u->buf = malloc(cap)) == NULL)
			return LEISHU_ENOMEM;
		if ((rc = next_term(u)) < 0)
			return rc;
		if (rc)
			h->v[h->n++] = i;
	}
	for (i = h->n / 2; i-- > 0;)
		sift(h, i);
	return 0;
}

static int
merge(struct heap *h, struct out *o, struct dict_builder *d)
{
	unsigned char key_buf[TEXT_TERM_MAX];
	struct bytes key = { key_buf, 0 };
	struct run *r;
	int rc;

	while (h->n && o->err == 0) {
		r = &h->run[h->v[0]];
		key.n = r->key.n;
		memcpy(key_buf, r->key.p, key.n);
		dict_builder_add(d, key, o->post_n + o->post.n);
		while (h->n && bytes_eq(h->run[h->v[0]].key, key)) {
			r = &h->run[h->v[0]];
			put_run(o, r);
			if (r->err || (rc = next_term(r)) < 0)
				return r->err;
			if (rc == 0)
				h->v[0] = h->v[--h->n];
			if (h->n)
				sift(h, 0);
		}
		put_end(o);
	}
	flush(o);
	return o->err;
}

int
text_merge(const struct text_runs *r, const char *dir, size_t memory,
    struct bytes len, const float norm[256], struct pack_writer *w)
{
	struct out o = { .norm = norm, .len = len, .w = w, .dir = dir };
	struct dict_builder *d = NULL;
	struct heap h = { 0 };
	size_t i;
	int rc;

	if ((rc = dict_builder_new(dir, &d)) < 0 ||
	    (rc = open_runs(r, memory, &h)) < 0)
		goto out;
	pack_chunk(w, TEXT_TAG_POST);
	if ((rc = merge(&h, &o, d)) < 0)
		goto out;
	pack_chunk(w, TEXT_TAG_DICT);
	rc = dict_builder_write(d, w);
out:
	for (i = 0; h.run && i < r->n; i++)
		free(h.run[i].buf);
	free(h.run);
	free(h.v);
	free(o.where);
	sys_spool_close(o.pos_spool);
	buf_release(&o.post);
	buf_release(&o.rows);
	buf_release(&o.blocks);
	buf_release(&o.pos);
	dict_builder_free(d);
	return rc;
}
