/* SPDX-License-Identifier: ISC */
#ifndef SYS_THREAD_H
#define SYS_THREAD_H

#include "base/base.h"

struct sys_thread;

int	sys_thread_start(void (*fn)(void *arg), void *arg, struct sys_thread **ret) MUST_CHECK;
void	sys_thread_join(struct sys_thread *t);	/* frees t; NULL is fine */

/* Processors this process may use, at least 1. */
unsigned int	sys_cpus(void);
/* Nanoseconds of a clock that only goes forward. */
uint64_t	sys_clock_ns(void);

/*
 * A queue of pointers between threads, never longer than cap: who pushes
 * onto a full one waits, who pops from an empty one waits.
 */
struct sys_queue;

int	sys_queue_new(size_t cap, struct sys_queue **ret) MUST_CHECK;
/* Nobody may be using it; what is left in it is the caller's to free first. */
void	sys_queue_free(struct sys_queue *q);
/* false once closed: the item stays the caller's. */
bool	sys_queue_push(struct sys_queue *q, void *item) MUST_CHECK;
/* NULL once closed and empty. */
void	*sys_queue_pop(struct sys_queue *q);
/* No more pushes; wakes all who wait. */
void	sys_queue_close(struct sys_queue *q);

#endif
