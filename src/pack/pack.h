/* SPDX-License-Identifier: ISC */
#ifndef PACK_PACK_H
#define PACK_PACK_H

#include "base/base.h"

/*
 * A book file is a set of tagged chunks over one read-only image.  The
 * byte layout belongs to leishu-book(5) and to pack/writer.c.
 */
#define TAG(a, b, c, d)	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* --- writing: one chunk after another, each from front to back ---------- */
struct pack_writer;

int	pack_writer_open(const char *path, struct pack_writer **ret) MUST_CHECK;
/* Begin a chunk; the one before is closed.  Chunks begin at a multiple of 8. */
void	pack_chunk(struct pack_writer *w, uint32_t tag);
void	pack_write(struct pack_writer *w, struct bytes b);
/* Bytes of the present chunk so far. */
uint64_t	pack_tell(const struct pack_writer *w);
/* First failure so far, 0 when none. */
int	pack_error(const struct pack_writer *w);
/* Table, header, sync, rename.  Frees w. */
int	pack_commit(struct pack_writer *w) MUST_CHECK;
void	pack_abort(struct pack_writer *w);	/* removes the file; NULL is fine */

/* --- reading ------------------------------------------------------------ */
struct pack;

/*
 * Checks header, table and small chunks; every slice handed out lies inside
 * the image.  Borrows img.  On damage *chunk (when not NULL) names the chunk
 * as four letters and a NUL.  Returns 0, EFORMAT, EVERSION or ENOMEM.
 */
int	pack_open(struct bytes img, char chunk[5], struct pack **ret) MUST_CHECK;
void	pack_close(struct pack *p);
/* An absent chunk is the empty slice, not an error. */
struct bytes	pack_get(const struct pack *p, uint32_t tag);
/* Proves the sum of every chunk: 0 or EFORMAT with the chunk named. */
int	pack_verify(const struct pack *p, char chunk[5]) MUST_CHECK;
uint64_t	pack_id(const struct pack *p);	/* checksum of the table */

#endif
