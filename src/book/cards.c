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

/* The entry at a place of the ids' order. */
static uint32_t
id_at(const struct book *b, uint32_t place)
{
	return le32(b->ids.p + (size_t)place * 4);
}

/* The first place whose id is not below id; false: damaged. */
static bool
id_place(const struct book *b, struct bytes id, uint32_t *ret)
{
	uint32_t lo = 0, hi = b->n, mid;
	struct card c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (book_card(b, id_at(b, mid), &c) < 0)
			return false;
		if (bytes_cmp(c.id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*ret = lo;
	return true;
}

uint32_t
book_find_id(const struct book *b, struct bytes id)
{
	struct card c;
	uint32_t at;

	if (!id_place(b, id, &at) || at == b->n ||
	    book_card(b, id_at(b, at), &c) < 0 || !bytes_eq(c.id, id))
		return BOOK_NONE;
	return id_at(b, at);
}

/* --- ids like one that is not there ---------------------------------------- */

#define NEAR_SCAN	50000	/* cards looked at */
#define NEAR_LEN	64	/* bytes of an id compared */
#define NEAR_MAX	32

struct near {
	unsigned int cost;
	uint32_t no;
};

static unsigned char
lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

/* Edits between a and b, at most NEAR_LEN bytes each; case is half of one. */
static unsigned int
distance(struct bytes a, struct bytes b)
{
	unsigned int row[NEAR_LEN + 1], was, up, c;
	size_t i, k;

	for (k = 0; k <= b.n; k++)
		row[k] = (unsigned int)(2 * k);
	for (i = 0; i < a.n; i++) {
		was = row[0];
		row[0] += 2;
		for (k = 0; k < b.n; k++) {
			up = row[k + 1];
			c = a.p[i] == b.p[k] ? 0 : lower(a.p[i]) == lower(b.p[k]) ? 1 : 2;
			row[k + 1] = MIN(was + c, MIN(up, row[k]) + 2);
			was = up;
		}
	}
	return row[b.n];
}

static size_t
put_near(struct near *v, size_t n, size_t max, struct near x)
{
	size_t i = n;

	if (n == max && x.cost >= v[n - 1].cost)
		return n;
	if (n == max)
		i = n - 1;
	for (; i > 0 && v[i - 1].cost > x.cost; i--)
		v[i] = v[i - 1];
	v[i] = x;
	return MIN(n + 1, max);
}

size_t
book_near_ids(const struct book *b, struct bytes id, uint32_t *ret, size_t max)
{
	struct near v[NEAR_MAX];
	struct bytes cut = bytes_sub(id, 0, NEAR_LEN);
	uint32_t at, place, end;
	struct card c;
	size_t n = 0, i;

	max = MIN(max, NEAR_MAX);
	if (max == 0 || !id_place(b, id, &at))
		return 0;
	/* All of a small book; of a large one what stands around the place. */
	place = at > NEAR_SCAN / 2 ? at - NEAR_SCAN / 2 : 0;
	end = b->n - place > NEAR_SCAN ? place + NEAR_SCAN : b->n;
	for (; place < end; place++) {
		struct near x = { 0, id_at(b, place) };

		if (book_card(b, x.no, &c) < 0)
			return 0;
		c.id = bytes_sub(c.id, 0, NEAR_LEN);
		if (c.id.n > 2 * cut.n + 2 || cut.n > 2 * c.id.n + 2)
			continue;
		x.cost = distance(cut, c.id);
		if (x.cost <= cut.n)	/* half of it at most */
			n = put_near(v, n, max, x);
	}
	for (i = 0; i < n; i++)
		ret[i] = v[i].no;
	return n;
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
