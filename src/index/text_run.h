/* SPDX-License-Identifier: ISC */
#ifndef INDEX_TEXT_RUN_H
#define INDEX_TEXT_RUN_H

#include "base/buf.h"
#include "index/text_code.h"
#include "pack/pack.h"
#include "sys/file.h"

/*
 * Between the two halves of the text builder: sorted runs of terms in a
 * spool.  A run is a row of: key as a blob, length as a varint, and that
 * many bytes of occurrences:
 *
 *	varint	entry << 2 | head << 1 | 1, then varint position: the first
 *		occurrence in an entry; entries are counted from the one
 *		before, the first from 0
 *	varint	gap << 1: one more, gap positions further in the same entry
 *
 * An entry cut in two by the end of a run begins anew in the next one.
 */
struct text_run {
	uint64_t from, to;	/* bytes of the spool */
};

struct text_runs {
	struct sys_spool *spool;
	struct text_run *v;
	size_t n, cap;
};

#define TEXT_RUNS_MAX	(1u << 20)

/*
 * Merges the runs into the chunks TPST and TDIC.  memory is for reading;
 * norm by the length codes of the n_docs entries.
 */
int	text_merge(const struct text_runs *r, const char *dir, size_t memory,
	    struct bytes len, const float norm[256], struct pack_writer *w) MUST_CHECK;

#endif
