/* SPDX-License-Identifier: ISC */
/*
 * The server on libmicrohttpd: sockets, threads, signals.  What a request
 * means is in gate.c, what it gets in route.c.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sum.h"
#include "serve/conns.h"
#include "serve/inside.h"
#include "serve/run.h"
#include "serve/send.h"

#define BODY_MAX	(64u << 10)	/* of a form */
#define IDLE_SECONDS	15		/* between two bytes */
#define CONNECTIONS	1000
#define REQUEST_MEMORY	(24u << 10)	/* headers and what MHD makes of them */
#define STOP_SECONDS	5		/* for requests under way */
#define TICK_MS		250

struct http {
	struct server server;
	struct conns *conns;
	struct MHD_Daemon *daemon;
	int listen_fd;
};

/* One request from its first line to its last byte. */
struct exchange {
	struct http *http;
	bool begun;		/* headers were looked at */
	bool refused;
	struct headers headers;
	struct buf body;
	size_t n_raw;
	char raw[];
};

static void *
on_line(void *cls, const char *uri, struct MHD_Connection *con)
{
	size_t n = strlen(uri);
	struct exchange *x = calloc(1, sizeof(*x) + n + 1);

	if (x == NULL)
		return NULL;
	x->http = cls;
	x->n_raw = n;
	memcpy(x->raw, uri, n + 1);
	conns_reading(x->http->conns, con);
	return x;
}

static void
on_done(void *cls, struct MHD_Connection *con, void **mem, enum MHD_RequestTerminationCode why)
{
	struct http *h = cls;
	struct exchange *x = *mem;

	(void)why;
	conns_idle(h->conns, con);
	if (x) {
		buf_release(&x->body);
		free(x);
	}
	*mem = NULL;
}

static void
on_connection(void *cls, struct MHD_Connection *con, void **mem,
    enum MHD_ConnectionNotificationCode code)
{
	struct http *h = cls;

	(void)mem;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		conns_open(h->conns, con);
		atomic_fetch_add(&h->server.metrics.open, 1);
	} else {
		conns_close(h->conns, con);
		atomic_fetch_sub(&h->server.metrics.open, 1);
	}
}

/* Addresses are decoded by the gate, which refuses what is broken. */
static size_t
leave_escaped(void *cls, struct MHD_Connection *con, char *s)
{
	(void)cls;
	(void)con;
	return strlen(s);
}

struct gathering {
	struct headers *h;
	const char *why;
};

static enum MHD_Result
on_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t n_key,
    const char *value, size_t n_value)
{
	struct gathering *g = cls;

	(void)kind;
	g->why = gate_header(g->h, bytes_make(key, n_key), bytes_make(value, value ? n_value : 0));
	return g->why ? MHD_NO : MHD_YES;
}

static const char *
read_headers(struct exchange *x, struct MHD_Connection *con, const char *version)
{
	struct gathering g = { &x->headers, NULL };

	x->headers.http10 = strcmp(version, "HTTP/1.0") == 0;
	(void)MHD_get_connection_values_n(con, MHD_HEADER_KIND, on_header, &g);
	return g.why ? g.why : gate_headers_end(&x->headers);
}

static enum MHD_Result
answer(struct exchange *x, struct MHD_Connection *con, const char *method)
{
	struct request rq = {
		.method = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ?
		    METHOD_GET : strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_OTHER,
		.headers = x->headers,
		.raw = bytes_make(x->raw, x->n_raw),
		.body = buf_view(&x->body),
	};

	rq.prefs.ui = (uint8_t)ui_from_accept(x->headers.language);
	prefs_read(&rq.prefs, x->headers.cookie);
	conns_writing(x->http->conns, con);
	return send_answer(&x->http->server, con, &rq);
}

/*
 * Called with the headers, with each piece of a body, and at the end.  An
 * answer before the end closes the connection, so only a refusal is given
 * there.
 */
static enum MHD_Result
on_request(void *cls, struct MHD_Connection *con, const char *url, const char *method,
    const char *version, const char *data, size_t *n_data, void **mem)
{
	struct exchange *x = *mem;
	const char *why;

	(void)cls;
	(void)url;
	if (x == NULL)
		return MHD_NO;
	if (!x->begun) {
		x->begun = true;
		if ((why = read_headers(x, con, version)) != NULL) {
			x->refused = true;
			return send_refusal(&x->http->server, con, MHD_HTTP_BAD_REQUEST,
			    why, bytes_make(x->raw, x->n_raw));
		}
		x->body.max = BODY_MAX;
		return MHD_YES;
	}
	if (*n_data) {
		buf_add(&x->body, data, *n_data);
		*n_data = 0;
		return MHD_YES;
	}
	if (x->body.err)
		return send_refusal(&x->http->server, con, MHD_HTTP_CONTENT_TOO_LARGE,
		    "its body is too large", bytes_make(x->raw, x->n_raw));
	return answer(x, con, method);
}

/* --- the socket ----------------------------------------------------------- */

