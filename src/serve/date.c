/* SPDX-License-Identifier: ISC */
/* One date in every calendar, its month, and what the entries say of it. */
#include <jansson.h>
#include <leishu/date.h>
#include <leishu/timeline.h>

#include "base/limits.h"
#include "calendar/lunar_text.h"
#include "render/render.h"
#include "render/web_gen.h"
#include "script/lang.h"
#include "serve/inside.h"

#define OTHERS_MAX	60	/* other readings listed */
#define EVENTS_MAX	24
#define LINKED_MAX	100	/* bytes of a query that may be a date */

static struct bytes
field(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_string(v) ? bytes_make(json_string_value(v),
	    json_string_length(v)) : (struct bytes){ NULL, 0 };
}

static int32_t
number(const json_t *o, const char *key)
{
	return (int32_t)json_integer_value(json_object_get(o, key));
}

static struct bytes
iso_of(struct ctx *c, jdn_t j)
{
	char text[CIVIL_TEXT];

	civil_text(gregorian_from_jdn(j), text);
	return arena_printf(c->a, "%s", text);
}

static bool
is_new_year(struct civil d)
{
	return d.month == 1 && d.day == 1;
}

/*
 * "1801-01-01/1900-12-31" is 1801 to 1900; before the reform by Julian years.
 * Sets, seasons and parts of years, which page_date does not know, are what
 * they reach from and to.
 */
struct bytes
years_of(struct ctx *c, struct bytes edtf, int32_t from, int32_t to)
{
	bool open = from <= JDN_MIN, on = to >= JDN_MAX;
	bool julian = (open ? to : from) < JDN_REFORM, known = is_edtf(edtf);
	struct civil a, b;
	char lo[CIVIL_TEXT] = "..", hi[CIVIL_TEXT] = "..";

	if ((known && bytes_find(edtf, B("/")) == SIZE_MAX) || (open && on))
		return edtf;
	a = julian ? julian_from_jdn(MAX(from, JDN_MIN)) : gregorian_from_jdn(MAX(from, JDN_MIN));
	to = on ? JDN_MAX - 1 : to;
	b = julian ? julian_from_jdn(to + 1) : gregorian_from_jdn(to + 1);
	if (!(open || is_new_year(a)) || !(on || is_new_year(b))) {
		if (known)
			return edtf;
		if (!open)
			civil_text(gregorian_from_jdn(from), lo);
		if (!on)
			civil_text(gregorian_from_jdn(to), hi);
		return arena_printf(c->a, "%s/%s", lo, hi);
	}
	b.year--;
	if (!open)
		(void)snprintf(lo, sizeof(lo), "%s%04d", a.year < 0 ? "-" : "", abs(a.year));
	if (!on)
		(void)snprintf(hi, sizeof(hi), "%s%04d", b.year < 0 ? "-" : "", abs(b.year));
	return strcmp(lo, hi) == 0 ? arena_printf(c->a, "%s", lo) :
	    arena_printf(c->a, "%s/%s", lo, hi);
}

/* A date in words of the interface, as HTML. */
static struct bytes
words_of(struct ctx *c, struct bytes iso)
{
	struct buf b = { 0 };
	struct page p = page_make(&b, c->page.ui);
	struct bytes set;

	page_date(&p, iso, NULL);
	set = arena_buf(c->a, &b);
	buf_release(&b);
	return set;
}

static struct bytes
word_html(struct ctx *c, enum word w, struct bytes arg)
{
	struct buf b = { 0 };
	struct page p = page_make(&b, c->page.ui);
	struct bytes set;

	page_word_runs(&p, w, arg);
	set = arena_buf(c->a, &b);
	buf_release(&b);
	return set;
}

/* Han that stands for itself in a cell. */
static struct bytes
han_html(struct ctx *c, struct bytes han, struct bytes behind)
{
	struct buf b = { 0 };
	struct tongue t = c->page.tongue;
	struct bytes set;

	html_lang(&b, han, B("zh-Hant"), &t);
	buf_bytes(&b, behind);
	set = arena_buf(c->a, &b);
	buf_release(&b);
	return set;
}

