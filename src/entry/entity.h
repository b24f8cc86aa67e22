/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_ENTITY_H
#define ENTRY_ENTITY_H

#include "base/buf.h"

/* "&amp;", "&#26053;", "&#x65c5;" as what it stands for; unknown: itself. */
void	entity_text(struct bytes s, struct buf *out);

#endif
