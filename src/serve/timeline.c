/* SPDX-License-Identifier: ISC */
/* The timeline: a chart made here, and a table with the same facts. */
#include <leishu/timeline.h>

#include "base/map.h"
#include "calendar/calendar.h"
#include "render/render.h"
#include "render/said.h"
#include "render/web_gen.h"
#include "serve/inside.h"

#define PER_PAGE	20
#define CHART_MAX	28	/* marks of the chart */
#define DRAWN_MAX	400	/* statements the marks are chosen from */
#define ROWS_MAX	26
#define ROW_HEIGHT	40
#define TOP		44
#define WIDTH		1200.0
#define LEFT		24.0
#define RIGHT		1176.0
#define LETTER		7.4	/* a letter of 14 px, about; Han takes two */

static struct bytes
of(struct leishu_text t)
{
	return bytes_make(t.p, t.n);
}

struct view {
	int32_t lo, hi;		/* days shown */
	bool certain;
	uint64_t page;
	struct bytes from, to;	/* as asked */
};

static double
x_of(const struct view *v, int32_t day)
{
	double x = LEFT + (RIGHT - LEFT) * ((double)day - v->lo) / MAX(1.0, (double)v->hi - v->lo);

	return MIN(MAX(x, LEFT), RIGHT);
}

static struct bytes
iso_of(struct ctx *c, int32_t j)
{
	char text[CIVIL_TEXT];

	civil_text(gregorian_from_jdn(MIN(MAX(j, JDN_MIN), JDN_MAX)), text);
	return arena_printf(c->a, "%s", text);
}

/* "/timeline?from=..&to=..", an attribute's value. */
static struct bytes
href_of(struct ctx *c, const struct view *v, int64_t lo, int64_t hi)
{
	struct bytes a = iso_of(c, (int32_t)MAX(lo, JDN_MIN));
	struct bytes b = iso_of(c, (int32_t)MIN(hi, JDN_MAX));

	return arena_printf(c->a, "/timeline?from=%.*s&amp;to=%.*s%s", (int)a.n,
	    (const char *)a.p, (int)b.n, (const char *)b.p, v->certain ? "&amp;certain=1" : "");
}

/* --- the chart ------------------------------------------------------------ */

static int32_t
year_of(int32_t day)
{
	return gregorian_from_jdn(day).year;
}

/* Years between two lines of the grid: at most a dozen lines. */
static int32_t
grid_step(int32_t years)
{
	static const int32_t steps[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000 };
	size_t i;

	for (i = 0; i + 1 < NELEM(steps) && years / steps[i] > 11; i++)
		;
	return steps[i];
}

static void
grid(struct ctx *c, const struct view *v, const char *height, struct buf *out)
{
	struct page p = page_make(out, c->page.ui);
	int32_t a = year_of(v->lo), b = year_of(v->hi), step = grid_step(b - a), y;

	for (y = a - (a % step + step) % step; y <= b; y += step) {
		struct buf label = { 0 };
		struct page l = page_make(&label, c->page.ui);
		int32_t year = y > 0 ? y : y + 1;	/* 500 BC is the year -499 */
		jdn_t day = jdn_gregorian(year, 1, 1);

		if (day < v->lo)
			continue;
		if (year > 0)
			buf_printf(&label, "%d", year);
		else
			buf_printf(&label, l.ui == UI_EN ? "%d BC" : "前%d", 1 - year);
		T(&p, tl_grid, .x = arena_printf(c->a, "%.1f", x_of(v, day)),
		    .height = bytes_str(height), .label = buf_view(&label));
		buf_release(&label);
	}
}

static double
text_width(struct bytes s)
{
	double w = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((s.p[i] & 0xc0) != 0x80)
			w += s.p[i] >= 0xe3 ? 2 * LETTER : LETTER;
	return w;
}

/* A day is a ring; a stretch a bar; a day somewhere in a stretch is hatched. */
static struct bytes
shape(struct ctx *c, double x0, double x1, double y, bool sure)
{
	double w = MAX(x1 - x0, 5.0);

	if (x1 - x0 < 3.0 && sure)
		return arena_printf(c->a, "<circle class=\"pt\" cx=\"%.1f\" cy=\"%.1f\""
		    " r=\"4.5\"/>", x0, y + 4);
	if (sure)
		return arena_printf(c->a, "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\""
		    " width=\"%.1f\" height=\"8\"/>", x0, y, w);
	return arena_printf(c->a, "<rect class=\"edge\" x=\"%.1f\" y=\"%.1f\""
	    " width=\"%.1f\" height=\"7\"/>"
	    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"7\" fill=\"url(#hat)\"/>",
	    x0, y + .5, w, x0, y + .5, w);
}

