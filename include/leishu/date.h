/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_DATE_H
#define LEISHU_DATE_H

/*
 * One day in every calendar: Gregorian, Julian, and the Chinese calendars as
 * the states that used them counted, with sexagenary cycle, weekday and solar
 * term.  Unstable before 1.0; described in leishu(3) and leishu-date(1).
 */

#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

enum leishu_date_form {
	LEISHU_DATE_JSON,	/* one object, one line; the API's answer */
	LEISHU_DATE_TEXT,	/* an explanation in plain words */
	LEISHU_DATE_EDTF,	/* of the likeliest reading only, as all below */
	LEISHU_DATE_GREGORIAN,
	LEISHU_DATE_JULIAN,
	LEISHU_DATE_JDN,
	LEISHU_DATE_CHINESE,
};

struct leishu_date_options {
	size_t size;		/* sizeof(struct leishu_date_options) */
	enum leishu_date_form form;
	/*
	 * A state ("清"): of a day number, list it as this state counted and no
	 * other; of words, prefer this state.  NULL: all.
	 */
	const char *polity;
	/* The present day number: sexagenary years near it come first; 0: 2026. */
	int32_t today;
	unsigned limit;		/* most readings told; 0: all */
};

LEISHU_API void leishu_date_options_defaults(struct leishu_date_options *o);

/*
 * Reads n bytes of text as a date ("jdn:2414554" is one) and tells it in the
 * form asked for, without a newline at the end of JSON and the short forms.
 * Returns the number of ways to read it, and LEISHU_ESYNTAX when there is
 * none; then too *ret is set: the words that say why (in JSON the object with
 * "error").  Other failures leave it alone.  *ret is to be given to
 * leishu_date_free.
 */
LEISHU_API int leishu_date(const char *text, size_t n,
    const struct leishu_date_options *o, char **ret);
LEISHU_API void leishu_date_free(char *answer);	/* NULL is fine */

/* The form called so ("json", "text", "edtf", ...); LEISHU_ENOENT. */
LEISHU_API int leishu_date_form(const char *name, enum leishu_date_form *ret);

#ifdef __cplusplus
}
#endif
#endif
