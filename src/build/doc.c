/* SPDX-License-Identifier: ISC */
/* Entries on their way through the spool, and what is kept beside it. */
#include "base/limits.h"
#include "base/rd.h"
#include "base/vec.h"
#include "build/inside.h"

#define SAMPLES_BYTES	(4u << 20)	/* the text of samples is held between half and all of it */
#define SAMPLE_MAX	(4u << 10)
#define WINDOW		(1u << 20)
#define DOC_MAX		(512u << 20)

/* --- samples -------------------------------------------------------------- */

/* Every second one goes, so that the rest stays spread evenly. */
static void
thin(struct samples *s)
{
	size_t from = 0, to = 0, i, kept = 0;

	for (i = 0; i < s->n; i++) {
		if (i % 2 == 0) {
			memmove(s->text.p + to, s->text.p + from, s->len[i]);
			to += s->len[i];
			s->len[kept++] = s->len[i];
		}
		from += s->len[i];
	}
	s->text.n = to;
	s->n = kept;
	s->stride *= 2;
}

void
samples_add(struct samples *s, struct bytes b)
{
	if (s->stride == 0)
		s->stride = 1;
	if (s->seen++ % s->stride != 0)
		return;
	b = bytes_sub(b, 0, SAMPLE_MAX);
	/* Without memory for more the dictionary is the poorer, no harm done. */
	if (vec_room(&s->len, s->n, &s->cap, sizeof(*s->len), SIZE_MAX / 16) < 0)
		return;
	buf_bytes(&s->text, b);
	if (s->text.err)
		return;
	s->len[s->n++] = b.n;
	if (s->text.n > SAMPLES_BYTES)
		thin(s);
}

void
samples_release(struct samples *s)
{
	buf_release(&s->text);
	free(s->len);
	*s = (struct samples){ 0 };
}

/* --- files ---------------------------------------------------------------- */

int64_t
files_number(struct files *f, struct bytes name)
{
	uint64_t *v;
	bool fresh;
	int rc;

	if (f->n && bytes_eq(name, f->last))
		return f->last_no;
	if ((v = map_put(&f->map, name, &fresh)) == NULL)
		return LEISHU_ENOMEM;
	if (fresh) {
		rc = vec_room(&f->name, f->n, &f->cap, sizeof(*f->name), UINT32_MAX);
		if (rc < 0)
			return rc;
		if ((f->name[f->n] = bytes_dup(name)) == NULL)
			return LEISHU_ENOMEM;
		*v = f->n++;
	}
	f->last_no = (uint32_t)*v;
	f->last = bytes_str(f->name[*v]);
	return f->last_no;
}

void
files_release(struct files *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		free(f->name[i]);
	free(f->name);
	map_release(&f->map);
	*f = (struct files){ 0 };
}

/* --- docs ----------------------------------------------------------------- */

int
doc_write(struct leishu_build *b, const struct entry *e, uint32_t file)
{
	unsigned char head[10];
	struct buf len = { .p = head, .cap = sizeof(head), .max = sizeof(head) };
	size_t i;
	int rc;

	buf_clear(&b->doc);
	buf_varint(&b->doc, file);
	buf_varint(&b->doc, e->line);
	i = b->doc.n;
	entry_encode(e, &b->doc);
	if (b->doc.err)
		return b->doc.err;
	samples_add(&b->samples, bytes_sub(buf_view(&b->doc), i, b->doc.n));
	buf_varint(&len, b->doc.n);
	if ((rc = sys_spool_write(b->spool, buf_view(&len))) < 0)
		return rc;
	return sys_spool_write(b->spool, buf_view(&b->doc));
}

int
doc_read(const struct leishu_build *b, struct bytes doc, struct arena *a,
    struct entry **ret)
{
	struct bytes own = arena_bytes(a, doc);
	struct rd r = rd_make(own);
	uint32_t file = rd_u32(&r, (uint32_t)b->files.n), line;
	struct entry *e;
	int rc;

