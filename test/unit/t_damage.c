/* SPDX-License-Identifier: ISC */
/*
 * Damaged books: cut at every byte, and with bits flipped.  Each is refused
 * or found out by fsck, with the chunk named; reading one never goes wrong.
 */
#include "t.h"

#include <leishu/build.h>
#include <leishu/find.h>
#include <leishu/render.h>
#include <leishu/search.h>
#include <leishu/timeline.h>
#include <unistd.h>

#include "book/handle.h"
#include "reseal.h"
#include "sys/file.h"

#define FLIPS	10000
#define RESEALED	6000
#ifndef FIELD_STEP
#define FIELD_STEP	7	/* every such byte is tried as a number's first; 1: all */
#endif

static char dir[] = "/tmp/leishu-t_damage-XXXXXX";

static uint32_t
rnd(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
make_sources(struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		buf_printf(b, "{\"id\":\"e%d\",\"title\":\"Entry %d\",\"names\":[\"條目第%d\","
		    "\"Запись %d\",{\"form\":\"Dàlián\",\"scheme\":\"pinyin\"}],"
		    "\"kind\":\"kind%d\",\"subjects\":[\"a/b\",\"c\"],"
		    "\"body\":\"On 14 February 1950 大連 and 旅順口, see [[Entry %d]] "
		    "and [[e%d]] and [[nowhere %d]]; 光緒二十四年 dacha %d.\"}\n",
		    i, i, i, i, i % 3, (i * 7) % n, (i * 3) % n, i % 4, i * 31);
	}
}

/* The image of a book of n entries, to free(). */
static struct bytes
make_book(int n)
{
	char src[512], book[512];
	const char *paths[1] = { src };
	struct leishu_build_opts o;
	struct leishu_build *b;
	struct buf text = { 0 }, img = { 0 };
	struct sys_out *out;

	(void)snprintf(src, sizeof(src), "%s/src.jsonl", dir);
	(void)snprintf(book, sizeof(book), "%s/x.book", dir);
	make_sources(&text, n);
	t_int(sys_out_open(src, &out), 0);
	sys_out_write(out, buf_view(&text));
	t_int(sys_out_commit(out), 0);
	leishu_build_defaults(&o);
	o.paths = paths;
	o.n_paths = 1;
	o.memory = 1 << 20;
	o.threads = 1;
	t_int(leishu_build_new(&o, NULL, &b), 0);
	t_int(leishu_build_write(b, book), 0);
	leishu_build_free(b);
	t_int(sys_read_file(book, 64 << 20, &img), 0);
	buf_release(&text);
	(void)unlink(src);
	(void)unlink(book);
	return buf_view(&img);
}

/* Every look a reader may take, whatever it gives. */
static void
use(const struct book *b)
{
	struct book_walk *w;
	struct book_group *g;
	struct arena a = { 0 };
	struct entry *e;
	struct card c;
	uint32_t i, *in, n = MIN(book_count(b), 64);
	size_t k;
	int o, rc = 0;

	for (i = 0; i < n; i++) {
		rc += book_card(b, i, &c);
		rc += book_entry(b, i, &a, &e);
		rc += book_links_in(b, i, &a, &in, &k);
		rc += (int)book_indegree(b, i);
		arena_clear(&a);
	}
	for (o = 0; o < ORDER__MAX; o++) {
		rc += book_groups(b, (enum book_order)o, &a, &g, &k);
		for (i = 0; i < n; i++)
			rc += (int)book_at(b, (enum book_order)o, i);
	}
	rc += (int)book_find_id(b, B("e7")) + (int)book_resolve(b, B("Entry 7"));
	rc += (int)book_reference(b, B("key")).n;
	if (book_walk_new(b, &w) == 0) {
		while (book_walk_next(w, &e) > 0)
			rc += (int)e->text.n;
		book_walk_free(w);
	}
	arena_release(&a);
	(void)rc;
}

static int
drop(void *ctx, const void *p, size_t n)
{
	*(size_t *)ctx += p != NULL ? n : 0;
	return 0;
}

/* And every question one may ask. */
static void
ask(const struct leishu_book *b)
{
	static const char *const queries[] = { "Entry 7", "條目", "dalian", "etnry 3",
	    "dl", "大连", "Запись", "dacha 31", "\"february 1950\"", "旅順口 entry" };
	struct leishu_events *events;
	struct leishu_search *search;
	struct leishu_hits *hits;
	size_t i, n = 0;
	int form, rc = 0;

	for (i = 0; i < NELEM(queries); i++) {
		const char *q = queries[i];

		if (leishu_find(b, q, strlen(q), NULL, &hits) == 0) {
			n += leishu_hits_count(hits) + leishu_hits_json(hits).n;
			leishu_hits_free(hits);
		}
		if (leishu_search(b, q, strlen(q), NULL, &search) == 0) {
			n += leishu_search_count(search) + leishu_search_json(search).n;
			leishu_search_free(search);
		}
	}
	if (leishu_timeline(b, "1800..2000", 10, NULL, &events) == 0) {
		n += leishu_events_count(events) + leishu_events_json(events).n;
		leishu_events_free(events);
	}
	for (form = 0; form < LEISHU_FORM__MAX; form++)
		for (i = 0; i < 3; i++)
			rc += leishu_render(b, (uint32_t)i, (enum leishu_form)form, drop, &n);
	rc += leishu_book_dump(b, drop, &n) + leishu_book_list(b, drop, &n);
	(void)rc;
}

