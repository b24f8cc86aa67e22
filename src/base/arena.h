/* SPDX-License-Identifier: ISC */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"

/*
 * Memory that lives and dies together: one arena an entry, a request or a
 * query.  The first failure stays in err and every later call gives NULL.
 * An arena of zeros is ready.  Not for two threads at once.
 */
struct arena {
	struct arena_block *head;	/* newest; sizes grow by doubling */
	size_t used;			/* bytes asked for since the last clear */
	size_t max;			/* 0: LIMIT_BUF */
	int err;
};

void	arena_init(struct arena *a, size_t max);
/* Forget everything given out, keep the largest block; clears err. */
void	arena_clear(struct arena *a);
void	arena_release(struct arena *a);

/* Zeroed, aligned for any type. */
void	*arena_alloc(struct arena *a, size_t n) MUST_CHECK;
/* n elements; NULL on overflow. */
void	*arena_array(struct arena *a, size_t n, size_t size) MUST_CHECK;
#define ARENA_NEW(a, type)	((type *)arena_alloc(a, sizeof(type)))
#define ARENA_ARRAY(a, n, type)	((type *)arena_array(a, n, sizeof(type)))

/* Copies; a NUL follows.  On failure { NULL, 0 }, and a->err is set. */
struct bytes	arena_bytes(struct arena *a, struct bytes b);
char	*arena_str(struct arena *a, struct bytes b);
/* A copy of what b holds; a failure of b becomes the arena's. */
struct buf;
struct bytes	arena_buf(struct arena *a, const struct buf *b);
struct bytes	arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/*
 * Room for one more in an array that doubles inside the arena: pass the
 * array, its count and capacity; gives the (perhaps moved) array or NULL.
 */
void	*arena_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size) MUST_CHECK;

#endif
