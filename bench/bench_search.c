/* SPDX-License-Identifier: ISC */
/*
 * Measures the text index in process, one thread.
 *
 *	bench_search build FILE.jsonl INDEX [MB]
 *	bench_search query INDEX QUERIES OUT PASSES
 *	bench_search size INDEX
 *
 * INDEX is a book, or what build writes: a pack of the text index alone.
 * QUERIES has a line a query: class, kind (T term, A and, P phrase; C after
 * it: count only), terms parted by |.  OUT gets a line a query: class,
 * number, median microseconds of PASSES warm passes, count or -1, the ten
 * best as id:score.  build puts title, author and body into one field, as
 * peers do.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "entry/read.h"
#include "index/index.h"
#include "query/search_eval.h"
#include "sys/file.h"

#define BEST	10
#define WARM	3

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int
fail(const char *what, int rc)
{
	fprintf(stderr, "bench_search: %s: %s\n", what, leishu_strerror(rc));
	return 1;
}

/* --- build -------------------------------------------------------------- */

static int
fill(void *ctx, void *to, size_t n, size_t *got)
{
	*got = fread(to, 1, n, ctx);
	return ferror((FILE *)ctx) ? LEISHU_EIO : 0;
}

static int
add_all(struct entry_reader *r, struct text_builder *b, uint32_t *n, double *spent)
{
	struct arena a = { 0 };
	struct entry *e, one = { 0 };
	double t;
	int rc;

	while ((rc = entry_reader_next(r, &a, &e)) == 1) {
		one.text = arena_printf(&a, "%.*s %.*s %.*s", (int)e->title.n,
		    (const char *)e->title.p, (int)e->author.n,
		    (const char *)e->author.p, (int)e->text.n,
		    (const char *)e->text.p);
		t = now();
		text_builder_add(b, (*n)++, &one);
		*spent += now() - t;
		arena_clear(&a);
	}
	arena_release(&a);
	return rc;
}

static int
build(const char *from, const char *to, size_t memory)
{
	struct index_opts o = { "/tmp", memory };
	struct entry_reader_opts ro = { .file = from, .base = bytes_str("x") };
	struct entry_reader *r = NULL;
	struct text_builder *b = NULL;
	struct pack_writer *w = NULL;
	struct rusage ru;
	FILE *f = fopen(from, "r");
	double spent = 0, t;
	uint32_t n = 0;
	int rc;

	if (f == NULL)
		return fail(from, LEISHU_EIO);
	if ((rc = diag_new(0, &ro.diag)) < 0 ||
	    (rc = entry_reader_stream(&ro, fill, f, &r)) < 0 ||
	    (rc = text_builder_new(&o, &b)) < 0 ||
	    (rc = add_all(r, b, &n, &spent)) < 0 ||
	    (rc = pack_writer_open(to, &w)) < 0)
		return fail("building", rc);
	t = now();
	if ((rc = text_builder_finish(b, n, w)) < 0)
		return fail("merging", rc);
	t = now() - t;
	text_builder_free(b);
	entry_reader_free(r);
	diag_free(ro.diag);
	(void)fclose(f);
	if ((rc = pack_commit(w)) < 0)
		return fail(to, rc);
	(void)getrusage(RUSAGE_SELF, &ru);
	printf("text index of %" PRIu32 " entries: %.1f s adding, %.1f s merging, "
	    "%ld MB resident\n", n, spent, t, ru.ru_maxrss / 1024);
	return 0;
}

/* --- queries ------------------------------------------------------------ */

struct query {
	char class[32];
	char kind;
	bool count;
	char text[512];		/* as the program would be asked */
};

struct bench {
	struct sys_map map;
	struct pack *pack;
	struct text_index x;
	struct arena a;
	struct query *q;
	size_t n, cap;
};

static int
open_index(struct bench *b, const char *path)
{
	int rc;

	if ((rc = sys_map_open(path, &b->map)) < 0 ||
	    (rc = pack_open(b->map.b, NULL, &b->pack)) < 0)
		return rc;
	return text_open(b->pack, &b->x);
}

/* Terms as a query: a phrase in quotes, others side by side. */
static bool
read_query(const char *line, struct query *q)
{
	char kind[3] = "", terms[400] = "";
	char *s;

	if (sscanf(line, "%31[^\t]\t%2[^\t]\t%399[^\n]", q->class, kind, terms) != 3)
		return false;
	q->kind = kind[0];
	q->count = kind[1] == 'C';
	for (s = terms; *s; s++)
		if (*s == '|')
			*s = ' ';
	(void)snprintf(q->text, sizeof(q->text), q->kind == 'P' ? "\"%s\"" : "%s", terms);
	return strchr("TAP", q->kind) != NULL;
}

