/* SPDX-License-Identifier: ISC */
/* The public face: options, findings, the order of the steps. */
#include <errno.h>
#include <limits.h>

#include "build/inside.h"
#include "sys/dir.h"
#include "sys/thread.h"

#define MEMORY_DEFAULT	((size_t)512 << 20)
#define KEEP_DEFAULT	20

void
leishu_build_defaults(struct leishu_build_opts *o)
{
	*o = (struct leishu_build_opts){ .size = sizeof(*o),
	    .memory = MEMORY_DEFAULT, .keep = KEEP_DEFAULT };
}

int
leishu_build_new(const struct leishu_build_opts *o, const char **bad,
    struct leishu_build **ret)
{
	const char *which = NULL;
	struct leishu_build *b;
	int rc;

	if (o->size != sizeof(*o) || o->n_paths == 0)
		return LEISHU_EINVAL;
	if ((b = calloc(1, sizeof(*b))) == NULL)
		return LEISHU_ENOMEM;
	b->o = *o;
	if (b->o.threads == 0)
		b->o.threads = sys_cpus();
	if ((rc = diag_new(o->keep, &b->diag)) < 0 ||
	    (rc = (o->around ? collection_open_around : collection_open)(o->paths,
	    o->n_paths, b->diag, &which, &b->col)) < 0) {
		leishu_build_free(b);
		if (bad != NULL)
			*bad = which;
		return rc;
	}
	*ret = b;
	return 0;
}

void
leishu_build_free(struct leishu_build *b)
{
	if (b == NULL)
		return;
	links_builder_free(b->links);
	ids_free(b->ids);
	sys_spool_close(b->spool);
	files_release(&b->files);
	samples_release(&b->samples);
	near_release(&b->names);
	near_release(&b->keys);
	buf_release(&b->doc);
	collection_close(b->col);
	diag_free(b->diag);
	free(b->run);
	free(b->dir);
	free(b);
}

int
build_progress(const struct leishu_build *b, const char *step, uint64_t done,
    uint64_t total)
{
	if (b->o.progress == NULL)
		return 0;
	return b->o.progress(b->o.ctx, step, done, total) ? LEISHU_ESTOPPED : 0;
}

static int
run(struct leishu_build *b, const char *book)
{
	int rc;

	if (b->spool != NULL)
		return LEISHU_EINVAL;	/* once only */
	if ((rc = build_scan(b)) < 0)
		return rc;
	return build_pass(b, book);
}

/* Can a file be written there?  Better known now than after an hour. */
static int
may_write(const char *path)
{
	struct sys_out *o;
	int rc = sys_out_open(path, &o);

	if (rc == 0)
		sys_out_abort(o);
	return rc;
}

int
leishu_build_write(struct leishu_build *b, const char *book)
{
	const char *slash = strrchr(book, '/');
	int rc = may_write(book);

	if (rc < 0)
		return rc;
	b->dir = slash ? strndup(book, slash == book ? 1 : (size_t)(slash - book)) :
	    strdup(".");
	return b->dir == NULL ? LEISHU_ENOMEM : run(b, book);
}

int
leishu_build_check(struct leishu_build *b)
{
	const char *tmp = getenv("TMPDIR");

	b->dir = strdup(tmp != NULL && *tmp ? tmp : "/tmp");
	return b->dir == NULL ? LEISHU_ENOMEM : run(b, NULL);
}

struct leishu_build_counts
leishu_build_counts(const struct leishu_build *b)
{
	struct leishu_build_counts c = b->counts;

	c.errors = diag_count(b->diag, LEVEL_ERROR);
	c.warnings = diag_count(b->diag, LEVEL_WARNING);
	c.notes = diag_count(b->diag, LEVEL_NOTE);
	return c;
}

int
leishu_build_report(struct leishu_build *b, enum leishu_report how,
    enum leishu_level from, leishu_sink *put, void *ctx)
{
	struct buf out = { 0 };
	int rc;

	if (how == LEISHU_REPORT_TEXT)
		diag_text(b->diag, (enum diag_level)from, &out);
	else if (how == LEISHU_REPORT_JSON)
		diag_json(b->diag, (enum diag_level)from,
		    (size_t)b->counts.entries, &out);
	else
		diag_sarif(b->diag, (enum diag_level)from, &out);
	rc = out.err ? out.err : out.n ? put(ctx, out.p, out.n) : 0;
	buf_release(&out);
	return rc;
}
