/* SPDX-License-Identifier: ISC */
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "pack/dict.h"
#include "sys/file.h"
#include "t.h"

#define TAG_TEST	TAG('t', 'e', 's', 't')

static const char *const words[] = {
	"", "a", "aa", "ab", "abba", "abbot", "dacha", "dachas", "dahca", "tadjik", "tadjiks", "tajik", "tajiks",
	"\xc3\xa9t\xc3\xa9",
	"\xe6\x97\x85", "\xe6\x97\x85\xe9\xa0\x86", "\xe6\x97\x85\xe9\xa0\x87",
	"\xff\xff", "\xff\xff\xff",
};

/* To add a case, add a line: what is near, joined by spaces, in order. */
static const struct {
	const char *word;
	unsigned max;
	const char *lo, *hi;
	const char *near;
} nears[] = {
	{ "Tajiks", 0, "", "", "" },
	{ "tajiks", 0, "", "", "tajiks0" },
	{ "tajiks", 1, "", "", "tadjiks1 tajik1 tajiks0" },
	{ "tadjik", 1, "", "", "tadjik0 tadjiks1 tajik1" },
	{ "tadjik", 2, "", "", "tadjik0 tadjiks1 tajik1 tajiks2" },
	{ "dacah", 1, "", "", "dacha1" },
	{ "dacah", 2, "", "", "dacha1 dachas2 dahca2" },
	{ "ba", 1, "", "", "a1 aa1 ab1" },
	{ "\xc3\xa9t", 1, "", "", "\xc3\xa9t\xc3\xa9" "1" },
	{ "\xe9\xa0\x86\xe6\x97\x85", 1, "", "", "\xe6\x97\x85" "1 \xe6\x97\x85\xe9\xa0\x86" "1" },
	{ "tajiks", 1, "tajik", "", "tajik1 tajiks0" },
	{ "tajiks", 1, "", "tajik", "tadjiks1" },
	{ "zzzzzz", 2, "", "", "" },
	{ "0123456789012345678901234567890123456789012345678901234567890123x", 2, "", "", "" },
};

static char dir[] = "/tmp/t_dict.XXXXXX";

struct made {
	char path[64];
	struct sys_map map;
	struct pack *pack;
	struct dict dict;
};

static void
make_begin(struct dict_builder **b)
{
	t_int(dict_builder_new(dir, b), 0);
}

static void
make_end(struct dict_builder *b, struct made *m)
{
	struct pack_writer *w = NULL;

	(void)snprintf(m->path, sizeof(m->path), "%s/d", dir);
	t_int(pack_writer_open(m->path, &w), 0);
	pack_chunk(w, TAG_TEST);
	t_int(dict_builder_write(b, w), 0);
	t_int(pack_commit(w), 0);
	dict_builder_free(b);
	t_int(sys_map_open(m->path, &m->map), 0);
	t_int(pack_open(m->map.b, NULL, &m->pack), 0);
	t_int(dict_open(pack_get(m->pack, TAG_TEST), &m->dict), 0);
}

static void
unmake(struct made *m)
{
	pack_close(m->pack);
	sys_map_close(&m->map);
	(void)unlink(m->path);
}

static int
collect(void *ctx, const struct dict_cur *c, unsigned edits)
{
	struct buf *b = ctx;

	buf_printf(b, "%s%.*s%u", b->n ? " " : "", (int)c->key.n,
	    (const char *)c->key.p, edits);
	return 0;
}

static void
test_words(void)
{
	struct dict_builder *b = NULL;
	struct dict_cur c;
	struct made m = { 0 };
	struct buf got = { 0 };
	uint64_t ord = 0, value = 0;
	size_t i;

	t_case("what was put in is found");
	make_begin(&b);
	for (i = 0; i < NELEM(words); i++)
		dict_builder_add(b, bytes_str(words[i]), i * i * UINT64_C(0x123456789abcdef));
	make_end(b, &m);
	for (i = 0; i < NELEM(words); i++) {
		t_int(dict_find(&m.dict, bytes_str(words[i]), &ord, &value), 1);
		t_int(ord, i);
		t_ok(value == i * i * UINT64_C(0x123456789abcdef));
		t_int(dict_at(&c, &m.dict, i), 1);
		t_bytes(c.key, bytes_str(words[i]));
		t_int(dict_next(&c), i + 1 < NELEM(words));
	}
	t_int(dict_at(&c, &m.dict, NELEM(words)), 0);
	t_int(dict_find(&m.dict, B("abbey"), NULL, NULL), 0);
	t_int(dict_seek(&c, &m.dict, B("abbey")), 1);
	t_bytes(c.key, B("abbot"));
	t_int(dict_seek(&c, &m.dict, B("\xff\xff\xff\x01")), 0);

	for (i = 0; i < NELEM(nears); i++) {
		t_case("near \"%s\" by %u", nears[i].word, nears[i].max);
		buf_clear(&got);
		t_int(dict_near(&m.dict, bytes_str(nears[i].word), nears[i].max,
		    bytes_str(nears[i].lo), bytes_str(nears[i].hi), collect, &got), 0);
		t_bytes(buf_view(&got), bytes_str(nears[i].near));
	}
	buf_release(&got);
	unmake(&m);
}

