/* SPDX-License-Identifier: ISC */
/*
 * An id is sorted as (base, N): "x~7" is ("x", 7), "x" is ("x", 0), so that
 * all numbers taken for a base come by in ascending order and the free ones
 * are seen.  A record is
 *
 *	base 00, u32 N, file 00, u32 entry, u32 line
 *
 * numbers big-endian; neither ids nor file names hold a NUL.
 */
#include "build/ids.h"

#include "base/vec.h"
#include "pack/sort.h"

#define N_MAX	999999999u

struct record {
	struct bytes base;
	uint32_t n, no, line;
	struct bytes file;	/* a NUL behind it */
};

/* An entry whose id is another's. */
struct twin {
	uint32_t no, line, keeper_line;
	char *file, *keeper;	/* files; to free() */
};

struct ids {
	char *dir;
	size_t memory;
	struct sorter *all;	/* records */
	struct sorter *fresh;	/* u32 entry, new id */
	struct buf rec;
	int err;
	/* settling: of the present base */
	struct diag *d;
	struct buf base;
	uint32_t next;		/* least number that may be free */
	struct twin *twin;	/* waiting for a number */
	size_t n_twins, given, cap_twins;
	/* the present (base, N) */
	uint32_t n, line;
	struct buf file;
	bool open;
	/* giving */
	bool more, giving;
	struct bytes now;
};

static void
fail(struct ids *s, int err)
{
	if (s->err == 0 && err < 0)
		s->err = err;
}

int
ids_new(const char *dir, size_t memory, struct ids **ret)
{
	struct sorter_opts so = { .dir = dir, .memory = memory };
	struct ids *s = calloc(1, sizeof(*s));
	int rc;

	if (s == NULL)
		return LEISHU_ENOMEM;
	s->memory = memory;
	rc = (s->dir = bytes_dup(bytes_str(dir))) == NULL ? LEISHU_ENOMEM :
	    sorter_new(&so, &s->all);
	if (rc < 0) {
		ids_free(s);
		return rc;
	}
	*ret = s;
	return 0;
}

static void
drop_twins(struct ids *s)
{
	size_t i;

	for (i = 0; i < s->n_twins; i++) {
		free(s->twin[i].file);
		free(s->twin[i].keeper);
	}
	s->n_twins = s->given = 0;
}

void
ids_free(struct ids *s)
{
	if (s == NULL)
		return;
	drop_twins(s);
	free(s->twin);
	sorter_free(s->all);
	sorter_free(s->fresh);
	buf_release(&s->rec);
	buf_release(&s->base);
	buf_release(&s->file);
	free(s->dir);
	free(s);
}

static void
put_be32(struct buf *b, uint32_t v)
{
	int k;

	for (k = 24; k >= 0; k -= 8)
		buf_putc(b, (int)(v >> k & 0xff));
}

static uint32_t
be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

/* "x~7" gives x and 7; what is no such id gives itself and 0. */
static struct bytes
split(struct bytes id, uint32_t *n)
{
	size_t at = id.n;
	uint64_t v;

	*n = 0;
	while (at > 0 && id.p[at - 1] >= '0' && id.p[at - 1] <= '9')
		at--;
	if (at < 2 || at == id.n || id.p[at - 1] != '~' || id.p[at] == '0' ||
	    !bytes_u64(bytes_sub(id, at, id.n), N_MAX, &v) || v < 2)
		return id;
	*n = (uint32_t)v;
	return bytes_sub(id, 0, at - 1);
}

void
ids_add(struct ids *s, struct bytes id, const char *file, uint32_t line, uint32_t no)
{
	struct bytes base;
	uint32_t n;

	base = split(id, &n);
	buf_clear(&s->rec);
	buf_bytes(&s->rec, base);
	buf_putc(&s->rec, 0);
	put_be32(&s->rec, n);
	buf_puts(&s->rec, file);
	buf_putc(&s->rec, 0);
	put_be32(&s->rec, no);
	put_be32(&s->rec, line);
	fail(s, s->rec.err);
	if (s->err == 0)
		sorter_add(s->all, buf_view(&s->rec));
}

