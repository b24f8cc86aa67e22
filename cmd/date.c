/* SPDX-License-Identifier: ISC */
#include <leishu/date.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd.h"

/* leishu date: a date in every calendar. */

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_date = {
	.name = "date",
	.operands = "EXPR",
	.summary = "tells a date in every calendar",
	.opts = {
		{ "as", 'a', "FORM",
		    "text, json, edtf, gregorian, julian, jdn or chinese" },
		{ "json", 'j', NULL, "one JSON object" },
		{ "batch", 'b', NULL, "a date a line from standard input, JSON out" },
		{ "polity", 'p', "STATE", "as this state counted (清, 南宋)" },
		{ "limit", 'n', "N", "at most so many readings (all)" },
	},
	.min_args = 0, .max_args = -1,
	.negative_operands = true,
	.run = run,
};

static int
tell(struct cmd_ctx *ctx, void *arg, const char *text, size_t n)
{
	const struct leishu_date_options *o = arg;
	char *answer = NULL;
	int rc = leishu_date(text, n, o, &answer);
	bool json = o->form == LEISHU_DATE_JSON;

	if (answer == NULL)
		return cmd_fail(ctx, rc, "cannot tell this date");
	if (rc < 0 && !json) {
		fprintf(stderr, "leishu: %s\n", answer);
	} else {
		fputs(answer, stdout);
		if (o->form != LEISHU_DATE_TEXT)
			putchar('\n');
	}
	leishu_date_free(answer);
	return rc < 0 && !cmd_has(ctx, "batch") ? STATUS_FOUND : STATUS_OK;
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	struct leishu_date_options o;
	const char *form = cmd_has(ctx, "json") || cmd_has(ctx, "batch") ? "json" : "text";
	long limit = 0;
	char *text;
	int status;

	leishu_date_options_defaults(&o);
	form = cmd_opt(ctx, "as", form);
	if (leishu_date_form(form, &o.form) < 0)
		return cmd_usage(ctx, "there is no form '%s'", form);
	if (!cmd_num(ctx, "limit", 1, 512, &limit))
		return STATUS_USAGE;
	o.limit = (unsigned)limit;
	o.polity = cmd_opt(ctx, "polity", NULL);
	o.today = (int32_t)(time(NULL) / 86400) + 2440588;
	if (cmd_has(ctx, "batch")) {
		if (argc)
			return cmd_usage(ctx, "--batch reads standard input, not '%s'", argv[0]);
		return cmd_batch(ctx, tell, &o);
	}
	if (argc == 0)
		return cmd_usage(ctx, "which date?");
	if ((text = cmd_join(argc, argv)) == NULL)
		return cmd_fail(ctx, LEISHU_ENOMEM, "cannot tell this date");
	status = tell(ctx, &o, text, strlen(text));
	free(text);
	return status;
}
