/* SPDX-License-Identifier: ISC */
/*
 * Chinese dates in running text.  Each has one of a few characters in it
 * (年 月 日 世 初 末 中 間 or a stem of the sexagenary cycle); from there the walk goes
 * back over numbers and names of eras, forward over month and day, and asks
 * date_read_chinese whether that is a day.  What lacks its era, year or month
 * borrows them from the date before.
 */
#include <stdio.h>

#include "calendar/lunar.h"
#include "calendar/prose_han.h"

#define BACK_MAX	12	/* characters of names before a year */
#define DAY_REACH	240	/* and a day without a month */
#define REACH		1200	/* bytes a month without a year leans back over */

/* Is the character at p one that a Chinese date has in it? */
static bool
is_trigger(const unsigned char *p, size_t left)
{
	uint32_t cp;

	if (left < 3)
		return false;
	cp = (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 |
	    (p[2] & 0x3fu);
	switch (cp) {
	case CP_NIAN:
	case CP_ZAI:
	case CP_ZAI_SIMPLE:
	case CP_YUE:
	case CP_RI:
	case CP_SHI:
		return true;
	case 0x7532: case 0x4e59: case 0x4e19: case 0x4e01: case 0x620a:
	case 0x5df1: case 0x5e9a: case 0x8f9b: case 0x58ec: case 0x7678:
		return true;	/* the ten stems */
	case CP_CHU: case CP_MO: case CP_ZHONG: case CP_JIAN: case CP_JIAN_SIMPLE:
		return true;
	default:
		return false;
	}
}

size_t
han_names_before(struct bytes s, size_t at, size_t floor, bool *era)
{
	size_t start = at;
	int turn;

	*era = false;
	for (turn = 0; turn < 3; turn++) {
		size_t from = start, best = start, prev;
		int k;

		for (k = 0; k < BACK_MAX && from > floor; k++) {
			struct id_list l;
			size_t i;

			if (cp_before(s, from, &prev) < 0x2e80 || prev < floor)
				break;
			from = prev;
			l = name_find(bytes_sub(s, from, start));
			for (i = 0; i < l.n; i++) {
				unsigned kind = FORM_KIND(l.v[i]);

				/* a state or ruler of one character is too little */
				if (turn == 0 && k == 0)
					continue;
				if (turn == 0 && kind == FORM_POLITY && best == start)
					continue;
				if (turn > 0 && (kind == FORM_ERA || kind == FORM_ABROAD))
					continue;
				best = from;
			}
		}
		if (best == start)
			break;
		start = best;
		*era = true;
	}
	return start;
}

/* Where a month or day behind at ends; at when there is none. */
static size_t
numbers_end(struct bytes s, size_t at, int max)
{
	size_t next, end;
	int k;

	for (k = 0; k < max && numeral(cp_at(s, at, &next)) >= 0; k++) {
		at = next;
		/* 二十有八日 */
		if (k && cp_in(cp_at(s, at, &next), "有又") &&
		    numeral(cp_at(s, next, &end)) > 0)
			at = next;
	}
	return at;
}

static size_t
month_end(struct bytes s, size_t at)
{
	size_t next, end;
	uint32_t cp;

	if (cp_in(cp_at(s, at, &next), "春夏秋冬"))
		at = next;
	end = at;
	if (cp_in(cp_at(s, end, &next), "閏闰後后"))
		end = next;
	cp = cp_at(s, end, &next);
	if (cp_in(cp, "正元冬臘腊端") || cp_in(cp, "子丑寅卯辰巳午未申酉戌亥"))
		end = next;
	else
		end = numbers_end(s, end, 3);
	return cp_at(s, end, &next) == CP_YUE ? next : 0;
}

/* The day behind a month: 初六, 十五日, 庚申, 庚申朔, 晦. */
static size_t
day_end(struct bytes s, size_t at)
{
	size_t next, end;
	uint32_t cp;

	if (ganzhi_at(s, at, &end)) {
		if (cp_in(cp_at(s, end, &next), "朔晦望日"))
			return next;
		return end;
	}
	cp = cp_at(s, at, &next);
	if (cp_in(cp, "朔晦望"))
		return cp_at(s, next, &end) == CP_RI ? end : next;
	end = numbers_end(s, cp_in(cp, "初") ? next : at, 3);
	if (end == at || (cp_in(cp, "初") && end == next))
		return 0;
	if (cp_at(s, end, &next) == CP_RI)
		return next;
	/* "八月十五" at the end of a clause; "三月二人" is no day */
	return cp_in(cp, "初廿卅") || cp_in(cp_at(s, end, &next),
	    "。，；：、）)\n") || end == s.n ? end : 0;
}

static int
read_best(struct date_prose *p, struct bytes words, struct date_candidate *c,
    int *n)
{
	*n = date_read_chinese(words, &p->ctx, c, 4, NULL);
	return *n > 0 ? 0 : LEISHU_ESYNTAX;
}

static void
keep_era(struct date_prose *p, struct bytes era, const struct date_candidate *c)
{
	if (era.n && era.n < PROSE_ERA_MAX) {
		memcpy(p->era, era.p, era.n);
		p->n_era = (uint8_t)era.n;
	}
	p->era_year = c->lunar.year;
	p->era_month = c->lunar.month > 0 ? c->lunar.month : 0;
	p->era_leap = c->lunar.leap;
	p->last_words = false;
}

/* era + year + month in a buffer, from what is remembered. */
static size_t
borrowed(const struct date_prose *p, bool year, bool month, int add_year,
    int add_month, char *out, size_t max)
{
	int n = snprintf(out, max, "%.*s", (int)p->n_era, p->era);

	if (year && n > 0 && (size_t)n < max) {
		int k = p->era_year + add_year == 1 ?
		    snprintf(out + n, max - (size_t)n, "元年") :
		    snprintf(out + n, max - (size_t)n, "%d年",
		    p->era_year + add_year);

		n += k;
	}
	if (month && n > 0 && (size_t)n < max)
		n += snprintf(out + n, max - (size_t)n, "%s%d月",
		    p->era_leap && !add_month ? "閏" : "",
		    p->era_month + add_month);
	return n > 0 && (size_t)n < max ? (size_t)n : 0;
}

/* [from, to) of the text read with what it lacks put before it. */
static bool
lean(struct date_prose *p, bool year, bool month, struct bytes words,
    struct date_candidate *c)
{
	char text[160];
	size_t n = borrowed(p, year, month, 0, 0, text, sizeof(text) - 64);
	int count;

	if (n == 0 || words.n > 60)
		return false;
	memcpy(text + n, words.p, words.n);
	return read_best(p, bytes_make(text, n + words.n), c, &count) == 0;
}

static bool
give(struct date_found *ret, const struct date_candidate *c, size_t from,
    size_t to, int doubt)
{
	ret->v = c->v;
	ret->from = from;
	ret->to = to;
	ret->doubt = (uint8_t)doubt;
	return true;
}

bool
han_read(struct date_prose *p, size_t from, size_t to, struct date_found *ret)
{
	struct date_candidate c[4];
	int count;

	if (from < p->done ||
	    read_best(p, bytes_sub(p->text, from, to), c, &count) < 0)
		return false;
	return give(ret, &c[0], from, to, count > 1 ? 15 : 0);
}

bool
han_year(struct date_prose *p, size_t from, size_t era_end, size_t behind,
    bool named, struct date_found *ret)
{
	struct bytes s = p->text;
	struct date_candidate c[4];
	size_t ends[3] = { behind, 0, 0 };
	int k, n = 1;

	if ((ends[1] = month_end(s, behind)) != 0) {
		n = 2;
		if ((ends[2] = day_end(s, ends[1])) != 0)
			n = 3;
	}
	for (k = n - 1; k >= 0; k--) {
		struct bytes words = bytes_sub(s, from, ends[k]);
		int count = 0;

		if (named ? read_best(p, words, c, &count) < 0 :
		    !lean(p, false, false, words, c))
			continue;
		keep_era(p, named ? bytes_sub(s, from, era_end) : B(""), &c[0]);
		return give(ret, &c[0], from, ends[k], !named ? 25 :
		    count > 1 ? 15 : 0);
	}
	return false;
}

/* The year after the last of an era is the first of another. */
static bool
next_era(struct date_prose *p, struct date_candidate *c)
{
	struct lunar_day d;
	const struct reign *r;
	char text[160];
	struct bytes era;
	size_t n = borrowed(p, true, false, 0, 0, text, sizeof(text));
	int count;

	if (n == 0 || read_best(p, bytes_make(text, n), c, &count) < 0 ||
	    lunar_from_jdn(c[0].v.hi + 1, c[0].polity, false, &d, 1) == 0)
		return false;
	r = reign_get(d.date.reign);
	if (r == NULL || r->era == 0)
		return false;
	era = name_text(era_get(r->era)->name);
	if (era.n == 0 || era.n >= PROSE_ERA_MAX)
		return false;
	memcpy(p->era, era.p, era.n);
	p->n_era = (uint8_t)era.n;
	p->era_year = d.date.year;
	n = borrowed(p, true, false, 0, 0, text, sizeof(text));
	return n && read_best(p, bytes_make(text, n), c, &count) == 0;
}

/* The month and day behind a year that was told: into c, and where they end. */
static size_t
told_month(struct date_prose *p, size_t behind, struct date_candidate *c)
{
	struct date_candidate found[4];
	size_t month = month_end(p->text, behind), day;

	if (month == 0)
		return behind;
	day = day_end(p->text, month);
	if (day && lean(p, true, false, bytes_sub(p->text, behind, day), found))
		month = day;
	else if (!lean(p, true, false, bytes_sub(p->text, behind, month), found))
		return behind;
	c[0] = found[0];
	keep_era(p, B(""), c);
	return month;
}

/* 翌年春, 同年10月 behind a Western date; where it ends, 0 for none. */
static size_t
told_western(const struct date_prose *p, size_t behind, uint32_t unit, bool next,
    struct date_value *ret)
{
	struct period one = { .years = next && unit == CP_NIAN,
	    .months = next && unit == CP_YUE };
	struct date_point pt = { .unit = unit == CP_NIAN ? UNIT_YEAR : UNIT_MONTH,
	    .has_year = true, .year_marked = true, .style = 2 };
	struct date_value moved;
	struct civil g;

	if (p->last.precision > DATE_YEAR || (unit == CP_YUE &&
	    p->last.precision > DATE_MONTH) ||
	    p->last.flags & (DATE_OPEN_LO | DATE_OPEN_HI) ||
	    date_add(&p->last, &one, 1, &moved) < 0)
		return 0;
	g = gregorian_from_jdn(moved.lo);
	pt.year = g.year;
	pt.month = g.month;
	if (unit == CP_NIAN)
		behind = prose_civil_rest(p->text, behind, &pt);
	return point_resolve(&pt, NULL, ret, NULL) < 0 ? 0 : behind;
}

/* 同年 明年 翌年 ..., 是月 次月, 是日 翌日 */
static bool
told_from(struct date_prose *p, size_t at, size_t behind, uint32_t unit,
    struct date_found *ret)
{
	struct bytes s = p->text;
	struct date_candidate c[4];
	size_t from;
	uint32_t w = cp_before(s, at, &from);
	bool same = cp_in(w, "同是其"), next = cp_in(w, "明翌次");
	char text[160];
	size_t n;
	int count;

	if ((!same && !next) || !p->has_last || !sentence_start(s, from) ||
	    from < p->done)
		return false;
	if (unit == CP_RI) {
		if (p->last.precision != DATE_DAY || p->last.lo != p->last.hi)
			return false;
		ret->v = date_value_make(p->last.lo + next, p->last.lo + next,
		    DATE_DAY, p->last.calendar);
		ret->from = from;
		ret->to = behind;
		ret->doubt = 25;
		return true;
	}
	if (!p->last_words && p->n_era && (unit == CP_NIAN || p->era_month)) {
		if (unit == CP_YUE && next && p->era_month == 12)
			return false;
		n = borrowed(p, true, unit == CP_YUE, next && unit == CP_NIAN,
		    next && unit == CP_YUE, text, sizeof(text));
		if (n == 0 || (read_best(p, bytes_make(text, n), c, &count) < 0 &&
		    !(next && unit == CP_NIAN && next_era(p, c))))
			return false;
		keep_era(p, B(""), &c[0]);
		if (unit == CP_NIAN)	/* 次年正月, 明年八月丁巳 */
			behind = told_month(p, behind, c);
		return give(ret, &c[0], from, behind, 25);
	}
	if ((behind = told_western(p, behind, unit, next, &ret->v)) == 0)
		return false;
	ret->from = from;
	ret->to = behind;
	ret->doubt = 25;
	return true;
}

/* No length of time: 三年級, 這一年, 百日維新, the 八日 of 八月八日. */
static bool
counted_off(struct bytes s, const struct number *n, size_t to, int unit)
{
	size_t prev;

	if (unit == 2)
		return follows(s, to, "級") || follows(s, to, "级") || (n->v == 1 &&
		    cp_in(cp_before(s, n->from, &prev), "復复這这那哪每某另"));
	if (n->v == 100 && (follows(s, to, "維新") || follows(s, to, "维新")))
		return true;
	return unit == 0 && (precedes(s, n->from, "月") ||
	    precedes(s, n->from, "初") || precedes(s, n->from, "重陽") ||
	    (n->v == 9 && sentence_start(s, n->from) && sentence_start(s, to)));
}

/* May a number without its era stand at from, told by what is before it? */
static bool
lean_starts(const struct date_prose *p, size_t from)
{
	size_t prev;

	return sentence_start(p->text, from) || (from == p->done && from) ||
	    cp_in(cp_before(p->text, from, &prev), "至迄訖讫於于自及");
}

/* A year told by its number alone: "三年，", "三年春", but not "三年陷賊". */
static bool
year_stands(struct bytes s, size_t behind)
{
	size_t to;

	return behind >= s.n || cp_in(cp_at(s, behind, &to),
	    "。，；：、！？」』）),.;:\n　 春夏秋冬至") || month_end(s, behind) ||
	    ganzhi_at(s, behind, &to);
}

/*
 * The number before the unit at at: 三十, 三十餘, 數百, 數, 多.  times: how often
 * it may be the number it looks like, over how often it is at least.
 */
static struct number
counted_before(struct bytes s, size_t at, int unit, int *least, int *most)
{
	struct number n = number_before(s, at);
	size_t from, more;
	uint32_t cp = cp_before(s, at, &more);
	bool round = n.chars == 0 && cp_in(cp, "餘余多");

	*least = *most = 1;
	if (round)
		n = number_before(s, more);
	if (n.chars == 0 && round && cp == CP_DUO && unit == 2)
		n.from = more;		/* 多年 */
	else if (cp_in(cp_before(s, n.from, &from), "數数") &&
	    number_before(s, from).chars) {	/* 十數年 */
		n = number_before(s, from);
		n.to = at;
		return n;
	} else if (from < n.from && cp_in(cp_before(s, n.from, &from), "數数"))
		n.from = from;
	else {
		if (round)
			n.to = at;
		return n;
	}
	n.v = MAX(n.v, 1);
	n.chars++;
	*least = 3;
	*most = 9;
	return n;
}

/* The length of time whose unit, 個 before it, begins at at. */
static bool
duration(struct date_prose *p, size_t at, size_t to, int unit,
    struct date_found *ret)
{
	static const int32_t days[] = { 1, 30, 365 };
	int least, most;
	struct number n = counted_before(p->text, at, unit, &least, &most);
	int32_t v = n.v * least;

	/* 一日 is as often "one day" and "daily" */
	if (n.chars == 0 || n.v == 0 || n.v > 10000 || (unit == 0 && v == 1) ||
	    n.from < p->done || counted_off(p->text, &n, to, unit) ||
	    precedes(p->text, n.from, "第"))
		return false;
	*ret = (struct date_found){ .from = n.from, .to = to,
	    .kind = FOUND_DURATION };
	if (unit == 0)
		ret->period.days = v;
	else if (unit == 1)
		ret->period.months = v;
	else
		ret->period.years = v;
	if (most > 1 || (n.to == at && number_before(p->text, at).chars == 0)) {
		ret->period.approx = true;
		ret->period.days_max = days[unit] * (most > 1 ? n.v * most :
		    n.v + MAX(n.v / 10, 9));
	}
	return true;
}

/* "翌日…，12日": a later day of the month just spoken of. */
static bool
later_day(struct date_prose *p, const struct number *n, size_t behind,
    struct date_found *ret)
{
	struct civil c = gregorian_from_jdn(p->last.lo);
	struct date_point pt = { .unit = UNIT_DAY, .has_year = true,
	    .year_marked = true, .year = c.year, .month = c.month,
	    .day = (int8_t)MIN(n->v, 99), .style = 2 };
	size_t next;

	if (!p->last_words || !p->has_last || p->last.precision != DATE_DAY ||
	    p->last.lo != p->last.hi || n->v <= c.day || n->v > 31 ||
	    n->from - p->last_at > DAY_REACH || !sentence_start(p->text, n->from) ||
	    cp_in(cp_at(p->text, behind, &next), "後后內内之間间") ||
	    point_resolve(&pt, NULL, &ret->v, NULL) < 0)
		return false;
	ret->from = n->from;
	ret->to = behind;
	ret->doubt = 25;
	return true;
}

static bool
at_year(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t behind = at + 3, from, start;
	struct number n = number_before(s, at);
	bool named;

	if (n.chars && prose_civil(p, &n, behind, ret))
		return true;
	if (told_from(p, at, behind, CP_NIAN, ret))
		return true;
	from = n.from;
	if (n.chars == 0) {
		size_t one, two, to;

		(void)cp_before(s, at, &one);
		if (cp_at(s, one, &to) == 0x5143)	/* 元年 */
			from = one;
		else if (cp_before(s, one, &two) && ganzhi_at(s, two, &to) &&
		    to == at)
			from = two;
		else if (follows(s, behind, "間") || follows(s, behind, "间")) {
			start = han_names_before(s, at, p->done, &named);
			return named && han_year(p, start, at, behind + 3, true, ret);
		} else
			return duration(p, at, behind, 2, ret);
	}
	if (from < p->done)
		return false;
	start = han_names_before(s, from, p->done, &named);
	if (named)
		return han_year(p, start, from, behind, true, ret);
	if (n.chars && p->n_era && !p->last_words && lean_starts(p, from) &&
	    (sentence_start(s, from) || n.v >= p->era_year) &&
	    year_stands(s, behind) && han_year(p, from, from, behind, false, ret))
		return true;
	if (from == n.from && n.chars == 0)
		return false;
	return n.chars && cp_at(s, at, &start) == CP_NIAN &&
	    duration(p, at, behind, 2, ret);
}

/* A month without a year, at a 月. */
static bool
at_month(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t behind = at + 3, from, to;
	struct number n = number_before(s, at);
	struct date_candidate c[4];
	uint32_t before = cp_before(s, at, &from);
	struct date_point pt = { .unit = UNIT_MONTH };

	if (cp_in(before, "個个"))
		return duration(p, from, behind, 1, ret);
	if (told_from(p, at, behind, CP_YUE, ret))
		return true;
	if (n.chars)
		from = n.from;
	else if (!cp_in(before, "正冬臘腊端"))
		return cp_in(before, "數数") && duration(p, at, behind, 1, ret);
	if (n.chars && p->last_words && p->has_last && n.v >= 1 && n.v <= 12 &&
	    from >= p->done) {
		to = prose_civil_rest(s, from, &pt);
		if (to > from && point_resolve(&pt, &p->ctx, &ret->v, NULL) == 0) {
			ret->from = from;
			ret->to = to;
			ret->doubt = 25;
			return true;
		}
		return false;
	}
	if (p->n_era == 0 || p->last_words)
		return false;
	if (cp_in(cp_before(s, from, &to), "閏闰後后"))
		from = to;
	if (cp_in(cp_before(s, from, &to), "春夏秋冬"))
		from = to;
	if (from < p->done || !lean_starts(p, from) ||
	    from - p->last_at > REACH)
		return false;
	to = day_end(s, behind);
	if (to && lean(p, true, false, bytes_sub(s, from, to), c))
		behind = to;
	else if (!lean(p, true, false, bytes_sub(s, from, behind), c))
		return false;
	keep_era(p, B(""), &c[0]);
	return give(ret, &c[0], from, behind, 25);
}

/* A day without a month: 十五日, 庚午. */
static bool
at_day(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t behind = at + 3, from = at, to;
	struct number n = number_before(s, at);
	struct date_candidate c[4];
	bool pair = ganzhi_at(s, at, &to);

	if (!pair && told_from(p, at, behind, CP_RI, ret))
		return true;
	if (pair)
		behind = day_end(s, at);
	else if (n.chars == 0)
		return duration(p, at, behind, 0, ret);
	else
		from = n.from;
	if (from < p->done)
		return false;
	if (pair && behind && prose_era_pair(p, at, to, ret))
		return true;
	if (p->n_era && !p->last_words && p->era_month && behind &&
	    (sentence_start(s, from) || (pair && from == p->done)) && (pair || n.v <= 30) &&
	    lean(p, true, true, bytes_sub(s, from, behind), c))
		return give(ret, &c[0], from, behind, 25);
	return !pair && (later_day(p, &n, behind, ret) ||
	    duration(p, at, behind, 0, ret));
}

bool
prose_han(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t next, end = at;

	*ret = (struct date_found){ .kind = FOUND_DATE };
	/* a Western number: on to the character behind it */
	if (s.p[at] < 0x80) {
		while (end < s.n && s.p[end] >= '0' && s.p[end] <= '9')
			end++;
		if (end < s.n && s.p[end] == ' ')
			return false;
		at = end;
		if (at >= s.n || s.p[at] < 0xe3 ||
		    (!is_trigger(s.p + at, s.n - at) && !follows(s, at, "天")))
			return false;
	}
	switch (cp_at(s, at, &next)) {
	case CP_NIAN:
	case CP_ZAI:
	case CP_ZAI_SIMPLE:
		return at_year(p, at, ret);
	case CP_YUE:
		return at_month(p, at, ret);
	case CP_RI:
		return at_day(p, at, ret);
	case CP_TIAN:	/* only of a number in digits: 三天 is as often heaven */
		return duration(p, at, at + 3, 0, ret);
	case CP_SHI:
		return prose_century(p, at, ret);
	case CP_CHU:
	case CP_MO:
	case CP_ZHONG:
	case CP_JIAN:
	case CP_JIAN_SIMPLE:
		return prose_era_part(p, at, ret);
	default:
		return ganzhi_at(s, at, &next) && at_day(p, at, ret);
	}
}
