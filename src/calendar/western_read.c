/* SPDX-License-Identifier: ISC */
/* Whole dates in Western words or numbers; date_read_western of calendar.h. */
#include "calendar/western.h"

/* The ways to read one text. */
struct ways {
	struct date_candidate *v;
	size_t max;
	size_t n;		/* all that came, kept or not */
	const struct date_context *ctx;
};

static void
give(struct ways *out, const struct date_value *v, int score, const char *reason)
{
	size_t i;

	for (i = 0; i < out->n && i < out->max; i++)
		if (out->v[i].v.lo == v->lo && out->v[i].v.hi == v->hi)
			return;
	if (out->n < out->max)
		out->v[out->n] = (struct date_candidate){ .v = *v,
		    .score = (uint16_t)score, .reason = reason };
	out->n++;
}

/* 3/4/1949: is the month first? */
static bool
may_swap(const struct word_tok *t, const struct date_words *w)
{
	return w->n >= 5 && w->shape == SHAPE_POINT && t[0].kind == W_NUM &&
	    t[0].digits <= 2 && t[1].kind == W_PUNCT && t[1].v == '/' &&
	    t[2].kind == W_NUM && t[3].kind == W_PUNCT && w->a.month != w->a.day;
}

static void
give_swapped(struct ways *out, const struct date_words *w, int score)
{
	struct date_words o = *w;
	struct date_value v;

	o.a.month = w->a.day;
	o.a.day = w->a.month;
	if (words_resolve(&o, out->ctx, &v, NULL) == 0)
		give(out, &v, score, "read with the month first");
}

static bool
is_russian(struct bytes s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == 0xd0 || s.p[i] == 0xd1)
			return true;
	return false;
}

/* The other calendar, where the writer may have meant it. */
static void
other_style(struct ways *out, const struct date_words *w, bool russian)
{
	struct date_words o = *w;
	struct date_value v;
	bool old = w->a.year < 1583;

	if (w->shape != SHAPE_POINT || w->a.unit != UNIT_DAY || w->a.style ||
	    w->a.julian_day)
		return;
	if (old)
		o.a.style = 2;
	else if (russian && w->a.year <= 1918)
		o.a.style = 1;
	else
		return;
	if (words_resolve(&o, NULL, &v, NULL) == 0)
		give(out, &v, 300, old ?
		    "read as a proleptic Gregorian date" :
		    "read in the Old Style, as in Russia before 14 February 1918");
}

/* 5-14 October 1582 of the Gregorian calendar. */
#define CUT_FIRST	(JDN_REFORM - 10)

/* All of s in words, a full stop behind it aside. */
static bool
parse_all(struct bytes s, struct word_run *run, struct date_words *w)
{
	int n;

	word_run_start(run, s, 0);
	run->whole = true;
	n = word_run_all(run);
	if (n && run->t[n - 1].kind == W_PUNCT && run->t[n - 1].v == '.')
		run->limit = --n;
	return words_parse(run, w) && w->n == n && (n < WORD_TOKS || run->end);
}

/* The words w are v; edtf: the same text by ISO 8601-2, or NULL. */
static void
give_words(struct ways *out, const struct word_run *run, const struct date_words *w,
    const struct date_value *v, const struct date_value *edtf)
{
	/* 1904-05 is May 1904 in ISO 8601, two years to a historian's eye */
	bool years = edtf && w->shape == SHAPE_RANGE && bytes_find(run->s, B("/")) == SIZE_MAX;
	bool swap = !edtf && may_swap(run->t, w);

	if (edtf && !(w->shape == SHAPE_POINT && v->precision == DATE_YEAR))
		give(out, edtf, 900, years ? "read as ISO 8601" : NULL);
	give(out, v, years ? 500 : swap ? 700 : 900, years ? "read as a span of years" :
	    swap ? "read with the day first" : NULL);
	if (swap && !(out->ctx && out->ctx->day_first))
		give_swapped(out, w, 500);
	if (!edtf)
		other_style(out, w, is_russian(run->s));
}

