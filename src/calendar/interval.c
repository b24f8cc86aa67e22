/* SPDX-License-Identifier: ISC */
#include "calendar/interval.h"

#include <stdio.h>

/* Ends that the words leave open are as far as the line goes. */
enum tri
date_before(const struct date_value *a, const struct date_value *b)
{
	if (a->hi < b->lo)
		return TRI_YES;
	/* even at their earliest end and latest beginning they touch */
	if (a->hi_min >= b->lo_max)
		return TRI_NO;
	return TRI_MAYBE;
}

enum tri
date_overlaps(const struct date_value *a, const struct date_value *b)
{
	bool a_day = !(a->flags & DATE_EXTENT), b_day = !(b->flags & DATE_EXTENT);

	if (a->hi < b->lo || b->hi < a->lo)
		return TRI_NO;
	/* a single day in doubt meets another surely only when both are known */
	if (a_day && b_day)
		return a->lo == a->hi && b->lo == b->hi ? TRI_YES : TRI_MAYBE;
	if (a_day)
		return a->lo >= b->lo_max && a->hi <= b->hi_min ? TRI_YES : TRI_MAYBE;
	if (b_day)
		return b->lo >= a->lo_max && b->hi <= a->hi_min ? TRI_YES : TRI_MAYBE;
	return MAX(a->lo_max, b->lo_max) <= MIN(a->hi_min, b->hi_min) ?
	    TRI_YES : TRI_MAYBE;
}

enum tri
date_within(const struct date_value *a, const struct date_value *b)
{
	bool extent = b->flags & DATE_EXTENT;
	/* The days that surely belong to b; of "about 1950" there are none. */
	jdn_t lo = extent ? b->lo_max : b->lo;
	jdn_t hi = extent ? b->hi_min : b->hi;

	if (a->hi < b->lo || a->lo > b->hi)
		return TRI_NO;
	if (a->lo >= lo && a->hi <= hi)
		return !extent && (b->flags & (DATE_APPROX | DATE_UNCERTAIN)) ?
		    TRI_MAYBE : TRI_YES;
	if (a->flags & DATE_EXTENT && (a->lo_max < b->lo || a->hi_min > b->hi))
		return TRI_NO;
	return TRI_MAYBE;
}

int
period_read_iso(struct bytes s, struct period *ret)
{
	struct period p = { 0 };
	size_t i = 1;
	char last = 0;
	static const char order[] = "YMWD";

	if (s.n < 3 || s.n > 32 || s.p[0] != 'P')
		return LEISHU_ESYNTAX;
	while (i < s.n) {
		int32_t v = 0;
		size_t from = i;
		const char *unit;

		for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
			v = v * 10 + (s.p[i] - '0');
			if (v > 10000000)
				return LEISHU_ESYNTAX;
		}
		if (i == from || i == s.n || s.p[i] == 0 ||
		    (unit = strchr(order, s.p[i])) == NULL ||
		    (last && unit <= strchr(order, last)))
			return LEISHU_ESYNTAX;
		last = (char)s.p[i++];
		if (last == 'Y')
			p.years = v;
		else if (last == 'M')
			p.months = v;
		else
			p.days += last == 'W' ? v * 7 : v;
	}
	*ret = p;
	return 0;
}

void
period_text(const struct period *p, char out[PERIOD_TEXT])
{
	char y[14] = "", m[14] = "", d[14] = "";

	if (p->years)
		(void)snprintf(y, sizeof(y), "%dY", p->years);
	if (p->months)
		(void)snprintf(m, sizeof(m), "%dM", p->months);
	if (p->days || (!p->years && !p->months))
		(void)snprintf(d, sizeof(d), "%dD", p->days);
	(void)snprintf(out, PERIOD_TEXT, "P%s%s%s%s", y, m, d,
	    p->approx ? "~" : "");
}

static int
add_day(jdn_t j, const struct period *p, int sign, jdn_t *ret)
{
	struct civil c;
	int64_t months, day;
	int32_t y;
	int m, max;

	if (j <= JDN_MIN || j >= JDN_MAX) {	/* an open end stays open */
		*ret = j;
		return 0;
	}
	c = gregorian_from_jdn(j);
	months = (int64_t)c.year * 12 + c.month - 1 +
	    (int64_t)sign * ((int64_t)p->years * 12 + p->months);
	y = (int32_t)(months >= 0 ? months / 12 : -((11 - months) / 12));
	m = (int)(months - (int64_t)y * 12) + 1;
	if (y < YEAR_MIN || y > YEAR_MAX)
		return LEISHU_ESYNTAX;
	max = gregorian_month_days(y, m);
	day = (int64_t)jdn_gregorian(y, m, MIN(c.day, max)) +
	    (int64_t)sign * p->days;
	if (day <= JDN_MIN || day >= JDN_MAX)
		return LEISHU_ESYNTAX;
	*ret = (jdn_t)day;
	return 0;
}

