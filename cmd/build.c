/* SPDX-License-Identifier: ISC */
/* leishu build: sources to one book. */
#include <leishu/build.h>

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_build = {
	.name = "build",
	.operands = "PATH...",
	.summary = "compiles folders, .md, .txt and .jsonl files into one book",
	.opts = {
		{ "output", 'o', "BOOK", "the book to write (wanted)" },
		{ "memory", 'm', "MB", "memory to use, about (512)" },
		{ "threads", 0, "N", "threads to use (as many as processors)" },
		{ "strict", 0, NULL, "status 1 when there are findings" },
		{ "quiet", 'q', NULL, "no counts, no progress; findings only" },
	},
	.min_args = 1,
	.max_args = -1,
	.run = run,
};

static volatile sig_atomic_t stopped;

static void
stop(int sig)
{
	(void)sig;
	stopped = 1;
}

struct progress {
	bool shown;		/* wanted, and a line stands on the terminal */
	bool wanted;
	struct timespec last;
};

static int
progress(void *ctx, const char *step, uint64_t done, uint64_t total)
{
	struct progress *p = ctx;
	struct timespec now;

	if (stopped)
		return 1;
	if (!p->wanted)
		return 0;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec == p->last.tv_sec &&
	    now.tv_nsec - p->last.tv_nsec < 200000000)
		return 0;
	p->last = now;
	p->shown = true;
	if (total)
		fprintf(stderr, "\r%s: %llu of %llu entries\033[K", step,
		    (unsigned long long)done, (unsigned long long)total);
	else
		fprintf(stderr, "\r%s: %llu entries\033[K", step,
		    (unsigned long long)done);
	return 0;
}

static int
put_stderr(void *ctx, const void *p, size_t n)
{
	(void)ctx;
	return fwrite(p, 1, n, stderr) == n ? 0 : LEISHU_EIO;
}

static void
say_counts(const struct leishu_build_counts *c, const char *book)
{
	fprintf(stderr, "%s: ", book);
	cmd_count("", c->entries, "entry", "entries");
	cmd_count(", ", c->names, "name", "names");
	cmd_count(", ", c->links, "link", "links");
	cmd_count(" (", c->dangling, "dangling", "dangling");
	cmd_count("), ", c->bytes, "byte of source", "bytes of source");
	cmd_count("; ", c->errors, "error", "errors");
	cmd_count(", ", c->warnings, "warning", "warnings");
	cmd_count(", ", c->notes, "note\n", "notes\n");
}

/*
 * Does a source stand under the name, as "-o notes.md" would overwrite it?
 * No text begins with the first byte of a book.
 */
static bool
is_source(const char *path)
{
	static const char *const endings[] = { ".md", ".txt", ".jsonl", ".json", ".yaml", ".bib" };
	size_t n = strlen(path), i, k;
	int first = EOF;
	FILE *f;

	for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		k = strlen(endings[i]);
		if (n < k || strcmp(path + n - k, endings[i]) != 0)
			continue;
		if ((f = fopen(path, "rb")) != NULL) {
			first = getc(f);
			(void)fclose(f);
		}
		return first != EOF && first != 0x89;
	}
	return false;
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	const char *book = cmd_opt(ctx, "output", NULL), *bad = NULL;
	struct progress pr = { .wanted = isatty(2) && !cmd_has(ctx, "quiet") };
	struct sigaction sa = { .sa_handler = stop };
	struct leishu_build_counts c;
	struct leishu_build_opts o;
	struct leishu_build *b = NULL;
	long memory = 512, threads = 0;
	int rc, status = STATUS_OK;

	if (book == NULL)
		return cmd_usage(ctx, "-o BOOK is wanted: where the book goes");
	if (strcmp(book, "-") == 0)
		return cmd_usage(ctx, "a book is a file of its own: '-' is no place for it");
	if (is_source(book)) {
		fprintf(stderr, "leishu: '%s' is a source, not a book; it is left as it is\n",
		    book);
		return STATUS_FAILED;
	}
	if (!cmd_num(ctx, "memory", 8, 1 << 20, &memory) ||
	    !cmd_num(ctx, "threads", 0, 64, &threads))
		return STATUS_USAGE;
	leishu_build_defaults(&o);
	o.paths = (const char *const *)argv;
	o.n_paths = (size_t)argc;
	o.memory = (size_t)memory << 20;
	o.threads = (unsigned int)threads;
	o.progress = progress;
	o.ctx = &pr;
	if ((rc = leishu_build_new(&o, &bad, &b)) < 0)
		return cmd_fail_read(ctx, rc, bad ? bad : argv[0]);
	(void)sigaction(SIGINT, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	rc = leishu_build_write(b, book);
	if (pr.shown)
		fprintf(stderr, "\r\033[K");
	if (rc < 0)
		status = cmd_fail(ctx, rc, "cannot write '%s'", book);
	(void)leishu_build_report(b, LEISHU_REPORT_TEXT, LEISHU_NOTE,
	    put_stderr, NULL);
	c = leishu_build_counts(b);
	if (rc == 0 && !cmd_has(ctx, "quiet"))
		say_counts(&c, book);
	if (rc == 0 && cmd_has(ctx, "strict") && c.errors + c.warnings + c.notes)
		status = STATUS_FOUND;
	leishu_build_free(b);
	return status;
}
