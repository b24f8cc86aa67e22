/* SPDX-License-Identifier: ISC */
#ifndef BUILD_NEAR_H
#define BUILD_NEAR_H

#include "entry/entry.h"

/*
 * What a link may have meant that leads nowhere: names of the collection,
 * held while they are few.  A large book's author gets no such advice.
 */
struct near {
	struct arena a;
	struct near_name *v;
	size_t n, cap;
	size_t asked;
	bool full;
};

/* The id and the names of an entry; without memory they are not known. */
void	near_add(struct near *s, const struct entry *e);
/* A name a slip or two from target, or empty. */
struct bytes	near_find(struct near *s, struct bytes target);
void	near_release(struct near *s);

#endif
