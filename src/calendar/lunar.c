/* SPDX-License-Identifier: ISC */
/*
 * The tables of lunar years and reigns, and the ways through them: lunar.h.
 * Layout of the tables: tools/gen-calendar.py.
 */
#include "calendar/lunar.h"

#include "calendar/lunar.inc"

const int lunar_n_reigns = N_REIGNS, lunar_n_polities = N_POLITIES;

static int
own_row(int cal, int32_t year)
{
	int lo, hi;

	if (cal < 1 || cal >= N_CALS)
		return -1;
	lo = over_bound[cal - 1];
	hi = over_bound[cal];
	while (lo < hi) {
		int mid = (lo + hi) / 2;

		if (over_year[mid] < year)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < over_bound[cal] && over_year[lo] == year ?
	    YEAR_LAST - YEAR_FIRST + 1 + lo : -1;
}

static void
row_get(int row, struct lunar_year *ret)
{
	uint32_t v = year_first[row], p = v >> 22;

	ret->first = (jdn_t)(v & 0x3fffff);
	ret->is_long = year_long[row];
	ret->n = (uint8_t)(pat_bound[p + 1] - pat_bound[p]);
	ret->label = pat_month + pat_bound[p];
}

int
lunar_calendars(void)
{
	return N_CALS;
}

bool
lunar_year_own(int cal, int32_t year)
{
	return cal == 0 ? year >= YEAR_FIRST && year <= YEAR_LAST :
	    own_row(cal, year) >= 0;
}

bool
lunar_year_get(int cal, int32_t year, struct lunar_year *ret)
{
	int row = own_row(cal, year);

	if (row < 0 && year >= YEAR_FIRST && year <= YEAR_LAST)
		row = year - YEAR_FIRST;
	if (row < 0)
		return false;
	row_get(row, ret);
	return true;
}

/* j in that year?  Then its month. */
static bool
month_in(int row, int32_t year, jdn_t j, struct lunar_month *ret)
{
	struct lunar_year y;
	int k;

	if (j < (jdn_t)(year_first[row] & 0x3fffff))
		return false;
	row_get(row, &y);
	if (j >= y.first + 29 * y.n + __builtin_popcount(y.is_long))
		return false;
	k = MIN((j - y.first) / 29, y.n - 1);
	*ret = lunar_month_at(&y, year, k);
	if (j < ret->first)
		*ret = lunar_month_at(&y, year, k - 1);
	return true;
}

/* The lunar year of a day is that of the sun, or one beside it. */
static const int8_t beside[3] = { 0, 1, -1 };

bool
lunar_month_of(int cal, jdn_t j, struct lunar_month *ret)
{
	int32_t y, guess;
	int i, row;

	if (j < 1600000 || j > 2600000)
		return false;
	guess = (int32_t)(((uint32_t)(j - 1721090 + 146097 * 10) * 400ull) /
	    146097) - 4000;
	for (i = 0; cal && i < 3; i++) {
		y = guess + beside[i];
		if ((row = own_row(cal, y)) >= 0 && month_in(row, y, j, ret))
			return true;
	}
	for (i = 0; i < 3; i++) {
		y = guess + beside[i];
		if (y >= YEAR_FIRST && y <= YEAR_LAST &&
		    month_in(y - YEAR_FIRST, y, j, ret))
			return true;
	}
	return false;
}

const struct reign *
reign_get(unsigned id)
{
	return &reigns[id < N_REIGNS ? id : 0];
}

void
polity_reigns(unsigned polity, unsigned *from, unsigned *to)
{
	*from = *to = 0;
	if (polity >= 1 && polity < N_POLITIES) {
		*from = polity_reign[polity];
		*to = polity_reign[polity + 1];
	}
}

struct id_list
reigns_near(jdn_t j)
{
	int s = (j >> 12) - STRETCH_FIRST;

	if (j < 0 || s < 0 || s >= N_STRETCHES)
		return (struct id_list){ NULL, 0 };
	return (struct id_list){ stretch_reign + stretch_bound[s],
		(size_t)(stretch_bound[s + 1] - stretch_bound[s]) };
}

bool
reign_day(unsigned reign, jdn_t j, struct lunar_day *ret)
{
	const struct reign *r = reign_get(reign);
	struct lunar_month m;
	jdn_t first;
	int number;

	if (j < (jdn_t)r->from || j > (jdn_t)r->to ||
	    !lunar_month_of(r->cal, j, &m))
		return false;
	first = m.first;
	/* A few reigns count the days of their first month in their own way. */
	if (first <= (jdn_t)r->from)
		first = (jdn_t)r->from - r->start + 1;
	number = MONTH_NUMBER(m.label);
	ret->date = (struct lunar){
		.reign = (uint16_t)reign,
		.year = (int16_t)(m.year - r->base),
		.month = (int8_t)(number > 12 ? 12 - number : number),
		.leap = (uint8_t)(m.label >> 4),
		.day = (int8_t)(j - first + 1),
	};
	ret->polity = r->polity;
	ret->label = m.label;
	ret->days = m.days;
	ret->year = m.year;
	ret->month_first = first;
	return true;
}

/* In use before counted back, then by the state's weight. */
static bool
goes_before(const struct reign *a, const struct reign *b)
{
	if ((a->flags ^ b->flags) & REIGN_BACK)
		return !(a->flags & REIGN_BACK);
	return polity_get(a->polity)->weight > polity_get(b->polity)->weight;
}

size_t
lunar_from_jdn(jdn_t j, unsigned polity, bool back, struct lunar_day *ret, size_t max)
{
	struct id_list l = reigns_near(j);
	size_t i, k, n = 0;

	for (i = 0; i < l.n; i++) {
		const struct reign *r = &reigns[l.v[i]];
		struct lunar_day d;

		if (j < (jdn_t)r->from || j > (jdn_t)r->to ||
		    (polity && r->polity != polity) ||
		    (!back && (r->flags & REIGN_BACK)) ||
		    !reign_day(l.v[i], j, &d))
			continue;
		for (k = n; k > 0 && goes_before(r, &reigns[ret[k - 1].date.reign]); k--)
			if (k < max)
				ret[k] = ret[k - 1];
		if (k < max) {
			ret[k] = d;
			n += n < max;
		}
	}
	return n;
}

/* Months from 寅 of year Y = 1 that a state's name of a month stands for. */
int
lunar_month_ganzhi(const struct reign *r, const struct lunar_month *m)
{
	struct lunar_year y;
	int k, number = MONTH_NUMBER(m->label);
	bool wu = false;

	if (lunar_year_get(r->cal, m->year, &y))
		for (k = 0; k < y.n; k++)
			wu |= y.label[k] == MONTH_LA;
	if (number == MONTH_LA)
		number = 0;
	else if (number == MONTH_YI)
		number = 1;
	else if (wu && number == 1)
		number = -1;
	else if (r->flags & REIGN_BRANCH)
		number -= 2;
	else if (r->flags & REIGN_SHIFT)
		number -= 1;
	else if (y.label[0] == 10 && number >= 10 && m->first < y.first + 100)
		number -= 12;
	return ganzhi_month(ganzhi_year(m->year), number);
}

bool
month_dispute(jdn_t first, unsigned polity, enum dispute_kind ret[2])
{
	size_t lo = 0, hi = NELEM(dispute_month);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if ((jdn_t)(dispute_month[mid] & 0x3fffff) < first)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < NELEM(dispute_month) &&
	    (jdn_t)(dispute_month[lo] & 0x3fffff) == first; lo++)
		if (dispute_polity[lo] == 0 || dispute_polity[lo] == polity) {
			ret[0] = (enum dispute_kind)(dispute_month[lo] >> 22 & 3);
			ret[1] = (enum dispute_kind)(dispute_month[lo] >> 24 & 3);
			return true;
		}
	return false;
}

const struct dispute_era *
era_dispute(unsigned era)
{
	size_t i;

	for (i = 0; i < NELEM(dispute_eras); i++)
		if (dispute_eras[i].era == era)
			return &dispute_eras[i];
	return NULL;
}

const struct dispute_length *
length_dispute(jdn_t first)
{
	size_t i;

	for (i = 0; i < NELEM(dispute_lengths); i++)
		if ((jdn_t)dispute_lengths[i].first == first)
			return &dispute_lengths[i];
	return NULL;
}

const struct slip *
slip_next(const struct slip *s, int32_t year, int month)
{
	for (s = s ? s + 1 : slips; s < slips + NELEM(slips); s++)
		if (s->year == year && s->month == month)
			return s;
	return NULL;
}

const struct slip *
slip_of(jdn_t j, unsigned polity)
{
	size_t i;

	for (i = 0; i < NELEM(slips); i++)
		if ((jdn_t)slips[i].from <= j && j <= (jdn_t)slips[i].to &&
		    slips[i].polity == polity)
			return &slips[i];
	return NULL;
}
