/* SPDX-License-Identifier: ISC */
/* Notes, references, links: what stands below the prose. */
#include "render/inside.h"

#include "render/web_gen.h"

#define IN_SHOWN	12	/* entries that link here, by name */
#define OUT_MAX		200

/* --- notes --------------------------------------------------------------- */

static void
note_item(struct render *r, const struct note *note)
{
	struct buf text = { 0 }, back = { 0 }, n = { 0 }, at = { 0 };
	struct buf *out = r->page.out;
	const struct node *node = &r->e->node[note->node];
	uint32_t i;

	buf_printf(&n, "%u", note->number);
	r->page.out = &text;
	for (i = note->node + 1; i < node->next; i = r->e->node[i].next)
		if (r->e->node[i].type == NODE_PARA) {
			if (text.n)
				buf_puts(&text, "<br>");
			body_words(r, i);
		} else
			render_blocks(r, i, r->e->node[i].next, &text);
	r->page.out = &back;
	for (i = 1; i <= note->refs; i++) {
		buf_clear(&at);
		buf_printf(&at, i > 1 ? "%u-%u" : "%u", note->number, i);
		T(&r->page, note_back, .at = buf_view(&at), .n = buf_view(&n));
	}
	r->page.out = out;
	T(&r->page, notes_item, .n = buf_view(&n), .text = buf_view(&text),
	    .back = buf_view(&back));
	buf_release(&text);
	buf_release(&back);
	buf_release(&n);
	buf_release(&at);
}

static void
sec_open(struct render *r, const char *label, enum word head, bool wide)
{
	T(&r->page, sec_open, .label = bytes_str(label),
	    .head = word(r->page.ui, head), .wide = wide);
}

void
notes_section(struct render *r)
{
	struct tongue ui = r->page.tongue;
	size_t i;

	if (r->n_notes == 0)
		return;
	sec_open(r, "notes", WORD_notes, false);
	buf_puts(r->page.out, "<ol class=\"refs\" lang=\"");
	html_escape(r->page.out, r->e->lang.n ? r->e->lang : B("en"));
	buf_puts(r->page.out, "\">");
	r->page.tongue = tongue_make(r->e->lang, render_han(r->e));
	for (i = 0; i < r->n_notes; i++)
		note_item(r, &r->note[i]);
	r->page.tongue = ui;
	buf_puts(r->page.out, "</ol>\n</div>\n</section>\n");
}

/* --- references, and how to cite ----------------------------------------- */

static void
cite_box(struct render *r)
{
	struct buf id = { 0 }, address = { 0 }, date = { 0 };
	struct page p = page_make(&date, r->page.ui);

	page_date(&p, r->e->updated.n ? r->e->updated : r->e->published, NULL);
	url_path(&id, r->e->id);
	buf_bytes(&address, r->env.origin);
	buf_puts(&address, r->env.base);
	T(&r->page, cite, .en = p.ui == UI_EN, .title = r->e->title, .site = r->env.site,
	    .date = buf_view(&date),
	    .address = buf_view(&address), .id = buf_view(&id), .refs = r->refs.n > 0);
	buf_release(&id);
	buf_release(&address);
	buf_release(&date);
}

/* Paragraphs of "Further reading" as they were written. */
static void
further(struct render *r)
{
	uint32_t i, k;

	for (i = 0; i < r->e->n_nodes; i++) {
		if (r->e->node[i].type != NODE_SECTION_REFS)
			continue;
		for (k = i + 1; k < r->e->node[i].next; k = r->e->node[k].next) {
			if (r->e->node[k].type != NODE_PARA)
				continue;
			buf_puts(r->page.out, "<li>");
			body_words(r, k);
			buf_puts(r->page.out, "</li>\n");
		}
	}
}

static bool
has_terms(const struct render *r)
{
	size_t i;

	for (i = 0; i < r->n_terms && r->term[i].shown == 0; i++)
		;
	return i < r->n_terms;
}

