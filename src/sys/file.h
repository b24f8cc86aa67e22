/* SPDX-License-Identifier: ISC */
#ifndef SYS_FILE_H
#define SYS_FILE_H

#include "base/buf.h"

/* A file mapped read-only; n 0 and p NULL for an empty one. */
struct sys_map {
	struct bytes b;
	uint64_t dev, ino;	/* tell a replaced file from the same one */
	int64_t mtime_ns;
};

/* Returns 0, LEISHU_EIO (errno set), LEISHU_ENOENT. */
int	sys_map_open(const char *path, struct sys_map *ret) MUST_CHECK;
void	sys_map_close(struct sys_map *m);

/* The whole of a regular file or stream, at most max bytes: else ELIMIT. */
int	sys_read_file(const char *path, size_t max, struct buf *ret) MUST_CHECK;

/*
 * A file that appears under its name only when it is whole: written in the
 * same folder without a name (where the file system cannot do that, as
 * ".NAME.PID.tmp"), synced and renamed by commit.  abort (or commit failing)
 * removes it; open removes what a killed writer of the same name left.  A
 * write error stays and is given by commit, with errno.
 */
struct sys_out;
int	sys_out_open(const char *path, struct sys_out **ret) MUST_CHECK;
void	sys_out_write(struct sys_out *o, struct bytes b);
uint64_t	sys_out_tell(const struct sys_out *o);
/* 0, or LEISHU_EIO with errno as it was at the first failure. */
int	sys_out_error(const struct sys_out *o);
/* Write over what was written before: headers known only at the end. */
void	sys_out_patch(struct sys_out *o, uint64_t at, struct bytes b);
int	sys_out_commit(struct sys_out *o) MUST_CHECK;	/* frees o */
void	sys_out_abort(struct sys_out *o);		/* frees o; NULL is fine */

/*
 * A nameless temporary file: written once from front to back, then read
 * anywhere.  It goes with its descriptor, also when the process is killed.
 */
struct sys_spool;
int	sys_spool_open(const char *dir, struct sys_spool **ret) MUST_CHECK;
int	sys_spool_write(struct sys_spool *s, struct bytes b) MUST_CHECK;
uint64_t	sys_spool_size(const struct sys_spool *s);
/* Up to n bytes from at; short only at the end.  Safe for many threads. */
int	sys_spool_read(const struct sys_spool *s, uint64_t at, void *to, size_t n, size_t *got)
	    MUST_CHECK;
void	sys_spool_close(struct sys_spool *s);

#endif
