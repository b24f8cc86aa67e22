/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_WESTERN_H
#define CALENDAR_WESTERN_H

#include "calendar/bound.h"

/*
 * Western dates in words, English and Russian: the tokens, and a grammar
 * that reads as much of them as makes a date.  Used for whole dates
 * (date_read_western) and for dates in running text (prose.c).
 */

enum word_kind {
	W_END, W_NUM, W_PUNCT, W_DASH, W_OTHER,
	W_MONTH, W_SEASON, W_PART, W_APPROX, W_MAYBE, W_BEFORE, W_AFTER,
	W_UNTIL, W_SINCE, W_FROM, W_BETWEEN, W_AND, W_TO, W_LATEST,
	W_EARLIEST, W_BC, W_AD, W_STYLE, W_CENTURY, W_DECADE, W_YEAR, W_THE,
	W_OF, W_IN, W_LIFE, W_ORDINAL, W_PART_OF, W_CALENDAR,
	W__MAX
};

struct word_tok {
	uint8_t kind;		/* enum word_kind */
	uint8_t digits;		/* of a number */
	bool plural;		/* 1930s, 30-е */
	bool ordinal;		/* 19th, XIX */
	bool space;		/* white space stands before it */
	int32_t v;		/* the number; the row's number; a code point */
	uint32_t from, to;	/* bytes of the text */
};

#define WORD_TOKS	24

/*
 * Tokens of a text from some place on, made when they are asked for; limit
 * (at most WORD_TOKS) is how many may be, and what is beyond is W_END.
 */
struct word_run {
	struct bytes s;
	size_t at;
	int n, limit;
	bool space, end;
	bool whole;		/* all of the text is a date: forms too loose for prose */
	struct word_tok t[WORD_TOKS];
};

void	word_run_start(struct word_run *r, struct bytes s, size_t at);
const struct word_tok	*word_run_more(struct word_run *r, int i);
static inline const struct word_tok *
word_run_at(struct word_run *r, int i)
{
	return i < r->n && i < r->limit ? &r->t[i] : word_run_more(r, i);
}
/* How many there are, all of them made; at most WORD_TOKS. */
int	word_run_all(struct word_run *r);
/* The one token at at. */
struct word_tok	word_one(struct bytes s, size_t at);

/* A date as written, before it is put on the line. */
struct date_point {
	enum { UNIT_NONE, UNIT_DAY, UNIT_MONTH, UNIT_SEASON, UNIT_YEAR,
	    UNIT_DECADE, UNIT_CENTURY } unit;
	bool has_year;
	bool bc_before;		/* "B.C. 747": so are the years behind it */
	bool year_marked;	/* BC, AD, "year", г.: surely a year */
	bool year_zero;		/* written as 0 */
	int32_t year;		/* astronomical; UNIT_CENTURY: 1 is the first AD, 0 the first BC */
	int8_t month, day, season;
	int8_t julian_day;	/* 14/26: the day in the old style, or 0 */
	int8_t julian_month;	/* 25 October (7 November): its month, or 0 */
	uint8_t part;		/* enum date_part */
	uint8_t style;		/* 1 Julian, 2 Gregorian, 0 not said */
	uint8_t digits;		/* the year was written with */
	uint16_t flags;		/* DATE_APPROX, DATE_UNCERTAIN */
};

struct date_words {
	enum date_shape shape;
	struct date_point a, b;
	uint16_t flags;		/* DATE_FLORUIT ... */
	int n;			/* tokens used */
};

/* As long a date as the run begins with; false when it begins with none. */
bool	words_parse(struct word_run *r, struct date_words *ret);

/* [lo, hi] of a point that has its year. */
int	point_resolve(const struct date_point *p, const struct date_context *ctx,
	    struct date_value *ret, struct date_error *err) MUST_CHECK;
/* Says that a day from 5 to 14 October 1582 was none. */
int	western_cut_day(int day, struct date_error *err);
int	words_resolve(const struct date_words *w, const struct date_context *ctx,
	    struct date_value *ret, struct date_error *err) MUST_CHECK;

int	date_read_edtf(struct bytes s, struct date_value *ret, struct date_error *err) MUST_CHECK;

#endif
