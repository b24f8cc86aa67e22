/* SPDX-License-Identifier: ISC */
#ifndef BOOK_HANDLE_H
#define BOOK_HANDLE_H

#include <leishu/book.h>

#include "book/book.h"

/* What stands behind the public handle; borrowed from it. */
const struct book	*book_of(const struct leishu_book *b);

/* leishu_book_open on an image in memory, which is borrowed. */
int	handle_open_image(struct bytes img, char chunk[5], struct leishu_book **ret) MUST_CHECK;

#endif
