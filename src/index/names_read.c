/* SPDX-License-Identifier: ISC */
#include "index/names_read.h"

#include "base/utf8.h"
#include "script/align.h"
#include "script/fold.h"
#include "script/lang.h"

#define OTHER_MAX	24	/* bytes beside the Han of a name that is read */

/* The longer a name, the fewer ways to read it are worth their space. */
static size_t
readings_for(size_t n_han)
{
	static const struct { size_t han, readings; } most[] = {
		{ 4, NAMES_READINGS }, { 6, 4 }, { 8, 2 },
	};
	size_t i;

	for (i = 0; i < NELEM(most); i++)
		if (n_han <= most[i].han)
			return most[i].readings;
	return 1;
}

/* Han characters in s; SIZE_MAX when it is not one to be read. */
static size_t
count_han(struct bytes s)
{
	size_t at = 0, han = 0, was;
	size_t other = 0;
	uint32_t cp;

	for (was = 0; utf8_next(s, &at, &cp); was = at) {
		if (is_han(cp))
			han++;
		else
			other += at - was;
	}
	return han == 0 || han > READING_SYLS || other > OTHER_MAX ? SIZE_MAX : han;
}

static void
take_syls(struct name_read *r, const uint16_t *syl, size_t n, enum name_via via)
{
	r->via = (uint8_t)via;
	r->n = (uint16_t)MIN(n, READING_SYLS);
	memcpy(r->syl, syl, r->n * sizeof(*syl));
}

/* The reading that roman is of form, in whatever scheme. */
static bool
fits(struct bytes form, struct bytes roman, struct name_read *r)
{
	struct align a;
	size_t i;

	if (!align(form, roman, SCHEME_NONE, &a) || a.n > READING_SYLS)
		return false;
	r->via = NAME_VIA_GIVEN;
	r->n = a.n;
	for (i = 0; i < a.n; i++)
		r->syl[i] = a.pair[i].syl;
	return true;
}

static bool
same_read(const struct name_read *a, const struct name_read *b)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (SYL_ID(a->syl[i]) != SYL_ID(b->syl[i]))
			return false;
	return true;
}

static size_t
add_read(struct name_read *v, size_t n, size_t cap, const struct name_read *r)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (same_read(&v[i], r))
			return n;
	if (n < cap)
		v[n++] = *r;
	return n;
}

static size_t
likely(struct bytes form, size_t n_han, struct name_read *v, size_t cap)
{
	struct reading list[NAMES_READINGS];
	struct name_read r;
	size_t most = MIN(MIN(cap, NELEM(list)), readings_for(n_han));
	size_t got = reading_of(form, READING_ANY, list, most), n = 0, i;

	for (i = 0; i < got; i++) {
		take_syls(&r, list[i].syl, list[i].n, i ? NAME_VIA_OTHER : NAME_VIA_USUAL);
		n = add_read(v, n, cap, &r);
	}
	return n;
}

size_t
names_read(const struct entry *e, const struct name *name,
    struct name_read *v, size_t cap)
{
	struct bytes form = name->form;
	struct name_read r;
	size_t han = count_han(form), n = 0, k;
	enum script s;

	if (han == SIZE_MAX)
		return 0;
	if (name->reading.n && fits(form, name->reading, &r)) {
		v[0] = r;
		return 1;
	}
	for (k = 0; k < e->n_names; k++) {
		s = script_of_text(e->name[k].form);
		if ((s == SCRIPT_LATIN || s == SCRIPT_CYRILLIC) &&
		    fits(form, e->name[k].form, &r))
			n = add_read(v, n, cap, &r);
	}
	return n ? n : likely(form, han, v, cap);
}

size_t
names_read_again(struct bytes form, bool known, struct bytes reading,
    struct name_read *v, size_t cap)
{
	size_t han = count_han(form), n;

	if (han == SIZE_MAX)
		return 0;
	if (known && reading.n && fits(form, reading, v))
		return 1;
	n = likely(form, han, v, cap);
	return known ? MIN(n, 1) : n;
}

void
names_read_key(struct bytes form, const struct name_read *r, struct buf *out)
{
	size_t at = 0, from = 0, was, k = 0, begin = out->n;
	uint32_t cp;

	for (was = 0; utf8_next(form, &at, &cp); was = at) {
		if (!is_han(cp))
			continue;
		if (k == r->n || SYL_ID(r->syl[k]) == 0) {
			out->n = begin;
			return;
		}
		fold_name(bytes_sub(form, from, was), out);
		roman_key(out, &r->syl[k++], 1);
		from = at;
	}
	fold_name(bytes_sub(form, from, form.n), out);
}
