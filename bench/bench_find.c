/* SPDX-License-Identifier: ISC */
/*
 * Measures look-ups of names in process, one thread.
 *
 *	bench_find BOOK [QUERIES [CLASS]]
 *
 * Queries (20000 of a class unless said) are made from names drawn evenly
 * from the book; a line a class: median, 99th and 99.9th percentile in
 * microseconds of the thread's processor time, the best of three each, and the share that found
 * something; all pages of the index are in memory.  Then the bytes a name
 * takes.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/utf8.h"
#include "book/book.h"
#include "index/names_read.h"
#include "query/find.h"
#include "script/fold.h"

#define HITS	10

static struct {
	struct book *book;
	struct names names;
	struct name_walk *walk;
	uint64_t dice;
} g = { .dice = 0x9e3779b97f4a7c15 };

static uint32_t
dice(void)
{
	g.dice ^= g.dice << 13;
	g.dice ^= g.dice >> 7;
	g.dice ^= g.dice << 17;
	return (uint32_t)(g.dice >> 32);
}

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

/* --- queries -------------------------------------------------------------- */

/* A name of the book, as it is written. */
static struct bytes
draw(void)
{
	struct dict_cur c;
	uint32_t skip;

	for (;;) {
		if (dict_at(&c, &g.names.keys.dict, dice() % g.names.n_keys) != 1)
			continue;
		name_walk_start(g.walk, &g.names, &c);
		for (skip = dice() % 4; name_walk_next(g.walk) && skip; skip--)
			;
		if (!g.walk->bad && name_walk_form(g.walk).n)
			return name_walk_form(g.walk);
	}
}

/* The first n characters. */
static struct bytes
head(struct bytes s, size_t n)
{
	size_t at = 0;
	uint32_t cp;

	while (n-- > 0 && utf8_next(s, &at, &cp))
		;
	return bytes_sub(s, 0, at);
}

static bool
latin(struct bytes s)
{
	return s.n && s.p[0] < 0x80;
}

/* Syllables of a name in characters, written in this scheme. */
static bool
romanised(struct buf *out, enum scheme as, unsigned flags)
{
	struct name_read r;
	struct bytes form = draw();
	size_t i;

	if (names_read_again(form, g.walk->known, g.walk->reading, &r, 1) == 0 ||
	    r.n < 2 || r.n > 12)
		return false;
	for (i = 0; i < r.n; i++)
		if (SYL_ID(r.syl[i]) == 0)
			return false;
	roman_write(out, r.syl, r.n, as, flags);
	return out->n > 0;
}

static void
slip(struct buf *s)
{
	size_t i = dice() % s->n;
	unsigned char *p = s->p;

	switch (dice() % 4) {
	case 0:
		memmove(p + i, p + i + 1, --s->n - i);
		break;
	case 1:
		buf_putc(s, 'x');
		memmove(s->p + i + 1, s->p + i, s->n - 1 - i);
		s->p[i] = (unsigned char)('a' + dice() % 26);
		break;
	case 2:
		p[i] = (unsigned char)('a' + dice() % 26);
		break;
	default:
		if (i + 1 < s->n) {
			unsigned char c = p[i];

			p[i] = p[i + 1];
			p[i + 1] = c;
		}
	}
}

static bool
make_exact(struct buf *q)
{
	buf_bytes(q, draw());
	return true;
}

static bool
make_pinyin(struct buf *q)
{
	return romanised(q, SCHEME_PINYIN_PLAIN, 0);
}

static bool
make_wade(struct buf *q)
{
	return romanised(q, SCHEME_WADE, 0);
}

static bool
make_two(struct buf *q)
{
	buf_bytes(q, head(draw(), 2));
	return true;
}

static bool
make_prefix(struct buf *q)
{
	struct bytes s = draw();

	buf_bytes(q, head(s, (latin(s) ? 3u : 2u) + dice() % 3));
	return true;
}

static bool
make_pinyin_prefix(struct buf *q)
{
	if (!romanised(q, SCHEME_PINYIN_PLAIN, 0))
		return false;
	q->n = head(buf_view(q), 2 + dice() % 6).n;
	return true;
}

static bool
make_initials(struct buf *q)
{
	struct dict_cur c;

	if (dict_at(&c, &g.names.initials.dict,
	    dice() % (uint32_t)g.names.initials.dict.n) != 1)
		return false;
	buf_bytes(q, c.key);
	return true;
}

