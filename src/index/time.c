/* SPDX-License-Identifier: ISC */
/* Reader of the chunk TIME; the layout is in time_build.c. */
#include "index/time.h"

#include "base/rd.h"
#include "index/time_int.h"

int
time_index_open(const struct pack *p, struct time_index *ret)
{
	struct bytes b = pack_get(p, TAG_TIME), rest;
	struct time_index t = { 0 };
	struct rd r;
	uint64_t need;
	uint32_t i;

	if (b.n == 0) {
		*ret = t;
		return 0;
	}
	r = rd_make(b);
	t.n_rows = rd_le32(&r);
	t.n_props = rd_le32(&r);
	t.n_blocks = rd_le32(&r);
	(void)rd_le32(&r);
	need = TIME_HEAD + (uint64_t)t.n_blocks * 4 + (uint64_t)t.n_rows * TIME_ROW;
	if (r.bad || t.n_rows > TIME_ROWS_MAX || t.n_props > UINT16_MAX + 1u ||
	    t.n_blocks != (t.n_rows + TIME_BLOCK - 1) / TIME_BLOCK || need > b.n)
		return LEISHU_EFORMAT;
	t.blocks = b.p + TIME_HEAD;
	t.rows = t.blocks + (size_t)t.n_blocks * 4;
	rest = bytes_sub(b, (size_t)need, b.n);
	t.props = rest;
	r = rd_make(rest);
	for (i = 0; i < t.n_props; i++)
		(void)rd_blob(&r);
	if (r.bad || rd_left(&r) != 0)
		return LEISHU_EFORMAT;
	*ret = t;
	return 0;
}

struct bytes
time_index_prop(const struct time_index *t, uint16_t prop)
{
	struct rd r = rd_make(t->props);
	struct bytes b = { NULL, 0 };
	uint32_t i;

	if (prop >= t->n_props)
		return b;
	for (i = 0; i <= prop; i++)
		b = rd_blob(&r);
	return b;
}

static struct time_row
row_at(const struct time_index *t, uint32_t i)
{
	const unsigned char *p = t->rows + (size_t)i * TIME_ROW;

	return (struct time_row){
		.lo = (int32_t)le32(p), .hi = (int32_t)le32(p + 4),
		.entry = le32(p + 8), .from = le32(p + 12), .to = le32(p + 16),
		.prop = (uint16_t)(p[20] | p[21] << 8), .doubt = p[22],
		.flags = p[23],
	};
}

/* The first row whose first day is after hi: rows beyond cannot touch. */
static uint32_t
rows_to(const struct time_index *t, int32_t hi)
{
	uint32_t a = 0, b = t->n_rows, m;

	while (a < b) {
		m = a + (b - a) / 2;
		if ((int32_t)le32(t->rows + (size_t)m * TIME_ROW) <= hi)
			a = m + 1;
		else
			b = m;
	}
	return a;
}

static bool
fits(const struct time_query *q, const struct time_row *r)
{
	if (r->hi < q->lo || r->lo > q->hi || r->doubt > q->max_doubt)
		return false;
	return q->part & (r->lo >= q->lo && r->hi <= q->hi ? TIME_INSIDE : TIME_REACHING);
}

int
time_index_find(const struct time_index *t, const struct time_query *q,
    struct time_row *ret, uint32_t max, uint64_t *total)
{
	uint32_t end, i, n = 0;

	*total = 0;
	if (q->lo > q->hi)
		return 0;
	end = rows_to(t, q->hi);
	for (i = 0; i < end; i++) {
		struct time_row r;

		if (i % TIME_BLOCK == 0 && (int32_t)le32(t->blocks +
		    (size_t)(i / TIME_BLOCK) * 4) < q->lo) {
			i += TIME_BLOCK - 1;
			continue;
		}
		r = row_at(t, i);
		if (!fits(q, &r))
			continue;
		if (*total >= q->skip && n < max)
			ret[n++] = r;
		++*total;
	}
	return (int)n;
}

int
time_index_verify(const struct time_index *t, uint32_t n_entries)
{
	int32_t last = INT32_MIN, top = INT32_MIN;
	uint32_t i;

	for (i = 0; i < t->n_rows; i++) {
		struct time_row r = row_at(t, i);

		if (r.lo < last || r.lo > r.hi || r.entry >= n_entries ||
		    r.prop >= t->n_props || r.from > r.to)
			return LEISHU_EFORMAT;
		last = r.lo;
		top = r.hi > top ? r.hi : top;
		if (i % TIME_BLOCK == TIME_BLOCK - 1 || i + 1 == t->n_rows) {
			if ((int32_t)le32(t->blocks + (size_t)(i / TIME_BLOCK) * 4)
			    != top)
				return LEISHU_EFORMAT;
			top = INT32_MIN;
		}
	}
	return 0;
}
