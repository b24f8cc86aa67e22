/* SPDX-License-Identifier: ISC */
#ifndef SERVE_ASSETS_H
#define SERVE_ASSETS_H

#include "base/base.h"

/* Files of web/, embedded: as they are and gzipped. */
struct asset {
	const char *name;	/* "leishu.css" */
	const char *url;	/* with a hash of the content: never goes stale */
	const char *type;
	struct bytes plain, gzip;
};

extern const struct asset assets[];
extern const size_t n_assets;

#endif
