/* SPDX-License-Identifier: ISC */
/* The grammar of Western dates: tokens to points and shapes; western.h. */
#include "calendar/western.h"

struct cur {
	struct word_run *r;
	int i;
};

static const struct word_tok *
peek(const struct cur *c, int ahead)
{
	return word_run_at(c->r, c->i + ahead);
}

static bool
is(const struct cur *c, int ahead, enum word_kind kind)
{
	return peek(c, ahead)->kind == kind;
}

static bool
accept(struct cur *c, enum word_kind kind)
{
	if (!is(c, 0, kind))
		return false;
	c->i++;
	return true;
}

static bool
is_punct(const struct cur *c, int ahead, int32_t cp)
{
	return is(c, ahead, W_PUNCT) && peek(c, ahead)->v == cp;
}

static bool
accept_punct(struct cur *c, int32_t cp)
{
	if (!is_punct(c, 0, cp))
		return false;
	c->i++;
	return true;
}

static void
skip(struct cur *c, enum word_kind kind)
{
	while (is(c, 0, kind))
		c->i++;
}

/* A number of one or two digits that could be a day. */
static bool
is_day(const struct cur *c, int ahead)
{
	const struct word_tok *t = peek(c, ahead);

	/* no Roman numeral is one: "May II" */
	return (t->kind == W_NUM && t->digits >= 1 && t->digits <= 2 &&
	    !t->plural && t->v >= 1) ||
	    t->kind == W_ORDINAL;
}

static bool
is_year(const struct cur *c, int ahead)
{
	const struct word_tok *t = peek(c, ahead);

	return t->kind == W_NUM && t->digits >= 3 && !t->plural && !t->ordinal;
}

/* BC or AD behind a year, or the Russian word for it. */
static void
year_marks(struct cur *c, struct date_point *p)
{
	if (accept(c, W_BC)) {
		p->year = 1 - p->year;
		p->year_marked = true;
	} else if (accept(c, W_AD))
		p->year_marked = true;
	else if ((is(c, 0, W_YEAR) && peek(c, 0)->v <= 2) ||
	    (is(c, 0, W_DECADE) && peek(c, 0)->v == 2)) {	/* годах */
		c->i++;
		p->year_marked = true;
		/* "г. до н. э." */
		if (accept(c, W_BC))
			p->year = 1 - p->year;
		else
			(void)accept(c, W_AD);
	}
}

/* A year in words: 1950, 221 BC, AD 618, year 8, 1950 г. */
static bool
take_year(struct cur *c, struct date_point *p)
{
	struct cur save = *c;
	bool said = false, bc = false, anno = false;

	if (is(c, 0, W_BC) && peek(c, 1)->kind == W_NUM) {	/* "B.C. 55" */
		c->i++;
		said = bc = true;
	} else if (accept(c, W_AD) || (is(c, 0, W_YEAR) && (peek(c, 0)->v == 3 ||
	    (anno = peek(c, 0)->v == 5)) &&
	    (peek(c, 1)->kind == W_NUM || peek(c, 1)->kind == W_AD ||
	    peek(c, 1)->kind == W_BC) && (c->i++, true))) {
		said = true;
		bc = accept(c, W_BC);	/* "the year before Christ 325" */
		(void)accept(c, W_AD);	/* "the year of our Lord 1348" */
	}
	if (!is(c, 0, W_NUM) || peek(c, 0)->plural || peek(c, 0)->ordinal)
		goto no;
	p->year = peek(c, 0)->v;
	p->digits = peek(c, 0)->digits;
	c->i++;
	p->year_marked = said;
	p->bc_before = bc;
	if (bc)
		p->year = 1 - p->year;
	else
		year_marks(c, p);
	/* "anno 25 Hen. VIII": of a reign */
	if ((!p->year_marked || anno) && p->digits < 3)
		goto no;
	p->has_year = true;
	return true;
no:
	*c = save;
	return false;
}

/*
 * "11 February 1731/2": as long as the year began in March its first months
 * were written with both; the second is the one counted from January.
 */
