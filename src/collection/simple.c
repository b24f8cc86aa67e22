/* SPDX-License-Identifier: ISC */
/* Files of JSON Lines, one after another. */
#include <stdio.h>

#include "collection/collection.h"
#include "sys/dir.h"

struct collection {
	struct collection_file *file;
	size_t n;
};

struct collection_walk {
	const struct collection *c;
	struct diag *diag;
	size_t next;
	FILE *f;
	struct entry_reader *reader;
};

int
collection_open(const char *const *paths, size_t n, struct diag *d,
    const char **ret_bad, struct collection **ret)
{
	struct collection *c = calloc(1, sizeof(*c));
	size_t i;

	(void)d;
	if (c == NULL || (c->file = calloc(n, sizeof(*c->file))) == NULL) {
		free(c);
		return LEISHU_ENOMEM;
	}
	for (i = 0; i < n; i++) {
		bool in = strcmp(paths[i], "-") == 0;

		if (!in && sys_info(paths[i]).kind != SYS_FILE) {
			if (ret_bad != NULL)
				*ret_bad = paths[i];
			collection_close(c);
			return LEISHU_ENOENT;
		}
		c->file[c->n++] = (struct collection_file){ paths[i],
		    in ? "stdin" : paths[i], SOURCE_JSON, COLLECTION_NONE };
	}
	*ret = c;
	return 0;
}

void
collection_close(struct collection *c)
{
	if (c == NULL)
		return;
	free(c->file);
	free(c);
}

struct bytes
collection_meta(const struct collection *c)
{
	(void)c;
	return B("{}");
}

struct bytes
collection_title(const struct collection *c)
{
	(void)c;
	return B("");
}

struct bytes
collection_lang(const struct collection *c)
{
	(void)c;
	return B("en");
}

struct bytes
collection_references(const struct collection *c)
{
	(void)c;
	return B("{}");
}

const struct collection_division *
collection_divisions(const struct collection *c, size_t *n)
{
	(void)c;
	*n = 0;
	return NULL;
}

int
collection_walk_new(const struct collection *c, struct diag *d,
    struct collection_walk **ret)
{
	struct collection_walk *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return LEISHU_ENOMEM;
	w->c = c;
	w->diag = d;
	*ret = w;
	return 0;
}

static void
close_file(struct collection_walk *w)
{
	entry_reader_free(w->reader);
	w->reader = NULL;
	if (w->f != NULL && w->f != stdin)
		(void)fclose(w->f);
	w->f = NULL;
}

static int
fill(void *ctx, void *to, size_t n, size_t *got)
{
	struct collection_walk *w = ctx;

	*got = fread(to, 1, n, w->f);
	return ferror(w->f) ? LEISHU_EIO : 0;
}

static int
next_file(struct collection_walk *w)
{
	const struct collection_file *f = &w->c->file[w->next++];
	struct entry_reader_opts o = { .file = f->name,
	    .base = bytes_str(f->name), .lang = B("en"), .diag = w->diag };

	w->f = strcmp(f->path, "-") == 0 ? stdin : fopen(f->path, "r");
	if (w->f == NULL)
		return LEISHU_EIO;
	return entry_reader_stream(&o, fill, w, &w->reader);
}

int
collection_walk_next(struct collection_walk *w, struct arena *a,
    struct entry **ret, size_t *division)
{
	int rc;

	*division = COLLECTION_NONE;
	for (;;) {
		if (w->reader != NULL) {
			if ((rc = entry_reader_next(w->reader, a, ret)) != 0)
				return rc;
			close_file(w);
		}
		if (w->next == w->c->n)
			return 0;
		if ((rc = next_file(w)) < 0)
			return rc;
	}
}

void
collection_walk_free(struct collection_walk *w)
{
	if (w == NULL)
		return;
	close_file(w);
	free(w);
}
