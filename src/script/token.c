/* SPDX-License-Identifier: ISC */
#include "script/token.h"

#include <libstemmer.h>

#include "base/utf8.h"
#include "script/fold_tab.h"

/* What stands at one place of the text. */
struct glyph {
	uint32_t cp;
	size_t from, to;
	bool bad;
};

struct tokens {
	struct bytes text;
	size_t at;
	uint32_t pos;
	struct glyph next;	/* a Han character read ahead */
	bool ahead;		/* next holds */
	bool pair;		/* the pair of term and next is due */
	struct token han;	/* the last TOKEN_HAN */
	size_t n_next;		/* bytes of next, folded, behind it in term */
	struct sb_stemmer *stem;
	unsigned char term[2 * FOLD_ROOM + TOKEN_WORD_MAX];
};

/* Of ASCII: what it is in a word, already in lower case; 0 is no part of it. */
static const unsigned char ascii[128] = {
#define L(c) [(c) - 'a' + 'A'] = (c), [(c)] = (c)
	L('a'), L('b'), L('c'), L('d'), L('e'), L('f'), L('g'), L('h'), L('i'),
	L('j'), L('k'), L('l'), L('m'), L('n'), L('o'), L('p'), L('q'), L('r'),
	L('s'), L('t'), L('u'), L('v'), L('w'), L('x'), L('y'), L('z'),
#undef L
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4',
	['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
};

int
tokens_new(struct tokens **ret)
{
	struct tokens *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return LEISHU_ENOMEM;
	if ((t->stem = sb_stemmer_new("russian", "UTF_8")) == NULL) {
		free(t);
		return LEISHU_ENOMEM;
	}
	*ret = t;
	return 0;
}

void
tokens_free(struct tokens *t)
{
	if (t == NULL)
		return;
	sb_stemmer_delete(t->stem);
	free(t);
}

void
tokens_start(struct tokens *t, struct bytes text)
{
	t->text = text;
	t->at = 0;
	t->pos = 0;
	t->ahead = t->pair = false;
}

static inline bool
glyph_at(struct bytes s, size_t at, struct glyph *ret)
{
	const unsigned char *p;
	size_t len;

	if (at >= s.n)
		return false;
	p = s.p + at;
	ret->from = at;
	ret->bad = false;
	if (p[0] < 0x80) {
		ret->cp = p[0];
		ret->to = at + 1;
	} else if (p[0] >= 0xe1 && p[0] <= 0xec && s.n - at >= 3 &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
		/* Most of what is not ASCII: U+1000 to U+CFFF. */
		ret->cp = (uint32_t)(p[0] & 15) << 12 |
		    (uint32_t)(p[1] & 63) << 6 | (uint32_t)(p[2] & 63);
		ret->to = at + 3;
	} else {
		ret->cp = utf8_get(s, at, &len, &ret->bad);
		ret->to = at + len;
	}
	return true;
}

static inline bool
counts_as_han(const struct glyph *g)
{
	if (g->cp - FOLD_URO_FIRST < FOLD_URO)
		return true;
	return !g->bad && (is_han(g->cp) || is_private(g->cp));
}

static bool
is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == 0x2018 || cp == 0x2bc ||
	    cp == 0x2bb || cp == 0x2bf || cp == 0xff07;
}

/* Whether the word so far, w, goes on after an apostrophe before at. */
static bool
joins(struct bytes text, size_t at, struct bytes w)
{
	static const char elided[] = "cdjlmns";
	struct glyph g, h;

	if (!glyph_at(text, at, &g) || g.bad ||
	    (g.cp < 0x80 ? ascii[g.cp] == 0 : g.cp < 0xc0 || g.cp > 0x24f))
		return false;
	if (w.n == 1 && memchr(elided, w.p[0], sizeof(elided) - 1))
		return false;
	if (w.n == 2 && w.p[0] == 'q' && w.p[1] == 'u')
		return false;
	if (g.cp == 's' || g.cp == 'S')
		return glyph_at(text, g.to, &h) &&
		    (h.cp < 0x80 ? ascii[h.cp] != 0 : h.cp >= 0xc0 && h.cp <= 0x24f);
	return true;
}

