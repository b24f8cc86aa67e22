/* SPDX-License-Identifier: ISC */
/*
 * Links by joins over sorted records.  Texts in records are made sortable
 * (a NUL becomes 00 ff, the end 00 00) and numbers are big-endian:
 *
 *	said	raw, no, place, node		every link; by raw, to meet ids
 *	want	key, raw, meant, no, place, node	by key, to meet names
 *	called	key, rank, no			names that some link may want
 *	rows	entry, row			rows of LNKT by the entry meant
 *	from	entry, no			who links to it
 *	bad	no, node, place, what		links to be told of
 */
#include "index/links_build.h"

#include "base/limits.h"
#include "base/sum.h"
#include "index/links.h"
#include "pack/sort.h"
#include "script/fold.h"

#define BLOOM_BITS	(1u << 24)

/* What a name is worth as the meaning of a link; less is better. */
enum rank { RANK_TITLE, RANK_GIVEN, RANK_REDIRECT, RANK_ID };

enum { SAID, WANT, CALLED, ROWS, FROM, BAD, N_SORTERS };

struct links_builder {
	struct index_opts o;
	char *dir;
	struct sorter *s[N_SORTERS];
	unsigned char *bloom;	/* keys of targets; NULL: no link so far */
	int err;
	struct buf rec, key;
	/* the said record that waits for ids */
	bool joining, more;
	struct bytes said, said_raw;	/* raw still in its sortable form */
	struct buf sortable;
};

static void
fail(struct links_builder *b, int err)
{
	if (b->err == 0 && err < 0)
		b->err = err;
}

static void
put_be(struct buf *b, uint64_t v, unsigned int bytes)
{
	while (bytes-- > 0)
		buf_putc(b, (int)(v >> (8 * bytes) & 0xff));
}

static uint64_t
get_be(const unsigned char *p, unsigned int bytes)
{
	uint64_t v = 0;

	while (bytes-- > 0)
		v = v << 8 | *p++;
	return v;
}

static void
put_sortable(struct buf *b, struct bytes s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		buf_putc(b, s.p[i]);
		if (s.p[i] == 0)
			buf_putc(b, 0xff);
	}
	buf_add(b, "\0\0", 2);
}

/* Length of the sortable text that r begins with, with its end. */
static size_t
sortable_len(struct bytes r)
{
	size_t i;

	for (i = 0; i + 1 < r.n; i += r.p[i] == 0 ? 2 : 1)
		if (r.p[i] == 0 && r.p[i + 1] == 0)
			return i + 2;
	return r.n;
}

static void
plain_text(struct bytes sortable, struct buf *out)
{
	size_t i;

	buf_clear(out);
	for (i = 0; i + 2 < sortable.n; i++) {
		buf_putc(out, sortable.p[i]);
		if (sortable.p[i] == 0)
			i++;
	}
}

static void
add(struct links_builder *b, int which)
{
	struct sorter_opts so = { .dir = b->dir };

	/* Made when needed: most books have no links at all. */
	so.memory = b->o.memory / N_SORTERS;
	if (b->rec.err)
		fail(b, b->rec.err);
	if (b->err == 0 && b->s[which] == NULL)
		fail(b, sorter_new(&so, &b->s[which]));
	if (b->err == 0)
		sorter_add(b->s[which], buf_view(&b->rec));
}

int
links_builder_new(const struct index_opts *o, struct links_builder **ret)
{
	struct links_builder *b = calloc(1, sizeof(*b));

	if (b == NULL)
		return LEISHU_ENOMEM;
	b->o = *o;
	if ((b->dir = bytes_dup(bytes_str(o->dir))) == NULL) {
		free(b);
		return LEISHU_ENOMEM;
	}
	*ret = b;
	return 0;
}

void
links_builder_free(struct links_builder *b)
{
	int i;

	if (b == NULL)
		return;
	for (i = 0; i < N_SORTERS; i++)
		sorter_free(b->s[i]);
	free(b->bloom);
	free(b->dir);
	buf_release(&b->rec);
	buf_release(&b->key);
	buf_release(&b->sortable);
	free(b);
}

/* --- what is linked to, and what is called so ---------------------------- */

/* Four bits of a key's sum; set: puts them in.  true: all were there. */
static bool
bloom(struct links_builder *b, struct bytes key, bool set)
{
	uint64_t h = sum64(key);
	bool all = true;
	int i;

	for (i = 0; i < 4; i++, h = h >> 16 | h << 48) {
		uint32_t at = (uint32_t)h % BLOOM_BITS;
		unsigned char bit = (unsigned char)(1u << (at & 7));

		all = all && (b->bloom[at >> 3] & bit);
		if (set)
			b->bloom[at >> 3] |= bit;
	}
	return all;
}

