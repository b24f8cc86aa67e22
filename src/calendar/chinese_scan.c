/* SPDX-License-Identifier: ISC */
/* Year, season, month and day in Chinese words: chinese.h. */
#include "calendar/chinese.h"

struct scan {
	struct bytes s;
	size_t at;
};

static bool
eat(struct scan *c, const char *word, size_t n)
{
	if (c->s.n - c->at < n || memcmp(c->s.p + c->at, word, n) != 0)
		return false;
	c->at += n;
	return true;
}

#define EAT(c, lit)	eat(c, lit, sizeof(lit) - 1)

/* One of some words of three bytes (one Han character) each, joined. */
static int
eat_one(struct scan *c, const char *chars)
{
	const unsigned char *p = c->s.p + c->at;
	int i;

	if (c->s.n - c->at < 3 || p[0] < 0xe3)
		return -1;
	for (i = 0; chars[3 * i]; i++)
		if (memcmp(chars + 3 * i, p, 3) == 0) {
			c->at += 3;
			return i;
		}
	return -1;
}

static struct bytes
rest(const struct scan *c)
{
	return bytes_sub(c->s, c->at, c->s.n);
}

/* Blanks between the parts, and dots and commas of half and full width. */
static void
blanks(struct scan *c)
{
	while (c->at < c->s.n) {
		unsigned char b = c->s.p[c->at];

		if (b == ' ' || b == ',')
			c->at++;
		else if ((b != 0xc2 && b != 0xe3 && b != 0xef) ||
		    (!EAT(c, "　") && !EAT(c, "，") && !EAT(c, "、") &&
		    !EAT(c, "·") && !EAT(c, "・")))
			break;
	}
}

size_t
chinese_blanks(struct bytes s, size_t at)
{
	struct scan c = { s, at };

	blanks(&c);
	return c.at;
}

/* A sexagenary pair, perhaps in brackets. */
static int
pair(struct scan *c)
{
	size_t from = c->at;
	bool open = EAT(c, "（") || EAT(c, "(");
	int g = ganzhi_read(rest(c));

	if (g < 0) {
		c->at = from;
		return -1;
	}
	c->at += 6;
	if (open) {
		(void)eat_one(c, "年歲岁歳");
		if (!EAT(c, "）") && !EAT(c, ")")) {
			c->at = from;
			return -1;
		}
	}
	return g;
}

#define YEAR_WORDS	"年載载歲岁歳祀稔"

static void	season(struct scan *, struct written *);
static void	month(struct scan *, struct written *);

/* A season or a month comes next, or nothing: a number before it is a year. */
static bool
year_may_end(const struct scan *c)
{
	struct scan ahead = *c;
	struct written w = { .year_gz = -1 };

	blanks(&ahead);
	if (ahead.at == c->s.n)
		return true;
	season(&ahead, &w);
	month(&ahead, &w);
	return w.season || has_month(&w);
}

static bool
mark_of_parts(struct scan *c, int *mark)
{
	int b = c->at < c->s.n ? c->s.p[c->at] : 0;

	if ((b != '.' && b != '-' && b != '/') || (*mark && b != *mark))
		return false;
	*mark = b;
	c->at++;
	return true;
}

/* .8.6 or .閏8.6 behind the number of a year, to the end of the text. */
static bool
dotted(struct scan *c, struct written *w)
{
	struct scan t = *c;
	struct numeral m, d;
	int mark = 0;
	bool leap;

	if (!mark_of_parts(&t, &mark))
		return false;
	leap = eat_one(&t, "閏闰") >= 0;
	m = numeral_read(rest(&t));
	t.at += m.bytes;
	if (!m.arabic || !mark_of_parts(&t, &mark))
		return false;
	d = numeral_read(rest(&t));
	t.at += d.bytes;
	if (!d.arabic || t.at != t.s.n)
		return false;
	w->month_word = MONTH_IS;
	w->month = (int8_t)(m.value ? MIN(m.value, 99) : 99);
	w->day = d.value ? d.value : 99;
	w->day_mark = true;
	w->leap = w->lunar_mark = leap;
	*c = t;
	return true;
}

