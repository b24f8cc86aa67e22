/* SPDX-License-Identifier: ISC */
#ifndef RENDER_SAID_H
#define RENDER_SAID_H

#include "render/page.h"

/*
 * The library says why in English.  Pages in another language say the same
 * by web/said.tsv: sentences with places for what changes in them.
 */

/*
 * Appends the sentence in the interface's language, as text.  false: no row
 * fits, and what was appended is English.
 */
bool	said(enum ui ui, struct bytes s, struct buf *out);

/*
 * One word of a closed list: a kind (what 0), a field of a record ('.') or
 * a step of a subject ('/').  What is not in the list comes back as it is.
 */
struct bytes	said_word(enum ui ui, char what, struct bytes key);

#endif
