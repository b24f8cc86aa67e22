/* SPDX-License-Identifier: ISC */
/* Any bytes as prose: found stretches ascend, stay inside, hold a date. */
#include "calendar/prose.h"

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
	struct date_prose prose;
	struct date_found f;
	struct period back;
	char text[PERIOD_TEXT];
	size_t last = 0;

	date_prose_start(&prose, bytes_make(p, n), NULL);
	while (date_prose_next(&prose, &f)) {
		must(f.from >= last && f.from < f.to && f.to <= n);
		last = f.to;
		if (f.kind == FOUND_DATE) {
			must(f.v.lo <= f.v.hi);
			must(f.v.lo >= JDN_MIN && f.v.hi <= JDN_MAX);
			must(memchr(f.v.edtf, 0, sizeof(f.v.edtf)) != NULL);
		} else {
			period_text(&f.period, text);
			must(f.period.approx || period_read_iso(bytes_str(text),
			    &back) == 0);
		}
		must(f.doubt <= 100);
	}
	return 0;
}
