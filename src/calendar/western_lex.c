/* SPDX-License-Identifier: ISC */
/* Tokens of Western dates; western.h. */
#include "calendar/western.h"

#include "base/utf8.h"
#include "calendar/date_word.h"

struct word_row {
	const char *s;
	uint8_t n;
	uint8_t first;		/* bytes of its first word */
	uint8_t kind;
	uint8_t v;
};

#include "calendar/words.inc"

static bool
is_alphabetic(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= 0xc0 && c < 0x250 && c != 0xd7 && c != 0xf7) ||
	    (c >= 0x370 && c < 0x530) || (c >= 0x1e00 && c < 0x2000);
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 ||
	    c == 0x2009 || c == 0x202f || c == 0x3000;
}

static uint32_t
lower(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42f) ? c + 32 : c;
}

static bool
goes_on(struct bytes s, size_t at)
{
	uint32_t cp;

	return utf8_next(s, &at, &cp) && (is_alphabetic(cp) || (cp >= '0' && cp <= '9'));
}

/* Does the row stand at at, any run of white space for a blank; to: behind it. */
static bool
stands(struct bytes s, size_t at, const struct word_row *w, size_t *to)
{
	struct bytes row = bytes_make(w->s, w->n);
	size_t i = 0, next = at;
	uint32_t want = 0, got;

	while (utf8_next(row, &i, &want)) {
		if (!utf8_next(s, &next, &got) ||
		    (want == ' ' ? !is_blank(got) : lower(got) != want))
			return false;
		at = next;
		while (want == ' ' && utf8_next(s, &next, &got) && is_blank(got))
			at = next;
		next = at;
	}
	*to = at;
	return want == '.' || !goes_on(s, at);
}

/* The second letter as a bit of word_second; 31: there is none. */
static unsigned
second_bit(struct bytes s, size_t at)
{
	uint32_t cp = 0;

	(void)utf8_next(s, &at, &cp);
	if (!utf8_next(s, &at, &cp))
		return 31;
	cp = lower(cp);
	if (cp >= 'a' && cp <= 'z')
		return cp - 'a';
	if (cp >= 0x430 && cp <= 0x44f)
		return cp - 0x430;
	return 30;
}

/* The longest word or phrase of the table at at; NULL when none is there. */
static const struct word_row *
find(struct bytes s, size_t at, uint32_t first, size_t *to)
{
	size_t i, first_word;
	int b;

	first = lower(first);
	if (first >= 'a' && first <= 'z')
		b = (int)(first - 'a') + 1;
	else if (first >= 0x430 && first <= 0x44f)
		b = (int)(first - 0x430) + 27;
	else
		return NULL;
	if (!(word_second[b] >> second_bit(s, at) & 1))
		return NULL;
	first_word = letters_end(s, at) - at;
	for (i = word_first[b]; i < word_first[b + 1]; i++) {
		const struct word_row *w = &word_rows[i];

		/* the first word's length and second letter spare the looking */
		if (w->first != first_word || (b < 27 && w->first > 1 &&
		    ((s.p[at + 1] ^ (unsigned char)w->s[1]) & 0xdf)))
			continue;
		if (stands(s, at, w, to))
			return w;
	}
	return NULL;
}

/* XIX, IV: upper-case Roman numerals up to 30, for centuries. */
static int
roman(struct bytes s, size_t at, size_t *to)
{
	int v = 0, last = 0, d;
	size_t i;

	for (i = at; i < s.n && i < at + 6; i++) {
		d = s.p[i] == 'I' ? 1 : s.p[i] == 'V' ? 5 : s.p[i] == 'X' ? 10 : 0;
		if (d == 0)
			break;
		v += d > last ? d - 2 * last : d;
		last = d;
	}
	*to = i;
	return i > at && v >= 1 && v <= 30 && !goes_on(s, i) ? v : 0;
}

