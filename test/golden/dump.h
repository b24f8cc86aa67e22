/* SPDX-License-Identifier: ISC */
#ifndef GOLDEN_DUMP_H
#define GOLDEN_DUMP_H

#include "entry/entry.h"

/* An entry as lines to read and compare: fields, names, tree with places. */
void	dump_entry(const struct entry *e, struct buf *out);

#endif
