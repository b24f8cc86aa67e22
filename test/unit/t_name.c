/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "base/buf.h"
#include "script/name.h"

/* Parts the object must have, bars between them. */
static const struct {
	const char *form, *reading, *want;
} cases[] = {
	{ "旅順口", "", "\"readings\":[\"lǚ shùn kǒu\"]|\"pinyin\":\"Lǚshùnkǒu\"|"
	  "\"pinyin_plain\":\"Lüshunkou\"|\"wade_giles\":\"Lü-shun-k'ou\"|"
	  "\"palladius\":\"Люйшунькоу\"|\"zhuyin\":\"ㄌㄩˇ ㄕㄨㄣˋ ㄎㄡˇ\"|"
	  "\"simplified\":\"旅顺口\"|\"traditional\":\"旅順口\"|"
	  "\"keys\":[\"旅顺口\",\"lushunkou\",\"lsk\"]|\"lang\":\"zh-Hant\"" },
	{ "旅顺口", "", "\"traditional\":\"旅順口\"|\"lang\":\"zh-Hans\"" },
	{ "皇后臺", "", "\"traditional\":\"皇后臺\"" },
	{ "皇后", "", "\"traditional\":\"皇后\"" },
	{ "后汉书", "", "\"traditional\":\"後漢書\"" },
	{ "头发", "", "\"traditional\":\"頭髮\"" },
	{ "发展", "", "\"traditional\":\"發展\"" },
	{ "干部", "", "\"traditional\":\"幹部\"" },
	{ "里程", "", "\"traditional\":\"里程\"" },
	{ "面条", "", "\"traditional\":\"麵條\"" },
	{ "台湾·范仲淹", "", "\"traditional\":\"臺灣·范仲淹\"" },
	{ "乾隆", "", "\"simplified\":\"乾隆\"" },
	{ "餅乾", "", "\"simplified\":\"饼干\"" },
	{ "中蘇友好同盟", "Zhōng-Sū yǒuhǎo tóngméng",
	  "\"pinyin\":\"Zhōng-Sū yǒuhǎo tóngméng\"|\"palladius\":\"Чжун-Су юхао тунмэн\"" },
	{ "長安", "zhang an", "\"pinyin\":\"Zhǎng'ān\"" },
	{ "青島", "Ch'ing-tao", "\"pinyin\":\"Qīngdǎo\"" },
	{ "旅順", "Люйшунь", "\"pinyin\":\"Lǚshùn\"" },
	{ "旅順", "chang an", "\"error\":\"|does not fit|\"pinyin\":\"Lǚshùn\"" },
	{ "旅順", "lü", "'順' has none" },
	{ "旅順", "lüshunkou", "then syllables are left over" },
	{ "Port Arthur", "", "\"script\":\"Latn\"|\"readings\":[]|\"keys\":[\"portarthur\"]" },
	{ "Port Arthur", "port", "\"error\":" },
	{ "huáwèi jìshù", "", "\"lang\":\"zh-Latn-pinyin\"|\"pinyin\":\"Huáwèi jìshù\"" },
	{ "Málaga", "", "\"lang\":\"und-Latn\"|\"readings\":[]" },
	{ "Lü-shun-k'ou", "", "\"scheme\":\"wade-giles\"|\"pinyin_plain\":\"Lüshunkou\"" },
	{ "4S店", "", "\"pinyin\":\"4S diàn\"" },
	{ "凱茜·弗里曼", "", "\"pinyin_plain\":\"Kaixi fuliman\"" },
	{ "", "", "\"error\":\"no name was given\"" },
	{ " \t", "", "\"error\":\"no name was given\"" },
	{ "\xff", "", "\"error\":\"the name or its reading is not UTF-8\"" },
	{ "Ta-lien", "", "\"scheme\":\"wade-giles\"|\"pinyin_plain\":\"Dalian\"" },
	{ "Zhong-Su youhao", "", "\"scheme\":\"pinyin\"" },
	{ "Jié kè rén", "", "\"pinyin\":\"Jiékèrén\"|\"wade_giles\":\"Chieh-k'o-jen\"" },
	{ "Fó ye", "", "\"scheme\":\"pinyin\"" },
	{ "Lǐ Bái", "", "\"pinyin\":\"Lǐ Bái\"|\"palladius\":\"Ли Бай\"" },
	{ "國家文物局", "Guó jiā Wén wù jú", "\"pinyin\":\"Guójiā Wénwùjú\"|"
	  "\"wade_giles\":\"Kuo-chia-wen-wu-chü\"" },
	{ "兒女", "", "\"readings\":[\"ér nǚ\"]" },
	{ "旅順口(舊)", "", "\"pinyin\":\"Lǚshùnkǒu jiù\"" },
	{ "Latin", "", "\"readings\":[]" },
	{ "kao-fei", "", "\"scheme\":\"wade-giles\"|\"pinyin_plain\":\"Gaofei\"" },
	{ "\xee\x80\x80", "", "\"keys\":[\"\xee\x80\x80\"]" },
	{ "𠀀𰻝", "", "\"script\":\"Hani\"" },
	{ "\xcc\x81\xcc\x81", "", "\"keys\":[]" },
};

