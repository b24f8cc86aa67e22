/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_BOUND_H
#define CALENDAR_BOUND_H

#include "calendar/calendar.h"

/* How words such as "before" bound a date, in any language. */

enum date_shape {
	SHAPE_POINT, SHAPE_BEFORE, SHAPE_AFTER, SHAPE_UNTIL, SHAPE_SINCE,
	SHAPE_RANGE,	/* a to b: a stretch */
	SHAPE_BETWEEN,	/* some day from a to b */
	SHAPE_EITHER,	/* a or b */
	SHAPE_WITHIN,	/* a to b, both made from "1130 ± 10" */
	SHAPE_LASTS_UNTIL	/* "until 1963": a stretch with an unknown beginning */
};

/* What before, after, until, since do to what they stand by. */
void	date_bound(struct date_value *v, enum date_shape shape);
/* About: five years each way, for days and months as much less. */
void	date_widen(struct date_value *v);

#endif
