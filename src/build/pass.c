/* SPDX-License-Identifier: ISC */
/* Steps 2 and 3: from the spool to the book. */
#include <errno.h>

#include "base/limits.h"
#include "book/write.h"
#include "book/tags.h"
#include "build/inside.h"
#include "build/order_keys.h"
#include "build/pipe.h"
#include "index/orders.h"
#include "pack/sort.h"
#include "sys/thread.h"

/* What the memory is divided into, in sixteenths. */
#define SHARE_LINKS	1
#define SHARE_IDS	1
#define SHARE_ORDERS	1
#define SHARE_NAMES	5
#define SHARE_TEXT	7
#define SHARE_TIME	1

struct pass {
	struct leishu_build *b;
	bool writing;
	struct pack_writer *w;		/* the book */
	struct pack_writer *part;	/* chunks made beside it */
	struct book_writer *store;
	struct sorter *by_id;		/* id, 00, u32 number, big-endian */
	struct buf rec;
	struct orders_builder *orders;
	struct order_keys *order_keys;
	struct names_builder *names;
	struct text_builder *text;
	struct time_builder *time;
	uint32_t *indegree;
	int names_rc, names_errno;
};

static struct index_opts
share(const struct leishu_build *b, unsigned int sixteenths)
{
	return (struct index_opts){ .dir = b->dir,
	    .memory = b->o.memory / 16 * sixteenths };
}

/* --- the stages ----------------------------------------------------------- */

static int
add_id(struct pass *p, struct bytes id, uint32_t no)
{
	int k;

	buf_clear(&p->rec);
	buf_bytes(&p->rec, id);
	buf_putc(&p->rec, 0);
	for (k = 24; k >= 0; k -= 8)
		buf_putc(&p->rec, (int)(no >> k & 0xff));
	sorter_add(p->by_id, buf_view(&p->rec));
	return p->rec.err;
}

static int
store_batch(void *ctx, struct batch *batch)
{
	struct pass *p = ctx;
	size_t i;
	int rc = 0;

	for (i = 0; i < batch->n && rc == 0; i++) {
		uint32_t no = batch->first + (uint32_t)i;

		links_builder_names(p->b->links, no, batch->e[i]);
		rc = add_id(p, batch->e[i]->id, no);
		if (rc < 0 || !p->writing)
			continue;
		book_writer_add(p->store, no, batch->e[i]);
		rc = order_keys_add(p->order_keys, p->orders, no, batch->e[i]);
	}
	return rc;
}

static int
names_batch(void *ctx, struct batch *batch)
{
	struct pass *p = ctx;
	size_t i;

	for (i = 0; i < batch->n; i++)
		names_builder_add(p->names, batch->first + (uint32_t)i, batch->e[i]);
	return 0;
}

static int
text_batch(void *ctx, struct batch *batch)
{
	struct pass *p = ctx;
	size_t i;

	for (i = 0; i < batch->n; i++) {
		uint32_t no = batch->first + (uint32_t)i;

		text_builder_add(p->text, no, batch->e[i]);
		time_builder_add(p->time, no, batch->e[i]);
	}
	return 0;
}

/* --- reading the spool ----------------------------------------------------- */

static int
give_id(struct leishu_build *b, uint32_t no, struct arena *a, struct entry *e)
{
	struct bytes id;
	int rc;

	if ((rc = ids_new_id(b->ids, no, &id)) > 0)
		e->id = arena_bytes(a, id);
	return rc < 0 ? rc : a->err;
}

static int
fill_batch(struct leishu_build *b, struct docs *docs, uint32_t *no, struct batch *batch)
{
	int rc = 1;

	batch->first = *no;
	while (!batch_full(batch) && (rc = docs_next(docs, &batch->a,
	    &batch->e[batch->n], &batch->place[batch->n])) > 0) {
		rc = give_id(b, *no, &batch->a, batch->e[batch->n]);
		if (rc < 0)
			return rc;
		batch->n++;
		++*no;
		rc = 1;
	}
	return rc;
}

