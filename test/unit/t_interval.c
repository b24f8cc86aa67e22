/* SPDX-License-Identifier: ISC */
/* Arithmetic with dates in doubt. */
#include "calendar/interval.h"
#include "calendar/lunar.h"
#include "t.h"

static struct date_value
value(const char *text)
{
	struct date_candidate c = { 0 };

	t_ok(date_read(bytes_str(text), NULL, &c, 1, NULL) > 0);
	return c.v;
}

static const struct {
	const char *a, *b;
	enum tri before, overlaps, within;
} pairs[] = {
	{ "1949-12-16", "1950-02-14", TRI_YES, TRI_NO, TRI_NO },
	{ "1950-02-14", "1949-12-16", TRI_NO, TRI_NO, TRI_NO },
	{ "1950-02-14", "1950-02-14", TRI_NO, TRI_YES, TRI_YES },
	{ "1950", "1950-02-14", TRI_MAYBE, TRI_MAYBE, TRI_MAYBE },
	{ "1950-02-14", "1950", TRI_MAYBE, TRI_MAYBE, TRI_YES },
	{ "1950-02-14", "1949/1951", TRI_NO, TRI_YES, TRI_YES },
	{ "1949", "1949/1951", TRI_MAYBE, TRI_MAYBE, TRI_MAYBE },
	{ "1950", "1949/1951", TRI_NO, TRI_YES, TRI_YES },
	{ "1940/1945", "1946/1950", TRI_YES, TRI_NO, TRI_NO },
	{ "1940/1947", "1946/1950", TRI_NO, TRI_YES, TRI_NO },
	{ "1940/1949", "1943/1950", TRI_NO, TRI_YES, TRI_NO },
	{ "1950-02-14", "c. 1950", TRI_MAYBE, TRI_MAYBE, TRI_MAYBE },
	{ "1950-02-14", "c. 1940/1960", TRI_NO, TRI_YES, TRI_YES },
	{ "until 1963", "1964", TRI_YES, TRI_NO, TRI_NO },
	{ "1952 at the latest", "1952-12-31", TRI_MAYBE, TRI_MAYBE, TRI_MAYBE },
};

static const struct {
	const char *in;
	int32_t years, months, days;
	bool ok;
} periods[] = {
	{ "P30Y", 30, 0, 0, true }, { "P1Y6M", 1, 6, 0, true },
	{ "P2W", 0, 0, 14, true }, { "P1Y2M3W4D", 1, 2, 25, true },
	{ "P", 0, 0, 0, false }, { "P6M1Y", 0, 0, 0, false },
	{ "P1Y1Y", 0, 0, 0, false }, { "30Y", 0, 0, 0, false },
	{ "P99999999Y", 0, 0, 0, false }, { "P1", 0, 0, 0, false },
	{ "PT1H", 0, 0, 0, false },
};

static const struct {
	const char *at, *by;
	int sign;
	const char *lo, *hi;
} sums[] = {
	{ "1950-04-11", "P30Y", 1, "1980-04-11", "1980-04-11" },
	{ "1950-01-31", "P1M", 1, "1950-02-28", "1950-02-28" },
	{ "1952-02-29", "P1Y", 1, "1953-02-28", "1953-02-28" },
	{ "1950-01-31", "P1M1D", 1, "1950-03-01", "1950-03-01" },
	{ "1950-02", "P1M", 1, "1950-03-01", "1950-03-31" },
	{ "1951-02", "P1Y", 1, "1952-02-01", "1952-02-29" },
	{ "1952-02", "P1M", -1, "1952-01-01", "1952-01-31" },
	{ "1950", "P30Y", 1, "1980-01-01", "1980-12-31" },
	{ "1950-03-31", "P1M", -1, "1950-02-28", "1950-02-28" },
	{ "0001-01-01", "P1Y", -1, "0000-01-01", "0000-01-01" },
	{ "9999", "P1Y", 1, NULL, NULL },
};

