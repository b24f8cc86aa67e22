/* SPDX-License-Identifier: ISC */
/* leishu search: full text. */
#include <leishu/book.h>
#include <leishu/search.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_search = {
	.name = "search",
	.operands = "BOOK QUERY...",
	.summary = "searches the full text",
	.opts = {
		{ "number", 'n', "N", "at most so many hits (10)" },
		{ "from", 0, "N", "passes over so many hits" },
		{ "explain", 0, NULL, "terms and their scores too" },
		{ "json", 0, NULL, "one JSON object" },
		{ "batch", 0, NULL, "a query a line from standard input, JSON out" },
	},
	.min_args = 1,
	.max_args = -1,
	.run = run,
};

struct job {
	const struct leishu_book *book;
	struct leishu_search_options o;
};

static int
search(struct cmd_ctx *ctx, const struct job *j, const char *q, size_t n,
    struct leishu_search **ret)
{
	int rc = leishu_search(j->book, q, n, &j->o, ret);

	return rc < 0 ? cmd_fail(ctx, rc, "cannot search") : STATUS_OK;
}

static void
put_json(const struct leishu_search *s)
{
	struct leishu_text t = leishu_search_json(s);

	(void)fwrite(t.p, 1, t.n, stdout);
	(void)putchar('\n');
}

static int
batch_line(struct cmd_ctx *ctx, void *arg, const char *line, size_t n)
{
	struct leishu_search *s;
	int status = search(ctx, arg, line, n, &s);

	if (status == STATUS_OK) {
		put_json(s);
		leishu_search_free(s);
	}
	return status;
}

/* Text with its marks shown as bold, or left out. */
static void
put_marked(struct leishu_text t, bool bold)
{
	size_t i;

	for (i = 0; i < t.n; i++) {
		if (t.p[i] == '\1' || t.p[i] == '\2') {
			if (bold)
				(void)fputs(t.p[i] == '\1' ? "\033[1m" : "\033[0m", stdout);
		} else {
			(void)putchar(t.p[i]);
		}
	}
}

static void
put_text(const struct leishu_search *s)
{
	bool bold = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
	const struct leishu_search_hit *h;
	size_t i;

	for (i = 0; (h = leishu_search_at(s, i)) != NULL; i++) {
		printf("%.*s\t%.*s\t%.*s: %.*s\n    ", (int)h->id.n, h->id.p,
		    (int)h->title.n, h->title.p, (int)h->via.n, h->via.p,
		    (int)h->why.n, h->why.p);
		put_marked(h->plain, bold);
		(void)putchar('\n');
	}
}

static int
one(struct cmd_ctx *ctx, const struct job *j, int argc, char **argv)
{
	char *q = cmd_join(argc, argv);
	struct leishu_search *s;
	int status;

	if (q == NULL)
		return cmd_fail(ctx, LEISHU_ENOMEM, "cannot search");
	status = search(ctx, j, q, strlen(q), &s);
	free(q);
	if (status != STATUS_OK)
		return status;
	if (cmd_has(ctx, "json") || j->o.explain)
		put_json(s);
	else
		put_text(s);
	if (leishu_search_error(s)) {
		fprintf(stderr, "leishu: %s\n", leishu_search_error(s));
		status = STATUS_USAGE;
	} else {
		if (leishu_search_note(s) && !cmd_has(ctx, "json"))
			fprintf(stderr, "leishu: %s\n", leishu_search_note(s));
		status = leishu_search_total(s) ? STATUS_OK : STATUS_FOUND;
	}
	leishu_search_free(s);
	return status;
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	struct leishu_book *b;
	long limit = 10, from = 0;
	struct job j;
	int status;

	if (!cmd_num(ctx, "number", 1, 1000, &limit) ||
	    !cmd_num(ctx, "from", 0, LEISHU_SEARCH_DEEPEST, &from))
		return STATUS_USAGE;
	if (cmd_has(ctx, "batch") ? argc > 1 : argc < 2)
		return cmd_usage(ctx, cmd_has(ctx, "batch") ?
		    "with --batch queries come from standard input" :
		    "what is to be searched for?");
	leishu_search_options_defaults(&j.o);
	j.o.limit = (unsigned)limit;
	j.o.from = (unsigned)from;
	j.o.explain = cmd_has(ctx, "explain");
	if ((status = cmd_book(ctx, argv[0], &b)) != STATUS_OK)
		return status;
	j.book = b;
	status = cmd_has(ctx, "batch") ? cmd_batch(ctx, batch_line, &j) :
	    one(ctx, &j, argc - 1, argv + 1);
	leishu_book_close(b);
	return status;
}
