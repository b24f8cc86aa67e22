/* SPDX-License-Identifier: ISC */
/*
 * Terms in prose: "Dongqing tielu 东清铁路", "Dalian大连", "旅順 (Lüshun)".
 * A romanised run and a Han run side by side that read alike are one term,
 * and the characters one more name of the entry.
 */
#include "annotate/inside.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "script/align.h"
#include "script/fold.h"
#include "script/lang.h"

#define REACH		200	/* bytes looked at on either side */
#define PROSE_NAMES	256	/* of one entry */

struct terms {
	struct entry *e;
	const char *han;
	struct spans *s;
	struct align al;
	size_t cap_names, n_names;
	size_t done;		/* end of the last term */
};

/* What may stand between the two: blanks, brackets, quotes. */
static bool
is_between(uint32_t cp)
{
	static const uint32_t signs[] = { ' ', '(', ')', '[', ']', '"', '\'', ',', 0xff08,
		0xff09, 0x300a, 0x300b, 0x300c, 0x300d, 0x201c, 0x201d, 0xa0, 0x3000 };
	size_t i;

	for (i = 0; i < NELEM(signs); i++)
		if (signs[i] == cp)
			return true;
	return false;
}

static size_t
back_over_signs(struct bytes t, size_t at, size_t stop)
{
	size_t len, before;

	while (at > stop) {
		before = utf8_prev(t, at);
		if (!is_between(utf8_get(t, before, &len, NULL)))
			break;
		at = before;
	}
	return at;
}

static size_t
over_signs(struct bytes t, size_t at, size_t stop)
{
	size_t next;
	uint32_t cp;

	for (next = at; next < stop && utf8_next(t, &next, &cp) && is_between(cp); )
		at = next;
	return at;
}

static bool
is_roman(uint32_t cp)
{
	enum script s = script_of(cp);

	return s == SCRIPT_LATIN || s == SCRIPT_CYRILLIC;
}

/* The syllables that fit, joined as the words of the romanised form are. */
static struct bytes
pinyin(const struct align *al, struct bytes roman, struct arena *a, bool spaced)
{
	uint16_t syl[ALIGN_MAX];
	struct buf b = { 0 };
	struct bytes ret;
	size_t i, k = 0;
	bool capital;

	for (i = 0; i < al->n; i++) {
		syl[k++] = al->pair[i].syl;
		if (i + 1 < al->n && (spaced || bytes_find(bytes_sub(roman, al->pair[i].rom_to,
		    al->pair[i + 1].rom_from), B(" ")) == SIZE_MAX))
			continue;
		capital = al->pair[i + 1 - k].rom_from < roman.n &&
		    roman.p[al->pair[i + 1 - k].rom_from] >= 'A' &&
		    roman.p[al->pair[i + 1 - k].rom_from] <= 'Z';
		if (b.n)
			buf_putc(&b, ' ');
		roman_write(&b, syl, k, SCHEME_PINYIN, (spaced ? ROMAN_SPACED : 0) |
		    (!spaced && capital ? ROMAN_CAPITAL : 0));
		k = 0;
	}
	ret = arena_buf(a, &b);
	buf_release(&b);
	return ret;
}

static void
add_name(struct terms *t, struct bytes han, struct bytes reading)
{
	struct arena *a = t->s->a;
	struct entry *e = t->e;
	struct name *v;
	size_t i;

	for (i = 0; i < e->n_names; i++)
		if (bytes_eq(e->name[i].form, han))
			return;
	if (t->n_names == PROSE_NAMES || e->n_names >= LIMIT_NAMES)
		return;
	if (t->n_names++ == 0) {
		/* The array is not ours to grow in place. */
		t->cap_names = e->n_names + 8;
		if ((v = ARENA_ARRAY(a, t->cap_names, struct name)) == NULL)
			return;
		if (e->n_names)
			memcpy(v, e->name, e->n_names * sizeof(*v));
		e->name = v;
	}
	if ((v = arena_grow(a, e->name, e->n_names, &t->cap_names, sizeof(*v))) == NULL)
		return;
	e->name = v;
	v[e->n_names++] = (struct name){ .form = han, .reading = reading,
		.lang = bytes_str(lang_guess(han, t->han, NULL)), .origin = NAME_PROSE };
}

