/* SPDX-License-Identifier: ISC */
/* Collecting findings; how they are shown is in show.c. */
#include "diag/diag.h"

#include <threads.h>

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

#define MAX_FINDINGS	(1u << 24)
#define MAX_EVIDENCE	64
#define EVIDENCE_TEXT	300	/* bytes of words kept as evidence */

struct last {
	thrd_t thread;
	size_t at;		/* index of its finding, or SIZE_MAX */
};

struct diag {
	mtx_t lock;
	size_t keep;
	struct finding *list;
	size_t n, cap;
	size_t count[DIAG__MAX];
	struct last *last;	/* one a thread that ever added */
	size_t n_last, cap_last;
	struct finding *sorted;	/* shallow copies */
	struct map muted;	/* files */
};

static const struct {
	const char *name;
	enum diag_level level;
	const char *text;
	const char *hint;
} codes[DIAG__MAX] = {
#define DIAG(code, name, level, text, hint) { name, level, text, hint },
#include "diag/diag.def"
#undef DIAG
};

int
diag_new(size_t keep, struct diag **ret)
{
	struct diag *d = calloc(1, sizeof(*d));

	if (d == NULL)
		return LEISHU_ENOMEM;
	if (mtx_init(&d->lock, mtx_plain) != thrd_success) {
		free(d);
		return LEISHU_ENOMEM;
	}
	d->keep = keep;
	*ret = d;
	return 0;
}

static void
place_release(struct diag_place *p)
{
	free(p->file);
	free(p->pointer);
	free(p->text);
}

static void
finding_release(struct finding *f)
{
	size_t i;

	place_release(&f->at);
	for (i = 0; i < f->n_evidence; i++)
		place_release(&f->evidence[i]);
	free(f->evidence);
	free(f->message);
}

void
diag_free(struct diag *d)
{
	size_t i;

	if (d == NULL)
		return;
	for (i = 0; i < d->n; i++)
		finding_release(&d->list[i]);
	free(d->list);
	free(d->last);
	free(d->sorted);
	map_release(&d->muted);
	mtx_destroy(&d->lock);
	free(d);
}

/* Line and column of an offset; a byte order mark takes no column. */
static void
locate(const struct diag_at *at, size_t off, uint32_t *line, uint32_t *column)
{
	struct bytes t = at->text;
	const unsigned char *nl;
	size_t from = 0;

	*line = at->first_line ? at->first_line : 1;
	off = MIN(off, t.n);
	while (at->pointer == NULL && from < off &&
	    (nl = memchr(t.p + from, '\n', off - from)) != NULL) {
		from = (size_t)(nl - t.p) + 1;
		if (*line < UINT32_MAX)
			(*line)++;
	}
	if (from == 0 && off >= 3 && bytes_starts(t, B("\xef\xbb\xbf")))
		from = 3;
	*column = (uint32_t)utf8_count(bytes_sub(t, from, off)) + 1;
}

static int
place_make(const struct diag_at *at, bool words, struct diag_place *ret)
{
	struct diag_place p = { 0 };

	if (at->file && (p.file = bytes_dup(bytes_str(at->file))) == NULL)
		goto fail;
	if (at->pointer && (p.pointer = bytes_dup(bytes_str(at->pointer))) == NULL)
		goto fail;
	if (words && at->to > at->from && (p.text = bytes_dup(utf8_cut(
	    bytes_sub(at->text, at->from, at->to), EVIDENCE_TEXT))) == NULL)
		goto fail;
	if (at->text.p != NULL || at->first_line) {
		locate(at, at->from, &p.line, &p.column);
		locate(at, MAX(at->from, at->to), &p.end_line, &p.end_column);
	}
	*ret = p;
	return 0;
fail:
	place_release(&p);
	return LEISHU_ENOMEM;
}

/* Where this thread's last finding is noted; NULL without memory. */
static struct last *
last_of_thread(struct diag *d)
{
	thrd_t self = thrd_current();
	size_t i;

	for (i = 0; i < d->n_last; i++)
		if (thrd_equal(d->last[i].thread, self))
			return &d->last[i];
	if (vec_room(&d->last, d->n_last, &d->cap_last, sizeof(*d->last), 4096) < 0)
		return NULL;
	d->last[d->n_last] = (struct last){ self, SIZE_MAX };
	return &d->last[d->n_last++];
}

