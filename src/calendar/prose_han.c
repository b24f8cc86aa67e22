/* SPDX-License-Identifier: ISC */
/*
 * Chinese dates in running text.  Each has one of a few characters in it
 * (年 月 日 世紀 or a stem of the sexagenary cycle); from there the walk goes
 * back over numbers and names of eras, forward over month and day, and asks
 * date_read_chinese whether that is a day.  What lacks its era, year or month
 * borrows them from the date before.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "calendar/lunar.h"
#include "calendar/prose_int.h"

#define CP_NIAN		0x5e74u	/* 年 */
#define CP_YUE		0x6708u	/* 月 */
#define CP_RI		0x65e5u	/* 日 */
#define CP_SHI		0x4e16u	/* 世 */
#define BACK_MAX	12	/* characters of names before a year */

/* ---- characters ---- */

static uint32_t
cp_at(struct bytes s, size_t at, size_t *to)
{
	uint32_t cp = 0;

	*to = at;
	if (!utf8_next(s, to, &cp))
		return 0;
	return cp;
}

static uint32_t
cp_before(struct bytes s, size_t at, size_t *from)
{
	size_t to;

	if (at == 0) {
		*from = 0;
		return 0;
	}
	*from = utf8_prev(s, at);
	return cp_at(s, *from, &to);
}

static bool
cp_in(uint32_t cp, const char *set)
{
	struct bytes b = bytes_str(set);
	size_t at = 0;
	uint32_t c;

	while (utf8_next(b, &at, &c))
		if (c == cp)
			return true;
	return false;
}

/* 0-9, 10, 20, 30, 40, 100, 1000; -1 for what is no numeral. */
static int
numeral(uint32_t cp)
{
	static const struct {
		uint16_t cp;
		int16_t v;
	} han[] = {
		{ 0x3007, 0 }, { 0x96f6, 0 }, { 0x25cb, 0 }, { 0x4e00, 1 },
		{ 0x4e8c, 2 }, { 0x5169, 2 }, { 0x4e24, 2 }, { 0x4e09, 3 },
		{ 0x56db, 4 }, { 0x4e94, 5 }, { 0x516d, 6 }, { 0x4e03, 7 },
		{ 0x516b, 8 }, { 0x4e5d, 9 }, { 0x5341, 10 }, { 0x5eff, 20 },
		{ 0x5345, 30 }, { 0x534c, 40 }, { 0x767e, 100 }, { 0x5343, 1000 },
	};
	size_t i;

	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp >= 0xff10 && cp <= 0xff19)
		return (int)(cp - 0xff10);
	for (i = 0; i < NELEM(han); i++)
		if (han[i].cp == cp)
			return han[i].v;
	return -1;
}

struct number {
	size_t from, to;
	int32_t v;
	int chars;
	bool positional;	/* 1950, 一九五〇 */
};

/* The numeral that ends at to; from == to when there is none. */
static struct number
number_before(struct bytes s, size_t to)
{
	struct number n = { to, to, 0, 0, true };
	int32_t total = 0, digit = -1;
	size_t at, from;

	while (n.chars < 9 && numeral(cp_before(s, n.from, &from)) >= 0 &&
	    from < n.from) {
		n.from = from;
		n.chars++;
	}
	for (at = n.from; at < to;) {
		int v = numeral(cp_at(s, at, &at));

		if (v >= 10)
			n.positional = false;
	}
	for (at = n.from; at < to;) {
		int v = numeral(cp_at(s, at, &at));

		if (n.positional)
			total = total * 10 + v;
		else if (v < 10)
			digit = v;
		else if (v == 20 || v == 30 || v == 40) {
			total += v;
			digit = -1;
		} else {
			total += (digit < 0 ? 1 : digit) * v;
			digit = -1;
		}
	}
	n.v = n.positional ? total : total + MAX(digit, 0);
	return n;
}