static int
read_words(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct ways out = { ret, max, 0, ctx };
	struct word_run run;
	struct date_words w;
	struct date_value v, e;
	struct date_error why = { 0 }, edtf_why = { 0 };
	bool is_edtf = date_read_edtf(s, &e, &edtf_why) == 0;
	int rc;

	/* ISO 8601 has these days; who writes one seldom means that. */
	if (is_edtf && e.lo == e.hi && e.lo >= CUT_FIRST && e.lo < JDN_REFORM)
		return western_cut_day(gregorian_from_jdn(e.lo).day, err);
	rc = parse_all(s, &run, &w) ? words_resolve(&w, ctx, &v, &why) :
	    date_fail(&why, DATE_FAULT_SYNTAX, 0, "no date can be read in '%.*s'",
	    (int)MIN(s.n, 60), (const char *)s.p);
	if (rc == 0)
		give_words(&out, &run, &w, &v, is_edtf ? &e : NULL);
	else if (is_edtf)
		give(&out, &e, 900, NULL);
	if (why.fault == DATE_FAULT_MONTH && may_swap(run.t, &w))
		give_swapped(&out, &w, 900);
	if (out.n == 0) {
		if (err)
			*err = edtf_why.understood > why.understood ? edtf_why : why;
		return LEISHU_ESYNTAX;
	}
	return (int)out.n;
}

/* In English the first three letters are enough. */
static const char *const weekdays[][3] = {
	{ "monday", "понедельник", "понедельник" }, { "tuesday", "вторник", "вторник" },
	{ "wednesday", "среда", "среду" }, { "thursday", "четверг", "четверг" },
	{ "friday", "пятница", "пятницу" }, { "saturday", "суббота", "субботу" },
	{ "sunday", "воскресенье", "воскресенье" },
};

/* The day of the week s begins with, cut off with its comma; or -1. */
static int
weekday_first(struct bytes *s)
{
	char low[24];
	size_t n, i, k;

	if (s->n < 3 || (s->p[0] < 0x80 ? s->p[0] < 'A' ||
	    strchr("mtwfs", s->p[0] | 0x20) == NULL : s->p[0] != 0xd0 && s->p[0] != 0xd1))
		return -1;
	for (n = 0; n < s->n && n < sizeof(low) && s->p[n] > ' ' && s->p[n] != ',' &&
	    s->p[n] != '.'; n++)
		low[n] = (char)(n == 0 && s->p[0] >= 'A' && s->p[0] <= 'Z' ?
		    s->p[0] + 32 : s->p[n]);
	if (n >= 2 && s->p[0] == 0xd0 && s->p[1] < 0xa0) {
		low[1] = (char)(s->p[1] + 0x20);	/* П to п */
	} else if (n >= 2 && s->p[0] == 0xd0 && s->p[1] < 0xb0) {
		low[0] = (char)0xd1;			/* С to с */
		low[1] = (char)(s->p[1] - 0x20);
	}
	for (i = 0; i < NELEM(weekdays) && n >= 3; i++)
		for (k = 0; k < 3; k++) {
			size_t len = strlen(weekdays[i][k]);

			if ((n != len && (k || n > 4)) || n > len ||
			    memcmp(low, weekdays[i][k], n) != 0)
				continue;
			while (n < s->n && (s->p[n] == ' ' || s->p[n] == ',' || s->p[n] == '.'))
				n++;
			*s = bytes_sub(*s, n, s->n);
			return (int)i;
		}
	return -1;
}

/* Those that fell on that day of the week; none of them is a fault. */
static int
keep_weekday(int want, struct date_candidate *v, int n, struct date_error *err)
{
	struct civil c = gregorian_from_jdn(v[0].v.lo);
	int kept, first = jdn_weekday(v[0].v.lo);

	if (v[0].v.lo != v[0].v.hi)
		return date_fail(err, DATE_FAULT_SYNTAX, 1,
		    "a day of the week stands before what is not a day");
	if ((kept = date_keep_weekday(v, n, want)) > 0)
		return kept;
	return date_fail(err, DATE_FAULT_DAY, 3, "%d %s %d was a %s, not a %s", c.day,
	    civil_months[c.month], c.year, civil_weekdays[first], civil_weekdays[want]);
}

#define WESTERN_MAX	8	/* readings of one text are never more */

static int
read_weekday(struct bytes s, int want, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct date_candidate v[WESTERN_MAX];
	int n;

	if ((n = read_words(s, ctx, v, WESTERN_MAX, err)) <= 0 ||
	    (n = keep_weekday(want, v, MIN(n, WESTERN_MAX), err)) <= 0)
		return n;
	memcpy(ret, v, MIN((size_t)n, max) * sizeof(v[0]));
	return n;
}

int
date_read_western(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	int want;

	s = bytes_trim(s);
	if (s.n == 0 || s.n > DATE_INPUT_MAX)
		return date_fail(err, s.n ? DATE_FAULT_LIMIT : DATE_FAULT_SYNTAX,
		    0, s.n ? "too long to be a date" : "nothing to read");
	want = weekday_first(&s);
	return want < 0 ? read_words(s, ctx, ret, max, err) :
	    read_weekday(s, want, ctx, ret, max, err);
}
