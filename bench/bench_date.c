/* SPDX-License-Identifier: ISC */
/* Conversions and readings of dates a second, on one core. */
#include <stdio.h>
#include <time.h>

#include "calendar/lunar.h"
#include "calendar/prose.h"
#include "sys/file.h"

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
told(const char *what, double n, double start)
{
	printf("%-44s %8.1f M/s\n", what, n / (now() - start) / 1e6);
}

static volatile int64_t sink;

/* Days of 2,300 years in an order no cache foresees. */
static jdn_t
some_day(uint32_t i)
{
	return 1641025 + (jdn_t)((uint64_t)(i * 2654435761u) * 847000u >> 32);
}

#define N	5000000u

static void
conversions(void)
{
	double start = now();
	int64_t sum = 0;
	uint32_t i;

	for (i = 0; i < N; i++) {
		struct civil c = gregorian_from_jdn(some_day(i));

		sum += jdn_gregorian(c.year, c.month, c.day);
	}
	told("day to Gregorian and back", 2.0 * N, start);
	start = now();
	for (i = 0; i < N; i++) {
		struct civil c = julian_from_jdn(some_day(i));

		sum += jdn_julian(c.year, c.month, c.day);
	}
	told("day to Julian and back", 2.0 * N, start);
	start = now();
	for (i = 0; i < N; i++) {
		struct lunar_month m;

		if (lunar_month_of((int)(i % 5), some_day(i), &m))
			sum += m.first;
	}
	told("day to lunar month, five calendars", N, start);
	start = now();
	for (i = 0; i < N; i++) {
		struct lunar_day d;

		sum += reign_day(1 + i % 1000, (jdn_t)reign_get(1 + i % 1000)->from, &d);
	}
	told("day to year, month, day of a reign", N, start);
	start = now();
	for (i = 0; i < N; i++) {
		struct lunar_year y;

		if (lunar_year_get((int)(i % 5), -200 + (int)(i % 2300), &y))
			sum += lunar_month_at(&y, 0, (int)(i % 12)).first;
	}
	told("lunar year and month to day", N, start);
	start = now();
	for (i = 0; i < N / 10; i++) {
		struct lunar_day d[16];

		sum += (int64_t)lunar_from_jdn(some_day(i), 0, false, d, 16);
	}
	told("day as every state counted it", N / 10, start);
	sink = sum;
}

static void
readings(const char *what, const char *const *text, size_t n)
{
	double start = now();
	uint32_t i;
	int64_t sum = 0;

	for (i = 0; i < 1000000; i++) {
		struct date_candidate c[8];

		sum += date_read(bytes_str(text[i % n]), NULL, c, NELEM(c), NULL);
	}
	sink = sum;
	told(what, 1e6, start);
}

/* Dates in running text: each line of the file is a text. */
static void
prose(const char *path)
{
	struct sys_map m;
	struct date_prose p;
	struct date_found f;
	size_t at = 0, end, dates = 0, durations = 0;
	double start;

	if (sys_map_open(path, &m) < 0) {
		fprintf(stderr, "bench_date: cannot read '%s'\n", path);
		return;
	}
	start = now();
	for (; at < m.b.n; at = end + 1) {
		const unsigned char *nl = memchr(m.b.p + at, '\n', m.b.n - at);

		end = nl ? (size_t)(nl - m.b.p) : m.b.n;
		date_prose_start(&p, bytes_sub(m.b, at, end), NULL);
		while (date_prose_next(&p, &f))
			*(f.kind == FOUND_DATE ? &dates : &durations) += 1;
	}
	printf("%-44s %8.1f MB/s, %zu dates, %zu durations\n", path,
	    (double)m.b.n / (now() - start) / 1e6, dates, durations);
	sys_map_close(&m);
}

/* usage: bench_date [TEXT...] */
int
main(int argc, char **argv)
{
	int i;

	static const char *const chinese[] = {
		"光緒二十四年八月初六", "清德宗光緒二十四年八月初六", "唐開元元年",
		"西漢武帝元光六年後九月廿五", "乾隆元年二月", "萬曆四十八年七月二十一",
		"康熙六十一年十一月十三日", "洪武三年正月", "北宋太祖建隆元年正月初五",
	};
	static const char *const digits[] = {
		"1949年10月1日", "公元前221年", "民國三十八年十月一日", "一九一一年",
	};
	static const char *const western[] = {
		"16 December 1949", "December 16, 1949", "1949-12-16", "1661–1722",
		"c. 1130", "19th century", "14 февраля 1950 г.", "early 1950",
	};
	static const char *const cycles[] = { "戊申年六月十一", "甲子年" };

	for (i = 1; i < argc; i++)
		prose(argv[i]);
	if (argc > 1)
		return 0;
	conversions();
	readings("read, Chinese with an era", chinese, NELEM(chinese));
	readings("read, Chinese in the Western calendar", digits, NELEM(digits));
	readings("read, Western", western, NELEM(western));
	readings("read, sexagenary (forty readings each)", cycles, NELEM(cycles));
	return 0;
}
