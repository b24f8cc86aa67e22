/* SPDX-License-Identifier: ISC */
/*
 * The orders of single characters against ICU's, which sorts by the one
 * reading it thinks the common one: every character of the main block in
 * ICU's order, and how many neighbours stand the other way round here.  What
 * sounds alike or has as many strokes has no order all agree on.
 */
#include <unicode/ucol.h>

#include "t.h"

#include "script/collate.h"
#include "script/han.h"
#include "script/roman.h"

#define FIRST	0x4e00u
#define LAST	0x9fa5u
#define N	(LAST - FIRST + 1)

static struct row {
	uint32_t cp;
	uint8_t icu[32];
	struct buf own;
} rows[N];

static int
by_icu(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return strcmp((const char *)x->icu, (const char *)y->icu);
}

/* Whether no other reading is nearly as common: there ICU may differ. */
static bool
is_plain(uint32_t cp)
{
	uint16_t v[HAN_READINGS];
	uint8_t cost[HAN_READINGS];
	size_t n = han_readings(cp, v, cost, NELEM(v));

	return n == 1 || (n > 1 && cost[1] >= 6);
}

/* What of a key is sound, strokes or radical, before the ties are broken. */
static struct bytes
main_part(const struct buf *key, enum collation how)
{
	static const size_t tail[COLLATE__MAX] = {
		[COLLATE_PINYIN] = 5 + 4, [COLLATE_ZHUYIN] = 5 + 4,
		[COLLATE_STROKE] = 4 + 4, [COLLATE_RADICAL] = 3 + 4,
	};

	return bytes_make(key->p, key->n - MIN(key->n, tail[how]));
}

static void
compare(const char *locale, enum collation how, double least)
{
	UErrorCode e = U_ZERO_ERROR;
	UCollator *c = ucol_open(locale, &e);
	size_t i, n = 0, pairs = 0, same = 0;

	t_case("%s", locale);
	t_ok(U_SUCCESS(e));
	if (!U_SUCCESS(e))
		return;
	for (i = 0; i < N; i++) {
		UChar u = (UChar)(FIRST + i);
		struct buf form = { 0 };

		rows[n].cp = u;
		if (ucol_getSortKey(c, &u, 1, rows[n].icu, sizeof(rows[n].icu)) > 32 ||
		    !is_plain(u))
			continue;
		buf_utf8(&form, u);
		buf_clear(&rows[n].own);
		collate_key(&rows[n].own, buf_view(&form), NULL, 0, how);
		buf_release(&form);
		n++;
	}
	qsort(rows, n, sizeof(*rows), by_icu);
	for (i = 1; i < n; i++) {
		pairs++;
		if (bytes_cmp(main_part(&rows[i - 1].own, how),
		    main_part(&rows[i].own, how)) <= 0)
			same++;
	}
	t_note("%s: %zu characters, %.2f %% of neighbours in the same order",
	    locale, n, 100. * (double)same / (double)pairs);
	t_ok((double)same >= least * (double)pairs);
	ucol_close(c);
}

int
main(void)
{
	size_t i;

	compare("zh-u-co-pinyin", COLLATE_PINYIN, 0.97);
	compare("zh-u-co-stroke", COLLATE_STROKE, 0.93);
	compare("zh-u-co-zhuyin", COLLATE_ZHUYIN, 0.95);
	compare("zh-u-co-unihan", COLLATE_RADICAL, 0.99);
	for (i = 0; i < N; i++)
		buf_release(&rows[i].own);
	return t_done();
}
