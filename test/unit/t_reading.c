/* SPDX-License-Identifier: ISC */
#include "t.h"
#include "tsv.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "script/fold.h"
#include "script/han.h"
#include "script/reading.h"
#include "script/roman.h"

/* A word and how it is read first. */
static const struct {
	const char *word, *want;
	enum reading_hint hint;
} cases[] = {
	{ "旅順口", "lü3 shun4 kou3", READING_ANY },
	{ "旅顺口", "lü3 shun4 kou3", READING_ANY },
	{ "長安", "chang2 an1", READING_ANY },
	{ "重慶", "chong2 qing4", READING_ANY },
	{ "重庆市", "chong2 qing4 shi4", READING_ANY },
	{ "曾國藩", "zeng1 guo2 fan1", READING_ANY },
	{ "厦门", "xia4 men2", READING_ANY },
	{ "單雄信", "shan4 xiong2 xin4", READING_PERSON },
	{ "單于", "chan2 yu2", READING_ANY },
	{ "尉遲敬德", "yu4 chi2 jing4 de2", READING_ANY },
	{ "冒頓單于", "mo4 du2 chan2 yu2", READING_ANY },
	{ "樂毅", "yue4 yi4", READING_ANY },
	{ "會稽郡", "kuai4 ji1 jun4", READING_ANY },
	{ "朴正熙", "piao2 zheng4 xi1", READING_ANY },
	{ "頭髮", "tou2 fa5", READING_ANY },
	{ "中蘇友好同盟互助條約", "zhong1 su1 you3 hao3 tong2 meng2 hu4 zhu4 tiao2 yue1", READING_ANY },
	{ "“大，連”", "da4 lian2", READING_ANY },
	{ "佐々木", "zuo3 zuo3 mu4", READING_ANY },
};

static void
write_syl(struct buf *b, const struct reading *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (i)
			buf_putc(b, ' ');
		roman_write(b, &r->syl[i], 1, SCHEME_PINYIN_NUM, 0);
	}
}

static void
check_cases(void)
{
	struct reading v[READING_MAX];
	struct buf b = { 0 };
	size_t i, n;

	for (i = 0; i < NELEM(cases); i++) {
		t_case("%s", cases[i].word);
		n = reading_of(bytes_str(cases[i].word), cases[i].hint, v, NELEM(v));
		t_ok(n > 0 && n <= READING_MAX);
		buf_clear(&b);
		if (n)
			write_syl(&b, &v[0]);
		t_bytes(buf_view(&b), bytes_str(cases[i].want));
	}
	buf_release(&b);
}

static void
check_limits(void)
{
	struct reading v[READING_MAX];
	struct buf b = { 0 };
	size_t i;

	t_case("limits");
	for (i = 0; i < READING_SYLS; i++)
		buf_utf8(&b, 0x91cd);
	t_int(reading_of(buf_view(&b), READING_ANY, v, NELEM(v)), 1);
	t_int(v[0].n, READING_SYLS);
	buf_utf8(&b, 0x91cd);
	t_int(reading_of(buf_view(&b), READING_ANY, v, NELEM(v)), 0);
	b.n = 3u * READING_ONE;
	t_int(reading_of(buf_view(&b), READING_ANY, v, NELEM(v)), READING_MAX);
	b.n += 3;
	t_int(reading_of(buf_view(&b), READING_ANY, v, NELEM(v)), 1);
	t_int(reading_of(B(""), READING_ANY, v, NELEM(v)), 0);
	t_int(reading_of(B("Port Arthur \xff"), READING_ANY, v, NELEM(v)), 0);
	t_int(reading_of(B("\xee\x80\x80"), READING_ANY, v, NELEM(v)), 0);
	buf_release(&b);
}

static void
check_characters(void)
{
	uint16_t v[HAN_READINGS];
	uint8_t cost[HAN_READINGS];
	unsigned int rest;
	uint32_t cp;
	size_t i, n;

	t_case("characters");
	n = han_readings(0x91cd, v, cost, NELEM(v));
	t_ok(n >= 2 && v[0] == syl_parse(B("zhong4")) && v[1] == syl_parse(B("chong2")));
	t_int(han_readings('a', v, cost, NELEM(v)), 0);
	t_int(han_strokes(0x9f8d), 16);
	t_int(han_radical(0x65c5, &rest), 70);
	t_int(rest, 6);
	t_int(han_radical_char(70), 0x65b9);
	t_int(han_radical('a', &rest), 0);
	t_int(han_simplify(0x9806), 0x987a);
	t_int(han_traditional(0x987a), 0x9806);
	for (cp = 0x3000; cp < 0x32500; cp++) {
		n = han_readings(cp, v, cost, NELEM(v));
		t_ok(n <= HAN_READINGS);
		for (i = 0; i < MIN(n, NELEM(v)); i++)
			if (SYL_ID(v[i]) == 0 || SYL_ID(v[i]) > syl_count() ||
			    SYL_TONE(v[i]) == 0 || SYL_TONE(v[i]) > 5)
				t_int(cp, 0);
		if (han_radical(cp, &rest) > 214)
			t_int(cp, 0);
	}
}

/* The syllables of a column such as "Lu:3 shun4", Han's only. */
static size_t
column(struct bytes s, uint16_t *v, size_t cap)
{
	size_t at = 0, to, n = 0;

	while (at < s.n && n < cap) {
		for (to = at; to < s.n && s.p[to] != ' '; to++)
			;
		if ((v[n] = syl_parse(bytes_sub(s, at, to))) != 0) {
			if (SYL_TONE(v[n]) == 0)
				v[n] = SYL(SYL_ID(v[n]), 5);
			n++;
		}
		at = to + 1;
	}
	return n;
}

static bool
same(const struct reading *r, const uint16_t *v, size_t n)
{
	return r->n == n && memcmp(r->syl, v, n * sizeof(*v)) == 0;
}

/* Rates over the rows. */
static void
oracle(void)
{
	FILE *file = tsv_open("oracles/readings.tsv");
	struct buf b = { 0 };
	char line[16384], *f[TSV_MAX];
	struct reading v[READING_MAX];
	uint16_t want[READING_SYLS];
	size_t i, n, k, rows = 0, first = 0, among = 0, wade = 0;
	bool hit;

	if (file == NULL) {
		t_note("readings.tsv is not here");
		return;
	}
	(void)tsv_next(file, line, sizeof(line), f);
	t_case("readings of words that were asked");
	while (tsv_next(file, line, sizeof(line), f) >= 6) {
		rows++;
		n = column(bytes_str(f[4]), want, NELEM(want));
		k = reading_of(bytes_str(f[1]), READING_ANY, v, NELEM(v));
		first += k > 0 && same(&v[0], want, n);
		for (hit = false, i = 0; i < k; i++)
			hit |= same(&v[i], want, n);
		among += hit;
		if (!hit)
			t_note("%s is %s", f[1], f[4]);
		buf_clear(&b);
		roman_write(&b, want, n, SCHEME_WADE, 0);
		wade += bytes_eq(buf_view(&b), bytes_str(f[5]));
	}
	t_note("%zu rows: first %.2f %%, among %.2f %%, Wade-Giles %.2f %%", rows,
	    100. * (double)first / (double)rows, 100. * (double)among / (double)rows,
	    100. * (double)wade / (double)rows);
	t_ok(rows > 1000);
	t_ok(first * 100 >= rows * 97);
	t_ok(among * 1000 >= rows * 995);
	t_int(wade, rows);
	buf_release(&b);
	fclose(file);
}

int
main(void)
{
	check_cases();
	check_limits();
	check_characters();
	oracle();
	return t_done();
}