/* "127.0.0.1:8080" or "[::1]:0" to a listening socket. */
static int
listen_on(const char *where, int *fd, char why[SERVE_WHY])
{
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
	    .ai_socktype = SOCK_STREAM }, *list;
	const char *colon = strrchr(where, ':');
	char host[256];
	size_t n = colon ? (size_t)(colon - where) : 0;
	uint64_t port;
	int rc, one = 1;

	if (colon == NULL || n >= sizeof(host) ||
	    !bytes_u64(bytes_str(colon + 1), UINT16_MAX, &port)) {
		(void)snprintf(why, SERVE_WHY, "'%s' is not ADDR:PORT", where);
		return LEISHU_EINVAL;
	}
	memcpy(host, where, n);
	host[n] = 0;
	if (n > 1 && host[0] == '[' && host[n - 1] == ']') {
		memmove(host, host + 1, n - 2);
		host[n - 2] = 0;
	}
	rc = getaddrinfo(host[0] ? host : NULL, colon + 1, &hints, &list);
	if (rc != 0) {
		(void)snprintf(why, SERVE_WHY, "'%s' is not ADDR:PORT: %s", where,
		    gai_strerror(rc));
		return LEISHU_EINVAL;
	}
	*fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd >= 0 && (setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
	    bind(*fd, list->ai_addr, list->ai_addrlen) < 0 || listen(*fd, 1024) < 0)) {
		int e = errno;

		(void)close(*fd);
		*fd = -1;
		errno = e;
	}
	freeaddrinfo(list);
	if (*fd >= 0)
		return 0;
	if (errno == EADDRINUSE)
		(void)snprintf(why, SERVE_WHY, "%s is in use by another program", where);
	else
		(void)snprintf(why, SERVE_WHY, "cannot listen on %s: %s", where, strerror(errno));
	return LEISHU_EIO;
}

static void
say_where(int fd)
{
	struct sockaddr_storage ss;
	socklen_t n = sizeof(ss);
	char host[NI_MAXHOST], port[NI_MAXSERV];

	if (getsockname(fd, (struct sockaddr *)&ss, &n) < 0 ||
	    getnameinfo((struct sockaddr *)&ss, n, host, sizeof(host), port, sizeof(port),
	    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return;
	printf(strchr(host, ':') ? "listening on http://[%s]:%s\n" :
	    "listening on http://%s:%s\n", host, port);
	(void)fflush(stdout);
}

static int
start(struct http *h, const struct serve_opts *o, char why[SERVE_WHY])
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned threads = o->threads ? o->threads : (unsigned)MIN(MAX(cpus, 2), 64);
	int rc;

	if ((rc = listen_on(o->listen, &h->listen_fd, why)) < 0)
		return rc;
	h->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO |
	    MHD_USE_ITC, 0, NULL, NULL, on_request, h,
	    MHD_OPTION_LISTEN_SOCKET, h->listen_fd,
	    MHD_OPTION_THREAD_POOL_SIZE, threads,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)REQUEST_MEMORY,
	    MHD_OPTION_URI_LOG_CALLBACK, on_line, h,
	    MHD_OPTION_NOTIFY_COMPLETED, on_done, h,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
	    MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
	    MHD_OPTION_STRICT_FOR_CLIENT, 0,	/* the gate looks closer */
	    MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
	    MHD_OPTION_END);
	if (h->daemon)
		return 0;
	(void)snprintf(why, SERVE_WHY, "cannot start the server: %s", strerror(errno));
	(void)close(h->listen_fd);
	return LEISHU_EIO;
}

/* --- living and stopping -------------------------------------------------- */

static void
reload(struct http *h, bool force)
{
	char why[SERVE_WHY];
	int rc = shelf_reload(h->server.shelf, force, why, sizeof(why));

	if (rc > 0)
		atomic_fetch_add(&h->server.metrics.swaps, 1);
	else if (rc < 0 && force)
		fprintf(stderr, "leishu: %s; the old book stays\n", why);
}

/* No new connections; those under way get a moment to finish. */
static void
stop(struct http *h)
{
	int fd = MHD_quiesce_daemon(h->daemon), ms;
	struct timespec t = { 0, 20 * 1000000 };

	for (ms = 0; ms < STOP_SECONDS * 1000 && conns_busy(h->conns); ms += 20)
		(void)nanosleep(&t, NULL);
	MHD_stop_daemon(h->daemon);
	if (fd >= 0)
		(void)close(fd);
}

static void
wait_for_signals(struct http *h, const sigset_t *set)
{
	struct timespec tick = { 0, TICK_MS * 1000000L };
	unsigned n = 0;

	for (;;) {
		int sig = sigtimedwait(set, NULL, &tick);

		if (sig == SIGTERM || sig == SIGINT)
			return;
		if (sig == SIGHUP)
			reload(h, true);
		else if (n++ % 2 == 0)
			reload(h, false);
		conns_sweep(h->conns);
	}
}

int
serve_book(const struct serve_opts *o, char why[SERVE_WHY])
{
	struct http h = { .listen_fd = -1 };
	sigset_t set;
	int rc;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	h.server.origin = o->origin;
	h.server.started = (int64_t)time(NULL);
	if ((rc = shelf_open(o->book, why, SERVE_WHY, &h.server.shelf)) < 0)
		return rc;
	if ((h.conns = conns_new()) == NULL) {
		(void)snprintf(why, SERVE_WHY, "%s", leishu_strerror(LEISHU_ENOMEM));
		rc = LEISHU_ENOMEM;
		goto out;
	}
	if ((rc = start(&h, o, why)) < 0)
		goto out;
	if (o->sandbox && sandbox_enter() < 0)
		fprintf(stderr, "leishu: runs without a sandbox: %s\n", strerror(errno));
	say_where(h.listen_fd);
	wait_for_signals(&h, &set);
	stop(&h);
out:
	conns_free(h.conns);
	shelf_close(h.server.shelf);
	return rc;
}
