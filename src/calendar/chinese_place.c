/* SPDX-License-Identifier: ISC */
/* Which reigns the names mean, and so which years: chinese.h. */
#include "calendar/chinese.h"

#define PRESENT		2026	/* the present of "nearest the present", without a context */

void
picks_add(struct picks *p, const struct date_candidate *c)
{
	size_t i = MIN(p->n, p->max);

	p->n++;
	for (; i > 0 && p->v[i - 1].score < c->score; i--)
		if (i < p->max)
			p->v[i] = p->v[i - 1];
	if (i < p->max)
		p->v[i] = *c;
}

/*
 * Of an era or a state.  The Republic's years are counted to this day, but
 * its beginning and end are spoken of as of those before 1950.
 */
static void
long_part(unsigned polity, const struct written *w, jdn_t *lo, jdn_t *hi)
{
	if (w->part && bytes_eq(name_text(polity_get(polity)->name), B("民國")))
		*hi = MIN(*hi, jdn_gregorian(1949, 12, 31));
	chinese_part((enum date_part)w->part, lo, hi);
}

static bool
has_id(const struct id_list *l, enum form_kind kind, unsigned id)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->v[i] == ((unsigned)kind << 12 | id))
			return true;
	return l->n == 0;
}

/* The state was called by its own name, not by one it shares. */
static bool
own_name(const struct who *who, unsigned polity)
{
	return name_same(who->polity_text, name_text(polity_get(polity)->name));
}

static const char why_state[] = "the state is named";
static const char why_ctx[] = "the state spoken of before";
static const char why_use[] = "the era in use on that day";
static const char why_back[] = "counted back before the proclamation, or on after the end";
static const char why_other[] = "the era went on under another ruler";
static const char why_cycle[] = "of the years of this pair the nearest to the present come first";
static const char why_beside[] = "by the calendar of a state beside the main line";
static const char why_here[] = "no year is written: the one spoken of, or the present one";
static const char why_full[] = "望, the full moon, taken as the 15th";
static const char why_full_next[] = "望 of a month whose moon was full on the 16th";
static const char why_slip[] = "as the table of months has it, against all others";

/*
 * 望 is the day of the full moon: the 15th by custom and in most tables, in
 * many long months the 16th.  The months here say no more, so both are given.
 */
static size_t
add(struct picks *out, struct date_candidate *c, const struct written *w)
{
	if (!w->full_moon || c->v.lo != c->v.hi) {
		picks_add(out, c);
		return 1;
	}
	c->reason = why_full;
	picks_add(out, c);
	c->v = date_value_make(c->v.lo + 1, c->v.lo + 1, DATE_DAY,
	    (enum date_calendar)c->v.calendar);
	c->lunar.day++;
	c->score = (uint16_t)(c->score / 2);
	c->reason = why_full_next;
	picks_add(out, c);
	return 2;
}

static void
finish(struct date_candidate *c, const struct written *w, unsigned reign)
{
	const struct reign *r = reign_get(reign);
	enum dispute_kind kinds[2];
	struct lunar_day d;

	c->v.precision = (uint8_t)chinese_precision(w);
	c->polity = r->polity;
	c->emperor = r->emperor;
	c->era = r->era;
	c->lunar = (struct lunar){ .reign = (uint16_t)reign };
	if (w->approx)
		c->v.flags |= DATE_APPROX;
	if (w->of_era)
		c->v.flags |= DATE_EXTENT;
	if (!reign_day(reign, c->v.lo, &d))
		return;
	c->lunar = d.date;
	if (c->v.precision != DATE_DAY)
		c->lunar.day = 0;
	if (!has_month(w)) {
		c->lunar.month = 0;
		c->lunar.leap = 0;
	} else if (month_dispute(d.month_first, d.polity, kinds) ||
	    length_dispute(d.month_first))
		c->v.flags |= DATE_DISPUTED;
	if (w->of_era)
		c->lunar.year = 0;
}

