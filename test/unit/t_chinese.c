/* SPDX-License-Identifier: ISC */
/* Chinese dates, good and bad.  To add a case, add a line. */
#include "t.h"

#include "calendar/lunar.h"

/* The likeliest reading: its interval in EDTF and its state. */
static const struct {
	const char *in;
	const char *edtf;
	const char *polity;
	const char *why;
} good[] = {
	{ "光緒二十四年八月初六", "1898-09-21", "清", "all parts" },
	{ "光绪二十四年八月初六", "1898-09-21", "清", "simplified" },
	{ "萬暦四十八年七月廿一", "1620-08-18", "明", "one character as Japan writes it" },
	{ "后汉隐帝干祐三年十月廿九", "0950-12-16", "後漢", "simplified too far" },
	{ "康煕元年", "1662-02-18/1663-02-07", "清", "a variant" },
	{ "光緒24年8月6日", "1898-09-21", "清", "digits" },
	{ "光緒２４年８月６日", "1898-09-21", "清", "full-width digits" },
	{ "光緒貳拾肆年捌月初陸", "1898-09-21", "清", "financial numerals" },
	{ "光緒廿四年八月初六", "1898-09-21", "清", "廿" },
	{ "光緒二十有四年八月初六", "1898-09-21", "清", "有 between tens and ones" },
	{ " 光緒 二十四年 八月 初六 ", "1898-09-21", "清", "blanks between the parts" },
	{ "光緒二十四年（戊戌）八月初六", "1898-09-21", "清", "the pair of the year beside it" },
	{ "清 德宗 光緒 二十四年八月初六", "1898-09-21", "清", "blanks between the names" },
	{ "清·德宗·光緒二十四年八月初六", "1898-09-21", "清", "dots between the names" },
	{ "光緒戊戌（二十四年）八月初六", "1898-09-21", "清", "the number beside the pair" },
	{ "光緒二十四年歲次戊戌八月初六", "1898-09-21", "清", "歲次" },
	{ "光緒二十四八月初六", "1898-09-21", "清", "年 left out" },
	{ "光緒24", "1898-01-22/1899-02-09", "清", "nothing but the number" },
	{ "光緒24.8.6", "1898-09-21", "清", "numbers and dots" },
	{ "光緒24/閏3/6", "1898-04-26", "清", "the same with a leap month" },
	{ "民國38.10.1", "1949-10-01", "民國", "in the Republic they are Gregorian" },
	{ "光緒二十四年（閏）三月初六", "1898-04-26", "清", "閏 in brackets" },
	{ "光緒二十四年三月（閏）初六", "1898-04-26", "清", "閏 behind its month" },
	{ "光緒二十四年潤三月初六", "1898-04-26", "清", "潤 for 閏" },
	{ "「光緒二十四年八月初六」", "1898-09-21", "清", "in quotation marks" },
	{ "光緒二十四年八月初六。", "1898-09-21", "清", "a full stop" },
	{ "光緒年", "1875-02-06/1909-01-21", "清", "no number" },
	{ "庚子年", "2020-01-25/2021-02-11", "公元", "a year of the cycle before the era of that name" },
	{ "太初元年十月初一", "-0103-11-11", "西漢", "the later of two tenth months" },
	{ "光緒二十四年八月初六至九月初十", "1898-09-21/1898-10-24", "清", "the end is of the same year" },
	{ "1661年至1722年", "1661/1722", "", "no finer than it was written" },
	{ "1661—1722年", "1661/1722", "", "one 年 for both" },
	{ "1950年春", "1950-21", "", "a season of a Western year" },
	{ "1950年冬", "1950-24", "", "that goes over its end" },
	{ "1950年上半年", "1950-40", "", "a half" },
	{ "1950年底", "1950-36", "", "its end" },
	{ "1950年代初", "[1950..1952]", "", "a part of a decade" },
	{ "二十世紀上半葉", "[1901..1950]", "", "half a century" },
	{ "1952年底以前", "../1952-36", "", "the end is in it" },
	{ "1963年以前", "../1962", "", "before" },
	{ "至迟1952年", "../1952", "", "no later than" },
	{ "1711年生", "1711", "", "born" },
	{ "约1130年", "1130~", "", "about, simplified" },
	{ "1950年2月14日（星期二）", "1950-02-14", "", "a day of the week" },
	{ "光緒二十四年（1898）", "1898-01-22/1899-02-09", "清", "its Western year" },
	{ "光緒二十四年八月初六（1898年9月21日）", "1898-09-21", "清", "its Western day" },
	{ "農曆1950年1月1日", "1950-02-17", "公元", "said to be lunar" },
	{ "民國前一年", "1911", "民國", "counted back from the Republic" },
	{ "漢武帝時", "-0140-11-01/-0086-03-27", "西漢", "as long as a reign" },
	{ "明代中期", "1460-02-29/1552-03-28", "明", "the middle of a state's time" },
	{ "光緒戊戌八月初六", "1898-09-21", "清", "the pair instead of the number" },
	{ "光緒二十四年八月丁亥", "1898-09-21", "清", "the pair of the day" },
	{ "光緒二十四年八月壬午朔丁亥", "1898-09-21", "清", "the pair of the first day, too" },
	{ "光緒二十四年八月初六日丁亥", "1898-09-21", "清", "number and pair" },
	{ "清德宗光緒二十四年八月初六", "1898-09-21", "清", "state and ruler" },
	{ "大清光緒二十四年八月初六", "1898-09-21", "清", "another name of the state" },
	{ "光緒帝二十四年八月初六", "1898-09-21", "清", "era as a ruler's name" },
	{ "光緒二十四年", "1898-01-22/1899-02-09", "清", "a year" },
	{ "光緒元年", "1875-02-06/1876-01-25", "清", "元年" },
	{ "光緒二十四年八月", "1898-09-16/1898-10-14", "清", "a month" },
	{ "光緒二十四年閏三月", "1898-04-21/1898-05-19", "清", "a leap month" },
	{ "光緒二十四年閏月", "1898-04-21/1898-05-19", "清", "the leap month" },
	{ "光緒二十四年夏", "1898-05-20/1898-08-16", "清", "a season" },
	{ "光緒二十四年八月上旬", "1898-09-16/1898-09-25", "清", "ten days" },
	{ "光緒二十四年八月晦", "1898-10-14", "清", "the last day" },
	{ "光緒二十四年八月朔", "1898-09-16", "清", "the first day" },
	{ "光緒二十四年八月望", "1898-09-30", "清", "the full moon" },
	{ "約光緒二十四年", "1898-01-22~/1899-02-09~", "清", "about" },
	{ "乾隆元年春正月", "1736-02-12/1736-03-11", "清", "season and month" },
	{ "乾隆甲子", "1744-02-13/1745-01-31", "清", "a pair within an era" },
	{ "道光二十年冬月初三", "1840-11-26", "清", "冬月" },
	{ "道光二十年臘月", "1840-12-24/1841-01-22", "清", "臘月" },
	{ "康熙元年至六十一年", "1662-02-18/1723-02-04", "清", "a span" },
	{ "乾隆年間", "1736-02-12/1796-02-08", "清", "an era" },
	{ "唐開元", "0713-12-26/0742-02-13", "唐", "an era alone" },
	{ "明代", "1368-01-31/1644-04-25", "明", "as long as the state" },
	{ "秦始皇二十七年", "-0220-11-14/-0219-11-02", "秦", "a reign without an era; the year began in the tenth month" },
	{ "秦二世元年十月", "-0209-11-14/-0209-12-12", "秦", "the first month of that year" },
	{ "孝文帝後七年六月己亥", "-0156-07-03", "西漢", "the part of a reign" },
	{ "漢文帝後元七年六月己亥", "-0156-07-03", "西漢", "the same in full" },
	{ "景帝中五年", "-0145-10-28/-0144-11-14", "西漢", "中 of 中元" },
	{ "惠帝（呂后）七年九月", "-0187-10-12/-0187-11-10", "西漢", "two rulers in one year" },
	{ "惠帝(呂后)七年九月", "-0187-10-12/-0187-11-10", "西漢", "half-width brackets" },
	{ "元光六年後九月廿五", "-0128-11-13", "西漢", "後九月" },
	{ "漢光武帝建武元年六月己未", "0025-08-03", "東漢", "漢 is the Eastern" },
	{ "景初元年四月", "0237-04-13/0237-05-12", "曹魏", "the first month of the shifted year" },
	{ "景初三年後十二月", "0240-01-12/0240-02-09", "曹魏", "a second twelfth month" },
	{ "天授二年一月初一", "0691-02-07", "武周", "一 is Wu Zetian's third month" },
	{ "聖曆三年臘月三十", "0700-01-28", "武周", "臘 is her second" },
	{ "唐肅宗二年丑月十一", "0762-01-14", "唐", "months called by branches" },
	{ "武德九年六月四日", "0626-07-05", "唐", "number with 日" },
	{ "天寶十四載十一月甲子", "0755-12-20", "唐", "載 for 年" },
	{ "民國三十八年十月一日", "1949-10-01", "民國", "the Republic counts Gregorian days" },
	{ "民國三十八年十月初一", "1949-11-20", "民國", "unless the day is a lunar one" },
	{ "民國三十八年", "1949", "民國", "a year of the Republic" },
	{ "中華民國三十八年十月一日", "1949-10-01", "民國", "by its whole name" },
	{ "民國初年", "1912-01-01/1924-08-30", "民國", "its parts are of the years to 1949" },
	{ "Qianlong 1", "1736-02-12/1737-01-30", "清", "an era in Latin letters" },
	{ "the 23rd day of the 7th month of Kangxi 45", "1706-08-30", "清", "and a day" },
	{ "the third year of Zhenguan", "0629-02-02/0630-02-20", "唐", "of the best known" },
	{ "開元中", "0713-12-26/0742-02-13", "唐", "in the time of an era, not in its middle" },
	{ "民國十七年十月廿二", "1928-12-03", "民國", "廿 is lunar" },
	{ "宣統三年十二月廿五", "1912-02-12", "清", "the last day of the empire" },
	{ "1949年10月1日", "1949-10-01", "", "Western, in digits" },
	{ "一九四九年十月一日", "1949-10-01", "", "Western, in Han figures" },
	{ "公元前221年", "-0220", "", "BC" },
	{ "公元755年12月16日", "0755-12-20", "", "before the reform days are Julian" },
	{ "十九世紀", "[1801..1900]", "", "a century" },
	{ "二十世紀五十年代", "195X", "", "a decade" },
	{ "1898年八月初六", "1898-09-21", "清", "a lunar day in a Western year" },
	{ "慶應三年", "1867", "", "Japan, to the year" },
	{ "慶應三年十月十四日", "1867", "", "also when a day is written" },
	{ "明治三十一年九月二十一日", "1898-09-21", "", "Gregorian from 1873 on" },
};

