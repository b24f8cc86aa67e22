/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_CHECK_H
#define LEISHU_CHECK_H

/*
 * What leishu can say about sources: the table of codes.  The findings
 * themselves come from leishu_build_check (leishu/build.h).  Unstable before
 * 1.0; described in leishu(3).
 */
#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct leishu_check_code {
	const char *name;	/* "dangling-link" */
	const char *level;	/* "note", "warning" or "error" */
	const char *meaning;	/* one clause, lower case, no full stop */
	const char *hint;	/* what to do about it */
};

/* The i-th code into *ret; 0, or LEISHU_ENOENT past the last. */
LEISHU_API int leishu_check_code(size_t i, struct leishu_check_code *ret);

#ifdef __cplusplus
}
#endif
#endif
