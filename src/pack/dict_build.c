/* SPDX-License-Identifier: ISC */
/*
 * Writes a dictionary (pack/dict.h).  The chunk, little-endian:
 *
 *	0	4	version, 1
 *	4	4	DICT_BLOCK
 *	8	8	number of keys
 *	16	8	bytes of data
 *	24	8	0
 *	32	16 a block	index: the first 8 bytes of the block's first
 *			key, filled up with zeros; u64 offset of the block
 *	...		data
 *
 * A block holds DICT_BLOCK keys (the last one what is left).  Each key:
 *
 *	varint	bytes shared with the key before (0 and absent for the first)
 *	varint	further bytes, and these bytes
 *	varint	value; after the first of a block its difference to the value
 *		before, zigzag (0, -1, 1, -2 are 0, 1, 2, 3)
 */
#include "base/buf.h"
#include "pack/dict.h"
#include "sys/file.h"

#define FLUSH	(256u << 10)

struct dict_builder {
	struct sys_spool *data, *index;
	struct buf d, i;		/* waiting for the spools */
	unsigned char last[DICT_KEY_MAX];
	size_t n_last;
	uint64_t n;
	uint64_t value;
	uint64_t data_n;		/* bytes of data so far */
	int err;
};

int
dict_builder_new(const char *dir, struct dict_builder **ret)
{
	struct dict_builder *b = calloc(1, sizeof(*b));
	int rc;

	if (b == NULL)
		return LEISHU_ENOMEM;
	if ((rc = sys_spool_open(dir, &b->data)) < 0 ||
	    (rc = sys_spool_open(dir, &b->index)) < 0) {
		dict_builder_free(b);
		return rc;
	}
	*ret = b;
	return 0;
}

void
dict_builder_free(struct dict_builder *b)
{
	if (b == NULL)
		return;
	sys_spool_close(b->data);
	sys_spool_close(b->index);
	buf_release(&b->d);
	buf_release(&b->i);
	free(b);
}

static void
flush(struct dict_builder *b, struct buf *from, struct sys_spool *to)
{
	if (b->err == 0 && (b->err = from->err) == 0)
		b->err = sys_spool_write(to, buf_view(from));
	buf_clear(from);
}

static void
add_row(struct dict_builder *b, struct bytes key)
{
	unsigned char head[8] = { 0 };

	if (key.n)
		memcpy(head, key.p, MIN(key.n, sizeof(head)));
	buf_add(&b->i, head, sizeof(head));
	buf_le64(&b->i, b->data_n);
}

void
dict_builder_add(struct dict_builder *b, struct bytes key, uint64_t value)
{
	struct bytes last = { b->last, b->n_last };
	size_t shared = 0, before = b->d.n;
	int64_t diff = (int64_t)(value - b->value);

	if (b->err)
		return;
	if (key.n > DICT_KEY_MAX)
		b->err = LEISHU_ELIMIT;
	else if (b->n && bytes_cmp(last, key) >= 0)
		b->err = LEISHU_EINVAL;
	if (b->err)
		return;
	if (b->n % DICT_BLOCK == 0) {
		add_row(b, key);
		buf_blob(&b->d, key);
		buf_varint(&b->d, value);
	} else {
		while (shared < last.n && last.p[shared] == key.p[shared])
			shared++;
		buf_varint(&b->d, shared);
		buf_blob(&b->d, bytes_sub(key, shared, key.n));
		buf_varint(&b->d, (uint64_t)diff << 1 ^ (uint64_t)(diff >> 63));
	}
	b->data_n += b->d.n - before;
	if (key.n > shared)
		memcpy(b->last + shared, key.p + shared, key.n - shared);
	b->n_last = key.n;
	b->value = value;
	b->n++;
	if (b->d.n >= FLUSH || b->d.err)
		flush(b, &b->d, b->data);
	if (b->i.n >= FLUSH || b->i.err)
		flush(b, &b->i, b->index);
}

/* All of a spool into the chunk. */
static int
copy(struct sys_spool *s, struct pack_writer *w)
{
	unsigned char *p = malloc(FLUSH);
	uint64_t at = 0;
	size_t got = 0;
	int rc = 0;

	if (p == NULL)
		return LEISHU_ENOMEM;
	while (at < sys_spool_size(s)) {
		if ((rc = sys_spool_read(s, at, p, FLUSH, &got)) < 0)
			break;
		if (got == 0) {
			rc = LEISHU_EIO;
			break;
		}
		pack_write(w, bytes_make(p, got));
		at += got;
	}
	free(p);
	return rc;
}

int
dict_builder_write(struct dict_builder *b, struct pack_writer *w)
{
	int rc;

	flush(b, &b->d, b->data);
	flush(b, &b->i, b->index);
	if (b->err)
		return b->err;
	buf_le32(&b->d, 1);
	buf_le32(&b->d, DICT_BLOCK);
	buf_le64(&b->d, b->n);
	buf_le64(&b->d, b->data_n);
	buf_le64(&b->d, 0);
	if (b->d.err)
		return b->d.err;
	pack_write(w, buf_view(&b->d));
	if ((rc = copy(b->index, w)) < 0 || (rc = copy(b->data, w)) < 0)
		return rc;
	return pack_error(w);
}
