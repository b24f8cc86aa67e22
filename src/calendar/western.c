/* SPDX-License-Identifier: ISC */
/* The grammar of Western dates: points to spans and shapes; western.h. */
#include "calendar/western_cur.h"

/* What b has and a lacks: "16-18 May 1900", "206-202 BC", "May-June 1950". */
static void
lend(struct date_point *a, const struct date_point *b)
{
	if (!a->has_year && b->has_year) {
		a->year = b->year;
		a->has_year = true;
		a->year_marked = b->year_marked;
		if (b->unit <= UNIT_MONTH && (a->month > b->month ||
		    (a->month == b->month && a->day > b->day)))
			a->year--;
	}
	if (a->style == 0)
		a->style = b->style;
}

/* "1949-50", "1904-5": the digits that change; 0 when it is not that. */
static int32_t
short_year(const struct date_point *a, const struct word_tok *t)
{
	int32_t unit = 1, k;

	if (t->kind != W_NUM || t->plural || t->ordinal || a->year < 100 ||
	    t->digits >= a->digits || t->digits > 3)
		return 0;
	for (k = 0; k < t->digits; k++)
		unit *= 10;
	return t->v > a->year % unit ? a->year / unit * unit + t->v : 0;
}

/* The part of a range behind its dash, a known. */
static bool
range_end(struct cur *c, const struct date_point *a, struct date_point *b)
{
	struct cur save = *c;
	int32_t y;

	if (a->unit == UNIT_YEAR && !is(c, 1, W_MONTH) &&
	    (y = short_year(a, peek(c, 0))) != 0 && !is(c, 1, W_BC)) {
		*b = *a;
		b->year = y;
		c->i++;
		if (is(c, 0, W_AD) || is(c, 0, W_YEAR)) {
			struct date_point mark = *b;

			year_marks(c, &mark);
			b->year_marked = true;
		}
		doubt_marks(c, b);
		return true;
	}
	/* "1760s–70s" */
	if (a->unit == UNIT_DECADE && is(c, 0, W_NUM) && peek(c, 0)->plural &&
	    peek(c, 0)->digits == 2 && peek(c, 0)->v % 10 == 0 &&
	    peek(c, 0)->v > a->year % 100 && a->year > 0) {
		*b = *a;
		b->year = a->year / 100 * 100 + peek(c, 0)->v;
		c->i++;
		return true;
	}
	/* "May 16-18, 1900" */
	if (a->unit == UNIT_DAY && !a->has_year && is_day(c, 0) &&
	    !is(c, 1, W_MONTH) && !is(c, 1, W_OF)) {
		*b = *a;
		b->day = (int8_t)peek(c, 0)->v;
		c->i++;
		optional_year(c, b);
		doubt_marks(c, b);
		return true;
	}
	if (point_parse(c, b))
		return true;
	*c = save;
	return false;
}

/* "605 or 606", "May or June"; in prose another number or month must follow. */
static bool
is_or(const struct cur *c)
{
	return is(c, 0, W_OTHER) && (is_word(c, 0, "or") || is_word(c, 0, "или")) &&
	    (c->r->whole || is(c, 1, W_NUM) || is(c, 1, W_MONTH) || is(c, 1, W_ORDINAL));
}

/* The number t as a date of the kind of b into a, which may have its part. */
static bool
number_like(const struct word_tok *t, const struct date_point *b, struct date_point *a)
{
	if (b->unit == UNIT_CENTURY && t->v >= 1 && t->v <= 99)
		a->unit = UNIT_CENTURY;
	else if (a->part)
		return false;
	else if (b->unit == UNIT_DAY && t->v >= 1 && t->v <= 31 && b->julian_day == 0) {
		*a = *b;
		a->day = (int8_t)t->v;
		return true;
	} else if (b->unit == UNIT_YEAR && b->year_marked && t->kind == W_NUM &&
	    !t->ordinal) {
		a->unit = UNIT_YEAR;
		a->digits = t->digits;
	} else
		return false;
	a->has_year = a->year_marked = true;
	a->year = b->year <= 0 ? 1 - t->v : t->v;
	return true;
}

/*
 * A first half that is no date by itself: the 16 of "16-18 May", the 206 or 8
 * of "206-202 BC", the 16th of "16th-17th centuries".
 */
