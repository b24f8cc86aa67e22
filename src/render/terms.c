/* SPDX-License-Identifier: ISC */
/* Terms: a romanised form and its characters side by side, with a gloss. */
#include "render/inside.h"

#include "render/web_gen.h"
#include "script/fold.h"
#include "script/name.h"

struct target {
	struct buf href;
	struct bytes title;
};

/* The other entry that has this name, if there is one. */
static void
find_entry(const struct render *r, struct bytes han, struct target *ret)
{
	struct card card;
	uint32_t no;

	*ret = (struct target){ { 0 }, { NULL, 0 } };
	if (r->env.book == NULL || (no = book_resolve(r->env.book, han)) == BOOK_NONE ||
	    no == r->env.no || book_card(r->env.book, no, &card) < 0)
		return;
	ret->title = card.title;
	buf_puts(&ret->href, r->env.base);
	url_path(&ret->href, card.id);
}

static struct bytes
han_lang(const struct render *r, struct bytes han)
{
	char def[16];

	(void)snprintf(def, sizeof(def), "%.*s", (int)MIN(r->page.tongue.han.n, 15),
	    (const char *)r->page.tongue.han.p);
	if (bytes_starts(r->page.tongue.han, B("ja")))
		return B("ja");
	return bytes_str(lang_guess(han, strcmp(def, "zh-Hans") == 0 ? "zh-Hans" :
	    "zh-Hant", NULL));
}

static struct term *
term_get(struct render *r, const struct span *s, size_t *no)
{
	uint64_t *at = map_get(&r->term_of, s->b);

	if (at == NULL)
		return NULL;
	*no = (size_t)*at;
	return &r->term[*at - 1];
}

/* A name has a capital in pinyin: that of its first letter, with a mark or without. */
static bool
is_name(struct bytes reading)
{
	struct buf low = { 0 };
	bool yes;

	fold_exact(reading, &low);
	yes = !bytes_eq(buf_view(&low), reading);
	buf_release(&low);
	return yes;
}

/* As older books spell it; nothing where the reading does not fit. */
static void
wade_giles(struct bytes han, struct bytes reading, struct buf *out)
{
	struct name_info info;

	if (reading.n && name_look(han, reading, NULL, READING_ANY, &info) == 0 && info.given)
		roman_write(out, info.reading[0].syl, info.reading[0].n, SCHEME_WADE,
		    is_name(reading) ? ROMAN_CAPITAL : 0);
}

static void
han_part(struct render *r, const struct span *s, struct bytes han)
{
	struct buf id = { 0 }, simple = { 0 }, wade = { 0 };
	struct bytes lang = han_lang(r, han), show = han;
	struct target to;
	struct term *t;
	size_t no;

	if (!bytes_eq(tongue_shown(&r->page.tongue, lang), lang)) {
		lang = tongue_shown(&r->page.tongue, lang);
		name_simplify(&simple, han);
		show = buf_view(&simple);
	}

	if (r->env.ruby && s->c.n) {
		buf_puts(r->page.out, "<span lang=\"");
		html_escape(r->page.out, lang);
		buf_puts(r->page.out, "\">");
		T(&r->page, ruby, .han = show, .reading = s->c);
		buf_puts(r->page.out, "</span>");
		goto out;
	}
	if ((t = term_get(r, s, &no)) == NULL) {
		html_lang(r->page.out, show, lang, &r->page.tongue);
		goto out;
	}
	buf_printf(&id, "%zu", no);
	T(&r->page, term, .id = buf_view(&id), .lang = lang, .han = show);
	if (t->shown++ == 0) {
		find_entry(r, han, &to);
		wade_giles(han, s->c, &wade);
		T(&r->page, gloss, .wade = buf_view(&wade), .id = buf_view(&id), .lang = lang,
		    .han = show, .reading = s->c, .entry = to.title, .href = buf_view(&to.href));
		buf_release(&to.href);
	}
out:
	buf_release(&id);
	buf_release(&simple);
	buf_release(&wade);
}

/*
 * Names are roman, words italic.  The tag says pinyin unless the form has
 * signs pinyin does not: a hyphen before a small letter, an aspiration mark.
 */
static void
roman_part(struct render *r, struct bytes s)
{
	bool word = s.n && s.p[0] >= 'a' && s.p[0] <= 'z', wade = false;
	size_t i;

	for (i = 0; i + 1 < s.n; i++)
		wade |= s.p[i] == '-' && s.p[i + 1] >= 'a' && s.p[i + 1] <= 'z';
	wade |= bytes_find(s, B("\xca\xbb")) != SIZE_MAX ||
	    bytes_find(s, B("\xca\xbc")) != SIZE_MAX;
	buf_printf(r->page.out, "<%s lang=\"%s\">", word ? "i" : "span",
	    wade ? "zh-Latn-wadegile" : "zh-Latn-pinyin");
	html_escape(r->page.out, s);
	buf_puts(r->page.out, word ? "</i>" : "</span>");
}

void
term_html(struct render *r, const struct span *s)
{
	struct bytes all = bytes_sub(r->e->text, s->from, s->to);
	size_t roman = s->a.n ? bytes_find(all, s->a) : SIZE_MAX;
	size_t han = s->b.n ? bytes_find(all, s->b) : SIZE_MAX;
	size_t at = 0, turn;

	for (turn = 0; turn < 2; turn++) {
		bool first = turn == 0 ? roman <= han : roman > han;
		size_t pos = first ? roman : han, n = first ? s->a.n : s->b.n;

		if (pos == SIZE_MAX || pos < at)
			continue;
		page_runs(&r->page, bytes_sub(all, at, pos));
		if (first)
			roman_part(r, bytes_sub(all, pos, pos + n));
		else
			han_part(r, s, bytes_sub(all, pos, pos + n));
		at = pos + n;
	}
	page_runs(&r->page, bytes_sub(all, at, all.n));
}

void
term_list(struct render *r)
{
	struct buf items = { 0 };
	struct buf *out = r->page.out;
	size_t i;

	r->page.out = &items;
	for (i = 0; i < r->n_terms; i++) {
		struct target to;

		if (r->term[i].shown == 0)
			continue;
		find_entry(r, r->term[i].han, &to);
		T(&r->page, terms_item, .han = r->term[i].han,
		    .lang = han_lang(r, r->term[i].han), .reading = r->term[i].pinyin,
		    .entry = to.title, .href = buf_view(&to.href));
		buf_release(&to.href);
	}
	r->page.out = out;
	if (items.n)
		T(&r->page, terms, .items = buf_view(&items));
	buf_release(&items);
}