	if (a->err)
		return a->err;
	line = rd_u32(&r, UINT32_MAX);
	if (r.bad || file >= b->files.n)
		return LEISHU_EFORMAT;
	if ((rc = entry_decode(bytes_make(r.p, rd_left(&r)), a, &e)) < 0)
		return rc;
	e->file = bytes_str(b->files.name[file]);
	e->line = line;
	*ret = e;
	return 0;
}

/* Makes n bytes stand in the window, or all that are left. */
static int
fill(struct docs *d, size_t n)
{
	size_t got, want = MAX(n, WINDOW);
	unsigned char *to;
	int rc;

	if (d->n >= n)
		return 0;
	if (d->n)
		memmove(d->buf.p, d->buf.p + d->from, d->n);
	d->from = 0;
	d->buf.n = d->n;
	if ((to = buf_room(&d->buf, want - d->n)) == NULL)
		return d->buf.err;
	rc = sys_spool_read(d->b->spool, d->at + d->n, to, want - d->n, &got);
	if (rc < 0)
		return rc;
	d->n += got;
	return 0;
}

int
docs_next(struct docs *d, struct arena *a, struct entry **ret, uint64_t *place)
{
	struct rd r;
	uint64_t n;
	size_t head;
	int rc;

	if ((rc = fill(d, 10)) < 0)
		return rc;
	if (d->n == 0)
		return 0;
	r = rd_make(bytes_make(d->buf.p + d->from, d->n));
	n = rd_varint(&r);
	head = d->n - rd_left(&r);
	if (r.bad || n > DOC_MAX)
		return LEISHU_EFORMAT;
	if ((rc = fill(d, head + (size_t)n)) < 0)
		return rc;
	if (d->n < head + n)
		return LEISHU_EFORMAT;
	rc = doc_read(d->b, bytes_make(d->buf.p + d->from + head, (size_t)n), a, ret);
	*place = d->at;
	d->from += head + (size_t)n;
	d->n -= head + (size_t)n;
	d->at += head + n;
	return rc < 0 ? rc : 1;
}

void
docs_release(struct docs *d)
{
	buf_release(&d->buf);
}

int
doc_at(const struct leishu_build *b, uint64_t place, struct arena *a,
    struct entry **ret)
{
	unsigned char head[10], *doc;
	size_t got;
	struct rd r;
	uint64_t n;
	int rc;

	if ((rc = sys_spool_read(b->spool, place, head, sizeof(head), &got)) < 0)
		return rc;
	r = rd_make(bytes_make(head, got));
	n = rd_varint(&r);
	if (r.bad || n > DOC_MAX)
		return LEISHU_EFORMAT;
	if ((doc = arena_alloc(a, (size_t)n)) == NULL)
		return a->err;
	rc = sys_spool_read(b->spool, place + got - rd_left(&r), doc, (size_t)n, &got);
	if (rc == 0 && got != n)
		rc = LEISHU_EFORMAT;
	return rc < 0 ? rc : doc_read(b, bytes_make(doc, (size_t)n), a, ret);
}

void
build_tell_link(struct leishu_build *b, enum link_trouble what,
    const struct entry *e, const struct entry_place *place, uint32_t node)
{
	const struct node *n = &e->node[node];
	struct diag_at at = { 0 };
	struct bytes near;

	if (node >= e->n_nodes)
		return;
	entry_place_of(place, n->from, n->to, &at);
	if (what == LINK_NOWHERE && (near = near_find(&b->names, n->arg)).n)
		diag_add(b->diag, DIAG_LINK_DANGLING, &at,
		    "no entry is called '%.*s'; is it '%.*s'?", (int)MIN(n->arg.n, 200),
		    (const char *)n->arg.p, (int)MIN(near.n, 200), (const char *)near.p);
	else if (what == LINK_NOWHERE)
		diag_add(b->diag, DIAG_LINK_DANGLING, &at,
		    "no entry is called '%.*s'", (int)MIN(n->arg.n, 200),
		    (const char *)n->arg.p);
	else
		diag_add(b->diag, DIAG_LINK_SEVERAL, &at,
		    "several entries are called '%.*s'; the first is taken",
		    (int)MIN(n->arg.n, 200), (const char *)n->arg.p);
}
