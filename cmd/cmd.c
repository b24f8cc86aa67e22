/* SPDX-License-Identifier: ISC */
/* Options, messages and batches: what every subcommand shares. */
#include "cmd.h"

#include <leishu/book.h>

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static int
opt_index(const struct cmd *c, const char *name)
{
	int i;

	for (i = 0; i < CMD_OPTS_MAX && c->opts[i].name; i++)
		if (strcmp(c->opts[i].name, name) == 0)
			return i;
	return -1;
}

const char *
cmd_opt(const struct cmd_ctx *ctx, const char *name, const char *def)
{
	int i = opt_index(ctx->cmd, name);

	return i >= 0 && ctx->value[i] ? ctx->value[i] : def;
}

bool
cmd_has(const struct cmd_ctx *ctx, const char *name)
{
	return cmd_opt(ctx, name, NULL) != NULL;
}

bool
cmd_num(struct cmd_ctx *ctx, const char *name, long min, long max, long *ret)
{
	const char *s = cmd_opt(ctx, name, NULL);
	char *end;
	long v;

	if (s == NULL)
		return true;
	errno = 0;
	v = strtol(s, &end, 10);
	if (end == s || *end || errno || v < min || v > max) {
		(void)cmd_usage(ctx, "--%s wants a number from %ld to %ld, not '%s'",
		    name, min, max, s);
		return false;
	}
	*ret = v;
	return true;
}

int
cmd_usage(struct cmd_ctx *ctx, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "leishu %s: ", ctx->cmd->name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\nusage: leishu %s [options] %s\n"
	    "'leishu %s --help' lists the options\n", ctx->cmd->name,
	    ctx->cmd->operands, ctx->cmd->name);
	return STATUS_USAGE;
}

int
cmd_fail(struct cmd_ctx *ctx, int rc, const char *fmt, ...)
{
	int saved = errno;
	va_list ap;

	(void)ctx;
	if (ferror(stdout))	/* which main tells, as the true reason */
		return STATUS_FAILED;
	fprintf(stderr, "leishu: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	/* The library says so of a device or a pipe in the place of a book. */
	fprintf(stderr, ": %s\n", rc != LEISHU_EIO || !saved ? leishu_strerror(rc) :
	    saved == EINVAL ? "it is no regular file" : strerror(saved));
	return STATUS_FAILED;
}

int
cmd_fail_read(struct cmd_ctx *ctx, int rc, const char *path)
{
	if (rc != LEISHU_EINVAL)
		return cmd_fail(ctx, rc, "cannot read '%s'", path);
	fprintf(stderr, "leishu: cannot read '%s': it is no folder, and no "
	    ".md, .txt or .jsonl file\n", path);
	return STATUS_FAILED;
}

int
cmd_book(struct cmd_ctx *ctx, const char *path, struct leishu_book **ret)
{
	char chunk[5] = "";
	int rc = leishu_book_open(path, chunk, ret);

	if (rc == 0)
		return STATUS_OK;
	if (rc == LEISHU_EFORMAT && chunk[0]) {
		fprintf(stderr, "leishu: '%s' is damaged in chunk %s%s\n", path,
		    chunk, strcmp(chunk, "head") == 0 ?
		    ", or no book at all" : "");
		return STATUS_FAILED;
	}
	return cmd_fail(ctx, rc, "cannot open '%s'", path);
}

int
cmd_put(void *ctx, const void *p, size_t n)
{
	return fwrite(p, 1, n, ctx) == n ? 0 : LEISHU_EIO;
}

void
cmd_count(const char *before, unsigned long long n, const char *one, const char *many)
{
	fprintf(stderr, "%s%llu %s", before, n, n == 1 ? one : many);
}

char *
cmd_join(int argc, char **argv)
{
	size_t n = 1, at = 0;
	char *s;
	int i;

	for (i = 0; i < argc; i++)
		n += strlen(argv[i]) + 1;
	if ((s = malloc(n)) == NULL)
		return NULL;
	for (i = 0; i < argc; i++) {
		size_t len = strlen(argv[i]);

		if (i)
			s[at++] = ' ';
		memcpy(s + at, argv[i], len);
		at += len;
	}
	s[at] = 0;
	return s;
}

int
cmd_batch(struct cmd_ctx *ctx,
    int (*one)(struct cmd_ctx *, void *, const char *, size_t), void *arg)
{
	int worst = STATUS_OK, status;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	while ((n = getline(&line, &cap, stdin)) >= 0) {
		if (n && line[n - 1] == '\n')
			n--;
		if (n && line[n - 1] == '\r')
			n--;
		line[n] = 0;
		status = one(ctx, arg, line, (size_t)n);
		if (status > worst)
			worst = status;
		/* who asks line by line waits for the answer */
		if (fflush(stdout) != 0)
			break;
	}
	if (ferror(stdin))
		worst = cmd_fail(ctx, LEISHU_EIO, "cannot read standard input");
	free(line);
	return worst;
}
