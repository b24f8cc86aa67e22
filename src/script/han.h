/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_HAN_H
#define SCRIPT_HAN_H

#include "base/base.h"

/* What is known of a single character. */

/*
 * Its readings, the most common first, as syllables with tone (roman.h):
 * Unihan's kMandarin, kTGHZ2013, kXHC1983 and kHanyuPinyin, ordered by how
 * often words read it so.  Gives how many there are; at most cap go to v.
 * cost, when not NULL, says how much rarer than the first each is: 0 to 15,
 * about the binary logarithm.
 */
#define HAN_READINGS	16	/* the most any character has here */
size_t	han_readings(uint32_t cp, uint16_t *v, uint8_t *cost, size_t cap);

unsigned int	han_strokes(uint32_t cp);	/* 0: not known */
/* Kangxi radical 1-214 (0: not known), strokes beside it. */
unsigned int	han_radical(uint32_t cp, unsigned int *rest);
/* The radical as a character: 1 is 一. */
uint32_t	han_radical_char(unsigned int radical);

/* Character by character, the commonest first; cp itself when there is none. */
uint32_t	han_simplify(uint32_t cp);
uint32_t	han_traditional(uint32_t cp);
/*
 * The same for character i of n: words decide what a character that may
 * become several does become (皇后, 後來).
 */
uint32_t	han_simplify_in(const uint32_t *s, size_t n, size_t i);
uint32_t	han_traditional_in(const uint32_t *s, size_t n, size_t i);
/* All the traditional characters a simplified one may stand for. */
size_t	han_traditionals(uint32_t cp, uint32_t *v, size_t cap);

#endif
