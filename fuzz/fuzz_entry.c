/* SPDX-License-Identifier: ISC */
/* A stored entry from anywhere: refused, or whole. */
#include "entry_laws.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = { 0 };
	struct entry *e = NULL;
	struct buf again = { 0 };

	if (entry_decode(bytes_make(data, n), &a, &e) == 0) {
		law_tree(e);
		entry_encode(e, &again);
		LAW(again.err == 0);
	}
	buf_release(&again);
	arena_release(&a);
	return 0;
}
