/* SPDX-License-Identifier: ISC */
/*
 * Where in a running text a date could begin: prose_scan.h.  Sixty-four bytes
 * are looked at in one go, eight to a word of the machine, and only the first
 * bytes of words, numbers and Han characters come out.  For a word the classes
 * of its first three bytes then tell nearly all that begin no date apart.
 */
#include "calendar/prose_scan.h"

#include "base/rd.h"
#include "calendar/date_word.h"

#include "calendar/prose_filter.inc"

#define EACH(byte)	(0x0101010101010101u * (byte))
#define TOPS		EACH(0x80u)
#define BLOCK		64u

static bool
is_cyrillic(int c)
{
	return c == 0xd0 || c == 0xd1;
}

/* The top bits of eight bytes side by side, the first one lowest. */
static inline uint64_t
gather(uint64_t tops)
{
	return (tops >> 7) * 0x0102040810204080u >> 56;
}

/*
 * For each byte of the block at p a bit if it is the first of a word or
 * number in ASCII, the first of a Cyrillic word, or begins a character from
 * U+3000 on; before: the two bytes in front of it.
 */
static uint64_t
block_starts(const unsigned char *p, const unsigned char before[2])
{
	uint64_t alnum = 0, lead = 0, wide = 0;
	unsigned i;

	for (i = 0; i < BLOCK; i += 8) {
		uint64_t x = le64(p + i), high = x & TOPS, low = x & ~TOPS;
		uint64_t y = low | EACH(0x20u), letter, digit;

		/* a sum's top bit: is the byte so great or greater? */
		if (high != TOPS) {
			letter = (y + EACH(0x80u - 'a')) ^ (y + EACH(0x7fu - 'z'));
			digit = (low + EACH(0x80u - '0')) ^ (low + EACH(0x7fu - '9'));
			alnum |= gather((letter | digit) & ~high & TOPS) << i;
		}
		if (high) {
			wide |= gather((low + EACH(0x80u - 0x63u)) & high) << i;
			/* D0 and D1 differ in the last bit */
			y = ((low ^ EACH(0x50u)) & ~EACH(1u)) + EACH(0x7fu);
			lead |= gather(~y & high) << i;
		}
	}
	return (alnum & ~(alnum << 1 | (byte_class[before[1]] % 27 != 0))) |
	    (lead & ~(lead << 2 | (uint64_t)is_cyrillic(before[0]) |
	    (uint64_t)is_cyrillic(before[1]) << 1)) | wide;
}

static uint64_t
starts_at(struct bytes s, size_t base)
{
	unsigned char before[2], tail[BLOCK] = { 0 };

	before[0] = base > 1 ? s.p[base - 2] : 0;
	before[1] = base > 0 ? s.p[base - 1] : 0;
	if (s.n - base >= BLOCK)
		return block_starts(s.p + base, before);
	memcpy(tail, s.p + base, s.n - base);
	return block_starts(tail, before);
}

void
prose_scan_start(struct prose_scan *w, struct bytes s, size_t at)
{
	w->s = s;
	w->base = at;
	w->left = at < s.n ? starts_at(s, at) : 0;
}

/* May the ASCII word at at be one that begins a date? */
static inline bool
word_may(struct bytes s, size_t at)
{
	unsigned b = at + 1 < s.n ? byte_class[s.p[at + 1]] : 0;
	unsigned c = at + 2 < s.n ? byte_class[s.p[at + 2]] : 0;

	return word_begin[((unsigned)byte_class[s.p[at]] << 5 | b) & 1023u] >> c & 1;
}

bool
prose_scan_next(struct prose_scan *w, size_t *ret)
{
	struct bytes s = w->s;

	for (;;) {
		while (w->left) {
			size_t at = w->base + (unsigned)__builtin_ctzll(w->left);
			const unsigned char *p = s.p + at;

			w->left &= w->left - 1;
			if (*p >= 0xe3 ? s.n - at >= 3 &&
			    han_filter[p[1] & 0x3f] >> (p[2] & 0x3f) & 1 :
			    !is_letter(*p) || word_may(s, at)) {
				*ret = at;
				return true;
			}
		}
		if (s.n - w->base <= BLOCK)
			return false;
		w->base += BLOCK;
		w->left = starts_at(s, w->base);
	}
}
