/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_COLLATE_H
#define SCRIPT_COLLATE_H

#include "base/buf.h"

/*
 * Sort keys: byte strings that memcmp puts in order.
 */
enum collation {
	COLLATE_PINYIN,		/* A-Z; Han by reading, Latin among them */
	COLLATE_STROKE,		/* strokes, then radical */
	COLLATE_RADICAL,	/* Kangxi radical, then strokes beside it */
	COLLATE_ZHUYIN,		/* ㄅ to ㄩ */
	COLLATE_CYRILLIC,	/* А to Я, then the rest */
	COLLATE_LATIN,		/* A to Z, marks last; articles count */
	COLLATE__MAX
};

/*
 * The key of form.  syl are the syllables of its Han characters, n_syl of
 * them, used by PINYIN and ZHUYIN; without any the likeliest reading is
 * found, past the last of them each character's commonest is taken.  The
 * form itself ends the key, so that equal keys are equal forms.
 */
void	collate_key(struct buf *out, struct bytes form, const uint16_t *syl,
	    size_t n_syl, enum collation how);

/*
 * The heading under which a key stands: "A" to "Z", a number of strokes, the
 * radical's character, "ㄌ", "Д"; "#" for digits, signs and other scripts.
 */
void	collate_group(struct buf *out, struct bytes key, enum collation how);

#endif
