/* SPDX-License-Identifier: ISC */
#ifndef QUERY_FIND_H
#define QUERY_FIND_H

#include <leishu/find.h>

#include "base/arena.h"
#include "base/buf.h"
#include "book/book.h"
#include "index/names.h"
#include "script/roman.h"

/*
 * Rules, the strongest first.  They run in this order until there are as
 * many hits as were asked for; typo only when none of the others found any.
 */
enum find_rule {
	RULE_EXACT,	/* the form as typed */
	RULE_VARIANT,	/* the same key, other characters or marks */
	RULE_TONES,	/* a reading whose tones are those of the query */
	RULE_READING,	/* pinyin without tones */
	RULE_SCHEME,	/* Wade-Giles, Palladius, Zhuyin, ... */
	RULE_STEM,	/* another form of the same Russian words */
	RULE_INITIALS,
	RULE_INNER,	/* whole words, or two and more characters, of a name */
	RULE_PREFIX,
	RULE_TYPO,
	RULE__MAX
};

/* The word for it in "via". */
const char	*find_rule_name(enum find_rule r);

/* Where titles and numbers of links come from: a book, or a test's table. */
struct find_source {
	const struct names *names;
	void *ctx;
	int (*card)(void *ctx, uint32_t no, struct bytes *id, struct bytes *title);
	uint32_t (*indegree)(void *ctx, uint32_t no);
};

struct find_opts {
	enum leishu_find_mode mode;
	unsigned limit;		/* 1 to LIMIT_HITS */
};

struct find_hit {
	uint32_t no;
	enum find_rule rule;
	struct bytes id, title;
	struct bytes matched;
	struct bytes via, why;
	double score;
};

struct find_result {
	struct find_hit *hit;
	size_t n;
	uint64_t total;
	bool at_least;		/* there may be more than total */
	const char *error;	/* what is wrong with the query, or NULL */
};

#define FIND_COUNT_MAX	10000	/* entries counted one by one */

/*
 * Everything in *ret is made in the arena or borrowed from the source.
 * Returns 0, LEISHU_EFORMAT or LEISHU_ENOMEM; a query that cannot be read
 * is no failure but has ret->error.
 */
int	find_run(const struct find_source *s, struct bytes query,
	    const struct find_opts *o, struct arena *a, struct find_result *ret) MUST_CHECK;

/* The same on a book. */
int	find_in_book(const struct book *b, struct bytes query,
	    const struct find_opts *o, struct arena *a, struct find_result *ret) MUST_CHECK;

/* {"query":...,"total":...,"hits":[...]} */
void	find_json(struct bytes query, const struct find_result *r, struct buf *out);

#endif
