/* SPDX-License-Identifier: ISC */
/*
 * Durations ("thirty years", "many weeks", "два месяца") and dates told from
 * the one before ("the following year", "on the same day", "two years later",
 * "в том же году").
 */
#include "calendar/date_word.h"
#include "calendar/prose_fit.h"
#include "calendar/prose_int.h"

enum rel_kind {
	R_NONE, R_NUMBER, R_TEN, R_HUNDRED, R_VAGUE, R_UNIT, R_NEXT, R_SAME,
	R_PREV, R_THAT, R_LATER, R_EARLIER, R_AFTER, R_A, R_OR, R_THROUGH, R_THE
};

enum rel_unit { U_DAY = 1, U_WEEK, U_MONTH, U_YEAR, U_DECADE, U_CENTURY };

struct rel_row {
	const char *s;
	uint8_t n;
	uint8_t kind;
	uint8_t v;
};

#include "calendar/prose_words.inc"

struct rel_tok {
	enum rel_kind kind;
	int32_t v;
	size_t from, to;
};

static const struct rel_row *
row_of(struct bytes s, size_t at, size_t end)
{
	size_t n = end - at, i;

	if (n == 0 || n > 40)
		return NULL;
	for (i = word_hash(s.p + at, n) & 511; rel_slots[i]; i = (i + 1) & 511) {
		const struct rel_row *row = &rel_rows[rel_slots[i] - 1];

		if (row->n == n && word_same(s.p + at, row->s, n))
			return row;
	}
	return NULL;
}

/* The token at at, blanks before it aside; R_NONE for what is not known. */
static struct rel_tok
token(struct bytes s, size_t at)
{
	struct rel_tok t = { R_NONE, 0, at, at };
	const struct rel_row *row;

	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\n' ||
	    (s.p[at] == 0xc2 && at + 1 < s.n && s.p[at + 1] == 0xa0)))
		at += s.p[at] == 0xc2 ? 2 : 1;
	t.from = t.to = at;
	if (at < s.n && s.p[at] >= '0' && s.p[at] <= '9') {
		for (; t.to < s.n && s.p[t.to] >= '0' && s.p[t.to] <= '9'; t.to++)
			t.v = MIN(t.v * 10 + (s.p[t.to] - '0'), 1000000);
		if (t.to - at <= 4)
			t.kind = R_NUMBER;
		return t;
	}
	t.to = letters_end(s, at);
	if ((row = row_of(s, at, t.to)) != NULL) {
		t.kind = row->kind;
		t.v = row->v;
	}
	return t;
}

static bool
dash_at(struct bytes s, size_t at, size_t *to)
{
	if (at < s.n && s.p[at] == '-') {
		*to = at + 1;
		return true;
	}
	if (at + 2 < s.n && s.p[at] == 0xe2 && s.p[at + 1] == 0x80 &&
	    (s.p[at + 2] == 0x93 || s.p[at + 2] == 0x94)) {
		*to = at + 3;
		return true;
	}
	return false;
}

/* "thirty-five", "two hundred", "12"; moves *at behind it. */
static bool
number(struct bytes s, size_t *at, int32_t *v, size_t *from)
{
	struct rel_tok t = token(s, *at), u;
	size_t next;

	if (t.kind != R_NUMBER && t.kind != R_TEN && t.kind != R_HUNDRED)
		return false;
	*v = t.v;
	*from = t.from;
	*at = t.to;
	next = t.to;
	if (t.kind == R_TEN) {
		(void)dash_at(s, t.to, &next);
		u = token(s, next);
		if (u.kind == R_NUMBER && u.v < 10 && s.p[u.from] > '9') {
			*v += u.v;
			*at = u.to;
		}
	}
	u = token(s, *at);
	if (u.kind != R_HUNDRED && dash_at(s, *at, &next))
		u = token(s, next);	/* "two-hundred-year" */
	if (u.kind == R_HUNDRED && t.kind != R_HUNDRED) {
		*v *= 100;
		*at = u.to;
	}
	/* "a hundred and three" */
	if ((u.kind == R_HUNDRED || t.kind == R_HUNDRED) &&
	    bytes_starts(bytes_sub(s, *at, s.n), B(" and "))) {
		u = token(s, *at + 5);
		if ((u.kind == R_NUMBER || u.kind == R_TEN) && u.v < 100) {
			*v += u.v;
			*at = u.to;
		}
	}
	return true;
}

