/* SPDX-License-Identifier: ISC */
/* Western dates in Chinese words: 1950年2月14日, 十九世紀; prose_han.h. */
#include "calendar/prose_han.h"

/* What joins two dates to a stretch; the longer first. */
static const char *const joins[] = { "——", "──", "至", "到", "—", "–", "-", "─",
	"～", "~", "－" };

struct part_word {
	const char *s;
	uint8_t part;		/* enum date_part */
};

/* Parts of a decade or century; the longer first. */
static const struct part_word long_parts[] = {
	{ "初期", PART_EARLY }, { "初葉", PART_EARLY }, { "初叶", PART_EARLY },
	{ "初", PART_EARLY }, { "前期", PART_EARLY }, { "早期", PART_EARLY },
	{ "中葉", PART_MID }, { "中叶", PART_MID }, { "中期", PART_MID },
	{ "末期", PART_LATE }, { "末葉", PART_LATE }, { "末叶", PART_LATE },
	{ "末", PART_LATE }, { "後期", PART_LATE }, { "后期", PART_LATE },
	{ "晚期", PART_LATE }, { "前半葉", PART_HALF1 }, { "前半叶", PART_HALF1 },
	{ "前半", PART_HALF1 }, { "後半葉", PART_HALF2 },
	{ "后半叶", PART_HALF2 }, { "後半", PART_HALF2 }, { "后半", PART_HALF2 },
	{ "上半葉", PART_HALF1 }, { "上半叶", PART_HALF1 },
	{ "上半", PART_HALF1 }, { "下半葉", PART_HALF2 },
	{ "下半叶", PART_HALF2 }, { "下半", PART_HALF2 },
};

/* Parts of a month. */
static const struct part_word month_parts[] = {
	{ "上旬", PART_EARLY }, { "初", PART_EARLY }, { "中旬", PART_MID },
	{ "下旬", PART_LATE }, { "底", PART_LATE }, { "末", PART_LATE },
};

/* The first of n words that stands at at, into the point; where it ends. */
static size_t
part_word(struct bytes s, size_t at, const struct part_word *words, size_t n,
    struct date_point *pt)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (follows(s, at, words[i].s)) {
			pt->part = words[i].part;
			return at + strlen(words[i].s);
		}
	return at;
}

static size_t
long_part(struct bytes s, size_t at, struct date_point *pt)
{
	return part_word(s, at, long_parts, NELEM(long_parts), pt);
}

static size_t
month_part(struct bytes s, size_t at, struct date_point *pt)
{
	return part_word(s, at, month_parts, NELEM(month_parts), pt);
}

/* The numeral that begins at at; empty when there is none. */
static struct number
number_after(struct bytes s, size_t at)
{
	struct number n;
	size_t end = at, next;
	int k;

	for (k = 0; k < 9 && numeral(cp_at(s, end, &next)) >= 0; k++)
		end = next;
	n = number_before(s, end);
	if (n.from != at)	/* it belongs to one before */
		n = (struct number){ at, at, 0, 0, false };
	return n;
}

size_t
prose_era_word(struct bytes s, size_t at)
{
	static const char *const words[] = { "公元", "西元", "西曆", "西历" };
	size_t i;

	for (i = 0; i < NELEM(words); i++)
		if (precedes(s, at, words[i]))
			return at - strlen(words[i]);
	return at;
}

