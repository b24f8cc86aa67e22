/* SPDX-License-Identifier: ISC */
/* The page of results: names that fit, then texts. */
#include <inttypes.h>

#include <leishu/search.h>

#include "base/limits.h"
#include "render/render.h"
#include "render/said.h"
#include "render/web_gen.h"
#include "serve/pages.h"

#define PER_PAGE	20

static struct bytes
of(struct leishu_text t)
{
	return bytes_make(t.p, t.n);
}

/* "Results for 大連": words and the query, HTML. */
static struct bytes
heading(struct ctx *c, enum word w, struct bytes q)
{
	struct buf b = { 0 };
	struct page p = page_make(&b, c->page.ui);
	struct bytes h;

	page_html(&p, word(p.ui, w));
	buf_puts(&b, p.ui == UI_EN ? " " : "");
	page_runs(&p, q);
	h = arena_buf(c->a, &b);
	buf_release(&b);
	return h;
}

static void
item(struct ctx *c, struct bytes id, struct bytes title, struct bytes why, struct bytes snip,
    struct bytes lang)
{
	struct card card = { .title = title };
	uint32_t no = book_find_id(c->book, id);

	if (no != BOOK_NONE && book_card(c->book, no, &card) < 0)
		card = (struct card){ .title = title };
	T(&c->page, hit, .href = entry_href(c, id), .title = card.title,
	    .form = card_form(&card), .lang = card_lang(&card), .why = why,
	    .snip = snip, .sniplang = lang, .kind = said_word(c->page.ui, 0, card.kind));
}

static void
show_hit(struct ctx *c, const struct leishu_search_hit *h)
{
	struct bytes lang, snip = quoted(c, without_cites(c, of(h->plain)), &lang);

	item(c, of(h->id), of(h->title), of(h->why), snip, lang);
}

static void
results(struct ctx *c, struct bytes q, const struct leishu_search *s, uint64_t page)
{
	uint64_t total = leishu_search_total(s);
	uint64_t reach = MIN(total, LEISHU_SEARCH_DEEPEST);
	struct buf base = { 0 }, line = { 0 }, from = { 0 };
	struct page p = page_make(&line, c->page.ui);
	size_t i;

	page_word_num(&p, WORD_n_found, total);
	if (leishu_search_note(s)) {
		buf_puts(&line, p.ui == UI_EN ? " " : "");
		page_html(&p, word(p.ui, WORD_near_only));
	}
	T(&c->page, pagehead, .title = heading(c, WORD_results_for, q),
	    .line = buf_view(&line), .status = true,
	    .after = date_link(c, q));
	buf_printf(&from, "%" PRIu64, (page - 1) * PER_PAGE + 1);
	T(&c->page, hits_open, .from = buf_view(&from));
	for (i = 0; i < leishu_search_count(s); i++)
		show_hit(c, leishu_search_at(s, i));
	buf_puts(&base, "/search?q=");
	url_query(&base, q);
	T(&c->page, hits_close, 0);
	paging(c, buf_view(&base), word(c->page.ui, WORD_pages_of), page,
	    (reach + PER_PAGE - 1) / PER_PAGE);
	buf_puts(c->out, "</div>\n");
	buf_release(&base);
	buf_release(&line);
	buf_release(&from);
}

/* Entries by name, when no text has the words: initials, parts, other schemes. */
static void
names(struct ctx *c, struct bytes q, const struct leishu_hits *h)
{
	struct buf line = { 0 };
	struct page p = page_make(&line, c->page.ui);
	size_t i;

	page_word_num(&p, WORD_n_found, leishu_hits_total(h, NULL));
	T(&c->page, pagehead, .title = heading(c, WORD_results_for, q),
	    .line = buf_view(&line), .status = true,
	    .after = date_link(c, q));
	T(&c->page, hits_open, .from = B("1"));
	for (i = 0; i < leishu_hits_count(h); i++) {
		const struct leishu_hit *hit = leishu_hits_at(h, i);

		item(c, of(hit->id), of(hit->title), of(hit->why), B(""), B(""));
	}
	T(&c->page, hits_close, 0);
	buf_puts(c->out, "</div>\n");
	buf_release(&line);
}

/* Nothing: near names, what was tried, other ways in. */
static void
nothing(struct ctx *c, struct bytes q)
{
	struct buf items = { 0 }, list = { 0 };
	struct page p = page_make(&list, c->page.ui);
	struct leishu_find_options o;
	struct leishu_hits *h = NULL;
	const struct leishu_hit *best;

	leishu_find_options_defaults(&o);
	o.limit = PER_PAGE;
	if (leishu_find(c->vol->handle, (const char *)q.p, q.n, &o, &h) < 0)
		h = NULL;
	best = h ? leishu_hits_at(h, 0) : NULL;
	if (best && !bytes_eq(of(best->via), B("typo"))) {
		names(c, q, h);
		leishu_hits_free(h);
		return;
	}
	near_items(c, h, &items);
	if (items.n)
		T(&p, near_list, .items = buf_view(&items));
	T(&c->page, pagehead, .title = heading(c, WORD_nothing_for, q),
	    .line = word(c->page.ui, WORD_none_here), .status = true,
	    .after = date_link(c, q));
	T(&c->page, search_empty, .near = buf_view(&list));
	leishu_hits_free(h);
	buf_release(&items);
	buf_release(&list);
}

/* The page without a query: a field. */
static void
blank(struct ctx *c)
{
	struct bytes head = word(c->page.ui, WORD_search);

	c->keep = true;
	frame_open(c, &(struct frame){ .title = head, .noindex = true });
	T(&c->page, pagehead, .title = head);
	T(&c->page, search_form, 0);
	frame_close(c);
}

void
page_search(struct ctx *c)
{
	struct bytes q = bytes_trim(address_get(&c->rq->address, "q"));
	struct leishu_search_options o;
	struct leishu_search *s;
	uint64_t page;
	int rc;

	if (q.n == 0) {
		blank(c);
		return;
	}
	if (q.n > LIMIT_QUERY) {
		fail_param(c, "q", "is longer than 4096 bytes");
		return;
	}
	if (!param_num(c, "page", 1, LEISHU_SEARCH_DEEPEST / PER_PAGE, 1, &page))
		return;
	leishu_search_options_defaults(&o);
	o.limit = PER_PAGE;
	o.from = (unsigned)(page - 1) * PER_PAGE;
	if ((rc = leishu_search(c->vol->handle, (const char *)q.p, q.n, &o, &s)) < 0) {
		fail_code(c, rc);
		return;
	}
	c->keep = true;
	frame_open(c, &(struct frame){ .title = q, .query = q, .noindex = true });
	if (leishu_search_total(s) > 0)
		results(c, q, s, page);
	else
		nothing(c, q);
	frame_close(c);
	leishu_search_free(s);
}
