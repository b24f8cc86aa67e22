/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "index/names_diff.h"
#include "index/names_key.h"
#include "names_fix.h"

static const struct {
	const char *key, *form;
} diffs[] = {
	{ "dalian", "dalian" },
	{ "dalian", "Dalian" },
	{ "taishanxian", "T'ai-shan hsien" },
	{ "xiningxian", "Xining Xian" },
	{ "suiyibucheng", "suí yī bùchéng" },
	{ "中国", "中國" },
	{ "光绪帝", "光緒帝" },
	{ "宋咸牡丹其二", "宋咸 牡丹  其二" },
	{ "卷五十四杨震列传volume54biographyofyangzhen81",
	  "卷五十四 楊震列傳 Volume 54: Biography of Yang Zhen ¶81" },
	{ "𠀀中", "𠀁中" },
	{ "a", "" },
	{ "", "a" },
	{ "abc", "0123456789012345678901234567890123456789abc" },
	{ "договородружбе", "Договор о дружбе" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaB" },
};

static const struct {
	const char *form, *key;
} keys[] = {
	{ "The Sino-Soviet Treaty", "sinosoviettreaty" },
	{ "An Lushan", "lushan" },
	{ "The", "the" },
	{ "A", "a" },
	{ "旅順", "旅顺" },
	{ "□□□", "□□□" },
	{ "  ", "" },
};

static const char *const rows[] = {
	"Dalian|大連|大连|Dairen",
	"牡丹  其二|宋咸 牡丹  其二",
	"The Sino-Soviet Treaty 1950|中蘇友好同盟互助條約",
	"Договор о дружбе, союзе и взаимной помощи",
	"□□□",
	"卷八 孝靈帝紀 Volume 8: Annals of Emperor Xiaoling ¶97",
	"卷八 孝靈帝紀 Volume 8: Annals of Emperor Xiaoling ¶98",
	"卷八 孝靈帝紀 Volume 8: Annals of Emperor Xiaoling ¶99",
};

static void
try_diffs(void)
{
	unsigned char form[256];
	struct buf steps = { 0 };
	size_t i, n;

	for (i = 0; i < NELEM(diffs); i++) {
		t_case("form \"%s\" from its key", diffs[i].form);
		buf_clear(&steps);
		name_diff(bytes_str(diffs[i].key), bytes_str(diffs[i].form), &steps);
		n = name_undiff(bytes_str(diffs[i].key), buf_view(&steps), form, sizeof(form));
		t_ok(n != SIZE_MAX);
		t_bytes(bytes_make(form, n == SIZE_MAX ? 0 : n), bytes_str(diffs[i].form));
		/* Steps for another key are damage, or give something else. */
		n = name_undiff(B(""), buf_view(&steps), form, 2);
		t_ok(n == SIZE_MAX || n <= 2);
	}
	buf_release(&steps);
}

static void
try_keys(void)
{
	struct buf key = { 0 };
	size_t i;

	for (i = 0; i < NELEM(keys); i++) {
		t_case("key of \"%s\"", keys[i].form);
		buf_clear(&key);
		name_key(bytes_str(keys[i].form), &key);
		t_bytes(buf_view(&key), bytes_str(keys[i].key));
	}
	buf_release(&key);
}

/* Is form under its key, as a name of entry no? */
static bool
has(const struct names *n, struct bytes form, uint32_t no)
{
	struct name_walk *w = malloc(sizeof(*w));
	struct dict_cur c;
	struct buf key = { 0 };
	bool found = false;

	name_key(form, &key);
	if (w && dict_seek(&c, &n->keys.dict, buf_view(&key)) == 1 &&
	    bytes_eq(c.key, buf_view(&key)))
		for (name_walk_start(w, n, &c); name_walk_next(w);)
			if (w->no == no && bytes_eq(name_walk_form(w), form))
				found = true;
	buf_release(&key);
	free(w);
	return found;
}

static void
try_index(void)
{
	struct fix f;
	struct bytes row;
	size_t i, end;

	t_case("an index of %zu entries", NELEM(rows));
	t_int(fix_begin(&f), 0);
	for (i = 0; i < NELEM(rows); i++)
		fix_entry(&f, bytes_str(rows[i]));
	t_int(fix_end(&f, NULL), 0);
	t_int(names_verify(&f.names), 0);
	for (i = 0; i < NELEM(rows); i++) {
		for (row = bytes_str(rows[i]); row.n; row = bytes_sub(row, end + 1, row.n)) {
			end = MIN(bytes_find(row, B("|")), row.n);
			t_case("entry %zu has %.*s", i, (int)end, (const char *)row.p);
			t_ok(has(&f.names, bytes_sub(row, 0, end), (uint32_t)i));
		}
	}
	fix_release(&f);

	t_case("an index of nothing");
	t_int(fix_begin(&f), 0);
	t_int(fix_end(&f, NULL), 0);
	t_int(names_verify(&f.names), 0);
	fix_release(&f);
}

static void
try_best(void)
{
	unsigned char rank[600], peak[3] = { 9, 9, 200 };
	struct ranks r = { rank, peak, NULL, 600 };
	uint32_t best[3];

	memset(rank, 9, sizeof(rank));
	rank[599] = 200;
	t_case("the best of a range");
	t_int(ranks_best(&r, 1, 600, best, 3), 3);
	t_int(best[0], 599);
	t_int(best[1], 1);
	t_int(best[2], 2);
	t_int(ranks_best(&r, 1, 2, best, 3), 1);
	t_int(ranks_best(&r, 5, 5, best, 3), 0);
}

int
main(void)
{
	try_diffs();
	try_keys();
	try_index();
	try_best();
	return t_done();
}
