/* SPDX-License-Identifier: ISC */
/* Which address is answered by whom. */
#include "serve/inside.h"

static const struct route {
	const char *path;
	bool prefix;		/* anything may follow */
	bool post;		/* POST, else GET and HEAD */
	bool api;
	void (*answer)(struct ctx *c);
} routes[] = {
	{ "/", false, false, false, page_home },
	{ "/e/", true, false, false, page_entry },
	{ "/search", false, false, false, page_search },
	{ "/browse", false, false, false, page_browse },
	{ "/browse/", true, false, false, page_browse },
	{ "/date", false, false, false, page_day },
	{ "/timeline", false, false, false, page_timeline },
	{ "/prefs", false, true, false, page_prefs },
	{ "/static/", true, false, false, static_file },
	{ "/api/v1/entries/", true, false, true, api_entry },
	{ "/api/v1/find", false, false, true, api_find },
	{ "/api/v1/search", false, false, true, api_search },
	{ "/api/v1/suggest", false, false, true, api_suggest },
	{ "/api/v1/date", false, false, true, api_date },
	{ "/api/v1/name", false, false, true, api_name },
	{ "/api/v1/timeline", false, false, true, api_timeline },
	{ "/api/v1/openapi.json", false, false, true, api_openapi },
	{ "/opensearch.xml", false, false, false, feed_opensearch },
	{ "/sitemap.xml", false, false, false, feed_sitemap },
	{ "/feed.atom", false, false, false, feed_atom },
	{ "/robots.txt", false, false, false, feed_robots },
	{ "/llms.txt", false, false, false, feed_llms },
	{ "/healthz", false, false, false, health },
	{ "/metrics", false, false, false, metrics_page },
};

static const struct route *
route_of(struct bytes path)
{
	size_t i;

	for (i = 0; i < NELEM(routes); i++) {
		struct bytes p = bytes_str(routes[i].path);

		if (routes[i].prefix ? bytes_starts(path, p) : bytes_eq(path, p))
			return &routes[i];
	}
	return NULL;
}

/* "/timeline/?from=1900" is "/timeline?from=1900"; never "//host". */
static bool
without_slash(struct ctx *c)
{
	struct bytes raw = c->rq->raw;
	struct bytes path = bytes_sub(raw, 0, bytes_find(raw, B("?")));
	struct bytes rest = bytes_sub(raw, path.n, raw.n);

	if (c->rq->method != METHOD_GET || path.n < 2 || path.p[path.n - 1] != '/' ||
	    path.p[0] != '/' || path.p[1] == '/')
		return false;
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	c->status = 308;
	c->location = (const char *)arena_printf(c->a, "%.*s%.*s", (int)path.n,
	    (const char *)path.p, (int)rest.n, (const char *)rest.p).p;
	return true;
}

void
route_answer(struct ctx *c)
{
	struct bytes path = c->rq->address.path;
	const struct route *r = route_of(path);
	enum method want;

	c->api = bytes_starts(path, B("/api/"));
	if (without_slash(c))
		return;
	if (r == NULL) {
		fail_missing(c, path);
		return;
	}
	want = r->post ? METHOD_POST : METHOD_GET;
	if (c->rq->method != want) {
		fail_method(c, r->post ? "POST" : "GET, HEAD");
		return;
	}
	c->rest = bytes_sub(path, strlen(r->path), path.n);
	r->answer(c);
}
