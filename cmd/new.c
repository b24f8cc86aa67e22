/* SPDX-License-Identifier: ISC */
/* leishu new: a small collection to start from. */
#include <leishu/new.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_new = {
	.name = "new",
	.operands = "DIR",
	.summary = "writes a small collection to start from",
	.min_args = 1,
	.max_args = 1,
	.run = run,
};

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	int rc = leishu_new(argv[0]);

	(void)argc;
	if (rc == LEISHU_EINVAL) {
		fprintf(stderr, "leishu: '%s' is not empty; nothing was written\n", argv[0]);
		return STATUS_FAILED;
	}
	if (rc < 0)
		return cmd_fail(ctx, rc, "cannot write to '%s'", argv[0]);
	fprintf(stderr, "a collection of three entries is in '%s'; see it with:\n"
	    "  leishu serve %s\n", argv[0], argv[0]);
	return STATUS_OK;
}
