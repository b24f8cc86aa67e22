/* SPDX-License-Identifier: ISC */
/* Rules for whole names: the same key, a reading of it, its initials. */
#include "query/find_state.h"

#include "base/utf8.h"
#include "index/names_key.h"
#include "script/fold.h"

#define JAPANESE_MAX	24	/* characters of such a name */

/* Without what does not count: spaces, hyphens, apostrophes. */
static void
bare(struct buf *b)
{
	static const char *const skip[] = { " ", "-", "'", "’", "‘", "ʻ", "ʼ", "`", "‐" };
	struct bytes s = buf_view(b);
	size_t from, to, i;

	for (from = to = 0; from < s.n;) {
		for (i = 0; i < NELEM(skip); i++)
			if (bytes_starts(bytes_sub(s, from, s.n), bytes_str(skip[i])))
				break;
		if (i < NELEM(skip))
			from += strlen(skip[i]);
		else
			b->p[to++] = b->p[from++];
	}
	b->n = to;
}

/*
 * How the present name differs from the query: 0 not at all, 1 in what does
 * not count, 2 one of them has marks and the other none, 3 in more.
 */
static unsigned
difference(struct find *f)
{
	struct bytes form = name_walk_form(f->walk);
	bool plain;

	if (bytes_eq(form, f->query))
		return 0;
	if (f->exact.n == 0) {
		buf_clear(&f->tmp);
		fold_exact(name_bare(f->query), &f->tmp);
		f->exact = arena_buf(f->arena, &f->tmp);
	}
	buf_clear(&f->tmp);
	fold_exact(name_bare(form), &f->tmp);
	if (bytes_eq(buf_view(&f->tmp), f->exact))
		return 0;
	buf_clear(&f->tmp2);
	buf_bytes(&f->tmp2, f->exact);
	find_fail(f, f->tmp.err ? f->tmp.err : f->tmp2.err);
	if (f->err)
		return 3;
	bare(&f->tmp);
	bare(&f->tmp2);
	if (bytes_eq(buf_view(&f->tmp), buf_view(&f->tmp2)))
		return 1;
	plain = bytes_eq(buf_view(&f->tmp), f->key) || bytes_eq(buf_view(&f->tmp2), f->key);
	return f->has_han || plain ? 2 : 3;
}

/* Names under a key that differs from the query's by one such character. */
static void
offer_japanese(struct find *f, size_t from, size_t to, uint32_t other)
{
	struct match m = { .rule = RULE_VARIANT, .sub = 4 };
	struct dict_cur c;
	int rc;

	buf_clear(&f->tmp2);
	buf_bytes(&f->tmp2, bytes_sub(f->key, 0, from));
	buf_utf8(&f->tmp2, other);
	buf_bytes(&f->tmp2, bytes_sub(f->key, to, f->key.n));
	if ((rc = f->tmp2.err) == 0)
		rc = dict_seek(&c, &f->names->keys.dict, buf_view(&f->tmp2));
	if (rc < 0)
		find_fail(f, rc);
	else if (rc == 1 && bytes_eq(c.key, buf_view(&f->tmp2)))
		find_offer_key(f, &c, m);
}

/* 芸 is a word in Chinese and in Japanese the new form of 藝: no key joins them. */
static void
find_japanese(struct find *f)
{
	size_t at = 0, from, i;
	uint32_t cp, other;

	for (from = 0; f->n_letters <= JAPANESE_MAX && utf8_next(f->key, &at, &cp); from = at)
		for (i = 0; (other = fold_japanese_form(cp, i)) != 0; i++)
			offer_japanese(f, from, at, other);
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
	unsigned differs = 0;
	bool known = false;
	int rc = dict_seek(&c, &f->names->keys.dict, f->key);

	if (rc < 0)
		find_fail(f, rc);
	if (rc == 1 && !bytes_eq(c.key, f->key))
		rc = 0;
	if (rc == 0 && f->has_han && f->n_letters > 1)
		find_japanese(f);
	if (rc != 1)
		return;
	m.ord = (uint32_t)c.ord;
	for (name_walk_start(w, f->names, &c); name_walk_next(w); m.nth++) {
		/* Homonyms are mostly written alike: judge a form once. */
		if (!known || shared != w->shared || !bytes_eq(steps, w->steps))
			differs = difference(f);
		known = true;
		shared = w->shared;
		steps = w->steps;
		m.no = w->no;
		m.indegree = f->src->indegree(f->src->ctx, w->no);
		m.rule = differs < 2 ? RULE_EXACT : RULE_VARIANT;
		m.sub = (uint8_t)(differs | (w->origin == NAME_PROSE ? 0x80 : 0));
		find_offer(f, &m);
		exact += m.sub == 0 && !w->inside;
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
