/* SPDX-License-Identifier: ISC */
/*
 * Writes the name index.
 *
 * Every name stands under its key (names_key.h), so that all its spellings
 * in one script meet; what tells them apart is decided when a name is
 * found, from the form that is stored with it.  No key is stored a scheme:
 * a query in Wade-Giles, Palladius or Zhuyin is turned into pinyin first.
 * Five dictionaries (pack/dict.h), all but the last with a chunk of values
 * beside it (names_store.h), and a chunk of numbers:
 *
 *	NKEY NAME	keys.  The value: varint number of entries; for each,
 *		the entry most linked to first, varint entry number, then its
 *		names, each: a byte of flags (names_format.h), varint tag,
 *		blob reading, varint steps shared with the first name of
 *		the block, blob further steps from key to form
 *		(names_diff.h); all but the first if the flags say so
 *	NREA NREO	toneless pinyin of names in characters.  Varints,
 *		ordinal in NKEY * 4 + enum name_via, the surest first
 *	NINI NINO	initials of those readings.  Varints, ordinals in
 *		NKEY, the most linked to first
 *	NTRM NTRO	words and pairs of Han characters of names
 *		(script/token.h).  Varints, differences of ascending
 *		ordinals in NKEY
 *	NBAK	keys and readings short enough to be mistyped, backwards
 *	NMET	u32 entries, u64 names, u32 tags; per key of NKEY a byte, its
 *		rank, and the highest rank of each NAMES_PEAK of them; the
 *		same for NREA; the tags, each blob scheme, blob language
 *
 * Built by sorting: names by key while entries come in; then, as ordinals
 * become known, what points to them.
 */
#include "index/index.h"

#include "base/map.h"
#include "base/rd.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "pack/sort.h"
#include "script/token.h"

#include "index/names.h"
#include "index/names_diff.h"
#include "index/names_format.h"
#include "index/names_key.h"

#define TAGS_MAX	4096	/* further ones are forgotten */

/* Growing bytes, one a key. */
struct rank_buf {
	struct buf rank, peak;
};

struct names_builder {
	int err;
	struct index_opts opts;
	struct sorter *names;	/* key 0 entry index ... */
	struct sorter *links;	/* key 0 0 ordinal rank; key 0 1 reading ... */
	struct sorter *terms;	/* term 0 ordinal */
	struct sorter *back;	/* reversed keys and readings */
	struct sorter *readings;	/* reading 0 via rank ordinal */
	struct sorter *initials;	/* initials 0 rank ordinal */
	struct map tag_map;
	struct buf tags;
	uint32_t n_tags;
	uint64_t n_names;
	uint32_t n_entries;
	const uint32_t *indegree;
	struct tokens *tokens;
	struct rank_buf key_rank, reading_rank;
	struct buf head_steps;	/* of the first name of the block */
	struct buf key, rec, val, ops;	/* scratch */
	struct arena arena;	/* the names of one key */
	struct held *held;
	size_t cap_held;
};

/* A name as it comes out of the first sort. */
struct held {
	uint32_t no, indegree;
	uint32_t i;	/* among the names of its entry */
	uint8_t origin;
	bool known;
	uint32_t tag;
	struct bytes reading, form;
};

static void
fail(struct names_builder *b, int rc)
{
	if (b->err == 0 && rc < 0)
		b->err = rc;
}

static int
sorter_on(struct names_builder *b, size_t share, struct sorter **ret)
{
	struct sorter_opts o = { b->opts.dir, b->opts.memory / share };

	return sorter_new(&o, ret);
}

int
names_builder_new(const struct index_opts *o, struct names_builder **ret)
{
	struct names_builder *b;
	bool fresh;
	int rc = LEISHU_ENOMEM;

	if ((b = calloc(1, sizeof(*b))) == NULL)
		return LEISHU_ENOMEM;
	b->opts = *o;
	if (map_put(&b->tag_map, B("\0"), &fresh) == NULL)
		goto out;
	buf_blob(&b->tags, B(""));
	buf_blob(&b->tags, B(""));
	b->n_tags = 1;
	if ((rc = tokens_new(&b->tokens)) < 0 ||
	    (rc = sorter_on(b, 2, &b->names)) < 0 ||
	    (rc = sorter_on(b, 4, &b->links)) < 0)
		goto out;
	*ret = b;
	b = NULL;
out:
	names_builder_free(b);
	return rc;
}