/* Names of one entry: which scheme the second is in. */
static const struct {
	const char *han, *roman;
	enum scheme want;
} pairs[] = {
	{ "旅順", "Lüshun", SCHEME_PINYIN }, { "旅順", "Lü-shun", SCHEME_PINYIN },
	{ "大連", "Ta-lien", SCHEME_WADE }, { "大連", "Dalian", SCHEME_PINYIN },
	{ "旅順", "Port Arthur", SCHEME_NONE }, { "旅順", "Люйшунь", SCHEME_PALLADIUS },
	{ "旅順", "Порт-Артур", SCHEME_NONE }, { "陸庚", "Luk Keng", SCHEME_NONE },
};

int
main(void)
{
	struct buf b = { 0 }, huge = { 0 };
	struct reading r;
	size_t i, at, to;

	for (i = 0; i < NELEM(cases); i++) {
		struct bytes want = bytes_str(cases[i].want);

		t_case("%s (%s)", cases[i].form, cases[i].reading);
		buf_clear(&b);
		name_json(&b, bytes_str(cases[i].form), bytes_str(cases[i].reading));
		t_int(b.err, 0);
		for (at = 0; at < want.n; at = to + 1) {
			for (to = at; to < want.n && want.p[to] != '|'; to++)
				;
			if (bytes_find(buf_view(&b), bytes_sub(want, at, to)) == SIZE_MAX)
				t_bytes(buf_view(&b), bytes_sub(want, at, to));
		}
		if (cases[i].reading[0] == 0 && (unsigned char)cases[i].form[0] > ' ' &&
		    cases[i].form[0] != '\xff')
			t_ok(bytes_find(buf_view(&b), B("\"error\"")) == SIZE_MAX);
	}
	for (i = 0; i < NELEM(pairs); i++) {
		t_case("%s beside %s", pairs[i].han, pairs[i].roman);
		t_int(name_pair(bytes_str(pairs[i].han), bytes_str(pairs[i].roman), &r),
		    pairs[i].want);
	}
	t_case("ten thousand characters");
	for (i = 0; i < 10000; i++)
		buf_puts(&huge, "旅");
	buf_clear(&b);
	name_json(&b, buf_view(&huge), B(""));
	t_ok(bytes_find(buf_view(&b), B("\"error\"")) != SIZE_MAX);
	t_ok(b.n < 1000);
	huge.n = 3000;
	buf_clear(&b);
	name_json(&b, buf_view(&huge), B("lü"));
	t_ok(bytes_find(buf_view(&b), B("\"error\"")) != SIZE_MAX);
	buf_release(&b);
	buf_release(&huge);
	return t_done();
}
