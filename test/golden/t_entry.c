/* SPDX-License-Identifier: ISC */
/*
 * Sources beside what is made of them: entry/x.md (.txt, .jsonl) beside
 * x.tree and x.find, the findings; an absent x.find means none.  Those in
 * annotate/ are also asked what they say without markup.  To add a case, add the source and run this once with LEISHU_GOLDEN_WRITE=1, then
 * read what it wrote.
 */
#include "annotate/annotate.h"
#include "base/limits.h"
#include "dump.h"
#include "entry/read.h"
#include "record/record.h"
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
one(const char *dir, bool annotate, struct bytes name, struct bytes base,
    enum source_form form)
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
		if (annotate) {
			t_int(annotate_entry(e, B("zh-Hant"), &a), 0);
			t_int(record_statements(e, &a), 0);
		}
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

static void
folder(const char *root, const char *name, bool annotate)
{
	static const char *const endings[SOURCE_FORM__MAX] = {
		[SOURCE_MARKDOWN] = ".md", [SOURCE_PROSE] = ".txt", [SOURCE_JSON] = ".jsonl" };
	struct sys_dirent *list;
	struct arena a = { 0 };
	struct buf dir = { 0 };
	size_t n, i, k;

	buf_printf(&dir, "%s/test/golden/%s", root, name);
	buf_putc(&dir, 0);
	if (sys_dir_list((const char *)dir.p, &a, &list, &n) < 0) {
		t_case("the folder %s", name);
		t_ok(false);
		n = 0;
	}
	for (i = 0; i < n; i++)
		for (k = 0; k < NELEM(endings); k++) {
			struct bytes end = bytes_str(endings[k]);

			if (bytes_ends(list[i].name, end))
				one((const char *)dir.p, annotate, list[i].name,
				    bytes_sub(list[i].name, 0, list[i].name.n - end.n),
				    (enum source_form)k);
		}
	arena_release(&a);
	buf_release(&dir);
}

/* The page that began it, when it is at hand: what must be seen in it. */
static void
seed(const char *shared)
{
	struct entry_reader_opts o = { .file = "seed.txt", .base = B("seed") };
	struct entry_reader *r = NULL;
	struct buf path = { 0 }, source = { 0 };
	struct arena a = { 0 };
	struct entry *e = NULL;
	size_t i, terms = 0, prose = 0;

	buf_printf(&path, "%s/seed/sino-soviet-treaty-1950.txt", shared ? shared : "");
	if (read_file((const char *)path.p, &source).n == 0) {
		t_note("the seed page is not here: left out");
		goto out;
	}
	t_case("the seed page");
	t_int(entry_reader_new(SOURCE_PROSE, &o, buf_view(&source), &r), 0);
	t_int(entry_reader_next(r, &a, &e), 1);
	t_int(annotate_entry(e, B("en"), &a), 0);
	t_bytes(e->title, B("The Sino-Soviet Treaty 1950"));
	t_bytes(e->published, B("2017-03-29"));
	t_bytes(e->author, B("Ulrich Theobald"));
	t_ok(bytes_starts(e->site, B("An Encyclopaedia")) && e->rights.n);
	t_ok(bytes_find(e->references, B("\"page\":\"309-334\"")) != SIZE_MAX);
	t_bytes(e->source, buf_view(&source));
	for (i = 0; i < e->n_spans; i++)
		terms += e->span[i].type == SPAN_TERM;
	for (i = 0; i < e->n_names; i++)
		prose += e->name[i].origin == NAME_PROSE;
	t_int(terms, 5);
	t_int(prose, 5);
out:
	entry_reader_free(r);
	arena_release(&a);
	buf_release(&path);
	buf_release(&source);
}

int
main(void)
{
	const char *root = getenv("LEISHU_SOURCE");

	writing = getenv("LEISHU_GOLDEN_WRITE") != NULL;
	folder(root ? root : ".", "entry", false);
	folder(root ? root : ".", "annotate", true);
	seed(getenv("LEISHU_SHARED"));
	return t_done();
}
