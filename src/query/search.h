/* SPDX-License-Identifier: ISC */
#ifndef QUERY_SEARCH_H
#define QUERY_SEARCH_H

#include <leishu/search.h>

#include "base/arena.h"
#include "base/buf.h"
#include "book/book.h"
#include "index/text.h"

/*
 * Full-text search on anything that has a text index: what the public calls
 * (leishu/search.h) do on a book.
 */

/* An entry of which the query is a name. */
struct search_name {
	uint32_t no;
	struct bytes matched, why;
};

struct search_source {
	const struct text_index *text;
	void *ctx;
	int (*card)(void *ctx, uint32_t no, struct bytes *id, struct bytes *title);
	int (*entry)(void *ctx, uint32_t no, struct arena *a, struct entry **ret);
	/*
	 * Entries that have the query as a name (near: as one with a slip of
	 * the pen), the best first.  NULL: there is nobody to ask.
	 */
	int (*names)(void *ctx, struct bytes query, bool near, struct arena *a,
	    struct search_name **ret, size_t *n);
};

#define SEARCH_NAMES_MAX	100	/* of them are put first */

struct search_opts {
	unsigned limit, from;
	bool explain;
	unsigned columns;	/* of a snippet; 0: 160 */
};

/* What a clause of the query added to a hit. */
struct search_share {
	struct bytes term;	/* as typed, or the near word */
	uint32_t freq, df;
	bool head;		/* in title or names */
	double idf, score;
};

struct search_hit {
	uint32_t no;
	struct bytes id, title;
	struct bytes matched, why;
	const char *via;
	struct bytes snippet, plain;
	double score;
	struct search_share *share;	/* with explain */
	size_t n_shares;
};

struct search_result {
	struct search_hit *hit;
	size_t n;
	uint64_t total;
	const char *error;	/* what is wrong with the query, or NULL */
	struct bytes note;	/* what else is to be said, or empty */
};

/*
 * Everything in *ret is made in the arena or borrowed from the source.
 * Returns 0, EINVAL, EFORMAT or ENOMEM; a query that cannot be read is no
 * failure but has ret->error.
 */
int	search_query(const struct search_source *s, struct bytes query,
	    const struct search_opts *o, struct arena *a, struct search_result *ret) MUST_CHECK;

int	search_in_book(const struct book *b, struct bytes query,
	    const struct search_opts *o, struct arena *a, struct search_result *ret) MUST_CHECK;

/* {"query":...,"total":...,"hits":[...]} */
void	search_json(struct bytes query, const struct search_opts *o,
	    const struct search_result *r, struct buf *out);

#endif
