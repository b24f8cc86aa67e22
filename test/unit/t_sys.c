/* SPDX-License-Identifier: ISC */
#include "t.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/dir.h"
#include "sys/file.h"
#include "sys/thread.h"

static char dir[] = "/tmp/leishu-t_sys-XXXXXX";

static const char *
in_dir(const char *name)
{
	static char path[2][512];
	static int turn;

	turn = !turn;
	(void)snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, name);
	return path[turn];
}

static size_t
files_in_dir(void)
{
	struct sys_dirent *v;
	struct arena a = { 0 };
	size_t n = SIZE_MAX;

	if (sys_dir_list(dir, &a, &v, &n) < 0)
		n = SIZE_MAX;
	arena_release(&a);
	return n;
}

static void
put_file(const char *name, struct bytes b)
{
	struct sys_out *o;

	t_int(sys_out_open(in_dir(name), &o), 0);
	sys_out_write(o, b);
	t_int(sys_out_commit(o), 0);
}

static void
check_file(const char *name, struct bytes want)
{
	struct buf b = { 0 };

	t_int(sys_read_file(in_dir(name), 1 << 20, &b), 0);
	t_bytes(buf_view(&b), want);
	buf_release(&b);
}

static void
test_out(void)
{
	struct sys_out *o;
	struct sys_map m;
	struct buf b = { 0 };
	char big[4096];
	int i;

	t_case("an output appears on commit and not before");
	t_int(sys_out_open(in_dir("a"), &o), 0);
	sys_out_write(o, B("hello world"));
	t_int(access(in_dir("a"), F_OK), -1);
	sys_out_patch(o, 6, B("there"));
	t_int(sys_out_tell(o), 11);
	t_int(sys_out_commit(o), 0);
	check_file("a", B("hello there"));

	t_case("an aborted output leaves the old file and nothing else");
	t_int(sys_out_open(in_dir("a"), &o), 0);
	sys_out_write(o, B("new"));
	sys_out_abort(o);
	check_file("a", B("hello there"));
	t_int(files_in_dir(), 1);

	t_case("more than the buffer holds arrives whole");
	memset(big, 'x', sizeof(big));
	t_int(sys_out_open(in_dir("big"), &o), 0);
	for (i = 0; i < 200; i++)
		sys_out_write(o, bytes_make(big, sizeof(big)));
	t_int(sys_out_commit(o), 0);
	t_int(sys_map_open(in_dir("big"), &m), 0);
	t_int(m.b.n, 200 * sizeof(big));
	t_int(m.b.p[m.b.n - 1], 'x');
	sys_map_close(&m);

	t_case("a file larger than allowed is refused");
	t_int(sys_read_file(in_dir("big"), 200 * sizeof(big), &b), 0);
	buf_clear(&b);
	t_int(sys_read_file(in_dir("big"), 200 * sizeof(big) - 1, &b), LEISHU_ELIMIT);
	t_int(b.n, 0);
	t_int(sys_read_file("/dev/zero", 1 << 20, &b), LEISHU_ELIMIT);
	buf_release(&b);
	(void)unlink(in_dir("big"));

	t_case("what is no regular file is not replaced");
	t_int(sys_out_open(dir, &o), LEISHU_EIO);
	t_int(errno, EISDIR);
	t_int(sys_out_open("/dev/null", &o), LEISHU_EIO);
	t_int(sys_out_open(in_dir("no/where"), &o), LEISHU_EIO);

	t_case("there is no such file");
	t_int(sys_map_open(in_dir("none"), &m), LEISHU_ENOENT);
	t_int(sys_map_open(dir, &m), LEISHU_EIO);

	t_case("an empty file is an empty map");
	put_file("empty", B(""));
	t_int(sys_map_open(in_dir("empty"), &m), 0);
	t_int(m.b.n, 0);
	sys_map_close(&m);
	(void)unlink(in_dir("empty"));
}

/* Temporary files of the dead go, those of the living stay. */
static void
test_sweep(void)
{
	static const char *const dead[] = { ".a.1.tmp", ".a.99999.tmp" };
	static const char *const other[] = { ".a.tmp", ".a.1x.tmp", ".b.1.tmp", ".a..tmp" };
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char lock[512];
	size_t i;
	int fd;

	t_case("stale temporary files of the same name are removed");
	for (i = 0; i < NELEM(dead); i++)
		put_file(dead[i], B("x"));
	for (i = 0; i < NELEM(other); i++)
		put_file(other[i], B("x"));
	put_file(".a.2.tmp", B("x"));
	(void)snprintf(lock, sizeof(lock), "%s", in_dir(".a.2.tmp"));
	fd = open(lock, O_RDWR);
	t_int(fcntl(fd, F_OFD_SETLK, &l), 0);	/* as a living writer holds it */
	put_file("a", B("new"));
	t_int(access(lock, F_OK), 0);
	(void)close(fd);
	put_file("a", B("new"));
	t_int(access(lock, F_OK), -1);
	for (i = 0; i < NELEM(dead); i++)
		t_int(access(in_dir(dead[i]), F_OK), -1);
	for (i = 0; i < NELEM(other); i++) {
		t_int(access(in_dir(other[i]), F_OK), 0);
		(void)unlink(in_dir(other[i]));
	}
}

