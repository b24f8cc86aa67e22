/* SPDX-License-Identifier: ISC */
/* Cards, the order of ids, references. */
#include "base/limits.h"
#include "base/rd.h"
#include "book/inside.h"

int
cards_open(struct book *b, struct bytes words)
{
	struct rd r = rd_make(words);
	uint32_t n = rd_u32(&r, WORDS_MAX), i;

	if (b->cardx.n != ((uint64_t)b->n + CARD_STEP - 1) / CARD_STEP * 8 ||
	    b->ids.n != (uint64_t)b->n * 4)
		return LEISHU_EFORMAT;
	if ((b->word = calloc(n + 1, sizeof(*b->word))) == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < n; i++)
		b->word[i] = rd_blob(&r);
	b->n_words = n;
	return r.bad || rd_left(&r) ? LEISHU_EFORMAT : 0;
}

void
cards_close(struct book *b)
{
	free(b->word);
}

static struct bytes
get_word(const struct book *b, struct rd *r)
{
	uint32_t i = rd_u32(r, (uint32_t)b->n_words);

	return i ? b->word[i - 1] : rd_blob(r);
}

int
book_card(const struct book *b, uint32_t no, struct card *ret)
{
	struct card c = { 0 };
	uint64_t off;
	uint32_t k;
	struct rd r;

	if (no >= b->n)
		return LEISHU_ENOENT;
	off = le64(b->cardx.p + (size_t)(no / CARD_STEP) * 8);
	if (off > b->cards.n)
		return LEISHU_EFORMAT;
	r = rd_make(bytes_sub(b->cards, (size_t)off, b->cards.n));
	for (k = no % CARD_STEP + 1; k > 0 && !r.bad; k--) {
		c.id = rd_blob(&r);
		c.title = rd_blob(&r);
		c.form = rd_blob(&r);
		c.kind = get_word(b, &r);
		c.lang = get_word(b, &r);
	}
	if (r.bad)
		return LEISHU_EFORMAT;
	*ret = c;
	return 0;
}

uint32_t
book_find_id(const struct book *b, struct bytes id)
{
	uint32_t lo = 0, hi = b->n, mid, no;
	struct card c;
	int cmp;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		no = le32(b->ids.p + (size_t)mid * 4);
		if (book_card(b, no, &c) < 0)
			return BOOK_NONE;
		if ((cmp = bytes_cmp(c.id, id)) == 0)
			return no;
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return BOOK_NONE;
}

struct bytes
book_reference(const struct book *b, struct bytes key)
{
	struct rd r = rd_make(b->refs);
	uint64_t n = rd_varint(&r);
	struct bytes k, item;

	for (; n > 0 && !r.bad; n--) {
		k = rd_blob(&r);
		item = rd_blob(&r);
		if (!r.bad && bytes_eq(k, key))
			return item;
	}
	return (struct bytes){ NULL, 0 };
}
