/* SPDX-License-Identifier: ISC */
#ifndef QUERY_SEARCH_NEAR_H
#define QUERY_SEARCH_NEAR_H

#include "query/search_eval.h"

/*
 * Near words for clauses of one word, when nothing matches: one edit from
 * four letters on, two from eight; the nearest that some entry has, the
 * word itself among them.  A word with a digit has none.  With all, words
 * that are met somewhere get near ones too.  *any: some clause has got one.
 * *ret has one for each clause.
 */
#define SEARCH_NEAR_MAX	32	/* near words for one */

int	search_near(const struct text_index *x, const struct search_query *q,
	    bool all, struct arena *a, struct search_near **ret, bool *any) MUST_CHECK;

#endif
