/* SPDX-License-Identifier: ISC */
/* leishu show: one entry. */
#include <leishu/book.h>
#include <leishu/render.h>

#include <string.h>

#include "cmd.h"

#define NEAR	5	/* entries offered for an id that is not there */

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_show = {
	.name = "show",
	.operands = "BOOK ID",
	.summary = "shows one entry",
	.opts = {
		{ "as", 0, "FORM", "text (default), html, md, json or source" },
	},
	.min_args = 2,
	.max_args = 2,
	.run = run,
};

static int
not_there(const struct leishu_book *b, struct leishu_text id)
{
	uint32_t near[NEAR];
	struct leishu_card c;
	size_t n = leishu_book_near(b, id, near, NEAR), i;

	fprintf(stderr, "leishu: there is no entry '%.*s'%s\n", (int)id.n, id.p,
	    n ? "; near it are" : "");
	for (i = 0; i < n; i++)
		if (leishu_book_card(b, near[i], &c) == 0)
			fprintf(stderr, "  %.*s  %.*s\n", (int)c.id.n, c.id.p,
			    (int)c.title.n, c.title.p);
	return STATUS_FOUND;
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	struct leishu_text id = { argv[1], strlen(argv[1]) };
	const char *as = cmd_opt(ctx, "as", "text");
	int form = leishu_form_find(as), rc, status;
	struct leishu_book *b;
	uint32_t no;

	(void)argc;
	if (form < 0)
		return cmd_usage(ctx, "--as is text, html, md, json or source, not '%s'", as);
	if ((status = cmd_book(ctx, argv[0], &b)) != STATUS_OK)
		return status;
	if ((no = leishu_book_find(b, id)) == LEISHU_NONE)
		status = not_there(b, id);
	else if ((rc = leishu_render(b, no, (enum leishu_form)form, cmd_put, stdout)) < 0)
		status = cmd_fail(ctx, rc, "cannot show '%s'", argv[1]);
	else if (form == LEISHU_FORM_JSON)
		putchar('\n');
	leishu_book_close(b);
	return status;
}
