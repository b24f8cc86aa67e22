/* SPDX-License-Identifier: ISC */
/* Dates and durations in prose. */
#include "annotate/inside.h"
#include "calendar/prose.h"

void
dates_find(struct entry *e, struct spans *s)
{
	struct date_prose p;
	struct date_found f;
	struct span *v;

	if (e->text.n == 0)
		return;
	date_prose_start(&p, e->text, NULL);
	while (date_prose_next(&p, &f)) {
		char text[MAX(DATE_EDTF_MAX, PERIOD_TEXT)];

		if (f.to > e->text.n || f.from >= f.to || (v = spans_add(s)) == NULL)
			return;
		v->from = (uint32_t)f.from;
		v->to = (uint32_t)f.to;
		if (f.kind == FOUND_DURATION) {
			v->type = SPAN_DURATION;
			period_text(&f.period, text);
		} else {
			v->type = SPAN_DATE;
			v->lo = f.v.lo;
			v->hi = f.v.hi;
			v->doubt = f.doubt;
			date_edtf(&f.v, text);
		}
		v->a = arena_bytes(s->a, bytes_str(text));
	}
}
