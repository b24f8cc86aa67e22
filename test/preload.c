/* SPDX-License-Identifier: ISC */
/*
 * Loaded before the C library, it lets memory run out at a given moment:
 *
 *   LEISHU_FAIL_AT=N    the Nth allocation of the process gives NULL
 *   LEISHU_FAIL_FROM=N  and all after it, too
 *
 * How many there were is written to the file LEISHU_FAIL_LOG at the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void	*__libc_malloc(size_t);
void	*__libc_calloc(size_t, size_t);
void	*__libc_realloc(void *, size_t);

static atomic_ullong allocations;
static unsigned long long fail_at;
static int for_ever, ready;

static unsigned long long
number(const char *name)
{
	const char *s = getenv(name);

	return s ? strtoull(s, NULL, 10) : 0;
}

__attribute__((constructor)) static void
start(void)
{
	fail_at = number("LEISHU_FAIL_AT");
	if (number("LEISHU_FAIL_FROM")) {
		fail_at = number("LEISHU_FAIL_FROM");
		for_ever = 1;
	}
	ready = 1;
}

__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("LEISHU_FAIL_LOG");
	char line[32];
	int fd, n;

	ready = 0;
	if (path == NULL || (fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600)) < 0)
		return;
	n = snprintf(line, sizeof(line), "%llu\n", allocations);
	if (n > 0 && write(fd, line, (size_t)n) != n)
		(void)unlink(path);
	(void)close(fd);
}

static int
fails(void)
{
	unsigned long long n;

	if (!ready)
		return 0;
	n = atomic_fetch_add(&allocations, 1) + 1;
	if (fail_at == 0 || n < fail_at || (n > fail_at && !for_ever))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}
