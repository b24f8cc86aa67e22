/* SPDX-License-Identifier: ISC */
#ifndef RENDER_REFS_H
#define RENDER_REFS_H

#include "base/arena.h"
#include "render/runs.h"

struct book;
struct entry;
struct node;

/*
 * References as CSL-JSON says them, set in one author-date style: in the
 * text "(Heinzig 2004, 230)", in the list "Heinzig, Dieter. 2004. ...".
 */
struct ref {
	struct bytes key;
	struct json_t *item;	/* one CSL-JSON object */
};

struct refs {
	struct ref *v;
	size_t n, cap;
	struct arena *a;
	const struct book *book;
};

/* own: a CSL-JSON array, or empty; what cannot be read is left out. */
void	refs_init(struct refs *r, struct bytes own, const struct book *book, struct arena *a);
void	refs_release(struct refs *r);
/* Index of a key, fetched from the book's references at need; or -1. */
long	refs_find(struct refs *r, struct bytes key);
/* Does a known work follow the citation n in its brackets, after ";"? */
bool	refs_follow(struct refs *r, const struct entry *e, const struct node *n);
/* "see " of "[see @key]"; *year: as "[-@key]", the author is in the text. */
struct bytes	refs_prefix(struct bytes cite, bool *year);

/* "Heinzig 2004"; empty authors give the title. */
void	ref_short(const struct ref *r, struct buf *out);
void	ref_short_html(const struct ref *r, struct buf *out, const struct tongue *t);
/* "2004" alone, where the words before name the author. */
void	ref_year(const struct ref *r, struct buf *out);
void	ref_year_html(const struct ref *r, struct buf *out, const struct tongue *t);
/* The list's line, as HTML and as text. */
void	ref_html(const struct ref *r, struct buf *out, const struct tongue *t);
void	ref_text(const struct ref *r, struct buf *out);
/* The item again as JSON. */
void	ref_json(const struct ref *r, struct buf *out);
/* Author-date order, then title, for the list. */
void	refs_sort(struct refs *r);

#endif
