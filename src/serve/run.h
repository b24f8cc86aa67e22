/* SPDX-License-Identifier: ISC */
#ifndef SERVE_RUN_H
#define SERVE_RUN_H

#include "serve/serve.h"

/* serve_run of a book file, in this process. */
int	serve_book(const struct serve_opts *o, char why[SERVE_WHY]);

#endif
