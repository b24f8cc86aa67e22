/* SPDX-License-Identifier: ISC */
/* Answers for programs: the JSON of INTERFACE, made in the library. */
#include <leishu/name.h>
#include <leishu/search.h>

#include "base/json.h"
#include "base/limits.h"
#include "render/render.h"
#include "render/said.h"
#include "serve/assets.h"
#include "serve/pages.h"

static struct bytes
of(struct leishu_text t)
{
	return bytes_make(t.p, t.n);
}

/* q is there and can be a query; else 400 is answered. */
static bool
query(struct ctx *c, struct bytes *ret)
{
	*ret = address_get(&c->rq->address, "q");
	if (bytes_trim(*ret).n == 0) {
		fail_param(c, "q", "is missing or empty");
		return false;
	}
	if (ret->n > LIMIT_QUERY) {
		fail_param(c, "q", "is longer than 4096 bytes");
		return false;
	}
	return true;
}

void
api_find(struct ctx *c)
{
	struct leishu_find_options o;
	struct leishu_hits *h;
	struct bytes q;
	uint64_t n;
	int rc;

	if (!query(c, &q) || !param_num(c, "n", 1, LIMIT_HITS, 10, &n))
		return;
	leishu_find_options_defaults(&o);
	o.limit = (unsigned)n;
	if ((rc = leishu_find(c->vol->handle, (const char *)q.p, q.n, &o, &h)) < 0) {
		fail_code(c, rc);
		return;
	}
	if (leishu_hits_error(h))
		fail_param(c, "q", leishu_hits_error(h));
	else {
		c->type = "application/json";
		c->keep = true;
		buf_bytes(c->out, of(leishu_hits_json(h)));
		buf_putc(c->out, '\n');
	}
	leishu_hits_free(h);
}

void
api_search(struct ctx *c)
{
	struct leishu_search_options o;
	struct leishu_search *s;
	struct bytes q;
	uint64_t n, from;
	int rc;

	if (!query(c, &q) || !param_num(c, "n", 1, LIMIT_HITS, 10, &n) ||
	    !param_num(c, "from", 0, LEISHU_SEARCH_DEEPEST, 0, &from))
		return;
	leishu_search_options_defaults(&o);
	o.limit = (unsigned)n;
	o.from = (unsigned)from;
	if ((rc = leishu_search(c->vol->handle, (const char *)q.p, q.n, &o, &s)) < 0) {
		fail_code(c, rc);
		return;
	}
	if (leishu_search_error(s))
		fail_param(c, "q", leishu_search_error(s));
	else {
		c->type = "application/json";
		c->keep = true;
		buf_bytes(c->out, of(leishu_search_json(s)));
		buf_putc(c->out, '\n');
	}
	leishu_search_free(s);
}

/* --- suggestions ---------------------------------------------------------- */

/* In the interface's language: people read it. */
static struct bytes
why_of(struct ctx *c, const struct leishu_hit *h)
{
	struct buf b = { 0 };
	struct bytes why;

	(void)said(c->page.ui, of(h->why), &b);
	why = arena_buf(c->a, &b);
	buf_release(&b);
	return why;
}

static void
suggestion(struct ctx *c, struct json *j, const struct leishu_hit *h)
{
	struct card card = { .title = of(h->title) };
	uint32_t no = book_find_id(c->book, of(h->id));

	if (no != BOOK_NONE && book_card(c->book, no, &card) < 0)
		card = (struct card){ .title = of(h->title) };
	json_obj(j);
	json_key_str(j, "id", of(h->id));
	json_key_str(j, "title", of(h->title));
	json_opt(j, "form", card_form(&card));
	json_opt(j, "lang", card_lang(&card));
	json_opt(j, "kind", card.kind);
	json_opt(j, "kind_word", said_word(c->page.ui, 0, card.kind));
	json_key_str(j, "matched", of(h->matched));
	json_key_str(j, "via", of(h->via));
	json_key_str(j, "why", why_of(c, h));
	json_end_obj(j);
}

static void
suggest_json(struct ctx *c, struct bytes q, const struct leishu_hits *h)
{
	struct json j = json_on(c->out);
	size_t i;

	json_obj(&j);
	json_key_str(&j, "query", q);
	json_key_int(&j, "total", (int64_t)leishu_hits_total(h, NULL));
	json_key(&j, "hits");
	json_arr(&j);
	for (i = 0; i < leishu_hits_count(h); i++)
		suggestion(c, &j, leishu_hits_at(h, i));
	json_end_arr(&j);
	json_end_obj(&j);
}

/* What browsers' address bars take: [query, [titles], [why], [addresses]]. */
static void
suggest_opensearch(struct ctx *c, struct bytes q, const struct leishu_hits *h)
{
	struct json j = json_on(c->out);
	struct bytes origin = origin_of(c);
	size_t i, k, n = leishu_hits_count(h);

	json_arr(&j);
	json_str(&j, q);
	for (k = 0; k < 3; k++) {
		json_arr(&j);
		for (i = 0; i < n; i++) {
			const struct leishu_hit *hit = leishu_hits_at(h, i);
			struct bytes href = entry_href(c, of(hit->id));

			json_str(&j, k == 0 ? of(hit->title) : k == 1 ? why_of(c, hit) :
			    arena_printf(c->a, "%.*s%.*s", (int)origin.n,
			    (const char *)origin.p, (int)href.n, (const char *)href.p));
		}
		json_end_arr(&j);
	}
	json_end_arr(&j);
}

void
api_suggest(struct ctx *c)
{
	struct bytes q, as = address_get(&c->rq->address, "as");
	struct leishu_find_options o;
	struct leishu_hits *h;
	int rc;

	if (!query(c, &q))
		return;
	if (as.n && !bytes_eq(as, B("opensearch"))) {
		fail_param(c, "as", "wants opensearch, or nothing for plain JSON");
		return;
	}
	leishu_find_options_defaults(&o);
	o.mode = LEISHU_FIND_SUGGEST;
	o.limit = 10;
	if ((rc = leishu_find(c->vol->handle, (const char *)q.p, q.n, &o, &h)) < 0) {
		fail_code(c, rc);
		return;
	}
	c->keep = true;
	if (bytes_eq(as, B("opensearch"))) {
		c->type = "application/x-suggestions+json";
		suggest_opensearch(c, q, h);
	} else {
		c->type = "application/json";
		suggest_json(c, q, h);
	}
	buf_putc(c->out, '\n');
	leishu_hits_free(h);
}

void
api_name(struct ctx *c)
{
	struct bytes q, reading = address_get(&c->rq->address, "reading");
	char *json = NULL;
	size_t n;
	int rc;

	if (!query(c, &q))
		return;
	rc = leishu_name_json((const char *)q.p, q.n, reading.n ? (const char *)reading.p : NULL,
	    reading.n, &json, &n);
	if (rc < 0) {
		fail_code(c, rc);
		return;
	}
	c->type = "application/json";
	c->keep = true;
	buf_add(c->out, json, n);
	buf_putc(c->out, '\n');
	free(json);
}

void
api_openapi(struct ctx *c)
{
	size_t i;

	for (i = 0; i < n_assets; i++)
		if (strcmp(assets[i].name, "openapi.json") == 0) {
			bool gz = coding_of(c->rq->headers.encoding) != CODING_PLAIN;

			buf_bytes(c->out, gz ? assets[i].gzip : assets[i].plain);
			c->zipped = gz;
			c->type = "application/json";
			c->keep = true;
			return;
		}
	fail_missing(c, c->rq->address.path);
}
