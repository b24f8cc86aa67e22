/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "script/roman.h"

/* What is read, in which scheme, the keys that come out, best first. */
static const struct {
	const char *in;
	enum scheme scheme;
	const char *keys;
} reads[] = {
	{ "Lǚshùnkǒu", SCHEME_PINYIN, "lushunkou" },
	{ "lv3shun4kou3", SCHEME_PINYIN, "lushunkou" },
	{ "lu:shunkou", SCHEME_PINYIN, "lushunkou" },
	{ "lyushunkou", SCHEME_PINYIN, "lushunkou" },
	{ "Lü shun kou", SCHEME_PINYIN, "lushunkou" },
	{ "Xī'ān", SCHEME_PINYIN, "xian" },
	{ "Zhōng-Sū yǒuhǎo tóngméng", SCHEME_PINYIN, "zhongsuyouhaotongmeng" },
	{ "Huawei", SCHEME_PINYIN, "huawei" },
	{ "Port", SCHEME_PINYIN, "" },
	{ "", SCHEME_PINYIN, "" },
	{ "'- ", SCHEME_PINYIN, "" },
	{ "Ch'ing-tao", SCHEME_WADE, "qingdao" },
	{ "Chʻing-tao", SCHEME_WADE, "qingdao" },
	{ "Ch’ing¹-tao³", SCHEME_WADE, "qingdao" },
	{ "Ching-tao", SCHEME_WADE, "jingdao jingtao qingdao qingtao" },
	{ "Lü-shun-k'ou", SCHEME_WADE, "lushunkou" },
	{ "Lu-shun-k'ou", SCHEME_WADE, "lushunkou" },
	{ "Ta-lien", SCHEME_WADE, "dalian talian" },
	{ "Tung-ch'ing t'ieh-lu", SCHEME_WADE, "dongqingtielu" },
	{ "K'ung-tzu", SCHEME_WADE, "kongzi" },
	{ "K'ung-tzŭ", SCHEME_WADE, "kongzi" },
	{ "Ssu-ma Ch'ien", SCHEME_WADE, "simaqian" },
	{ "Hsü", SCHEME_WADE, "xu" },
	{ "Kuang-hsü", SCHEME_WADE, "guangxu kuangxu" },
	{ "Tê-hua", SCHEME_WADE, "dehua tehua" },
	{ "Люйшунькоу", SCHEME_PALLADIUS, "lushunkou" },
	{ "Чанъань", SCHEME_PALLADIUS, "changan" },
	{ "Сиань", SCHEME_PALLADIUS, "xian" },
	{ "Пекин", SCHEME_PALLADIUS, "" },
	{ "Мао Цзэдун", SCHEME_PALLADIUS, "maozedong" },
	{ "ㄌㄩˇ ㄕㄨㄣˋ ㄎㄡˇ", SCHEME_ZHUYIN, "lushunkou" },
	{ "ㄌㄩˇㄕㄨㄣˋㄎㄡˇ", SCHEME_ZHUYIN, "lushunkou" },
	{ "ㄇㄚ ˙ㄇㄚ", SCHEME_ZHUYIN, "mama" },
	{ "dzung", SCHEME_YALE, "zong" },
	{ "Kouang-siu", SCHEME_EFEO, "guangxu" },
	{ "Gwoyeu Luomaatzyh", SCHEME_GWOYEU, "guoyuluomazi" },
	{ "abc\xff", SCHEME_PINYIN, "" },
};

