/* SPDX-License-Identifier: ISC */
/*
 * What may stand around a date in Chinese: quotation marks, 以前 and 至遲, the
 * day of the week, born and died, and the same date once more in brackets.
 */
#include "calendar/chinese.h"

struct bytes
date_bare(struct bytes s)
{
	static const struct {
		const char *open, *close;
	} marks[] = {
		{ "「", "」" }, { "『", "』" }, { "《", "》" }, { "〈", "〉" },
		{ "（", "）" }, { "(", ")" }, { "“", "”" }, { "\"", "\"" },
		{ "【", "】" }, { "", "。" }, { "", "．" }, { "", "，" },
	};
	size_t i, a, z;

	if (s.n < 3 || (s.p[s.n - 3] >= 0xe4 && s.p[s.n - 3] < 0xef))
		return s;	/* the last character is Han, as it mostly is */
	for (i = 0; i < NELEM(marks); i++) {
		a = strlen(marks[i].open);
		z = strlen(marks[i].close);
		if (s.n > a + z && bytes_starts(s, bytes_str(marks[i].open)) &&
		    bytes_starts(bytes_sub(s, s.n - z, s.n), bytes_str(marks[i].close)))
			return bytes_trim(bytes_sub(s, a, s.n - z));
	}
	return s;
}

/* Words before or behind, and what they do to what they stand by. */
static const struct {
	const char *word;
	bool behind;
	enum date_shape shape;
	uint16_t flags;
} bounds[] = {
	{ "以前", true, SHAPE_BEFORE, 0 }, { "之前", true, SHAPE_BEFORE, 0 },
	{ "以後", true, SHAPE_AFTER, 0 }, { "以后", true, SHAPE_AFTER, 0 },
	{ "之後", true, SHAPE_AFTER, 0 }, { "之后", true, SHAPE_AFTER, 0 },
	{ "以來", true, SHAPE_SINCE, 0 }, { "以来", true, SHAPE_SINCE, 0 },
	{ "為止", true, SHAPE_LASTS_UNTIL, 0 }, { "为止", true, SHAPE_LASTS_UNTIL, 0 },
	{ "起", true, SHAPE_SINCE, 0 }, { "止", true, SHAPE_LASTS_UNTIL, 0 },
	{ "生", true, SHAPE_POINT, DATE_BORN }, { "卒", true, SHAPE_POINT, DATE_DIED },
	{ "不遲於", false, SHAPE_UNTIL, 0 }, { "不迟于", false, SHAPE_UNTIL, 0 },
	{ "不晚於", false, SHAPE_UNTIL, 0 }, { "不晚于", false, SHAPE_UNTIL, 0 },
	{ "最遲", false, SHAPE_UNTIL, 0 }, { "最迟", false, SHAPE_UNTIL, 0 },
	{ "至遲", false, SHAPE_UNTIL, 0 }, { "至迟", false, SHAPE_UNTIL, 0 },
	{ "最晚", false, SHAPE_UNTIL, 0 }, { "不早於", false, SHAPE_SINCE, 0 },
	{ "不早于", false, SHAPE_SINCE, 0 }, { "最早", false, SHAPE_SINCE, 0 },
	{ "直到", false, SHAPE_LASTS_UNTIL, 0 }, { "至", false, SHAPE_LASTS_UNTIL, 0 },
	{ "自從", false, SHAPE_SINCE, 0 }, { "自从", false, SHAPE_SINCE, 0 },
	{ "自", false, SHAPE_SINCE, 0 }, { "生於", false, SHAPE_POINT, DATE_BORN },
	{ "生于", false, SHAPE_POINT, DATE_BORN }, { "卒於", false, SHAPE_POINT, DATE_DIED },
	{ "卒于", false, SHAPE_POINT, DATE_DIED },
};

static bool
ends_with(struct bytes s, struct bytes word)
{
	return s.n > word.n && bytes_starts(bytes_sub(s, s.n - word.n, s.n), word);
}

/* Reads the text without the words; 0: there are none. */
static int
read_bounded(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct bytes word, inner;
	size_t i, k;
	int n;

	for (i = 0; i < NELEM(bounds); i++) {
		word = bytes_str(bounds[i].word);
		if (bounds[i].behind ? !ends_with(s, word) : !bytes_starts(s, word))
			continue;
		inner = bounds[i].behind ? bytes_sub(s, 0, s.n - word.n) :
		    bytes_sub(s, word.n, s.n);
		if ((n = date_read_either(bytes_trim(inner), ctx, ret, max, err)) <= 0)
			return n;
		for (k = 0; k < MIN((size_t)n, max); k++) {
			ret[k].v.flags |= bounds[i].flags;
			if (bounds[i].shape == SHAPE_POINT)
				continue;
			/* 1952年底以前 has its last day in it. */
			date_bound(&ret[k].v, bounds[i].shape == SHAPE_BEFORE &&
			    (ends_with(inner, B("底")) || ends_with(inner, B("末"))) ?
			    SHAPE_UNTIL : bounds[i].shape);
			ret[k].lunar = (struct lunar){ 0 };
		}
		return n;
	}
	return 0;
}

