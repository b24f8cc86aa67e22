/* SPDX-License-Identifier: ISC */
/*
 * Every character takes its reading from the longest known part of a word
 * that covers it (of two the one further left); where none does, its own
 * commonest.  Other readings of a character cost what they are rarer; more
 * where a word has spoken.  The cheapest combinations come out.
 */
#include "script/reading.h"

#include "base/utf8.h"
#include "script/fold.h"
#include "script/han.h"
#include "script/roman.h"

struct surname {
	uint16_t c[2];	/* folded; the second 0 for one character */
	uint16_t syl[2];
};

#include "script/reading_words.inc"

#define LONGEST		8	/* characters of a part, as the generator has it */
#define KNOWN_COST	4	/* against a word that is known */
#define PLACE_END	6	/* for a surname in what looks like a place */

/* One character on its way to a reading. */
struct place {
	uint32_t cp, fold;
	uint16_t known;		/* syllable a word says, or 0 */
	uint8_t len;		/* of that word */
	uint8_t n;
	uint16_t syl[HAN_READINGS + 2];
	uint8_t cost[HAN_READINGS + 2];
};

/* The first row of word_key that is not below key. */
static size_t
lower(uint32_t key)
{
	size_t lo = 0, hi = NELEM(word_key), mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (word_key[mid] < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Takes over what row says of the characters from p on, n there are. */
static void
take_word(size_t row, struct place *p, size_t n)
{
	size_t at = word_at[row], units = word_at[row + 1] - at;
	size_t len = (units + 2) / 2, k;

	if (len > n || len > LONGEST)
		return;
	for (k = 2; k < len; k++)
		if (word_pool[at + k - 2] != p[k].fold)
			return;
	for (at += len - 2, k = 0; k < len; k++)
		if (word_pool[at + k] && len > p[k].len) {
			p[k].len = (uint8_t)len;
			p[k].known = word_pool[at + k];
		}
}

static void
take_words(struct place *p, size_t n)
{
	uint32_t key;
	size_t i, row;

	for (i = 0; i + 1 < n; i++) {
		if (p[i].fold > 0xffff || p[i + 1].fold > 0xffff)
			continue;
		key = p[i].fold << 16 | p[i + 1].fold;
		for (row = lower(key); row < NELEM(word_key) && word_key[row] == key; row++)
			take_word(row, p + i, n - i);
	}
}

/* A reading more, or a cheaper one. */
static void
offer(struct place *p, uint16_t syl, unsigned int cost)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->syl[i] == syl) {
			p->cost[i] = (uint8_t)MIN(p->cost[i], cost);
			return;
		}
	if (p->n < NELEM(p->syl)) {
		p->syl[p->n] = syl;
		p->cost[p->n++] = (uint8_t)MIN(cost, 255);
	}
}

static void
take_readings(struct place *p)
{
	uint16_t syl[HAN_READINGS];
	uint8_t cost[HAN_READINGS];
	size_t i, n;

	n = han_readings(p->cp, syl, cost, NELEM(syl));
	if (n == 0)	/* a variant of one that has */
		n = han_readings(p->fold, syl, cost, NELEM(syl));
	n = MIN(n, NELEM(syl));
	p->n = 0;
	if (p->known)
		offer(p, p->known, 0);
	for (i = 0; i < n; i++)
		offer(p, syl[i], (p->known ? KNOWN_COST : 0u) + cost[i]);
}

/* 兒 is an r behind other syllables alone. */
static void
drop_r(struct place *p)
{
	size_t i;

	for (i = 0; i < p->n && p->n > 1; i++)
		if (strcmp(syl_spell(p->syl[i], SCHEME_PINYIN), "r") == 0) {
			p->n--;
			memmove(&p->syl[i], &p->syl[i + 1], (p->n - i) * sizeof(p->syl[0]));
			memmove(&p->cost[i], &p->cost[i + 1], p->n - i);
			return;
		}
}

/* What a place is called after, at its end. */
static bool
ends_as_place(const struct place *p, size_t n)
{
	static const uint16_t ends[] = {
		0x5dde, 0x53bf, 0x5e02, 0x533a, 0x7701, 0x4e61, 0x9547, 0x6751,
		0x6cb3, 0x6c5f, 0x6e56, 0x5c71, 0x5c9b, 0x56fd, 0x57ce, 0x6d77,
		0x5bfa, 0x6865, 0x8def, 0x5e9c, 0x90e1,
	};
	size_t i;

	for (i = 0; i < NELEM(ends); i++)
		if (p[n - 1].fold == ends[i])
			return true;
	return false;
}

