/* SPDX-License-Identifier: ISC */
/* Proves a book whole: sums first, then what the sums cannot say. */
#include "base/limits.h"
#include "base/rd.h"
#include "book/inside.h"
#include "index/names.h"
#include "index/text.h"
#include "index/time.h"

static int
bad(char chunk[5], uint32_t tag, int rc, struct buf *why, const char *fmt, ...)
    PRINTF(5, 6);

static int
bad(char chunk[5], uint32_t tag, int rc, struct buf *why, const char *fmt, ...)
{
	va_list ap;

	if (rc != LEISHU_EFORMAT)
		return rc;
	pack_tag_name(tag, chunk);
	va_start(ap, fmt);
	buf_vprintf(why, fmt, ap);
	va_end(ap);
	return rc;
}

static int
check_blocks(const struct book *b, char chunk[5], struct buf *why)
{
	struct block_row r;
	uint64_t at = 0;
	uint32_t i, first = 0;

	for (i = 0; i <= b->n_blocks; i++) {
		r = block_row_at(b, i);
		if (r.off != at || (i && r.first <= first) ||
		    (i == 0 && r.first != 0) || r.packed > b->entries.n - at)
			return bad(chunk, TAG_BLOCKS, LEISHU_EFORMAT, why,
			    "row %u does not follow the one before", i);
		at += r.packed;
		first = r.first;
	}
	if (at != b->entries.n || r.packed || r.plain || r.sum || first != b->n)
		return bad(chunk, TAG_BLOCKS, LEISHU_EFORMAT, why,
		    "the last row does not close the entries");
	return 0;
}

/* Does the card say what the entry says? */
static bool
card_fits(const struct card *c, const struct entry *e)
{
	return bytes_eq(c->id, e->id) && bytes_eq(c->title, e->title) &&
	    bytes_eq(c->kind, e->kind);
}

static int
check_entries(const struct book *b, char chunk[5], struct buf *why)
{
	struct book_walk *w;
	struct entry *e;
	struct card c;
	uint32_t no = 0;
	int rc;

	if ((rc = book_walk_new(b, &w)) < 0)
		return rc;
	while ((rc = book_walk_next(w, &e)) > 0) {
		if (book_card(b, no, &c) < 0 || !card_fits(&c, e)) {
			rc = bad(chunk, TAG_CARDS, LEISHU_EFORMAT, why,
			    "the card of entry %u is not the entry's", no);
			break;
		}
		no++;
	}
	if (rc == LEISHU_EFORMAT && why->n == 0)
		rc = bad(chunk, TAG_ENTRIES, rc, why,
		    "entry %u cannot be decoded", no);
	else if (rc == 0 && no != b->n)
		rc = bad(chunk, TAG_ENTRIES, LEISHU_EFORMAT, why,
		    "%u entries where %u should be", no, b->n);
	book_walk_free(w);
	return rc;
}

static int
check_ids(const struct book *b, char chunk[5], struct buf *why)
{
	struct card c, last = { 0 };
	uint32_t i;

	/* Ascending without equals: so it is a permutation. */
	for (i = 0; i < b->n; i++) {
		if (book_card(b, le32(b->ids.p + (size_t)i * 4), &c) < 0 ||
		    (i && bytes_cmp(last.id, c.id) >= 0))
			return bad(chunk, TAG_IDS, LEISHU_EFORMAT, why,
			    "place %u is out of order", i);
		last = c;
	}
	return 0;
}

static int
check_refs(const struct book *b, char chunk[5], struct buf *why)
{
	struct rd r = rd_make(b->refs);
	uint64_t n = b->refs.n ? rd_varint(&r) : 0;
	struct bytes key, last = { 0 };

	for (; n > 0 && !r.bad; n--) {
		key = rd_blob(&r);
		(void)rd_blob(&r);
		if (bytes_cmp(last, key) > 0)
			r.bad = true;
		last = key;
	}
	if (r.bad || rd_left(&r))
		return bad(chunk, TAG_REFS, LEISHU_EFORMAT, why,
		    "the references are out of order");
	return 0;
}

static int
check_orders(const struct book *b, char chunk[5], struct buf *why)
{
	unsigned int which;
	int rc = orders_check(&b->orders, &which);

	return rc == 0 ? 0 : bad(chunk, ORDER_TAG(which), rc, why,
	    "a place or a group is out of range");
}

static int
check_links(const struct book *b, char chunk[5], struct buf *why)
{
	return bad(chunk, TAG_LINK_TARGETS, links_check(&b->links), why,
	    "a link is out of order or out of range");
}

static int
check_names(const struct book *b, char chunk[5], struct buf *why)
{
	struct names n;
	int rc = names_open(b->pack, chunk, &n);

	if (rc == LEISHU_EFORMAT)
		buf_puts(why, "the names cannot be opened");
	if (rc < 0)
		return rc;
	return bad(chunk, NAMES_TAG_NAMES, names_verify(&n), why,
	    "a name is out of order or out of range");
}

static int
check_text(const struct book *b, char chunk[5], struct buf *why)
{
	struct text_index x;
	int rc = text_open(b->pack, &x);

	return bad(chunk, TEXT_TAG_POST, rc < 0 ? rc : text_verify(&x), why,
	    "a posting is out of order or out of range");
}

static int
check_time(const struct book *b, char chunk[5], struct buf *why)
{
	struct time_index t;
	int rc = time_index_open(b->pack, &t);

	return bad(chunk, TAG('T', 'I', 'M', 'E'), rc < 0 ? rc :
	    time_index_verify(&t, b->n), why,
	    "a date is out of order or out of range");
}

int
book_check(const struct book *b, char chunk[5], struct buf *why)
{
	static int (*const steps[])(const struct book *, char [5], struct buf *) = {
		check_blocks, check_entries, check_ids, check_refs,
		check_orders, check_links, check_names, check_text, check_time,
	};
	size_t i;
	int rc = 0;

	for (i = 0; i < NELEM(steps) && rc == 0; i++)
		rc = steps[i](b, chunk, why);
	return rc;
}

int
book_fsck(const struct book *b, char chunk[5], struct buf *why)
{
	int rc = pack_verify(b->pack, chunk);

	if (rc == 0)
		return book_check(b, chunk, why);
	buf_puts(why, "the checksum is wrong");
	return rc;
}
