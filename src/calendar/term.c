/* SPDX-License-Identifier: ISC */
/*
 * Solar terms: lunar.h.  From 1645 by the true longitude of the sun (定氣),
 * which is good to 0.01 degree (a quarter of an hour) from 2000 BC to AD 2100,
 * the difference of clock and dynamical time to some minutes even in 221 BC,
 * so that a term within about half an hour of midnight may fall a day aside.
 * Before, as the calendars then reckoned, by equal parts of the year (平氣).
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

/*
 * The calendars of the main line before 1645: first day, a winter solstice of
 * it in local days, and its year.  The years are those the histories give;
 * the solstices are those by which the leap months of our table have no middle
 * term, as the rule was (95 of 100 have none).  That of 太初 is the midnight of
 * a 甲子 day and that of 授時 the day 己未 and 0.06, as the histories say, too.
 * Courts beside the main line had others, up to two days away; before 太初 it is
 * counted back.
 */
static const struct {
	jdn_t from;
	double solstice, year;
} mean_suns[] = {
	{ JDN_MIN, 1683431.00, 365.250162 },	/* 太初 */
	{ 1752148, 1752097.29, 365.250000 },	/* 四分 */
	{ 1807666, 1807614.62, 365.246880 },	/* 景初 */
	{ 1883618, 1883583.64, 365.246711 },	/* 元嘉 */
	{ 1907361, 1907323.86, 365.242815 },	/* 大明 */
	{ 1936212, 1936177.60, 365.243425 },	/* 開皇 */
	{ 1939136, 1939100.36, 365.243035 },	/* 大業 */
	{ 1947168, 1947135.72, 365.244611 },	/* 戊寅 */
	{ 1963971, 1963936.41, 365.244776 },	/* 麟德 */
	{ 1987359, 1987311.94, 365.244408 },	/* 大衍 */
	{ 1999349, 1999365.01, 365.244776 },	/* 五紀 */
	{ 2007440, 2007400.31, 365.244749 },	/* 正元 */
	{ 2021320, 2021279.75, 365.244643 },	/* 宣明 */
	{ 2047248, 2047212.10, 365.244519 },	/* 崇玄 */
	{ 2070282, 2070222.60, 365.244444 },	/* 欽天 */
	{ 2073205, 2073144.52, 365.244451 },	/* 應天 */
	{ 2080145, 2080084.01, 365.244898 },	/* 乾元 */
	{ 2086701, 2086658.45, 365.244554 },	/* 儀天 */
	{ 2095117, 2095059.19, 365.244570 },	/* 崇天 */
	{ 2120660, 2120625.70, 365.243558 },	/* 觀天 */
	{ 2125061, 2125008.62, 365.243621 },	/* 紀元 */
	{ 2188965, 2188926.06, 365.242500 },	/* 授時 */
};

/* The term of a mean sun that began on or before the day, and on which day. */
static int
mean_term(jdn_t j, jdn_t *first)
{
	size_t i = NELEM(mean_suns) - 1;
	double step;
	int k;

	while (i > 0 && mean_suns[i].from > j)
		i--;
	step = mean_suns[i].year / 24;
	k = (int)ceil((j + 1 - mean_suns[i].solstice) / step) - 1;
	*first = (jdn_t)floor(mean_suns[i].solstice + k * step);
	return ((k + 21) % 24 + 24) % 24;	/* 冬至 is the 21st */
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
