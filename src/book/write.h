/* SPDX-License-Identifier: ISC */
#ifndef BOOK_WRITE_H
#define BOOK_WRITE_H

#include "entry/entry.h"
#include "pack/pack.h"

/*
 * Writes the chunks of tags.h: entries are added in ascending number from
 * 0, then their numbers once more in the order of their ids.  What is
 * written depends on the entries alone.
 */
struct book_writer;

struct book_writer_opts {
	const char *dir;	/* for spools */
	struct bytes samples;	/* for the dictionary: sample_len[i] bytes each */
	const size_t *sample_len;
	size_t n_samples;
};

/* Begins the chunk of entries in w, which nobody else may use until stored. */
int	book_writer_new(const struct book_writer_opts *o, struct pack_writer *w,
	    struct book_writer **ret) MUST_CHECK;
void	book_writer_free(struct book_writer *b);

/* Sticky: the first failure is given by book_writer_stored. */
void	book_writer_add(struct book_writer *b, uint32_t no, const struct entry *e);

/* No more entries: closes their chunks and cards. */
int	book_writer_stored(struct book_writer *b) MUST_CHECK;
/* Then the numbers, in bytewise order of the ids. */
void	book_writer_id(struct book_writer *b, uint32_t no);
/* All ids were given. */
int	book_writer_finish(struct book_writer *b) MUST_CHECK;

/*
 * The collection's references: a CSL-JSON item by its key, any order.  The
 * first of two with one key is kept.
 */
int	book_writer_refs(struct pack_writer *w, const struct bytes *key,
	    const struct bytes *item, size_t n) MUST_CHECK;

#endif
