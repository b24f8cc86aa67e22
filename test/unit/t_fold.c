/* SPDX-License-Identifier: ISC */
#include "t.h"
#include "tsv.h"

#include "base/utf8.h"
#include "script/fold.h"

/* To add a case, add a line: what is folded, the key, the exact form. */
static const struct {
	const char *in, *key, *exact, *why;
} cases[] = {
	{ "", "", "", "empty" },
	{ " -' ", "", "-'", "only signs" },
	{ "Port Arthur", "portarthur", "port arthur", "Latin" },
	{ "  Port \t Arthur ", "portarthur", "port arthur", "white space" },
	{ "Lǚshùnkǒu", "lushunkou", "lǚshùnkǒu", "tone marks" },
	{ "Lu\xcc\x88shunkou", "lushunkou", "lüshunkou", "decomposed" },
	{ "Ch'ing-tao", "chingtao", "ch'ing-tao", "apostrophe" },
	{ "Chʻing‐tao", "chingtao", "chʻing‐tao", "okina, real hyphen" },
	{ "Œuvre ÆØÞ Łódź Straße", "oeuvreaeothlodzstrasse", "œuvre æøþ łódź strasse", "letters" },
	{ "İstanbul", "istanbul", "i̇stanbul", "dotted capital" },
	{ "ＰＲＣ１９４９", "prc1949", "prc1949", "full width" },
	{ "ﬁ Ⅷ ①", "fiviii1", "fi viii 1", "compatibility" },
	{ "Ёлка", "елка", "ёлка", "yo" },
	{ "догово\xcc\x81р", "договор", "догово́р", "stress" },
	{ "Чайковский", "чайковский", "чайковский", "short i stays" },
	{ "и\xcc\x86", "й", "й", "short i put together" },
	{ "Пекін Київ", "пекінкиїв", "пекін київ", "Ukrainian" },
	{ "Ἀθῆναι", "αθηναι", "ἀθῆναι", "Greek" },
	{ "ΣΟΦΟΣ σοφός", "σοφοσσοφοσ", "σοφοσ σοφόσ", "final sigma" },
	{ "مُحَمَّد", "محمد", "مُحَمَّد", "Arabic vowels" },
	{ "كـــتاب ﻼ", "كتابلا", "كـــتاب لا", "tatweel, ligature" },
	{ "آسیا", "اسيا", "آسیا", "Persian letters" },
	{ "བོད་ཡིག", "བོདཡིག", "བོད་ཡིག", "Tibetan vowels stay" },
	{ "ᠮᠣᠩᠭᠣᠯ᠋", "ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ᠋", "Mongolian" },
	{ "हिन्दी", "हिन्दी", "हिन्दी", "Devanagari" },
	{ "タカハシ ガ ﾊﾟ か\xe3\x82\x99 ー", "たかはしがぱがー", "タカハシ ガ パ が ー", "kana" },
	{ "조선", "조선", "조선", "Hangul" },
	{ "\xe1\x84\x8c\xe1\x85\xa9\xe1\x84\x89\xe1\x85\xa5\xe1\x86\xab", "조선", "조선", "jamo" },
	{ "旅順口", "旅顺口", "旅順口", "Han" },
	{ "縣", "县", "縣", "traditional" },
	{ "臺", "台", "臺", "variant" },
	{ "後", "后", "後", "ambiguous: the key agrees" },
	{ "裡", "里", "裡", "" },
	{ "裏", "里", "裏", "" },
	{ "麵", "面", "麵", "" },
	{ "爲", "为", "爲", "" },
	{ "廣", "广", "廣", "Japanese new form" },
	{ "\xef\xa4\x8a", "金", "金", "compatibility ideograph" },
	{ "𫔀", "炼", "𫔀", "other planes" },
	{ "a\xff\xe4\xb8z", "a\xff\xe4\xb8z", "a\xff\xe4\xb8z", "broken bytes stand" },
	{ "\xee\x80\x80", "\xee\x80\x80", "\xee\x80\x80", "private use" },
	{ "\xef\xbf\xbd", "\xef\xbf\xbd", "\xef\xbf\xbd", "replacement character" },
	{ "\xf0\x9f\x90\x89", "", "\xf0\x9f\x90\x89", "emoji" },
	{ "𝓗𝓪𝓷", "han", "han", "mathematical" },
};

/* Groups whose members must have one key; a bar parts those that must not. */
static const char *const meet[] = {
	"縣县", "台臺颱檯", "爲為为", "順顺", "東东", "國国", "廣広广", "里裏裡", "后後",
	"發发髮", "强強彊", "峰峯", "群羣", "線綫线", "砲炮礮", "遊游", "佈布", "寳宝寶",
	"戸戶户", "説說说", "黄黃", "齊斉齐", "鐵鉄铁", "澤沢泽", "龍竜龙", "圖図图",
	"傳伝传", "價価价", "圍囲围", "假仮", "曾曽", "拂払", "俱倶",
};

static const char apart[][2][4] = {
	{ "浜", "濱" }, { "惺", "醒" }, { "吋", "寸" }, { "大", "太" }, { "藝", "芸" }, { "未", "末" },
	{ "東", "車" }, { "連", "聯" }, { "己", "已" }, { "日", "曰" }, { "座", "做" },
	{ "歷", "厲" }, { "州", "洲" }, { "長", "張" }, { "帝", "第" }, { "人", "入" },
};

