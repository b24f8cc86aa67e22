/* SPDX-License-Identifier: ISC */
/* Gregorian and Julian dates in Chinese words: 1949年10月1日, 前221年, 十九世紀. */
#include "calendar/chinese.h"

#include <stdio.h>

/* Words that say the years are Western. */
static const struct {
	const char *word;
	bool bc;
} prefixes[] = {
	{ "公元前", true }, { "西元前", true }, { "紀元前", true }, { "纪元前", true },
	{ "西曆紀元前", true }, { "前", true }, { "公元", false }, { "西元", false },
	{ "西曆", false }, { "西历", false }, { "公曆", false }, { "公历", false },
	{ "陽曆", false }, { "阳历", false }, { "新曆", false }, { "新历", false },
};

/* A part of a Western year in whole months, and its EDTF code. */
static const struct {
	uint8_t from, to, code;
} months_of[] = {
	[PART_EARLY] = { 1, 3, 33 }, [PART_MID] = { 5, 8, 38 },
	[PART_LATE] = { 10, 12, 36 }, [PART_HALF1] = { 1, 6, 40 },
	[PART_HALF2] = { 7, 12, 41 },
};

int
chinese_civil_days(int32_t year, const struct written *w, bool julian,
    jdn_t *lo, jdn_t *hi, struct date_error *err)
{
	jdn_t (*jdn)(int32_t, int, int) = julian ? jdn_julian : jdn_gregorian;
	int n, last;

	if (year < YEAR_MIN || year > YEAR_MAX)
		return date_fail(err, DATE_FAULT_YEAR, 6,
		    "the year %d is out of range (%d to %d)", year, YEAR_MIN, YEAR_MAX);
	*lo = jdn(year, 1, 1);
	*hi = jdn(year, 12, 31);
	if (!has_month(w)) {
		if (w->part && !w->of_era) {
			last = months_of[w->part].to;
			*lo = jdn(year, months_of[w->part].from, 1);
			*hi = last == 12 ? *hi : jdn(year, last + 1, 1) - 1;
		} else if (w->season) {	/* by whole months, as in EDTF */
			*lo = jdn(year, 3 * w->season, 1);
			*hi = w->season == WINTER ? jdn(year + 1, 3, 1) - 1 :
			    jdn(year, 3 * w->season + 3, 1) - 1;
		}
		return 0;
	}
	if (w->month < 1 || w->month > 12 || w->month_word == MONTH_BRANCH)
		return date_fail(err, DATE_FAULT_MONTH, 12,
		    "month %d: a year has 12 months", w->month);
	n = julian ? julian_month_days(year, w->month) :
	    gregorian_month_days(year, w->month);
	if (w->day > n && w->month == 2 && w->day == 29)
		return date_fail(err, DATE_FAULT_DAY, 12,
		    "29 February %d: %d was no leap year in the %s calendar, "
		    "February had 28 days", year, year, julian ? "Julian" : "Gregorian");
	if (w->day > n)
		return date_fail(err, DATE_FAULT_DAY, 12, "%d %s: %s has %d days",
		    w->day, civil_months[w->month], civil_months[w->month], n);
	if (w->day && !julian && year == 1582 && w->month == 10 && w->day > 4 &&
	    w->day < 15)
		return date_fail(err, DATE_FAULT_CUT, 12,
		    "%d October 1582 did not exist: the Gregorian reform cut 5 to 14 "
		    "October (4 October Julian was followed by 15 October)", w->day);
	*lo = jdn(year, w->month, w->day ? w->day : 1);
	*hi = jdn(year, w->month, w->day ? w->day : n);
	if (!w->day)
		chinese_ten_days((enum date_part)w->part, lo, hi);
	return 0;
}

static void
add(struct picks *out, jdn_t lo, jdn_t hi, const struct written *w,
    enum date_calendar cal, int score, const char *reason)
{
	struct date_candidate c = { 0 };