void
names_builder_free(struct names_builder *b)
{
	if (b == NULL)
		return;
	sorter_free(b->names);
	sorter_free(b->links);
	sorter_free(b->terms);
	sorter_free(b->back);
	sorter_free(b->readings);
	sorter_free(b->initials);
	map_release(&b->tag_map);
	buf_release(&b->tags);
	tokens_free(b->tokens);
	buf_release(&b->key_rank.rank);
	buf_release(&b->key_rank.peak);
	buf_release(&b->reading_rank.rank);
	buf_release(&b->reading_rank.peak);
	buf_release(&b->key);
	buf_release(&b->rec);
	buf_release(&b->val);
	buf_release(&b->ops);
	buf_release(&b->head_steps);
	arena_release(&b->arena);
	free(b->held);
	free(b);
}

/* --- adding --------------------------------------------------------------- */

static void
put_be32(struct buf *out, uint32_t v)
{
	buf_putc(out, (int)(v >> 24));
	buf_putc(out, (int)(v >> 16 & 0xff));
	buf_putc(out, (int)(v >> 8 & 0xff));
	buf_putc(out, (int)(v & 0xff));
}

static uint32_t
be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void
sort_in(struct names_builder *b, struct sorter *s)
{
	if (b->rec.err)
		fail(b, b->rec.err);
	else
		sorter_add(s, buf_view(&b->rec));
}

static uint32_t
tag_of(struct names_builder *b, const struct name *n)
{
	uint64_t *at;
	bool fresh;

	if (n->scheme.n == 0 && n->lang.n == 0)
		return 0;
	buf_clear(&b->rec);
	buf_bytes(&b->rec, n->scheme);
	buf_putc(&b->rec, 0);
	buf_bytes(&b->rec, n->lang);
	if (b->n_tags >= TAGS_MAX) {
		at = map_get(&b->tag_map, buf_view(&b->rec));
		return at ? (uint32_t)*at : 0;
	}
	if ((at = map_put(&b->tag_map, buf_view(&b->rec), &fresh)) == NULL) {
		fail(b, LEISHU_ENOMEM);
		return 0;
	}
	if (fresh) {
		*at = b->n_tags++;
		buf_blob(&b->tags, n->scheme);
		buf_blob(&b->tags, n->lang);
	}
	return (uint32_t)*at;
}

static bool
said_before(const struct entry *e, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++)
		if (bytes_eq(e->name[j].form, e->name[i].form))
			return true;
	return false;
}

static void
add_name(struct names_builder *b, uint32_t no, uint32_t i, const struct name *n)
{
	struct bytes form = bytes_trim(n->form);
	uint32_t tag;

	if (form.n == 0 || form.n > LIMIT_NAME)
		return;
	tag = tag_of(b, n);
	buf_clear(&b->rec);
	name_key(form, &b->rec);
	if (b->rec.n == 0)
		return;
	buf_putc(&b->rec, 0);
	put_be32(&b->rec, no);
	put_be32(&b->rec, i);
	buf_putc(&b->rec, n->origin);
	buf_putc(&b->rec, n->reading.n != 0);
	buf_varint(&b->rec, tag);
	buf_blob(&b->rec, n->reading);
	buf_bytes(&b->rec, form);
	sort_in(b, b->names);
	b->n_names++;
}

void
names_builder_add(struct names_builder *b, uint32_t no, const struct entry *e)
{
	size_t i;

	if (b->err)
		return;
	for (i = 0; i < e->n_names; i++)
		if (!said_before(e, i))
			add_name(b, no, (uint32_t)i, &e->name[i]);
}

/* --- first sort: names under their keys ----------------------------------- */

