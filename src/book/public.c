/* SPDX-License-Identifier: ISC */
/* The public handle. */
#include "book/handle.h"

#include <stdio.h>

#include "book/dump.h"

struct leishu_book {
	struct book *book;
};

static struct leishu_text
text(struct bytes b)
{
	return (struct leishu_text){ (const char *)b.p, b.n };
}

static struct bytes
bytes(struct leishu_text t)
{
	return bytes_make(t.p, t.n);
}

const struct book *
book_of(const struct leishu_book *b)
{
	return b->book;
}

/* The book goes with the handle, also when none can be made. */
static int
handle_new(struct book *book, struct leishu_book **ret)
{
	struct leishu_book *b = calloc(1, sizeof(*b));

	if (b == NULL) {
		book_close(book);
		return LEISHU_ENOMEM;
	}
	b->book = book;
	*ret = b;
	return 0;
}

int
leishu_book_open(const char *path, char chunk[5], struct leishu_book **ret)
{
	struct book *book;
	int rc = book_open(path, chunk, &book);

	return rc < 0 ? rc : handle_new(book, ret);
}

int
handle_open_image(struct bytes img, char chunk[5], struct leishu_book **ret)
{
	struct book *book;
	int rc = book_open_image(img, chunk, &book);

	return rc < 0 ? rc : handle_new(book, ret);
}

void
leishu_book_close(struct leishu_book *b)
{
	if (b == NULL)
		return;
	book_close(b->book);
	free(b);
}

uint32_t
leishu_book_count(const struct leishu_book *b)
{
	return book_count(b->book);
}

uint64_t
leishu_book_id(const struct leishu_book *b)
{
	return book_id(b->book);
}

struct leishu_text
leishu_book_meta(const struct leishu_book *b)
{
	return text(book_meta(b->book));
}

uint32_t
leishu_book_find(const struct leishu_book *b, struct leishu_text id)
{
	return book_find_id(b->book, bytes(id));
}

size_t
leishu_book_near(const struct leishu_book *b, struct leishu_text id,
    uint32_t *ret, size_t max)
{
	return book_near_ids(b->book, bytes(id), ret, max);
}

int
leishu_book_card(const struct leishu_book *b, uint32_t no, struct leishu_card *ret)
{
	struct card c;
	int rc = book_card(b->book, no, &c);

	if (rc == 0)
		*ret = (struct leishu_card){ text(c.id), text(c.title),
		    text(c.kind), text(c.form), text(c.lang) };
	return rc;
}

int
leishu_book_source(const struct leishu_book *b, uint32_t no, leishu_sink *put,
    void *ctx)
{
	struct arena a = { 0 };
	struct entry *e;
	int rc = book_entry(b->book, no, &a, &e);

	if (rc == 0 && e->source.n)
		rc = put(ctx, e->source.p, e->source.n);
	arena_release(&a);
	return rc;
}

int
leishu_book_dump(const struct leishu_book *b, leishu_sink *put, void *ctx)
{
	struct book_walk *w;
	struct buf line = { 0 };
	struct entry *e;
	int rc;

	if ((rc = book_walk_new(b->book, &w)) < 0)
		return rc;
	while ((rc = book_walk_next(w, &e)) > 0) {
		buf_clear(&line);
		if ((rc = dump_entry(e, &line)) < 0 ||
		    (rc = put(ctx, line.p, line.n)) != 0)
			break;
	}
	buf_release(&line);
	book_walk_free(w);
	return rc;
}

int
leishu_book_list(const struct leishu_book *b, leishu_sink *put, void *ctx)
{
	struct buf out = { 0 };
	const struct pack_row *r;
	char tag[5];
	size_t n, i;
	int rc;

	r = pack_rows(book_pack(b->book), &n);
	buf_printf(&out, "book %016llx, %u entries\n",
	    (unsigned long long)book_id(b->book), book_count(b->book));
	buf_printf(&out, "chunk        offset        length  checksum\n");
	for (i = 0; i < n; i++) {
		pack_tag_name(r[i].tag, tag);
		buf_printf(&out, "%s  %14llu  %12zu  %016llx  %s\n", tag,
		    (unsigned long long)r[i].off, r[i].data.n,
		    (unsigned long long)r[i].sum, dump_chunk_words(r[i].tag));
	}
	rc = out.err ? out.err : put(ctx, out.p, out.n);
	buf_release(&out);
	return rc;
}

int
leishu_book_fsck(const struct leishu_book *b, char chunk[5], char *why, size_t n)
{
	struct buf out = { 0 };
	int rc = book_fsck(b->book, chunk, &out);

	if (n)
		(void)snprintf(why, n, "%.*s", (int)MIN(out.n, INT16_MAX),
		    out.n ? (const char *)out.p : "");
	buf_release(&out);
	return rc;
}