static void
row(struct page *p, enum word name, struct bytes value, struct bytes remark)
{
	T(p, date_row, .name = word(p->ui, name), .value = value, .remark = remark);
}

/* --- the rows of one day -------------------------------------------------- */

/* What the calendar of a state is called in the first column. */
static enum word
calendar_of(struct bytes polity)
{
	static const struct { const char *polity; enum word w; } t[] = {
		{ "日本", WORD_cal_japanese }, { "民國", WORD_cal_minguo },
		{ "持明院統", WORD_cal_japanese }, { "大覚寺統", WORD_cal_japanese },
		{ "安土桃山", WORD_cal_japanese }, { "朝鮮", WORD_cal_korean },
		{ "大朝鮮國", WORD_cal_korean }, { "大韓帝國", WORD_cal_korean },
		{ "高麗", WORD_cal_korean }, { "新羅", WORD_cal_korean },
		{ "高句麗", WORD_cal_korean }, { "摩震", WORD_cal_korean },
	};
	size_t i;

	for (i = 0; i < NELEM(t); i++)
		if (bytes_eq(polity, bytes_str(t[i].polity)))
			return t[i].w;
	return bytes_ends(polity, B("時代")) ? WORD_cal_japanese : WORD_cal_chinese;
}

/* For who does not read the characters: "year 24, month 8, day 6". */
static void
in_figures(const json_t *in, struct buf *out)
{
	static const char *const parts[] = { "year", "month", "day" };
	size_t i;

	/* The year of "公元" is none of the Chinese calendar's. */
	for (i = bytes_eq(field(in, "polity"), B("公元")); i < NELEM(parts) &&
	    number(in, parts[i]); i++)
		buf_printf(out, "%s%s%s %d", out->n ? ", " : "", i == 1 &&
		    json_is_true(json_object_get(in, "leap")) ? "leap " : "", parts[i],
		    (int)number(in, parts[i]));
}

static void
counted_rows(struct ctx *c, struct page *p, const json_t *cand)
{
	const json_t *in;
	size_t i;

	json_array_foreach(json_object_get(cand, "in"), i, in) {
		struct bytes polity = field(in, "polity");
		enum word w = calendar_of(polity);
		struct buf remark = { 0 };
		struct page q = page_make(&remark, p->ui);

		if (p->ui == UI_EN)
			in_figures(in, &remark);
		if (w == WORD_cal_chinese && !bytes_eq(polity, B("公元"))) {
			buf_puts(&remark, remark.n ? ", " : "");
			page_word_runs(&q, WORD_counted_by, polity);
		}
		row(p, w, han_html(c, field(in, "text"), B("")), buf_view(&remark));
		buf_release(&remark);
	}
}

static void
cycle_row(struct ctx *c, struct page *p, const json_t *cand)
{
	const json_t *g = json_object_get(cand, "ganzhi");
	struct buf b = { 0 };
	static const struct { const char *key, *unit; } parts[] = {
		{ "year", "年" }, { "month", "月" }, { "day", "日" },
	};
	size_t i;

	for (i = 0; i < NELEM(parts); i++)
		if (field(g, parts[i].key).n) {
			buf_puts(&b, b.n ? " " : "");
			buf_bytes(&b, field(g, parts[i].key));
			buf_puts(&b, parts[i].unit);
		}
	if (b.n)
		row(p, WORD_cal_ganzhi, han_html(c, buf_view(&b), B("")), B(""));
	buf_release(&b);
}

