/* SPDX-License-Identifier: ISC */
/*
 * A key is a weight for each character, then 0, then the form.  The first
 * byte of a weight says what it is; lower sorts first.  What follows it has
 * a length of its own, so no weight begins another but for Han by sound:
 * there the syllable's letters end with the tone, which is below any letter.
 */
#include "script/collate.h"

#include "base/utf8.h"
#include "script/fold.h"
#include "script/han.h"
#include "script/lang.h"
#include "script/reading.h"
#include "script/roman.h"

enum {
	W_END = 0,
	W_TONE = 1,		/* 1-6: ends the letters of a Han character */
	W_GAP = 8,		/* between words */
	W_DIGIT = 0x10,		/* 0-9 */
	W_FIRST = 0x20,		/* the script of the collation: letters */
	W_HAN = 0x60,		/* strokes, radical; or no reading */
	W_LATIN = 0x80,		/* where Latin is not first */
	W_OTHER = 0xc0,		/* script, code point */
};

static void
put_cp(struct buf *out, uint32_t cp)
{
	buf_putc(out, (int)(cp >> 16));
	buf_putc(out, (int)(cp >> 8 & 0xff));
	buf_putc(out, (int)(cp & 0xff));
}

/* Where sounds are the same: strokes, then the place in the radicals. */
static void
put_shape(struct buf *out, uint32_t cp)
{
	unsigned int rest, radical = han_radical(cp, &rest);
	unsigned int strokes = han_strokes(cp);

	buf_putc(out, (int)MIN(strokes ? strokes : 255, 255));
	buf_putc(out, (int)(radical ? radical : 255));
	put_cp(out, cp);
}

/* A letter of pinyin; ü comes after all that u begins with. */
static void
put_pinyin(struct buf *out, uint16_t syl)
{
	const char *s = syl_spell(syl, SCHEME_PINYIN);

	for (; *s; s++) {
		if ((unsigned char)*s != 0xc3) {
			buf_putc(out, W_FIRST + *s - 'a');
			continue;
		}
		s++;
		if ((unsigned char)*s == 0xbc) {	/* ü */
			buf_putc(out, W_FIRST + 'u' - 'a');
			buf_putc(out, W_FIRST + 26);
		} else {				/* ê */
			buf_putc(out, W_FIRST + 'e' - 'a');
			buf_putc(out, W_FIRST + 26);
		}
	}
}

static void
put_zhuyin(struct buf *out, uint16_t syl)
{
	struct bytes s = bytes_str(syl_spell(syl, SCHEME_ZHUYIN));
	size_t at = 0;
	uint32_t cp;

	while (utf8_next(s, &at, &cp))
		buf_putc(out, (int)(W_FIRST + cp - 0x3105));
}

static void
put_han(struct buf *out, uint32_t cp, uint16_t syl, enum collation how)
{
	unsigned int rest, radical, strokes;
	bool sounds = how == COLLATE_PINYIN || how == COLLATE_ZHUYIN;

	if (sounds && SYL_ID(syl)) {
		if (how == COLLATE_PINYIN)
			put_pinyin(out, syl);
		else
			put_zhuyin(out, syl);
		buf_putc(out, (int)(W_TONE + SYL_TONE(syl)));
		put_shape(out, cp);
		return;
	}
	buf_putc(out, W_HAN);
	if (how == COLLATE_RADICAL) {
		radical = han_radical(cp, &rest);
		buf_putc(out, (int)(radical ? radical : 255));
		buf_putc(out, (int)rest);
		put_cp(out, cp);
	} else if (how == COLLATE_STROKE) {
		put_shape(out, cp);
	} else {
		strokes = han_strokes(cp);
		buf_putc(out, (int)MIN(strokes ? strokes : 255, 255));
		put_cp(out, cp);
	}
}

/* Place in the Russian alphabet, letters of other tongues beside their kin. */
static int
cyrillic_place(uint32_t cp)
{
	if (cp >= 0x430 && cp <= 0x44f)
		return (int)(cp - 0x430) * 3;
	switch (cp) {
	case 0x451: return 5 * 3;	/* ё counts as е */
	case 0x491: return 3 * 3 + 1;
	case 0x454: return 5 * 3 + 1;
	case 0x456: return 8 * 3 + 1;
	case 0x457: return 8 * 3 + 2;
	case 0x45e: return 19 * 3 + 1;
	default: return -1;
	}
}