static const struct {
	const char *pinyin;	/* numbered */
	const char *marks, *plain, *wade, *palladius, *zhuyin, *yale, *gwoyeu;
} writes[] = {
	{ "lü3 shun4 kou3", "Lǚshùnkǒu", "Lüshunkou", "Lü-shun-k'ou", "Люйшунькоу",
	  "ㄌㄩˇ ㄕㄨㄣˋ ㄎㄡˇ", "Lyu-shwun-kou", "Leushuennkoou" },
	{ "xi1 an1", "Xī'ān", "Xi'an", "Hsi-an", "Сиань", "ㄒㄧ ㄢ", "Syi-an", "Shian" },
	{ "chang2 an1", "Cháng'ān", "Chang'an", "Ch'ang-an", "Чанъань",
	  "ㄔㄤˊ ㄢ", "Chang-an", "Charngan" },
	{ "ou1 yang2 xiu1", "Ōuyángxiū", "Ouyangxiu", "Ou-yang-hsiu", "Оуянсю",
	  "ㄡ ㄧㄤˊ ㄒㄧㄡ", "Ou-yang-syou", "Ouyangshiou" },
	{ "nü3 er2", "Nǚ'ér", "Nü'er", "Nü-erh", "Нюйэр", "ㄋㄩˇ ㄦˊ", "Nyu-er", "Neuerl" },
	{ "guang1 yuan2", "Guāngyuán", "Guangyuan", "Kuang-yüan", "Гуанъюань",
	  "ㄍㄨㄤ ㄩㄢˊ", "Gwang-ywan", "Guangyuan" },
	{ "si1 ma3 qian1", "Sīmǎqiān", "Simaqian", "Ssu-ma-ch'ien", "Сымацянь",
	  "ㄙ ㄇㄚˇ ㄑㄧㄢ", "Sz-ma-chyan", "Symaachian" },
	{ "ma1 ma5", "Māma", "Mama", "Ma-ma", "Мама", "ㄇㄚ ˙ㄇㄚ", "Ma-ma", "Mhamha" },
};

static size_t
syllables(const char *s, uint16_t *v)
{
	struct roman_seq seq;
	size_t i;

	if (roman_parse(bytes_str(s), SCHEME_PINYIN, 0, &seq, 1) == 0)
		return 0;
	for (i = 0; i < seq.n; i++)
		v[i] = seq.syl[i];
	return seq.n;
}

static void
check_write(const char *want, const uint16_t *v, size_t n, enum scheme s)
{
	struct buf b = { 0 };

	roman_write(&b, v, n, s, ROMAN_CAPITAL);
	t_bytes(buf_view(&b), bytes_str(want));
	buf_release(&b);
}

/* Every syllable with every tone comes back from every scheme. */
static void
round_trip(void)
{
	static const enum scheme all[] = {
		SCHEME_PINYIN, SCHEME_PINYIN_NUM, SCHEME_WADE, SCHEME_PALLADIUS,
		SCHEME_ZHUYIN, SCHEME_YALE, SCHEME_EFEO, SCHEME_GWOYEU,
	};
	struct roman_seq v[ROMAN_CANDS];
	struct buf b = { 0 };
	unsigned int id, tone;
	size_t s, i, n;
	bool found;

	for (s = 0; s < NELEM(all); s++) {
		t_case("every syllable through %s", scheme_name(all[s]));
		for (id = 1; id <= syl_count(); id++)
			for (tone = 1; tone <= 5; tone++) {
				if (strcmp(syl_spell(SYL(id, 0), SCHEME_PINYIN), "ê") == 0)
					continue;
				buf_clear(&b);
				roman_write(&b, &(uint16_t){ SYL(id, tone) }, 1, all[s], 0);
				n = roman_parse(buf_view(&b), all[s], 0, v, NELEM(v));
				for (found = false, i = 0; i < n; i++)
					found |= v[i].n == 1 && SYL_ID(v[i].syl[0]) == id;
				/* Two rare syllables may share a spelling and a key. */
				if (!found && n == 0)
					t_str(syl_spell(SYL(id, tone), all[s]), "read");
				if (s < 2 && tone < 5 && strcmp(syl_spell(SYL(id, 0), SCHEME_PINYIN), "r") != 0)
					t_int(n ? SYL_TONE(v[0].syl[0]) : 9, tone);
			}
	}
	buf_release(&b);
}

