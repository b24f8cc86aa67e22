/* SPDX-License-Identifier: ISC */
/* A kind that leishu has no fields for, in a head (bulk data has its own). */
#include "check/check.h"
#include "record/record.h"

void
check_kind(const struct check *c, const struct entry *e)
{
	struct diag_at at;

	if (e->kind.n == 0 || e->form == SOURCE_JSON || record_kind_known(e->kind))
		return;
	entry_where_field(e, "/kind", c->a, &at);
	diag_add(c->diag, DIAG_KIND_UNKNOWN, &at, "the kind '%.*s' has no fields of its own",
	    (int)e->kind.n, (const char *)e->kind.p);
}
