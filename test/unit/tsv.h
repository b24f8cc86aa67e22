/* SPDX-License-Identifier: ISC */
#ifndef TEST_TSV_H
#define TEST_TSV_H

/* Reads the tables beside the project, where they are; for tests only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TSV_MAX	24

/* NULL when there is no such table here. */
static inline FILE *
tsv_open(const char *name)
{
	const char *top = getenv("LEISHU_SHARED");
	char path[4096];

	if (top == NULL || (size_t)snprintf(path, sizeof(path), "%s/%s", top,
	    name) >= sizeof(path))
		return NULL;
	return fopen(path, "r");
}

/* Splits the next line in place; gives the number of fields, 0 at the end. */
static inline int
tsv_next(FILE *f, char *line, size_t size, char *field[TSV_MAX])
{
	int n = 0;
	char *p;

	if (fgets(line, (int)size, f) == NULL)
		return 0;
	line[strcspn(line, "\n")] = 0;
	for (p = line; n < TSV_MAX; p++) {
		field[n++] = p;
		if ((p = strchr(p, '\t')) == NULL)
			break;
		*p = 0;
	}
	return n;
}

static inline int
tsv_int(const char *s)
{
	return (int)strtol(s, NULL, 10);
}

#endif
