/* SPDX-License-Identifier: ISC */
/* Makes responses: what every answer carries, compression, what is kept. */
#include "serve/send.h"

#include <time.h>
#include <zlib.h>

#include "base/sum.h"

#define GZIP_MIN	600	/* bytes: less is not worth it */
#define GZIP_LEVEL	6
#define KEY_MAX		1024	/* of an address whose response is kept */

static const struct { const char *name, *value; } every[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; "
	  "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
	  "frame-ancestors 'none'" },
};

static int64_t
now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
head(struct MHD_Response *r, const char *name, const char *value)
{
	(void)MHD_add_response_header(r, name, value);
}

/* gzip into out; false: left as it is. */
static bool
zip(const struct buf *in, struct buf *out)
{
	z_stream z = { 0 };
	uLong max;
	bool ok;

	if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	max = deflateBound(&z, (uLong)in->n);
	if (max > UINT32_MAX || buf_room(out, (size_t)max) == NULL) {
		(void)deflateEnd(&z);
		return false;
	}
	z.next_in = in->p;
	z.avail_in = (uInt)in->n;
	z.next_out = out->p;
	z.avail_out = (uInt)max;
	ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
	out->n = z.total_out;
	(void)deflateEnd(&z);
	return ok;
}

/* What a kept response depends on: the address and all the reader has a say in. */
static void
make_key(const struct server *s, const struct request *rq, enum coding coding, struct buf *key)
{
	buf_bytes(key, rq->raw);
	buf_printf(key, "\n%u%u%d%d%d\n", rq->prefs.ui, rq->prefs.theme, rq->prefs.hans,
	    rq->prefs.ruby, coding);
	if (s->origin == NULL)
		buf_bytes(key, rq->headers.host);
}

static void
make_etag(const struct volume *v, struct bytes key, char etag[32])
{
	struct buf b = { 0 };

	buf_puts(&b, v->etag);
	buf_bytes(&b, key);
	(void)snprintf(etag, 32, "\"%016llx\"", (unsigned long long)sum64(buf_view(&b)));
	buf_release(&b);
}

static void
common_heads(struct MHD_Response *r, const struct ctx *c, const char *etag)
{
	size_t i;

	for (i = 0; i < NELEM(every); i++)
		head(r, every[i].name, every[i].value);
	if (etag)
		head(r, "ETag", etag);
	head(r, "Cache-Control", c->forever ? "public, max-age=31536000, immutable" :
	    c->keep ? "public, no-cache" : "no-store");
	if (c->forever)
		head(r, "Vary", "Accept-Encoding");
	else if (c->keep)
		head(r, "Vary", "Accept-Encoding, Accept-Language, Cookie");
	if (c->api)
		head(r, "Access-Control-Allow-Origin", "*");
}

/* The response of c's answer; takes the body's memory. */
static struct MHD_Response *
make_response(struct ctx *c, const char *etag, enum coding coding)
{
	struct buf zipped = { 0 };
	struct MHD_Response *r;
	bool is_zip = c->zipped;

	if (!is_zip && c->out->n >= (coding == CODING_GZIP ? GZIP_MIN :
	    coding == CODING_GZIP_ONLY ? 1 : SIZE_MAX) && zip(c->out, &zipped)) {
		buf_release(c->out);
		*c->out = zipped;
		is_zip = true;
	} else
		buf_release(&zipped);
	r = MHD_create_response_from_buffer(c->out->n, c->out->p, MHD_RESPMEM_MUST_FREE);
	if (r == NULL)
		return NULL;
	c->out->p = NULL;	/* the response owns it */
	common_heads(r, c, etag);
	if (c->type)
		head(r, "Content-Type", c->type);
	if (is_zip)
		head(r, "Content-Encoding", "gzip");
	if (c->location)
		head(r, "Location", c->location);
	if (c->cookie)
		head(r, "Set-Cookie", c->cookie);
	if (c->allow)
		head(r, "Allow", c->allow);
	return r;
}

static struct MHD_Response *
make_same(const struct ctx *c, const char *etag)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

	if (r)
		common_heads(r, c, etag);
	return r;
}

static void
count(struct server *s, unsigned status, size_t bytes)
{
	atomic_fetch_add_explicit(&s->metrics.answers[MIN(status / 100, 5)], 1,
	    memory_order_relaxed);
	atomic_fetch_add_explicit(&s->metrics.bytes, bytes, memory_order_relaxed);
}

