/* SPDX-License-Identifier: ISC */
/* For who runs it: health, and numbers in the Prometheus text format. */
#include <time.h>

#include "serve/inside.h"

void
health(struct ctx *c)
{
	c->type = "text/plain; charset=utf-8";
	buf_puts(c->out, "ok\n");
}

static void
row(struct ctx *c, const char *name, const char *type, const char *help, double v)
{
	buf_printf(c->out, "# HELP leishu_%s %s\n# TYPE leishu_%s %s\nleishu_%s %.17g\n",
	    name, help, name, type, name, v);
}

void
metrics_page(struct ctx *c)
{
	const struct server *s = c->server;
	const struct metrics *m = &s->metrics;
	int i;

	c->type = "text/plain; version=0.0.4; charset=utf-8";
	buf_puts(c->out, "# HELP leishu_answers_total answers by hundreds of the status\n"
	    "# TYPE leishu_answers_total counter\n");
	for (i = 1; i <= 5; i++)
		buf_printf(c->out, "leishu_answers_total{code=\"%dxx\"} %llu\n", i,
		    atomic_load(&m->answers[i]));
	row(c, "refused_total", "counter", "requests the gate refused",
	    (double)atomic_load(&m->refused));
	row(c, "cached_total", "counter", "answers from memory", (double)atomic_load(&m->cached));
	row(c, "made_total", "counter", "answers made anew", (double)atomic_load(&m->made));
	row(c, "made_seconds_total", "counter", "time spent making them",
	    (double)atomic_load(&m->made_ns) / 1e9);
	row(c, "swaps_total", "counter", "books swapped in", (double)atomic_load(&m->swaps));
	row(c, "connections", "gauge", "connections open", (double)atomic_load(&m->open));
	row(c, "cache_bytes", "gauge", "bytes of kept answers", (double)cache_bytes(c->vol->cache));
	row(c, "entries", "gauge", "entries of the book", (double)book_count(c->book));
	row(c, "start_time_seconds", "gauge", "when the server began", (double)s->started);
}
