/* SPDX-License-Identifier: ISC */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>

#include "base/base.h"

/*
 * A growing buffer.  The first failure (no memory, past max) stays in err
 * and later calls do nothing, so that a writer looks once, at the end.
 * A buf of zeros is ready for use with the limit LIMIT_BUF.
 */
struct buf {
	unsigned char *p;
	size_t n;
	size_t cap;
	size_t max;	/* 0: LIMIT_BUF */
	int err;	/* 0, LEISHU_ENOMEM or LEISHU_ELIMIT */
};

void	buf_init(struct buf *b, size_t max);
void	buf_release(struct buf *b);
/* Empty, keeping the memory; forgets a failure. */
void	buf_clear(struct buf *b);
/* Room for n more bytes, or NULL; the caller adds what it wrote to b->n. */
unsigned char *buf_room(struct buf *b, size_t n);

void	buf_add(struct buf *b, const void *p, size_t n);
void	buf_putc(struct buf *b, int c);
void	buf_puts(struct buf *b, const char *s);
void	buf_vprintf(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);
void	buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* One code point as UTF-8; a surrogate or past U+10FFFF becomes U+FFFD. */
void	buf_utf8(struct buf *b, uint32_t cp);
void	buf_le32(struct buf *b, uint32_t v);
void	buf_le64(struct buf *b, uint64_t v);
/* 7 bits a byte, low first, top bit set on all but the last; 1-10 bytes. */
void	buf_varint(struct buf *b, uint64_t v);
/* Length as a varint, then the bytes. */
void	buf_blob(struct buf *b, struct bytes s);

static inline void
buf_bytes(struct buf *b, struct bytes s)
{
	buf_add(b, s.p, s.n);
}

static inline struct bytes
buf_view(const struct buf *b)
{
	return (struct bytes){ b->p, b->n };
}

/* The content with a NUL behind it, to free(); NULL after a failure. */
char	*buf_detach(struct buf *b) MUST_CHECK;

#endif
