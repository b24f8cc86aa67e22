/* SPDX-License-Identifier: ISC */
#include "script/name.h"

#include <utf8proc.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "script/align.h"
#include "script/fold.h"
#include "script/han.h"

#define HAN_STRETCH	256	/* characters converted at a time */

static bool
same_but_tones(const struct reading *r, const struct align *a)
{
	size_t i;

	if (r->n != a->n)
		return false;
	for (i = 0; i < r->n; i++)
		if (SYL_ID(r->syl[i]) != SYL_ID(a->pair[i].syl))
			return false;
	return true;
}

/* Whether a tone stands in the bytes of pair p. */
static bool
has_tone(struct bytes roman, const struct align_pair *p)
{
	struct roman_text t;
	size_t i;

	if (!roman_scan(bytes_sub(roman, p->rom_from, p->rom_to), &t))
		return false;
	for (i = 0; i < t.n; i++)
		if (t.tone[i])
			return true;
	return false;
}

/* The reading a says; where no tone is written, that of a likely reading. */
static void
take_reading(struct bytes han, struct bytes roman, const struct align *a,
    enum reading_hint hint, struct reading *ret)
{
	struct reading likely[READING_MAX];
	size_t i, n, k;

	ret->n = a->n;
	ret->cost = 0;
	for (i = 0; i < a->n; i++)
		ret->syl[i] = a->pair[i].syl;
	n = reading_of(han, hint, likely, NELEM(likely));
	for (k = 0; k < n; k++)
		if (same_but_tones(&likely[k], a))
			break;
	if (k == n)
		return;
	for (i = 0; i < a->n; i++)
		if (a->scheme == SCHEME_GWOYEU || !has_tone(roman, &a->pair[i]))
			ret->syl[i] = a->scheme == SCHEME_GWOYEU ?
			    a->pair[i].syl : likely[k].syl[i];
}

enum scheme
name_pair(struct bytes han, struct bytes roman, struct reading *ret)
{
	struct align a;

	if (!align(han, roman, SCHEME_NONE, &a))
		return SCHEME_NONE;
	if (ret)
		take_reading(han, roman, &a, READING_ANY, ret);
	return a.scheme;
}

/* What stands in roman before syllable i, which begins at to. */
static void
take_break(struct bytes roman, size_t from, size_t to, size_t i, struct name_info *ret)
{
	uint64_t bit = UINT64_C(1) << i;
	uint32_t cp = utf8_get(roman, to, &(size_t){ 0 }, NULL);

	if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_LU)
		ret->capitals |= bit;
	for (; i > 0 && from < to; from++)
		if (roman.p[from] == ' ' || roman.p[from] == '-') {
			if (roman.p[from] == ' ')
				ret->spaces |= bit;
			else
				ret->hyphens |= bit;
			break;
		}
}

/*
 * Breaks between all syllables say nothing of words: then a word begins
 * with a capital or not at all.
 */
static void
settle_breaks(struct name_info *ret, size_t n)
{
	size_t breaks = (size_t)__builtin_popcountll(ret->spaces | ret->hyphens);

	ret->loose = breaks + 1 >= n;
	if (ret->loose) {
		ret->spaces &= ret->capitals;
		ret->hyphens &= ret->capitals;
	}
}

/* The spaces and hyphens of a given reading. */
static void
take_breaks(struct bytes roman, const struct align *a, struct name_info *ret)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		take_break(roman, i ? a->pair[i - 1].rom_to : 0, a->pair[i].rom_from, i, ret);
	settle_breaks(ret, a->n);
	if (a->scheme != SCHEME_PINYIN)
		ret->spaces = ret->hyphens = 0;
}

static size_t
marked(const struct roman_seq *v)
{
	size_t i, n = 0;

	for (i = 0; i < v->n; i++)
		n += SYL_TONE(v->syl[i]) != 0;
	return n;
}

/* Parts between spaces and hyphens. */
static size_t
parts(struct bytes s)
{
	size_t i, n = 0;
	bool in = false, sign;

	for (i = 0; i < s.n; i++, in = !sign) {
		sign = s.p[i] == ' ' || s.p[i] == '-';
		n += !sign && !in;
	}
	return n;
}

