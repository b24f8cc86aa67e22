/* SPDX-License-Identifier: ISC */
/* Any bytes as a date: never a crash, and what is read keeps its promises. */
#include <leishu/date.h>

#include "calendar/calendar.h"

static void
must(bool holds)
{
	if (!holds)
		abort();
}

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct leishu_date_options o;
	struct date_candidate c[64];
	struct date_error e = { 0 };
	char edtf[DATE_EDTF_MAX], *answer = NULL;
	int i, got = date_read(bytes_make(p, n), NULL, c, NELEM(c), &e);

	must(got != 0);
	if (got < 0)
		must(e.text[0] && e.fault != DATE_FAULT_NONE);
	for (i = 0; i < got && i < (int)NELEM(c); i++) {
		must(c[i].v.lo <= c[i].v.hi);
		must(c[i].v.lo >= JDN_MIN && c[i].v.hi <= JDN_MAX);
		must(i == 0 || c[i].score <= c[i - 1].score);
		date_edtf(&c[i].v, edtf);
		must(edtf[0] && strlen(edtf) < DATE_EDTF_MAX);
	}
	leishu_date_options_defaults(&o);
	o.form = n & 1 ? LEISHU_DATE_JSON : LEISHU_DATE_TEXT;
	o.limit = 8;
	must((leishu_date((const char *)p, n, &o, &answer) > 0) == (got > 0));
	leishu_date_free(answer);
	return 0;
}
