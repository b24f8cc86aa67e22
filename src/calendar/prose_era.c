/* SPDX-License-Identifier: ISC */
/*
 * Chinese dates without a year's number: a part of an era or of a state's
 * time (開元中, 貞觀初, 萬曆間, 明末), an era with a sexagenary year (淳熙丙申).
 */
#include "calendar/lunar.h"
#include "calendar/prose_han.h"

#define ERA_CHARS	4	/* of the longest era of China */

/* Does [from, to) name something of this kind? */
static bool
names(struct bytes s, size_t from, size_t to, enum form_kind kind)
{
	struct id_list l = name_find(bytes_sub(s, from, to));
	size_t i;

	for (i = 0; i < l.n; i++)
		if (FORM_KIND(l.v[i]) == (unsigned)kind)
			return true;
	return false;
}

/* Where the longest era that ends at at begins; at when none does. */
static size_t
era_before(struct bytes s, size_t at, size_t floor)
{
	size_t from = at, best = at, prev;
	int k;

	for (k = 1; k <= ERA_CHARS; k++) {
		if (cp_before(s, from, &prev) < 0x2e80 || prev < floor)
			break;
		from = prev;
		if (k > 1 && names(s, from, at, FORM_ERA))
			best = from;
	}
	return best;
}

/* Eras whose names are as often words or places: a state must stand before. */
static bool
common_word(struct bytes era)
{
	static const char *const words[] = { "長安", "长安", "上元", "太平", "大同",
		"中和", "永安", "天命", "永昌", "元初", "太初", "大明", "中元",
		"大中", "天會", "明道", "大有", "昌平", "天漢", "天汉", "光明",
		"永樂", "永乐", "太清", "天安", "河清", "建中", "景明", "長樂",
		"長壽", "長慶", "黃龍", "黄龙", "五鳳", "神龍", "青龍", "甘露",
		"鳳凰", "白龍", "龍門", "人慶", "天和", "正始", "太安", "永平",
		"大慶", "延平", "建平", "太和", "開明", "中興", "中兴", "大寶",
		"龍飛" };
	size_t i;

	for (i = 0; i < NELEM(words); i++)
		if (bytes_eq(era, bytes_str(words[i])))
			return true;
	return false;
}

/* May a time begin at at: at a clause's start or behind 於, 自, 至? */
static bool
time_starts(const struct date_prose *p, size_t at)
{
	size_t from;

	return sentence_start(p->text, at) || (at == p->done && at > 0) ||
	    cp_in(cp_before(p->text, at, &from), "於于自從从至在以及到由創建刻成");
}

/* The state that ends at at, of one character or two: 明, 北宋. */
static size_t
state_before(struct bytes s, size_t at, size_t floor)
{
	static const char *const states[] = { "西漢", "西汉", "東漢", "东汉",
		"西晉", "西晋", "東晉", "东晋", "北魏", "北宋", "南宋", "秦", "漢",
		"汉", "隋", "唐", "宋", "元", "明", "清", "民國", "民国" };
	size_t i;

	for (i = 0; i < NELEM(states); i++)
		if (precedes(s, at, states[i]) && at - strlen(states[i]) >= floor)
			return at - strlen(states[i]);
	return at;
}

bool
prose_era_part(struct date_prose *p, size_t at, struct date_found *ret)
{
	static const char *const tails[] = { "年", "葉", "叶", "期" };
	struct bytes s = p->text;
	size_t behind = at + 3, era = era_before(s, at, p->done), from = era, i;
	bool named, whole = !follows(s, at, "初") && !follows(s, at, "末");

	if (follows(s, behind, "興") || follows(s, behind, "兴") ||
	    follows(s, behind, "元"))
		return false;	/* 中興 is a word, 初元 a first year */
	if (era == at) {
		if (whole || (from = state_before(s, at, p->done)) == at ||
		    !(sentence_start(s, from) || from == p->done))
			return false;
	} else {
		from = han_names_before(s, at, p->done, &named);
		if (!named || from > era)
			return false;
		/* "忽疑貞觀間" can be nothing else; 中 is also "within" */
		if (from == era && (common_word(bytes_sub(s, era, at)) ||
		    (follows(s, at, "中") && !time_starts(p, from))))
			return false;
	}
	for (i = 0; i < NELEM(tails); i++)
		if (follows(s, behind, tails[i]) && (i || !whole)) {
			behind += strlen(tails[i]);
			break;
		}
	return han_read(p, from, behind, ret);
}

bool
prose_era_pair(struct date_prose *p, size_t at, size_t behind,
    struct date_found *ret)
{
	struct bytes s = p->text;
	size_t era = era_before(s, at, p->done), from, next;
	bool named;

	if (era == at)
		return false;
	from = han_names_before(s, at, p->done, &named);
	if (!named || from > era)
		return false;
	if (cp_in(cp_at(s, behind, &next), "年歲歳岁"))
		behind = next;
	return han_year(p, from, at, behind, true, ret);
}
