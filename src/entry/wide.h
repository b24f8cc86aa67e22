/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_WIDE_H
#define ENTRY_WIDE_H

#include "base/base.h"

/*
 * East Asian text knows no blank between words, and its signs are as wide as
 * its characters.  Quotation marks, dashes and dots that other scripts have,
 * too, are wide where such text stands on their other side.
 */

/* Han, kana, bopomofo: no blank between two of them. */
bool	is_wide_letter(uint32_t cp);
/* Signs of East Asian text alone, full-width ones above all. */
bool	is_wide_sign(uint32_t cp);

enum width { WIDTH_NARROW, WIDTH_SIGN, WIDTH_LETTER };
/* Of the character that ends before at, and of the one that begins there. */
enum width	width_before(struct bytes s, size_t at);
enum width	width_after(struct bytes s, size_t at);

#endif
