/* SPDX-License-Identifier: ISC */
#include "build/pipe.h"

#include <errno.h>

#include "sys/thread.h"

#define BATCHES		12
#define ARENA_KEEP	(4u << 20)	/* a larger one is given back */

struct stage {
	struct pipe *p;
	stage_fn *fn;
	void *ctx;
	struct sys_queue *in;
	struct sys_thread *thread;
};

struct pipe {
	size_t n;
	bool threads;
	struct stage stage[PIPE_STAGES];
	struct sys_queue *idle;
	struct batch *batch[BATCHES];
	size_t n_batches;
	atomic_int err;
	int why;	/* errno of it: that is a thread's own */
};

static void
rest(struct batch *b)
{
	bool large = b->a.used > ARENA_KEEP;

	arena_clear(&b->a);
	if (large)
		arena_release(&b->a);
	b->n = 0;
}

static void
work(struct stage *s, struct batch *b)
{
	int rc = atomic_load(&s->p->err) ? 0 : s->fn(s->ctx, b), none = 0;

	if (rc < 0) {
		int saved = errno;

		if (atomic_compare_exchange_strong(&s->p->err, &none, rc))
			s->p->why = saved;
	}
	if (atomic_fetch_sub(&b->users, 1) != 1)
		return;
	rest(b);
	/* There is room for all, and it is closed only after the stages. */
	if (!sys_queue_push(s->p->idle, b))
		abort();
}

static void
run(void *arg)
{
	struct stage *s = arg;
	struct batch *b;

	while ((b = sys_queue_pop(s->in)) != NULL)
		work(s, b);
}

static void
pipe_free(struct pipe *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->stage[i].in != NULL)
			sys_queue_close(p->stage[i].in);
	for (i = 0; i < p->n; i++) {
		sys_thread_join(p->stage[i].thread);
		sys_queue_free(p->stage[i].in);
	}
	for (i = 0; i < p->n_batches; i++) {
		arena_release(&p->batch[i]->a);
		free(p->batch[i]);
	}
	sys_queue_free(p->idle);
	free(p);
}

static int
add_batch(struct pipe *p)
{
	struct batch *b = calloc(1, sizeof(*b));

	if (b == NULL)
		return LEISHU_ENOMEM;
	p->batch[p->n_batches++] = b;
	return sys_queue_push(p->idle, b) ? 0 : LEISHU_EINVAL;
}

int
pipe_new(bool threads, stage_fn *const fn[], void *const ctx[], size_t n,
    struct pipe **ret)
{
	struct pipe *p = calloc(1, sizeof(*p));
	size_t i, batches = threads ? BATCHES : 1;
	int rc;

	if (p == NULL)
		return LEISHU_ENOMEM;
	p->threads = threads;
	rc = sys_queue_new(BATCHES, &p->idle);
	for (i = 0; i < batches && rc == 0; i++)
		rc = add_batch(p);
	for (; p->n < n && rc == 0; p->n++) {
		struct stage *s = &p->stage[p->n];

		*s = (struct stage){ .p = p, .fn = fn[p->n], .ctx = ctx[p->n] };
		if (threads && (rc = sys_queue_new(BATCHES, &s->in)) == 0)
			rc = sys_thread_start(run, s, &s->thread);
	}
	if (rc < 0) {
		pipe_free(p);
		return rc;
	}
	*ret = p;
	return 0;
}

struct batch *
pipe_take(struct pipe *p)
{
	return sys_queue_pop(p->idle);
}

int
pipe_give(struct pipe *p, struct batch *b)
{
	size_t i;

	atomic_store(&b->users, (int)p->n);
	for (i = 0; i < p->n; i++)
		if (!p->threads)
			work(&p->stage[i], b);
		else if (!sys_queue_push(p->stage[i].in, b))
			return LEISHU_EINVAL;
	return atomic_load(&p->err);
}

int
pipe_end(struct pipe *p)
{
	size_t i;
	int rc, why;

	for (i = 0; i < p->n; i++)
		if (p->stage[i].in != NULL)
			sys_queue_close(p->stage[i].in);
	for (i = 0; i < p->n; i++) {
		sys_thread_join(p->stage[i].thread);
		p->stage[i].thread = NULL;
	}
	rc = atomic_load(&p->err);
	why = p->why;
	pipe_free(p);
	if (rc < 0)
		errno = why;
	return rc;
}
