/* SPDX-License-Identifier: ISC */
/* Sources to a book and back: what is asked of it is what was written. */
#include "t.h"

#include <leishu/build.h>
#include <unistd.h>

#include "base/buf.h"
#include "book/book.h"
#include "sys/file.h"

static char dir[] = "/tmp/leishu-t_book-XXXXXX";

static const char *
in_dir(const char *name)
{
	static char path[16][512];
	static int turn;

	turn = (turn + 1) % 16;
	(void)snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, name);
	return path[turn];
}

static void
put_file(const char *name, struct bytes b)
{
	struct sys_out *o;

	t_int(sys_out_open(in_dir(name), &o), 0);
	sys_out_write(o, b);
	t_int(sys_out_commit(o), 0);
}

static int
add_to_buf(void *ctx, const void *p, size_t n)
{
	buf_add(ctx, p, n);
	return 0;
}

/* Builds sources into book; the findings as text into report, if not NULL. */
static void
build(const char *const *sources, size_t n, const char *book, size_t memory,
    unsigned int threads, struct buf *report)
{
	struct leishu_build_opts o;
	struct leishu_build *b;

	leishu_build_defaults(&o);
	o.paths = sources;
	o.n_paths = n;
	o.memory = memory;
	o.threads = threads;
	t_int(leishu_build_new(&o, NULL, &b), 0);
	t_int(leishu_build_write(b, book), 0);
	if (report != NULL)
		t_int(leishu_build_report(b, LEISHU_REPORT_TEXT, LEISHU_NOTE,
		    add_to_buf, report), 0);
	leishu_build_free(b);
}

static struct book *
open_book(const char *name)
{
	struct book *b = NULL;
	struct buf why = { 0 };
	char chunk[5];

	t_int(book_open(in_dir(name), chunk, &b), 0);
	t_int(book_fsck(b, chunk, &why), 0);
	if (why.n)
		t_note("%s: %.*s", chunk, (int)why.n, (const char *)why.p);
	buf_release(&why);
	return b;
}

/* --- a small book --------------------------------------------------------- */

static const char small[] =
	"{\"id\":\"dalian\",\"title\":\"Dalian\",\"names\":[\"大連\"],\"kind\":\"place\","
	"\"subjects\":[\"history/places\"],\"body\":\"See [[lushun]] and [[lushun]].\"}\n"
	"{\"id\":\"lushun\",\"title\":\"Lüshun\",\"names\":[\"旅順\",\"Port Arthur\"],"
	"\"kind\":\"place\",\"body\":\"Near [[Dalian]]; see [[nowhere]] and [[Lüshun]].\"}\n"
	"{\"id\":\"war\",\"title\":\"A war\",\"kind\":\"event\","
	"\"body\":\"Fought at [[port arthur|the port]] and [[大连]].\"}\n"
	"{\"id\":\"void\",\"title\":\"Void\"}\n";