/* In a child, since limits and kills end a process. */
static void
test_full(void)
{
	struct rlimit lim = { 300000, 300000 };
	char block[4096] = { 0 };
	struct sys_out *o;
	int status = 0, i;
	pid_t pid;

	t_case("a full disk is told by commit and the old file stays");
	put_file("a", B("old"));
	(void)fflush(stdout);
	if ((pid = fork()) == 0) {
		(void)signal(SIGXFSZ, SIG_IGN);
		(void)setrlimit(RLIMIT_FSIZE, &lim);
		if (sys_out_open(in_dir("a"), &o) < 0)
			_exit(1);
		for (i = 0; i < 100; i++)
			sys_out_write(o, bytes_make(block, sizeof(block)));
		i = sys_out_commit(o);
		_exit(i == LEISHU_EIO && errno == EFBIG ? 0 : 2);
	}
	t_ok(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	t_int(WEXITSTATUS(status), 0);
	check_file("a", B("old"));
	t_int(files_in_dir(), 1);

	t_case("a killed writer leaves the old file, the next one no rest");
	(void)fflush(stdout);
	if ((pid = fork()) == 0) {
		if (sys_out_open(in_dir("a"), &o) < 0)
			_exit(1);
		sys_out_write(o, B("half"));
		(void)raise(SIGKILL);
	}
	t_ok(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
	check_file("a", B("old"));
	put_file("a", B("next"));
	t_int(files_in_dir(), 1);
}

static void
test_spool(void)
{
	struct sys_spool *s;
	unsigned char got[16];
	size_t n, i;
	uint32_t v;

	t_case("a spool gives back what was written, in or out of its buffer");
	t_int(sys_spool_open(dir, &s), 0);
	t_int(files_in_dir(), 1);
	for (i = 0; i < 100000; i++) {
		v = (uint32_t)i;
		t_int(sys_spool_write(s, bytes_make(&v, 4)), 0);
	}
	t_int(sys_spool_size(s), 400000);
	for (i = 0; i < 100000; i += 37) {
		t_int(sys_spool_read(s, i * 4, got, 4, &n), 0);
		t_int(n, 4);
		memcpy(&v, got, 4);
		t_int(v, i);
	}
	t_int(sys_spool_read(s, 399996, got, 16, &n), 0);
	t_int(n, 4);
	t_int(sys_spool_read(s, 400000, got, 16, &n), 0);
	t_int(n, 0);
	sys_spool_close(s);
	t_int(sys_spool_open(in_dir("none"), &s), LEISHU_EIO);
}

static void
test_dir(void)
{
	static const char *const names[] = { "a", "b", "b-c", "sub" };
	struct sys_dirent *v = NULL;
	struct arena a = { 0 };
	size_t n = 0, i;

	t_case("a folder is listed in bytewise order, kinds seen through links");
	put_file("b-c", B("1"));
	t_int(sys_dir_make(in_dir("sub")), 0);
	t_int(sys_dir_make(in_dir("sub")), 0);
	t_int(sys_dir_make(in_dir("b-c")), LEISHU_EIO);
	t_int(symlink("sub", in_dir("b")), 0);
	t_int(sys_dir_list(dir, &a, &v, &n), 0);
	t_int(n, 4);
	for (i = 0; i < n && i < 4; i++)
		t_bytes(v[i].name, bytes_str(names[i]));
	t_int(v[1].info.kind, SYS_DIR);
	t_int(v[2].info.kind, SYS_FILE);
	t_int(v[2].info.size, 1);
	t_ok(v[1].info.ino == v[3].info.ino);
	t_int(sys_info(in_dir("nothing")).kind, SYS_NONE);
	t_int(sys_dir_list(in_dir("nothing"), &a, &v, &n), LEISHU_ENOENT);
	arena_release(&a);
	(void)unlink(in_dir("b"));
	(void)unlink(in_dir("b-c"));
	(void)rmdir(in_dir("sub"));
}

struct relay {
	struct sys_queue *q;
	uint64_t sum;
};

static void
drain(void *arg)
{
	struct relay *r = arg;
	uint64_t *v;

	while ((v = sys_queue_pop(r->q)) != NULL)
		r->sum += *v;
}

static void
test_queue(void)
{
	struct relay r = { 0 };
	struct sys_thread *t[2];
	uint64_t v[1000], want = 0;
	struct sys_queue *q;
	size_t i;

	t_case("a queue hands everything on, and ends when closed");
	t_int(sys_queue_new(4, &r.q), 0);
	t_int(sys_thread_start(drain, &r, &t[0]), 0);
	for (i = 0; i < NELEM(v); i++) {
		v[i] = i;
		want += i;
		t_ok(sys_queue_push(r.q, &v[i]));
	}
	sys_queue_close(r.q);
	sys_thread_join(t[0]);
	t_int(r.sum, want);
	t_ok(!sys_queue_push(r.q, &v[0]));
	sys_queue_free(r.q);
	t_int(sys_queue_new(0, &q), LEISHU_EINVAL);
	t_ok(sys_cpus() >= 1);
	t_ok(sys_clock_ns() <= sys_clock_ns());
}

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		return t_skip_all("no folder in /tmp");
	test_out();
	test_sweep();
	test_full();
	test_spool();
	test_dir();
	test_queue();
	(void)unlink(in_dir("a"));
	(void)rmdir(dir);
	return t_done();
}
