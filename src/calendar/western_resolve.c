/* SPDX-License-Identifier: ISC */
/* Points and shapes put on the line of days; date_read_western. */
#include <stdarg.h>
#include <stdio.h>

#include "calendar/western.h"

#define CIRCA_YEARS	5	/* each way; a century: ten */

static const char *const month_names[] = { "", "January", "February", "March",
	"April", "May", "June", "July", "August", "September", "October",
	"November", "December" };

/* The value's own EDTF text; what does not fit leaves it to date_edtf(). */
static void put_edtf(struct date_value *, const char *, ...) PRINTF(2, 3);

static void
put_edtf(struct date_value *v, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(v->edtf, sizeof(v->edtf), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(v->edtf))
		v->edtf[0] = 0;
}

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

/* First and last day of whole years, each by the calendar of its day. */
static void
years(const struct date_point *p, const struct date_context *ctx, int32_t from,
    int32_t to, jdn_t *lo, jdn_t *hi)
{
	*lo = day_of(calendar_of(p, from, 1, 1, ctx), from, 1, 1);
	*hi = day_of(calendar_of(p, to, 12, 31, ctx), to, 12, 31);
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
	[PART_EARLY] = { 0, 20 }, [PART_MID] = { 20, 40 },
	[PART_LATE] = { 40, 60 }, [PART_HALF1] = { 0, 30 },
	[PART_HALF2] = { 30, 60 }, [PART_BEGIN] = { 0, 15 },
	[PART_QUARTER2] = { 15, 30 }, [PART_QUARTER3] = { 30, 45 },
	[PART_END] = { 45, 60 }, [PART_TENTH1] = { 0, 6 },
	[PART_TENTH10] = { 54, 60 },
};

static void
cut_part(uint8_t part, jdn_t *lo, jdn_t *hi)
{
	int64_t n = (int64_t)*hi - *lo + 1, base = *lo;

	*lo = (jdn_t)(base + n * cut[part][0] / 60);
	*hi = (jdn_t)(base + n * cut[part][1] / 60 - 1);
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
	    month_names[m], month_names[m], max);
}

static int
cut_day(int day, struct date_error *err)
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
		return cut_day(p->day, err);
	if (p->julian_day)
		cal = DATE_CAL_GREGORIAN;
	if ((rc = check_day(p, cal, p->month, p->day, err)) < 0)
		return rc;
	j = day_of(cal, p->year, p->month, p->day);
	old = julian_from_jdn(j);
	if (p->julian_day && (old.day != p->julian_day ||
	    (p->julian_month && old.month != p->julian_month)))
		return date_fail(err, DATE_FAULT_DAY, 3, "%d %s %d was %d %s in the "
		    "Julian calendar, not %d %s", p->day, month_names[p->month],
		    p->year, old.day, month_names[old.month], p->julian_day,
		    p->julian_month ? month_names[p->julian_month] :
		    month_names[p->month]);
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
	*v = date_value_make(lo, hi, p->part ? DATE_PART : DATE_MONTH, cal);
	if (p->part == PART_NONE) {
		if (cal == DATE_CAL_GREGORIAN)
			put_edtf(v, "%04d-%02d",
			    p->year, p->month);
	} else {
		cut_part(p->part, &lo, &hi);
		*v = date_value_make(lo, hi, DATE_PART, cal);
	}
	return 0;
}

/* Meteorological seasons of the northern half: three whole months. */
static void
resolve_season(const struct date_point *p, const struct date_context *ctx,
    struct date_value *v)
{
	int s = p->season == 5 ? 4 : p->season;
	int m = s * 3;			/* spring: March */
	enum date_calendar cal = calendar_of(p, p->year, m, 1, ctx);
	int32_t last = s == 4 ? p->year + 1 : p->year;
	int end = s == 4 ? 2 : m + 2;

	*v = date_value_make(day_of(cal, p->year, m, 1),
	    day_of(cal, last, end, days_in(cal, last, end)), DATE_SEASON, cal);
	if (cal == DATE_CAL_GREGORIAN)
		put_edtf(v, "%04d-%02d", p->year,
		    20 + s);
}

