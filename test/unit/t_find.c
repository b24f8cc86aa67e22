/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "names_fix.h"
#include "query/find.h"

/* Names of one entry a row: its title first, "=" before a reading. */
static const char *const rows[] = {
	/* 0 */ "Dalian|大連|大连|Dairen",
	/* 1 */ "旅順口|Port Arthur|Порт-Артур",
	/* 2 */ "中蘇友好同盟互助條約|The Sino-Soviet Treaty 1950|Договор о дружбе, союзе и взаимной помощи",
	/* 3 */ "東清鐵路|Chinese Eastern Railway|Китайско-Восточная железная дорога",
	/* 4 */ "李白|Li Bai",
	/* 5 */ "李白|Li Po",
	/* 6 */ "王后",
	/* 7 */ "王後",
	/* 8 */ "長安=Cháng'ān",
	/* 9 */ "曾國藩",
	/* 10 */ "李白詩",
	/* 11 */ "Дача",
	/* 12 */ "西安",
	/* 13 */ "先",
	/* 14 */ "Konigstein",
	/* 15 */ "□□□",
	/* 16 */ "大里=Dàlǐ",
	/* 17 */ "大理=Dàlì",
	/* 18 */ "A port|~Lüda=旅大|~Xi'an=西安",
	/* 19 */ "橫濱|Yokohama",
};

/* Query, mode; the entries it gives, in order, and the rule of the first. */
static const struct {
	const char *query;
	enum leishu_find_mode mode;
	const char *hits;
	const char *via;
} cases[] = {
	{ "大连", 0, "0", "exact" },
	{ "大連", 0, "0", "exact" },
	{ "DALIAN", 0, "0", "exact" },
	{ "dà lián", 0, "0", "variant" },
	{ "Ta-lien", 0, "0", "wade-giles" },
	{ "Далянь", 0, "0", "palladius" },
	{ "ㄉㄚˋ ㄌㄧㄢˊ", 0, "0", "zhuyin" },
	{ "旅顺口", 0, "1", "variant" },
	{ "Lǚshùnkǒu", 0, "1", "pinyin" },
	{ "Lushunkou", 0, "1", "pinyin" },
	{ "Lvshunkou", 0, "1", "pinyin" },
	{ "lü3 shun4 kou3", 0, "1", "pinyin" },
	{ "lv3shun4kou3", 0, "1", "pinyin" },
	{ "Lü-shun-k'ou", 0, "1", "wade-giles" },
	{ "Lü-shun-k‘ou", 0, "1", "wade-giles" },
	{ "lsk", 0, "1", "initials" },
	{ "zsyhtmhzty", 0, "2", "initials" },
	{ "友好同盟", 0, "2", "inner" },
	{ "sino-soviet treaty 1950", 0, "2", "exact" },
	{ "A Sino Soviet Treaty 1950", 0, "2", "exact" },
	{ "Soviet Treaty", 0, "2", "inner" },
	{ "договора о дружбе", 0, "2", "inner" },
	{ "железной дороги", 0, "3", "inner" },
	{ "дачи", 0, "11", "stem" },
	{ "Даляне", 0, "0", "palladius" },
	{ "Люйшуня", 0, "1", "prefix" },
	{ "Сианем", 0, "12 13 18", "palladius" },

	{ "李白", 0, "4 5 10", "exact" },
	{ "李白", LEISHU_FIND_WHOLE, "4 5", "exact" },
	{ "王后", 0, "6 7", "exact" },
	{ "王後", 0, "7 6", "exact" },
	{ "Zeng Guofan", 0, "9", "pinyin" },
	{ "chang an", 0, "8", "pinyin" },
	{ "zhang an", 0, "8", "typo" },
	{ "旅大", 0, "18", "exact" },
	{ "旅 大", 0, "18", "exact" },
	{ "Lǚ-ta", 0, "18", "wade-giles" },
	{ "xian", 0, "18 13 12", "exact" },
	{ "西安", 0, "12 18", "exact" },
	{ "xi'an", LEISHU_FIND_WHOLE, "18 12 13", "exact" },
	{ "Dàlǐ", LEISHU_FIND_WHOLE, "16 17", "pinyin" },
	{ "Dàlì", LEISHU_FIND_WHOLE, "17 16", "pinyin" },
	{ "Konigstien", 0, "14", "typo" },
	{ "Königstein", 0, "14", "variant" },
	{ "Konjgstien", 0, "14", "typo" },
	{ "Lushukou", 0, "1", "typo" },
	{ "Tung-ching tieh-lu", 0, "3", "wade-giles" },
	{ "chung su yu hao tung meng hu chu tiao yueh", 0, "2", "wade-giles" },
	{ "Lü-shum-k'ou", 0, "1", "typo" },
	{ "Tung-chinp t'ieh-lu", 0, "3", "typo" },
	{ "Люйшункьоу", 0, "1", "typo" },
	{ "Люйшункоу", 0, "1", "typo" },
	{ "东清铁道", 0, "3", "typo" },
	{ "东清路", 0, "3", "typo" },
	{ "Konig", 0, "14", "prefix" },
	{ "中苏友", 0, "2", "inner" },
	{ "李", LEISHU_FIND_SUGGEST, "4 5 10", "prefix" },
	{ "旅shun", LEISHU_FIND_SUGGEST, "1", "prefix" },
	{ "lv顺", LEISHU_FIND_SUGGEST, "1", "prefix" },
	{ "zhong su", LEISHU_FIND_SUGGEST, "2", "prefix" },
	{ "zhongs", LEISHU_FIND_SUGGEST, "2", "prefix" },
	{ "lü's", LEISHU_FIND_SUGGEST, "1", "prefix" },
	{ "lvshun", LEISHU_FIND_SUGGEST, "1", "prefix" },
	{ "□□□", 0, "15", "exact" },
	{ "横浜", 0, "19", "variant" },
	{ "大同", 0, "", "" },
	{ "大運河", 0, "", "" },
	{ "友人", 0, "", "" },
	{ "Kuang-hsü", 0, "", "" },
	{ "Chongqing", 0, "", "" },
	{ "железнодорожник", 0, "", "" },
	{ "'", 0, "", "" },
	{ "\xee\x80\x80", 0, "", "" },
	{ "\xf0\xaf\xa0\x80", 0, "", "" },
};

