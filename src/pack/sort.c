/* SPDX-License-Identifier: ISC */
/*
 * External sort.  One stretch of memory is filled from both ends, records
 * from the front, items (where a record stands) from the back; when they
 * and as much scratch as the items take would meet, the records are sorted
 * and spilled as a run.  A run is records in order, each as varint length
 * and bytes.  Runs are merged by a heap, the earlier run first among equals.
 */
#include "pack/sort.h"

#include <errno.h>

#include "base/buf.h"
#include "base/rd.h"
#include "base/vec.h"
#include "pack/order.h"
#include "sys/file.h"

#define MEMORY_MIN	(64u << 10)
#define MEMORY_MAX	(2u << 30)	/* offsets are 32 bits */
#define RUN_BUF		(32u << 10)	/* least memory to read one run by */
#define FAN_MAX		512
#define RUNS_MAX	(1u << 24)
#define RECORD_MAX	(1u << 30)

struct run {
	uint64_t at, end;	/* not yet read, in the spool */
};

/* A run while it is merged. */
struct source {
	uint64_t word;		/* first eight bytes of rec */
	struct bytes rec;
	struct run left;
	size_t from, n;		/* bytes in buf not yet taken */
	size_t cap;
	unsigned char *buf;
};

struct sorter {
	char *dir;
	int err, sys_errno;
	uint64_t count;
	/* collecting */
	unsigned char *mem;
	size_t cap, used;
	size_t n_items;
	struct order_item *item;	/* n_items, ending with the memory */
	/* spilled */
	struct sys_spool *spool;
	struct run *run;
	size_t n_runs, cap_runs;
	/* giving */
	bool running;
	size_t next;
	const struct sys_spool *from;
	struct source *src;
	size_t n_src;
	uint32_t *heap;
	size_t n_heap;
	bool stale;		/* the top of the heap has been given */
};

static void
fail(struct sorter *s, int err)
{
	if (s->err || err == 0)
		return;
	s->err = err;
	s->sys_errno = errno;
}

static int
failed(const struct sorter *s)
{
	if (s->err == LEISHU_EIO)
		errno = s->sys_errno;
	return s->err;
}

int
sorter_new(const struct sorter_opts *o, struct sorter **ret)
{
	struct sorter *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return LEISHU_ENOMEM;
	s->cap = MIN(MAX(o->memory, MEMORY_MIN), MEMORY_MAX) &
	    ~(sizeof(struct order_item) - 1);
	/* Untouched pages cost nothing, so all of it at once. */
	s->mem = malloc(s->cap);
	s->dir = bytes_dup(bytes_str(o->dir));
	if (s->mem == NULL || s->dir == NULL) {
		sorter_free(s);
		return LEISHU_ENOMEM;
	}
	s->item = (struct order_item *)(void *)(s->mem + s->cap);
	*ret = s;
	return 0;
}

static void
drop_sources(struct sorter *s)
{
	size_t i;

	for (i = 0; i < s->n_src; i++)
		free(s->src[i].buf);
	free(s->src);
	free(s->heap);
	s->src = NULL;
	s->heap = NULL;
	s->n_src = s->n_heap = 0;
}

void
sorter_free(struct sorter *s)
{
	if (s == NULL)
		return;
	drop_sources(s);
	sys_spool_close(s->spool);
	free(s->run);
	free(s->mem);
	free(s->dir);
	free(s);
}

uint64_t
sorter_count(const struct sorter *s)
{
	return s->count;
}

/* --- runs ---------------------------------------------------------------- */

static void
put_record(struct sorter *s, struct sys_spool *to, struct bytes rec)
{
	unsigned char head[10];
	struct buf b = { .p = head, .cap = sizeof(head), .max = sizeof(head) };
	int rc;

	buf_varint(&b, rec.n);
	if ((rc = sys_spool_write(to, buf_view(&b))) < 0 ||
	    (rc = sys_spool_write(to, rec)) < 0)
		fail(s, rc);
}

static void
add_run(struct sorter *s, uint64_t at, uint64_t end)
{
	int rc = vec_room(&s->run, s->n_runs, &s->cap_runs, sizeof(*s->run),
	    RUNS_MAX);

	if (rc < 0) {
		fail(s, rc);
		return;
	}
	s->run[s->n_runs++] = (struct run){ at, end };
}

