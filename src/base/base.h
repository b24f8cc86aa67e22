/* SPDX-License-Identifier: ISC */
#ifndef BASE_BASE_H
#define BASE_BASE_H

/*
 * The words every file here speaks: a stretch of bytes, a few macros,
 * overflow-checked sums, and the calls nobody may make (banned.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <leishu/base.h>

#include "base/banned.h"

#define MUST_CHECK	__attribute__((warn_unused_result))
#define PRINTF(f, a)	__attribute__((format(printf, f, a)))
#define NELEM(a)	(sizeof(a) / sizeof((a)[0]))
#define MIN(a, b)	((a) < (b) ? (a) : (b))
#define MAX(a, b)	((a) > (b) ? (a) : (b))

/*
 * Text and data are passed as pointer and length, by value.  p may be NULL
 * when n is 0.  Nothing promises a NUL behind it.
 */
struct bytes {
	const unsigned char *p;
	size_t n;
};

/* A string literal, a C string, a part. */
#define B(lit)	((struct bytes){ (const unsigned char *)("" lit), sizeof(lit) - 1 })

static inline struct bytes
bytes_str(const char *s)
{
	return (struct bytes){ (const unsigned char *)s, s ? strlen(s) : 0 };
}

static inline struct bytes
bytes_make(const void *p, size_t n)
{
	return (struct bytes){ p, n };
}

/* [from, to) of b, cut to what b has. */
static inline struct bytes
bytes_sub(struct bytes b, size_t from, size_t to)
{
	to = MIN(to, b.n);
	from = MIN(from, to);
	return (struct bytes){ b.p ? b.p + from : NULL, to - from };
}

static inline bool
bytes_eq(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Bytewise order; a prefix comes before what it begins. */
static inline int
bytes_cmp(struct bytes a, struct bytes b)
{
	size_t n = MIN(a.n, b.n);
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static inline bool
bytes_starts(struct bytes b, struct bytes head)
{
	return b.n >= head.n && (head.n == 0 || memcmp(b.p, head.p, head.n) == 0);
}

static inline bool
bytes_ends(struct bytes b, struct bytes tail)
{
	return b.n >= tail.n &&
	    (tail.n == 0 || memcmp(b.p + b.n - tail.n, tail.p, tail.n) == 0);
}

/* Equal but for the case of ASCII letters? */
bool	bytes_eq_nocase(struct bytes a, struct bytes b);
bool	bytes_is_ascii(struct bytes b);
/* Without ASCII white space at both ends. */
struct bytes	bytes_trim(struct bytes b);
/* Offset of the first needle, or SIZE_MAX. */
size_t	bytes_find(struct bytes hay, struct bytes needle);
/* A copy with a NUL behind it, to free(); NULL without memory. */
char	*bytes_dup(struct bytes b) MUST_CHECK;
/* Decimal digits only, all of b, at most max.  false when it is not that. */
bool	bytes_u64(struct bytes b, uint64_t max, uint64_t *ret) MUST_CHECK;

/* true on overflow, as the builtins say it; *ret is then undefined. */
#define add_overflows(a, b, ret)	__builtin_add_overflow(a, b, ret)
#define mul_overflows(a, b, ret)	__builtin_mul_overflow(a, b, ret)

#endif
