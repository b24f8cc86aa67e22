/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include "base/base.h"
#include "base/buf.h"

/*
 * Every date of every calendar on one line: the line is the Julian day
 * number, a date that was read is an interval of days with its doubt kept,
 * and what can be read in two ways gives two candidates.  Nothing here
 * allocates but what is written to a struct buf.
 */

/* A day.  0 is 1 January 4713 BC (Julian); a day begins at midnight. */
typedef int32_t jdn_t;

#define JDN_NONE	INT32_MIN
#define JDN_MIN		(-1931500)	/* before -9999-01-01 in either calendar */
#define JDN_MAX		5373850		/* after 9999-12-31 in either */
#define YEAR_MIN	(-9999)		/* astronomical: 0 is 1 BC, -1 is 2 BC */
#define YEAR_MAX	9999
#define JDN_REFORM	2299161		/* 15 October 1582, the first Gregorian day */

/* ---- Gregorian and Julian, both proleptic (civil.c) ---- */

struct civil {
	int32_t year;		/* astronomical */
	int8_t month;		/* 1-12 */
	int8_t day;		/* 1-31 */
};

/* Days of a month; 0 when there is no such month. */
int	gregorian_month_days(int32_t year, int month);
int	julian_month_days(int32_t year, int month);

/*
 * LEISHU_ESYNTAX when there is no such day in that calendar, or a year out
 * of YEAR_MIN..YEAR_MAX; *ret is then left alone.
 */
int	jdn_from_gregorian(struct civil c, jdn_t *ret) MUST_CHECK;
int	jdn_from_julian(struct civil c, jdn_t *ret) MUST_CHECK;
/* The same without the questions: month 1-12; days run over as they will. */
jdn_t	jdn_gregorian(int32_t year, int month, int day);
jdn_t	jdn_julian(int32_t year, int month, int day);
struct civil	gregorian_from_jdn(jdn_t j);
struct civil	julian_from_jdn(jdn_t j);
int	jdn_weekday(jdn_t j);	/* 0 Monday - 6 Sunday */

extern const char *const civil_months[13];	/* English; 1 is "January" */
extern const char *const civil_weekdays[7];

/* "1898-09-21", "-0220-11-14"; at least 13 bytes. */
#define CIVIL_TEXT	16
void	civil_text(struct civil c, char out[CIVIL_TEXT]);

/* ---- the sexagenary cycle: 0 甲子 - 59 癸亥 (ganzhi.c) ---- */

int	ganzhi_day(jdn_t j);
int	ganzhi_year(int32_t year);	/* of the lunar year that begins in it */
/* Month 1 (寅) - 12 (丑) of a lunar year with that ganzhi. */
int	ganzhi_month(int year_ganzhi, int month);
const char	*ganzhi_text(int g);	/* "甲子"; "" out of range */
/* What s begins with: a pair (6 bytes), a branch (3 bytes: 0 子); or -1. */
int	ganzhi_read(struct bytes s);
int	ganzhi_branch(struct bytes s);

/* ---- what was read ---- */

enum date_calendar {
	DATE_CAL_NONE,
	DATE_CAL_GREGORIAN,
	DATE_CAL_JULIAN,
	DATE_CAL_CHINESE,	/* lunisolar, of some polity */
	DATE_CAL_REPUBLIC,	/* 民國 year, Gregorian month and day */
	DATE_CAL_JAPANESE,	/* era year, Gregorian month and day, or the year only */
	DATE_CAL_KOREAN,
	DATE_CAL__MAX
};

/* How fine the words were, from fine to coarse. */
enum date_precision {
	DATE_DAY,
	DATE_MONTH,
	DATE_SEASON,
	DATE_PART,		/* early, mid, late, first half of ... */
	DATE_YEAR,
	DATE_DECADE,
	DATE_CENTURY,
	DATE_SPAN,		/* from ... to ... */
	DATE_PRECISION__MAX
};

enum date_flags {
	DATE_APPROX = 1u << 0,		/* circa; EDTF ~ */
	DATE_UNCERTAIN = 1u << 1,	/* perhaps; EDTF ? */
	DATE_OPEN_LO = 1u << 2,		/* before, until: lo is JDN_MIN or unknown */
	DATE_OPEN_HI = 1u << 3,		/* after, since: hi is JDN_MAX or unknown */
	DATE_EXTENT = 1u << 4,		/* lasts from lo to hi; else some day between */
	DATE_DISPUTED = 1u << 5,	/* sources differ */
	DATE_OLD_STYLE = 1u << 6,	/* O.S. was written */
	DATE_FLORUIT = 1u << 7,		/* fl. */
	DATE_BORN = 1u << 8,		/* b. */
	DATE_DIED = 1u << 9,		/* d. */
	DATE_REIGNED = 1u << 10,	/* r. */
};

#define DATE_EDTF_MAX	56