/* Into b->key. */
static struct bytes
key_of(struct links_builder *b, struct bytes s)
{
	buf_clear(&b->key);
	fold_name(s, &b->key);
	if (b->key.err)
		fail(b, b->key.err);
	return b->key.n ? buf_view(&b->key) : s;
}

void
links_builder_targets(struct links_builder *b, uint32_t no, const struct entry *e,
    uint64_t place)
{
	size_t i;

	for (i = 0; i < e->n_nodes && b->err == 0; i++) {
		if (e->node[i].type != NODE_XREF)
			continue;
		if (b->bloom == NULL &&
		    (b->bloom = calloc(1, BLOOM_BITS / 8)) == NULL) {
			fail(b, LEISHU_ENOMEM);
			return;
		}
		(void)bloom(b, key_of(b, e->node[i].arg), true);
		buf_clear(&b->rec);
		put_sortable(&b->rec, e->node[i].arg);
		put_be(&b->rec, no, 4);
		put_be(&b->rec, place, 8);
		put_be(&b->rec, i, 4);
		add(b, SAID);
	}
}

static void
add_called(struct links_builder *b, struct bytes form, enum rank rank, uint32_t no)
{
	struct bytes key = key_of(b, form);

	if (!bloom(b, key, false))
		return;
	buf_clear(&b->rec);
	put_sortable(&b->rec, key);
	put_be(&b->rec, rank, 1);
	put_be(&b->rec, no, 4);
	add(b, CALLED);
}

void
links_builder_names(struct links_builder *b, uint32_t no, const struct entry *e)
{
	static const enum rank ranks[NAME_ORIGIN__MAX] = {
		[NAME_TITLE] = RANK_TITLE, [NAME_GIVEN] = RANK_GIVEN,
		[NAME_REDIRECT] = RANK_REDIRECT,
	};
	size_t i;

	if (b->bloom == NULL || b->err)
		return;
	for (i = 0; i < e->n_names; i++)
		if (e->name[i].origin != NAME_PROSE && e->name[i].form.n)
			add_called(b, e->name[i].form, ranks[e->name[i].origin], no);
	add_called(b, e->id, RANK_ID, no);
}

/* --- meeting the ids ----------------------------------------------------- */

static void
next_said(struct links_builder *b)
{
	int rc = sorter_next(b->s[SAID], &b->said);

	fail(b, rc);
	b->more = rc > 0;
	if (b->more)
		b->said_raw = bytes_sub(b->said, 0, b->said.n - 16);
}

/* The waiting record becomes a wanted one; meant: entry + 1, or 0. */
static void
pass_on(struct links_builder *b, uint32_t meant)
{
	struct buf raw = { 0 };
	struct bytes key;

	plain_text(b->said_raw, &raw);
	fail(b, raw.err);
	key = key_of(b, buf_view(&raw));
	buf_clear(&b->rec);
	put_sortable(&b->rec, key);
	buf_bytes(&b->rec, b->said_raw);
	put_be(&b->rec, meant, 4);
	buf_add(&b->rec, b->said.p + b->said_raw.n, 16);
	add(b, WANT);
	buf_release(&raw);
	next_said(b);
}

static bool
start_joining(struct links_builder *b)
{
	if (b->s[SAID] == NULL || b->err)
		return false;
	if (!b->joining) {
		b->joining = true;
		fail(b, sorter_run(b->s[SAID]));
		if (b->err == 0)
			next_said(b);
	}
	return b->err == 0;
}

void
links_builder_id(struct links_builder *b, struct bytes id, uint32_t no)
{
	int c;

	if (!start_joining(b) || !b->more)
		return;
	buf_clear(&b->sortable);
	put_sortable(&b->sortable, id);
	fail(b, b->sortable.err);
	while (b->more && b->err == 0 &&
	    (c = bytes_cmp(b->said_raw, buf_view(&b->sortable))) <= 0)
		pass_on(b, c == 0 ? no + 1 : 0);
}

/* --- meeting the names --------------------------------------------------- */

struct join {
	struct links_builder *b;
	uint32_t n_entries;
	struct pack_writer *w, *offsets;
	bool more_called;
	struct bytes called;
	/* of the present key */
	struct buf key;		/* sortable */
	uint32_t best;		/* entry + 1, or 0 */
	bool several;
	/* the present row */
	struct buf raw;		/* sortable; n 0: none yet */
	struct buf from;
	uint32_t n_from, last, meant;
	uint32_t n_rows;
	struct buf out;
};

