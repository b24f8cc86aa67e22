/* SPDX-License-Identifier: ISC */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "base/buf.h"
#include "render/runs.h"

/*
 * A page while it is written.  Templates of web/ (made into functions by
 * tools/embed-web.py) put their text on out; T(p, name, .x = ...) calls one.
 */
enum ui { UI_EN, UI_HANT, UI_HANS, UI__MAX };

struct page {
	struct buf *out;
	enum ui ui;		/* language of the interface's own words */
	struct tongue tongue;	/* of the element text is put into */
};

struct page	page_make(struct buf *out, enum ui ui);
const char	*ui_tag(enum ui ui);	/* "en", "zh-Hant", "zh-Hans" */
/* What a run of Han is taken for where nothing else says it. */
const char	*ui_han(enum ui ui);

void	page_text(struct page *p, struct bytes s);
void	page_runs(struct page *p, struct bytes s);
void	page_html(struct page *p, struct bytes s);
/* A sentence of the library, in the interface's language (said.h). */
void	page_said(struct page *p, struct bytes s);
void	page_num(struct page *p, uint64_t n);	/* 45,977 */
/*
 * "1950-02-14" as <time>14 February 1950</time>, "P30Y" as "30 years", an
 * interval, a circa: EDTF in words of the interface; anything else as text.
 * href, when not NULL, stands before the date in a link's address.
 */
void	page_date(struct page *p, struct bytes s, const char *href);
/* Is it EDTF that page_date puts into words? */
bool	is_edtf(struct bytes s);

/* The interface's words; w is an enum word of web_gen.h. */
extern const struct bytes word_table[][UI__MAX];
static inline struct bytes
word(enum ui ui, unsigned w)
{
	return word_table[w][ui];
}

/* A word with its argument in the place of {}; "one|many" by the number. */
void	page_word_text(struct page *p, unsigned w, struct bytes s);
void	page_word_runs(struct page *p, unsigned w, struct bytes s);
void	page_word_html(struct page *p, unsigned w, struct bytes s);
void	page_word_num(struct page *p, unsigned w, uint64_t n);

#define T(p, name, ...)	t_##name((p), &(const struct t_##name){ __VA_ARGS__ })

#endif