static void
dual_year(struct cur *c, struct date_point *p)
{
	const struct word_tok *t = peek(c, 1);
	int32_t unit = t->digits == 1 ? 10 : t->digits == 2 ? 100 : 10000;

	if ((!is(c, 0, W_DASH) && !is_punct(c, 0, '/')) || p->month > 3 ||
	    p->month < 1 || p->year < 1000 || p->year > 1752 ||
	    peek(c, 0)->space || t->space || t->kind != W_NUM || t->plural ||
	    t->ordinal || t->v != (p->year + 1) % unit)
		return;
	c->i += 2;
	p->year++;
	if (p->style == 0)
		p->style = 1;
}

/* The year behind a day or month: ", 1949", "1949", "of 1949", or none. */
static void
optional_year(struct cur *c, struct date_point *p)
{
	struct cur save = *c;

	/* older books: "Dec. 14. 1546" */
	if (p->unit == UNIT_DAY && is_punct(c, 0, '.') && is_year(c, 1) &&
	    peek(c, 1)->digits == 4 && peek(c, 1)->space &&
	    peek(c, 1)->v >= 1000 && peek(c, 1)->v < 2100)
		c->i++;
	else
		(void)accept_punct(c, ',');
	skip(c, W_OF);
	skip(c, W_IN);
	skip(c, W_THE);
	if ((is_year(c, 0) || is(c, 0, W_AD) || is(c, 0, W_NUM) ||
	    is(c, 0, W_YEAR)) && take_year(c, p)) {
		dual_year(c, p);
		return;
	}
	*c = save;
}

/* 1949-12-16, 1949/12/16, 1949.12.16; 16.12.1949, 16/12/1949. */
static bool
numeric(struct cur *c, struct date_point *p)
{
	const struct word_tok *a = peek(c, 0), *s = peek(c, 1), *b, *s2, *d;

	if (a->kind != W_NUM || (s->kind != W_DASH && s->kind != W_PUNCT))
		return false;
	b = peek(c, 2);
	s2 = peek(c, 3);
	d = peek(c, 4);
	if (b->kind != W_NUM || d->kind != W_NUM ||
	    a->plural || b->plural || d->plural || s->kind != s2->kind ||
	    s->v != s2->v || s->space || b->space || s2->space || d->space)
		return false;
	if (!(s->kind == W_DASH && s->v == '-') && !(s->kind == W_PUNCT &&
	    (s->v == '.' || s->v == '/')))
		return false;
	if (b->digits > 2 || b->v > 99)
		return false;
	if (a->digits == 4 && d->digits <= 2) {
		p->year = a->v;
		p->digits = a->digits;
		p->month = (int8_t)b->v;
		p->day = (int8_t)MIN(d->v, 99);
	} else if (d->digits == 4 && a->digits <= 2 && s->kind == W_PUNCT) {
		p->year = d->v;
		p->digits = d->digits;
		p->month = (int8_t)b->v;
		p->day = (int8_t)MIN(a->v, 99);
	} else
		return false;
	p->unit = UNIT_DAY;
	p->has_year = p->year_marked = true;
	c->i += 5;
	if (is(c, 0, W_YEAR) && peek(c, 0)->v <= 2)
		c->i++;
	return true;
}

/* "20 November (3 December) 1905": the first is in the old style. */
static bool
second_style(struct cur *c, struct date_point *p)
{
	if (!is_punct(c, 0, '(') || !is_day(c, 1) || !is(c, 2, W_MONTH) ||
	    !is_punct(c, 3, ')'))
		return false;
	p->julian_day = p->day;
	p->day = (int8_t)peek(c, 1)->v;
	p->month = (int8_t)peek(c, 2)->v;
	c->i += 4;
	return true;
}

/* 16 December 1949; 16th of December; 14/26 and 14 (26) December 1825. */
static bool
day_month(struct cur *c, struct date_point *p)
{
	struct cur save = *c;
	int32_t first, second = 0;

	if (!is_day(c, 0))
		return false;
	first = peek(c, 0)->v;
	c->i++;
	if (is_punct(c, 0, '/') && is_day(c, 1)) {
		second = peek(c, 1)->v;
		c->i += 2;
	} else if (is_punct(c, 0, '(') && is_day(c, 1) && is_punct(c, 2, ')') &&
	    is(c, 3, W_MONTH)) {
		second = peek(c, 1)->v;
		c->i += 3;
	}
	skip(c, W_OF);
	if (!is(c, 0, W_MONTH)) {
		*c = save;
		return false;
	}
	p->unit = UNIT_DAY;
	p->month = (int8_t)peek(c, 0)->v;
	p->day = (int8_t)(second ? second : first);
	p->julian_day = (int8_t)(second ? first : 0);
	c->i++;
	if (second == 0)
		(void)second_style(c, p);
	optional_year(c, p);
	return true;
}