/*
 * The prior, in parts of a thousand: the state's weight by tables (long-lived
 * states of the main line first), 1 for each year the era lasted up to 40,
 * less when the era was not in use that day.
 */
static uint16_t
prior(const struct who *who, const struct date_context *ctx, const struct reign *r,
    int years, bool back)
{
	int n = polity_get(r->polity)->weight * 8 + MIN(years, 40);

	if (who->polity.n && own_name(who, r->polity))
		n += 150;
	else if (ctx && ctx->polity == r->polity)
		n += 120;
	return (uint16_t)MIN(back ? n / 3 : n, 999);
}

/* A row of reigns that count from one year 0 under one name. */
struct row {
	const uint16_t *v;
	size_t n;
	int16_t base;
	bool any_base;		/* every reign, whatever it counts from */
};

/* One pass over a row: the reigns in use, or those counted back. */
struct sweep {
	jdn_t lo, hi;
	unsigned reign;		/* the first that took part; 0: none */
	bool other;		/* of another ruler than the one named */
	/* Another day of that number: two rulers numbered one month apart. */
	jdn_t twin;
	unsigned twin_reign;
};

static void
sweep_row(const struct row *row, const struct who *who, int32_t year,
    const struct written *w, bool back, bool named, struct sweep *s)
{
	size_t i;

	for (i = 0; i < row->n; i++) {
		const struct reign *r = reign_get(row->v[i]);
		jdn_t lo, hi;

		if ((!row->any_base && r->base != row->base) ||
		    ((r->flags & REIGN_BACK) != 0) != back ||
		    has_id(&who->emperor, FORM_EMPEROR, r->emperor) != named ||
		    !has_id(&who->polity, FORM_POLITY, r->polity))
			continue;
		if (w->of_era) {
			lo = (jdn_t)r->from;
			hi = (jdn_t)r->to;
		} else if (chinese_days(r->cal, year, r, w, &lo, &hi) != PLACED)
			continue;
		lo = MAX(lo, (jdn_t)r->from);
		hi = MIN(hi, (jdn_t)r->to);
		if (lo > hi)
			continue;
		if (s->reign == 0) {
			s->lo = lo;
			s->hi = hi;
			s->reign = row->v[i];
			s->other = !named;
		} else if (has_day(w)) {
			if (lo != s->lo) {
				s->twin = lo;
				s->twin_reign = row->v[i];
			}
		} else {
			s->lo = MIN(s->lo, lo);
			s->hi = MAX(s->hi, hi);
		}
	}
}

/* A month that the table has otherwise than it was: as it has it, last. */
static size_t
place_slip(const struct row *row, int32_t year, const struct written *w, struct picks *out)
{
	const struct slip *s = NULL;
	size_t k, n = 0;

	while (w->day && w->month_word == MONTH_IS && !w->leap &&
	    (s = slip_next(s, year, w->month)) != NULL) {
		jdn_t j = (jdn_t)s->from + w->day - s->start;

		if (w->day < s->start || j > (jdn_t)s->to)
			continue;
		for (k = 0; k < row->n; k++) {
			const struct reign *r = reign_get(row->v[k]);
			struct date_candidate c;

			if (r->polity != s->polity || r->flags & REIGN_BACK ||
			    j < (jdn_t)r->from || j > (jdn_t)r->to)
				continue;
			c = (struct date_candidate){ .score = 1, .reason = why_slip };
			c.v = date_value_make(j, j, DATE_DAY, DATE_CAL_CHINESE);
			finish(&c, w, row->v[k]);
			c.v.flags |= DATE_DISPUTED;
			picks_add(out, &c);
			n++;
			break;
		}
	}
	return n;
}

