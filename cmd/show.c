/* SPDX-License-Identifier: ISC */
/* leishu show: one entry. */
#include <leishu/book.h>
#include <leishu/render.h>

#include <string.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_show = {
	.name = "show",
	.operands = "BOOK ID",
	.summary = "shows one entry",
	.opts = {
		{ "as", 0, "FORM", "text, html, md, json or source (text)" },
	},
	.min_args = 2,
	.max_args = 2,
	.run = run,
};

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	struct leishu_text id = { argv[1], strlen(argv[1]) };
	int form = leishu_form_find(cmd_opt(ctx, "as", "text"));
	struct leishu_book *b;
	uint32_t no;
	int rc, status;

	(void)argc;
	if (form < 0)
		return cmd_usage(ctx, "no form is called '%s'", cmd_opt(ctx, "as", ""));
	if ((status = cmd_book(ctx, argv[0], &b)) != STATUS_OK)
		return status;
	if ((no = leishu_book_find(b, id)) == LEISHU_NONE) {
		fprintf(stderr, "leishu: there is no entry '%s'\n", argv[1]);
		status = STATUS_FOUND;
	} else if ((rc = leishu_render(b, no,
	    (enum leishu_form)form, cmd_put, stdout)) < 0)
		status = cmd_fail(ctx, rc, "cannot show '%s'", argv[1]);
	leishu_book_close(b);
	return status;
}