static void
partial(void)
{
	static const struct {
		const char *in;
		enum scheme scheme;
		const char *want;
	} v[] = {
		{ "lvshunk", SCHEME_PINYIN, "lushun+k" },
		{ "zhongs", SCHEME_PINYIN, "zhong+s" },
		{ "tung-ch'", SCHEME_WADE, "dong+ch" },
		{ "l", SCHEME_PINYIN, "+l" },
	};
	struct roman_seq seq[ROMAN_CANDS];
	struct buf b = { 0 };
	size_t i, k, n;
	bool found;

	for (i = 0; i < NELEM(v); i++) {
		t_case("unfinished %s", v[i].in);
		n = roman_parse(bytes_str(v[i].in), v[i].scheme, ROMAN_PARTIAL, seq, NELEM(seq));
		for (found = false, k = 0; k < n; k++) {
			buf_clear(&b);
			roman_key(&b, seq[k].syl, seq[k].n);
			buf_printf(&b, "+%s", seq[k].tail);
			found |= bytes_eq(buf_view(&b), bytes_str(v[i].want));
		}
		t_ok(found);
	}
	buf_release(&b);
}

static void
bad_input(void)
{
	struct roman_seq *v = calloc(ROMAN_CANDS, sizeof(*v));
	struct buf b = { 0 };
	size_t i;

	t_case("bad input");
	if (v == NULL)
		return;
	for (i = 0; i < 10000; i++)
		buf_putc(&b, "xian"[i & 3]);
	t_int(roman_parse(buf_view(&b), SCHEME_PINYIN, 0, v, ROMAN_CANDS), 0);
	b.n = 160;
	t_ok(roman_parse(buf_view(&b), SCHEME_PINYIN, 0, v, ROMAN_CANDS) > 0);
	t_ok(v[0].n <= ROMAN_SYLS);
	for (b.n = 0, i = 0; i < 200; i++)
		buf_putc(&b, 'a');
	t_int(roman_parse(buf_view(&b), SCHEME_PINYIN, 0, v, ROMAN_CANDS), 0);
	t_int(roman_parse(B("5"), SCHEME_PINYIN, 0, v, ROMAN_CANDS), 0);
	t_int(roman_parse(B("\xcc\x84"), SCHEME_PINYIN, 0, v, ROMAN_CANDS), 0);
	t_int(roman_parse(B("旅shun"), SCHEME_PINYIN, 0, v, ROMAN_CANDS), 0);
	t_int(syl_parse(B("zhang1")), SYL(SYL_ID(syl_parse(B("zhāng"))), 1));
	t_int(syl_parse(B("zhangx")), 0);
	buf_release(&b);
	free(v);
}

int
main(void)
{
	struct roman_seq v[ROMAN_CANDS];
	struct buf b = { 0 };
	uint16_t syl[ROMAN_SYLS];
	size_t i, k, n;

	for (i = 0; i < NELEM(reads); i++) {
		t_case("%zu %s \"%s\"", i, scheme_name(reads[i].scheme), reads[i].in);
		n = roman_parse(bytes_str(reads[i].in), reads[i].scheme, 0, v, NELEM(v));
		buf_clear(&b);
		for (k = 0; k < n && v[k].cost <= v[0].cost + 3u && b.n < strlen(reads[i].keys); k++) {
			if (k)
				buf_putc(&b, ' ');
			roman_key(&b, v[k].syl, v[k].n);
		}
		t_bytes(buf_view(&b), bytes_str(reads[i].keys));
	}
	for (i = 0; i < NELEM(writes); i++) {
		t_case("write %s", writes[i].pinyin);
		n = syllables(writes[i].pinyin, syl);
		check_write(writes[i].marks, syl, n, SCHEME_PINYIN);
		check_write(writes[i].plain, syl, n, SCHEME_PINYIN_PLAIN);
		check_write(writes[i].wade, syl, n, SCHEME_WADE);
		check_write(writes[i].palladius, syl, n, SCHEME_PALLADIUS);
		check_write(writes[i].zhuyin, syl, n, SCHEME_ZHUYIN);
		check_write(writes[i].yale, syl, n, SCHEME_YALE);
		check_write(writes[i].gwoyeu, syl, n, SCHEME_GWOYEU);
	}
	t_case("initials");
	buf_clear(&b);
	roman_initials(&b, syl, syllables("zhong1 su1 you3 hao3", syl));
	t_bytes(buf_view(&b), B("zsyh"));
	t_case("schemes by name");
	t_int(scheme_find(B("wadegile")), SCHEME_WADE);
	t_int(scheme_find(B("hepburn")), SCHEME_NONE);
	round_trip();
	partial();
	bad_input();
	buf_release(&b);
	return t_done();
}
