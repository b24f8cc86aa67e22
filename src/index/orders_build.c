/* SPDX-License-Identifier: ISC */
/*
 * A record to sort: group key, label, entry key, each with a NUL made 00 ff
 * and the end 00 00, then the number, big-endian.
 */
#include "index/orders.h"
#include "pack/sort.h"

#define KEY_MAX	96	/* bytes of a key that count; beyond, the number decides */

struct orders_builder {
	struct sorter *s[ORDERS_MAX];	/* made when first used */
	char *dir;
	size_t memory;
	struct buf rec;
	int err;
};

static void
fail(struct orders_builder *b, int err)
{
	if (b->err == 0 && err < 0)
		b->err = err;
}

int
orders_builder_new(const char *dir, size_t memory, struct orders_builder **ret)
{
	struct orders_builder *b = calloc(1, sizeof(*b));

	if (b == NULL)
		return LEISHU_ENOMEM;
	b->memory = memory / ORDERS_MAX;
	if ((b->dir = bytes_dup(bytes_str(dir))) == NULL) {
		free(b);
		return LEISHU_ENOMEM;
	}
	*ret = b;
	return 0;
}

void
orders_builder_free(struct orders_builder *b)
{
	size_t i;

	if (b == NULL)
		return;
	for (i = 0; i < ORDERS_MAX; i++)
		sorter_free(b->s[i]);
	buf_release(&b->rec);
	free(b->dir);
	free(b);
}

static void
put(struct buf *out, struct bytes s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		buf_putc(out, s.p[i]);
		if (s.p[i] == 0)
			buf_putc(out, 0xff);
	}
	buf_add(out, "\0\0", 2);
}

/* The text that *r begins with, its end taken off *r. */
static struct bytes
take(struct bytes *r)
{
	struct bytes s = *r;
	size_t i;

	for (i = 0; i + 1 < r->n; i += r->p[i] == 0 ? 2 : 1)
		if (r->p[i] == 0 && r->p[i + 1] == 0)
			break;
	s.n = i;
	*r = bytes_sub(*r, i + 2, r->n);
	return s;
}

void
orders_builder_add(struct orders_builder *b, unsigned int i,
    struct bytes group_key, struct bytes label, struct bytes key, uint32_t no)
{
	struct sorter_opts so = { .dir = b->dir, .memory = b->memory };
	int k;

	if (b->err == 0 && i >= ORDERS_MAX)
		fail(b, LEISHU_EINVAL);
	if (b->err == 0 && b->s[i] == NULL)
		fail(b, sorter_new(&so, &b->s[i]));
	buf_clear(&b->rec);
	put(&b->rec, group_key);
	put(&b->rec, label);
	put(&b->rec, bytes_sub(key, 0, KEY_MAX));
	for (k = 24; k >= 0; k -= 8)
		buf_putc(&b->rec, (int)(no >> k & 0xff));
	fail(b, b->rec.err);
	if (b->err == 0)
		sorter_add(b->s[i], buf_view(&b->rec));
}

/* The group that is being written. */
struct open_group {
	struct buf head;	/* group key and label as they stand in records */
	struct buf label;
	uint32_t n;		/* places so far */
	uint32_t n_groups;
	struct buf groups;	/* those before */
};

static void
close_group(struct open_group *g)
{
	if (g->n == 0)
		return;
	buf_blob(&g->groups, buf_view(&g->label));
	buf_varint(&g->groups, g->n);
	g->n_groups++;
	g->n = 0;
}

static int
open_group(struct open_group *g, struct bytes head, struct bytes label)
{
	size_t i;

	buf_clear(&g->head);
	buf_bytes(&g->head, head);
	buf_clear(&g->label);
	for (i = 0; i < label.n; i += label.p[i] == 0 ? 2 : 1)
		buf_putc(&g->label, label.p[i]);
	return g->head.err ? g->head.err : g->label.err;
}

static void
write_order(struct orders_builder *b, struct sorter *s, unsigned int width,
    struct pack_writer *w)
{
	struct open_group g = { 0 };
	struct buf out = { 0 };
	struct bytes rec, rest, label, head;
	unsigned int k;
	int rc;

	buf_le32(&out, (uint32_t)sorter_count(s));
	buf_putc(&out, (int)width);
	fail(b, sorter_run(s));
	while (b->err == 0 && (rc = sorter_next(s, &rec)) != 0) {
		if (rc < 0) {
			fail(b, rc);
			break;
		}
		rest = rec;
		(void)take(&rest);
		label = take(&rest);
		head = bytes_sub(rec, 0, rec.n - rest.n);
		if (!bytes_eq(head, buf_view(&g.head))) {
			close_group(&g);
			fail(b, open_group(&g, head, label));
		}
		g.n++;
		for (k = 0; k < width; k++)
			buf_putc(&out, rec.p[rec.n - 1 - k]);
		if (out.n > 60000) {
			fail(b, out.err);
			pack_write(w, buf_view(&out));
			buf_clear(&out);
		}
	}
	close_group(&g);
	buf_varint(&out, g.n_groups);
	pack_write(w, buf_view(&out));
	pack_write(w, buf_view(&g.groups));
	fail(b, g.groups.err ? g.groups.err : out.err);
	buf_release(&g.head);
	buf_release(&g.label);
	buf_release(&g.groups);
	buf_release(&out);
}

int
orders_builder_finish(struct orders_builder *b, uint32_t n_entries,
    struct pack_writer *w)
{
	unsigned int i, width = 1;

	while (width < 4 && n_entries > 1u << (8 * width))
		width++;
	for (i = 0; i < ORDERS_MAX && b->err == 0; i++) {
		if (b->s[i] == NULL)
			continue;
		pack_chunk(w, ORDER_TAG(i));
		write_order(b, b->s[i], width, w);
		sorter_free(b->s[i]);
		b->s[i] = NULL;
		fail(b, pack_error(w));
	}
	return b->err;
}
