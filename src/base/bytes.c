/* SPDX-License-Identifier: ISC */
/* Functions of base.h and vec.h, and the words for error codes. */
#include "base/base.h"
#include "base/vec.h"

static bool
is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct bytes
bytes_trim(struct bytes b)
{
	while (b.n && is_space(b.p[0])) {
		b.p++;
		b.n--;
	}
	while (b.n && is_space(b.p[b.n - 1]))
		b.n--;
	return b;
}

static unsigned char
lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

bool
bytes_eq_nocase(struct bytes a, struct bytes b)
{
	size_t i;

	if (a.n != b.n)
		return false;
	for (i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool
bytes_is_ascii(struct bytes b)
{
	size_t i;

	for (i = 0; i < b.n; i++)
		if (b.p[i] >= 0x80)
			return false;
	return true;
}

size_t
bytes_find(struct bytes hay, struct bytes needle)
{
	const unsigned char *at;

	if (needle.n == 0)
		return 0;
	if (hay.n < needle.n)
		return SIZE_MAX;
	at = memmem(hay.p, hay.n, needle.p, needle.n);
	return at ? (size_t)(at - hay.p) : SIZE_MAX;
}

char *
bytes_dup(struct bytes b)
{
	char *s = malloc(b.n + 1);

	if (s == NULL)
		return NULL;
	if (b.n)
		memcpy(s, b.p, b.n);
	s[b.n] = 0;
	return s;
}

bool
bytes_u64(struct bytes b, uint64_t max, uint64_t *ret)
{
	uint64_t v = 0;
	size_t i;

	if (b.n == 0)
		return false;
	for (i = 0; i < b.n; i++) {
		unsigned int d = b.p[i] - (unsigned int)'0';

		if (d > 9 || mul_overflows(v, 10, &v) || add_overflows(v, d, &v))
			return false;
	}
	if (v > max)
		return false;
	*ret = v;
	return true;
}

int
vec_room(void *v, size_t n, size_t *cap, size_t size, size_t max)
{
	void *p, *old;
	size_t more, total;

	if (n < *cap)
		return 0;
	if (n >= max)
		return LEISHU_ELIMIT;
	more = *cap ? *cap : 8;
	more = more > max / 2 ? max : more * 2;
	if (mul_overflows(more, size, &total))
		return LEISHU_ELIMIT;
	memcpy(&old, v, sizeof(old));
	if ((p = realloc(old, total)) == NULL)
		return LEISHU_ENOMEM;
	memcpy(v, &p, sizeof(p));
	*cap = more;
	return 0;
}

const char *
leishu_strerror(int code)
{
	static const char *const text[] = {
		"no error",
		"out of memory",
		"input or output failed",
		"the data is damaged",
		"cannot be read",
		"too large",
		"there is no such thing",
		"invalid argument",
		"made by a newer version",
		"stopped",
	};

	if (code > 0 || -(long)code >= (long)NELEM(text))
		return "unknown error";
	return text[-code];
}

const char *
leishu_version(void)
{
	return LEISHU_VERSION;
}
