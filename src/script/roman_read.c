/* SPDX-License-Identifier: ISC */
/*
 * Reads romanised strings: scan to letters, tones and breaks, find the
 * syllables that fit at each letter, join them from the end, keeping the
 * best few ways on from every letter.
 */
#include <utf8proc.h>

#include "base/sum.h"
#include "base/utf8.h"
#include "script/roman_tab.h"

#define KEEP	32	/* ways kept at one letter */

struct way {
	uint16_t cost;
	uint8_t len;	/* letters of the first syllable; 0: the end */
	uint8_t next;	/* which way on from there */
	uint16_t syl;
};

enum what { NOTHING, LETTER, BREAK, APOSTROPHE, TONE, IGNORE };

struct sign {
	enum what what;
	unsigned int v;	/* letter or tone */
};

static struct sign
sign_of(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		struct sign sign;
	} table[] = {
		{ 0x60, { APOSTROPHE, 0 } }, { 0xb4, { APOSTROPHE, 0 } },
		{ 0xb7, { BREAK, 0 } }, { 0xb9, { TONE, 1 } }, { 0xb2, { TONE, 2 } },
		{ 0xb3, { TONE, 3 } }, { 0x2074, { TONE, 4 } }, { 0x2bb, { APOSTROPHE, 0 } },
		{ 0x2bc, { APOSTROPHE, 0 } }, { 0x2bf, { APOSTROPHE, 0 } },
		{ 0x2be, { APOSTROPHE, 0 } }, { 0x2018, { APOSTROPHE, 0 } },
		{ 0x2019, { APOSTROPHE, 0 } }, { 0x201b, { APOSTROPHE, 0 } },
		{ 0x2032, { APOSTROPHE, 0 } }, { 0xff07, { APOSTROPHE, 0 } },
		{ 0x2ca, { TONE, 2 } }, { 0x2c7, { TONE, 3 } }, { 0x2cb, { TONE, 4 } },
		{ 0x2c9, { TONE, 1 } }, { 0x2d9, { TONE, 5 } }, { 0xa0, { BREAK, 0 } },
		{ 0x3000, { BREAK, 0 } }, { 0xad, { IGNORE, 0 } }, { 0x2212, { BREAK, 0 } },
	};
	size_t i;

	if (cp >= 'a' && cp <= 'z')
		return (struct sign){ LETTER, cp };
	if (cp >= 'A' && cp <= 'Z')
		return (struct sign){ LETTER, cp | 0x20 };
	if (cp == ' ' || cp == '-' || cp == '\t' || cp == '_' || cp == '.' || cp == ',')
		return (struct sign){ BREAK, 0 };
	if (cp == '\'')
		return (struct sign){ APOSTROPHE, 0 };
	if (cp >= '1' && cp <= '5')
		return (struct sign){ TONE, cp - '0' };
	if (cp == 0x44a || cp == 0x42a)		/* the hard sign parts */
		return (struct sign){ BREAK, 0 };
	if (cp >= 0x430 && cp <= 0x44f)
		return (struct sign){ LETTER, cp - 0x430 + 0x80 };
	if (cp >= 0x410 && cp <= 0x42f)
		return (struct sign){ LETTER, cp - 0x410 + 0x80 };
	if (cp >= 0x3105 && cp <= 0x312f)
		return (struct sign){ LETTER, cp - 0x3105 + 0xc0 };
	if (cp >= 0x2010 && cp <= 0x2015)
		return (struct sign){ BREAK, 0 };
	for (i = 0; i < NELEM(table); i++)
		if (table[i].cp == cp)
			return table[i].sign;
	return (struct sign){ NOTHING, 0 };
}

/* A combining mark after letter t->n - 1. */
static bool
put_mark(struct roman_text *t, uint32_t mark)
{
	unsigned char *c = &t->c[t->n - 1];
	uint8_t *tone = &t->tone[t->n - 1];

	switch (mark) {
	case 0x304: *tone = 1; return true;
	case 0x301: *tone = *c >= 0x80 ? 0 : 2; return true;	/* or stress */
	case 0x30c: *tone = 3; return true;
	case 0x300: *tone = 4; return true;
	case 0x308:
		if (*c == 'u')
			*c = 'v';
		return true;
	case 0x306:
		if (*c == 0x88)	/* Cyrillic i becomes short i */
			*c = 0x89;
		return true;
	case 0x302: case 0x307:
		return true;
	default:
		return false;
	}
}