static void
test_small(void)
{
	static const char *const ids[] = { "dalian", "lushun", "war", "void" };
	const char *src = in_dir("small.jsonl");
	struct arena a = { 0 };
	struct book_group *g;
	struct book *b;
	struct entry *e;
	struct card c;
	uint32_t i, *in;
	size_t n;

	t_case("every entry is found by its id and given back");
	put_file("small.jsonl", bytes_str(small));
	build(&src, 1, in_dir("small.book"), 64 << 20, 2, NULL);
	b = open_book("small.book");
	t_int(book_count(b), 4);
	for (i = 0; i < NELEM(ids); i++) {
		t_int(book_find_id(b, bytes_str(ids[i])), i);
		t_int(book_entry(b, i, &a, &e), 0);
		t_bytes(e->id, bytes_str(ids[i]));
	}
	t_int(book_find_id(b, B("nothing")), BOOK_NONE);
	t_int(book_find_id(b, B("")), BOOK_NONE);
	t_int(book_entry(b, 4, &a, &e), LEISHU_ENOENT);

	t_case("a card shows title, kind and the form in another script");
	t_int(book_card(b, 1, &c), 0);
	t_bytes(c.title, B("Lüshun"));
	t_bytes(c.form, B("旅順"));
	t_bytes(c.kind, B("place"));
	t_int(book_card(b, 3, &c), 0);
	t_bytes(c.form, B(""));
	t_bytes(c.kind, B(""));
	t_int(book_card(b, 4, &c), LEISHU_ENOENT);

	t_case("links lead by id, by name, by a name's other spelling, or nowhere");
	t_int(book_resolve(b, B("lushun")), 1);
	t_int(book_resolve(b, B("Dalian")), 0);
	t_int(book_resolve(b, B("大连")), 0);
	t_int(book_resolve(b, B("port arthur")), 1);
	t_int(book_resolve(b, B("nowhere")), BOOK_NONE);
	t_int(book_resolve(b, B("not linked to")), BOOK_NONE);

	t_case("links in are counted once an entry, and not from itself");
	t_int(book_links_in(b, 1, &a, &in, &n), 0);
	t_int(n, 2);
	t_int(n > 0 ? in[0] : 9, 0);
	t_int(n > 1 ? in[1] : 9, 2);
	t_int(book_indegree(b, 1), 2);
	t_int(book_indegree(b, 0), 2);
	t_int(book_indegree(b, 3), 0);
	t_int(book_links_in(b, 3, &a, &in, &n), 0);
	t_int(n, 0);

	t_case("orders are groups of entries");
	t_int(book_groups(b, ORDER_KIND, &a, &g, &n), 0);
	t_int(n, 2);
	t_bytes(n > 1 ? g[1].label : B(""), B("place"));
	t_int(n > 1 ? g[1].n : 0, 2);
	t_int(n > 1 ? book_at(b, ORDER_KIND, g[1].first) : 9, 0);
	t_int(book_at(b, ORDER_KIND, 3), BOOK_NONE);
	t_int(book_groups(b, ORDER_SUBJECT, &a, &g, &n), 0);
	t_int(n, 1);
	arena_release(&a);
	book_close(b);
}

static void
test_orders(void)
{
	static const char text[] =
	    "{\"id\":\"a\",\"title\":\"重慶\",\"names\":[\"Chóngqìng\"],\"body\":\".\"}\n"
	    "{\"id\":\"b\",\"title\":\"一行\",\"body\":\".\"}\n"
	    "{\"id\":\"c\",\"title\":\"Canton\",\"names\":[\"廣州\"],\"body\":\".\"}\n"
	    "{\"id\":\"d\",\"title\":\"1911\",\"body\":\".\"}\n"
	    "{\"id\":\"e\",\"title\":\"馬王堆\",\"body\":\".\"}\n"
	    "{\"id\":\"f\",\"title\":\"…\",\"body\":\".\"}\n";
	static const struct {
		enum book_order order;
		const char *groups;	/* label=ids in order */
	} cases[] = {
		{ ORDER_PINYIN, "C=ca M=e Y=b #=fd " },
		{ ORDER_STROKE, "1=b 9=a 10=e 14=c " },
		{ ORDER_RADICAL, "一=b 广=c 里=a 馬=e " },
		{ ORDER_KIND, "" },
	};
	const char *src = in_dir("small.jsonl");
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct book_group *g;
	struct book *b;
	struct card c;
	size_t i, k, n;
	uint32_t p;

	put_file("small.jsonl", bytes_str(text));
	build(&src, 1, in_dir("small.book"), 1 << 20, 1, NULL);
	b = open_book("small.book");
	for (i = 0; i < NELEM(cases); i++) {
		t_case("order %d: by the entry's own reading, numbers as numbers",
		    cases[i].order);
		buf_clear(&got);
		t_int(book_groups(b, cases[i].order, &a, &g, &n), 0);
		for (k = 0; k < n; k++) {
			buf_printf(&got, "%.*s=", (int)g[k].label.n, (const char *)g[k].label.p);
			for (p = g[k].first; p < g[k].first + g[k].n; p++) {
				t_int(book_card(b, book_at(b, cases[i].order, p), &c), 0);
				buf_bytes(&got, c.id);
			}
			buf_putc(&got, ' ');
		}
		t_bytes(buf_view(&got), bytes_str(cases[i].groups));
	}
	arena_release(&a);
	buf_release(&got);
	book_close(b);
}