/* （二十四年） behind the pair of that year. */
static void
year_in_brackets(struct scan *c, struct written *w)
{
	struct scan t = *c;
	struct numeral n;

	if (!EAT(&t, "（") && !EAT(&t, "("))
		return;
	n = numeral_read(rest(&t));
	if (n.bytes)
		t.at += n.bytes;
	else if (EAT(&t, "元"))
		n.value = 1;
	if (n.value == 0 || eat_one(&t, YEAR_WORDS) < 0 ||
	    (!EAT(&t, "）") && !EAT(&t, ")")))
		return;
	w->year = n.value;
	w->year_word = true;
	*c = t;
}

/* 歲次, 歲在, 太歲在 */
static bool
before_pair(struct scan *c)
{
	struct scan t = *c;
	int i = eat_one(&t, "太歲岁");

	if (i < 0 || (i == 0 && eat_one(&t, "歲岁") < 0) || eat_one(&t, "次在") < 0)
		return false;
	*c = t;
	return true;
}

/* 前, 中, 後 before the number of a year: 後七年, 中二年. */
static void
spare_word(struct scan *c, struct written *w)
{
	size_t from = c->at;
	int g = c->s.n - c->at >= 3 ? eat_one(c, "前中後后") : -1;

	if (g < 0)
		return;
	if (numeral_read(rest(c)).bytes || bytes_starts(rest(c), B("元")))
		w->spare = (uint8_t)(g > 2 ? 3 : g + 1);
	else
		c->at = from;
}

/* 元年, 二十四年; named as below. */
static void
year_number(struct scan *c, struct written *w, bool named)
{
	size_t from = c->at;
	struct numeral n;

	if (eat_one(c, "元") >= 0) {
		if (eat_one(c, YEAR_WORDS) >= 0) {
			w->year = 1;
			w->year_word = true;
		} else
			c->at = from;
		return;
	}
	n = numeral_read(rest(c));
	if (n.bytes == 0)
		return;
	c->at += n.bytes;
	if (n.arabic)
		blanks(c);
	w->year = n.value ? n.value : YEAR_ZERO;
	w->year_digits = n.digits;
	if (eat_one(c, YEAR_WORDS) >= 0)
		w->year_word = true;
	else if (!named || !((n.arabic && dotted(c, w)) || year_may_end(c))) {
		w->year = 0;
		w->year_digits = 0;
		c->at = from;
	}
}

/* named: a state, a ruler or an era was read, so that 年 may be left out. */
static void
year(struct scan *c, struct written *w, bool named)
{
	size_t from = c->at;
	int g;

	spare_word(c, w);
	year_number(c, w, named);
	if (w->year == 0 && w->spare) {		/* 後九月 */
		w->spare = 0;
		c->at = from;
	}
	if (has_month(w))
		return;
	from = c->at;
	blanks(c);
	(void)before_pair(c);
	if ((g = pair(c)) >= 0) {
		w->year_gz = (int8_t)g;
		(void)EAT(c, "之");
		(void)eat_one(c, "年歲岁歳");
		if (!w->year)
			year_in_brackets(c, w);
	} else {
		c->at = from;
	}
}

/* 年間, 代, 中: as long as it lasted; behind them a part of it may stand. */
static const char *const lasting[] = {
	"年間", "年间", "時期", "时期", "時代", "时代", "間", "间", "朝", "時", "时",
	"代", "年", "中",
};

/* 初年, 末, ...: words for a part of an era or of a state's time. */
static const struct {
	const char *word;
	uint8_t part;
} part_words[] = {
	{ "初年", PART_EARLY }, { "末年", PART_LATE }, { "晚年", PART_LATE },
	{ "前期", PART_EARLY }, { "後期", PART_LATE }, { "后期", PART_LATE },
	{ "中葉", PART_MID }, { "中叶", PART_MID },
	{ "中期", PART_MID }, { "初期", PART_EARLY },
	{ "末期", PART_LATE }, { "晚期", PART_LATE },
	{ "初", PART_EARLY }, { "末", PART_LATE },
};

