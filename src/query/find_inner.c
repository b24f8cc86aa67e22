/* SPDX-License-Identifier: ISC */
/*
 * Words, or two and more characters, anywhere in a name; and the name whose
 * words are those of the query in other forms.  Postings of words and
 * pairs are joined, and what is left is looked at: they must stand side by
 * side.
 */
#include "query/find_state.h"

#include "index/names_key.h"
#include "script/token.h"

#define TERMS	64		/* of the query */
#define LOOKED_AT	3000	/* names read to see, far from one another */
#define LOOKED_NEAR	20000	/* or close by */
#define WORTH_JOINING	400	/* bytes of postings to pass by one look */
#define MARK	0x1f		/* between tokens written in a row */

struct inner {
	struct find *f;
	struct tokens *tokens;
	struct name_terms terms;
	struct bytes val[TERMS];
	size_t n;
	struct bytes row;	/* the query's tokens in a row */
	size_t n_tokens;	/* and how many */
	bool joined;		/* two that are one term */
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
	struct bytes t;
	struct dict_cur c;
	int rc;

	in->joined = in->f->all_han;
	name_terms_start(&in->terms, in->f->query);
	while (in->n < TERMS && (t = name_terms_next(&in->terms)).n) {
		in->joined |= in->terms.pending;
		in->only = in->n ? (struct bytes){ NULL, 0 } : arena_bytes(in->f->arena, t);
		rc = dict_seek(&c, &s->dict, t);
		if (rc == 1 && bytes_eq(c.key, t))
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

static int
by_length(const void *a, const void *b)
{
	const struct bytes *x = a, *y = b;

	return x->n < y->n ? -1 : x->n > y->n;
}

/*
 * Ordinals that the terms have in common, ascending.  When few are left,
 * looking at them is cheaper than reading the postings of common words.
 */
static bool
join(struct inner *in)
{
	struct ord_walk w;
	size_t i;

	qsort(in->val, in->n, sizeof(in->val[0]), by_length);
	/* An ordinal takes a byte at least. */
	in->ord = ARENA_ARRAY(in->f->arena, in->val[0].n + 1, uint32_t);
	if (in->ord == NULL) {
		find_fail(in->f, LEISHU_ENOMEM);
		return false;
	}
	w = ord_walk_make(in->val[0], true, in->f->names->n_keys);
	in->n_ord = ord_walk_rest(&w, in->ord, in->val[0].n + 1);
	for (i = 1; i < in->n && in->n_ord && !w.bad; i++) {
		if (in->val[i].n / WORTH_JOINING > in->n_ord)
			break;
		w = ord_walk_make(in->val[i], true, in->f->names->n_keys);
		in->n_ord = ord_walk_common(&w, in->ord, in->n_ord);
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
look_at(struct inner *in, struct dict_cur *c, uint32_t ord, bool sure)
{
	struct find *f = in->f;
	struct match m = { .rule = in->whole ? RULE_STEM : RULE_INNER };
	int rc = 1;

	/* Ordinals that rise by little are met without a search. */
	if (c->d && c->ord < ord && ord - c->ord < DICT_BLOCK)
		while (rc == 1 && c->ord < ord)
			rc = dict_next(c);
	else
		rc = dict_at(c, &f->names->keys.dict, ord);
	if (rc != 1)
		find_fail(f, LEISHU_EFORMAT);
	else if (sure || holds(in, c))
		find_offer_key(f, c, m);
}

/* The most linked first, until there are enough; then the rest, to count. */
static void
look(struct inner *in)
{
	struct find *f = in->f;
	uint32_t *rising = in->ord;
	struct dict_cur c = { .d = NULL };
	bool sure = !in->whole && (in->n_tokens == 1 || (in->n_tokens == 2 && in->joined));
	bool dense = in->n_ord > 1 &&
	    (rising[in->n_ord - 1] - rising[0]) / in->n_ord < DICT_BLOCK / 2;
	size_t most = dense ? LOOKED_NEAR : LOOKED_AT, i;
	size_t looked = 0;
	uint32_t lo = 0, hi = 0;
	int rc;

	/* Characters at the beginning of a key need not be looked for in it. */
	if (f->all_han && !in->whole &&
	    (rc = store_range(&f->names->keys.dict, f->key, &lo, &hi)) < 0)
		find_fail(f, rc);
	by_rank(in);
	for (i = 0; i < in->n_ord && i < most && !find_full(f) && f->err == 0; i++)
		look_at(in, &c, in->ord[i], sure);
	if (f->opts->mode == LEISHU_FIND_SUGGEST || i == in->n_ord)
		return;
	for (i = 0; i < in->n_ord && f->err == 0; i++) {
		if (find_count_done(f) || looked >= most) {
			f->at_least = true;
			break;
		}
		if (sure || (rising[i] >= lo && rising[i] < hi)) {
			find_count_ord(f, rising[i]);
		} else {
			look_at(in, &c, rising[i], sure);
			looked++;
		}
	}
}

static void
run(struct find *f, bool whole)
{
	struct inner in = { .f = f, .whole = whole };
	int rc;

	if ((rc = tokens_new(&in.tokens)) < 0 || (rc = name_terms_new(&in.terms)) < 0) {
		tokens_free(in.tokens);
		find_fail(f, rc);
		return;
	}
	in.n_tokens = in_a_row(in.tokens, f->query, &f->tmp2);
	in.row = arena_buf(f->arena, &f->tmp2);
	if (find_terms(&in) && join(&in))
		look(&in);
	/* A name of one word whose stem is its key has no postings. */
	if (whole && in.only.n && f->err == 0) {
		struct dict_cur c;

		if (dict_seek(&c, &f->names->keys.dict, in.only) == 1 &&
		    bytes_eq(c.key, in.only))
			find_offer_key(f, &c, (struct match){ .rule = RULE_STEM });
	}
	name_terms_release(&in.terms);
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
