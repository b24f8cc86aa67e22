/* SPDX-License-Identifier: ISC */
/*
 * Character by character, the places of the string that the characters so
 * far may have come to, with what each costs; there are never many.
 */
#include "script/align.h"

#include "base/utf8.h"
#include "script/fold.h"
#include "script/han.h"
#include "script/lang.h"

#define STATES	6	/* places kept after one character */
#define COST_TONE	3	/* a tone no dictionary has */
#define RARE		6	/* a reading no living word has */
#define COST_UNKNOWN	5	/* a character without readings */

struct character {
	uint32_t from, to;	/* bytes */
	uint16_t syl[HAN_READINGS];
	uint8_t rare[HAN_READINGS];
	uint8_t n;
};

struct state {
	uint16_t at;		/* letter */
	uint16_t cost, off;
	uint16_t syl;
	uint8_t prev;		/* state after the character before */
};

struct path {
	struct character c[ALIGN_MAX];
	size_t chars;
	struct roman_text t;
	struct state s[ALIGN_MAX + 1][STATES];
	uint8_t n[ALIGN_MAX + 1];
};

/* The Han characters of s; false when there are none or too many. */
static bool
take_chars(struct path *p, struct bytes s)
{
	size_t at = 0, from, n;
	struct character *c;
	uint32_t cp, last = 0;

	p->chars = 0;
	while (from = at, utf8_next(s, &at, &cp)) {
		if (!is_han(cp))
			continue;
		if (p->chars == ALIGN_MAX || at > UINT32_MAX)
			return false;
		if (cp == 0x3005 && last)
			cp = last;
		c = &p->c[p->chars++];
		c->from = (uint32_t)from;
		c->to = (uint32_t)at;
		if ((n = han_readings(cp, c->syl, c->rare, HAN_READINGS)) == 0)
			n = han_readings(fold_han(cp), c->syl, c->rare,
			    HAN_READINGS);
		c->n = (uint8_t)MIN(n, HAN_READINGS);
		last = cp;
	}
	return p->chars > 0;
}

/*
 * Whether c can be read as hit; the reading to *syl, what it costs to *cost
 * and *off.
 */
static bool
reads(const struct character *c, const struct roman_hit *hit, uint16_t *syl,
    unsigned int *cost, unsigned int *off)
{
	unsigned int tone = SYL_TONE(hit->syl);
	uint16_t near = 0;
	size_t i;

	*cost = hit->cost;
	*off = 0;
	*syl = hit->syl;
	if (c->n == 0) {
		*cost += COST_UNKNOWN;
		return true;
	}
	for (i = 0; i < c->n; i++) {
		if (SYL_ID(c->syl[i]) != SYL_ID(hit->syl))
			continue;
		if (tone == 0 || SYL_TONE(c->syl[i]) == tone) {
			*syl = c->syl[i];
			*cost += c->rare[i] >= RARE;
			return true;
		}
		near = c->syl[i];
	}
	if (near == 0)
		return false;
	if (tone != 5) {	/* any syllable may lose its tone */
		*cost += COST_TONE;
		*off = 1;
	}
	return true;
}

static void
add_state(struct state *v, uint8_t *n, struct state s)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (v[i].at == s.at) {
			if (v[i].cost > s.cost)
				v[i] = s;
			return;
		}
	if (*n < STATES) {
		v[(*n)++] = s;
		return;
	}
	for (i = 0; i < STATES; i++)
		if (v[i].cost > s.cost) {
			v[i] = s;
			return;
		}
}