/* 星期五, 週五, 禮拜五: what is left before it, and the day; -1: none. */
static int
weekday_behind(struct bytes *s)
{
	static const char *const words[] = { "星期", "禮拜", "礼拜", "週", "周" };
	static const char days[] = "一二三四五六日天";
	struct bytes last, before;
	size_t i, k;

	if (s->n < 6)
		return -1;
	last = bytes_sub(*s, s->n - 3, s->n);
	before = bytes_sub(*s, 0, s->n - 3);
	for (k = 0; k < 8 && memcmp(last.p, days + 3 * k, 3) != 0; k++)
		;
	for (i = 0; k < 8 && i < NELEM(words); i++)
		if (bytes_ends(before, bytes_str(words[i]))) {
			*s = bytes_sub(*s, 0, before.n - strlen(words[i]));
			return (int)MIN(k, 6);
		}
	return -1;
}

/* Where the bracket that ends s begins; SIZE_MAX: it ends with none. */
static size_t
bracket(struct bytes s, struct bytes *inner)
{
	size_t close = ends_with(s, B("）")) ? 3 : ends_with(s, B(")")) ? 1 : 0, i;

	for (i = close ? s.n - close : 0; i > 0; i--) {
		size_t open = s.p[i - 1] == '(' ? 1 :
		    i >= 3 && memcmp(s.p + i - 3, "（", 3) == 0 ? 3 : 0;

		if (open) {
			*inner = bytes_trim(bytes_sub(s, i, s.n - close));
			return i - open;
		}
	}
	return SIZE_MAX;
}

/* Those of n that overlap one of m. */
static int
keep_same(struct date_candidate *v, int n, const struct date_candidate *w, int m)
{
	int i, k, kept = 0;

	for (i = 0; i < n; i++)
		for (k = 0; k < m; k++)
			if (v[i].v.lo <= w[k].v.hi && w[k].v.lo <= v[i].v.hi) {
				v[kept++] = v[i];
				break;
			}
	return kept;
}

#define BRACKET_MAX	16	/* ways to read what stands in brackets */
#define AROUND_MAX	64	/* and what stands before them */

/* 光緒二十四年八月初六（1898年9月21日）: both must be one; 0: no bracket. */
static int
read_bracket(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct date_candidate same[BRACKET_MAX];
	struct date_context here = ctx ? *ctx : (struct date_context){ 0 };
	struct bytes inner;
	size_t at = bracket(s, &inner);
	char day[CIVIL_TEXT];
	int n, m, all;

	if (at == SIZE_MAX || at == 0 ||
	    (n = date_read_either(bytes_trim(bytes_sub(s, 0, at)), ctx, ret, max, NULL)) <= 0)
		return 0;
	here.has_day = true;
	here.day = ret[0].v.lo;
	if ((m = date_read_either(inner, &here, same, BRACKET_MAX, NULL)) <= 0)
		return 0;
	all = (int)MIN((size_t)n, max);
	civil_text(gregorian_from_jdn(ret[0].v.lo), day);
	if ((n = keep_same(ret, all, same, MIN(m, BRACKET_MAX))) > 0)
		return n;
	return date_fail(err, DATE_FAULT_DAY, s.n, "'%.*s' was %s%s, not '%.*s'", (int)at,
	    (const char *)s.p, day, ret[0].v.lo == ret[0].v.hi ? "" : " and after",
	    (int)inner.n, (const char *)inner.p);
}

/* 1949年12月16日星期五, （星期五）; 0: no day of the week. */
static int
read_weekday(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct bytes inner = s;
	size_t at = bracket(s, &inner);
	int want = weekday_behind(&inner), n, kept;
	char day[CIVIL_TEXT];
	jdn_t first;

	if (want < 0 || (at != SIZE_MAX && inner.n))
		return 0;
	if (at != SIZE_MAX)
		inner = bytes_sub(s, 0, at);
	while (inner.n && (inner.p[inner.n - 1] == ' ' || inner.p[inner.n - 1] == ','))
		inner.n--;
	if ((n = date_read_either(inner, ctx, ret, max, err)) <= 0)
		return n;
	first = ret[0].v.lo;
	if ((kept = date_keep_weekday(ret, (int)MIN((size_t)n, max), want)) > 0)
		return kept;
	civil_text(gregorian_from_jdn(first), day);
	return date_fail(err, DATE_FAULT_DAY, s.n, "%s was a %s, not a %s", day,
	    civil_weekdays[jdn_weekday(first)], civil_weekdays[want]);
}

int
date_read_around(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	int (*const ways[])(struct bytes, const struct date_context *,
	    struct date_candidate *, size_t, struct date_error *) = {
		read_weekday, read_bracket, read_bounded
	};
	struct date_candidate v[AROUND_MAX];
	size_t i;
	int n = 0;

	for (i = 0; i < NELEM(ways) && n == 0; i++)
		n = ways[i](s, ctx, v, NELEM(v), err);
	if (n > 0) {
		n = MIN(n, AROUND_MAX);
		memcpy(ret, v, MIN((size_t)n, max) * sizeof(*v));
	}
	return n;
}