static void
test_refuse(void)
{
	struct dict_builder *b = NULL;
	struct pack_writer *w = NULL;
	struct dict d = { 0 };
	struct dict_cur c;

	t_case("keys that do not ascend are refused");
	make_begin(&b);
	dict_builder_add(b, B("b"), 1);
	dict_builder_add(b, B("b"), 2);
	t_int(pack_writer_part(dir, &w), 0);
	pack_chunk(w, TAG_TEST);
	t_int(dict_builder_write(b, w), LEISHU_EINVAL);
	pack_abort(w);
	dict_builder_free(b);

	t_case("no chunk is an empty dictionary");
	t_int(dict_open(B(""), &d), 0);
	t_int(dict_find(&d, B("a"), NULL, NULL), 0);
	t_int(dict_seek(&c, &d, B("")), 0);
	t_int(dict_near(&d, B("a"), 2, B(""), B(""), collect, NULL), 0);
}

/* Pseudo-random, the same each run. */
static uint32_t
rnd(uint64_t *s)
{
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*s >> 33);
}

/* Optimal string alignment over bytes, the plain way. */
static unsigned
edits(const char *a, const char *b)
{
	unsigned row[12][12], i, j, v;

	for (i = 0; i <= strlen(a); i++)
		for (j = 0; j <= strlen(b); j++) {
			v = i == 0 ? j : j == 0 ? i : row[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			if (i && j) {
				v = MIN(v, row[i - 1][j] + 1);
				v = MIN(v, row[i][j - 1] + 1);
				if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
					v = MIN(v, row[i - 2][j - 2] + 1);
			}
			row[i][j] = v;
		}
	return row[strlen(a)][strlen(b)];
}

#define MANY	3000

static char many[MANY][10];
static size_t n_many;

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int
check_near(void *ctx, const struct dict_cur *c, unsigned e)
{
	unsigned *seen = ctx;

	t_ok(c->value < n_many);
	seen[c->value] = e + 1;
	return 0;
}

/* Random words of few letters against comparing with each. */
static void
test_oracle(void)
{
	static unsigned seen[MANY];
	struct dict_builder *b = NULL;
	struct made m = { 0 };
	uint64_t s = 7;
	size_t i, j, n;
	unsigned max, e;

	for (i = 0; i < MANY; i++) {
		n = 1 + rnd(&s) % 9;
		for (j = 0; j < n; j++)
			many[i][j] = (char)('a' + rnd(&s) % 4);
	}
	qsort(many, MANY, sizeof(many[0]), by_text);
	for (i = 0; i < MANY; i++)
		if (i == 0 || strcmp(many[i], many[n_many - 1]) != 0)
			memmove(many[n_many++], many[i], sizeof(many[0]));
	t_case("near words are those a comparison with each finds");
	make_begin(&b);
	for (i = 0; i < n_many; i++)
		dict_builder_add(b, bytes_str(many[i]), i);
	make_end(b, &m);
	for (i = 0; i < 60; i++) {
		max = (unsigned)i % 3;
		memset(seen, 0, sizeof(seen));
		t_int(dict_near(&m.dict, bytes_str(many[i * 37 % n_many]), max,
		    B(""), B(""), check_near, seen), 0);
		for (j = 0; j < n_many; j++) {
			e = edits(many[i * 37 % n_many], many[j]);
			t_int(seen[j], e <= max ? e + 1 : 0);
		}
	}
	t_case("from any key on a greater one is found as from the beginning");
	for (i = 0; i < 2000; i++) {
		struct dict_cur from, top;

		j = rnd(&s) % n_many;
		n = j + rnd(&s) % (n_many - j);
		t_int(dict_at(&from, &m.dict, j), 1);
		many[n][0] = (char)(many[n][0] + (many[n][1] == 'b'));
		t_int(dict_skip(&from, bytes_str(many[n])),
		    dict_seek(&top, &m.dict, bytes_str(many[n])));
		if (bytes_cmp(bytes_str(many[n]), bytes_str(many[j])) >= 0)
			t_int((long long)from.ord, (long long)top.ord);
		many[n][0] = (char)(many[n][0] - (many[n][1] == 'b'));
	}
	unmake(&m);
}

/* Reads all it can of an image that may be damaged. */
static void
read_all(struct bytes image)
{
	struct dict d = { 0 };
	struct dict_cur c;
	struct buf got = { 0 };
	unsigned n = 0;
	int rc;

	if (dict_open(image, &d) < 0)
		return;
	for (rc = dict_seek(&c, &d, B("")); rc == 1 && n < 1000; n++)
		rc = dict_next(&c);
	t_ok(rc == 0 || rc == 1 || rc == LEISHU_EFORMAT);
	(void)!dict_find(&d, B("tadjiks"), NULL, NULL);
	(void)!dict_near(&d, B("tajiks"), 2, B(""), B(""), collect, &got);
	buf_release(&got);
}

static void
test_damage(void)
{
	struct dict_builder *b = NULL;
	struct made m = { 0 };
	struct bytes whole;
	unsigned char *copy;
	uint64_t s = 11;
	size_t i;

	t_case("a damaged dictionary is never read past its end");
	make_begin(&b);
	for (i = 0; i < NELEM(words); i++)
		dict_builder_add(b, bytes_str(words[i]), i);
	make_end(b, &m);
	whole = pack_get(m.pack, TAG_TEST);
	for (i = 0; i <= whole.n; i++) {
		copy = malloc(MAX(i, 1));
		memcpy(copy, whole.p, i);
		read_all(bytes_make(copy, i));
		free(copy);
	}
	copy = malloc(whole.n);
	for (i = 0; i < 20000; i++) {
		memcpy(copy, whole.p, whole.n);
		copy[rnd(&s) % whole.n] ^= (unsigned char)(1u << rnd(&s) % 8);
		copy[rnd(&s) % whole.n] = (unsigned char)rnd(&s);
		read_all(bytes_make(copy, whole.n));
	}
	free(copy);
	unmake(&m);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		return 99;
	test_words();
	test_refuse();
	test_oracle();
	test_damage();
	(void)rmdir(dir);
	return t_done();
}
