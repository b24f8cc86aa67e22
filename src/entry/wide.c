/* SPDX-License-Identifier: ISC */
#include "entry/wide.h"

#include "base/utf8.h"
#include "script/fold.h"

#define SHARED_MAX	4	/* shared signs in a row that are looked past */

bool
is_wide_letter(uint32_t cp)
{
	return is_han(cp) || is_private(cp) || (cp >= 0x3005 && cp <= 0x3007) ||
	    (cp >= 0x3021 && cp <= 0x312f && !is_wide_sign(cp)) ||
	    (cp >= 0x31a0 && cp <= 0x31ff) || (cp >= 0xff66 && cp <= 0xff9f);
}

bool
is_wide_sign(uint32_t cp)
{
	return (cp >= 0x3000 && cp <= 0x3004) || (cp >= 0x3008 && cp <= 0x3020) ||
	    cp == 0x3030 || cp == 0x303d || cp == 0x30fb ||
	    (cp >= 0xfe10 && cp <= 0xfe6b) || (cp >= 0xff01 && cp <= 0xff0f) ||
	    (cp >= 0xff1a && cp <= 0xff20) || (cp >= 0xff3b && cp <= 0xff40) ||
	    (cp >= 0xff5b && cp <= 0xff65);
}

/* Signs that Chinese text shares with others: quotes, dashes, dots. */
static bool
is_shared(uint32_t cp)
{
	return (cp >= 0x2014 && cp <= 0x2015) || (cp >= 0x2018 && cp <= 0x201d) ||
	    cp == 0x2026 || cp == 0xb7;
}

static enum width
width_of(uint32_t cp)
{
	/* Full-width digits and letters are set as Han is. */
	if (is_wide_letter(cp) || (cp >= 0xff10 && cp <= 0xff5a && !is_wide_sign(cp)))
		return WIDTH_LETTER;
	return is_wide_sign(cp) ? WIDTH_SIGN : WIDTH_NARROW;
}

enum width
width_before(struct bytes s, size_t at)
{
	size_t i, len;
	uint32_t cp;

	for (i = 0; at > 0 && i <= SHARED_MAX; i++) {
		at = utf8_prev(s, at);
		cp = utf8_get(s, at, &len, NULL);
		if (!is_shared(cp))
			return width_of(cp) == WIDTH_NARROW || i == 0 ? width_of(cp) :
			    WIDTH_SIGN;
	}
	return WIDTH_NARROW;
}

enum width
width_after(struct bytes s, size_t at)
{
	uint32_t cp;
	size_t i;

	for (i = 0; i <= SHARED_MAX && utf8_next(s, &at, &cp); i++)
		if (!is_shared(cp))
			return width_of(cp) == WIDTH_NARROW || i == 0 ? width_of(cp) :
			    WIDTH_SIGN;
	return WIDTH_NARROW;
}
