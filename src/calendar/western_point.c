/* SPDX-License-Identifier: ISC */
/* The grammar of Western dates: tokens to points; western.h. */
#include "calendar/western_cur.h"

static bool
is_year(const struct cur *c, int ahead)
{
	const struct word_tok *t = peek(c, ahead);

	return t->kind == W_NUM && t->digits >= 3 && !t->plural && !t->ordinal;
}

void
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
	p->year_zero = p->year == 0;
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
	const struct word_tok *t;
	int32_t unit;

	if (p->month < 1 || p->month > 3 || p->year < 1000 || p->year > 1752 ||
	    (!is(c, 0, W_DASH) && !is_punct(c, 0, '/')))
		return;
	t = peek(c, 1);
	unit = t->digits == 1 ? 10 : t->digits == 2 ? 100 : 10000;
	if (peek(c, 0)->space || t->space || t->kind != W_NUM || t->plural ||
	    t->ordinal || t->v != (p->year + 1) % unit)
		return;
	c->i += 2;
	p->year++;
	if (p->style == 0)
		p->style = 1;
}

void
optional_year(struct cur *c, struct date_point *p)
{
	struct cur save = *c;

	if (p->has_year)
		return;
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
	    s->v != s2->v || s->space || s2->space || b->space != d->space ||
	    (b->space && (!c->r->whole || s->v != '.')))
		return false;
	if (!(s->kind == W_DASH && s->v == '-') && !(s->kind == W_PUNCT &&
	    (s->v == '.' || s->v == '/')))
		return false;
	if (b->digits > 2 || b->v > 99 || a->ordinal || d->ordinal ||
	    (b->ordinal && s->kind == W_DASH))	/* 14.II.1950, not 1950-04-XX */
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

/* 12/1949, 12.1949; 19491216: only where all of it must be a date. */
static bool
compact(struct cur *c, struct date_point *p)
{
	const struct word_tok *a = peek(c, 0), *s = peek(c, 1), *b = peek(c, 2);

	if (!c->r->whole || a->kind != W_NUM || a->plural || a->ordinal)
		return false;
	if (a->digits == 8 && a->v / 100 % 100 >= 1 && a->v / 100 % 100 <= 12) {
		p->unit = UNIT_DAY;
		p->year = a->v / 10000;
		p->month = (int8_t)(a->v / 100 % 100);
		p->day = (int8_t)(a->v % 100);
		c->i++;
	} else if (a->digits <= 2 && a->v >= 1 && a->v <= 12 && b->kind == W_NUM &&
	    b->digits == 4 && !b->plural && s->kind == W_PUNCT &&
	    (s->v == '/' || s->v == '.') && !s->space && !b->space) {
		p->unit = UNIT_MONTH;
		p->year = b->v;
		p->month = (int8_t)a->v;
		c->i += 3;
	} else
		return false;
	p->digits = 4;
	p->has_year = p->year_marked = true;
	return true;
}

/* Days into a year, to see which of two days comes first. */
static int
day_number(int month, int day)
{
	return 31 * (month - 1) + day;
}

/* O.S., "in the Julian calendar": the style, or 0. */
static uint8_t
style_at(const struct cur *c, int ahead)
{
	const struct word_tok *t = peek(c, ahead);

	return t->kind == W_STYLE || t->kind == W_CALENDAR ? (uint8_t)t->v : 0;
}

static void
take_style(struct cur *c, struct date_point *p)
{
	if (style_at(c, 0) == 0)
		return;
	p->style = style_at(c, 0);
	c->i++;
}

/* The day and month of in, perhaps with a year and a style. */
static bool
day_inside(struct cur *c, struct date_point *in)
{
	take_style(c, in);
	if (is_day(c, 0) && is(c, 1, W_MONTH)) {
		in->day = (int8_t)MIN(peek(c, 0)->v, 99);
		in->month = (int8_t)peek(c, 1)->v;
	} else if (is(c, 0, W_MONTH) && is_day(c, 1)) {
		in->month = (int8_t)peek(c, 0)->v;
		in->day = (int8_t)MIN(peek(c, 1)->v, 99);
	} else
		return false;
	c->i += 2;
	in->unit = UNIT_DAY;
	optional_year(c, in);
	(void)accept_punct(c, ',');
	take_style(c, in);
	return true;
}

/*
 * 25 October (7 November), 7 November (25 October O.S.), 25 October/7
 * November: one day in both calendars.  p becomes the Gregorian one; without
 * a style the later of the two, up to 20 days on, is that.
 */
