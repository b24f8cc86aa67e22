/* SPDX-License-Identifier: ISC */
/*
 * Builds the text index.  Three chunks, all numbers little-endian.
 *
 * TLEN: u32 version (1), u32 entries, u64 positions of all entries, u64 0,
 * then a byte an entry: text_len_code of its positions.
 *
 * TDIC: a dictionary (pack/dict_build.c) of all terms; the value is the
 * offset in TPST where the term's postings begin.
 *
 * TPST: the terms in order.  A term with fewer than TEXT_BLOCK postings:
 *
 *	varint	postings (>= 1)
 *	tail	a posting each: varint gap << 1 | simple; gap is the entry
 *		less the one before less 1 (the first: the entry); simple
 *		means code 0, else varint code follows
 *	positions of these postings
 *
 * and any other:
 *
 *	varint	postings
 *	varint	bytes of the blocks
 *	varint	bytes of the positions
 *	rows	one a block of TEXT_BLOCK postings, the last block being what
 *		is left: u32 last entry, u32 offset in the blocks, u32 offset
 *		in the positions, u16 greatest impact (of 65535, rounded up),
 *		u8 width of gaps, u8 width of codes; a last block that is not
 *		full has TEXT_TAIL for both and is written as a tail, its
 *		first gap counted from the last entry of the block before
 *	blocks	gaps, then codes, as text_pack writes them
 *	positions, block by block
 *
 * A code is (occurrences - 1) << 1 | 1 if one is in title or names.
 *
 * The positions of a block: n of them, the sum of its occurrences; the first
 * in an entry as it is, others the gap to the one before less 1.  A width
 * (u8) for each TEXT_GROUP of them, then the groups, each packed low bit
 * first into whole bytes.
 *
 * An entry's positions run through title, names, text and author, with
 * FIELD_GAP between these, so that no phrase reaches across.
 *
 * Terms are gathered in memory: a hash table of terms, each with a chain of
 * slices that grow, filled up as occurrences come.  When the memory is used
 * up, the terms are sorted and written as a run (text_run.h).
 */
#include "base/limits.h"
#include "base/rd.h"
#include "base/sum.h"
#include "base/vec.h"
#include "index/index.h"
#include "index/text_run.h"
#include "script/token.h"

#define FIELD_GAP	4u
#define BATCH		64u	/* tokens looked up together */
#define MEMORY_MIN	(256u << 10)
/* Of the memory, in hundredths; the rest is for slices. */
#define TABLES		48u
#define KEYS		2u
#define KEY_INLINE	12u
#define LINK		4u	/* bytes at the end of a slice */
#define SLICE_MAX	4096u

struct term {
	unsigned char key[KEY_INLINE];	/* or the offset in keys, u32 */
	uint8_t key_n;
	uint8_t level;		/* size of the present slice */
	uint16_t left;		/* bytes of it; before the first: head flag */
	uint32_t slice;		/* the first one; 0: one occurrence, below */
	uint32_t tail;		/* where the next byte goes */
	uint32_t doc, pos;	/* last occurrence */
};

struct pending {
	uint64_t hash;
	uint32_t pos;
	uint32_t key;		/* in text_builder.batch_keys */
	uint32_t key_n;
	bool head;
};

struct text_builder {
	struct text_runs runs;
	char *dir;
	size_t memory;
	int err;
	struct tokens *tokens;

	uint64_t *slot;		/* hash's upper half, term + 1 */
	uint32_t n_slots;
	struct term *term;
	uint32_t n_terms, max_terms;
	unsigned char *slices;
	uint32_t n_slices, max_slices;
	unsigned char *keys;
	uint32_t n_keys, max_keys;

	struct pending batch[BATCH];
	unsigned n_batch;
	unsigned char batch_keys[BATCH * TEXT_TERM_MAX + 16];
	size_t n_batch_keys;
	uint32_t doc;

	unsigned char *len;	/* length codes */
	size_t n_len, len_cap;
	uint64_t total;
	struct buf out;		/* of the run being written */
};

static const uint16_t slice_size[] = {
	16, 24, 40, 72, 136, 264, 520, 1032, 2056, SLICE_MAX
};

/* --- memory ------------------------------------------------------------- */

static int
alloc_tables(struct text_builder *b)
{
	size_t m = MIN(b->memory, (size_t)6 << 30);

	/* Two slots a term: what sort_terms needs, and a quick search. */
	b->max_terms = (uint32_t)(m * TABLES / 100 /
	    (2 * sizeof(*b->slot) + sizeof(*b->term)));
	b->n_slots = 2 * b->max_terms;
	b->max_keys = (uint32_t)(m * KEYS / 100);
	b->max_slices = (uint32_t)(m - m * (TABLES + KEYS) / 100);
	b->slot = calloc(b->n_slots, sizeof(*b->slot));
	b->term = malloc(b->max_terms * sizeof(*b->term));
	b->keys = malloc(b->max_keys);
	b->slices = malloc(b->max_slices);
	b->n_slices = LINK;	/* offset 0 is no slice */
	return b->slot && b->term && b->keys && b->slices ? 0 : LEISHU_ENOMEM;
}

