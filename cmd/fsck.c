/* SPDX-License-Identifier: ISC */
/* leishu fsck: proves a book whole. */
#include <leishu/book.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_fsck = {
	.name = "fsck",
	.operands = "BOOK",
	.summary = "proves that a book is whole, or names what is damaged",
	.min_args = 1,
	.max_args = 1,
	.run = run,
};

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	struct leishu_book *b;
	char chunk[5] = "", why[512];
	int rc, status;

	(void)argc;
	if ((status = cmd_book(ctx, argv[0], &b)) != STATUS_OK)
		return status;
	rc = leishu_book_fsck(b, chunk, why, sizeof(why));
	if (rc == LEISHU_EFORMAT) {
		fprintf(stderr, "leishu: '%s' is damaged in chunk %s: %s\n",
		    argv[0], chunk, why);
		status = STATUS_FAILED;
	} else if (rc < 0)
		status = cmd_fail(ctx, rc, "cannot read '%s'", argv[0]);
	leishu_book_close(b);
	return status;
}
