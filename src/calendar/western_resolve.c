/* SPDX-License-Identifier: ISC */
/* Points and shapes put on the line of days; western.h. */
#include "calendar/western.h"

#include <stdio.h>

/* Which calendar a Western date is in, when nobody says. */
static enum date_calendar
calendar_of(const struct date_point *p, int32_t y, int m, int d,
    const struct date_context *ctx)
{
	if (p->style)
		return p->style == 1 ? DATE_CAL_JULIAN : DATE_CAL_GREGORIAN;
	if (ctx && ctx->old_style && (y < 1918 || (y == 1918 && m < 2)))
		return DATE_CAL_JULIAN;
	if (y != 1582)
		return y < 1582 ? DATE_CAL_JULIAN : DATE_CAL_GREGORIAN;
	return m < 10 || (m == 10 && d < 15) ? DATE_CAL_JULIAN :
	    DATE_CAL_GREGORIAN;
}

static jdn_t
day_of(enum date_calendar cal, int32_t y, int m, int d)
{
	return cal == DATE_CAL_JULIAN ? jdn_julian(y, m, d) :
	    jdn_gregorian(y, m, d);
}

static int
days_in(enum date_calendar cal, int32_t y, int m)
{
	return cal == DATE_CAL_JULIAN ? julian_month_days(y, m) :
	    gregorian_month_days(y, m);
}

static const char *
year_words(int32_t y, char out[24])
{
	if (y <= 0)
		(void)snprintf(out, 24, "%d BC", 1 - y);
	else
		(void)snprintf(out, 24, "%d", y);
	return out;
}

/* The stretch of one year, month, decade or century that a part means. */
static const uint8_t cut[][2] = {	/* in sixtieths; of a year five are a month */
	[PART_NONE] = { 0, 60 },
	[PART_EARLY] = { 0, 20 }, [PART_MID] = { 20, 40 },
	[PART_LATE] = { 40, 60 }, [PART_HALF1] = { 0, 30 },
	[PART_HALF2] = { 30, 60 }, [PART_BEGIN] = { 0, 15 },
	[PART_QUARTER2] = { 15, 30 }, [PART_QUARTER3] = { 30, 45 },
	[PART_END] = { 45, 60 }, [PART_TENTH1] = { 0, 6 },
	[PART_TENTH10] = { 54, 60 },
};

static void
cut_part(uint8_t part, int32_t *lo, int32_t *hi)
{
	int64_t n = (int64_t)*hi - *lo + 1, base = *lo;

	*lo = (int32_t)(base + n * cut[part][0] / 60);
	*hi = (int32_t)(base + n * cut[part][1] / 60 - 1);
}

static int
check_day(const struct date_point *p, enum date_calendar cal, int m, int d,
    struct date_error *err)
{
	int max;
	char y[24];

	if (m < 1 || m > 12)
		return date_fail(err, DATE_FAULT_MONTH, 1,
		    "month %d: a year has 12 months", m);
	max = days_in(cal, p->year, m);
	if (d >= 1 && d <= max)
		return 0;
	if (m == 2 && d == 29)
		return date_fail(err, DATE_FAULT_DAY, 2,
		    "29 February %s: no leap year in the %s calendar, February "
		    "had 28 days", year_words(p->year, y),
		    cal == DATE_CAL_JULIAN ? "Julian" : "Gregorian");
	return date_fail(err, DATE_FAULT_DAY, 2, "%d %s: %s has %d days", d,
	    civil_months[m], civil_months[m], max);
}

int
western_cut_day(int day, struct date_error *err)
{
	return date_fail(err, DATE_FAULT_CUT, 3,
	    "%d October 1582: the days from 5 to 14 October 1582 were cut "
	    "when the Gregorian calendar began; say O.S. for the Julian "
	    "day or N.S. for the Gregorian", day);
}