static void
resolve_long(const struct date_point *p, const struct date_context *ctx,
    struct date_value *v)
{
	static const uint8_t codes[] = { [PART_EARLY] = 37, [PART_MID] = 38,
		[PART_LATE] = 39, [PART_HALF1] = 40, [PART_HALF2] = 41,
		[PART_BEGIN] = 33, [PART_QUARTER2] = 34, [PART_QUARTER3] = 35,
		[PART_END] = 36, [PART_TENTH1] = 0, [PART_TENTH10] = 0 };
	enum date_precision prec = DATE_YEAR;
	int32_t from = p->year, to = p->year;
	const char *sign;
	jdn_t lo, hi;

	if (p->unit == UNIT_DECADE) {
		/* "the 1800s" may mean the decade or the century */
		bool wide = p->year > 0 && p->year % 100 == 0;

		to = from + (wide ? 99 : 9);
		prec = wide ? DATE_CENTURY : DATE_DECADE;
	} else if (p->unit == UNIT_CENTURY) {
		from = (p->year - 1) * 100 + 1;
		to = from + 99;
		prec = DATE_CENTURY;
	}
	if (p->part && to > from) {	/* parts of a century are whole years */
		lo = from;
		hi = to;
		cut_part(p->part, &lo, &hi);
		from = lo;
		to = hi;
	}
	years(p, ctx, from, to, &lo, &hi);
	if (p->part && p->unit == UNIT_YEAR) {	/* whole months, as in EDTF */
		int m1 = cut[p->part][0] / 5 + 1, m2 = cut[p->part][1] / 5;
		enum date_calendar c1 = calendar_of(p, from, m1, 1, ctx),
		    c2 = calendar_of(p, from, m2, 31, ctx);

		lo = day_of(c1, from, m1, 1);
		hi = day_of(c2, from, m2, days_in(c2, from, m2));
	}
	*v = date_value_make(lo, hi, p->part ? DATE_PART : prec,
	    calendar_of(p, to, 12, 31, ctx));
	sign = from < 0 ? "-" : "";
	if (p->unit == UNIT_YEAR && p->part && codes[p->part])
		put_edtf(v, "%s%04d-%02d", sign,
		    abs(from), codes[p->part]);
	else if (p->unit == UNIT_YEAR && p->part == PART_NONE)
		put_edtf(v, "%s%04d", sign, abs(from));
	else if (p->part == PART_NONE && p->unit == UNIT_DECADE && from > 0)
		put_edtf(v, "%0*d%s",
		    prec == DATE_CENTURY ? 2 : 3,
		    from / (prec == DATE_CENTURY ? 100 : 10),
		    prec == DATE_CENTURY ? "XX" : "X");
	else if (p->unit != UNIT_YEAR)
		put_edtf(v, "[%s%04d..%s%04d]", sign,
		    abs(from), to < 0 ? "-" : "", abs(to));
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

void
date_widen(struct date_value *v)
{
	int64_t n = (int64_t)v->hi - v->lo + 1;
	int32_t days = n == 1 ? CIRCA_YEARS :
	    n <= 31 || v->precision == DATE_SEASON ? 31 :
	    v->precision == DATE_CENTURY ? 3653 : CIRCA_YEARS * 365 + 1;

	v->lo = MAX(JDN_MIN, v->lo - days);
	v->hi = MIN(JDN_MAX, v->hi + days);
	v->lo_max = v->hi;
	v->hi_min = v->lo;
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
			put_edtf(v, "%.*s%s%.*s%s]", (int)(dots - text), text, q,
			    (int)strlen(dots) - 1, dots, q);
		else if (slash)
			put_edtf(v, "%.*s%s%s%s", (int)(slash - text), text, q, slash, q);
		else
			put_edtf(v, "%s%s", text, q);
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
			    month_names[MIN(p->month, 12)] : "a season");
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

static void
join_edtf(struct date_value *v, const char *a, const char *b)
{
	const char *low = strstr(a, ".."), *high = strstr(b, "..");
	const char *last = strrchr(b, '/');

	if (strchr(a, '/') || strchr(b, '/'))
		return;		/* an interval is no end of one */

	/* a set cannot be an end of an interval: its own ends are */
	if (*a == '[' && *b == '[' && low && high)
		put_edtf(v, "%.*s/%.*s", (int)(low - a) - 1, a + 1,
		    (int)strlen(high) - 3, high + 2);
	else if (*b == '[' && high && strcmp(a, "..") == 0)
		put_edtf(v, "[%s", high);
	else if (*a == '[' && low && strcmp(b, "..") == 0)
		put_edtf(v, "%.*s..]", (int)(low - a), a);
	else if (*a != '[' && *b != '[')	/* of an interval the outer end */
		put_edtf(v, "%.*s/%s", (int)strcspn(a, "/"), a, last ? last + 1 : b);
}

static void
open_low(struct date_value *v, jdn_t hi)
{
	char text[DATE_EDTF_MAX];

	date_edtf(v, text);
	v->lo = JDN_MIN;
	v->hi = hi;
	v->flags |= DATE_OPEN_LO;
	v->edtf[0] = 0;
	join_edtf(v, "..", text);
}

static void
open_high(struct date_value *v, jdn_t lo)
{
	char text[DATE_EDTF_MAX];

	date_edtf(v, text);
	v->lo = lo;
	v->hi = JDN_MAX;
	v->flags |= DATE_OPEN_HI;
	v->edtf[0] = 0;
	join_edtf(v, text, "..");
}

/* Strictly before or after: the day itself is out, so EDTF is by the day. */
static void
beyond(struct date_value *v, bool before)
{
	jdn_t edge = before ? v->lo - 1 : v->hi + 1;
	struct date_value day = date_value_make(edge, edge, DATE_DAY, v->calendar);
	char text[DATE_EDTF_MAX];

	date_edtf(&day, text);
	v->edtf[0] = 0;
	if (before) {
		v->lo = JDN_MIN;
		v->hi = edge;
		v->flags |= DATE_OPEN_LO;
		join_edtf(v, "..", text);
	} else {
		v->lo = edge;
		v->hi = JDN_MAX;
		v->flags |= DATE_OPEN_HI;
		join_edtf(v, text, "..");
	}
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
		join_edtf(ret, ea, eb);
	else if (*ea != '[' && *eb != '[' && !strchr(ea, '/') && !strchr(eb, '/'))
		put_edtf(ret, w->shape == SHAPE_EITHER ? "[%s,%s]" : "[%s..%s]", ea, eb);
	return 0;
}

void
date_bound(struct date_value *v, enum date_shape shape)
{
	switch (shape) {
	case SHAPE_BEFORE:
		beyond(v, true);
		break;
	case SHAPE_AFTER:
		beyond(v, false);
		break;
	case SHAPE_LASTS_UNTIL:
		v->hi_min = v->lo;
		open_low(v, v->hi);
		v->lo_max = v->hi;
		v->flags |= DATE_EXTENT;
		break;
	case SHAPE_UNTIL:
		open_low(v, v->hi);
		v->hi_min = v->lo;
		break;
	case SHAPE_SINCE:
		v->lo_max = v->hi;
		open_high(v, v->lo);
		v->hi_min = v->lo;
		v->flags |= DATE_EXTENT;
		break;
	default:
		break;
	}
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
	if ((w->flags & DATE_REIGNED) && w->shape == SHAPE_RANGE)
		v.flags |= DATE_EXTENT;
	*ret = v;
	return 0;
}

/* ---- whole dates ---- */

static void
give(struct date_candidate *ret, size_t max, size_t *n, const struct date_value *v,
    int score, const char *reason)
{
	size_t i;

	for (i = 0; i < *n && i < max; i++)
		if (ret[i].v.lo == v->lo && ret[i].v.hi == v->hi)
			return;
	if (*n < max)
		ret[*n] = (struct date_candidate){ .v = *v,
		    .score = (uint16_t)score, .reason = reason };
	(*n)++;
}

/* 3/4/1949: is the month first? */
static bool
may_swap(const struct word_tok *t, int n, const struct date_words *w)
{
	return n >= 5 && w->shape == SHAPE_POINT && t[0].kind == W_NUM && t[0].digits <= 2 &&
	    t[1].kind == W_PUNCT && t[1].v == '/' && t[2].kind == W_NUM &&
	    t[3].kind == W_PUNCT && w->a.month != w->a.day;
}

static bool
is_russian(struct bytes s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == 0xd0 || s.p[i] == 0xd1)
			return true;
	return false;
}