/* As a reader would: initials of a name of two to four characters. */
static bool
make_short_initials(struct buf *q)
{
	struct name_read r;
	struct bytes form = draw();

	if (names_read_again(form, g.walk->known, g.walk->reading, &r, 1) == 0 ||
	    r.n < 2 || r.n > 4)
		return false;
	roman_initials(q, r.syl, r.n);
	return q->n >= 2;
}

static bool
make_typo(struct buf *q)
{
	if (dice() % 2) {
		if (!romanised(q, SCHEME_PINYIN_PLAIN, 0))
			return false;
	} else {
		struct bytes s = draw();

		if (!latin(s) || s.n > 24)
			return false;
		fold_name(s, q);
	}
	if (q->n < 6 || q->n > 60)
		return false;
	slip(q);
	return true;
}

static bool
make_typos(struct buf *q)
{
	if (!make_typo(q) || q->n < 8)
		return false;
	slip(q);
	return true;
}

static bool
make_wade_typo(struct buf *q)
{
	if (!romanised(q, SCHEME_WADE, 0) || q->n < 6)
		return false;
	slip(q);
	return utf8_check(buf_view(q)) == SIZE_MAX;
}

static bool
make_han_typo(struct buf *q)
{
	struct bytes s = draw(), other;
	size_t n = utf8_count(s), at;
	bool all;

	if (latin(s) || n < 4 || n > 10)
		return false;
	at = head(s, dice() % n).n;
	buf_bytes(q, bytes_sub(s, 0, at));
	s = bytes_sub(s, at, s.n);
	s = bytes_sub(s, head(s, 1).n, s.n);
	all = dice() % 2;
	at = q->n;
	buf_bytes(q, s);
	if (all) {	/* another character in its place */
		unsigned char mem[64];
		size_t k = MIN(q->n - at, sizeof(mem));

		memcpy(mem, q->p + at, k);
		q->n = at;
		other = head(draw(), 1);
		buf_bytes(q, other);
		buf_add(q, mem, k);
	}
	return q->err == 0;
}

static bool
make_bytes(struct buf *q)
{
	size_t n = 1 + dice() % 64;

	while (n-- > 0)
		buf_putc(q, (int)(dice() & 0xff));
	return true;
}

/* Broken UTF-8 is soon refused: random characters go further. */
static bool
make_chars(struct buf *q)
{
	static const struct { uint32_t from, n; } range[] = {
		{ 0x20, 95 }, { 'a', 26 }, { 'a', 26 }, { 0x4e00, 20000 }, { 0x4e00, 20000 },
		{ 0x3400, 6000 }, { 0x20000, 40000 }, { 0xe000, 6000 }, { 0x400, 256 },
		{ 0x300, 100 }, { 0x3040, 192 }, { 0xac00, 11000 }, { 0xa0, 0x500 },
		{ 0x10000, 0xf0000 },
	};
	size_t n = 1 + dice() % 24, k = dice() % NELEM(range);

	while (n-- > 0) {
		if (dice() % 4 == 0)
			k = dice() % NELEM(range);
		buf_utf8(q, range[k].from + dice() % range[k].n);
	}
	return true;
}

static const struct {
	const char *name;
	bool (*make)(struct buf *q);
	enum leishu_find_mode mode;
	unsigned times;		/* as many queries as of others */
} classes[] = {
	{ "exact", make_exact, LEISHU_FIND_WHOLE, 1 },
	{ "exact, all rules", make_exact, LEISHU_FIND_ALL, 1 },
	{ "pinyin", make_pinyin, LEISHU_FIND_WHOLE, 1 },
	{ "Wade-Giles", make_wade, LEISHU_FIND_WHOLE, 1 },
	{ "two characters", make_two, LEISHU_FIND_ALL, 1 },
	{ "prefix", make_prefix, LEISHU_FIND_ALL, 1 },
	{ "prefix of pinyin", make_pinyin_prefix, LEISHU_FIND_ALL, 1 },
	{ "suggest", make_prefix, LEISHU_FIND_SUGGEST, 1 },
	{ "suggest pinyin", make_pinyin_prefix, LEISHU_FIND_SUGGEST, 1 },
	{ "initials", make_initials, LEISHU_FIND_WHOLE, 1 },
	{ "initials of 2-4", make_short_initials, LEISHU_FIND_WHOLE, 1 },
	{ "one slip", make_typo, LEISHU_FIND_ALL, 1 },
	{ "two slips", make_typos, LEISHU_FIND_ALL, 1 },
	{ "slip in Wade-Giles", make_wade_typo, LEISHU_FIND_ALL, 1 },
	{ "a wrong character", make_han_typo, LEISHU_FIND_ALL, 1 },
	{ "random bytes", make_bytes, LEISHU_FIND_ALL, 5 },
	{ "random characters", make_chars, LEISHU_FIND_ALL, 5 },
};

