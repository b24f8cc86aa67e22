/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_RENDER_H
#define LEISHU_RENDER_H

/* An entry in a form to read or to take away. */

#include <leishu/base.h>
#include <leishu/book.h>	/* leishu_sink */

#ifdef __cplusplus
extern "C" {
#endif

enum leishu_form {
	LEISHU_FORM_TEXT,	/* plain text */
	LEISHU_FORM_HTML,	/* an <article>, to stand in a page */
	LEISHU_FORM_MARKDOWN,	/* with its head, as build reads it */
	LEISHU_FORM_JSON,	/* one object: names, body tree, spans, links */
	LEISHU_FORM_SOURCE,	/* the bytes it was made from */
	LEISHU_FORM__MAX
};

/* The form called name ("text", "html", "md", "json", "source"), or -1. */
LEISHU_API int leishu_form_find(const char *name);

/*
 * Gives entry no of b to put, in pieces.  Returns 0, LEISHU_EINVAL (no such
 * entry or form), LEISHU_EFORMAT (the book is damaged), LEISHU_ENOMEM, or
 * what put gave when it was not 0.
 */
LEISHU_API int leishu_render(const struct leishu_book *b, uint32_t no,
    enum leishu_form form, leishu_sink *put, void *ctx);

#ifdef __cplusplus
}
#endif
#endif