struct chart {
	struct { double left, right; int row; } taken[CHART_MAX];
	int rows;
	unsigned shown;
	struct map seen;
	struct buf marks;
};

/* A day, or a stretch with both ends told: "1896" alone is some day of 1896. */
static bool
is_sure(const struct leishu_event *e)
{
	return e->doubt == 0 && (e->from == e->to ||
	    bytes_find(of(e->edtf), B("/")) != SIZE_MAX);
}

/* The first row with room from left to right, or ROWS_MAX. */
static int
free_row(const struct chart *ch, double left, double right)
{
	unsigned i;
	int r;

	for (r = 0; r < ROWS_MAX; r++) {
		for (i = 0; i < ch->shown && (ch->taken[i].row != r ||
		    ch->taken[i].right <= left || ch->taken[i].left >= right); i++)
			;
		if (i == ch->shown)
			break;
	}
	return r;
}

static void
mark(struct ctx *c, const struct view *v, struct chart *ch, const struct leishu_event *e)
{
	double x0 = x_of(v, e->from), x1 = x_of(v, e->to), w = text_width(of(e->title));
	bool turn = x0 + w > WIDTH - 6, sure = is_sure(e);
	double left = turn ? MIN(x0, x1 - w) : x0, right = MAX(x1, turn ? x1 : x0 + w) + 14;
	struct page p = page_make(&ch->marks, c->page.ui);
	int r = free_row(ch, left, right);
	double y;

	if (r == ROWS_MAX)
		return;
	ch->taken[ch->shown].left = left;
	ch->taken[ch->shown].right = right;
	ch->taken[ch->shown].row = r;
	ch->rows = MAX(ch->rows, r + 1);
	y = TOP + r * ROW_HEIGHT + 18;
	T(&p, tl_mark, .href = entry_href(c, of(e->id)), .shape = shape(c, x0, x1, y, sure),
	    .left = arena_printf(c->a, "%.1f", left), .above = arena_printf(c->a, "%.1f", y - 22),
	    .wide = arena_printf(c->a, "%.1f", MAX(right - left - 14, 30.0)),
	    .x = arena_printf(c->a, "%.1f", turn ? x1 : x0), .end = turn,
	    .y = arena_printf(c->a, "%.1f", y - 6), .label = of(e->title));
	ch->shown++;
}

/* One mark for each entry and day, what records say before what prose mentions. */
static void
fill(struct ctx *c, const struct view *v, struct chart *ch, const struct leishu_events *ev)
{
	size_t i, turn, n = leishu_events_count(ev);

	for (turn = 0; turn < 2; turn++)
		for (i = 0; i < n && ch->shown < CHART_MAX; i++) {
			const struct leishu_event *e = leishu_events_at(ev, i);
			bool field = !bytes_eq(of(e->property), B("mentioned"));
			struct bytes key = arena_printf(c->a, "%.*s", (int)e->id.n, e->id.p);
			bool fresh;

			if (field != (turn == 0) || (e->to - e->from) * 2.0 > (double)v->hi - v->lo)
				continue;
			if (map_put(&ch->seen, key, &fresh) == NULL || !fresh)
				continue;
			mark(c, v, ch, e);
		}
}

static unsigned
chart(struct ctx *c, const struct view *v, const struct leishu_events *ev,
    struct bytes title, struct buf *out)
{
	struct chart ch = { .rows = 0 };
	struct page p = page_make(out, c->page.ui);
	struct buf all = { 0 };
	char height[16];

	fill(c, v, &ch, ev);
	(void)snprintf(height, sizeof(height), "%d", TOP + MAX(ch.rows, 1) * ROW_HEIGHT + 10);
	grid(c, v, height, &all);
	buf_bytes(&all, buf_view(&ch.marks));
	if (ch.shown)
		T(&p, tl_chart, .height = bytes_str(height), .title = title,
		    .marks = buf_view(&all));
	buf_release(&all);
	buf_release(&ch.marks);
	map_release(&ch.seen);
	return ch.shown;
}

struct bytes
event_words(struct ctx *c, const struct leishu_event *e, struct bytes *lang)
{
	struct buf b = { 0 };
	struct page p = page_make(&b, c->page.ui);
	struct bytes set;

	if (e->context.n)
		return quoted(c, without_cites(c, of(e->context)), lang);
	page_runs(&p, said_word(p.ui, '.', of(e->property)));
	set = arena_buf(c->a, &b);
	buf_release(&b);
	*lang = (struct bytes){ NULL, 0 };
	return set;
}

/* --- the table ------------------------------------------------------------ */