static void
term_row(struct ctx *c, struct page *p, const json_t *cand)
{
	const json_t *t = json_object_get(cand, "term");
	struct buf remark = { 0 };
	struct page q = page_make(&remark, p->ui);

	if (field(t, "name").n == 0)
		return;
	if (p->ui == UI_EN) {
		page_runs(&q, field(t, "english"));
		buf_puts(&remark, ", ");
	}
	page_word_num(&q, WORD_term_day, (uint64_t)number(t, "day"));
	row(p, WORD_solar_term, han_html(c, field(t, "name"), B("")), buf_view(&remark));
	buf_release(&remark);
}

static void
day_rows(struct ctx *c, const json_t *cand, struct buf *out)
{
	struct page p = page_make(out, c->page.ui);
	struct bytes g = field(cand, "gregorian"), j = field(cand, "julian");
	int32_t jdn = number(cand, "jdn");
	struct buf n = { 0 };
	struct page q = page_make(&n, c->page.ui);

	row(&p, WORD_cal_gregorian, words_of(c, g), word_html(c, WORD_iso, g));
	row(&p, WORD_cal_julian, words_of(c, j), jdn < JDN_REFORM ? B("") :
	    word(p.ui, WORD_old_style));
	counted_rows(c, &p, cand);
	cycle_row(c, &p, cand);
	term_row(c, &p, cand);
	page_num(&q, (uint64_t)MAX(jdn, 0));
	row(&p, WORD_cal_jd, buf_view(&n), word(p.ui, WORD_jdn_noon));
	buf_release(&n);
}

static void
span_rows(struct ctx *c, const json_t *cand, struct buf *out)
{
	struct page p = page_make(out, c->page.ui);
	static const struct { const char *key; enum word name; } ends[] = {
		{ "from", WORD_first_day }, { "to", WORD_last_day },
	};
	size_t i;

	for (i = 0; i < NELEM(ends); i++) {
		struct bytes day = field(json_object_get(cand, ends[i].key), "gregorian");

		if (day.n)	/* else open on this side */
			row(&p, ends[i].name, words_of(c, day), word_html(c, WORD_iso, day));
	}
	counted_rows(c, &p, cand);
}

/* Where the tables differ, what the others say. */
static void
disputes(struct ctx *c, const json_t *cand)
{
	const json_t *list = json_object_get(cand, "disputed"), *one;
	struct buf items = { 0 };
	struct page p = page_make(&items, c->page.ui);
	size_t i;

	json_array_foreach(list, i, one)
		T(&p, date_dispute, .said = bytes_make(json_string_value(one),
		    json_string_length(one)));
	if (items.n)
		T(&c->page, date_disputes, .items = buf_view(&items));
	buf_release(&items);
}

/* --- the month around it -------------------------------------------------- */

/* What stands under a day: its Chinese day, or the month that begins. */
static void
small_han(jdn_t j, struct buf *out, bool *first)
{
	struct lunar_day d;

	*first = false;
	if (lunar_from_jdn(j, 0, true, &d, 1) == 0)
		return;
	*first = d.date.day == 1;
	if (*first)
		lunar_month_text(reign_get(d.date.reign), &d.date, out);
	else
		lunar_day_text(d.date.day, out);
}

static void
month_table(struct ctx *c, jdn_t day)
{
	static const enum word heads[][2] = {
		{ WORD_mo, WORD_monday }, { WORD_tu, WORD_tuesday }, { WORD_we, WORD_wednesday },
		{ WORD_th, WORD_thursday }, { WORD_fr, WORD_friday }, { WORD_sa, WORD_saturday },
		{ WORD_su, WORD_sunday },
	};
	struct civil at = gregorian_from_jdn(day);
	jdn_t first = day - (at.day - 1), j;
	int n = gregorian_month_days(at.year, at.month), i;
	struct buf h = { 0 };
	struct page p = page_make(&h, c->page.ui);

	for (i = 0; i < 7; i++)
		T(&p, month_head, .full = word(p.ui, heads[i][1]),
		    .brief = word(p.ui, heads[i][0]));
	T(&c->page, month_open, .caption = words_of(c, bytes_sub(iso_of(c, day), 0,
	    at.year < 0 ? 8 : 7)), .heads = buf_view(&h));
	buf_puts(c->out, "<tr>");
	for (i = 0; i < jdn_weekday(first); i++)
		buf_puts(c->out, "<td></td>");
	for (j = first; j < first + n; j++) {
		struct buf han = { 0 };
		bool begins;

		if (j > first && jdn_weekday(j) == 0)
			buf_puts(c->out, "</tr>\n<tr>");
		small_han(j, &han, &begins);
		T(&c->page, month_day, .iso = iso_of(c, j), .n = (uint64_t)(j - first + 1),
		    .han = buf_view(&han), .first = begins, .current = j == day);
		buf_release(&han);
	}
	buf_puts(c->out, "</tr></tbody></table>\n");
	buf_release(&h);
}

