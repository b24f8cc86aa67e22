/* SPDX-License-Identifier: ISC */
/* Gregorian and Julian dates and day numbers, both proleptic: calendar.h. */
#include "calendar/calendar.h"

const char *const civil_months[13] = {
	"", "January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"
};

const char *const civil_weekdays[7] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
};

static const int8_t month_days[12] = {
	31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
};

static bool
gregorian_leap(int32_t y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int
days_of(int32_t year, int month, bool leap)
{
	if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12)
		return 0;
	return month_days[month - 1] + (month == 2 && leap);
}

int
gregorian_month_days(int32_t year, int month)
{
	return days_of(year, month, gregorian_leap(year));
}

int
julian_month_days(int32_t year, int month)
{
	return days_of(year, month, year % 4 == 0);
}

/*
 * Years begin in March, so that the leap day is the last of its year; month
 * m of such a year (0 March) begins (153 m + 2) / 5 days into it.
 */
jdn_t
jdn_gregorian(int32_t year, int month, int day)
{
	int32_t m = (month + 9) % 12;
	int32_t y = year + 12000 - (month < 3);

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day -
	    2661791;
}

jdn_t
jdn_julian(int32_t year, int month, int day)
{
	int32_t m = (month + 9) % 12;
	int32_t y = year + 12000 - (month < 3);

	return 365 * y + y / 4 + (153 * m + 2) / 5 + day - 2661883;
}

int
jdn_from_gregorian(struct civil c, jdn_t *ret)
{
	if (c.day < 1 || c.day > gregorian_month_days(c.year, c.month))
		return LEISHU_ESYNTAX;
	*ret = jdn_gregorian(c.year, c.month, c.day);
	return 0;
}

int
jdn_from_julian(struct civil c, jdn_t *ret)
{
	if (c.day < 1 || c.day > julian_month_days(c.year, c.month))
		return LEISHU_ESYNTAX;
	*ret = jdn_julian(c.year, c.month, c.day);
	return 0;
}

/* d counts days from 1 March of a year that began at base. */
static struct civil
civil_make(int32_t base, uint32_t d)
{
	uint32_t m = (5 * d + 2) / 153;

	return (struct civil){
		base + (m >= 10),
		(int8_t)(m < 10 ? m + 3 : m - 9),
		(int8_t)(d - (153 * m + 2) / 5 + 1),
	};
}

struct civil
gregorian_from_jdn(jdn_t j)
{
	uint32_t n = (uint32_t)(j + 2661790);	/* days since 1 March -12000 */
	uint32_t cycle = n / 146097, d = n % 146097;
	uint32_t y = (d - d / 1460 + d / 36524 - d / 146096) / 365;

	return civil_make((int32_t)(cycle * 400 + y) - 12000,
	    d - (365 * y + y / 4 - y / 100));
}

struct civil
julian_from_jdn(jdn_t j)
{
	uint32_t n = (uint32_t)(j + 2661882);
	uint32_t cycle = n / 1461, d = n % 1461;
	uint32_t y = (d - d / 1460) / 365;

	return civil_make((int32_t)(cycle * 4 + y) - 12000, d - 365 * y);
}

int
jdn_weekday(jdn_t j)
{
	return (int)((uint32_t)(j + 7 * 1000000) % 7);
}

static void
digits(char *p, int n, int32_t v)
{
	while (n-- > 0) {
		p[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

void
civil_text(struct civil c, char out[CIVIL_TEXT])
{
	int32_t y = c.year < 0 ? -c.year : c.year;
	int wide = y > 9999 ? 5 : 4;
	char *p = out;

	if (c.year < 0)
		*p++ = '-';
	digits(p, wide, y);
	p += wide;
	*p++ = '-';
	digits(p, 2, c.month);
	p += 2;
	*p++ = '-';
	digits(p, 2, c.day);
	p[2] = 0;
}