/* One folded letter or digit that is no Han. */
static void
put_letter(struct buf *out, uint32_t cp, enum collation how)
{
	int place;

	if (cp >= '0' && cp <= '9') {
		buf_putc(out, (int)(W_DIGIT + cp - '0'));
	} else if (cp >= 'a' && cp <= 'z') {
		buf_putc(out, (int)((how == COLLATE_CYRILLIC || how == COLLATE_ZHUYIN ?
		    W_LATIN : W_FIRST) + cp - 'a'));
	} else if (how == COLLATE_CYRILLIC && (place = cyrillic_place(cp)) >= 0) {
		/* 32 letters by 3 do not fit below W_HAN: two bytes. */
		buf_putc(out, W_FIRST + place / 3);
		buf_putc(out, 1 + place % 3);
	} else if (how == COLLATE_ZHUYIN && cp >= 0x3105 && cp <= 0x312f) {
		buf_putc(out, (int)(W_FIRST + cp - 0x3105));
	} else {
		buf_putc(out, W_OTHER);
		buf_putc(out, (int)script_of(cp));
		put_cp(out, cp);
	}
}

void
collate_key(struct buf *out, struct bytes form, const uint16_t *syl, size_t n_syl,
    enum collation how)
{
	unsigned char part[FOLD_ROOM];
	struct reading found[1];
	size_t at = 0, k, nth = 0, begin = out->n;
	uint32_t cp, letter;
	uint16_t one;
	bool gap = false, sounds = how == COLLATE_PINYIN || how == COLLATE_ZHUYIN;

	if (sounds && n_syl == 0 && reading_of(form, READING_ANY, found, 1)) {
		syl = found[0].syl;
		n_syl = found[0].n;
	}
	while (utf8_next(form, &at, &cp)) {
		struct fold_out o = { .p = part };
		struct bytes folded;

		if (is_han(cp)) {
			one = nth < n_syl ? syl[nth] : 0;
			if (one == 0 && sounds)
				(void)han_readings(cp, &one, NULL, 1);
			nth++;
			if (gap && out->n > begin)
				buf_putc(out, W_GAP);
			gap = false;
			put_han(out, cp, one, how);
			continue;
		}
		if (how == COLLATE_CYRILLIC && (cp == 0x451 || cp == 0x401))
			cp = 0x435;
		fold_put(&o, cp);
		if (o.n == 0) {
			gap |= !fold_ignores(cp) && cp != '\'' && cp != 0x2019 &&
			    cp != 0x2bb && cp != 0x2bc;
			continue;
		}
		if (gap && out->n > begin)
			buf_putc(out, W_GAP);
		gap = false;
		folded = bytes_make(part, o.n);
		for (k = 0; utf8_next(folded, &k, &letter);)
			put_letter(out, letter, how);
	}
	buf_putc(out, W_END);
	buf_bytes(out, form);
}

void
collate_group(struct buf *out, struct bytes key, enum collation how)
{
	int first = key.n ? key.p[0] : W_END;

	if (first == W_HAN && key.n > 2 && key.p[1] != 255) {
		if (how == COLLATE_STROKE) {
			buf_printf(out, "%d", key.p[1]);
			return;
		}
		if (how == COLLATE_RADICAL) {
			buf_utf8(out, han_radical_char(key.p[1]));
			return;
		}
	}
	if (first >= W_FIRST && first < W_FIRST + 26 &&
	    (how == COLLATE_PINYIN || how == COLLATE_LATIN ||
	    how == COLLATE_STROKE || how == COLLATE_RADICAL))
		buf_putc(out, 'A' + first - W_FIRST);
	else if (how == COLLATE_ZHUYIN && first >= W_FIRST && first < W_HAN)
		buf_utf8(out, (uint32_t)(0x3105 + first - W_FIRST));
	else if (how == COLLATE_CYRILLIC && first >= W_FIRST && first < W_FIRST + 32)
		buf_utf8(out, (uint32_t)(0x410 + first - W_FIRST));
	else if ((how == COLLATE_CYRILLIC || how == COLLATE_ZHUYIN) &&
	    first >= W_LATIN && first < W_LATIN + 26)
		buf_putc(out, 'A' + first - W_LATIN);
	else
		buf_putc(out, '#');
}
