/* SPDX-License-Identifier: ISC */
/* Facts that every form of an answer tells: date_form.h. */
#include "calendar/date_form.h"

#include "calendar/lunar_text.h"
#include "calendar/numeral.h"

const char *const date_calendar_names[DATE_CAL__MAX] = {
	"none", "gregorian", "julian", "chinese", "republic", "japanese", "korean"
};

const char *const date_precision_names[DATE_PRECISION__MAX] = {
	"day", "month", "season", "part", "year", "decade", "century", "span"
};

static size_t
add_abroad(jdn_t j, struct counted *ret, size_t n, size_t max)
{
	const struct abroad *a;
	unsigned i;

	for (i = 0; (a = abroad_get(i)) != NULL; i++) {
		int32_t year = gregorian_from_jdn(j).year;
		struct counted c = { .abroad = a };

		if (j < (jdn_t)a->from || j > (jdn_t)a->to)
			continue;
		c.date.year = (int16_t)(year - gregorian_from_jdn((jdn_t)a->from).year + a->year);
		if (year >= (a->calendar == DATE_CAL_KOREAN ? 1896 : 1873)) {
			c.date.month = gregorian_from_jdn(j).month;
			c.date.day = gregorian_from_jdn(j).day;
		}
		if (n < max)
			ret[n++] = c;
	}
	return n;
}

size_t
date_counted(const struct date_answer *a, const struct date_candidate *c,
    struct counted *ret, size_t max)
{
	struct lunar_day d[DATE_STATES];
	const struct slip *s;
	size_t i, n = 0, k;
	bool day = c->v.lo == c->v.hi;

	if (c->lunar.reign && max) {
		struct lunar_day own;

		ret[n] = (struct counted){ .date = c->lunar };
		ret[n++].year = reign_day(c->lunar.reign, c->v.lo, &own) ? own.year : 0;
	}
	if (!day)
		return n;
	k = lunar_from_jdn(c->v.lo, a->polity, a->polity != 0, d, NELEM(d));
	for (i = 0; i < k && n < max; i++)
		if (d[i].date.reign != c->lunar.reign)
			ret[n++] = (struct counted){ .date = d[i].date, .year = d[i].year };
	if (a->polity && k && n < max &&
	    (s = slip_of(c->v.lo, a->polity)) != NULL) {
		ret[n] = (struct counted){ .date = d[0].date, .year = s->year, .slip = true };
		ret[n].date.year = (int16_t)(s->year - reign_get(d[0].date.reign)->base);
		ret[n].date.month = (int8_t)s->month;
		ret[n].date.leap = 0;
		ret[n++].date.day = (int8_t)(c->v.lo - (jdn_t)s->from + s->start);
	}
	return a->polity ? n : add_abroad(c->v.lo, ret, n, max);
}

void
counted_text(const struct counted *c, struct buf *out)
{
	char number[NUMERAL_TEXT];

	if (c->abroad == NULL) {
		lunar_text(&c->date, c->year, out);
		return;
	}
	buf_bytes(out, name_text(c->abroad->name));
	numeral_year(c->date.year, number);
	buf_printf(out, "%s年", number);
	if (c->date.month) {
		numeral_text(c->date.month, number);
		buf_printf(out, "%s月", number);
		numeral_text(c->date.day, number);
		buf_printf(out, "%s日", number);
	}
}

struct pillars
date_pillars(const struct date_answer *a, const struct date_candidate *c)
{
	jdn_t j = c->v.lo;
	struct pillars p = { -1, -1, ganzhi_day(j) };
	unsigned reign = c->lunar.reign;
	struct lunar_month m;
	struct lunar_day d;

	/* Beside the main line a year may begin in another month. */
	if (!reign && (lunar_from_jdn(j, a->polity, true, &d, 1) ||
	    lunar_from_jdn(j, 0, true, &d, 1)))
		reign = d.date.reign;
	if (!lunar_month_of(reign ? reign_get(reign)->cal : 0, j, &m))
		return p;
	p.year = ganzhi_year(m.year);
	p.month = lunar_month_ganzhi(reign_get(reign), &m);
	return p;
}

