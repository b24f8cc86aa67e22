/* SPDX-License-Identifier: ISC */
#ifndef SERVE_INSIDE_H
#define SERVE_INSIDE_H

#include <microhttpd.h>
#include <stdatomic.h>

#include <leishu/book.h>

#include "book/book.h"
#include "render/page.h"
#include "serve/gate.h"

/* What the files of the server share. */

/* --- the book on the shelf (shelf.c) -------------------------------------- */

struct division {
	struct bytes key;	/* first step of its subjects */
	struct bytes title[UI__MAX];
	struct bytes glyph;	/* one character, or empty */
	uint32_t count;
};

/* What pages say about the whole book; made once when it is opened. */
struct site {
	struct bytes title[UI__MAX];
	struct bytes title_lang[UI__MAX];	/* what it is written in */
	struct bytes about[UI__MAX];		/* of the same language */
	struct bytes licence;
	struct division *division;
	size_t n_divisions;
	uint32_t *chosen;	/* entries the title page shows */
	size_t n_chosen;
};

/* One book with all that is made from it; lives while anybody holds it. */
struct volume {
	atomic_uint refs;
	struct leishu_book *handle;
	const struct book *book;
	struct site site;
	struct arena arena;	/* of site */
	struct cache *cache;
	char etag[20];		/* of the book and of this program */
	uint64_t dev, ino;	/* the file it came from */
	int64_t mtime_ns;
};

struct shelf;

/* Opens the book; words for people in why. */
int	shelf_open(const char *path, char *why, size_t n, struct shelf **ret) MUST_CHECK;
void	shelf_close(struct shelf *s);
struct volume	*volume_ref(struct shelf *s);
void	volume_unref(struct volume *v);
/* 1: a new book stands on the shelf; 0: the same; negative: kept the old one. */
int	shelf_reload(struct shelf *s, bool force, char *why, size_t n);

int	site_read(struct volume *v);
/* A division by the first step of its subjects; the key itself when it is none. */
struct bytes	site_division(const struct site *s, enum ui ui, struct bytes key);

/* --- responses kept (cache.c) --------------------------------------------- */

struct cache;

struct cache	*cache_new(size_t max);
void	cache_free(struct cache *c);
/* Queues the response kept under key: false when there is none. */
bool	cache_send(struct cache *c, struct bytes key, struct bytes none_match,
    struct MHD_Connection *con, unsigned *status, enum MHD_Result *ret);
/* Keeps a reference of its own to full and same (304). */
void	cache_put(struct cache *c, struct bytes key, struct bytes etag, size_t size,
    struct MHD_Response *full, struct MHD_Response *same);
size_t	cache_bytes(const struct cache *c);

/* --- one request (route.c) ------------------------------------------------ */

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };

struct request {
	enum method method;
	struct address address;
	struct headers headers;
	struct prefs prefs;
	struct bytes raw;	/* the address as it came */
	struct bytes body;
};

struct ctx {
	const struct request *rq;
	const struct volume *vol;
	const struct book *book;
	const struct server *server;
	struct arena *a;
	struct buf *out;	/* the body */
	struct page page;	/* writes to out */
	struct bytes rest;	/* path behind the route's own */
	bool api;		/* errors are problem JSON */
	/* the answer */
	int status;
	const char *type;
	const char *location;	/* of a redirect */
	const char *cookie;	/* value of Set-Cookie */
	const char *allow;	/* methods, with 405 */
	bool keep;		/* equal for equal books: has an ETag, may be kept */
	bool forever;		/* its address changes with its content */
	bool zipped;		/* body is gzipped already */
	bool attach;		/* nothing a browser should run */
};

/* Fills c's answer; never fails. */
void	route_answer(struct ctx *c);
const char	*route_name(struct bytes path);	/* for the metrics */

/* --- errors (error.c) ----------------------------------------------------- */

