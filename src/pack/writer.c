/* SPDX-License-Identifier: ISC */
/* Writes the container: layout.h has the bytes. */
#include "pack/pack.h"

#include <errno.h>

#include "base/buf.h"
#include "base/sum.h"
#include "pack/layout.h"
#include "sys/file.h"

#define COPY_STEP	(256u << 10)

struct row {
	uint32_t tag;
	uint64_t off, n, sum;
};

/* Into a file that gets a name (out) or a nameless one (part). */
struct pack_writer {
	struct sys_out *out;
	struct sys_spool *part;
	uint64_t at;		/* bytes written */
	uint64_t begin;		/* of the present chunk */
	struct sum *sum;	/* of the present chunk; NULL: none is open */
	int err, sys_errno;
	uint32_t n;
	struct row row[PACK_CHUNKS];
};

static void
fail(struct pack_writer *w, int err)
{
	if (w->err)
		return;
	w->err = err;
	w->sys_errno = errno;
}

static void
emit(struct pack_writer *w, struct bytes b)
{
	int rc;

	if (w->err || b.n == 0)
		return;
	if (w->part != NULL) {
		if ((rc = sys_spool_write(w->part, b)) < 0)
			fail(w, rc);
	} else {
		sys_out_write(w->out, b);
		if ((rc = sys_out_error(w->out)) < 0)
			fail(w, rc);
	}
	w->at += b.n;
}

static void
align(struct pack_writer *w)
{
	static const unsigned char zero[PACK_ALIGN];

	emit(w, bytes_make(zero, (size_t)(-w->at % PACK_ALIGN)));
}

static int
writer_new(struct pack_writer **ret)
{
	struct pack_writer *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return LEISHU_ENOMEM;
	*ret = w;
	return 0;
}

int
pack_writer_open(const char *path, struct pack_writer **ret)
{
	static const unsigned char head[PACK_HEAD];
	struct pack_writer *w;
	int rc;

	if ((rc = writer_new(&w)) < 0)
		return rc;
	if ((rc = sys_out_open(path, &w->out)) < 0) {
		free(w);
		return rc;
	}
	emit(w, bytes_make(head, sizeof(head)));	/* filled in at the end */
	*ret = w;
	return 0;
}

int
pack_writer_part(const char *dir, struct pack_writer **ret)
{
	struct pack_writer *w;
	int rc;

	if ((rc = writer_new(&w)) < 0)
		return rc;
	if ((rc = sys_spool_open(dir, &w->part)) < 0) {
		free(w);
		return rc;
	}
	*ret = w;
	return 0;
}

static void
close_chunk(struct pack_writer *w)
{
	struct row *r;

	if (w->sum == NULL)
		return;
	r = &w->row[w->n - 1];
	r->off = w->begin;
	r->n = w->at - w->begin;
	r->sum = sum_end(w->sum);
	w->sum = NULL;
}

void
pack_chunk(struct pack_writer *w, uint32_t tag)
{
	uint32_t i;

	close_chunk(w);
	for (i = 0; i < w->n; i++)
		if (w->row[i].tag == tag)
			fail(w, LEISHU_EINVAL);
	if (w->n == PACK_CHUNKS)
		fail(w, LEISHU_ELIMIT);
	if (w->err)
		return;
	align(w);
	if ((w->sum = sum_new()) == NULL) {
		fail(w, LEISHU_ENOMEM);
		return;
	}
	w->row[w->n++].tag = tag;
	w->begin = w->at;
}

void
pack_write(struct pack_writer *w, struct bytes b)
{
	if (w->err)
		return;
	if (w->sum == NULL) {
		fail(w, LEISHU_EINVAL);
		return;
	}
	sum_add(w->sum, b);
	emit(w, b);
}

uint64_t
pack_tell(const struct pack_writer *w)
{
	return w->sum ? w->at - w->begin : 0;
}

int
pack_error(const struct pack_writer *w)
{
	if (w->err == LEISHU_EIO)
		errno = w->sys_errno;
	return w->err;
}

static void
copy_chunk(struct pack_writer *w, const struct pack_writer *part,
    const struct row *r, unsigned char *tmp)
{
	uint64_t at = r->off, end = r->off + r->n;
	size_t got, step;
	int rc;

	pack_chunk(w, r->tag);
	while (at < end && w->err == 0) {
		step = (size_t)MIN(end - at, COPY_STEP);
		rc = sys_spool_read(part->part, at, tmp, step, &got);
		if (rc == 0 && got != step)
			rc = LEISHU_EFORMAT;
		if (rc < 0)
			fail(w, rc);
		else
			pack_write(w, bytes_make(tmp, got));
		at += step;
	}
	if (w->err)
		return;
	close_chunk(w);
	/* What came back must be what was written. */
	if (w->row[w->n - 1].sum != r->sum)
		fail(w, LEISHU_EFORMAT);
}

void
pack_splice(struct pack_writer *w, struct pack_writer *part)
{
	unsigned char *tmp;
	uint32_t i;

	if (part == NULL)
		return;
	close_chunk(part);
	if (part->err && w->err == 0) {
		errno = part->sys_errno;
		fail(w, part->err);
	}
	if ((tmp = malloc(COPY_STEP)) == NULL)
		fail(w, LEISHU_ENOMEM);
	else
		for (i = 0; i < part->n && w->err == 0; i++)
			copy_chunk(w, part, &part->row[i], tmp);
	free(tmp);
	pack_abort(part);
}

static void
put_row(struct buf *b, const struct row *r)
{
	buf_le32(b, r->tag);
	buf_le32(b, 0);
	buf_le64(b, r->off);
	buf_le64(b, r->n);
	buf_le64(b, r->sum);
}

int
pack_commit(struct pack_writer *w)
{
	struct buf table = { 0 }, head = { 0 };
	uint32_t i;
	int rc;

	close_chunk(w);
	align(w);
	for (i = 0; i < w->n; i++)
		put_row(&table, &w->row[i]);
	buf_add(&head, PACK_MAGIC, 8);
	buf_le32(&head, PACK_VERSION);
	buf_le32(&head, w->n);
	buf_le64(&head, w->at);
	buf_le64(&head, sum64(buf_view(&table)));
	buf_le64(&head, head.err ? 0 : sum64(buf_view(&head)));
	if (table.err || head.err)
		fail(w, LEISHU_ENOMEM);
	emit(w, buf_view(&table));
	if (w->part != NULL)
		fail(w, LEISHU_EINVAL);
	rc = w->err;
	if (rc == 0) {
		sys_out_patch(w->out, 0, buf_view(&head));
		rc = sys_out_commit(w->out);
		w->out = NULL;
	} else
		errno = w->sys_errno;
	buf_release(&table);
	buf_release(&head);
	pack_abort(w);
	return rc;
}

void
pack_abort(struct pack_writer *w)
{
	int saved = errno;

	if (w == NULL)
		return;
	(void)sum_end(w->sum);
	sys_out_abort(w->out);
	sys_spool_close(w->part);
	free(w);
	errno = saved;
}
