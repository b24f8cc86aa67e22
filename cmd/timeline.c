/* SPDX-License-Identifier: ISC */
/* leishu timeline: what happened between two days. */
#include <leishu/book.h>
#include <leishu/timeline.h>

#include <string.h>

#include "cmd.h"

#define WHEN		10	/* letters of a column that holds most dates */
#define DOUBTFUL	25	/* from this doubt on a date has a question mark */

static int	run(struct cmd_ctx *, int, char **);

const struct cmd cmd_timeline = {
	.name = "timeline",
	.operands = "BOOK FROM..TO",
	.summary = "tells what happened between two days",
	.opts = {
		{ "number", 'n', "N", "at most so many statements (100)" },
		{ "from", 0, "N", "passes over so many statements" },
		{ "certain", 'c', NULL, "only what surely lies between the two days" },
		{ "json", 'j', NULL, "one JSON object" },
	},
	.min_args = 2,
	.max_args = 2,
	.negative_operands = true,
	.run = run,
};

/* The words around a date are of one or more lines; here they are one. */
static void
print_line(struct leishu_text t)
{
	size_t i;

	for (i = 0; i < t.n; i++)
		putchar((unsigned char)t.p[i] < ' ' ? ' ' : t.p[i]);
}

/* When, which entry, and what is said: by a field of the record, or in prose. */
static void
print(const struct leishu_events *e)
{
	const struct leishu_event *v;
	size_t i;

	for (i = 0; (v = leishu_events_at(e, i)) != NULL; i++) {
		const char *mark = v->doubt >= DOUBTFUL ? " ?" : v->inside ? "  " : " …";
		int pad = v->edtf.n < WHEN ? (int)(WHEN - v->edtf.n) : 0;

		printf("%.*s%s%*s%.*s (%.*s): ", (int)v->edtf.n, v->edtf.p, mark,
		    pad, "", (int)v->title.n, v->title.p, (int)v->id.n, v->id.p);
		print_line(v->context.n ? v->context : v->property);
		putchar('\n');
	}
	if (leishu_events_total(e) > leishu_events_count(e))
		fprintf(stderr, "%zu of %llu; -n and --from show others\n",
		    leishu_events_count(e),
		    (unsigned long long)leishu_events_total(e));
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	struct leishu_timeline_options o;
	struct leishu_book *b = NULL;
	struct leishu_events *e = NULL;
	struct leishu_text json;
	long n = 100, from = 0;
	int rc, status;

	(void)argc;
	leishu_timeline_options_defaults(&o);
	if (!cmd_num(ctx, "number", 1, 1000, &n) ||
	    !cmd_num(ctx, "from", 0, 1000000000, &from))
		return STATUS_USAGE;
	o.limit = (unsigned)n;
	o.skip = (unsigned)from;
	o.certain = cmd_has(ctx, "certain");
	if ((status = cmd_book(ctx, argv[0], &b)) != STATUS_OK)
		return status;
	if ((rc = leishu_timeline(b, argv[1], strlen(argv[1]), &o, &e)) < 0) {
		status = cmd_fail(ctx, rc, "cannot read '%s'", argv[0]);
		goto out;
	}
	json = leishu_events_json(e);
	if (cmd_has(ctx, "json"))
		printf("%.*s\n", (int)json.n, json.p);
	else
		print(e);
	if (leishu_events_error(e)) {
		fprintf(stderr, "leishu timeline: %s\n", leishu_events_error(e));
		status = STATUS_USAGE;
	} else
		status = leishu_events_count(e) ? STATUS_OK : STATUS_FOUND;
out:
	leishu_events_free(e);
	leishu_book_close(b);
	return status;
}