/* The other calendar, where a writer may have meant it. */
static void
other_style(const struct date_words *w, bool russian, struct date_candidate *ret,
    size_t max, size_t *n)
{
	struct date_words o = *w;
	struct date_value v;
	bool old = w->a.year < 1583;

	if (w->shape != SHAPE_POINT || w->a.unit != UNIT_DAY || w->a.style ||
	    w->a.julian_day)
		return;
	if (old)
		o.a.style = 2;
	else if (russian && w->a.year <= 1918)
		o.a.style = 1;
	else
		return;
	if (words_resolve(&o, NULL, &v, NULL) == 0)
		give(ret, max, n, &v, 300, old ?
		    "read as a proleptic Gregorian date" :
		    "read in the Old Style, as in Russia before 14 February 1918");
}

/* 5-14 October 1582 of the Gregorian calendar. */
#define CUT_FIRST	(JDN_REFORM - 10)

static int
read_words(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct word_run run;
	const struct word_tok *t = run.t;
	struct date_words w;
	struct date_value v, e;
	struct date_error why = { 0 }, edtf_why = { 0 };
	size_t found = 0;
	bool dash_range, is_edtf;
	int n, rc, rc2 = 0;

	is_edtf = date_read_edtf(s, &e, &edtf_why) == 0;
	/* ISO 8601 has these days; who writes one seldom means that. */
	if (is_edtf && e.lo == e.hi && e.lo >= CUT_FIRST && e.lo < JDN_REFORM)
		return cut_day(gregorian_from_jdn(e.lo).day, err);
	word_run_start(&run, s, 0);
	run.whole = true;
	n = word_run_all(&run);
	if (n && t[n - 1].kind == W_PUNCT && t[n - 1].v == '.')
		run.limit = --n;
	if (!words_parse(&run, &w) || w.n != n || (n == WORD_TOKS && !run.end))
		rc = date_fail(&why, DATE_FAULT_SYNTAX, 0,
		    "no date can be read in '%.*s'", (int)MIN(s.n, 60),
		    (const char *)s.p);
	else
		rc = words_resolve(&w, ctx, &v, &why);
	/* 1904-05 is May 1904 in ISO 8601, two years to a historian's eye */
	dash_range = rc == 0 && is_edtf && w.shape == SHAPE_RANGE &&
	    bytes_find(s, B("/")) == SIZE_MAX;
	if (is_edtf && !(rc == 0 && w.shape == SHAPE_POINT && !dash_range &&
	    v.precision == DATE_YEAR))
		give(ret, max, &found, &e, 900, dash_range ?
		    "read as ISO 8601" : NULL);
	if (rc == 0) {
		bool swap = !is_edtf && may_swap(t, n, &w);

		give(ret, max, &found, &v, dash_range ? 500 : swap ? 700 : 900,
		    dash_range ? "read as a span of years" : swap ?
		    "read with the day first" : NULL);
		if (swap && !(ctx && ctx->day_first)) {
			struct date_words o = w;

			o.a.month = w.a.day;
			o.a.day = w.a.month;
			if (words_resolve(&o, ctx, &v, NULL) == 0)
				give(ret, max, &found, &v, 500,
				    "read with the month first");
		}
		if (!is_edtf)
			other_style(&w, is_russian(s), ret, max, &found);
	} else if (may_swap(t, n, &w) && why.fault == DATE_FAULT_MONTH) {
		struct date_words o = w;

		o.a.month = w.a.day;
		o.a.day = w.a.month;
		if ((rc2 = words_resolve(&o, ctx, &v, NULL)) == 0)
			give(ret, max, &found, &v, 900,
			    "read with the month first");
	}
	if (found == 0) {
		if (err)
			*err = edtf_why.understood > why.understood ? edtf_why : why;
		return LEISHU_ESYNTAX;
	}
	return (int)found;
}

