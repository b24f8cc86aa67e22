/* SPDX-License-Identifier: ISC */
#include "sys/thread.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

struct sys_thread {
	pthread_t id;
	void (*fn)(void *);
	void *arg;
};

static void *
body(void *p)
{
	struct sys_thread *t = p;

	t->fn(t->arg);
	return NULL;
}

int
sys_thread_start(void (*fn)(void *), void *arg, struct sys_thread **ret)
{
	struct sys_thread *t = malloc(sizeof(*t));
	sigset_t all, old;
	int err;

	if (t == NULL)
		return LEISHU_ENOMEM;
	t->fn = fn;
	t->arg = arg;
	/* Signals belong to the thread that started the program. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	err = pthread_create(&t->id, NULL, body, t);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (err) {
		free(t);
		return LEISHU_ENOMEM;
	}
	*ret = t;
	return 0;
}

void
sys_thread_join(struct sys_thread *t)
{
	if (t == NULL)
		return;
	(void)pthread_join(t->id, NULL);
	free(t);
}

unsigned int
sys_cpus(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return 1;
	return (unsigned int)MAX(CPU_COUNT(&set), 1);
}

uint64_t
sys_clock_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

struct sys_queue {
	pthread_mutex_t lock;
	pthread_cond_t moved;	/* one condition serves both sides */
	size_t cap, n, first;
	bool closed;
	void *item[];
};

int
sys_queue_new(size_t cap, struct sys_queue **ret)
{
	struct sys_queue *q;

	if (cap == 0 || cap > (1u << 20))
		return LEISHU_EINVAL;
	if ((q = calloc(1, sizeof(*q) + cap * sizeof(void *))) == NULL)
		return LEISHU_ENOMEM;
	if (pthread_mutex_init(&q->lock, NULL) != 0) {
		free(q);
		return LEISHU_ENOMEM;
	}
	if (pthread_cond_init(&q->moved, NULL) != 0) {
		(void)pthread_mutex_destroy(&q->lock);
		free(q);
		return LEISHU_ENOMEM;
	}
	q->cap = cap;
	*ret = q;
	return 0;
}

void
sys_queue_free(struct sys_queue *q)
{
	if (q == NULL)
		return;
	(void)pthread_cond_destroy(&q->moved);
	(void)pthread_mutex_destroy(&q->lock);
	free(q);
}

bool
sys_queue_push(struct sys_queue *q, void *item)
{
	bool done = false;

	(void)pthread_mutex_lock(&q->lock);
	while (!q->closed && q->n == q->cap)
		(void)pthread_cond_wait(&q->moved, &q->lock);
	if (!q->closed) {
		q->item[(q->first + q->n++) % q->cap] = item;
		done = true;
	}
	(void)pthread_cond_broadcast(&q->moved);
	(void)pthread_mutex_unlock(&q->lock);
	return done;
}

void *
sys_queue_pop(struct sys_queue *q)
{
	void *item = NULL;

	(void)pthread_mutex_lock(&q->lock);
	while (!q->closed && q->n == 0)
		(void)pthread_cond_wait(&q->moved, &q->lock);
	if (q->n) {
		item = q->item[q->first];
		q->first = (q->first + 1) % q->cap;
		q->n--;
	}
	(void)pthread_cond_broadcast(&q->moved);
	(void)pthread_mutex_unlock(&q->lock);
	return item;
}

void
sys_queue_close(struct sys_queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	q->closed = true;
	(void)pthread_cond_broadcast(&q->moved);
	(void)pthread_mutex_unlock(&q->lock);
}