static size_t
place_year(const struct row *row, const struct who *who, int32_t year, int length,
    const struct written *w, const struct date_context *ctx, struct picks *out)
{
	struct sweep s = { 0 }, back = { 0 };
	struct date_candidate c = { 0 };
	size_t n = place_slip(row, year, w, out);
	uint16_t score;
	int pass;

	/* In use under that ruler, then under another, then counted back. */
	for (pass = 0; pass < 4 && s.reign == 0; pass++)
		if (who->emperor.n || pass % 2 == 0)
			sweep_row(row, who, year, w, pass >= 2, pass % 2 == 0, &s);
	if (s.reign == 0)
		return n;
	/* A year that began again has two months of one number: 太初元年十月. */
	if (has_day(w) && pass <= 2)
		sweep_row(row, who, year, w, true, pass % 2 == 1, &back);
	/* A whole year or month is the era's, whoever ruled at its end. */
	if (who->emperor.n && who->era.n && !has_day(w))
		sweep_row(row, who, year, w, pass > 2, pass % 2 == 0, &s);
	if (w->of_era && w->part)
		long_part(reign_get(s.reign)->polity, w, &s.lo, &s.hi);
	c.v = date_value_make(s.lo, s.hi, DATE_DAY, DATE_CAL_CHINESE);
	c.score = prior(who, ctx, reign_get(s.reign), length,
	    (reign_get(s.reign)->flags & REIGN_BACK) != 0);
	if (s.other)
		c.score = (uint16_t)(c.score / 2);
	score = c.score;
	c.reason = reign_get(s.reign)->flags & REIGN_BACK ? why_back :
	    s.other ? why_other : who->polity.n ? why_state :
	    ctx && ctx->polity == reign_get(s.reign)->polity ? why_ctx : why_use;
	finish(&c, w, s.reign);
	n += add(out, &c, w);
	if (back.reign && back.lo != s.lo && back.lo != s.twin) {
		c.v = date_value_make(back.lo, back.hi, DATE_DAY, DATE_CAL_CHINESE);
		c.score = (uint16_t)(score / 3);
		c.reason = why_back;
		finish(&c, w, back.reign);
		picks_add(out, &c);
		n++;
	}
	if (s.twin_reign == 0)
		return n;
	c.v = date_value_make(s.twin, s.twin, DATE_DAY, DATE_CAL_CHINESE);
	c.score = (uint16_t)(score - 1);
	c.reason = "as the next ruler numbered the days of that month";
	finish(&c, w, s.twin_reign);
	picks_add(out, &c);
	return n + 1;
}

/* Every year a row can mean: one, or each of that pair in it. */
static size_t
place_row(const struct row *row, const struct who *who, const struct written *w,
    const struct date_context *ctx, struct picks *out)
{
	jdn_t from = JDN_MAX, to = 0;
	int32_t first, last, y;
	size_t i, n = 0;
	int length;

	for (i = 0; i < row->n; i++) {
		const struct reign *r = reign_get(row->v[i]);

		if (!row->any_base && r->base != row->base)
			continue;
		from = MIN(from, (jdn_t)r->from);
		to = MAX(to, (jdn_t)r->to);
	}
	length = (to - from) / 365 + 1;
	if (w->of_era || w->year)
		return row->any_base ? 0 : place_year(row, who, row->base + w->year,
		    length, w, ctx, out);
	first = gregorian_from_jdn(from).year - 1;
	last = gregorian_from_jdn(to).year + 1;
	y = first + ((w->year_gz - ganzhi_year(first)) % 60 + 60) % 60;
	for (; y <= last; y += 60)
		n += place_year(row, who, y, length, w, ctx, out);
	return n;
}

/* 前, 中, 後 before the year choose the part of a reign that restarts. */
static bool
part_fits(const struct reign *r, const struct written *w)
{
	static const char parts[4][8] = { "", "前元", "中元", "後元" };

	return !w->spare || bytes_eq(name_text(era_get(r->era)->name),
	    bytes_str(parts[w->spare]));
}

