/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_BUILDER_H
#define INDEX_NAMES_BUILDER_H

/* What names_build.c collects and names_write.c writes; nobody else's. */
#include "base/map.h"
#include "index/index.h"
#include "pack/sort.h"
#include "index/names_key.h"

/* Growing bytes, one a key. */
struct rank_buf {
	struct buf rank, peak, titles;
};

struct names_builder {
	int err;
	struct index_opts opts;
	struct sorter *names;	/* key 0 entry index ... */
	struct sorter *links;	/* key 0 0 ordinal rank; key 0 1 reading via initials */
	struct sorter *terms;	/* term 0 ordinal */
	struct sorter *back;	/* reversed keys and readings */
	struct sorter *readings;	/* reading 0 via rank ordinal */
	struct sorter *initials;	/* initials 0 rank ordinal */
	struct map tag_map;
	struct map said;	/* forms of the present entry */
	struct buf tags;
	uint32_t n_tags;
	uint64_t n_names;
	uint32_t n_entries;
	const uint32_t *indegree;
	struct name_terms words;
	struct rank_buf key_rank, reading_rank;
	struct buf sole;
	struct buf head_steps;	/* of the first name of the block */
	struct buf key, rec, val, ops;	/* scratch */
	struct arena arena;	/* the names of one key */
	struct held *held;
	size_t cap_held;
};

/* A name as it comes out of the first sort. */
struct held {
	uint32_t no, indegree;
	uint32_t i;	/* among the names of its entry */
	uint8_t origin;
	bool known;
	uint32_t tag;
	struct bytes reading, form;
};

/* The first failure stays. */
void	names_fail(struct names_builder *b, int rc);
/* A sorter with that share of the memory. */
int	names_sorter(struct names_builder *b, size_t share, struct sorter **ret) MUST_CHECK;
/* b->rec into s. */
void	names_sort_in(struct names_builder *b, struct sorter *s);
/* High byte first, as sorters order it. */
void	put_be32(struct buf *out, uint32_t v);

#endif
