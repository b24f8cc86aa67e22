/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd.h"
#include "serve/serve.h"

/* leishu serve: the web, from a book or from a folder that is watched. */

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_serve = {
	.name = "serve",
	.operands = "BOOK|DIR",
	.summary = "serves a book, or a folder and its changes, on the web",
	.opts = {
		{ "listen", 'l', "ADDR:PORT", "where (127.0.0.1:8080; port 0 picks a free one)" },
		{ "origin", 0, "URL", "https://host under which readers know it" },
		{ "threads", 0, "N", "threads that answer (as many as processors)" },
		{ "no-sandbox", 0, NULL, "keeps all system calls" },
	},
	.min_args = 1,
	.max_args = 1,
	.run = run,
};

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	const char *origin = cmd_opt(ctx, "origin", NULL);
	struct serve_opts o = {
		.book = argv[0],
		.listen = cmd_opt(ctx, "listen", "127.0.0.1:8080"),
		.origin = origin,
		.sandbox = !cmd_has(ctx, "no-sandbox"),
	};
	char why[SERVE_WHY] = "";
	long threads = 0;
	int rc;

	(void)argc;
	if (cmd_has(ctx, "threads") && !cmd_num(ctx, "threads", 1, 64, &threads))
		return STATUS_USAGE;
	if (origin && strncmp(origin, "https://", 8) != 0 && strncmp(origin, "http://", 7) != 0)
		return cmd_usage(ctx, "'%s' is no http or https address", origin);
	o.threads = (unsigned)threads;
	if ((rc = serve_run(&o, why)) == 0)
		return STATUS_OK;
	if (why[0])
		fprintf(stderr, "leishu: %s\n", why);
	return rc == LEISHU_EINVAL ? STATUS_USAGE : STATUS_FAILED;
}