static struct period
period_of(int32_t n, int32_t n_max, int unit, bool vague)
{
	static const int32_t days[] = { [U_DAY] = 1, [U_WEEK] = 7, [U_MONTH] = 30,
		[U_YEAR] = 365, [U_DECADE] = 3652, [U_CENTURY] = 36524 };
	struct period p = { .approx = vague || n_max > n };

	switch (unit) {
	case U_DAY:
		p.days = n;
		break;
	case U_WEEK:
		p.days = n * 7;
		break;
	case U_MONTH:
		p.months = n;
		break;
	case U_YEAR:
		p.years = n;
		break;
	case U_DECADE:
		p.years = n * 10;
		break;
	default:
		p.years = n * 100;
	}
	if (p.approx)
		p.days_max = n_max * days[unit];
	return p;
}

/* The day j in the calendar that l is written in. */
static struct civil
civil_like(jdn_t j, const struct date_value *l)
{
	return l->calendar == DATE_CAL_JULIAN ? julian_from_jdn(j) :
	    gregorian_from_jdn(j);
}

/* " and a half" behind a unit: half of one more; moves *to behind it. */
static void
and_half(struct bytes s, int unit, struct period *p, size_t *to)
{
	static const struct period half[] = { [U_MONTH] = { .days = 15 },
		[U_YEAR] = { .months = 6 }, [U_DECADE] = { .years = 5 },
		[U_CENTURY] = { .years = 50 } };
	struct bytes more = B(" and a half");

	if (unit < U_MONTH || !bytes_starts(bytes_sub(s, *to, s.n), more))
		return;
	*to += more.n;
	p->days += half[unit].days;
	p->months += half[unit].months;
	p->years += half[unit].years;
}

/* The whole year, month or day that holds j. */
static struct date_value
around(jdn_t j, int unit, const struct date_value *like)
{
	struct civil c = civil_like(j, like);
	struct date_point pt = { .has_year = true, .year_marked = true,
	    .year = c.year, .style = like->calendar == DATE_CAL_JULIAN ? 1 : 2 };
	struct date_value v = date_value_make(j, j, DATE_DAY, DATE_CAL_GREGORIAN);

	if (unit >= U_YEAR)
		pt.unit = UNIT_YEAR;
	else if (unit == U_MONTH) {
		pt.unit = UNIT_MONTH;
		pt.month = c.month;
	}
	if (unit == U_WEEK) {
		v = date_value_make(j - 3, j + 3, DATE_SPAN, DATE_CAL_GREGORIAN);
		v.flags |= DATE_APPROX;
	} else if (unit != U_DAY && point_resolve(&pt, NULL, &v, NULL) < 0)
		v = date_value_make(j, j, DATE_DAY, DATE_CAL_GREGORIAN);
	return v;
}

/* Is the date spoken of fine enough for a step of this unit? */
static bool
fine_enough(const struct date_prose *p, int unit)
{
	const struct date_value *l = &p->last;

	if (!p->has_last || l->flags & (DATE_OPEN_LO | DATE_OPEN_HI))
		return false;
	if (unit == U_DAY || unit == U_WEEK)
		return l->precision == DATE_DAY;
	if (unit == U_CENTURY)
		return false;	/* no year is meant */
	if (unit == U_MONTH)
		return l->precision <= DATE_MONTH;
	return l->precision <= DATE_YEAR;
}

static bool
step(const struct date_prose *p, int unit, const struct period *by, int sign,
    struct date_found *ret)
{
	struct date_value moved;

	if (!fine_enough(p, unit) || date_add(&p->last, by, sign, &moved) < 0)
		return false;
	ret->kind = FOUND_DATE;
	ret->v = around((jdn_t)(((int64_t)moved.lo + moved.hi) / 2), unit, &p->last);
	ret->doubt = by->approx ? 40 : 25;
	if (by->approx)
		ret->v.flags |= DATE_APPROX;
	return true;
}

static size_t
with_article(struct bytes s, size_t from)
{
	if (from >= 4 && (memcmp(s.p + from - 4, "the ", 4) == 0 ||
	    memcmp(s.p + from - 4, "The ", 4) == 0))
		return from - 4;
	return from;
}

/* A month or season by its name at at: the next one there is. */
static bool
next_named(const struct date_prose *p, size_t at, struct date_found *ret)
{
	struct word_tok w = word_one(p->text, at);
	struct date_point pt = { .has_year = true };
	struct date_value v;

	if (w.kind == W_MONTH) {
		pt.unit = UNIT_MONTH;
		pt.month = (int8_t)w.v;
	} else if (w.kind == W_SEASON) {
		pt.unit = UNIT_SEASON;
		pt.season = (int8_t)w.v;
	} else
		return false;
	if (!p->has_last || p->last.flags & DATE_OPEN_HI)
		return false;
	pt.year = civil_like(p->last.hi, &p->last).year;
	if (point_resolve(&pt, NULL, &v, NULL) < 0)
		return false;
	if (v.lo <= p->last.hi) {
		pt.year++;
		if (point_resolve(&pt, NULL, &v, NULL) < 0)
			return false;
	}
	ret->to = w.to;
	ret->kind = FOUND_DATE;
	ret->v = v;
	ret->doubt = 25;
	return true;
}

