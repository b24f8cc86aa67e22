/* SPDX-License-Identifier: ISC */
/*
 * The first byte says which way: a query looked up in a small sound index,
 * each mode; or that index with bytes changed as the input tells, asked by
 * queries that meet every rule, and proved.
 */
#include "index/index.h"
#include "query/find.h"
#include "sys/file.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static const char *const forms[][3] = {
	{ "Lüshun", "旅順口", "Порт-Артур" },
	{ "Dalian", "大連", "Dairen" },
	{ "The Treaty of 1950", "中蘇友好同盟互助條約", "Договор о дружбе, союзе" },
	{ "李白", "Li Bai", "Li Po" },
	{ "卷八 孝靈帝紀 Volume 8: Annals ¶97", "卷八 孝靈帝紀 Volume 8: Annals ¶98", "卷八" },
	{ "Konigstein", "□□□", "ㄉㄚˋ" },
};

#define N_ENTRIES	60u	/* more keys than a block has */

static struct {
	struct sys_map map;
	struct pack *pack;
	struct names names;
} made;

static void
need(bool ok)
{
	if (!ok)
		abort();
}

static void
add(struct names_builder *b, uint32_t i)
{
	struct name name[4];
	struct entry e = { .name = name, .n_names = 4 };
	char own[32];
	size_t k;

	memset(name, 0, sizeof(name));
	for (k = 0; k < 3; k++)
		name[k].form = bytes_str(forms[i % NELEM(forms)][k]);
	(void)snprintf(own, sizeof(own), "Name %u of many", i * 37);
	name[3].form = bytes_str(own);
	name[3].lang = B("en");
	names_builder_add(b, i, &e);
}

static void
make(void)
{
	char path[] = "/tmp/fuzz_find.XXXXXX", file[64];
	uint32_t indegree[N_ENTRIES] = { 3, 1 };
	struct index_opts o = { "/tmp", 1 << 20 };
	struct names_builder *b = NULL;
	struct pack_writer *w = NULL;
	uint32_t i;

	need(mkdtemp(path) != NULL);
	need(names_builder_new(&o, &b) == 0);
	for (i = 0; i < N_ENTRIES; i++)
		add(b, i);
	(void)snprintf(file, sizeof(file), "%s/x", path);
	need(pack_writer_open(file, &w) == 0);
	need(names_builder_finish(b, indegree, N_ENTRIES, w) == 0);
	need(pack_commit(w) == 0);
	names_builder_free(b);
	need(sys_map_open(file, &made.map) == 0);
	(void)remove(file);
	(void)remove(path);
	need(pack_open(made.map.b, NULL, &made.pack) == 0);
	need(names_open(made.pack, NULL, &made.names) == 0);
}

static int
card(void *ctx, uint32_t no, struct bytes *id, struct bytes *title)
{
	(void)ctx;
	need(no < N_ENTRIES);
	*id = *title = bytes_str(forms[no % NELEM(forms)][0]);
	return 0;
}

static uint32_t
indegree(void *ctx, uint32_t no)
{
	(void)ctx;
	need(no < N_ENTRIES);
	return no % 3;
}

static void
query(const struct names *n, struct bytes q, unsigned mode)
{
	struct find_source s = { n, NULL, card, indegree };
	struct find_opts o = { (enum leishu_find_mode)(mode % 3), 5 };
	struct find_result r = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };
	int rc = find_run(&s, q, &o, &a, &r);

	need(rc == 0 || (rc == LEISHU_EFORMAT && n != &made.names));
	if (rc == 0)
		find_json(q, &r, &out);
	buf_release(&out);
	arena_release(&a);
}

/* A copy of part with bytes changed: three of the input a change. */
static struct bytes
damage(struct bytes part, const uint8_t *p, size_t n)
{
	unsigned char *c;

	if (part.n == 0)
		return part;
	need((c = malloc(part.n)) != NULL);
	memcpy(c, part.p, part.n);
	for (; n >= 3; p += 3, n -= 3)
		c[((size_t)p[0] << 8 | p[1]) % part.n] = p[2];
	return bytes_make(c, part.n);
}

static void
damaged(const uint8_t *p, size_t n)
{
	static const char *const ask[] = {
		"旅順口", "lvshunkou", "Lü-shun-k'ou", "lsk", "友好同盟", "of many",
		"Далянь", "дружбу", "Konigstien", "旅shun", "D", "卷八 孝靈帝紀 Volume 8: Annals ¶97",
	};
	struct names x = made.names;
	struct bytes *part[] = {
		&x.keys.vals, &x.keys.dict.data, &x.keys.dict.index, &x.readings.vals,
		&x.readings.dict.data, &x.initials.vals, &x.terms.vals,
		&x.terms.dict.data, &x.back.data,
	};
	struct bytes was, now;
	size_t i;

	if (n == 0)
		return;
	i = p[0] % NELEM(part);
	was = *part[i];
	*part[i] = now = damage(was, p + 1, n - 1);
	for (i = 0; i < NELEM(ask); i++)
		query(&x, bytes_str(ask[i]), (unsigned)i);
	(void)!names_verify(&x);
	if (now.p != was.p)
		free((void *)(uintptr_t)now.p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (made.pack == NULL)
		make();
	if (n == 0)
		return 0;
	if (p[0] < 128)
		query(&made.names, bytes_make(p + 1, n - 1), p[0]);
	else
		damaged(p + 1, n - 1);
	return 0;
}
