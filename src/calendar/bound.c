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
		date_edtf_join(v, "..", text);
	} else {
		v->lo = edge;
		v->hi = JDN_MAX;
		v->flags |= DATE_OPEN_HI;
		date_edtf_join(v, text, "..");
	}
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
