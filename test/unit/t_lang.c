/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "script/lang.h"

static const struct {
	const char *in, *han, *want;
} cases[] = {
	{ "旅順", NULL, "zh-Hant" },
	{ "旅顺", "zh-Hant", "zh-Hans" },
	{ "大同", NULL, "zh-Hant" },
	{ "大同", "zh-Hans", "zh-Hans" },
	{ "皇后", "zh-Hans", "zh-Hans" },
	{ "頭发們", NULL, "zh-Hant" },
	{ "りょじゅん", NULL, "ja" },
	{ "旅順の港", NULL, "ja" },
	{ "Lǚshùn", NULL, "zh-Latn-pinyin" },
	{ "Ta-lien", NULL, "und-Latn" },
	{ "café", NULL, "und-Latn" },
	{ "Порт-Артур", NULL, "ru" },
	{ "뤼순", NULL, "ko" },
	{ "ㄌㄩˇ", NULL, "zh-Bopo" },
	{ "Ἀθῆναι", NULL, "el" },
	{ "بكين", NULL, "ar" },
	{ "ལྷ་ས", NULL, "bo" },
	{ "ᠮᠣᠩᠭᠣᠯ", NULL, "mn-Mong" },
	{ "ᠮᠠᠨᠵᡠ", NULL, "mnc" },
	{ "1950", NULL, "und" },
	{ "", NULL, "und" },
	{ "\xff\xfe", NULL, "und" },
};

int
main(void)
{
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("%zu \"%s\"", i, cases[i].in);
		t_str(lang_guess(bytes_str(cases[i].in), cases[i].han, NULL),
		    cases[i].want);
	}
	t_case("codes");
	t_str(script_code(SCRIPT_HAN), "Hani");
	t_str(script_code(script_of_text(B("Порт"))), "Cyrl");
	t_int(han_side(0x7e23), 2);
	t_int(han_side(0x53bf), 1);
	t_int(han_side(0x4eba), 0);
	return t_done();
}
