/* SPDX-License-Identifier: ISC */
/* Why a Chinese date cannot be: one clear sentence, chinese.h. */
#include "calendar/chinese.h"

#include <stdio.h>

#include "base/utf8.h"

#define NEAR_MAX	6	/* names offered for one that is not known */

/* Arguments of "%.*s". */
#define ARG(b)	(int)(b).n, (const char *)(b).p

static const char *const month_words[] = {
	"", "正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月",
	"十月", "十一月", "十二月", "臘月", "一月"
};

struct label {
	char text[NUMERAL_TEXT + 64];
};

/* "光緒二十四年" */
static struct label
year_label(struct bytes name, int year)
{
	char number[NUMERAL_TEXT];
	struct label l;

	numeral_year(year, number);
	(void)snprintf(l.text, sizeof(l.text), "%.*s%s年", ARG(name), number);
	return l;
}

static struct label
month_label(const struct written *w)
{
	struct label l;
	int n = w->month_word == MONTH_BRANCH || w->month < 1 || w->month > 12 ? 0 :
	    w->month;

	(void)snprintf(l.text, sizeof(l.text), "%s%s",
	    w->second ? "後" : w->leap ? "閏" : "", n ? month_words[n] : "月");
	return l;
}

static struct label
day_text(jdn_t j)
{
	char a[CIVIL_TEXT];
	struct label l;

	civil_text(gregorian_from_jdn(j), a);
	(void)snprintf(l.text, sizeof(l.text), "%s", a);
	return l;
}

/* "; that year was 宣統六年 of 清", or "". */
static struct label
instead(jdn_t j, unsigned polity, unsigned not_era)
{
	struct lunar_day d[8];
	struct label l = { "" };
	char number[NUMERAL_TEXT];
	size_t i, n = 0;
	unsigned pass;

	for (pass = 0; pass < 2; pass++) {
		n = lunar_from_jdn(j, pass ? 0 : polity, false, d, NELEM(d));
		for (i = 0; i < n; i++) {
			const struct reign *r = reign_get(d[i].date.reign);

			if (r->era == 0 || r->era == not_era)
				continue;
			numeral_year(d[i].date.year, number);
			(void)snprintf(l.text, sizeof(l.text), "; that year was %.*s%s年 of %.*s",
			    ARG(name_text(era_get(r->era)->name)), number,
			    ARG(name_text(polity_get(r->polity)->name)));
			return l;
		}
	}
	return l;
}

/* The reigns in question and how they are called. */
struct matter {
	struct bytes name;
	struct id_list reigns;
	int16_t base;
	unsigned era, polity;
	jdn_t from, to;		/* of those in use, or all */
};

static bool
listed(const struct id_list *l, enum form_kind kind, unsigned id)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->v[i] == ((unsigned)kind << 12 | id))
			return true;
	return l->n == 0;
}

static void
bounds(struct matter *m)
{
	size_t i;
	unsigned pass;

	for (pass = 0; pass < 2 && m->from == 0; pass++)
		for (i = 0; i < m->reigns.n; i++) {
			const struct reign *r = reign_get(m->reigns.v[i]);

			if (r->base != m->base || (pass == 0 && (r->flags & REIGN_BACK)))
				continue;
			if (m->from == 0 || (jdn_t)r->from < m->from)
				m->from = (jdn_t)r->from;
			m->to = MAX(m->to, (jdn_t)r->to);
		}
}

/* The era or ruler meant most likely. */
static bool
matter_of(const struct who *who, struct matter *m)
{
	const struct id_list *l = who->era.n ? &who->era : &who->emperor;
	enum form_kind kind = who->era.n ? FORM_ERA : FORM_EMPEROR;
	int best = -1, weight;
	size_t i;

	*m = (struct matter){ 0 };
	for (i = 0; i < l->n; i++) {
		unsigned id = FORM_ID(l->v[i]), p;

		if (FORM_KIND(l->v[i]) != (unsigned)kind)
			continue;
		p = kind == FORM_ERA ? era_get(id)->polity : emperor_get(id)->polity;
		/* The name itself before one that is only another name. */
		weight = 2 * polity_get(p)->weight + (kind == FORM_ERA &&
		    name_same(who->era_text, name_text(era_get(id)->name)));
		if (!listed(&who->polity, FORM_POLITY, p) || weight <= best)
			continue;
		best = weight;
		m->polity = p;
		if (kind == FORM_ERA) {
			m->era = id;
			m->name = name_text(era_get(id)->name);
			m->reigns = era_reigns(id);
			m->base = era_get(id)->base;
		} else {
			m->era = 0;
			m->name = name_text(emperor_get(id)->name);
			m->reigns = emperor_reigns(id);
			m->base = reign_get(m->reigns.v[0])->base;
		}
	}
	if (best < 0)
		return false;
	bounds(m);
	return true;
}