/* Puts the items in the order of their adding, then in the records'. */
static void
sort_items(struct sorter *s)
{
	size_t i, n = s->n_items;
	struct order_item x;

	for (i = 0; i < n / 2; i++) {
		x = s->item[i];
		s->item[i] = s->item[n - 1 - i];
		s->item[n - 1 - i] = x;
	}
	order_sort(s->mem, s->item, s->item - n, n);
}

static bool
need_spool(struct sorter *s)
{
	int rc;

	if (s->spool == NULL && (rc = sys_spool_open(s->dir, &s->spool)) < 0)
		fail(s, rc);
	return s->err == 0;
}

static void
spill(struct sorter *s)
{
	uint64_t at;
	size_t i;

	if (s->n_items == 0 || !need_spool(s))
		return;
	sort_items(s);
	at = sys_spool_size(s->spool);
	for (i = 0; i < s->n_items && s->err == 0; i++)
		put_record(s, s->spool, bytes_make(s->mem + s->item[i].off,
		    s->item[i].n));
	add_run(s, at, sys_spool_size(s->spool));
	s->used = s->n_items = 0;
	s->item = (struct order_item *)(void *)(s->mem + s->cap);
}

void
sorter_add(struct sorter *s, struct bytes rec)
{
	size_t items = (s->n_items + 1) * sizeof(struct order_item);
	uint64_t at;

	if (s->err)
		return;
	if (s->running || rec.n > RECORD_MAX) {
		fail(s, s->running ? LEISHU_EINVAL : LEISHU_ELIMIT);
		return;
	}
	s->count++;
	/* Items twice: sorting wants scratch; 16 for its alignment. */
	if (s->used + rec.n + 2 * items + 16 > s->cap) {
		spill(s);
		items = sizeof(struct order_item);
	}
	if (rec.n + 2 * items + 16 > s->cap) {	/* a run of its own */
		if (!need_spool(s))
			return;
		at = sys_spool_size(s->spool);
		put_record(s, s->spool, rec);
		add_run(s, at, sys_spool_size(s->spool));
		return;
	}
	if (rec.n)
		memcpy(s->mem + s->used, rec.p, rec.n);
	s->item--;
	*s->item = (struct order_item){ 0, (uint32_t)s->used, (uint32_t)rec.n };
	s->n_items++;
	s->used += rec.n;
}

/* --- merging ------------------------------------------------------------- */

/* Makes n bytes (or all that are left) stand in src->buf from src->from. */
static int
refill(struct sorter *s, struct source *src, size_t n)
{
	unsigned char *grown;
	size_t want, got;
	int rc;

	if (src->n >= n || src->left.at == src->left.end)
		return 0;
	if (n > src->cap) {
		if ((grown = realloc(src->buf, n)) == NULL)
			return LEISHU_ENOMEM;
		src->buf = grown;
		src->cap = n;
	}
	memmove(src->buf, src->buf + src->from, src->n);
	src->from = 0;
	want = (size_t)MIN(src->cap - src->n, src->left.end - src->left.at);
	rc = sys_spool_read(s->from, src->left.at, src->buf + src->n, want, &got);
	if (rc < 0)
		return rc;
	if (got != want)
		return LEISHU_EFORMAT;
	src->left.at += want;
	src->n += want;
	return 0;
}

/* The next record of a run: 1, or 0 at its end. */
static int
advance(struct sorter *s, struct source *src)
{
	struct rd r;
	uint64_t n;
	size_t head, i;
	int rc;

	if ((rc = refill(s, src, 10)) < 0)
		return rc;
	if (src->n == 0)
		return 0;
	r = rd_make(bytes_make(src->buf + src->from, src->n));
	n = rd_varint(&r);
	if (r.bad || n > RECORD_MAX)
		return LEISHU_EFORMAT;
	head = src->n - rd_left(&r);
	if ((rc = refill(s, src, head + (size_t)n)) < 0)
		return rc;
	if (src->n - head < n)
		return LEISHU_EFORMAT;
	src->rec = bytes_make(src->buf + src->from + head, (size_t)n);
	src->from += head + (size_t)n;
	src->n -= head + (size_t)n;
	for (src->word = 0, i = 0; i < 8; i++)
		src->word = src->word << 8 | (i < n ? src->rec.p[i] : 0);
	return 1;
}

