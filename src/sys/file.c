/* SPDX-License-Identifier: ISC */
/* Files: maps, whole reads, atomic outputs, nameless spools. */
#include "sys/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUT_BUF		(256u << 10)
#define SPOOL_BUF	(64u << 10)
#define READ_STEP	(64u << 10)

/* --- maps and reads ------------------------------------------------------ */

static int
open_for_reading(const char *path, struct stat *st, int *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? LEISHU_ENOENT :
		    LEISHU_EIO;
	if (fstat(fd, st) < 0) {
		int saved = errno;

		(void)close(fd);
		errno = saved;
		return LEISHU_EIO;
	}
	*ret = fd;
	return 0;
}

int
sys_map_open(const char *path, struct sys_map *ret)
{
	struct stat st;
	void *p = NULL;
	int fd, saved, rc;

	if ((rc = open_for_reading(path, &st, &fd)) < 0)
		return rc;
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		rc = LEISHU_EIO;
	} else if (st.st_size > 0) {
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
		if (p == MAP_FAILED)
			rc = LEISHU_EIO;
	}
	saved = errno;
	(void)close(fd);
	errno = saved;
	if (rc < 0)
		return rc;
	ret->b = bytes_make(p, (size_t)st.st_size);
	ret->dev = (uint64_t)st.st_dev;
	ret->ino = (uint64_t)st.st_ino;
	ret->mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 +
	    st.st_mtim.tv_nsec;
	return 0;
}

void
sys_map_close(struct sys_map *m)
{
	if (m->b.p != NULL)
		(void)munmap((void *)(uintptr_t)m->b.p, m->b.n);
	*m = (struct sys_map){ 0 };
}

/* Up to n bytes; less only at the end.  false: errno says why. */
static bool
read_all(int fd, void *to, size_t n, size_t *got)
{
	ssize_t k;

	for (*got = 0; *got < n; *got += (size_t)k) {
		k = read(fd, (char *)to + *got, n - *got);
		if (k < 0 && errno == EINTR)
			k = 0;
		else if (k < 0)
			return false;
		else if (k == 0)
			break;
	}
	return true;
}

int
sys_read_file(const char *path, size_t max, struct buf *ret)
{
	struct stat st;
	unsigned char *to;
	size_t start = ret->n, got;
	int fd, saved, rc;

	if ((rc = open_for_reading(path, &st, &fd)) < 0)
		return rc;
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		rc = LEISHU_EIO;
	}
	if (S_ISREG(st.st_mode) && st.st_size > 0 &&
	    (uint64_t)st.st_size > max)
		rc = LEISHU_ELIMIT;
	while (rc == 0) {
		if ((to = buf_room(ret, READ_STEP)) == NULL)
			rc = ret->err;
		else if (!read_all(fd, to, READ_STEP, &got))
			rc = LEISHU_EIO;
		else {
			ret->n += got;
			if (ret->n - start > max)
				rc = LEISHU_ELIMIT;
			if (got < READ_STEP)
				break;
		}
	}
	saved = errno;
	(void)close(fd);
	errno = saved;
	if (rc < 0)
		ret->n = start;
	return rc;
}

/* --- a file that appears whole or not at all ----------------------------- */

struct sys_out {
	int fd;
	int err;	/* errno of the first failure */
	bool named;	/* tmp stands in the folder */
	char *path;
	char *dir;
	char *tmp;
	uint64_t done;	/* bytes handed to the system */
	size_t n;	/* bytes in buf */
	unsigned char buf[OUT_BUF];
};

/* The folder of path, "." when it names none; to free(). */
static char *
dir_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return strdup(".");
	return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A lock that goes with the open file.  (flock's header has our name.) */
static bool
lock(int fd)
{
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return fcntl(fd, F_OFD_SETLK, &l) == 0;
}

/*
 * Temporary files of builds that died: named as ours would be, and their
 * lock is free.  A living writer holds the lock.
 */
static void
sweep(const char *dir, const char *base)
{
	size_t n = strlen(base);
	struct dirent *e;
	DIR *d = opendir(dir);

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		const char *s = e->d_name;
		size_t len = strlen(s);
		int fd;

		if (len < n + 7 || s[0] != '.' || memcmp(s + 1, base, n) != 0 ||
		    s[n + 1] != '.' || strcmp(s + len - 4, ".tmp") != 0 ||
		    strspn(s + n + 2, "0123456789") != len - n - 6)
			continue;
		fd = openat(dirfd(d), s, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
		if (fd < 0)
			continue;
		if (lock(fd))
			(void)unlinkat(dirfd(d), s, 0);
		(void)close(fd);
	}
	(void)closedir(d);
}

int
sys_out_open(const char *path, struct sys_out **ret)
{
	struct sys_out *o;
	struct stat st;
	int rc = LEISHU_ENOMEM;

	if ((o = malloc(sizeof(*o))) == NULL)
		return LEISHU_ENOMEM;
	*o = (struct sys_out){ .fd = -1, .path = strdup(path),
	    .dir = dir_of(path) };
	if (o->path == NULL || o->dir == NULL ||
	    asprintf(&o->tmp, "%s/.%s.%ld.tmp", o->dir, base_of(path),
	    (long)getpid()) < 0) {
		o->tmp = NULL;
		goto out;
	}
	rc = LEISHU_EIO;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		goto out;
	}
	sweep(o->dir, base_of(path));
	/* Nameless where that can be: then a kill leaves nothing behind. */
	if (access("/proc/self/fd", X_OK) == 0)
		o->fd = open(o->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
	if (o->fd < 0) {
		o->fd = open(o->tmp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC |
		    O_NOFOLLOW, 0666);
		if (o->fd < 0)
			goto out;
		o->named = true;
		(void)lock(o->fd);
	}
	*ret = o;
	return 0;
out:
	sys_out_abort(o);
	return rc;
}

static void
put(struct sys_out *o, const unsigned char *p, size_t n)
{
	ssize_t k;

	while (n && o->err == 0) {
		k = write(o->fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			o->err = errno;
			return;
		}
		p += k;
		n -= (size_t)k;
		o->done += (uint64_t)k;
	}
}

static void
out_flush(struct sys_out *o)
{
	put(o, o->buf, o->n);
	o->n = 0;
}

void
sys_out_write(struct sys_out *o, struct bytes b)
{
	if (o->err || b.n == 0)
		return;
	if (b.n > OUT_BUF - o->n)
		out_flush(o);
	if (b.n >= OUT_BUF) {
		put(o, b.p, b.n);
		return;
	}
	memcpy(o->buf + o->n, b.p, b.n);
	o->n += b.n;
}

uint64_t
sys_out_tell(const struct sys_out *o)
{
	return o->done + o->n;
}

int
sys_out_error(const struct sys_out *o)
{
	if (o->err == 0)
		return 0;
	errno = o->err;
	return LEISHU_EIO;
}

void
sys_out_patch(struct sys_out *o, uint64_t at, struct bytes b)
{
	ssize_t k;

	out_flush(o);
	while (b.n && o->err == 0) {
		k = pwrite(o->fd, b.p, b.n, (off_t)at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			o->err = errno;
			return;
		}
		b = bytes_sub(b, (size_t)k, b.n);
		at += (uint64_t)k;
	}
}

/* Gives the nameless file its temporary name.  false: errno says why. */
static bool
give_name(struct sys_out *o)
{
	char link[64];

	if (o->named)
		return true;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", o->fd);
	(void)lock(o->fd);
	if (linkat(AT_FDCWD, link, AT_FDCWD, o->tmp, AT_SYMLINK_FOLLOW) < 0)
		return false;
	o->named = true;
	return true;
}

static void
sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)fsync(fd);
	(void)close(fd);
}