static bool
put_letter(struct roman_text *t, unsigned int c, size_t at, uint8_t *flag,
    uint8_t *tone)
{
	if (t->n == ROMAN_LETTERS)
		return false;
	t->c[t->n] = (unsigned char)c;
	t->at[t->n] = (uint16_t)at;
	t->tone[t->n] = *tone;
	t->flag[t->n] = *flag;
	*flag = *tone = 0;
	t->n++;
	return true;
}

/* One code point that is not of the plain sort: taken apart. */
static bool
put_other(struct roman_text *t, uint32_t cp, size_t at, uint8_t *flag, uint8_t *tone)
{
	utf8proc_int32_t part[8];
	utf8proc_ssize_t i, n;
	struct sign s;
	int boundary = 0;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, part, NELEM(part),
	    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary);
	if (n <= 0 || n > (utf8proc_ssize_t)NELEM(part))
		return false;
	for (i = 0; i < n; i++) {
		s = sign_of((uint32_t)part[i]);
		if (s.what == LETTER ? !put_letter(t, s.v, at, flag, tone) :
		    t->n == 0 || !put_mark(t, (uint32_t)part[i]))
			return false;
	}
	return true;
}

bool
roman_scan(struct bytes s, struct roman_text *t)
{
	size_t at = 0, from;
	uint8_t flag = 0, tone = 0;
	struct sign sign;
	uint32_t cp;

	t->n = 0;
	t->apostrophes = false;
	while (from = at, utf8_next(s, &at, &cp)) {
		if (at > UINT16_MAX)
			return false;
		sign = sign_of(cp);
		switch (sign.what) {
		case LETTER:
			if (!put_letter(t, sign.v, from, &flag, &tone))
				return false;
			break;
		case BREAK:
			flag |= ROMAN_AT_BREAK;
			break;
		case APOSTROPHE:
			flag |= ROMAN_AT_APOS;
			t->apostrophes = true;
			break;
		case TONE:
			if (sign.v == 5 && cp == 0x2d9) {
				tone = 5;	/* stands before its syllable */
				flag |= ROMAN_AT_BREAK;
				break;
			}
			if (t->n == 0 || flag)
				return false;
			t->tone[t->n - 1] = (uint8_t)sign.v;
			flag |= ROMAN_AT_TONE;
			break;
		case IGNORE:
			break;
		case NOTHING:
			/* "u:" is how some write ü */
			if (cp == ':' && t->n && t->c[t->n - 1] == 'u' && !flag) {
				t->c[t->n - 1] = 'v';
				break;
			}
			if (!put_other(t, cp, from, &flag, &tone))
				return false;
		}
		if (t->n && !flag)
			t->end[t->n - 1] = (uint16_t)at;
		else if (sign.what == TONE && t->n)
			t->end[t->n - 1] = (uint16_t)at;
	}
	t->flag[t->n] = flag | ROMAN_AT_BREAK;
	t->tone[t->n] = 0;
	memset(t->c + t->n, 0, 8);
	t->at[t->n] = (uint16_t)MIN(s.n, UINT16_MAX);
	return t->n > 0;
}