/* Only letters the Russian stemmer knows. */
static bool
is_russian(struct bytes w)
{
	size_t at = 0;
	uint32_t cp;

	while (utf8_next(w, &at, &cp))
		if (cp < 0x430 || cp > 0x44f)
			return false;
	return w.n > 0;
}

static inline void
give(struct tokens *t, enum token_type type, size_t from, size_t to,
    struct bytes term, struct token *ret)
{
	*ret = (struct token){ type, from, to, t->pos, term };
}

/*
 * The word that begins at g; false when nothing of it is left by folding.
 * Leaves t->at behind it.
 */
static bool
word(struct tokens *t, struct glyph g, struct token *ret)
{
	struct fold_out o = { .p = t->term }, before;
	size_t from = g.from, to = g.from;
	const sb_symbol *s;
	unsigned char c;
	bool plain = true, took;

	do {
		if (o.n >= TOKEN_WORD_MAX)
			break;
		if (g.cp < 0x80) {
			if (ascii[g.cp] != 0) {
				for (to = g.from; to < t->text.n && o.n < TOKEN_WORD_MAX &&
				    t->text.p[to] < 0x80 &&
				    (c = ascii[t->text.p[to]]) != 0; to++)
					o.p[o.n++] = c;
				o.last = 0;
				t->at = to;
				continue;
			}
			if (g.cp != '\'' || o.n == 0 ||
			    !joins(t->text, g.to, bytes_make(o.p, o.n)))
				break;
			t->at = g.to;
			continue;
		}
		if (counts_as_han(&g) || g.bad || g.cp == UTF8_BAD)
			break;
		plain = false;
		before = o;
		fold_put(&o, g.cp);
		took = o.n != before.n || o.last != before.last;
		if (!took && !fold_ignores(g.cp) && !(is_apostrophe(g.cp) &&
		    o.n > 0 && joins(t->text, g.to, bytes_make(o.p, o.n))))
			break;
		t->at = g.to;
		if (took)
			to = g.to;
	} while (glyph_at(t->text, t->at, &g));
	if (o.n == 0)
		return false;
	give(t, TOKEN_WORD, from, to, bytes_make(o.p, o.n), ret);
	if (!plain && is_russian(ret->term) &&
	    (s = sb_stemmer_stem(t->stem, o.p, (int)o.n)) != NULL)
		ret->term = bytes_make(s, (size_t)sb_stemmer_length(t->stem));
	t->pos++;
	return true;
}

/* A Han character, folded; a private one as it is. */
static size_t
put_han(unsigned char *p, uint32_t cp)
{
	struct fold_out o = { .p = p };

	if (cp - FOLD_URO_FIRST < FOLD_URO) {
		fold_uro_put(p, cp);
		return 3;
	}
	if (is_private(cp))
		return utf8_put(p, cp);
	fold_put(&o, cp);
	return o.n;
}

/* The Han character g, n bytes of it in term; looks for a pair. */
static bool
han(struct tokens *t, const struct glyph *g, size_t n, struct token *ret)
{
	give(t, TOKEN_HAN, g->from, g->to, bytes_make(t->term, n), ret);
	t->han = *ret;
	t->at = g->to;
	t->ahead = glyph_at(t->text, t->at, &t->next) && counts_as_han(&t->next);
	t->pair = t->ahead;
	t->pos++;
	return true;
}

bool
tokens_next(struct tokens *t, struct token *ret)
{
	struct glyph g;

	if (t->pair) {
		t->pair = false;
		t->n_next = put_han(t->term + t->han.term.n, t->next.cp);
		*ret = t->han;
		ret->type = TOKEN_PAIR;
		ret->to = t->next.to;
		ret->term.n += t->n_next;
		return true;
	}
	if (t->ahead) {
		g = t->next;
		memmove(t->term, t->term + t->han.term.n, t->n_next);
		return han(t, &g, t->n_next, ret);
	}
	while (glyph_at(t->text, t->at, &g)) {
		size_t at = t->at;

		if (counts_as_han(&g))
			return han(t, &g, put_han(t->term, g.cp), ret);
		if ((g.cp >= 0x80 || ascii[g.cp]) && word(t, g, ret))
			return true;
		if (t->at == at)
			t->at = g.to;
	}
	return false;
}