/* "the following year", "the same day", "that month", "the next spring". */
static bool
told_from(struct date_prose *p, const struct rel_tok *t, struct date_found *ret)
{
	struct bytes s = p->text;
	struct rel_tok u = token(s, t->to);
	size_t from = t->from;
	static const struct period none = { 0 };
	static const char *const that[] = { "that", "this", NULL };
	struct period one;

	if (t->v == 1 && bytes_starts(bytes_sub(s, u.from, s.n), B("же ")))
		u = token(s, u.from + 5);	/* "в том же году" */
	else if (t->v == 1)
		return false;
	else if (t->kind == R_SAME && from >= 5 && s.p[from - 1] == ' ' &&
	    word_in(word_before(s, from), that))
		from -= 5;	/* "that same year" */
	ret->from = with_article(s, from);
	if (u.kind == R_UNIT && s.p[u.to - 1] != 's') {
		if (u.v > U_YEAR || (t->kind == R_THAT && u.v == U_WEEK))
			return false;
		ret->to = u.to;
		if (t->kind == R_SAME || t->kind == R_THAT)
			return step(p, u.v, &none, 1, ret);
		one = period_of(1, 1, u.v, false);
		return step(p, u.v, &one, t->kind == R_PREV ? -1 : 1, ret);
	}
	return t->kind == R_NEXT && next_named(p, u.from, ret);
}

/* "(of) the same year", "того же года": its unit, how many on, its end. */
static int
told_unit(struct bytes s, size_t at, int32_t *shift, size_t *to)
{
	struct rel_tok t = token(s, at), u;

	if (t.kind == R_OR && t.v == 1)		/* of */
		t = token(s, t.to);
	if (t.kind == R_THE)
		t = token(s, t.to);
	u = token(s, t.to);
	if (t.kind == R_THAT && u.kind == R_SAME)	/* "that same year" */
		u = token(s, u.to);
	if (t.kind == R_SAME && t.v == 1) {
		if (!bytes_starts(bytes_sub(s, u.from, s.n), B("же ")))
			return 0;
		u = token(s, u.from + 5);
	}
	if (u.kind != R_UNIT || (t.kind != R_SAME && t.kind != R_THAT &&
	    t.kind != R_NEXT && t.kind != R_PREV))
		return 0;
	*shift = t.kind == R_NEXT ? 1 : t.kind == R_PREV ? -1 : 0;
	*to = u.to;
	return u.v;
}

bool
prose_year_told(struct date_prose *p, size_t at, int32_t *year, size_t *to)
{
	int32_t shift;
	size_t end;

	if (byte_at(p->text, at) != ' ' || !fine_enough(p, U_YEAR))
		return false;
	if (bytes_starts(bytes_sub(p->text, at, p->text.n), B(" before")) &&
	    (at + 7 == p->text.n || strchr(".,;:)", p->text.p[at + 7]) != NULL)) {
		*year = civil_like(p->last.lo, &p->last).year - 1;
		*to = at + 7;	/* "since the summer before:" */
		return true;
	}
	if (told_unit(p->text, at, &shift, &end) != U_YEAR)
		return false;
	*year = civil_like(p->last.lo, &p->last).year + shift;
	*to = end;
	return true;
}

/* "the 20th of the same month": at the number, which ends at end. */
static bool
day_told(struct date_prose *p, const struct rel_tok *n, struct date_found *ret)
{
	static const char *const ends[] = { "st ", "nd ", "rd ", "th ", "d " };
	struct bytes s = p->text;
	struct period month = { .months = 1 };
	struct date_value moved = p->last;
	struct date_point pt = { .unit = UNIT_DAY, .has_year = true,
	    .year_marked = true, .day = (int8_t)MIN(n->v, 99) };
	struct civil c;
	int32_t shift;
	size_t i;

	for (i = 0; i < NELEM(ends); i++)
		if (bytes_starts(bytes_sub(s, n->to, s.n), bytes_str(ends[i])))
			break;
	if (i == NELEM(ends) || !fine_enough(p, U_MONTH) || told_unit(s,
	    n->to + strlen(ends[i]), &shift, &ret->to) != U_MONTH ||
	    (shift && date_add(&p->last, &month, shift, &moved) < 0))
		return false;
	c = civil_like(moved.lo, &p->last);
	pt.year = c.year;
	pt.month = c.month;
	pt.style = p->last.calendar == DATE_CAL_JULIAN ? 1 : 2;
	if (point_resolve(&pt, NULL, &ret->v, NULL) < 0)
		return false;
	ret->kind = FOUND_DATE;
	ret->from = n->from;
	ret->doubt = 25;
	return true;
}

