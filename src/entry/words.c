/* SPDX-License-Identifier: ISC */
/* What language a body is in; dates as a byline has them. */
#include "base/utf8.h"
#include "entry/reader.h"
#include "script/lang.h"

#define LANG_SAMPLE	2048	/* bytes looked at */

struct bytes
text_lang(struct bytes text, struct bytes collection)
{
	size_t n[SCRIPT__MAX] = { 0 }, at = 0, best = SCRIPT_LATIN, i;
	struct han_count han = { 0 };
	bool zh = bytes_starts(collection, B("zh"));
	uint32_t cp;

	text = utf8_cut(text, LANG_SAMPLE);
	while (utf8_next(text, &at, &cp))
		n[script_of(cp)]++;
	/* A character says as much as three letters; kana make it Japanese. */
	n[SCRIPT_HAN] *= 3;
	for (i = SCRIPT_NONE + 1; i < SCRIPT__MAX; i++)
		if (i != SCRIPT_OTHER && n[i] > n[best])
			best = i;
	if (best == SCRIPT_HAN && n[SCRIPT_KANA] * 8 > n[SCRIPT_HAN] / 3)
		best = SCRIPT_KANA;
	switch (best) {
	case SCRIPT_LATIN:
		return collection.n && !zh ? collection : B("en");
	case SCRIPT_HAN:
		han_count_add(&han, text);
		/* Borrows collection's NUL-ended bytes, or names a constant. */
		return bytes_str(lang_of_han(&han, zh ? (const char *)collection.p : "zh-Hant"));
	case SCRIPT_KANA:
		return B("ja");
	case SCRIPT_CYRILLIC:
		return B("ru");
	default:
		return bytes_str(lang_guess(text, "zh-Hant", "en"));
	}
}

static size_t
month_of(struct bytes word)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char low[3];
	size_t i;

	if (word.n < 3)
		return 0;
	for (i = 0; i < 3; i++)
		low[i] = (char)(word.p[i] | 0x20);
	for (i = 0; i < 12; i++)
		if (memcmp(names + 3 * i, low, 3) == 0)
			return i + 1;
	return 0;
}

/* Bytes of the Cyrillic word at the start of s. */
static size_t
cyrillic_word(struct bytes s)
{
	size_t at = 0;

	while (at + 1 < s.n && (s.p[at] == 0xd0 || s.p[at] == 0xd1))
		at += 2;
	return at;
}

/* "29 марта 2017 г.": *month, or 0 of a word for year; false: another word. */
static bool
russian_word(struct bytes word, size_t *month)
{
	static const char *const begins[] = { "янв", "фев", "мар", "апр", "ма", "июн", "июл",
		"авг", "сен", "окт", "ноя", "дек" };
	size_t i;

	*month = 0;
	if (bytes_eq(word, B("г")) || bytes_eq(word, B("года")))
		return true;
	for (i = 0; i < NELEM(begins) && *month == 0; i++)
		if (bytes_starts(word, bytes_str(begins[i])))
			*month = i + 1;
	return *month != 0;
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Numbers and month names, what stands between them being blanks or signs. */
struct parts {
	uint64_t num[3];
	size_t digits[3];
	size_t n;
	size_t month, month_at;	/* a month's name, before which number */
};

static bool
parts_read(struct bytes s, struct parts *p)
{
	static const char *const han[] = { "\xe5\xb9\xb4", "\xe6\x9c\x88", "\xe6\x97\xa5" };
	size_t at = 0, from, i;

	while (at < s.n) {
		from = at;
		while (at < s.n && is_digit(s.p[at]))
			at++;
		if (at > from) {
			if (p->n == 3 || !bytes_u64(bytes_sub(s, from, at), 9999,
			    &p->num[p->n]))
				return false;
			p->digits[p->n++] = at - from;
			continue;
		}
		while (at < s.n && is_letter(s.p[at]))
			at++;
		if (at > from) {
			size_t m = month_of(bytes_sub(s, from, at));

			if (m && p->month == 0) {
				p->month = m;
				p->month_at = p->n;
			} else if (p->n == 0 || at - from != 2) {	/* 29th */
				return false;
			}
			continue;
		}
		if ((i = cyrillic_word(bytes_sub(s, at, s.n))) != 0) {
			size_t m;

			if (!russian_word(bytes_sub(s, at, at + i), &m) || (m && p->month))
				return false;
			if (m) {
				p->month = m;
				p->month_at = p->n;
			}
			at += i;
			continue;
		}
		for (i = 0; i < 3; i++)
			if (bytes_starts(bytes_sub(s, at, s.n), bytes_str(han[i])))
				break;
		if (i < 3)
			at += 3;
		else if (strchr(" ,./-", s.p[at]) && s.p[at])
			at++;
		else
			return false;
	}
	return true;
}

static bool
iso_put(struct buf *out, uint64_t y, uint64_t m, uint64_t d)
{
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (y == 0 || m > 12 || (m && d > days[m - 1]) || (d && m == 0) ||
	    (m == 2 && d == 29 && (y % 4 || (y % 100 == 0 && y % 400))))
		return false;
	buf_printf(out, "%04u", (unsigned int)y);
	if (m)
		buf_printf(out, "-%02u", (unsigned int)m);
	if (d)
		buf_printf(out, "-%02u", (unsigned int)d);
	return true;
}

bool
iso_date(struct bytes s, struct buf *out)
{
	struct parts p = { .n = 0 };
	size_t y;

	s = bytes_trim(s);
	if (s.n == 0 || s.n > 40)
		return false;
	/* An ISO time after the day is cut off. */
	if (s.n > 10 && s.p[10] == 'T' && is_digit(s.p[9]))
		s.n = 10;
	if (!parts_read(s, &p) || p.n == 0)
		return false;
	for (y = 0; y < p.n && p.digits[y] != 4; y++)
		;
	if (y == p.n)
		return false;
	if (p.month == 0 && y == 0)	/* 2017-03-29 */
		return iso_put(out, p.num[0], p.n > 1 ? p.num[1] : 0, p.n > 2 ? p.num[2] : 0);
	if (p.month == 0 && y == 2)	/* 29.3.2017 */
		return iso_put(out, p.num[2], p.num[1], p.num[0]);
	if (p.month == 0 || p.n > 2)
		return false;
	return iso_put(out, p.num[y], p.month, p.n == 2 ? p.num[1 - y] : 0);
}