/* December 16, 1949; December 1949; December. */
static bool
month_first(struct cur *c, struct date_point *p)
{
	if (!is(c, 0, W_MONTH))
		return false;
	p->unit = UNIT_MONTH;
	p->month = (int8_t)peek(c, 0)->v;
	c->i++;
	if (is(c, 0, W_THE) && is_day(c, 1) && peek(c, 1)->ordinal)
		c->i++;
	if (is_day(c, 0) && peek(c, 1)->kind != W_BC && peek(c, 1)->kind != W_AD &&
	    peek(c, 1)->kind != W_MONTH) {
		p->unit = UNIT_DAY;
		p->day = (int8_t)peek(c, 0)->v;
		c->i++;
	}
	optional_year(c, p);
	return true;
}

/* spring 1950, the winter of 1911-12. */
static bool
season(struct cur *c, struct date_point *p)
{
	if (!is(c, 0, W_SEASON))
		return false;
	p->unit = UNIT_SEASON;
	p->season = (int8_t)peek(c, 0)->v;
	c->i++;
	optional_year(c, p);
	if (p->season == 4 && p->has_year && (is(c, 0, W_DASH) ||
	    is_punct(c, 0, '/')) && is(c, 1, W_NUM) && (peek(c, 1)->v == (p->year + 1) % 100 ||
	    peek(c, 1)->v == p->year + 1)) {
		p->julian_day = 0;
		p->season = 5;	/* the winter that begins in the year */
		c->i += 2;
	}
	return true;
}

/* 19th century, XIX век, seventh cent. BC. */
static bool
century(struct cur *c, struct date_point *p)
{
	const struct word_tok *t = peek(c, 0), *w = peek(c, 1);
	int32_t v = t->v;

	if (!((t->kind == W_NUM && t->digits <= 2 && !t->plural) ||
	    t->kind == W_ORDINAL) || v < 1 || v > 99)
		return false;
	if (w->kind == W_DASH && !w->space && peek(c, 2)->kind == W_CENTURY)
		c->i++;		/* "19th-century" */
	else if (w->kind != W_CENTURY)
		return false;
	/* "в." and "c." are too short to stand behind a plain number. */
	/* and "18 centuries" are a length of time */
	if (peek(c, 1)->v == 0 || (peek(c, 1)->v == 3 && t->kind == W_NUM &&
	    !t->ordinal) || (t->kind == W_NUM && !t->ordinal &&
	    peek(c, 1)->to - peek(c, 1)->from < 4))
		return false;
	c->i += 2;
	p->unit = UNIT_CENTURY;
	p->year = v;
	p->has_year = p->year_marked = true;
	if (accept(c, W_BC))
		p->year = 1 - v;
	else
		(void)accept(c, W_AD);
	return true;
}

/* "30-е годы XX века", "the 30s of the 20th century", "the 90s BC" */
static bool
decade_of_century(struct cur *c, struct date_point *p)
{
	struct date_point cent = { .unit = UNIT_NONE };
	struct cur save = *c;

	if (accept(c, W_BC)) {
		p->year = -p->year - 9 + 1;
		return true;
	}
	if (accept(c, W_AD))
		return true;
	skip(c, W_OF);
	skip(c, W_THE);
	if (century(c, &cent) && cent.year > 0) {
		p->year += (cent.year - 1) * 100;
		p->digits = 4;
		return true;
	}
	*c = save;
	return false;
}

/* the 1930s, 1930-е годы, the 120s BC. */
static bool
decade(struct cur *c, struct date_point *p)
{
	const struct word_tok *t = peek(c, 0);
	struct cur save = *c;

	if (t->kind != W_NUM || !t->plural || t->digits < 2 || t->v % 10 != 0 ||
	    t->v == 0)
		return false;
	p->unit = UNIT_DECADE;
	p->year = t->v;
	p->digits = t->digits;
	p->has_year = p->year_marked = true;
	c->i++;
	if (!accept(c, W_DECADE) && is(c, 0, W_YEAR) && peek(c, 0)->v == 2)
		c->i++;		/* "1930-е гг." */
	if (p->digits == 2) {
		if (decade_of_century(c, p))
			return true;
		*c = save;
		*p = (struct date_point){ .part = p->part, .flags = p->flags };
		return false;
	}
	if (accept(c, W_BC))
		p->year = -t->v - 9 + 1;	/* 129-120 BC begins in -128 */
	else
		(void)accept(c, W_AD);
	return true;
}