	c.v = date_value_make(lo, hi, chinese_precision(w), cal);
	if (w->approx)
		c.v.flags |= DATE_APPROX;
	c.score = (uint16_t)score;
	c.reason = reason;
	if (!has_month(w) && w->year && (w->part || w->season)) {
		int32_t y = gregorian_from_jdn(lo).year;

		(void)snprintf(c.v.edtf, sizeof(c.v.edtf), "%s%04d-%d", y < 0 ? "-" : "",
		    y < 0 ? -y : y, w->part ? months_of[w->part].code : 20 + w->season);
	}
	picks_add(out, &c);
}

static bool
cut(struct bytes *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n || memcmp(s->p, word, n) != 0)
		return false;
	*s = bytes_sub(*s, n, s->n);
	return true;
}

/* 初, 末, 上半葉 behind a century or a decade. */
static enum date_part
long_part(struct bytes *s)
{
	static const struct {
		const char *word;
		enum date_part part;
	} words[] = {
		{ "上半", PART_HALF1 }, { "前半", PART_HALF1 },
		{ "下半", PART_HALF2 }, { "後半", PART_HALF2 },
		{ "后半", PART_HALF2 }, { "初", PART_EARLY }, { "早", PART_EARLY },
		{ "中", PART_MID }, { "末", PART_LATE }, { "晚", PART_LATE },
		{ "後", PART_LATE }, { "后", PART_LATE },
	};
	size_t i;

	for (i = 0; i < NELEM(words); i++)
		if (cut(s, words[i].word)) {
			(void)(cut(s, "期") || cut(s, "葉") || cut(s, "叶"));
			return words[i].part;
		}
	return PART_NONE;
}

/* The years from lo to hi cut to a part of them, whole. */
static void
whole_years(enum date_part part, int32_t *lo, int32_t *hi)
{
	int32_t n = *hi - *lo + 1, first = *lo;

	if (part == PART_EARLY || part == PART_HALF1)
		*hi = first + n / (part == PART_EARLY ? 3 : 2) - 1;
	else if (part == PART_LATE || part == PART_HALF2)
		*lo = *hi + 1 - n / (part == PART_LATE ? 3 : 2);
	else if (part == PART_MID) {
		*lo = first + n / 3;
		*hi = first + n - 1 - n / 3;
	}
}

static const char *
year_text(int32_t year, char out[CIVIL_TEXT])
{
	(void)snprintf(out, CIVIL_TEXT, "%s%04d", year < 0 ? "-" : "", abs(year));
	return out;
}

/* The part of [lo, hi] that s says, and nothing more; 0: more stands there. */
static int
add_years(struct bytes s, int32_t lo, int32_t hi, bool decade, struct picks *out)
{
	struct written w = { .year_gz = -1, .day_gz = -1, .first_gz = -1 };
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	struct date_value *v = &out->v[0].v;

	w.part = (uint8_t)long_part(&s);
	if (s.n)
		return 0;
	whole_years((enum date_part)w.part, &lo, &hi);
	add(out, jdn_gregorian(lo, 1, 1), jdn_gregorian(hi, 12, 31), &w,
	    DATE_CAL_GREGORIAN, 900, NULL);
	date_edtf_set(v, decade && !w.part ? "%.3sX" : "[%s..%s]", year_text(lo, from),
	    year_text(hi, to));
	v->precision = (uint8_t)(w.part ? DATE_PART : decade ? DATE_DECADE : DATE_CENTURY);
	return 1;
}