/* Is a pair of stem and branch at at? */
static bool
ganzhi_at(struct bytes s, size_t at, size_t *to)
{
	size_t next;

	return cp_in(cp_at(s, at, &next), "甲乙丙丁戊己庚辛壬癸") &&
	    cp_in(cp_at(s, next, to), "子丑寅卯辰巳午未申酉戌亥");
}

static bool
sentence_start(struct bytes s, size_t at)
{
	size_t from;
	uint32_t cp = cp_before(s, at, &from);

	return at == 0 || cp_in(cp, "。，；：、！？「『（(,.;:\n　 “‘《”");
}

static bool
follows(struct bytes s, size_t at, const char *word)
{
	return bytes_starts(bytes_sub(s, at, s.n), bytes_str(word));
}

static bool
precedes(struct bytes s, size_t at, const char *word)
{
	return bytes_ends(bytes_sub(s, 0, at), bytes_str(word));
}

bool
prose_han_trigger(const unsigned char *p, size_t left)
{
	uint32_t cp;

	if (left < 3)
		return false;
	cp = (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 |
	    (p[2] & 0x3fu);
	switch (cp) {
	case CP_NIAN:
	case CP_YUE:
	case CP_RI:
	case CP_SHI:
		return true;
	case 0x7532: case 0x4e59: case 0x4e19: case 0x4e01: case 0x620a:
	case 0x5df1: case 0x5e9a: case 0x8f9b: case 0x58ec: case 0x7678:
		return true;	/* the ten stems */
	default:
		return false;
	}
}

/* ---- Western dates in Chinese words ---- */

/* "2月14日" at at, into the point; gives where it ends. */
static size_t
western_rest(struct bytes s, size_t at, struct date_point *pt)
{
	static const struct {
		const char *s;
		uint8_t part, season;
	} tails[] = {
		{ "初", PART_BEGIN, 0 }, { "底", PART_END, 0 }, { "末", PART_END, 0 },
		{ "中", PART_MID, 0 }, { "上半年", PART_HALF1, 0 },
		{ "下半年", PART_HALF2, 0 }, { "春", 0, 1 }, { "夏", 0, 2 },
		{ "秋", 0, 3 }, { "冬", 0, 4 },
	};
	size_t to = at, next, i;
	struct number n;
	int k;

	for (k = 0, next = at; k < 4 && numeral(cp_at(s, next, &i)) >= 0; k++)
		next = i;
	n = number_before(s, next);
	if (k && n.from == at && cp_at(s, next, &i) == CP_YUE && n.v >= 1 &&
	    n.v <= 12) {
		pt->unit = UNIT_MONTH;
		pt->month = (int8_t)n.v;
		to = next = i;
		for (k = 0; k < 4 && numeral(cp_at(s, next, &i)) >= 0; k++)
			next = i;
		n = number_before(s, next);
		if (k && n.from == to && cp_in(cp_at(s, next, &i), "日號号") &&
		    n.v >= 1 && n.v <= 31) {
			pt->unit = UNIT_DAY;
			pt->day = (int8_t)n.v;
			to = i;
		} else if (follows(s, to, "初") || follows(s, to, "上旬")) {
			pt->part = PART_EARLY;
			to += follows(s, to, "初") ? 3 : 6;
		} else if (follows(s, to, "中旬")) {
			pt->part = PART_MID;
			to += 6;
		} else if (follows(s, to, "底") || follows(s, to, "末") ||
		    follows(s, to, "下旬")) {
			pt->part = PART_LATE;
			to += follows(s, to, "下旬") ? 6 : 3;
		}
		return to;
	}
	for (i = 0; i < NELEM(tails); i++)
		if (follows(s, at, tails[i].s)) {
			pt->part = tails[i].part;
			if (tails[i].season) {
				pt->unit = UNIT_SEASON;
				pt->season = (int8_t)tails[i].season;
			}
			return at + strlen(tails[i].s);
		}
	return at;
}

/* Words before or behind a Western date that bound it; widens [from, to). */
static void
western_bounds(struct bytes s, size_t *from, size_t *to, struct date_words *w)
{
	static const struct {
		const char *s;
		bool behind;
		enum date_shape shape;
	} bounds[] = {
		{ "年以前", true, SHAPE_BEFORE }, { "以前", true, SHAPE_BEFORE },
		{ "之前", true, SHAPE_BEFORE }, { "以後", true, SHAPE_AFTER },
		{ "以后", true, SHAPE_AFTER }, { "之後", true, SHAPE_AFTER },
		{ "之后", true, SHAPE_AFTER }, { "為止", true, SHAPE_LASTS_UNTIL },
		{ "为止", true, SHAPE_LASTS_UNTIL }, { "起", true, SHAPE_SINCE },
		{ "不遲於", false, SHAPE_UNTIL }, { "不迟于", false, SHAPE_UNTIL },
		{ "最遲", false, SHAPE_UNTIL }, { "最迟", false, SHAPE_UNTIL },
		{ "至遲", false, SHAPE_UNTIL }, { "至迟", false, SHAPE_UNTIL },
		{ "直到", false, SHAPE_LASTS_UNTIL }, { "自從", false, SHAPE_SINCE },
		{ "约", false, SHAPE_POINT }, { "約", false, SHAPE_POINT },
	};
	size_t i;

	for (i = 0; i < NELEM(bounds); i++) {
		size_t n = strlen(bounds[i].s);

		if (bounds[i].behind ? !follows(s, *to, bounds[i].s) :
		    !precedes(s, *from, bounds[i].s))
			continue;
		if (bounds[i].behind)
			*to += n;
		else
			*from -= n;
		if (bounds[i].shape == SHAPE_POINT)
			w->a.flags |= DATE_APPROX;
		else
			w->shape = bounds[i].shape;
		return;
	}
}

static bool
western_year(const struct number *n)
{
	return n->positional && (n->chars == 4 || n->chars == 3) && n->v >= 100 &&
	    n->v < 2200;
}

/* A range "1949—1950年": the first year stands before the dash. */
static bool
range_before(struct bytes s, const struct number *n, struct date_words *w,
    size_t *from)
{
	static const char *const joins[] = { "至", "到", "—", "–", "-", "～", "~" };
	struct number a;
	size_t i, end;

	for (i = 0; i < NELEM(joins); i++) {
		if (!precedes(s, n->from, joins[i]))
			continue;
		end = n->from - strlen(joins[i]);
		if (precedes(s, end, "—"))
			end -= 3;
		if (precedes(s, end, "年"))
			end -= 3;
		a = number_before(s, end);
		if (!western_year(&a) || a.v >= n->v)
			return false;
		w->b = w->a;
		w->a = (struct date_point){ .unit = UNIT_YEAR, .has_year = true,
		    .year_marked = true, .year = a.v, .digits = 4 };
		w->shape = SHAPE_RANGE;
		*from = a.from;
		return true;
	}
	return false;
}

static bool
western(struct date_prose *p, const struct number *n, size_t behind,
    struct date_found *ret)
{
	struct bytes s = p->text;
	struct date_words w = { .shape = SHAPE_POINT };
	size_t from = n->from, to = behind;
	bool named = false, bc = false;

	if (precedes(s, from, "前")) {
		bc = true;
		from -= 3;
	}
	if (precedes(s, from, "公元") || precedes(s, from, "西元") ||
	    precedes(s, from, "西曆") || precedes(s, from, "西历")) {
		named = true;
		from -= 6;
	}
	if (!(western_year(n) || ((named || bc) && n->v >= 1 && n->v < 10000)))
		return false;
	if (bc && !named && !sentence_start(s, from) && !western_year(n))
		return false;
	w.a = (struct date_point){ .unit = UNIT_YEAR, .has_year = true,
	    .year_marked = true, .year = bc ? 1 - n->v : n->v, .digits = 4 };
	if (follows(s, to, "代") && n->v % 10 == 0) {
		w.a.unit = UNIT_DECADE;
		to += 3;
	} else {
		to = western_rest(s, to, &w.a);
		if (!bc && w.a.unit == UNIT_YEAR)
			(void)range_before(s, n, &w, &from);
	}
	if (w.shape == SHAPE_POINT)
		western_bounds(s, &from, &to, &w);
	if (from < p->done || words_resolve(&w, &p->ctx, &ret->v, NULL) < 0)
		return false;
	ret->from = from;
	ret->to = to;
	ret->doubt = 0;
	p->last_words = true;
	return true;
}

/* 十九世紀, 公元前三世紀末, 二十世紀五十年代 */
static bool
century(struct date_prose *p, size_t at, struct date_found *ret)
{
	static const struct {
		const char *s;
		uint8_t part;
	} tails[] = {
		{ "初", PART_EARLY }, { "中葉", PART_MID }, { "中叶", PART_MID },
		{ "中期", PART_MID }, { "末", PART_LATE }, { "前半", PART_HALF1 },
		{ "後半", PART_HALF2 }, { "后半", PART_HALF2 }, { "上半", PART_HALF1 },
		{ "下半", PART_HALF2 },
	};
	struct bytes s = p->text;
	struct number n = number_before(s, at), d;
	struct date_words w = { .shape = SHAPE_POINT };
	size_t to = at + 6, from = n.from, i, next;

	if ((!follows(s, at, "世紀") && !follows(s, at, "世纪")) || n.chars == 0 ||
	    n.v < 1 || n.v > 30)
		return false;
	w.a = (struct date_point){ .unit = UNIT_CENTURY, .has_year = true,
	    .year_marked = true, .year = n.v };
	if (precedes(s, from, "前")) {
		from -= 3;
		w.a.year = 1 - n.v;
	}
	if (precedes(s, from, "公元") || precedes(s, from, "西元"))
		from -= 6;
	for (i = 0; i < NELEM(tails); i++)
		if (follows(s, to, tails[i].s)) {
			w.a.part = tails[i].part;
			to += strlen(tails[i].s);
			break;
		}
	for (next = to, i = 0; i < 3 && numeral(cp_at(s, next, &n.to)) >= 0; i++)
		next = n.to;
	if (next > to && follows(s, next, "年代") && w.a.year > 0) {
		d = number_before(s, next);
		if (d.from == to && d.v % 10 == 0 && d.v < 100) {
			w.a.unit = UNIT_DECADE;
			w.a.year = (n.v - 1) * 100 + d.v;
			to = next + 6;
		}
	}
	if (from < p->done || words_resolve(&w, &p->ctx, &ret->v, NULL) < 0)
		return false;
	ret->from = from;
	ret->to = to;
	return true;
}

/* ---- the Chinese calendar ---- */

/* Where the names before a year begin: era, emperor, polity; at if none. */
static size_t
names_before(struct bytes s, size_t at, size_t floor, bool *era)
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
				if (turn == 0 && kind == FORM_POLITY)
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
	size_t next;
	int k;

	for (k = 0; k < max && numeral(cp_at(s, at, &next)) >= 0; k++)
		at = next;
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

/* The longest readable part of a year with what follows it. */
static bool
year_at(struct date_prose *p, size_t from, size_t era_end, size_t behind,
    bool named, struct date_found *ret)
{
	struct bytes s = p->text;
	struct date_candidate c[4];
	size_t ends[3] = { behind, 0, 0 }, next;
	int k, n = 1;

	if (ganzhi_at(s, behind, &next) && !ganzhi_at(s, next, &next))
		(void)next;
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

/* 同年 明年 翌年 ..., 是月 次月, 是日 翌日 */
static bool
told_from(struct date_prose *p, size_t at, size_t behind, uint32_t unit,
    struct date_found *ret)
{
	struct bytes s = p->text;
	struct date_candidate c[4];
	struct period one = { 0 };
	struct date_value moved;
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
		if (n == 0 || read_best(p, bytes_make(text, n), c, &count) < 0)
			return false;
		keep_era(p, B(""), &c[0]);
		return give(ret, &c[0], from, behind, 25);
	}
	if (p->last.precision > DATE_YEAR || (unit == CP_YUE &&
	    p->last.precision > DATE_MONTH) ||
	    p->last.flags & (DATE_OPEN_LO | DATE_OPEN_HI))
		return false;
	one.years = next && unit == CP_NIAN;
	one.months = next && unit == CP_YUE;
	if (date_add(&p->last, &one, 1, &moved) < 0)
		return false;
	{
		struct civil g = gregorian_from_jdn(moved.lo);
		struct date_point pt = { .unit = unit == CP_NIAN ? UNIT_YEAR :
		    UNIT_MONTH, .has_year = true, .year_marked = true,
		    .year = g.year, .month = g.month, .style = 2 };

		if (point_resolve(&pt, NULL, &ret->v, NULL) < 0)
			return false;
	}
	ret->from = from;
	ret->to = behind;
	ret->doubt = 25;
	return true;
}

static bool
duration(struct date_prose *p, const struct number *n, size_t to, int unit,
    struct date_found *ret)
{
	if (n->chars == 0 || n->v == 0 || n->v > 10000 || n->from < p->done ||
	    precedes(p->text, n->from, "第"))
		return false;
	*ret = (struct date_found){ .from = n->from, .to = to,
	    .kind = FOUND_DURATION };
	if (unit == 0)
		ret->period.days = n->v;
	else if (unit == 1)
		ret->period.months = n->v;
	else
		ret->period.years = n->v;
	return true;
}

static bool
at_year(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t behind = at + 3, from, start;
	struct number n = number_before(s, at);
	bool named;

	if (n.chars && western(p, &n, behind, ret))
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
			start = names_before(s, at, p->done, &named);
			return named && year_at(p, start, at, behind + 3, true, ret);
		} else
			return false;
	}
	if (from < p->done)
		return false;
	start = names_before(s, from, p->done, &named);
	if (named)
		return year_at(p, start, from, behind, true, ret);
	if (n.chars && p->n_era && !p->last_words && sentence_start(s, from) &&
	    year_at(p, from, from, behind, false, ret))
		return true;
	if (from == n.from && n.chars == 0)
		return false;
	return n.chars && duration(p, &n, behind, 2, ret);
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

	if (cp_in(before, "個个")) {
		n = number_before(s, from);
		return duration(p, &n, behind, 1, ret);
	}
	if (told_from(p, at, behind, CP_YUE, ret))
		return true;
	if (n.chars)
		from = n.from;
	else if (!cp_in(before, "正冬臘腊端"))
		return false;
	if (n.chars && p->last_words && p->has_last && n.v >= 1 && n.v <= 12 &&
	    from >= p->done) {
		to = western_rest(s, from, &pt);
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
	if (from < p->done || !sentence_start(s, from))
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
		return false;
	else
		from = n.from;
	if (from < p->done)
		return false;
	if (p->n_era && !p->last_words && p->era_month && behind &&
	    sentence_start(s, from) && (pair || n.v <= 30) &&
	    lean(p, true, true, bytes_sub(s, from, behind), c))
		return give(ret, &c[0], from, behind, 25);
	return !pair && duration(p, &n, behind, 0, ret);
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
		    !prose_han_trigger(s.p + at, s.n - at))
			return false;
	}
	switch (cp_at(s, at, &next)) {
	case CP_NIAN:
		return at_year(p, at, ret);
	case CP_YUE:
		return at_month(p, at, ret);
	case CP_RI:
		return at_day(p, at, ret);
	case CP_SHI:
		return century(p, at, ret);
	default:
		return ganzhi_at(s, at, &next) && at_day(p, at, ret);
	}
}
