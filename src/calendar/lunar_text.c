/* SPDX-License-Identifier: ISC */
/* Dates of the Chinese calendar as they are written. */
#include "calendar/lunar_text.h"

#include "calendar/numeral.h"

void
lunar_month_text(const struct reign *r, const struct lunar *l, struct buf *out)
{
	static const char branches[12][4] = {
		"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"
	};
	char number[NUMERAL_TEXT];

	if (l->leap)
		buf_puts(out, l->leap > 1 ? "後" : "閏");
	if (l->month < 0)
		buf_puts(out, l->month == -1 ? "臘" : "一");
	else if (r->flags & REIGN_BRANCH)
		/* In its first year the months kept their places, then 子 led. */
		buf_puts(out, branches[(l->year == 1 ? l->month + 1 : l->month - 1) % 12]);
	else if (l->month == 1)
		buf_puts(out, "正");
	else {
		numeral_text(l->month, number);
		buf_puts(out, number);
	}
	buf_puts(out, "月");
}

void
lunar_day_text(int day, struct buf *out)
{
	char number[NUMERAL_TEXT];

	numeral_text(day > 20 && day < 30 ? day % 10 : day, number);
	if (day <= 10)
		buf_puts(out, "初");
	else if (day > 20 && day < 30)
		buf_puts(out, "廿");
	buf_puts(out, number);
}

void
lunar_text(const struct lunar *l, int32_t year, struct buf *out)
{
	const struct reign *r = reign_get(l->reign);
	struct bytes polity = name_text(polity_get(r->polity)->name);
	struct bytes era = name_text(era_get(r->era)->name);
	char number[NUMERAL_TEXT];

	if (!r->era && !r->emperor) {	/* no one's: the pair names the year */
		buf_puts(out, ganzhi_text(ganzhi_year(year)));
		buf_puts(out, "年");
	} else {
		buf_bytes(out, polity);
		if (!bytes_eq(polity, era)) {
			buf_bytes(out, name_text(emperor_get(r->emperor)->name));
			buf_bytes(out, era);
		}
		if (l->year > 0) {
			numeral_year(l->year, number);
			buf_puts(out, number);
			buf_puts(out, "年");
		}
	}
	if (l->month)
		lunar_month_text(r, l, out);
	if (l->day)
		lunar_day_text(l->day, out);
}
