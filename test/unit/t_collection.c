/* SPDX-License-Identifier: ISC */
/* Folders made for the test: order, what is left out, loops, references. */
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collection/collection.h"
#include "sys/file.h"
#include "t.h"

static char dir[] = "/tmp/t_collection.XXXXXX";

static const char *
in(const char *name)
{
	static char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void
put(const char *name, const char *text)
{
	FILE *f = fopen(in(name), "w");

	t_ok(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void
make_sources(void)
{
	static const char *const folders[] = { "c", "c/entries", "c/entries/one",
		"c/entries/two", "c/entries/.hid", "plain", "none" };
	size_t i;

	for (i = 0; i < NELEM(folders); i++)
		t_int(mkdir(in(folders[i]), 0755), 0);
	put("c/leishu.yaml", "title: {en: Title, zh-Hant: \xe9\xa1\x8c}\nlanguage: zh-Hant\n"
	    "divisions:\n  - {id: two, title: {en: Second}}\n  - one\n  - {title: no id}\nlicense: x\n");
	put("c/entries/one/a.md", "---\ntitle: A\n---\nx\n");
	put("c/entries/two/z.md", "---\ntitle: Z\n---\nx\n");
	put("c/entries/two/b.txt", "B\n\nText of it.\n");
	put("c/entries/root.jsonl", "{\"title\":\"R1\",\"body\":\"x\"}\n{\"title\":\"R2\",\"body\":\"x\"}\n");
	put("c/entries/README.md", "no entry");
	put("c/entries/.hid/h.md", "no entry");
	put("c/notes.md", "not below entries/");
	put("c/references.json", "[{\"id\":\"b\",\"type\":\"book\",\"n\":1.5},{\"type\":\"x\"},{\"id\":\"b\"}]");
	put("c/more.bib", "@string{jcs = \"J. of \\\"Uber\"}\n"
	    "@Article{a-1,\n author = {Li, Bai and Ann B. Smith and {The Team}},\n"
	    " title = {The {B}ig {\\'e}t\\'{e}}, journal = jcs # \" X\", year = 1999, pages={1--2}}\n"
	    "mail@example.org\n@book{broken, title = {no end\n");
	put("plain/x.md", "# X\n\nx\n");
	put("plain/y.csv", "no source");
	t_int(symlink(".", in("plain/loop")), 0);
	t_int(symlink("nowhere", in("plain/lost.md")), 0);
}

/* Opens, walks, and gives "id id id" with division numbers. */
static void
walk(const char *path, const char *want, struct diag *d, struct collection **ret)
{
	const char *const paths[] = { path };
	struct collection_walk *w = NULL;
	struct buf got = { 0 };
	struct arena a = { 0 };
	const char *bad;
	struct entry *e;
	size_t division;

	t_int(collection_open(paths, 1, d, &bad, ret), 0);
	t_int(collection_walk_new(*ret, d, &w), 0);
	while (collection_walk_next(w, &a, &e, &division) == 1) {
		buf_printf(&got, "%.*s:%d ", (int)e->id.n, (const char *)e->id.p, (int)division);
		arena_clear(&a);
	}
	t_bytes(buf_view(&got), bytes_str(want));
	collection_walk_free(w);
	arena_release(&a);
	buf_release(&got);
}

static int
gone(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

int
main(void)
{
	const char *bad, *const absent[] = { "/nonexistent/x" };
	const struct collection_division *v;
	struct collection *c = NULL;
	struct diag *d = NULL;
	char *above;
	size_t n;

	t_case("a folder with leishu.yaml");
	t_ok(mkdtemp(dir) != NULL);
	make_sources();
	t_int(diag_new(0, &d), 0);
	walk(in("c"), "b:0 z:0 a:1 root-1:-1 root-2:-1 ", d, &c);
	t_bytes(collection_title(c), B("\xe9\xa1\x8c"));
	t_bytes(collection_lang(c), B("zh-Hant"));
	v = collection_divisions(c, &n);
	t_int(n, 2);
	t_bytes(v[0].title, B("Second"));
	t_bytes(v[0].titles, B("{\"en\":\"Second\"}"));
	t_bytes(v[1].title, B("one"));
	t_int(diag_count_code(d, DIAG_COLLECTION_BAD), 1);
	t_int(diag_count_code(d, DIAG_FIELD_UNKNOWN), 1);

	t_case("references of both sorts");
	t_bytes(collection_references(c), B("{\"a-1\":{\"id\":\"a-1\",\"type\":\"article-journal\","
	    "\"author\":[{\"family\":\"Li\",\"given\":\"Bai\"},{\"family\":\"Smith\",\"given\":\"Ann B.\"},"
	    "{\"literal\":\"The Team\"}],\"issued\":{\"date-parts\":[[1999]]},\"title\":\"The Big \xc3\xa9t\xc3\xa9\","
	    "\"container-title\":\"J. of \xc3\x9c" "ber X\",\"page\":\"1-2\"},\"b\":{\"id\":\"b\",\"type\":\"book\",\"n\":1.5}}"));
	t_ok(collection_has_reference(c, B("a-1")));
	t_ok(!collection_has_reference(c, B("broken")));
	t_int(diag_count_code(d, DIAG_REFERENCES_BAD), 2);
	t_int(diag_count_code(d, DIAG_KEY_TWICE), 1);
	collection_close(c);
	diag_free(d);

	t_case("a plain folder, with a loop and a link to nothing");
	t_int(diag_new(0, &d), 0);
	walk(in("plain"), "x:-1 ", d, &c);
	t_int(diag_count_code(d, DIAG_DIR_LOOP), 1);
	t_int(diag_count_code(d, DIAG_FILE_UNREADABLE), 1);
	collection_close(c);

	t_case("an empty folder; a path that is not there");
	walk(in("none"), "", d, &c);
	t_int(diag_count_code(d, DIAG_COLLECTION_EMPTY), 1);
	collection_close(c);
	t_int(collection_open(absent, 1, d, &bad, &c), LEISHU_ENOENT);
	t_str(bad, absent[0]);
	diag_free(d);

	t_case("the collection above a file");
	above = collection_above(in("c/entries/one/a.md"));
	t_ok(above != NULL && bytes_ends(bytes_str(above), B("/c")));
	free(above);
	t_ok(collection_above(in("plain/x.md")) == NULL);
	(void)nftw(dir, gone, 8, FTW_DEPTH | FTW_PHYS);
	return t_done();
}
