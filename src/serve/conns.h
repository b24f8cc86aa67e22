/* SPDX-License-Identifier: ISC */
#ifndef SERVE_CONNS_H
#define SERVE_CONNS_H

#include <microhttpd.h>
#include <stdbool.h>

/*
 * How long each connection has been at what it does.  libmicrohttpd closes
 * those that are silent; a client that sends a byte now and then is closed
 * here, when its request is not whole in time.
 */
struct conns;

struct conns	*conns_new(void);
void	conns_free(struct conns *c);
void	conns_open(struct conns *c, struct MHD_Connection *con);
void	conns_close(struct conns *c, struct MHD_Connection *con);
void	conns_reading(struct conns *c, struct MHD_Connection *con);	/* first line is in */
void	conns_writing(struct conns *c, struct MHD_Connection *con);	/* request is whole */
void	conns_idle(struct conns *c, struct MHD_Connection *con);	/* answered */
/* Shuts those past their time. */
void	conns_sweep(struct conns *c);
/* Is a request under way? */
bool	conns_busy(struct conns *c);

#endif
