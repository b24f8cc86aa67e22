/* SPDX-License-Identifier: ISC */
#include "record/record.h"

#include <jansson.h>
#include <stdio.h>

#include "calendar/western.h"

#define STATEMENTS_MAX	4096	/* from one record */
#define DOUBT_CIRCA	20

static const struct {
	const char *kind, *field;
	enum field_type type;
} table[] = {
#define KIND(kind, field, type) { kind, field, FIELD_##type },
#include "record/kinds.def"
#undef KIND
};

bool
record_kind_known(struct bytes kind)
{
	size_t i;

	for (i = 0; i < NELEM(table); i++)
		if (bytes_eq(kind, bytes_str(table[i].kind)))
			return true;
	return false;
}

enum field_type
record_field(struct bytes kind, struct bytes field)
{
	size_t i;

	for (i = 0; i < NELEM(table); i++)
		if (bytes_eq(field, bytes_str(table[i].field)) &&
		    bytes_eq(kind, bytes_str(table[i].kind)))
			return table[i].type;
	return FIELD_OTHER;
}

bool
record_date(struct bytes text, struct date_value *ret)
{
	static const char zeros[] = "0000";
	size_t sign = text.n && text.p[0] == '-', digits = text.n - sign, i;
	char year[6];

	for (i = sign; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		;
	if (i < text.n || digits == 0 || digits > 3)
		return text.n && date_read_edtf(text, ret, NULL) == 0;
	/* 582 and -221 are years, too, without EDTF's zeros. */
	(void)snprintf(year, sizeof(year), "%s%s%.*s", sign ? "-" : "", zeros + digits,
	    (int)digits, (const char *)text.p + sign);
	return date_read_edtf(bytes_str(year), ret, NULL) == 0;
}

struct making {
	struct entry *e;
	struct arena *a;
	struct statement *v;
	size_t n, cap;
};

static void
add(struct making *m, struct bytes field, struct bytes value)
{
	struct date_value date;
	struct statement *v;

	if (value.n == 0 || m->n == STATEMENTS_MAX ||
	    (v = arena_grow(m->a, m->v, m->n, &m->cap, sizeof(*v))) == NULL)
		return;
	m->v = v;
	v += m->n++;
	*v = (struct statement){ .property = arena_bytes(m->a, field),
		.value = arena_bytes(m->a, value) };
	if (record_field(m->e->kind, field) == FIELD_DATE && record_date(value, &date)) {
		v->lo = date.lo;
		v->hi = date.hi;
		if (date.flags & (DATE_APPROX | DATE_UNCERTAIN))
			v->doubt = DOUBT_CIRCA;
	}
}

static void
add_value(struct making *m, struct bytes field, const json_t *j)
{
	char *text;

	if (json_is_string(j)) {
		add(m, field, bytes_make(json_string_value(j), json_string_length(j)));
	} else if (!json_is_null(j)) {
		text = json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		add(m, field, bytes_str(text));
		free(text);
	}
}

int
record_statements(struct entry *e, struct arena *a)
{
	struct making m = { .e = e, .a = a };
	const json_t *v, *item;
	const char *key;
	json_t *j;
	size_t i;

	if (e->record.n == 0)
		return 0;
	j = json_loadb((const char *)e->record.p, e->record.n, JSON_ALLOW_NUL, NULL);
	json_object_foreach(j, key, v) {
		struct bytes field = bytes_str(key);

		if (!json_is_array(v) || record_field(e->kind, field) == FIELD_POINT)
			add_value(&m, field, v);
		else
			json_array_foreach(v, i, item)
				add_value(&m, field, item);
	}
	json_decref(j);
	for (i = 0; i < e->n_statements; i++) {
		struct statement *s = arena_grow(a, m.v, m.n, &m.cap, sizeof(*s));

		if (s == NULL)
			break;
		m.v = s;
		s[m.n++] = e->statement[i];
	}
	e->statement = m.v;
	e->n_statements = m.n;
	return a->err ? LEISHU_ENOMEM : 0;
}