/* No era of that name in that state. */
static int
other_state(const struct who *who, size_t understood, struct date_error *err)
{
	struct who any = *who;
	struct matter m;

	any.polity = (struct id_list){ NULL, 0 };
	if (!matter_of(&any, &m))
		return date_fail(err, DATE_FAULT_ERA, understood,
		    "%.*s alone names no year: which ruler or era?", ARG(who->polity_text));
	return date_fail(err, DATE_FAULT_ERA, understood,
	    "%.*s had no %s %.*s; it was of %.*s (%s to %s)", ARG(who->polity_text),
	    who->era.n ? "era" : "ruler", ARG(m.name),
	    ARG(name_text(polity_get(m.polity)->name)), day_text(m.from).text,
	    day_text(m.to).text);
}

/* A ruler who counted by eras. */
static int
name_the_era(const struct matter *m, size_t understood, struct date_error *err)
{
	char list[160] = "";
	size_t i, at = 0;
	unsigned last = 0;

	for (i = 0; i < m->reigns.n && at < 120; i++) {
		unsigned e = reign_get(m->reigns.v[i])->era;
		int n;

		if (e == 0 || e == last)
			continue;
		last = e;
		n = snprintf(list + at, sizeof(list) - at, "%s%.*s", at ? ", " : "",
		    ARG(name_text(era_get(e)->name)));
		at += n > 0 ? (size_t)n : 0;
	}
	return date_fail(err, DATE_FAULT_ERA, understood,
	    "%.*s of %.*s counted years by era (%s%s)", ARG(m->name),
	    ARG(name_text(polity_get(m->polity)->name)), list,
	    i < m->reigns.n ? ", ..." : "");
}

/* The tables begin in 221 BC, in the year first of a reign. */
static int
before_table(const struct matter *m, int32_t year, int32_t first, size_t understood,
    struct date_error *err)
{
	struct civil c = gregorian_from_jdn(m->from);

	return date_fail(err, DATE_FAULT_YEAR, understood,
	    "%.*s: its year %d was most of %d BC, but the months known here begin "
	    "with %d %s %d BC, in its year %d", ARG(m->name), (int)year,
	    1 - (m->base + (int)year), c.day, civil_months[c.month], 1 - (int)c.year,
	    (int)first);
}

static int
past_end(const struct matter *m, int32_t year, size_t understood, struct date_error *err)
{
	struct lunar_year y;
	int last = gregorian_from_jdn(m->to).year - m->base;
	struct lunar_day d;
	int32_t first = 0;
	size_t i;

	for (i = 0; i < m->reigns.n; i++)
		if (reign_get(m->reigns.v[i])->to == (uint32_t)m->to &&
		    reign_day(m->reigns.v[i], m->to, &d))
			last = d.date.year;
	for (i = 0; i < m->reigns.n; i++)
		if (reign_get(m->reigns.v[i])->from == (uint32_t)m->from &&
		    reign_day(m->reigns.v[i], m->from, &d))
			first = d.date.year;
	if (year < first)
		return before_table(m, year, first, understood, err);
	if (year > 2400 || !lunar_year_get(0, m->base + year, &y))
		y.first = 0;
	return date_fail(err, DATE_FAULT_YEAR, understood,
	    "%.*s ended in its year %d (on %s)%s%s", ARG(m->name), last,
	    day_text(m->to).text, y.first ? "" : "; year out of range",
	    y.first ? instead(y.first + 180, m->polity, m->era).text : "");
}

