/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_ALIGN_H
#define SCRIPT_ALIGN_H

#include "script/roman.h"

/*
 * Characters and their romanised form, syllable by syllable.  Missing tones,
 * case, hyphens and spaces do not matter; a written tone that no reading of
 * the character has is taken when nothing better is there, and counted in
 * off.  Any reading of a character will do, also of its variants.
 */
#define ALIGN_MAX	48	/* characters */

struct align_pair {
	uint32_t han_from, han_to;	/* bytes of the characters */
	uint32_t rom_from, rom_to;	/* bytes of the romanised form */
	uint16_t syl;			/* the reading; tone of the character's
					   reading when none is written */
};

struct align {
	enum scheme scheme;	/* that fits; NONE when none does */
	uint16_t n;		/* pairs that fit, from the beginning */
	uint16_t chars;		/* characters there are */
	uint16_t off;		/* tones that differ from every reading */
	uint16_t cost;		/* 0: as it should be */
	bool whole;		/* all characters and the whole string */
	struct align_pair pair[ALIGN_MAX];
};

/*
 * Aligns han (characters; what else is in it is passed over) with roman in
 * this scheme, or with SCHEME_NONE in the first that fits whole, in the
 * order pinyin, Wade-Giles, Palladius, Zhuyin, Gwoyeu, Yale, EFEO, by the
 * script of roman.  true when they fit whole.  When not, *ret has the
 * longest beginning that fits: pair[n - 1] is the last good one, and what
 * follows is where they part ways.
 */
bool	align(struct bytes han, struct bytes roman, enum scheme scheme,
	    struct align *ret);

/* Whether they fit in one of the schemes; SCHEME_NONE when not.  Quick. */
enum scheme	align_scheme(struct bytes han, struct bytes roman);

/*
 * In running text, where a romanised form stands beside characters.
 *
 * align_end: roman is the text before the characters han: the words at its
 * end that read han, or a beginning of han of two characters and more
 * (ret->n of them; the rest of han goes on in prose).  *from is where the
 * first word begins.
 *
 * align_begin: roman is the text after han: the words at its beginning that
 * read han, or an end of han of two characters and more (the pairs say from
 * which byte on).  *to is behind the last word.
 *
 * What may stand between them (spaces, brackets) the caller takes away.
 * false when nothing fits.
 */
bool	align_end(struct bytes roman, struct bytes han, size_t *from, struct align *ret);
bool	align_begin(struct bytes han, struct bytes roman, size_t *to, struct align *ret);

#endif
