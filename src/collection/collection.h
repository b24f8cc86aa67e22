/* SPDX-License-Identifier: ISC */
#ifndef COLLECTION_COLLECTION_H
#define COLLECTION_COLLECTION_H

#include "diag/diag.h"
#include "entry/read.h"

/*
 * Which sources belong together, in what order, and what is said about all
 * of them: leishu.yaml at the root of a folder, its references, its files.
 * Several folders and files make one collection; the first leishu.yaml
 * gives the title, the divisions of all stand one after the other.
 *
 * leishu.yaml:	title, description, editors, licence, language, url,
 *		divisions: a list of folder names below entries/, or of
 *		{id, title, path}; a title may be a mapping of language tags.
 */
struct collection;

struct collection_file {
	const char *path;	/* to open; "-" is standard input */
	const char *name;	/* as findings name it */
	enum source_form form;
	size_t division;	/* index, or COLLECTION_NONE */
};

#define COLLECTION_NONE	SIZE_MAX

struct collection_division {
	struct bytes id;	/* "history" */
	struct bytes title;	/* in the collection's language */
	struct bytes titles;	/* JSON object by language tag, or empty */
};

/*
 * Walks the paths (folders, files, "-"); what cannot be read becomes a
 * finding and the rest goes on.  Returns 0, LEISHU_ENOMEM, or, when one of
 * the paths themselves is not there, LEISHU_ENOENT, or is no source,
 * LEISHU_EINVAL (*ret_bad names it, else NULL).
 */
int	collection_open(const char *const *paths, size_t n, struct diag *d,
	    const char **ret_bad, struct collection **ret) MUST_CHECK;
/*
 * The same for looking at some sources of a collection: of a path inside one
 * all the collection is opened, for its names and references, and the
 * findings of its other files are muted in d.
 */
int	collection_open_around(const char *const *paths, size_t n, struct diag *d,
	    const char **ret_bad, struct collection **ret) MUST_CHECK;
void	collection_close(struct collection *c);	/* NULL is fine */

/* leishu.yaml as a JSON object ("{}" when there is none): for the book's metadata. */
struct bytes	collection_meta(const struct collection *c);
struct bytes	collection_title(const struct collection *c);	/* or empty */
struct bytes	collection_lang(const struct collection *c);	/* "en" unless said */
/* All references: a JSON object, key to CSL-JSON item; keys ascending. */
struct bytes	collection_references(const struct collection *c);
bool	collection_has_reference(const struct collection *c, struct bytes key);
/* The key of one of them, in order; empty past the last. */
struct bytes	collection_reference_key(const struct collection *c, size_t i);
const struct collection_division	*collection_divisions(const struct collection *c,
	    size_t *n);
/* In reading order: divisions, then path bytewise. */
const struct collection_file	*collection_files(const struct collection *c, size_t *n);
/* The root folder of the first path that has leishu.yaml, or NULL. */
const char	*collection_root(const struct collection *c);

/*
 * The entries of all files in reading order, one at a time; division tells
 * the file's (a division's entries are one run).  1: *ret is the next; 0: the
 * end; negative: the machine failed.
 */
struct collection_walk;
int	collection_walk_new(const struct collection *c, struct diag *d,
	    struct collection_walk **ret) MUST_CHECK;
int	collection_walk_next(struct collection_walk *w, struct arena *a, struct entry **ret,
	    size_t *division) MUST_CHECK;
void	collection_walk_free(struct collection_walk *w);

/* The folder with leishu.yaml above path, to free(), or NULL. */
char	*collection_above(const char *path);

#endif
