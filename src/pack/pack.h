/* SPDX-License-Identifier: ISC */
#ifndef PACK_PACK_H
#define PACK_PACK_H

#include "base/base.h"

/*
 * A book file is a set of tagged chunks over one read-only image.  The
 * byte layout belongs to leishu-book(5) and to pack/writer.c.
 */
#define TAG(a, b, c, d) \
	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

#define PACK_CHUNKS	64	/* most in one file; a larger count is damage */
#define PACK_SMALL	(64u << 10)	/* chunks up to this are proved on opening */

/* --- writing: one chunk after another, each from front to back ---------- */
struct pack_writer;

int	pack_writer_open(const char *path, struct pack_writer **ret) MUST_CHECK;
/*
 * A writer into a nameless file in dir, for chunks made by another thread;
 * in the end pack_splice puts them into the book's writer.
 */
int	pack_writer_part(const char *dir, struct pack_writer **ret) MUST_CHECK;
/* Begin a chunk; the one before is closed.  Chunks begin at a multiple of 8. */
void	pack_chunk(struct pack_writer *w, uint32_t tag);
void	pack_write(struct pack_writer *w, struct bytes b);
/* Bytes of the present chunk so far. */
uint64_t	pack_tell(const struct pack_writer *w);
/* First failure so far, 0 when none. */
int	pack_error(const struct pack_writer *w);
/* All chunks of the part, in order, after those of w.  Frees part; NULL is fine. */
void	pack_splice(struct pack_writer *w, struct pack_writer *part);
/* Table, header, sync, rename.  Frees w.  EIO: errno says why. */
int	pack_commit(struct pack_writer *w) MUST_CHECK;
void	pack_abort(struct pack_writer *w);	/* removes the file; NULL is fine */

/* --- reading ------------------------------------------------------------ */
struct pack;

struct pack_row {
	uint32_t tag;
	uint64_t off;	/* in the image */
	uint64_t sum;
	struct bytes data;
};

/*
 * Checks header, table and small chunks; every slice handed out lies inside
 * the image.  Borrows img.  On damage *chunk (when not NULL) names the chunk
 * as four letters and a NUL ("head" and "tabl" for the frame).  Returns 0,
 * EFORMAT, EVERSION or ENOMEM.
 */
int	pack_open(struct bytes img, char chunk[5], struct pack **ret) MUST_CHECK;
void	pack_close(struct pack *p);
/* An absent chunk is the empty slice, not an error. */
struct bytes	pack_get(const struct pack *p, uint32_t tag);
/* Proves the sum of every chunk: 0 or EFORMAT with the chunk named. */
int	pack_verify(const struct pack *p, char chunk[5]) MUST_CHECK;
uint64_t	pack_id(const struct pack *p);	/* checksum of the table */
/* The chunks in the order of the file. */
const struct pack_row	*pack_rows(const struct pack *p, size_t *n);
/* A tag as letters; what is no printable ASCII becomes '?'. */
void	pack_tag_name(uint32_t tag, char name[5]);

#endif