static int
no_month(const char *year, const struct lunar_year *y, const struct written *w,
    size_t understood, struct date_error *err)
{
	bool second = false;
	int k, leap = 0;

	if (w->month_word == MONTH_IS && w->month > 98)
		return date_fail(err, DATE_FAULT_MONTH, understood,
		    "month out of range: a year has 12 months");
	if (w->month_word == MONTH_IS && (w->month < 1 || w->month > 12))
		return date_fail(err, DATE_FAULT_MONTH, understood,
		    "month %d: a year has 12 months", (int)w->month);
	for (k = 0; k < y->n; k++)
		if (y->label[k] >> 4) {
			leap = MONTH_NUMBER(y->label[k]);
			second = y->label[k] & LEAP_SECOND;
		}
	if (w->leap && leap)
		return date_fail(err, DATE_FAULT_MONTH, understood,
		    "%s had no %s: its leap month was %s%s", year, month_label(w).text,
		    second ? "後" : "閏", month_words[leap]);
	return date_fail(err, DATE_FAULT_MONTH, understood, "%s had no %s%s", year,
	    w->month_word == MONTH_LEAP ? "leap month" : month_label(w).text,
	    w->leap && w->month_word != MONTH_LEAP ? ": it had no leap month" : "");
}

/* The same words without the day, to speak of the month. */
static bool
month_days(const struct reign *r, int32_t year, const struct written *w, jdn_t *lo, jdn_t *hi)
{
	struct written m = *w;

	m.day = 0;
	m.last_day = false;
	m.day_gz = m.first_gz = m.year_gz = -1;
	m.part = PART_NONE;
	return chinese_days(r->cal, year, r, &m, lo, hi) == PLACED;
}

static int
wrong_day(enum placed p, const char *year, const struct reign *r, int32_t y,
    const struct written *w, size_t understood, struct date_error *err)
{
	jdn_t lo = 0, hi = 0;
	struct label l = month_label(w);
	const char *month = l.text;

	if (!month_days(r, y, w, &lo, &hi))
		return date_fail(err, DATE_FAULT_DAY, understood, "%s%s has no such day",
		    year, month);
	if (p == NO_DAY)
		return date_fail(err, DATE_FAULT_DAY, understood,
		    "%s%s had %d days, there was no day %d", year, month,
		    (int)(hi - lo + 1), (int)w->day);
	if (w->day && w->first_gz < 0)
		return date_fail(err, DATE_FAULT_DAY, understood,
		    "%s%s day %d was a %s day, not %s", year, month, (int)w->day,
		    ganzhi_text(ganzhi_day(lo + w->day - 1)), ganzhi_text(w->day_gz));
	if (p == NOT_FIRST)
		return date_fail(err, DATE_FAULT_DAY, understood,
		    "%s%s began on a %s day, not %s", year, month,
		    ganzhi_text(ganzhi_day(lo)), ganzhi_text(w->first_gz));
	return date_fail(err, DATE_FAULT_DAY, understood,
	    "%s%s had no %s day: it ran from %s to %s", year, month,
	    ganzhi_text(w->day_gz), ganzhi_text(ganzhi_day(lo)), ganzhi_text(ganzhi_day(hi)));
}

/* An era of Japan or Korea. */
static int
abroad_why(const struct who *who, const struct written *w, size_t understood,
    struct date_error *err)
{
	const struct abroad *a = NULL, *next;
	int32_t year, first, last;
	jdn_t lo, hi;
	char then[64] = "";
	size_t i;

	for (i = 0; i < who->abroad.n && a == NULL; i++)
		if (FORM_KIND(who->abroad.v[i]) == FORM_ABROAD)
			a = abroad_get(FORM_ID(who->abroad.v[i]));
	if (a == NULL || !w->year)
		return date_fail(err, DATE_FAULT_YEAR, understood, "that era: which year?");
	first = gregorian_from_jdn((jdn_t)a->from).year - a->year;
	last = gregorian_from_jdn((jdn_t)a->to).year - first;
	year = MIN(w->year, 9999) + first;
	if (w->year <= last) {
		if (chinese_civil_days(year, w, false, &lo, &hi, err) < 0)
			return LEISHU_ESYNTAX;
		return date_fail(err, DATE_FAULT_YEAR, understood,
		    "%.*s of %.*s lasted from %s to %s", ARG(name_text(a->name)),
		    ARG(name_text(a->state)), day_text((jdn_t)a->from).text,
		    day_text((jdn_t)a->to).text);
	}
	for (i = 0; (next = abroad_get((unsigned)i)) != NULL; i++)
		if (bytes_eq(name_text(next->state), name_text(a->state)) &&
		    (jdn_t)next->from <= jdn_gregorian(year, 12, 31) &&
		    (jdn_t)next->to >= jdn_gregorian(year, 12, 31))
			(void)snprintf(then, sizeof(then), "; that year was %.*s%d年",
			    ARG(name_text(next->name)),
			    year - gregorian_from_jdn((jdn_t)next->from).year + next->year);
	return date_fail(err, DATE_FAULT_YEAR, understood,
	    "%.*s of %.*s ended in its year %d (on %s)%s", ARG(name_text(a->name)),
	    ARG(name_text(a->state)), last, day_text((jdn_t)a->to).text, then);
}

