/* SPDX-License-Identifier: ISC */
/* The title page. */
#include "base/utf8.h"
#include "render/render.h"
#include "render/web_gen.h"
#include "script/lang.h"
#include "serve/inside.h"

#define LINE_MAX_BYTES	200	/* of the line under a title */

/* The first sentence of the first paragraph, or what fits of it. */
static struct bytes
first_line(const struct entry *e)
{
	uint32_t i;
	size_t at = 0;
	struct bytes s;

	for (i = 0; i < e->n_nodes && e->node[i].type != NODE_PARA; i = e->node[i].next)
		;
	if (i >= e->n_nodes)
		return (struct bytes){ NULL, 0 };
	s = bytes_sub(e->text, e->node[i].from, e->node[i].to);
	while (at < s.n) {
		size_t len;
		uint32_t cp = utf8_get(s, at, &len, NULL);

		at += len;
		if (cp == 0x3002 || ((cp == '.' || cp == '?' || cp == '!') && at > 40 &&
		    at < s.n && s.p[at] == ' '))
			break;
	}
	return at <= LINE_MAX_BYTES * 3 / 2 ? bytes_sub(s, 0, at) :
	    utf8_cut(s, LINE_MAX_BYTES);
}

static void
home_card(struct ctx *c, uint32_t no)
{
	struct buf line = { 0 };
	struct entry *e;
	struct card card;
	struct tongue t;
	struct bytes s;

	if (book_card(c->book, no, &card) < 0 || book_entry(c->book, no, c->a, &e) < 0)
		return;
	t = tongue_make(e->lang, render_han(e));
	s = first_line(e);
	html_runs(&line, s, &t);
	if (s.n && s.p + s.n < e->text.p + e->text.n && s.n <= LINE_MAX_BYTES &&
	    s.n > LINE_MAX_BYTES - 4)
		buf_puts(&line, "…");
	T(&c->page, home_card, .href = entry_href(c, card.id), .title = card.title,
	    .form = card_form(&card), .lang = card_lang(&card), .textlang = t.lang,
	    .line = buf_view(&line));
	buf_release(&line);
}

static void
home_division(struct ctx *c, const struct division *d)
{
	struct buf href = { 0 };

	buf_puts(&href, "/browse/subject?g=");
	url_query(&href, d->key);
	T(&c->page, home_division, .href = buf_view(&href), .title = d->title[c->page.ui],
	    .glyph = d->glyph, .count = d->count);
	buf_release(&href);
}

/* Names to try, of the entries shown: one in Han, one romanised, one Cyrillic. */
static void
home_tries(struct ctx *c)
{
	const struct site *s = &c->vol->site;
	bool have[SCRIPT__MAX] = { false };
	size_t i, k;
	unsigned n = 0;

	for (i = 0; i < s->n_chosen && n < 4; i++) {
		struct entry *e;

		if (book_entry(c->book, s->chosen[i], c->a, &e) < 0)
			continue;
		for (k = 1; k < e->n_names && n < 4; k++) {
			struct bytes form = e->name[k].form;
			enum script sc = script_of_text(form);
			struct buf q = { 0 };

			if (have[sc] || form.n > 40 || e->name[k].origin != NAME_GIVEN)
				continue;
			have[sc] = true;
			n++;
			url_query(&q, form);
			T(&c->page, home_try, .q = buf_view(&q), .word = form,
			    .lang = bytes_str(lang_guess(form, NULL, "en")));
			buf_release(&q);
			break;
		}
	}
}

void
page_home(struct ctx *c)
{
	const struct site *s = &c->vol->site;
	struct buf divs = { 0 }, cards = { 0 }, tries = { 0 };
	struct bytes sitelang = s->title_lang[c->page.ui];
	size_t i;

	c->keep = true;
	c->page.out = &divs;
	for (i = 0; i < s->n_divisions; i++)
		home_division(c, &s->division[i]);
	c->page.out = &cards;
	for (i = 0; i < s->n_chosen; i++)
		home_card(c, s->chosen[i]);
	c->page.out = &tries;
	home_tries(c);
	c->page.out = c->out;
	if (bytes_eq(sitelang, bytes_str(ui_tag(c->page.ui))))
		sitelang.n = 0;
	frame_open(c, &(struct frame){ .bare = true });
	T(&c->page, home, .site = s->title[c->page.ui], .sitelang = sitelang,
	    .count = book_count(c->book), .tries = buf_view(&tries),
	    .divisions = buf_view(&divs), .cards = buf_view(&cards));
	frame_close(c);
	buf_release(&divs);
	buf_release(&cards);
	buf_release(&tries);
}