static void
read_good(void)
{
	size_t i;

	for (i = 0; i < NELEM(good); i++) {
		struct date_candidate c[64];
		struct date_error e = { 0 };
		char edtf[DATE_EDTF_MAX] = "";
		int n;

		t_case("%s: %s", good[i].in, good[i].why);
		n = date_read(bytes_str(good[i].in), NULL, c, NELEM(c), &e);
		t_ok(n > 0);
		if (n <= 0) {
			t_note("%s", e.text);
			continue;
		}
		date_edtf(&c[0].v, edtf);
		t_str(edtf, good[i].edtf);
		t_bytes(name_text(polity_get(c[0].polity)->name), bytes_str(good[i].polity));
	}
}

/* What cannot be, and a part of the sentence that must say why. */
static const struct {
	const char *in;
	enum date_fault fault;
	const char *says;
} bad[] = {
	{ "1949年4月31日", DATE_FAULT_DAY, "April has 30 days" },
	{ "1900年2月29日", DATE_FAULT_DAY, "no leap year" },
	{ "1949年13月", DATE_FAULT_MONTH, "12 months" },
	{ "1582年10月10日", DATE_FAULT_CUT, "did not exist" },
	{ "光緒二十四年十三月", DATE_FAULT_MONTH, "12 months" },
	{ "光緒二十四年閏八月初一", DATE_FAULT_MONTH, "its leap month was 閏三月" },
	{ "光緒二十三年閏八月", DATE_FAULT_MONTH, "no leap month" },
	{ "光緒二十三年閏月", DATE_FAULT_MONTH, "no leap month" },
	{ "光緒二十四年八月三十", DATE_FAULT_DAY, "had 29 days" },
	{ "光緒二十四年八月丙子", DATE_FAULT_DAY, "ran from 壬午 to 庚戌" },
	{ "光緒二十四年八月初六日戊子", DATE_FAULT_DAY, "丁亥" },
	{ "光緒二十四年八月辛巳朔", DATE_FAULT_DAY, "began on a 壬午 day" },
	{ "光緒二十四年己亥", DATE_FAULT_YEAR, "was a 戊戌 year" },
	{ "光緒三年十四月", DATE_FAULT_MONTH, "month 14: a year has 12 months" },
	{ "光緒四十年", DATE_FAULT_YEAR, "ended in its year 34 (on 1909-01-21); that year was 民國三年" },
	{ "宣統四年", DATE_FAULT_YEAR, "民國元年" },
	{ "光緒壬子", DATE_FAULT_YEAR, "no 壬子 year" },
	{ "光績二十四年", DATE_FAULT_ERA, "光緒 (清)" },
	{ "乾龍三年", DATE_FAULT_ERA, "乾隆 (清)" },
	{ "唐光緒二年", DATE_FAULT_ERA, "it was of 清" },
	{ "唐太宗三年", DATE_FAULT_ERA, "武德, 貞觀" },
	{ "廿四年", DATE_FAULT_SYNTAX, "without an era" },
	{ "八月初六", DATE_FAULT_SYNTAX, "without a year" },
	{ "光緒99999999999999999999年", DATE_FAULT_YEAR, "out of range" },
	{ "公元99999年", DATE_FAULT_YEAR, "out of range" },
	{ "康熙六十一年至元年", DATE_FAULT_ORDER, "ends before it begins" },
	{ "大海", DATE_FAULT_SYNTAX, "no date" },
	{ "光緒二十四年八月初六之大海", DATE_FAULT_SYNTAX, "'光緒二十四年八月初六' can be read, but not '之大海' behind it" },
	{ "清光續三年", DATE_FAULT_ERA, "called 光續; near names: 光緒 (清)" },
	{ "光緒二十四年八月初六（1898年9月22日）", DATE_FAULT_DAY, "was 1898-09-21, not" },
	{ "1950年2月14日星期三", DATE_FAULT_DAY, "was a Tuesday, not a Wednesday" },
	{ "乾隆後七年", DATE_FAULT_YEAR, "reigns without eras, not of 乾隆" },
	{ "初六", DATE_FAULT_SYNTAX, "a day without a month" },
	{ "光緒零年", DATE_FAULT_YEAR, "year 0: an era begins with its year 1" },
	{ "公元0年", DATE_FAULT_YEAR, "1 BC is followed by AD 1" },
	{ "戊戌年十三月", DATE_FAULT_MONTH, "no 戊戌 year" },
	{ "民國三十八年四月三十一日", DATE_FAULT_DAY, "April has 30 days" },
	{ "秦始皇二十六年", DATE_FAULT_YEAR, "year 26 was most of 221 BC, but the months known here begin "
	    "with 14 November 221 BC, in its year 27" },
	{ "昭和六十五年", DATE_FAULT_YEAR, "ended in its year 64 (on 1989-01-07); that year was 平成2年" },
	{ "貞觀二十四年", DATE_FAULT_YEAR, "ended in its year 23" },
	{ "元光六年閏八月", DATE_FAULT_MONTH, "its leap month was 後九月" },
	{ "", DATE_FAULT_SYNTAX, "nothing" },
	{ "\xe5\x85", DATE_FAULT_SYNTAX, "broken UTF-8" },
};

