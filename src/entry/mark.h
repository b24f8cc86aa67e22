/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_MARK_H
#define ENTRY_MARK_H

#include "base/map.h"
#include "entry/reader.h"

/*
 * What Markdown with us has and CommonMark has not is taken out of the text
 * before md4c sees it, and a private mark (a noncharacter, which is neither
 * letter, blank nor punctuation to md4c) is put in its place.  The walk over
 * md4c's result meets the mark and does what it stands for; in code it puts
 * the author's own bytes back.
 */
enum mark_type {
	MARK_FLANK,	/* nothing: helps emphasis beside full-width signs */
	MARK_XREF,	/* a whole [[target]] */
	MARK_XREF_OPEN,	/* [[target|, the label follows as Markdown */
	MARK_LANG_OPEN,	/* [ of [text]{lang=ja} */
	MARK_CLOSE,	/* ]] or ]{lang=ja} */
	MARK_CITE,	/* a whole [@key, 309; see @key] */
	MARK_NOTE,	/* a whole [^label] */
	MARK_TEXT,	/* a lone tilde, which is no markup with us */
	MARK_DASHES	/* no mark at all: lent to a table's delimiter row */
};

struct mark {
	enum mark_type type;
	uint32_t from, to;	/* of the piece it stands for */
	uint32_t at;		/* in the marked text */
	struct bytes arg;	/* target, language, label; of a cite its text */
};

#define MARK_SIZE	3	/* bytes of a mark in the marked text */

/* Text for md4c: the body, or a footnote's. */
struct piece {
	struct buf text;
	struct srcmap map;	/* text to source */
	/* Made of it by mark_text. */
	struct buf marked;
	struct srcmap marked_map;	/* marked to source, but inside marks */
	struct mark *mark;
	size_t n, cap;
};

void	piece_release(struct piece *p);

/* is_note tells which labels are footnotes; at: where the call stands in p->text. */
int	mark_text(struct piece *p, bool (*is_note)(void *ctx, struct bytes label, size_t at),
	    void *ctx) MUST_CHECK;
/* The mark that stands at an offset of the marked text, or NULL. */
const struct mark	*mark_at(const struct piece *p, size_t at);
/* Offset of the next mark sequence in s, or SIZE_MAX (it may be the author's own). */
size_t	mark_find(struct bytes s, size_t from);
/* Does s begin with the mark of a MARK_TEXT?  md4c joins lines of a title in a copy. */
bool	mark_is_tilde(struct bytes s);

/* The citations that s, a whole "[...]", holds; src: where it stands. */
void	cite_put(struct tree *t, struct arena *a, struct bytes s, size_t src);

/* End of a code fence's opening line at s: its sign and length; 0: none. */
size_t	fence_open(struct bytes line, unsigned char *sign);
bool	fence_close(struct bytes line, unsigned char sign, size_t len);

struct note {
	struct bytes label;	/* borrowed from the text given */
	size_t label_at;	/* in the source */
	struct piece piece;
	uint32_t number;	/* order of first call, 0: not called */
};

struct notes {
	struct note *v;
	size_t n, cap;
	struct map index;	/* label to place in v */
};

/*
 * Divides text into the body and its footnotes.  twice is called for a label
 * that stands again.
 */
int	notes_split(struct bytes text, const struct srcmap *map, size_t map_base,
	    struct piece *body, struct notes *ret,
	    void (*twice)(void *ctx, struct bytes label, size_t src), void *ctx) MUST_CHECK;
struct note	*notes_get(const struct notes *n, struct bytes label);
void	notes_release(struct notes *n);

#endif