/* Pinyin by its tones: most syllables have one, as in no other language. */
static bool
is_marked_pinyin(struct bytes form, struct name_info *info)
{
	struct reading *ret = &info->reading[0];
	struct roman_seq v[1];
	size_t i;

	if (roman_parse(form, SCHEME_PINYIN, 0, v, 1) == 0 || v[0].cost > 3)
		return false;
	/* Parted into syllables half of them are enough: Fó ye. */
	if (parts(form) == v[0].n ? marked(v) == 0 || marked(v) * 2 < v[0].n :
	    marked(v) * 5 < v[0].n * 3u)
		return false;
	if (v[0].n > READING_SYLS)
		return false;
	if (v[0].n == 1 && form.n > 8)
		return false;
	ret->n = v[0].n;
	ret->cost = 0;
	for (i = 0; i < v[0].n; i++) {
		ret->syl[i] = v[0].syl[i];
		take_break(form, v[0].at[i] - (size_t)(i > 0), v[0].at[i], i, info);
	}
	settle_breaks(info, v[0].n);
	return true;
}

int
name_look(struct bytes form, struct bytes reading, const char *han,
    enum reading_hint hint, struct name_info *ret)
{
	struct align a;

	memset(ret, 0, sizeof(*ret));
	if (form.n > LIMIT_NAME || reading.n > LIMIT_NAME)
		return LEISHU_ELIMIT;
	ret->script = script_of_text(form);
	ret->lang = lang_guess(form, han, NULL);
	if (ret->script == SCRIPT_LATIN) {
		if (is_marked_pinyin(form, ret)) {
			ret->scheme = SCHEME_PINYIN;
			ret->lang = scheme_lang(SCHEME_PINYIN);
			ret->n_readings = 1;
		} else {
			ret->lang = "und-Latn";
		}
		return reading.n ? LEISHU_ESYNTAX : 0;
	}
	if (ret->script != SCRIPT_HAN)
		return reading.n ? LEISHU_ESYNTAX : 0;
	if (reading.n && align(form, reading, SCHEME_NONE, &a)) {
		take_reading(form, reading, &a, hint, &ret->reading[0]);
		take_breaks(reading, &a, ret);
		ret->n_readings = 1;
		ret->given = true;
		return 0;
	}
	ret->n_readings = reading_of(form, hint, ret->reading, READING_MAX);
	return reading.n ? LEISHU_ESYNTAX : 0;
}

/* A syllable between every two hyphens, as Wade-Giles sets them. */
static bool
parted_as_wade(struct bytes form)
{
	struct roman_seq v[1];
	size_t n = parts(form);

	return memchr(form.p, '-', form.n) != NULL &&
	    roman_parse(form, SCHEME_WADE, 0, v, 1) > 0 && v[0].n == n;
}

/* Without a vowel it is a hum (ng, hm) or a piece of a word (la-ti-n). */
static bool
hums(const struct roman_seq *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (strpbrk(syl_spell(v->syl[i], SCHEME_PINYIN), "aeiou\xc3") == NULL)
			return true;
	return false;
}

enum scheme
name_guess(struct bytes form, struct reading *ret)
{
	static const enum scheme order[] = {
		SCHEME_PINYIN, SCHEME_WADE, SCHEME_PALLADIUS, SCHEME_ZHUYIN,
	};
	struct roman_seq v[1];
	struct roman_text t;
	size_t i, k;

	if (!roman_scan(form, &t))
		return SCHEME_NONE;
	for (i = 0; i < NELEM(order); i++) {
		if (roman_parse(form, order[i], 0, v, 1) == 0 || v[0].n > READING_SYLS ||
		    hums(v))
			continue;
		/* Without its signs Wade-Giles is any short word. */
		if (order[i] == SCHEME_WADE && !t.apostrophes &&
		    memchr(form.p, '-', form.n) == NULL)
			continue;
		if (order[i] == SCHEME_PINYIN && ((t.apostrophes && v[0].cost > 0) ||
		    marked(v) > 0 || parted_as_wade(form)))
			continue;	/* with all its tones it is no guess */
		ret->n = v[0].n;
		ret->cost = v[0].cost;
		for (k = 0; k < v[0].n; k++)
			ret->syl[k] = v[0].syl[k];
		return order[i];
	}
	return SCHEME_NONE;
}

/* Stretch by stretch: what is no Han stays, and parts words. */
static void
convert(struct buf *out, struct bytes s,
    uint32_t (*one)(const uint32_t *s, size_t n, size_t i))
{
	uint32_t c[HAN_STRETCH];
	size_t at = 0, from, len, n, i;
	bool bad = false;

	while (at < s.n) {
		for (n = 0, from = at; n < NELEM(c) && at < s.n; n++, at += len) {
			c[n] = utf8_get(s, at, &len, &bad);
			if (bad || !is_han(c[n]))
				break;
		}
		for (i = 0; i < n; i++)
			buf_utf8(out, one(c, n, i));
		if (n == 0) {
			buf_bytes(out, bytes_sub(s, from, from + len));
			at = from + len;
		}
	}
}

