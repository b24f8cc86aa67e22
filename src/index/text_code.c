/* SPDX-License-Identifier: ISC */
#include "index/text_code.h"

#include "base/rd.h"

typedef uint32_t v4 __attribute__((vector_size(16)));

unsigned char
text_len_code(uint64_t n)
{
	unsigned shift;

	if (n < 32)
		return (unsigned char)n;
	shift = 59u - (unsigned)__builtin_clzll(n);	/* leaves five bits */
	if (shift > 14)
		return 255;
	return (unsigned char)(32 + (shift - 1) * 16 + ((n >> shift) & 15));
}

uint32_t
text_len_value(unsigned char code)
{
	unsigned c = code, shift;

	if (c < 32)
		return c;
	shift = (c - 32) / 16 + 1;
	return (16u + (c & 15u)) << shift;
}

void
text_norms(uint64_t total, uint32_t n_docs, float norm[256])
{
	double mean = n_docs && total ? (double)total / n_docs : 1.0;
	unsigned i;

	for (i = 0; i < 256; i++)
		norm[i] = (float)(TEXT_K1 * (1.0 - TEXT_B + TEXT_B *
		    (double)text_len_value((unsigned char)i) / mean));
}

/* --- blocks ------------------------------------------------------------- */

static void
put_le32(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)v;
	p[1] = (unsigned char)(v >> 8);
	p[2] = (unsigned char)(v >> 16);
	p[3] = (unsigned char)(v >> 24);
}

void
text_pack(const uint32_t v[TEXT_BLOCK], unsigned w, unsigned char *to)
{
	uint32_t word[33 * 4] = { 0 };
	unsigned i, lane, at, shift;

	for (i = 0; i < TEXT_BLOCK / 4; i++) {
		at = i * w / 32;
		shift = i * w % 32;
		for (lane = 0; lane < 4; lane++) {
			word[at * 4 + lane] |= v[i * 4 + lane] << shift;
			if (shift + w > 32)
				word[at * 4 + 4 + lane] |= v[i * 4 + lane] >> (32 - shift);
		}
	}
	for (i = 0; i < w * 4; i++)
		put_le32(to + i * 4, word[i]);
}

static inline v4
load(const unsigned char *p)
{
	return (v4){ le32(p), le32(p + 4), le32(p + 8), le32(p + 12) };
}

/* With a constant w all the arithmetic on it is done by the compiler. */
static inline __attribute__((always_inline)) void
unpack(const unsigned char *from, unsigned w, uint32_t *v)
{
	const v4 mask = (v4){ 0, 0, 0, 0 } + (w < 32 ? (1u << (w & 31)) - 1 : ~0u);
	unsigned i, shift;
	v4 x;

#pragma GCC unroll 32
	for (i = 0; i < TEXT_BLOCK / 4; i++) {
		shift = i * w % 32;
		x = load(from + i * w / 32 * 16) >> shift;
		if (shift + w > 32)
			x |= load(from + (i * w / 32 + 1) * 16) << (32 - shift);
		x &= mask;
		memcpy(v + i * 4, &x, sizeof(x));
	}
}

void
text_unpack(const unsigned char *from, unsigned w, uint32_t v[TEXT_BLOCK])
{
#define W(n)	case n: unpack(from, n, v); break;
#define W4(n)	W(n) W(n + 1) W(n + 2) W(n + 3)
	switch (w) {
	case 0:
		memset(v, 0, TEXT_BLOCK * sizeof(*v));
		break;
	W(1) W(2) W(3)
	W4(4) W4(8) W4(12) W4(16) W4(20) W4(24) W4(28)
	default:
		unpack(from, 32, v);
	}
#undef W4
#undef W
}

void
text_sum(uint32_t v[TEXT_BLOCK], uint32_t before)
{
	const v4 none = { 0, 0, 0, 0 }, step = { 1, 2, 3, 4 };
	v4 x, sum = none + before;
	unsigned i;

	for (i = 0; i < TEXT_BLOCK; i += 4) {
		memcpy(&x, v + i, sizeof(x));
		x += __builtin_shufflevector(x, none, 4, 0, 1, 2);
		x += __builtin_shufflevector(x, none, 4, 4, 0, 1);
		x += sum + step;
		sum = __builtin_shufflevector(x, x, 3, 3, 3, 3);
		memcpy(v + i, &x, sizeof(x));
	}
}

/* --- rows --------------------------------------------------------------- */

void
text_row_pack(const uint32_t *v, size_t n, unsigned w, unsigned char *to)
{
	uint64_t bits = 0;
	unsigned have = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		bits |= (uint64_t)v[i] << have;
		for (have += w; have >= 8; have -= 8) {
			*to++ = (unsigned char)bits;
			bits >>= 8;
		}
	}
	if (have)
		*to = (unsigned char)bits;
}