static void
doubt_marks(struct cur *c, struct date_point *p)
{
	if (accept_punct(c, '?'))
		p->flags |= DATE_UNCERTAIN;
	else if (is_punct(c, 0, '(') && is_punct(c, 1, '?') && is_punct(c, 2, ')')) {
		c->i += 3;
		p->flags |= DATE_UNCERTAIN;
	}
	if (is_punct(c, 0, '(') && is(c, 1, W_STYLE) && is_punct(c, 2, ')')) {
		p->style = (uint8_t)peek(c, 1)->v;
		c->i += 3;
	} else if (is_punct(c, 0, ',') && is(c, 1, W_STYLE)) {
		p->style = (uint8_t)peek(c, 1)->v;
		c->i += 2;
	} else if (is(c, 0, W_STYLE)) {
		p->style = (uint8_t)peek(c, 0)->v;
		c->i++;
	}
}

/* "third quarter of", "2nd half", "1-й половине": 0 when it is none. */
static uint8_t
numbered_part(const struct cur *c)
{
	static const uint8_t parts[][4] = {
		[2] = { PART_HALF1, PART_HALF2 },
		[3] = { PART_EARLY, PART_MID, PART_LATE },
		[4] = { PART_BEGIN, PART_QUARTER2, PART_QUARTER3, PART_END },
	};
	const struct word_tok *t = peek(c, 0), *of = peek(c, 1);

	if (of->kind != W_PART_OF || (t->kind != W_ORDINAL &&
	    (t->kind != W_NUM || !t->ordinal)) || t->v < 1 || t->v > of->v)
		return 0;
	return parts[of->v][t->v - 1];
}

static bool
point(struct cur *c, struct date_point *p)
{
	struct cur save = *c;
	int turns;

	*p = (struct date_point){ .unit = UNIT_NONE };
	for (turns = 0; turns < 8; turns++) {
		if (accept(c, W_APPROX))
			p->flags |= DATE_APPROX;
		else if (accept(c, W_MAYBE))
			p->flags |= DATE_UNCERTAIN;
		else if (is(c, 0, W_PART) && p->part == PART_NONE) {
			p->part = (uint8_t)peek(c, 0)->v;
			c->i++;
			(void)accept(c, W_DASH);
		} else if (p->part == PART_NONE && numbered_part(c)) {
			p->part = numbered_part(c);
			c->i += 2;
		} else if (is(c, 0, W_CENTURY) && peek(c, 0)->v == 0 &&
		    is(c, 1, W_NUM)) {
			c->i++;		/* "c 1130" */
			p->flags |= DATE_APPROX;
		} else if (!accept(c, W_THE) && !accept(c, W_OF) &&
		    !accept(c, W_IN))
			break;
	}
	if (!numeric(c, p) && !century(c, p) && !decade(c, p) &&
	    !day_month(c, p) && !month_first(c, p) && !season(c, p)) {
		if (!take_year(c, p)) {
			*c = save;
			return false;
		}
		p->unit = UNIT_YEAR;
	}
	doubt_marks(c, p);
	return true;
}

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
	if (point(c, b))
		return true;
	*c = save;
	return false;
}

/*
 * A first half that is no date by itself: the 16 of "16-18 May", the 206 or 8
 * of "206-202 BC", the 16th of "16th-17th centuries".
 */
