/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_CHINESE_H
#define CALENDAR_CHINESE_H

#include "calendar/bound.h"
#include "calendar/lunar.h"
#include "calendar/numeral.h"

/*
 * A date in Chinese words: names (state, ruler, era) and then year, season,
 * month and day, each of which may be missing.  chinese_scan.c reads the
 * words, chinese_place.c finds the years, chinese_days.c the days in them;
 * chinese_error.c says what is wrong.
 */

enum season { SEASON_NONE, SPRING, SUMMER, AUTUMN, WINTER };

enum month_word {
	MONTH_NONE,
	MONTH_IS,	/* number */
	MONTH_ONE,	/* 一月: the first, but Wu Zetian's third */
	MONTH_LAST,	/* 臘月: the last, but Wu Zetian's second */
	MONTH_BRANCH,	/* 子月, 建子月 */
	MONTH_LEAP,	/* 閏月 without a number */
};

/* What was written after the names. */
struct written {
	int32_t year;		/* 0: none */
	int8_t year_gz;		/* -1: none */
	int8_t day_gz;
	int8_t first_gz;	/* 丁亥朔: the month's first day */
	uint8_t season;
	uint8_t month_word;
	int8_t month;		/* number, or branch */
	bool leap;		/* 閏 or 後 */
	bool second;		/* 後 */
	int32_t day;		/* 0: none; as large as it was written */
	bool last_day;		/* 晦 */
	bool full_moon;		/* 望 */
	bool day_mark;		/* 日 or 號 after the number */
	bool lunar_mark;	/* 初, 廿, 正月, 閏 ...: no Gregorian month or day */
	uint8_t part;		/* enum date_part: of a month (旬), a year, an era */
	bool of_era;		/* 年間: no year, the era itself */
	bool named_part;	/* a word after it says so: 代, 初, 年間 */
	bool approx;		/* 約, 左右 */
	bool lunar_word;	/* 農曆 */
	uint8_t year_digits;	/* figures of a year written one by one, else 0 */
	bool year_word;		/* 年 */
	uint8_t spare;		/* 1 前, 2 中, 3 後 */
};

static inline bool
has_day(const struct written *w)
{
	return w->day || w->day_gz >= 0 || w->last_day || w->first_gz >= 0;
}

static inline bool
has_month(const struct written *w)
{
	return w->month_word != MONTH_NONE;
}

/* Who named the year: lists of names.c, n 0 for not said. */
struct who {
	struct id_list polity, emperor, era, abroad;
	struct bytes polity_text, era_text;	/* as written */
};

/*
 * Reads all of s from at on.  false: it is not that; *reached is how far the
 * words made sense.
 */
bool	chinese_scan(struct bytes s, size_t at, struct written *w, size_t *reached);
/* Quotation marks and brackets around it all and a full stop behind, off. */
struct bytes	date_bare(struct bytes s);
/* Chinese, or else Western. */
int	date_read_either(struct bytes s, const struct date_context *ctx,
	    struct date_candidate *ret, size_t max, struct date_error *err) MUST_CHECK;
/*
 * A date with a word before or behind it that bounds it, the day of the week
 * or the same date in brackets.  0 when there is none of these; else as
 * date_read.
 */
int	date_read_around(struct bytes s, const struct date_context *ctx,
	    struct date_candidate *ret, size_t max, struct date_error *err) MUST_CHECK;
/* Has it a character past the Latin, Greek and Cyrillic ones? */
bool	chinese_letters(struct bytes s);
/* Behind blanks, commas and middle dots. */
size_t	chinese_blanks(struct bytes s, size_t at);

/* Candidates as they come, the best max of them kept in order. */
struct picks {
	struct date_candidate *v;
	size_t max;
	size_t n;		/* all that came, kept or not */
};

void	picks_add(struct picks *p, const struct date_candidate *c);

/* Adds every way to take w for who; gives how many came. */
size_t	chinese_place(const struct who *who, const struct written *w,
	    const struct date_context *ctx, struct picks *out);
/* Without names: sexagenary years, or a Gregorian year. */
size_t	chinese_place_cycle(const struct written *w, const struct date_context *ctx,
	    struct picks *out);
/* Without a year, in the year of ctx->day. */
size_t	chinese_place_context(const struct written *w, const struct date_context *ctx,
	    struct picks *out);

enum placed {
	PLACED,
	NO_YEAR,	/* the calendar has no such year */
	NO_CYCLE,	/* the year is another of the sixty */
	NO_MONTH,	/* no such month in it */
	NO_DAY,		/* the month is shorter */
	NO_PAIR,	/* no day of that pair in it */
	NOT_FIRST,	/* its first day is another pair */
	OUTSIDE,	/* the reign does not reach there */
};

/* The days of w in year Y of a calendar, not yet cut to a reign (NULL: none). */
enum placed	chinese_days(int cal, int32_t year, const struct reign *r,
		    const struct written *w, jdn_t *lo, jdn_t *hi);

/* Western months and days in Chinese words, or the fault. */
int	chinese_civil(struct bytes s, const struct date_context *ctx, struct picks *out,
	    struct date_error *err);
/* Gregorian month and day of a known year; 0 or date_fail's. */
int	chinese_civil_days(int32_t year, const struct written *w, bool julian,
	    jdn_t *lo, jdn_t *hi, struct date_error *err);
enum date_precision	chinese_precision(const struct written *w);
/* [lo, hi] cut to a third or a half of it. */
void	chinese_part(enum date_part part, jdn_t *lo, jdn_t *hi);
/* Of a month: 上旬 and 中旬 are ten days each, 下旬 those that are left. */
void	chinese_ten_days(enum date_part part, jdn_t *lo, jdn_t *hi);

/* Says why who and w give nothing.  Gives LEISHU_ESYNTAX. */
int	chinese_why_not(const struct who *who, const struct written *w,
	    size_t understood, struct date_error *err);
/*
 * Names up to named, and more up to reached, were read; what follows is no
 * name and no part of a date.
 */
int	chinese_unknown(struct bytes s, size_t named, size_t reached,
	    struct date_error *err);

#endif
