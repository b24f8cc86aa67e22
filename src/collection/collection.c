/* SPDX-License-Identifier: ISC */
#include "collection/collection.h"

#include "collection/inside.h"
#include "sys/dir.h"

static int
open_folder(struct collection *c, const char *dir, size_t root)
{
	const char *entries;
	bool found, fresh;
	int rc;

	if ((rc = path_is_new(c, dir, &fresh)) < 0 || !fresh)
		return rc;
	if ((rc = settings_read(c, dir, &found)) < 0)
		return rc;
	if (!found)
		return folder_walk(c, dir, root);
	if ((rc = references_read(c, dir)) < 0)
		return rc;
	if ((entries = path_join(&c->arena, dir, B("entries"))) == NULL)
		return LEISHU_ENOMEM;
	if (sys_info(entries).kind != SYS_DIR)
		return folder_walk(c, dir, root);
	rc = path_is_new(c, entries, &fresh);
	return rc < 0 || !fresh ? rc : folder_walk(c, entries, root);
}

static int
open_path(struct collection *c, const char *path, size_t root)
{
	enum source_form form;
	struct sys_info info;
	bool fresh;
	int rc;

	if (strcmp(path, "-") == 0)
		return file_add(c, path, SOURCE_JSON, root);
	info = sys_info(path);
	if (info.kind == SYS_DIR)
		return open_folder(c, path, root);
	if (info.kind == SYS_NONE)
		return LEISHU_ENOENT;
	if (!form_of(bytes_str(path), &form))
		return LEISHU_EINVAL;
	rc = path_is_new(c, path, &fresh);
	return rc < 0 || !fresh ? rc : file_add(c, path, form, root);
}

/* Reading order: as given, then divisions, then path bytewise. */
static int
file_cmp(const void *pa, const void *pb)
{
	const struct file *a = pa, *b = pb;

	if (a->root != b->root)
		return a->root < b->root ? -1 : 1;
	if (a->about.division != b->about.division)
		return a->about.division < b->about.division ? -1 : 1;
	return strcmp(a->about.path, b->about.path);
}

static int
reference_cmp(const void *pa, const void *pb)
{
	const struct reference *a = pa, *b = pb;

	return bytes_cmp(a->key, b->key);
}

/* Lists in order, as the functions below give them. */
static int
close_lists(struct collection *c)
{
	struct buf b = { 0 };
	struct json j = json_on(&b);
	size_t i;

	if (c->n_files)
		qsort(c->file, c->n_files, sizeof(*c->file), file_cmp);
	if (c->n_references)
		qsort(c->reference, c->n_references, sizeof(*c->reference), reference_cmp);
	c->files = ARENA_ARRAY(&c->arena, c->n_files, struct collection_file);
	c->divisions = ARENA_ARRAY(&c->arena, c->n_divisions, struct collection_division);
	if (c->files == NULL || c->divisions == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < c->n_files; i++)
		c->files[i] = c->file[i].about;
	for (i = 0; i < c->n_divisions; i++)
		c->divisions[i] = c->division[i].about;
	json_obj(&j);
	for (i = 0; i < c->n_references; i++) {
		json_str(&j, c->reference[i].key);
		buf_putc(&b, ':');
		j.comma = false;
		json_raw(&j, c->reference[i].item);
	}
	json_end_obj(&j);
	c->references = arena_buf(&c->arena, &b);
	buf_release(&b);
	return c->arena.err;
}

/* A path inside a collection that is opened for its sake. */
struct inner {
	const char *given;
	char *full;		/* the path, whole */
	char *root;		/* the collection's */
	bool seen;		/* its file is one of the collection's */
	bool covered;		/* that collection is given whole as well */
};

static struct inner
find_inner(const char *path)
{
	struct inner in = { .given = path };
	struct arena a = { 0 };
	const char *yaml = path_join(&a, path, B("leishu.yaml"));

	if (strcmp(path, "-") != 0)
		in.full = realpath(path, NULL);
	if (in.full != NULL && yaml != NULL && sys_info(yaml).kind == SYS_NONE)
		in.root = collection_above(path);
	arena_release(&a);
	return in;
}

static void
find_covered(struct inner *in, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < n && in[i].root; k++)
			if (in[k].full && strcmp(in[k].full, in[i].root) == 0)
				in[i].covered = true;
}

/* Opens the root of an inner path, unless an earlier one had the same. */
static int
open_around(struct collection *c, const struct inner *in, size_t i)
{
	struct diag *d = c->diag;
	const char *root;
	size_t k;
	int rc;

	for (k = 0; k < i; k++)
		if (in[k].root && strcmp(in[k].root, in[i].root) == 0)
			return 0;
	if ((root = arena_str(&c->arena, bytes_str(in[i].root))) == NULL)
		return LEISHU_ENOMEM;
	c->diag = NULL;	/* nothing is said of the rest */
	rc = open_folder(c, root, i);
	c->diag = d;
	return rc;
}