/* 十九世紀, 二十世紀五十年代, 19世紀末 */
static int
century(struct bytes s, bool bc, struct picks *out)
{
	struct numeral n = numeral_read(s), tens;
	int32_t lo, hi;
	bool decade = false;

	s = bytes_sub(s, n.bytes, s.n);
	if (!n.bytes || n.value < 1 || n.value > 99 || !(cut(&s, "世紀") || cut(&s, "世纪")))
		return 0;
	lo = bc ? -100 * n.value + 1 : 100 * (n.value - 1) + 1;
	hi = lo + 99;
	tens = numeral_read(s);
	if (tens.bytes && !bc && tens.value % 10 == 0 && tens.value < 100) {
		s = bytes_sub(s, tens.bytes, s.n);
		if (!cut(&s, "年代"))
			return 0;
		lo = lo - 1 + tens.value;
		hi = lo + 9;
		decade = true;
	}
	return add_years(s, lo, hi, decade, out);
}

/* 1950年代, 一九五〇年代 */
static int
decade(struct bytes s, struct picks *out)
{
	struct numeral n = numeral_read(s);

	s = bytes_sub(s, n.bytes, s.n);
	if (n.digits < 3 || n.value % 10 || n.value > 2990 || !cut(&s, "年代"))
		return 0;
	return add_years(s, n.value, n.value + 9, true, out);
}

/* A day of the old calendar in a Western year, or else one of the new. */
static int
year_of(int32_t year, struct written *w, const struct date_context *ctx,
    struct picks *out, struct date_error *err)
{
	bool lunar = w->lunar_word || (w->lunar_mark && !(w->day_mark && !w->leap));
	jdn_t lo = 0, hi = 0;
	int rc;

	w->year = year;
	if ((w->season && has_month(w)) || w->year_gz >= 0 || lunar) {
		if (year > 0 && chinese_place_cycle(w, ctx, out))
			return 0;
		return date_fail(err, DATE_FAULT_MONTH, 9,
		    "the lunar year that began in %d has no such month or day", year);
	}
	if ((rc = chinese_civil_days(year, w, false, &lo, &hi, err)) == 0) {
		bool early = lo < JDN_REFORM && w->day;

		add(out, lo, hi, w, DATE_CAL_GREGORIAN, early ? 500 : 950,
		    early ? "proleptic Gregorian, as computed dates are" : NULL);
	}
	/* Before the reform a day in a Western year is most often Julian. */
	if (w->day && year <= 1582 && (rc == 0 || year < 1582) &&
	    chinese_civil_days(year, w, true, &lo, &hi, rc ? err : NULL) == 0 &&
	    lo < JDN_REFORM) {
		add(out, lo, hi, w, DATE_CAL_JULIAN, 800,
		    "before 15 October 1582 dates are Julian");
		rc = 0;
	}
	if (rc == 0 && year > 0 && (w->season || (w->day && !w->day_mark)))
		(void)chinese_place_cycle(w, ctx, out);
	return rc;
}

int
chinese_civil(struct bytes s, const struct date_context *ctx, struct picks *out,
    struct date_error *err)
{
	struct written w;
	struct bytes t = s;
	bool named = false, bc = false;
	size_t i, reached, had = out->n;
	int rc;

	for (i = 0; i < NELEM(prefixes) && !named; i++)
		if (cut(&t, prefixes[i].word)) {
			named = true;
			bc = prefixes[i].bc;
		}
	if (out->max == 0)
		return LEISHU_ESYNTAX;
	if (century(t, bc, out) || (!bc && decade(t, out)))
		return 0;
	if (!chinese_scan(t, 0, &w, &reached) || !w.year || w.spare ||
	    (!named && w.year_digits < 3))
		return LEISHU_ESYNTAX;
	if (w.year == YEAR_ZERO)
		return date_fail(err, DATE_FAULT_YEAR, s.n,
		    "year 0: 1 BC is followed by AD 1");
	if (w.year > YEAR_MAX)
		return date_fail(err, DATE_FAULT_YEAR, s.n,
		    "the year is out of range (%d to %d)", YEAR_MIN, YEAR_MAX);
	rc = year_of(bc ? 1 - w.year : w.year, &w, ctx, out, err);
	return out->n > had ? 0 : rc < 0 ? rc : LEISHU_ESYNTAX;
}
