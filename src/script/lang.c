/* SPDX-License-Identifier: ISC */
#include "script/lang.h"

#include "base/utf8.h"
#include "script/fold.h"

struct han_pair {
	uint32_t from, to;
};

#include "script/lang_han.inc"

static const struct {
	uint32_t from, to;
	enum script script;
} ranges[] = {
	{ 0x41, 0x5a, SCRIPT_LATIN }, { 0x61, 0x7a, SCRIPT_LATIN },
	{ 0xaa, 0xaa, SCRIPT_LATIN }, { 0xba, 0xba, SCRIPT_LATIN },
	{ 0xc0, 0xd6, SCRIPT_LATIN }, { 0xd8, 0xf6, SCRIPT_LATIN },
	{ 0xf8, 0x2af, SCRIPT_LATIN }, { 0x2ea, 0x2eb, SCRIPT_BOPOMOFO },
	{ 0x370, 0x3ff, SCRIPT_GREEK }, { 0x400, 0x482, SCRIPT_CYRILLIC },
	{ 0x48a, 0x52f, SCRIPT_CYRILLIC }, { 0x531, 0x58a, SCRIPT_OTHER },
	{ 0x5d0, 0x5f2, SCRIPT_HEBREW }, { 0x620, 0x64a, SCRIPT_ARABIC },
	{ 0x66e, 0x6d5, SCRIPT_ARABIC }, { 0x6fa, 0x77f, SCRIPT_ARABIC },
	{ 0x780, 0x8ff, SCRIPT_OTHER }, { 0x904, 0x963, SCRIPT_DEVANAGARI },
	{ 0x964, 0xdff, SCRIPT_OTHER }, { 0xe01, 0xe4e, SCRIPT_THAI },
	{ 0xe80, 0xeff, SCRIPT_OTHER }, { 0xf00, 0xf00, SCRIPT_TIBETAN },
	{ 0xf40, 0xfbc, SCRIPT_TIBETAN }, { 0x1000, 0x10ff, SCRIPT_OTHER },
	{ 0x1100, 0x11ff, SCRIPT_HANGUL }, { 0x1200, 0x17ff, SCRIPT_OTHER },
	{ 0x1820, 0x18aa, SCRIPT_MONGOLIAN }, { 0x1c80, 0x1c88, SCRIPT_CYRILLIC },
	{ 0x1d00, 0x1d25, SCRIPT_LATIN }, { 0x1e00, 0x1eff, SCRIPT_LATIN },
	{ 0x1f00, 0x1fff, SCRIPT_GREEK }, { 0x2c60, 0x2c7f, SCRIPT_LATIN },
	{ 0x2d00, 0x2dde, SCRIPT_OTHER }, { 0x2de0, 0x2dff, SCRIPT_CYRILLIC },
	{ 0x3005, 0x3005, SCRIPT_HAN }, { 0x3007, 0x3007, SCRIPT_HAN },
	{ 0x3041, 0x3096, SCRIPT_KANA }, { 0x309d, 0x309f, SCRIPT_KANA },
	{ 0x30a1, 0x30fa, SCRIPT_KANA }, { 0x30fc, 0x30ff, SCRIPT_KANA },
	{ 0x3105, 0x312f, SCRIPT_BOPOMOFO }, { 0x3131, 0x318e, SCRIPT_HANGUL },
	{ 0x31a0, 0x31bf, SCRIPT_BOPOMOFO }, { 0x31f0, 0x31ff, SCRIPT_KANA },
	{ 0x3400, 0x4dbf, SCRIPT_HAN }, { 0x4e00, 0x9fff, SCRIPT_HAN },
	{ 0xa000, 0xa4cf, SCRIPT_OTHER }, { 0xa640, 0xa69f, SCRIPT_CYRILLIC },
	{ 0xa722, 0xa7ff, SCRIPT_LATIN }, { 0xa960, 0xa97c, SCRIPT_HANGUL },
	{ 0xac00, 0xd7fb, SCRIPT_HANGUL }, { 0xf900, 0xfaff, SCRIPT_HAN },
	{ 0xfb00, 0xfb06, SCRIPT_LATIN }, { 0xfb1d, 0xfb4f, SCRIPT_HEBREW },
	{ 0xfb50, 0xfdff, SCRIPT_ARABIC }, { 0xfe70, 0xfefc, SCRIPT_ARABIC },
	{ 0xff21, 0xff3a, SCRIPT_LATIN }, { 0xff41, 0xff5a, SCRIPT_LATIN },
	{ 0xff66, 0xff9d, SCRIPT_KANA }, { 0xffa1, 0xffdc, SCRIPT_HANGUL },
	{ 0x10000, 0x1afef, SCRIPT_OTHER }, { 0x1aff0, 0x1b16f, SCRIPT_KANA },
	{ 0x20000, 0x323af, SCRIPT_HAN },
};

