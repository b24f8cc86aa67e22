/* SPDX-License-Identifier: ISC */
/*
 * Dates in running text: a walk that stops at digits, at words that may
 * begin a date, and at the few Han characters every Chinese date has.  What
 * stands there is read by the same grammar as a whole date; then its
 * surroundings decide whether a bare number is a year.
 */
#include "calendar/prose.h"

#include "base/utf8.h"
#include "calendar/prose_int.h"

#include "calendar/prose_filter.inc"

#define DOUBT_LEANS	25
#define DOUBT_STYLE	15
#define AHEAD		48	/* bytes in which a bound word wants its date */

static uint32_t
hash(const unsigned char *p, size_t n)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char c = p[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		else if (c == 0xd0 && i + 1 < n && p[i + 1] < 0xb0) {
			/* Cyrillic capitals */
			unsigned char d = p[++i];

			c = d >= 0xa0 ? 0xd1 : 0xd0;
			h = (h ^ c) * 16777619u;
			c = (unsigned char)(d >= 0xa0 ? d - 0x20 : d + 0x20);
		}
		h = (h ^ c) * 16777619u;
	}
	return h ^ h >> 15;
}

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

/* ---- does a number that could be a year stand where a year stands? ---- */

static bool
is_lower(int c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_alpha(int c)
{
	return is_lower(c | 0x20);
}

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static int
byte_at(struct bytes s, size_t i)
{
	return i < s.n ? s.p[i] : -1;
}

/* The word that ends before at, blanks and an opening bracket aside. */
static struct bytes
word_before(struct bytes s, size_t at)
{
	size_t end, from;

	while (at && (s.p[at - 1] == ' ' || s.p[at - 1] == '\n' ||
	    s.p[at - 1] == '('))
		at--;
	end = at;
	while (at && end - at < 16 && (is_alpha(s.p[at - 1]) ||
	    s.p[at - 1] >= 0x80 || s.p[at - 1] == '.'))
		at--;
	from = at;
	return bytes_sub(s, from, end);
}

static bool
word_in(struct bytes w, const char *const *list)
{
	for (; *list; list++) {
		size_t n = strlen(*list), i;

		if (n != w.n)
			continue;
		for (i = 0; i < n; i++) {
			int c = w.p[i];

			if (c >= 'A' && c <= 'Z')
				c |= 0x20;
			if (c != (unsigned char)(*list)[i])
				break;
		}
		if (i == n)
			return true;
	}
	return false;
}

/* What stands before a number that counts or points. */
static const char *const no_year_before[] = {
	"p.", "pp.", "page", "pages", "vol.", "vols.", "volume", "volumes",
	"no.", "nos.", "nr.", "number", "numbers", "chapter", "ch.", "chap.",
	"juan", "line", "lines", "note", "n.", "nn.", "fig.", "figure", "plate",
	"pl.", "table", "item", "section", "art.", "article", "col.", "fol.",
	"ff.", "over", "nearly", "almost", "than", "some", "only", "isbn",
	"room", "catalogue", "cat.", "document", "doc.", "verse", "height",
	"some", "exceeding", "least", "most", "with", "per", "с.", "стр.",
	"т.", "№", "том", "более", "менее", "свыше", "почти", NULL
};

/* What stands before a number of three digits when it is a year. */
static const char *const year_before[] = {
	"in", "since", "until", "till", "by", "year", "after", "before", "of",
	"from", "between", "during", "в", "с", "до", "после", "к", NULL
};

/* Words behind a number that do not make it a count though they end in s. */
static const char *const no_plural[] = {
	"was", "is", "has", "as", "this", "his", "its", "thus", "s", "us",
	"does", "always", "across", "perhaps", "various", "numerous", "besides",
	"towards", "afterwards", "whereas", "unless", "yes", "marks", "saw",
	"sees", "brings", "opens", "begins", "ends", "shows", "gives", "finds",
	NULL
};

/* Words behind a number that count, plural or not. */
static const char *const units[] = {
	"men", "people", "miles", "km", "kilometres", "kilometers", "m", "cm",
	"mm", "metres", "meters", "feet", "ft", "li", "mu", "tons", "tonnes",
	"million", "billion", "thousand", "hundred", "percent", "per", "cash",
	"copies", "pages", "juan", "horse", "cavalry", "infantry", "troops",
	"dollars", "rubles", "roubles", "yuan", "taels", "catties", "shi",
	"households", "families", "times", "acres", "kg", "women", "children",
	"or", "inches", "yards", "sheep", "cattle", "head", "prisoners",
	"years", "days", "months", "weeks", "hours", "degrees", "words",
	"человек", "км", "метров", "страниц", "рублей", "долларов", "тонн",
	"лет", "дней", "миллионов", "млн", "тысяч", "тыс", "юаней", "солдат",
	"экземпляров", "%", NULL
};

static bool
currency_before(struct bytes s, size_t at)
{
	while (at && s.p[at - 1] == ' ')
		at--;
	if (at == 0)
		return false;
	if (s.p[at - 1] == '$' || s.p[at - 1] == '#')
		return true;
	/* £ ¥ C2 A3/A5; euro, numero and ruble are E2 82 AC, E2 84 96, E2 82 BD */
	if (at >= 2 && s.p[at - 2] == 0xc2 &&
	    (s.p[at - 1] == 0xa3 || s.p[at - 1] == 0xa5 || s.p[at - 1] == 0xa7))
		return true;
	return at >= 3 && s.p[at - 3] == 0xe2 &&
	    (s.p[at - 2] == 0x82 || s.p[at - 2] == 0x84);
}

/* Digits, points and dashes that make the number part of a longer one. */
static bool
number_goes_on(struct bytes s, size_t from, size_t to)
{
	int b = from ? s.p[from - 1] : -1, c = byte_at(s, to);

	if (b >= 0 && (is_digit(b) || is_alpha(b) || b == '_'))
		return true;
	if (b >= 0 && strchr(".,:/-+'", b) && from >= 2 && is_digit(s.p[from - 2]))
		return true;
	if (b == '/' || b == '=' || b == '.' || b == '@')
		return true;
	if (c >= 0 && (is_alpha(c) || c == '_' || c == '%' || is_digit(c)))
		return true;
	if ((c == ',' || c == '.' || c == ':' || c == '-') &&
	    is_digit(byte_at(s, to + 1)))
		return true;
	/* degree sign, per mille */
	return c == 0xc2 && byte_at(s, to + 1) == 0xb0;
}

static bool
counts_something(struct bytes s, size_t to)
{
	size_t at = to, end;
	struct bytes w;
	int c = byte_at(s, at);

	if (c >= 0xe3 && c <= 0xe9) {	/* a Han character: what is counted */
		static const char *const joins[] = { "年", "至", "到", "及",
			"和", "與", "与", "、", "，", "。", "）", "」", NULL };

		return !word_in(bytes_sub(s, at, at + 3), joins);
	}
	if (c != ' ' && c != '\n' && c != 0xc2)
		return false;
	while (byte_at(s, at) == ' ' || byte_at(s, at) == '\n')
		at++;
	if (byte_at(s, at) == 0xc2 && byte_at(s, at + 1) == 0xa0)
		at += 2;
	for (end = at; end < s.n && end - at < 24 && (is_alpha(s.p[end]) ||
	    s.p[end] >= 0x80 || s.p[end] == '%'); end++)
		;
	w = bytes_sub(s, at, end);
	if (w.n == 0)
		return false;
	if (word_in(w, units))
		return !bytes_eq(w, B("or"));
	if (w.p[0] == 0xd0 || w.p[0] == 0xd1)
		return true;	/* a Russian year has its word behind it */
	return w.n > 3 && w.p[w.n - 1] == 's' && is_lower(w.p[0]) &&
	    !word_in(w, no_plural);
}

/* A bare number of three digits is a year only where a sentence has one. */
static bool
ends_clause(struct bytes s, size_t to)
{
	static const char *const next[] = { "the", "he", "she", "they", "it",
		"and", "when", "a", "an", "at", "by", "with", "to", "his", "in",
		"but", "after", "until", "as", "on", "under", "his", "который",
		"году", "года", NULL };
	size_t end;
	int c = byte_at(s, to);

	if (c < 0 || (c != ' ' && c != '\n'))
		return true;
	to++;
	for (end = to; end < s.n && (is_alpha(s.p[end]) || s.p[end] >= 0x80); end++)
		;
	if (end > to && s.p[to] >= 'A' && s.p[to] <= 'Z')
		return true;
	return end == to || word_in(bytes_sub(s, to, end), next);
}

/* "Du Fu (712-770)": years behind a name, not pages behind a number. */
static bool
life_span(struct bytes s, size_t from, size_t to)
{
	size_t at;

	if (from < 3 || s.p[from - 1] != '(' || byte_at(s, to) != ')')
		return false;
	for (at = from - 1; at && s.p[at - 1] == ' '; at--)
		;
	if (at && s.p[at - 1] >= 0x80)
		return true;
	for (; at && is_alpha(s.p[at - 1]); at--)
		;
	return s.p[at] >= 'A' && s.p[at] <= 'Z';
}

static bool
bare_year_fits(struct bytes s, const struct date_words *w, size_t from,
    size_t num, size_t to)
{
	const struct date_point *p = &w->a;
	struct bytes before = word_before(s, from);

	if (p->year_marked || (w->shape == SHAPE_RANGE && w->b.year_marked))
		return !word_in(before, no_year_before) ||
		    w->a.unit != UNIT_YEAR;
	if (number_goes_on(s, num, to) || currency_before(s, num) ||
	    word_in(before, no_year_before) ||
	    (p->part == PART_NONE && counts_something(s, to)))
		return false;
	if (p->digits == 4)
		return p->year >= 1000 && p->year < 2100 &&
		    (w->shape != SHAPE_RANGE || w->b.year < 2100);
	if (p->digits != 3 || p->year < 100)
		return false;
	if (w->shape == SHAPE_RANGE)
		return from != num ? ends_clause(s, to) : life_span(s, from, to);
	return (from == num ? word_in(before, year_before) : true) &&
	    ends_clause(s, to);
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

/* English months and seasons in Russian lower case are as they should be. */
static bool
months_fit(struct bytes s, const struct word_tok *t, const struct date_words *w)
{
	int i;

	for (i = 0; i < w->n; i++)
		if (t[i].kind == W_MONTH && s.p[t[i].from] < 0x80 &&
		    !capital(s, &t[i]))
			return false;
	return true;
}

static bool
leaning_fits(const struct date_prose *p, const struct date_words *w,
    const struct word_tok *t, size_t from)
{
	struct bytes before = word_before(p->text, from);

	if (!p->ctx.has_day)
		return false;
	if (w->a.unit == UNIT_DAY)
		return true;
	if (w->shape == SHAPE_POINT && w->a.part == PART_NONE &&
	    !word_in(before, month_before))
		return false;
	/* "Jan" and "Mar" by themselves are names; "May" is a whole word */
	return w->a.unit == UNIT_SEASON || t[w->n - 1].to - t[w->n - 1].from > 3 ||
	    w->a.month == 5;
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

static bool
western(struct date_prose *p, size_t at, struct date_found *ret)
{
	struct word_run run;
	const struct word_tok *t = run.t;
	struct date_words w;
	struct date_value v;
	size_t to;
	bool leans;

	word_run_start(&run, p->text, at);
	for (;;) {
		if (!words_parse(&run, &w) || w.n == 0)
			return false;
		to = t[w.n - 1].to;
		leans = !w.a.has_year;
		if (months_fit(p->text, t, &w) && (leans ?
		    leaning_fits(p, &w, t, at) : w.a.unit != UNIT_YEAR ||
		    bare_year_fits(p->text, &w, at, first_number(t, w.n), to)) &&
		    words_resolve(&w, &p->ctx, &v, NULL) == 0)
			break;
		/* "1949-50 men" may still hold a year: try less of it once */
		if (w.shape != SHAPE_RANGE)
			return false;
		run.limit = w.n - 1;
	}
	if (w.a.unit == UNIT_YEAR && bytes_starts(bytes_sub(p->text, to,
	    p->text.n), B("年")))
		to += 3;
	*ret = (struct date_found){ .from = at, .to = to, .kind = FOUND_DATE,
	    .v = v, .doubt = leans ? DOUBT_LEANS : 0 };
	return true;
}

/* What a word may be the beginning of: bits of word_filter. */
enum { MAY_START = 1, MAY_CORE = 2, MAY_REL = 4 };

#define WORD_MAX	24	/* bytes of the longest of them */

static unsigned
filter(struct bytes s, size_t at, size_t end)
{
	unsigned a = (s.p[at] | 0x20u) - 'a', b = end - at > 1 ?
	    (s.p[at + 1] | 0x20u) - 'a' : 26;

	if (a < 26 && b <= 26 && !(word_pairs[a] >> b & 1))
		return 0;
	return end - at > WORD_MAX ? 0 : word_filter[hash(s.p + at, end - at) & 4095];
}

static size_t	letters_end(struct bytes, size_t);

/*
 * Words that bound a date, and ordinals, are common; most stand before
 * something else.  Is there a number, a month or a century soon behind?
 */
static bool
date_ahead(struct bytes s, size_t at)
{
	size_t end = MIN(s.n, at + AHEAD), to;
	int words = 0;

	while (at < end && words < 7) {
		unsigned char c = s.p[at];

		if (is_digit(c))
			return true;
		if (is_alpha(c) || c == 0xd0 || c == 0xd1) {
			to = letters_end(s, at);
			if (filter(s, at, to) & MAY_CORE ||
			    bytes_starts(bytes_sub(s, at, to), B("centur")) ||
			    bytes_starts(bytes_sub(s, at, to), B("век")) ||
			    (to < s.n && to - at < 6 && (c == 'X' || c == 'V' ||
			    c == 'I')))
				return true;
			at = to;
			words++;
		} else if (c == '\n' || c == ';')
			return false;
		else
			at++;
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

static bool
word_at(struct date_prose *p, size_t at, size_t end, struct date_found *ret)
{
	unsigned may = filter(p->text, at, end);

	if (may & (MAY_START | MAY_CORE) &&
	    date_words_at(p, at, end, may & MAY_CORE, ret))
		return true;
	return may & MAY_REL && prose_relative(p, at, ret);
}

/* Can a date begin with the number at at?  Most numbers cannot. */
static bool
number_may_date(struct bytes s, size_t at)
{
	size_t end = at, next, to;
	int c;

	while (end < s.n && is_digit(s.p[end]))
		end++;
	if (end - at > 4)
		return false;
	c = byte_at(s, end);
	for (next = end; byte_at(s, next) == ' ' || byte_at(s, next) == '\n';)
		next++;
	if (c == '-' || c == '/' || c == '.' || is_alpha(c) || c >= 0x80 ||
	    byte_at(s, next) == '-' || byte_at(s, next) >= 0x80)
		return true;	/* 1-2-1949, 16.12.1949, 19th, 8–10 May, 5 мая */
	c = byte_at(s, next);
	if (end - at == 4)
		return s.p[at] == '1' || s.p[at] == '2' || c == 'B';
	if (c == 'B' || c == 'A' || c == 'C' || c == 'b')
		return true;	/* 221 BC */
	if (end - at == 3)
		return word_in(word_before(s, at), year_before);
	to = letters_end(s, next);
	return to > next && (filter(s, next, to) & MAY_CORE ||
	    strchr("octa", c) != NULL);	/* 3 of May, 7 cent., 4 to 5 May */
}

static bool
number_at(struct date_prose *p, size_t at, struct date_found *ret)
{
	return (number_may_date(p->text, at) && western(p, at, ret)) ||
	    prose_relative(p, at, ret);
}

static size_t
letters_end(struct bytes s, size_t at)
{
	while (at < s.n) {
		if (letter[s.p[at]])
			at++;
		else if (s.p[at] == 0xd0 || s.p[at] == 0xd1)
			at += 2;
		else
			break;
	}
	return MIN(at, s.n);
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

static bool
take(struct date_prose *p, struct date_found *ret)
{
	p->at = p->done = ret->to;
	if (ret->kind == FOUND_DATE)
		prose_remember(p, &ret->v);
	return true;
}

/* Has every Chinese date one of these in it?  Two bytes decide for most. */
static inline bool
han_trigger(const unsigned char *p)
{
	return (han_filter[p[1] & 0x3f] >> (p[2] & 0x3f) & 1) &&
	    prose_han_trigger(p, 3);
}

bool
date_prose_next(struct date_prose *p, struct date_found *ret)
{
	struct bytes s = p->text;
	size_t i = p->at, end;

	while (i < s.n) {
		unsigned char c = s.p[i];

		if (is_alpha(c) || c == 0xd0 || c == 0xd1) {
			end = letters_end(s, i);
			if (word_at(p, i, end, ret) ||
			    (roman(s, i, end) && western(p, i, ret)))
				return take(p, ret);
			i = MAX(end, i + 1);
		} else if (is_digit(c)) {
			if ((i == 0 || !is_digit(s.p[i - 1])) &&
			    (prose_han(p, i, ret) || number_at(p, i, ret)))
				return take(p, ret);
			while (i < s.n && is_digit(s.p[i]))
				i++;
			/* letters that cling to a number are no word */
			while (i < s.n && is_alpha(s.p[i]))
				i++;
		} else if (c >= 0xe3 && c <= 0xef) {
			if (s.n - i >= 3 && han_trigger(s.p + i) &&
			    prose_han(p, i, ret))
				return take(p, ret);
			i += 3;
		} else
			i += c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
	}
	p->at = s.n;
	return false;
}
