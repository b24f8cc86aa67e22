/* SPDX-License-Identifier: ISC */
/* Syllables that may be meant where one letter of the string is wrong. */
#include "script/roman_tab.h"

#define DEAREST	6	/* spellings no book has */

/* A spelling laid beside the string from letter i on. */
struct beside {
	const struct roman_text *t;
	size_t i;
	unsigned char c[8];
	size_t n;
};

/* Are letters from a on those of the string from b on? */
static bool
same_from(const struct beside *s, size_t a, size_t b)
{
	unsigned char c;

	for (; a < s->n; a++, b++) {
		if (s->i + b >= s->t->n)
			return false;
		c = s->t->c[s->i + b];
		if (c != s->c[a] && !(c == 'u' && s->c[a] == 'v'))
			return false;
	}
	return true;
}

/* Whether something parts the letters up to len. */
static bool
parted(const struct beside *s, size_t len)
{
	size_t k;

	for (k = 1; k < len; k++)
		if (s->t->flag[s->i + k] & (ROMAN_AT_BREAK | ROMAN_AT_TONE))
			return true;
	return false;
}

/*
 * The letters of the string that a slip made of this spelling, each way to
 * slip once; gives their number.
 */
static size_t
slipped(const struct beside *s, size_t len[3])
{
	size_t p = 0, left = s->t->n - s->i, n = 0, i, k;

	while (p < s->n && p < left && (s->t->c[s->i + p] == s->c[p] ||
	    (s->t->c[s->i + p] == 'u' && s->c[p] == 'v')))
		p++;
	/* All is there but for a hyphen in it: that is the slip. */
	if (p == s->n && parted(s, p)) {
		len[0] = p;
		return 1;
	}
	if (p < s->n && s->n > 1 && same_from(s, p + 1, p))
		len[n++] = s->n - 1;	/* one is missing */
	if (p < s->n && p < left && same_from(s, p + 1, p + 1))
		len[n++] = s->n;	/* one is another */
	if (p < left && same_from(s, p, p + 1))
		len[n++] = s->n + 1;	/* one too many */
	for (i = k = 0; i < n; i++)
		if (!parted(s, len[i]))
			len[k++] = len[i];
	return k;
}

static size_t
add(struct roman_hit *v, size_t n, size_t cap, struct roman_hit hit)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i].syl == hit.syl && v[i].len == hit.len)
			return n;
	if (n < cap)
		v[n++] = hit;
	return n;
}

size_t
roman_near_hits(const struct roman_text *t, size_t i, enum scheme scheme,
    struct roman_hit *v, size_t cap)
{
	struct spellings table = scheme_spellings(scheme);
	struct beside s = { .t = t, .i = i };
	size_t k, m, n = 0, n_len, len[3];

	for (k = 0; k < table.n; k++) {
		if (table.v[k].cost >= DEAREST)
			continue;
		for (s.n = 0; s.n < 8 && (s.c[s.n] =
		    (unsigned char)(table.v[k].key >> 8 * (7 - s.n) & 0xff)) != 0;)
			s.n++;
		n_len = slipped(&s, len);
		for (m = 0; m < n_len; m++)
			n = add(v, n, cap, (struct roman_hit){
			    SYL(table.v[k].id, 0), (uint8_t)len[m], 0 });
	}
	return n;
}
