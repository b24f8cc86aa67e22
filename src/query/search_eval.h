/* SPDX-License-Identifier: ISC */
#ifndef QUERY_SEARCH_EVAL_H
#define QUERY_SEARCH_EVAL_H

#include "index/text.h"
#include "query/search_parse.h"

/*
 * Runs clauses against a text index: which entries have all of them, the
 * best of these by BM25, and how each came by its score.  The idf of a
 * phrase is the sum of its terms' idfs, its frequency how often it stands
 * there as a whole; title and names weigh more (TEXT_HEAD_WEIGHT).
 */
struct search_part;	/* a clause being looked up */

struct search_eval {
	const struct text_index *x;
	struct search_part *part;
	size_t n;
	struct text_cur **leg;	/* of all single terms and phrases, rarest first */
	size_t n_legs;
	uint32_t head_weight;
	bool none;		/* some clause is met nowhere */
};

/*
 * Near words in place of a clause of one word: any of them will do.  An
 * empty list means the clause as it stands.
 */
struct search_near {
	struct bytes *term;
	size_t n;
};

/*
 * near is NULL or has one for each clause.  All memory is the arena's, and e
 * must not outlive it.  Returns 0, EFORMAT or ENOMEM.
 */
int	search_eval_init(struct search_eval *e, const struct text_index *x,
	    const struct search_query *q, const struct search_near *near,
	    struct arena *a) MUST_CHECK;

struct search_found {
	uint32_t doc;
	float score;
};

/* The k best, falling; entries of equal score ascend. */
struct search_top {
	struct search_found *v;
	size_t n, k;
	const uint32_t *skip;	/* entries kept out of it, ascending */
	size_t n_skip;
	uint64_t total;		/* entries that match, those of skip too */
};

enum search_mode {
	SEARCH_BEST,	/* the best only: total is not set */
	SEARCH_ALL,	/* the best and the total */
	SEARCH_COUNT,	/* the total only */
};

/* v has room for k.  Uses e up: afterwards only a fresh one can be run. */
int	search_run(struct search_eval *e, enum search_mode mode, struct search_top *top) MUST_CHECK;

/*
 * Whether doc matches, and its score.  Must be asked with ascending entries.
 * 1, 0 or EFORMAT.
 */
int	search_at(struct search_eval *e, uint32_t doc, float *score) MUST_CHECK;

/* What a clause added. */
struct search_why {
	uint32_t freq;
	bool head;		/* in title or names */
	uint32_t df;		/* entries with it; of a phrase, with its rarest term */
	float idf, score;
	struct bytes term;	/* the near word that counted, or empty */
};
/* The most clause i can add to any entry. */
float	search_most(const struct search_eval *e, size_t i);
/* After search_at gave 1: of clause i. */
void	search_explain(const struct search_eval *e, size_t i, struct search_why *ret);

#endif
