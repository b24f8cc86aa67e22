/* SPDX-License-Identifier: ISC */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Serves one book until SIGTERM or SIGINT.  Prints one line "listening on
 * http://ADDR:PORT" on stdout, and words about swaps on stderr.  A folder is
 * built into a book of its own, and built and swapped in again whenever a
 * file in it changes.
 */
struct serve_opts {
	const char *book;	/* path of a book, or of a folder */
	const char *listen;	/* "127.0.0.1:8080", "[::1]:0" */
	unsigned threads;	/* 0: as many as there are processors */
	const char *origin;	/* "https://example.org" for absolute addresses, or NULL */
	bool sandbox;		/* give up every system call not needed */
};

#define SERVE_WHY	300

/*
 * 0 after a stop that was asked for; else LEISHU_E*, with words for people
 * in why: "127.0.0.1:8080 is in use".
 */
int	serve_run(const struct serve_opts *o, char why[SERVE_WHY]);

#endif
