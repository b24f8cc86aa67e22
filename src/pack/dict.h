/* SPDX-License-Identifier: ISC */
#ifndef PACK_DICT_H
#define PACK_DICT_H

#include "base/base.h"
#include "pack/pack.h"

/*
 * A static sorted dictionary: byte strings to 64-bit values, in one chunk.
 * Keys are bytewise ascending and have an ordinal, 0 first.  Front-coded in
 * blocks of DICT_BLOCK with a sparse index, so that exact look-up, ranges,
 * prefixes and near words all read a few hundred bytes.  Values near the
 * one before take a byte or two, others up to ten.
 */
#define DICT_BLOCK	16
#define DICT_KEY_MAX	4096	/* bytes of one key */

/* --- writing: keys spooled to dir, memory does not grow ----------------- */
struct dict_builder;

int	dict_builder_new(const char *dir, struct dict_builder **ret) MUST_CHECK;
void	dict_builder_free(struct dict_builder *b);	/* NULL is fine */
/*
 * The next key, greater than the one before.  Sticky: the first failure
 * (EINVAL: not ascending, ELIMIT: too long) is given by dict_builder_write.
 */
void	dict_builder_add(struct dict_builder *b, struct bytes key, uint64_t value);
/* Writes all of it into the present chunk of w, at its start. */
int	dict_builder_write(struct dict_builder *b, struct pack_writer *w) MUST_CHECK;

/* --- reading ------------------------------------------------------------ */
struct dict {
	struct bytes index;	/* rows of 16: first 8 bytes of a key, offset */
	struct bytes data;
	uint64_t n;		/* keys */
	uint64_t n_blocks;
};

/*
 * Borrows the chunk.  The empty slice is the empty dictionary.  Damage is
 * found here or when a block is read; every read stays inside the chunk.
 */
int	dict_open(struct bytes chunk, struct dict *ret) MUST_CHECK;

/* A place in a dictionary.  Not to be copied: key points into it. */
struct dict_cur {
	const struct dict *d;
	uint64_t ord;		/* of the present key */
	uint64_t value;
	struct bytes key;	/* until the cursor moves */
	size_t shared;		/* bytes in common with the key before it in its block */
	const unsigned char *p, *end;	/* rest of the block */
	unsigned char buf[DICT_KEY_MAX];
};

/*
 * These give 1 when the cursor stands on a key, 0 past the last one (or, for
 * dict_find, when the key is not there), EFORMAT on damage.
 */
int	dict_at(struct dict_cur *c, const struct dict *d, uint64_t ord) MUST_CHECK;
/* The first key not less than key. */
int	dict_seek(struct dict_cur *c, const struct dict *d, struct bytes key) MUST_CHECK;
int	dict_next(struct dict_cur *c) MUST_CHECK;
/* The same as dict_seek for a key not less than the present one: quicker. */
int	dict_skip(struct dict_cur *c, struct bytes key) MUST_CHECK;
/* Exact look-up; ord and value may be NULL. */
int	dict_find(const struct dict *d, struct bytes key, uint64_t *ord, uint64_t *value)
	    MUST_CHECK;

/*
 * Keys within max edits of word: a letter more, less, other, or two
 * neighbours exchanged (each pair once).  Letters are code points.  Only
 * keys in [lo, hi) are looked at; an empty hi is the end.  hit gets each, in
 * order of keys; what it returns other than 0 stops the walk and is given
 * back.  A word of more than DICT_NEAR_MAX letters has no near keys.
 */
#define DICT_NEAR_MAX	64
typedef int	dict_near_fn(void *ctx, const struct dict_cur *c, unsigned edits);
int	dict_near(const struct dict *d, struct bytes word, unsigned max,
	    struct bytes lo, struct bytes hi, dict_near_fn *hit, void *ctx) MUST_CHECK;
/*
 * The same, but with at most head_max of the edits within the first head
 * letters of word: far fewer keys are looked at.  With the same asked of the
 * reversed word in a dictionary of reversed keys, only an exchange of the
 * two letters at the end of the head may be missed.
 */
int	dict_near_head(const struct dict *d, struct bytes word, unsigned max,
	    unsigned head, unsigned head_max, struct bytes lo, struct bytes hi,
	    dict_near_fn *hit, void *ctx) MUST_CHECK;

#endif
