/* SPDX-License-Identifier: ISC */
/* Western dates in Chinese words: 1950年2月14日, 十九世紀; prose_han.h. */
#include "calendar/prose_han.h"

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

bool
prose_civil(struct date_prose *p, const struct number *n, size_t behind,
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
		to = prose_civil_rest(s, to, &w.a);
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
bool
prose_century(struct date_prose *p, size_t at, struct date_found *ret)
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