/*
 * All that the words promise: the day meant is no earlier than lo and no
 * later than hi, both included.  With DATE_EXTENT it is a stretch of time:
 * it begins in [lo, lo_max] and ends in [hi_min, hi].  Without, lo_max is hi
 * and hi_min is lo.  An open end (DATE_OPEN_*) is JDN_MIN or JDN_MAX.
 */
struct date_value {
	jdn_t lo, hi;
	jdn_t lo_max, hi_min;
	uint16_t flags;			/* enum date_flags */
	uint8_t precision;		/* enum date_precision */
	uint8_t calendar;		/* enum date_calendar, as it was read */
	char edtf[DATE_EDTF_MAX];	/* as the reader knows it, or "": date_edtf() makes it */
};

/* A whole value from its days, the rest as said above. */
struct date_value	date_value_make(jdn_t lo, jdn_t hi, enum date_precision p,
			    enum date_calendar cal);

/*
 * EDTF (ISO 8601-2) in proleptic Gregorian days, with a NUL: v->edtf when it
 * is set, else made from lo, hi and flags: a day, a month, a year where the
 * interval is just that, else "lo/hi", "../hi", "lo/..".
 */
void	date_edtf(const struct date_value *v, char out[DATE_EDTF_MAX]);

/* A date in the Chinese calendar of some state; 0 is "not said". */
struct lunar {
	uint16_t reign;		/* row of the table of reigns (lunar.h), 0: none */
	int16_t year;		/* of the era or reign, 1 is 元年 */
	int8_t month;		/* 1-12; -1, -2: 正, 臘 of Wu Zetian's calendar */
	uint8_t leap;		/* 1: a leap month (2: the second of its number) */
	int8_t day;		/* 1-30 */
};

/*
 * One way to read the words.  Scores are parts in a thousand of likelihood
 * among the candidates, compared and no more.
 */
struct date_candidate {
	struct date_value v;
	struct lunar lunar;	/* when v.calendar is not Western */
	uint16_t score;		/* 0-1000; candidates come best first */
	uint16_t polity;	/* ids into the tables of lunar.h; 0: none */
	uint16_t emperor;
	uint16_t era;
	const char *reason;	/* why this reading, one static English clause, or NULL */
};

/* ---- what could not be read ---- */

enum date_fault {
	DATE_FAULT_NONE,
	DATE_FAULT_SYNTAX,	/* no date at all */
	DATE_FAULT_MONTH,	/* month 13, a leap month that did not exist */
	DATE_FAULT_DAY,		/* 31 April, day 30 of a short month */
	DATE_FAULT_YEAR,	/* out of range, past the end of an era */
	DATE_FAULT_ERA,		/* no such era */
	DATE_FAULT_CUT,		/* 5-14 October 1582 in the Gregorian reform */
	DATE_FAULT_ORDER,	/* ends before it begins */
	DATE_FAULT_LIMIT,	/* too long to be a date */
	DATE_FAULT__MAX
};

#define DATE_ERROR_TEXT	400

/*
 * text is one clear sentence for people, without a full stop: "31 April:
 * April has 30 days".  understood counts the bytes that made sense before
 * the fault: of two readers that fail, the one that got further speaks.
 */
struct date_error {
	enum date_fault fault;
	size_t understood;
	char text[DATE_ERROR_TEXT];
};

/* Fills e (may be NULL) and gives LEISHU_ESYNTAX; cuts text at a character. */
int	date_fail(struct date_error *e, enum date_fault fault, size_t understood,
	    const char *fmt, ...) PRINTF(4, 5);

/* ---- reading ---- */

#define DATE_INPUT_MAX	256	/* bytes of one date; more is DATE_FAULT_LIMIT */

/* What is known around the words.  All zeros is: nothing. */
struct date_context {
	uint16_t polity;	/* prefer this state's calendar; 0: none */
	bool has_day;		/* day is the day spoken of before */
	jdn_t day;
	bool old_style;		/* Western dates before 1918 are Julian, as in Russia */
	bool day_first;		/* 3/4/1949 is 3 April; false: both, day first leads */
};

/*
 * Reads all of s, white space at both ends aside.  Gives how many ways there
 * are to read it (at least 1) and writes the first max of them, best first;
 * the number may exceed max.  LEISHU_ESYNTAX: err (may be NULL) says what was
 * wrong; the candidates are left alone.  A neighbouring date is never given
 * in silence.
 */
int	date_read(struct bytes s, const struct date_context *ctx,
	    struct date_candidate *ret, size_t max, struct date_error *err) MUST_CHECK;

/* The readers date_read asks, with the same contract. */
int	date_read_chinese(struct bytes s, const struct date_context *ctx,
	    struct date_candidate *ret, size_t max, struct date_error *err) MUST_CHECK;
/* English, Russian, numeric and EDTF (western*.c, edtf.c). */
int	date_read_western(struct bytes s, const struct date_context *ctx,
	    struct date_candidate *ret, size_t max, struct date_error *err) MUST_CHECK;

#endif