static bool
without_era(const struct reign *r)
{
	return r->era == 0 || era_get(r->era)->is_part;
}

/* 漢武帝時: as long as the ruler named the days. */
static size_t
place_reign(unsigned id, const struct id_list *l, const struct written *w,
    struct picks *out)
{
	struct date_candidate c = { 0 };
	jdn_t lo = JDN_MAX, hi = 0;
	size_t i;

	for (i = 0; i < l->n; i++)
		if (!(reign_get(l->v[i])->flags & REIGN_BACK)) {
			lo = MIN(lo, (jdn_t)reign_get(l->v[i])->from);
			hi = MAX(hi, (jdn_t)reign_get(l->v[i])->to);
		}
	if (lo > hi || !w->named_part)
		return 0;
	chinese_part((enum date_part)w->part, &lo, &hi);
	c.v = date_value_make(lo, hi, chinese_precision(w), DATE_CAL_CHINESE);
	c.v.flags = (uint16_t)(DATE_EXTENT | (w->approx ? DATE_APPROX : 0));
	c.polity = emperor_get(id)->polity;
	c.emperor = (uint16_t)id;
	c.score = (uint16_t)(polity_get(c.polity)->weight * 8);
	c.reason = "as long as the ruler reigned";
	picks_add(out, &c);
	return 1;
}

static size_t
place_emperor(unsigned id, const struct who *who, const struct written *w,
    const struct date_context *ctx, struct picks *out)
{
	struct id_list l = emperor_reigns(id);
	struct row row = { l.v, l.n, 0, w->year == 0 };
	size_t i, k, n = 0;

	if (w->of_era)
		return place_reign(id, &l, w, out);
	if (row.any_base)
		return place_row(&row, who, w, ctx, out);
	for (i = 0; i < l.n; i++) {	/* once for each year 0 */
		const struct reign *r = reign_get(l.v[i]);

		for (k = 0; k < i && reign_get(l.v[k])->base != r->base; k++)
			;
		if (k < i || !without_era(r) || !part_fits(r, w))
			continue;
		row.base = r->base;
		n += place_row(&row, who, w, ctx, out);
	}
	return n;
}

/* 明初, 唐代: as long as the state lasted. */
static size_t
place_lifetime(unsigned id, const struct who *who, const struct written *w,
    struct picks *out)
{
	struct date_candidate c = { 0 };
	jdn_t lo = JDN_MAX, hi = 0;
	unsigned from, to;

	for (polity_reigns(id, &from, &to); from < to; from++)
		if (!(reign_get(from)->flags & REIGN_BACK)) {
			lo = MIN(lo, (jdn_t)reign_get(from)->from);
			hi = MAX(hi, (jdn_t)reign_get(from)->to);
		}
	if (lo > hi)
		return 0;
	long_part(id, w, &lo, &hi);
	c.v = date_value_make(lo, hi, chinese_precision(w), DATE_CAL_CHINESE);
	c.v.flags = (uint16_t)(DATE_EXTENT | (w->approx ? DATE_APPROX : 0));
	c.polity = (uint16_t)id;
	c.score = (uint16_t)(polity_get(id)->weight * 8 + (own_name(who, id) ? 100 : 0));
	c.reason = "as long as the state lasted";
	picks_add(out, &c);
	return 1;
}

/* 清戊申年: no ruler, no era, but the state. */
static size_t
place_polity(unsigned id, const struct who *who, const struct written *w,
    const struct date_context *ctx, struct picks *out)
{
	uint16_t ids[256];
	struct row row = { ids, 0, 0, true };
	unsigned from, to;

	if (w->of_era)
		return w->named_part ? place_lifetime(id, who, w, out) : 0;
	for (polity_reigns(id, &from, &to); from < to && row.n < NELEM(ids); from++)
		ids[row.n++] = (uint16_t)from;
	return w->year_gz >= 0 && !w->year ? place_row(&row, who, w, ctx, out) : 0;
}

