/* SPDX-License-Identifier: ISC */
#include "index/names_key.h"

#include "base/utf8.h"
#include "script/fold.h"

#include "index/names.h"

/*
 * A slip in the first half of a longer name is not found; one in its second
 * half is.
 */
#define FUZZY_MIN	4
#define FUZZY_MAX	24	/* letters; a character counts as two */

struct bytes
name_bare(struct bytes form)
{
	static const char *const article[] = { "the ", "an ", "a " };
	size_t i, n;

	form = bytes_trim(form);
	for (i = 0; i < NELEM(article); i++) {
		n = strlen(article[i]);
		if (form.n > n && bytes_eq_nocase(bytes_sub(form, 0, n), bytes_str(article[i])))
			return bytes_trim(bytes_sub(form, n, form.n));
	}
	return form;
}

void
name_key(struct bytes form, struct buf *out)
{
	size_t at = out->n, i;

	form = name_bare(form);
	fold_name(form, out);
	if (out->n == at)
		buf_bytes(out, form);
	if (out->err)
		return;
	if (out->n - at > NAMES_KEY_MAX)
		out->n = at + utf8_cut(bytes_make(out->p + at, out->n - at), NAMES_KEY_MAX).n;
	for (i = at; i < out->n; i++)
		if (out->p[i] == 0)
			out->p[i] = 1;
}

void
name_backwards(struct bytes key, struct buf *out)
{
	size_t at = key.n, to;

	while ((to = at) > 0) {
		at = utf8_prev(key, at);
		buf_bytes(out, bytes_sub(key, at, to));
	}
}

bool
name_fuzzy(struct bytes key)
{
	size_t n = utf8_count(key);

	return n >= FUZZY_MIN && (key.p[0] < 0x80 ? n : 2 * n) <= FUZZY_MAX;
}

bool
name_has_han(struct bytes s, bool *all)
{
	size_t at = 0;
	uint32_t cp;
	bool han = false, other = false;

	while (utf8_next(s, &at, &cp)) {
		if (is_han(cp))
			han = true;
		else
			other = true;
	}
	if (all)
		*all = han && !other;
	return han;
}

int
name_terms_new(struct name_terms *w)
{
	memset(w, 0, sizeof(*w));
	return tokens_new(&w->tokens);
}

void
name_terms_release(struct name_terms *w)
{
	tokens_free(w->tokens);
	buf_release(&w->last);
	buf_release(&w->both);
}

void
name_terms_start(struct name_terms *w, struct bytes form)
{
	tokens_start(w->tokens, form);
	buf_clear(&w->last);
	w->last_to = SIZE_MAX;
	w->last_han = w->pending = false;
	w->n_tokens = 0;
}

/* Keeps the token as the one before; true when both stand side by side. */
static bool
meets(struct name_terms *w)
{
	bool han = w->t.type == TOKEN_HAN;
	bool meet = w->last_to == w->t.from && han != w->last_han;

	w->n_tokens++;
	if (meet) {
		buf_clear(&w->both);
		buf_bytes(&w->both, buf_view(&w->last));
		buf_bytes(&w->both, w->t.term);
	}
	buf_clear(&w->last);
	buf_bytes(&w->last, w->t.term);
	w->last_to = w->t.to;
	w->last_han = han;
	return meet && !w->both.err;
}

struct bytes
name_terms_next(struct name_terms *w)
{
	for (;;) {
		if (w->pending) {
			w->pending = false;
			if (w->t.type != TOKEN_HAN && w->t.term.n)
				return bytes_sub(w->t.term, 0, NAMES_KEY_MAX);
		}
		if (!tokens_next(w->tokens, &w->t))
			return (struct bytes){ NULL, 0 };
		w->pending = true;
		if (w->t.type != TOKEN_PAIR && meets(w))
			return bytes_sub(buf_view(&w->both), 0, NAMES_KEY_MAX);
	}
}
