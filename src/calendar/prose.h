/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_PROSE_H
#define CALENDAR_PROSE_H

#include "calendar/calendar.h"
#include "calendar/interval.h"

/*
 * Dates and durations in running text of mixed languages (English, Chinese,
 * Russian), one after another.  A date that leans on what was said before
 * ("in January", "the following year", 是月, 庚午) is read with it, and its
 * doubt says so.  Numbers that are no dates (pages, volumes, sums, counts)
 * are passed over.
 */
enum found_kind { FOUND_DATE, FOUND_DURATION };

struct date_found {
	size_t from, to;	/* bytes of the text */
	enum found_kind kind;
	struct date_value v;	/* FOUND_DATE */
	struct period period;	/* FOUND_DURATION */
	/*
	 * 0: written in full; 15: two calendars or states are possible; 25: leans
	 * on the date before; 40: leans on it and could be meant otherwise.
	 */
	uint8_t doubt;
};

#define PROSE_ERA_MAX	48

struct date_prose {
	struct bytes text;
	size_t at;		/* where the walk goes on */
	size_t done;		/* end of what was found last */
	struct date_context ctx;
	struct date_value last;	/* the date spoken of last */
	size_t last_at;		/* where it ended in the text */
	bool has_last;
	bool last_words;	/* it was written in Western words or numbers */
	/* the last Chinese date, to lean on: 唐開元, then its year and month */
	char era[PROSE_ERA_MAX];
	uint8_t n_era;
	int16_t era_year;
	int8_t era_month;	/* 0: none */
	uint8_t era_leap;
};

/* Borrows text.  ctx may be NULL: nothing known before. */
void	date_prose_start(struct date_prose *p, struct bytes text,
	    const struct date_context *ctx);
/* The next one, or false at the end.  Found stretches never overlap. */
bool	date_prose_next(struct date_prose *p, struct date_found *ret);

#endif
