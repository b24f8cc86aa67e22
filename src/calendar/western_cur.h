/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_WESTERN_CUR_H
#define CALENDAR_WESTERN_CUR_H

#include "calendar/western.h"

/* A place in a run of tokens: western_point.c reads points, western.c spans. */
struct cur {
	struct word_run *r;
	int i;
};

static inline const struct word_tok *
peek(const struct cur *c, int ahead)
{
	return word_run_at(c->r, c->i + ahead);
}

static inline bool
is(const struct cur *c, int ahead, enum word_kind kind)
{
	return peek(c, ahead)->kind == kind;
}

static inline bool
accept(struct cur *c, enum word_kind kind)
{
	if (!is(c, 0, kind))
		return false;
	c->i++;
	return true;
}

static inline bool
is_punct(const struct cur *c, int ahead, int32_t cp)
{
	return is(c, ahead, W_PUNCT) && peek(c, ahead)->v == cp;
}

static inline bool
accept_punct(struct cur *c, int32_t cp)
{
	if (!is_punct(c, 0, cp))
		return false;
	c->i++;
	return true;
}

/* The word itself, in small letters. */
static inline bool
is_word(const struct cur *c, int ahead, const char *word)
{
	const struct word_tok *t = peek(c, ahead);

	return t->to > t->from &&
	    bytes_eq(bytes_sub(c->r->s, t->from, t->to), bytes_str(word));
}

static inline void
skip(struct cur *c, enum word_kind kind)
{
	while (is(c, 0, kind))
		c->i++;
}

/* A number of one or two digits that could be a day. */
static inline bool
is_day(const struct cur *c, int ahead)
{
	const struct word_tok *t = peek(c, ahead);

	/* no Roman numeral is one: "May II" */
	return (t->kind == W_NUM && t->digits >= 1 && t->digits <= 2 &&
	    !t->plural && t->v >= 1) ||
	    t->kind == W_ORDINAL;
}

/* "early", "third quarter of": enum date_part, used up; or 0. */
uint8_t	take_part(struct cur *c);
/* A day, month, season, year, decade or century with what clings to it. */
bool	point_parse(struct cur *c, struct date_point *ret);
/* BC or AD behind a year, or the Russian word for it. */
void	year_marks(struct cur *c, struct date_point *p);
/* The year behind a day or month: ", 1949", "1949", "of 1949", or none. */
void	optional_year(struct cur *c, struct date_point *p);
/* "?", "(O.S.)", the same day in the other calendar. */
void	doubt_marks(struct cur *c, struct date_point *p);

#endif
