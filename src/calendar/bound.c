/* SPDX-License-Identifier: ISC */
/* What words around a date do to its days and its EDTF: bound.h. */
#include "calendar/bound.h"

#include <stdarg.h>
#include <stdio.h>

#define CIRCA_YEARS	5	/* each way; a century: ten */

void
date_edtf_set(struct date_value *v, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(v->edtf, sizeof(v->edtf), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(v->edtf))
		v->edtf[0] = 0;
}

void
date_edtf_join(struct date_value *v, const char *a, const char *b)
{
	const char *low = strstr(a, ".."), *high = strstr(b, "..");

	/* an interval is no end of one, nor is a set: its own ends are */
	if (strchr(a, '/') || strchr(b, '/'))
		return;
	if (*a == '[' && *b == '[' && low && high)
		date_edtf_set(v, "%.*s/%.*s", (int)(low - a) - 1, a + 1,
		    (int)strlen(high) - 3, high + 2);
	else if (*b == '[' && high && strcmp(a, "..") == 0)
		date_edtf_set(v, "[%s", high);
	else if (*a == '[' && low && strcmp(b, "..") == 0)
		date_edtf_set(v, "%.*s..]", (int)(low - a), a);
	else if (*a != '[' && *b != '[')
		date_edtf_set(v, "%s/%s", a, b);
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

static void
open_low(struct date_value *v, jdn_t hi)
{
	char text[DATE_EDTF_MAX];

	date_edtf(v, text);
	v->lo = JDN_MIN;
	v->hi = hi;
	v->flags |= DATE_OPEN_LO;
	v->edtf[0] = 0;
	date_edtf_join(v, "..", text);
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
	date_edtf_join(v, text, "..");
}

/* The last day of a year, or the first. */
static bool
bounds_year(struct civil c, bool last)
{
	return last ? c.month == 12 && c.day == 31 : c.month == 1 && c.day == 1;
}

/*
 * The day next to v, as the year or month that ends or begins with it when v
 * is coarser than a day: before 774 ends with 773, though that is Julian.
 */
static void
edge_text(const struct date_value *v, jdn_t edge, bool last, char out[CIVIL_TEXT])
{
	struct civil g = gregorian_from_jdn(edge), j = julian_from_jdn(edge);
	bool julian = v->calendar == DATE_CAL_JULIAN ||
	    (v->calendar == DATE_CAL_GREGORIAN && edge < JDN_REFORM);

	julian = julian && bounds_year(j, last) && !bounds_year(g, last);
	civil_text(julian ? j : g, out);
	if (v->precision == DATE_DAY)
		civil_text(g, out);
	else if (julian || bounds_year(g, last))
		out[strlen(out) - 6] = 0;
	else if (last ? gregorian_from_jdn(edge + 1).day == 1 : g.day == 1)
		out[strlen(out) - 3] = 0;
}

/*
 * Strictly before or after: what the words name is out.  Not so of what is
 * about then: nobody knows which of its days is meant.
 */
static void
beyond(struct date_value *v, bool before)
{
	bool about = v->flags & DATE_APPROX;
	jdn_t edge = before ? v->lo - 1 : v->hi + 1;
	char text[CIVIL_TEXT];

	if (about && before)
		open_low(v, v->hi);
	else if (about)
		open_high(v, v->lo);
	else {
		edge_text(v, edge, before, text);
		v->edtf[0] = 0;
		v->lo = before ? JDN_MIN : edge;
		v->hi = before ? edge : JDN_MAX;
		v->flags |= before ? DATE_OPEN_LO : DATE_OPEN_HI;
		date_edtf_join(v, before ? ".." : text, before ? text : "..");
	}
	v->lo_max = v->hi;
	v->hi_min = v->lo;
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
date_keep_weekday(struct date_candidate *v, int n, int day)
{
	int i, kept = 0;

	for (i = 0; i < n; i++)
		if (v[i].v.lo == v[i].v.hi && jdn_weekday(v[i].v.lo) == day)
			v[kept++] = v[i];
	return kept;
}
