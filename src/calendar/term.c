/* SPDX-License-Identifier: ISC */
/*
 * Solar terms: lunar.h.  From 1645 by the true longitude of the sun (定氣),
 * which is good to 0.01 degree (a quarter of an hour) from 2000 BC to AD 2100,
 * the difference of clock and dynamical time to some minutes even in 221 BC,
 * so that a term within about half an hour of midnight may fall a day aside.
 * Before, as calendars then did, by equal parts of the year (平氣), counted
 * here from the true winter solstice.
 */
#include "calendar/lunar.h"

#include <math.h>

#define RAD	0.017453292519943295

/* Names and their seasons' order: 立春 is 315 degrees. */
static const struct {
	char name[8];
	const char *english;
} terms[24] = {
	{ "立春", "Beginning of Spring" }, { "雨水", "Rain Water" },
	{ "驚蟄", "Awakening of Insects" }, { "春分", "Spring Equinox" },
	{ "清明", "Clear and Bright" }, { "穀雨", "Grain Rain" },
	{ "立夏", "Beginning of Summer" }, { "小滿", "Lesser Fullness" },
	{ "芒種", "Grain in Ear" }, { "夏至", "Summer Solstice" },
	{ "小暑", "Lesser Heat" }, { "大暑", "Greater Heat" },
	{ "立秋", "Beginning of Autumn" }, { "處暑", "End of Heat" },
	{ "白露", "White Dew" }, { "秋分", "Autumn Equinox" },
	{ "寒露", "Cold Dew" }, { "霜降", "Descent of Frost" },
	{ "立冬", "Beginning of Winter" }, { "小雪", "Lesser Snow" },
	{ "大雪", "Greater Snow" }, { "冬至", "Winter Solstice" },
	{ "小寒", "Lesser Cold" }, { "大寒", "Greater Cold" },
};

/*
 * Dynamical minus clock time in days, after the polynomials of Espenak and
 * Meeus, coarser where the sun's longitude is no better anyway.
 */
static double
clock_lag(double year)
{
	double u, s;

	if (year < 500) {
		u = year / 100;
		s = 10583.6 + u * (-1014.41 + u * (33.78311 + u * (-5.952053 +
		    u * (-0.1798452 + u * (0.022174192 + u * 0.0090316521)))));
	} else if (year < 1600) {
		u = (year - 1000) / 100;
		s = 1574.2 + u * (-556.01 + u * (71.23472 + u * (0.319781 +
		    u * (-0.8503463 + u * (-0.005050998 + u * 0.0083572073)))));
	} else if (year < 1900) {
		u = (year - 1820) / 100;
		s = year < 1700 ? 120 - (year - 1600) * 1.1 : 5 + 12 * u * u;
	} else if (year < 2005) {
		s = 64.7 + (year - 2005) * 0.62 + 4 * (year < 1950);
		s = s < 0 ? 0 : s;
	} else {
		u = year - 2000;
		s = 62.92 + u * (0.32217 + u * 0.005589);
	}
	return s / 86400;
}

/* Apparent longitude of the sun in degrees, not reduced; jd is clock time UT. */
static double
sun_longitude(double jd)
{
	double t, l0, m, e, c, omega;

	jd += clock_lag(2000 + (jd - 2451545) / 365.25);
	t = (jd - 2451545.0) / 36525;
	l0 = 280.46646 + t * (36000.76983 + t * 0.0003032);
	m = RAD * (357.52911 + t * (35999.05029 - t * 0.0001537));
	c = (1.914602 - t * (0.004817 + t * 0.000014)) * sin(m) +
	    (0.019993 - t * 0.000101) * sin(2 * m) + 0.000289 * sin(3 * m);
	omega = RAD * (125.04 - 1934.136 * t);
	/* The moon, Venus and Jupiter pull by a few thousandths. */
	e = 0.00134 * cos(RAD * (351.98 + 22518.7541 * t)) +
	    0.00154 * cos(RAD * (254.08 + 45037.5082 * t)) +
	    0.00200 * cos(RAD * (157.05 + 32964.3577 * t)) +
	    0.00179 * sin(RAD * (297.85 + 445267.1142 * t)) +
	    0.00178 * sin(RAD * (251.39 + 20.20 * t));
	return l0 + c + e - 0.00569 - 0.00478 * sin(omega);
}

/* Days from midnight of day 0 in Beijing; in 1929 zone time came. */
static double
east(jdn_t j)
{
	return 0.5 + (j < 2425612 ? 7.7611 : 8) / 24;
}

/* How many terms since some far 立春 have begun when the day j begins. */
static int
terms_begun(jdn_t j)
{
	return (int)floor((sun_longitude(j - east(j)) - 315) / 15);
}

#define YEAR_DAYS	365.2422
#define SOLSTICE_2000	2451900.07	/* longitude 630 as counted here */

/* The winter solstice n years after that of 2000. */
static double
solstice(int n)
{
	double t = SOLSTICE_2000 + n * YEAR_DAYS;
	int i;

	for (i = 0; i < 4; i++)
		t -= (sun_longitude(t) - 630 - 360.0 * n) * YEAR_DAYS / 360;
	return t;
}

/* The term of a mean sun that began on or before the day, and on which day. */
static int
mean_term(jdn_t j, jdn_t *first)
{
	double end = j + 1 - east(j), a, b;
	int n = (int)floor((end - SOLSTICE_2000) / YEAR_DAYS), k;

	if ((a = solstice(n)) >= end)
		a = solstice(--n);
	if ((b = solstice(n + 1)) < end) {
		a = b;
		b = solstice(n + 2);
	}
	k = (int)ceil((end - a) * 24 / (b - a)) - 1;
	*first = (jdn_t)floor(a + (b - a) * k / 24 + east(j));
	return (k + 21) % 24;	/* 冬至 is the 21st */
}

bool
solar_term_is_mean(jdn_t j)
{
	return j < TRUE_SUN_FROM;
}

int
solar_term(jdn_t j)
{
	jdn_t first;
	int a, b;

	if (solar_term_is_mean(j)) {
		a = mean_term(j, &first);
		return first == j ? a : -1;
	}
	a = terms_begun(j);
	b = terms_begun(j + 1);
	return a == b ? -1 : (b % 24 + 24) % 24;
}

int
solar_term_last(jdn_t j, jdn_t *first)
{
	int i, term;

	if (solar_term_is_mean(j))
		return mean_term(j, first);
	for (i = 0; i < 17; i++)
		if ((term = solar_term(j - i)) >= 0) {
			*first = j - i;
			return term;
		}
	return -1;
}

const char *
solar_term_text(int term)
{
	return term >= 0 && term < 24 ? terms[term].name : "";
}

const char *
solar_term_english(int term)
{
	return term >= 0 && term < 24 ? terms[term].english : "";
}
