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

/* The character that stands for cp and all its variants; cp itself if none. */
uint32_t	fold_han(uint32_t cp);

bool	is_han(uint32_t cp);	/* unified, extensions, compatibility, 〇 々 */

#endif
