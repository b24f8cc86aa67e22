/* SPDX-License-Identifier: ISC */
#ifndef BOOK_INSIDE_H
#define BOOK_INSIDE_H

#include <stdatomic.h>

#include "book/book.h"
#include "book/tags.h"
#include "index/links.h"
#include "index/orders.h"
#include "sys/file.h"

/* An open book, for the files of this module. */

#define BOOK_SPARES	8

struct book {
	struct sys_map map;
	struct pack *pack;
	uint32_t n;		/* entries */
	uint32_t n_blocks;
	struct bytes meta, entries, blocks, cards, cardx, ids, refs;
	struct bytes *word;
	size_t n_words;
	void *ddict;		/* ZSTD_DDict, or NULL */
	/* Decompressors at rest; who finds none makes one. */
	_Atomic(void *) spare[BOOK_SPARES];
	struct links links;
	struct orders orders;
};

/* A row of BLKS, as it stands. */
struct block_row {
	uint64_t off;
	uint32_t packed, plain, sum, first;
};

struct block_row	block_row_at(const struct book *b, uint32_t i);
/* The entries of block i, encoded, in the arena: *ret[0..*n). */
int	block_read(const struct book *b, uint32_t i, struct arena *a,
	    struct bytes **ret, size_t *n) MUST_CHECK;
int	blocks_open(struct book *b, struct bytes dict) MUST_CHECK;
void	blocks_close(struct book *b);

int	cards_open(struct book *b, struct bytes words) MUST_CHECK;
void	cards_close(struct book *b);

#endif