size_t
prose_civil_rest(struct bytes s, size_t at, struct date_point *pt)
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
	size_t to = at, i, next;
	struct number n = number_after(s, at);
	uint32_t cp;

	if (n.chars && cp_at(s, n.to, &i) == CP_YUE && n.v >= 1 && n.v <= 12) {
		pt->unit = UNIT_MONTH;
		pt->month = (int8_t)n.v;
		to = i;
		n = number_after(s, to);
		if (n.chars && cp_in(cp_at(s, n.to, &i), "日號号") &&
		    n.v >= 1 && n.v <= 31) {
			pt->unit = UNIT_DAY;
			pt->day = (int8_t)n.v;
			to = i;
		} else
			to = month_part(s, to, pt);
		return to;
	}
	if (follows(s, at, "元旦")) {
		pt->unit = UNIT_DAY;
		pt->month = pt->day = 1;
		return at + 6;
	}
	for (i = 0; i < NELEM(tails); i++)
		if (follows(s, at, tails[i].s)) {
			pt->part = tails[i].part;
			to = at + strlen(tails[i].s);
			if (tails[i].season == 0)
				return to;
			cp = cp_at(s, to, &next);
			if (cp_in(cp, "節节至分"))	/* 春節, 冬至 are days */
				return at;
			pt->unit = UNIT_SEASON;
			pt->season = (int8_t)tails[i].season;
			return cp_in(cp, "季天") ? next : to;
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
range_before(struct bytes s, const struct number *n, bool bc,
    struct date_words *w, size_t *from)
{
	struct number a;
	size_t i, end, start = *from;

	for (i = 0; i < NELEM(joins) && !precedes(s, start, joins[i]); i++)
		;
	if (i == NELEM(joins))
		return false;
	end = start - strlen(joins[i]);
	if (precedes(s, end, "年"))
		end -= 3;
	a = number_before(s, end);
	if (bc && precedes(s, a.from, "前"))
		a.from -= 3;
	else if (bc)
		return false;
	if (a.chars == 0 || (bc ? a.v <= n->v : !western_year(&a) || a.v >= n->v))
		return false;
	w->b = w->a;
	w->a = (struct date_point){ .unit = UNIT_YEAR, .has_year = true,
	    .year_marked = true, .year = bc ? 1 - a.v : a.v, .digits = 4 };
	w->shape = SHAPE_RANGE;
	*from = prose_era_word(s, a.from);
	return true;
}

/* "1930—1940年代" */
static void
decades_before(struct bytes s, const struct number *n, struct date_words *w,
    size_t *from)
{
	struct date_words r = *w;
	size_t start = *from;

	if (!range_before(s, n, false, &r, &start) || r.a.year % 10)
		return;
	r.a.unit = UNIT_DECADE;
	*w = r;
	*from = start;
}

/* A year with its 年 and what follows it: 公元前8年, 1842年8月29日. */
static size_t
year_after(struct bytes s, size_t at, struct date_point *ret)
{
	struct date_point pt = { .unit = UNIT_YEAR, .has_year = true,
	    .year_marked = true, .digits = 4 };
	size_t from = at, next;
	bool named = follows(s, at, "公元") || follows(s, at, "西元"), bc;
	struct number n;

	at += named ? 6 : 0;
	bc = follows(s, at, "前");
	n = number_after(s, at + (bc ? 3 : 0));
	if (n.chars == 0 || cp_at(s, n.to, &next) != CP_NIAN || n.v < 1 ||
	    !(western_year(&n) || named || bc) || follows(s, next, "代"))
		return from;
	pt.year = bc ? 1 - n.v : n.v;
	*ret = pt;
	return prose_civil_rest(s, next, ret);
}

/* "1840年至1842年", "7月至8月", "8月15日至20日": the end behind *to. */
static void
range_after(struct bytes s, struct date_words *w, size_t *to)
{
	struct date_point b = w->a;
	struct number n;
	size_t i, at, end, next;

	for (i = 0; i < NELEM(joins) && !follows(s, *to, joins[i]); i++)
		;
	if (i == NELEM(joins) || w->a.part)
		return;
	at = *to + strlen(joins[i]);
	if ((end = year_after(s, at, &b)) == at && w->a.unit != UNIT_YEAR) {
		b.unit = UNIT_NONE;
		end = prose_civil_rest(s, at, &b);
		n = number_after(s, at);
		if (end == at && w->a.unit == UNIT_DAY && n.chars && n.v <= 31 &&
		    cp_in(cp_at(s, n.to, &next), "日號号")) {
			b = w->a;
			b.day = (int8_t)n.v;
			end = next;
		}
		if (b.month < w->a.month || (b.month == w->a.month &&
		    b.day <= w->a.day))
			return;
	}
	if (end == at || b.unit == UNIT_NONE || b.unit > UNIT_YEAR ||
	    b.year < w->a.year)
		return;
	w->b = b;
	w->shape = SHAPE_RANGE;
	*to = end;
}

bool
prose_civil(struct date_prose *p, const struct number *n, size_t behind,
    struct date_found *ret)
{
	struct bytes s = p->text;
	struct date_words w = { .shape = SHAPE_POINT };
	size_t from = n->from, to = behind;
	bool named, bc = precedes(s, from, "前");

	from -= bc ? 3 : 0;
	named = prose_era_word(s, from) != from;
	from = prose_era_word(s, from);
	if (!(western_year(n) || ((named || bc) && n->v >= 1 && n->v < 10000)))
		return false;
	w.a = (struct date_point){ .unit = UNIT_YEAR, .has_year = true,
	    .year_marked = true, .year = bc ? 1 - n->v : n->v, .digits = 4 };
	if (follows(s, to, "代") && n->v % 10 == 0) {
		w.a.unit = UNIT_DECADE;
		to = long_part(s, to + 3, &w.a);
		decades_before(s, n, &w, &from);
	} else {
		to = prose_civil_rest(s, to, &w.a);
		if (w.a.unit != UNIT_YEAR || !range_before(s, n, bc, &w, &from))
			range_after(s, &w, &to);
	}
	if (bc && !named && !sentence_start(s, from) && !western_year(n) &&
	    w.shape != SHAPE_RANGE)
		return false;
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

/* "十六、十七世紀", "15世紀末至16世紀初" */
static void
centuries(struct bytes s, struct date_words *w, size_t *from, size_t *to)
{
	struct date_point b = w->a;
	struct number n;
	size_t i, at;

	for (i = 0; i < NELEM(joins) && !follows(s, *to, joins[i]); i++)
		;
	if (i < NELEM(joins)) {
		n = number_after(s, *to + strlen(joins[i]));
		if (n.chars && (follows(s, n.to, "世紀") || follows(s, n.to, "世纪")) &&
		    n.v > w->a.year && n.v < 30 && w->a.year > 0) {
			b.year = n.v;
			b.part = PART_NONE;
			*to = long_part(s, n.to + 6, &b);
			w->b = b;
			w->shape = SHAPE_RANGE;
		}
		return;
	}
	for (i = 0; i < NELEM(joins) && !precedes(s, *from, joins[i]); i++)
		;
	at = *from - (i < NELEM(joins) ? strlen(joins[i]) :
	    precedes(s, *from, "、") ? 3 : 0);
	n = number_before(s, at);
	if (at == *from || n.chars == 0 || n.v < 1 || n.v >= w->a.year ||
	    w->a.part)
		return;
	w->b = w->a;
	w->a.year = n.v;
	w->shape = SHAPE_RANGE;
	*from = prose_era_word(s, n.from);
}

/* 十九世紀, 公元前三世紀末, 二十世紀五十年代 */
bool
prose_century(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	struct number n = number_before(s, at), d;
	struct date_words w = { .shape = SHAPE_POINT };
	size_t to = at + 6, from = n.from;
	bool last = n.chars == 0 && precedes(s, at, "上");

	if (precedes(s, at, "個") || precedes(s, at, "个"))
		return false;	/* 半個世紀 is as long, not when */
	if (!follows(s, at, "世紀") && !follows(s, at, "世纪"))
		return false;
	if (last) {	/* 上世紀: of a text of this century */
		n.v = 20;
		from -= 3;
	} else if (n.chars == 0 || n.v < 1 || n.v > 30)
		return false;
	w.a = (struct date_point){ .unit = UNIT_CENTURY, .has_year = true,
	    .year_marked = true, .year = n.v };
	if (precedes(s, from, "前")) {
		from -= 3;
		w.a.year = 1 - n.v;
	}
	from = prose_era_word(s, from);
	d = number_after(s, to);
	if (d.chars && follows(s, d.to, "年代") && w.a.year > 0 &&
	    d.v % 10 == 0 && d.v < 100) {
		w.a.unit = UNIT_DECADE;
		w.a.year = (n.v - 1) * 100 + d.v;
		to = d.to + 6;
	}
	to = long_part(s, to, &w.a);
	if (!last && w.a.unit == UNIT_CENTURY)
		centuries(s, &w, &from, &to);
	if (from < p->done || words_resolve(&w, &p->ctx, &ret->v, NULL) < 0)
		return false;
	ret->from = from;
	ret->to = to;
	ret->doubt = last ? 40 : 0;
	return true;
}
