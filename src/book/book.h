/* SPDX-License-Identifier: ISC */
#ifndef BOOK_BOOK_H
#define BOOK_BOOK_H

#include "entry/entry.h"
#include "pack/pack.h"

/*
 * A book open for reading.  Immutable; any number of threads may read one.
 * Entry numbers run from 0 in reading order and are private to the book.
 */
struct book;

#define BOOK_NONE	UINT32_MAX

/*
 * On damage chunk (when not NULL) names the chunk.  Returns 0, ENOENT, EIO,
 * EFORMAT, EVERSION or ENOMEM.
 */
int	book_open(const char *path, char chunk[5], struct book **ret) MUST_CHECK;
/* The same on an image in memory, which is borrowed. */
int	book_open_image(struct bytes img, char chunk[5], struct book **ret) MUST_CHECK;
void	book_close(struct book *b);

uint32_t	book_count(const struct book *b);
uint64_t	book_id(const struct book *b);
const struct pack	*book_pack(const struct book *b);
/* A JSON object: title, licence, divisions, counts. */
struct bytes	book_meta(const struct book *b);

/* Number of an id, or BOOK_NONE. */
uint32_t	book_find_id(const struct book *b, struct bytes id);
/* Up to max entries with ids like this one, the likest first. */
size_t	book_near_ids(const struct book *b, struct bytes id, uint32_t *ret, size_t max);

/*
 * What a list shows of an entry, without unpacking it: borrowed from the
 * image.  EFORMAT when damaged.
 */
struct card {
	struct bytes id;
	struct bytes title;
	struct bytes kind;
	struct bytes form;	/* first name in another script than the title, or empty */
	struct bytes lang;	/* of form */
};
int	book_card(const struct book *b, uint32_t no, struct card *ret) MUST_CHECK;

/* The whole entry, made in the arena. */
int	book_entry(const struct book *b, uint32_t no, struct arena *a, struct entry **ret)
	    MUST_CHECK;

/*
 * All entries one after another, each block unpacked once.  The entry is
 * borrowed until the next call.  1: there is one, 0: the end.
 */
struct book_walk;
int	book_walk_new(const struct book *b, struct book_walk **ret) MUST_CHECK;
int	book_walk_next(struct book_walk *w, struct entry **ret) MUST_CHECK;
void	book_walk_free(struct book_walk *w);

/*
 * Links.  The target of a link in one of the book's entries, by id, then by
 * name; BOOK_NONE: dangling, or no id and nowhere linked to.
 */
uint32_t	book_resolve(const struct book *b, struct bytes target);
/* Entries that link here, ascending, but for itself. */
int	book_links_in(const struct book *b, uint32_t no, struct arena *a,
	    uint32_t **ret, size_t *n) MUST_CHECK;
uint32_t	book_indegree(const struct book *b, uint32_t no);

/*
 * Orders to browse by.  An order is a list of groups (a letter, a number of
 * strokes, a radical, a kind, a subject), each a run of entries.
 */
enum book_order {
	ORDER_PINYIN, ORDER_STROKE, ORDER_RADICAL, ORDER_KIND, ORDER_SUBJECT, ORDER__MAX
};
struct book_group {
	struct bytes label;	/* "L", "12", "水", "place", "history/places" */
	uint32_t first, n;	/* places first..first+n-1 of the order */
};
int	book_groups(const struct book *b, enum book_order o, struct arena *a,
	    struct book_group **ret, size_t *n) MUST_CHECK;
/* The entry at a place of an order, or BOOK_NONE. */
uint32_t	book_at(const struct book *b, enum book_order o, uint32_t place);

/*
 * Proves the book whole: every sum, every entry, every number that points
 * somewhere.  0 or EFORMAT with the chunk named and the reason in why.
 */
int	book_fsck(const struct book *b, char chunk[5], struct buf *why) MUST_CHECK;
/* All of that but the sums of the chunks. */
int	book_check(const struct book *b, char chunk[5], struct buf *why) MUST_CHECK;

/* A CSL-JSON item of the collection's references, by key; empty if none. */
struct bytes	book_reference(const struct book *b, struct bytes key);

#endif
