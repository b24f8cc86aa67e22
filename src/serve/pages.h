/* SPDX-License-Identifier: ISC */
#ifndef SERVE_PAGES_H
#define SERVE_PAGES_H

#include <leishu/find.h>

#include "serve/inside.h"

/* Rows of a list of near names. */
void	near_items(struct ctx *c, const struct leishu_hits *h, struct buf *out);

#endif