static void
table(struct ctx *c, const struct leishu_events *ev)
{
	struct buf rows = { 0 };
	struct page p = page_make(&rows, c->page.ui);
	bool inside = true;
	size_t i;

	for (i = 0; i < leishu_events_count(ev); i++) {
		const struct leishu_event *e = leishu_events_at(ev, i);
		struct buf when = { 0 };
		struct page w = page_make(&when, c->page.ui);
		struct bytes lang, what = event_words(c, e, &lang);

		page_date(&w, years_of(c, of(e->edtf), e->from, e->to), "/date?q=");
		if (inside && !e->inside)
			T(&p, tl_reaching, 0);
		inside = e->inside;
		T(&p, tl_row, .when = buf_view(&when), .href = entry_href(c, of(e->id)),
		    .title = of(e->title), .what = what, .whatlang = lang,
		    .sure = word(p.ui, e->doubt ? WORD_unsure : WORD_sure));
		buf_release(&when);
	}
	T(&c->page, tl_table, .rows = buf_view(&rows));
	buf_release(&rows);
}

static void
zoom(struct ctx *c, const struct view *v)
{
	int64_t span = MAX(1, (int64_t)v->hi - v->lo), quarter = span / 4;

	T(&c->page, tl_zoom,
	    .earlier = v->lo > JDN_MIN ? href_of(c, v, v->lo - span / 2, v->hi - span / 2) : B(""),
	    .later = v->hi < JDN_MAX ? href_of(c, v, v->lo + span / 2, v->hi + span / 2) : B(""),
	    .closer = href_of(c, v, v->lo + quarter, MAX(v->lo + quarter + 1, v->hi - quarter)),
	    .wider = href_of(c, v, v->lo - span / 2, v->hi + span / 2));
}

/* --- the page ------------------------------------------------------------- */

static struct leishu_events *
ask(struct ctx *c, struct bytes range, bool certain, uint64_t skip, unsigned limit)
{
	struct leishu_timeline_options o;
	struct leishu_events *ev;
	int rc;

	leishu_timeline_options_defaults(&o);
	o.limit = limit;
	o.skip = (unsigned)skip;
	o.certain = certain;
	if ((rc = leishu_timeline(c->vol->handle, (const char *)range.p, range.n, &o, &ev)) < 0) {
		fail_code(c, rc);
		return NULL;
	}
	return ev;
}

static struct bytes
range_of(struct ctx *c, struct bytes from, struct bytes to)
{
	from = from.n ? from : B("-9999");
	to = to.n ? to : B("9999");
	return arena_printf(c->a, "%.*s..%.*s", (int)from.n, (const char *)from.p,
	    (int)to.n, (const char *)to.p);
}

/* "1949/1951": the years of the first and the last day, of the calendar of their time. */
static struct bytes
years_shown(struct ctx *c, const struct view *v)
{
	int32_t a = (v->lo < JDN_REFORM ? julian_from_jdn(v->lo) : gregorian_from_jdn(v->lo)).year;
	int32_t b = (v->hi < JDN_REFORM ? julian_from_jdn(v->hi) : gregorian_from_jdn(v->hi)).year;
	struct bytes from = arena_printf(c->a, "%s%04d", a < 0 ? "-" : "", abs(a));

	return a == b ? from : arena_printf(c->a, "%.*s/%s%04d", (int)from.n,
	    (const char *)from.p, b < 0 ? "-" : "", abs(b));
}

static void
write_page(struct ctx *c, const struct view *v, const struct leishu_events *ev,
    const struct leishu_events *drawn)
{
	struct bytes title = word(c->page.ui, WORD_timeline), base;
	struct buf line = { 0 }, picture = { 0 }, years = { 0 }, head = { 0 };
	struct page p = page_make(&line, c->page.ui), y = page_make(&years, c->page.ui),
	    h = page_make(&head, c->page.ui);
	uint64_t total = leishu_events_total(ev);
	unsigned shown;

	page_date(&y, years_shown(c, v), NULL);
	page_word_html(&h, WORD_timeline_of, buf_view(&years));
	page_word_num(&p, WORD_n_dated, total);
	buf_puts(&line, p.ui == UI_EN ? ". " : "。");
	shown = drawn ? chart(c, v, drawn, title, &picture) : 0;
	if (shown && shown < total) {
		page_word_num(&p, WORD_tl_chosen, shown);
		buf_puts(&line, p.ui == UI_EN ? " " : "");
	}
	page_html(&p, word(p.ui, total ? WORD_tl_line : WORD_tl_none));
	frame_open(c, &(struct frame){ .title = title, .nav = "timeline" });
	T(&c->page, pagehead, .title = buf_view(&head), .line = buf_view(&line));
	T(&c->page, tl_form, .from = v->from, .to = v->to, .certain = v->certain);
	zoom(c, v);
	buf_bytes(c->out, buf_view(&picture));
	if (total)
		table(c, ev);
	base = href_of(c, v, v->lo, v->hi);
	paging(c, base, title, v->page, (MIN(total, 100000) + PER_PAGE - 1) / PER_PAGE);
	frame_close(c);
	buf_release(&line);
	buf_release(&picture);
	buf_release(&years);
	buf_release(&head);
}