static void
next_called(struct join *j)
{
	int rc;

	j->more_called = false;
	if (j->b->s[CALLED] == NULL)
		return;
	rc = sorter_next(j->b->s[CALLED], &j->called);
	fail(j->b, rc);
	j->more_called = rc > 0;
}

/* Who is called by the key best; walks CALLED past it. */
static void
find_best(struct join *j, struct bytes key)
{
	unsigned int best_rank = UINT32_MAX, rank;
	struct bytes k;
	uint32_t no;
	int c;

	j->best = 0;
	j->several = false;
	for (; j->more_called && j->b->err == 0; next_called(j)) {
		k = bytes_sub(j->called, 0, j->called.n - 5);
		if ((c = bytes_cmp(k, key)) > 0)
			break;
		if (c < 0)
			continue;
		rank = k.p[k.n];
		no = (uint32_t)get_be(k.p + k.n + 1, 4);
		if (rank < best_rank) {
			best_rank = rank;
			j->best = no + 1;
		} else if (rank == best_rank && no + 1 != j->best)
			j->several = true;
	}
	buf_clear(&j->key);
	buf_bytes(&j->key, key);
	fail(j->b, j->key.err);
}

static void
add_pair(struct links_builder *b, int which, uint32_t x, uint32_t y)
{
	buf_clear(&b->rec);
	put_be(&b->rec, x, 4);
	put_be(&b->rec, y, 4);
	add(b, which);
}

static void
close_row(struct join *j)
{
	struct buf plain = { 0 };

	if (j->raw.n == 0)
		return;
	buf_clear(&j->out);
	buf_le64(&j->out, pack_tell(j->w));
	fail(j->b, j->out.err);
	pack_write(j->offsets, buf_view(&j->out));
	buf_clear(&j->out);
	plain_text(buf_view(&j->key), &plain);
	buf_blob(&j->out, buf_view(&plain));
	fail(j->b, plain.err);
	plain_text(buf_view(&j->raw), &plain);
	buf_blob(&j->out, buf_view(&plain));
	buf_varint(&j->out, j->meant);
	buf_varint(&j->out, j->n_from);
	buf_bytes(&j->out, buf_view(&j->from));
	if (plain.err || j->out.err || j->from.err)
		fail(j->b, LEISHU_ENOMEM);
	pack_write(j->w, buf_view(&j->out));
	if (j->meant)
		add_pair(j->b, ROWS, j->meant - 1, j->n_rows);
	j->n_rows++;
	buf_release(&plain);
	buf_clear(&j->raw);
	buf_clear(&j->from);
	j->n_from = 0;
}

static void
tell_later(struct join *j, uint32_t no, struct bytes place_node, enum link_trouble what)
{
	buf_clear(&j->b->rec);
	put_be(&j->b->rec, no, 4);
	buf_add(&j->b->rec, place_node.p + 8, 4);
	buf_add(&j->b->rec, place_node.p, 8);
	buf_putc(&j->b->rec, (int)what);
	add(j->b, BAD);
}

static void
one_want(struct join *j, struct bytes rec)
{
	size_t key_n = sortable_len(rec);
	struct bytes key = bytes_sub(rec, 0, key_n);
	struct bytes raw = bytes_sub(rec, key_n, rec.n - 20);
	const unsigned char *p = rec.p + rec.n - 20;
	uint32_t by_id = (uint32_t)get_be(p, 4), no = (uint32_t)get_be(p + 4, 4);
	bool new_key = !bytes_eq(key, buf_view(&j->key));

	if (new_key || !bytes_eq(raw, buf_view(&j->raw))) {
		close_row(j);
		if (new_key)
			find_best(j, key);
		buf_bytes(&j->raw, raw);
		fail(j->b, j->raw.err);
		j->meant = by_id ? by_id : j->best;
	}
	if (j->meant == 0)
		tell_later(j, no, bytes_make(p + 8, 12), LINK_NOWHERE);
	else if (by_id == 0 && j->several)
		tell_later(j, no, bytes_make(p + 8, 12), LINK_SEVERAL);
	if (j->n_from && j->last == no)
		return;
	buf_varint(&j->from, j->n_from ? no - j->last : no);
	j->n_from++;
	j->last = no;
	if (j->meant && j->meant - 1 != no)
		add_pair(j->b, FROM, j->meant - 1, no);
}

