/* SPDX-License-Identifier: ISC */
#ifndef INDEX_INDEX_H
#define INDEX_INDEX_H

#include "entry/entry.h"
#include "pack/pack.h"

/*
 * What every index builder gets.  Entries are added in ascending number;
 * numbers run from 0 in reading order without gaps.  A builder may be fed by
 * one thread while another builder is fed by another thread, never one by
 * two.  What it writes depends on the entries alone, not on memory.
 */
struct index_opts {
	const char *dir;	/* for spools */
	size_t memory;		/* bytes this builder may hold */
};

/* --- names: index/names_build.c, read by index/names.h ------------------- */
struct names_builder;
int	names_builder_new(const struct index_opts *o, struct names_builder **ret) MUST_CHECK;
void	names_builder_add(struct names_builder *b, uint32_t no, const struct entry *e);
/* indegree[no]: how many entries link to it. */
int	names_builder_finish(struct names_builder *b, const uint32_t *indegree,
	    uint32_t n_entries, struct pack_writer *w) MUST_CHECK;
void	names_builder_free(struct names_builder *b);

/* --- text: index/text_build.c, read by index/text.h ---------------------- */
struct text_builder;
int	text_builder_new(const struct index_opts *o, struct text_builder **ret) MUST_CHECK;
/* Indexes title, names, author and e->text. */
void	text_builder_add(struct text_builder *b, uint32_t no, const struct entry *e);
int	text_builder_finish(struct text_builder *b, uint32_t n_entries, struct pack_writer *w)
	    MUST_CHECK;
void	text_builder_free(struct text_builder *b);

/* --- time: index/time_build.c, read by index/time.h ---------------------- */
struct time_builder;
int	time_builder_new(const struct index_opts *o, struct time_builder **ret) MUST_CHECK;
void	time_builder_add(struct time_builder *b, uint32_t no, const struct entry *e);
int	time_builder_finish(struct time_builder *b, uint32_t n_entries, struct pack_writer *w)
	    MUST_CHECK;
void	time_builder_free(struct time_builder *b);

#endif
