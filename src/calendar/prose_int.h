/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_PROSE_INT_H
#define CALENDAR_PROSE_INT_H

#include "calendar/prose.h"
#include "calendar/western.h"

/* Parts of prose.c that stand in files of their own. */

/* Remember a date for those that lean on it. */
void	prose_remember(struct date_prose *p, const struct date_value *v);

/* Durations and dates told from another: "thirty years", "the same day". */
bool	prose_relative(struct date_prose *p, size_t at, struct date_found *ret);
/*
 * "of that year", "of the same year", "of the following year", "того же года"
 * at at: how many years from the one spoken of, and where it ends.
 */
bool	prose_year_told(struct date_prose *p, size_t at, int32_t *year, size_t *to);
/* A Chinese date around the trigger character at at. */
bool	prose_han(struct date_prose *p, size_t at, struct date_found *ret);
/* Where 公元 begins that ends at at; at when it does not. */
size_t	prose_era_word(struct bytes s, size_t at);

#endif