static struct record
read_record(struct bytes rec)
{
	struct record r = { .base = bytes_make(rec.p, strlen((const char *)rec.p)) };
	const unsigned char *p = rec.p + r.base.n + 1;

	r.n = be32(p);
	r.file = bytes_str((const char *)p + 4);
	p += 4 + r.file.n + 1;
	r.no = be32(p);
	r.line = be32(p + 4);
	return r;
}

static void
tell(struct ids *s, const struct twin *t, struct bytes fresh)
{
	struct diag_at at = { .file = t->file, .first_line = t->line };
	struct diag_at keeper = { .file = t->keeper,
	    .first_line = t->keeper_line };

	diag_add(s->d, DIAG_ID_TWICE, &at, "the id '%.*s' is taken by %s:%u; "
	    "this entry is '%.*s'", (int)s->base.n, (const char *)s->base.p,
	    t->keeper, t->keeper_line, (int)fresh.n, (const char *)fresh.p);
	diag_evidence(s->d, &keeper);
}

/* Gives waiting twins the numbers below limit. */
static void
give_numbers(struct ids *s, uint32_t limit)
{
	const struct twin *t;

	for (; s->given < s->n_twins && s->next < limit && s->err == 0;
	    s->given++, s->next++) {
		t = &s->twin[s->given];
		buf_clear(&s->rec);
		put_be32(&s->rec, t->no);
		buf_bytes(&s->rec, buf_view(&s->base));
		buf_printf(&s->rec, "~%u", s->next);
		fail(s, s->rec.err);
		if (s->err)
			return;
		sorter_add(s->fresh, buf_view(&s->rec));
		tell(s, t, bytes_sub(buf_view(&s->rec), 4, s->rec.n));
	}
}

static void
add_twin(struct ids *s, const struct record *r)
{
	int rc = vec_room(&s->twin, s->n_twins, &s->cap_twins,
	    sizeof(*s->twin), UINT32_MAX);
	struct twin *t;

	fail(s, rc);
	if (rc < 0)
		return;
	t = &s->twin[s->n_twins];
	*t = (struct twin){ .no = r->no, .line = r->line,
	    .keeper_line = s->line, .file = bytes_dup(r->file),
	    .keeper = bytes_dup(buf_view(&s->file)) };
	s->n_twins++;
	if (t->file == NULL || t->keeper == NULL)
		fail(s, LEISHU_ENOMEM);
}

static void
one_record(struct ids *s, const struct record *r)
{
	bool same = s->open && bytes_eq(r->base, buf_view(&s->base));

	if (same && r->n == s->n) {
		add_twin(s, r);
		return;
	}
	if (!same) {
		give_numbers(s, N_MAX);
		drop_twins(s);
		s->next = 2;
		buf_clear(&s->base);
		buf_bytes(&s->base, r->base);
	} else
		give_numbers(s, r->n);
	if (r->n == s->next)
		s->next++;
	s->open = true;
	s->n = r->n;
	s->line = r->line;
	buf_clear(&s->file);
	buf_bytes(&s->file, r->file);
	fail(s, s->base.err ? s->base.err : s->file.err);
}

int
ids_settle(struct ids *s, struct diag *d)
{
	struct sorter_opts so = { .dir = s->dir, .memory = s->memory };
	struct record r;
	struct bytes rec;
	int rc;

	s->d = d;
	fail(s, sorter_run(s->all));
	if (s->err == 0)
		fail(s, sorter_new(&so, &s->fresh));
	while (s->err == 0 && (rc = sorter_next(s->all, &rec)) != 0) {
		fail(s, rc);
		if (rc < 0)
			break;
		r = read_record(rec);
		one_record(s, &r);
	}
	give_numbers(s, N_MAX);
	drop_twins(s);
	sorter_free(s->all);
	s->all = NULL;
	if (s->err == 0)
		fail(s, sorter_run(s->fresh));
	return s->err;
}

int
ids_new_id(struct ids *s, uint32_t no, struct bytes *id)
{
	int rc;

	if (!s->giving) {
		s->giving = true;
		if ((rc = sorter_next(s->fresh, &s->now)) < 0)
			return rc;
		s->more = rc > 0;
	}
	while (s->more && be32(s->now.p) < no) {
		if ((rc = sorter_next(s->fresh, &s->now)) < 0)
			return rc;
		s->more = rc > 0;
	}
	if (!s->more || be32(s->now.p) != no)
		return 0;
	*id = bytes_sub(s->now, 4, s->now.n);
	return 1;
}
