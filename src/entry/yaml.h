/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_YAML_H
#define ENTRY_YAML_H

#include "diag/diag.h"
#include "entry/value.h"

/* The text to read, UTF-8 without NUL, and who is told about it. */
struct yaml_in {
	struct bytes text;
	void *ctx;
	/* Offset of the source for one of text; values hold the former. */
	size_t (*where)(void *ctx, size_t at);
	/* A finding at [from, to) of the source. */
	void (*say)(void *ctx, enum diag_code code, size_t from, size_t to,
	    const char *message);
};

/*
 * Fills *root, zeroed by the caller: a map, or VALUE_NULL when there is
 * none.  What is wrong is said, and what could be read stays.  Returns 0 or
 * LEISHU_ENOMEM.
 */
int	yaml_read(const struct yaml_in *in, struct arena *a, struct value *root) MUST_CHECK;

#endif