static void
add_term(struct terms *t, size_t from, size_t to, struct bytes roman, struct bytes han)
{
	struct span *v = spans_add(t->s);
	struct arena *a = t->s->a;

	if (v == NULL)
		return;
	*v = (struct span){ .from = (uint32_t)from, .to = (uint32_t)to, .type = SPAN_TERM,
		.a = roman, .b = han, .c = pinyin(&t->al, roman, a, false) };
	add_name(t, han, pinyin(&t->al, roman, a, true));
	t->done = to;
}

/* The pairs' places count from the start of what align was given. */
static void
rebase(struct align *al, size_t han, size_t roman)
{
	size_t i;

	for (i = 0; i < al->n; i++) {
		al->pair[i].han_from -= (uint32_t)han;
		al->pair[i].han_to -= (uint32_t)han;
		al->pair[i].rom_from -= (uint32_t)roman;
		al->pair[i].rom_to -= (uint32_t)roman;
	}
}

/* "Lüshun 旅順": words that end before the characters. */
static bool
before(struct terms *t, size_t h0, size_t h1)
{
	struct bytes text = t->e->text, roman, han;
	size_t low = MAX(t->done, h0 > REACH ? h0 - REACH : 0), end, from, len;

	end = back_over_signs(text, h0, low);
	if (end <= low || !is_roman(utf8_get(text, utf8_prev(text, end), &len, NULL)))
		return false;
	while (low < end && (text.p[low] & 0xc0) == 0x80)
		low++;
	roman = bytes_sub(text, low, end);
	han = bytes_sub(text, h0, h1);
	if (!align_end(roman, han, &from, &t->al) || t->al.n < 2)
		return false;
	rebase(&t->al, 0, from);
	han = bytes_sub(han, 0, t->al.pair[t->al.n - 1].han_to);
	add_term(t, low + from, h0 + han.n, bytes_sub(roman, from, roman.n), han);
	return true;
}

/* "旅順 (Lüshun)": words that begin after them. */
static bool
after(struct terms *t, size_t h0, size_t h1)
{
	struct bytes text = t->e->text, roman, han;
	size_t high = MIN(text.n, h1 + REACH), from, to, first, len;
	const unsigned char *nl = h1 < high ? memchr(text.p + h1, '\n', high - h1) : NULL;

	if (nl)
		high = (size_t)(nl - text.p);
	from = over_signs(text, h1, high);
	if (from >= high || !is_roman(utf8_get(text, from, &len, NULL)))
		return false;
	roman = utf8_cut(bytes_sub(text, from, text.n), high - from);
	han = bytes_sub(text, h0, h1);
	if (!align_begin(han, roman, &to, &t->al) || t->al.n < 2)
		return false;
	first = t->al.pair[0].han_from;
	rebase(&t->al, first, 0);
	add_term(t, h0 + first, from + to, bytes_sub(roman, 0, to),
	    bytes_sub(han, first, han.n));
	return true;
}

void
terms_find(struct entry *e, const char *han, struct spans *s)
{
	struct terms t = { .e = e, .han = han, .s = s };
	size_t at = 0, h0, h1, next;
	uint32_t cp;

	while (at < e->text.n && e->n_names <= LIMIT_NAMES) {
		/* Han begins with E3 to F0: skip what cannot be. */
		if (e->text.p[at] < 0xe3) {
			at++;
			continue;
		}
		h0 = next = at;
		while (next < e->text.n && utf8_next(e->text, &next, &cp) && is_han(cp))
			at = next;
		if (at == h0) {
			at = next;
			continue;
		}
		h1 = at;
		if (h1 - h0 >= 6 && !before(&t, h0, h1))
			(void)after(&t, h0, h1);
	}
}
