/* SPDX-License-Identifier: ISC */
#include "script/han.h"

#include "script/fold.h"

struct han_map {
	uint32_t from;
	uint32_t to;	/* a character, or top bit, place << 4 and count */
};

/* Where two or three characters stand side by side, one of them becomes to. */
struct han_phrase {
	uint16_t c[3];
	uint16_t which, to;
};

#include "script/han_map.inc"
#include "script/han_phrase.inc"
#include "script/han_reading.inc"
#include "script/han_shape.inc"

#define BMP_FIRST	0x3400u
#define SIP_FIRST	0x20000u

/* Where cp's value stands in a sparse table, or SIZE_MAX. */
static size_t
sparse(const uint32_t *bits, const uint16_t *rank, size_t n, uint32_t cp)
{
	uint32_t at = cp - SIP_FIRST, word;

	if (cp < SIP_FIRST || at / 32 >= n)
		return SIZE_MAX;
	word = bits[at / 32];
	if ((word >> at % 32 & 1) == 0)
		return SIZE_MAX;
	return rank[at / 32] +
	    (size_t)__builtin_popcount(word & ((1u << at % 32) - 1));
}

size_t
han_readings(uint32_t cp, uint16_t *v, uint8_t *cost, size_t cap)
{
	size_t at = 0, n = 0;

	if (cp - BMP_FIRST < NELEM(reading_bmp))
		at = reading_bmp[cp - BMP_FIRST];
	else if (cp == 0x3007)
		at = READING_ZERO;
	else if ((at = sparse(reading_sip_bits, reading_sip_rank,
	    NELEM(reading_sip_bits), cp)) != SIZE_MAX)
		at = reading_sip_value[at];
	else
		return 0;
	for (; reading_pool[at]; at++, n++)
		if (n < cap) {
			v[n] = (uint16_t)(reading_pool[at] >> 4);
			if (cost)
				cost[n] = reading_pool[at] & 15;
		}
	return n;
}

/* Radical << 6 | strokes beside it; 0 when not known. */
static unsigned int
shape(uint32_t cp)
{
	size_t lo = 0, hi = NELEM(shape_from), mid;

	while (hi - lo > 1) {
		mid = lo + (hi - lo) / 2;
		if (shape_from[mid] <= cp)
			lo = mid;
		else
			hi = mid;
	}
	return is_han(cp) && shape_from[lo] <= cp ? shape_value[lo] : 0;
}

unsigned int
han_radical(uint32_t cp, unsigned int *rest)
{
	unsigned int v = shape(cp);

	*rest = v & 63;
	return v >> 6;
}

unsigned int
han_strokes(uint32_t cp)
{
	unsigned int rest, r;
	size_t at;

	if (cp - BMP_FIRST < NELEM(strokes_bmp))
		return strokes_bmp[cp - BMP_FIRST];
	if ((r = han_radical(cp, &rest)) == 0)
		return 0;
	at = sparse(strokes_sip_bits, strokes_sip_rank, NELEM(strokes_sip_bits), cp);
	return at != SIZE_MAX ? strokes_sip_value[at] : radical_strokes[r] + rest;
}

uint32_t
han_radical_char(unsigned int radical)
{
	return radical < NELEM(radical_char) ? radical_char[radical] : 0;
}

static const struct han_map *
lookup(const struct han_map *v, size_t n, uint32_t cp)
{
	size_t lo = 0, hi = n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (v[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && v[lo].from == cp ? &v[lo] : NULL;
}

static size_t
targets(const struct han_map *m, uint32_t cp, uint32_t *v, size_t cap)
{
	size_t i, n, at;

	if (m == NULL || m->to >> 31 == 0) {
		if (cap)
			v[0] = m ? m->to : cp;
		return 1;
	}
	n = m->to & 15;
	at = (m->to & 0x7fffffff) >> 4;
	for (i = 0; i < n && i < cap; i++)
		v[i] = map_pool[at + i];
	return n;
}

uint32_t
han_simplify(uint32_t cp)
{
	uint32_t ret = cp;

	if (cp >= BMP_FIRST)
		(void)targets(lookup(simp_map, NELEM(simp_map), cp), cp, &ret, 1);
	return ret;
}

uint32_t
han_traditional(uint32_t cp)
{
	uint32_t ret = cp;

	if (cp >= BMP_FIRST)
		(void)targets(lookup(trad_map, NELEM(trad_map), cp), cp, &ret, 1);
	return ret;
}

static int
phrase_cmp(const struct han_phrase *p, const uint32_t *s, size_t len, size_t which)
{
	size_t k;

	for (k = 0; k < NELEM(p->c); k++) {
		uint32_t c = k < len ? s[k] : 0;

		if (p->c[k] != c)
			return p->c[k] < c ? -1 : 1;
	}
	return p->which < which ? -1 : p->which > which;
}

/* What character which of the len at s becomes in this word; 0: not told. */
static uint32_t
in_phrase(const struct han_phrase *v, size_t n, const uint32_t *s, size_t len,
    size_t which)
{
	size_t lo = 0, hi = n, mid;
	int cmp;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if ((cmp = phrase_cmp(&v[mid], s, len, which)) == 0)
			return v[mid].to;
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return 0;
}

/* The longest word has the say; of two the one further left. */
static uint32_t
by_phrase(const struct han_phrase *v, size_t n_v, const uint32_t *s, size_t n, size_t i)
{
	size_t len, from;
	uint32_t to;

	for (len = 3; len >= 2; len--)
		for (from = i + 1 > len ? i + 1 - len : 0; from <= i && from + len <= n; from++)
			if ((to = in_phrase(v, n_v, s + from, len, i - from)) != 0)
				return to;
	return 0;
}

uint32_t
han_simplify_in(const uint32_t *s, size_t n, size_t i)
{
	uint32_t to = by_phrase(simp_phrase, NELEM(simp_phrase), s, n, i);

	return to ? to : han_simplify(s[i]);
}

uint32_t
han_traditional_in(const uint32_t *s, size_t n, size_t i)
{
	uint32_t to = by_phrase(trad_phrase, NELEM(trad_phrase), s, n, i);

	return to ? to : han_traditional(s[i]);
}

size_t
han_traditionals(uint32_t cp, uint32_t *v, size_t cap)
{
	return targets(lookup(trad_map, NELEM(trad_map), cp), cp, v, cap);
}
