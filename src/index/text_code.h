/* SPDX-License-Identifier: ISC */
#ifndef INDEX_TEXT_CODE_H
#define INDEX_TEXT_CODE_H

#include "base/base.h"

/*
 * What the writer and the reader of the text index share; the layout of the
 * chunks is described in index/text_build.c.
 */
#define TEXT_VERSION	1
#define TEXT_BLOCK	128u	/* postings of a full block */
#define TEXT_GROUP	32u	/* positions packed with one width */
#define TEXT_ROW	16u	/* bytes of a row of the skip table */
#define TEXT_HEAD	24u	/* bytes before the lengths in chunk TLEN */
#define TEXT_TAIL	0xffu	/* width in the row of a block that is not full */
#define TEXT_IMPACT	65535.0f	/* of a row: the greatest there is */
#define TEXT_TERM_MAX	255u	/* bytes of a term; longer ones are cut */
#define TEXT_HEAD_WEIGHT 4u	/* a term of title or names counts so much more */

#define TEXT_TAG_DICT	TAG('T', 'D', 'I', 'C')
#define TEXT_TAG_POST	TAG('T', 'P', 'S', 'T')
#define TEXT_TAG_LEN	TAG('T', 'L', 'E', 'N')

/* BM25. */
#define TEXT_K1		1.2f
#define TEXT_B		0.75f

/*
 * The length of a document in one byte: exact below 32, then four bits
 * after the leading one, rounded down; past half a million it stays.
 */
unsigned char	text_len_code(uint64_t n);
uint32_t	text_len_value(unsigned char code);
/* For each code, what BM25 adds to the frequency below the line. */
void	text_norms(uint64_t total, uint32_t n_docs, float norm[256]);

static inline float
text_impact(uint32_t freq, float norm)
{
	return (float)freq / ((float)freq + norm);
}

/* A posting's code: how often (>= 1), and whether in title or names. */
static inline uint32_t
text_posting(uint32_t freq, bool head)
{
	return (freq - 1) << 1 | head;
}

static inline uint32_t
text_freq(uint32_t code)
{
	return (code >> 1) + 1;
}

static inline uint32_t
text_weight(uint32_t freq, bool head, uint32_t head_weight)
{
	return head ? freq + head_weight : freq;
}

static inline unsigned
text_bits(uint32_t v)
{
	return v ? 32u - (unsigned)__builtin_clz(v) : 0;
}

/*
 * TEXT_BLOCK numbers of w bits (0-32) in w * 16 bytes: four lanes side by
 * side, number i in lane i % 4.
 */
void	text_pack(const uint32_t v[TEXT_BLOCK], unsigned w, unsigned char *to);
void	text_unpack(const unsigned char *from, unsigned w, uint32_t v[TEXT_BLOCK]);
/* Gaps (less one each) to numbers, the first counted from before. */
void	text_sum(uint32_t v[TEXT_BLOCK], uint32_t before);

/* n numbers of w bits one after another, low bit first, in text_row_bytes. */
static inline size_t
text_row_bytes(size_t n, unsigned w)
{
	return (n * w + 7) / 8;
}
void	text_row_pack(const uint32_t *v, size_t n, unsigned w, unsigned char *to);

#endif
