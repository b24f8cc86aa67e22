/* SPDX-License-Identifier: ISC */
/* Syllables and how they are written; reading them is roman_read.c. */
#include "script/roman.h"

#include "base/utf8.h"
#include "script/roman_tab.h"

#include "script/syllable.inc"

static const struct {
	const char *name, *lang;
	const uint16_t *spell;
	unsigned int per;	/* spellings of one syllable */
	struct spellings parse;
} schemes[SCHEME__MAX] = {
#define PARSE(x) { parse_##x, NELEM(parse_##x) }
	[SCHEME_NONE] = { "", "und-Latn", spell_pinyin, 1, { NULL, 0 } },
	[SCHEME_PINYIN] = { "pinyin", "zh-Latn-pinyin", spell_pinyin, 1, PARSE(pinyin) },
	[SCHEME_PINYIN_PLAIN] = { "pinyin-plain", "zh-Latn-pinyin",
	    spell_pinyin, 1, PARSE(pinyin) },
	[SCHEME_PINYIN_NUM] = { "pinyin-numbered", "zh-Latn-pinyin",
	    spell_pinyin, 1, PARSE(pinyin) },
	[SCHEME_WADE] = { "wade-giles", "zh-Latn-wadegile", spell_wade, 1, PARSE(wade) },
	[SCHEME_PALLADIUS] = { "palladius", "zh-Cyrl", spell_palladius, 1, PARSE(palladius) },
	[SCHEME_ZHUYIN] = { "zhuyin", "zh-Bopo", spell_zhuyin, 1, PARSE(zhuyin) },
	[SCHEME_YALE] = { "yale", "zh-Latn-x-yale", spell_yale, 1, PARSE(yale) },
	[SCHEME_EFEO] = { "efeo", "zh-Latn-x-efeo", spell_efeo, 1, PARSE(efeo) },
	[SCHEME_GWOYEU] = { "gwoyeu-romatzyh", "zh-Latn-x-gwoyeu", spell_gwoyeu, 4, PARSE(gwoyeu) },
#undef PARSE
};

static const struct {
	const char *name;
	enum scheme scheme;
} aliases[] = {
	{ "hanyu-pinyin", SCHEME_PINYIN }, { "wade", SCHEME_WADE },
	{ "wadegile", SCHEME_WADE }, { "wade-giles", SCHEME_WADE },
	{ "wadegiles", SCHEME_WADE }, { "wg", SCHEME_WADE },
	{ "bopomofo", SCHEME_ZHUYIN }, { "palladij", SCHEME_PALLADIUS },
	{ "cyrillic", SCHEME_PALLADIUS }, { "gwoyeu", SCHEME_GWOYEU },
	{ "gr", SCHEME_GWOYEU },
};

const char *
scheme_name(enum scheme s)
{
	return schemes[s].name;
}

const char *
scheme_lang(enum scheme s)
{
	return schemes[s].lang;
}

struct spellings
scheme_spellings(enum scheme s)
{
	return schemes[s].parse;
}

enum scheme
scheme_find(struct bytes name)
{
	enum scheme s;
	size_t i;

	for (s = SCHEME_PINYIN; s < SCHEME__MAX; s++)
		if (bytes_eq(name, bytes_str(schemes[s].name)))
			return s;
	for (i = 0; i < NELEM(aliases); i++)
		if (bytes_eq(name, bytes_str(aliases[i].name)))
			return aliases[i].scheme;
	return SCHEME_NONE;
}

unsigned int
syl_count(void)
{
	return SYL_COUNT;
}

const char *
syl_spell(uint16_t syl, enum scheme s)
{
	unsigned int id = SYL_ID(syl), tone = SYL_TONE(syl);

	if (id == 0 || id > SYL_COUNT)
		return "";
	if (schemes[s].per == 1)
		return syl_pool + schemes[s].spell[id];
	return syl_pool + schemes[s].spell[(id - 1) * 4 + 1 +
	    (tone >= 1 && tone <= 4 ? tone - 1 : 0)];
}

int
syl_initial(uint16_t syl)
{
	const char *s = syl_spell(syl, SCHEME_PINYIN);

	if ((unsigned char)s[0] == 0xc3)	/* ê */
		return 'e';
	return (unsigned char)s[0];
}

/* The vowel that takes the mark: a, e, o of ou, else the last of i u ü. */
static const char *
marked_vowel(const char *s)
{
	static const char *const first[] = { "a", "e", "ê", "ou" };
	const char *at, *last = NULL;
	size_t i;

	for (i = 0; i < NELEM(first); i++)
		if ((at = strstr(s, first[i])) != NULL)
			return at;
	for (at = s; *at; at++)
		if (strchr("iou", *at) || (unsigned char)*at == 0xc3)
			last = at;
	if (last == NULL)	/* m, n, ng, hm */
		last = (at = strpbrk(s, "nm")) ? at : s;
	return last;
}

