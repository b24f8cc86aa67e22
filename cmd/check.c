/* SPDX-License-Identifier: ISC */
/* leishu check: reads sources, prints findings, writes nothing. */
#include <leishu/build.h>
#include <leishu/check.h>

#include <string.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_check = {
	.name = "check",
	.operands = "[PATH...]",
	.summary = "reads sources, prints what is wrong with them",
	.opts = {
		{ "format", 'f', "FORMAT", "text (default), json or sarif" },
		{ "json", 0, NULL, "one JSON object" },
		{ "level", 'l', "LEVEL", "note, warning or error (default): the least that fails" },
		{ "codes", 0, NULL, "lists what can be found, and stops" },
	},
	.min_args = 0,
	.max_args = -1,
	.run = run,
};

static const char *const formats[] = { "text", "json", "sarif" };
static const char *const levels[] = { "note", "warning", "error" };

static int
lookup(const char *const *v, size_t n, const char *s)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i], s) == 0)
			return (int)i;
	return -1;
}

static int
put_stdout(void *ctx, const void *p, size_t n)
{
	(void)ctx;
	return fwrite(p, 1, n, stdout) == n ? 0 : LEISHU_EIO;
}

static int
list_codes(void)
{
	struct leishu_check_code c;
	size_t i;

	for (i = 0; leishu_check_code(i, &c) == 0; i++)
		printf("%-8s %-18s %s; %s\n", c.level, c.name, c.meaning, c.hint);
	return STATUS_OK;
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	static const char *const here[] = { "." };
	int format = lookup(formats, 3, cmd_opt(ctx, "format",
	    cmd_has(ctx, "json") ? "json" : "text"));
	int level = lookup(levels, 3, cmd_opt(ctx, "level", "error"));
	struct leishu_build_counts c;
	struct leishu_build_opts o;
	struct leishu_build *b = NULL;
	const char *bad = NULL;
	int rc, status;

	if (cmd_has(ctx, "codes"))
		return list_codes();
	if (format < 0)
		return cmd_usage(ctx, "there is no format '%s'", cmd_opt(ctx, "format", ""));
	if (level < 0)
		return cmd_usage(ctx, "there is no level '%s'", cmd_opt(ctx, "level", ""));
	leishu_build_defaults(&o);
	o.paths = argc ? (const char *const *)argv : here;
	o.n_paths = argc ? (size_t)argc : 1;
	o.keep = 0;
	o.around = 1;
	if ((rc = leishu_build_new(&o, &bad, &b)) < 0)
		return cmd_fail_read(ctx, rc, bad ? bad : o.paths[0]);
	if ((rc = leishu_build_check(b)) < 0 ||
	    (rc = leishu_build_report(b, (enum leishu_report)format, LEISHU_NOTE,
	    put_stdout, NULL)) < 0) {
		status = cmd_fail(ctx, rc, "cannot check '%s'", o.paths[0]);
		goto out;
	}
	c = leishu_build_counts(b);
	status = c.errors || (level < 2 && c.warnings) || (level < 1 && c.notes) ?
	    STATUS_FOUND : STATUS_OK;
	if (format == 0 && c.errors + c.warnings + c.notes) {
		cmd_count("", c.entries, "entry", "entries");
		cmd_count(": ", c.errors, "error", "errors");
		cmd_count(", ", c.warnings, "warning", "warnings");
		cmd_count(", ", c.notes, "note\n", "notes\n");
	}
out:
	leishu_build_free(b);
	return status;
}
