/* SPDX-License-Identifier: ISC */
/*
 * An author's first minute: build a folder, serve it, build again at every
 * change.  This process watches and builds; its child serves, sandboxed, and
 * is told by SIGHUP that a new book stands under the name.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <leishu/build.h>

#include "base/buf.h"
#include "base/limits.h"
#include "serve/run.h"

#define TICK_MS		100
#define QUIET_TICKS	2	/* without a change before the build begins */
#define FINDINGS_SHOWN	20	/* of one kind */
#define EVENTS	(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)

struct folder {
	const char *dir;
	char room[64];		/* a folder of our own for the book */
	char book[80];
	int watch;
	pid_t child;
};

static int
to_stderr(void *ctx, const void *p, size_t n)
{
	(void)ctx;
	return fwrite(p, 1, n, stderr) == n ? 0 : LEISHU_EIO;
}

static int
build(const struct folder *f, char why[SERVE_WHY])
{
	struct leishu_build_opts o;
	struct leishu_build *b = NULL;
	const char *bad = NULL;
	int rc;

	leishu_build_defaults(&o);
	o.paths = &f->dir;
	o.n_paths = 1;
	o.keep = FINDINGS_SHOWN;
	if ((rc = leishu_build_new(&o, &bad, &b)) == 0)
		rc = leishu_build_write(b, f->book);
	if (rc < 0)
		(void)snprintf(why, SERVE_WHY, "cannot build '%s': %s", f->dir,
		    rc == LEISHU_EIO ? strerror(errno) : leishu_strerror(rc));
	if (b) {
		uint64_t n = leishu_build_counts(b).entries;

		(void)leishu_build_report(b, LEISHU_REPORT_TEXT, LEISHU_WARNING, to_stderr, NULL);
		if (rc == 0)
			fprintf(stderr, "leishu: %llu %s built from '%s'\n",
			    (unsigned long long)n, n == 1 ? "entry" : "entries", f->dir);
	}
	leishu_build_free(b);
	return rc;
}

/* --- watching ------------------------------------------------------------- */

/* Watches path and the folders in it; watching one twice does no harm. */
static void
watch_tree(int fd, const char *path, unsigned depth)
{
	struct dirent *e;
	DIR *d;

	if (depth > LIMIT_DIR_DEPTH || inotify_add_watch(fd, path, EVENTS | IN_ONLYDIR) < 0 ||
	    (d = opendir(path)) == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		struct buf sub = { 0 };
		struct stat st;
		char *s;

		if (e->d_name[0] == '.')
			continue;
		buf_printf(&sub, "%s/%s", path, e->d_name);
		if ((s = buf_detach(&sub)) == NULL)
			continue;
		if (lstat(s, &st) == 0 && S_ISDIR(st.st_mode))
			watch_tree(fd, s, depth + 1);
		free(s);
	}
	(void)closedir(d);
}

/* Files editors keep beside the one that is edited. */
static bool
is_noise(const char *name)
{
	size_t n = strlen(name);

	return name[0] == '.' || name[0] == '#' || (n && name[n - 1] == '~') ||
	    (n > 4 && strcmp(name + n - 4, ".swp") == 0);
}

/* Reads what happened; true when sources may be other than they were. */
static bool
changed(const struct folder *f)
{
	_Alignas(struct inotify_event) char buf[16384];
	bool yes = false;
	ssize_t n, i;

	while ((n = read(f->watch, buf, sizeof(buf))) > 0)
		for (i = 0; i < n; ) {
			const struct inotify_event *e = (const void *)(buf + i);

			yes |= (e->mask & IN_Q_OVERFLOW) || e->len == 0 || !is_noise(e->name);
			i += (ssize_t)sizeof(*e) + e->len;
		}
	return yes;
}

/* --- the two processes ---------------------------------------------------- */

static int
start_child(struct folder *f, const struct serve_opts *o)
{
	struct serve_opts mine = *o;
	char why[SERVE_WHY];
	pid_t parent = getpid();

	mine.book = f->book;
	(void)fflush(NULL);
	if ((f->child = fork()) != 0)
		return f->child < 0 ? LEISHU_EIO : 0;
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	(void)close(f->watch);
	if (serve_book(&mine, why) < 0) {
		fprintf(stderr, "leishu: %s\n", why);
		_exit(1);
	}
	_exit(0);
}

/* Until a signal (0) or until the child is no more (its failure). */
static int
watch(struct folder *f, const sigset_t *set, char why[SERVE_WHY])
{
	struct timespec tick = { 0, TICK_MS * 1000000L };
	int quiet = 0, status;

	for (;;) {
		int sig = sigtimedwait(set, NULL, &tick);

		if (sig == SIGTERM || sig == SIGINT) {
			(void)kill(f->child, SIGTERM);
			while (waitpid(f->child, &status, 0) < 0 && errno == EINTR)
				;
			return 0;
		}
		if (waitpid(f->child, &status, WNOHANG) == f->child) {
			why[0] = 0;	/* it has said what it was */
			return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : LEISHU_EIO;
		}
		if (changed(f) || sig == SIGHUP)
			quiet = QUIET_TICKS;
		else if (quiet > 0 && --quiet == 0) {
			watch_tree(f->watch, f->dir, 0);
			if (build(f, why) < 0)
				fprintf(stderr, "leishu: %s; the old book stays\n", why);
			else
				(void)kill(f->child, SIGHUP);
		}
	}
}

static int
serve_folder(const struct serve_opts *o, char why[SERVE_WHY])
{
	struct folder f = { .dir = o->book, .watch = -1 };
	const char *tmp = getenv("TMPDIR");
	sigset_t set;
	int rc;

	if (tmp == NULL || strlen(tmp) > 40)
		tmp = "/tmp";
	(void)snprintf(f.room, sizeof(f.room), "%s/leishu-XXXXXX", tmp);
	if (mkdtemp(f.room) == NULL) {
		(void)snprintf(why, SERVE_WHY, "cannot make a folder in '%s': %s", tmp,
		    strerror(errno));
		return LEISHU_EIO;
	}
	(void)snprintf(f.book, sizeof(f.book), "%s/book", f.room);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	f.watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (f.watch >= 0)
		watch_tree(f.watch, f.dir, 0);
	if ((rc = build(&f, why)) == 0 && (rc = start_child(&f, o)) < 0)
		(void)snprintf(why, SERVE_WHY, "cannot start the server: %s", strerror(errno));
	if (rc == 0)
		rc = watch(&f, &set, why);
	if (f.watch >= 0)
		(void)close(f.watch);
	(void)unlink(f.book);
	(void)rmdir(f.room);
	return rc;
}

int
serve_run(const struct serve_opts *o, char why[SERVE_WHY])
{
	struct stat st;

	if (stat(o->book, &st) == 0 && S_ISDIR(st.st_mode))
		return serve_folder(o, why);
	return serve_book(o, why);
}
