/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_FOLD_H
#define SCRIPT_FOLD_H

#include "base/buf.h"

/*
 * Folding: what two spellings of one name have in common.
 *
 * fold_name makes the key under which a whole name is stored and looked up:
 * NFKC, case, marks, spaces, hyphens, apostrophes and punctuation gone, Han
 * by fold_han, katakana as hiragana, Cyrillic yo as ye.  A broken byte
 * sequence and an unassigned code point stand for themselves.  The key of
 * what has no letter, digit or Han is empty.
 */
void	fold_name(struct bytes s, struct buf *out);

/*
 * The form as typed, but for NFKC, case and white space (runs of it become
 * one space, none at the ends): tells 后 from 後 where their keys agree.
 */
void	fold_exact(struct bytes s, struct buf *out);

/* The character that stands for cp and all its variants; cp itself if none. */
uint32_t	fold_han(uint32_t cp);

/*
 * The ith character that a folded one may stand for in Japanese (芸 for 藝)
 * or that may be written so, as folded; 0 when there are no more.
 */
uint32_t	fold_japanese_form(uint32_t cp, size_t i);

bool	is_han(uint32_t cp);	/* unified, extensions, compatibility, 〇 々 */
bool	is_private(uint32_t cp);	/* private use: mostly Han not encoded */

/*
 * One code point at a time, for those who walk a text: appends what cp
 * folds to at p + n, which has room for FOLD_ROOM bytes more.  last lets a
 * kana meet its voicing mark and jamo their syllable; 0 begins anew.
 */
#define FOLD_ROOM	96

struct fold_out {
	unsigned char *p;
	size_t n;
	uint32_t last;		/* what was appended last */
	size_t last_at;		/* and where */
};

void	fold_put(struct fold_out *o, uint32_t cp);

/* A mark, joiner or soft hyphen: no part of a key, yet no end of a word. */
bool	fold_ignores(uint32_t cp);

#endif