/* In English the first three letters are enough. */
static const char *const weekdays[][3] = {
	{ "monday", "понедельник", "понедельник" }, { "tuesday", "вторник", "вторник" },
	{ "wednesday", "среда", "среду" }, { "thursday", "четверг", "четверг" },
	{ "friday", "пятница", "пятницу" }, { "saturday", "суббота", "субботу" },
	{ "sunday", "воскресенье", "воскресенье" },
};

/* The day of the week s begins with, cut off with its comma; or -1. */
static int
weekday_first(struct bytes *s)
{
	char low[24];
	size_t n, i, k;

	if (s->n < 3 || (s->p[0] < 0x80 ? s->p[0] < 'A' ||
	    strchr("mtwfs", s->p[0] | 0x20) == NULL : s->p[0] != 0xd0 && s->p[0] != 0xd1))
		return -1;
	for (n = 0; n < s->n && n < sizeof(low) && s->p[n] > ' ' && s->p[n] != ',' &&
	    s->p[n] != '.'; n++)
		low[n] = (char)(n == 0 && s->p[0] >= 'A' && s->p[0] <= 'Z' ?
		    s->p[0] + 32 : s->p[n]);
	if (n >= 2 && s->p[0] == 0xd0 && s->p[1] < 0xa0) {
		low[1] = (char)(s->p[1] + 0x20);	/* П to п */
	} else if (n >= 2 && s->p[0] == 0xd0 && s->p[1] < 0xb0) {
		low[0] = (char)0xd1;			/* С to с */
		low[1] = (char)(s->p[1] - 0x20);
	}
	for (i = 0; i < NELEM(weekdays) && n >= 3; i++)
		for (k = 0; k < 3; k++) {
			size_t len = strlen(weekdays[i][k]);

			if ((n != len && (k || n > 4)) || n > len ||
			    memcmp(low, weekdays[i][k], n) != 0)
				continue;
			while (n < s->n && (s->p[n] == ' ' || s->p[n] == ',' || s->p[n] == '.'))
				n++;
			*s = bytes_sub(*s, n, s->n);
			return (int)i;
		}
	return -1;
}

