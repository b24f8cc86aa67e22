/* SPDX-License-Identifier: ISC */
/*
 * Everything that is done with a name: folding, terms, romanised strings in
 * every scheme, readings, alignment, sort keys.  The first byte chooses
 * where the input is cut into two.
 */
#include "base/buf.h"
#include "script/align.h"
#include "script/collate.h"
#include "script/fold.h"
#include "script/name.h"
#include "script/token.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool held)
{
	if (!held)
		abort();
}

static void
terms(struct bytes s)
{
	struct tokens *t;
	struct token k;
	size_t from = 0;
	uint32_t pos = 0;

	if (tokens_new(&t) < 0)
		return;
	tokens_start(t, s);
	while (tokens_next(t, &k)) {
		must(k.from >= from && k.from < k.to && k.to <= s.n);
		must(k.pos >= pos && k.term.n > 0);
		from = k.from;
		pos = k.pos;
	}
	tokens_free(t);
}

static void
romanised(struct bytes s)
{
	static struct roman_seq v[ROMAN_CANDS];
	struct buf b = { 0 };
	enum scheme scheme;
	size_t i, k, n;

	for (scheme = SCHEME_PINYIN; scheme < SCHEME__MAX; scheme++) {
		n = roman_parse(s, scheme, ROMAN_PARTIAL, v, NELEM(v));
		must(n <= NELEM(v));
		for (i = 0; i < n; i++) {
			must(v[i].n <= ROMAN_SYLS);
			for (k = 0; k < v[i].n; k++)
				must(SYL_ID(v[i].syl[k]) >= 1 &&
				    SYL_ID(v[i].syl[k]) <= syl_count() && v[i].at[k] < s.n);
			buf_clear(&b);
			roman_write(&b, v[i].syl, v[i].n, scheme, ROMAN_CAPITAL);
		}
	}
	buf_release(&b);
}

static void
aligned(struct bytes a, struct bytes b)
{
	struct align r;
	size_t at, i;

	(void)align(a, b, SCHEME_NONE, &r);
	must(r.n <= ALIGN_MAX && r.n <= r.chars);
	for (i = 0; i < r.n; i++)
		must(r.pair[i].han_from < r.pair[i].han_to && r.pair[i].han_to <= a.n &&
		    r.pair[i].rom_from < r.pair[i].rom_to && r.pair[i].rom_to <= b.n);
	if (align_end(b, a, &at, &r))
		must(at < b.n && r.n > 0 && r.pair[r.n - 1].rom_to <= b.n);
	if (align_begin(a, b, &at, &r))
		must(at > 0 && at <= b.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf out = { 0 }, group = { 0 };
	struct bytes all, first, second;
	size_t cut, i;

	if (size == 0 || size > 1 << 16)
		return 0;
	cut = data[0] * (size - 1) / 255;
	all = bytes_make(data + 1, size - 1);
	first = bytes_sub(all, 0, cut);
	second = bytes_sub(all, cut, all.n);
	terms(all);
	fold_name(all, &out);
	buf_clear(&out);
	fold_exact(all, &out);
	romanised(second);
	aligned(first, second);
	buf_clear(&out);
	name_json(&out, first, second);
	must(out.err == 0 && out.n > 2 && out.p[0] == '{' && out.p[out.n - 1] == '}');
	for (i = 0; i < COLLATE__MAX; i++) {
		buf_clear(&out);
		collate_key(&out, first, NULL, 0, (enum collation)i);
		collate_group(&group, buf_view(&out), (enum collation)i);
	}
	buf_release(&out);
	buf_release(&group);
	return 0;
}
