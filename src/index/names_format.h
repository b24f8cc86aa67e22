/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_FORMAT_H
#define INDEX_NAMES_FORMAT_H

/*
 * What the writer and the reader of the name index share and nobody else
 * needs.  The format is described at the head of names_write.c.
 */
#include "base/base.h"

/* A name's flags; the two low bits are its origin. */
#define NAME_FLAG_ORIGIN	3u
#define NAME_FLAG_LAST		(1u << 2)	/* of its entry, under this key */
#define NAME_FLAG_SAME		(1u << 3)	/* the form is the key */
#define NAME_FLAG_TAG		(1u << 4)	/* has a scheme or language */
#define NAME_FLAG_READING	(1u << 5)	/* a reading is stored */
#define NAME_FLAG_KNOWN		(1u << 6)	/* its reading is the entry's */
#define NAME_FLAG_SHARED	(1u << 7)	/* some steps are the block's first's */

/* Bytes of an entry number in the table of sole entries. */
#define NAME_SOLE_SIZE(n_entries)	((n_entries) < 0xffffffu ? 3u : 4u)

#define NAME_SHARED_MAX	1024	/* steps of such a name */

#endif
