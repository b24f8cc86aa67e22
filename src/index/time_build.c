/* SPDX-License-Identifier: ISC */
/*
 * The chunk TIME: every dated statement, sorted by its first day.
 *
 *	u32	number of rows R
 *	u32	number of properties P
 *	u32	number of blocks K = ceil(R / 64)
 *	u32	0
 *	K x i32	the greatest last day of each block of 64 rows
 *	R x 28	rows: i32 first day, i32 last day, u32 entry, u32 from, u32 to,
 *		u16 property, u8 doubt, u8 flags, u32 0
 *	P x blob	names of the properties
 *
 * Rows stand by first day, last day, entry, from.  A row with an open
 * beginning has the least first day there is, so it comes first.
 */
#include <limits.h>

#include "base/buf.h"
#include "base/map.h"
#include "index/index.h"
#include "index/time_int.h"
#include "pack/sort.h"

struct time_builder {
	struct sorter *rows;
	struct map props;
	struct buf names;	/* blobs */
	struct buf rec;
	uint64_t n;
	int err;
};

int
time_builder_new(const struct index_opts *o, struct time_builder **ret)
{
	struct time_builder *b;
	struct sorter_opts so = { .dir = o->dir, .memory = o->memory };
	int rc;

	if ((b = calloc(1, sizeof(*b))) == NULL)
		return LEISHU_ENOMEM;
	if ((rc = sorter_new(&so, &b->rows)) < 0) {
		free(b);
		return rc;
	}
	*ret = b;
	return 0;
}

void
time_builder_free(struct time_builder *b)
{
	if (b == NULL)
		return;
	sorter_free(b->rows);
	map_release(&b->props);
	buf_release(&b->names);
	buf_release(&b->rec);
	free(b);
}

static int
property(struct time_builder *b, struct bytes name)
{
	bool fresh;
	uint64_t *v = map_put(&b->props, name, &fresh);

	if (v == NULL) {
		b->err = LEISHU_ENOMEM;
		return 0;
	}
	if (fresh) {
		*v = b->props.n - 1;
		buf_blob(&b->names, name);
	}
	if (*v > UINT16_MAX)
		b->err = LEISHU_ELIMIT;
	return (int)*v;
}

/* Big-endian and without a sign, so that bytes sort as numbers. */
static void
put_be(struct buf *b, uint32_t v)
{
	unsigned char s[4] = { (unsigned char)(v >> 24), (unsigned char)(v >> 16),
		(unsigned char)(v >> 8), (unsigned char)v };

	buf_add(b, s, 4);
}

void
time_builder_add(struct time_builder *b, uint32_t no, const struct entry *e)
{
	size_t i;

	for (i = 0; i < e->n_statements && b->err == 0; i++) {
		const struct statement *s = &e->statement[i];
		uint8_t flags = 0;
		int prop;

		if ((s->lo == 0 && s->hi == 0) || s->lo > s->hi)
			continue;
		prop = property(b, s->property);
		if ((int64_t)s->hi - s->lo > 366)
			flags |= TIME_LONG;
		buf_clear(&b->rec);
		put_be(&b->rec, (uint32_t)s->lo ^ 0x80000000u);
		put_be(&b->rec, (uint32_t)s->hi ^ 0x80000000u);
		put_be(&b->rec, no);
		put_be(&b->rec, s->from);
		put_be(&b->rec, s->to);
		buf_putc(&b->rec, prop >> 8);
		buf_putc(&b->rec, prop & 0xff);
		buf_putc(&b->rec, s->doubt);
		buf_putc(&b->rec, flags);
		if (b->rec.err) {
			b->err = b->rec.err;
			return;
		}
		sorter_add(b->rows, buf_view(&b->rec));
		b->n++;
	}
}

static uint32_t
be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

/* The rows are read once; what stands before them is kept in memory. */
static int
collect(struct time_builder *b, struct buf *blocks, struct buf *rows)
{
	struct bytes rec;
	int32_t top = INT32_MIN;
	uint64_t k = 0;
	int rc;

	while ((rc = sorter_next(b->rows, &rec)) > 0) {
		int32_t lo = (int32_t)(be32(rec.p) ^ 0x80000000u);
		int32_t hi = (int32_t)(be32(rec.p + 4) ^ 0x80000000u);

		buf_le32(rows, (uint32_t)lo);
		buf_le32(rows, (uint32_t)hi);
		buf_le32(rows, be32(rec.p + 8));
		buf_le32(rows, be32(rec.p + 12));
		buf_le32(rows, be32(rec.p + 16));
		buf_putc(rows, rec.p[21]);
		buf_putc(rows, rec.p[20]);
		buf_putc(rows, rec.p[22]);
		buf_putc(rows, rec.p[23]);
		buf_le32(rows, 0);
		top = hi > top ? hi : top;
		if (++k % TIME_BLOCK == 0) {
			buf_le32(blocks, (uint32_t)top);
			top = INT32_MIN;
		}
	}
	if (rc == 0 && k % TIME_BLOCK)
		buf_le32(blocks, (uint32_t)top);
	return rc;
}

int
time_builder_finish(struct time_builder *b, uint32_t n_entries,
    struct pack_writer *w)
{
	struct buf head = { 0 }, blocks = { 0 }, rows = { 0 };
	int rc = b->err;

	(void)n_entries;
	if (rc == 0 && b->n > TIME_ROWS_MAX)
		rc = LEISHU_ELIMIT;
	if (rc == 0)
		rc = sorter_run(b->rows);
	if (rc == 0)
		rc = collect(b, &blocks, &rows);
	buf_le32(&head, (uint32_t)b->n);
	buf_le32(&head, (uint32_t)b->props.n);
	buf_le32(&head, (uint32_t)(blocks.n / 4));
	buf_le32(&head, 0);
	if (rc == 0)
		rc = head.err ? head.err : blocks.err ? blocks.err :
		    rows.err ? rows.err : b->names.err;
	if (rc == 0) {
		pack_chunk(w, TAG_TIME);
		pack_write(w, buf_view(&head));
		pack_write(w, buf_view(&blocks));
		pack_write(w, buf_view(&rows));
		pack_write(w, buf_view(&b->names));
		rc = pack_error(w);
	}
	buf_release(&head);
	buf_release(&blocks);
	buf_release(&rows);
	return rc;
}
