/* SPDX-License-Identifier: ISC */
/* A book from anywhere: opened, proved and read, its sums made right first. */
#include "book/book.h"

#include "../test/unit/reseal.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
look(const struct book *b)
{
	struct book_group *g;
	struct arena a = { 0 };
	struct entry *e;
	struct card c;
	uint32_t i, n = MIN(book_count(b), 32), *in, sink = 0;
	size_t k = 0;
	int o;

	for (i = 0; i < n; i++) {
		if (book_card(b, i, &c) == 0)
			sink += book_find_id(b, c.id) + book_resolve(b, c.title);
		if (book_entry(b, i, &a, &e) == 0)
			sink += (uint32_t)e->n_nodes;
		if (book_links_in(b, i, &a, &in, &k) == 0 && k)
			sink += in[0] + book_indegree(b, i);
		arena_clear(&a);
	}
	for (o = 0; o < ORDER__MAX; o++)
		if (book_groups(b, (enum book_order)o, &a, &g, &k) == 0 && k)
			sink += book_at(b, (enum book_order)o, g[k - 1].first);
	sink += (uint32_t)book_reference(b, B("key")).n;
	arena_release(&a);
	(void)sink;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	unsigned char *img = malloc(n + !n);
	struct buf why = { 0 };
	struct book *b;
	char chunk[5];

	if (img == NULL)
		return 0;
	if (n)
		memcpy(img, data, n);
	reseal(img, n);
	if (book_open_image(bytes_make(img, n), chunk, &b) == 0) {
		if (book_check(b, chunk, &why) == 0)
			buf_clear(&why);
		look(b);
		book_close(b);
	}
	buf_release(&why);
	free(img);
	return 0;
}