void
name_simplify(struct buf *out, struct bytes s)
{
	convert(out, s, han_simplify_in);
}

/*
 * A name with one character that is only traditional is all traditional:
 * what looks simplified in it (后, 里) is itself.
 */
void
name_traditional(struct buf *out, struct bytes s)
{
	struct han_count c = { 0 };

	han_count_add(&c, s);
	if (c.trad > 0 && c.simp == 0)
		buf_bytes(out, s);
	else
		convert(out, s, han_traditional_in);
}

/* Syllables from..to of r as one word, parted where the reading was. */
static void
write_word(struct buf *out, const struct name_info *info, const struct reading *r,
    size_t from, size_t to, enum scheme s, bool capital)
{
	unsigned int flags = capital ? ROMAN_CAPITAL : 0;
	size_t i, next;

	if (s == SCHEME_ZHUYIN || (info->spaces == 0 && info->hyphens == 0) ||
	    (info->loose && (s == SCHEME_WADE || s == SCHEME_YALE || s == SCHEME_EFEO))) {
		/* Of a long name nobody has said which words it has. */
		if (to - from > 4 && (s == SCHEME_PINYIN ||
		    s == SCHEME_PINYIN_PLAIN || s == SCHEME_PALLADIUS))
			flags |= ROMAN_SPACED;
		roman_write(out, r->syl + from, to - from, s, flags);
		return;
	}
	for (i = from; i < to; i = next) {
		for (next = i + 1; next < to && next < 64; next++)
			if ((info->spaces | info->hyphens) >> next & 1)
				break;
		if (next >= 64)
			next = to;
		if (i > from)
			buf_putc(out, i < 64 && info->hyphens >> i & 1 ? '-' : ' ');
		if (i > from)
			flags = i < 64 && info->capitals >> i & 1 ? ROMAN_CAPITAL : 0;
		roman_write(out, r->syl + i, next - i, s, flags);
	}
}

void
name_write_word(struct buf *out, const struct name_info *info,
    const struct reading *r, enum scheme s)
{
	write_word(out, info, r, 0, r->n, s, true);
}

static bool
is_kept(uint32_t cp)
{
	return script_of(cp) != SCRIPT_NONE || (cp >= '0' && cp <= '9');
}

void
name_write(struct buf *out, struct bytes form, const struct name_info *info,
    const struct reading *r, enum scheme s)
{
	size_t at = 0, from, n = 0, start = 0, begin = out->n;
	uint32_t cp;

	while (from = at, utf8_next(form, &at, &cp)) {
		if (is_han(cp)) {
			n++;
			continue;
		}
		if (n > start && n <= r->n) {
			write_word(out, info, r, start, n, s, start == 0 && out->n == begin);
			start = n;
		}
		if (is_kept(cp)) {
			if (from > 0 && out->n > begin && start > 0 &&
			    is_han(utf8_get(form, utf8_prev(form, from), &(size_t){ 0 }, NULL)))
				buf_putc(out, ' ');
			buf_utf8(out, cp);
		} else if (out->n > begin && out->p[out->n - 1] != ' ') {
			buf_putc(out, ' ');
		}
	}
	if (n > start && n <= r->n) {
		if (out->n > begin && out->p[out->n - 1] != ' ')
			buf_putc(out, ' ');
		write_word(out, info, r, start, n, s, start == 0 && out->n == begin);
	}
	while (out->n > begin && out->p[out->n - 1] == ' ')
		out->n--;
}

/* Adds a key unless it stands there; from is where the keys begin. */
static void
add_key(struct buf *out, size_t from, const struct buf *key)
{
	size_t at, end;

	if (key->n == 0)
		return;
	for (at = from; at < out->n; at = end + 1) {
		for (end = at; end < out->n && out->p[end]; end++)
			;
		if (bytes_eq(bytes_make(out->p + at, end - at), buf_view(key)))
			return;
	}
	if (out->n > from)
		buf_putc(out, 0);
	buf_bytes(out, buf_view(key));
}

void
name_keys(struct buf *out, struct bytes form, const struct name_info *info)
{
	struct buf key = { 0 };
	size_t i, from = out->n;

	fold_name(form, &key);
	add_key(out, from, &key);
	for (i = 0; i < info->n_readings; i++) {
		buf_clear(&key);
		roman_key(&key, info->reading[i].syl, info->reading[i].n);
		add_key(out, from, &key);
	}
	for (i = 0; i < info->n_readings; i++) {
		buf_clear(&key);
		roman_initials(&key, info->reading[i].syl, info->reading[i].n);
		if (info->reading[i].n > 1)
			add_key(out, from, &key);
	}
	buf_release(&key);
}
