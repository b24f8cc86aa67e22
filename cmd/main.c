/* SPDX-License-Identifier: ISC */
/* The program: finds the subcommand, reads its options, runs it. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"

static const struct cmd *const commands[] = {
	&cmd_build,
	&cmd_check,
	&cmd_date,
	&cmd_dump,
	&cmd_find,
	&cmd_fsck,
	&cmd_name,
	&cmd_new,
	&cmd_search,
	&cmd_serve,
	&cmd_show,
	&cmd_timeline,
};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
help(FILE *f)
{
	size_t i;

	fprintf(f, "usage: leishu COMMAND [options] operands\n\n");
	for (i = 0; i < N_COMMANDS; i++)
		fprintf(f, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(f, "\n'leishu COMMAND --help' says more; so does leishu(1).\n");
}

static void
help_cmd(const struct cmd *c)
{
	const struct cmd_opt *o;

	printf("usage: leishu %s [options] %s\n%s\n\n", c->name, c->operands,
	    c->summary);
	for (o = c->opts; o < c->opts + CMD_OPTS_MAX && o->name; o++) {
		char left[64];

		if (o->letter)
			(void)snprintf(left, sizeof(left), "-%c, --%s%s%s", o->letter,
			    o->name, o->arg ? " " : "", o->arg ? o->arg : "");
		else
			(void)snprintf(left, sizeof(left), "    --%s%s%s", o->name,
			    o->arg ? " " : "", o->arg ? o->arg : "");
		printf("  %-24s %s\n", left, o->help);
	}
	printf("  %-24s %s\n", "-h, --help", "this help");
}

static const struct cmd *
find_cmd(const char *name)
{
	const char *known[N_COMMANDS], *near;
	size_t i;

	for (i = 0; i < N_COMMANDS; i++) {
		known[i] = commands[i]->name;
		if (strcmp(known[i], name) == 0)
			return commands[i];
	}
	if ((near = leishu_nearest(name, known, N_COMMANDS)) != NULL)
		fprintf(stderr, "leishu: there is no command '%s'; did you mean '%s'?\n",
		    name, near);
	else
		fprintf(stderr, "leishu: there is no command '%s'; 'leishu --help' lists them\n",
		    name);
	return NULL;
}

/* "leishu help", or of a command. */
static int
run_help(const char *name)
{
	const struct cmd *c;

	if (name == NULL) {
		help(stdout);
		return STATUS_OK;
	}
	if ((c = find_cmd(name)) == NULL)
		return STATUS_USAGE;
	help_cmd(c);
	return STATUS_OK;
}

/* The option called name (n bytes) or letter, or -1. */
static int
lookup(const struct cmd *c, const char *name, size_t n, char letter)
{
	int i;

	for (i = 0; i < CMD_OPTS_MAX && c->opts[i].name; i++)
		if (name ? strlen(c->opts[i].name) == n &&
		    memcmp(c->opts[i].name, name, n) == 0 :
		    letter && c->opts[i].letter == letter)
			return i;
	return -1;
}

/* Says that there is no such option, and which one may have been meant. */
static int
unknown_option(struct cmd_ctx *ctx, const char *a)
{
	const char *known[CMD_OPTS_MAX], *near = NULL;
	char name[64];
	size_t n = 0;

	for (; n < CMD_OPTS_MAX && ctx->cmd->opts[n].name; n++)
		known[n] = ctx->cmd->opts[n].name;
	if (a[1] == '-') {
		(void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(a + 2, "="), a + 2);
		near = leishu_nearest(name, known, n);
	}
	(void)(near ? cmd_usage(ctx, "unknown option '%s'; did you mean '--%s'?", a, near) :
	    cmd_usage(ctx, "unknown option '%s'", a));
	return -1;
}

/*
 * Reads the option argv[i], and argv[i + 1] if it is its value; gives the
 * index of the last one read, or -1 after a usage message.
 */
static int
read_option(struct cmd_ctx *ctx, int argc, char **argv, int i)
{
	const struct cmd_opt *o;
	const char *a = argv[i], *eq, *value;
	int k;

	if (a[1] == '-') {
		eq = strchr(a, '=');
		k = lookup(ctx->cmd, a + 2, eq ? (size_t)(eq - a - 2) : strlen(a + 2), 0);
		value = eq ? eq + 1 : NULL;
	} else {
		k = lookup(ctx->cmd, NULL, 0, a[1]);
		value = a[2] ? a + 2 : NULL;
	}
	if (k < 0)
		return unknown_option(ctx, a);
	o = &ctx->cmd->opts[k];
	if (o->arg == NULL && value) {
		(void)cmd_usage(ctx, "option --%s takes no value", o->name);
		return -1;
	}
	if (o->arg && value == NULL && ++i == argc) {
		(void)cmd_usage(ctx, "option --%s wants a value (%s)", o->name, o->arg);
		return -1;
	}
	ctx->value[k] = value ? value : o->arg ? argv[i] : "";
	return i;
}

/*
 * Moves operands to the front of argv and gives their number; -1 after a
 * usage message, -2 after help.
 */
static int
parse(struct cmd_ctx *ctx, int argc, char **argv)
{
	const struct cmd *c = ctx->cmd;
	const char *a;
	int i, n = 0;

	for (i = 0; i < argc; i++) {
		a = argv[i];
		if (strcmp(a, "--") == 0) {
			while (++i < argc)
				argv[n++] = argv[i];
			break;
		}
		if (a[0] != '-' || a[1] == 0 || (c->negative_operands &&
		    isdigit((unsigned char)a[1]))) {
			argv[n++] = argv[i];
			continue;
		}
		if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0) {
			help_cmd(c);
			return -2;
		}
		if ((i = read_option(ctx, argc, argv, i)) < 0)
			return -1;
	}
	return n;
}

/*
 * A stream that was closed before the start fails when it is used, and no
 * file opened later takes its number: a book is not what stdout says.
 */
static void
hold_streams(void)
{
	static const int way[] = { O_WRONLY, O_RDONLY, O_RDONLY };
	int fd;

	for (fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)open("/dev/null", way[fd]);
}

/* What was printed has arrived, or status is that it has not. */
static int
finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	if (errno != EPIPE)
		fprintf(stderr, "leishu: cannot write: %s\n", strerror(errno));
	return STATUS_FAILED;
}

int
main(int argc, char **argv)
{
	struct cmd_ctx ctx = { 0 };
	int n;

	hold_streams();
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	if (argc < 2) {
		help(stderr);
		return STATUS_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return finish(run_help(argv[2]));
	if (strcmp(argv[1], "--version") == 0) {
		printf("leishu %s\n", leishu_version());
		return finish(STATUS_OK);
	}
	if ((ctx.cmd = find_cmd(argv[1])) == NULL)
		return STATUS_USAGE;
	if ((n = parse(&ctx, argc - 2, argv + 2)) < 0)
		return n == -2 ? finish(STATUS_OK) : STATUS_USAGE;
	if (n < ctx.cmd->min_args)
		return cmd_usage(&ctx, "something is missing: wants %s",
		    ctx.cmd->operands);
	if (ctx.cmd->max_args >= 0 && n > ctx.cmd->max_args)
		return cmd_usage(&ctx, "'%s' is too much", argv[2 + ctx.cmd->max_args]);
	return finish(ctx.cmd->run(&ctx, n, argv + 2));
}
