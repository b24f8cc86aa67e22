/* SPDX-License-Identifier: ISC */
/* The cycle of sixty: calendar.h. */
#include "calendar/calendar.h"

static const char stems[10][4] = {
	"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"
};
static const char branches[12][4] = {
	"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"
};

#define TEN(a, b, c, d, e, f, g, h, i, j) \
	"甲" a, "乙" b, "丙" c, "丁" d, "戊" e, "己" f, "庚" g, "辛" h, "壬" i, "癸" j

static const char sixty[60][8] = {
	TEN("子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉"),
	TEN("戌", "亥", "子", "丑", "寅", "卯", "辰", "巳", "午", "未"),
	TEN("申", "酉", "戌", "亥", "子", "丑", "寅", "卯", "辰", "巳"),
	TEN("午", "未", "申", "酉", "戌", "亥", "子", "丑", "寅", "卯"),
	TEN("辰", "巳", "午", "未", "申", "酉", "戌", "亥", "子", "丑"),
	TEN("寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"),
};

int
ganzhi_day(jdn_t j)
{
	return (int)((uint32_t)(j + 6000000 + 49) % 60);
}

int
ganzhi_year(int32_t year)
{
	return (int)((uint32_t)(year + 60000 - 4) % 60);
}

/* The stem of the first month follows from the year's: 甲己之年丙作首. */
int
ganzhi_month(int year_ganzhi, int month)
{
	return (int)((uint32_t)(12 * year_ganzhi + month + 1 + 60) % 60);
}

const char *
ganzhi_text(int g)
{
	return g >= 0 && g < 60 ? sixty[g] : "";
}

static int
among(const char (*v)[4], int n, const unsigned char *p)
{
	int i;

	for (i = 0; i < n; i++)
		if (memcmp(v[i], p, 3) == 0)
			return i;
	return -1;
}

int
ganzhi_read(struct bytes s)
{
	int a, b;

	if (s.n < 6 || s.p[0] < 0xe4 || (a = among(stems, 10, s.p)) < 0 ||
	    (b = among(branches, 12, s.p + 3)) < 0 || (a - b) % 2 != 0)
		return -1;
	/* The number that is a mod 10 and b mod 12. */
	return (6 * a - 5 * b + 60) % 60;
}

int
ganzhi_branch(struct bytes s)
{
	return s.n < 3 || s.p[0] < 0xe4 ? -1 : among(branches, 12, s.p);
}
