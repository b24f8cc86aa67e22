/* SPDX-License-Identifier: ISC */
/* One entry after another, file by file. */
#include <errno.h>
#include <stdio.h>

#include "base/limits.h"
#include "collection/collection.h"
#include "collection/inside.h"
#include "sys/file.h"

struct collection_walk {
	const struct collection *c;
	struct diag *diag;
	size_t next;		/* file */
	struct buf data;	/* of a Markdown or prose file */
	FILE *stream;		/* of JSON Lines */
	struct entry_reader *reader;
	char *base;
};

int
collection_walk_new(const struct collection *c, struct diag *d, struct collection_walk **ret)
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
	if (w->stream != NULL && w->stream != stdin)
		(void)fclose(w->stream);
	w->stream = NULL;
}

void
collection_walk_free(struct collection_walk *w)
{
	if (w == NULL)
		return;
	close_file(w);
	buf_release(&w->data);
	free(w);
}

static int
fill(void *ctx, void *to, size_t n, size_t *got)
{
	struct collection_walk *w = ctx;

	*got = fread(to, 1, n, w->stream);
	if (*got > 0 || !ferror(w->stream))
		return 0;
	file_say(w->diag, DIAG_FILE_UNREADABLE, w->c->files[w->next - 1].name,
	    "cannot be read to its end: %s", strerror(errno));
	/* half a stream is no book; a file is named and the others are built */
	return w->stream == stdin ? LEISHU_EIO : 0;
}

/* "lushun" of "entries/history/lushun.md". */
static struct bytes
base_name(const struct collection_file *f)
{
	const char *slash = strrchr(f->name, '/');

	return without_ending(bytes_str(slash ? slash + 1 : f->name));
}

/* Opens the next file; one that cannot be read is said and left out. */
static int
open_file(struct collection_walk *w)
{
	const struct collection_file *f = &w->c->files[w->next++];
	struct entry_reader_opts o = { .file = f->name, .base = base_name(f),
		.lang = w->c->lang, .diag = w->diag };
	int rc;

	if (f->form == SOURCE_JSON) {
		w->stream = strcmp(f->path, "-") ? fopen(f->path, "rb") : stdin;
		if (w->stream != NULL)
			return entry_reader_stream(&o, fill, w, &w->reader);
		if (errno == ENOMEM)
			return LEISHU_ENOMEM;
		file_say(w->diag, DIAG_FILE_UNREADABLE, f->name, "cannot be opened: %s",
		    strerror(errno));
		return 0;
	}
	buf_clear(&w->data);
	rc = sys_read_file(f->path, LIMIT_SOURCE, &w->data);
	if (rc == 0)
		return entry_reader_new(f->form, &o, buf_view(&w->data), &w->reader);
	if (rc == LEISHU_ENOMEM)
		return rc;
	if (rc == LEISHU_ELIMIT)
		file_say(w->diag, DIAG_TOO_LARGE, f->name,
		    "a file larger than %u bytes is left out", LIMIT_SOURCE);
	else
		file_say(w->diag, DIAG_FILE_UNREADABLE, f->name, "cannot be read: %s",
		    rc == LEISHU_EIO ? strerror(errno) : leishu_strerror(rc));
	return 0;
}

int
collection_walk_next(struct collection_walk *w, struct arena *a, struct entry **ret,
    size_t *division)
{
	int rc;

	for (;;) {
		while (w->reader == NULL) {
			if (w->next == w->c->n_files)
				return 0;
			if ((rc = open_file(w)) < 0)
				return rc;
		}
		rc = entry_reader_next(w->reader, a, ret);
		if (rc != 0) {
			*division = w->c->files[w->next - 1].division;
			return rc;
		}
		close_file(w);
	}
}