static uint8_t
rank_of(struct bytes key, uint32_t indegree)
{
	static const uint8_t longest[] = { 2, 3, 4, 6, 9, 14, 24 };
	size_t n = utf8_count(key), i;
	unsigned links = 0;

	if (key.p[0] < 0x80)
		n = (n + 1) / 2;	/* two letters say as much as a character */
	for (i = 0; i < NELEM(longest) && n > longest[i];)
		i++;
	while (indegree > 0 && links < 31) {
		links += indegree > 1 ? 2 : 1;
		indegree >>= 1;
	}
	return (uint8_t)(MIN(links, 31u) << 3 | (7 - i));
}

static void
rank_add(struct rank_buf *r, uint8_t rank)
{
	if (r->rank.n % NAMES_PEAK == 0)
		buf_putc(&r->peak, rank);
	else if (r->peak.n && r->peak.p[r->peak.n - 1] < rank)
		r->peak.p[r->peak.n - 1] = rank;
	buf_putc(&r->rank, rank);
}

/* Every word and pair of Han in a name, but what is the whole key. */
static void
add_terms(struct names_builder *b, struct bytes key, struct bytes form, uint32_t ord)
{
	struct token t;

	tokens_start(b->tokens, form);
	while (tokens_next(b->tokens, &t)) {
		if (t.type == TOKEN_HAN || t.term.n == 0 || bytes_eq(t.term, key))
			continue;
		buf_clear(&b->rec);
		buf_bytes(&b->rec, bytes_sub(t.term, 0, NAMES_KEY_MAX));
		buf_putc(&b->rec, 0);
		put_be32(&b->rec, ord);
		sort_in(b, b->terms);
	}
}

static void
add_back(struct names_builder *b, struct bytes key)
{
	if (!name_fuzzy(key))
		return;
	buf_clear(&b->rec);
	name_backwards(key, &b->rec);
	sort_in(b, b->back);
}