/*
 * Japan and Korea: the year only until they took the Gregorian calendar (1873,
 * 1896), whatever month was written.
 */
static size_t
place_abroad(const struct abroad *a, const struct written *w, struct picks *out)
{
	struct date_candidate c = { 0 };
	int32_t start = gregorian_from_jdn((jdn_t)a->from).year;
	int32_t year = start + w->year - a->year;
	int32_t change = a->calendar == DATE_CAL_KOREAN ? 1896 : 1873;
	jdn_t lo, hi;

	if (!w->year || w->year < a->year || w->year_gz >= 0 || w->season)
		return 0;
	if (year >= change) {
		if (w->lunar_mark || chinese_civil_days(year, w, false, &lo, &hi, NULL) < 0)
			return 0;
	} else {
		lo = jdn_gregorian(year, 1, 1);
		hi = jdn_gregorian(year, 12, 31);
	}
	lo = MAX(lo, (jdn_t)a->from);
	hi = MIN(hi, (jdn_t)a->to);
	if (lo > hi)
		return 0;
	c.v = date_value_make(lo, hi, year >= change ? chinese_precision(w) : DATE_YEAR,
	    (enum date_calendar)a->calendar);
	c.lunar.year = (int16_t)w->year;
	c.score = 100;
	c.reason = year >= change ? "Gregorian month and day, as this country counts" :
	    "to the year only: the months of this country before its Gregorian ones are "
	    "not known here";
	picks_add(out, &c);
	return 1;
}

/* 民國: the months of the new calendar, or of the old. */
static size_t
place_republic(const struct who *who, const struct written *w, size_t already,
    struct picks *out)
{
	struct date_candidate c = { 0 };
	int32_t year = 1911 + w->year;
	jdn_t lo, hi;
	size_t i;

	for (i = 0; i < who->era.n; i++)
		if (FORM_KIND(who->era.v[i]) == FORM_ERA && name_text(polity_get(
		    era_get(FORM_ID(who->era.v[i]))->polity)->name).n == 6 &&
		    bytes_eq(name_text(era_get(FORM_ID(who->era.v[i]))->name), B("民國")))
			break;
	if (w->spare == 1 && w->year <= 190)	/* 民國前一年: 1911 */
		year = 1912 - w->year;
	if (i == who->era.n || !w->year || w->spare > 1 || w->year_gz >= 0 || w->season ||
	    w->year > 190 || (w->lunar_mark && (!w->day_mark || w->leap)) ||
	    chinese_civil_days(year, w, false, &lo, &hi, NULL) < 0)
		return 0;
	c.v = date_value_make(lo, hi, chinese_precision(w), DATE_CAL_REPUBLIC);
	c.lunar.year = (int16_t)(year - 1911);
	c.polity = era_get(FORM_ID(who->era.v[i]))->polity;
	c.era = FORM_ID(who->era.v[i]);
	/* With 日, in digits, or without a day the Gregorian calendar is meant. */
	c.score = already && !w->day_mark && has_day(w) ? 300 : 1000;
	c.reason = "Gregorian month and day, as the Republic counts";
	if (w->approx)
		c.v.flags |= DATE_APPROX;
	picks_add(out, &c);
	return 1;
}