static int
resolve_day(const struct date_point *p, const struct date_context *ctx,
    struct date_value *v, struct date_error *err)
{
	enum date_calendar cal = calendar_of(p, p->year, p->month, p->day, ctx);
	struct civil old;
	jdn_t j;
	int rc;

	if (p->year == 1582 && p->month == 10 && p->day >= 5 && p->day <= 14 &&
	    p->style == 0)
		return western_cut_day(p->day, err);
	if (p->julian_day)
		cal = DATE_CAL_GREGORIAN;
	if ((rc = check_day(p, cal, p->month, p->day, err)) < 0)
		return rc;
	j = day_of(cal, p->year, p->month, p->day);
	old = julian_from_jdn(j);
	if (p->julian_day && (old.day != p->julian_day ||
	    (p->julian_month && old.month != p->julian_month)))
		return date_fail(err, DATE_FAULT_DAY, 3, "%d %s %d was %d %s in the "
		    "Julian calendar, not %d %s", p->day, civil_months[p->month],
		    p->year, old.day, civil_months[old.month], p->julian_day,
		    p->julian_month ? civil_months[p->julian_month] :
		    civil_months[p->month]);
	*v = date_value_make(j, j, DATE_DAY, cal);
	return 0;
}

static int
resolve_month(const struct date_point *p, const struct date_context *ctx,
    struct date_value *v, struct date_error *err)
{
	enum date_calendar cal = calendar_of(p, p->year, p->month, 1, ctx);
	jdn_t lo, hi;
	int rc;

	if ((rc = check_day(p, cal, p->month, 1, err)) < 0)
		return rc;
	lo = day_of(cal, p->year, p->month, 1);
	cal = calendar_of(p, p->year, p->month, 31, ctx);
	hi = day_of(cal, p->year, p->month, days_in(cal, p->year, p->month));
	cut_part(p->part, &lo, &hi);
	*v = date_value_make(lo, hi, p->part ? DATE_PART : DATE_MONTH, cal);
	if (p->part == PART_NONE && cal == DATE_CAL_GREGORIAN)
		date_edtf_set(v, "%04d-%02d", p->year, p->month);
	return 0;
}

/* Meteorological seasons of the northern half: three whole months. */
static void
resolve_season(const struct date_point *p, const struct date_context *ctx,
    struct date_value *v)
{
	int m = p->season * 3;		/* spring: March */
	enum date_calendar cal = calendar_of(p, p->year, m, 1, ctx);
	int32_t last = p->season == 4 ? p->year + 1 : p->year;
	int end = p->season == 4 ? 2 : m + 2;

	*v = date_value_make(day_of(cal, p->year, m, 1),
	    day_of(cal, last, end, days_in(cal, last, end)), DATE_SEASON, cal);
	if (cal == DATE_CAL_GREGORIAN)
		date_edtf_set(v, "%04d-%02d", p->year, 20 + p->season);
}

/* The whole years that a year, decade or century is, or the part of it. */
static enum date_precision
years_meant(const struct date_point *p, int32_t *from, int32_t *to)
{
	enum date_precision prec = DATE_YEAR;

	*from = *to = p->year;
	if (p->unit == UNIT_DECADE) {
		/* "the 1800s" may mean the decade or the century */
		bool wide = p->year > 0 && p->year % 100 == 0;

		*to = *from + (wide ? 99 : 9);
		prec = wide ? DATE_CENTURY : DATE_DECADE;
	} else if (p->unit == UNIT_CENTURY) {
		*from = (p->year - 1) * 100 + 1;
		*to = *from + 99;
		prec = DATE_CENTURY;
	}
	if (p->unit != UNIT_YEAR)
		cut_part(p->part, from, to);
	return prec;
}

