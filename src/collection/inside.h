/* SPDX-License-Identifier: ISC */
#ifndef COLLECTION_INSIDE_H
#define COLLECTION_INSIDE_H

/* What the files of this module share; collection.h is for others. */
#include "base/map.h"
#include "collection/collection.h"
#include "entry/value.h"

struct reference {
	struct bytes key;
	struct bytes item;	/* CSL-JSON */
};

/* A path given, or a folder of a division while it is walked. */
struct division {
	struct collection_division about;
	const char *path;	/* folder, NULL: none */
};

struct file {
	struct collection_file about;
	size_t root;		/* which path given it came from */
};

struct collection {
	struct arena arena;	/* lives as long as the collection */
	struct diag *diag;
	char *root;
	struct bytes meta, title, lang;
	struct division *division;
	struct collection_division *divisions;	/* what is shown of them */
	size_t n_divisions, cap_divisions;
	struct file *file;
	struct collection_file *files;
	size_t n_files, cap_files;
	struct map keys;	/* of references */
	struct reference *reference;
	size_t n_references, cap_references;
	struct bytes references;
	struct map seen;	/* folders read, by device and number */
};

/* "dir/name" in the arena. */
const char	*path_join(struct arena *a, const char *dir, struct bytes name);
/* A finding about a whole file. */
void	file_say(struct diag *d, enum diag_code code, const char *path, const char *fmt, ...)
	    PRINTF(4, 5);

/* leishu.yaml of a folder into c; false: there is none. */
int	settings_read(struct collection *c, const char *dir, bool *found) MUST_CHECK;
/* references.json and *.bib of a folder. */
int	references_read(struct collection *c, const char *dir) MUST_CHECK;
/* Puts one item in; said when its key is there already. */
int	reference_add(struct collection *c, struct bytes key, struct bytes item,
	    const struct diag_at *at) MUST_CHECK;
int	bib_read(struct collection *c, const char *path, struct bytes text) MUST_CHECK;
/* Was the folder or file read before, by this or another way?  Then it is said. */
int	path_is_new(struct collection *c, const char *path, bool *fresh) MUST_CHECK;
/* Sources below a folder, or one file. */
int	folder_walk(struct collection *c, const char *dir, size_t root) MUST_CHECK;
int	file_add(struct collection *c, const char *path, enum source_form form, size_t root)
	    MUST_CHECK;
/* The form by a name's ending; false: no source. */
bool	form_of(struct bytes name, enum source_form *ret);
struct bytes	without_ending(struct bytes name);

#endif
