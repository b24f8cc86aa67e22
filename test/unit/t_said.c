/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "render/said.h"

/* What the library says, and what pages say for it.  To add a case, add a line. */
static const struct {
	enum ui ui;
	bool whole;	/* in the interface's language */
	const char *in, *out;
} cases[] = {
	{ UI_EN, true, "the text has \"port\", \"a port\"", "the text has “port”, “a port”" },
	{ UI_EN, true, "Ta-t'ung is 'near'", "Ta-t’ung is ‘near’" },
	{ UI_HANT, true, "Ta-lien is Wade-Giles for Dàlián 大連", "「Ta-lien」是Dàlián 大連的威妥瑪拼法" },
	{ UI_HANS, true, "Ta-lien is Wade-Giles for Dàlián 大连", "“Ta-lien”是Dàlián 大连的威妥玛拼法" },
	{ UI_HANT, true, "the text has \"port\"", "正文有「port」" },
	{ UI_HANT, true, "\"Tadjiks\" is near \"Tajiks\"", "「Tadjiks」近於「Tajiks」" },
	{ UI_HANS, true, "光緒 ended in its year 34 (on 1909-01-21); that year was 民國三年 of 民國",
	  "光緒止于34年（1909-01-21）；该年为民國三年（民國）" },
	{ UI_HANT, true, "31 April: April has 30 days", "4月31日：4月凡30日" },
	{ UI_HANT, true, "month 13: a year has 12 months", "13月：一年十二月" },
	{ UI_HANT, true, "day 29: month 2 of 1900 has 28 days", "29日：1900年2月凡28日" },
	{ UI_HANT, true, "明治 of 日本 ended in its year 45 (on 1912-07-29); that year was 大正6年",
	  "日本明治止於45年（1912-07-29）；其年為大正6年" },
	{ UI_HANS, true, "14 February 1950 was a Tuesday, not a Friday",
	  "1950年2月14日是星期二，不是星期五" },
	{ UI_HANT, true, "1949-12-16 was a Friday, not a Saturday", "1949-12-16為星期五，非星期六" },
	{ UI_HANT, true, "光緒三年 was a 丁丑 year, not 戊寅", "光緒三年為丁丑年，非戊寅" },
	{ UI_HANT, true, "'光緒三年' can be read, but not 'x y' behind it",
	  "「光緒三年」可讀，其後之「x y」不可讀" },
	{ UI_HANT, true, "始皇帝: its year 26 was most of 221 BC, but the months known here begin "
	  "with 31 October 221 BC, in its year 27",
	  "始皇帝：其26年約當公元前221年，此處月份始於公元前221年10月31日，在其27年" },
	{ UI_HANT, true, "光緒三年 had no leap month", "光緒三年無閏月" },
	{ UI_HANT, true, "光緒三年 had no 閏三月: it had no leap month", "光緒三年無閏三月：其年無閏" },
	{ UI_HANT, true, "hsingshuh is one letter away from Hsingshu, Wade-Giles for Xíngshū 行書",
	  "「hsingshuh」與Xíngshū 行書的威妥瑪拼法Hsingshu差一字母" },
	{ UI_HANT, true, "no date can be read in 'hello'", "「hello」中讀不出日期" },
	/* a name that is in the table is no word of it where it is only given back */
	{ UI_HANT, true, "April is a name of this entry", "「April」是本條之名" },
	{ UI_HANT, false, "a sentence nobody foresaw", "a sentence nobody foresaw" },
	{ UI_HANT, false, "", "" },
	{ UI_HANT, false, " is part of ", " is part of " },
};

static const struct {
	enum ui ui;
	char what;
	const char *key, *out;
} words[] = {
	{ UI_EN, 0, "person", "person" },
	{ UI_HANT, 0, "person", "人物" },
	{ UI_HANT, 0, "term", "名詞" },
	{ UI_HANT, '.', "term", "期限" },
	{ UI_HANS, '.', "in force", "生效" },
	{ UI_HANS, '/', "poems", "诗" },
	{ UI_HANS, '/', "poem", "poem" },
	{ UI_HANS, '.', "", "" },
};

int
main(void)
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("%d %s", cases[i].ui, cases[i].in);
		buf_clear(&b);
		t_ok(said(cases[i].ui, bytes_str(cases[i].in), &b) == cases[i].whole);
		t_bytes(buf_view(&b), bytes_str(cases[i].out));
	}
	for (i = 0; i < NELEM(words); i++) {
		t_case("word %c%s", words[i].what ? words[i].what : ' ', words[i].key);
		t_bytes(said_word(words[i].ui, words[i].what, bytes_str(words[i].key)),
		    bytes_str(words[i].out));
	}
	buf_release(&b);
	return t_done();
}
