/* SPDX-License-Identifier: ISC */
/* A file read as plain words, without looking for more in it. */
#include "entry/reader.h"

int
markdown_read(struct entry_reader *r, struct arena *a, struct entry *e)
{
	int rc;

	plain_body(&r->tree, a, r->source);
	if ((rc = tree_finish(&r->tree, a, e)) < 0)
		return rc;
	return fields_finish(r, NULL, a, e);
}

int
prose_read(struct entry_reader *r, struct arena *a, struct entry *e)
{
	return markdown_read(r, a, e);
}

int
markdown_body(struct entry_reader *r, struct arena *a, struct entry *e,
    struct bytes text, size_t base)
{
	(void)e;
	(void)base;
	plain_body(&r->tree, a, text);
	return 0;
}