/* Those that fell on that day of the week; none of them is a fault. */
static int
keep_weekday(int want, struct date_candidate *v, int n, int max, struct date_error *err)
{
	static const char *const names[] = { "Monday", "Tuesday", "Wednesday",
		"Thursday", "Friday", "Saturday", "Sunday" };
	struct civil c = gregorian_from_jdn(v[0].v.lo);
	int i, kept = 0, first = jdn_weekday(v[0].v.lo);

	if (v[0].v.lo != v[0].v.hi)
		return date_fail(err, DATE_FAULT_SYNTAX, 1,
		    "a day of the week stands before what is not a day");
	for (i = 0; i < MIN(n, max); i++)
		if (v[i].v.lo == v[i].v.hi && jdn_weekday(v[i].v.lo) == want)
			v[kept++] = v[i];
	if (kept)
		return kept;
	return date_fail(err, DATE_FAULT_DAY, 3, "%d %s %d was a %s, not a %s", c.day,
	    month_names[c.month], c.year, names[first], names[want]);
}

#define WESTERN_MAX	8	/* readings of one text are never more */

static int
read_weekday(struct bytes s, int want, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct date_candidate v[WESTERN_MAX];
	int n;

	if ((n = read_words(s, ctx, v, WESTERN_MAX, err)) <= 0 ||
	    (n = keep_weekday(want, v, n, WESTERN_MAX, err)) <= 0)
		return n;
	memcpy(ret, v, MIN((size_t)n, max) * sizeof(v[0]));
	return n;
}

int
date_read_western(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	int want;

	s = bytes_trim(s);
	if (s.n == 0 || s.n > DATE_INPUT_MAX)
		return date_fail(err, s.n ? DATE_FAULT_LIMIT : DATE_FAULT_SYNTAX,
		    0, s.n ? "too long to be a date" : "nothing to read");
	want = weekday_first(&s);
	return want < 0 ? read_words(s, ctx, ret, max, err) :
	    read_weekday(s, want, ctx, ret, max, err);
}
