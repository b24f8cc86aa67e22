/* SPDX-License-Identifier: ISC */
/* Which files of a folder are sources. */
#include "base/limits.h"
#include "collection/inside.h"
#include "sys/dir.h"

#include <errno.h>

static const struct {
	const char *ending;
	enum source_form form;
} endings[] = {
	{ ".md", SOURCE_MARKDOWN },
	{ ".txt", SOURCE_PROSE },
	{ ".jsonl", SOURCE_JSON },
};

/* ".md" of "lushun.MD": capitals are no others. */
static bool
ends_as(struct bytes name, const char *ending)
{
	struct bytes end = bytes_str(ending);

	return name.n >= end.n &&
	    bytes_eq_nocase(bytes_sub(name, name.n - end.n, name.n), end);
}

bool
form_of(struct bytes name, enum source_form *ret)
{
	size_t i;

	for (i = 0; i < NELEM(endings); i++)
		if (ends_as(name, endings[i].ending)) {
			*ret = endings[i].form;
			return true;
		}
	return false;
}

struct bytes
without_ending(struct bytes name)
{
	size_t i;

	for (i = 0; i < NELEM(endings); i++)
		if (ends_as(name, endings[i].ending))
			return bytes_sub(name, 0, name.n - strlen(endings[i].ending));
	return name;
}

/* README, LICENSE and what begins with a dot stand beside a collection. */
static bool
is_left_out(struct bytes name)
{
	return bytes_starts(name, B(".")) || bytes_starts(name, B("README")) ||
	    bytes_starts(name, B("LICENSE"));
}

const char *
path_join(struct arena *a, const char *dir, struct bytes name)
{
	size_t n = strlen(dir);

	if (n && dir[n - 1] == '/')
		n--;
	return (const char *)arena_printf(a, "%.*s/%.*s", (int)n, dir, (int)name.n,
	    (const char *)name.p).p;
}

void
file_say(struct diag *d, enum diag_code code, const char *path, const char *fmt, ...)
{
	struct diag_at at = { .file = path };
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	diag_add(d, code, &at, "%.*s", (int)b.n, (const char *)b.p);
	buf_release(&b);
}

/* The division in whose folder the file stands. */
static size_t
division_of(const struct collection *c, const char *path)
{
	size_t i, n;

	for (i = 0; i < c->n_divisions; i++) {
		const char *dir = c->division[i].path;

		if (dir == NULL)
			continue;
		n = strlen(dir);
		if (strncmp(path, dir, n) == 0 && path[n] == '/')
			return i;
	}
	return COLLECTION_NONE;
}

int
file_add(struct collection *c, const char *path, enum source_form form, size_t root)
{
	struct file *v = arena_grow(&c->arena, c->file, c->n_files, &c->cap_files, sizeof(*v));

	if (v == NULL || path == NULL)
		return LEISHU_ENOMEM;
	c->file = v;
	v[c->n_files++] = (struct file){ { path, strcmp(path, "-") ? path : "stdin",
		form, division_of(c, path) }, root };
	return 0;
}

static int
add_entry(struct collection *c, const char *path, const struct sys_dirent *d, size_t root)
{
	enum source_form form;

	if (!form_of(d->name, &form))
		return 0;
	if (d->info.kind == SYS_FILE)
		return file_add(c, path, form, root);
	file_say(c->diag, DIAG_FILE_UNREADABLE, path, d->info.kind == SYS_NONE ?
	    "leads to nothing" : "is no regular file");
	return 0;
}

struct todo {
	const char *path;
	size_t depth;
};

static int
is_new(struct collection *c, const struct sys_info *info, const char *path, bool *fresh)
{
	uint64_t key[2] = { info->dev, info->ino };

	if (map_put(&c->seen, bytes_make(key, sizeof(key)), fresh) == NULL)
		return LEISHU_ENOMEM;
	if (!*fresh)
		file_say(c->diag, DIAG_DIR_LOOP, path, "the %s was read already by another way",
		    info->kind == SYS_DIR ? "folder" : "file");
	return 0;
}

int
path_is_new(struct collection *c, const char *path, bool *fresh)
{
	struct sys_info info = sys_info(path);

	return is_new(c, &info, path, fresh);
}

static int
list(struct collection *c, const struct todo *now, struct todo **stack, size_t *n,
    size_t *cap, size_t root)
{
	struct sys_dirent *d;
	size_t i, count;
	int rc;

	rc = sys_dir_list(now->path, &c->arena, &d, &count);
	if (rc == LEISHU_ENOMEM)
		return rc;
	if (rc < 0) {
		file_say(c->diag, DIAG_FILE_UNREADABLE, now->path, "cannot read the folder: %s",
		    rc == LEISHU_EIO ? strerror(errno) : leishu_strerror(rc));
		return 0;
	}
	for (i = 0; i < count; i++) {
		const char *path;
		bool fresh = true;
		struct todo *v;

		if (is_left_out(d[i].name))
			continue;
		if ((path = path_join(&c->arena, now->path, d[i].name)) == NULL)
			return LEISHU_ENOMEM;
		if (d[i].info.kind != SYS_DIR) {
			if ((rc = add_entry(c, path, &d[i], root)) < 0)
				return rc;
			continue;
		}
		if ((rc = is_new(c, &d[i].info, path, &fresh)) < 0)
			return rc;
		if (!fresh)
			continue;
		if (now->depth == LIMIT_DIR_DEPTH) {
			file_say(c->diag, DIAG_TOO_DEEP, path,
			    "folders are read %d levels deep", LIMIT_DIR_DEPTH);
			continue;
		}
		if ((v = arena_grow(&c->arena, *stack, *n, cap, sizeof(*v))) == NULL)
			return LEISHU_ENOMEM;
		*stack = v;
		v[(*n)++] = (struct todo){ path, now->depth + 1 };
	}
	return 0;
}

int
folder_walk(struct collection *c, const char *dir, size_t root)
{
	struct todo *stack = NULL, now = { dir, 0 };
	size_t n = 0, cap = 0;
	int rc;

	for (;;) {
		if ((rc = list(c, &now, &stack, &n, &cap, root)) < 0 || n == 0)
			return rc;
		now = stack[--n];
	}
}
