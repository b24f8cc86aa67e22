/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_BUILD_H
#define LEISHU_BUILD_H

/* Sources to a book, or to findings alone. */

#include <leishu/base.h>
#include <leishu/book.h>	/* leishu_sink */

#ifdef __cplusplus
extern "C" {
#endif

struct leishu_build_opts {
	size_t size;			/* of this struct, by leishu_build_defaults */
	const char *const *paths;	/* folders, files, "-" for JSON Lines on stdin */
	size_t n_paths;
	size_t memory;			/* bytes the whole may hold, about */
	unsigned int threads;		/* 1: none besides the caller's; 0: as fits */
	size_t keep;			/* findings of one kind held; 0: all */
	/*
	 * Not 0: for a path inside a collection the collection's names and
	 * references count, and what is found in its other files does not.
	 */
	int around;
	/*
	 * Now and then, from the caller's thread: entries done of total (0:
	 * not known).  What is not 0 stops with LEISHU_ESTOPPED.
	 */
	int (*progress)(void *ctx, const char *step, uint64_t done, uint64_t total);
	void *ctx;
};

LEISHU_API void leishu_build_defaults(struct leishu_build_opts *o);

struct leishu_build;

/*
 * Borrows nothing from o but progress and ctx.  Returns 0, LEISHU_ENOENT
 * when a path is not there (bad, when not NULL, then names it, one of
 * o->paths), LEISHU_EINVAL or LEISHU_ENOMEM.
 */
LEISHU_API int leishu_build_new(const struct leishu_build_opts *o, const char **bad,
    struct leishu_build **ret);
LEISHU_API void leishu_build_free(struct leishu_build *b);	/* NULL is fine */

/*
 * Either of the two, once.  A book appears whole or not at all: when it
 * cannot be written, what stood there stays.  Findings are no failure.
 */
LEISHU_API int leishu_build_write(struct leishu_build *b, const char *book);
LEISHU_API int leishu_build_check(struct leishu_build *b);

enum leishu_level { LEISHU_NOTE = 1, LEISHU_WARNING, LEISHU_ERROR };

struct leishu_build_counts {
	uint64_t entries, names, links, dangling, spans, bytes;	/* bytes of source */
	uint64_t errors, warnings, notes;
};

LEISHU_API struct leishu_build_counts leishu_build_counts(const struct leishu_build *b);

enum leishu_report { LEISHU_REPORT_TEXT, LEISHU_REPORT_JSON, LEISHU_REPORT_SARIF };

/* The findings at or above a level, by file and line. */
LEISHU_API int leishu_build_report(struct leishu_build *b, enum leishu_report how,
    enum leishu_level from, leishu_sink *put, void *ctx);

#ifdef __cplusplus
}
#endif
#endif
