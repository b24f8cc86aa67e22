/* SPDX-License-Identifier: ISC */
/* Conventions: search description, site map, feed, robots, llms.txt. */
#include "base/utf8.h"
#include "render/render.h"
#include "serve/assets.h"
#include "serve/inside.h"

#define SITEMAP_MAX	50000u	/* addresses of one file, by its protocol */
#define FEED_MAX	30

static const char xml[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

static void
put(struct ctx *c, const char *s)
{
	buf_puts(c->out, s);
}

static void
put_origin(struct ctx *c)
{
	html_escape(c->out, origin_of(c));
}

/* OpenSearch allows sixteen characters. */
static void
short_name(struct ctx *c, struct bytes s)
{
	size_t at = 0, cut = 0, n = 0;
	uint32_t cp;

	while (utf8_next(s, &at, &cp))
		if (++n == 15)
			cut = at;
	html_escape(c->out, n > 16 ? bytes_sub(s, 0, cut) : s);
	put(c, n > 16 ? "…" : "");
}

void
feed_opensearch(struct ctx *c)
{
	c->type = "application/opensearchdescription+xml; charset=utf-8";
	c->keep = true;
	put(c, xml);
	put(c, "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
	    "<ShortName>");
	short_name(c, c->vol->site.title[c->page.ui]);
	put(c, "</ShortName>\n<Description>");
	html_escape(c->out, c->vol->site.title[c->page.ui]);
	put(c, "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
	    "<Url type=\"text/html\" method=\"get\" template=\"");
	put_origin(c);
	put(c, "/search?q={searchTerms}\"/>\n"
	    "<Url type=\"application/x-suggestions+json\" template=\"");
	put_origin(c);
	put(c, "/api/v1/suggest?q={searchTerms}&amp;as=opensearch\"/>\n</OpenSearchDescription>\n");
}

static void
sitemap_index(struct ctx *c, uint32_t files)
{
	uint32_t i;

	put(c, "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (i = 1; i <= files; i++) {
		put(c, "<sitemap><loc>");
		put_origin(c);
		buf_printf(c->out, "/sitemap.xml?page=%u</loc></sitemap>\n", i);
	}
	put(c, "</sitemapindex>\n");
}

void
feed_sitemap(struct ctx *c)
{
	uint32_t n = book_count(c->book), files = (n + SITEMAP_MAX - 1) / SITEMAP_MAX, i, from;
	struct bytes origin = origin_of(c);
	uint64_t page;

	if (!param_num(c, "page", 1, MAX(files, 1), 0, &page))
		return;
	c->type = "application/xml; charset=utf-8";
	c->keep = true;
	put(c, xml);
	if (page == 0 && files > 1) {
		sitemap_index(c, files);
		return;
	}
	from = page ? (uint32_t)(page - 1) * SITEMAP_MAX : 0;
	put(c, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (i = from; i < n && i < from + SITEMAP_MAX; i++) {
		struct card card;

		if (book_card(c->book, i, &card) < 0)
			continue;
		put(c, "<url><loc>");
		html_escape(c->out, origin);
		put(c, "/e/");
		url_path(c->out, card.id);
		put(c, "</loc></url>\n");
	}
	put(c, "</urlset>\n");
}

/* An RFC 3339 moment of a date as written, or none. */
static struct bytes
moment(struct ctx *c, struct bytes s)
{
	size_t i;

	if (s.n < 10)
		return (struct bytes){ NULL, 0 };
	for (i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
			return (struct bytes){ NULL, 0 };
	return arena_printf(c->a, "%.10sT00:00:00Z", (const char *)s.p);
}

struct dated {
	struct bytes moment;
	struct entry *e;
};

static int
newest_first(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;
	int o = bytes_cmp(y->moment, x->moment);

	return o ? o : bytes_cmp(x->e->id, y->e->id);
}

/*
 * The newest of the first entries in reading order.  A collection that is
 * written by people fits whole; of a large one the feed is a sample.
 */
static size_t
dated_entries(struct ctx *c, struct dated v[], size_t max)
{
	uint32_t i, n = book_count(c->book);
	size_t k = 0;

	for (i = 0; i < n && k < max; i++) {
		struct entry *e;
		struct bytes m;

		if (book_entry(c->book, i, c->a, &e) < 0)
			continue;
		m = moment(c, e->updated.n ? e->updated : e->published);
		v[k++] = (struct dated){ m.n ? m : B("1970-01-01T00:00:00Z"), e };
	}
	qsort(v, k, sizeof(*v), newest_first);
	return k;
}

void
feed_atom(struct ctx *c)
{
	static const size_t max = 500;
	struct dated *v = ARENA_ARRAY(c->a, max, struct dated);
	size_t i, n = v ? dated_entries(c, v, max) : 0;

	c->type = "application/atom+xml; charset=utf-8";
	c->keep = true;
	put(c, xml);
	put(c, "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>");
	html_escape(c->out, c->vol->site.title[c->page.ui]);
	put(c, "</title>\n<id>");
	put_origin(c);
	put(c, "/</id>\n<link href=\"");
	put_origin(c);
	put(c, "/\"/>\n<link rel=\"self\" href=\"");
	put_origin(c);
	put(c, "/feed.atom\"/>\n<updated>");
	html_escape(c->out, n ? v[0].moment : B("1970-01-01T00:00:00Z"));
	put(c, "</updated>\n<author><name>");
	html_escape(c->out, c->vol->site.title[c->page.ui]);
	put(c, "</name></author>\n");
	for (i = 0; i < n && i < FEED_MAX; i++) {
		put(c, "<entry><title>");
		html_escape(c->out, v[i].e->title);
		put(c, "</title><id>");
		put_origin(c);
		html_escape(c->out, entry_href(c, v[i].e->id));
		put(c, "</id><link href=\"");
		put_origin(c);
		html_escape(c->out, entry_href(c, v[i].e->id));
		put(c, "\"/><updated>");
		html_escape(c->out, v[i].moment);
		put(c, "</updated>");
		if (v[i].e->author.n) {
			put(c, "<author><name>");
			html_escape(c->out, v[i].e->author);
			put(c, "</name></author>");
		}
		put(c, "</entry>\n");
	}
	put(c, "</feed>\n");
}

void
feed_robots(struct ctx *c)
{
	c->type = "text/plain; charset=utf-8";
	c->keep = true;
	put(c, "User-agent: *\nDisallow: /search\nDisallow: /prefs\nDisallow: /api/\n"
	    "Allow: /\nSitemap: ");
	buf_bytes(c->out, origin_of(c));
	put(c, "/sitemap.xml\n");
}

static const struct {
	const char *head, *name, *path, *what;
} llms[] = {
	{ "Reading", "Sitemap", "/sitemap.xml", "the addresses of all entries, /e/ID each" },
	{ NULL, "One entry", "/e/ID.md", "as Markdown; .txt as text, .json with names, dates, "
	  "references and byte offsets" },
	{ "Asking", "Find", "/api/v1/find?q=NAME", "which entry has this name, and why (JSON)" },
	{ NULL, "Search", "/api/v1/search?q=WORDS", "full text, with snippets (JSON)" },
	{ NULL, "Date", "/api/v1/date?q=DATE", "one day in every calendar (JSON)" },
	{ NULL, "Timeline", "/api/v1/timeline?from=DATE&to=DATE",
	  "what happened between two days (JSON)" },
	{ NULL, "Description", "/api/v1/openapi.json", "all of it described (OpenAPI)" },
};

void
feed_llms(struct ctx *c)
{
	const struct site *s = &c->vol->site;
	struct bytes origin = origin_of(c);
	size_t i;

	c->type = "text/plain; charset=utf-8";
	c->keep = true;
	put(c, "# ");
	buf_bytes(c->out, s->title[UI_EN]);
	buf_printf(c->out, "\n\n> %u %s", book_count(c->book),
	    book_count(c->book) == 1 ? "entry" : "entries");
	if (s->licence.n) {
		put(c, ", licence ");
		buf_bytes(c->out, s->licence);
	}
	put(c, ".\n\nEach entry is found by any of its names, in any script or spelling.\n"
	    "Quote an entry by its address /e/ID and give the references it names.\n");
	for (i = 0; i < NELEM(llms); i++) {
		if (llms[i].head)
			buf_printf(c->out, "\n## %s\n\n", llms[i].head);
		buf_printf(c->out, "- [%s](", llms[i].name);
		buf_bytes(c->out, origin);
		buf_printf(c->out, "%s): %s\n", llms[i].path, llms[i].what);
	}
}

void
static_file(struct ctx *c)
{
	size_t i;

	for (i = 0; i < n_assets; i++)
		if (bytes_eq(c->rq->address.path, bytes_str(assets[i].url))) {
			bool gz = coding_of(c->rq->headers.encoding) != CODING_PLAIN;

			buf_bytes(c->out, gz ? assets[i].gzip : assets[i].plain);
			c->zipped = gz;
			c->type = assets[i].type;
			c->keep = c->forever = true;
			return;
		}
	fail_missing(c, c->rest);
}
