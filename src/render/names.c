/* SPDX-License-Identifier: ISC */
/* The table of names in the margin, with the schemes that follow from a reading. */
#include "render/inside.h"

#include "render/web_gen.h"
#include "script/name.h"

#define ROWS_MAX	48	/* forms in one row */

/* Which row of the table a name belongs in: first rule that fits. */
static const struct {
	const char *scheme, *lang;
	enum word label;
} rules[] = {
	{ "pinyin", NULL, WORD_n_pinyin },
	{ "wade-giles", NULL, WORD_n_wade },
	{ "palladius", NULL, WORD_n_palladius },
	{ "zhuyin", NULL, WORD_n_zhuyin },
	{ "postal", NULL, WORD_n_postal },
	{ NULL, "zh-Hant", WORD_n_hant },
	{ NULL, "zh-Hans", WORD_n_hans },
	{ NULL, "zh-Latn-pinyin", WORD_n_pinyin },
	{ NULL, "zh-Latn-wadegile", WORD_n_wade },
	{ NULL, "zh-Cyrl", WORD_n_palladius },
	{ NULL, "ru", WORD_n_ru },
	{ NULL, "ja-Latn", WORD_n_jalatn },
	{ NULL, "ja", WORD_n_ja },
	{ NULL, "ko", WORD_n_ko },
	{ NULL, "bo", WORD_n_bo },
	{ NULL, "mnc", WORD_n_mnc },
	{ NULL, "mn", WORD_n_mn },
	{ NULL, "sa", WORD_n_sa },
	{ NULL, "en", WORD_n_en },
	{ NULL, "fr", WORD_n_fr },
	{ NULL, "de", WORD_n_de },
	{ NULL, NULL, WORD_n_other },
};

static enum word
row_of(const struct name *n)
{
	struct bytes lang = name_lang(n);
	size_t i;

	for (i = 0; i + 1 < NELEM(rules); i++) {
		struct bytes l = bytes_str(rules[i].lang);

		if (rules[i].scheme ? bytes_eq(n->scheme, bytes_str(rules[i].scheme)) :
		    bytes_starts(lang, l) && (lang.n == l.n || lang.p[l.n] == '-'))
			break;
	}
	return rules[i].label;
}

static void
name_form(struct render *r, const struct name *n)
{
	struct buf form = { 0 }, span = { 0 };

	html_lang(&form, n->form, name_lang(n), &r->page.tongue);
	if (n->from.n || n->to.n) {
		buf_bytes(&span, n->from);
		buf_puts(&span, "–");
		buf_bytes(&span, n->to);
	}
	T(&r->page, names_form, .form = buf_view(&form), .span = buf_view(&span));
	buf_release(&form);
	buf_release(&span);
}

/* The title stands above already, unless it is in a language of its own. */
static bool
is_listed(const struct name *n)
{
	return n->origin == NAME_GIVEN ||
	    (n->origin == NAME_TITLE && !lang_is_latin(name_lang(n)));
}

/* What follows from the characters and their reading, where nothing is given. */
struct derived {
	enum word label;
	const char *lang;
	struct buf form;
};

#define DERIVED_MAX	4
#define DERIVED_SYLS	4	/* more are words, and where they part is not known */

static bool
is_plain_han(const struct name *n)
{
	return is_listed(n) && script_of_text(n->form) == SCRIPT_HAN &&
	    bytes_starts(name_lang(n), B("zh-Han"));
}

static void
derive_roman(const struct name *n, struct derived *d, enum word label, enum scheme s)
{
	struct name_info info;

	if (name_look(n->form, n->reading, NULL, READING_ANY, &info) < 0 ||
	    (n->reading.n == 0 && info.n_readings != 1) || info.n_readings == 0 ||
	    info.reading[0].n > DERIVED_SYLS)
		return;
	d->label = label;
	d->lang = scheme_lang(s);
	roman_write(&d->form, info.reading[0].syl, info.reading[0].n, s, ROMAN_CAPITAL);
}

/* Of the first name in Chinese characters; gives how many rows. */
static size_t
derive(const struct render *r, struct derived d[DERIVED_MAX])
{
	const struct name *n = NULL;
	size_t i;

	for (i = 0; i < r->e->n_names && n == NULL; i++)
		if (is_plain_han(&r->e->name[i]))
			n = &r->e->name[i];
	if (n == NULL)
		return 0;
	d[0].label = WORD_n_hans;
	d[0].lang = "zh-Hans";
	name_simplify(&d[0].form, n->form);
	if (bytes_eq(buf_view(&d[0].form), n->form))
		buf_clear(&d[0].form);
	derive_roman(n, &d[1], WORD_n_pinyin, SCHEME_PINYIN);
	derive_roman(n, &d[2], WORD_n_wade, SCHEME_WADE);
	derive_roman(n, &d[3], WORD_n_palladius, SCHEME_PALLADIUS);
	return DERIVED_MAX;
}

/* A form that follows may be given all the same, by its language alone. */
static bool
is_given(const struct entry *e, struct bytes form)
{
	size_t i;

	for (i = 0; i < e->n_names; i++)
		if (is_listed(&e->name[i]) && bytes_eq(e->name[i].form, form))
			return true;
	return false;
}

/* Forms the entry gives; one that follows only where there is none. */
static void
names_row(struct render *r, enum word label, const struct derived *d, size_t n_derived)
{
	struct buf forms = { 0 }, *out = r->page.out;
	size_t i, n = 0;

	r->page.out = &forms;
	for (i = 0; i < r->e->n_names && n < ROWS_MAX; i++)
		if (is_listed(&r->e->name[i]) && row_of(&r->e->name[i]) == label) {
			name_form(r, &r->e->name[i]);
			n++;
		}
	for (i = 0; i < n_derived && n == 0; i++)
		if (d[i].label == label && d[i].form.n &&
		    !is_given(r->e, buf_view(&d[i].form))) {
			struct buf form = { 0 };

			html_lang(&form, buf_view(&d[i].form), bytes_str(d[i].lang),
			    &r->page.tongue);
			T(&r->page, names_derived, .form = buf_view(&form));
			buf_release(&form);
			n++;
		}
	r->page.out = out;
	if (n)
		T(&r->page, names_row, .label = word(r->page.ui, label),
		    .forms = buf_view(&forms));
	buf_release(&forms);
}

void
names_table(struct render *r)
{
	static const enum word order[] = {
		WORD_n_hant, WORD_n_hans, WORD_n_pinyin, WORD_n_wade,
		WORD_n_palladius, WORD_n_zhuyin, WORD_n_postal, WORD_n_en,
		WORD_n_ru, WORD_n_ja, WORD_n_jalatn, WORD_n_ko, WORD_n_mnc,
		WORD_n_mn, WORD_n_bo, WORD_n_sa, WORD_n_fr, WORD_n_de,
		WORD_n_other,
	};
	struct derived d[DERIVED_MAX] = { 0 };
	struct buf rows = { 0 }, *out = r->page.out;
	size_t i, n = derive(r, d);

	r->page.out = &rows;
	for (i = 0; i < NELEM(order); i++)
		names_row(r, order[i], d, n);
	r->page.out = out;
	if (rows.n) {
		T(&r->page, names_open, 0);
		buf_bytes(out, buf_view(&rows));
		T(&r->page, names_close, 0);
	}
	buf_release(&rows);
	for (i = 0; i < DERIVED_MAX; i++)
		buf_release(&d[i].form);
}
