/* SPDX-License-Identifier: ISC */
#ifndef BUILD_PIPE_H
#define BUILD_PIPE_H

#include <stdatomic.h>

#include "entry/entry.h"

/*
 * One thread makes batches of entries, others work on each of them, in
 * order.  Batches come round again, so that memory stays bounded.  With one
 * thread the stages run at once in pipe_give, to the same effect.
 */
#define BATCH_ENTRIES	64
#define BATCH_BYTES	(512u << 10)	/* a batch is given on past this */
#define PIPE_STAGES	3

struct batch {
	struct arena a;
	size_t n;
	uint32_t first;			/* number of the first entry */
	struct entry *e[BATCH_ENTRIES];
	uint64_t place[BATCH_ENTRIES];	/* in the spool */
	atomic_int users;
};

/* Negative: the machine failed; no later batch is then worked on. */
typedef int stage_fn(void *ctx, struct batch *b);

struct pipe;

int	pipe_new(bool threads, stage_fn *const fn[], void *const ctx[], size_t n,
	    struct pipe **ret) MUST_CHECK;
/* An empty batch; NULL without memory. */
struct batch	*pipe_take(struct pipe *p) MUST_CHECK;
static inline bool
batch_full(const struct batch *b)
{
	return b->n == BATCH_ENTRIES || b->a.used > BATCH_BYTES;
}
/* Hands the batch on.  Returns what a stage failed with so far, or 0. */
int	pipe_give(struct pipe *p, struct batch *b) MUST_CHECK;
/* Waits for the stages and frees p; the first failure of a stage. */
int	pipe_end(struct pipe *p) MUST_CHECK;

#endif
