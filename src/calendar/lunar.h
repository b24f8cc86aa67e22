/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_LUNAR_H
#define CALENDAR_LUNAR_H

#include "calendar/calendar.h"

/*
 * The Chinese calendar as the states that used it counted: reigns over
 * years over months.  Year Y of a calendar is the lunar year most of which
 * lies in the astronomical year Y; a reign's year n is Y = base + n.
 */

/* A name in the pool of names.c. */
struct name_ref {
	uint16_t at;
	uint8_t n;
};

enum reign_flags {
	REIGN_BACK = 1u << 0,	/* counted back or on, not in use then */
	REIGN_BRANCH = 1u << 1,	/* months are called by branches, 子 first */
	REIGN_SHIFT = 1u << 2,	/* 正月 is the month 丑, not 寅 */
};

/* One state, ruler and era naming the days [from, to] of one calendar. */
struct reign {
	uint32_t from:22;
	uint32_t start:5;	/* the number of the day from in its month */
	uint32_t cal:5;
	uint32_t to:22;
	uint32_t polity:7;
	uint32_t flags:3;
	int16_t base;
	uint16_t emperor, era;	/* 0: none */
};

struct polity {
	struct name_ref name, english;
	uint8_t weight;		/* 0-100: how likely it is meant when unnamed */
};

struct emperor {
	struct name_ref name;
	uint8_t polity;
};

struct era {
	struct name_ref name;
	uint8_t polity;
	uint8_t is_part;	/* 前元, 中元, 後元: no era, a part of a reign that began to count anew */
	int16_t base;
};

/* An era of Japan or Korea. */
struct abroad {
	uint32_t from, to;
	struct name_ref name, state;
	int16_t year;		/* of the day from */
	uint8_t calendar;	/* enum date_calendar */
};

/* ---- years and months (lunar.c) ---- */

#define MONTH_LA	13	/* 臘 and 一 of Wu Zetian's calendar */
#define MONTH_YI	14
#define LEAP_ONE	16	/* bits of a label above the number */
#define LEAP_SECOND	32	/* 後九月 */
#define MONTH_NUMBER(label)	((label) & 15)

struct lunar_year {
	jdn_t first;
	uint16_t is_long;	/* bit k: month k has 30 days */
	uint8_t n;		/* months */
	const uint8_t *label;
};

struct lunar_month {
	int32_t year;		/* Y */
	jdn_t first;
	uint8_t days;		/* 29 or 30 */
	uint8_t label;
};

bool	lunar_year_get(int cal, int32_t year, struct lunar_year *ret);
/* Month k of a year. */
static inline struct lunar_month
lunar_month_at(const struct lunar_year *y, int32_t year, int k)
{
	uint32_t before = y->is_long & ((1u << k) - 1);

	return (struct lunar_month){ year,
		y->first + 29 * k + __builtin_popcount(before),
		(uint8_t)(29 + (y->is_long >> k & 1)), y->label[k] };
}

/* The month a day lies in; false outside the calendar. */
bool	lunar_month_of(int cal, jdn_t j, struct lunar_month *ret);
/* Years in which some calendar beside the main line (0) differs. */
int	lunar_calendars(void);
/* false: calendar cal has no year of its own there. */
bool	lunar_year_own(int cal, int32_t year);

/* ---- reigns ---- */

extern const int lunar_n_reigns, lunar_n_polities;
const struct reign	*reign_get(unsigned id);	/* 1..; row 0 is empty */
/* The reigns of a state: ids [from, to). */
void	polity_reigns(unsigned polity, unsigned *from, unsigned *to);
/* Those of which some day lies within 4096 days of j, j's own among them. */
struct id_list {
	const uint16_t *v;
	size_t n;
};
struct id_list	reigns_near(jdn_t j);

/* A day as a reign counted it; days is the length of its month. */
struct lunar_day {
	struct lunar date;
	uint16_t polity;
	uint8_t label;
	uint8_t days;
	int32_t year;		/* Y */
	jdn_t month_first;
};

