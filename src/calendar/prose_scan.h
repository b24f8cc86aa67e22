/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_PROSE_SCAN_H
#define CALENDAR_PROSE_SCAN_H

#include "base/base.h"

/* The places of a text where a date could begin. */

struct prose_scan {
	struct bytes s;
	size_t base;
	uint64_t left;		/* places in the block at base not yet told */
};

/* Borrows s. */
void	prose_scan_start(struct prose_scan *w, struct bytes s, size_t at);
/*
 * The next one: the first byte of a number, of a Cyrillic word, of an ASCII
 * word whose beginning a date may have, or of a Han character that every
 * Chinese date has one of; false at the end.
 */
bool	prose_scan_next(struct prose_scan *w, size_t *ret);

#endif
