/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "base/buf.h"
#include "script/align.h"

/* The pairs are written "東dong 清qing"; a bar parts what did not fit. */
static const struct {
	const char *han, *roman;
	enum scheme want;
	unsigned int off;
	const char *pairs;
} cases[] = {
	{ "东清铁路", "Dongqing tielu", SCHEME_PINYIN, 0, "东Dong 清qing 铁tie 路lu" },
	{ "大连", "Dalian", SCHEME_PINYIN, 0, "大Da 连lian" },
	{ "西安", "Xian", SCHEME_PINYIN, 0, "西Xi 安an" },
	{ "西安", "Xī'ān", SCHEME_PINYIN, 0, "西Xī 安ān" },
	{ "方案", "fāng'àn", SCHEME_PINYIN, 0, "方fāng 案àn" },
	{ "旅順口", "Lu:3shun4kou3", SCHEME_PINYIN, 0, "旅Lu:3 順shun4 口kou3" },
	{ "旅順口", "Lvshunkou", SCHEME_PINYIN, 0, "旅Lv 順shun 口kou" },
	{ "旅順口", "Lushunkou", SCHEME_PINYIN, 0, "旅Lu 順shun 口kou" },
	{ "旅順口", "Lü-shun-k'ou", SCHEME_WADE, 0, "旅Lü 順shun 口k'ou" },
	{ "青島", "Ch’ing-tao", SCHEME_WADE, 0, "青Ch’ing 島tao" },
	{ "青島", "Tsingtao", SCHEME_NONE, 0, "青Tsing 島tao" },
	{ "孔子", "K'ung-tzu", SCHEME_WADE, 0, "孔K'ung 子tzu" },
	{ "光緒", "Kuang-hsu", SCHEME_WADE, 0, "光Kuang 緒hsu" },
	{ "長安", "Чанъань", SCHEME_PALLADIUS, 0, "長Чан 安ань" },
	{ "毛澤東", "Мао Цзэдун", SCHEME_PALLADIUS, 0, "毛Мао 澤Цзэ 東дун" },
	{ "旅順", "ㄌㄩˇ ㄕㄨㄣˋ", SCHEME_ZHUYIN, 0, "旅ㄌㄩˇ 順ㄕㄨㄣˋ" },
	{ "重慶", "Chóngqìng", SCHEME_PINYIN, 0, "重Chóng 慶qìng" },
	{ "東清", "Dóngqīng", SCHEME_PINYIN, 1, "東Dóng 清qīng" },
	{ "青島", "Ts'ing-tao", SCHEME_EFEO, 0, "青Ts'ing 島tao" },
	{ "中蘇友好", "Zhōng-Sū yǒuhǎo", SCHEME_PINYIN, 0, "中Zhōng 蘇Sū 友yǒu 好hǎo" },
	{ "旅順口區", "Lüshunkou", SCHEME_NONE, 0, "旅Lü 順shun 口kou" },
	{ "大連", "Dalian shi", SCHEME_NONE, 0, "大Da 連lian" },
	{ "綠境", "Luk Keng", SCHEME_NONE, 0, "" },
	{ "華為", "Huawei", SCHEME_PINYIN, 0, "華Hua 為wei" },
	{ "", "Dalian", SCHEME_NONE, 0, "" },
	{ "大連", "", SCHEME_NONE, 0, "" },
	{ "大連", "\xff", SCHEME_NONE, 0, "" },
};

/* Before and after in prose: what was taken. */
static const struct {
	const char *roman, *han;
	bool after;
	const char *want;
} prose[] = {
	{ "the Chinese Eastern Railway Dongqing tielu ", "东清铁路", false, "Dongqing tielu|东清铁路" },
	{ "at Dalian", "大连", false, "Dalian|大连" },
	{ "ports (Lüshun ", "旅順和大連", false, "Lüshun|旅順" },
	{ "Port Arthur ", "旅順", false, "" },
	{ "Dalian 1950", "大连", true, "Dalian|大连" },
	{ "Ta-lien and", "在大連", true, "Ta-lien|大連" },
	{ "and others", "大連", true, "" },
	{ "договор Люйшунь", "旅順", false, "Люйшунь|旅順" },
};

static void
write_pairs(struct buf *b, const struct align *a, const char *han, const char *roman)
{
	const struct align_pair *p;

	for (p = a->pair; p < a->pair + a->n; p++)
		buf_printf(b, "%s%.*s%.*s", p == a->pair ? "" : " ",
		    (int)(p->han_to - p->han_from), han + p->han_from,
		    (int)(p->rom_to - p->rom_from), roman + p->rom_from);
}

int
main(void)
{
	struct buf b = { 0 }, long_han = { 0 };
	struct align a;
	size_t i, at;
	bool ok;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("%s %s", cases[i].han, cases[i].roman);
		ok = align(bytes_str(cases[i].han), bytes_str(cases[i].roman),
		    SCHEME_NONE, &a);
		t_int(ok, cases[i].want != SCHEME_NONE);
		t_int(a.whole, ok);
		t_int(ok ? a.scheme : SCHEME_NONE, cases[i].want);
		t_int(a.off, cases[i].off);
		t_int(align_scheme(bytes_str(cases[i].han), bytes_str(cases[i].roman)),
		    cases[i].want);
		buf_clear(&b);
		if (ok || (a.n && cases[i].pairs[0])) {
			write_pairs(&b, &a, cases[i].han, cases[i].roman);
			t_bytes(buf_view(&b), bytes_str(cases[i].pairs));
		}
	}
	for (i = 0; i < NELEM(prose); i++) {
		struct bytes rom = bytes_str(prose[i].roman), han = bytes_str(prose[i].han);

		t_case("in prose: %s, %s", prose[i].roman, prose[i].han);
		at = 0;
		ok = prose[i].after ? align_begin(han, rom, &at, &a) :
		    align_end(rom, han, &at, &a);
		t_int(ok, prose[i].want[0] != 0);
		buf_clear(&b);
		if (ok) {
			buf_bytes(&b, bytes_trim(prose[i].after ? bytes_sub(rom, 0, at) :
			    bytes_sub(rom, at, rom.n)));
			buf_putc(&b, '|');
			buf_bytes(&b, bytes_sub(han, a.pair[0].han_from,
			    a.pair[a.n - 1].han_to));
		}
		t_bytes(buf_view(&b), bytes_str(prose[i].want));
	}
	t_case("the reading follows the romanised form");
	t_ok(align(B("重"), B("chong"), SCHEME_NONE, &a));
	t_int(a.pair[0].syl, syl_parse(B("chóng")));
	t_case("one scheme only");
	t_ok(!align(B("青島"), B("Ch'ing-tao"), SCHEME_PINYIN, &a));
	t_case("ten thousand characters");
	for (i = 0; i < 10000; i++)
		buf_puts(&long_han, "長");
	t_ok(!align(buf_view(&long_han), B("chang"), SCHEME_NONE, &a));
	buf_release(&long_han);
	buf_release(&b);
	return t_done();
}
