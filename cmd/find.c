/* SPDX-License-Identifier: ISC */
/* leishu find: which entry has this name, in any script or spelling. */
#include <leishu/book.h>
#include <leishu/find.h>

#include <stdlib.h>
#include <string.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_find = {
	.name = "find",
	.operands = "BOOK QUERY...",
	.summary = "looks a name up, in any script, scheme or spelling",
	.opts = {
		{ "number", 'n', "N", "at most so many hits (10)" },
		{ "suggest", 0, NULL, "the end of the name is still to come" },
		{ "whole", 0, NULL, "whole names only: no parts, no slips" },
		{ "json", 0, NULL, "one JSON object" },
		{ "batch", 0, NULL, "a query a line from standard input, JSON out" },
	},
	.min_args = 1,
	.max_args = -1,
	.run = run,
};

struct find {
	const struct leishu_book *book;
	struct leishu_find_options opts;
	bool json;
};

static void
put(struct leishu_text t)
{
	(void)fwrite(t.p, 1, t.n, stdout);
}

static void
put_text(const struct leishu_hits *h)
{
	const struct leishu_hit *hit;
	bool at_least;
	uint64_t total = leishu_hits_total(h, &at_least);
	size_t i;

	for (i = 0; (hit = leishu_hits_at(h, i)) != NULL; i++) {
		put(hit->id);
		putchar('\t');
		put(hit->title);
		putchar('\t');
		put(hit->via);
		printf(": ");
		put(hit->why);
		putchar('\n');
	}
	if (total > i)
		fprintf(stderr, "leishu: these are %zu of %s%ju\n", i,
		    at_least ? "at least " : "", (uintmax_t)total);
}

static int
one(struct cmd_ctx *ctx, void *arg, const char *query, size_t n)
{
	const struct find *f = arg;
	struct leishu_hits *h;
	const char *error;
	int rc, status;

	if ((rc = leishu_find(f->book, query, n, &f->opts, &h)) < 0)
		return cmd_fail(ctx, rc, "cannot look up the name");
	error = leishu_hits_error(h);
	status = leishu_hits_count(h) ? STATUS_OK : STATUS_FOUND;
	if (f->json) {
		put(leishu_hits_json(h));
		putchar('\n');
	} else if (error) {
		fprintf(stderr, "leishu: %s\n", error);
	} else {
		put_text(h);
	}
	if (error)
		status = STATUS_USAGE;
	leishu_hits_free(h);
	return status;
}

/* A line that finds nothing, or cannot be read, has been answered. */
static int
line(struct cmd_ctx *ctx, void *arg, const char *query, size_t n)
{
	int status = one(ctx, arg, query, n);

	return status == STATUS_FAILED ? status : STATUS_OK;
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	struct find f = { 0 };
	struct leishu_book *book;
	bool batch = cmd_has(ctx, "batch");
	long n = 10;
	char *query;
	int status;

	leishu_find_options_defaults(&f.opts);
	if (!cmd_num(ctx, "number", 1, 1000, &n))
		return STATUS_USAGE;
	if (batch ? argc != 1 : argc < 2)
		return cmd_usage(ctx, batch ?
		    "with --batch queries come from standard input" :
		    "which name is to be looked up?");
	f.opts.limit = (unsigned)n;
	if (cmd_has(ctx, "suggest"))
		f.opts.mode = LEISHU_FIND_SUGGEST;
	else if (cmd_has(ctx, "whole"))
		f.opts.mode = LEISHU_FIND_WHOLE;
	f.json = batch || cmd_has(ctx, "json");
	if ((status = cmd_book(ctx, argv[0], &book)) != STATUS_OK)
		return status;
	f.book = book;
	if (batch) {
		status = cmd_batch(ctx, line, &f);
	} else if ((query = cmd_join(argc - 1, argv + 1)) == NULL) {
		status = cmd_fail(ctx, LEISHU_ENOMEM, "cannot look up the name");
	} else {
		status = one(ctx, &f, query, strlen(query));
		free(query);
	}
	leishu_book_close(book);
	return status;
}
