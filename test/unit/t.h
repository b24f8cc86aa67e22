/* SPDX-License-Identifier: ISC */
#ifndef TEST_T_H
#define TEST_T_H

/*
 * A unit test is a table and a loop.  t_case() names the case; the checks
 * after it belong to it; the result is printed as TAP, a line a case.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/base.h"

static struct {
	char name[512];
	int n;		/* cases begun */
	int bad;	/* checks failed in this case */
	int failed;	/* cases failed */
} t_;

static inline void
t_close_(void)
{
	if (t_.n == 0)
		return;
	printf("%sok %d - %s\n", t_.bad ? "not " : "", t_.n, t_.name);
	t_.failed += t_.bad != 0;
	t_.bad = 0;
}

PRINTF(1, 2) static inline void
t_case(const char *fmt, ...)
{
	va_list ap;
	char *s;

	t_close_();
	va_start(ap, fmt);
	(void)vsnprintf(t_.name, sizeof(t_.name), fmt, ap);
	va_end(ap);
	for (s = t_.name; *s; s++)	/* '#' would begin a TAP directive */
		if (*s == '#' || *s == '\n')
			*s = ' ';
	t_.n++;
}

PRINTF(1, 2) static inline void
t_note(const char *fmt, ...)
{
	va_list ap;

	printf("# ");
	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
}

static inline void
t_int_(const char *file, int line, const char *what, int64_t got, int64_t want)
{
	if (got == want)
		return;
	t_.bad++;
	t_note("%s:%d: %s is %" PRId64 ", not %" PRId64, file, line, what, got, want);
}

static inline void
t_bytes_(const char *file, int line, const char *what, struct bytes got, struct bytes want)
{
	if (bytes_eq(got, want))
		return;
	t_.bad++;
	t_note("%s:%d: %s is \"%.*s\", not \"%.*s\"", file, line, what,
	    (int)got.n, (const char *)got.p, (int)want.n, (const char *)want.p);
}

#define t_int(got, want)	t_int_(__FILE__, __LINE__, #got, (int64_t)(got), (int64_t)(want))
#define t_ok(cond)		t_int_(__FILE__, __LINE__, #cond, (cond) ? 1 : 0, 1)
#define t_bytes(got, want)	t_bytes_(__FILE__, __LINE__, #got, got, want)
#define t_str(got, want)	t_bytes_(__FILE__, __LINE__, #got, bytes_str(got), bytes_str(want))

/* The whole file could not run, for this reason. */
static inline int
t_skip_all(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	return 0;
}

static inline int
t_done(void)
{
	t_close_();
	printf("1..%d\n", t_.n);
	return t_.failed != 0;
}

#endif
