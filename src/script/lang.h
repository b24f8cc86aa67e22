/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_LANG_H
#define SCRIPT_LANG_H

#include "base/base.h"

/*
 * In what script a stretch of text is written, and under which BCP 47 tag
 * a page should set it.
 */
enum script {
	SCRIPT_NONE,		/* no letter */
	SCRIPT_LATIN, SCRIPT_HAN, SCRIPT_KANA, SCRIPT_HANGUL, SCRIPT_BOPOMOFO,
	SCRIPT_CYRILLIC, SCRIPT_GREEK, SCRIPT_ARABIC, SCRIPT_HEBREW,
	SCRIPT_TIBETAN, SCRIPT_MONGOLIAN, SCRIPT_MANCHU, SCRIPT_THAI,
	SCRIPT_DEVANAGARI, SCRIPT_OTHER,
	SCRIPT__MAX
};

/* SCRIPT_NONE for signs, marks and digits; Manchu is told by lang_guess. */
enum script	script_of(uint32_t cp);
/* The first script of s in the order Kana, Hangul, Han, then the most used. */
enum script	script_of_text(struct bytes s);
/* ISO 15924: "Latn"; "Zyyy" for none. */
const char	*script_code(enum script s);

/* How characters tell simplified from traditional. */
struct han_count {
	size_t n;		/* Han characters */
	size_t simp, trad;	/* of them only simplified, only traditional */
};

/* 1 only simplified, 2 only traditional, 0 neither. */
int	han_side(uint32_t cp);
/* Adds what s holds to *c. */
void	han_count_add(struct han_count *c, struct bytes s);

/*
 * The tag of a name or a run: Han by its own characters, zh-Hant or zh-Hans
 * when one side alone or most of them speak for it, else han (what the rest
 * of the entry or the collection is in; NULL: zh-Hant); with kana ja;
 * Latin with a pinyin tone mark on fitting syllables zh-Latn-pinyin;
 * Cyrillic ru, Hangul ko, Tibetan bo, ...; other Latin gives latin (NULL:
 * "und-Latn").  Never NULL, never freed.
 */
const char	*lang_guess(struct bytes s, const char *han, const char *latin);
/* zh-Hant or zh-Hans if c leans to one, else def. */
const char	*lang_of_han(const struct han_count *c, const char *def);

#endif