int
chinese_why_not(const struct who *who, const struct written *w, size_t understood,
    struct date_error *err)
{
	struct matter m;
	struct label year;
	const struct reign *r;
	struct lunar_year y;
	int32_t at;
	jdn_t lo, hi;
	enum placed p;

	if (w->year == YEAR_ZERO)
		return date_fail(err, DATE_FAULT_YEAR, understood,
		    "year 0: an era begins with its year 1, 元年");
	if (!matter_of(who, &m)) {
		if (!who->polity.n && who->abroad.n)
			return abroad_why(who, w, understood, err);
		return other_state(who, understood, err);
	}
	if (who->era.n && w->spare)
		return date_fail(err, DATE_FAULT_YEAR, understood,
		    "前, 中 or 後 before a year is of reigns without eras, not of %.*s",
		    ARG(m.name));
	if (!w->year && w->year_gz < 0)
		return date_fail(err, DATE_FAULT_SYNTAX, understood,
		    "%.*s: which year?", ARG(m.name));
	if (w->year && bytes_eq(m.name, B("民國")) && !w->lunar_mark && w->year_gz < 0 &&
	    !w->season && chinese_civil_days(m.base + w->year, w, false, &lo, &hi, err) < 0)
		return LEISHU_ESYNTAX;
	if (!w->year)
		return date_fail(err, DATE_FAULT_YEAR, understood,
		    "%.*s (%s to %s) had no %s year%s", ARG(m.name), day_text(m.from).text,
		    day_text(m.to).text, ganzhi_text(w->year_gz),
		    has_month(w) ? " with that month and day" : "");
	if (!who->era.n && reign_get(m.reigns.v[0])->era)
		return name_the_era(&m, understood, err);
	at = m.base + w->year;
	r = reign_get(m.reigns.v[0]);
	if (w->year > 2400 || !lunar_year_get(r->cal, at, &y) || y.first > m.to)
		return past_end(&m, w->year, understood, err);
	year = year_label(m.name, w->year);
	p = chinese_days(r->cal, at, r, w, &lo, &hi);
	if (p == NO_CYCLE)
		return date_fail(err, DATE_FAULT_YEAR, understood, "%s was a %s year, not %s",
		    year.text, ganzhi_text(ganzhi_year(at)), ganzhi_text(w->year_gz));
	if (p == NO_MONTH)
		return no_month(year.text, &y, w, understood, err);
	if (p != PLACED)
		return wrong_day(p, year.text, r, at, w, understood, err);
	return date_fail(err, DATE_FAULT_YEAR, understood, "%.*s %s on %s%s", ARG(m.name),
	    lo < m.from ? "only began" : "had ended", day_text(lo < m.from ? m.from : m.to).text,
	    instead(lo, m.polity, m.era).text);
}

/* ---- names that are not known ---- */

/* Characters that two names share, in order; -1 when they are not near. */
static int
likeness(struct bytes a, struct bytes b)
{
	size_t i = 0, k = 0, na = utf8_count(a), nb = utf8_count(b);
	uint32_t ca, cb;
	int same = 0;

	if (na < 2 || nb < 2 || na > nb + 1 || nb > na + 1)
		return -1;
	while (utf8_next(a, &i, &ca)) {
		size_t at = k;

		while (utf8_next(b, &at, &cb))
			if (ca == cb) {
				same++;
				k = at;
				break;
			}
	}
	return same == 0 ? -1 : 100 * same / (int)MAX(na, nb);
}