/* No input is refused; of what is well formed a key folds to itself. */
static void
random_text(bool broken)
{
	static const uint32_t mask[] = { 0x7f, 0x7ff, 0x3fff, 0xffff, 0x1fffff };
	struct buf raw = { 0 }, key = { 0 }, again = { 0 };
	uint32_t seed = 1;
	size_t i, k;

	t_case("random %s", broken ? "bytes" : "characters");
	for (i = 0; i < 20000; i++) {
		buf_clear(&raw);
		buf_clear(&key);
		buf_clear(&again);
		for (k = 0; k < i % 40; k++) {
			seed = seed * 1664525 + 1013904223;
			if (broken)
				buf_putc(&raw, (int)(seed >> 24));
			else
				buf_utf8(&raw, seed >> 8 & mask[(seed >> 4) % 5]);
		}
		fold_name(buf_view(&raw), &key);
		fold_name(buf_view(&key), &again);
		if (!broken && !bytes_eq(buf_view(&key), buf_view(&again)))
			break;
		buf_clear(&again);
		fold_exact(buf_view(&raw), &again);
		t_int(again.err | key.err, 0);
	}
	t_int(i, 20000);
	if (i < 20000)
		t_bytes(buf_view(&again), buf_view(&key));
	buf_release(&raw);
	buf_release(&key);
	buf_release(&again);
}

static bool
keys_meet(const char *a, const char *b, struct buf *x, struct buf *y)
{
	buf_clear(x);
	buf_clear(y);
	fold_name(bytes_str(a), x);
	fold_name(bytes_str(b), y);
	return bytes_eq(buf_view(x), buf_view(y));
}

/*
 * Pairs from elsewhere: all but one in a hundred that Unihan or OpenCC knows
 * must meet; of the others the number is told.  Unihan's specialised
 * variants mean something else and are no reason.
 */
static void
oracle(void)
{
	static const char *const counts[] = {
		"kSimplifiedVariant", "kTraditionalVariant", "kZVariant", "kSemanticVariant",
	};
	FILE *file = tsv_open("oracles/variants.tsv");
	char line[16384], *f[TSV_MAX];
	struct buf a = { 0 }, b = { 0 };
	size_t i, known = 0, met = 0, others = 0, others_met = 0;
	bool is_known, meets;

	if (file == NULL) {
		t_note("variants.tsv is not here");
		return;
	}
	t_case("pairs of variants");
	(void)tsv_next(file, line, sizeof(line), f);
	while (tsv_next(file, line, sizeof(line), f) >= 7) {
		/* Words have no source named: theirs are the characters'. */
		is_known = f[6][0] != 0 || strcmp(f[1], "word") == 0;
		for (i = 0; i < NELEM(counts); i++)
			is_known |= strstr(f[5], counts[i]) != NULL &&
			    (strncmp(f[5], "kSpecialized", 12) != 0 || strchr(f[5], '|'));
		meets = keys_meet(f[2], f[3], &a, &b);
		known += is_known;
		met += is_known && meets;
		others += !is_known;
		others_met += !is_known && meets;
		if (is_known && !meets)
			t_note("apart: %s %s (%s %s)", f[2], f[3], f[5], f[6]);
	}
	t_note("%zu of %zu known pairs meet (%.2f %%), %zu of %zu others", met, known,
	    100. * (double)met / (double)known, others_met, others);
	t_ok(known > 1000);
	t_ok(met * 100 >= known * 99);
	fclose(file);
	buf_release(&a);
	buf_release(&b);
}

int
main(void)
{
	struct buf b = { 0 };
	uint32_t a = 0, c = 0;
	size_t i, at;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("%zu %s", i, cases[i].why);
		buf_clear(&b);
		fold_name(bytes_str(cases[i].in), &b);
		t_bytes(buf_view(&b), bytes_str(cases[i].key));
		buf_clear(&b);
		fold_exact(bytes_str(cases[i].in), &b);
		t_bytes(buf_view(&b), bytes_str(cases[i].exact));
	}
	for (i = 0; i < NELEM(meet); i++) {
		t_case("meet %s", meet[i]);
		at = 0;
		(void)utf8_next(bytes_str(meet[i]), &at, &a);
		while (utf8_next(bytes_str(meet[i]), &at, &c))
			t_int(fold_han(c), fold_han(a));
	}
	for (i = 0; i < NELEM(apart); i++) {
		t_case("apart %s %s", apart[i][0], apart[i][1]);
		at = 0;
		(void)utf8_next(bytes_str(apart[i][0]), &at, &a);
		at = 0;
		(void)utf8_next(bytes_str(apart[i][1]), &at, &c);
		t_ok(fold_han(a) != fold_han(c));
	}
	t_case("each character's stand-in stands for itself");
	for (c = 0x3400; c < 0x32400; c++)
		if (fold_han(fold_han(c)) != fold_han(c))
			t_int(c, 0);
	oracle();
	random_text(true);
	random_text(false);
	buf_release(&b);
	return t_done();
}
