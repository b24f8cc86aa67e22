/* SPDX-License-Identifier: ISC */
#ifndef SYS_DIR_H
#define SYS_DIR_H

#include "base/arena.h"

enum sys_kind { SYS_NONE, SYS_FILE, SYS_DIR, SYS_OTHER };

/* What a path leads to, links followed. */
struct sys_info {
	enum sys_kind kind;	/* SYS_NONE: nothing, or a dangling link */
	uint64_t dev, ino;	/* the same for two ways to one folder */
	uint64_t size;
	int64_t mtime_ns;
};

/* Never fails: what cannot be looked at is SYS_NONE, with errno set. */
struct sys_info	sys_info(const char *path);

struct sys_dirent {
	struct bytes name;	/* a NUL follows */
	struct sys_info info;
};

/*
 * What stands in a folder, but "." and "..", in bytewise order of names,
 * made in the arena.  Returns 0, LEISHU_EIO (errno set), LEISHU_ENOENT or
 * LEISHU_ENOMEM.
 */
int	sys_dir_list(const char *path, struct arena *a, struct sys_dirent **ret,
	    size_t *n) MUST_CHECK;

/* Makes one folder; one that is there already is fine. */
int	sys_dir_make(const char *path) MUST_CHECK;

#endif