/* false when j is outside the reign. */
bool	reign_day(unsigned reign, jdn_t j, struct lunar_day *ret);
/*
 * A day as every state counted it, main line first: those in use, then (with
 * back) those counted back or on.  polity 0: all.  Gives the number written.
 */
size_t	lunar_from_jdn(jdn_t j, unsigned polity, bool back,
	    struct lunar_day *ret, size_t max);

/* The pillar of a month of a reign: 1 寅 first whatever the state called it. */
int	lunar_month_ganzhi(const struct reign *r, const struct lunar_month *m);

/* ---- disputes ---- */

enum dispute_kind { DISPUTE_NONE, DISPUTE_FIRST, DISPUTE_MONTH, DISPUTE_YEAR };

struct dispute_era {
	uint16_t era;
	int16_t from, to;
};
struct dispute_length {
	uint32_t first, other;
	uint8_t days;
};
struct slip {
	uint32_t from, to;
	uint8_t start, month;
	int16_t year;		/* Y */
	uint8_t polity;
};

/* What the two other tables say of the month that begins on first. */
bool	month_dispute(jdn_t first, unsigned polity, enum dispute_kind ret[2]);
const struct dispute_era	*era_dispute(unsigned era);
const struct dispute_length	*length_dispute(jdn_t first);
/*
 * The months the main table has wrong beyond doubt, as it has them: the next
 * of that year and month behind s, from NULL on; the one that holds a day.
 */
const struct slip	*slip_next(const struct slip *s, int32_t year, int month);
const struct slip	*slip_of(jdn_t j, unsigned polity);

/* ---- names (names.c) ---- */

enum form_kind { FORM_POLITY, FORM_EMPEROR, FORM_ERA, FORM_ABROAD };
#define FORM_KIND(t)	((t) >> 12)
#define FORM_ID(t)	((t) & 0xfffu)

/* What a text names: kinds and ids; n 0 when it is no name. */
struct id_list	name_find(struct bytes form);
/*
 * The beginning of s that can be a name, each character as the one that
 * stands for all its variants; borrows out.
 */
#define NAME_MAX_BYTES	48
struct bytes	name_fold(struct bytes s, unsigned char out[NAME_MAX_BYTES]);
/* Two writings of one name. */
bool	name_same(struct bytes a, struct bytes b);
/*
 * What the beginnings of s from at on name, one character, two ...; found[i]
 * ends before ends[i].  s is valid UTF-8.  Gives how many beginnings.
 */
size_t	names_at(struct bytes s, size_t at, struct id_list *found, size_t *ends,
	    size_t max);
/* Form i, folded, and what it names; gives how many forms there are. */
size_t	name_form(size_t i, struct bytes *ret, struct id_list *names);
/* Characters of the longest name. */
extern const size_t name_chars;

struct bytes	name_text(struct name_ref r);
const struct polity	*polity_get(unsigned id);
const struct emperor	*emperor_get(unsigned id);
const struct era	*era_get(unsigned id);
const struct abroad	*abroad_get(unsigned id);
extern const unsigned lunar_n_eras;
struct id_list	era_reigns(unsigned era);
struct id_list	emperor_reigns(unsigned emperor);

/* ---- the sun (term.c) ---- */

/*
 * Which solar term begins on this day in Beijing (UT+8; before 1929 local
 * time, UT+7:46), 0 立春 - 23 大寒, or -1.  From 28 January 1645 by the true
 * sun; before by a mean one, as the calendar of the main line had it.
 */
#define TRUE_SUN_FROM	2321912	/* 順治二年正月初一 */
bool	solar_term_is_mean(jdn_t j);
int	solar_term(jdn_t j);
/* The last term that began on or before the day, and on which day. */
int	solar_term_last(jdn_t j, jdn_t *first);
const char	*solar_term_text(int term);	/* "立春" */
const char	*solar_term_english(int term);

#endif
