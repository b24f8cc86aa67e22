/* SPDX-License-Identifier: ISC */
#include "index/names_store.h"

#include "base/rd.h"
#include "sys/file.h"

#define FLUSH	(64u << 10)

struct store_writer {
	struct dict_builder *dict;
	struct sys_spool *vals;
	struct buf buf;		/* what the spool does not have yet */
	uint64_t n_vals;	/* bytes */
	uint32_t n;
	int err;
};

int
store_writer_new(const char *dir, struct store_writer **ret)
{
	struct store_writer *w;
	int rc;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		return LEISHU_ENOMEM;
	if ((rc = dict_builder_new(dir, &w->dict)) < 0 ||
	    (rc = sys_spool_open(dir, &w->vals)) < 0) {
		store_writer_free(w);
		return rc;
	}
	*ret = w;
	return 0;
}

void
store_writer_free(struct store_writer *w)
{
	if (w == NULL)
		return;
	dict_builder_free(w->dict);
	sys_spool_close(w->vals);
	buf_release(&w->buf);
	free(w);
}

static void
flush(struct store_writer *w, size_t at_least)
{
	if (w->err == 0)
		w->err = w->buf.err;
	if (w->err || w->buf.n == 0 || w->buf.n < at_least)
		return;
	w->err = sys_spool_write(w->vals, buf_view(&w->buf));
	buf_clear(&w->buf);
}

void
store_writer_add(struct store_writer *w, struct bytes key, struct bytes val)
{
	size_t was = w->buf.n;

	if (w->err)
		return;
	dict_builder_add(w->dict, key, w->n_vals);
	buf_blob(&w->buf, val);
	w->n_vals += w->buf.n - was;
	w->n++;
	flush(w, FLUSH);
}

uint32_t
store_writer_count(const struct store_writer *w)
{
	return w->n;
}

int
store_writer_end(struct store_writer *w, uint32_t keys, uint32_t vals,
    struct pack_writer *pw)
{
	unsigned char *tmp;
	uint64_t at;
	size_t got;
	int rc;

	flush(w, 0);
	if (w->err)
		return w->err;
	pack_chunk(pw, keys);
	if ((rc = dict_builder_write(w->dict, pw)) < 0)
		return rc;
	if ((tmp = malloc(FLUSH)) == NULL)
		return LEISHU_ENOMEM;
	pack_chunk(pw, vals);
	for (at = 0; rc == 0 && at < w->n_vals; at += got) {
		rc = sys_spool_read(w->vals, at, tmp, FLUSH, &got);
		if (rc == 0 && got == 0)
			rc = LEISHU_EIO;
		if (rc == 0)
			pack_write(pw, bytes_make(tmp, got));
	}
	free(tmp);
	return rc < 0 ? rc : pack_error(pw);
}

int
store_open(struct bytes keys, struct bytes vals, struct store *ret)
{
	struct store s = { .vals = vals };
	int rc;

	if ((rc = dict_open(keys, &s.dict)) < 0)
		return rc;
	*ret = s;
	return 0;
}

int
store_value(const struct store *s, const struct dict_cur *c, struct bytes *ret)
{
	struct rd r;

	if (c->value >= s->vals.n)
		return LEISHU_EFORMAT;
	r = rd_make(bytes_sub(s->vals, (size_t)c->value, s->vals.n));
	*ret = rd_blob(&r);
	return r.bad ? LEISHU_EFORMAT : 0;
}

int
store_range(const struct dict *d, struct bytes prefix, uint32_t *lo, uint32_t *hi)
{
	unsigned char next[DICT_KEY_MAX];
	struct dict_cur c;
	size_t n = MIN(prefix.n, sizeof(next));
	int rc;

	if ((rc = dict_seek(&c, d, prefix)) < 0)
		return rc;
	*lo = rc ? (uint32_t)c.ord : (uint32_t)d->n;
	if (n)
		memcpy(next, prefix.p, n);
	while (n > 0 && next[n - 1] == 0xff)
		n--;
	*hi = (uint32_t)d->n;
	if (n == 0)
		return 0;
	next[n - 1]++;
	if ((rc = dict_seek(&c, d, bytes_make(next, n))) < 0)
		return rc;
	if (rc)
		*hi = (uint32_t)c.ord;
	return 0;
}
