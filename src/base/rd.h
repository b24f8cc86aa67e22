/* SPDX-License-Identifier: ISC */
#ifndef BASE_RD_H
#define BASE_RD_H

#include "base/base.h"

/* Little-endian loads from memory the caller has checked. */
static inline uint32_t
le32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

static inline uint64_t
le64(const unsigned char *p)
{
	return (uint64_t)le32(p) | (uint64_t)le32(p + 4) << 32;
}

/*
 * A cursor over bytes that may be damaged.  Reading past the end sets bad
 * and gives zeros from then on; the reader looks once, at the end.
 */
struct rd {
	const unsigned char *p;
	const unsigned char *end;
	bool bad;
};

static inline struct rd
rd_make(struct bytes b)
{
	return (struct rd){ b.p, b.p ? b.p + b.n : NULL, false };
}

static inline size_t
rd_left(const struct rd *r)
{
	return r->bad ? 0 : (size_t)(r->end - r->p);
}

static inline struct bytes
rd_take(struct rd *r, size_t n)
{
	struct bytes b;

	if (r->bad || n > (size_t)(r->end - r->p)) {
		r->bad = true;
		return (struct bytes){ NULL, 0 };
	}
	b = bytes_make(r->p, n);
	r->p += n;
	return b;
}

uint32_t	rd_le32(struct rd *r);
uint64_t	rd_le64(struct rd *r);

uint64_t	rd_varint_slow(struct rd *r);

static inline uint64_t
rd_varint(struct rd *r)
{
	if (!r->bad && r->p < r->end && *r->p < 0x80)
		return *r->p++;
	return rd_varint_slow(r);
}

/* A varint above max is damage. */
static inline uint32_t
rd_u32(struct rd *r, uint32_t max)
{
	uint64_t v = rd_varint(r);

	if (v > max) {
		r->bad = true;
		return 0;
	}
	return (uint32_t)v;
}

/* What buf_blob wrote; empty and bad when it does not fit. */
static inline struct bytes
rd_blob(struct rd *r)
{
	uint64_t n = rd_varint(r);

	if (n > rd_left(r)) {
		r->bad = true;
		return (struct bytes){ NULL, 0 };
	}
	return rd_take(r, (size_t)n);
}

#endif
