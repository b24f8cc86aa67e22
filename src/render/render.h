/* SPDX-License-Identifier: ISC */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "book/book.h"
#include "entry/entry.h"
#include "render/page.h"
#include "render/refs.h"

/*
 * One entry on its way to a reader.  Everything borrowed must outlive it.
 * book may be NULL: then a link is taken for an id, and nobody links here.
 */
struct render_env {
	const struct book *book;
	uint32_t no;		/* the entry's number in it, or BOOK_NONE */
	const char *base;	/* before an id in an address: "/e/" */
	const char *date;	/* before a date: "/date?q=", or NULL for no link */
	struct bytes site;	/* title of the collection, for "cite this" */
	/* What a division is called, or NULL: as its key. */
	struct bytes (*division)(const void *ctx, struct bytes key);
	const void *ctx;	/* of division */
	struct bytes origin;	/* "https://host", or empty */
	enum ui ui;
	bool hans;		/* the reader wants simplified characters first */
	bool ruby;		/* characters carry their reading */
};

struct render;

/* Reads notes, references, terms of e; made in the arena. */
int	render_new(const struct entry *e, const struct render_env *env,
	    struct arena *a, struct render **ret) MUST_CHECK;
void	render_free(struct render *r);	/* NULL is fine */

/* The whole article, sections and apparatus, as the page holds it. */
void	render_article(struct render *r, struct buf *out);
/* Blocks [first, end) of the document. */
void	render_blocks(struct render *r, uint32_t first, uint32_t end, struct buf *out);

/* Other forms.  These need no notes and make what they need. */
int	render_text(const struct entry *e, const struct render_env *env,
	    struct arena *a, struct buf *out) MUST_CHECK;
int	render_markdown(const struct entry *e, struct buf *out) MUST_CHECK;
/* INTERFACE, show --as json: one object, no newline. */
int	render_json(const struct entry *e, const struct render_env *env,
	    struct arena *a, struct buf *out) MUST_CHECK;

/* An id (or anything) inside an address; query: a value after "?q=". */
void	url_path(struct buf *out, struct bytes s);
void	url_query(struct buf *out, struct bytes s);

/* The form beside a title, when it is another one, and its language. */
struct bytes	card_form(const struct card *card);
struct bytes	card_lang(const struct card *card);

/* "zh-Hant", "zh-Hans" or "ja": what Han in this entry is taken for. */
struct bytes	render_han(const struct entry *e);

#endif