/* Walks from character first on; gives how many fit. */
static size_t
walk(struct path *p, size_t first, enum scheme scheme)
{
	struct roman_hit hit[ROMAN_HITS];
	struct state *from, next;
	unsigned int cost, off;
	size_t i, k, m, n;
	uint16_t syl;

	memset(p->n, 0, sizeof(p->n));
	p->n[0] = 1;
	p->s[0][0] = (struct state){ 0 };
	for (i = 0; first + i < p->chars && p->n[i]; i++)
		for (k = 0; k < p->n[i]; k++) {
			from = &p->s[i][k];
			n = roman_hits(&p->t, from->at, scheme, hit, NELEM(hit));
			for (m = 0; m < n; m++) {
				if (!reads(&p->c[first + i], &hit[m], &syl, &cost, &off))
					continue;
				next = (struct state){
					(uint16_t)(from->at + hit[m].len),
					(uint16_t)(from->cost + cost),
					(uint16_t)(from->off + off), syl, (uint8_t)k,
				};
				add_state(p->s[i + 1], &p->n[i + 1], next);
			}
		}
	while (i > 0 && p->n[i] == 0)
		i--;
	return i;
}

/* The way to state k after n characters, as pairs. */
static void
tell(const struct path *p, size_t first, size_t n, size_t k, enum scheme scheme,
    struct align *ret)
{
	const struct state *s = &p->s[n][k];
	struct align_pair *pair;
	size_t i, at;

	ret->scheme = scheme;
	ret->n = (uint16_t)n;
	ret->chars = (uint16_t)p->chars;
	ret->cost = s->cost;
	ret->off = s->off;
	for (i = n; i > 0; i--) {
		pair = &ret->pair[i - 1];
		pair->han_from = p->c[first + i - 1].from;
		pair->han_to = p->c[first + i - 1].to;
		pair->syl = s->syl;
		at = s->at;
		s = &p->s[i - 1][s->prev];
		pair->rom_from = p->t.at[s->at];
		pair->rom_to = p->t.end[at - 1];
	}
}

/* Of the states after n characters the cheapest that has come to the end. */
static size_t
finished(const struct path *p, size_t n, bool at_break)
{
	size_t k, best = SIZE_MAX;

	for (k = 0; k < p->n[n]; k++) {
		uint16_t at = p->s[n][k].at;

		if (at_break ? (p->t.flag[at] & ROMAN_AT_BREAK) == 0 : at != p->t.n)
			continue;
		if (best == SIZE_MAX || p->s[n][k].cost < p->s[n][best].cost)
			best = k;
	}
	return best;
}

/* Tries one scheme; true when all of it fits, loose: or nearly so. */
static bool
try(struct path *p, enum scheme scheme, bool loose, struct align *ret)
{
	size_t n = walk(p, 0, scheme), k;

	if (n == p->chars && (k = finished(p, n, false)) != SIZE_MAX &&
	    (loose || p->s[n][k].cost == 0)) {
		tell(p, 0, n, k, scheme, ret);
		ret->whole = true;
		return true;
	}
	if (n > ret->n)
		tell(p, 0, n, 0, scheme, ret);
	return false;
}

/* The schemes a string in this script may be in, ended by NONE. */
static const enum scheme *
candidates(const struct roman_text *t)
{
	static const enum scheme latin[] = {
		SCHEME_PINYIN, SCHEME_WADE, SCHEME_GWOYEU, SCHEME_YALE,
		SCHEME_EFEO, SCHEME_NONE,
	};
	static const enum scheme cyrillic[] = { SCHEME_PALLADIUS, SCHEME_NONE };
	static const enum scheme bopomofo[] = { SCHEME_ZHUYIN, SCHEME_NONE };

	if (t->c[0] >= 0xc0)
		return bopomofo;
	return t->c[0] >= 0x80 ? cyrillic : latin;
}