static void
test_near(void)
{
	static const struct {
		const char *id, *near;	/* the likest, or NULL */
	} cases[] = {
		{ "e17", "e17" }, { "E170", "e170" }, { "e1999x", "e1999" },
		{ "zzzzzzzz", NULL }, { "", NULL },
	};
	struct book *b = open_book("want.book");
	struct card c;
	uint32_t no[3];
	size_t i, n;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("ids near '%s'", cases[i].id);
		n = book_near_ids(b, bytes_str(cases[i].id), no, NELEM(no));
		if (cases[i].near == NULL) {
			t_int(n, 0);
			continue;
		}
		t_ok(n > 0 && book_card(b, no[0], &c) == 0 &&
		    bytes_eq(c.id, bytes_str(cases[i].near)));
	}
	book_close(b);
}

static void
test_findings(void)
{
	const char *src[2] = { in_dir("b.jsonl"), in_dir("a.jsonl") };
	struct buf r = { 0 };
	struct book *b;
	size_t i;
	static const char *const ids[] = { "x~3", "x~2", "y", "x", "x~4", "z" };

	t_case("of equal ids the first file in order keeps it; free numbers are given");
	put_file("b.jsonl", B("{\"id\":\"x\",\"title\":\"1\",\"body\":\"b\"}\n"
	    "{\"id\":\"x~2\",\"title\":\"2\",\"body\":\"b\"}\n"
	    "{\"id\":\"y\",\"title\":\"3\",\"body\":\"[[z]] [[gone]]\"}\n"));
	put_file("a.jsonl", B("{\"id\":\"x\",\"title\":\"4\",\"body\":\"b\"}\n"
	    "{\"id\":\"x~2\",\"title\":\"5\",\"body\":\"b\"}\n"
	    "{\"id\":\"z\",\"title\":\"6\",\"body\":\"b\"}\n"));
	build(src, 2, in_dir("two.book"), 1, 1, &r);
	b = open_book("two.book");
	/* a.jsonl's x~2 keeps its id against b.jsonl's, which gets the next. */
	for (i = 0; i < NELEM(ids); i++)
		if (book_find_id(b, bytes_str(ids[i])) == BOOK_NONE)
			t_note("no %s", ids[i]);
	t_int(book_count(b), 6);
	t_ok(book_find_id(b, B("x")) != BOOK_NONE);
	t_ok(book_find_id(b, B("x~2")) != BOOK_NONE);
	t_ok(book_find_id(b, B("x~3")) != BOOK_NONE);
	t_ok(book_find_id(b, B("x~4")) != BOOK_NONE);
	book_close(b);

	t_case("findings name both entries of an id, and the dangling link");
	t_ok(bytes_find(buf_view(&r), B("error: the id 'x' is taken by ")) != SIZE_MAX);
	t_ok(bytes_find(buf_view(&r), B("a.jsonl:1; this entry is 'x~3'")) != SIZE_MAX);
	t_ok(bytes_find(buf_view(&r), B("no entry is called 'gone'")) != SIZE_MAX);
	t_ok(bytes_find(buf_view(&r), B("'z'")) == SIZE_MAX);
	buf_release(&r);
}

/* --- many entries ---------------------------------------------------------- */

#define MANY	2500

