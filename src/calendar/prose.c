/* SPDX-License-Identifier: ISC */
/*
 * Dates in running text: a walk that stops at digits, at words that may
 * begin a date, and at the few Han characters every Chinese date has.  What
 * stands there is read by the same grammar as a whole date; then its
 * surroundings decide whether a bare number is a year.
 */
#include "calendar/prose.h"

#include "calendar/date_word.h"
#include "calendar/era_latin.h"
#include "calendar/prose_fit.h"
#include "calendar/prose_int.h"
#include "calendar/prose_scan.h"

#define DOUBT_LEANS	25
#define DOUBT_STYLE	15
#define AHEAD		48	/* bytes in which a bound word wants its date */
#define MONTH_REACH	1500	/* bytes a bare month leans back over */
#define SEASON_REACH	200
#define LEAN_MAX	1100	/* days of a stretch whose year is clear enough */

void
date_prose_start(struct date_prose *p, struct bytes text,
    const struct date_context *ctx)
{
	memset(p, 0, sizeof(*p));
	p->text = text;
	if (ctx)
		p->ctx = *ctx;
}

void
prose_remember(struct date_prose *p, const struct date_value *v)
{
	if (v->flags & DATE_OPEN_LO && v->flags & DATE_OPEN_HI)
		return;
	p->last = *v;
	p->has_last = true;
	p->ctx.has_day = true;
	p->ctx.day = v->flags & DATE_OPEN_LO ? v->hi :
	    v->flags & DATE_OPEN_HI ? v->lo :
	    /* from May every month leans to its own year */
	    v->precision == DATE_YEAR ? v->lo + 134 :
	    (jdn_t)(((int64_t)v->lo + v->hi) / 2);
}

/* ---- months and days by themselves ---- */

static const char *const month_before[] = {
	"in", "by", "until", "till", "since", "from", "of", "during", "on",
	"early", "late", "mid", "that", "last", "next", "following", "before",
	"after", "and", "this", "to", "в", "к", "с", "до", "на", "и", NULL
};

static bool
capital(struct bytes s, const struct word_tok *t)
{
	int c = s.p[t->from];

	return c >= 'A' && c <= 'Z';
}

/* English months have a capital, and the Long March is none. */
static bool
months_fit(struct bytes s, const struct word_tok *t, const struct date_words *w)
{
	static const char *const march[] = { "long", NULL };
	int i;

	for (i = 0; i < w->n; i++)
		if (t[i].kind == W_MONTH && s.p[t[i].from] < 0x80 &&
		    (!capital(s, &t[i]) || (t[i].v == 3 &&
		    word_in(word_before(s, t[i].from), march))))
			return false;
	return true;
}

/* "in autumn", "that winter", but not "may fall" or "hot springs". */
static bool
season_fits(struct bytes s, const struct date_words *w, size_t from,
    struct bytes before)
{
	static const char *const in[] = { "in", "that", "by", "until", "since",
		"during", "этой", "той", "к", NULL };
	static const char *const the[] = { "the", NULL };

	if (s.p[from] >= 0x80 || w->a.part != PART_NONE)
		return true;
	if (word_in(before, the))
		before = word_before(s, from - 4);
	return word_in(before, in);
}

static bool
leaning_fits(const struct date_prose *p, const struct date_words *w,
    const struct word_tok *t, size_t from)
{
	struct bytes before = word_before(p->text, from);
	size_t far = p->has_last ? from - p->last_at : 0;

	if (!p->ctx.has_day || (p->has_last && !(p->last.flags &
	    (DATE_OPEN_LO | DATE_OPEN_HI)) && p->last.hi - p->last.lo > LEAN_MAX))
		return false;
	if (w->a.unit == UNIT_DAY)	/* "May Fourth" is a name */
		return w->n < 2 || t[w->n - 1].kind != W_ORDINAL ||
		    !capital(p->text, &t[w->n - 1]);
	if (w->a.unit == UNIT_SEASON)
		return far < SEASON_REACH && season_fits(p->text, w, from, before);
	if ((w->shape == SHAPE_POINT || w->shape == SHAPE_EITHER) &&
	    w->a.part == PART_NONE && !word_in(before, month_before))
		return false;
	/* "Jan" and "Mar" by themselves are names; "May" is a whole word */
	return far < MONTH_REACH && (w->a.month == 5 ||
	    t[w->n - 1].to - t[w->n - 1].from > 3);
}

/* ---- one place ---- */