static const struct {
	const char *born, *at;
	int32_t min, max, sui_min, sui_max;
} ages[] = {
	{ "1893-12-26", "1976-09-09", 82, 82, 84, 84 },
	{ "1893", "1976", 82, 83, 83, 85 },
	{ "1950-02-28", "1951-02-27", 0, 0, 2, 2 },
	{ "1950-02-28", "1951-02-28", 1, 1, 2, 2 },
	/* born on 29 February: a year older on 1 March */
	{ "1952-02-29", "1953-02-28", 0, 0, 2, 2 },
	{ "1952-02-29", "1953-03-01", 1, 1, 2, 2 },
	/* born on the last day of a lunar year: two sui the day after */
	{ "1950-02-16", "1950-02-17", 0, 0, 2, 2 },
	{ "1950-02-17", "1950-02-17", 0, 0, 1, 1 },
};

/* New years up to a day, from the table of months: one is as good as any. */
static int32_t
new_years(jdn_t j)
{
	struct lunar_month m;

	return lunar_month_of(0, j, &m) ? m.year : 0;
}

static void
day_is(jdn_t j, const char *want)
{
	char text[CIVIL_TEXT];

	civil_text(gregorian_from_jdn(j), text);
	t_str(text, want);
}

static const struct {
	int32_t days;
	const char *words;
} distances[] = {
	{ 0, "the same day" }, { 1, "one day" }, { 5, "5 days" },
	{ 14, "two weeks" }, { 40, "5 weeks" }, { 61, "2 months" },
	{ 365, "a year" }, { 10957, "30 years" },
};

int
main(void)
{
	char text[DISTANCE_TEXT];
	size_t i;

	for (i = 0; i < NELEM(pairs); i++) {
		struct date_value a = value(pairs[i].a), b = value(pairs[i].b);

		t_case("%s and %s", pairs[i].a, pairs[i].b);
		t_int(date_before(&a, &b), pairs[i].before);
		t_int(date_overlaps(&a, &b), pairs[i].overlaps);
		t_int(date_overlaps(&b, &a), pairs[i].overlaps);
		t_int(date_within(&a, &b), pairs[i].within);
	}
	for (i = 0; i < NELEM(periods); i++) {
		struct period p = { 7, 7, 7, false, 0 };
		int rc = period_read_iso(bytes_str(periods[i].in), &p);

		t_case("period %s", periods[i].in);
		t_int(rc, periods[i].ok ? 0 : LEISHU_ESYNTAX);
		t_int(p.years, periods[i].ok ? periods[i].years : 7);
		t_int(p.months, periods[i].ok ? periods[i].months : 7);
		t_int(p.days, periods[i].ok ? periods[i].days : 7);
	}
	for (i = 0; i < NELEM(sums); i++) {
		struct date_value a = value(sums[i].at), v;
		struct period p;

		t_case("%s %c %s", sums[i].at, sums[i].sign > 0 ? '+' : '-',
		    sums[i].by);
		t_int(period_read_iso(bytes_str(sums[i].by), &p), 0);
		t_int(date_add(&a, &p, sums[i].sign, &v),
		    sums[i].lo ? 0 : LEISHU_ESYNTAX);
		if (sums[i].lo) {
			day_is(v.lo, sums[i].lo);
			day_is(v.hi, sums[i].hi);
		}
	}
	for (i = 0; i < NELEM(ages); i++) {
		struct date_value b = value(ages[i].born), at = value(ages[i].at);
		struct age age;

		t_case("born %s, at %s", ages[i].born, ages[i].at);
		t_int(date_age(&b, &at, &age), 0);
		t_int(age.min, ages[i].min);
		t_int(age.max, ages[i].max);
		t_int(date_age_sui(&b, &at, new_years, &age), 0);
		t_int(age.min, ages[i].sui_min);
		t_int(age.max, ages[i].sui_max);
	}
	for (i = 0; i < NELEM(distances); i++) {
		t_case("%d days in words", distances[i].days);
		distance_words(distances[i].days, text);
		t_str(text, distances[i].words);
	}
	return t_done();
}
