/* SPDX-License-Identifier: ISC */
#ifndef BUILD_INSIDE_H
#define BUILD_INSIDE_H

#include <leishu/build.h>

#include "base/map.h"
#include "build/ids.h"
#include "build/near.h"
#include "collection/collection.h"
#include "index/links_build.h"
#include "sys/file.h"

/* A build under way, for the files of this module. */

/* Samples for the dictionary, spread over the input whatever its length. */
struct samples {
	struct buf text;
	size_t *len;
	size_t n, cap;
	uint64_t seen, stride;
};

void	samples_add(struct samples *s, struct bytes b);
void	samples_release(struct samples *s);

/* Names of source files, by number. */
struct files {
	struct map map;
	char **name;
	size_t n, cap;
	struct bytes last;	/* borrowed */
	uint32_t last_no;
};

/* The number of a name, or negative. */
int64_t	files_number(struct files *f, struct bytes name);
void	files_release(struct files *f);

/* A division's run of entries. */
struct division_run {
	size_t division;
	uint32_t first, n;
};

struct leishu_build {
	struct leishu_build_opts o;
	struct diag *diag;
	struct collection *col;
	struct leishu_build_counts counts;
	char *dir;		/* for spools */
	/* step 1 */
	struct sys_spool *spool;
	struct files files;
	struct samples samples;
	struct ids *ids;
	struct links_builder *links;
	struct near names, keys;	/* of entries, of references */
	struct division_run *run;
	size_t n_runs, cap_runs;
	uint32_t n;		/* entries */
	struct buf doc;
};

/*
 * An entry in the spool: varint length of what follows, varint file, varint
 * line, the entry as entry_encode writes it.
 */
int	doc_write(struct leishu_build *b, const struct entry *e, uint32_t file) MUST_CHECK;
/* The entry of a doc without its length, made in the arena, nothing borrowed. */
int	doc_read(const struct leishu_build *b, struct bytes doc, struct arena *a,
	    struct entry **ret) MUST_CHECK;
/* The one at a place of the spool. */
int	doc_at(const struct leishu_build *b, uint64_t place, struct arena *a,
	    struct entry **ret) MUST_CHECK;

/* All docs of the spool, one after another. */
struct docs {
	const struct leishu_build *b;
	uint64_t at;		/* of what is in buf from */
	size_t from, n;
	struct buf buf;
};

/* 1: there is one, at *place; 0: the end. */
int	docs_next(struct docs *d, struct arena *a, struct entry **ret, uint64_t *place) MUST_CHECK;
void	docs_release(struct docs *d);

/* Step 1: every source read once, spooled; ids, targets, samples taken. */
int	build_scan(struct leishu_build *b) MUST_CHECK;
/* Steps 2 and 3; book NULL: for the findings alone. */
int	build_pass(struct leishu_build *b, const char *book) MUST_CHECK;
/* The book's metadata: a JSON object. */
void	build_meta(const struct leishu_build *b, struct buf *out);
/* The collection's references into their chunk. */
struct pack_writer;
int	build_refs(const struct leishu_build *b, struct pack_writer *w) MUST_CHECK;
/* Calls progress if it is wanted and due. */
int	build_progress(const struct leishu_build *b, const char *step, uint64_t done,
	    uint64_t total) MUST_CHECK;
/* Says of node k of e that its link leads nowhere, or could lead to several. */
void	build_tell_link(struct leishu_build *b, enum link_trouble what,
	    const struct entry *e, const struct entry_place *place, uint32_t node);

#endif