/* 1950, 1950-37, 195X, 19XX, [1901..1910]; some parts of a year have none. */
static void
years_edtf(struct date_value *v, const struct date_point *p, int32_t from, int32_t to)
{
	static const uint8_t codes[] = { [PART_EARLY] = 37, [PART_MID] = 38,
		[PART_LATE] = 39, [PART_HALF1] = 40, [PART_HALF2] = 41,
		[PART_BEGIN] = 33, [PART_QUARTER2] = 34, [PART_QUARTER3] = 35,
		[PART_END] = 36, [PART_TENTH1] = 0, [PART_TENTH10] = 0 };
	const char *sign = from < 0 ? "-" : "";

	if (p->unit == UNIT_YEAR && p->part == PART_NONE)
		date_edtf_set(v, "%s%04d", sign, abs(from));
	else if (p->unit == UNIT_YEAR && codes[p->part])
		date_edtf_set(v, "%s%04d-%02d", sign, abs(from), codes[p->part]);
	else if (p->unit == UNIT_DECADE && p->part == PART_NONE && from > 0 &&
	    v->precision == DATE_CENTURY)
		date_edtf_set(v, "%02dXX", from / 100);
	else if (p->unit == UNIT_DECADE && p->part == PART_NONE && from > 0)
		date_edtf_set(v, "%03dX", from / 10);
	else if (p->unit != UNIT_YEAR)
		date_edtf_set(v, "[%s%04d..%s%04d]", sign, abs(from), to < 0 ? "-" : "",
		    abs(to));
}

static void
resolve_long(const struct date_point *p, const struct date_context *ctx,
    struct date_value *v)
{
	int32_t from, to;
	enum date_precision prec = years_meant(p, &from, &to);
	int m1 = 1, m2 = 12;
	enum date_calendar first, last;

	if (p->unit == UNIT_YEAR) {	/* parts of a year are whole months */
		m1 = cut[p->part][0] / 5 + 1;
		m2 = cut[p->part][1] / 5;
	}
	first = calendar_of(p, from, m1, 1, ctx);
	last = calendar_of(p, to, m2, 31, ctx);
	*v = date_value_make(day_of(first, from, m1, 1),
	    day_of(last, to, m2, days_in(last, to, m2)), p->part ? DATE_PART : prec,
	    calendar_of(p, to, 12, 31, ctx));
	years_edtf(v, p, from, to);
}

/* The year nearest to the day spoken of, a little rather after than before. */
static void
lean_on(struct date_point *p, const struct date_context *ctx)
{
	struct civil c = gregorian_from_jdn(ctx->day);
	int there, here = c.month;

	p->year = c.year;
	p->has_year = true;
	there = p->unit == UNIT_SEASON ? p->season * 3 : p->month;
	if (there - here > 7)
		p->year--;
	else if (here - there > 4)
		p->year++;
}

/* The qualifier at the end of the EDTF text: ? ~ or % for both. */
static void
qualify(struct date_value *v, uint16_t flags)
{
	char text[DATE_EDTF_MAX];
	const char *q = "", *dots, *slash;

	if ((flags & DATE_APPROX) && (flags & DATE_UNCERTAIN))
		q = "%";
	else if (flags & DATE_APPROX)
		q = "~";
	else if (flags & DATE_UNCERTAIN)
		q = "?";
	if (*q) {
		date_edtf(v, text);
		dots = text[0] == '[' ? strstr(text, "..") : NULL;
		slash = strchr(text, '/');
		if (dots)	/* each end of a set or an interval has its own */
			date_edtf_set(v, "%.*s%s%.*s%s]", (int)(dots - text), text, q,
			    (int)strlen(dots) - 1, dots, q);
		else if (slash)
			date_edtf_set(v, "%.*s%s%s%s", (int)(slash - text), text, q, slash, q);
		else
			date_edtf_set(v, "%s%s", text, q);
	}
	v->flags |= flags;
	if (flags & DATE_APPROX)
		date_widen(v);
}

int
point_resolve(const struct date_point *given, const struct date_context *ctx,
    struct date_value *ret, struct date_error *err)
{
	struct date_point copy = *given, *p = &copy;
	struct date_value v;
	int rc = 0;