void
references_section(struct render *r)
{
	struct tongue ui = r->page.tongue;
	struct buf list = { 0 }, *out = r->page.out;
	size_t i;

	r->page.out = &list;
	r->page.tongue = tongue_make(r->e->lang, render_han(r->e));
	refs_sort(&r->refs);
	for (i = 0; i < r->refs.n; i++) {
		if (r->refs.v[i].key.n == 0 && r->has_further)
			continue;	/* made of the paragraph that follows */
		buf_puts(&list, "<li id=\"ref-");
		url_path(&list, r->refs.v[i].key);
		buf_puts(&list, "\">");
		ref_html(&r->refs.v[i], &list, &r->page.tongue);
		buf_puts(&list, "</li>\n");
	}
	further(r);
	r->page.out = out;
	r->page.tongue = ui;
	sec_open(r, list.n ? "refs" : "cite",
	    list.n ? WORD_references : WORD_citation, false);
	if (list.n) {
		buf_puts(out, "<ul class=\"refs\" lang=\"");
		html_escape(out, r->e->lang.n ? r->e->lang : B("en"));
		buf_puts(out, "\">");
		buf_bytes(out, buf_view(&list));
		buf_puts(out, "</ul></div>\n<aside>");
		cite_box(r);
	} else {
		cite_box(r);
		buf_puts(out, has_terms(r) ? "</div>\n<aside>" : "</div>\n");
	}
	term_list(r);
	buf_puts(out, list.n || has_terms(r) ? "</aside>\n</section>\n" : "</section>\n");
	buf_release(&list);
}

/* --- links --------------------------------------------------------------- */

static void
link_item(struct render *r, uint32_t no, bool bare)
{
	struct buf href = { 0 };
	struct card c;

	if (book_card(r->env.book, no, &c) < 0)
		return;
	buf_puts(&href, r->env.base);
	url_path(&href, c.id);
	if (bare) {
		buf_puts(r->page.out, "<a href=\"");
		buf_bytes(r->page.out, buf_view(&href));
		buf_puts(r->page.out, "\">");
		page_runs(&r->page, c.title);
		buf_puts(r->page.out, "</a>");
	} else
		T(&r->page, link_item, .href = buf_view(&href), .title = c.title,
		    .form = card_form(&c), .lang = card_lang(&c));
	buf_release(&href);
}

/* Entries this one names in [[links]], each once, in order. */
static void
links_out(struct render *r)
{
	struct map seen = { 0 };
	uint32_t i, n = 0;

	for (i = 0; i < r->e->n_nodes && n < OUT_MAX; i++) {
		uint32_t no;
		bool fresh;

		if (r->e->node[i].type != NODE_XREF || (no = book_resolve(r->env.book,
		    r->e->node[i].arg)) == BOOK_NONE || no == r->env.no)
			continue;
		if (map_put(&seen, bytes_make(&no, sizeof(no)), &fresh) == NULL || !fresh)
			continue;
		link_item(r, no, false);
		n++;
	}
	map_release(&seen);
}

static void
links_in(struct render *r)
{
	uint32_t *v;
	size_t i, n;

	if (r->env.no == BOOK_NONE ||
	    book_links_in(r->env.book, r->env.no, r->a, &v, &n) < 0 || n == 0)
		return;
	buf_puts(r->page.out, "<aside><h3 class=\"label\">");
	page_word_num(&r->page, WORD_linked_from, n);
	buf_puts(r->page.out, "</h3><p class=\"inlinks\">");
	for (i = 0; i < n && i < IN_SHOWN; i++) {
		buf_puts(r->page.out, i ? ", " : "");
		link_item(r, v[i], true);
	}
	if (n > IN_SHOWN) {
		buf_puts(r->page.out, ", ");
		page_word_num(&r->page, WORD_and_more, n - IN_SHOWN);
	}
	buf_puts(r->page.out, "</p></aside>\n");
}

void
links_section(struct render *r)
{
	struct buf list = { 0 }, in = { 0 }, *out = r->page.out;

	if (r->env.book == NULL)
		return;
	r->page.out = &list;
	links_out(r);
	r->page.out = &in;
	links_in(r);
	r->page.out = out;
	if (list.n || in.n) {
		T(&r->page, sec_open, .label = B("see"),
		    .head = word(r->page.ui, WORD_see_also), .noprint = true);
		if (list.n) {
			buf_puts(out, "<ul class=\"links\">");
			buf_bytes(out, buf_view(&list));
			buf_puts(out, "</ul>");
		}
		buf_puts(out, "</div>\n");
		buf_bytes(out, buf_view(&in));
		buf_puts(out, "</section>\n");
	}
	buf_release(&list);
	buf_release(&in);
}
