/* SPDX-License-Identifier: ISC */
/* Which days of a known year the words mean: chinese.h. */
#include "calendar/chinese.h"

#define LEAPS(label)	((label) >> 4)

void
chinese_part(enum date_part part, jdn_t *lo, jdn_t *hi)
{
	jdn_t n = *hi - *lo + 1, third = n / 3;

	if (part == PART_EARLY)
		*hi = *lo + third - 1 + (n < 3);
	else if (part == PART_LATE)
		*lo = *hi - third + 1 - (n < 3);
	else if (part == PART_MID) {
		*lo += third;
		*hi -= third;
	} else if (part == PART_HALF1)
		*hi = *lo + n / 2 - 1;
	else if (part == PART_HALF2)
		*lo += n / 2;
}

void
chinese_ten_days(enum date_part part, jdn_t *lo, jdn_t *hi)
{
	if (part == PART_EARLY)
		*hi = *lo + 9;
	else if (part == PART_MID) {
		*hi = *lo + 19;
		*lo += 10;
	} else if (part == PART_LATE)
		*lo += 20;
}

enum date_precision
chinese_precision(const struct written *w)
{
	if (has_day(w))
		return DATE_DAY;
	if (w->part && !w->of_era)
		return DATE_PART;
	if (has_month(w))
		return DATE_MONTH;
	if (w->season)
		return DATE_SEASON;
	return w->of_era ? w->part ? DATE_PART : DATE_SPAN : DATE_YEAR;
}

/* The number a state gave the month of a branch. */
static int
branch_number(const struct reign *r, int32_t year, int branch)
{
	if (r && (r->flags & REIGN_BRANCH) && year > 761)
		return branch + 1;
	if (r && (r->flags & REIGN_SHIFT))
		return (branch + 11) % 12 + 1;
	return (branch + 10) % 12 + 1;
}

static int
month_index(const struct lunar_year *y, int number, bool leap)
{
	int k;

	for (k = 0; k < y->n && number >= 1; k++)
		if (MONTH_NUMBER(y->label[k]) == number &&
		    (LEAPS(y->label[k]) != 0) == leap)
			return k;
	return -1;
}

/* Which month of the year w names, or -1. */
static int
month_find(const struct lunar_year *y, int32_t year, const struct reign *r,
    const struct written *w)
{
	int k;

	switch (w->month_word) {
	case MONTH_ONE:
		k = w->leap ? -1 : month_index(y, MONTH_YI, false);
		return k >= 0 ? k : month_index(y, 1, w->leap);
	case MONTH_LAST:
		k = w->leap ? -1 : month_index(y, MONTH_LA, false);
		return k >= 0 ? k : month_index(y, 12, w->leap);
	case MONTH_BRANCH:
		return month_index(y, branch_number(r, year, w->month), w->leap);
	case MONTH_LEAP:
		for (k = 0; k < y->n; k++)
			if (LEAPS(y->label[k]))
				return k;
		return -1;
	default:	/* a written 13 is not Wu Zetian's label */
		return w->month > 12 ? -1 : month_index(y, w->month, w->leap);
	}
}

static enum placed
days_in_month(const struct written *w, jdn_t first, int n, jdn_t *lo, jdn_t *hi)
{
	int d;

	*lo = first;
	*hi = first + n - 1;
	if (w->first_gz >= 0 && ganzhi_day(first) != w->first_gz)
		return NOT_FIRST;
	if (w->day > n)
		return NO_DAY;
	if (w->day)
		*lo = *hi = first + w->day - 1;
	else if (w->last_day)
		*lo = *hi;
	else if (w->day_gz < 0 && w->first_gz >= 0)
		*hi = *lo;
	if (w->day_gz >= 0) {
		d = (w->day_gz - ganzhi_day(*lo) + 60) % 60;
		if (*lo + d > *hi)
			return NO_PAIR;
		*lo = *hi = *lo + d;
	}
	if (!has_day(w))
		chinese_ten_days((enum date_part)w->part, lo, hi);
	return PLACED;
}

static bool
days_of_season(const struct lunar_year *y, int32_t year, int season, jdn_t *lo, jdn_t *hi)
{
	bool any = false;
	int k;

	for (k = 0; k < y->n; k++) {
		int number = MONTH_NUMBER(y->label[k]);
		struct lunar_month m = lunar_month_at(y, year, k);

		if (number > 12 || (number - 1) / 3 + 1 != season)
			continue;
		if (!any)
			*lo = m.first;
		*hi = m.first + m.days - 1;
		any = true;
	}
	return any;
}

enum placed
chinese_days(int cal, int32_t year, const struct reign *r, const struct written *w,
    jdn_t *lo, jdn_t *hi)
{
	struct lunar_year y;
	struct lunar_month m;
	jdn_t first;
	int k;

	if (!lunar_year_get(cal, year, &y))
		return NO_YEAR;
	if (w->year_gz >= 0 && ganzhi_year(year) != w->year_gz)
		return NO_CYCLE;
	if (!has_month(w)) {
		*lo = y.first;
		*hi = y.first + 29 * y.n + __builtin_popcount(y.is_long) - 1;
		if (w->season && !days_of_season(&y, year, w->season, lo, hi))
			return NO_MONTH;
		if (w->part && !w->of_era)
			chinese_part((enum date_part)w->part, lo, hi);
		return PLACED;
	}
	if ((k = month_find(&y, year, r, w)) < 0)
		return NO_MONTH;
	m = lunar_month_at(&y, year, k);
	first = m.first;
	/* A few reigns count the days of their first month in their own way. */
	if (r && first <= (jdn_t)r->from && m.first + m.days > (jdn_t)r->from)
		first = (jdn_t)r->from - r->start + 1;
	return days_in_month(w, first, m.first + m.days - first, lo, hi);
}
