/* SPDX-License-Identifier: ISC */
/*
 * Two tables do nearly all the work: fold_uro for Han and fold_cp for the
 * rest of the BMP; utf8proc is asked only for what becomes several code
 * points and for the other planes.
 */
#include "script/fold.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "script/fold_tab.h"

#define SLOW	0xffffu

struct han_pair {
	uint32_t from, to;
};

#include "script/fold_cp.inc"
#include "script/fold_han.inc"

bool
is_han(uint32_t cp)
{
	if (cp < 0x3400)
		return cp == 0x3005 || cp == 0x3007;
	return cp <= 0x4dbf || (cp >= 0x4e00 && cp <= 0x9fff) ||
	    (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x323af);
}

bool
is_private(uint32_t cp)
{
	return (cp >= 0xe000 && cp <= 0xf8ff) ||
	    (cp >= 0xf0000 && cp <= 0xffffd) || (cp >= 0x100000 && cp <= 0x10fffd);
}

uint32_t
fold_han(uint32_t cp)
{
	size_t lo = 0, hi = NELEM(fold_rest), mid;

	if (cp - 0x4e00 < NELEM(fold_uro))
		return fold_uro[cp - 0x4e00] ? fold_uro[cp - 0x4e00] : cp;
	if (cp < 0x3400)
		return cp;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (fold_rest[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < NELEM(fold_rest) && fold_rest[lo].from == cp ?
	    fold_rest[lo].to : cp;
}

uint32_t
fold_japanese_form(uint32_t cp, size_t i)
{
	const struct han_pair *p = fold_japanese;

	for (; p < fold_japanese + NELEM(fold_japanese); p++)
		if ((p->from == cp || p->to == cp) && i-- == 0)
			return p->from == cp ? p->to : p->from;
	return 0;
}

static uint32_t
lookup(uint32_t cp)
{
	unsigned int page = fold_page[cp >> 7];

	return page ? fold_cp[page - 1][cp & 127] : cp;
}

static void
append(struct fold_out *o, uint32_t cp)
{
	o->last = cp;
	o->last_at = o->n;
	o->n += utf8_put(o->p + o->n, cp);
}

static void
replace(struct fold_out *o, uint32_t cp)
{
	o->n = o->last_at;
	append(o, cp);
}

/* Hiragana with the voicing mark 3099 or 309A, or 0. */
static uint32_t
voiced(uint32_t kana, uint32_t mark)
{
	if (mark == 0x309a)
		return kana >= 0x306f && kana <= 0x307b && (kana - 0x306f) % 3 == 0 ?
		    kana + 2 : 0;
	if (kana == 0x3046)
		return 0x3094;
	if (kana == 0x309d)
		return 0x309e;
	if ((kana >= 0x304b && kana <= 0x3061 && (kana - 0x304b) % 2 == 0) ||
	    (kana >= 0x3064 && kana <= 0x3068 && kana % 2 == 0) ||
	    (kana >= 0x306f && kana <= 0x307b && (kana - 0x306f) % 3 == 0))
		return kana + 1;
	return 0;
}

/* What joins the letter before it: jamo, voicing marks.  false: nothing. */
static bool
compose(struct fold_out *o, uint32_t cp)
{
	uint32_t l = o->last;

	if (cp == 0x3099 || cp == 0x309a) {
		if ((l = voiced(l, cp)) != 0)
			replace(o, l);
		return true;
	}
	if (cp >= 0x1161 && cp <= 0x1175 && l >= 0x1100 && l <= 0x1112) {
		replace(o, 0xac00 + ((l - 0x1100) * 21 + cp - 0x1161) * 28);
		return true;
	}
	if (cp >= 0x11a8 && cp <= 0x11c2 && l >= 0xac00 && l <= 0xd7a3 &&
	    (l - 0xac00) % 28 == 0) {
		replace(o, l + cp - 0x11a7);
		return true;
	}
	return false;
}

static bool
is_kept(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
		return true;
	default:
		return false;
	}
}

/* Letters Unicode does not take apart, written as two. */
static bool
put_ligature(struct fold_out *o, uint32_t cp)
{
	static const struct {
		uint16_t cp;
		char two[3];
	} table[] = {
		{ 0xe6, "ae" }, { 0xfe, "th" }, { 0x14b, "ng" }, { 0x153, "oe" },
	};
	size_t i;

	for (i = 0; i < NELEM(table); i++)
		if (table[i].cp == cp) {
			append(o, (uint32_t)table[i].two[0]);
			append(o, (uint32_t)table[i].two[1]);
			return true;
		}
	return false;
}

/* A code point that utf8proc has taken apart already. */
static void
put_part(struct fold_out *o, uint32_t cp)
{
	uint32_t v;

	if (is_han(cp)) {
		append(o, fold_han(cp));
	} else if (cp < 0x80) {
		if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9'))
			append(o, cp);
		else if (cp >= 'A' && cp <= 'Z')
			append(o, cp | 0x20);
	} else if (cp < 0x10000) {
		if (compose(o, cp) || (v = lookup(cp)) == 0)
			return;
		if (v != SLOW)
			append(o, v);
		else if (!put_ligature(o, cp))
			append(o, cp);
	} else if (is_kept(cp)) {
		append(o, cp);
	}
}

static void
put_slow(struct fold_out *o, uint32_t cp)
{
	utf8proc_int32_t part[18];
	utf8proc_ssize_t i, n;
	int boundary = 0;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, part, NELEM(part),
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
	if (n < 0 || n > (utf8proc_ssize_t)NELEM(part)) {
		append(o, cp);
		return;
	}
	for (i = 0; i < n; i++)
		put_part(o, (uint32_t)part[i]);
}

void
fold_put(struct fold_out *o, uint32_t cp)
{
	uint32_t v;

	if (cp < 0x80) {
		put_part(o, cp);
	} else if (cp - 0x4e00 < NELEM(fold_uro)) {
		v = fold_uro[cp - 0x4e00];
		o->last = v ? v : cp;
		o->last_at = o->n;
		fold_uro_put(o->p + o->n, cp);
		o->n += 3;
	} else if (cp - 0xac00 <= 0xd7a3 - 0xac00) {
		append(o, cp);
	} else if (is_han(cp)) {
		append(o, fold_han(cp));
	} else if (cp == 0x306 && o->last == 0x438) {
		replace(o, 0x439);	/* Cyrillic short i is a letter */
	} else if (cp == 0x308 && o->last == 0x456) {
		replace(o, 0x457);
	} else if (cp >= 0x10000 || (v = lookup(cp)) == SLOW) {
		put_slow(o, cp);
	} else if (v != 0) {
		append(o, v);
	}
}

bool
fold_ignores(uint32_t cp)
{
	if (cp < 0x300)
		return cp == 0xad;
	if ((cp >= 0x2010 && cp < 0x2060) || (cp >= 0x2070 && cp < 0x20d0) ||
	    (cp >= 0x2100 && cp < 0x2c00) || (cp >= 0x3000 && cp < 0x302a) ||
	    (cp >= 0xff00 && cp < 0xfff0))
		return false;
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_CF:
		return cp != 0x200b;
	default:
		return cp == 0x640;
	}
}

