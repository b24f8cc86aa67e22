/* SPDX-License-Identifier: ISC */
/* An answer as JSON: the same for the program and the server. */
#include "calendar/date_form.h"

static void
civil_keys(struct json *j, jdn_t day)
{
	char text[CIVIL_TEXT];

	json_key_int(j, "jdn", day);
	civil_text(gregorian_from_jdn(day), text);
	json_key_str(j, "gregorian", bytes_str(text));
	civil_text(julian_from_jdn(day), text);
	json_key_str(j, "julian", bytes_str(text));
}

static void
end_json(struct json *j, const char *key, jdn_t day, bool open)
{
	json_key(j, key);
	if (open) {
		json_nil(j);
		return;
	}
	json_obj(j);
	civil_keys(j, day);
	json_end_obj(j);
}

static void
pillar(struct json *j, const char *key, int g)
{
	json_opt(j, key, bytes_str(ganzhi_text(g)));
}

/* What only a day has. */
static void
day_json(struct json *j, const struct date_answer *a, const struct date_candidate *c)
{
	struct pillars p = date_pillars(a, c);
	jdn_t since = c->v.lo;
	int term;

	civil_keys(j, c->v.lo);
	json_key_str(j, "weekday", bytes_str(civil_weekdays[jdn_weekday(c->v.lo)]));
	json_key(j, "ganzhi");
	json_obj(j);
	pillar(j, "year", p.year);
	pillar(j, "month", p.month);
	pillar(j, "day", p.day);
	json_end_obj(j);
	if (c->v.lo < 1600000 || c->v.lo > 2600000 ||
	    (term = solar_term_last(c->v.lo, &since)) < 0)
		return;
	json_key(j, "term");
	json_obj(j);
	json_key_str(j, "name", bytes_str(solar_term_text(term)));
	json_key_str(j, "english", bytes_str(solar_term_english(term)));
	json_key_int(j, "day", c->v.lo - since + 1);
	if (solar_term_is_mean(c->v.lo)) {
		json_key(j, "mean_sun");
		json_bool(j, true);
	}
	json_end_obj(j);
}

static void
counted_json(struct json *j, const struct counted *c)
{
	const struct reign *r = reign_get(c->date.reign);
	struct buf text = { 0 };

	json_obj(j);
	counted_text(c, &text);
	json_key_str(j, "text", buf_view(&text));
	buf_release(&text);
	if (c->abroad) {
		json_key_str(j, "polity", name_text(c->abroad->state));
		json_key_str(j, "era", name_text(c->abroad->name));
	} else {
		json_key_str(j, "polity", name_text(polity_get(r->polity)->name));
		json_opt(j, "emperor", name_text(emperor_get(r->emperor)->name));
		json_opt(j, era_get(r->era)->is_part ? "part" : "era",
		    name_text(era_get(r->era)->name));
	}
	if (c->date.year)
		json_key_int(j, "year", c->date.year);
	if (c->date.month) {
		json_key_int(j, "month", c->date.month);
		json_key(j, "leap");
		json_bool(j, c->date.leap != 0);
	}
	if (c->date.day)
		json_key_int(j, "day", c->date.day);
	if (!c->abroad && (r->flags & REIGN_BACK)) {
		json_key(j, "counted_back");
		json_bool(j, true);
	}
	if (c->slip) {
		json_key(j, "disputed");
		json_bool(j, true);
	}
	json_end_obj(j);
}

static void
flags_json(struct json *j, uint16_t flags)
{
	static const struct {
		uint16_t flag;
		const char *key;
	} names[] = {
		{ DATE_APPROX, "approximate" }, { DATE_UNCERTAIN, "uncertain" },
		{ DATE_EXTENT, "extent" }, { DATE_OLD_STYLE, "old_style" },
		{ DATE_FLORUIT, "floruit" }, { DATE_BORN, "born" },
		{ DATE_DIED, "died" }, { DATE_REIGNED, "reigned" },
	};
	size_t i;

	for (i = 0; i < NELEM(names); i++)
		if (flags & names[i].flag) {
			json_key(j, names[i].key);
			json_bool(j, true);
		}
}

static void
disputes_json(struct json *j, const struct date_answer *a, const struct date_candidate *c)
{
	struct buf said = { 0 };
	struct bytes left;
	size_t end;

	date_disputes(a, c, &said);
	left = buf_view(&said);
	if (left.n) {
		json_key(j, "disputed");
		json_arr(j);
		for (; left.n; left = bytes_sub(left, end + 1, left.n)) {
			end = bytes_find(left, B("\n"));
			json_str(j, bytes_sub(left, 0, end));
		}
		json_end_arr(j);
	}
	buf_release(&said);
}

static void
candidate_json(struct json *j, const struct date_answer *a, const struct date_candidate *c)
{
	struct counted in[DATE_STATES];
	char edtf[DATE_EDTF_MAX];
	size_t i, n;

	json_obj(j);
	if (c->v.lo == c->v.hi) {
		day_json(j, a, c);
	} else {
		end_json(j, "from", c->v.lo, c->v.flags & DATE_OPEN_LO);
		end_json(j, "to", c->v.hi, c->v.flags & DATE_OPEN_HI);
	}
	date_edtf(&c->v, edtf);
	json_key_str(j, "edtf", bytes_str(edtf));
	json_key_str(j, "precision", bytes_str(date_precision_names[c->v.precision]));
	json_key_str(j, "calendar", bytes_str(date_calendar_names[c->v.calendar]));
	json_key_int(j, "score", c->score);
	json_opt(j, "why", bytes_str(c->reason));
	flags_json(j, c->v.flags);
	disputes_json(j, a, c);
	json_key(j, "in");
	json_arr(j);
	n = date_counted(a, c, in, NELEM(in));
	for (i = 0; i < n; i++)
		counted_json(j, &in[i]);
	json_end_arr(j);
	json_end_obj(j);
}

void
date_json(const struct date_answer *a, struct buf *out)
{
	struct json j = json_on(out);
	size_t i;

	json_obj(&j);
	json_key_str(&j, "query", a->query);
	json_key(&j, "candidates");
	json_arr(&j);
	for (i = 0; i < a->shown; i++)
		candidate_json(&j, a, &a->v[i]);
	json_end_arr(&j);
	if (a->shown < a->n)
		json_key_int(&j, "total", (int64_t)a->n);
	json_end_obj(&j);
}

void
date_error_json(struct bytes query, const struct date_error *e, struct buf *out)
{
	static const char *const codes[DATE_FAULT__MAX] = {
		"none", "syntax", "month", "day", "year", "era", "cut", "order", "limit"
	};
	struct json j = json_on(out);

	json_obj(&j);
	json_key_str(&j, "query", query);
	json_key(&j, "candidates");
	json_arr(&j);
	json_end_arr(&j);
	json_key_str(&j, "error", bytes_str(e->text));
	json_key_str(&j, "fault", bytes_str(codes[e->fault]));
	json_end_obj(&j);
}