static bool
bare_first(struct cur *c, struct date_point *a, struct date_point *b, bool *either)
{
	struct cur save = *c;
	const struct word_tok *t;
	int turns;

	*a = (struct date_point){ .unit = UNIT_NONE };
	for (turns = 0; turns < 3 && (is(c, 0, W_THE) || is(c, 0, W_IN)); turns++)
		c->i++;
	if (accept(c, W_APPROX))
		a->flags |= DATE_APPROX;
	if ((a->part = take_part(c)) != PART_NONE)	/* late 18th to early 19th century */
		skip(c, W_THE);
	t = peek(c, 0);
	if ((t->kind != W_NUM || t->plural) && t->kind != W_ORDINAL)
		goto no;
	c->i++;
	if (is_or(c)) {
		c->i++;
		*either = true;
	} else if (!accept(c, W_DASH) && !accept(c, W_TO) && !accept(c, W_AND))
		goto no;
	if (point_parse(c, b) && number_like(t, b, a))
		return true;
no:
	*c = save;
	*either = false;
	return false;
}

/*
 * "June and July 1900", "3 March, 5 May and 1 June 1905": the year comes with
 * the last.  Nothing is used up.
 */
static void
borrow_ahead(const struct cur *at, struct date_point *a)
{
	struct cur c = *at;
	struct date_point b;
	int turns;

	for (turns = 0; turns < 4; turns++) {
		if (!accept_punct(&c, ',') && !is(&c, 0, W_AND))
			return;
		(void)accept(&c, W_AND);
		if (!point_parse(&c, &b) || b.unit != a->unit)
			return;
		if (b.has_year) {
			lend(a, &b);
			return;
		}
	}
}

/* "1908-", "1908-?", "1908 to the present": open behind the dash. */
static bool
open_ended(struct cur *c)
{
	int k = 1;

	if (!c->r->whole || (!is(c, 0, W_DASH) && !is(c, 0, W_TO) && !is(c, 0, W_UNTIL)))
		return false;
	if (is(c, 1, W_THE))
		k++;
	if (is_word(c, k, "present") || is_word(c, k, "now") || is_word(c, k, "today") ||
	    is_punct(c, k, '?'))
		k++;
	if (!is(c, k, W_END) || (k == 1 && !is(c, 0, W_DASH)))
		return false;
	c->i += k;
	return true;
}

/* 1130 ± 10 */
static bool
more_or_less(struct cur *c, struct date_words *w)
{
	if (!c->r->whole || w->a.unit != UNIT_YEAR || !is_punct(c, 0, 0xb1) ||
	    !is(c, 1, W_NUM) || peek(c, 1)->digits > 3)
		return false;
	w->b = w->a;
	w->a.year -= peek(c, 1)->v;
	w->b.year += peek(c, 1)->v;
	w->a.year_marked = w->b.year_marked = true;
	w->shape = SHAPE_WITHIN;
	c->i += 2;
	return true;
}

/* What stands behind the dash; the era of one end is that of both. */
static bool
second_point(struct cur *c, struct date_words *w)
{
	if (!range_end(c, &w->a, &w->b))
		return false;
	lend(&w->a, &w->b);
	if (w->b.unit == UNIT_YEAR && w->a.unit == UNIT_YEAR &&
	    w->b.year <= 0 && !w->a.year_marked) {
		w->a.year = 1 - w->a.year;
		w->a.year_marked = true;
	}
	if (w->a.bc_before && w->b.unit == UNIT_YEAR &&
	    !w->b.year_marked && w->b.year <= -w->a.year)
		w->b.year = 1 - w->b.year;
	return true;
}

