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
 *		the entry most linked to first, varint entry number (neither
 *		when there is but one: see NMET), then its names, each: a byte
 *		of flags (names_format.h), varint tag, blob reading, varint
 *		steps shared with the first name of the block, blob further
 *		steps from key to form (names_diff.h); all but the first if
 *		the flags say so
 *	NREA NREO	toneless pinyin of names in characters.  Varints,
 *		ordinal in NKEY * 4 + enum name_via, the surest first
 *	NINI NINO	initials of those readings.  Varints, ordinals in
 *		NKEY, the most linked to first
 *	NTRM NTRO	words and pairs of Han characters of names, and a
 *		word with the character it touches (names_key.h).  Varints, differences of ascending
 *		ordinals in NKEY
 *	NBAK	keys and readings short enough to be mistyped, backwards
 *	NMET	u32 entries, u64 names, u32 tags; per key of NKEY a byte, its
 *		rank, per NAMES_PEAK of them the highest rank (a byte) and the
 *		number of titles (u16); the same for NREA; per key of NKEY its
 *		only entry (u24, from 0xffffff entries on u32; all ones: there
 *		are more); the tags, each blob scheme, blob language
 *
 * Built by sorting: names by key while entries come in; then, as ordinals
 * become known, what points to them.
 */
#include "index/names_builder.h"

#include "base/rd.h"
#include "base/utf8.h"
#include "base/vec.h"

#include "index/names.h"
#include "index/names_diff.h"
#include "index/names_format.h"
#include "index/names_key.h"

#define INITIALS_MAX	12	/* nobody types more of them */

static uint32_t
be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
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
rank_add(struct rank_buf *r, uint8_t rank, uint32_t titles)
{
	unsigned char *last;

	if (r->rank.n % NAMES_PEAK == 0) {
		buf_putc(&r->peak, rank);
		buf_add(&r->titles, "\0", 2);
	}
	buf_putc(&r->rank, rank);
	if (r->rank.err || r->peak.err || r->titles.err)
		return;
	last = r->peak.p + r->peak.n - 1;
	*last = MAX(*last, rank);
	last = r->titles.p + r->titles.n - 2;
	titles = MIN(0xffffu, titles + (last[0] | (uint32_t)last[1] << 8));
	last[0] = (unsigned char)titles;
	last[1] = (unsigned char)(titles >> 8);
}

/* Every term of a name, but what is the whole key. */
static void
add_terms(struct names_builder *b, struct bytes key, struct bytes form, uint32_t ord)
{
	struct bytes t;

	name_terms_start(&b->words, form);
	while ((t = name_terms_next(&b->words)).n) {
		if (bytes_eq(t, key))
			continue;
		buf_clear(&b->rec);
		buf_bytes(&b->rec, t);
		buf_putc(&b->rec, 0);
		put_be32(&b->rec, ord);
		names_sort_in(b, b->terms);
	}
}

static void
add_back(struct names_builder *b, struct bytes key)
{
	if (!name_fuzzy(key))
		return;
	buf_clear(&b->rec);
	name_backwards(key, &b->rec);
	names_sort_in(b, b->back);
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
	names_fail(b, b->ops.err);
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
	uint32_t ord = store_writer_count(w), entries = 0, titles = 0, sole;
	uint8_t rank;
	size_t i;

	qsort(h, n, sizeof(*h), by_wanted);
	for (i = 0; i < n; i++) {
		entries += i == 0 || h[i].no != h[i - 1].no;
		titles += h[i].origin == NAME_TITLE;
	}
	sole = entries == 1 ? h[0].no : UINT32_MAX;
	for (i = 0; i < NAME_SOLE_SIZE(b->n_entries); i++)
		buf_putc(&b->sole, (int)(sole >> 8 * i & 0xff));
	if (ord % DICT_BLOCK == 0)
		buf_clear(&b->head_steps);
	buf_clear(&b->val);
	if (entries > 1)
		buf_varint(&b->val, entries);
	for (i = 0; i < n; i++) {
		if (entries > 1 && (i == 0 || h[i].no != h[i - 1].no))
			buf_varint(&b->val, h[i].no);
		put_name(b, key, &h[i], i + 1 == n || h[i + 1].no != h[i].no,
		    i == 0 && ord % DICT_BLOCK == 0);
		if (i == 0 || !bytes_eq(h[i].form, h[i - 1].form))
			add_terms(b, key, h[i].form, ord);
	}
	names_fail(b, b->val.err);
	store_writer_add(w, key, buf_view(&b->val));
	rank = rank_of(key, h[0].indegree);
	rank_add(&b->key_rank, rank, titles);
	add_back(b, key);
	buf_clear(&b->rec);
	buf_bytes(&b->rec, key);
	buf_add(&b->rec, "\0", 2);
	put_be32(&b->rec, ord);
	put_be32(&b->rec, titles);
	buf_putc(&b->rec, rank);
	names_sort_in(b, b->links);
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
		names_fail(b, rc);
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
	names_fail(b, b->arena.err);
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
			names_fail(b, b->key.err);
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
			names_fail(b, b->key.err);
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
	names_fail(b, b->val.err);
	names_fail(b, b->key.err);
	if (!first)
		store_writer_add(w, buf_view(&b->key), buf_view(&b->val));
	rc = b->err ? b->err : store_writer_end(w, keys, vals, pw);
	sorter_free(*s);
	*s = NULL;
out:
	store_writer_free(w);
	return rc;
}

/*
 * Keys and the readings of them meet: readings learn the ordinal of their
 * key, initials too.  A reading is told once a key, the surest way.
 */
