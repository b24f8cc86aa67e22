/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_BOOK_H
#define LEISHU_BOOK_H

/* A compiled book, open for reading.  Any number of threads may read one. */

#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct leishu_book;

#define LEISHU_NONE	UINT32_MAX

/*
 * Opens and checks the frame of the file; costs the same for any size.  When
 * the book is damaged chunk (when not NULL) names the chunk, four letters and
 * a NUL.  Returns 0, LEISHU_ENOENT, LEISHU_EIO, LEISHU_EFORMAT,
 * LEISHU_EVERSION or LEISHU_ENOMEM.
 */
LEISHU_API int leishu_book_open(const char *path, char chunk[5], struct leishu_book **ret);
LEISHU_API void leishu_book_close(struct leishu_book *b);	/* NULL is fine */

LEISHU_API uint32_t leishu_book_count(const struct leishu_book *b);
/* Equal for equal books, and hardly ever otherwise. */
LEISHU_API uint64_t leishu_book_id(const struct leishu_book *b);
/* A JSON object: title, licence, languages, divisions, counts.  Borrowed. */
LEISHU_API struct leishu_text leishu_book_meta(const struct leishu_book *b);

/* The number of the entry with this id, or LEISHU_NONE. */
LEISHU_API uint32_t leishu_book_find(const struct leishu_book *b, struct leishu_text id);

/*
 * Numbers of up to max entries whose ids are like this one, the likest
 * first; returns how many.
 */
LEISHU_API size_t leishu_book_near(const struct leishu_book *b, struct leishu_text id,
    uint32_t *ret, size_t max);

struct leishu_card {
	struct leishu_text id, title, kind;
	struct leishu_text form, lang;	/* first name in another script; may be empty */
};
/* What a list shows of an entry.  Borrowed until the book is closed. */
LEISHU_API int leishu_book_card(const struct leishu_book *b, uint32_t no, struct leishu_card *ret);

/* Called with the next piece of an output; nonzero stops, and is given back. */
typedef int leishu_sink(void *ctx, const void *p, size_t n);

/* The bytes the entry was made from. */
LEISHU_API int leishu_book_source(const struct leishu_book *b, uint32_t no,
    leishu_sink *put, void *ctx);

/* All entries as JSON Lines, which build reads again to an equal book. */
LEISHU_API int leishu_book_dump(const struct leishu_book *b, leishu_sink *put, void *ctx);
/* A line a chunk: tag, offset, length, sum, what it holds. */
LEISHU_API int leishu_book_list(const struct leishu_book *b, leishu_sink *put, void *ctx);

/*
 * Proves the book whole: all sums, all entries, all numbers that point
 * somewhere.  Returns 0, or LEISHU_EFORMAT with the chunk named and the
 * reason in why (at most n bytes with its NUL).
 */
LEISHU_API int leishu_book_fsck(const struct leishu_book *b, char chunk[5],
    char *why, size_t n);

#ifdef __cplusplus
}
#endif
#endif
