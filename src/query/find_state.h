/* SPDX-License-Identifier: ISC */
#ifndef QUERY_FIND_STATE_H
#define QUERY_FIND_STATE_H

/* One look-up under way: shared by the files find*.c and nobody else. */
#include "query/find.h"

/* What was found, before it is put into words. */
struct match {
	uint32_t no;
	uint32_t ord;		/* key its name stands under */
	uint32_t nth;		/* which of the names of that key */
	uint32_t indegree;
	uint8_t rule;
	uint8_t sub;		/* within the rule, lower is better */
	uint8_t scheme;		/* enum scheme */
	uint8_t edits;
	uint8_t read;		/* which of find.read, from 1; 0: none */
};

#define FIND_READS	32	/* ways to read the query in some scheme */
#define FIND_SEEN	64

/* The query read as syllables. */
struct find_read {
	enum scheme scheme;
	bool tones;		/* some are told */
	struct bytes key;	/* toneless, as in names.readings */
	struct roman_seq seq;
	struct bytes of;	/* the word the query is a form of, or empty */
};

struct find {
	const struct find_source *src;
	const struct names *names;
	const struct find_opts *opts;
	struct arena *arena;
	int err;
	/* the query */
	struct bytes query;	/* trimmed */
	struct bytes exact;	/* fold_exact of it, without an article; when needed */
	struct bytes key;
	bool has_han, all_han, has_cyrillic, ascii;	/* of the key */
	size_t n_letters;	/* code points of the key */
	struct find_read *read;	/* made by find_readings */
	size_t n_reads;
	/* found so far: best first, at most opts->limit */
	struct match *match;
	size_t n_match;
	size_t rule_from;	/* first match of the present rule */
	/* entries seen: a list, and when it is full a bit each */
	uint32_t seen[FIND_SEEN];
	uint64_t *bits;
	size_t n_seen;
	bool at_least;
	uint64_t floor;		/* no fewer entries fit, as titles count */
	struct name_walk *walk;
	struct dict_cur *count_cur;	/* see find_count_ord */
	struct buf tmp, tmp2;
};

/* Has the answer all the hits that were asked for? */
static inline bool
find_full(const struct find *f)
{
	return f->n_match >= f->opts->limit;
}

static inline bool
find_count_done(const struct find *f)
{
	return f->n_seen >= FIND_COUNT_MAX;
}

void	find_fail(struct find *f, int rc);

/*
 * Offers a match.  An entry already found by a stronger rule is left alone;
 * by the same rule, the better of the two stays.
 */
void	find_offer(struct find *f, const struct match *m);

/* Offers every entry under the key c stands on, with what m says. */
void	find_offer_key(struct find *f, const struct dict_cur *c, struct match m);
void	find_offer_ord(struct find *f, uint32_t ord, struct match m);
/* Only counts the entries under a key, when the hits are full. */
void	find_count_ord(struct find *f, uint32_t ord);

/* Rules: each offers what it finds. */
void	find_same_key(struct find *f);	/* EXACT, VARIANT */
void	find_readings(struct find *f);	/* TONES, READING, SCHEME */
void	find_mixed(struct find *f);	/* READING, PREFIX */
void	find_stem(struct find *f);	/* STEM */
void	find_initials(struct find *f);
void	find_inner(struct find *f);
void	find_prefix(struct find *f);
void	find_typo(struct find *f);

/* A way to read the query, kept; NULL: it is there, or there is no room. */
struct find_read *find_add_read(struct find *f, enum scheme scheme, const struct roman_seq *seq);
/* The names read so; alone: also those given in letters. */
void	find_look_up(struct find *f, const struct find_read *r, bool alone);
/* All ways to read the query in a scheme that some name has. */
void	find_ways(struct find *f, enum scheme scheme);
/* The same with a slip in one syllable. */
void	find_slip(struct find *f);

/* Into words: matched, via, why. */
void	find_explain(struct find *f, const struct match *m, struct find_hit *h);

#endif