static void
make_many(void)
{
	static const char *const words[] = { "旅順", "東清鐵路", "treaty", "of",
	    "friendship", "Дружба", "1950", "年", "二月", "Dàlián", "harbour" };
	struct buf b = { 0 };
	uint32_t seed = 1;
	int i, k;

	for (i = 0; i < MANY; i++) {
		buf_printf(&b, "{\"id\":\"e%d\",\"title\":\"Entry %d 條目%d\",\"names\":"
		    "[\"name %d\"],\"kind\":\"k%d\",\"body\":\"", i % (MANY - 5), i, i % 50,
		    i % 700, i % 7);
		for (k = 0; k < 40; k++) {
			seed = seed * 1664525u + 1013904223u;
			buf_printf(&b, "%s ", words[(seed >> 16) % NELEM(words)]);
			if (k % 13 == 0)
				buf_printf(&b, "[[name %u]] ", (seed >> 8) % 900);
		}
		buf_puts(&b, "\"}\n");
	}
	put_file("many.jsonl", buf_view(&b));
	buf_release(&b);
}

static void
test_same(void)
{
	static const struct {
		size_t memory;
		unsigned int threads;
	} cases[] = { { 1, 1 }, { 1, 2 }, { 4u << 20, 3 }, { 512u << 20, 1 } };
	const char *src = in_dir("many.jsonl");
	struct sys_map want, got;
	size_t i;

	make_many();
	build(&src, 1, in_dir("want.book"), 512u << 20, 2, NULL);
	t_int(sys_map_open(in_dir("want.book"), &want), 0);
	for (i = 0; i < NELEM(cases); i++) {
		t_case("the same bytes with memory %zu and %u threads",
		    cases[i].memory, cases[i].threads);
		build(&src, 1, in_dir("got.book"), cases[i].memory,
		    cases[i].threads, NULL);
		t_int(sys_map_open(in_dir("got.book"), &got), 0);
		t_ok(bytes_eq(got.b, want.b));
		sys_map_close(&got);
	}
	sys_map_close(&want);
}

static void
test_dump(void)
{
	const char *src = in_dir("dump.jsonl");
	struct leishu_book *h;
	struct book *b, *again;
	struct book_walk *v, *w;
	struct buf out = { 0 };
	struct entry *x, *y;
	char chunk[5];

	t_case("what dump gives builds into an equal book");
	t_int(leishu_book_open(in_dir("want.book"), chunk, &h), 0);
	t_int(leishu_book_dump(h, add_to_buf, &out), 0);
	leishu_book_close(h);
	put_file("dump.jsonl", buf_view(&out));
	build(&src, 1, in_dir("again.book"), 64u << 20, 2, NULL);
	b = open_book("want.book");
	again = open_book("again.book");
	t_int(book_count(again), book_count(b));
	t_int(book_count(again), MANY);
	t_int(book_walk_new(b, &v), 0);
	t_int(book_walk_new(again, &w), 0);
	while (book_walk_next(v, &x) > 0 && book_walk_next(w, &y) > 0) {
		struct buf p = { 0 }, q = { 0 };

		entry_encode(x, &p);
		entry_encode(y, &q);
		t_bytes(buf_view(&q), buf_view(&p));
		buf_release(&p);
		buf_release(&q);
	}
	book_walk_free(v);
	book_walk_free(w);
	book_close(b);
	book_close(again);
	buf_release(&out);
}

static int
stop_soon(void *ctx, const char *step, uint64_t done, uint64_t total)
{
	(void)step;
	(void)total;
	return done > *(const uint64_t *)ctx;
}