static void
era_part(struct scan *c, struct written *w)
{
	size_t from = c->at, i;

	if (c->at == c->s.n) {
		w->of_era = true;
		return;
	}
	for (i = 0; i < NELEM(part_words) && !w->part; i++)
		if (eat(c, part_words[i].word, strlen(part_words[i].word)))
			w->part = part_words[i].part;
	for (i = 0; i < NELEM(lasting) && !w->part; i++)
		if (eat(c, lasting[i], strlen(lasting[i])))
			break;
	for (i = 0; i < NELEM(part_words) && !w->part && c->at > from; i++)
		if (eat(c, part_words[i].word, strlen(part_words[i].word)))
			w->part = part_words[i].part;
	if (c->at > from && c->at == c->s.n) {
		w->of_era = w->named_part = true;
		return;
	}
	w->part = PART_NONE;
	c->at = from;
}

static void
season(struct scan *c, struct written *w)
{
	int i = eat_one(c, "春夏秋冬");

	if (i < 0)
		return;
	if (EAT(c, "月")) {		/* 冬月 is a month */
		c->at -= 6;
		return;
	}
	w->season = (uint8_t)(i + 1);
	(void)(eat_one(c, "王季天") >= 0);
	blanks(c);
}

static bool
month_plain(struct scan *c, struct written *w)
{
	struct numeral n;
	int i;

	if ((i = eat_one(c, "正端冬臘腊蜡")) >= 0) {
		w->month_word = i > 2 ? MONTH_LAST : MONTH_IS;
		w->month = (int8_t)(i < 2 ? 1 : i == 2 ? 11 : 12);
		w->lunar_mark = true;
	} else if ((n = numeral_read(rest(c))).bytes) {
		c->at += n.bytes;
		w->month = (int8_t)MIN(n.value, 99);
		w->month_word = n.value == 1 && !n.arabic ? MONTH_ONE : MONTH_IS;
		if (n.value == 0)
			w->month = 99;
		if (n.arabic)
			blanks(c);
	} else {
		(void)EAT(c, "建");
		if ((i = ganzhi_branch(rest(c))) < 0)
			return eat_one(c, "元") >= 0 && (w->month = 1, w->month_word = MONTH_IS);
		c->at += 3;
		w->month_word = MONTH_BRANCH;
		w->month = (int8_t)i;
		w->lunar_mark = true;
	}
	return true;
}

/* 閏 (0-4), 後 (5-6), also in brackets; -1 when none is there. */
static int
leap_word(struct scan *c)
{
	size_t from = c->at;
	int b = from < c->s.n ? c->s.p[from] : 0, i;
	bool open;

	if (b != 0xe5 && b != 0xe6 && b != 0xe9 && b != 0xef && b != '(')
		return -1;	/* most figures, soon told */
	open = (b == '(' || b == 0xef) && (EAT(c, "(") || EAT(c, "（"));
	i = eat_one(c, "閏闰閠潤润後后");

	if (i < 0 || (open && !EAT(c, "）") && !EAT(c, ")"))) {
		c->at = from;
		return -1;
	}
	return i;
}

static void
month(struct scan *c, struct written *w)
{
	size_t from = c->at;
	struct written keep = *w;
	int i = leap_word(c);

	w->leap = i >= 0;
	w->second = i > 4;
	w->lunar_mark |= w->leap;
	if (w->leap && !w->second && EAT(c, "月")) {
		w->month_word = MONTH_LEAP;
		return;
	}
	if (month_plain(c, w)) {
		if (EAT(c, "月")) {
			if (!w->leap && c->at < c->s.n && c->s.p[c->at] != 0xe5 &&
			    (i = leap_word(c)) >= 0)
				w->leap = w->lunar_mark = true;
			return;
		}
	}
	*w = keep;
	w->month_word = MONTH_NONE;
	c->at = from;
}

