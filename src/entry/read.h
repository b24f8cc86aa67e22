/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_READ_H
#define ENTRY_READ_H

#include "diag/diag.h"
#include "entry/entry.h"

/*
 * Sources to documents.  One reader a source file (or stream); each call
 * gives the next entry, made in the arena, borrowing nothing from the file.
 */
struct entry_reader;

struct entry_reader_opts {
	const char *file;	/* as findings name it; "stdin" for a stream */
	struct bytes base;	/* id when the source gives none: file's base name */
	struct bytes lang;	/* the collection's language, "en" when empty */
	struct diag *diag;
};

/*
 * form by the file's ending (.md, .txt, .jsonl).  next_chunk style input:
 * data is the whole file for Markdown and prose; for JSON Lines a stream
 * is read through fill(ctx, to, n, &got) so that memory stays bounded.
 */
int	entry_reader_new(enum source_form form, const struct entry_reader_opts *o,
	    struct bytes data, struct entry_reader **ret) MUST_CHECK;
int	entry_reader_stream(const struct entry_reader_opts *o,
	    int (*fill)(void *ctx, void *to, size_t n, size_t *got), void *ctx,
	    struct entry_reader **ret) MUST_CHECK;
/* 1: *ret is the next entry; 0: the end; negative: the machine failed. */
int	entry_reader_next(struct entry_reader *r, struct arena *a, struct entry **ret) MUST_CHECK;
void	entry_reader_free(struct entry_reader *r);

#endif
