/* SPDX-License-Identifier: ISC */
#ifndef INDEX_TIME_INT_H
#define INDEX_TIME_INT_H

#include "index/time.h"

/* Shared by the builder and the reader of the chunk TIME; time_build.c. */
#define TAG_TIME	TAG('T', 'I', 'M', 'E')
#define TIME_HEAD	16
#define TIME_ROW	28
#define TIME_BLOCK	64
#define TIME_ROWS_MAX	(1u << 25)	/* held in memory once, while the book is closed */

#endif
