/* SPDX-License-Identifier: ISC */
#ifndef ANNOTATE_INSIDE_H
#define ANNOTATE_INSIDE_H

#include "annotate/annotate.h"
#include "script/roman.h"

#define SPANS_MAX	65536	/* of one entry */

/* Spans as they are found, by any finder; sorted and rid of overlaps after. */
struct spans {
	struct arena *a;
	struct span *v;
	size_t n, cap;
};

struct span	*spans_add(struct spans *s);	/* NULL: no more room */

/* The tag of Han characters that are of either side, in this entry. */
const char	*han_lang(const struct entry *e, struct bytes collection, struct arena *a);

/* Languages, schemes, readings. */
void	names_annotate(struct entry *e, const char *han, struct arena *a);
void	terms_find(struct entry *e, const char *han, struct spans *s);
void	dates_find(struct entry *e, struct spans *s);

#endif
