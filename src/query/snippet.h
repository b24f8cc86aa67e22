/* SPDX-License-Identifier: ISC */
#ifndef QUERY_SNIPPET_H
#define QUERY_SNIPPET_H

#include "entry/entry.h"
#include "query/search_eval.h"
#include "script/token.h"

/*
 * The stretch of a text that shows best why it was found, with what was
 * found marked as it is written there: a simplified query marks traditional
 * text.
 */
struct snippet_mark {
	size_t from, to;	/* bytes of the text */
	uint32_t clause;	/* the first one it shows */
};

/* What is passed over when the stretch is written out. */
struct snippet_gap {
	size_t from, to;
};

#define SNIPPET_MARKS	256	/* most that are looked for */

struct snippet {
	struct bytes text;	/* of the entry */
	size_t from, to;	/* the stretch; it splits no code point */
	struct snippet_mark *mark;	/* in it, ascending, apart */
	size_t n;
	struct snippet_gap *gap;	/* ascending; not in a mark */
	size_t n_gaps;
};

struct snippet_maker;	/* what to look for; keeps no text */

/*
 * near as in search_eval_init.  All memory is the arena's, but for what
 * snippet_maker_free gives back.
 */
int	snippet_maker_new(const struct search_query *q, const struct search_near *near,
	    struct arena *a, struct snippet_maker **ret) MUST_CHECK;
void	snippet_maker_free(struct snippet_maker *m);	/* NULL is fine */

/*
 * columns: how wide the stretch may be, a Han character counting two.  A text
 * in which nothing is found gives its beginning without marks.
 */
int	snippet_make(struct snippet_maker *m, struct bytes text, unsigned columns,
	    struct arena *a, struct snippet *ret) MUST_CHECK;

/*
 * Passes over citations, "[@key, 12]", but for one in which something is
 * found.  s is a stretch of e's text; its gaps are the arena's.  Returns 0 or
 * LEISHU_ENOMEM.
 */
int	snippet_without_citations(struct snippet *s, const struct entry *e, struct arena *a)
	    MUST_CHECK;

/* With <mark>, the rest escaped: safe inside an HTML element. */
void	snippet_html(const struct snippet *s, struct buf *out);
/* As text, with on and off around what is marked. */
void	snippet_plain(const struct snippet *s, const char *on, const char *off,
	    struct buf *out);

#endif
