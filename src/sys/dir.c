/* SPDX-License-Identifier: ISC */
#include "sys/dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static struct sys_info
info_from(const struct stat *st)
{
	struct sys_info i = {
		.kind = S_ISREG(st->st_mode) ? SYS_FILE :
		    S_ISDIR(st->st_mode) ? SYS_DIR : SYS_OTHER,
		.dev = (uint64_t)st->st_dev,
		.ino = (uint64_t)st->st_ino,
		.size = (uint64_t)st->st_size,
		.mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 +
		    st->st_mtim.tv_nsec,
	};

	return i;
}

struct sys_info
sys_info(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return (struct sys_info){ .kind = SYS_NONE };
	return info_from(&st);
}

static int
by_name(const void *a, const void *b)
{
	return bytes_cmp(((const struct sys_dirent *)a)->name,
	    ((const struct sys_dirent *)b)->name);
}

int
sys_dir_list(const char *path, struct arena *a, struct sys_dirent **ret, size_t *n)
{
	struct sys_dirent *v = NULL, *grown;
	size_t used = 0, cap = 0;
	struct dirent *e;
	struct stat st;
	DIR *d = opendir(path);
	int saved, rc = 0;

	if (d == NULL)
		return errno == ENOENT || errno == ENOTDIR ? LEISHU_ENOENT :
		    errno == ENOMEM ? LEISHU_ENOMEM : LEISHU_EIO;
	while (errno = 0, (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		grown = arena_grow(a, v, used, &cap, sizeof(*v));
		if (grown == NULL) {
			rc = a->err;
			goto out;
		}
		v = grown;
		v[used].name = arena_bytes(a, bytes_str(e->d_name));
		if (a->err) {
			rc = a->err;
			goto out;
		}
		v[used].info = (struct sys_info){ .kind = SYS_NONE };
		if (fstatat(dirfd(d), e->d_name, &st, 0) == 0)
			v[used].info = info_from(&st);
		used++;
	}
	if (errno)
		rc = LEISHU_EIO;
	else if (used)
		qsort(v, used, sizeof(*v), by_name);
out:
	saved = errno;
	(void)closedir(d);
	errno = saved;
	if (rc == 0) {
		*ret = v;
		*n = used;
	}
	return rc;
}

int
sys_dir_make(const char *path)
{
	if (mkdir(path, 0777) == 0)
		return 0;
	if (errno == EEXIST && sys_info(path).kind == SYS_DIR)
		return 0;
	return LEISHU_EIO;
}