/* --- measuring ------------------------------------------------------------ */

static int
by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int
measure(size_t class, size_t n)
{
	struct find_opts o = { classes[class].mode, HITS };
	double *t = calloc(n, sizeof(*t)), from;
	struct arena a = { 0 };
	struct find_result r;
	struct buf q = { 0 };
	size_t i, found = 0;
	unsigned tries;
	int rc = 0;

	for (i = 0; t && i < n && rc == 0; i++) {
		for (tries = 0; tries < 1000; tries++) {
			buf_clear(&q);
			if (classes[class].make(&q))
				break;
		}
		for (tries = 0; tries < 3 && rc == 0; tries++) {
			arena_clear(&a);
			from = now();
			rc = find_in_book(g.book, buf_view(&q), &o, &a, &r);
			from = now() - from;
			t[i] = tries ? MIN(t[i], from) : from;
		}
		found += rc == 0 && r.n > 0;
	}
	if (t && rc == 0) {
		qsort(t, n, sizeof(*t), by_value);
		printf("%-18s %9.1f %9.1f %9.1f us  %5.1f %% found\n",
		    classes[class].name, t[n / 2], t[n * 99 / 100], t[n * 999 / 1000],
		    100.0 * (double)found / (double)n);
	}
	free(t);
	buf_release(&q);
	arena_release(&a);
	return t ? rc : LEISHU_ENOMEM;
}

static void
sizes(void)
{
	static const struct { const char *name; uint32_t keys, vals; } part[] = {
		{ "names", NAMES_TAG_KEYS, NAMES_TAG_NAMES },
		{ "readings", NAMES_TAG_READINGS, NAMES_TAG_READ_OF },
		{ "initials", NAMES_TAG_INITIALS, NAMES_TAG_INITIAL_OF },
		{ "words", NAMES_TAG_TERMS, NAMES_TAG_TERM_OF },
		{ "backwards", NAMES_TAG_BACK, 0 },
		{ "numbers", NAMES_TAG_META, 0 },
	};
	const struct pack *p = book_pack(g.book);
	double names = (double)g.names.n_names, all = 0, n;
	size_t i;

	for (i = 0; i < NELEM(part); i++) {
		n = (double)pack_get(p, part[i].keys).n;
		if (part[i].vals)
			n += (double)pack_get(p, part[i].vals).n;
		all += n;
		printf("%-18s %9.1f bytes a name\n", part[i].name, n / names);
	}
	printf("%-18s %9.1f bytes a name, %" PRIu64 " names, %u keys, %u readings\n",
	    "all", all / names, g.names.n_names, g.names.n_keys, g.names.n_readings);
}

int
main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : getenv("LEISHU_BOOK");
	size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 20000, i;
	int rc;

	if (path == NULL) {
		printf("left out: give a book, or name one in LEISHU_BOOK\n");
		return 0;
	}
	if ((rc = book_open(path, NULL, &g.book)) < 0 ||
	    (rc = names_open(book_pack(g.book), NULL, &g.names)) < 0) {
		fprintf(stderr, "bench_find: %s: %s\n", path, leishu_strerror(rc));
		return 1;
	}
	g.walk = malloc(sizeof(*g.walk));
	if (g.walk == NULL || g.names.n_keys == 0 || n == 0)
		return 1;
	/* Touches every page, as a server that has run for a while has. */
	if ((rc = names_verify(&g.names)) < 0) {
		fprintf(stderr, "bench_find: %s: damaged\n", path);
		return 1;
	}
	printf("%-18s %9s %9s %9s\n", "", "p50", "p99", "p99.9");
	for (i = 0; i < NELEM(classes) && rc == 0; i++)
		if (argc < 4 || strcmp(argv[3], classes[i].name) == 0)
			rc = measure(i, n * classes[i].times);
	if (argc < 4)
		sizes();
	free(g.walk);
	book_close(g.book);
	return rc != 0;
}
