/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_BASE_H
#define LEISHU_BASE_H

/*
 * What every public header of libleishu shares: error codes, the marker of
 * exported functions, a borrowed stretch of bytes.  Unstable before 1.0.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LEISHU_API	__attribute__((visibility("default")))
#define LEISHU_VERSION	"0.1.0"

/*
 * Functions return 0 (or a count) when they did what they say, and one of
 * these when they did not.  After a failure the outputs are as they were.
 */
enum leishu_error {
	LEISHU_OK = 0,
	LEISHU_ENOMEM = -1,	/* out of memory */
	LEISHU_EIO = -2,	/* the system refused; errno says more */
	LEISHU_EFORMAT = -3,	/* a book or spool is damaged */
	LEISHU_ESYNTAX = -4,	/* text from outside that cannot be read */
	LEISHU_ELIMIT = -5,	/* larger than limits.h allows */
	LEISHU_ENOENT = -6,	/* there is no such thing */
	LEISHU_EINVAL = -7,	/* the caller asked for nonsense */
	LEISHU_EVERSION = -8,	/* a book of a newer format */
	LEISHU_ESTOPPED = -9,	/* a signal or a callback asked to stop */
};

/* English words for a code, lower case, no full stop; never NULL. */
LEISHU_API const char *leishu_strerror(int code);
LEISHU_API const char *leishu_version(void);

/*
 * Which of the n known words, ASCII all, an unknown one was meant for: the
 * nearest, a slip or two away and none for the shortest; NULL when none is.
 */
LEISHU_API const char *leishu_nearest(const char *word, const char *const *known, size_t n);

/* Borrowed bytes; n counts, there need not be a NUL. */
struct leishu_text {
	const char *p;
	size_t n;
};

#ifdef __cplusplus
}
#endif
#endif