/* "the year before there had been war" */
static bool
clause_begins(struct bytes s, size_t at)
{
	static const char *const words[] = { " there ", " he ", " she ", " it ",
		" they ", " had ", " was ", " were " };
	size_t i;

	for (i = 0; i < NELEM(words); i++)
		if (bytes_starts(bytes_sub(s, at, s.n), bytes_str(words[i])))
			return true;
	return false;
}

/* "two years later", "a month earlier"; sign 0: a duration and no more. */
static int
direction(struct bytes s, size_t at, bool clause, size_t *to)
{
	struct rel_tok t = token(s, at);
	int c = t.to < s.n ? s.p[t.to] : '.';

	*to = t.to;
	if (t.kind == R_LATER)
		return 1;
	if (t.kind == R_EARLIER)
		return -1;
	/* "the year after." but not "a year after the war" */
	if (t.kind == R_AFTER && (c == ',' || c == '.' || c == ';' ||
	    (clause && clause_begins(s, t.to))))
		return t.v ? -1 : 1;
	return 0;
}

/* "for a year", "half a century", "within a month": lengths of time. */
static bool
one_unit(struct bytes s, const struct rel_tok *t, struct date_found *ret)
{
	static const char *const before[] = { "for", "within", "nearly", "almost",
		"than", "about", "lasted", "lasting", "another", "over", NULL };
	static const char *const half[] = { "half", NULL };
	struct bytes w;

	if (t->v == U_DAY || t->from < 4 || s.p[t->to - 1] == 's' ||
	    memcmp(s.p + t->from - 2, "a ", 2) != 0)
		return false;
	ret->kind = FOUND_DURATION;
	ret->from = t->from - 2;
	ret->to = t->to;
	ret->period = period_of(1, 1, t->v, false);
	and_half(s, t->v, &ret->period, &ret->to);
	w = word_before(s, ret->from);
	if (word_in(w, half) && t->v >= U_YEAR && s.p[ret->from - 1] == ' ') {
		ret->from -= 5;
		ret->period = t->v == U_YEAR ? (struct period){ .months = 6 } :
		    (struct period){ .years = ret->period.years / 2 };
		return true;
	}
	return word_in(w, before);
}

/* "525 years before Christ": the number is the year, and what ends it. */
static bool
before_christ(struct bytes s, int32_t n, const struct rel_tok *unit,
    struct date_found *ret)
{
	static const char *const about[] = { "about", "around", "near", "some",
		NULL };
	struct date_point pt = { .unit = UNIT_YEAR, .has_year = true,
	    .year_marked = true, .year = 1 - n, .digits = 4 };
	struct word_tok w;
	size_t at = unit->to;

	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\n'))
		at++;
	if (unit->v != U_YEAR || n < 1 || n > 9999)
		return false;
	w = word_one(s, at);
	if (w.kind != W_BC)
		return false;
	if (word_in(word_before(s, ret->from), about))
		pt.flags = DATE_APPROX;
	if (point_resolve(&pt, NULL, &ret->v, NULL) < 0)
		return false;
	ret->kind = FOUND_DATE;
	ret->to = w.to;
	ret->doubt = 0;
	return true;
}

static bool
unit_word(struct date_prose *p, const struct rel_tok *t, struct date_found *ret)
{
	struct bytes s = p->text;
	struct period one = period_of(1, 1, t->v, false);
	size_t to, from = t->from;
	int sign = direction(s, t->to, true, &to);

	if (from < 2)
		return false;
	if (sign == 0)
		return one_unit(s, t, ret);
	if (memcmp(s.p + from - 2, "a ", 2) == 0 && (from == 2 ||
	    s.p[from - 3] == ' ' || s.p[from - 3] == '\n'))
		from -= 2;
	else if (memcmp(s.p + from - 2, "A ", 2) == 0)
		from -= 2;
	else if (with_article(s, from) != from)
		from = with_article(s, from);
	else if (s.p[t->from] < 0x80)	/* "год спустя" needs no article */
		return false;
	ret->from = from;
	ret->to = to;
	return step(p, t->v, &one, sign, ret);
}

