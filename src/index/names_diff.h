/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_DIFF_H
#define INDEX_NAMES_DIFF_H

#include "base/buf.h"

/*
 * A form as steps from its key.  A step copies some of the key and then
 * changes something; the rest of the key follows the last step.  By its
 * first byte:
 *
 *	00-3f	copy that many bytes; then a byte with the lengths of what
 *		to write (high four bits) and what to leave out of the key
 *		(low four), and the bytes to write
 *	40-5f	copy c - 40 bytes; the next letter is a capital
 *	60-7f	copy c - 60 bytes; a space, the next letter is a capital
 *	80-bf	copy c - 80 characters of three bytes; for the next of the key
 *		write the one whose code point follows, two bytes, high first
 *	c0-ff	copy c - c0 bytes; a space
 */
void	name_diff(struct bytes key, struct bytes form, struct buf *out);

/*
 * The inverse, at most max bytes.  Returns the length, or SIZE_MAX when the
 * steps do not fit the key (damage).
 */
size_t	name_undiff(struct bytes key, struct bytes steps, unsigned char *form, size_t max);

#endif
