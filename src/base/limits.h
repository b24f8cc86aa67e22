/* SPDX-License-Identifier: ISC */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/*
 * Every size that comes from outside is held against one of these before
 * memory is asked for.  All in one place, each with a test at the limit
 * and one past it.
 */
#include <stddef.h>

#define LIMIT_SOURCE	(64u << 20)	/* bytes of one source file or line */
#define LIMIT_BODY	(16u << 20)	/* bytes of one entry's body */
#define LIMIT_ID	200		/* bytes of an entry's id */
#define LIMIT_NAME	4096		/* bytes of one name */
#define LIMIT_NAMES	4096		/* names of one entry */
#define LIMIT_DEPTH	64		/* nesting of a document tree, YAML, JSON */
#define LIMIT_NODES	(1u << 20)	/* nodes of one document */
#define LIMIT_YAML_NODES (1u << 16)	/* events of one head, aliases resolved */
#define LIMIT_QUERY	4096		/* bytes of one query */
#define LIMIT_HITS	1000		/* hits of one answer */
#define LIMIT_BUF	(1u << 30)	/* a buffer without a limit of its own */
#define LIMIT_DIR_DEPTH	32		/* folders below a collection's root */
#define LIMIT_ENTRIES	0xfffffff0u	/* entries of one book */

#endif
