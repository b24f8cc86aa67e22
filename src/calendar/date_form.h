/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_DATE_FORM_H
#define CALENDAR_DATE_FORM_H

#include "base/json.h"
#include "calendar/lunar.h"

/* What date_api.c, date_json.c and date_text.c share. */

#define DATE_READINGS	512	/* no text has more */
#define DATE_STATES	64	/* states that may have counted one day */

struct date_answer {
	struct bytes query;
	const struct date_candidate *v;
	size_t n;
	size_t shown;
	unsigned polity;	/* list only as this state counted; 0: all */
};

/* One way in which a state counted a day or a longer time. */
struct counted {
	struct lunar date;
	int32_t year;		/* Y */
	const struct abroad *abroad;	/* an era of Japan or Korea instead */
	bool slip;		/* as the table of months has it, against all others */
};

/* As the reading has it, first; of a day, then as every other state had it. */
size_t	date_counted(const struct date_answer *a, const struct date_candidate *c,
	    struct counted *ret, size_t max);
void	counted_text(const struct counted *c, struct buf *out);

struct pillars {
	int year, month, day;	/* -1: not known */
};
struct pillars	date_pillars(const struct date_answer *a, const struct date_candidate *c);

/* Sentences on what sources do not agree in; each ends with a newline. */
void	date_disputes(const struct date_answer *a, const struct date_candidate *c,
	    struct buf *out);

void	date_json(const struct date_answer *a, struct buf *out);
void	date_error_json(struct bytes query, const struct date_error *e, struct buf *out);
void	date_text(const struct date_answer *a, struct buf *out);

extern const char *const date_calendar_names[DATE_CAL__MAX];
extern const char *const date_precision_names[DATE_PRECISION__MAX];

#endif
