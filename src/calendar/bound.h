/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_BOUND_H
#define CALENDAR_BOUND_H

#include "calendar/calendar.h"

/* Dates of any language: parts of them, words such as "before", their EDTF. */

enum date_shape {
	SHAPE_POINT, SHAPE_BEFORE, SHAPE_AFTER, SHAPE_UNTIL, SHAPE_SINCE,
	SHAPE_RANGE,	/* a to b: a stretch */
	SHAPE_BETWEEN,	/* some day from a to b */
	SHAPE_EITHER,	/* a or b */
	SHAPE_WITHIN,	/* a to b, both made from "1130 ± 10" */
	SHAPE_LASTS_UNTIL	/* "until 1963": a stretch with an unknown beginning */
};

/* The part of a year, month, decade or century that is meant. */
enum date_part {
	PART_NONE, PART_EARLY, PART_MID, PART_LATE, PART_HALF1, PART_HALF2,
	PART_BEGIN, PART_END, PART_QUARTER2, PART_QUARTER3, PART_TENTH1, PART_TENTH10
};

/* What before, after, until, since do to what they stand by. */
void	date_bound(struct date_value *v, enum date_shape shape);
/* About: five years each way, for days and months as much less. */
void	date_widen(struct date_value *v);
/* Of n readings those of a day that fell on this one of the week, first. */
int	date_keep_weekday(struct date_candidate *v, int n, int day);

/* The value's own EDTF text; what does not fit leaves it to date_edtf(). */
void	date_edtf_set(struct date_value *v, const char *fmt, ...) PRINTF(2, 3);
/*
 * The interval from a to b, each the EDTF of a point, a set or "..".  Left
 * alone when EDTF has no interval of the two.
 */
void	date_edtf_join(struct date_value *v, const char *a, const char *b);

#endif