/* Is the file the inner path, or below it?  Then it is named as given. */
static int
show(struct collection *c, struct inner *in, size_t n, struct file *f)
{
	size_t i, len;

	for (i = 0; i < n; i++) {
		if (in[i].root == NULL || in[i].covered)
			continue;
		len = strlen(in[i].full);
		if (strncmp(f->about.path, in[i].full, len) != 0 ||
		    (f->about.path[len] != 0 && f->about.path[len] != '/'))
			continue;
		in[i].seen = true;
		f->about.name = f->about.path[len] ? path_join(&c->arena, in[i].given,
		    bytes_str(f->about.path + len + 1)) : in[i].given;
		return c->arena.err;
	}
	return in[f->root].root ? diag_mute(c->diag, f->about.name) : 0;
}

static int
open_all(struct collection *c, struct inner *in, const char *const *paths, size_t n,
    const char **ret_bad)
{
	size_t i, files;
	int rc;

	for (i = 0; i < n; i++) {
		if (in && in[i].covered)
			continue;
		rc = in && in[i].root ? open_around(c, in, i) : open_path(c, paths[i], i);
		if (rc == LEISHU_ENOENT || rc == LEISHU_EINVAL)
			*ret_bad = paths[i];
		if (rc < 0)
			return rc;
	}
	for (i = 0, files = c->n_files; in && i < files; i++)
		if ((rc = show(c, in, n, &c->file[i])) < 0)
			return rc;
	for (i = 0; in && i < n; i++) {
		if (!in[i].root || in[i].seen || in[i].covered)
			continue;
		/* Not one of its sources, as a README: looked at all the same. */
		if ((rc = open_path(c, paths[i], i)) == LEISHU_EINVAL)
			*ret_bad = paths[i];
		if (rc < 0)
			return rc;
	}
	return close_lists(c);
}

static int
open_with(struct inner *in, const char *const *paths, size_t n, struct diag *d,
    const char **ret_bad, struct collection **ret)
{
	struct collection *c = calloc(1, sizeof(*c));
	size_t unreadable = diag_count_code(d, DIAG_FILE_UNREADABLE);
	const char *bad = NULL;
	int rc;

	if (c == NULL)
		return LEISHU_ENOMEM;
	c->diag = d;
	c->meta = B("{}");
	c->lang = B("en");
	rc = open_all(c, in, paths, n, &bad);
	if (ret_bad != NULL)
		*ret_bad = bad;
	if (rc < 0) {
		collection_close(c);
		return rc;
	}
	if (c->n_files == 0 && diag_count_code(d, DIAG_FILE_UNREADABLE) == unreadable)
		file_say(d, DIAG_COLLECTION_EMPTY, n ? paths[0] : NULL,
		    "there is no .md, .txt or .jsonl file here");
	*ret = c;
	return 0;
}

int
collection_open(const char *const *paths, size_t n, struct diag *d,
    const char **ret_bad, struct collection **ret)
{
	return open_with(NULL, paths, n, d, ret_bad, ret);
}

int
collection_open_around(const char *const *paths, size_t n, struct diag *d,
    const char **ret_bad, struct collection **ret)
{
	struct inner *in = calloc(n ? n : 1, sizeof(*in));
	size_t i;
	int rc;

	if (in == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < n; i++)
		in[i] = find_inner(paths[i]);
	find_covered(in, n);
	rc = open_with(in, paths, n, d, ret_bad, ret);
	for (i = 0; i < n; i++) {
		free(in[i].full);
		free(in[i].root);
	}
	free(in);
	return rc;
}

void
collection_close(struct collection *c)
{
	if (c == NULL)
		return;
	map_release(&c->keys);
	map_release(&c->seen);
	arena_release(&c->arena);
	free(c->root);
	free(c);
}

struct bytes
collection_meta(const struct collection *c)
{
	return c->meta;
}

struct bytes
collection_title(const struct collection *c)
{
	return c->title;
}

struct bytes
collection_lang(const struct collection *c)
{
	return c->lang;
}

struct bytes
collection_references(const struct collection *c)
{
	return c->references;
}

bool
collection_has_reference(const struct collection *c, struct bytes key)
{
	return map_get(&c->keys, key) != NULL;
}

struct bytes
collection_reference_key(const struct collection *c, size_t i)
{
	return i < c->n_references ? c->reference[i].key : B("");
}

const struct collection_division *
collection_divisions(const struct collection *c, size_t *n)
{
	*n = c->n_divisions;
	return c->divisions;
}

const struct collection_file *
collection_files(const struct collection *c, size_t *n)
{
	*n = c->n_files;
	return c->files;
}

const char *
collection_root(const struct collection *c)
{
	return c->root;
}

char *
collection_above(const char *path)
{
	struct arena a = { 0 };
	char *full = realpath(path, NULL), *slash;
	bool found = false;

	while (!found && full != NULL && (slash = strrchr(full, '/')) != NULL && slash != full) {
		const char *yaml;

		*slash = 0;
		yaml = path_join(&a, full, B("leishu.yaml"));
		found = yaml != NULL && sys_info(yaml).kind == SYS_FILE;
	}
	arena_release(&a);
	if (found)
		return full;
	free(full);
	return NULL;
}