static void
day_number(struct scan *c, struct written *w)
{
	size_t from = c->at;
	bool begins = EAT(c, "初");
	struct numeral n = numeral_read(rest(c));
	int i;

	if (n.bytes == 0 || (begins && n.value > 10)) {
		c->at = from;
		if (begins && n.bytes == 0) {
			w->part = PART_EARLY;	/* 月初 */
			c->at += 3;
		}
		return;
	}
	c->at += n.bytes;
	w->day = n.value ? n.value : 99;
	w->lunar_mark |= begins || n.short_tens;
	if (n.arabic)
		blanks(c);
	i = eat_one(c, "日號号");
	w->day_mark = i >= 0;
}

/* 上旬, 月末, ... */
static bool
month_part(struct scan *c, struct written *w)
{
	static const struct {
		const char *word;
		uint8_t part;
	} words[] = {
		{ "上旬", PART_EARLY }, { "初旬", PART_EARLY },
		{ "中旬", PART_MID }, { "下旬", PART_LATE },
		{ "末", PART_LATE }, { "底", PART_LATE }, { "中", PART_MID },
	};
	size_t i;

	for (i = 0; i < NELEM(words); i++)
		if (eat(c, words[i].word, strlen(words[i].word))) {
			w->part = words[i].part;
			return true;
		}
	return false;
}

static void
day(struct scan *c, struct written *w)
{
	int g, i;

	if (month_part(c, w))
		return;
	if ((g = pair(c)) >= 0) {
		if (EAT(c, "朔")) {
			w->first_gz = (int8_t)g;
			blanks(c);
			g = pair(c);
		}
		w->day_gz = (int8_t)g;
		(void)EAT(c, "日");
		w->lunar_mark = true;
		return;
	}
	if (EAT(c, "既望")) {
		w->day = 16;
		w->lunar_mark = true;
		return;
	}
	if ((i = eat_one(c, "朔望晦")) >= 0) {
		w->day = i == 0 ? 1 : i == 1 ? 15 : 0;
		w->full_moon = i == 1;
		w->last_day = i == 2;
		w->lunar_mark = true;
		(void)EAT(c, "日");
		return;
	}
	day_number(c, w);
	if (w->day) {
		blanks(c);
		if ((g = pair(c)) >= 0) {
			w->day_gz = (int8_t)g;
			(void)EAT(c, "日");
		}
	}
}

static void
year_part(struct scan *c, struct written *w)
{
	static const uint8_t parts[] = { PART_EARLY, PART_MID, PART_LATE, PART_LATE,
		PART_HALF1, PART_HALF2, PART_HALF1, PART_HALF2,
		PART_HALF2 };
	struct scan t = *c;
	int i = eat_one(&t, "初中末底上下前後后");

	if (i < 0 || (i > 3 && !EAT(&t, "半")))
		return;
	if (i > 3)
		(void)EAT(&t, "年");
	w->part = parts[i];
	*c = t;
}

/* 農曆 before the year or the month. */
static void
lunar_word(struct scan *c, struct written *w)
{
	struct scan t = *c;

	if (eat_one(&t, "農农夏陰阴舊旧") < 0 || eat_one(&t, "曆历歷") < 0)
		return;
	*c = t;
	w->lunar_word = w->lunar_mark = true;
	blanks(c);
}

bool
chinese_scan(struct bytes s, size_t at, struct written *w, size_t *reached)
{
	struct scan c = { s, at };

	*w = (struct written){ .year_gz = -1, .day_gz = -1, .first_gz = -1 };
	blanks(&c);
	lunar_word(&c, w);
	year(&c, w, at > 0);
	if (!w->year && w->year_gz < 0 && at > 0)
		era_part(&c, w);
	else if ((w->year || w->year_gz >= 0) && c.at < s.n)
		year_part(&c, w);
	blanks(&c);
	if (!has_month(w)) {
		lunar_word(&c, w);
		season(&c, w);
		month(&c, w);
		blanks(&c);
		if (has_month(w))
			day(&c, w);
	}
	blanks(&c);
	if (EAT(&c, "左右") || EAT(&c, "前後") || EAT(&c, "前后"))
		w->approx = true;
	*reached = c.at;
	return c.at == s.n && (w->year || w->year_gz >= 0 || w->season ||
	    has_month(w) || w->of_era);
}