static const struct {
	const char *query;
	size_t n;
	const char *error;
} bad[] = {
	{ "", 0, "the query is empty" },
	{ " \t ", 3, "the query is empty" },
	{ "\xff", 1, "the query is not UTF-8" },
	{ "a\xe5\xa4", 3, "the query is not UTF-8" },
	{ NULL, 10000, "the query is too long" },
	{ NULL, 1u << 20, "the query is too long" },
};

static const struct {
	const char *query, *why;
} whys[] = {
	{ "Ta-lien", "Ta-lien is Wade-Giles for Dàlián 大連" },
	{ "lsk", "lsk are the initials of Lǚshùnkǒu 旅順口" },
	{ "Chang'an", "Chang'an is pinyin, without tones, for Cháng'ān 長安" },
	{ "lü4 shun4 kou3", "lü4 shun4 kou3 is pinyin, with other tones, for Lǚshùnkǒu 旅順口" },
	{ "Люйшункоу", "Люйшункоу is one letter away from Люйшунькоу, Palladius Cyrillic for Lǚshùnkǒu 旅順口" },
	{ "旅顺口", "旅顺口 is another way to write 旅順口" },
	{ "KONIGSTEIN", "KONIGSTEIN is Konigstein, the title of this entry" },
	{ "Königstein", "Königstein is Konigstein with marks" },
	{ "东清铁道", "东清铁道 is one character away from 東清鐵路" },
	{ "Далянем", "Далянем is a form of Далянь, Palladius Cyrillic for Dàlián 大連" },
	{ "Люйшуня", "Люйшуня is a form of Люйшунь, the beginning of Lǚshùnkǒu 旅順口" },
	{ "旅shunkou", "旅shunkou is characters and pinyin for Lǚshùnkǒu 旅順口" },
	{ "дачи", "дачи is another form of Дача" },
	{ "zsyhtmhzty", "zsyhtmhzty are the initials of Zhōng sū yǒu hǎo tóng méng hù zhù tiáo yuē 中蘇友好同盟互助條約" },
	{ "Konigstien", "Konigstien is one letter away from Konigstein" },
	{ "李白", "李白 is the title of this entry" },
};

static char id[32][8];

static int
card(void *ctx, uint32_t no, struct bytes *ret, struct bytes *title)
{
	(void)ctx;
	(void)snprintf(id[no % 32], sizeof(id[0]), "%u", (unsigned)no);
	*ret = bytes_str(id[no % 32]);
	*title = bytes_str(rows[no % NELEM(rows)]);
	return 0;
}

static uint32_t
indegree(void *ctx, uint32_t no)
{
	const uint32_t *n = ctx;

	return n ? n[no] : 0;
}

static void
ask(const struct names *n, struct bytes q, enum leishu_find_mode mode,
    struct arena *a, struct find_result *r)
{
	struct find_source s = { n, NULL, card, indegree };
	struct find_opts o = { mode, 10 };

	arena_clear(a);
	memset(r, 0, sizeof(*r));
	t_int(find_run(&s, q, &o, a, r), 0);
}

