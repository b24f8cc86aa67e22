/* SPDX-License-Identifier: ISC */
/* Entries into blocks, cards, the order of ids: tags.h has the bytes. */
#include "book/write.h"

#include <zdict.h>
#include <zstd.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/rd.h"
#include "base/sum.h"
#include "book/tags.h"
#include "script/lang.h"

#define LEVEL		5	/* beyond it the build slows more than the book shrinks */
#define DICT_SIZE	(64u << 10)
#define DICT_SAMPLES	64	/* fewer make no dictionary worth its bytes */

struct book_writer {
	struct pack_writer *w;
	struct pack_writer *cards;	/* CARD, made while ENTR is */
	struct bytes dict;
	unsigned char *dict_mem;
	ZSTD_CCtx *zstd;
	ZSTD_CDict *cdict;
	uint32_t n;			/* entries added */
	int err;
	struct buf entry;		/* one, encoded */
	struct buf body;		/* entries of the open block */
	struct buf lens;		/* their lengths */
	struct buf plain, packed;
	uint32_t first;			/* entry of the open block */
	struct buf blocks;		/* BLKS */
	struct buf card, cardx;
	struct map words;
	struct buf word_list;
	struct buf ids_out;
	uint32_t n_ids;
};

static void
fail(struct book_writer *b, int err)
{
	if (b->err == 0)
		b->err = err;
}

/* 64 KiB that the samples have in common; none when they are too few. */
static int
train(struct book_writer *b, const struct book_writer_opts *o)
{
	size_t n;

	if (o->n_samples < DICT_SAMPLES)
		return 0;
	if ((b->dict_mem = malloc(DICT_SIZE)) == NULL)
		return LEISHU_ENOMEM;
	n = ZDICT_trainFromBuffer(b->dict_mem, DICT_SIZE, o->samples.p,
	    o->sample_len, (unsigned int)o->n_samples);
	if (ZDICT_isError(n))
		return 0;	/* nothing in common */
	b->dict = bytes_make(b->dict_mem, n);
	return (b->cdict = ZSTD_createCDict(b->dict_mem, n, LEVEL)) != NULL ?
	    0 : LEISHU_ENOMEM;
}

int
book_writer_new(const struct book_writer_opts *o, struct pack_writer *w,
    struct book_writer **ret)
{
	struct book_writer *b = calloc(1, sizeof(*b));
	int rc;

	if (b == NULL)
		return LEISHU_ENOMEM;
	b->w = w;
	buf_init(&b->entry, BLOCK_MAX);
	buf_init(&b->body, 2 * (size_t)BLOCK_MAX);
	buf_init(&b->plain, 2 * (size_t)BLOCK_MAX + BLOCK_PLAIN);
	if ((rc = pack_writer_part(o->dir, &b->cards)) < 0 ||
	    (rc = train(b, o)) < 0)
		goto out;
	rc = LEISHU_ENOMEM;
	if ((b->zstd = ZSTD_createCCtx()) == NULL)
		goto out;
	pack_chunk(b->w, TAG_ENTRIES);
	pack_chunk(b->cards, TAG_CARDS);
	*ret = b;
	return 0;
out:
	book_writer_free(b);
	return rc;
}

void
book_writer_free(struct book_writer *b)
{
	if (b == NULL)
		return;
	pack_abort(b->cards);
	(void)ZSTD_freeCCtx(b->zstd);
	(void)ZSTD_freeCDict(b->cdict);
	free(b->dict_mem);
	buf_release(&b->entry);
	buf_release(&b->body);
	buf_release(&b->lens);
	buf_release(&b->plain);
	buf_release(&b->packed);
	buf_release(&b->blocks);
	buf_release(&b->card);
	buf_release(&b->cardx);
	buf_release(&b->word_list);
	buf_release(&b->ids_out);
	map_release(&b->words);
	free(b);
}

/* --- blocks -------------------------------------------------------------- */

static void
block_row(struct book_writer *b, size_t packed, size_t plain, uint32_t sum,
    uint32_t first)
{
	buf_le64(&b->blocks, pack_tell(b->w));
	buf_le32(&b->blocks, (uint32_t)packed);
	buf_le32(&b->blocks, (uint32_t)plain);
	buf_le32(&b->blocks, sum);
	buf_le32(&b->blocks, first);
}

static void
close_block(struct book_writer *b)
{
	size_t bound, n;
	unsigned char *to;

	if (b->first == b->n)
		return;
	buf_clear(&b->plain);
	buf_bytes(&b->plain, buf_view(&b->lens));
	buf_bytes(&b->plain, buf_view(&b->body));
	bound = ZSTD_compressBound(b->plain.n);
	buf_clear(&b->packed);
	to = buf_room(&b->packed, bound);
	if (b->plain.err || b->body.err || b->lens.err || to == NULL) {
		fail(b, b->plain.err == LEISHU_ELIMIT ||
		    b->body.err == LEISHU_ELIMIT ? LEISHU_ELIMIT : LEISHU_ENOMEM);
		return;
	}
	n = b->cdict != NULL ?
	    ZSTD_compress_usingCDict(b->zstd, to, bound, b->plain.p, b->plain.n,
	    b->cdict) :
	    ZSTD_compressCCtx(b->zstd, to, bound, b->plain.p, b->plain.n, LEVEL);
	if (ZSTD_isError(n)) {
		fail(b, LEISHU_ENOMEM);
		return;
	}
	block_row(b, n, b->plain.n, sum32(bytes_make(to, n)), b->first);
	pack_write(b->w, bytes_make(to, n));
	buf_clear(&b->body);
	buf_clear(&b->lens);
	b->first = b->n;
}

