/* SPDX-License-Identifier: ISC */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)	ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n)	ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n)	((void)(p), (void)(n))
#define UNPOISON(p, n)	((void)(p), (void)(n))
#endif

#define ALIGN		16u
#define FIRST_BLOCK	4096u
#define LAST_BLOCK	(1u << 20)	/* doubling stops here */

struct arena_block {
	struct arena_block *next;
	size_t cap;
	size_t n;
	_Alignas(ALIGN) unsigned char data[];
};

void
arena_init(struct arena *a, size_t max)
{
	*a = (struct arena){ .max = max };
}

static void
free_chain(struct arena_block *b)
{
	struct arena_block *next;

	for (; b != NULL; b = next) {
		next = b->next;
		UNPOISON(b->data, b->cap);
		free(b);
	}
}

void
arena_clear(struct arena *a)
{
	if (a->head != NULL) {
		free_chain(a->head->next);
		a->head->next = NULL;
		a->head->n = 0;
		POISON(a->head->data, a->head->cap);
	}
	a->used = 0;
	a->err = 0;
}

void
arena_release(struct arena *a)
{
	free_chain(a->head);
	*a = (struct arena){ .max = a->max };
}

static struct arena_block *
new_block(struct arena *a, size_t n)
{
	struct arena_block *b;
	size_t cap = a->head ? MIN(a->head->cap * 2, LAST_BLOCK) : FIRST_BLOCK;

	if (cap < n)
		cap = n;
	if ((b = malloc(sizeof(*b) + cap)) == NULL)
		return NULL;
	b->cap = cap;
	b->n = 0;
	b->next = a->head;
	a->head = b;
	POISON(b->data, cap);
	return b;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	size_t max = a->max ? a->max : LIMIT_BUF;
	struct arena_block *b = a->head;
	unsigned char *p;
	size_t take;

	if (a->err)
		return NULL;
	if (n > max || a->used > max - n) {
		a->err = LEISHU_ELIMIT;
		return NULL;
	}
	take = (MAX(n, 1) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (b == NULL || take > b->cap - b->n)
		if ((b = new_block(a, take)) == NULL) {
			a->err = LEISHU_ENOMEM;
			return NULL;
		}
	p = b->data + b->n;
	b->n += take;
	a->used += n;
	UNPOISON(p, n);
	return memset(p, 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;

	if (mul_overflows(n, size, &total)) {
		if (a->err == 0)
			a->err = LEISHU_ELIMIT;
		return NULL;
	}
	return arena_alloc(a, total);
}

struct bytes
arena_bytes(struct arena *a, struct bytes b)
{
	char *p = arena_str(a, b);

	return bytes_make(p, p ? b.n : 0);
}

struct bytes
arena_buf(struct arena *a, const struct buf *b)
{
	if (b->err && a->err == 0)
		a->err = b->err;
	return arena_bytes(a, buf_view(b));
}

char *
arena_str(struct arena *a, struct bytes b)
{
	char *p = arena_alloc(a, b.n + 1);

	if (p != NULL && b.n)
		memcpy(p, b.p, b.n);
	return p;
}

struct bytes
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || (p = arena_alloc(a, (size_t)n + 1)) == NULL)
		return (struct bytes){ NULL, 0 };
	va_start(ap, fmt);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return bytes_make(p, (size_t)n);
}

void *
arena_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap * 2 : 8;
	void *w;

	if (n < *cap)
		return v;
	if ((w = arena_array(a, more, size)) == NULL)
		return NULL;
	if (n)
		memcpy(w, v, n * size);
	*cap = more;
	return w;
}
