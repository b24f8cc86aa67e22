/* SPDX-License-Identifier: ISC */
#include "base/rd.h"

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
