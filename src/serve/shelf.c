/* SPDX-License-Identifier: ISC */
/* The book that is served, and how another takes its place. */
#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <sys/stat.h>

#include "base/sum.h"
#include "book/handle.h"
#include "serve/assets.h"
#include "serve/inside.h"

#define CACHE_BYTES	(32u << 20)

struct shelf {
	pthread_mutex_t lock;
	struct volume *now;
	char *path;
};

/* The linker's own sum over this program, where it left one. */
static int
add_build_id(struct dl_phdr_info *info, size_t n, void *ctx)
{
	struct buf *out = ctx;
	size_t i;

	(void)n;
	for (i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *ph = &info->dlpi_phdr[i];

		if (ph->p_type == PT_NOTE)
			buf_add(out, (const void *)(info->dlpi_addr + ph->p_vaddr), ph->p_memsz);
	}
	return 1;	/* the program stands first, libraries after it */
}

/*
 * The book's id, and what in this program its pages depend on.  No clock: the
 * same sources make the same program.
 */
static void
make_etag(struct volume *v)
{
	struct buf b = { 0 };
	size_t i;

	buf_le64(&b, leishu_book_id(v->handle));
	buf_puts(&b, leishu_version());
	(void)dl_iterate_phdr(add_build_id, &b);
	for (i = 0; i < n_assets; i++)
		buf_puts(&b, assets[i].url);
	(void)snprintf(v->etag, sizeof(v->etag), "%016llx",
	    (unsigned long long)sum64(buf_view(&b)));
	buf_release(&b);
}

static void
volume_free(struct volume *v)
{
	cache_free(v->cache);
	arena_release(&v->arena);
	leishu_book_close(v->handle);
	free(v);
}

static int
volume_open(const char *path, char *why, size_t n, struct volume **ret)
{
	struct volume *v = calloc(1, sizeof(*v));
	char chunk[5] = "";
	struct stat st;
	int rc = LEISHU_ENOMEM;

	if (v == NULL)
		goto out;
	atomic_init(&v->refs, 1);
	if (stat(path, &st) == 0) {
		v->dev = st.st_dev;
		v->ino = st.st_ino;
		v->mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	}
	if ((rc = leishu_book_open(path, chunk, &v->handle)) < 0)
		goto out;
	v->book = book_of(v->handle);
	make_etag(v);
	rc = LEISHU_ENOMEM;
	if ((v->cache = cache_new(CACHE_BYTES)) == NULL || (rc = site_read(v)) < 0)
		goto out;
	*ret = v;
	return 0;
out:
	if (chunk[0])
		(void)snprintf(why, n, "'%s' is damaged in chunk %s%s", path, chunk,
		    strcmp(chunk, "head") == 0 ? ", or no book at all" : "");
	else
		(void)snprintf(why, n, "cannot open '%s': %s", path,
		    rc == LEISHU_EIO ? strerror(errno) : leishu_strerror(rc));
	if (v)
		volume_free(v);
	return rc;
}

int
shelf_open(const char *path, char *why, size_t n, struct shelf **ret)
{
	struct shelf *s = calloc(1, sizeof(*s));
	int rc = LEISHU_ENOMEM;

	if (s == NULL || (s->path = bytes_dup(bytes_str(path))) == NULL) {
		(void)snprintf(why, n, "%s", leishu_strerror(rc));
		free(s);
		return rc;
	}
	if ((rc = volume_open(path, why, n, &s->now)) < 0) {
		free(s->path);
		free(s);
		return rc;
	}
	(void)pthread_mutex_init(&s->lock, NULL);
	*ret = s;
	return 0;
}

void
shelf_close(struct shelf *s)
{
	if (s == NULL)
		return;
	volume_unref(s->now);
	(void)pthread_mutex_destroy(&s->lock);
	free(s->path);
	free(s);
}

struct volume *
volume_ref(struct shelf *s)
{
	struct volume *v;

	(void)pthread_mutex_lock(&s->lock);
	v = s->now;
	atomic_fetch_add_explicit(&v->refs, 1, memory_order_relaxed);
	(void)pthread_mutex_unlock(&s->lock);
	return v;
}

void
volume_unref(struct volume *v)
{
	if (v && atomic_fetch_sub_explicit(&v->refs, 1, memory_order_acq_rel) == 1)
		volume_free(v);
}

/* Is another file now under the book's name? */
static bool
is_replaced(const struct shelf *s)
{
	const struct volume *v = s->now;
	struct stat st;

	if (stat(s->path, &st) < 0)
		return false;	/* gone: what is mapped is still good */
	return st.st_dev != v->dev || st.st_ino != v->ino ||
	    (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec != v->mtime_ns;
}

int
shelf_reload(struct shelf *s, bool force, char *why, size_t n)
{
	struct volume *fresh, *old;
	int rc;

	if (!force && !is_replaced(s))
		return 0;
	if ((rc = volume_open(s->path, why, n, &fresh)) < 0)
		return rc;
	(void)pthread_mutex_lock(&s->lock);
	old = s->now;
	s->now = fresh;
	(void)pthread_mutex_unlock(&s->lock);
	volume_unref(old);	/* goes with the last request that reads it */
	return 1;
}
