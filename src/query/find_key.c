/* SPDX-License-Identifier: ISC */
/* Rules for whole names: the same key, a reading of it, its initials. */
#include "query/find_state.h"

#include "index/names_key.h"
#include "script/fold.h"

/* Was the present name written as the query is? */
static bool
as_typed(struct find *f)
{
	struct bytes form = name_walk_form(f->walk);

	buf_clear(&f->tmp);
	fold_exact(name_bare(form), &f->tmp);
	return bytes_eq(buf_view(&f->tmp), f->exact);
}

/*
 * Names come by entry, the entry most linked to first; so once there are
 * enough written as typed, nothing after them can be better.
 */
void
find_same_key(struct find *f)
{
	struct name_walk *w = f->walk;
	struct dict_cur c;
	struct match m = { .rule = RULE_VARIANT };
	struct bytes steps = { NULL, 0 };
	uint32_t shared = 0;
	size_t exact = 0;
	bool known = false, same = false;
	int rc = dict_seek(&c, &f->names->keys.dict, f->key);

	if (rc < 0)
		find_fail(f, rc);
	if (rc != 1 || !bytes_eq(c.key, f->key))
		return;
	m.ord = (uint32_t)c.ord;
	for (name_walk_start(w, f->names, &c); name_walk_next(w); m.nth++) {
		/* Homonyms are mostly written alike: judge a form once. */
		if (!known || shared != w->shared || !bytes_eq(steps, w->steps))
			same = as_typed(f);
		known = true;
		shared = w->shared;
		steps = w->steps;
		m.no = w->no;
		m.indegree = f->src->indegree(f->src->ctx, w->no);
		m.rule = same ? RULE_EXACT : RULE_VARIANT;
		m.sub = w->origin == NAME_PROSE ? 0x80 : 0;
		find_offer(f, &m);
		exact += same && m.sub == 0 && !w->inside;
		if (exact >= f->opts->limit || (find_count_done(f) && find_full(f)))
			break;
	}
	f->floor = w->n_entries;
	if (w->bad)
		find_fail(f, LEISHU_EFORMAT);
}

void
find_initials(struct find *f)
{
	struct bytes val = { NULL, 0 };
	struct match m = { .rule = RULE_INITIALS };
	struct dict_cur c;
	struct ord_walk w;
	uint32_t ord;
	int rc;

	if (!f->ascii || f->key.n < 2)
		return;
	rc = dict_seek(&c, &f->names->initials.dict, f->key);
	if (rc == 1 && bytes_eq(c.key, f->key))
		rc = store_value(&f->names->initials, &c, &val);
	if (rc < 0)
		find_fail(f, rc);
	if (val.n == 0)
		return;
	w = ord_walk_make(val, false, f->names->n_keys);
	while (!find_count_done(f) && ord_walk_next(&w, &ord)) {
		/* The most linked come first. */
		if (find_full(f))
			find_count_ord(f, ord);
		else
			find_offer_ord(f, ord, m);
	}
	f->at_least |= w.p < w.end;
	if (w.bad)
		find_fail(f, LEISHU_EFORMAT);
}