static void
free_tables(struct text_builder *b)
{
	free(b->slot);
	free(b->term);
	free(b->keys);
	free(b->slices);
	b->slot = NULL;
	b->term = NULL;
	b->keys = b->slices = NULL;
}

int
text_builder_new(const struct index_opts *o, struct text_builder **ret)
{
	struct text_builder *b = calloc(1, sizeof(*b));
	int rc = LEISHU_ENOMEM;

	if (b == NULL)
		return rc;
	b->memory = MAX(o->memory, MEMORY_MIN);
	if ((b->dir = bytes_dup(bytes_str(o->dir ? o->dir : "."))) == NULL ||
	    (rc = tokens_new(&b->tokens)) < 0 ||
	    (rc = alloc_tables(b)) < 0 ||
	    (rc = sys_spool_open(b->dir, &b->runs.spool)) < 0) {
		text_builder_free(b);
		return rc;
	}
	*ret = b;
	return 0;
}

void
text_builder_free(struct text_builder *b)
{
	if (b == NULL)
		return;
	free_tables(b);
	tokens_free(b->tokens);
	sys_spool_close(b->runs.spool);
	free(b->runs.v);
	free(b->len);
	free(b->dir);
	buf_release(&b->out);
	free(b);
}

/* --- runs --------------------------------------------------------------- */

static struct bytes
term_key(const struct text_builder *b, const struct term *t)
{
	if (t->key_n <= KEY_INLINE)
		return bytes_make(t->key, t->key_n);
	return bytes_make(b->keys + le32(t->key), t->key_n);
}

struct order {
	uint64_t head;		/* first eight bytes of the key */
	uint64_t term;
};

static int
order_cmp(const void *x, const void *y, void *ctx)
{
	const struct order *a = x, *c = y;
	const struct text_builder *b = ctx;

	if (a->head != c->head)
		return a->head < c->head ? -1 : 1;
	return bytes_cmp(term_key(b, &b->term[a->term]),
	    term_key(b, &b->term[c->term]));
}

/* All terms by key; the memory of the slots serves, they are done with. */
static struct order *
sort_terms(struct text_builder *b)
{
	struct order *v = (struct order *)(void *)b->slot;
	uint32_t i;

	for (i = 0; i < b->n_terms; i++) {
		unsigned char head[8] = { 0 };
		struct bytes key = term_key(b, &b->term[i]);

		memcpy(head, key.p, MIN(key.n, sizeof(head)));
		v[i].head = __builtin_bswap64(le64(head));
		v[i].term = i;
	}
	qsort_r(v, b->n_terms, sizeof(*v), order_cmp, b);
	return v;
}

static void
put_first(struct buf *out, uint32_t gap, bool head, uint32_t pos)
{
	buf_varint(out, (uint64_t)gap << 2 | (uint64_t)head << 1 | 1);
	buf_varint(out, pos);
}

/* Bytes in the chain of t. */
static uint32_t
chain_bytes(const struct text_builder *b, const struct term *t)
{
	uint32_t at = t->slice, n = 0, room;
	unsigned level = 0;

	for (;; level += level + 1 < NELEM(slice_size)) {
		room = slice_size[level] - LINK;
		if (t->tail >= at && t->tail <= at + room)
			return n + (t->tail - at);
		n += room;
		at = le32(b->slices + at + room);
	}
}

static void
put_term(struct text_builder *b, const struct term *t)
{
	unsigned char small[16];
	struct buf one = { .p = small, .cap = sizeof(small) };
	uint32_t at = t->slice, n, size;
	unsigned level = 0;

	buf_blob(&b->out, term_key(b, t));
	if (t->slice == 0) {
		put_first(&one, t->doc, t->left, t->pos);
		buf_blob(&b->out, buf_view(&one));
		return;
	}
	n = chain_bytes(b, t);
	buf_varint(&b->out, n);
	while (n > 0) {
		size = MIN(n, slice_size[level] - LINK);
		buf_add(&b->out, b->slices + at, size);
		n -= size;
		at = le32(b->slices + at + slice_size[level] - LINK);
		level += level + 1 < NELEM(slice_size);
	}
}

static void
flush_out(struct text_builder *b)
{
	if (b->err == 0 && (b->err = b->out.err) == 0)
		b->err = sys_spool_write(b->runs.spool, buf_view(&b->out));
	buf_clear(&b->out);
}

