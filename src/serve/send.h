/* SPDX-License-Identifier: ISC */
#ifndef SERVE_SEND_H
#define SERVE_SEND_H

#include "serve/inside.h"

/* From a whole request to a queued response: cache, route, headers, gzip. */
enum MHD_Result	send_answer(struct server *s, struct MHD_Connection *con, struct request *rq);
/* A request the gate refused. */
enum MHD_Result	send_refusal(struct server *s, struct MHD_Connection *con, int status,
    const char *why, struct bytes raw);

#endif