/* Of what surely lies in the range; it comes by its first day. */
static int32_t
last_day(struct ctx *c, struct bytes range)
{
	struct leishu_events *ev = ask(c, range, true, 0, 1);
	uint64_t total = ev ? leishu_events_total(ev) : 0;
	int32_t day = JDN_MIN;

	leishu_events_free(ev);
	if (total && (ev = ask(c, range, true, MIN(total - 1, 1000000), 1)) != NULL) {
		if (leishu_events_count(ev))
			day = leishu_events_at(ev, 0)->to;
		leishu_events_free(ev);
	}
	return day;
}

/* Answers 400 for a range that cannot be read: which end it is, and why. */
static void
bad_range(struct ctx *c, struct bytes from, const char *why)
{
	struct leishu_events *ev = ask(c, range_of(c, from, B("")), false, 0, 1);

	if (ev)
		fail_param(c, leishu_events_error(ev) ? "from" : "to", why);
	leishu_events_free(ev);
}

/* From the first to the last statement that has an end, where no range was asked for. */
static void
fit(struct ctx *c, struct view *v, const struct leishu_events *all)
{
	int32_t lo = JDN_MAX, hi = JDN_MIN;
	const struct leishu_event *e;
	size_t i;

	for (i = 0; (e = leishu_events_at(all, i)) != NULL; i++) {
		lo = e->from > JDN_MIN ? MIN(lo, e->from) : lo;
		hi = e->to < JDN_MAX ? MAX(hi, e->to) : hi;
	}
	if (leishu_events_total(all) > i)
		hi = MAX(hi, last_day(c, range_of(c, v->from, v->to)));
	if (lo <= hi) {
		v->lo = v->from.n ? v->lo : lo;
		v->hi = v->to.n ? v->hi : MAX(hi, lo + 365);
	}
}

void
page_timeline(struct ctx *c)
{
	const struct address *ad = &c->rq->address;
	struct view v = { .from = bytes_trim(address_get(ad, "from")),
	    .to = bytes_trim(address_get(ad, "to")) };
	struct leishu_events *ev, *drawn = NULL;
	bool open = v.from.n == 0 || v.to.n == 0;
	const char *error;

	if (v.from.n > 200 || v.to.n > 200) {
		fail_param(c, v.from.n > 200 ? "from" : "to", "is too long for a date");
		return;
	}
	if (!param_num(c, "page", 1, 1000, 1, &v.page) ||
	    !param_flag(c, "certain", &v.certain) || (ev = ask(c, range_of(c, v.from, v.to),
	    v.certain, (v.page - 1) * PER_PAGE, PER_PAGE)) == NULL)
		return;
	if ((error = leishu_events_error(ev)) != NULL) {
		bad_range(c, v.from, error);
		leishu_events_free(ev);
		return;
	}
	c->keep = true;
	leishu_events_range(ev, &v.lo, &v.hi);
	if ((drawn = ask(c, range_of(c, v.from, v.to), v.certain, 0, DRAWN_MAX)) != NULL) {
		if (open)
			fit(c, &v, drawn);
		v.lo = MAX(v.lo, JDN_MIN);
		v.hi = MIN(MAX(v.hi, v.lo + 1), JDN_MAX);
		write_page(c, &v, ev, drawn);
	}
	leishu_events_free(drawn);
	leishu_events_free(ev);
}

void
api_timeline(struct ctx *c)
{
	const struct address *ad = &c->rq->address;
	struct bytes from = address_get(ad, "from"), to = address_get(ad, "to");
	struct leishu_events *ev;
	uint64_t n, skip;
	bool certain;

	if (from.n > 200 || to.n > 200) {
		fail_param(c, from.n > 200 ? "from" : "to", "is too long for a date");
		return;
	}
	if (from.n == 0 && to.n == 0) {
		fail_param(c, "from", "is missing, and so is 'to'");
		return;
	}
	if (!param_num(c, "n", 1, 1000, 100, &n) || !param_num(c, "skip", 0, 1000000, 0, &skip) ||
	    !param_flag(c, "certain", &certain) ||
	    (ev = ask(c, range_of(c, from, to), certain, skip, (unsigned)n)) == NULL)
		return;
	if (leishu_events_error(ev))
		bad_range(c, from, leishu_events_error(ev));
	else {
		c->type = "application/json";
		c->keep = true;
		buf_bytes(c->out, of(leishu_events_json(ev)));
		buf_putc(c->out, '\n');
	}
	leishu_events_free(ev);
}
