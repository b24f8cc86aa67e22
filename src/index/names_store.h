/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_STORE_H
#define INDEX_NAMES_STORE_H

#include "base/buf.h"
#include "pack/dict.h"

/*
 * A dictionary (pack/dict.h) whose values are stretches of bytes, in a
 * second chunk: a key's number is the offset there of a blob.
 */
struct store {
	struct dict dict;
	struct bytes vals;
};

/* 0 or LEISHU_EFORMAT. */
int	store_open(struct bytes keys, struct bytes vals, struct store *ret) MUST_CHECK;
/* What c, a place in s, has as its value.  0 or LEISHU_EFORMAT. */
int	store_value(const struct store *s, const struct dict_cur *c, struct bytes *ret) MUST_CHECK;
/* Ordinals [*lo, *hi) of the keys that begin with prefix. */
int	store_range(const struct dict *d, struct bytes prefix, uint32_t *lo, uint32_t *hi)
	    MUST_CHECK;

struct store_writer;

int	store_writer_new(const char *dir, struct store_writer **ret) MUST_CHECK;
/* Keys ascending.  Sticky: the first failure is given by the end. */
void	store_writer_add(struct store_writer *w, struct bytes key, struct bytes val);
uint32_t	store_writer_count(const struct store_writer *w);
/* Writes both chunks; w can then only be freed. */
int	store_writer_end(struct store_writer *w, uint32_t keys, uint32_t vals,
	    struct pack_writer *pw) MUST_CHECK;
void	store_writer_free(struct store_writer *w);	/* NULL is fine */

#endif