/* From the first of a month to the last of one. */
static bool
whole_months(const struct date_value *v)
{
	return v->lo > JDN_MIN && v->hi < JDN_MAX && v->hi > v->lo &&
	    gregorian_from_jdn(v->lo).day == 1 && gregorian_from_jdn(v->hi + 1).day == 1;
}

int
date_add(const struct date_value *a, const struct period *p, int sign,
    struct date_value *ret)
{
	struct period most = *p;
	const struct period *early, *late;
	struct date_value v = *a;
	int rc;

	if (p->days_max > p->days)
		most.days = p->days_max;
	early = sign > 0 ? p : &most;
	late = sign > 0 ? &most : p;
	if ((rc = add_day(a->lo, early, sign, &v.lo)) < 0 ||
	    (rc = add_day(a->hi, late, sign, &v.hi)) < 0 ||
	    (rc = add_day(a->lo_max, late, sign, &v.lo_max)) < 0 ||
	    (rc = add_day(a->hi_min, early, sign, &v.hi_min)) < 0)
		return rc;
	/* A whole month on from February 1950 is March, all of it. */
	if (!most.days && whole_months(a)) {
		struct civil c = gregorian_from_jdn(v.hi);

		v.hi = jdn_gregorian(c.year, c.month, gregorian_month_days(c.year, c.month));
		if (!(a->flags & DATE_EXTENT))
			v.lo_max = v.hi;
	}
	v.edtf[0] = 0;
	if (p->approx)
		v.flags |= DATE_APPROX;
	*ret = v;
	return 0;
}

static int32_t
full_years(jdn_t born, jdn_t at)
{
	struct civil b = gregorian_from_jdn(born), a = gregorian_from_jdn(at);

	return a.year - b.year - (a.month < b.month ||
	    (a.month == b.month && a.day < b.day));
}

static bool
closed(const struct date_value *v)
{
	return v->lo > JDN_MIN && v->hi < JDN_MAX && v->lo <= v->hi;
}

int
date_age(const struct date_value *born, const struct date_value *at,
    struct age *ret)
{
	if (!closed(born) || !closed(at) || at->hi < born->lo)
		return LEISHU_ESYNTAX;
	ret->min = MAX(0, full_years(born->hi, MAX(at->lo, born->hi)));
	if (at->lo < born->hi)
		ret->min = 0;
	ret->max = full_years(born->lo, at->hi);
	return 0;
}

int
date_age_sui(const struct date_value *born, const struct date_value *at,
    int32_t (*new_years)(jdn_t), struct age *ret)
{
	if (!closed(born) || !closed(at) || at->hi < born->lo)
		return LEISHU_ESYNTAX;
	ret->min = MAX(1, new_years(at->lo) - new_years(born->hi) + 1);
	ret->max = new_years(at->hi) - new_years(born->lo) + 1;
	return 0;
}

int
date_distance(const struct date_value *a, const struct date_value *b,
    int32_t *min, int32_t *max)
{
	if (!closed(a) || !closed(b) || b->hi < a->lo)
		return LEISHU_ESYNTAX;
	*min = MAX(0, b->lo - a->hi);
	*max = b->hi - a->lo;
	return 0;
}

/* Each row speaks up to its number of days: unit 0 has no count in it. */
static const struct {
	int32_t up_to;
	int32_t unit;
	const char *words;
} spans[] = {
	{ 0, 0, "the same day" },
	{ 1, 0, "one day" },
	{ 13, 1, "%d days" },
	{ 20, 0, "two weeks" },
	{ 59, 7, "%d weeks" },
	{ 360, 30, "%d months" },
	{ 550, 0, "a year" },
	{ INT32_MAX, 365, "%d years" },
};

void
distance_words(int32_t days, char out[DISTANCE_TEXT])
{
	size_t i;

	for (i = 0; i + 1 < NELEM(spans) && days > spans[i].up_to; i++)
		;
	if (spans[i].unit == 0)
		(void)snprintf(out, DISTANCE_TEXT, "%s", spans[i].words);
	else if (spans[i].unit == 1)
		(void)snprintf(out, DISTANCE_TEXT, "%d days", days);
	else if (spans[i].unit == 7)
		(void)snprintf(out, DISTANCE_TEXT, "%d weeks", days / 7);
	else if (spans[i].unit == 30)
		(void)snprintf(out, DISTANCE_TEXT, "%d months", (days * 10 + 152) / 304);
	else
		(void)snprintf(out, DISTANCE_TEXT, "%d years",
		    (int32_t)(((int64_t)days * 100 + 18262) / 36525));
}
