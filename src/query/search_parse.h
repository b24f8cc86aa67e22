/* SPDX-License-Identifier: ISC */
#ifndef QUERY_SEARCH_PARSE_H
#define QUERY_SEARCH_PARSE_H

#include "base/arena.h"

/*
 * A full-text query as clauses that must all hold.  A clause is a phrase:
 * terms at fixed distances; most are one word or the pairs of a run of Han.
 */
#define SEARCH_TERMS_MAX	256

struct search_term {
	struct bytes term;	/* folded */
	uint32_t at;		/* position in the phrase, the first 0 */
};

struct search_clause {
	struct search_term *term;
	size_t n;
	bool words;		/* all terms are words: near ones may be tried */
	struct bytes text;	/* as typed, without quotes */
};

struct search_query {
	struct search_clause *clause;
	size_t n;
	size_t n_terms;
};

/*
 * Made in the arena; text borrows from q.  A query that cannot be used gives
 * ELIMIT or ESYNTAX and *why in words; takes time in proportion to its
 * length.
 */
int	search_parse(struct bytes q, struct arena *a, struct search_query *ret,
	    const char **why) MUST_CHECK;

#endif
