/* SPDX-License-Identifier: ISC */
/* Chinese dates in English words; era_latin.h. */
#include "calendar/era_latin.h"

#include <stdio.h>

#include "calendar/date_word.h"
#include "calendar/western.h"

static const struct {
	const char *latin, *han;
	size_t n;		/* bytes of latin */
} eras[] = {
#define ERA(latin, han) { latin, han, sizeof(latin) - 1 },
#include "calendar/era_latin.def"
#undef ERA
};

struct place {
	struct word_run *r;
	int i;
};

struct lunar_words {
	const char *era;
	int32_t year, month, day;
	bool leap;
};

static const struct word_tok *
here(const struct place *p)
{
	return word_run_at(p->r, p->i);
}

static bool
take(struct place *p, const char *word)
{
	const struct word_tok *t = here(p);
	size_t n = t->to - t->from;

	if (t->kind == W_END || n != strlen(word) ||
	    !word_same(p->r->s.p + t->from, word, n))
		return false;
	p->i++;
	return true;
}

static const char *
era_of(struct bytes s, size_t at, size_t end)
{
	size_t i;

	for (i = 0; i < NELEM(eras); i++)
		if (eras[i].n == end - at && word_same(s.p + at, eras[i].latin, end - at))
			return eras[i].han;
	return NULL;
}

bool
era_latin_name(struct bytes s, size_t at, size_t end)
{
	return era_of(s, at, end) != NULL;
}

static bool
take_era(struct place *p, const char **era)
{
	const struct word_tok *t = here(p);

	if (t->kind != W_OTHER || (*era = era_of(p->r->s, t->from, t->to)) == NULL)
		return false;
	p->i++;
	return true;
}

/* "seventh", "7th", and, where a bare number will do, "7". */
static bool
take_number(struct place *p, bool bare, int32_t *v)
{
	const struct word_tok *t = here(p);

	if (t->kind != W_ORDINAL && (t->kind != W_NUM || t->digits < 1 ||
	    t->digits > 2 || t->plural || (!bare && !t->ordinal)))
		return false;
	*v = t->v;
	p->i++;
	return true;
}

static void
skip(struct place *p, enum word_kind kind)
{
	while (here(p)->kind == kind)
		p->i++;
}

/* "seventh month", "intercalary second month" */
static bool
take_month(struct place *p, struct lunar_words *w)
{
	struct place save = *p;

	w->leap = take(p, "intercalary") || take(p, "leap");
	if (take_number(p, false, &w->month) && take(p, "month"))
		return true;
	*p = save;
	return false;
}

/* "Kangxi 28", "the third year of Zhenguan", "... of the Qianlong reign" */
static bool
take_year(struct place *p, struct lunar_words *w)
{
	struct place save = *p;

	skip(p, W_THE);
	if (take_era(p, &w->era)) {
		(void)take(p, "year");
		if (take_number(p, true, &w->year))
			return true;
	} else if (take_number(p, false, &w->year) && take(p, "year")) {
		skip(p, W_OF);
		skip(p, W_THE);
		if (take_era(p, &w->era)) {
			(void)(take(p, "reign") || take(p, "era") || take(p, "period"));
			return true;
		}
	}
	*p = save;
	return false;
}

/* Behind a year: ", seventh month, day 24", "/7/24". */
static void
rest(struct place *p, struct lunar_words *w)
{
	struct place save = *p;

	if (take(p, "/")) {
		if (!take_number(p, true, &w->month)) {
			*p = save;
			return;
		}
		save = *p;
		if (!take(p, "/") || !take_number(p, true, &w->day))
			*p = save;
		return;
	}
	(void)take(p, ",");
	if (!take_month(p, w)) {
		w->month = 0;
		*p = save;
		return;
	}
	save = *p;
	(void)take(p, ",");
	if (take(p, "day") ? take_number(p, true, &w->day) :
	    take_number(p, false, &w->day) && take(p, "day"))
		return;
	w->day = 0;
	*p = save;
}

/* "the 23rd day of the seventh month of", and a year. */
static bool
backwards(struct place *p, struct lunar_words *w)
{
	struct place save = *p;

	if (take_number(p, false, &w->day) && take(p, "day")) {
		skip(p, W_OF);
		skip(p, W_THE);
	} else {
		w->day = 0;
		*p = save;
	}
	if (!take_month(p, w))
		return false;
	(void)take(p, ",");
	skip(p, W_OF);
	return take_year(p, w);
}

bool
era_latin(struct bytes s, size_t at, size_t *to, char out[ERA_LATIN_MAX])
{
	struct word_run run;
	struct place p = { &run, 0 };
	struct lunar_words w = { 0 };
	int n;

	word_run_start(&run, s, at);
	skip(&p, W_THE);
	skip(&p, W_IN);
	skip(&p, W_THE);
	if (take_year(&p, &w))
		rest(&p, &w);
	else {
		w = (struct lunar_words){ 0 };
		if (!backwards(&p, &w))
			return false;
	}
	n = snprintf(out, ERA_LATIN_MAX, "%s%d年", w.era, w.year);
	if (w.month)
		n += snprintf(out + n, ERA_LATIN_MAX - (size_t)n, "%s%d月",
		    w.leap ? "閏" : "", w.month);
	if (w.day)
		(void)snprintf(out + n, ERA_LATIN_MAX - (size_t)n, "%d日", w.day);
	*to = run.t[p.i - 1].to;
	return true;
}
