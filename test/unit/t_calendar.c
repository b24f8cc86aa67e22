/* SPDX-License-Identifier: ISC */
/* Days, cycles, the tables of months and reigns, the sun. */
#include "t.h"
#include "tsv.h"

#include "calendar/lunar.h"

/* Days known from elsewhere. */
static const struct {
	int32_t year;
	int8_t month, day;
	bool julian;
	jdn_t jdn;
	const char *why;
} known[] = {
	{ -4712, 1, 1, true, 0, "where the count begins" },
	{ -4713, 11, 24, false, 0, "the same in the other calendar" },
	{ 1582, 10, 15, false, 2299161, "the first Gregorian day" },
	{ 1582, 10, 4, true, 2299160, "the last Julian day in Rome" },
	{ 2000, 1, 1, false, 2451545, "2000" },
	{ 1898, 9, 21, false, 2414554, "the coup of 1898" },
	{ 1898, 9, 9, true, 2414554, "the same in Russia" },
	{ 1600, 2, 29, false, 2305507, "a century with a leap day" },
	{ 0, 2, 29, true, 1721117, "1 BC was a leap year" },
};

static void
civil(void)
{
	size_t i;
	jdn_t j, back;
	int bad = 0;

	for (i = 0; i < NELEM(known); i++) {
		struct civil c = { known[i].year, known[i].month, known[i].day };

		t_case("known day: %s", known[i].why);
		j = JDN_NONE;
		t_int(known[i].julian ? jdn_from_julian(c, &j) :
		    jdn_from_gregorian(c, &j), 0);
		t_int(j, known[i].jdn);
	}
	t_case("every day of both calendars comes back");
	for (j = jdn_gregorian(YEAR_MIN, 1, 1); j <= jdn_gregorian(YEAR_MAX, 12, 31); j++) {
		struct civil c = gregorian_from_jdn(j);

		bad += jdn_from_gregorian(c, &back) != 0 || back != j;
	}
	for (j = jdn_julian(YEAR_MIN, 1, 1); j <= jdn_julian(YEAR_MAX, 12, 31); j++) {
		struct civil c = julian_from_jdn(j);

		bad += jdn_from_julian(c, &back) != 0 || back != j;
	}
	t_int(bad, 0);
	t_case("days that do not exist");
	back = 7;
	t_int(jdn_from_gregorian((struct civil){ 1900, 2, 29 }, &back), LEISHU_ESYNTAX);
	t_int(jdn_from_gregorian((struct civil){ 2001, 4, 31 }, &back), LEISHU_ESYNTAX);
	t_int(jdn_from_gregorian((struct civil){ 2001, 13, 1 }, &back), LEISHU_ESYNTAX);
	t_int(jdn_from_gregorian((struct civil){ 2001, 0, 1 }, &back), LEISHU_ESYNTAX);
	t_int(jdn_from_gregorian((struct civil){ 10000, 1, 1 }, &back), LEISHU_ESYNTAX);
	t_int(jdn_from_julian((struct civil){ -10000, 1, 1 }, &back), LEISHU_ESYNTAX);
	t_int(jdn_from_julian((struct civil){ 1900, 2, 29 }, &back), 0);
	t_case("weekdays");
	t_int(jdn_weekday(2451545), 5);
	t_int(jdn_weekday(-1), 6);
	t_int(jdn_weekday(0), 0);
}

static void
ganzhi(void)
{
	int i, bad = 0;

	t_case("the cycle of sixty");
	t_str(ganzhi_text(ganzhi_day(2414554)), "丁亥");
	t_str(ganzhi_text(ganzhi_year(1898)), "戊戌");
	t_str(ganzhi_text(ganzhi_year(-220)), "庚辰");
	t_str(ganzhi_text(ganzhi_month(ganzhi_year(1898), 8)), "辛酉");
	t_str(ganzhi_text(ganzhi_month(ganzhi_year(1984), 1)), "丙寅");
	t_str(ganzhi_text(60), "");
	for (i = 0; i < 60; i++)
		bad += ganzhi_read(bytes_str(ganzhi_text(i))) != i;
	t_int(bad, 0);
	t_int(ganzhi_read(B("甲丑")), -1);
	t_int(ganzhi_read(B("甲")), -1);
	t_int(ganzhi_branch(B("亥月")), 11);
}

static unsigned
polity_named(const char *name)
{
	struct id_list l;
	size_t i, n = strcspn(name, "/");

	l = name_find(bytes_make(name, n));
	for (i = 0; i < l.n; i++)
		if (FORM_KIND(l.v[i]) == FORM_POLITY && bytes_eq(bytes_make(name, n),
		    name_text(polity_get(FORM_ID(l.v[i]))->name)))
			return FORM_ID(l.v[i]);
	return 0;
}

static bool
name_is(struct name_ref r, const char *s)
{
	return bytes_eq(name_text(r), bytes_str(s));
}

