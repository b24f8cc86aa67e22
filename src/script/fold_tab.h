/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_FOLD_TAB_H
#define SCRIPT_FOLD_TAB_H

#include "script/fold.h"

/* The main block of Han, for those who fold much: 0 is the character itself. */
#define FOLD_URO_FIRST	0x4e00u
#define FOLD_URO	(0xa000 - 0x4e00)
extern const uint16_t fold_uro[FOLD_URO];

/* As UTF-8, folded, for cp of the main block: always three bytes. */
static inline void
fold_uro_put(unsigned char *p, uint32_t cp)
{
	uint32_t v = fold_uro[cp - FOLD_URO_FIRST];

	v = v ? v : cp;
	p[0] = (unsigned char)(0xe0 | v >> 12);
	p[1] = (unsigned char)(0x80 | (v >> 6 & 63));
	p[2] = (unsigned char)(0x80 | (v & 63));
}

#endif