static void
put_marked(struct buf *out, uint16_t syl)
{
	static const struct {
		const char *plain, *mark[4];
	} vowels[] = {
		{ "a", { "ā", "á", "ǎ", "à" } }, { "e", { "ē", "é", "ě", "è" } },
		{ "i", { "ī", "í", "ǐ", "ì" } }, { "o", { "ō", "ó", "ǒ", "ò" } },
		{ "u", { "ū", "ú", "ǔ", "ù" } }, { "ü", { "ǖ", "ǘ", "ǚ", "ǜ" } },
		{ "n", { "n̄", "ń", "ň", "ǹ" } }, { "m", { "m̄", "ḿ", "m̌", "m̀" } },
		{ "ê", { "ê̄", "ế", "ê̌", "ề" } },
	};
	const char *s = syl_spell(syl, SCHEME_PINYIN), *at;
	unsigned int tone = SYL_TONE(syl);
	size_t i, n;

	if (tone < 1 || tone > 4 || *s == 0) {
		buf_puts(out, s);
		return;
	}
	at = marked_vowel(s);
	buf_add(out, s, (size_t)(at - s));
	for (i = 0; i < NELEM(vowels); i++) {
		n = strlen(vowels[i].plain);
		if (strncmp(at, vowels[i].plain, n) == 0) {
			buf_puts(out, vowels[i].mark[tone - 1]);
			buf_puts(out, at + n);
			return;
		}
	}
	buf_puts(out, at);
}

static void
put_zhuyin(struct buf *out, uint16_t syl)
{
	static const char *const mark[8] = { "", "", "ˊ", "ˇ", "ˋ", "", "", "" };

	if (SYL_TONE(syl) == 5)
		buf_puts(out, "˙");
	buf_puts(out, syl_spell(syl, SCHEME_ZHUYIN));
	buf_puts(out, mark[SYL_TONE(syl)]);
}

static void
put_syl(struct buf *out, uint16_t syl, enum scheme s)
{
	switch (s) {
	case SCHEME_PINYIN:
		put_marked(out, syl);
		break;
	case SCHEME_ZHUYIN:
		put_zhuyin(out, syl);
		break;
	case SCHEME_PINYIN_NUM:
		buf_puts(out, syl_spell(syl, s));
		if (SYL_TONE(syl))
			buf_printf(out, "%u", SYL_TONE(syl));
		break;
	default:
		buf_puts(out, syl_spell(syl, s));
	}
}

/* What stands between a syllable and the next. */
static const char *
joint(uint16_t syl, uint16_t next, enum scheme s, unsigned int flags)
{
	const char *a = syl_spell(syl, s), *b = syl_spell(next, s);
	size_t n = strlen(a);

	if (flags & ROMAN_SPACED)
		return " ";
	switch (s) {
	case SCHEME_PINYIN:
	case SCHEME_PINYIN_PLAIN:
		return *b == 'a' || *b == 'e' || *b == 'o' ||
		    (unsigned char)*b == 0xc3 ? "'" : "";
	case SCHEME_PALLADIUS:
		/* A final n before a vowel: Chang'an is Чанъань. */
		if (n >= 2 && strcmp(a + n - 2, "н") == 0) {
			static const char *const vowel[] = {
				"а", "о", "у", "э", "и", "е", "ю", "я", "й",
			};
			size_t i;

			for (i = 0; i < NELEM(vowel); i++)
				if (strncmp(b, vowel[i], 2) == 0)
					return "ъ";
		}
		return "";
	case SCHEME_WADE:
	case SCHEME_YALE:
	case SCHEME_EFEO:
		return "-";
	case SCHEME_GWOYEU:
		return "";
	default:
		return " ";
	}
}

/* The code point at from made a capital, when it is a letter that has one. */
static void
capitalise(struct buf *out, size_t from)
{
	struct bytes s = bytes_sub(buf_view(out), from, out->n);
	uint32_t cp;
	size_t at = 0;

	if (out->err || !utf8_next(s, &at, &cp))
		return;
	if (cp >= 'a' && cp <= 'z')
		cp -= 32;
	else if (cp >= 0x430 && cp <= 0x44f)
		cp -= 32;
	else if (cp >= 0xe0 && cp <= 0xfe)
		cp -= 32;
	else if (((cp >= 0x100 && cp < 0x138) || (cp >= 0x14a && cp < 0x178)) &&
	    cp % 2 == 1)
		cp -= 1;
	else if (cp >= 0x1cd && cp <= 0x1dc && cp % 2 == 0)
		cp -= 1;
	else if (cp == 0x1f9)
		cp -= 1;
	else if (cp == 0x144 || cp == 0x148)
		cp -= 1;
	else
		return;
	/* All of these keep their length in UTF-8. */
	(void)utf8_put(out->p + from, cp);
}

void
roman_write(struct buf *out, const uint16_t *syl, size_t n, enum scheme s,
    unsigned int flags)
{
	size_t i, from = out->n;

	for (i = 0; i < n; i++) {
		if (i)
			buf_puts(out, joint(syl[i - 1], syl[i], s, flags));
		put_syl(out, syl[i], s);
	}
	if (flags & ROMAN_CAPITAL)
		capitalise(out, from);
}

void
roman_key(struct buf *out, const uint16_t *syl, size_t n)
{
	const char *s;
	size_t i;

	for (i = 0; i < n; i++)
		for (s = syl_spell(syl[i], SCHEME_PINYIN); *s; s++) {
			if ((unsigned char)*s < 0x80)
				buf_putc(out, *s);
			else if ((unsigned char)*s == 0xc3)
				buf_putc(out, (unsigned char)*++s == 0xbc ? 'u' : 'e');
		}
}

void
roman_initials(struct buf *out, const uint16_t *syl, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (syl_initial(syl[i]))
			buf_putc(out, syl_initial(syl[i]));
}