/* The tables the months were compared with: Y. T. Liu's, lunar-javascript. */
static const char *const tables[2] = { "Liu's table", "lunar-javascript" };

/* What another table says of the month that begins on first. */
static void
month_words(struct buf *out, const char *table, enum dispute_kind kind,
    const struct lunar_day *d)
{
	struct buf name = { 0 };
	char day[CIVIL_TEXT];
	const char *month;

	civil_text(gregorian_from_jdn(d->month_first), day);
	lunar_month_text(reign_get(d->date.reign), &d->date, &name);
	buf_putc(&name, 0);
	month = buf_view(&name).p ? (const char *)buf_view(&name).p : "";
	if (kind == DISPUTE_FIRST)
		buf_printf(out, "this month begins on %s here; by %s no month begins "
		    "that day\n", day, table);
	else if (kind == DISPUTE_MONTH)
		buf_printf(out, "the month that begins on %s is %s here; %s gives it "
		    "another number\n", day, month, table);
	else if (kind == DISPUTE_YEAR)
		buf_printf(out, "the month that begins on %s is counted to the year %s here; "
		    "%s counts it to another\n", day, ganzhi_text(ganzhi_year(d->year)), table);
	buf_release(&name);
}

static void
slip_words(struct buf *out, jdn_t j, unsigned polity)
{
	const struct slip *s = slip_of(j, polity);

	if (s)
		buf_printf(out, "the table of months has days %u to %u as month %u from "
		    "day %u on, against all others\n", s->from, s->to, s->month, s->start);
}

/* Of an era: the years another table gives it, and those it has here. */
static void
era_words(struct buf *out, const struct dispute_era *e)
{
	struct id_list l = era_reigns(e->era);
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	jdn_t lo = JDN_MAX, hi = JDN_MIN;
	size_t i;

	for (i = 0; i < l.n; i++)
		if (!(reign_get(l.v[i])->flags & REIGN_BACK)) {
			lo = MIN(lo, (jdn_t)reign_get(l.v[i])->from);
			hi = MAX(hi, (jdn_t)reign_get(l.v[i])->to);
		}
	civil_text(gregorian_from_jdn(lo), from);
	civil_text(gregorian_from_jdn(hi), to);
	buf_printf(out, "this era lasts from %s to %s here; %s gives it the lunar years "
	    "%d to %d\n", from, to, tables[0], e->from, e->to);
}

void
date_disputes(const struct date_answer *a, const struct date_candidate *c, struct buf *out)
{
	const struct dispute_era *e = c->era ? era_dispute(c->era) : NULL;
	unsigned polity = c->polity ? c->polity : a->polity;
	enum dispute_kind kinds[2];
	const struct dispute_length *l;
	char here[CIVIL_TEXT], there[CIVIL_TEXT];
	struct lunar_day d;

	if (e)
		era_words(out, e);
	if (c->lunar.reign ? !c->lunar.month || !reign_day(c->lunar.reign, c->v.lo, &d) :
	    !polity || c->v.lo != c->v.hi || !lunar_from_jdn(c->v.lo, polity, true, &d, 1))
		return;
	if (month_dispute(d.month_first, polity, kinds)) {
		month_words(out, tables[0], kinds[0], &d);
		month_words(out, tables[1], kinds[1], &d);
	}
	if ((l = length_dispute(d.month_first)) != NULL) {
		civil_text(gregorian_from_jdn(d.month_first), here);
		civil_text(gregorian_from_jdn((jdn_t)l->other), there);
		buf_printf(out, "this month begins on %s and has %d days here; another "
		    "table begins it on %s and gives it %d\n", here, d.days, there, l->days);
	}
	slip_words(out, c->v.lo, polity);
}
