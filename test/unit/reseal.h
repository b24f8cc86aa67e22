/* SPDX-License-Identifier: ISC */
#ifndef TEST_RESEAL_H
#define TEST_RESEAL_H

/*
 * Makes the sums of a damaged image right again, so that what is behind
 * them is tried: chunks, blocks of entries, table and header.  An image
 * whose frame cannot be followed is left as it is.
 */
#include "base/rd.h"
#include "base/sum.h"
#include "book/tags.h"
#include "pack/layout.h"

static inline void
reseal_put64(unsigned char *p, uint64_t v)
{
	int i;

	for (i = 0; i < 8; i++)
		p[i] = (unsigned char)(v >> (8 * i));
}

/* The data of chunk tag, or empty. */
static inline struct bytes
reseal_chunk(unsigned char *img, size_t n, uint32_t tag)
{
	uint32_t i, rows = le32(img + 12);
	uint64_t table = le64(img + 16);

	for (i = 0; i < rows && table + (i + 1) * PACK_ROW <= n; i++) {
		const unsigned char *r = img + table + i * PACK_ROW;

		if (le32(r) == tag && le64(r + 8) <= n && le64(r + 16) <= n - le64(r + 8))
			return bytes_make(img + le64(r + 8), (size_t)le64(r + 16));
	}
	return (struct bytes){ NULL, 0 };
}

static inline void
reseal_blocks(unsigned char *img, size_t n)
{
	struct bytes entries = reseal_chunk(img, n, TAG_ENTRIES);
	struct bytes blocks = reseal_chunk(img, n, TAG_BLOCKS);
	size_t i;

	for (i = 0; i + BLOCK_ROW <= blocks.n; i += BLOCK_ROW) {
		unsigned char *r = (unsigned char *)(uintptr_t)blocks.p + i;
		uint64_t off = le64(r), sum;
		uint32_t len = le32(r + 8);

		if (len == 0 || off > entries.n || len > entries.n - off)
			continue;
		sum = sum64(bytes_make(entries.p + off, len));
		r[16] = (unsigned char)sum;
		r[17] = (unsigned char)(sum >> 8);
		r[18] = (unsigned char)(sum >> 16);
		r[19] = (unsigned char)(sum >> 24);
	}
}

static inline void
reseal(unsigned char *img, size_t n)
{
	uint64_t table;
	uint32_t i, rows;

	if (n < PACK_HEAD)
		return;
	table = le64(img + 16);
	rows = le32(img + 12);
	if (rows > PACK_CHUNKS || table > n || n - table < (uint64_t)rows * PACK_ROW)
		return;
	reseal_blocks(img, n);
	for (i = 0; i < rows; i++) {
		unsigned char *r = img + table + i * PACK_ROW;
		uint64_t off = le64(r + 8), len = le64(r + 16);

		if (off <= n && len <= n - off)
			reseal_put64(r + 24, sum64(bytes_make(img + off, (size_t)len)));
	}
	reseal_put64(img + 24, sum64(bytes_make(img + table, n - (size_t)table)));
	reseal_put64(img + 32, sum64(bytes_make(img, 32)));
}

#endif