/* --- what the entries say ------------------------------------------------- */

static void
events(struct ctx *c, int32_t from, int32_t to)
{
	struct leishu_timeline_options o;
	struct leishu_events *ev;
	struct bytes a = iso_of(c, from), b = iso_of(c, to);
	struct bytes range = arena_printf(c->a, "%.*s..%.*s", (int)a.n, (const char *)a.p,
	    (int)b.n, (const char *)b.p);
	struct buf items = { 0 };
	struct page p = page_make(&items, c->page.ui);
	uint64_t total;
	size_t i;

	leishu_timeline_options_defaults(&o);
	o.limit = EVENTS_MAX;
	o.certain = 1;
	if (leishu_timeline(c->vol->handle, (const char *)range.p, range.n, &o, &ev) < 0)
		return;
	for (i = 0; i < leishu_events_count(ev); i++) {
		const struct leishu_event *e = leishu_events_at(ev, i);
		struct bytes edtf = bytes_make(e->edtf.p, e->edtf.n);
		struct bytes lang, what = event_words(c, e, &lang);

		T(&p, date_event, .when = from == to ? B("") :
		    words_of(c, years_of(c, edtf, e->from, e->to)),
		    .href = entry_href(c, bytes_make(e->id.p, e->id.n)),
		    .title = bytes_make(e->title.p, e->title.n),
		    .colon = p.ui == UI_EN ? B(": ") : B("："), .words = what, .lang = lang);
	}
	total = leishu_events_total(ev);
	if (items.n)
		T(&c->page, date_events, .items = buf_view(&items), .from = a, .to = b,
		    .more = total > EVENTS_MAX ? total - EVENTS_MAX : 0);
	buf_release(&items);
	leishu_events_free(ev);
}

static void
others(struct ctx *c, const json_t *cands)
{
	struct buf items = { 0 };
	struct page p = page_make(&items, c->page.ui);
	struct bytes why = field(json_array_get(cands, 0), "why");	/* in the head */
	const json_t *cand;
	size_t i;

	json_array_foreach(cands, i, cand) {
		const json_t *in = json_array_get(json_object_get(cand, "in"), 0);
		bool day = json_object_get(cand, "jdn") != NULL;
		struct buf text = { 0 }, href = { 0 };
		struct page q = page_make(&text, p.ui);

		if (i == 0 || i > OTHERS_MAX)
			continue;
		page_date(&q, day ? field(cand, "gregorian") : field(cand, "edtf"), NULL);
		if (field(in, "text").n) {
			buf_puts(&text, " · ");
			page_runs(&q, field(in, "text"));
		}
		url_query(&href, day ? field(cand, "gregorian") : field(cand, "edtf"));
		T(&p, date_other, .href = buf_view(&href), .text = buf_view(&text),
		    .why = bytes_eq(field(cand, "why"), why) ? B("") : field(cand, "why"));
		why = field(cand, "why");
		buf_release(&text);
		buf_release(&href);
	}
	if (items.n)
		T(&c->page, date_others, .items = buf_view(&items));
	buf_release(&items);
}

/* --- the page ------------------------------------------------------------- */