static const struct {
	const char *code, *lang;
} scripts[SCRIPT__MAX] = {
	[SCRIPT_NONE] = { "Zyyy", "und" },
	[SCRIPT_LATIN] = { "Latn", "und-Latn" },
	[SCRIPT_HAN] = { "Hani", "zh-Hant" },
	[SCRIPT_KANA] = { "Jpan", "ja" },
	[SCRIPT_HANGUL] = { "Kore", "ko" },
	[SCRIPT_BOPOMOFO] = { "Bopo", "zh-Bopo" },
	[SCRIPT_CYRILLIC] = { "Cyrl", "ru" },
	[SCRIPT_GREEK] = { "Grek", "el" },
	[SCRIPT_ARABIC] = { "Arab", "ar" },
	[SCRIPT_HEBREW] = { "Hebr", "he" },
	[SCRIPT_TIBETAN] = { "Tibt", "bo" },
	[SCRIPT_MONGOLIAN] = { "Mong", "mn-Mong" },
	[SCRIPT_MANCHU] = { "Mong", "mnc" },
	[SCRIPT_THAI] = { "Thai", "th" },
	[SCRIPT_DEVANAGARI] = { "Deva", "hi" },
	[SCRIPT_OTHER] = { "Zzzz", "und" },
};

enum script
script_of(uint32_t cp)
{
	size_t lo = 0, hi = NELEM(ranges), mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (ranges[mid].to < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < NELEM(ranges) && ranges[lo].from <= cp ?
	    ranges[lo].script : SCRIPT_NONE;
}

const char *
script_code(enum script s)
{
	return scripts[s].code;
}

/* Letters only Manchu and Sibe write. */
static bool
is_manchu(uint32_t cp)
{
	return cp >= 0x1843 && cp <= 0x1877;
}

enum script
script_of_text(struct bytes s)
{
	size_t n[SCRIPT__MAX] = { 0 }, at = 0;
	enum script sc, best = SCRIPT_NONE;
	uint32_t cp;

	while (utf8_next(s, &at, &cp)) {
		sc = script_of(cp);
		if (sc == SCRIPT_KANA && cp == 0x30fc)
			continue;
		n[sc == SCRIPT_MONGOLIAN && is_manchu(cp) ? SCRIPT_MANCHU : sc]++;
	}
	if (n[SCRIPT_KANA])
		return SCRIPT_KANA;
	if (n[SCRIPT_HANGUL])
		return SCRIPT_HANGUL;
	if (n[SCRIPT_HAN])
		return SCRIPT_HAN;
	if (n[SCRIPT_MANCHU])
		return SCRIPT_MANCHU;
	for (sc = SCRIPT_LATIN; sc < SCRIPT__MAX; sc++)
		if (n[sc] > (best == SCRIPT_NONE ? 0 : n[best]))
			best = sc;
	return best;
}

int
han_side(uint32_t cp)
{
	size_t lo = 0, hi = NELEM(lang_rest), mid;

	if (cp - 0x4e00 < 4 * NELEM(lang_uro))
		return lang_uro[(cp - 0x4e00) / 4] >> (cp - 0x4e00) % 4 * 2 & 3;
	if (cp < 0x3400)
		return 0;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (lang_rest[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < NELEM(lang_rest) && lang_rest[lo].from == cp ?
	    (int)lang_rest[lo].to : 0;
}

void
han_count_add(struct han_count *c, struct bytes s)
{
	size_t at = 0;
	uint32_t cp;
	int side;

	while (utf8_next(s, &at, &cp)) {
		if (cp < 0x3005 || !is_han(cp))
			continue;
		side = han_side(cp);
		c->n++;
		c->simp += side == 1;
		c->trad += side == 2;
	}
}

const char *
lang_of_han(const struct han_count *c, const char *def)
{
	if (c->trad > c->simp)
		return "zh-Hant";
	if (c->simp > c->trad)
		return "zh-Hans";
	return def ? def : "zh-Hant";
}

/*
 * Tone marks of pinyin: a macron or caron on a, e, i, o, u, or any of the
 * four on ü.  Acute and grave alone are common in other languages, so they
 * do not speak for pinyin.
 */
static bool
has_pinyin_mark(struct bytes s)
{
	static const uint32_t marked[] = {
		0x100, 0x101, 0x112, 0x113, 0x11a, 0x11b, 0x12a, 0x12b, 0x14c,
		0x14d, 0x16a, 0x16b, 0x1cd, 0x1ce, 0x1cf, 0x1d0, 0x1d1, 0x1d2,
		0x1d3, 0x1d4, 0x1d5, 0x1d6, 0x1d7, 0x1d8, 0x1d9, 0x1da, 0x1db,
		0x1dc,
	};
	size_t at = 0, i;
	uint32_t cp;

	while (utf8_next(s, &at, &cp)) {
		if (cp < 0x80)
			continue;
		for (i = 0; i < NELEM(marked); i++)
			if (marked[i] == cp)
				return true;
	}
	return false;
}

const char *
lang_guess(struct bytes s, const char *han, const char *latin)
{
	enum script sc = script_of_text(s);
	struct han_count c = { 0 };

	switch (sc) {
	case SCRIPT_HAN:
		han_count_add(&c, s);
		return lang_of_han(&c, han);
	case SCRIPT_LATIN:
		if (has_pinyin_mark(s))
			return "zh-Latn-pinyin";
		return latin ? latin : scripts[sc].lang;
	default:
		return scripts[sc].lang;
	}
}