/* The month that a row of the table of months speaks of, in some reign. */
static bool
row_found(char **f, jdn_t first, jdn_t last)
{
	unsigned polity = polity_named(f[0]), id, to;
	const struct slip *s = slip_of(first, polity);
	int month = tsv_int(f[4]), year = tsv_int(f[3]);
	struct lunar_day a, z;
	struct lunar_month m;

	if (s && s->to == (uint32_t)last && s->start == tsv_int(f[10]) &&
	    s->month == (month < 0 ? 12 - month : month))
		return true;
	for (polity_reigns(polity, &id, &to); id < to; id++) {
		const struct reign *r = reign_get(id);

		if ((jdn_t)r->from > first || (jdn_t)r->to < last ||
		    ((r->flags & REIGN_BACK) != 0) != (f[11][0] == 'P') ||
		    !name_is(emperor_get(r->emperor)->name, f[1]) ||
		    (f[2][0] && !name_is(era_get(r->era)->name, f[2])) ||
		    !reign_day(id, first, &a) || !reign_day(id, last, &z))
			continue;
		if (a.date.year == year && a.date.month == month &&
		    a.date.leap == tsv_int(f[5]) && a.date.day == tsv_int(f[10]) &&
		    z.date.year == year && z.date.month == month &&
		    z.date.day == last - first + a.date.day &&
		    (first == (jdn_t)r->from || a.date.day == 1) &&
		    (last == (jdn_t)r->to || (lunar_month_of(r->cal, last, &m) &&
		    m.first + m.days - 1 == last)) &&
		    ganzhi_read(bytes_str(f[9])) == ganzhi_year(a.year))
			return true;
	}
	return false;
}

static void
all_months(void)
{
	FILE *t = tsv_open("data/calendar/dila_months.tsv");
	char line[1024], *f[TSV_MAX];
	int n = 0, bad = 0;

	if (t == NULL) {
		t_note("no table of months here: not compared");
		return;
	}
	t_case("every month of the table of months");
	(void)tsv_next(t, line, sizeof(line), f);
	while (tsv_next(t, line, sizeof(line), f) == 14) {
		n++;
		if (row_found(f, tsv_int(f[7]), tsv_int(f[8])))
			continue;
		if (bad++ < 20)
			t_note("%s %s %s %s.%s.%s %s-%s", f[0], f[1], f[2],
			    f[3], f[4], f[5], f[7], f[8]);
	}
	t_int(bad, 0);
	t_int(n, 56327);
	(void)fclose(t);
}

static void
modern_months(void)
{
	FILE *t = tsv_open("data/calendar/modern_months.tsv");
	char line[1024], *f[TSV_MAX];
	int n = 0, bad = 0;
	struct lunar_month m;

	if (t == NULL)
		return;
	t_case("every month from 1911 to 2100");
	(void)tsv_next(t, line, sizeof(line), f);
	while (tsv_next(t, line, sizeof(line), f) == 6) {
		if (tsv_int(f[0]) > 2100)
			continue;
		n++;
		bad += !lunar_month_of(0, tsv_int(f[3]), &m) ||
		    m.first != tsv_int(f[3]) || m.days != tsv_int(f[4]) ||
		    m.year != tsv_int(f[0]) ||
		    MONTH_NUMBER(m.label) != tsv_int(f[1]) ||
		    m.label >> 4 != tsv_int(f[2]);
	}
	t_int(bad, 0);
	t_ok(n > 2300);
	(void)fclose(t);
}

/* Terms as almanacs give them for Beijing. */
static const struct {
	int32_t year;
	int8_t month, day;
	const char *term;
} suns[] = {
	{ 2000, 12, 21, "冬至" }, { 2023, 12, 22, "冬至" }, { 2024, 2, 4, "立春" },
	{ 2024, 3, 20, "春分" }, { 2024, 6, 21, "夏至" }, { 2024, 9, 22, "秋分" },
	{ 2033, 12, 21, "冬至" }, { 1984, 2, 4, "立春" }, { 2021, 2, 3, "立春" },
	{ 1950, 2, 4, "立春" }, { 2017, 2, 3, "立春" }, { 2025, 4, 4, "清明" },
	{ 2022, 8, 23, "處暑" }, { 1949, 12, 22, "冬至" }, { 1980, 1, 6, "小寒" },
	/* Solstices and equinoxes of the past, Gregorian. */
	{ 1700, 12, 22, "冬至" }, { 1281, 12, 21, "冬至" }, { 1900, 12, 22, "冬至" },
	/* 己未 of 至元十七年十一月, from which the calendar of 授時 counts. */
	{ 1280, 12, 21, "冬至" },
	/* 甲子 of 太初元年十一月: midnight, new moon and solstice at once. */
	{ -104, 12, 22, "冬至" },
	/* Before 1645 by equal parts of the year: two days after the true sun's. */
	{ 1281, 2, 4, "立春" }, { 1281, 3, 22, "春分" }, { 1600, 3, 22, "春分" },
};

static void
sun(void)
{
	size_t i;

	for (i = 0; i < NELEM(suns); i++) {
		t_case("%d-%02d-%02d %s", suns[i].year, suns[i].month, suns[i].day,
		    suns[i].term);
		t_str(solar_term_text(solar_term(jdn_gregorian(suns[i].year,
		    suns[i].month, suns[i].day))), suns[i].term);
	}
}

int
main(void)
{
	civil();
	ganzhi();
	sun();
	modern_months();
	all_months();
	return t_done();
}
