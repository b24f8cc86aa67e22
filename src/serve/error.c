/* SPDX-License-Identifier: ISC */
/* Answers that are none: problem JSON (RFC 9457) for programs, pages for people. */
#include <leishu/find.h>

#include "base/json.h"
#include "render/render.h"
#include "render/web_gen.h"
#include "serve/pages.h"

#define NEAR	5

static void
problem_json(struct ctx *c, const char *title, struct bytes detail, const char *param,
    const struct leishu_hits *near)
{
	struct json j = json_on(c->out);
	size_t i, n = near ? leishu_hits_count(near) : 0;

	buf_clear(c->out);
	c->type = "application/problem+json";
	json_obj(&j);
	json_key_str(&j, "type", B("about:blank"));
	json_key_str(&j, "title", bytes_str(title));
	json_key_int(&j, "status", c->status);
	json_key_str(&j, "detail", detail);
	if (param)
		json_key_str(&j, "parameter", bytes_str(param));
	if (n) {
		json_key(&j, "near");
		json_arr(&j);
		for (i = 0; i < n; i++) {
			const struct leishu_hit *h = leishu_hits_at(near, i);

			json_obj(&j);
			json_key_str(&j, "id", bytes_make(h->id.p, h->id.n));
			json_key_str(&j, "title", bytes_make(h->title.p, h->title.n));
			json_key_str(&j, "why", bytes_make(h->why.p, h->why.n));
			json_end_obj(&j);
		}
		json_end_arr(&j);
	}
	json_end_obj(&j);
	buf_putc(c->out, '\n');
}

/* What an address says, as a query: its last step, dashes as spaces. */
static struct bytes
as_query(struct ctx *c, struct bytes asked)
{
	size_t i, from = 0;
	char *s;

	for (i = 0; i < asked.n; i++)
		if (asked.p[i] == '/' && i + 1 < asked.n)
			from = i + 1;
	asked = bytes_sub(asked, from, MIN(asked.n, from + 120));
	if ((s = arena_str(c->a, asked)) == NULL)
		return asked;
	for (i = 0; i < asked.n; i++)
		if (s[i] == '-' || s[i] == '_' || s[i] == '/')
			s[i] = ' ';
	return bytes_trim(bytes_make(s, asked.n));
}

static struct leishu_hits *
near_names(struct ctx *c, struct bytes asked)
{
	struct leishu_find_options o;
	struct leishu_hits *h = NULL;

	leishu_find_options_defaults(&o);
	o.limit = NEAR;
	if (asked.n == 0 || leishu_find(c->vol->handle, (const char *)asked.p, asked.n, &o, &h) < 0)
		return NULL;
	return h;
}

void
near_items(struct ctx *c, const struct leishu_hits *h, struct buf *out)
{
	struct page p = page_make(out, c->page.ui);
	size_t i;

	for (i = 0; h && i < leishu_hits_count(h); i++) {
		const struct leishu_hit *hit = leishu_hits_at(h, i);
		struct bytes id = bytes_make(hit->id.p, hit->id.n);
		struct card card = { .title = bytes_make(hit->title.p, hit->title.n) };
		uint32_t no = book_find_id(c->book, id);

		if (no != BOOK_NONE && book_card(c->book, no, &card) < 0)
			continue;
		T(&p, near_item, .href = entry_href(c, id), .title = card.title,
		    .form = card_form(&card), .lang = card_lang(&card),
		    .why = bytes_make(hit->why.p, hit->why.n));
	}
}

/* The page of an error, with near names when there are any. */
static void
problem_page(struct ctx *c, enum word title, struct bytes code, struct bytes line,
    struct bytes asked, const struct leishu_hits *near)
{
	struct buf list = { 0 }, items = { 0 }, q = { 0 }, escaped = { 0 };
	struct page p = page_make(&list, c->page.ui);

	buf_clear(c->out);
	html_escape(&escaped, word(c->page.ui, title));
	near_items(c, near, &items);
	if (items.n)
		T(&p, near_list, .items = buf_view(&items));
	url_query(&q, asked);
	frame_open(c, &(struct frame){ .title = word(c->page.ui, title), .noindex = true });
	T(&c->page, problem, .title = buf_view(&escaped), .code = code, .line = line,
	    .near = buf_view(&list), .asked = asked, .askedq = buf_view(&q));
	frame_close(c);
	buf_release(&list);
	buf_release(&items);
	buf_release(&q);
	buf_release(&escaped);
}

void
fail_missing(struct ctx *c, struct bytes asked)
{
	struct bytes q = as_query(c, asked);
	struct leishu_hits *near = near_names(c, q);

	c->status = 404;
	c->keep = false;
	if (c->api)
		problem_json(c, "Not Found", arena_printf(c->a, "there is nothing at '%.*s'",
		    (int)MIN(c->rq->address.path.n, 300), (const char *)c->rq->address.path.p),
		    NULL, near);
	else
		problem_page(c, WORD_not_found, c->rq->address.path,
		    word(c->page.ui, WORD_not_found_is), q, near);
	leishu_hits_free(near);
}

static void
plain(struct ctx *c, int status, const char *title, enum word head, const char *param,
    struct bytes detail)
{
	struct buf line = { 0 };
	struct page p = page_make(&line, c->page.ui);

	c->status = status;
	c->keep = false;
	if (c->api)
		problem_json(c, title, detail, param, NULL);
	else {
		page_said(&p, detail);
		problem_page(c, head, param ? arena_printf(c->a, "%s:", param) : B(""),
		    buf_view(&line), (struct bytes){ NULL, 0 }, NULL);
		buf_release(&line);
	}
}

void
fail_param(struct ctx *c, const char *param, const char *why)
{
	plain(c, 400, "Bad Request", WORD_bad_request, param, c->api ?
	    arena_printf(c->a, "parameter '%s' %s", param, why) : bytes_str(why));
}

void
fail_method(struct ctx *c, const char *allow)
{
	c->allow = allow;
	plain(c, 405, "Method Not Allowed", WORD_not_allowed, NULL,
	    arena_printf(c->a, "this address takes %s", allow));
}

void
fail_code(struct ctx *c, int rc)
{
	if (rc == LEISHU_ELIMIT)
		plain(c, 400, "Bad Request", WORD_too_much, NULL, bytes_str(leishu_strerror(rc)));
	else
		plain(c, rc == LEISHU_ENOMEM ? 503 : 500,
		    rc == LEISHU_ENOMEM ? "Service Unavailable" : "Internal Server Error",
		    WORD_server_error, NULL, rc == LEISHU_EFORMAT ?
		    B("the book reports damage at this place; other entries can be read") :
		    bytes_str(leishu_strerror(rc)));
}

void
fail_gate(struct ctx *c, int status, const char *why)
{
	c->status = status;
	c->keep = false;
	c->api |= bytes_starts(c->rq->raw, B("/api/"));
	if (c->api)
		problem_json(c, status == 414 ? "URI Too Long" : status == 413 ?
		    "Content Too Large" : status == 406 ? "Not Acceptable" : "Bad Request",
		    arena_printf(c->a, "the request is refused: %s", why), NULL, NULL);
	else {
		c->type = "text/plain; charset=utf-8";
		buf_clear(c->out);
		buf_printf(c->out, "The request is refused: %s.\n", why);
	}
}