static enum MHD_Result
queue(struct server *s, struct MHD_Connection *con, struct ctx *c, const struct volume *v,
    struct bytes key, enum coding coding)
{
	struct MHD_Response *full, *same;
	char etag[32];
	enum MHD_Result ret;
	size_t size;
	unsigned status = (unsigned)c->status;
	bool keep = c->keep && status == MHD_HTTP_OK;

	if (keep)
		make_etag(v, key, etag);
	else
		c->keep = false;
	full = make_response(c, keep ? etag : NULL, coding);
	size = c->out->n;
	if (full == NULL)
		return MHD_NO;
	if (!keep) {
		ret = MHD_queue_response(con, status, full);
		MHD_destroy_response(full);
		count(s, status, size);
		return ret;
	}
	if ((same = make_same(c, etag)) == NULL) {
		MHD_destroy_response(full);
		return MHD_NO;
	}
	if (c->rq->headers.none_match.n &&
	    etag_match(c->rq->headers.none_match, bytes_str(etag))) {
		status = MHD_HTTP_NOT_MODIFIED;
		size = 0;
	}
	ret = MHD_queue_response(con, status, status == MHD_HTTP_OK ? full : same);
	count(s, status, size);
	if (key.n <= KEY_MAX)
		cache_put(v->cache, key, bytes_str(etag), c->out->n, full, same);
	else {
		MHD_destroy_response(full);
		MHD_destroy_response(same);
	}
	return ret;
}

/* Runs the route and queues what it made. */
static enum MHD_Result
make(struct server *s, struct MHD_Connection *con, struct request *rq, struct volume *v,
    struct bytes key, enum coding coding)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct ctx c = { .rq = rq, .vol = v, .book = v->book, .server = s, .a = &a,
	    .out = &out, .page = page_make(&out, rq->prefs.ui), .status = MHD_HTTP_OK };
	int64_t t = now_ns();
	const char *why;
	enum MHD_Result ret;

	if ((why = gate_address(rq->raw, &a, &rq->address)) != NULL)
		fail_gate(&c, rq->raw.n > URI_MAX ? MHD_HTTP_URI_TOO_LONG :
		    MHD_HTTP_BAD_REQUEST, why);
	else if (coding == CODING_NONE)
		fail_gate(&c, MHD_HTTP_NOT_ACCEPTABLE,
		    "it accepts neither gzip nor what is not packed");
	else
		route_answer(&c);
	if (out.err || a.err) {
		buf_clear(&out);
		out.err = 0;
		fail_code(&c, LEISHU_ENOMEM);
	}
	ret = queue(s, con, &c, v, key, coding);
	atomic_fetch_add_explicit(&s->metrics.made, 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&s->metrics.made_ns, (unsigned long long)(now_ns() - t),
	    memory_order_relaxed);
	buf_release(&out);
	arena_release(&a);
	return ret;
}

enum MHD_Result
send_answer(struct server *s, struct MHD_Connection *con, struct request *rq)
{
	struct volume *v = volume_ref(s->shelf);
	enum coding coding = coding_of(rq->headers.encoding);
	struct buf key = { 0 };
	enum MHD_Result ret;
	unsigned status;

	make_key(s, rq, coding, &key);
	if (rq->method == METHOD_GET && cache_send(v->cache, buf_view(&key),
	    rq->headers.none_match, con, &status, &ret)) {
		atomic_fetch_add_explicit(&s->metrics.cached, 1, memory_order_relaxed);
		count(s, status, 0);
	} else
		ret = make(s, con, rq, v, buf_view(&key), coding);
	buf_release(&key);
	volume_unref(v);
	return ret;
}

enum MHD_Result
send_refusal(struct server *s, struct MHD_Connection *con, int status, const char *why,
    struct bytes raw)
{
	struct volume *v = volume_ref(s->shelf);
	struct request rq = { .method = METHOD_GET, .raw = raw };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct ctx c = { .rq = &rq, .vol = v, .book = v->book, .server = s, .a = &a,
	    .out = &out, .page = page_make(&out, UI_EN),
	    .api = bytes_starts(raw, B("/api/")) };
	struct MHD_Response *r;
	enum MHD_Result ret = MHD_NO;

	fail_gate(&c, status, why);
	if ((r = make_response(&c, NULL, CODING_PLAIN)) != NULL) {
		head(r, "Connection", "close");
		ret = MHD_queue_response(con, (unsigned)status, r);
		MHD_destroy_response(r);
	}
	count(s, (unsigned)status, out.n);
	atomic_fetch_add(&s->metrics.refused, 1);
	buf_release(&out);
	arena_release(&a);
	volume_unref(v);
	return ret;
}
