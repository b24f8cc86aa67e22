/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_INTERVAL_H
#define CALENDAR_INTERVAL_H

#include "calendar/calendar.h"

/*
 * Arithmetic with dates in doubt.  An answer is yes or no only when it holds
 * for every day the words allow; else it is maybe.
 */
enum tri { TRI_NO, TRI_MAYBE, TRI_YES };

/* a ends before b begins. */
enum tri	date_before(const struct date_value *a, const struct date_value *b);
/* Some day belongs to both. */
enum tri	date_overlaps(const struct date_value *a, const struct date_value *b);
/* All of a lies in b. */
enum tri	date_within(const struct date_value *a, const struct date_value *b);

/* A period: ISO 8601 "P30Y", "P1Y6M", "P2W", "P10D"; or a duration in words. */
struct period {
	int32_t years, months, days;
	bool approx;		/* "about thirty years", "many weeks" */
	/* "many weeks": from days to days_max; else days_max is 0 */
	int32_t days_max;
};

int	period_read_iso(struct bytes s, struct period *ret) MUST_CHECK;
/* At least 40 bytes. */
#define PERIOD_TEXT	40
void	period_text(const struct period *p, char out[PERIOD_TEXT]);

/*
 * Calendar addition in the Gregorian calendar: 31 January + P1M is 28 or 29
 * February.  years and months first, then days.  sign -1 subtracts.
 * LEISHU_ESYNTAX past the ends of the line.
 */
int	date_add(const struct date_value *a, const struct period *p, int sign,
	    struct date_value *ret) MUST_CHECK;

/* Whole years between two days as ages are counted in the West. */
struct age {
	int32_t min, max;	/* in doubt the two differ */
};
int	date_age(const struct date_value *born, const struct date_value *at,
	    struct age *ret) MUST_CHECK;
/*
 * In sui: one at birth, one more with each lunar new year.  new_year gives
 * the number of new years up to a day (any fixed beginning will do).
 */
int	date_age_sui(const struct date_value *born, const struct date_value *at,
	    int32_t (*new_years)(jdn_t), struct age *ret) MUST_CHECK;

/* How long from a to b may be, in days: least and most; b not before a. */
int	date_distance(const struct date_value *a, const struct date_value *b,
	    int32_t *min, int32_t *max) MUST_CHECK;
/* "many weeks", "about two months", "thirty years": words for that many days. */
#define DISTANCE_TEXT	64
void	distance_words(int32_t days, char out[DISTANCE_TEXT]);

#endif
