/* SPDX-License-Identifier: ISC */
/* The names of one entry look at each other. */
#include "annotate/inside.h"
#include "script/lang.h"
#include "script/name.h"

#define PAIR_MAX	64	/* names that are looked at with each other */

static struct bytes
spaced(const struct reading *r, struct arena *a)
{
	struct buf b = { 0 };
	struct bytes ret;

	roman_write(&b, r->syl, r->n, SCHEME_PINYIN, ROMAN_SPACED);
	ret = arena_buf(a, &b);
	buf_release(&b);
	return ret;
}

/* May this name be the reading of characters? */
static bool
may_read(const struct name *n)
{
	enum script s = script_of_text(n->form);

	if (n->lang.n && !bytes_starts(n->lang, B("zh")))
		return false;
	return s == SCRIPT_LATIN || s == SCRIPT_CYRILLIC || s == SCRIPT_BOPOMOFO;
}

/* A given reading in the usual form, where it fits; else it stays for the check. */
static void
reading_given(struct name *n, const char *han, struct arena *a)
{
	struct name_info info;

	if (n->reading.n == 0 ||
	    name_look(n->form, n->reading, han, READING_ANY, &info) != 0 || !info.given)
		return;
	n->reading = spaced(&info.reading[0], a);
}

static void
pair(struct entry *e, struct name *roman, struct arena *a)
{
	size_t i, n = MIN(e->n_names, PAIR_MAX);

	for (i = 0; i < n; i++) {
		struct name *han = &e->name[i];
		struct reading r;
		enum scheme scheme;

		if (han->origin == NAME_PROSE || script_of_text(han->form) != SCRIPT_HAN)
			continue;
		if ((scheme = name_pair(han->form, roman->form, &r)) == SCHEME_NONE)
			continue;
		if (roman->scheme.n == 0)
			roman->scheme = bytes_str(scheme_name(scheme));
		if (roman->lang.n == 0)
			roman->lang = bytes_str(scheme_lang(scheme));
		if (han->reading.n == 0)
			han->reading = spaced(&r, a);
	}
}

/* A scheme that was said gives the language. */
static void
scheme_said(struct name *n)
{
	enum scheme scheme = scheme_find(n->scheme);

	if (scheme == SCHEME_NONE)
		return;
	n->scheme = bytes_str(scheme_name(scheme));
	if (n->lang.n == 0)
		n->lang = bytes_str(scheme_lang(scheme));
}

/* Pinyin for sure: two syllables or more, a tone mark on each. */
static bool
all_toned(struct bytes form)
{
	struct roman_seq v;
	size_t i, marks = 0;

	for (i = 0; i < form.n; i++)
		marks += form.p[i] >= 0xc3;
	if (marks < 2 || roman_parse(form, SCHEME_PINYIN, 0, &v, 1) == 0 || v.n < 2)
		return false;
	for (i = 0; i < v.n; i++)
		if (SYL_TONE(v.syl[i]) == 0)
			return false;
	return true;
}

void
names_annotate(struct entry *e, const char *han, struct arena *a)
{
	const char *latin = bytes_starts(e->lang, B("zh")) ? NULL : arena_str(a, e->lang);
	size_t i;

	for (i = 0; i < e->n_names; i++) {
		struct name *n = &e->name[i];

		reading_given(n, han, a);
		if (n->scheme.n)
			scheme_said(n);
		else if (e->n_names > 1 && i < PAIR_MAX && may_read(n))
			pair(e, n, a);
		if (n->lang.n == 0)
			n->lang = all_toned(n->form) ? B("zh-Latn-pinyin") :
			    bytes_str(lang_guess(n->form, han, latin));
		if (n->scheme.n == 0 && bytes_eq(n->lang, B("zh-Latn-pinyin")))
			n->scheme = B("pinyin");
	}
}