static void
try_cases(const struct names *n, struct arena *a)
{
	struct find_result r;
	char got[128];
	size_t i, k, at;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("%s (%d)", cases[i].query, (int)cases[i].mode);
		ask(n, bytes_str(cases[i].query), cases[i].mode, a, &r);
		for (k = at = 0, got[0] = '\0'; k < r.n; k++)
			at += (size_t)snprintf(got + at, sizeof(got) - at, "%s%u",
			    k ? " " : "", (unsigned)r.hit[k].no);
		t_str(got, cases[i].hits);
		t_bytes(r.n ? r.hit[0].via : B(""), bytes_str(cases[i].via));
		t_int(r.total, r.n);
		for (k = 1; k < r.n; k++)
			t_ok(r.hit[k].score <= r.hit[k - 1].score);
	}
}

static void
try_bad(const struct names *n, struct arena *a)
{
	struct find_result r;
	struct bytes q;
	char *big = malloc(1u << 20);
	size_t i;

	memset(big, 'a', 1u << 20);
	for (i = 0; i < NELEM(bad); i++) {
		t_case("%s, %zu bytes", bad[i].error, bad[i].n);
		q = bytes_make(bad[i].query ? bad[i].query : big, bad[i].n);
		ask(n, q, LEISHU_FIND_ALL, a, &r);
		t_int(r.n, 0);
		t_str(r.error ? r.error : "", bad[i].error);
	}
	free(big);
}

static void
try_whys(const struct names *n, struct arena *a)
{
	struct find_result r;
	size_t i;

	for (i = 0; i < NELEM(whys); i++) {
		t_case("why %s", whys[i].query);
		ask(n, bytes_str(whys[i].query), LEISHU_FIND_ALL, a, &r);
		t_bytes(r.n ? r.hit[0].why : B(""), bytes_str(whys[i].why));
	}
}

static void
try_json(const struct names *n, struct arena *a)
{
	struct find_result r;
	struct buf out = { 0 };

	t_case("as JSON");
	ask(n, B("Ta-lien"), LEISHU_FIND_ALL, a, &r);
	find_json(B("Ta-lien"), &r, &out);
	t_bytes(buf_view(&out), B("{\"query\":\"Ta-lien\",\"total\":1,\"hits\":["
	    "{\"id\":\"0\",\"title\":\"Dalian|大連|大连|Dairen\",\"score\":6.000,"
	    "\"matched\":\"大連\",\"via\":\"wade-giles\","
	    "\"why\":\"Ta-lien is Wade-Giles for Dàlián 大連\"}]}"));
	buf_clear(&out);
	ask(n, B(""), LEISHU_FIND_ALL, a, &r);
	find_json(B(""), &r, &out);
	t_bytes(buf_view(&out), B("{\"query\":\"\",\"error\":\"the query is empty\","
	    "\"total\":0,\"hits\":[]}"));
	buf_release(&out);
}

/* Many bearers of one name: the most linked first, all counted. */
static void
try_homonyms(struct arena *a)
{
	enum { N = 12000 };
	static uint32_t links[N];
	struct fix f;
	struct find_source s = { &f.names, links, card, indegree };
	struct find_opts o = { LEISHU_FIND_ALL, 3 };
	struct find_result r = { 0 };
	size_t i;

	t_case("12000 bearers of one name");
	t_int(fix_begin(&f), 0);
	for (i = 0; i < N; i++)
		fix_entry(&f, B("浣溪沙"));
	links[7000] = 5;
	links[11999] = 9;
	t_int(fix_end(&f, links), 0);
	arena_clear(a);
	t_int(find_run(&s, B("浣溪沙"), &o, a, &r), 0);
	t_int(r.n, 3);
	t_int(r.total, N);
	t_ok(!r.at_least);
	t_int(r.n > 2 ? r.hit[0].no : 0, 11999);
	t_int(r.n > 2 ? r.hit[1].no : 0, 7000);
	t_int(r.n > 2 ? r.hit[2].no : 1, 0);
	t_case("... begun");
	t_int(find_run(&s, B("浣溪"), &o, a, &r), 0);
	t_int(r.n, 3);
	t_ok(r.at_least && r.total >= FIND_COUNT_MAX && r.total <= N);
	fix_release(&f);
}

int
main(void)
{
	struct arena a = { 0 };
	struct fix f;
	size_t i;

	t_case("made");
	t_int(fix_begin(&f), 0);
	for (i = 0; i < NELEM(rows); i++)
		fix_entry(&f, bytes_str(rows[i]));
	t_int(fix_end(&f, NULL), 0);
	t_int(names_verify(&f.names), 0);
	try_cases(&f.names, &a);
	try_bad(&f.names, &a);
	try_whys(&f.names, &a);
	try_json(&f.names, &a);
	fix_release(&f);
	try_homonyms(&a);
	arena_release(&a);
	return t_done();
}
