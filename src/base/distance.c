/* SPDX-License-Identifier: ISC */
#include "base/distance.h"

size_t
distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb,
    size_t max)
{
	/* The row of the table that is made, and the two before it. */
	size_t row[3][DISTANCE_CHARS + 1], i, k, least;

	if (na > DISTANCE_CHARS || nb > DISTANCE_CHARS || na > nb + max || nb > na + max)
		return max + 1;
	for (k = 0; k <= nb; k++)
		row[0][k] = k;
	for (i = 1; i <= na; i++) {
		size_t *now = row[i % 3], *up = row[(i - 1) % 3], *up2 = row[(i + 1) % 3];

		least = now[0] = i;
		for (k = 1; k <= nb; k++) {
			now[k] = MIN(MIN(up[k], now[k - 1]) + 1,
			    up[k - 1] + (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				now[k] = MIN(now[k], up2[k - 2] + 1);
			least = MIN(least, now[k]);
		}
		if (least > max)
			return max + 1;
	}
	return MIN(row[na % 3][nb], max + 1);
}

/* The bytes of a word as characters; gives their number, or more than fit. */
static size_t
widen(struct bytes word, uint32_t c[DISTANCE_CHARS])
{
	size_t i;

	for (i = 0; i < word.n && i < DISTANCE_CHARS; i++)
		c[i] = word.p[i];
	return word.n;
}

const char *
nearest(struct bytes word, const char *const *known, size_t n)
{
	uint32_t a[DISTANCE_CHARS], b[DISTANCE_CHARS];
	size_t na = widen(word, a), nb, i, d, best = MIN(2, (na + 1) / 3) + 1;
	const char *ret = NULL;

	for (i = 0; i < n && best > 0; i++) {
		nb = widen(bytes_str(known[i]), b);
		if ((d = distance(a, na, b, nb, best - 1)) < best) {
			ret = known[i];
			best = d;
		}
	}
	return ret;
}

const char *
leishu_nearest(const char *word, const char *const *known, size_t n)
{
	return nearest(bytes_str(word), known, n);
}