/* Tokens before the first number: where a bare year's surroundings begin. */
static size_t
first_number(const struct word_tok *t, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (t[i].kind == W_NUM)
			return t[i].from;
	return t[0].from;
}

/*
 * "from 1200 to 1800 cash", "1200 or 1300 men": neither is a year; "in 1727 to
 * 300": the first.
 */
static bool
counted(struct word_run *r, const struct date_words *w, size_t at)
{
	bool joined = w->shape == SHAPE_EITHER;
	int i;

	if (word_in(word_before(r->s, at), year_before))
		return false;
	for (i = 0; i < w->n && i < r->n && !joined; i++)
		joined = r->t[i].kind == W_TO;
	return joined && w->b.unit == UNIT_YEAR && w->b.digits >= 3;
}

static bool
western(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct word_run run;
	const struct word_tok *t = run.t;
	struct date_words w;
	struct date_value v;
	size_t to;
	bool leans, told = false;

	word_run_start(&run, p->text, at);
	for (;;) {
		if (!words_parse(&run, &w) || w.n == 0)
			return false;
		to = t[w.n - 1].to;
		leans = !w.a.has_year;
		if (leans && w.shape == SHAPE_POINT &&
		    prose_year_told(p, to, &w.a.year, &to))
			w.a.has_year = told = true;
		if (months_fit(p->text, t, &w) && (told || (leans ?
		    leaning_fits(p, &w, t, at) : w.a.unit != UNIT_YEAR ||
		    year_fits(p->text, &w, at, first_number(t, w.n), to))) &&
		    words_resolve(&w, &p->ctx, &v, NULL) == 0)
			break;
		/* "1949-50 men" may still hold a year: try less of it once */
		if ((w.shape != SHAPE_RANGE && w.shape != SHAPE_EITHER) || told ||
		    counted(&run, &w, at))
			return false;
		run.limit = w.n - 1;
	}
	if (w.a.unit == UNIT_YEAR && bytes_starts(bytes_sub(p->text, to,
	    p->text.n), B("年"))) {
		to += 3;
		if (bytes_starts(bytes_sub(p->text, to, p->text.n), B("代")))
			return false;	/* "1930—1940年代": prose_civil's */
		at = MAX(prose_era_word(p->text, at), p->done);
	}
	*ret = (struct date_found){ .from = at, .to = to, .kind = FOUND_DATE,
	    .v = v, .doubt = leans ? DOUBT_LEANS : 0 };
	return true;
}

/* XIX: a century may begin with it. */
static bool
roman(struct bytes s, size_t at, size_t end)
{
	if (end - at > 5)
		return false;
	while (at < end && (s.p[at] == 'I' || s.p[at] == 'V' || s.p[at] == 'X'))
		at++;
	return at == end;
}

/*
 * Words that bound a date, and ordinals, are common; most stand before
 * something else.  Is there a number, a month or a century soon behind, and
 * nothing before it that no date has?
 */
static bool
date_ahead(struct bytes s, size_t at)
{
	size_t end = MIN(s.n, at + AHEAD), to;
	unsigned roles;

	while (at < end) {
		unsigned char c = s.p[at];

		if (is_digit(c))
			return true;
		if (!is_letter(c) && c != 0xd0 && c != 0xd1) {
			if (c == '\n' || c == ';')
				return false;
			at++;
			continue;
		}
		to = letters_end(s, at);
		roles = word_roles(s, at, to);
		if (roles & ROLE_CORE || roman(s, at, to) ||
		    bytes_starts(bytes_sub(s, at, to), B("centur")) ||
		    bytes_starts(bytes_sub(s, at, to), B("век")))
			return true;
		if (!(roles & ROLE_INSIDE))
			return false;
		at = to;
	}
	return false;
}

/* "c.", "d.": a letter by itself is a word only with its full stop. */
static bool
lone_letter(struct bytes s, size_t at, size_t end)
{
	return end - at == 1 && byte_at(s, end) != '.' &&
	    !(byte_at(s, end) == ' ' && is_digit(byte_at(s, end + 1)));
}

/* A date in words of its own at at, where a word of START or CORE stands. */
static bool
date_words_at(struct date_prose *p, size_t at, size_t end, bool core,
    struct date_found *ret)
{
	struct word_tok t;

	if (lone_letter(p->text, at, end) ||
	    (!core && !date_ahead(p->text, end)))
		return false;
	t = word_one(p->text, at);
	switch (t.kind) {
	case W_OTHER:
	case W_IN:
	case W_THE:
	case W_TO:
	case W_AND:
	case W_OF:
		return false;
	case W_LIFE:
		/* "born in 1893": the year is the date, the word is not */
		return end - at <= 2 && western(p, at, ret);
	default:
		return western(p, at, ret);
	}
}

