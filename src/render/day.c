/* SPDX-License-Identifier: ISC */
/* The entry's chief day, in the margin, as other calendars have it. */
#include "render/inside.h"

#include "calendar/lunar_text.h"
#include "render/web_gen.h"

#define STATES_SHOWN	2
#define REPUBLIC	2419403	/* 1 January 1912 */

/* A record's day before one that prose mentions; false when there is none. */
static bool
chief_day(const struct entry *e, jdn_t *ret)
{
	size_t i;

	for (i = 0; i < e->n_statements; i++) {
		const struct statement *s = &e->statement[i];

		if (s->lo == s->hi && s->lo != 0 && s->from == s->to && s->doubt == 0) {
			*ret = s->lo;
			return true;
		}
	}
	for (i = 0; i < e->n_spans; i++) {
		const struct span *s = &e->span[i];

		if (s->type == SPAN_DATE && s->lo == s->hi && s->doubt == 0) {
			*ret = s->lo;
			return true;
		}
	}
	return false;
}

static void
row(struct render *r, enum word name, struct bytes html)
{
	T(&r->page, day_row, .name = word(r->page.ui, name), .value = html);
}

static void
chinese_rows(struct render *r, jdn_t day)
{
	struct lunar_day d[STATES_SHOWN];
	size_t i, n = lunar_from_jdn(day, 0, false, d, STATES_SHOWN);
	struct buf text = { 0 }, html = { 0 };

	/* After the empire the year is called by its own pair of signs. */
	for (i = day >= REPUBLIC && n > 1 ? 1 : 0; i < n; i++) {
		buf_clear(&text);
		buf_clear(&html);
		lunar_text(&d[i].date, d[i].year, &text);
		html_lang(&html, buf_view(&text), B("zh-Hant"), &r->page.tongue);
		row(r, WORD_cal_chinese, buf_view(&html));
	}
	buf_release(&text);
	buf_release(&html);
}

void
day_box(struct render *r)
{
	struct buf title = { 0 }, html = { 0 };
	struct page p = page_make(&title, r->page.ui);
	char iso[CIVIL_TEXT];
	jdn_t day;

	if (!chief_day(r->e, &day) || day < JDN_MIN || day > JDN_MAX)
		return;
	civil_text(gregorian_from_jdn(day), iso);
	page_date(&p, bytes_str(iso), r->env.date);
	T(&r->page, day_open, .title = buf_view(&title));
	chinese_rows(r, day);
	html_lang(&html, bytes_str(ganzhi_text(ganzhi_day(day))), B("zh-Hant"), &r->page.tongue);
	row(r, WORD_cal_day, buf_view(&html));
	buf_clear(&html);
	civil_text(julian_from_jdn(day), iso);
	p.out = &html;
	page_date(&p, bytes_str(iso), NULL);
	row(r, WORD_cal_julian, buf_view(&html));
	buf_puts(r->page.out, "</dl></section>\n");
	buf_release(&title);
	buf_release(&html);
}