static int
feed(struct pass *p, struct pipe *pipe)
{
	struct leishu_build *b = p->b;
	struct docs docs = { .b = b };
	struct batch *batch;
	uint32_t no = 0;
	int rc = 1, err;

	while (rc > 0) {
		if ((batch = pipe_take(pipe)) == NULL) {
			rc = LEISHU_ENOMEM;
			break;
		}
		if ((rc = fill_batch(b, &docs, &no, batch)) < 0)
			break;
		if ((err = pipe_give(pipe, batch)) < 0 ||
		    (err = build_progress(b, "indexing", no, b->n)) < 0)
			rc = err;
	}
	docs_release(&docs);
	return rc;
}

static int
run_stages(struct pass *p)
{
	stage_fn *const fn[] = { store_batch, names_batch, text_batch };
	void *const ctx[] = { p, p, p };
	struct pipe *pipe;
	int rc, end;

	/* For findings alone the links are all there is to feed. */
	rc = pipe_new(p->b->o.threads != 1, fn, ctx, p->writing ? NELEM(fn) : 1, &pipe);
	if (rc < 0)
		return rc;
	rc = feed(p, pipe);
	end = pipe_end(pipe);
	return end < 0 ? end : rc;
}

/* --- closing --------------------------------------------------------------- */

struct telling {
	struct leishu_build *b;
	struct arena a;
	struct entry *e;	/* at place */
	uint64_t place;
	struct entry_place where;	/* of e */
	int rc;
};

static void
tell_link(void *ctx, enum link_trouble what, uint32_t no, uint64_t place, uint32_t node)
{
	struct telling *t = ctx;

	(void)no;
	t->b->counts.dangling += what == LINK_NOWHERE;
	if (t->rc < 0)
		return;
	if (t->e == NULL || t->place != place) {
		arena_clear(&t->a);
		t->e = NULL;
		if ((t->rc = doc_at(t->b, place, &t->a, &t->e)) < 0)
			return;
		t->place = place;
		entry_place_make(t->e, &t->a, &t->where);
	}
	build_tell_link(t->b, what, t->e, &t->where, node);
}

static int
finish_links(struct pass *p, struct pack_writer *w)
{
	struct telling t = { .b = p->b };
	int rc = links_builder_finish(p->b->links, p->indegree, p->b->n,
	    tell_link, &t, w);

	arena_release(&t.a);
	links_builder_free(p->b->links);
	p->b->links = NULL;
	return rc < 0 ? rc : t.rc;
}

/* In a thread of its own, into chunks beside the book's. */
static void
finish_names(void *arg)
{
	struct pass *p = arg;

	p->names_rc = names_builder_finish(p->names, p->indegree, p->b->n, p->part);
	names_builder_free(p->names);
	p->names = NULL;
	if (p->names_rc == 0)
		p->names_rc = time_builder_finish(p->time, p->b->n, p->part);
	p->names_errno = errno;	/* which is a thread's own */
}

static int
finish_text(struct pass *p)
{
	int rc = orders_builder_finish(p->orders, p->b->n, p->w);

	if (rc == 0)
		rc = text_builder_finish(p->text, p->b->n, p->w);
	text_builder_free(p->text);
	p->text = NULL;
	return rc;
}

static int
finish_indexes(struct pass *p)
{
	struct sys_thread *t = NULL;
	int rc;

	if ((rc = pack_writer_part(p->b->dir, &p->part)) < 0)
		return rc;
	if (p->b->o.threads == 1)
		finish_names(p);
	else if ((rc = sys_thread_start(finish_names, p, &t)) < 0)
		return rc;
	rc = finish_text(p);
	sys_thread_join(t);
	if (rc == 0 && (rc = p->names_rc) < 0)
		errno = p->names_errno;
	pack_splice(p->w, p->part);
	p->part = NULL;
	return rc < 0 ? rc : pack_error(p->w);
}

