/* SPDX-License-Identifier: ISC */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "diag/diag.h"
#include "entry/entry.h"

/*
 * Rules: what may be wrong with an entry that could be read.  One rule a
 * file, all in the table of check.c.  A rule reads and tells, it changes
 * nothing.  What hangs on other entries (ids, links) is told by the joins
 * of the build.
 */
struct check {
	struct diag *diag;
	struct arena *a;	/* for the time of one entry */
	void *ctx;
	/* Is there a reference with this key in the collection? */
	bool (*has_reference)(void *ctx, struct bytes key);
	/* The key that this one may have meant, or empty. */
	struct bytes (*like_reference)(void *ctx, struct bytes key);
};

void	check_entry(const struct check *c, const struct entry *e);

/* Where a name of the head stands. */
void	check_name_where(const struct check *c, const struct entry *e, const struct name *n,
	    struct diag_at *ret);

/* One each; the table in check.c calls them. */
void	check_kind(const struct check *c, const struct entry *e);
void	check_citations(const struct check *c, const struct entry *e);
void	check_dates(const struct check *c, const struct entry *e);
void	check_readings(const struct check *c, const struct entry *e);

#endif
