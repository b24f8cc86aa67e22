/* SPDX-License-Identifier: ISC */
#ifndef TEST_NAMES_FIX_H
#define TEST_NAMES_FIX_H

/* A name index of a few entries, made in a temporary file and mapped. */
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "index/index.h"
#include "index/names.h"
#include "sys/file.h"

struct fix {
	struct names_builder *b;
	struct arena arena;
	uint32_t n;
	char path[64];
	struct sys_map map;
	struct pack *pack;
	struct names names;
};

static inline int
fix_begin(struct fix *f)
{
	struct index_opts o = { "/tmp", 4u << 20 };

	memset(f, 0, sizeof(*f));
	(void)snprintf(f->path, sizeof(f->path), "/tmp/t_names.%ld", (long)getpid());
	return names_builder_new(&o, &f->b);
}

/*
 * One more entry: names parted by "|", the first its title; after a name
 * "=" its reading.  "~Lüda=旅大" stands in its prose.
 */
static inline void
fix_entry(struct fix *f, struct bytes row)
{
	struct name name[64];
	struct span span[64];
	struct entry e = { .name = name, .span = span };
	size_t end, eq;

	memset(name, 0, sizeof(name));
	memset(span, 0, sizeof(span));
	for (;;) {
		struct name *n = &name[e.n_names];

		end = MIN(bytes_find(row, B("|")), row.n);
		n->form = bytes_sub(row, 0, end);
		if ((eq = bytes_find(n->form, B("="))) != SIZE_MAX) {
			n->reading = bytes_sub(n->form, eq + 1, n->form.n);
			n->form = bytes_sub(n->form, 0, eq);
		}
		n->origin = e.n_names ? NAME_GIVEN : NAME_TITLE;
		if (bytes_starts(n->form, B("~"))) {
			span[e.n_spans].type = SPAN_TERM;
			span[e.n_spans].a = bytes_sub(n->form, 1, n->form.n);
			span[e.n_spans++].b = n->reading;
			n->reading = B("");
		} else {
			e.n_names++;
		}
		if (e.n_names + e.n_spans == NELEM(name) || end == row.n)
			break;
		row = bytes_sub(row, end + 1, row.n);
	}
	names_builder_add(f->b, f->n++, &e);
}

/* indegree: NULL for all alike. */
static inline int
fix_end(struct fix *f, const uint32_t *indegree)
{
	struct pack_writer *w = NULL;
	uint32_t *none = calloc(f->n + 1, sizeof(*none));
	int rc;

	if ((rc = pack_writer_open(f->path, &w)) == 0) {
		rc = names_builder_finish(f->b, indegree ? indegree : none, f->n, w);
		if (rc == 0)
			rc = pack_commit(w);
		else
			pack_abort(w);
	}
	free(none);
	names_builder_free(f->b);
	f->b = NULL;
	if (rc == 0 && (rc = sys_map_open(f->path, &f->map)) == 0 &&
	    (rc = pack_open(f->map.b, NULL, &f->pack)) == 0)
		rc = names_open(f->pack, NULL, &f->names);
	(void)unlink(f->path);
	return rc;
}

static inline void
fix_release(struct fix *f)
{
	pack_close(f->pack);
	sys_map_close(&f->map);
	names_builder_free(f->b);
	arena_release(&f->arena);
}

#endif
