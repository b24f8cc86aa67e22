/* SPDX-License-Identifier: ISC */
#include "base/rd.h"

struct bytes
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

uint32_t
rd_le32(struct rd *r)
{
	struct bytes b = rd_take(r, 4);

	return r->bad ? 0 : le32(b.p);
}

uint64_t
rd_le64(struct rd *r)
{
	struct bytes b = rd_take(r, 8);

	return r->bad ? 0 : le64(b.p);
}

uint64_t
rd_varint_slow(struct rd *r)
{
	uint64_t v = 0;
	unsigned int shift;
	unsigned char c;

	for (shift = 0; shift < 64; shift += 7) {
		if (r->bad || r->p >= r->end)
			break;
		c = *r->p++;
		if (shift == 63 && c > 1)
			break;
		v |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return v;
	}
	r->bad = true;
	return 0;
}

struct bytes
rd_blob(struct rd *r)
{
	uint64_t n = rd_varint(r);

	if (n > rd_left(r)) {
		r->bad = true;
		return (struct bytes){ NULL, 0 };
	}
	return rd_take(r, (size_t)n);
}