/*
 * A surname with a reading of its own.  It is the first choice for a person
 * or with two characters; else one of the choices.
 */
static void
take_surname(struct place *p, size_t n, enum reading_hint hint)
{
	size_t i, k, len;
	unsigned int cost;

	if (n < 2 || n > 4 || hint == READING_PLACE)
		return;
	for (i = 0; i < NELEM(surnames); i++) {
		len = surnames[i].c[1] ? 2 : 1;
		if (surnames[i].c[0] != p[0].fold ||
		    (len == 2 && surnames[i].c[1] != p[1].fold))
			continue;
		cost = p[0].known || hint != READING_PERSON ? 3 : 0;
		if (len == 2)
			cost = 0;
		else if (ends_as_place(p, n))
			cost += PLACE_END;
		for (k = 0; k < len; k++) {
			if (cost == 0 && p[k].n && p[k].syl[0] != surnames[i].syl[k]) {
				size_t m;

				for (m = 0; m < p[k].n; m++)
					p[k].cost[m] = (uint8_t)(p[k].cost[m] + 2);
			}
			offer(&p[k], surnames[i].syl[k], cost);
		}
	}
}

/* Keeps v[0..n) sorted by cost, at most cap. */
static size_t
insert(struct reading *v, size_t n, size_t cap, const struct reading *r)
{
	size_t i;

	if (n == cap) {
		if (v[n - 1].cost <= r->cost)
			return n;
		n--;
	}
	for (i = n; i > 0 && v[i - 1].cost > r->cost; i--)
		v[i] = v[i - 1];
	v[i] = *r;
	return n + 1;
}

/* The cheapest combinations, character by character. */
static size_t
combine(const struct place *p, size_t n, struct reading *v, size_t cap)
{
	struct reading next[READING_MAX], r;
	size_t i, k, m, n_v = 1, n_next;

	memset(&v[0], 0, sizeof(v[0]));
	for (i = 0; i < n; i++) {
		n_next = 0;
		for (k = 0; k < n_v; k++)
			for (m = 0; m < MAX(p[i].n, 1u); m++) {
				r = v[k];
				r.n = (uint16_t)(i + 1);
				r.syl[i] = p[i].n ? p[i].syl[m] : 0;
				r.cost = (uint16_t)(r.cost + (p[i].n ? p[i].cost[m] : 0));
				n_next = insert(next, n_next, cap, &r);
			}
		memcpy(v, next, n_next * sizeof(*v));
		n_v = n_next;
	}
	while (n_v > 1 && v[n_v - 1].cost > v[0].cost + READING_DEAREST)
		n_v--;
	return n_v;
}

/* Without choices: for long words, where combining would be waste. */
static size_t
first_only(const struct place *p, size_t n, struct reading *v)
{
	size_t i, k, best;

	v->n = (uint16_t)n;
	v->cost = 0;
	for (i = 0; i < n; i++) {
		for (best = 0, k = 1; k < p[i].n; k++)
			if (p[i].cost[k] < p[i].cost[best])
				best = k;
		v->syl[i] = p[i].n ? p[i].syl[best] : 0;
	}
	return 1;
}

size_t
reading_of(struct bytes s, enum reading_hint hint, struct reading *v, size_t cap)
{
	struct place p[READING_SYLS];
	size_t at = 0, i, n = 0;
	bool any = false;
	uint32_t cp;

	while (utf8_next(s, &at, &cp)) {
		if (!is_han(cp))
			continue;
		if (n == READING_SYLS)
			return 0;
		p[n++] = (struct place){ .cp = cp, .fold = fold_han(cp), .len = 1 };
		if (cp == 0x3005 && n > 1) {	/* 々 says the last again */
			p[n - 1].cp = p[n - 2].cp;
			p[n - 1].fold = p[n - 2].fold;
		}
	}
	if (n == 0 || cap == 0)
		return 0;
	take_words(p, n);
	for (i = 0; i < n; i++) {
		take_readings(&p[i]);
		any |= p[i].n > 0;
	}
	drop_r(&p[0]);
	if (!any)
		return 0;
	take_surname(p, n, hint);
	cap = n > READING_ONE ? 1 : MIN(cap, READING_MAX);
	return cap == 1 ? first_only(p, n, v) : combine(p, n, v, cap);
}