/* 404 with near names for what was asked. */
void	fail_missing(struct ctx *c, struct bytes asked);
void	fail_param(struct ctx *c, const char *param, const char *why);
void	fail_method(struct ctx *c, const char *allow);
/* rc of a library call: damage is 500, a limit 400. */
void	fail_code(struct ctx *c, int rc);
/* Outside a route: the gate's reason. */
void	fail_gate(struct ctx *c, int status, const char *why);

/* --- pages ---------------------------------------------------------------- */

void	page_home(struct ctx *c);
void	page_entry(struct ctx *c);
void	page_search(struct ctx *c);
void	page_browse(struct ctx *c);
void	page_prefs(struct ctx *c);
void	page_day(struct ctx *c);
void	page_timeline(struct ctx *c);

/* Frame around a page: head to <main>, </main> to the end. */
struct frame {
	struct bytes title;	/* of the page; empty: the site's own */
	struct bytes query;	/* value of the search field */
	const char *nav;	/* "browse", "timeline", "date" or NULL */
	struct bytes head;	/* more lines of <head>, HTML */
	struct bytes canonical;	/* path */
	bool bare;		/* the title page: no brand, no field */
	bool noindex;
};
void	frame_open(struct ctx *c, const struct frame *f);
void	frame_close(struct ctx *c);

/* Address of an entry: "/e/ID". */
struct bytes	entry_href(struct ctx *c, struct bytes id);
/* EDTF of the days [from, to], as years where it is whole years (date.c). */
struct bytes	years_of(struct ctx *c, struct bytes edtf, int32_t from, int32_t to);
/* What an entry says of a day, as HTML: the sentence, or the field (timeline.c). */
struct leishu_event;
struct bytes	event_words(struct ctx *c, const struct leishu_event *e, struct bytes *lang);
/* HTML that leads to q as a date, when it can be one; else empty (date.c). */
struct bytes	date_link(struct ctx *c, struct bytes q);
/* The words of a text without its "[@key]"; in c's arena. */
struct bytes	without_cites(struct ctx *c, struct bytes s);
/*
 * Words of an entry as HTML, marks \1 and \2 turned to <mark>; *lang is what
 * the element they go into must say, empty when it is what the page speaks.
 */
struct bytes	quoted(struct ctx *c, struct bytes s, struct bytes *lang);
/* A number of the address in [min, max], def when absent; answers 400 itself. */
bool	param_num(struct ctx *c, const char *key, uint64_t min, uint64_t max, uint64_t def,
	    uint64_t *ret);
/* A parameter that is a yes by "1", a no by "0" or by its absence; answers 400 itself. */
bool	param_flag(struct ctx *c, const char *key, bool *ret);
/* "1 2 3 ... 9": base is the address up to the page number. */
void	paging(struct ctx *c, struct bytes base, struct bytes label, uint64_t at, uint64_t pages);

/* --- programs (api.c, feeds.c) -------------------------------------------- */

void	api_entry(struct ctx *c);
void	cite_forms(struct ctx *c, const struct entry *e);
void	api_find(struct ctx *c);
void	api_search(struct ctx *c);
void	api_suggest(struct ctx *c);
void	api_date(struct ctx *c);
void	api_name(struct ctx *c);
void	api_timeline(struct ctx *c);
void	api_openapi(struct ctx *c);
void	feed_opensearch(struct ctx *c);
void	feed_sitemap(struct ctx *c);
void	feed_atom(struct ctx *c);
void	feed_robots(struct ctx *c);
void	feed_llms(struct ctx *c);
void	static_file(struct ctx *c);
void	health(struct ctx *c);
void	metrics_page(struct ctx *c);

/* --- numbers (metrics.c) -------------------------------------------------- */

struct metrics {
	atomic_ullong answers[6];	/* by hundreds of the status */
	atomic_ullong bytes, cached, made, swaps, refused, made_ns;
	atomic_int open;
};

/* --- the whole ------------------------------------------------------------ */

struct server {
	struct shelf *shelf;
	struct metrics metrics;
	const char *origin;
	int64_t started;	/* seconds */
};

/* https://host of absolute addresses: as told, else by Host. */
struct bytes	origin_of(struct ctx *c);

int	sandbox_enter(void);

#endif