static int
join_links(struct names_builder *b)
{
	struct bytes rec, key, reading, initials;
	uint32_t ord = 0, titles = 0;
	unsigned rank = 0;
	unsigned char via;
	struct rd r;
	int rc;

	if ((rc = sorter_run(b->links)) < 0)
		return rc;
	buf_clear(&b->key);
	while ((rc = sorter_next(b->links, &rec)) == 1 && b->err == 0) {
		key = bytes_sub(rec, 0, bytes_find(rec, B("\0")));
		if (rec.p[key.n + 1] == 0) {
			ord = be32(rec.p + key.n + 2);
			titles = be32(rec.p + key.n + 6);
			rank = rec.p[key.n + 10];
			buf_clear(&b->key);
			continue;
		}
		r = rd_make(bytes_sub(rec, key.n + 2, rec.n));
		reading = rd_blob(&r);
		via = rd_take(&r, 1).p[0];
		initials = rd_blob(&r);
		if (bytes_eq(reading, buf_view(&b->key)))
			continue;
		buf_clear(&b->key);
		buf_bytes(&b->key, reading);
		names_fail(b, b->key.err);
		buf_clear(&b->rec);
		buf_bytes(&b->rec, reading);
		buf_putc(&b->rec, 0);
		buf_putc(&b->rec, via);
		buf_putc(&b->rec, 255 - (int)rank);
		put_be32(&b->rec, ord);
		put_be32(&b->rec, via == NAME_VIA_OTHER ? 0 : titles);
		names_sort_in(b, b->readings);
		if (via != NAME_VIA_OTHER)
			titles = 0;	/* counted */
		if (initials.n < 2 || initials.n > INITIALS_MAX)
			continue;
		buf_clear(&b->rec);
		buf_bytes(&b->rec, initials);
		buf_putc(&b->rec, 0);
		buf_putc(&b->rec, 255 - (int)rank);
		put_be32(&b->rec, ord);
		names_sort_in(b, b->initials);
	}
	sorter_free(b->links);
	b->links = NULL;
	return rc < 0 ? rc : b->err;
}

static int
write_readings(struct names_builder *b, struct pack_writer *pw)
{
	struct store_writer *w = NULL;
	struct bytes rec, key;
	unsigned rank = 0;
	uint32_t titles = 0;
	bool any = false;
	int rc;

	if ((rc = store_writer_new(b->opts.dir, &w)) < 0 ||
	    (rc = sorter_run(b->readings)) < 0)
		goto out;
	buf_clear(&b->key);
	buf_clear(&b->val);
	for (;;) {
		rc = sorter_next(b->readings, &rec);
		key = rc == 1 ? bytes_sub(rec, 0, bytes_find(rec, B("\0"))) :
		    (struct bytes){ NULL, 0 };
		if (any && !bytes_eq(key, buf_view(&b->key))) {
			store_writer_add(w, buf_view(&b->key), buf_view(&b->val));
			rank_add(&b->reading_rank, (uint8_t)rank, titles);
			add_back(b, buf_view(&b->key));
			buf_clear(&b->val);
			rank = titles = 0;
		}
		if (rc != 1)
			break;
		any = true;
		buf_clear(&b->key);
		buf_bytes(&b->key, key);
		names_fail(b, b->key.err);
		rank = MAX(rank, 255u - rec.p[key.n + 2]);
		titles += MIN(be32(rec.p + key.n + 7), 0xffffu);
		buf_varint(&b->val, (uint64_t)be32(rec.p + key.n + 3) * 4 + rec.p[key.n + 1]);
	}
	names_fail(b, b->val.err);
	names_fail(b, b->key.err);
	if (rc < 0 || (rc = b->err) < 0)
		goto out;
	sorter_free(b->readings);
	b->readings = NULL;
	rc = store_writer_end(w, NAMES_TAG_READINGS, NAMES_TAG_READ_OF, pw);
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
		names_fail(b, b->key.err);
	}
	if (rc < 0 || (rc = b->err) < 0)
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
	const struct buf *part[] = {
		&h, &b->key_rank.rank, &b->key_rank.peak, &b->key_rank.titles,
		&b->reading_rank.rank, &b->reading_rank.peak,
		&b->reading_rank.titles, &b->sole, &b->tags,
	};
	size_t i;
	int rc = 0;

	buf_le32(&h, b->n_entries);
	buf_le64(&h, b->n_names);
	buf_le32(&h, b->n_tags);
	pack_chunk(pw, NAMES_TAG_META);
	for (i = 0; i < NELEM(part) && rc == 0; i++) {
		pack_write(pw, buf_view(part[i]));
		rc = part[i]->err;
	}
	buf_release(&h);
	return rc ? rc : pack_error(pw);
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
	if ((rc = names_sorter(b, 8, &b->terms)) < 0 ||
	    (rc = names_sorter(b, 8, &b->back)) < 0 ||
	    (rc = write_keys(b, w)) < 0 ||
	    (rc = write_ords(b, &b->terms, 0, ORDS_RISING, NAMES_TAG_TERMS,
	    NAMES_TAG_TERM_OF, w)) < 0 ||
	    (rc = names_sorter(b, 4, &b->readings)) < 0 ||
	    (rc = names_sorter(b, 8, &b->initials)) < 0 ||
	    (rc = join_links(b)) < 0 ||
	    (rc = write_readings(b, w)) < 0 ||
	    (rc = write_ords(b, &b->initials, 1, ORDS_PLAIN, NAMES_TAG_INITIALS,
	    NAMES_TAG_INITIAL_OF, w)) < 0 ||
	    (rc = write_back(b, w)) < 0)
		return rc;
	return write_meta(b, w);
}