static bool
bare_first(struct cur *c, struct date_point *a, struct date_point *b)
{
	struct cur save = *c;
	const struct word_tok *t;
	int turns;

	*a = (struct date_point){ .unit = UNIT_NONE };
	for (turns = 0; turns < 3 && (is(c, 0, W_THE) || is(c, 0, W_IN)); turns++)
		c->i++;
	if (accept(c, W_APPROX))
		a->flags |= DATE_APPROX;
	if (is(c, 0, W_PART)) {		/* "late 16th–early 17th century" */
		a->part = (uint8_t)peek(c, 0)->v;
		c->i++;
		(void)accept(c, W_DASH);
	}
	t = peek(c, 0);
	if ((t->kind != W_NUM || t->plural) && t->kind != W_ORDINAL)
		goto no;
	c->i++;
	if (!accept(c, W_DASH) && !accept(c, W_TO) && !accept(c, W_AND))
		goto no;
	if (!point(c, b))
		goto no;
	if (b->unit == UNIT_CENTURY && t->v >= 1 && t->v <= 99) {
		a->unit = UNIT_CENTURY;
		a->has_year = a->year_marked = true;
		a->year = b->year <= 0 ? 1 - t->v : t->v;
		return true;
	}
	if (a->part != PART_NONE)
		goto no;
	if (b->unit == UNIT_DAY && t->v >= 1 && t->v <= 31 && b->julian_day == 0) {
		*a = *b;
		a->day = (int8_t)t->v;
		return true;
	}
	if (b->unit == UNIT_YEAR && b->year_marked && t->kind == W_NUM &&
	    !t->ordinal) {
		a->unit = UNIT_YEAR;
		a->has_year = a->year_marked = true;
		a->digits = t->digits;
		a->year = b->year <= 0 ? 1 - t->v : t->v;
		return true;
	}
no:
	*c = save;
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
		if (!point(&c, &b) || b.unit != a->unit)
			return;
		if (b.has_year) {
			lend(a, &b);
			return;
		}
	}
}

/* Two points and what joins them, or one and what limits it. */
static bool
span(struct cur *c, struct date_words *w, bool from)
{
	struct cur one;

	if (bare_first(c, &w->a, &w->b)) {
		w->shape = SHAPE_RANGE;
		return true;
	}
	if (!point(c, &w->a))
		return false;
	one = *c;
	if (is(c, 0, W_DASH) || is(c, 0, W_TO) || (is(c, 0, W_UNTIL) && from) ||
	    (is_punct(c, 0, '/') && w->a.unit == UNIT_YEAR)) {
		c->i++;
		if (range_end(c, &w->a, &w->b)) {
			lend(&w->a, &w->b);
			if (w->b.unit == UNIT_YEAR && w->a.unit == UNIT_YEAR &&
			    w->b.year <= 0 && !w->a.year_marked) {
				w->a.year = 1 - w->a.year;
				w->a.year_marked = true;
			}
			if (w->a.bc_before && w->b.unit == UNIT_YEAR &&
			    !w->b.year_marked && w->b.year <= -w->a.year)
				w->b.year = 1 - w->b.year;
			w->shape = SHAPE_RANGE;
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
	/* "1908-": still going on when it was written */
	return true;
}

static bool
between(struct cur *c, struct date_words *w)
{
	c->i++;
	w->shape = SHAPE_BETWEEN;
	if (bare_first(c, &w->a, &w->b))
		return true;
	if (!point(c, &w->a) || !accept(c, W_AND) || !range_end(c, &w->a, &w->b))
		return false;
	lend(&w->a, &w->b);
	return true;
}

bool
words_parse(struct word_run *r, struct date_words *ret)
{
	static const uint16_t life[] = { 0, DATE_FLORUIT, DATE_BORN, DATE_DIED,
		DATE_REIGNED };
	struct date_words w = { .shape = SHAPE_POINT };
	struct cur c = { r, 0 };
	bool ok;

	if (is(&c, 0, W_LIFE)) {
		w.flags = life[peek(&c, 0)->v];
		c.i++;
	}
	while (is(&c, 0, W_IN) || is(&c, 0, W_THE))
		c.i++;
	switch (peek(&c, 0)->kind) {
	case W_BEFORE:
		w.shape = SHAPE_BEFORE;
		break;
	case W_AFTER:
		w.shape = SHAPE_AFTER;
		break;
	case W_UNTIL:
		w.shape = peek(&c, 0)->v == 1 ? SHAPE_UNTIL : SHAPE_LASTS_UNTIL;
		break;
	case W_SINCE:
		w.shape = SHAPE_SINCE;
		break;
	case W_BETWEEN:
		if (!between(&c, &w))
			return false;
		w.n = c.i;
		*ret = w;
		return true;
	case W_FROM:
		c.i++;
		ok = span(&c, &w, true);
		goto done;
	default:
		ok = span(&c, &w, false);
		goto done;
	}
	c.i++;
	ok = point(&c, &w.a);
done:
	if (!ok)
		return false;
	w.n = c.i;
	*ret = w;
	return true;
}
