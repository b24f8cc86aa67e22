/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_FIND_H
#define LEISHU_FIND_H

/*
 * Which entry has this name, in any script, scheme or spelling.  Unstable
 * before 1.0; described in leishu(3).
 */

#include <stdbool.h>

#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct leishu_book;
struct leishu_hits;	/* an answer: hits, their number, or what was wrong */

enum leishu_find_mode {
	LEISHU_FIND_ALL,	/* every rule, typo only when nothing else fits */
	LEISHU_FIND_WHOLE,	/* the whole name only: no inner, prefix, typo */
	LEISHU_FIND_SUGGEST,	/* while typing: the end of the name is open */
};

struct leishu_find_options {
	size_t size;		/* sizeof(struct leishu_find_options) */
	enum leishu_find_mode mode;
	unsigned limit;		/* hits wanted, 10 unless said, at most 1000 */
};

struct leishu_hit {
	size_t size;
	struct leishu_text id, title;
	struct leishu_text matched;	/* the entry's name that fits, as written */
	struct leishu_text via;		/* the rule: "exact", "wade-giles", "typo" */
	struct leishu_text why;		/* one English sentence */
	double score;			/* falls from hit to hit */
};

LEISHU_API void leishu_find_options_defaults(struct leishu_find_options *o);

/*
 * Look the n bytes of query up; o may be NULL.  A query that cannot be read (broken UTF-8,
 * too long, empty) is an answer without hits that has an error in words.
 * Returns 0, LEISHU_EINVAL, LEISHU_EFORMAT (the book is damaged) or
 * LEISHU_ENOMEM; free *ret with leishu_hits_free, before the book closes.
 */
LEISHU_API int leishu_find(const struct leishu_book *b, const char *query,
    size_t n, const struct leishu_find_options *o, struct leishu_hits **ret);

LEISHU_API size_t leishu_hits_count(const struct leishu_hits *h);
/* Distinct entries that fit; *at_least (may be NULL): there may be more. */
LEISHU_API uint64_t leishu_hits_total(const struct leishu_hits *h, bool *at_least);
/* NULL past the last; what it points to lives as long as h and the book. */
LEISHU_API const struct leishu_hit *leishu_hits_at(const struct leishu_hits *h, size_t i);
/* What was wrong with the query, or NULL. */
LEISHU_API const char *leishu_hits_error(const struct leishu_hits *h);
/* The whole answer as one JSON object without a newline, as `find --json`;
   p NULL without memory. */
LEISHU_API struct leishu_text leishu_hits_json(const struct leishu_hits *h);
LEISHU_API void leishu_hits_free(struct leishu_hits *h);	/* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
