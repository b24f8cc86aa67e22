/* SPDX-License-Identifier: ISC */
/* Reads the container and trusts nothing in it: layout.h has the bytes. */
#include "pack/pack.h"

#include "base/rd.h"
#include "base/sum.h"
#include "pack/layout.h"

struct pack {
	uint64_t id;
	size_t n;
	struct pack_row row[];
};

void
pack_tag_name(uint32_t tag, char name[5])
{
	int i;

	for (i = 0; i < 4; i++) {
		unsigned char c = (unsigned char)(tag >> (8 * i));

		name[i] = c > ' ' && c < 0x7f ? (char)c : '?';
	}
	name[4] = 0;
}

static int
damaged(char chunk[5], uint32_t tag)
{
	if (chunk != NULL)
		pack_tag_name(tag, chunk);
	return LEISHU_EFORMAT;
}

static bool
all_zero(const unsigned char *p, uint64_t n)
{
	while (n)
		if (p[--n])
			return false;
	return true;
}

/* Where the next thing begins after end; 0: the bytes between are not 0. */
static uint64_t
after(struct bytes img, uint64_t end)
{
	uint64_t pad = -end % PACK_ALIGN;

	if (pad > img.n - end || !all_zero(img.p + end, pad))
		return 0;
	return end + pad;
}

/* Fills p->row from the table; at is where the first chunk begins. */
static int
read_rows(struct bytes img, struct bytes table, struct pack *p, char chunk[5])
{
	uint64_t at = PACK_HEAD, table_at = img.n - table.n;
	const unsigned char *s = table.p;
	size_t i, k;

	for (i = 0; i < p->n; i++, s += PACK_ROW) {
		struct pack_row *r = &p->row[i];
		uint64_t len = le64(s + 16);

		r->tag = le32(s);
		r->off = le64(s + 8);
		r->sum = le64(s + 24);
		for (k = 0; k < i; k++)
			if (p->row[k].tag == r->tag)
				return damaged(chunk, r->tag);
		if (le32(s + 4) != 0 || r->off != at ||
		    len > table_at - at)
			return damaged(chunk, r->tag);
		r->data = bytes_make(img.p + at, (size_t)len);
		if ((at = after(img, at + len)) == 0 || at > table_at)
			return damaged(chunk, r->tag);
		if (len <= PACK_SMALL && sum64(r->data) != r->sum)
			return damaged(chunk, r->tag);
	}
	return at == table_at ? 0 : damaged(chunk, TAG('t', 'a', 'b', 'l'));
}

int
pack_open(struct bytes img, char chunk[5], struct pack **ret)
{
	static const uint32_t head = TAG('h', 'e', 'a', 'd');
	struct bytes table;
	struct pack *p;
	uint64_t off;
	uint32_t n;
	int rc;

	if (img.n < PACK_HEAD || memcmp(img.p, PACK_MAGIC, 8) != 0)
		return damaged(chunk, head);
	if (le64(img.p + 32) != sum64(bytes_sub(img, 0, 32)))
		return damaged(chunk, head);
	if (le32(img.p + 8) != PACK_VERSION) {
		(void)damaged(chunk, head);
		return LEISHU_EVERSION;
	}
	n = le32(img.p + 12);
	off = le64(img.p + 16);
	if (n > PACK_CHUNKS || off < PACK_HEAD)
		return damaged(chunk, head);
	/* Compare by subtraction: the sum could wrap. */
	if (off > img.n || img.n - off != (uint64_t)n * PACK_ROW)
		return damaged(chunk, TAG('t', 'a', 'b', 'l'));
	table = bytes_sub(img, (size_t)off, img.n);
	if (sum64(table) != le64(img.p + 24))
		return damaged(chunk, TAG('t', 'a', 'b', 'l'));
	if ((p = calloc(1, sizeof(*p) + n * sizeof(p->row[0]))) == NULL)
		return LEISHU_ENOMEM;
	p->n = n;
	p->id = le64(img.p + 24);
	if ((rc = read_rows(img, table, p, chunk)) < 0) {
		free(p);
		return rc;
	}
	*ret = p;
	return 0;
}

void
pack_close(struct pack *p)
{
	free(p);
}

struct bytes
pack_get(const struct pack *p, uint32_t tag)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->row[i].tag == tag)
			return p->row[i].data;
	return (struct bytes){ NULL, 0 };
}

int
pack_verify(const struct pack *p, char chunk[5])
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (sum64(p->row[i].data) != p->row[i].sum)
			return damaged(chunk, p->row[i].tag);
	return 0;
}

uint64_t
pack_id(const struct pack *p)
{
	return p->id;
}

const struct pack_row *
pack_rows(const struct pack *p, size_t *n)
{
	*n = p->n;
	return p->row;
}