static const struct spelling *
lower(struct spellings v, uint64_t key)
{
	size_t lo = 0, hi = v.n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (v.v[mid].key < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return v.v + lo;
}

/* What it costs that r is written at i with these apostrophes; -1: cannot. */
static int
apostrophe_cost(const struct roman_text *t, size_t i, size_t len,
    const struct spelling *r)
{
	size_t k;

	for (k = 1; k < len; k++)
		if (t->flag[i + k] & ROMAN_AT_APOS && k != r->apos)
			return -1;
	if (r->apos == 0 || t->flag[i + r->apos] & ROMAN_AT_APOS)
		return 0;
	return t->apostrophes ? 4 : 1;
}

/* A syllable joined to the one before, though it begins with a vowel. */
static int
join_cost(const struct roman_text *t, size_t i, enum scheme scheme)
{
	if (i == 0 || t->flag[i] || scheme == SCHEME_ZHUYIN)
		return 0;
	return t->c[i] == 'a' || t->c[i] == 'e' || t->c[i] == 'o' ? 4 : 0;
}

/* Spellings that begin with the letters so far. */
struct stretch {
	const struct spelling *lo, *hi;
};

/* The first of [lo, hi) with a letter not below c at place k. */
static const struct spelling *
first_with(const struct spelling *lo, const struct spelling *hi, size_t k, unsigned int c)
{
	const struct spelling *mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if ((mid->key >> 8 * (7 - k) & 0xff) < c)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Leaves those with letter c at place k. */
static void
narrow(struct stretch *s, size_t k, unsigned char c)
{
	s->lo = first_with(s->lo, s->hi, k, c);
	s->hi = first_with(s->lo, s->hi, k, c + 1u);
}

/* What is written with len letters and no more. */
static size_t
add_hits(const struct roman_text *t, size_t i, size_t len, const struct stretch *s,
    int cost, unsigned int tone, struct roman_hit *v, size_t n, size_t cap)
{
	const struct spelling *r = s->lo;
	int more;

	for (; r < s->hi && (len == 8 || r->key << 8 * len == 0) && n < cap; r++) {
		if (r->tone && tone && r->tone != tone)
			continue;
		if ((more = apostrophe_cost(t, i, len, r)) < 0)
			continue;
		v[n++] = (struct roman_hit){
			SYL(r->id, r->tone ? r->tone : tone), (uint8_t)len,
			(uint8_t)(cost + more + r->cost),
		};
	}
	return n;
}

size_t
roman_hits(const struct roman_text *t, size_t i, enum scheme scheme,
    struct roman_hit *v, size_t cap)
{
	struct spellings table = scheme_spellings(scheme);
	struct stretch as_is = { table.v, table.v + table.n };
	struct stretch dotted = { NULL, NULL };	/* with its first u as v */
	bool dots = scheme == SCHEME_WADE || scheme == SCHEME_PINYIN;
	int join = join_cost(t, i, scheme);
	unsigned int tone = 0;
	size_t len, n = 0;
	unsigned char c;

	for (len = 1; len <= 8 && i + len <= t->n; len++) {
		c = t->c[i + len - 1];
		if (len > 1 && t->flag[i + len - 1] & (ROMAN_AT_BREAK | ROMAN_AT_TONE))
			break;
		if (t->tone[i + len - 1]) {
			if (tone && tone != t->tone[i + len - 1])
				break;
			tone = t->tone[i + len - 1];
		}
		narrow(&dotted, len - 1, c);
		if (c == 'u' && dots) {
			dotted = as_is;
			narrow(&dotted, len - 1, 'v');
			dots = false;
		}
		narrow(&as_is, len - 1, c);
		if (as_is.lo == as_is.hi && dotted.lo == dotted.hi)
			break;
		n = add_hits(t, i, len, &as_is, join, tone, v, n, cap);
		n = add_hits(t, i, len, &dotted, join + 2, tone, v, n, cap);
	}
	return n;
}

/* Keeps the KEEP cheapest of v, cheapest first. */
static void
keep(struct way *v, uint8_t *n, struct way w)
{
	size_t i;

	if (*n == KEEP) {
		if (v[KEEP - 1].cost <= w.cost)
			return;
		(*n)--;
	}
	for (i = *n; i > 0 && v[i - 1].cost > w.cost; i--)
		v[i] = v[i - 1];
	v[i] = w;
	(*n)++;
}

/*
 * The pinyin letters an unfinished syllable at i may begin with, one string
 * for each initial; gives their number.
 */
static size_t
tails(const struct roman_text *t, size_t i, enum scheme scheme, char (*v)[8], size_t cap)
{
	struct spellings table = scheme_spellings(scheme);
	const struct spelling *r;
	uint64_t key = 0, mask = 0;
	size_t len = t->n - i, k, n = 0, m;
	const char *s;

	if (len > 7)
		return 0;
	for (k = 0; k < len; k++) {
		if (k && t->flag[i + k] & (ROMAN_AT_BREAK | ROMAN_AT_TONE))
			return 0;
		key |= (uint64_t)t->c[i + k] << 8 * (7 - k);
		mask |= (uint64_t)0xff << 8 * (7 - k);
	}
	for (r = lower(table, key); r < table.v + table.n && (r->key & mask) == key; r++) {
		if (r->cost >= 6 || (r->apos && r->apos < len &&
		    apostrophe_cost(t, i, len, r) < 0))
			continue;
		s = syl_spell(SYL(r->id, 0), SCHEME_PINYIN);
		if ((unsigned char)s[0] >= 0x80)
			continue;
		for (k = 0; k < n; k++)
			if (v[k][0] == s[0] && (v[k][1] == 'h') == (s[1] == 'h'))
				break;
		if (k == n) {
			if (n == cap)
				break;
			memset(v[n], 0, sizeof(v[n]));
			for (m = 0; m < 7 && s[m] && (unsigned char)s[m] < 0x80; m++)
				v[n][m] = s[m];
			n++;
			continue;
		}
		for (m = 0; v[k][m] && v[k][m] == s[m]; m++)
			;
		memset(v[k] + m, 0, sizeof(v[k]) - m);
	}
	return n;
}

/* Stands for what v says: its key and tail. */
static uint64_t
sum_of(const struct roman_seq *v, struct buf *b)
{
	buf_clear(b);
	roman_key(b, v->syl, v->n);
	buf_putc(b, 0);
	buf_puts(b, v->tail);
	return sum64(buf_view(b));
}

struct work {
	struct roman_text t;
	struct way way[ROMAN_LETTERS + 1][KEEP];
	uint8_t n[ROMAN_LETTERS + 1];
	char tail[8][8];
};

/* Fills in the ways on from every letter, the last first. */
static void
walk(struct work *w, enum scheme scheme, unsigned int flags)
{
	struct roman_hit hit[ROMAN_HITS];
	size_t i, k, m, n, end;

	memset(w->n, 0, sizeof(w->n));
	keep(w->way[w->t.n], &w->n[w->t.n], (struct way){ 0 });
	for (i = w->t.n; i-- > 0;) {
		n = roman_hits(&w->t, i, scheme, hit, NELEM(hit));
		for (k = 0; k < n; k++) {
			end = i + hit[k].len;
			for (m = 0; m < w->n[end]; m++)
				keep(w->way[i], &w->n[i], (struct way){
				    (uint16_t)(w->way[end][m].cost + hit[k].cost + 1u),
				    hit[k].len, (uint8_t)m, hit[k].syl });
		}
		if (!(flags & ROMAN_PARTIAL) || w->t.n - i > 6)
			continue;
		n = tails(&w->t, i, scheme, w->tail, NELEM(w->tail));
		/* syl 0 and len 0: unfinished, next says which tail */
		for (k = 0; k < n; k++)
			keep(w->way[i], &w->n[i],
			    (struct way){ 3, 0, (uint8_t)(k + 1), 0 });
	}
}

static bool
follow(struct work *w, size_t k, enum scheme scheme, struct roman_seq *ret)
{
	const struct way *way = &w->way[0][k];
	size_t i = 0;

	memset(ret->tail, 0, sizeof(ret->tail));
	ret->n = 0;
	ret->cost = way->cost;
	while (way->len) {
		if (ret->n == ROMAN_SYLS)
			return false;
		ret->syl[ret->n] = way->syl;
		ret->at[ret->n++] = w->t.at[i];
		i += way->len;
		way = &w->way[i][way->next];
	}
	if (way->next) {
		(void)tails(&w->t, i, scheme, w->tail, NELEM(w->tail));
		memcpy(ret->tail, w->tail[way->next - 1], sizeof(ret->tail));
	}
	/* A syllable is 1 too dear, so that fewer are better: give it back. */
	ret->cost = (uint16_t)(ret->cost - MIN(ret->cost, ret->n));
	return ret->n > 0 || ret->tail[0];
}

size_t
roman_parse(struct bytes s, enum scheme scheme, unsigned int flags,
    struct roman_seq *v, size_t cap)
{
	uint64_t seen[KEEP];
	struct buf key = { 0 };
	struct work *w;
	size_t i, k, n = 0;

	if (scheme == SCHEME_PINYIN_NUM || scheme == SCHEME_PINYIN_PLAIN)
		scheme = SCHEME_PINYIN;
	if (scheme == SCHEME_NONE || scheme >= SCHEME__MAX || cap == 0 ||
	    s.n > 4 * ROMAN_LETTERS || (w = malloc(sizeof(*w))) == NULL)
		return 0;
	if (roman_scan(s, &w->t)) {
		walk(w, scheme, flags);
		for (k = 0; k < w->n[0] && n < cap; k++) {
			if (!follow(w, k, scheme, &v[n]))
				continue;
			/* Of those that say the same the first is the best. */
			seen[n] = sum_of(&v[n], &key);
			for (i = 0; seen[i] != seen[n]; i++)
				;
			n += i == n;
		}
	}
	buf_release(&key);
	free(w);
	return n;
}

uint16_t
syl_parse(struct bytes pinyin)
{
	struct roman_hit v[ROMAN_HITS];
	struct roman_text t;
	size_t i, n;
	uint16_t best = 0;
	unsigned int cost = 6;

	if (!roman_scan(pinyin, &t))
		return 0;
	n = roman_hits(&t, 0, SCHEME_PINYIN, v, NELEM(v));
	for (i = 0; i < n; i++)
		if (v[i].len == t.n && v[i].cost <= cost && (best == 0 || v[i].cost < cost)) {
			best = v[i].syl;
			cost = v[i].cost;
		}
	return best;
}