static void
form(struct ctx *c, struct bytes q)
{
	T(&c->page, date_form, .value = q, .lang = q.n ?
	    bytes_str(lang_guess(q, NULL, "")) : (struct bytes){ NULL, 0 });
}

static void
pager(struct ctx *c, jdn_t day)
{
	struct bytes prev = iso_of(c, day - 1), next = iso_of(c, day + 1);

	if (day <= JDN_MIN || day >= JDN_MAX)
		return;
	T(&c->page, day_pager, .prev = prev, .prevtext = words_of(c, prev),
	    .next = next, .nexttext = words_of(c, next));
}

/* Beside the title: the year's own pair of signs after 1911, else the era. */
static const json_t *
common_form(const json_t *cand)
{
	const json_t *all = json_object_get(cand, "in"), *in;
	size_t i;

	json_array_foreach(all, i, in)
		if (bytes_eq(field(in, "polity"), B("公元")))
			return in;
	return json_array_get(all, 0);
}

static void
head(struct ctx *c, const json_t *cand, struct bytes q)
{
	static const enum word week[] = { WORD_monday, WORD_tuesday, WORD_wednesday,
	    WORD_thursday, WORD_friday, WORD_saturday, WORD_sunday };
	const json_t *in = common_form(cand);
	bool day = json_object_get(cand, "jdn") != NULL;
	struct buf title = { 0 }, line = { 0 };
	struct page p = page_make(&title, c->page.ui), l = page_make(&line, c->page.ui);
	struct bytes han;

	if (day) {
		page_date(&p, field(cand, "gregorian"), NULL);
		page_html(&l, word(l.ui, week[jdn_weekday(number(cand, "jdn"))]));
		buf_puts(&line, l.ui == UI_EN ? ". " : " ");
	} else
		page_runs(&p, q);
	if (field(cand, "why").n) {
		buf_puts(&line, "<span class=\"why\">");
		page_runs(&l, q);
		buf_puts(&line, l.ui == UI_EN ? ": " : "：");
		page_said(&l, field(cand, "why"));
		buf_puts(&line, "</span>");
	}
	han = field(in, "text");
	T(&c->page, date_head, .title = buf_view(&title),
	    .han = !day && bytes_eq(han, q) ? B("") : han, .line = buf_view(&line));
	buf_release(&title);
	buf_release(&line);
}

static int32_t
end_of(const json_t *cand, const char *key, int32_t open)
{
	const json_t *end = json_object_get(cand, key);

	return json_is_object(end) ? number(end, "jdn") : open;
}

static void
show(struct ctx *c, const json_t *cands, struct bytes q)
{
	const json_t *cand = json_array_get(cands, 0);
	bool day = json_object_get(cand, "jdn") != NULL;
	int32_t jdn = number(cand, "jdn");
	struct buf rows = { 0 };

	frame_open(c, &(struct frame){ .title = q, .nav = "date", .noindex = true });
	head(c, cand, q);
	if (day)
		day_rows(c, cand, &rows);
	else
		span_rows(c, cand, &rows);
	T(&c->page, date_table, .rows = buf_view(&rows));
	disputes(c, cand);
	if (day)
		events(c, jdn, jdn);
	else
		events(c, end_of(cand, "from", JDN_MIN), end_of(cand, "to", JDN_MAX));
	others(c, cands);
	buf_puts(c->out, "</div>\n<div>");
	if (day)
		month_table(c, jdn);
	form(c, q);
	buf_puts(c->out, "</div></div>\n");
	if (day)
		pager(c, jdn);
	frame_close(c);
	buf_release(&rows);
}

static void
blank(struct ctx *c, const char *error, struct bytes q)
{
	struct bytes title = word(c->page.ui, WORD_calendar);

	frame_open(c, &(struct frame){ .title = title, .nav = "date", .noindex = error != NULL });
	if (error)
		T(&c->page, date_error, .why = bytes_str(error));
	else
		T(&c->page, pagehead, .title = title, .line = word(c->page.ui, WORD_date_intro));
	form(c, q);
	frame_close(c);
}