static void
join_names(struct links_builder *b, struct join *j)
{
	struct bytes rec;
	int rc;

	if (b->s[CALLED] != NULL)
		fail(b, sorter_run(b->s[CALLED]));
	if (b->s[WANT] == NULL || b->err)
		return;
	fail(b, sorter_run(b->s[WANT]));
	if (b->err == 0)
		next_called(j);
	while (b->err == 0 && (rc = sorter_next(b->s[WANT], &rec)) != 0) {
		if (rc < 0)
			fail(b, rc);
		else
			one_want(j, rec);
	}
	close_row(j);
}

/* --- the entries linked to ----------------------------------------------- */

/* The next pair of a sorter; false at its end. */
static bool
next_pair(struct links_builder *b, int which, uint32_t *x, uint32_t *y)
{
	struct bytes rec;
	int rc;

	if (b->s[which] == NULL || b->err)
		return false;
	rc = sorter_next(b->s[which], &rec);
	fail(b, rc);
	if (rc <= 0)
		return false;
	*x = (uint32_t)get_be(rec.p, 4);
	*y = (uint32_t)get_be(rec.p + 4, 4);
	return true;
}

static void
count_from(struct links_builder *b, uint32_t *indegree, uint32_t n)
{
	uint32_t x, y, last_x = 0, last_y = 0;
	bool first = true;

	if (b->s[FROM] != NULL)
		fail(b, sorter_run(b->s[FROM]));
	while (next_pair(b, FROM, &x, &y)) {
		if (x < n && (first || x != last_x || y != last_y))
			indegree[x]++;
		first = false;
		last_x = x;
		last_y = y;
	}
}

static void
write_entries(struct links_builder *b, const uint32_t *indegree,
    struct pack_writer *w, struct pack_writer *rows)
{
	uint32_t x, row, last = LINKS_NONE, at = 0;
	struct buf out = { 0 };

	pack_chunk(w, TAG_LINK_ENTRIES);
	pack_chunk(rows, TAG_LINK_ROWS);
	if (b->s[ROWS] != NULL)
		fail(b, sorter_run(b->s[ROWS]));
	while (next_pair(b, ROWS, &x, &row)) {
		buf_clear(&out);
		if (x != last) {
			buf_le32(&out, x);
			buf_le32(&out, indegree[x]);
			buf_le32(&out, at);
			fail(b, out.err);
			fail(b, out.err);
			pack_write(w, buf_view(&out));
			buf_clear(&out);
		}
		last = x;
		buf_le32(&out, row);
		fail(b, out.err);
		pack_write(rows, buf_view(&out));
		at++;
	}
	buf_release(&out);
}

static void
tell_all(struct links_builder *b, links_trouble *tell, void *ctx)
{
	struct bytes rec;
	int rc;

	if (b->s[BAD] == NULL || b->err)
		return;
	fail(b, sorter_run(b->s[BAD]));
	while (b->err == 0 && (rc = sorter_next(b->s[BAD], &rec)) != 0) {
		if (rc < 0)
			fail(b, rc);
		else
			tell(ctx, (enum link_trouble)rec.p[16],
			    (uint32_t)get_be(rec.p, 4), get_be(rec.p + 8, 8),
			    (uint32_t)get_be(rec.p + 4, 4));
	}
}

int
links_builder_finish(struct links_builder *b, uint32_t *indegree,
    uint32_t n_entries, links_trouble *tell, void *ctx, struct pack_writer *w)
{
	struct join j = { .b = b, .n_entries = n_entries, .w = w };
	struct pack_writer *rows = NULL;

	while (start_joining(b) && b->more)
		pass_on(b, 0);
	if (b->err == 0)
		fail(b, pack_writer_part(b->dir, &j.offsets));
	if (b->err == 0)
		fail(b, pack_writer_part(b->dir, &rows));
	if (b->err)
		goto out;
	pack_chunk(w, TAG_LINK_TARGETS);
	pack_chunk(j.offsets, TAG_LINK_OFFSETS);
	join_names(b, &j);
	pack_splice(w, j.offsets);
	j.offsets = NULL;
	count_from(b, indegree, n_entries);
	write_entries(b, indegree, w, rows);
	pack_splice(w, rows);
	rows = NULL;
	tell_all(b, tell, ctx);
	fail(b, pack_error(w));
out:
	pack_abort(j.offsets);
	pack_abort(rows);
	buf_release(&j.key);
	buf_release(&j.raw);
	buf_release(&j.from);
	buf_release(&j.out);
	return b->err;
}