static bool
keep(struct diag *d, enum diag_code code, const struct diag_at *at, char *message)
{
	struct finding *f;

	if ((d->keep && d->count[code] > d->keep) || message == NULL ||
	    vec_room(&d->list, d->n, &d->cap, sizeof(*d->list), MAX_FINDINGS) < 0)
		return false;
	f = &d->list[d->n];
	*f = (struct finding){ .code = code, .level = codes[code].level };
	if (at != NULL && place_make(at, false, &f->at) < 0)
		return false;
	f->message = message;
	d->n++;
	return true;
}

void
diag_add(struct diag *d, enum diag_code code, const struct diag_at *at,
    const char *fmt, ...)
{
	struct buf text = { 0 };
	struct last *last;
	char *message;
	va_list ap;
	bool kept = false, muted;

	if (d == NULL)
		return;
	muted = at && at->file && diag_is_muted(d, bytes_str(at->file));
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	message = buf_detach(&text);
	mtx_lock(&d->lock);
	if (!muted) {
		d->count[code]++;
		kept = keep(d, code, at, message);
	}
	if (!kept)
		free(message);
	if ((last = last_of_thread(d)) != NULL)
		last->at = kept ? d->n - 1 : SIZE_MAX;
	mtx_unlock(&d->lock);
}

void
diag_evidence(struct diag *d, const struct diag_at *at)
{
	struct diag_place *v;
	struct last *last;
	struct finding *f;

	if (d == NULL)
		return;
	mtx_lock(&d->lock);
	last = last_of_thread(d);
	if (last == NULL || last->at == SIZE_MAX)
		goto out;
	f = &d->list[last->at];
	if (f->n_evidence >= MAX_EVIDENCE)
		goto out;
	v = realloc(f->evidence, (f->n_evidence + 1) * sizeof(*v));
	if (v == NULL)
		goto out;
	f->evidence = v;
	if (place_make(at, true, &v[f->n_evidence]) == 0)
		f->n_evidence++;
out:
	mtx_unlock(&d->lock);
}

int
diag_mute(struct diag *d, const char *file)
{
	if (d == NULL)
		return 0;
	return map_put(&d->muted, bytes_str(file), NULL) ? 0 : LEISHU_ENOMEM;
}

bool
diag_is_muted(const struct diag *d, struct bytes file)
{
	return d != NULL && d->muted.n && map_get(&d->muted, file) != NULL;
}

enum diag_level
diag_worst(const struct diag *d)
{
	enum diag_level worst = LEVEL_OK;
	size_t i;

	for (i = 0; d != NULL && i < DIAG__MAX; i++)
		if (d->count[i])
			worst = MAX(worst, codes[i].level);
	return worst;
}

size_t
diag_count(const struct diag *d, enum diag_level level)
{
	size_t i, n = 0;

	for (i = 0; d != NULL && i < DIAG__MAX; i++)
		if (codes[i].level == level)
			n += d->count[i];
	return n;
}

size_t
diag_count_code(const struct diag *d, enum diag_code code)
{
	return d ? d->count[code] : 0;
}

const char *
diag_name(enum diag_code code)
{
	return codes[code].name;
}

const char *
diag_hint(enum diag_code code)
{
	return codes[code].hint;
}

const char *
diag_meaning(enum diag_code code)
{
	return codes[code].text;
}

enum diag_level
diag_code_level(enum diag_code code)
{
	return codes[code].level;
}

const char *
diag_level_name(enum diag_level level)
{
	static const char *const name[LEVEL__MAX] = { "ok", "note", "warning", "error" };

	return name[level];
}

static int
text_cmp(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int
num_cmp(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
finding_cmp(const void *pa, const void *pb)
{
	const struct finding *a = pa, *b = pb;
	int c;

	if ((c = text_cmp(a->at.file, b->at.file)) != 0 ||
	    (c = num_cmp(a->at.line, b->at.line)) != 0 ||
	    (c = text_cmp(a->at.pointer, b->at.pointer)) != 0 ||
	    (c = num_cmp(a->at.column, b->at.column)) != 0 ||
	    (c = num_cmp(a->code, b->code)) != 0)
		return c;
	return strcmp(a->message, b->message);
}

const struct finding *
diag_list(struct diag *d, size_t *n)
{
	struct finding *v;

	*n = 0;
	if (d->n == 0 ||
	    (v = realloc(d->sorted, d->n * sizeof(*v))) == NULL)
		return d->sorted;
	d->sorted = v;
	memcpy(v, d->list, d->n * sizeof(*v));
	qsort(v, d->n, sizeof(*v), finding_cmp);
	*n = d->n;
	return v;
}
