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
#define CP_TIAN		0x5929u	/* 天 */
#define CP_DUO		0x591au	/* 多 */
#define CP_SHI		0x4e16u	/* 世 */
#define CP_CHU		0x521du	/* 初 */
#define CP_MO		0x672bu	/* 末 */
#define CP_ZHONG	0x4e2du	/* 中 */
#define CP_JIAN		0x9593u	/* 間 */
#define CP_JIAN_SIMPLE	0x95f4u	/* 间 */

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
/* Where the names before a year begin: era, emperor, polity; at if none. */
size_t	han_names_before(struct bytes s, size_t at, size_t floor, bool *era);
/*
 * The longest readable part of a year [from, behind) with what follows it; its
 * era ends at era_end.  Not named: it leans on the era before.
 */
bool	han_year(struct date_prose *p, size_t from, size_t era_end, size_t behind,
    bool named, struct date_found *ret);
/* [from, to) as it is. */
bool	han_read(struct date_prose *p, size_t from, size_t to, struct date_found *ret);

/* 開元中, 貞觀初年 with its 中 or 初 at at. */
bool	prose_era_part(struct date_prose *p, size_t at, struct date_found *ret);
/* 淳熙丙申 with the 丙申 at [at, behind). */
bool	prose_era_pair(struct date_prose *p, size_t at, size_t behind,
    struct date_found *ret);

/* 十九世紀 with its 世 at at. */
bool	prose_century(struct date_prose *p, size_t at, struct date_found *ret);

#endif
