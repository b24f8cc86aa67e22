/* SPDX-License-Identifier: ISC */
#ifndef INDEX_TEXT_H
#define INDEX_TEXT_H

#include "base/arena.h"
#include "index/text_code.h"
#include "pack/dict.h"

/*
 * The text index of an open book: for each term (script/token.h) the
 * entries that have it, how often, and where.  Borrows the pack; immutable,
 * for any number of threads.  A book without these chunks has no terms.
 */
struct text_index {
	struct dict dict;
	struct bytes post;
	struct bytes len;	/* a length code an entry */
	uint32_t n_docs;
	uint64_t total;		/* positions of all entries */
	float norm[256];	/* by length code */
};

/* Returns 0 or LEISHU_EFORMAT. */
int	text_open(const struct pack *p, struct text_index *ret) MUST_CHECK;
/* Reads every term and posting: 0 or EFORMAT. */
int	text_verify(const struct text_index *x) MUST_CHECK;

/* Entries with the term whose dictionary value this is; 0 on damage. */
uint32_t	text_df(const struct text_index *x, uint64_t value);

static inline float
text_norm(const struct text_index *x, uint32_t doc)
{
	return doc < x->len.n ? x->norm[x->len.p[doc]] : x->norm[255];
}

/*
 * A walk through the postings of one term, ascending by entry.  doc is
 * TEXT_END past the last one.  Damage ends the walk and is told by err.
 */
#define TEXT_END	UINT32_MAX

struct text_cur {
	const struct text_index *x;
	uint32_t df;		/* postings in all */
	uint32_t doc;
	int err;
	/* private */
	uint32_t n_blocks, block;	/* block: the one unpacked */
	uint32_t peek;			/* the block text_cur_bound looked at */
	struct bytes rows, docs, pos;
	uint32_t n, i;			/* postings in the block, present one */
	bool has_codes;
	uint32_t at;			/* positions before posting at_i of the block */
	uint32_t at_i;
	uint32_t pos_left, pos_last;	/* of text_cur_pos */
	bool pos_first;
	uint32_t group;			/* group in hand */
	uint32_t n_pos;			/* positions of the block */
	const unsigned char *bits;	/* of the group */
	struct bytes pos_block;
	uint32_t pos_at;
	uint32_t docv[TEXT_BLOCK];
	uint32_t code[TEXT_BLOCK];
};

/* 1, or 0 when no entry has the term, or EFORMAT. */
int	text_cur_open(struct text_cur *c, const struct text_index *x, struct bytes term) MUST_CHECK;
/* The same with the value the dictionary gave. */
int	text_cur_at(struct text_cur *c, const struct text_index *x, uint64_t value) MUST_CHECK;
/* To the first entry not below doc; never backwards. */
void	text_cur_seek(struct text_cur *c, uint32_t doc);

static inline void
text_cur_next(struct text_cur *c)
{
	if (c->i + 1 < c->n)
		c->doc = c->docv[++c->i];
	else if (c->doc != TEXT_END)
		text_cur_seek(c, c->doc + 1);
}

/* The code of the present posting: text_freq(code), and code & 1. */
uint32_t	text_cur_code(struct text_cur *c);
/*
 * The present posting and what follows it in its block: entries in doc,
 * codes in code; gives how many, 0 at the end.
 */
uint32_t	text_cur_block(struct text_cur *c, const uint32_t **doc, const uint32_t **code);
/*
 * The most text_impact can be for entries from doc up to and with *last,
 * looking no block up that is not needed.
 */
float	text_cur_bound(struct text_cur *c, uint32_t doc, uint32_t *last);
/* Positions of the present posting, ascending: start, then until false. */
void	text_cur_pos_start(struct text_cur *c);
bool	text_cur_pos(struct text_cur *c, uint32_t *pos);

#endif