/* An entry of each form, and what JSON cannot say plainly. */
static void
test_wrapped(void)
{
	static const char *const name[] = { "w.md", "w.txt", "w.jsonl" };
	const char *src[3], *again = in_dir("dump.jsonl");
	struct book *b;
	struct arena a = { 0 };
	struct leishu_book *h;
	struct buf out = { 0 }, p = { 0 }, q = { 0 };
	struct entry *e;
	uint32_t i;

	t_case("an entry of any form, and bytes that are no UTF-8, come back");
	put_file("w.md", B("---\ntitle: A \xff\n---\n*Bad* \xfe bytes.\n"));
	put_file("w.txt", B("A title\n\nA paragraph of prose \xe6\x97\x85.\n"));
	put_file("w.jsonl", B("{\"title\":\"no id\",\"body\":\"x\"}\n"));
	for (i = 0; i < 3; i++)
		src[i] = in_dir(name[i]);
	build(src, 3, in_dir("want.book"), 1 << 20, 1, NULL);
	t_int(leishu_book_open(in_dir("want.book"), NULL, &h), 0);
	t_int(leishu_book_dump(h, add_to_buf, &out), 0);
	put_file("dump.jsonl", buf_view(&out));
	build(&again, 1, in_dir("again.book"), 1 << 20, 1, NULL);
	b = open_book("again.book");
	t_int(book_count(b), 3);
	for (i = 0; i < leishu_book_count(h); i++) {
		buf_clear(&p);
		buf_clear(&q);
		arena_clear(&a);
		t_int(leishu_book_source(h, i, add_to_buf, &p), 0);
		t_int(book_entry(b, i, &a, &e), 0);
		t_bytes(e->source, buf_view(&p));
	}
	t_int(book_find_id(b, B("w-1")), 2);
	t_int(book_entry(b, 0, &a, &e), 0);
	t_int(e->form, SOURCE_MARKDOWN);
	t_bytes(e->text, B("Bad \xef\xbf\xbd bytes."));
	arena_release(&a);
	book_close(b);
	leishu_book_close(h);
	buf_release(&out);
	buf_release(&p);
	buf_release(&q);
}

static void
test_stop(void)
{
	const char *src = in_dir("many.jsonl");
	uint64_t after[] = { 0, MANY / 2, MANY - 1 };
	struct leishu_build_opts o;
	struct leishu_build *b;
	struct sys_map was, now;
	size_t i;

	t_case("a build that is stopped leaves the old book");
	t_int(sys_map_open(in_dir("want.book"), &was), 0);
	for (i = 0; i < NELEM(after); i++) {
		leishu_build_defaults(&o);
		o.paths = &src;
		o.n_paths = 1;
		o.progress = stop_soon;
		o.ctx = &after[i];
		t_int(leishu_build_new(&o, NULL, &b), 0);
		t_int(leishu_build_write(b, in_dir("want.book")), LEISHU_ESTOPPED);
		leishu_build_free(b);
	}
	t_int(sys_map_open(in_dir("want.book"), &now), 0);
	t_ok(was.ino == now.ino && bytes_eq(was.b, now.b));
	sys_map_close(&was);
	sys_map_close(&now);

	t_case("a path that is not there is named");
	{
		const char *bad = NULL, *none = in_dir("none.jsonl");

		leishu_build_defaults(&o);
		o.paths = &none;
		o.n_paths = 1;
		t_int(leishu_build_new(&o, &bad, &b), LEISHU_ENOENT);
		t_ok(bad == none);
		o.n_paths = 0;
		t_int(leishu_build_new(&o, &bad, &b), LEISHU_EINVAL);
	}
}

static void
test_empty(void)
{
	const char *src = in_dir("empty.jsonl");
	struct book *b;

	t_case("a book of nothing is a book");
	put_file("empty.jsonl", B(""));
	build(&src, 1, in_dir("empty.book"), 1 << 20, 2, NULL);
	b = open_book("empty.book");
	t_int(book_count(b), 0);
	t_int(book_find_id(b, B("a")), BOOK_NONE);
	t_int(book_resolve(b, B("a")), BOOK_NONE);
	book_close(b);
}

int
main(void)
{
	static const char *const files[] = { "small.jsonl", "small.book", "a.jsonl",
	    "b.jsonl", "two.book", "many.jsonl", "want.book", "got.book",
	    "dump.jsonl", "again.book",
	    "w.md", "w.txt", "w.jsonl", "empty.jsonl", "empty.book" };
	size_t i;

	if (mkdtemp(dir) == NULL)
		return t_skip_all("no folder in /tmp");
	test_small();
	test_orders();
	test_findings();
	test_same();
	test_near();
	test_dump();
	test_stop();
	test_wrapped();
	test_empty();
	for (i = 0; i < NELEM(files); i++)
		(void)unlink(in_dir(files[i]));
	t_case("nothing else was left in the folder");
	t_int(rmdir(dir), 0);
	return t_done();
}
