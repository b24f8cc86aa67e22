/* SPDX-License-Identifier: ISC */
/*
 * The first byte says which way: a query to parse and to run on a small
 * sound index; or that index with bytes changed as the input tells, walked
 * by a query and proved.
 */
#include "index/index.h"
#include "query/search.h"
#include "query/search_eval.h"
#include "sys/file.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static const struct {
	const char *title, *text;
} docs[] = {
	{ "Lüshun 旅順", "Lüshun 旅順 is a harbour. Port Arthur <b>&\"quoted\"</b>." },
	{ "Dalian 大連", "A port beside 旅順口.\nTadjiks do not live in Dalian." },
	{ "Treaty", "The Sino-Soviet treaty. Договор о дружбе. Port, Arthur said." },
	{ "白馬", "A 白馬 and 白 B. 旅、順 are two words, port a third, port." },
};

#define N_DOCS	300u	/* more than a block */

static struct {
	struct sys_map map;
	struct pack *pack;
	struct text_index x;
} made;

static void
need(bool ok)
{
	if (!ok)
		abort();
}

static void
make(void)
{
	char path[] = "/tmp/fuzz_search.XXXXXX", file[64];
	struct index_opts o = { "/tmp", 1 << 20 };
	struct text_builder *b = NULL;
	struct pack_writer *w = NULL;
	uint32_t i;

	need(mkdtemp(path) != NULL);
	need(text_builder_new(&o, &b) == 0);
	for (i = 0; i < N_DOCS; i++) {
		struct entry e = { .title = bytes_str(docs[i % NELEM(docs)].title),
		    .text = bytes_str(docs[i % NELEM(docs)].text) };

		text_builder_add(b, i, &e);
	}
	(void)snprintf(file, sizeof(file), "%s/x", path);
	need(pack_writer_open(file, &w) == 0);
	need(text_builder_finish(b, N_DOCS, w) == 0);
	need(pack_commit(w) == 0);
	text_builder_free(b);
	need(sys_map_open(file, &made.map) == 0);
	(void)remove(file);
	(void)remove(path);
	need(pack_open(made.map.b, NULL, &made.pack) == 0);
	need(text_open(made.pack, &made.x) == 0);
}

static int
card(void *ctx, uint32_t no, struct bytes *id, struct bytes *title)
{
	(void)ctx;
	need(no < N_DOCS);
	*id = *title = bytes_str(docs[no % NELEM(docs)].title);
	return 0;
}

static int
entry(void *ctx, uint32_t no, struct arena *a, struct entry **ret)
{
	(void)ctx;
	if ((*ret = ARENA_NEW(a, struct entry)) == NULL)
		return LEISHU_ENOMEM;
	(*ret)->title = bytes_str(docs[no % NELEM(docs)].title);
	(*ret)->text = bytes_str(docs[no % NELEM(docs)].text);
	return 0;
}

static void
query(const struct text_index *x, struct bytes q)
{
	struct search_source s = { x, NULL, card, entry, NULL };
	struct search_opts o = { .limit = 20, .explain = true, .columns = 40 };
	struct search_result r = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };
	int rc = search_query(&s, q, &o, &a, &r);

	need(rc == 0 || rc == LEISHU_EFORMAT);
	if (rc == 0)
		search_json(q, &o, &r, &out);
	buf_release(&out);
	arena_release(&a);
}

/* A copy of part with bytes changed: three of the input a change. */
static struct bytes
damage(struct bytes part, const uint8_t *p, size_t n)
{
	unsigned char *c = malloc(part.n);

	need(c != NULL);
	memcpy(c, part.p, part.n);
	for (; n >= 3; p += 3, n -= 3)
		c[((size_t)p[0] << 8 | p[1]) % part.n] = p[2];
	return bytes_make(c, part.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct text_index x;
	struct bytes post, dict;

	if (made.pack == NULL)
		make();
	if (n == 0)
		return 0;
	if (p[0] < 128) {
		query(&made.x, bytes_make(p + 1, n - 1));
		return 0;
	}
	x = made.x;
	post = damage(x.post, p + 1, p[0] & 1 ? n - 1 : 0);
	dict = damage(x.dict.data, p + 1, p[0] & 2 ? n - 1 : 0);
	x.post = post;
	x.dict.data = dict;
	query(&x, bytes_str("port 旅順"));
	query(&x, bytes_str("\"port arthur\" tajikz"));
	(void)!text_verify(&x);
	free((void *)(uintptr_t)post.p);
	free((void *)(uintptr_t)dict.p);
	return 0;
}