static int
by_wanted(const void *a, const void *b)
{
	const struct held *x = a, *y = b;

	if (x->indegree != y->indegree)
		return x->indegree < y->indegree ? 1 : -1;
	if (x->no != y->no)
		return x->no < y->no ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

/*
 * The steps from key to form; those it has in common with the first name of
 * its block are told by their length: siblings ("...: Offerings 6 ¶35") are
 * spelled alike.
 */
static void
put_steps(struct names_builder *b, struct bytes key, struct bytes form,
    size_t flags_at, bool first)
{
	struct buf *h = &b->head_steps;
	size_t n = 0;

	buf_clear(&b->ops);
	name_diff(key, form, &b->ops);
	fail(b, b->ops.err);
	if (first) {
		buf_clear(h);
		buf_bytes(h, buf_view(&b->ops));
	} else if (h->n <= NAME_SHARED_MAX && b->ops.n <= NAME_SHARED_MAX) {
		while (n < h->n && n < b->ops.n && h->p[n] == b->ops.p[n])
			n++;
	}
	if (n > 2 && b->val.err == 0) {
		b->val.p[flags_at] |= NAME_FLAG_SHARED;
		buf_varint(&b->val, n);
	} else {
		n = 0;
	}
	buf_blob(&b->val, bytes_sub(buf_view(&b->ops), n, b->ops.n));
}

static void
put_name(struct names_builder *b, struct bytes key, const struct held *h,
    bool last, bool first)
{
	unsigned flags = h->origin & NAME_FLAG_ORIGIN;
	size_t flags_at = b->val.n;
	bool same = bytes_eq(key, h->form);

	if (last)
		flags |= NAME_FLAG_LAST;
	if (same)
		flags |= NAME_FLAG_SAME;
	if (h->tag)
		flags |= NAME_FLAG_TAG;
	if (h->reading.n)
		flags |= NAME_FLAG_READING;
	if (h->known)
		flags |= NAME_FLAG_KNOWN;
	buf_putc(&b->val, (int)flags);
	if (h->tag)
		buf_varint(&b->val, h->tag);
	if (h->reading.n)
		buf_blob(&b->val, h->reading);
	if (!same)
		put_steps(b, key, h->form, flags_at, first);
}

/* All names under one key are there: write them. */
static void
end_key(struct names_builder *b, struct store_writer *w, struct bytes key, size_t n)
{
	struct held *h = b->held;
	uint32_t ord = store_writer_count(w), entries = 0;
	uint8_t rank;
	size_t i;

	qsort(h, n, sizeof(*h), by_wanted);
	for (i = 0; i < n; i++)
		entries += i == 0 || h[i].no != h[i - 1].no;
	if (ord % DICT_BLOCK == 0)
		buf_clear(&b->head_steps);
	buf_clear(&b->val);
	buf_varint(&b->val, entries);
	for (i = 0; i < n; i++) {
		if (i == 0 || h[i].no != h[i - 1].no)
			buf_varint(&b->val, h[i].no);
		put_name(b, key, &h[i], i + 1 == n || h[i + 1].no != h[i].no,
		    i == 0 && ord % DICT_BLOCK == 0);
		if (i == 0 || !bytes_eq(h[i].form, h[i - 1].form))
			add_terms(b, key, h[i].form, ord);
	}
	fail(b, b->val.err);
	store_writer_add(w, key, buf_view(&b->val));
	rank = rank_of(key, h[0].indegree);
	rank_add(&b->key_rank, rank);
	add_back(b, key);
	buf_clear(&b->rec);
	buf_bytes(&b->rec, key);
	buf_add(&b->rec, "\0", 2);
	put_be32(&b->rec, ord);
	buf_putc(&b->rec, rank);
	sort_in(b, b->links);
}

/* Takes one record of the first sort apart; gives its key. */
static struct bytes
hold(struct names_builder *b, struct bytes rec, size_t n)
{
	struct bytes key = bytes_sub(rec, 0, bytes_find(rec, B("\0")));
	struct rd r = rd_make(bytes_sub(rec, key.n + 11, rec.n));
	struct held *h;
	int rc;

	if ((rc = vec_room(&b->held, n, &b->cap_held, sizeof(*h), SIZE_MAX)) < 0) {
		fail(b, rc);
		return key;
	}
	h = &b->held[n];
	h->no = be32(rec.p + key.n + 1);
	h->i = be32(rec.p + key.n + 5);
	h->origin = rec.p[key.n + 9];
	h->known = rec.p[key.n + 10];
	h->indegree = h->no < b->n_entries ? b->indegree[h->no] : 0;
	h->tag = rd_u32(&r, UINT32_MAX);
	h->reading = arena_bytes(&b->arena, rd_blob(&r));
	h->form = arena_bytes(&b->arena, rd_take(&r, rd_left(&r)));
	fail(b, b->arena.err);
	return key;
}

static int
write_keys(struct names_builder *b, struct pack_writer *pw)
{
	struct store_writer *w = NULL;
	struct bytes rec, key;
	size_t n = 0;
	int rc;

	if ((rc = store_writer_new(b->opts.dir, &w)) < 0 ||
	    (rc = sorter_run(b->names)) < 0)
		goto out;
	while ((rc = sorter_next(b->names, &rec)) == 1 && b->err == 0) {
		key = bytes_sub(rec, 0, bytes_find(rec, B("\0")));
		if (n && !bytes_eq(key, buf_view(&b->key))) {
			end_key(b, w, buf_view(&b->key), n);
			arena_clear(&b->arena);
			n = 0;
		}
		if (n == 0) {
			buf_clear(&b->key);
			buf_bytes(&b->key, key);
		}
		(void)hold(b, rec, n++);
	}
	if (rc < 0 || (rc = b->err) < 0)
		goto out;
	if (n)
		end_key(b, w, buf_view(&b->key), n);
	arena_clear(&b->arena);
	sorter_free(b->names);
	b->names = NULL;
	rc = b->err ? b->err : store_writer_end(w, NAMES_TAG_KEYS, NAMES_TAG_NAMES, pw);
out:
	store_writer_free(w);
	return rc;
}

/* --- what points to keys -------------------------------------------------- */

enum ord_form { ORDS_RISING, ORDS_PLAIN };

/*
 * A sorter of "key 0 ... ordinal" becomes a dictionary.  skip: bytes between
 * the 0 and the ordinal, there for the order alone.
 */
static int
write_ords(struct names_builder *b, struct sorter **s, size_t skip,
    enum ord_form form, uint32_t keys, uint32_t vals, struct pack_writer *pw)
{
	struct store_writer *w = NULL;
	struct bytes rec, key;
	uint32_t ord, last = 0;
	bool first = true;
	int rc;

	if ((rc = store_writer_new(b->opts.dir, &w)) < 0 || (rc = sorter_run(*s)) < 0)
		goto out;
	buf_clear(&b->key);
	buf_clear(&b->val);
	while ((rc = sorter_next(*s, &rec)) == 1) {
		key = bytes_sub(rec, 0, bytes_find(rec, B("\0")));
		ord = be32(rec.p + key.n + 1 + skip);
		if (!first && !bytes_eq(key, buf_view(&b->key))) {
			store_writer_add(w, buf_view(&b->key), buf_view(&b->val));
			buf_clear(&b->val);
			first = true;
		}
		if (first) {
			buf_clear(&b->key);
			buf_bytes(&b->key, key);
			last = 0;
		} else if (ord == last) {
			continue;
		}
		buf_varint(&b->val, form == ORDS_RISING ? ord - last : ord);
		last = ord;
		first = false;
	}
	if (rc < 0)
		goto out;
	fail(b, b->val.err);
	fail(b, b->key.err);
	if (!first)
		store_writer_add(w, buf_view(&b->key), buf_view(&b->val));
	rc = b->err ? b->err : store_writer_end(w, keys, vals, pw);
	sorter_free(*s);
	*s = NULL;
out:
	store_writer_free(w);
	return rc;
}

static int
write_back(struct names_builder *b, struct pack_writer *pw)
{
	struct dict_builder *d = NULL;
	struct bytes rec;
	int rc;

	if ((rc = dict_builder_new(b->opts.dir, &d)) < 0 ||
	    (rc = sorter_run(b->back)) < 0)
		goto out;
	buf_clear(&b->key);
	while ((rc = sorter_next(b->back, &rec)) == 1) {
		if (bytes_eq(rec, buf_view(&b->key)))
			continue;
		dict_builder_add(d, rec, 0);
		buf_clear(&b->key);
		buf_bytes(&b->key, rec);
	}
	if (rc < 0 || (rc = b->key.err) < 0)
		goto out;
	sorter_free(b->back);
	b->back = NULL;
	pack_chunk(pw, NAMES_TAG_BACK);
	rc = dict_builder_write(d, pw);
out:
	dict_builder_free(d);
	return rc;
}

static int
write_meta(struct names_builder *b, struct pack_writer *pw)
{
	struct buf h = { 0 };
	int rc;

	buf_le32(&h, b->n_entries);
	buf_le64(&h, b->n_names);
	buf_le32(&h, b->n_tags);
	pack_chunk(pw, NAMES_TAG_META);
	pack_write(pw, buf_view(&h));
	pack_write(pw, buf_view(&b->key_rank.rank));
	pack_write(pw, buf_view(&b->key_rank.peak));
	pack_write(pw, buf_view(&b->reading_rank.rank));
	pack_write(pw, buf_view(&b->reading_rank.peak));
	pack_write(pw, buf_view(&b->tags));
	if ((rc = h.err) == 0 && (rc = b->key_rank.rank.err) == 0 &&
	    (rc = b->key_rank.peak.err) == 0 && (rc = b->reading_rank.rank.err) == 0 &&
	    (rc = b->reading_rank.peak.err) == 0 && (rc = b->tags.err) == 0)
		rc = pack_error(pw);
	buf_release(&h);
	return rc;
}

int
names_builder_finish(struct names_builder *b, const uint32_t *indegree,
    uint32_t n_entries, struct pack_writer *w)
{
	int rc;

	if (b->err)
		return b->err;
	b->indegree = indegree;
	b->n_entries = n_entries;
	if ((rc = sorter_on(b, 8, &b->terms)) < 0 ||
	    (rc = sorter_on(b, 8, &b->back)) < 0 ||
	    (rc = write_keys(b, w)) < 0 ||
	    (rc = write_ords(b, &b->terms, 0, ORDS_RISING, NAMES_TAG_TERMS,
	    NAMES_TAG_TERM_OF, w)) < 0 ||
	    (rc = write_back(b, w)) < 0)
		return rc;
	return write_meta(b, w);
}