/* What clings to a number: 1930s, 1930's, 19th, 30-е, 19-й, 90-х. */
static size_t
suffix(struct bytes s, size_t at, struct word_tok *t)
{
	static const struct {
		const char *s;
		bool plural, ordinal;
	} ends[] = {
		{ "s", true, false }, { "'s", true, false },
		{ "\xe2\x80\x99s", true, false }, { "st", false, true },
		{ "nd", false, true }, { "rd", false, true },
		{ "th", false, true }, { "d", false, true },	/* 2d, 23d */
		{ "-е", true, false },
		{ "-ых", true, false }, { "-х", true, false },
		{ "-й", false, true }, { "-го", false, true },
		{ "-м", false, true }, { "-ом", false, true },
	};
	size_t i;

	/* most numbers have a blank or a mark behind them */
	if (at >= s.n || (s.p[at] < 0x80 && !is_letter(s.p[at]) &&
	    s.p[at] != '-' && s.p[at] != '\''))
		return at;
	for (i = 0; i < NELEM(ends); i++) {
		struct bytes e = bytes_str(ends[i].s);

		if (bytes_starts(bytes_sub(s, at, s.n), e) &&
		    !goes_on(s, at + e.n) && (e.n > 1 || e.p[0] != 'd' ||
		    t->v % 10 == 2 || t->v % 10 == 3)) {
			t->plural = ends[i].plural;
			t->ordinal = ends[i].ordinal;
			return at + e.n;
		}
	}
	return at;
}

static size_t
number(struct bytes s, size_t at, struct word_tok *t)
{
	size_t i;

	t->kind = W_NUM;
	for (i = at; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		if (t->v < 100000000)
			t->v = t->v * 10 + (s.p[i] - '0');
	t->digits = (uint8_t)MIN(i - at, 255);
	return suffix(s, i, t);
}

/* Is the I that ends at at a number: "I век", "I–II"?  In English it is not. */
static bool
numeral_one(struct bytes s, size_t at)
{
	struct bytes rest = bytes_sub(s, at, s.n);
	size_t to;

	if (bytes_starts(rest, B(" в")) || bytes_starts(rest, B("\xc2\xa0в")))
		return true;
	return (bytes_starts(rest, B("–")) || bytes_starts(rest, B("—"))) &&
	    roman(s, at + 3, &to) > 1;
}

static size_t
word(struct bytes s, size_t at, uint32_t cp, struct word_tok *t)
{
	const struct word_row *w;
	size_t to, next;
	int v;

	if ((v = roman(s, at, &to)) > 0 && (v > 1 || numeral_one(s, to))) {
		t->kind = W_NUM;
		t->v = v;
		t->ordinal = true;
		return to;
	}
	if (word_roles(s, at, letters_end(s, at)) & ROLE_INSIDE &&
	    (w = find(s, at, cp, &to)) != NULL) {
		t->kind = w->kind;
		t->v = w->v;
		return to;
	}
	t->kind = W_OTHER;
	for (next = at; utf8_next(s, &next, &cp) && is_alphabetic(cp); at = next)
		;
	return at;
}

/* The token at at, which is no blank. */
static struct word_tok
lex(struct bytes s, size_t at, bool space)
{
	struct word_tok t = { .space = space, .from = (uint32_t)at };
	size_t next = at;
	uint32_t cp = 0;

	(void)utf8_next(s, &next, &cp);
	if (cp >= '0' && cp <= '9')
		next = number(s, at, &t);
	else if (is_alphabetic(cp))
		next = word(s, at, cp, &t);
	else {
		t.kind = cp == '-' || (cp >= 0x2010 && cp <= 0x2015) ||
		    cp == 0xff0d || cp == 0xff5e ? W_DASH : W_PUNCT;
		t.v = (int32_t)cp;
	}
	t.to = (uint32_t)next;
	return t;
}

void
word_run_start(struct word_run *r, struct bytes s, size_t at)
{
	r->s = s;
	r->at = at;
	r->n = 0;
	r->limit = WORD_TOKS;
	r->space = r->end = r->whole = false;
}

static void
step(struct word_run *r)
{
	size_t next;
	uint32_t cp;

	for (;; r->at = next, r->space = true) {
		next = r->at;
		if (!utf8_next(r->s, &next, &cp)) {
			r->end = true;
			return;
		}
		if (!is_blank(cp))
			break;
	}
	r->t[r->n] = lex(r->s, r->at, r->space);
	r->at = r->t[r->n].to;
	r->space = false;
	r->n++;
}

const struct word_tok *
word_run_more(struct word_run *r, int i)
{
	static const struct word_tok end = { .kind = W_END };

	while (r->n <= i && r->n < WORD_TOKS && !r->end)
		step(r);
	return i < r->n && i < r->limit ? &r->t[i] : &end;
}

int
word_run_all(struct word_run *r)
{
	(void)word_run_at(r, WORD_TOKS - 1);
	return r->n;
}

struct word_tok
word_one(struct bytes s, size_t at)
{
	return at < s.n ? lex(s, at, false) : (struct word_tok){ .kind = W_END };
}
