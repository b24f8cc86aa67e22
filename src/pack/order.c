/* SPDX-License-Identifier: ISC */
/*
 * Sorting of byte strings in memory, eight bytes at a time: items are
 * ordered by the next eight bytes as one number; what is equal there goes
 * on with the eight after.
 */
#include "pack/order.h"

#define INSERTION	24	/* up to here insertion beats merging */
#define MERGING		768	/* and up to here merging beats counting */
#define WORDS		16	/* from then on plain comparison */

/* The eight bytes from depth, as a number that orders as they do. */
static uint64_t
word_at(const unsigned char *p, size_t n, size_t depth)
{
	uint64_t w = 0;
	size_t i;

	if (n >= depth + 8) {
		memcpy(&w, p + depth, 8);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		w = __builtin_bswap64(w);
#endif
		return w;
	}
	for (i = 0; i < 8; i++)
		w = w << 8 | (depth + i < n ? p[depth + i] : 0);
	return w;
}

/* Order of two records from depth on; beyond WORDS the rest as well. */
static int
compare(const unsigned char *base, const struct order_item *a,
    const struct order_item *b, size_t depth, bool rest)
{
	if (a->word != b->word)
		return a->word < b->word ? -1 : 1;
	if (!rest)
		return 0;
	return bytes_cmp(bytes_sub(bytes_make(base + a->off, a->n), depth, a->n),
	    bytes_sub(bytes_make(base + b->off, b->n), depth, b->n));
}

static void
merge_sort(const unsigned char *base, struct order_item *v,
    struct order_item *tmp, size_t n, size_t depth, bool rest)
{
	struct order_item *from = v, *to = tmp, *swap, x;
	size_t lo, mid, hi, i, j, k, width;

	for (lo = 0; lo < n; lo += INSERTION) {
		hi = MIN(lo + INSERTION, n);
		for (i = lo + 1; i < hi; i++) {
			x = v[i];
			for (j = i; j > lo && compare(base, &v[j - 1], &x, depth,
			    rest) > 0; j--)
				v[j] = v[j - 1];
			v[j] = x;
		}
	}
	for (width = INSERTION; width < n; width *= 2) {
		for (lo = 0; lo < n; lo = hi) {
			mid = MIN(lo + width, n);
			hi = MIN(mid + width, n);
			for (i = lo, j = mid, k = lo; k < hi; k++)
				if (j >= hi || (i < mid && compare(base, &from[i],
				    &from[j], depth, rest) <= 0))
					to[k] = from[i++];
				else
					to[k] = from[j++];
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}

/* By word, least significant byte first; bytes all alike are passed over. */
static void
radix_sort(struct order_item *v, struct order_item *tmp, size_t n)
{
	uint32_t count[8][256] = { { 0 } }, *c, sum, was;
	struct order_item *from = v, *to = tmp, *swap;
	size_t i;
	int b, k;

	for (i = 0; i < n; i++)
		for (b = 0; b < 8; b++)
			count[b][v[i].word >> (8 * b) & 0xff]++;
	for (b = 0; b < 8; b++) {
		c = count[b];
		if (c[v[0].word >> (8 * b) & 0xff] == n)
			continue;
		for (k = 0, sum = 0; k < 256; k++) {
			was = c[k];
			c[k] = sum;
			sum += was;
		}
		for (i = 0; i < n; i++)
			to[c[from[i].word >> (8 * b) & 0xff]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}

/*
 * v[0..n) agree in the eight bytes from depth, read with zeros past the
 * end.  Those that end there go first, the shorter first; the others keep
 * their order behind.  Returns how many ended.
 */
static size_t
ended_first(struct order_item *v, struct order_item *tmp, size_t n, size_t depth)
{
	size_t place[10] = { 0 }, i, k, sum = 0, was, ended;

	for (i = 0; i < n; i++)
		place[MIN(v[i].n - MIN(depth, v[i].n), 9)]++;
	if (place[9] == n)
		return 0;
	ended = n - place[9];
	for (k = 0; k < 10; k++) {
		was = place[k];
		place[k] = sum;
		sum += was;
	}
	for (i = 0; i < n; i++)
		tmp[place[MIN(v[i].n - MIN(depth, v[i].n), 9)]++] = v[i];
	memcpy(v, tmp, n * sizeof(*v));
	return ended;
}

/* Recursion goes WORDS deep at most. */
static void
sort_from(const unsigned char *base, struct order_item *v,
    struct order_item *tmp, size_t n, unsigned int level)
{
	size_t depth = (size_t)level * 8, i, j, ended;
	bool rest = level >= WORDS;

	for (i = 0; i < n; i++)
		v[i].word = word_at(base + v[i].off, v[i].n, depth);
	if (rest || n <= MERGING)
		merge_sort(base, v, tmp, n, depth, rest || n <= INSERTION);
	else
		radix_sort(v, tmp, n);
	if (rest || n <= INSERTION)
		return;		/* compared to the end */
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && v[j].word == v[i].word; j++)
			;
		if (j - i < 2)
			continue;
		ended = ended_first(v + i, tmp, j - i, depth);
		if (j - i - ended > 1)
			sort_from(base, v + i + ended, tmp, j - i - ended,
			    level + 1);
	}
}

void
order_sort(const unsigned char *base, struct order_item *v,
    struct order_item *tmp, size_t n)
{
	if (n > 1)
		sort_from(base, v, tmp, n, 0);
}
