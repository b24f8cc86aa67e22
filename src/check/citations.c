/* SPDX-License-Identifier: ISC */
/* A [@key] that neither the collection nor the entry has a reference for. */
#include <jansson.h>

#include "check/check.h"

static bool
own_reference(const json_t *own, struct bytes key)
{
	const json_t *v;
	size_t i;

	json_array_foreach(own, i, v) {
		const json_t *id = json_object_get(v, "id");

		if (json_is_string(id) && bytes_eq(key, bytes_make(json_string_value(id),
		    json_string_length(id))))
			return true;
	}
	return false;
}

void
check_citations(const struct check *c, const struct entry *e)
{
	json_t *own = NULL;
	struct entry_place place = { 0 };
	struct diag_at at;
	struct bytes near;
	size_t i;

	for (i = 0; i < e->n_nodes; i++) {
		const struct node *v = &e->node[i];

		if (v->type != NODE_CITE || c->has_reference(c->ctx, v->arg))
			continue;
		if (own == NULL && e->references.n)
			own = json_loadb((const char *)e->references.p, e->references.n, 0, NULL);
		if (own_reference(own, v->arg))
			continue;
		if (place.at.file == NULL)
			entry_place_make(e, c->a, &place);
		entry_place_of(&place, v->from, v->to, &at);
		near = c->like_reference(c->ctx, v->arg);
		diag_add(c->diag, DIAG_CITE_UNKNOWN, &at,
		    "there is no reference '%.*s'%s%.*s%s", (int)v->arg.n,
		    (const char *)v->arg.p, near.n ? "; is it '" : "", (int)near.n,
		    near.n ? (const char *)near.p : "", near.n ? "'?" : "");
	}
	json_decref(own);
}
