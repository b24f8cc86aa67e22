/* SPDX-License-Identifier: ISC */
/* leishu dump: what is in a book, or all of it back. */
#include <leishu/book.h>

#include <string.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_dump = {
	.name = "dump",
	.operands = "BOOK",
	.summary = "lists the chunks of a book, or gives all entries back",
	.opts = {
		{ "as", 0, "jsonl", "all entries as JSON Lines, for build" },
	},
	.min_args = 1,
	.max_args = 1,
	.run = run,
};

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	const char *as = cmd_opt(ctx, "as", NULL);
	struct leishu_book *b;
	int rc, status;

	(void)argc;
	if (as != NULL && strcmp(as, "jsonl") != 0)
		return cmd_usage(ctx, "--as is jsonl, not '%s'", as);
	if ((status = cmd_book(ctx, argv[0], &b)) != STATUS_OK)
		return status;
	rc = (as ? leishu_book_dump : leishu_book_list)(b, cmd_put, stdout);
	if (rc < 0)
		status = cmd_fail(ctx, rc, "cannot read '%s'", argv[0]);
	leishu_book_close(b);
	return status;
}