static void
read_bad(void)
{
	size_t i;

	for (i = 0; i < NELEM(bad); i++) {
		struct date_candidate c = { .score = 7 };
		struct date_error e = { 0 };

		t_case("bad: %s", bad[i].in);
		t_int(date_read(bytes_str(bad[i].in), NULL, &c, 1, &e), LEISHU_ESYNTAX);
		t_int(c.score, 7);
		t_int(e.fault, bad[i].fault);
		if (bytes_find(bytes_str(e.text), bytes_str(bad[i].says)) == SIZE_MAX) {
			t_ok(false);
			t_note("%s", e.text);
		}
	}
}

/* Sexagenary years without an era: every one, the nearest first. */
static void
cycles(void)
{
	struct date_candidate c[128], first;
	struct date_context ctx = { .has_day = true };
	int i, n, last = 0;
	bool old = false, future = false;

	t_case("戊申年六月十一 has every such year");
	n = date_read(B("戊申年六月十一"), NULL, c, NELEM(c), NULL);
	t_ok(n >= 39);
	for (i = 0; i < n; i++) {
		int32_t y = gregorian_from_jdn(c[i].v.lo).year;

		t_ok((y - 4) % 60 == 44 || (y - 4) % 60 == -16);
		old |= y == -192;
		future |= y == 2088;
		t_ok(c[i].score <= (i ? c[i - 1].score : 1000));
		last = y;
	}
	t_ok(old && future);
	t_int(last, -192);
	t_int(gregorian_from_jdn(c[0].v.lo).year, 2028);
	t_case("another present");
	ctx.day = jdn_gregorian(1900, 1, 1);
	t_int(date_read(B("戊申年六月十一"), &ctx, &first, 1, NULL), n);
	t_int(gregorian_from_jdn(first.v.lo).year, 1908);
	t_case("a month without a year, in the year spoken of");
	ctx.day = 2414554;
	t_int(date_read(B("十月朔"), &ctx, &first, 1, NULL), 1);
	t_int(first.v.lo, jdn_gregorian(1898, 11, 14));
	t_case("too long");
	{
		static unsigned char long_text[10u << 20];
		struct date_error e = { 0 };

		memset(long_text, '9', sizeof(long_text));
		t_int(date_read(bytes_make(long_text, sizeof(long_text)), NULL, c, 1, &e),
		    LEISHU_ESYNTAX);
		t_int(e.fault, DATE_FAULT_LIMIT);
	}
}

int
main(void)
{
	read_good();
	read_bad();
	cycles();
	return t_done();
}
