/* SPDX-License-Identifier: ISC */
/* A reading that was given and does not fit the characters. */
#include "check/check.h"
#include "script/name.h"

void
check_readings(const struct check *c, const struct entry *e)
{
	struct name_info info;
	struct diag_at at;
	size_t i;

	for (i = 0; i < e->n_names; i++) {
		const struct name *n = &e->name[i];

		if (n->reading.n == 0 || n->origin == NAME_PROSE ||
		    name_look(n->form, n->reading, NULL, READING_ANY, &info) != LEISHU_ESYNTAX)
			continue;
		check_name_where(c, e, n, &at);
		diag_add(c->diag, DIAG_READING_BAD, &at,
		    "'%.*s' does not read %.*s, one syllable a character",
		    (int)n->reading.n, (const char *)n->reading.p, (int)n->form.n,
		    (const char *)n->form.p);
	}
}