int
sys_out_commit(struct sys_out *o)
{
	int rc = LEISHU_EIO;

	out_flush(o);
	if (o->err) {
		errno = o->err;
		goto out;
	}
	if (fsync(o->fd) < 0 || !give_name(o) || rename(o->tmp, o->path) < 0)
		goto out;
	o->named = false;
	sync_dir(o->dir);
	rc = 0;
out:
	sys_out_abort(o);
	return rc;
}

void
sys_out_abort(struct sys_out *o)
{
	int saved = errno;

	if (o == NULL)
		return;
	if (o->named)
		(void)unlink(o->tmp);
	if (o->fd >= 0)
		(void)close(o->fd);
	free(o->path);
	free(o->dir);
	free(o->tmp);
	free(o);
	errno = saved;
}

/* --- spools -------------------------------------------------------------- */

struct sys_spool {
	int fd;
	uint64_t done;	/* bytes in the file */
	size_t n;	/* bytes in buf, which follow them */
	unsigned char buf[SPOOL_BUF];
};

int
sys_spool_open(const char *dir, struct sys_spool **ret)
{
	struct sys_spool *s;
	char *name = NULL;

	if ((s = malloc(sizeof(*s))) == NULL)
		return LEISHU_ENOMEM;
	s->done = s->n = 0;
	s->fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
	if (s->fd < 0 && asprintf(&name, "%s/.leishu-XXXXXX", dir) >= 0) {
		if ((s->fd = mkostemp(name, O_CLOEXEC)) >= 0)
			(void)unlink(name);
		free(name);
	}
	if (s->fd < 0) {
		int saved = errno;

		free(s);
		errno = saved;
		return LEISHU_EIO;
	}
	*ret = s;
	return 0;
}

static int
spool_put(struct sys_spool *s, const unsigned char *p, size_t n)
{
	ssize_t k;

	while (n) {
		k = pwrite(s->fd, p, n, (off_t)s->done);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return LEISHU_EIO;
		p += k;
		n -= (size_t)k;
		s->done += (uint64_t)k;
	}
	return 0;
}

int
sys_spool_write(struct sys_spool *s, struct bytes b)
{
	int rc;

	if (b.n == 0)
		return 0;
	if (b.n > SPOOL_BUF - s->n) {
		if ((rc = spool_put(s, s->buf, s->n)) < 0)
			return rc;
		s->n = 0;
		if (b.n >= SPOOL_BUF)
			return spool_put(s, b.p, b.n);
	}
	memcpy(s->buf + s->n, b.p, b.n);
	s->n += b.n;
	return 0;
}

uint64_t
sys_spool_size(const struct sys_spool *s)
{
	return s->done + s->n;
}

int
sys_spool_read(const struct sys_spool *s, uint64_t at, void *to, size_t n, size_t *got)
{
	size_t have = 0, part;
	ssize_t k;

	while (have < n && at < s->done) {
		part = (size_t)MIN(n - have, s->done - at);
		k = pread(s->fd, (char *)to + have, part, (off_t)at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return LEISHU_EIO;
		if (k == 0)	/* shorter than what was written */
			return LEISHU_EFORMAT;
		have += (size_t)k;
		at += (uint64_t)k;
	}
	if (have < n && at >= s->done && at - s->done < s->n) {
		part = MIN(n - have, s->n - (size_t)(at - s->done));
		memcpy((char *)to + have, s->buf + (at - s->done), part);
		have += part;
	}
	*got = have;
	return 0;
}

void
sys_spool_close(struct sys_spool *s)
{
	int saved = errno;

	if (s == NULL)
		return;
	(void)close(s->fd);
	free(s);
	errno = saved;
}