static int
read_queries(struct bench *b, const char *path)
{
	char line[512];
	struct query q;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		return LEISHU_EIO;
	while (fgets(line, sizeof(line), f)) {
		if (b->n == b->cap) {
			struct query *v = realloc(b->q, (b->cap = b->cap * 2 + 256) * sizeof(*v));

			if (v == NULL)
				break;
			b->q = v;
		}
		if (!read_query(line, &q))
			q.kind = 0;	/* keeps its number */
		b->q[b->n++] = q;
	}
	(void)fclose(f);
	return 0;
}

static int
ask(struct bench *b, const struct query *q, struct search_top *top)
{
	struct search_query p;
	struct search_eval e;
	const char *why;
	int rc;

	arena_clear(&b->a);
	top->k = BEST;
	if ((rc = search_parse(bytes_str(q->text), &b->a, &p, &why)) < 0 ||
	    (rc = search_eval_init(&e, &b->x, &p, NULL, &b->a)) < 0)
		return rc;
	return search_run(&e, q->count ? SEARCH_COUNT : SEARCH_BEST, top);
}

static int
by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static int
measure(struct bench *b, const char *path, size_t passes)
{
	struct search_found v[BEST];
	struct search_top top = { .v = v };
	double *spent = calloc(b->n * passes, sizeof(*spent)), t;
	FILE *f = fopen(path, "w");
	size_t i, k, p;
	int rc = 0;

	if (spent == NULL || f == NULL)
		return LEISHU_EIO;
	for (p = 0; p < WARM + passes; p++)
		for (i = 0; i < b->n; i++) {
			if (b->q[i].kind == 0)
				continue;
			t = now();
			if ((rc = ask(b, &b->q[i], &top)) < 0 && rc != LEISHU_ESYNTAX)
				return rc;
			if (p >= WARM)
				spent[i * passes + p - WARM] = now() - t;
		}
	for (i = 0; i < b->n; i++) {
		if (b->q[i].kind == 0)
			continue;
		qsort(spent + i * passes, passes, sizeof(*spent), by_value);
		top.n = 0;
		rc = ask(b, &b->q[i], &top);
		fprintf(f, "%s\t%zu\t%.2f\t%" PRId64 "\t", b->q[i].class, i,
		    spent[i * passes + passes / 2] * 1e6,
		    b->q[i].count ? (int64_t)top.total : -1);
		for (k = 0; !b->q[i].count && k < top.n; k++)
			fprintf(f, "%" PRIu32 ":%.3f ", top.v[k].doc, (double)top.v[k].score);
		fputc('\n', f);
	}
	free(spent);
	return fclose(f) == 0 ? 0 : LEISHU_EIO;
}

static int
size(struct bench *b)
{
	const struct pack_row *r;
	size_t n, i;
	char tag[5];
	double t = now();
	int rc;

	r = pack_rows(b->pack, &n);
	for (i = 0; i < n; i++) {
		pack_tag_name(r[i].tag, tag);
		printf("%s %zu\n", tag, r[i].data.n);
	}
	if ((rc = text_verify(&b->x)) < 0)
		return rc;
	printf("%" PRIu64 " terms, proved in %.2f s\n", b->x.dict.n, now() - t);
	return 0;
}

int
main(int argc, char **argv)
{
	struct bench b = { 0 };
	int rc = LEISHU_EINVAL;

	if (argc == 1) {
		printf("no material named; bench/search.sh names it\n");
		return 0;
	}
	if (argc >= 4 && strcmp(argv[1], "build") == 0)
		return build(argv[2], argv[3],
		    (size_t)(argc > 4 ? strtoul(argv[4], NULL, 10) : 192) << 20);
	if (argc < 3 || (rc = open_index(&b, argv[2])) < 0)
		return fail(argc < 3 ? "usage" : argv[2], rc);
	if (argc == 6 && strcmp(argv[1], "query") == 0) {
		if ((rc = read_queries(&b, argv[3])) == 0)
			rc = measure(&b, argv[4], MAX(strtoul(argv[5], NULL, 10), 1));
	} else {
		rc = size(&b);
	}
	arena_release(&b.a);
	free(b.q);
	pack_close(b.pack);
	sys_map_close(&b.map);
	return rc < 0 ? fail(argv[2], rc) : 0;
}