/* Does " day", " month" or " year" seem to stand at at? */
static bool
lunar_unit(struct bytes s, size_t at)
{
	int c = byte_at(s, at + 1);

	return byte_at(s, at) == ' ' && (c == 'd' || c == 'm' || c == 'y');
}

/* "Qianlong 1", "the second month of Qianlong 1". */
static bool
latin(struct date_prose *p, size_t at, struct date_found *ret)
{
	static const char *const leap[] = { "intercalary", "leap", NULL };
	char words[ERA_LATIN_MAX];
	struct date_candidate c[4];
	struct bytes before = word_before(p->text, at);
	size_t to;

	if (word_in(before, leap) && at > before.n && at - before.n - 1 >= p->done)
		at -= before.n + 1;
	if (!era_latin(p->text, at, &to, words) || byte_at(p->text, to) == '%' ||
	    date_read_chinese(bytes_str(words), &p->ctx, c, NELEM(c), NULL) <= 0)
		return false;
	*ret = (struct date_found){ .from = at, .to = to, .kind = FOUND_DATE,
	    .v = c[0].v };
	p->last_words = true;
	return true;
}

static bool
word_at(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t end = letters_end(s, at);
	unsigned roles = word_roles(s, at, end);

	if (roles & (ROLE_START | ROLE_CORE) &&
	    date_words_at(p, at, end, roles & ROLE_CORE, ret))
		return true;
	if (roles & ROLE_REL && prose_relative(p, at, ret))
		return true;
	if ((roles & ROLE_ERA || (roles & ROLE_START && lunar_unit(s, end))) &&
	    latin(p, at, ret))
		return true;
	return roman(s, at, end) && western(p, at, ret);
}

/* Can a date begin with the number in [at, end)?  Most numbers cannot. */
static bool
number_may_date(struct bytes s, size_t at, size_t end)
{
	size_t next = end;
	int c = byte_at(s, end);

	while (byte_at(s, next) == ' ' || byte_at(s, next) == '\n')
		next++;
	if (c == '-' || c == '/' || c == '.' || is_letter(c) || c >= 0x80 ||
	    byte_at(s, next) == '-' || byte_at(s, next) >= 0x80)
		return true;	/* 1-2-1949, 16.12.1949, 19th, 8–10 May, 5 мая */
	c = byte_at(s, next);
	if (c == '(' && end - at < 3)
		return is_digit(byte_at(s, next + 1));	/* 7 (20) ноября */
	if (end - at == 4)
		return s.p[at] == '1' || s.p[at] == '2' || c == 'B';
	if (c == 'B' || c == 'A' || c == 'C' || c == 'b')
		return true;	/* 221 BC */
	if (bytes_starts(bytes_sub(s, end, s.n), B(" or ")) && is_digit(byte_at(s, end + 4)))
		return true;	/* 145 or 135 BC */
	if (end - at == 3)
		return word_in(word_before(s, at), year_before) ||
		    bytes_eq(word_before(s, at), B("of"));
	return is_letter(c) && (word_roles(s, next, letters_end(s, next)) &
	    ROLE_CORE || strchr("octa", c) != NULL);	/* 3 of May, 7 cent. */
}

static bool
number_at(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t end = at;

	while (end < s.n && is_digit(s.p[end]))
		end++;
	if (byte_at(s, end) >= 0xe3 && prose_han(p, at, ret))
		return true;
	if (end - at > 4)
		return false;
	return (number_may_date(s, at, end) && western(p, at, ret)) ||
	    prose_relative(p, at, ret) ||
	    (is_letter(byte_at(s, end)) && lunar_unit(s, end + 2) &&
	    latin(p, at, ret));
}

bool
date_prose_next(struct date_prose *p, struct date_found *ret)
{
	struct bytes s = p->text;
	struct prose_scan w;
	size_t at;

	for (prose_scan_start(&w, s, p->at); prose_scan_next(&w, &at);) {
		unsigned char c = s.p[at];

		if (!(is_digit(c) ? number_at(p, at, ret) :
		    c >= 0xe3 ? prose_han(p, at, ret) : word_at(p, at, ret)))
			continue;
		p->at = p->done = ret->to;
		if (ret->kind == FOUND_DATE) {
			prose_remember(p, &ret->v);
			p->last_at = ret->to;
		}
		return true;
	}
	p->at = s.n;
	return false;
}
