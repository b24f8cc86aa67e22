/* SPDX-License-Identifier: ISC */
#include "base/arena.h"
#include "base/buf.h"
#include "base/distance.h"
#include "base/json.h"
#include "base/map.h"
#include "base/rd.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "t.h"

static const struct {
	const char *in;
	size_t n;
	const char *json;
	size_t first_bad;
	size_t count;
} texts[] = {
	{ "abc", 3, "abc", SIZE_MAX, 3 },
	{ "\xe6\x97\x85\xe9\xa0\x86", 6, "\xe6\x97\x85\xe9\xa0\x86", SIZE_MAX, 2 },
	{ "a\x80z", 3, "a\xef\xbf\xbdz", 1, 3 },
	{ "\xe6\x97", 2, "\xef\xbf\xbd", 0, 1 },
	{ "\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 0, 3 },
	{ "\xf0\xa0\x80\x80", 4, "\xf0\xa0\x80\x80", SIZE_MAX, 1 },
	{ "\xf4\x90\x80\x80", 4, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 0, 4 },
	{ "\xc0\xaf", 2, "\xef\xbf\xbd\xef\xbf\xbd", 0, 2 },
	{ "a\"b\\c\n\t\x01\0", 9, "a\\\"b\\\\c\\n\\t\\u0001\\u0000", SIZE_MAX, 9 },
};

static void
test_text(void)
{
	size_t i;

	for (i = 0; i < NELEM(texts); i++) {
		struct bytes s = bytes_make(texts[i].in, texts[i].n);
		struct buf b = { 0 };

		t_case("text %zu", i);
		json_escape(&b, s);
		t_bytes(buf_view(&b), bytes_str(texts[i].json));
		t_int(utf8_check(s), texts[i].first_bad);
		t_int(utf8_count(s), texts[i].count);
		buf_release(&b);
	}
	t_case("a cut splits no code point");
	t_int(utf8_cut(B("\xe6\x97\x85\xe9\xa0\x86"), 5).n, 3);
	t_int(utf8_cut(B("\xe6\x97\x85\xe9\xa0\x86"), 6).n, 6);
	t_int(utf8_cut(B("ab"), 1).n, 1);
	t_int(utf8_prev(B("a\xe6\x97\x85"), 4), 1);
	t_int(utf8_prev(B("a\xe6\x97\x85"), 1), 0);
}

static void
test_varint(void)
{
	static const uint64_t v[] = { 0, 1, 127, 128, 16383, 16384,
		UINT32_MAX, (uint64_t)UINT32_MAX + 1, UINT64_MAX };
	struct buf b = { 0 };
	struct rd r;
	size_t i;

	t_case("varints come back");
	for (i = 0; i < NELEM(v); i++)
		buf_varint(&b, v[i]);
	r = rd_make(buf_view(&b));
	for (i = 0; i < NELEM(v); i++)
		t_ok(rd_varint(&r) == v[i]);
	t_ok(!r.bad && rd_left(&r) == 0);
	(void)rd_varint(&r);
	t_ok(r.bad);

	t_case("eleven bytes are no varint");
	r = rd_make(B("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
	t_int(rd_varint(&r), 0);
	t_ok(r.bad);

	t_case("a blob longer than the rest is damage");
	r = rd_make(B("\x05" "abcd"));
	t_int(rd_blob(&r).n, 0);
	t_ok(r.bad);
	buf_release(&b);
}

static void
test_limits(void)
{
	struct buf b;
	struct arena a;
	int *v = NULL;
	size_t cap = 0, n;

	t_case("a buffer stops at its limit and stays stopped");
	buf_init(&b, 100);
	for (n = 0; n < 100; n++)
		buf_putc(&b, 'x');
	t_int(b.err, 0);
	t_int(b.n, 100);
	buf_putc(&b, 'x');
	t_int(b.err, LEISHU_ELIMIT);
	buf_clear(&b);
	buf_puts(&b, "y");
	t_int(b.n, 1);
	buf_release(&b);

	t_case("an arena stops at its limit");
	arena_init(&a, 64);
	t_ok(arena_alloc(&a, 64) != NULL);
	t_ok(arena_alloc(&a, 1) == NULL);
	t_int(a.err, LEISHU_ELIMIT);
	arena_clear(&a);
	t_ok(arena_array(&a, SIZE_MAX / 2, 4) == NULL);
	arena_release(&a);

	t_case("a vector stops at its limit");
	for (n = 0; vec_room(&v, n, &cap, sizeof(*v), 20) == 0; n++)
		v[n] = (int)n;
	t_int(n, 20);
	free(v);
}

static void
test_map(void)
{
	struct map m = { 0 };
	char key[16];
	uint64_t *v;
	bool fresh;
	int i;

	t_case("a map holds what was put");
	for (i = 0; i < 1000; i++) {
		(void)snprintf(key, sizeof(key), "k%d", i);
		v = map_put(&m, bytes_str(key), &fresh);
		t_ok(v != NULL && fresh);
		if (v)
			*v = (uint64_t)i;
	}
	for (i = 0; i < 1000; i++) {
		(void)snprintf(key, sizeof(key), "k%d", i);
		v = map_get(&m, bytes_str(key));
		t_ok(v != NULL && *v == (uint64_t)i);
	}
	t_ok(map_get(&m, B("k1000")) == NULL);
	t_ok(map_put(&m, B("k7"), &fresh) != NULL && !fresh);
	t_int(m.n, 1000);
	map_release(&m);
}

static void
test_json(void)
{
	struct buf b = { 0 };
	struct json j = json_on(&b);

	t_case("commas and colons");
	json_obj(&j);
	json_key_int(&j, "a", -1);
	json_opt(&j, "none", B(""));
	json_key(&j, "b");
	json_arr(&j);
	json_num(&j, 1.25, 1);
	json_bool(&j, true);
	json_cstr(&j, NULL);
	json_obj(&j);
	json_end_obj(&j);
	json_end_arr(&j);
	json_key_str(&j, "c", B("x"));
	json_end_obj(&j);
	t_bytes(buf_view(&b), B("{\"a\":-1,\"b\":[1.2,true,null,{}],\"c\":\"x\"}"));
	buf_release(&b);
}

static size_t
between(const char *a, const char *b, size_t max)
{
	uint32_t x[64], y[64];
	size_t n = strlen(a), m = strlen(b), i;

	for (i = 0; i < n; i++)
		x[i] = (unsigned char)a[i];
	for (i = 0; i < m; i++)
		y[i] = (unsigned char)b[i];
	return distance(x, n, y, m, max);
}

static void
test_distance(void)
{
	static const struct {
		const char *a, *b;
		size_t max, want;
	} cases[] = {
		{ "", "", 2, 0 }, { "abc", "abc", 0, 0 }, { "abc", "abd", 2, 1 },
		{ "abc", "acb", 2, 1 }, { "abc", "bac", 2, 1 }, { "abc", "xabcx", 2, 2 },
		{ "abcdef", "abc", 2, 3 }, { "kitten", "sitting", 3, 3 },
		{ "kitten", "sitting", 2, 3 }, { "abc", "xyz", 0, 1 }, { "", "ab", 3, 2 },
		{ "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee", "a", 60, 61 },
	};
	size_t i;

	t_case("how far two words are apart");
	for (i = 0; i < NELEM(cases); i++)
		t_int(between(cases[i].a, cases[i].b, cases[i].max), cases[i].want);
}

static void
test_ascii(void)
{
	t_case("equal but for case");
	t_ok(bytes_eq_nocase(B("Re@dMe[z"), B("rE@DmE[Z")));
	t_ok(bytes_eq_nocase(B(""), (struct bytes){ NULL, 0 }));
	t_ok(!bytes_eq_nocase(B("ab"), B("abc")));
	t_ok(!bytes_eq_nocase(B("@"), B("`")));	/* one bit apart, no letters */
	t_ok(!bytes_eq_nocase(B("\xc3\x9c"), B("\xc3\xbc")));	/* Ü is not ASCII */
	t_case("all ASCII");
	t_ok(bytes_is_ascii(B("")));
	t_ok(bytes_is_ascii(B("a~\x7f\0")));
	t_ok(!bytes_is_ascii(B("l\xc3\xbc")));
}

static void
test_nearest(void)
{
	static const char *const known[] = { "search", "serve", "show", "find", "ab" };
	static const struct {
		const char *word, *want;
	} cases[] = {
		{ "searhc", "search" }, { "serch", "search" }, { "sreve", "serve" },
		{ "shwo", "show" }, { "fnid", "find" }, { "serv", "serve" },
		{ "fi", NULL }, { "a", NULL }, { "", NULL }, { "timeline", NULL },
		{ "searchsearchsearchsearchsearchsearchsearchsearchs", NULL },
	};
	const char *got;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("the known word '%s' was meant for", cases[i].word);
		got = leishu_nearest(cases[i].word, known, NELEM(known));
		t_str(got ? got : "", cases[i].want ? cases[i].want : "");
	}
	t_case("no words are known");
	t_ok(leishu_nearest("find", NULL, 0) == NULL);
}

int
main(void)
{
	test_distance();
	test_nearest();
	test_ascii();
	test_text();
	test_varint();
	test_limits();
	test_map();
	test_json();
	return t_done();
}
