/* SPDX-License-Identifier: ISC */
/*
 * Words, or two and more characters, anywhere in a name; and the name whose
 * words are those of the query in other forms.  Postings of words and
 * pairs are joined, and what is left is looked at: they must stand side by
 * side.
 */
#include "query/find_state.h"

#include "script/token.h"

#define TERMS	64		/* of the query */
#define LOOKED_AT	10000	/* names, at most */
#define MARK	0x1f		/* between tokens written in a row */

struct inner {
	struct find *f;
	struct tokens *tokens;
	struct bytes val[TERMS];
	size_t n;
	struct bytes row;	/* the query's tokens in a row */
	size_t n_tokens;	/* and how many */
	struct bytes only;	/* the term, if there is but one */
	uint32_t *ord;
	size_t n_ord;
	bool whole;		/* all of the name, not a part */
};

/* Characters and words of s, each between marks.  Gives their number. */
static size_t
in_a_row(struct tokens *tokens, struct bytes s, struct buf *out)
{
	struct token t;
	size_t n = 0;

	buf_clear(out);
	buf_putc(out, MARK);
	tokens_start(tokens, s);
	while (tokens_next(tokens, &t)) {
		if (t.type == TOKEN_PAIR)
			continue;
		buf_bytes(out, t.term);
		buf_putc(out, MARK);
		n++;
	}
	return n;
}

/* The postings of every term; false when one has none. */
static bool
find_terms(struct inner *in)
{
	const struct store *s = &in->f->names->terms;
	struct dict_cur c;
	struct token t;
	int rc;

	tokens_start(in->tokens, in->f->query);
	while (tokens_next(in->tokens, &t) && in->n < TERMS) {
		if (t.type == TOKEN_HAN || t.term.n == 0)
			continue;
		in->only = in->n ? (struct bytes){ NULL, 0 } :
		    arena_bytes(in->f->arena, t.term);
		rc = dict_seek(&c, &s->dict, t.term);
		if (rc == 1 && bytes_eq(c.key, t.term))
			rc = store_value(s, &c, &in->val[in->n++]);
		else if (rc >= 0)
			return false;
		if (rc < 0) {
			find_fail(in->f, rc);
			return false;
		}
	}
	return in->n > 0;
}

/* Ordinals that all terms have in common, ascending. */
static bool
join(struct inner *in)
{
	size_t i, k, n, least = 0;
	struct ord_walk w;
	uint32_t ord;

	for (i = 1; i < in->n; i++)
		if (in->val[i].n < in->val[least].n)
			least = i;
	/* An ordinal takes a byte at least. */
	in->ord = ARENA_ARRAY(in->f->arena, in->val[least].n + 1, uint32_t);
	if (in->ord == NULL) {
		find_fail(in->f, LEISHU_ENOMEM);
		return false;
	}
	w = ord_walk_make(in->val[least], true, in->f->names->n_keys);
	while (ord_walk_next(&w, &ord))
		in->ord[in->n_ord++] = ord;
	for (i = 0; i < in->n && in->n_ord && !w.bad; i++) {
		if (i == least)
			continue;
		w = ord_walk_make(in->val[i], true, in->f->names->n_keys);
		for (k = n = 0; k < in->n_ord && ord_walk_next(&w, &ord);) {
			while (k < in->n_ord && in->ord[k] < ord)
				k++;
			if (k < in->n_ord && in->ord[k] == ord)
				in->ord[n++] = in->ord[k++];
		}
		in->n_ord = n;
	}
	if (w.bad)
		find_fail(in->f, LEISHU_EFORMAT);
	return in->n_ord > 0 && !w.bad;
}

/* Highest rank first; ranks are bytes, so by counting. */
static void
by_rank(struct inner *in)
{
	const unsigned char *rank = in->f->names->key_rank.rank;
	uint32_t *to = ARENA_ARRAY(in->f->arena, in->n_ord, uint32_t);
	size_t from[257] = { 0 }, i;

	if (to == NULL) {
		find_fail(in->f, LEISHU_ENOMEM);
		return;
	}
	for (i = 0; i < in->n_ord; i++)
		from[256 - rank[in->ord[i]]]++;
	for (i = 1; i < 257; i++)
		from[i] += from[i - 1];
	for (i = 0; i < in->n_ord; i++)
		to[from[255 - rank[in->ord[i]]]++] = in->ord[i];
	in->ord = to;
}

/* Does some name under the key hold the query's tokens side by side? */
static bool
holds(struct inner *in, const struct dict_cur *c)
{
	struct find *f = in->f;
	struct bytes row;

	if (f->all_han && !in->whole)
		return bytes_find(c->key, f->key) != SIZE_MAX;
	/* Stems apart, words side by side are side by side in the key. */
	if (!f->has_cyrillic && bytes_find(c->key, f->key) == SIZE_MAX)
		return false;
	name_walk_start(f->walk, f->names, c);
	while (name_walk_next(f->walk)) {
		(void)in_a_row(in->tokens, name_walk_form(f->walk), &f->tmp);
		row = buf_view(&f->tmp);
		if (in->whole ? bytes_eq(row, in->row) :
		    bytes_find(row, in->row) != SIZE_MAX)
			return true;
	}
	return false;
}

static void
look(struct inner *in)
{
	struct find *f = in->f;
	struct match m = { .rule = in->whole ? RULE_STEM : RULE_INNER };
	struct dict_cur c;
	size_t i;
	bool sure = in->n_tokens == 1 && !in->whole;

	for (i = 0; i < in->n_ord && f->err == 0; i++) {
		if (i >= LOOKED_AT || find_count_done(f)) {
			f->at_least = true;
			break;
		}
		if (find_full(f) && f->opts->mode == LEISHU_FIND_SUGGEST)
			break;
		if (sure && find_full(f))
			find_count_ord(f, in->ord[i]);
		else if (dict_at(&c, &f->names->keys.dict, in->ord[i]) != 1)
			find_fail(f, LEISHU_EFORMAT);
		else if (sure || holds(in, &c))
			find_offer_key(f, &c, m);
	}
}

static void
run(struct find *f, bool whole)
{
	struct inner in = { .f = f, .whole = whole };
	int rc;

	if ((rc = tokens_new(&in.tokens)) < 0) {
		find_fail(f, rc);
		return;
	}
	in.n_tokens = in_a_row(in.tokens, f->query, &f->tmp2);
	in.row = arena_buf(f->arena, &f->tmp2);
	if (find_terms(&in) && join(&in)) {
		by_rank(&in);
		if (f->err == 0)
			look(&in);
	}
	/* A name of one word whose stem is its key has no postings. */
	if (whole && in.only.n && f->err == 0) {
		struct dict_cur c;

		if (dict_seek(&c, &f->names->keys.dict, in.only) == 1 &&
		    bytes_eq(c.key, in.only))
			find_offer_key(f, &c, (struct match){ .rule = RULE_STEM });
	}
	tokens_free(in.tokens);
}

void
find_stem(struct find *f)
{
	if (f->has_cyrillic)
		run(f, true);
}

void
find_inner(struct find *f)
{
	run(f, false);
}
