/* SPDX-License-Identifier: ISC */
/* An answer in plain words. */
#include "calendar/date_form.h"

static void
civil_line(struct buf *out, const char *what, jdn_t lo, jdn_t hi, const struct date_value *v,
    struct civil (*from)(jdn_t))
{
	char a[CIVIL_TEXT], b[CIVIL_TEXT];

	civil_text(from(lo), a);
	civil_text(from(hi), b);
	if (lo == hi)
		buf_printf(out, "  %-10s %s\n", what, a);
	else
		buf_printf(out, "  %-10s %s to %s\n", what,
		    v->flags & DATE_OPEN_LO ? "(open)" : a,
		    v->flags & DATE_OPEN_HI ? "(open)" : b);
}

static void
day_lines(struct buf *out, const struct date_answer *a, const struct date_candidate *c)
{
	struct pillars p = date_pillars(a, c);
	jdn_t since = c->v.lo;
	int term = c->v.lo < 1600000 || c->v.lo > 2600000 ? -1 :
	    solar_term_last(c->v.lo, &since);

	buf_printf(out, "  %-10s %d, a %s\n", "day", c->v.lo,
	    civil_weekdays[jdn_weekday(c->v.lo)]);
	buf_printf(out, "  %-10s ", "cycle");
	if (p.year >= 0)
		buf_printf(out, "%s year, %s month, ", ganzhi_text(p.year),
		    ganzhi_text(p.month));
	buf_printf(out, "%s day\n", ganzhi_text(p.day));
	if (term < 0)
		return;
	buf_printf(out, "  %-10s ", "sun");
	if (since == c->v.lo)
		buf_printf(out, "%s, %s, begins", solar_term_text(term),
		    solar_term_english(term));
	else
		buf_printf(out, "day %d of %s, %s", c->v.lo - since + 1,
		    solar_term_text(term), solar_term_english(term));
	buf_puts(out, solar_term_is_mean(c->v.lo) ? " (by a mean sun)\n" : "\n");
}

static void
in_lines(struct buf *out, const struct date_answer *a, const struct date_candidate *c)
{
	struct counted in[DATE_STATES];
	size_t i, n = date_counted(a, c, in, NELEM(in));

	for (i = 0; i < n; i++) {
		buf_printf(out, "  %-10s ", i ? "" : "in");
		counted_text(&in[i], out);
		if (in[i].abroad) {
			struct bytes state = name_text(in[i].abroad->state);

			buf_printf(out, " (%.*s)", (int)state.n, (const char *)state.p);
		} else if (reign_get(in[i].date.reign)->flags & REIGN_BACK) {
			buf_puts(out, " (counted back or on)");
		} else if (in[i].slip) {
			buf_puts(out, " (the table of months, against all others)");
		}
		buf_putc(out, '\n');
	}
}

static void
doubt_lines(struct buf *out, const struct date_answer *a, const struct date_candidate *c)
{
	struct buf said = { 0 };
	struct bytes left;
	size_t end;

	if (c->v.flags & (DATE_APPROX | DATE_UNCERTAIN))
		buf_printf(out, "  %-10s %s\n", "doubt", c->v.flags & DATE_APPROX ?
		    "approximate" : "uncertain");
	date_disputes(a, c, &said);
	for (left = buf_view(&said); left.n; left = bytes_sub(left, end + 1, left.n)) {
		end = bytes_find(left, B("\n"));
		buf_printf(out, "  %-10s ", "disputed");
		buf_bytes(out, bytes_sub(left, 0, end + 1));
	}
	buf_release(&said);
}

void
date_text(const struct date_answer *a, struct buf *out)
{
	char edtf[DATE_EDTF_MAX];
	size_t i;

	buf_bytes(out, a->query);
	buf_putc(out, '\n');
	for (i = 0; i < a->shown; i++) {
		const struct date_candidate *c = &a->v[i];

		if (a->n > 1)
			buf_printf(out, "%zu of %zu\n", i + 1, a->n);
		civil_line(out, "Gregorian", c->v.lo, c->v.hi, &c->v, gregorian_from_jdn);
		civil_line(out, "Julian", c->v.lo, c->v.hi, &c->v, julian_from_jdn);
		if (c->v.lo == c->v.hi)
			day_lines(out, a, c);
		date_edtf(&c->v, edtf);
		buf_printf(out, "  %-10s %s\n", "EDTF", edtf);
		in_lines(out, a, c);
		doubt_lines(out, a, c);
		if (c->reason)
			buf_printf(out, "  %-10s %s\n", "why", c->reason);
	}
}