static bool
too_long(struct ctx *c, struct bytes q)
{
	if (q.n <= LIMIT_QUERY)
		return false;
	fail_param(c, "q", "is longer than 4096 bytes");
	return true;
}

static int
ask(struct bytes q, char **answer)
{
	struct leishu_date_options o;

	leishu_date_options_defaults(&o);
	*answer = NULL;
	return leishu_date((const char *)q.p, q.n, &o, answer);
}

/* A figure, or what stands behind one: "嘉靖" alone is a name. */
static bool
may_be_date(struct bytes q)
{
	static const char *const units[] = { "年", "月", "日" };
	size_t i;

	if (q.n > LINKED_MAX)
		return false;
	for (i = 0; i < q.n; i++)
		if (q.p[i] >= '0' && q.p[i] <= '9')
			return true;
	for (i = 0; i < NELEM(units); i++)
		if (bytes_find(q, bytes_str(units[i])) != SIZE_MAX)
			return true;
	return false;
}

struct bytes
date_link(struct ctx *c, struct bytes q)
{
	struct buf out = { 0 }, href = { 0 }, text = { 0 };
	struct page p = page_make(&out, c->page.ui), t = page_make(&text, c->page.ui);
	struct bytes set = { NULL, 0 };
	const json_t *cand = NULL;
	json_t *root = NULL;
	char *answer = NULL;

	if (may_be_date(q) && ask(q, &answer) > 0 && answer)
		root = json_loads(answer, 0, NULL);
	cand = json_array_get(json_object_get(root, "candidates"), 0);
	if (cand && json_object_get(cand, "jdn"))
		page_date(&t, field(cand, "gregorian"), NULL);
	else if (cand)
		page_runs(&t, q);
	if (cand) {
		url_query(&href, q);
		T(&p, date_link, .href = buf_view(&href), .text = buf_view(&text));
		set = arena_buf(c->a, &out);
	}
	json_decref(root);
	leishu_date_free(answer);
	buf_release(&out);
	buf_release(&href);
	buf_release(&text);
	return set;
}

void
page_day(struct ctx *c)
{
	struct bytes q = bytes_trim(address_get(&c->rq->address, "q"));
	json_t *root = NULL;
	char *answer = NULL;
	int rc;

	c->keep = true;
	if (q.n == 0) {
		blank(c, NULL, q);
		return;
	}
	if (too_long(c, q))
		return;
	rc = ask(q, &answer);
	if (answer == NULL || (root = json_loads(answer, 0, NULL)) == NULL)
		fail_code(c, rc < 0 ? rc : LEISHU_ENOMEM);
	else if (json_array_size(json_object_get(root, "candidates")) == 0) {
		c->status = 400;
		blank(c, json_string_value(json_object_get(root, "error")), q);
	} else
		show(c, json_object_get(root, "candidates"), q);
	json_decref(root);
	leishu_date_free(answer);
}

void
api_date(struct ctx *c)
{
	struct bytes q = address_get(&c->rq->address, "q"), why;
	json_t *root = NULL;
	char *answer;
	int rc;

	if (bytes_trim(q).n == 0) {
		fail_param(c, "q", "is missing or empty");
		return;
	}
	if (too_long(c, q))
		return;
	rc = ask(q, &answer);
	if (answer == NULL)
		fail_code(c, rc);
	else if (rc == LEISHU_ESYNTAX) {
		root = json_loads(answer, 0, NULL);
		why = arena_printf(c->a, "cannot be read: %.*s", (int)field(root, "error").n,
		    field(root, "error").n ? (const char *)field(root, "error").p : "");
		fail_param(c, "q", (const char *)why.p);
	} else {
		c->type = "application/json";
		c->keep = true;
		buf_puts(c->out, answer);
		buf_putc(c->out, '\n');
	}
	json_decref(root);
	leishu_date_free(answer);
}
