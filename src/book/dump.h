/* SPDX-License-Identifier: ISC */
#ifndef BOOK_DUMP_H
#define BOOK_DUMP_H

#include "entry/entry.h"

/*
 * An entry as a line of JSON with its newline, from which build makes an
 * equal entry: a JSON line with its own id as it stands; anything else as
 * {"id":...,"form":"markdown"|"prose"|"json","source":"..."}, or
 * "source64" in Base64 where the source is not UTF-8.
 */
int	dump_entry(const struct entry *e, struct buf *out) MUST_CHECK;
/* What a chunk holds, in words. */
const char	*dump_chunk_words(uint32_t tag);

#endif
