/* SPDX-License-Identifier: ISC */
#include "check/check.h"

/* To add a rule, write its file and add a line. */
static void (*const rules[])(const struct check *, const struct entry *) = {
	check_kind,
	check_citations,
	check_dates,
	check_readings,
};

void
check_entry(const struct check *c, const struct entry *e)
{
	size_t i;

	for (i = 0; i < NELEM(rules); i++)
		rules[i](c, e);
}

void
check_name_where(const struct check *c, const struct entry *e, const struct name *n,
    struct diag_at *ret)
{
	entry_where_field(e, "/names", c->a, ret);
	if (e->form != SOURCE_JSON)
		ret->from = ret->to = n->src;
}