struct near {
	unsigned era;
	int score;
};

static void
near_add(struct near v[NEAR_MAX], unsigned era, int score)
{
	int i, k;

	for (i = 0; i < NEAR_MAX; i++)
		if (v[i].era && bytes_eq(name_text(era_get(v[i].era)->name),
		    name_text(era_get(era)->name))) {
			if (v[i].score >= score)
				return;
			for (; i + 1 < NEAR_MAX; i++)
				v[i] = v[i + 1];
			v[NEAR_MAX - 1] = (struct near){ 0, 0 };
			break;
		}
	for (k = NEAR_MAX; k > 0 && v[k - 1].score < score; k--)
		if (k < NEAR_MAX)
			v[k] = v[k - 1];
	if (k < NEAR_MAX)
		v[k] = (struct near){ era, score };
}

/* Long eras of great states are meant more often. */
static int
era_weight(unsigned id)
{
	struct id_list l = era_reigns(id);
	uint32_t days = 0;
	size_t i;

	for (i = 0; i < l.n; i++)
		days += reign_get(l.v[i])->to - reign_get(l.v[i])->from;
	return polity_get(era_get(id)->polity)->weight + (int)MIN(days / 365, 60);
}

/* What stands before the year: up to 元, a figure, or a pair. */
static struct bytes
name_part(struct bytes s)
{
	size_t at = 0, n = 0;
	uint32_t cp;

	while (at < s.n && n < 8) {
		struct bytes left = bytes_sub(s, at, s.n);
		size_t next = at;

		if (n && (numeral_read(left).bytes || ganzhi_read(left) >= 0 ||
		    bytes_starts(left, B("元年")) || bytes_starts(left, B("年"))))
			break;
		if (!utf8_next(s, &next, &cp) || cp < 0x3400)
			break;
		at = next;
		n++;
	}
	return bytes_sub(s, 0, at);
}

int
chinese_unknown(struct bytes s, size_t named, size_t reached, struct date_error *err)
{
	struct bytes behind = name_part(bytes_sub(s, named, s.n));
	size_t understood = reached;
	struct near v[NEAR_MAX] = { { 0, 0 } };
	unsigned char folded[NAME_MAX_BYTES];
	struct bytes name = name_part(s), like_name, form;
	struct id_list l;
	char list[200] = "";
	size_t i, k, n = name_form(0, &form, &l), at = 0;
	int like;

	/* 清光續三年: the state is known, what follows it is not. */
	if (named && reached <= chinese_blanks(s, named) && utf8_count(behind) > 1 &&
	    named + behind.n < s.n)
		name = behind;
	else if (reached > 3)
		return date_fail(err, DATE_FAULT_SYNTAX, understood,
		    "'%.*s' can be read, but not '%.*s' behind it",
		    (int)reached, (const char *)s.p, (int)(s.n - reached),
		    (const char *)s.p + reached);
	if (name.n < 3 || name.n == s.n)
		return date_fail(err, DATE_FAULT_SYNTAX, understood, "this is no date");
	like_name = name_fold(name, folded);
	for (i = 0; i < n; i++) {
		(void)name_form(i, &form, &l);
		if ((like = likeness(like_name, form)) < 0)
			continue;
		like += 10 * bytes_eq(bytes_sub(like_name, 0, 3), bytes_sub(form, 0, 3));
		for (k = 0; k < l.n; k++)
			if (FORM_KIND(l.v[k]) == FORM_ERA)
				near_add(v, FORM_ID(l.v[k]),
				    10 * like + era_weight(FORM_ID(l.v[k])));
	}
	for (i = 0; i < NEAR_MAX && v[i].era; i++) {
		const struct era *e = era_get(v[i].era);
		int w = snprintf(list + at, sizeof(list) - at, "%s%.*s (%.*s)", at ? ", " : "",
		    ARG(name_text(e->name)), ARG(name_text(polity_get(e->polity)->name)));

		at += w > 0 ? (size_t)w : 0;
	}
	return date_fail(err, DATE_FAULT_ERA, understood + 1, at ?
	    "no era or ruler is called %.*s; near names: %s" :
	    "no era or ruler is called %.*s%s", ARG(name), list);
}