/* Writes what is in memory as a run and begins anew. */
static void
spill(struct text_builder *b)
{
	struct text_runs *r = &b->runs;
	struct order *v;
	uint32_t i;

	if (b->n_terms == 0 || b->err ||
	    (b->err = vec_room(&r->v, r->n, &r->cap, sizeof(*r->v), TEXT_RUNS_MAX)) < 0)
		return;
	r->v[r->n].from = sys_spool_size(r->spool);
	v = sort_terms(b);
	for (i = 0; i < b->n_terms && b->err == 0; i++) {
		put_term(b, &b->term[v[i].term]);
		if (b->out.n >= 64u << 10)
			flush_out(b);
	}
	flush_out(b);
	r->v[r->n++].to = sys_spool_size(r->spool);
	memset(b->slot, 0, b->n_slots * sizeof(*b->slot));
	b->n_terms = 0;
	b->n_keys = 0;
	b->n_slices = LINK;
}

/* --- occurrences -------------------------------------------------------- */

static uint64_t
hash_key(const unsigned char *p, size_t n)
{
	uint64_t lo, hi;

	if (n > 16)
		return sum64(bytes_make(p, n));
	/* Batch keys have room behind them: read 16 and cut. */
	lo = le64(p);
	hi = le64(p + 8);
	if (n <= 8) {
		hi = 0;
		lo = n ? lo << (64 - 8 * n) : 0;
	} else if (n < 16) {
		hi <<= 128 - 8 * n;
	}
	lo = (lo ^ 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
	hi = (hi ^ (lo >> 29)) * 0xc4ceb9fe1a85ec53u;
	lo ^= hi ^ (hi >> 32) ^ n;
	lo *= 0x9e3779b97f4a7c15u;
	return lo ^ (lo >> 31);
}

static size_t
first_slot(const struct text_builder *b, uint64_t hash)
{
	return (size_t)((hash & UINT32_MAX) * b->n_slots >> 32);
}

/* The term of a pending occurrence; *fresh: made now. */
static struct term *
find_term(struct text_builder *b, const struct pending *p, bool *fresh)
{
	struct bytes key = { b->batch_keys + p->key, p->key_n };
	uint64_t tag = p->hash >> 32 << 32, s;
	size_t at = first_slot(b, p->hash);
	struct term *t;

	for (; (s = b->slot[at]) != 0; at = at + 1 < b->n_slots ? at + 1 : 0) {
		if (s >> 32 << 32 != tag)
			continue;
		t = &b->term[(uint32_t)s - 1];
		if (bytes_eq(term_key(b, t), key)) {
			*fresh = false;
			return t;
		}
	}
	t = &b->term[b->n_terms++];
	b->slot[at] = tag | b->n_terms;
	*t = (struct term){ .key_n = (uint8_t)key.n };
	if (key.n <= KEY_INLINE) {
		memcpy(t->key, key.p, key.n);
	} else {
		memcpy(t->key, (uint32_t[]){ b->n_keys }, 4);
		memcpy(b->keys + b->n_keys, key.p, key.n);
		b->n_keys += p->key_n;
	}
	*fresh = true;
	return t;
}

/* A new slice of t's level at the end of its chain. */
static void
add_slice(struct text_builder *b, struct term *t)
{
	uint32_t at = b->n_slices;

	b->n_slices += slice_size[t->level];
	if (t->slice == 0)
		t->slice = at;
	else
		memcpy(b->slices + t->tail, (unsigned char[LINK]){
		    (unsigned char)at, (unsigned char)(at >> 8),
		    (unsigned char)(at >> 16), (unsigned char)(at >> 24) }, LINK);
	t->tail = at;
	t->left = (uint16_t)(slice_size[t->level] - LINK);
}

static inline void
put_byte(struct text_builder *b, struct term *t, unsigned char c)
{
	if (t->left == 0) {
		if (t->level + 1u < NELEM(slice_size))
			t->level++;
		add_slice(b, t);
	}
	b->slices[t->tail++] = c;
	t->left--;
}

static inline void
put_varint(struct text_builder *b, struct term *t, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		put_byte(b, t, (unsigned char)(v | 0x80));
	put_byte(b, t, (unsigned char)v);
}

static void
put_occurrence(struct text_builder *b, const struct pending *p)
{
	bool fresh, head;
	struct term *t;

	if (b->n_terms == b->max_terms ||
	    b->max_keys - b->n_keys < TEXT_TERM_MAX ||
	    b->max_slices - b->n_slices < 4 * SLICE_MAX)
		spill(b);
	t = find_term(b, p, &fresh);
	if (fresh) {
		t->left = p->head;
		t->doc = b->doc;
		t->pos = p->pos;
		return;
	}
	if (t->slice == 0) {
		head = t->left;
		add_slice(b, t);
		put_varint(b, t, (uint64_t)t->doc << 2 | (uint64_t)head << 1 | 1);
		put_varint(b, t, t->pos);
	}
	if (t->doc == b->doc) {
		put_varint(b, t, (uint64_t)(p->pos - t->pos) << 1);
	} else {
		put_varint(b, t, (uint64_t)(b->doc - t->doc) << 2 |
		    (uint64_t)p->head << 1 | 1);
		put_varint(b, t, p->pos);
	}
	t->doc = b->doc;
	t->pos = p->pos;
}

/*
 * Each look-up misses the cache three times; touching all of a batch first
 * lets the misses overlap.
 */
static void
put_batch(struct text_builder *b)
{
	const struct pending *p, *end = b->batch + b->n_batch;
	uint64_t s;

	for (p = b->batch; p < end; p++)
		if ((s = b->slot[first_slot(b, p->hash)]) != 0)
			__builtin_prefetch(&b->term[(uint32_t)s - 1]);
	for (p = b->batch; p < end; p++)
		if ((s = b->slot[first_slot(b, p->hash)]) != 0)
			__builtin_prefetch(b->slices + b->term[(uint32_t)s - 1].tail);
	for (p = b->batch; p < end && b->err == 0; p++)
		put_occurrence(b, p);
	b->n_batch = 0;
	b->n_batch_keys = 0;
}

/* Indexes one field from position pos on; gives the position behind it. */
static uint32_t
add_field(struct text_builder *b, struct bytes text, bool head, uint32_t pos)
{
	struct token t;
	struct pending *p;
	uint32_t n = 0;

	tokens_start(b->tokens, text);
	while (tokens_next(b->tokens, &t)) {
		p = &b->batch[b->n_batch++];
		p->key = (uint32_t)b->n_batch_keys;
		p->key_n = (uint32_t)MIN(t.term.n, TEXT_TERM_MAX);
		p->pos = pos + t.pos;
		p->head = head;
		memcpy(b->batch_keys + p->key, t.term.p, p->key_n);
		b->n_batch_keys += p->key_n;
		p->hash = hash_key(b->batch_keys + p->key, p->key_n);
		__builtin_prefetch(&b->slot[first_slot(b, p->hash)]);
		n = t.pos + 1;
		if (b->n_batch == BATCH)
			put_batch(b);
	}
	b->total += n;
	return n ? pos + n + FIELD_GAP : pos;
}

static int
set_length(struct text_builder *b, uint32_t no, uint64_t n)
{
	int rc;

	while (b->n_len <= no) {
		if ((rc = vec_room(&b->len, b->n_len, &b->len_cap, 1, LIMIT_ENTRIES)) < 0)
			return rc;
		b->len[b->n_len++] = 0;
	}
	b->len[no] = text_len_code(n);
	return 0;
}

void
text_builder_add(struct text_builder *b, uint32_t no, const struct entry *e)
{
	uint64_t before = b->total;
	uint32_t pos = 0;
	size_t i;

	if (b->err)
		return;
	b->doc = no;
	pos = add_field(b, e->title, true, pos);
	for (i = 0; i < e->n_names; i++)
		if (e->name[i].origin != NAME_PROSE &&
		    !bytes_eq(e->name[i].form, e->title))
			pos = add_field(b, e->name[i].form, true, pos);
	pos = add_field(b, e->text, false, pos);
	(void)add_field(b, e->author, false, pos);
	put_batch(b);
	if (b->err == 0)
		b->err = set_length(b, no, b->total - before);
}

static int
write_lengths(struct text_builder *b, uint32_t n, struct pack_writer *w)
{
	struct buf head = { 0 };
	int rc;

	if (n && (rc = set_length(b, n - 1, b->n_len >= n ?
	    text_len_value(b->len[n - 1]) : 0)) < 0)
		return rc;
	pack_chunk(w, TEXT_TAG_LEN);
	buf_le32(&head, TEXT_VERSION);
	buf_le32(&head, n);
	buf_le64(&head, b->total);
	buf_le64(&head, 0);
	pack_write(w, buf_view(&head));
	pack_write(w, bytes_make(b->len, n));
	rc = head.err;
	buf_release(&head);
	return rc;
}

int
text_builder_finish(struct text_builder *b, uint32_t n_entries, struct pack_writer *w)
{
	float norm[256];
	int rc;

	spill(b);
	free_tables(b);
	if (b->err)
		return b->err;
	if ((rc = write_lengths(b, n_entries, w)) < 0)
		return rc;
	text_norms(b->total, n_entries, norm);
	if ((rc = text_merge(&b->runs, b->dir, b->memory,
	    bytes_make(b->len, n_entries), norm, w)) < 0)
		return rc;
	return pack_error(w);
}