void
fold_name(struct bytes s, struct buf *out)
{
	struct fold_out o = { 0 };
	size_t at = 0, len;
	uint32_t cp;
	bool bad;

	while (at < s.n) {
		size_t room = MIN(s.n - at, 1u << 16) + FOLD_ROOM;

		if ((o.p = buf_room(out, room)) == NULL)
			return;
		o.last = 0;
		for (o.n = 0; at < s.n && o.n + FOLD_ROOM <= room;) {
			if (s.p[at] < 0x80) {
				put_part(&o, s.p[at++]);
				continue;
			}
			cp = utf8_get(s, at, &len, &bad);
			if (bad) {
				memcpy(o.p + o.n, s.p + at, len);
				o.n += len;
				o.last = 0;
			} else {
				fold_put(&o, cp);
			}
			at += len;
		}
		out->n += o.n;
	}
}

static bool
is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xa0 ||
	    cp == 0x3000 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 ||
	    cp == 0x2029 || cp == 0x202f;
}

/* U+4E00 to U+9FFF, three good bytes. */
static bool
is_common(struct bytes s, size_t at)
{
	const unsigned char *p = s.p + at;

	return p[0] >= 0xe4 && p[0] <= 0xe9 && s.n - at >= 3 &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 &&
	    (p[0] > 0xe4 || p[1] >= 0xb8);
}

/* ASCII and common Han are what they are, but for case. */
static bool
exact_plain(struct bytes s, struct buf *out)
{
	unsigned char *p;
	size_t i;

	for (i = 0; i < s.n && (s.p[i] < 0x80 || is_common(s, i));)
		i += s.p[i] < 0x80 ? 1 : 3;
	if (i < s.n || (p = buf_room(out, s.n)) == NULL)
		return false;
	for (i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] | 0x20 : s.p[i];
	out->n += s.n;
	return true;
}

/* NFKC and case folding of one stretch without broken bytes. */
static void
exact_part(struct bytes s, struct buf *out)
{
	utf8proc_int32_t small[256], *v = small;
	utf8proc_ssize_t i, n, cap = NELEM(small);
	const int how = UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE |
	    UTF8PROC_STABLE;

	if (exact_plain(s, out))
		return;
	n = utf8proc_decompose(s.p, (utf8proc_ssize_t)s.n, v, cap, how);
	if (n > cap) {
		cap = n;
		if ((v = calloc((size_t)cap, sizeof(*v))) == NULL) {
			out->err = LEISHU_ENOMEM;
			return;
		}
		n = utf8proc_decompose(s.p, (utf8proc_ssize_t)s.n, v, cap, how);
	}
	if (n >= 0 && n <= cap)
		n = utf8proc_normalize_utf32(v, n, how);
	for (i = 0; i < n; i++)
		buf_utf8(out, (uint32_t)v[i]);
	if (v != small)
		free(v);
}

void
fold_exact(struct bytes s, struct buf *out)
{
	size_t at = 0, from = 0, len, start = out->n;
	uint32_t cp;
	bool bad, space = false;

	while (at <= s.n) {
		cp = 0;
		bad = false;
		len = 1;
		if (at < s.n)
			cp = utf8_get(s, at, &len, &bad);
		if (at < s.n && !bad && !is_space(cp)) {
			at += len;
			continue;
		}
		if (at > from) {
			if (space && out->n > start)
				buf_putc(out, ' ');
			exact_part(bytes_sub(s, from, at), out);
			space = false;
		}
		if (bad) {
			buf_bytes(out, bytes_sub(s, at, at + len));
			space = false;
		} else {
			space = true;
		}
		at += len;
		from = at;
	}
}
