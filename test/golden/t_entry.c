/* SPDX-License-Identifier: ISC */
/*
 * Sources beside what is made of them: entry/x.md (.txt, .jsonl) beside
 * x.tree and x.find, the findings; an absent x.find means none.  To add a
 * case, add the source and run this once with LEISHU_GOLDEN_WRITE=1, then
 * read what it wrote.
 */
#include "base/limits.h"
#include "dump.h"
#include "entry/read.h"
#include "sys/dir.h"
#include "sys/file.h"
#include "t.h"

static bool writing;

static struct bytes
read_file(const char *path, struct buf *b)
{
	buf_clear(b);
	if (sys_read_file(path, LIMIT_SOURCE, b) < 0)
		return (struct bytes){ NULL, 0 };
	return buf_view(b);
}

static void
compare(const char *path, struct bytes got)
{
	struct buf want = { 0 };

	if (writing) {
		struct sys_out *o = NULL;

		if (got.n == 0 || sys_out_open(path, &o) < 0)
			return;
		sys_out_write(o, got);
		t_int(sys_out_commit(o), 0);
		return;
	}
	t_bytes(got, read_file(path, &want));
	buf_release(&want);
}

/* What is stored and read back must be the same entry. */
static void
there_and_back(const struct entry *e)
{
	struct buf once = { 0 }, again = { 0 };
	struct arena a = { 0 };
	struct entry *got = NULL;

	entry_encode(e, &once);
	t_int(entry_decode(buf_view(&once), &a, &got), 0);
	if (got != NULL)
		entry_encode(got, &again);
	t_bytes(buf_view(&again), buf_view(&once));
	arena_release(&a);
	buf_release(&once);
	buf_release(&again);
}

static void
one(const char *dir, struct bytes name, struct bytes base, enum source_form form)
{
	struct entry_reader_opts o = { .base = base };
	struct buf source = { 0 }, tree = { 0 }, find = { 0 }, path = { 0 };
	struct entry_reader *r = NULL;
	struct arena a = { 0 };
	struct entry *e;
	int rc;

	t_case("%.*s", (int)name.n, (const char *)name.p);
	t_int(diag_new(0, &o.diag), 0);
	o.file = (const char *)name.p;
	buf_printf(&path, "%s/%s", dir, o.file);
	(void)read_file((const char *)path.p, &source);
	t_int(entry_reader_new(form, &o, buf_view(&source), &r), 0);
	while ((rc = entry_reader_next(r, &a, &e)) == 1) {
		dump_entry(e, &tree);
		there_and_back(e);
		arena_clear(&a);
	}
	t_int(rc, 0);
	diag_text(o.diag, LEVEL_OK, &find);
	buf_clear(&path);
	buf_printf(&path, "%s/%.*s.tree", dir, (int)base.n, (const char *)base.p);
	compare((const char *)path.p, buf_view(&tree));
	buf_clear(&path);
	buf_printf(&path, "%s/%.*s.find", dir, (int)base.n, (const char *)base.p);
	compare((const char *)path.p, buf_view(&find));
	entry_reader_free(r);
	diag_free(o.diag);
	arena_release(&a);
	buf_release(&source);
	buf_release(&tree);
	buf_release(&find);
	buf_release(&path);
}

int
main(void)
{
	static const char *const endings[SOURCE_FORM__MAX] = {
		[SOURCE_MARKDOWN] = ".md", [SOURCE_PROSE] = ".txt", [SOURCE_JSON] = ".jsonl" };
	const char *root = getenv("LEISHU_SOURCE");
	struct sys_dirent *list;
	struct arena a = { 0 };
	struct buf dir = { 0 };
	size_t n, i, k;

	writing = getenv("LEISHU_GOLDEN_WRITE") != NULL;
	buf_printf(&dir, "%s/test/golden/entry", root ? root : ".");
	if (sys_dir_list((const char *)dir.p, &a, &list, &n) < 0)
		return t_skip_all("test/golden/entry is not there");
	for (i = 0; i < n; i++)
		for (k = 0; k < NELEM(endings); k++) {
			struct bytes end = bytes_str(endings[k]);

			if (bytes_ends(list[i].name, end))
				one((const char *)dir.p, list[i].name, bytes_sub(list[i].name, 0,
				    list[i].name.n - end.n), (enum source_form)k);
		}
	arena_release(&a);
	buf_release(&dir);
	return t_done();
}
