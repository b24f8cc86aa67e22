/* SPDX-License-Identifier: ISC */
#ifndef RENDER_INSIDE_H
#define RENDER_INSIDE_H

#include "base/map.h"
#include "render/render.h"

/* What the files that write the article share. */

struct note {
	uint32_t node;		/* its NODE_NOTE */
	uint32_t number;
	uint32_t refs;		/* places that point at it, written so far */
};

struct term {
	struct bytes han, roman, pinyin;
	uint32_t shown;		/* times its gloss was written */
};

struct render {
	const struct entry *e;
	struct render_env env;
	struct arena *a;
	struct page page;
	struct refs refs;
	struct note *note;
	size_t n_notes;
	struct map note_of;	/* label to 1 + index of note */
	struct term *term;
	size_t n_terms;
	struct map term_of;	/* Han form to 1 + index of term */
	bool has_further;	/* a section "Further reading" */
	uint8_t top;		/* level of the highest heading */
	bool in_cite;		/* a parenthesis of citations is open */
	unsigned plain;		/* inside a link or code: spans stay text */
};

/* Element of a name's language; scheme when it has no language. */
struct bytes	name_lang(const struct name *n);

/* Words of the document. */
void	body_words(struct render *r, uint32_t node);
/* Text [from, to) with its terms and dates. */
void	body_text(struct render *r, uint32_t from, uint32_t to);
void	term_html(struct render *r, const struct span *s);
void	term_list(struct render *r);

/* The sections beside the prose; each writes nothing when it has nothing. */
void	names_table(struct render *r);
void	day_box(struct render *r);
void	record_section(struct render *r);
void	notes_section(struct render *r);
void	references_section(struct render *r);
void	links_section(struct render *r);

#endif
