/* SPDX-License-Identifier: ISC */
#include "base/buf.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_release(struct buf *b)
{
	size_t max = b->max;

	free(b->p);
	*b = (struct buf){ .max = max };
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	b->err = 0;
}

unsigned char *
buf_room(struct buf *b, size_t n)
{
	size_t max = b->max ? b->max : LIMIT_BUF;
	size_t cap;
	unsigned char *p;

	if (b->err)
		return NULL;
	if (n <= b->cap - b->n)
		return b->p + b->n;
	if (n > max || b->n > max - n) {
		b->err = LEISHU_ELIMIT;
		return NULL;
	}
	cap = b->cap ? b->cap : 64;
	while (cap < b->n + n)
		cap = cap > max / 2 ? max : cap * 2;
	if ((p = realloc(b->p, cap)) == NULL) {
		b->err = LEISHU_ENOMEM;
		return NULL;
	}
	b->p = p;
	b->cap = cap;
	return b->p + b->n;
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	unsigned char *to;

	if (n == 0 || (to = buf_room(b, n)) == NULL)
		return;
	memcpy(to, p, n);
	b->n += n;
}

void
buf_putc(struct buf *b, int c)
{
	unsigned char *to = buf_room(b, 1);

	if (to != NULL) {
		*to = (unsigned char)c;
		b->n++;
	}
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	unsigned char *to;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0) {
		if (b->err == 0)
			b->err = LEISHU_ELIMIT;
		return;
	}
	if ((to = buf_room(b, (size_t)n + 1)) == NULL)
		return;
	(void)vsnprintf((char *)to, (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void
buf_utf8(struct buf *b, uint32_t cp)
{
	unsigned char s[4];

	buf_add(b, s, utf8_put(s, cp));
}

void
buf_le32(struct buf *b, uint32_t v)
{
	unsigned char s[4];
	size_t i;

	for (i = 0; i < 4; i++)
		s[i] = (unsigned char)(v >> (8 * i));
	buf_add(b, s, 4);
}

void
buf_le64(struct buf *b, uint64_t v)
{
	buf_le32(b, (uint32_t)v);
	buf_le32(b, (uint32_t)(v >> 32));
}

void
buf_varint(struct buf *b, uint64_t v)
{
	unsigned char s[10];
	size_t n = 0;

	while (v >= 0x80) {
		s[n++] = (unsigned char)(v | 0x80);
		v >>= 7;
	}
	s[n++] = (unsigned char)v;
	buf_add(b, s, n);
}

void
buf_blob(struct buf *b, struct bytes s)
{
	buf_varint(b, s.n);
	buf_bytes(b, s);
}

char *
buf_detach(struct buf *b)
{
	char *s = NULL;

	buf_putc(b, 0);
	if (b->err == 0) {
		s = (char *)b->p;
		b->p = NULL;
	}
	buf_release(b);
	return s;
}