/* Opens, proves and uses an exact copy; 0: nobody noticed anything. */
enum care { PROVE, USE, ASK };

static int
judge(struct bytes img, char chunk[5], enum care care)
{
	unsigned char *copy = malloc(img.n + !img.n);
	struct buf why = { 0 };
	const struct book *b;
	struct leishu_book *h;
	char other[5];
	int rc;

	memset(chunk, 0, 5);
	if (img.n)
		memcpy(copy, img.p, img.n);
	rc = handle_open_image(bytes_make(copy, img.n), chunk, &h);
	if (rc == 0) {
		b = book_of(h);
		rc = book_fsck(b, chunk, &why);
		if (care >= USE) {
			if (book_check(b, other, &why) == 0)
				buf_clear(&why);
			use(b);
		}
		if (care >= ASK)
			ask(h);
		leishu_book_close(h);
	}
	buf_release(&why);
	free(copy);
	return rc;
}

static void
test_cut(struct bytes img)
{
	size_t i, passed = 0, unnamed = 0;
	char chunk[5];

	t_case("each of %zu proper beginnings is refused by name", img.n);
	for (i = 0; i < img.n; i++) {
		passed += judge(bytes_sub(img, 0, i), chunk, PROVE) != LEISHU_EFORMAT;
		unnamed += strlen(chunk) != 4;
	}
	t_int(passed, 0);
	t_int(unnamed, 0);
	t_int(judge(img, chunk, ASK), 0);
}

static void
test_flips(struct bytes img, uint32_t seed, int n)
{
	unsigned char *copy = malloc(img.n);
	size_t passed = 0, unnamed = 0, at;
	unsigned char bit;
	char chunk[5];
	int i;

	t_case("%d flipped bits of %zu bytes are found by name (seed %u)", n,
	    img.n, seed);
	memcpy(copy, img.p, img.n);
	for (i = 0; i < n; i++) {
		at = (size_t)rnd(&seed) % img.n;
		bit = (unsigned char)(1u << (rnd(&seed) & 7));
		copy[at] ^= bit;
		/* To use it, too, is worth the time now and then. */
		passed += judge(bytes_make(copy, img.n), chunk, i % 64 == 0 ? ASK :
		    i % 8 == 0 ? USE : PROVE) != LEISHU_EFORMAT;
		unnamed += strlen(chunk) != 4;
		copy[at] ^= bit;
	}
	t_int(passed, 0);
	t_int(unnamed, 0);
	free(copy);
}

/* With the sums made right again readers meet the damage itself. */
static void
test_resealed(struct bytes img, uint32_t seed, int n)
{
	unsigned char *copy = malloc(img.n);
	size_t found = 0, k;
	char chunk[5];
	int i;

	t_case("%d damages with right sums are lived through (seed %u)", n, seed);
	for (i = 0; i < n; i++) {
		memcpy(copy, img.p, img.n);
		for (k = rnd(&seed) % 4 + 1; k > 0; k--)
			copy[rnd(&seed) % img.n] = (unsigned char)rnd(&seed);
		reseal(copy, img.n);
		found += judge(bytes_make(copy, img.n), chunk, i % 6 ? USE : ASK) != 0;
	}
	t_note("%zu of %d were noticed", found, n);
	t_ok(found > 0);
	free(copy);
}

static void
put_le(unsigned char *p, size_t width, uint64_t v)
{
	for (; width--; v >>= 8)
		*p++ = (unsigned char)v;
}

/*
 * Each number, of one, four and eight bytes, as nothing, as the most, and one
 * off, the sums right again: what is said of the book then may be anything
 * but a fault.
 */
static void
test_fields(struct bytes img)
{
	static const size_t widths[] = { 1, 4, 8 };
	static const int64_t change[] = { 0, -1, 1, -2 };	/* 0: to 0; -2: to the most */
	unsigned char *copy = malloc(img.n);
	size_t at, w, i, n = 0;
	char chunk[5];

	t_case("each number with right sums is lived through");
	for (at = 8; at < img.n; at += FIELD_STEP)
		for (w = 0; w < NELEM(widths) && at + widths[w] <= img.n; w++)
			for (i = 0; i < NELEM(change); i++) {
				uint64_t v = le64(img.p + MIN(at, img.n - 8));

				memcpy(copy, img.p, img.n);
				put_le(copy + at, widths[w], change[i] == 0 ? 0 :
				    change[i] == -2 ? UINT64_MAX : v + (uint64_t)change[i]);
				reseal(copy, img.n);
				n += judge(bytes_make(copy, img.n), chunk, ASK) != 0;
			}
	t_note("%zu were noticed", n);
	t_ok(n > 0);
	free(copy);
}

int
main(void)
{
	struct bytes small, large;

	if (mkdtemp(dir) == NULL)
		return t_skip_all("no folder in /tmp");
	t_case("the books to damage are built");
	small = make_book(12);
	large = make_book(300);	/* large enough for a dictionary */
	test_cut(small);
	test_flips(small, 1950, FLIPS);
	test_resealed(small, 214, RESEALED);
	test_fields(small);
	test_flips(large, 41, 200);
	test_resealed(large, 7, 300);
	free((void *)(uintptr_t)small.p);
	free((void *)(uintptr_t)large.p);
	t_case("nothing was left in the folder");
	t_int(rmdir(dir), 0);
	return t_done();
}
