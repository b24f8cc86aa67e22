/* SPDX-License-Identifier: ISC */
/* Step 1: sources to spool. */
#include "annotate/annotate.h"
#include "base/limits.h"
#include "base/vec.h"
#include "build/inside.h"
#include "build/pipe.h"
#include "check/check.h"
#include "record/record.h"

static int
count(struct leishu_build *b, const struct entry *e)
{
	size_t i;

	b->counts.entries += !diag_is_muted(b->diag, e->file);
	b->counts.bytes += e->source.n;
	b->counts.spans += e->n_spans;
	for (i = 0; i < e->n_names; i++)
		b->counts.names += e->name[i].origin != NAME_PROSE;
	for (i = 0; i < e->n_nodes; i++)
		b->counts.links += e->node[i].type == NODE_XREF;
	return b->n == LIMIT_ENTRIES ? LEISHU_ELIMIT : 0;
}

static int
spool_one(struct leishu_build *b, const struct entry *e)
{
	int64_t file = files_number(&b->files, e->file);
	int rc;

	if (file < 0)
		return (int)file;
	if ((rc = count(b, e)) < 0)
		return rc;
	ids_add(b->ids, e->id, b->files.name[file], e->line, b->n);
	links_builder_targets(b->links, b->n, e, sys_spool_size(b->spool));
	near_add_entry(&b->names, e);
	b->n++;
	return doc_write(b, e, (uint32_t)file);
}

static bool
has_reference(void *ctx, struct bytes key)
{
	const struct leishu_build *b = ctx;

	return collection_has_reference(b->col, key);
}

static struct bytes
like_reference(void *ctx, struct bytes key)
{
	struct leishu_build *b = ctx;
	struct bytes one;
	size_t i;

	if (b->keys.asked == 0)
		for (i = 0; (one = collection_reference_key(b->col, i)).n; i++)
			near_add(&b->keys, one);
	return near_find(&b->keys, key);
}

/* What the entry says by itself: spans, statements, and what is wrong with it. */
static int
understand(struct leishu_build *b, struct entry *e, struct arena *a)
{
	struct check c = { b->diag, a, b, has_reference, like_reference };
	int rc;

	if ((rc = annotate_entry(e, collection_lang(b->col), a)) < 0 ||
	    (rc = record_statements(e, a)) < 0)
		return rc;
	check_entry(&c, e);
	return 0;
}

static int
spool_batch(void *ctx, struct batch *batch)
{
	struct leishu_build *b = ctx;
	size_t i;
	int rc = 0;

	for (i = 0; i < batch->n && rc == 0; i++)
		if ((rc = understand(b, batch->e[i], &batch->a)) == 0)
			rc = spool_one(b, batch->e[i]);
	return rc;
}

/* One more entry of a division, which may begin or go on. */
static int
add_run(struct leishu_build *b, size_t division, uint32_t no)
{
	struct division_run *r = b->n_runs ? &b->run[b->n_runs - 1] : NULL;
	int rc;

	if (division == COLLECTION_NONE)
		return 0;
	if (r != NULL && r->division == division) {
		r->n++;
		return 0;
	}
	rc = vec_room(&b->run, b->n_runs, &b->cap_runs, sizeof(*b->run), UINT32_MAX);
	if (rc == 0)
		b->run[b->n_runs++] = (struct division_run){ division, no, 1 };
	return rc;
}

/* Fills batches until the sources end. */
static int
read_all(struct leishu_build *b, struct collection_walk *walk, struct pipe *p)
{
	struct batch *batch;
	uint32_t no = 0;
	size_t division;
	int rc = 1;

	while (rc > 0) {
		if ((batch = pipe_take(p)) == NULL)
			return LEISHU_ENOMEM;
		while (!batch_full(batch) && (rc = collection_walk_next(walk,
		    &batch->a, &batch->e[batch->n], &division)) > 0) {
			batch->n++;
			if ((rc = add_run(b, division, no++)) < 0)
				break;
			rc = 1;
		}
		if (rc >= 0) {
			int err = pipe_give(p, batch);

			if (err == 0)
				err = build_progress(b, "reading", no, 0);
			if (err < 0)
				return err;
		}
	}
	return rc;
}

int
build_scan(struct leishu_build *b)
{
	struct index_opts io = { .dir = b->dir, .memory = b->o.memory / 8 };
	stage_fn *const fn[] = { spool_batch };
	void *const ctx[] = { b };
	struct collection_walk *walk = NULL;
	struct pipe *p = NULL;
	int rc, end;

	buf_init(&b->doc, 0);
	if ((rc = sys_spool_open(b->dir, &b->spool)) < 0 ||
	    (rc = ids_new(b->dir, b->o.memory / 8, &b->ids)) < 0 ||
	    (rc = links_builder_new(&io, &b->links)) < 0 ||
	    (rc = collection_walk_new(b->col, b->diag, &walk)) < 0 ||
	    (rc = pipe_new(b->o.threads != 1, fn, ctx, 1, &p)) < 0)
		goto out;
	rc = read_all(b, walk, p);
	end = pipe_end(p);
	rc = end < 0 ? end : rc;
	buf_release(&b->doc);
	if (b->n == 0 && diag_count_code(b->diag, DIAG_COLLECTION_EMPTY) == 0)
		diag_add(b->diag, DIAG_COLLECTION_EMPTY, &(struct diag_at){ 0 },
		    "there is no entry here");
	if (rc == 0)
		rc = ids_settle(b->ids, b->diag);
out:
	collection_walk_free(walk);
	return rc;
}
