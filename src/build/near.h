/* SPDX-License-Identifier: ISC */
#ifndef BUILD_NEAR_H
#define BUILD_NEAR_H

#include "entry/entry.h"

/*
 * What a link may have meant that leads nowhere, or a citation: words of the
 * collection, at most 8192, and asked for at most 256 times.  The author of
 * a larger book, or of more dead links, gets no such advice.
 */
struct near {
	struct arena a;
	struct near_name *v;
	size_t n, cap;
	size_t asked;
	bool full;
};

/* One word more; without memory it is not known. */
void	near_add(struct near *s, struct bytes word);
/* The id and the names of an entry. */
void	near_add_entry(struct near *s, const struct entry *e);
/* A word a slip or two from target, borrowed until near_release, or empty. */
struct bytes	near_find(struct near *s, struct bytes target);
void	near_release(struct near *s);

#endif
