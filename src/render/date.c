/* SPDX-License-Identifier: ISC */
/* EDTF, as records carry it, in words a reader knows. */
#include "render/render.h"
#include "render/web_gen.h"

/* A year, a month or a day, with how sure it is. */
struct when {
	int year, month, day;	/* 0: not said */
	int open;		/* last digits of the year that are not known */
	bool circa, perhaps;
};

static bool
digits(struct bytes s, size_t at, size_t n, int *ret)
{
	size_t i;

	*ret = 0;
	for (i = at; i < at + n; i++) {
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return false;
		*ret = *ret * 10 + (s.p[i] - '0');
	}
	return true;
}

static bool
read_when(struct bytes s, struct when *w)
{
	bool bc = s.n && s.p[0] == '-';

	*w = (struct when){ 0 };
	if (s.n && strchr("~?%", s.p[s.n - 1])) {
		w->circa = s.p[s.n - 1] != '?';
		w->perhaps = s.p[s.n - 1] != '~';
		s.n--;
	}
	if (bc)
		s = bytes_sub(s, 1, s.n);
	while (s.n == 4 && w->open < 2 && s.p[3 - w->open] == 'X')
		w->open++;
	if (!digits(s, 0, MIN(s.n, 4u) - (size_t)w->open, &w->year) || s.n < 4 ||
	    (bc && w->open))
		return false;
	if (bc)
		w->year = -w->year;
	if (s.n == 4)
		return true;
	if (s.p[4] != '-' || !digits(s, 5, 2, &w->month) || w->month < 1 || w->month > 12)
		return false;
	if (s.n == 7)
		return true;
	return s.n == 10 && s.p[7] == '-' && digits(s, 8, 2, &w->day) &&
	    w->day >= 1 && w->day <= 31;
}

/* Astronomical years below 1 are years before Christ. */
static void
put_year(struct page *p, int year)
{
	if (p->ui == UI_EN)
		buf_printf(p->out, year > 0 ? "%d" : "%d BC", year > 0 ? year : 1 - year);
	else
		buf_printf(p->out, year > 0 ? "%d年" : "前%d年", year > 0 ? year : 1 - year);
}

/* 190X is the 1900s, 11XX the 12th century. */
static void
put_open_year(struct page *p, const struct when *w)
{
	static const char *const ordinal[] = { "th", "st", "nd", "rd" };
	int n = w->year + 1, last = n % 100 / 10 != 1 && n % 10 < 4 ? n % 10 : 0;

	if (w->open == 1)
		buf_printf(p->out, p->ui == UI_EN ? "%d0s" : "%d0年代", w->year);
	else if (p->ui == UI_EN)
		buf_printf(p->out, "%d%s century", n, ordinal[last]);
	else
		buf_printf(p->out, p->ui == UI_HANS ? "%d世纪" : "%d世紀", n);
}

static void
put_when(struct page *p, const struct when *w)
{
	static const char *const months[] = { "January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December" };

	if (w->circa)
		buf_puts(p->out, p->ui == UI_EN ? "<i>c.</i> " : "約");
	if (w->open) {
		put_open_year(p, w);
	} else if (p->ui == UI_EN) {
		if (w->day)
			buf_printf(p->out, "%d ", w->day);
		if (w->month)
			buf_printf(p->out, "%s ", months[w->month - 1]);
		put_year(p, w->year);
	} else {
		put_year(p, w->year);
		if (w->month)
			buf_printf(p->out, "%d月", w->month);
		if (w->day)
			buf_printf(p->out, "%d日", w->day);
	}
	if (w->perhaps)
		buf_puts(p->out, "?");
}

/* One date, linked and machine-readable where HTML knows its form. */
static void
put_time(struct page *p, struct bytes s, const struct when *w, const char *href)
{
	bool plain = w->year > 0 && w->open == 0 && !w->circa && !w->perhaps;

	if (href) {
		buf_printf(p->out, "<a class=\"date\" href=\"%s", href);
		url_query(p->out, s);
		buf_puts(p->out, "\">");
	}
	if (plain) {
		buf_puts(p->out, "<time datetime=\"");
		html_escape(p->out, s);
		buf_puts(p->out, "\">");
	}
	put_when(p, w);
	buf_puts(p->out, plain ? "</time>" : "");
	buf_puts(p->out, href ? "</a>" : "");
}

/* P30Y, P6M, P90D. */
static bool
read_period(struct bytes s, int *n, enum word *unit)
{
	if (s.n < 3 || s.n > 7 || s.p[0] != 'P' || !digits(s, 1, s.n - 2, n))
		return false;
	switch (s.p[s.n - 1]) {
	case 'Y': *unit = WORD_n_years; return true;
	case 'M': *unit = WORD_n_months; return true;
	case 'D': *unit = WORD_n_days; return true;
	default: return false;
	}
}

/* "a/b", either side ".." or empty for open. */
static bool
read_interval(struct bytes s, struct bytes *a, struct bytes *b, struct when *from, struct when *to)
{
	size_t at = bytes_find(s, B("/"));

	if (at == SIZE_MAX)
		return false;
	*a = bytes_sub(s, 0, at);
	*b = bytes_sub(s, at + 1, s.n);
	if (bytes_eq(*a, B("..")))
		a->n = 0;
	if (bytes_eq(*b, B("..")))
		b->n = 0;
	return (a->n || b->n) && (a->n == 0 || read_when(*a, from)) &&
	    (b->n == 0 || read_when(*b, to));
}

/* "[a,b]": one of the two. */
static bool
read_choice(struct bytes s, struct bytes *a, struct bytes *b, struct when *from, struct when *to)
{
	size_t at = bytes_find(s, B(","));

	if (at == SIZE_MAX || s.p[0] != '[' || s.p[s.n - 1] != ']')
		return false;
	*a = bytes_sub(s, 1, at);
	*b = bytes_sub(s, at + 1, s.n - 1);
	return read_when(*a, from) && read_when(*b, to);
}

static void
put_interval(struct page *p, struct bytes a, const struct when *from, struct bytes b,
    const struct when *to, const char *href)
{
	struct buf one = { 0 }, *out = p->out;

	if (a.n && b.n) {
		put_time(p, a, from, href);
		buf_puts(out, "–");
		put_time(p, b, to, href);
		return;
	}
	p->out = &one;
	put_time(p, a.n ? a : b, a.n ? from : to, href);
	p->out = out;
	page_word_html(p, a.n ? WORD_since : WORD_until, buf_view(&one));
	buf_release(&one);
}

bool
is_edtf(struct bytes s)
{
	struct bytes a, b;
	struct when x, y;
	enum word unit;
	int n;

	return read_when(s, &x) || read_period(s, &n, &unit) ||
	    read_interval(s, &a, &b, &x, &y) || read_choice(s, &a, &b, &x, &y);
}

void
page_date(struct page *p, struct bytes s, const char *href)
{
	struct when from, to;
	struct bytes a, b;
	enum word unit;
	int n;

	if (read_when(s, &from))
		put_time(p, s, &from, href);
	else if (read_period(s, &n, &unit))
		page_word_num(p, unit, (uint64_t)n);
	else if (read_interval(s, &a, &b, &from, &to))
		put_interval(p, a, &from, b, &to, href);
	else if (read_choice(s, &a, &b, &from, &to)) {
		put_time(p, a, &from, href);
		buf_puts(p->out, p->ui == UI_EN ? " or " : "或");
		put_time(p, b, &to, href);
	} else
		page_runs(p, s);
}
