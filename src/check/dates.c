/* SPDX-License-Identifier: ISC */
/* Dates of a head that are not EDTF: of the record's fields, of names. */
#include "check/check.h"
#include "record/record.h"

static void
tell(const struct check *c, const struct diag_at *at, struct bytes value)
{
	diag_add(c->diag, DIAG_DATE_BAD, at, "'%.*s' cannot be read as a date",
	    (int)value.n, (const char *)value.p);
}

static void
statements(const struct check *c, const struct entry *e)
{
	struct bytes pointer;
	struct diag_at at;
	size_t i;

	for (i = 0; i < e->n_statements; i++) {
		const struct statement *s = &e->statement[i];
		struct date_value v;

		if (s->from || s->to || s->lo || s->hi ||
		    record_field(e->kind, s->property) != FIELD_DATE ||
		    record_date(s->value, &v))
			continue;
		pointer = arena_printf(c->a, "/%.*s/%.*s", (int)e->kind.n,
		    (const char *)e->kind.p, (int)s->property.n,
		    (const char *)s->property.p);
		entry_where_field(e, (const char *)pointer.p, c->a, &at);
		tell(c, &at, s->value);
	}
}

void
check_dates(const struct check *c, const struct entry *e)
{
	struct date_value v;
	struct diag_at at;
	size_t i;

	statements(c, e);
	for (i = 0; i < e->n_names; i++) {
		const struct name *n = &e->name[i];

		bool from = n->from.n && !record_date(n->from, &v);
		bool to = n->to.n && !record_date(n->to, &v);

		if (from || to) {
			check_name_where(c, e, n, &at);
			tell(c, &at, from ? n->from : n->to);
		}
	}
}