size_t
chinese_place(const struct who *who, const struct written *w,
    const struct date_context *ctx, struct picks *out)
{
	const struct id_list *l = who->era.n ? &who->era :
	    who->emperor.n ? &who->emperor : &who->polity;
	size_t i, n = 0;

	if (!w->year && w->year_gz < 0 && !w->of_era)
		return 0;
	for (i = 0; i < l->n; i++) {
		unsigned id = FORM_ID(l->v[i]);

		if (who->era.n && w->spare)
			continue;	/* 前, 中, 後 are of reigns without eras */
		if (who->era.n && FORM_KIND(l->v[i]) == FORM_ERA &&
		    has_id(&who->polity, FORM_POLITY, era_get(id)->polity)) {
			struct id_list r = era_reigns(id);
			struct row row = { r.v, r.n, era_get(id)->base, false };

			n += place_row(&row, who, w, ctx, out);
		} else if (l == &who->emperor && FORM_KIND(l->v[i]) == FORM_EMPEROR &&
		    has_id(&who->polity, FORM_POLITY, emperor_get(id)->polity)) {
			n += place_emperor(id, who, w, ctx, out);
		} else if (l == &who->polity && FORM_KIND(l->v[i]) == FORM_POLITY) {
			n += place_polity(id, who, w, ctx, out);
		}
	}
	/* A month that no era at home had is not answered by a year abroad. */
	for (i = 0; i < who->abroad.n && (n || !who->era.n || !has_month(w)); i++)
		if (FORM_KIND(who->abroad.v[i]) == FORM_ABROAD && !who->polity.n)
			n += place_abroad(abroad_get(FORM_ID(who->abroad.v[i])), w, out);
	return n + place_republic(who, w, n, out);
}

/* The state that weighs most on that day; after the empire, none. */
static unsigned
main_reign(jdn_t j)
{
	struct lunar_day d;
	unsigned from, to;

	polity_reigns((unsigned)lunar_n_polities - 1, &from, &to);
	if (j >= (jdn_t)reign_get(from)->from)
		return from;
	return lunar_from_jdn(j, 0, false, &d, 1) ? d.date.reign : 0;
}

size_t
chinese_place_cycle(const struct written *w, const struct date_context *ctx,
    struct picks *out)
{
	int32_t present = ctx && ctx->has_day ? gregorian_from_jdn(ctx->day).year : PRESENT;
	int32_t y, from = w->year ? w->year : -400, to = w->year ? w->year : 2100;
	jdn_t lo, hi, main_lo, main_hi;
	size_t n = 0;
	int cal;

	if (!w->year) {
		if (w->year_gz < 0)
			return 0;
		from += ((w->year_gz - ganzhi_year(from)) % 60 + 60) % 60;
	}
	for (y = from; y <= to; y += 60) {
		int far = y > present ? y - present : present - y;

		main_lo = main_hi = 0;
		for (cal = 0; cal < lunar_calendars(); cal++) {
			struct date_candidate c = { 0 };

			if (!lunar_year_own(cal, y) ||
			    chinese_days(cal, y, NULL, w, &lo, &hi) != PLACED ||
			    (lo == main_lo && hi == main_hi))
				continue;
			if (cal == 0) {
				main_lo = lo;
				main_hi = hi;
			}
			c.v = date_value_make(lo, hi, DATE_DAY, DATE_CAL_CHINESE);
			c.score = (uint16_t)(900 - MIN(far * 2 / 5, 890) -
			    (cal ? 3 : 0));
			c.reason = cal ? why_beside : w->year ? NULL : why_cycle;
			finish(&c, w, main_reign(lo));
			n += add(out, &c, w);
		}
	}
	return n;
}

size_t
chinese_place_context(const struct written *w, const struct date_context *ctx,
    struct picks *out)
{
	struct lunar_day d;
	struct date_candidate c = { 0 };
	const struct reign *r;
	jdn_t lo, hi;

	if (!ctx || !ctx->has_day ||
	    (!lunar_from_jdn(ctx->day, ctx->polity, true, &d, 1) &&
	    !lunar_from_jdn(ctx->day, 0, true, &d, 1)))
		return 0;
	r = reign_get(d.date.reign);
	if (chinese_days(r->cal, d.year, r, w, &lo, &hi) != PLACED)
		return 0;
	c.v = date_value_make(lo, hi, DATE_DAY, DATE_CAL_CHINESE);
	c.score = 700;
	c.reason = why_here;
	finish(&c, w, d.date.reign);
	return add(out, &c, w);
}
