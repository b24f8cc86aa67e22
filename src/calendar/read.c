/* SPDX-License-Identifier: ISC */
/* The one way in: asks the reader that fits the script: calendar.h. */
#include "calendar/chinese.h"

#include "base/utf8.h"
#include "calendar/era_latin.h"

/* "jdn:2414554", "jdn:-3" */
static int
read_jdn(struct bytes s, struct date_candidate *ret, struct date_error *err)
{
	bool minus = s.n && s.p[0] == '-';
	uint64_t v;
	jdn_t j;

	s = bytes_sub(s, minus, s.n);
	if (!bytes_u64(s, INT32_MAX, &v))
		return date_fail(err, DATE_FAULT_SYNTAX, 5,
		    "jdn: wants a day number, as in jdn:2414554");
	j = minus ? -(jdn_t)v : (jdn_t)v;
	if (j < JDN_MIN || j > JDN_MAX)
		return date_fail(err, DATE_FAULT_YEAR, 5,
		    "the day %d is out of range (%d to %d)", j, JDN_MIN, JDN_MAX);
	*ret = (struct date_candidate){
		.v = date_value_make(j, j, DATE_DAY, DATE_CAL_NONE),
		.score = 1000, .reason = "a Julian day number",
	};
	return 1;
}

static int
read_han(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct date_error other;
	int n;

	if ((n = date_read_chinese(s, ctx, ret, max, err)) > 0)
		return n;
	n = date_read_western(s, ctx, ret, max, err ? &other : NULL);
	if (n < 0 && err && other.understood > err->understood)
		*err = other;
	return n;
}

static int
read_letters(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	char chinese[ERA_LATIN_MAX];
	size_t to;

	if (era_latin(s, 0, &to, chinese) && to == s.n)
		return date_read_chinese(bytes_str(chinese), ctx, ret, max, err);
	return date_read_western(s, ctx, ret, max, err);
}

int
date_read_either(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	return (chinese_letters(s) ? read_han : read_letters)(s, ctx, ret, max, err);
}

int
date_read(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct date_error other;
	struct date_candidate one;
	const unsigned char *nul;
	int n, around;

	s = bytes_trim(s);
	if (s.n > DATE_INPUT_MAX)
		return date_fail(err, DATE_FAULT_LIMIT, 0,
		    "%zu bytes are too long for a date (at most %d)", s.n,
		    DATE_INPUT_MAX);
	if (s.n == 0)
		return date_fail(err, DATE_FAULT_SYNTAX, 0, "nothing was written");
	if (bytes_starts(s, B("jdn:")))
		return read_jdn(bytes_sub(s, 4, s.n), max ? ret : &one, err);
	if ((nul = memchr(s.p, 0, s.n)) != NULL)
		return date_fail(err, DATE_FAULT_SYNTAX, 0,
		    "byte %zu is a NUL, which is in no date", (size_t)(nul - s.p) + 1);
	if (!chinese_letters(s))
		return read_letters(s, ctx, ret, max, err);
	s = date_bare(date_bare(s));
	if ((n = read_han(s, ctx, ret, max, err)) > 0 || utf8_check(s) != SIZE_MAX)
		return n;
	around = date_read_around(s, ctx, ret, max, err ? &other : NULL);
	if (around < 0 && err)
		*err = other;
	return around ? around : n;
}