static bool
other_day(struct cur *c, struct date_point *p)
{
	struct cur save = *c;
	struct date_point in = { .unit = UNIT_NONE };
	int32_t close = is_punct(c, 0, '(') ? ')' : is_punct(c, 0, '[') ? ']' : 0;
	int on;
	bool turned;

	if (p->julian_day || p->style || (!close && !is_punct(c, 0, '/')))
		return false;
	c->i++;
	if (close && style_at(c, 0) && is_punct(c, 1, close)) {
		take_style(c, p);	/* 25 October (O.S.) 1917 */
		c->i++;
		return true;
	}
	if (!day_inside(c, &in) || (close && !accept_punct(c, close)))
		goto no;
	on = (day_number(in.month, in.day) - day_number(p->month, p->day) + 372) % 372;
	if (in.style == 0 && on > 20 && on < 352)
		goto no;
	turned = in.style == 1 || (in.style == 0 && on >= 352);
	if (!turned) {		/* p is the Julian one: change them over */
		struct date_point old = *p;

		p->day = in.day;
		p->month = in.month;
		in.day = old.day;
		in.month = old.month;
		if (in.has_year || old.has_year) {
			p->year = in.has_year ? in.year : old.year +
			    (old.month == 12 && p->month == 1);
			p->has_year = true;
			p->digits = MAX(in.digits, old.digits);
		}
	}
	p->julian_day = in.day;
	p->julian_month = in.month;
	return true;
no:
	*c = save;
	return false;
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
	(void)other_day(c, p);
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
		(void)other_day(c, p);
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
	if (p->season == 4 && p->has_year && (is(c, 0, W_DASH) || is_punct(c, 0, '/')) &&
	    is(c, 1, W_NUM) && (peek(c, 1)->v == (p->year + 1) % 100 ||
	    peek(c, 1)->v == p->year + 1))
		c->i += 2;	/* the winter that begins in the year */
	return true;
}

/* 19th century, XIX век, seventh cent. BC. */
static bool
century(struct cur *c, struct date_point *p)
{
	const struct word_tok *t = peek(c, 0), *w = peek(c, 1);
	bool counted = t->kind == W_NUM && !t->ordinal;
	int32_t v = t->v;

	if (!((t->kind == W_NUM && t->digits <= 2 && !t->plural) ||
	    t->kind == W_ORDINAL) || v < 1 || v > 99)
		return false;
	if (w->kind == W_DASH && !w->space && peek(c, 2)->kind == W_CENTURY)
		c->i++;		/* "19th-century" */
	else if (w->kind == W_APPROX && t->ordinal && w->to - w->from == 2)
		;		/* "19th c." */
	else if (w->kind != W_CENTURY)
		return false;
	w = peek(c, 1);
	/* "в." and "c." are too short to stand behind a plain number, */
	if (w->v == 0 && !(t->ordinal && (c->r->whole || w->kind == W_APPROX)))
		return false;
	/* and "18 centuries" are a length of time. */
	if (counted && (w->v == 3 || w->to - w->from < 4))
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
		*p = (struct date_point){ .part = p->part, .flags = p->flags,
		    .style = p->style };
		return false;
	}
	if (accept(c, W_BC))
		p->year = -t->v - 9 + 1;	/* 129-120 BC begins in -128 */
	else
		(void)accept(c, W_AD);
	return true;
}

void
doubt_marks(struct cur *c, struct date_point *p)
{
	if (accept_punct(c, '?'))
		p->flags |= DATE_UNCERTAIN;
	else if (is_punct(c, 0, '(') && is_punct(c, 1, '?') && is_punct(c, 2, ')')) {
		c->i += 3;
		p->flags |= DATE_UNCERTAIN;
	} else if (is_punct(c, 0, '(') && (is(c, 1, W_MAYBE) || is(c, 1, W_APPROX)) &&
	    is_punct(c, 2, ')')) {
		p->flags |= is(c, 1, W_MAYBE) ? DATE_UNCERTAIN : DATE_APPROX;
		c->i += 3;
	}
	if (p->unit == UNIT_DAY && other_day(c, p)) {
		if (is(c, 0, W_YEAR) && peek(c, 0)->v <= 2)
			c->i++;
		return;
	}
	if (is_punct(c, 0, '(') && style_at(c, 1) && is_punct(c, 2, ')')) {
		p->style = style_at(c, 1);
		c->i += 3;
		return;
	}
	if (is_punct(c, 0, ',') && style_at(c, 1))
		c->i++;
	take_style(c, p);
}

/* 1st half of, 2nd quarter of: 0 or enum date_part. */
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

uint8_t
take_part(struct cur *c)
{
	uint8_t part = is(c, 0, W_PART) ? (uint8_t)peek(c, 0)->v : numbered_part(c);

	if (part)
		c->i += is(c, 0, W_PART) ? 1 : 2;
	return part;
}

bool
point_parse(struct cur *c, struct date_point *p)
{
	struct cur save = *c;
	int turns;

	*p = (struct date_point){ .unit = UNIT_NONE };
	for (turns = 0; turns < 8; turns++) {
		if (accept(c, W_APPROX))
			p->flags |= DATE_APPROX;
		else if (accept(c, W_MAYBE))
			p->flags |= DATE_UNCERTAIN;
		else if (p->part == PART_NONE && (p->part = take_part(c)) != PART_NONE)
			(void)accept(c, W_DASH);	/* "mid-1950" */
		else if (is(c, 0, W_CENTURY) && peek(c, 0)->v == 0 &&
		    is(c, 1, W_NUM)) {
			c->i++;		/* "c 1130" */
			p->flags |= DATE_APPROX;
		} else if (is(c, 0, W_CALENDAR) && p->style == 0) {
			take_style(c, p);	/* "by the Julian calendar, 3 April" */
			(void)accept_punct(c, ',');
		} else if (!accept(c, W_THE) && !accept(c, W_OF) &&
		    !accept(c, W_IN))
			break;
	}
	if (!numeric(c, p) && !compact(c, p) && !century(c, p) && !decade(c, p) &&
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