bool
align(struct bytes han, struct bytes roman, enum scheme scheme, struct align *ret)
{
	struct path p;
	const enum scheme *s;

	ret->scheme = SCHEME_NONE;
	ret->n = ret->chars = ret->off = ret->cost = 0;
	ret->whole = false;
	if (!take_chars(&p, han))
		return false;
	ret->chars = (uint16_t)p.chars;
	if (!roman_scan(roman, &p.t))
		return false;
	if (scheme != SCHEME_NONE)
		return try(&p, scheme == SCHEME_PINYIN_NUM ||
		    scheme == SCHEME_PINYIN_PLAIN ? SCHEME_PINYIN : scheme, true, ret);
	for (s = candidates(&p.t); *s != SCHEME_NONE; s++)
		/* The rarer schemes would claim much that is none. */
		if (try(&p, *s, *s < SCHEME_YALE, ret))
			return true;
	return false;
}

enum scheme
align_scheme(struct bytes han, struct bytes roman)
{
	struct align a;

	return align(han, roman, SCHEME_NONE, &a) ? a.scheme : SCHEME_NONE;
}

/* What may be part of a romanised word, or stand between two. */
static bool
is_romanised(uint32_t cp)
{
	enum script s;

	if (cp == ' ' || cp == '-' || cp == '\'' || (cp >= '1' && cp <= '5') ||
	    cp == 0x2019 || cp == 0x2018 || cp == 0x2bb || cp == 0x2bc ||
	    cp == 0x2010 || cp == 0x2011 || (cp >= 0x300 && cp < 0x310))
		return true;
	s = script_of(cp);
	return s == SCRIPT_LATIN || s == SCRIPT_CYRILLIC || s == SCRIPT_BOPOMOFO;
}

bool
align_end(struct bytes roman, struct bytes han, size_t *from, struct align *ret)
{
	struct path p;
	const enum scheme *s;
	size_t at = roman.n, start, words = 0, n, k;
	uint32_t cp;
	size_t len;

	if (!take_chars(&p, han))
		return false;
	/* One word more, then another, until one set fits. */
	while (at > 0 && words < p.chars && roman.n - at < ROMAN_LETTERS) {
		start = utf8_prev(roman, at);
		cp = utf8_get(roman, start, &len, NULL);
		if (!is_romanised(cp))
			break;
		at = start;
		if (cp == ' ' || (at > 0 && roman.p[at - 1] != ' ' &&
		    is_romanised(utf8_get(roman, utf8_prev(roman, at), &len, NULL))))
			continue;
		words++;
		if (!roman_scan(bytes_sub(roman, at, roman.n), &p.t))
			continue;
		for (s = candidates(&p.t); *s != SCHEME_NONE; s++) {
			n = walk(&p, 0, *s);
			if (n == 0 || (n < 2 && p.chars > 1) ||
			    (k = finished(&p, n, false)) == SIZE_MAX)
				continue;
			tell(&p, 0, n, k, *s, ret);
			ret->whole = n == p.chars;
			for (k = 0; k < n; k++) {
				ret->pair[k].rom_from += (uint32_t)at;
				ret->pair[k].rom_to += (uint32_t)at;
			}
			*from = at;
			return true;
		}
	}
	return false;
}

bool
align_begin(struct bytes han, struct bytes roman, size_t *to, struct align *ret)
{
	struct path p;
	const enum scheme *s;
	size_t at = 0, end = 0, first, n, k;
	uint32_t cp;

	while (end = at, end < ROMAN_LETTERS && utf8_next(roman, &at, &cp))
		if (!is_romanised(cp) || (cp < ':' && cp > '0' &&
		    (end == 0 || roman.p[end - 1] <= ' ')))
			break;
	if (!take_chars(&p, han) || !roman_scan(bytes_sub(roman, 0, end), &p.t))
		return false;
	for (first = 0; first < p.chars; first++)
		for (s = candidates(&p.t); *s != SCHEME_NONE; s++) {
			n = p.chars - first;
			if ((n < 2 && p.chars > 1) || walk(&p, first, *s) != n ||
			    (k = finished(&p, n, true)) == SIZE_MAX)
				continue;
			tell(&p, first, n, k, *s, ret);
			ret->whole = first == 0;
			*to = ret->pair[n - 1].rom_to;
			return true;
		}
	return false;
}
