/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_PROSE_HAN_H
#define CALENDAR_PROSE_HAN_H

#include "calendar/prose_int.h"

/* Characters and numerals of Chinese running text (prose_text.c). */

#define CP_NIAN		0x5e74u	/* 年 */
#define CP_ZAI		0x8f09u	/* 載, for 年 from 744 to 758 */
#define CP_ZAI_SIMPLE	0x8f7du	/* 载 */
#define CP_YUE		0x6708u	/* 月 */
#define CP_RI		0x65e5u	/* 日 */
#define CP_SHI		0x4e16u	/* 世 */

/* The character at at, and where it ends; 0 at the end of s. */
uint32_t	cp_at(struct bytes s, size_t at, size_t *to);
/* The character before at, and where it begins; 0 at the start. */
uint32_t	cp_before(struct bytes s, size_t at, size_t *from);
bool	cp_in(uint32_t cp, const char *set);
bool	follows(struct bytes s, size_t at, const char *word);
bool	precedes(struct bytes s, size_t at, const char *word);
/* Nothing or a punctuation mark stands before at. */
bool	sentence_start(struct bytes s, size_t at);
/* A pair of stem and branch stands at at; to: behind it. */
bool	ganzhi_at(struct bytes s, size_t at, size_t *to);

/* 0-9, 10, 20, 30, 40, 100, 1000; -1 for what is no numeral. */
int	numeral(uint32_t cp);

struct number {
	size_t from, to;
	int32_t v;
	int chars;
	bool positional;	/* 1950, 一九五〇 */
};

/* The numeral that ends at to; from == to when there is none. */
struct number	number_before(struct bytes s, size_t to);

/* 1950年2月14日, 公元前221年, 一九三〇年代: n stands before the 年 at behind. */
bool	prose_civil(struct date_prose *p, const struct number *n, size_t behind,
	    struct date_found *ret);
/* "2月14日" at at, into the point; gives where it ends. */
size_t	prose_civil_rest(struct bytes s, size_t at, struct date_point *pt);
/* 十九世紀 with its 世 at at. */
bool	prose_century(struct date_prose *p, size_t at, struct date_found *ret);

#endif