static bool
before(const struct sorter *s, uint32_t x, uint32_t y)
{
	const struct source *a = &s->src[x], *b = &s->src[y];
	int c;

	if (a->word != b->word)
		return a->word < b->word;
	c = bytes_cmp(a->rec, b->rec);
	return c < 0 || (c == 0 && x < y);
}

static void
sift_down(struct sorter *s, size_t i)
{
	uint32_t x = s->heap[i];
	size_t kid;

	for (; (kid = 2 * i + 1) < s->n_heap; i = kid) {
		if (kid + 1 < s->n_heap &&
		    before(s, s->heap[kid + 1], s->heap[kid]))
			kid++;
		if (before(s, x, s->heap[kid]))
			break;
		s->heap[i] = s->heap[kid];
	}
	s->heap[i] = x;
}

/* Opens runs [first, first + n) of from for merging. */
static void
start_merge(struct sorter *s, const struct sys_spool *from, size_t first, size_t n)
{
	size_t i, each;
	int rc;

	s->from = from;
	s->src = calloc(n, sizeof(*s->src));
	s->heap = calloc(n, sizeof(*s->heap));
	if (s->src == NULL || s->heap == NULL) {
		fail(s, LEISHU_ENOMEM);
		return;
	}
	each = MIN(MAX(s->cap / n, RUN_BUF), 1u << 20);
	for (i = 0; i < n && s->err == 0; i++) {
		struct source *src = &s->src[s->n_src++];

		src->left = s->run[first + i];
		src->cap = each;
		if ((src->buf = malloc(each)) == NULL)
			fail(s, LEISHU_ENOMEM);
		else if ((rc = advance(s, src)) < 0)
			fail(s, rc);
		else if (rc > 0)
			s->heap[s->n_heap++] = (uint32_t)i;
	}
	for (i = s->n_heap / 2; i-- > 0 && s->err == 0; )
		sift_down(s, i);
	s->stale = false;
}

static int
merge_next(struct sorter *s, struct bytes *ret)
{
	int rc;

	if (s->stale && s->n_heap && s->err == 0) {
		if ((rc = advance(s, &s->src[s->heap[0]])) < 0)
			fail(s, rc);
		else if (rc == 0)
			s->heap[0] = s->heap[--s->n_heap];
		if (s->err == 0 && s->n_heap)
			sift_down(s, 0);
	}
	if (s->err)
		return failed(s);
	if (s->n_heap == 0)
		return 0;
	s->stale = true;
	*ret = s->src[s->heap[0]].rec;
	return 1;
}

/* Merges groups of fan runs into longer ones, until fan are left. */
static void
reduce(struct sorter *s, size_t fan)
{
	struct sys_spool *to;
	struct bytes rec;
	size_t first, n, made;
	uint64_t at;
	int rc;

	while (s->n_runs > fan && s->err == 0) {
		if ((rc = sys_spool_open(s->dir, &to)) < 0) {
			fail(s, rc);
			return;
		}
		for (first = made = 0; first < s->n_runs && s->err == 0;
		    first += n) {
			n = MIN(fan, s->n_runs - first);
			at = sys_spool_size(to);
			start_merge(s, s->spool, first, n);
			while (s->err == 0 && merge_next(s, &rec) > 0)
				put_record(s, to, rec);
			drop_sources(s);
			s->run[made++] = (struct run){ at, sys_spool_size(to) };
		}
		sys_spool_close(s->spool);
		s->spool = to;
		s->n_runs = made;
	}
}

int
sorter_run(struct sorter *s)
{
	size_t fan = MIN(MAX(s->cap / RUN_BUF, 4), FAN_MAX);

	if (s->running)
		return LEISHU_EINVAL;
	s->running = true;
	if (s->err)
		return failed(s);
	if (s->n_runs == 0) {
		sort_items(s);
		return 0;
	}
	spill(s);
	free(s->mem);	/* the merge takes its place */
	s->mem = NULL;
	reduce(s, fan);
	if (s->err == 0)
		start_merge(s, s->spool, 0, s->n_runs);
	return failed(s);
}

int
sorter_next(struct sorter *s, struct bytes *ret)
{
	const struct order_item *x;

	if (s->err)
		return failed(s);
	if (!s->running)
		return LEISHU_EINVAL;
	if (s->n_runs)
		return merge_next(s, ret);
	if (s->next == s->n_items)
		return 0;
	x = &s->item[s->next++];
	*ret = bytes_make(s->mem + x->off, x->n);
	return 1;
}