static int
finish_ids(struct pass *p)
{
	struct bytes rec;
	const unsigned char *q;
	uint32_t no;
	int rc = p->writing ? book_writer_stored(p->store) : 0;

	if (rc < 0 || (rc = sorter_run(p->by_id)) < 0)
		return rc;
	while ((rc = sorter_next(p->by_id, &rec)) > 0) {
		q = rec.p + rec.n - 4;
		no = (uint32_t)q[0] << 24 | (uint32_t)q[1] << 16 |
		    (uint32_t)q[2] << 8 | q[3];
		links_builder_id(p->b->links, bytes_sub(rec, 0, rec.n - 5), no);
		if (p->writing)
			book_writer_id(p->store, no);
	}
	sorter_free(p->by_id);
	p->by_id = NULL;
	if (rc == 0 && p->writing)
		rc = book_writer_finish(p->store);
	book_writer_free(p->store);
	p->store = NULL;
	return rc;
}

static int
finish_meta(struct pass *p)
{
	struct buf meta = { 0 };
	int rc;

	build_meta(p->b, &meta);
	pack_chunk(p->w, TAG_META);
	pack_write(p->w, buf_view(&meta));
	rc = meta.err ? meta.err : build_refs(p->b, p->w);
	buf_release(&meta);
	return rc;
}

static int
open_book(struct pass *p, const char *book)
{
	struct leishu_build *b = p->b;
	struct index_opts names = share(b, SHARE_NAMES);
	struct index_opts text = share(b, SHARE_TEXT);
	struct index_opts dates = share(b, SHARE_TIME);
	struct book_writer_opts o = {
		.dir = b->dir,
		.samples = buf_view(&b->samples.text),
		.sample_len = b->samples.len,
		.n_samples = b->samples.n,
	};
	int rc;

	if ((rc = pack_writer_open(book, &p->w)) < 0 ||
	    (rc = book_writer_new(&o, p->w, &p->store)) < 0 ||
	    (rc = orders_builder_new(b->dir, share(b, SHARE_ORDERS).memory,
	    &p->orders)) < 0 ||
	    (rc = order_keys_new(&p->order_keys)) < 0)
		return rc;
	samples_release(&b->samples);
	if ((rc = names_builder_new(&names, &p->names)) < 0 ||
	    (rc = text_builder_new(&text, &p->text)) < 0)
		return rc;
	return time_builder_new(&dates, &p->time);
}

static int
write_rest(struct pass *p)
{
	int rc;

	if ((rc = finish_ids(p)) < 0 || (rc = finish_links(p, p->w)) < 0 ||
	    (rc = build_progress(p->b, "merging", p->b->n, p->b->n)) < 0 ||
	    (rc = finish_indexes(p)) < 0 || (rc = finish_meta(p)) < 0)
		return rc;
	rc = pack_commit(p->w);
	p->w = NULL;
	return rc;
}

/* The links are looked at as for a book, and what is written is dropped. */
static int
check_rest(struct pass *p)
{
	int rc;

	if ((rc = finish_ids(p)) < 0 ||
	    (rc = pack_writer_part(p->b->dir, &p->part)) < 0)
		return rc;
	return finish_links(p, p->part);
}

int
build_pass(struct leishu_build *b, const char *book)
{
	struct pass p = { .b = b, .writing = book != NULL };
	struct index_opts io = share(b, SHARE_IDS);
	struct sorter_opts so = { .dir = io.dir, .memory = io.memory };
	int rc;

	p.indegree = calloc((size_t)b->n + 1, sizeof(*p.indegree));
	rc = p.indegree == NULL ? LEISHU_ENOMEM : sorter_new(&so, &p.by_id);
	if (rc == 0 && p.writing)
		rc = open_book(&p, book);
	if (rc == 0)
		rc = run_stages(&p);
	if (rc == 0)
		rc = p.writing ? write_rest(&p) : check_rest(&p);
	pack_abort(p.w);
	pack_abort(p.part);
	book_writer_free(p.store);
	orders_builder_free(p.orders);
	order_keys_free(p.order_keys);
	names_builder_free(p.names);
	text_builder_free(p.text);
	time_builder_free(p.time);
	sorter_free(p.by_id);
	buf_release(&p.rec);
	free(p.indegree);
	return rc;
}
