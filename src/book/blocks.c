/* SPDX-License-Identifier: ISC */
/* Entries out of their blocks. */
#include <zstd.h>

#include "base/limits.h"
#include "base/rd.h"
#include "base/sum.h"
#include "book/inside.h"

int
blocks_open(struct book *b, struct bytes dict)
{
	uint64_t rows = b->blocks.n / BLOCK_ROW;

	if (b->blocks.n % BLOCK_ROW != 0 || rows == 0 || rows > UINT32_MAX)
		return LEISHU_EFORMAT;
	b->n_blocks = (uint32_t)rows - 1;
	if (block_row_at(b, b->n_blocks).first != b->n)
		return LEISHU_EFORMAT;
	if (dict.n && (b->ddict = ZSTD_createDDict(dict.p,
	    dict.n)) == NULL)
		return LEISHU_ENOMEM;
	return 0;
}

void
blocks_close(struct book *b)
{
	size_t i;

	for (i = 0; i < BOOK_SPARES; i++)
		(void)ZSTD_freeDCtx(atomic_load(&b->spare[i]));
	(void)ZSTD_freeDDict(b->ddict);
}

struct block_row
block_row_at(const struct book *b, uint32_t i)
{
	const unsigned char *p = b->blocks.p + (size_t)i * BLOCK_ROW;

	return (struct block_row){ le64(p), le32(p + 8), le32(p + 12),
	    le32(p + 16), le32(p + 20) };
}

static ZSTD_DCtx *
take_spare(const struct book *b)
{
	struct book *own = (struct book *)(uintptr_t)b;	/* a cache, no content */
	void *d;
	size_t i;

	for (i = 0; i < BOOK_SPARES; i++)
		if ((d = atomic_exchange(&own->spare[i], NULL)) != NULL)
			return d;
	return ZSTD_createDCtx();
}

static void
give_back(const struct book *b, void *d)
{
	struct book *own = (struct book *)(uintptr_t)b;
	size_t i;

	for (i = 0; i < BOOK_SPARES && d != NULL; i++)
		d = atomic_exchange(&own->spare[i], d);
	(void)ZSTD_freeDCtx(d);
}

static int
unpack(const struct book *b, const struct block_row *r, unsigned char *to)
{
	struct bytes packed;
	ZSTD_DCtx *d;
	size_t n;

	if (r->off > b->entries.n || r->packed > b->entries.n - r->off)
		return LEISHU_EFORMAT;
	packed = bytes_make(b->entries.p + r->off, r->packed);
	if (sum32(packed) != r->sum)
		return LEISHU_EFORMAT;
	if ((d = take_spare(b)) == NULL)
		return LEISHU_ENOMEM;
	n = b->ddict != NULL ?
	    ZSTD_decompress_usingDDict(d, to, r->plain, packed.p, packed.n, b->ddict) :
	    ZSTD_decompressDCtx(d, to, r->plain, packed.p, packed.n);
	give_back(b, d);
	return n == r->plain ? 0 : LEISHU_EFORMAT;
}

int
block_read(const struct book *b, uint32_t i, struct arena *a,
    struct bytes **ret, size_t *ret_n)
{
	struct block_row r = block_row_at(b, i);
	uint32_t next = block_row_at(b, i + 1).first;
	unsigned char *plain;
	struct bytes *v;
	struct rd rd;
	size_t k, n;
	uint64_t len;
	int rc;

	/* An entry takes at least a byte, so that n is bounded by plain. */
	if (next <= r.first || next > b->n || r.plain > 2u * BLOCK_MAX ||
	    next - r.first > r.plain || r.packed == 0)
		return LEISHU_EFORMAT;
	n = next - r.first;
	if ((plain = arena_alloc(a, r.plain)) == NULL ||
	    (v = ARENA_ARRAY(a, n, struct bytes)) == NULL)
		return a->err;
	if ((rc = unpack(b, &r, plain)) < 0)
		return rc;
	rd = rd_make(bytes_make(plain, r.plain));
	for (k = 0; k < n; k++) {
		len = rd_varint(&rd);
		v[k].n = len <= r.plain ? (size_t)len : (size_t)r.plain + 1;
	}
	for (k = 0; k < n; k++)
		v[k] = rd_take(&rd, v[k].n);
	if (rd.bad || rd_left(&rd) != 0)
		return LEISHU_EFORMAT;
	*ret = v;
	*ret_n = n;
	return 0;
}

/* The block that holds an entry. */
static uint32_t
block_of(const struct book *b, uint32_t no)
{
	uint32_t lo = 0, hi = b->n_blocks, mid;

	while (hi - lo > 1) {
		mid = lo + (hi - lo) / 2;
		if (block_row_at(b, mid).first <= no)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

int
book_entry(const struct book *b, uint32_t no, struct arena *a, struct entry **ret)
{
	struct bytes *v;
	uint32_t i, first;
	size_t n;
	int rc;

	if (no >= b->n)
		return LEISHU_ENOENT;
	if (b->n_blocks == 0)
		return LEISHU_EFORMAT;
	i = block_of(b, no);
	first = block_row_at(b, i).first;
	if ((rc = block_read(b, i, a, &v, &n)) < 0)
		return rc;
	if (no < first || no - first >= n)
		return LEISHU_EFORMAT;
	return entry_decode(v[no - first], a, ret);
}

struct book_walk {
	const struct book *b;
	struct arena block, entry;
	struct bytes *v;
	size_t k, n;		/* entries of the block given and there */
	uint32_t i;		/* next block */
};

int
book_walk_new(const struct book *b, struct book_walk **ret)
{
	struct book_walk *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return LEISHU_ENOMEM;
	w->b = b;
	*ret = w;
	return 0;
}

void
book_walk_free(struct book_walk *w)
{
	if (w == NULL)
		return;
	arena_release(&w->block);
	arena_release(&w->entry);
	free(w);
}

int
book_walk_next(struct book_walk *w, struct entry **ret)
{
	int rc;

	if (w->k == w->n) {
		if (w->i == w->b->n_blocks)
			return 0;
		arena_clear(&w->block);
		w->k = w->n = 0;
		rc = block_read(w->b, w->i++, &w->block, &w->v, &w->n);
		if (rc < 0)
			return rc;
	}
	arena_clear(&w->entry);
	rc = entry_decode(w->v[w->k++], &w->entry, ret);
	return rc < 0 ? rc : 1;
}