static void
add_block(struct book_writer *b, const struct entry *e)
{
	buf_clear(&b->entry);
	entry_encode(e, &b->entry);
	if (b->entry.err) {
		fail(b, b->entry.err);
		return;
	}
	if (b->body.n && b->body.n + b->entry.n > BLOCK_PLAIN)
		close_block(b);
	buf_varint(&b->lens, b->entry.n);
	buf_bytes(&b->body, buf_view(&b->entry));
}

/* --- cards --------------------------------------------------------------- */

static void
put_word(struct book_writer *b, struct bytes s)
{
	uint64_t *v = map_get(&b->words, s);

	if (v == NULL && s.n <= LIMIT_ID && b->words.n < WORDS_MAX) {
		if ((v = map_put(&b->words, s, NULL)) == NULL) {
			fail(b, LEISHU_ENOMEM);
			return;
		}
		*v = b->words.n;
		buf_blob(&b->word_list, s);
	}
	if (v != NULL) {
		buf_varint(&b->card, *v);
		return;
	}
	buf_varint(&b->card, 0);
	buf_blob(&b->card, s);
}

/* The first name in another script than the title's. */
static const struct name *
other_form(const struct entry *e)
{
	enum script title = script_of_text(e->title);
	size_t i;

	for (i = 0; i < e->n_names; i++)
		if (e->name[i].origin == NAME_GIVEN && e->name[i].form.n &&
		    script_of_text(e->name[i].form) != title)
			return &e->name[i];
	return NULL;
}

static void
add_card(struct book_writer *b, const struct entry *e)
{
	const struct name *other = other_form(e);
	struct bytes none = { NULL, 0 };

	if (b->n % CARD_STEP == 0)
		buf_le64(&b->cardx, pack_tell(b->cards));
	buf_clear(&b->card);
	buf_blob(&b->card, e->id);
	buf_blob(&b->card, e->title);
	buf_blob(&b->card, other ? other->form : none);
	put_word(b, e->kind);
	put_word(b, other ? other->lang : none);
	if (b->card.err)
		fail(b, b->card.err);
	pack_write(b->cards, buf_view(&b->card));
}

void
book_writer_add(struct book_writer *b, uint32_t no, const struct entry *e)
{
	if (b->err)
		return;
	if (no != b->n || no >= LIMIT_ENTRIES || e->id.n > LIMIT_ID + 16) {
		fail(b, LEISHU_EINVAL);
		return;
	}
	add_block(b, e);
	add_card(b, e);
	b->n++;
	if (b->body.n >= BLOCK_PLAIN)
		close_block(b);
}

/* --- closing ------------------------------------------------------------- */

static void
put_chunk(struct pack_writer *w, uint32_t tag, struct bytes b)
{
	pack_chunk(w, tag);
	pack_write(w, b);
}

int
book_writer_stored(struct book_writer *b)
{
	struct buf head = { 0 };

	close_block(b);
	block_row(b, 0, 0, 0, b->n);
	buf_varint(&head, b->words.n);
	if (b->blocks.err || b->cardx.err || b->word_list.err || head.err)
		fail(b, LEISHU_ENOMEM);
	if (b->err == 0) {
		put_chunk(b->w, TAG_BLOCKS, buf_view(&b->blocks));
		put_chunk(b->w, TAG_DICT, b->dict);
		pack_splice(b->w, b->cards);
		b->cards = NULL;
		put_chunk(b->w, TAG_CARDX, buf_view(&b->cardx));
		put_chunk(b->w, TAG_WORDS, buf_view(&head));
		pack_write(b->w, buf_view(&b->word_list));
		fail(b, pack_error(b->w));
	}
	buf_release(&head);
	buf_release(&b->blocks);
	buf_release(&b->cardx);
	if (b->err == 0)
		pack_chunk(b->w, TAG_IDS);
	return b->err;
}

void
book_writer_id(struct book_writer *b, uint32_t no)
{
	buf_le32(&b->ids_out, no);
	b->n_ids++;
	if (b->ids_out.n < BLOCK_PLAIN)
		return;
	fail(b, b->ids_out.err);
	pack_write(b->w, buf_view(&b->ids_out));
	buf_clear(&b->ids_out);
}

int
book_writer_finish(struct book_writer *b)
{
	pack_write(b->w, buf_view(&b->ids_out));
	if (b->n_ids != b->n)
		fail(b, LEISHU_EINVAL);
	fail(b, b->ids_out.err ? b->ids_out.err : pack_error(b->w));
	return b->err;
}

struct ref {
	struct bytes key, item;
	size_t i;
};

static int
by_key(const void *x, const void *y)
{
	const struct ref *a = x, *b = y;
	int c = bytes_cmp(a->key, b->key);

	return c ? c : (a->i > b->i) - (a->i < b->i);
}

int
book_writer_refs(struct pack_writer *w, const struct bytes *key,
    const struct bytes *item, size_t n)
{
	struct buf out = { 0 }, head = { 0 };
	struct ref *v = calloc(n + 1, sizeof(*v));
	size_t i, kept = 0;
	int rc;

	if (v == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < n; i++)
		v[i] = (struct ref){ key[i], item[i], i };
	qsort(v, n, sizeof(*v), by_key);
	for (i = 0; i < n; i++) {
		if (i && bytes_eq(v[i].key, v[i - 1].key))
			continue;
		buf_blob(&out, v[i].key);
		buf_blob(&out, v[i].item);
		kept++;
	}
	buf_varint(&head, kept);
	put_chunk(w, TAG_REFS, buf_view(&head));
	pack_write(w, buf_view(&out));
	rc = out.err ? out.err : head.err ? head.err : pack_error(w);
	buf_release(&out);
	buf_release(&head);
	free(v);
	return rc;
}
