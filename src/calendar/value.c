/* SPDX-License-Identifier: ISC */
/* What a reader hands back: values, EDTF, sentences about failure. */
#include "calendar/calendar.h"

#include <stdarg.h>

#include "base/utf8.h"

struct date_value
date_value_make(jdn_t lo, jdn_t hi, enum date_precision p, enum date_calendar cal)
{
	return (struct date_value){
		.lo = lo, .hi = hi, .lo_max = hi, .hi_min = lo,
		.precision = (uint8_t)p, .calendar = (uint8_t)cal,
	};
}

/* One end of an interval. */
static void
end_text(jdn_t j, bool open, char out[CIVIL_TEXT])
{
	if (open)
		memcpy(out, "..", 3);
	else
		civil_text(gregorian_from_jdn(j), out);
}

/* A whole Gregorian month or year is written as one. */
static bool
whole_text(jdn_t lo, jdn_t hi, char out[CIVIL_TEXT])
{
	struct civil a = gregorian_from_jdn(lo), b = gregorian_from_jdn(hi);
	size_t n;

	civil_text(a, out);
	if (lo == hi)
		return true;
	n = strlen(out);
	if (a.day != 1 || a.year != b.year ||
	    b.day != gregorian_month_days(b.year, b.month))
		return false;
	if (a.month == b.month)
		out[n - 3] = 0;
	else if (a.month == 1 && b.month == 12)
		out[n - 6] = 0;
	else
		return false;
	return true;
}

void
date_edtf(const struct date_value *v, char out[DATE_EDTF_MAX])
{
	char a[CIVIL_TEXT], b[CIVIL_TEXT];
	bool open = v->flags & (DATE_OPEN_LO | DATE_OPEN_HI);
	const char *mark = (v->flags & DATE_APPROX) && (v->flags & DATE_UNCERTAIN) ? "%" :
	    v->flags & DATE_APPROX ? "~" : v->flags & DATE_UNCERTAIN ? "?" : "";

	if (v->edtf[0]) {
		memcpy(out, v->edtf, DATE_EDTF_MAX);
		out[DATE_EDTF_MAX - 1] = 0;
		return;
	}
	if (!open && whole_text(v->lo, v->hi, a)) {
		(void)snprintf(out, DATE_EDTF_MAX, "%s%s", a, mark);
		return;
	}
	end_text(v->lo, v->flags & DATE_OPEN_LO, a);
	end_text(v->hi, v->flags & DATE_OPEN_HI, b);
	(void)snprintf(out, DATE_EDTF_MAX, "%s%s/%s%s", a,
	    v->flags & DATE_OPEN_LO ? "" : mark, b,
	    v->flags & DATE_OPEN_HI ? "" : mark);
}

int
date_fail(struct date_error *e, enum date_fault fault, size_t understood,
    const char *fmt, ...)
{
	struct bytes cut;
	va_list ap;
	int n;

	if (e == NULL)
		return LEISHU_ESYNTAX;
	e->fault = fault;
	e->understood = understood;
	va_start(ap, fmt);
	n = vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof(e->text)) {
		cut = utf8_cut(bytes_str(e->text), sizeof(e->text) - 4);
		memcpy(e->text + cut.n, "…", 4);
	}
	return LEISHU_ESYNTAX;
}
