/* SPDX-License-Identifier: ISC */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <leishu/base.h>

#include <stdbool.h>
#include <stdio.h>

/*
 * A subcommand is one file with one const struct; main.c lists them and reads
 * the options of all: long or short, before or after operands, "--" ends them.
 */
enum status { STATUS_OK = 0, STATUS_FOUND = 1, STATUS_USAGE = 2, STATUS_FAILED = 3 };

struct cmd_opt {
	const char *name;	/* long, without "--"; NULL ends the table */
	char letter;		/* or 0 */
	const char *arg;	/* name of its value for the help; NULL: a switch */
	const char *help;
};

#define CMD_OPTS_MAX	16

struct cmd_ctx;

struct cmd {
	const char *name;
	const char *operands;	/* "BOOK QUERY..." */
	const char *summary;	/* one line for leishu --help */
	struct cmd_opt opts[CMD_OPTS_MAX];	/* --help is added */
	int min_args, max_args;	/* operands; max -1: any number */
	bool negative_operands;	/* "-" before a digit is an operand */
	int (*run)(struct cmd_ctx *ctx, int argc, char **argv);
};

struct cmd_ctx {
	const struct cmd *cmd;
	const char *value[CMD_OPTS_MAX];	/* of the option with that index; "" for a switch */
};

/* The value of an option, or def when it was not given. */
const char	*cmd_opt(const struct cmd_ctx *ctx, const char *name, const char *def);
bool	cmd_has(const struct cmd_ctx *ctx, const char *name);
/* A number option in [min, max]; on nonsense prints usage and gives false. */
bool	cmd_num(struct cmd_ctx *ctx, const char *name, long min, long max, long *ret);

/* "leishu find: ..." on stderr, with the usage line; gives STATUS_USAGE. */
int	cmd_usage(struct cmd_ctx *ctx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "leishu: cannot open 'x': reason" on stderr; gives STATUS_FAILED. */
int	cmd_fail(struct cmd_ctx *ctx, int rc, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* As cmd_fail for a source, which may be nothing that is read. */
int	cmd_fail_read(struct cmd_ctx *ctx, int rc, const char *path);

/*
 * Opens a book, saying on stderr why not: STATUS_OK or STATUS_FAILED, and
 * which chunk is damaged.
 */
struct leishu_book;
int	cmd_book(struct cmd_ctx *ctx, const char *path, struct leishu_book **ret);
/* A leishu_sink onto the FILE that ctx is. */
int	cmd_put(void *ctx, const void *p, size_t n);

/* On standard error: before, and then "1 entry" or "2 entries". */
void	cmd_count(const char *before, unsigned long long n, const char *one, const char *many);

/* Remaining operands joined by a space, to free(); NULL without memory. */
char	*cmd_join(int argc, char **argv);

/*
 * Calls one(line) for each line of standard input, without its newline (and
 * a CR before it); a NUL is part of the line.  Flushes stdout after each, so that
 * a program may ask line by line.  Returns the worst status.
 */
int	cmd_batch(struct cmd_ctx *ctx,
	    int (*one)(struct cmd_ctx *ctx, void *arg, const char *line, size_t n), void *arg);

extern const struct cmd cmd_new, cmd_check, cmd_build, cmd_find, cmd_search,
	cmd_show, cmd_serve, cmd_dump, cmd_fsck, cmd_date, cmd_name, cmd_timeline;

#endif