/* "the Thirty Years' War", "the Hundred Days": names, with both in capitals. */
static bool
is_name(struct bytes s, size_t number, size_t unit)
{
	return s.p[number] >= 'A' && s.p[number] <= 'Z' && s.p[unit] >= 'A' &&
	    s.p[unit] <= 'Z';
}

/* How many of a unit: "three", "two or three", "3-4", "several". */
struct amount {
	struct rel_tok first;
	int32_t n, most;
	bool vague;
};

/* "many", "a few", "a couple of": the least and the most that is meant. */
static void
vague_amount(struct bytes s, struct amount *a, size_t *at)
{
	static const struct {
		int32_t v, n, most;
	} rows[] = { { 9, 3, 12 }, { 5, 3, 9 }, { 3, 2, 5 }, { 2, 2, 2 } };
	struct rel_tok of = token(s, a->first.to);
	size_t i;

	a->vague = true;
	a->n = a->most = 2;
	for (i = 0; i < NELEM(rows); i++)
		if (rows[i].v == a->first.v) {
			a->n = rows[i].n;
			a->most = rows[i].most;
		}
	*at = of.kind == R_OR && of.v == 1 ? of.to : a->first.to;
}

static bool
amount(struct bytes s, size_t *at, struct amount *a)
{
	struct rel_tok or;
	size_t again, from;

	a->first = token(s, *at);
	a->vague = false;
	if (a->first.kind == R_VAGUE) {
		vague_amount(s, a, at);
		return true;
	}
	if (!number(s, at, &a->n, &from))
		return false;
	a->most = a->n;
	or = token(s, *at);
	if (or.kind == R_OR && or.v == 0)
		again = or.to;
	else if (!dash_at(s, *at, &again))
		return true;
	if (number(s, &again, &a->most, &from) && a->most > a->n)
		*at = again;
	else
		a->most = a->n;
	return true;
}

static bool
duration(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	struct rel_tok t = token(s, at), u;
	struct amount a;
	struct period by;
	size_t next = at, to;
	bool through = t.kind == R_THROUGH;
	int sign;

	ret->from = at;
	if (through) {
		next = t.to;
		t = token(s, next);
		if (t.kind == R_UNIT) {		/* "через год" */
			by = period_of(1, 1, t.v, false);
			ret->to = t.to;
			return step(p, t.v, &by, 1, ret);
		}
	}
	if (!amount(s, &next, &a))
		return false;
	if (t.kind == R_NUMBER && t.v <= 31 && next == t.to &&
	    day_told(p, &t, ret))
		return true;
	if (dash_at(s, next, &to))	/* "thirty-year", "20-day" */
		next = to;
	u = token(s, next);
	if (u.kind != R_UNIT || is_name(s, at, u.from))
		return false;
	by = period_of(a.n, a.most, u.v, a.vague);
	if (t.kind == R_HUNDRED && at >= 2 && memcmp(s.p + at - 2, "a ", 2) == 0)
		ret->from -= 2;
	ret->to = u.to;
	if (through)
		return step(p, u.v, &by, 1, ret);
	if (a.n == a.most && before_christ(s, a.n, &u, ret))
		return true;
	/* "ten weeks after he had gone" is told from what follows */
	if ((sign = direction(s, u.to, false, &to)) != 0) {
		ret->to = to;
		if (step(p, u.v, &by, sign, ret))
			return true;
		ret->to = u.to;
	}
	/* "one day he came" is no length of time */
	if (a.n == 1 && a.most == 1 && u.v == U_DAY && !a.vague)
		return false;
	ret->kind = FOUND_DURATION;
	ret->period = by;
	ret->doubt = 0;
	and_half(s, u.v, &ret->period, &ret->to);
	return true;
}

/* A number that is the end of another, a page or a sum is no duration. */
static bool
stands_alone(struct bytes s, size_t at)
{
	int b = at ? s.p[at - 1] : ' ';

	return b == ' ' || b == '\n' || b == '(' || b >= 0x80 || b == '-' ||
	    b == '"';
}

bool
prose_relative(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct rel_tok t = token(p->text, at);

	*ret = (struct date_found){ .kind = FOUND_DURATION };
	switch (t.kind) {
	case R_NEXT:
	case R_SAME:
	case R_PREV:
	case R_THAT:
		if (!told_from(p, &t, ret))
			return false;
		break;
	case R_UNIT:
		if (!unit_word(p, &t, ret))
			return false;
		break;
	case R_NUMBER:
	case R_TEN:
	case R_HUNDRED:
	case R_VAGUE:
	case R_THROUGH:
		if (!stands_alone(p->text, at) || !duration(p, at, ret))
			return false;
		break;
	default:
		return false;
	}
	return ret->from >= p->done;
}
