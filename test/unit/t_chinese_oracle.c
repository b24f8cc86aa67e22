/* SPDX-License-Identifier: ISC */
/* Chinese dates against rows with right answers, where they are. */
#include "t.h"
#include "tsv.h"

#include "calendar/lunar_text.h"

#define MAX_CANDIDATES	128

enum { POLITY = 1, EMPEROR, ERA, YEAR, MONTH, LEAP, DAY, DAY_GANZHI = 10, JDN,
	TEXT = 18, TEXT_FULL };

/* 0: first, 1: among them, 2: not. */
static int
place_of(const char *text, jdn_t want)
{
	struct date_candidate c[MAX_CANDIDATES];
	int i, n = date_read_chinese(bytes_str(text), NULL, c, NELEM(c), NULL);

	for (i = 0; i < MIN(n, MAX_CANDIDATES); i++)
		if (c[i].v.lo == want && c[i].v.hi == want)
			return i > 0;
	return 2;
}

static bool
says(struct name_ref r, const char *s)
{
	return bytes_eq(name_text(r), bytes_str(s));
}

/* Is it written as the row has it?  (Parts of a reign are ours: 前元.) */
static bool
written(const struct lunar_day *d, char **f)
{
	const char *want = f[TEXT_FULL][0] ? f[TEXT_FULL] : f[TEXT];
	struct buf out = { 0 };
	bool same;

	if (f[ERA][0] == 0 && reign_get(d->date.reign)->era)
		return true;
	lunar_text(&d->date, d->year, &out);
	same = bytes_eq(buf_view(&out), bytes_str(want));
	buf_release(&out);
	return same;
}

/* Does the day's list for the state hold the row? */
static bool
listed(char **f)
{
	struct lunar_day d[64];
	jdn_t j = tsv_int(f[JDN]);
	size_t i, n = lunar_from_jdn(j, 0, true, d, NELEM(d));

	for (i = 0; i < n; i++) {
		const struct reign *r = reign_get(d[i].date.reign);

		if (says(polity_get(r->polity)->name, f[POLITY]) &&
		    d[i].date.year == tsv_int(f[YEAR]) &&
		    d[i].date.month == tsv_int(f[MONTH]) &&
		    (d[i].date.leap != 0) == tsv_int(f[LEAP]) &&
		    d[i].date.day == tsv_int(f[DAY]) &&
		    (f[ERA][0] == 0 || says(era_get(r->era)->name, f[ERA])) &&
		    written(&d[i], f))
			return true;
	}
	return false;
}

int
main(void)
{
	FILE *t = tsv_open("oracles/lunar.tsv");
	char line[4096], *f[TSV_MAX];
	int n = 0, n_full = 0, full[3] = { 0 }, bare[3] = { 0 }, back = 0, pillars = 0;

	if (t == NULL)
		return t_skip_all("the rows with right answers are not here");
	(void)tsv_next(t, line, sizeof(line), f);
	while (tsv_next(t, line, sizeof(line), f) > TEXT_FULL) {
		int p;

		n++;
		if (f[TEXT_FULL][0]) {
			n_full++;
			p = place_of(f[TEXT_FULL], tsv_int(f[JDN]));
			full[p]++;
			if (p && full[p] < 30)
				t_note("%s: %s %s", p == 2 ? "lost" : "not first", f[TEXT_FULL], f[JDN]);
		}
		p = place_of(f[TEXT], tsv_int(f[JDN]));
		bare[p]++;
		if (p == 2 && bare[p] < 30)
			t_note("lost: %s %s", f[TEXT], f[JDN]);
		if (!listed(f)) {
			t_note("not listed: %s %s", f[TEXT], f[JDN]);
			back++;
		}
		pillars += ganzhi_read(bytes_str(f[DAY_GANZHI])) != ganzhi_day(tsv_int(f[JDN]));
	}
	(void)fclose(t);
	t_note("%d rows; with the state: first %d, later %d, lost %d of %d; "
	    "without: first %d, later %d, lost %d", n, full[0], full[1], full[2],
	    n_full, bare[0], bare[1], bare[2]);
	t_case("with the state named the day is among the candidates");
	t_int(full[2], 0);
	t_case("and first in 99.3 of a hundred");
	t_ok(full[0] * 1000 >= n_full * 993);
	t_case("without it the day is among the candidates");
	t_int(bare[2], 0);
	t_case("and first in 85 of a hundred");
	t_ok(bare[0] * 100 >= n * 85);
	t_case("a day and a state give the date back");
	t_int(back, 0);
	t_case("pillars of days");
	t_int(pillars, 0);
	return t_done();
}
