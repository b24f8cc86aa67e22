/* SPDX-License-Identifier: ISC */
/* An entry: its page and its other forms. */
#include <leishu/find.h>

#include "render/render.h"
#include "render/web_gen.h"
#include "serve/inside.h"

static struct bytes
division(const void *ctx, struct bytes key)
{
	const struct ctx *c = ctx;

	return site_division(&c->vol->site, c->page.ui, key);
}

static struct render_env
env_of(struct ctx *c, uint32_t no)
{
	return (struct render_env){
		.book = c->book, .no = no, .base = "/e/", .date = "/date?q=",
		.site = c->vol->site.title[c->page.ui],
		.origin = origin_of(c), .division = division, .ctx = c,
		.ui = c->page.ui, .hans = c->rq->prefs.hans, .ruby = c->rq->prefs.ruby,
	};
}

static void
pager_item(struct ctx *c, uint32_t no, const char *rel, enum word label)
{
	struct card card;

	if (book_card(c->book, no, &card) < 0)
		return;
	T(&c->page, pager_item, .rel = bytes_str(rel), .href = entry_href(c, card.id),
	    .label = word(c->page.ui, label), .title = card.title,
	    .form = card_form(&card), .lang = card_lang(&card));
}

static void
pager(struct ctx *c, uint32_t no)
{
	uint32_t n = book_count(c->book);

	if (n < 2)
		return;
	T(&c->page, pager_open, 0);
	if (no > 0)
		pager_item(c, no - 1, "prev", WORD_previous);
	if (no + 1 < n)
		pager_item(c, no + 1, "next", WORD_next_entry);
	buf_puts(c->out, "</nav>\n");
}

static void
html(struct ctx *c, uint32_t no, const struct entry *e)
{
	struct render_env env = env_of(c, no);
	struct buf headlines = { 0 };
	struct bytes href = entry_href(c, e->id);
	struct render *r;
	int rc;

	if ((rc = render_new(e, &env, c->a, &r)) < 0) {
		fail_code(c, rc);
		return;
	}
	c->keep = true;
	buf_puts(&headlines, "<link rel=\"canonical\" href=\"");
	buf_bytes(&headlines, href);
	buf_puts(&headlines, "\">\n<link rel=\"alternate\" type=\"application/json\" href=\"");
	buf_bytes(&headlines, href);
	buf_puts(&headlines, ".json\">\n<link rel=\"alternate\" type=\"text/markdown\" href=\"");
	buf_bytes(&headlines, href);
	buf_puts(&headlines, ".md\">\n");
	frame_open(c, &(struct frame){ .title = e->title, .head = buf_view(&headlines) });
	render_article(r, c->out);
	pager(c, no);
	frame_close(c);
	render_free(r);
	buf_release(&headlines);
}

/* What may stand behind an id, and what it gives. */
static const struct {
	const char *end, *type;
} forms[] = {
	{ ".json", "application/json" },
	{ ".md", "text/markdown; charset=utf-8" },
	{ ".txt", "text/plain; charset=utf-8" },
};

static void
other_form(struct ctx *c, uint32_t no, const struct entry *e, size_t form)
{
	struct render_env env = env_of(c, no);
	int rc;

	c->type = forms[form].type;
	c->keep = true;
	rc = form == 0 ? render_json(e, &env, c->a, c->out) :
	    form == 1 ? render_markdown(e, c->out) : render_text(e, &env, c->a, c->out);
	if (form == 0)
		buf_putc(c->out, '\n');
	if (rc < 0)
		fail_code(c, rc);
}

static bool
is_exact(const struct leishu_hit *h)
{
	return bytes_eq(bytes_make(h->via.p, h->via.n), B("exact"));
}

/* The one entry that has just this name, or that links of this name lead to. */
static uint32_t
named(struct ctx *c, struct bytes name)
{
	uint32_t no = book_resolve(c->book, name);
	struct leishu_find_options o;
	struct leishu_hits *h;

	leishu_find_options_defaults(&o);
	o.limit = 2;
	if (no != BOOK_NONE || name.n == 0 ||
	    leishu_find(c->vol->handle, (const char *)name.p, name.n, &o, &h) < 0)
		return no;
	if (leishu_hits_count(h) > 0 && is_exact(leishu_hits_at(h, 0)) &&
	    (leishu_hits_count(h) == 1 || !is_exact(leishu_hits_at(h, 1))))
		no = book_find_id(c->book, bytes_make(leishu_hits_at(h, 0)->id.p,
		    leishu_hits_at(h, 0)->id.n));
	leishu_hits_free(h);
	return no;
}

void
page_entry(struct ctx *c)
{
	struct bytes id = c->rest;
	uint32_t no = book_find_id(c->book, id);
	size_t form = NELEM(forms), i;
	struct entry *e;
	struct card card;
	int rc;

	for (i = 0; i < NELEM(forms) && no == BOOK_NONE; i++)
		if (bytes_ends(id, bytes_str(forms[i].end))) {
			id = bytes_sub(id, 0, id.n - strlen(forms[i].end));
			no = book_find_id(c->book, id);
			form = i;
			break;
		}
	if (no == BOOK_NONE) {
		no = named(c, id);
		if (no == BOOK_NONE || book_card(c->book, no, &card) < 0) {
			fail_missing(c, id);
			return;
		}
		c->status = 302;
		c->location = (const char *)entry_href(c, card.id).p;
		return;
	}
	if ((rc = book_entry(c->book, no, c->a, &e)) < 0)
		fail_code(c, rc);
	else if (form < NELEM(forms))
		other_form(c, no, e, form);
	else
		html(c, no, e);
}

/* --- /api/v1/entries/ID, .../cite, .../references -------------------------- */

static void
references(struct ctx *c, const struct entry *e)
{
	struct refs refs;
	uint32_t i;
	size_t k;

	refs_init(&refs, e->references, c->book, c->a);
	for (i = 0; i < e->n_nodes; i++)
		if (e->node[i].type == NODE_CITE)
			(void)refs_find(&refs, e->node[i].arg);
	c->type = "application/vnd.citationstyles.csl+json";
	c->keep = true;
	buf_putc(c->out, '[');
	for (k = 0; k < refs.n; k++) {
		buf_puts(c->out, k ? ",\n" : "");
		ref_json(&refs.v[k], c->out);
	}
	buf_puts(c->out, "]\n");
	refs_release(&refs);
}

void
api_entry(struct ctx *c)
{
	struct bytes id = c->rest, what = { NULL, 0 };
	size_t slash = bytes_find(id, B("/"));
	uint32_t no;
	struct entry *e;
	int rc;

	if (slash != SIZE_MAX) {
		what = bytes_sub(id, slash + 1, id.n);
		id = bytes_sub(id, 0, slash);
	}
	if ((no = book_find_id(c->book, id)) == BOOK_NONE ||
	    (slash != SIZE_MAX && !bytes_eq(what, B("cite")) && !bytes_eq(what, B("references"))))
		fail_missing(c, id);
	else if ((rc = book_entry(c->book, no, c->a, &e)) < 0)
		fail_code(c, rc);
	else if (slash == SIZE_MAX)
		other_form(c, no, e, 0);
	else if (bytes_eq(what, B("cite")))
		cite_forms(c, e);
	else
		references(c, e);
}
