/* SPDX-License-Identifier: ISC */
/* The library's door to dates: leishu/date.h. */
#include <leishu/date.h>

#include "calendar/date_form.h"

static const char *const form_names[] = {
	[LEISHU_DATE_JSON] = "json", [LEISHU_DATE_TEXT] = "text",
	[LEISHU_DATE_EDTF] = "edtf", [LEISHU_DATE_GREGORIAN] = "gregorian",
	[LEISHU_DATE_JULIAN] = "julian", [LEISHU_DATE_JDN] = "jdn",
	[LEISHU_DATE_CHINESE] = "chinese",
};

void
leishu_date_options_defaults(struct leishu_date_options *o)
{
	*o = (struct leishu_date_options){ .size = sizeof(*o) };
}

int
leishu_date_form(const char *name, enum leishu_date_form *ret)
{
	size_t i;

	for (i = 0; i < NELEM(form_names); i++)
		if (strcmp(form_names[i], name) == 0) {
			*ret = (enum leishu_date_form)i;
			return 0;
		}
	return LEISHU_ENOENT;
}

static int
polity_find(const char *name, unsigned *ret, struct date_error *err)
{
	struct id_list l;
	size_t i;
	int best = -1;

	*ret = 0;
	if (name == NULL)
		return 0;
	l = name_find(bytes_str(name));
	for (i = 0; i < l.n; i++) {
		const struct polity *p = polity_get(FORM_ID(l.v[i]));

		if (FORM_KIND(l.v[i]) != FORM_POLITY)
			continue;
		/* Its own name, or else the greatest that has this one too. */
		if (bytes_eq(bytes_str(name), name_text(p->name)) || p->weight > best) {
			best = bytes_eq(bytes_str(name), name_text(p->name)) ? 101 : p->weight;
			*ret = FORM_ID(l.v[i]);
		}
	}
	return *ret ? 0 : date_fail(err, DATE_FAULT_ERA, 0, "no state is called %s", name);
}

static void
short_form(const struct date_answer *a, enum leishu_date_form form, struct buf *out)
{
	const struct date_candidate *c = a->v;
	struct civil (*from)(jdn_t) = form == LEISHU_DATE_JULIAN ? julian_from_jdn :
	    gregorian_from_jdn;
	char text[DATE_EDTF_MAX], day[CIVIL_TEXT];
	struct counted in;

	switch (form) {
	case LEISHU_DATE_EDTF:
		date_edtf(&c->v, text);
		buf_puts(out, text);
		break;
	case LEISHU_DATE_JDN:
		buf_printf(out, c->v.lo == c->v.hi ? "%d" : "%d/%d", c->v.lo, c->v.hi);
		break;
	case LEISHU_DATE_CHINESE:
		if (date_counted(a, c, &in, 1))
			counted_text(&in, out);
		break;
	default:
		civil_text(from(c->v.lo), day);
		buf_puts(out, c->v.flags & DATE_OPEN_LO ? ".." : day);
		if (c->v.lo != c->v.hi) {
			civil_text(from(c->v.hi), day);
			buf_printf(out, "/%s", c->v.flags & DATE_OPEN_HI ? ".." : day);
		}
	}
}

static void
write_error(struct bytes query, const struct date_error *e, enum leishu_date_form form,
    struct buf *out)
{
	if (form == LEISHU_DATE_JSON)
		date_error_json(query, e, out);
	else
		buf_puts(out, e->text);
}

int
leishu_date(const char *text, size_t n, const struct leishu_date_options *o, char **ret)
{
	struct date_answer a = { .query = bytes_make(text, n) };
	struct date_context ctx = { 0 };
	struct date_error err = { 0 };
	struct date_candidate *v;
	struct buf out = { 0 };
	char *answer;
	bool number;
	int got;

	if ((v = calloc(DATE_READINGS, sizeof(*v))) == NULL)
		return LEISHU_ENOMEM;
	if (o->today) {
		ctx.has_day = true;
		ctx.day = o->today;
	}
	number = bytes_starts(bytes_trim(a.query), B("jdn:"));
	if ((got = polity_find(o->polity, &a.polity, &err)) == 0) {
		ctx.polity = (uint16_t)a.polity;
		if (!number)
			a.polity = 0;
		got = date_read(a.query, &ctx, v, DATE_READINGS, &err);
	}
	a.v = v;
	a.n = got > 0 ? (size_t)got : 0;
	a.shown = MIN(a.n, DATE_READINGS);
	if (o->limit && o->limit < a.shown)
		a.shown = o->limit;
	if (a.n == 0)
		write_error(a.query, &err, o->form, &out);
	else if (o->form == LEISHU_DATE_JSON)
		date_json(&a, &out);
	else if (o->form == LEISHU_DATE_TEXT)
		date_text(&a, &out);
	else
		short_form(&a, o->form, &out);
	free(v);
	if ((answer = buf_detach(&out)) == NULL)
		return LEISHU_ENOMEM;
	*ret = answer;
	return a.n ? (int)a.n : LEISHU_ESYNTAX;
}

void
leishu_date_free(char *answer)
{
	free(answer);
}