	if (!p->has_year) {
		if (ctx == NULL || !ctx->has_day)
			return date_fail(err, DATE_FAULT_SYNTAX, 1,
			    "%s stands without a year", p->month ?
			    civil_months[MIN(p->month, 12)] : "a season");
		lean_on(p, ctx);
	}
	if (p->year < YEAR_MIN || p->year > YEAR_MAX)
		return date_fail(err, DATE_FAULT_YEAR, 1,
		    "year %d: years go from %d BC to %d", p->year, 1 - YEAR_MIN,
		    YEAR_MAX);
	if (p->year_zero)
		return date_fail(err, DATE_FAULT_YEAR, 1,
		    "year 0: 1 BC is followed by AD 1");
	if (p->unit == UNIT_DAY)
		rc = resolve_day(p, ctx, &v, err);
	else if (p->unit == UNIT_MONTH)
		rc = resolve_month(p, ctx, &v, err);
	else if (p->unit == UNIT_SEASON)
		resolve_season(p, ctx, &v);
	else
		resolve_long(p, ctx, &v);
	if (rc < 0)
		return rc;
	if (p->style == 1)
		v.flags |= DATE_OLD_STYLE;
	qualify(&v, p->flags);
	*ret = v;
	return 0;
}

static int
resolve_range(const struct date_words *w, const struct date_context *ctx,
    struct date_value *ret, struct date_error *err)
{
	struct date_context lean = ctx ? *ctx : (struct date_context){ 0 };
	struct date_value a, b;
	char ea[DATE_EDTF_MAX], eb[DATE_EDTF_MAX];
	int rc;

	if ((rc = point_resolve(&w->a, ctx, &a, err)) < 0)
		return rc;
	if (!w->b.has_year) {
		lean.has_day = true;
		lean.day = a.lo;
	}
	if ((rc = point_resolve(&w->b, &lean, &b, err)) < 0)
		return rc;
	if (b.hi < a.lo && w->shape == SHAPE_EITHER) {	/* in no order */
		struct date_value first = b;

		b = a;
		a = first;
	}
	if (b.hi < a.lo)
		return date_fail(err, DATE_FAULT_ORDER, 3,
		    "the span ends before it begins");
	date_edtf(&a, ea);
	date_edtf(&b, eb);
	*ret = date_value_make(a.lo, b.hi, DATE_SPAN, b.calendar);
	ret->flags = a.flags | b.flags;
	if (w->shape == SHAPE_RANGE) {
		ret->flags |= DATE_EXTENT;
		ret->lo_max = MIN(a.hi, b.hi);
		ret->hi_min = MAX(b.lo, a.lo);
	}
	if (w->shape == SHAPE_RANGE || w->shape == SHAPE_BETWEEN)
		date_edtf_join(ret, ea, eb);
	else if (*ea == '[' && *eb == '[')	/* of two sets all that is in them */
		date_edtf_set(ret, "%.*s,%s", (int)strlen(ea) - 1, ea, eb + 1);
	else if (*ea != '[' && *eb != '[' && !strchr(ea, '/') && !strchr(eb, '/'))
		date_edtf_set(ret, w->shape == SHAPE_EITHER ? "[%s,%s]" : "[%s..%s]", ea, eb);
	return 0;
}

int
words_resolve(const struct date_words *w, const struct date_context *ctx,
    struct date_value *ret, struct date_error *err)
{
	struct date_value v;
	int rc;

	if (w->shape == SHAPE_RANGE || w->shape == SHAPE_BETWEEN ||
	    w->shape == SHAPE_EITHER || w->shape == SHAPE_WITHIN)
		rc = resolve_range(w, ctx, &v, err);
	else
		rc = point_resolve(&w->a, ctx, &v, err);
	if (rc < 0)
		return rc;
	date_bound(&v, w->shape);
	v.flags |= w->flags;
	*ret = v;
	return 0;
}
