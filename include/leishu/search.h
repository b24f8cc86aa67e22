/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_SEARCH_H
#define LEISHU_SEARCH_H

/*
 * Full text.  Words are AND; a run of Han is its text as it stands; "..." is
 * a phrase; words bound by a hyphen or a point are one too; other signs are
 * text.  Script, case and marks do not count.  Entries of which the query is
 * a name come first; when nothing matches, near words are tried.  Unstable
 * before 1.0; described in leishu(3).
 */

#include <stdbool.h>

#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct leishu_book;
struct leishu_search;	/* an answer: hits, their number, or what was wrong */

#define LEISHU_SEARCH_DEEPEST	10000	/* hits that can be reached by from */

struct leishu_search_options {
	size_t size;		/* sizeof(struct leishu_search_options) */
	unsigned limit;		/* hits wanted, 10 unless said, at most 1000 */
	unsigned from;		/* hits passed over before */
	bool explain;		/* terms and their scores too */
};

struct leishu_search_hit {
	size_t size;
	struct leishu_text id, title;
	struct leishu_text matched;	/* the words that fit, as written */
	struct leishu_text via;		/* "name", "text" or "typo" */
	struct leishu_text why;		/* one English sentence */
	struct leishu_text snippet;	/* safe HTML with <mark> */
	struct leishu_text plain;	/* the same as text, marks as \1 and \2 */
	double score;			/* falls from hit to hit */
};

LEISHU_API void leishu_search_options_defaults(struct leishu_search_options *o);

/*
 * A query that cannot be read (too long, too many words, none) is an answer
 * without hits that has an error in words.  o may be NULL.  Returns 0,
 * LEISHU_EINVAL (options), LEISHU_EFORMAT (the book is damaged) or
 * LEISHU_ENOMEM; free *ret with leishu_search_free, before the book closes.
 */
LEISHU_API int leishu_search(const struct leishu_book *b, const char *query,
    size_t n, const struct leishu_search_options *o, struct leishu_search **ret);

LEISHU_API size_t leishu_search_count(const struct leishu_search *s);
/* Entries that match, exactly. */
LEISHU_API uint64_t leishu_search_total(const struct leishu_search *s);
/* NULL past the last; what it points to lives as long as s and the book. */
LEISHU_API const struct leishu_search_hit *leishu_search_at(const struct leishu_search *s,
    size_t i);
/* What was wrong with the query, or NULL. */
LEISHU_API const char *leishu_search_error(const struct leishu_search *s);
/* What else is to be said, such as that near words were tried, or NULL. */
LEISHU_API const char *leishu_search_note(const struct leishu_search *s);
/* The whole answer as one JSON object without a newline, as `search --json`. */
LEISHU_API struct leishu_text leishu_search_json(const struct leishu_search *s);
LEISHU_API void leishu_search_free(struct leishu_search *s);	/* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
