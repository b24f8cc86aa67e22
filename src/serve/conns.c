/* SPDX-License-Identifier: ISC */
#include "serve/conns.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define FDS		4096	/* descriptors looked after; others time out by silence only */
#define READ_SECONDS	20	/* from the first byte that may be a request's to its end */
#define WRITE_SECONDS	300	/* for the answer, to a slow reader */

enum state { STATE_NONE, STATE_IDLE, STATE_READING, STATE_WRITING };

struct conns {
	struct {
		pthread_mutex_t lock;	/* keeps the descriptor from being closed meanwhile */
		int64_t until;
		enum state state;
	} fd[FDS];
};

static int64_t
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return t.tv_sec;
}

struct conns *
conns_new(void)
{
	struct conns *c = calloc(1, sizeof(*c));
	size_t i;

	for (i = 0; c && i < FDS; i++)
		(void)pthread_mutex_init(&c->fd[i].lock, NULL);
	return c;
}

void
conns_free(struct conns *c)
{
	size_t i;

	for (i = 0; c && i < FDS; i++)
		(void)pthread_mutex_destroy(&c->fd[i].lock);
	free(c);
}

static void
set(struct conns *c, struct MHD_Connection *con, enum state state, int64_t seconds)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);
	int fd = info ? info->connect_fd : -1;

	if (fd < 0 || fd >= FDS)
		return;
	(void)pthread_mutex_lock(&c->fd[fd].lock);
	c->fd[fd].state = state;
	c->fd[fd].until = now() + seconds;
	(void)pthread_mutex_unlock(&c->fd[fd].lock);
}

void
conns_open(struct conns *c, struct MHD_Connection *con)
{
	set(c, con, STATE_IDLE, READ_SECONDS);
}

void
conns_close(struct conns *c, struct MHD_Connection *con)
{
	set(c, con, STATE_NONE, 0);
}

void
conns_reading(struct conns *c, struct MHD_Connection *con)
{
	set(c, con, STATE_READING, READ_SECONDS);
}

void
conns_writing(struct conns *c, struct MHD_Connection *con)
{
	set(c, con, STATE_WRITING, WRITE_SECONDS);
}

void
conns_idle(struct conns *c, struct MHD_Connection *con)
{
	set(c, con, STATE_IDLE, READ_SECONDS);
}

void
conns_sweep(struct conns *c)
{
	int64_t t = now();
	int i;

	for (i = 0; i < FDS; i++) {
		if (c->fd[i].state == STATE_NONE || c->fd[i].until > t)
			continue;
		(void)pthread_mutex_lock(&c->fd[i].lock);
		if (c->fd[i].state != STATE_NONE && c->fd[i].until <= t)
			(void)shutdown(i, SHUT_RDWR);
		(void)pthread_mutex_unlock(&c->fd[i].lock);
	}
}

bool
conns_busy(struct conns *c)
{
	bool busy = false;
	int i;

	for (i = 0; i < FDS && !busy; i++) {
		(void)pthread_mutex_lock(&c->fd[i].lock);
		busy = c->fd[i].state == STATE_READING || c->fd[i].state == STATE_WRITING;
		(void)pthread_mutex_unlock(&c->fd[i].lock);
	}
	return busy;
}