/* Two points and what joins them, or one and what limits it. */
static bool
span(struct cur *c, struct date_words *w, bool from)
{
	struct cur one;
	bool either = false;

	if (bare_first(c, &w->a, &w->b, &either)) {
		w->shape = either ? SHAPE_EITHER : SHAPE_RANGE;
		return true;
	}
	if (!point_parse(c, &w->a))
		return false;
	one = *c;
	if (open_ended(c)) {
		w->shape = SHAPE_SINCE;
		return true;
	}
	if (more_or_less(c, w))
		return true;
	either = is_or(c);
	if (either || is(c, 0, W_DASH) || is(c, 0, W_TO) || (is(c, 0, W_UNTIL) && from) ||
	    (is_punct(c, 0, '/') && w->a.unit == UNIT_YEAR)) {
		c->i++;
		if (second_point(c, w)) {
			w->shape = either ? SHAPE_EITHER : SHAPE_RANGE;
			return true;
		}
		*c = one;
	}
	if (!w->a.has_year && (w->a.unit == UNIT_DAY || w->a.unit == UNIT_MONTH))
		borrow_ahead(c, &w->a);
	w->shape = SHAPE_POINT;
	if (accept(c, W_LATEST))
		w->shape = SHAPE_UNTIL;
	else if (accept(c, W_EARLIEST) || from)
		w->shape = SHAPE_SINCE;
	return true;
}

static bool
between(struct cur *c, struct date_words *w)
{
	bool either = false;

	c->i++;
	w->shape = SHAPE_BETWEEN;
	if (bare_first(c, &w->a, &w->b, &either))
		return !either;
	if (!point_parse(c, &w->a) || !accept(c, W_AND) || !range_end(c, &w->a, &w->b))
		return false;
	lend(&w->a, &w->b);
	return true;
}

/* What the first word makes of the one date behind it; SHAPE_POINT: nothing. */
static enum date_shape
opening(const struct cur *c)
{
	const struct word_tok *t = peek(c, 0);

	switch (t->kind) {
	case W_BEFORE:
		return SHAPE_BEFORE;
	case W_AFTER:
		return SHAPE_AFTER;
	case W_UNTIL:
		return t->v == 1 ? SHAPE_UNTIL : SHAPE_LASTS_UNTIL;
	case W_SINCE:
		return SHAPE_SINCE;
	case W_LATEST:			/* "at the latest in 1952" */
		return c->r->whole ? SHAPE_UNTIL : SHAPE_POINT;
	case W_EARLIEST:
		return c->r->whole ? SHAPE_SINCE : SHAPE_POINT;
	case W_DASH:			/* "–1950"; -1950 is 1951 BC */
		return c->r->whole && (t->v != '-' || c->i) ? SHAPE_LASTS_UNTIL :
		    SHAPE_POINT;
	default:
		return SHAPE_POINT;
	}
}

/* "fl.", "b.", "b. c.", "in the": what says nothing of the days. */
static void
lead(struct cur *c, struct date_words *w)
{
	static const uint16_t life[] = { 0, DATE_FLORUIT, DATE_BORN, DATE_DIED,
		DATE_REIGNED };

	if (is(c, 0, W_LIFE)) {
		w->flags = life[peek(c, 0)->v];
		c->i++;
	} else if (is(c, 0, W_BC) && is_word(c, 0, "b. c.") && is(c, 1, W_NUM)) {
		w->flags = DATE_BORN | DATE_APPROX;	/* born circa, no era */
		c->i++;
	}
	while (is(c, 0, W_IN) || is(c, 0, W_THE))
		c->i++;
	if (c->r->whole && is_punct(c, 0, '?') && is(c, 1, W_DASH))
		c->i++;			/* "?-1950" */
}

bool
words_parse(struct word_run *r, struct date_words *ret)
{
	struct date_words w = { .shape = SHAPE_POINT };
	struct cur c = { r, 0 };
	bool ok;

	lead(&c, &w);
	if (is(&c, 0, W_BETWEEN))
		ok = between(&c, &w);
	else if (accept(&c, W_FROM))
		ok = span(&c, &w, true);
	else if ((w.shape = opening(&c)) == SHAPE_POINT)
		ok = span(&c, &w, false);
	else {
		c.i++;
		ok = point_parse(&c, &w.a);
		if (ok && (w.shape == SHAPE_UNTIL || w.shape == SHAPE_LASTS_UNTIL))
			(void)accept(&c, W_LATEST);
	}
	if (!ok)
		return false;
	if (w.flags & DATE_APPROX) {
		w.flags &= (uint16_t)~DATE_APPROX;
		w.a.flags |= DATE_APPROX;
	}
	w.n = c.i;
	*ret = w;
	return true;
}
