/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "base/buf.h"
#include "render/page.h"
#include "render/runs.h"

/* Text in, HTML with its languages out.  To add a case, add a line. */
static const struct {
	const char *lang, *han, *in, *out;
} cases[] = {
	{ "en", "zh-Hant", "plain", "plain" },
	{ "en", "zh-Hant", "a < b & \"c\"'", "a &lt; b &amp; “c”’" },
	{ "en", "zh-Hant", "\"Mao's 'own' words,\" (\"so\")", "“Mao’s ‘own’ words,” (“so”)" },
	{ "en", "zh-Hant", "the '30s of \"大連\"", "the ’30s of “<span lang=\"zh-Hant\">大連</span>”" },
	{ "en-GB", "zh-Hant", "\"'T'ang'\"", "“‘T’ang’”" },
	{ "ru", "", "\"Мао\"", "&quot;Мао&quot;" },
	{ "zh-Hant", "", "見 Lü-shun-k'ou", "見 <span lang=\"en\">Lü-shun-k’ou</span>" },
	{ "en", "zh-Hant", "Dalian 大連 is", "Dalian <span lang=\"zh-Hant\">大連</span> is" },
	{ "en", "zh-Hans", "Dalian大连.", "Dalian<span lang=\"zh-Hans\">大连</span>." },
	{ "en", "", "《詩經》 and", "<span lang=\"zh-Hant\">《詩經》</span> and" },
	{ "en", "zh-Hant", "(二月 三月)", "(<span lang=\"zh-Hant\">二月</span> <span lang=\"zh-Hant\">三月</span>)" },
	{ "en", "zh-Hant", "1950年2月14日, a day", "1950<span lang=\"zh-Hant\">年2月14日</span>, a day" },
	{ "en", "zh-Hant", "Порт-Артур and железной дороги!",
	  "<span lang=\"ru\">Порт-Артур</span> and <span lang=\"ru\">железной дороги</span>!" },
	{ "en", "zh-Hant", "中ソ条約", "<span lang=\"ja\">中ソ条約</span>" },
	{ "en", "zh-Hant", "서울 ὁ λόγος", "<span lang=\"ko\">서울</span> <span lang=\"el\">ὁ λόγος</span>" },
	{ "zh-Hant", "", "大連", "大連" },
	{ "zh-Hant", "", "大連 Dalian 港", "大連 <span lang=\"en\">Dalian</span> 港" },
	{ "zh-Hant", "", "旅順 Lǚshùn", "旅順 <span lang=\"zh-Latn-pinyin\">Lǚshùn</span>" },
	{ "zh-Hans", "", "维生素C", "维生素C" },
	{ "zh-Hant", "", "ソ連", "<span lang=\"ja\">ソ連</span>" },
	{ "ja", "", "ソ連と中国", "ソ連と中国" },
	{ "zh-Latn-pinyin", "zh-Hant", "Lǚshùn 旅順", "Lǚshùn <span lang=\"zh-Hant\">旅順</span>" },
	{ "ru", "zh-Hant", "Далянь 大連", "Далянь <span lang=\"zh-Hant\">大連</span>" },
	{ "en", "zh-Hant", "a\xff" "b\x01" "c", "a\xff" "b\xef\xbf\xbd" "c" },
	{ "en", "zh-Hant", "", "" },
};

static const struct {
	enum ui ui;
	const char *in, *out;
} dates[] = {
	{ UI_EN, "1950-02-14", "<time datetime=\"1950-02-14\">14 February 1950</time>" },
	{ UI_HANT, "1950-02-14", "<time datetime=\"1950-02-14\">1950年2月14日</time>" },
	{ UI_EN, "1950-04", "<time datetime=\"1950-04\">April 1950</time>" },
	{ UI_EN, "1950", "<time datetime=\"1950\">1950</time>" },
	{ UI_EN, "-0220", "221 BC" },
	{ UI_HANS, "-0220", "前221年" },
	{ UI_EN, "0701~", "<i>c.</i> 701" },
	{ UI_EN, "1661/1722", "<time datetime=\"1661\">1661</time>–<time datetime=\"1722\">1722</time>" },
	{ UI_EN, "1949/..", "from <time datetime=\"1949\">1949</time>" },
	{ UI_EN, "../1949", "until <time datetime=\"1949\">1949</time>" },
	{ UI_HANT, "1949/..", "<time datetime=\"1949\">1949年</time>起" },
	{ UI_EN, "P30Y", "30 years" },
	{ UI_EN, "P1Y", "1 year" },
	{ UI_EN, "1950-13", "1950-13" },
	{ UI_EN, "Moscow", "Moscow" },
	{ UI_EN, "", "" },
	{ UI_EN, "/", "/" },
	{ UI_EN, "P99999999Y", "P99999999Y" },
};

static const struct { uint64_t n; const char *out; } numbers[] = {
	{ 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 45977, "45,977" },
	{ 1000000, "1,000,000" }, { UINT64_MAX, "18,446,744,073,709,551,615" },
};

int
main(void)
{
	struct tongue simple = tongue_make(B("en"), B("zh-Hant"));
	struct buf out = { 0 };
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		struct tongue t = tongue_make(bytes_str(cases[i].lang), bytes_str(cases[i].han));

		t_case("runs %zu: %s in %s", i, cases[i].in, cases[i].lang);
		buf_clear(&out);
		html_runs(&out, bytes_str(cases[i].in), &t);
		t_bytes(buf_view(&out), bytes_str(cases[i].out));
	}
	simple.simplify = true;
	t_case("simplified for a reader who wants it so");
	buf_clear(&out);
	html_runs(&out, B("At 旅順, 大连, ソ連."), &simple);
	t_bytes(buf_view(&out), B("At <span lang=\"zh-Hans\">旅顺</span>, "
	    "<span lang=\"zh-Hans\">大连</span>, <span lang=\"ja\">ソ連</span>."));
	for (i = 0; i < NELEM(dates); i++) {
		struct page p = page_make(&out, dates[i].ui);

		t_case("date %zu: %s", i, dates[i].in);
		buf_clear(&out);
		page_date(&p, bytes_str(dates[i].in), NULL);
		t_bytes(buf_view(&out), bytes_str(dates[i].out));
	}
	for (i = 0; i < NELEM(numbers); i++) {
		struct page p = page_make(&out, UI_EN);

		t_case("number %zu", i);
		buf_clear(&out);
		page_num(&p, numbers[i].n);
		t_bytes(buf_view(&out), bytes_str(numbers[i].out));
	}
	buf_release(&out);
	return t_done();
}
