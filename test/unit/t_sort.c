/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "base/rd.h"
#include "base/buf.h"
#include "pack/sort.h"

static uint32_t
rnd(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* How records are made: what the middle of a real load looks like. */
enum shape { RANDOM, LONG_PREFIX, FEW, ZEROS, NESTED, SHAPE__MAX };

static const char *const shape_name[] = { "random", "long common beginnings",
	"few distinct", "zeros and prefixes", "each the prefix of the next" };

static void
make(enum shape shape, uint32_t *seed, struct buf *b)
{
	uint32_t i, n;

	buf_clear(b);
	switch (shape) {
	case RANDOM:
		n = rnd(seed) % 20;
		break;
	case LONG_PREFIX:
		for (i = 0; i < 150; i++)
			buf_putc(b, 'p');
		n = rnd(seed) % 10;
		break;
	case FEW:
		buf_printf(b, "%u", rnd(seed) % 7);
		n = 0;
		break;
	case ZEROS:
		for (i = rnd(seed) % 30; i > 0; i--)
			buf_putc(b, 0);
		n = rnd(seed) % 2;
		break;
	default:
		for (i = rnd(seed) % 300; i > 0; i--)
			buf_putc(b, 'n');
		n = 0;
	}
	for (i = 0; i < n; i++)
		buf_putc(b, (int)(rnd(seed) & 0xff));
}

/* Sorts, checks order and stability; gives a sum of the order found. */
static uint64_t
run(enum shape shape, size_t memory, size_t n, const char *dir)
{
	struct sorter_opts o = { .dir = dir, .memory = memory };
	struct buf b = { 0 }, last = { 0 };
	struct bytes rec;
	struct sorter *s;
	uint32_t seed = 7;
	uint64_t sum = 0, got = 0;
	size_t i, bad = 0;
	int rc;

	t_int(sorter_new(&o, &s), 0);
	for (i = 0; i < n; i++) {
		make(shape, &seed, &b);
		sorter_add(s, buf_view(&b));
	}
	t_int(sorter_count(s), n);
	t_int(sorter_run(s), 0);
	while ((rc = sorter_next(s, &rec)) > 0) {
		if (got && bytes_cmp(buf_view(&last), rec) > 0)
			bad++;
		buf_clear(&last);
		buf_bytes(&last, rec);
		for (i = 0; i < rec.n; i++)
			sum = sum * 31 + rec.p[i];
		sum = sum * 31 + rec.n;
		got++;
	}
	t_int(rc, 0);
	t_int(bad, 0);
	t_int(got, n);
	sorter_free(s);
	buf_release(&b);
	buf_release(&last);
	return sum;
}

/* Items of equal bytes keep their order; seen through where they stand. */
#include "pack/order.h"
static void
test_stable(size_t n)
{
	unsigned char *base = malloc(n * 40);
	struct order_item *v = calloc(n, sizeof(*v)), *tmp = calloc(n, sizeof(*v));
	uint32_t seed = 3, len;
	size_t i, bad = 0;
	struct bytes a, b;
	int c;

	t_case("%zu equal records keep their order", n);
	for (i = 0; i < n; i++) {
		memset(base + i * 40, 'k', 40);
		len = rnd(&seed) % 40;
		if (len)
			base[i * 40 + len - 1] = (unsigned char)('a' + rnd(&seed) % 2);
		v[i] = (struct order_item){ 0, (uint32_t)(i * 40), len };
	}
	order_sort(base, v, tmp, n);
	for (i = 1; i < n; i++) {
		a = bytes_make(base + v[i - 1].off, v[i - 1].n);
		b = bytes_make(base + v[i].off, v[i].n);
		c = bytes_cmp(a, b);
		bad += c > 0 || (c == 0 && v[i - 1].off >= v[i].off);
	}
	t_int(bad, 0);
	free(base);
	free(v);
	free(tmp);
}

static void
test_large_records(const char *dir)
{
	struct sorter_opts o = { .dir = dir, .memory = 1 };
	struct buf b = { 0 };
	struct sorter *s;
	struct bytes rec;
	int i;

	t_case("records larger than the memory go through");
	t_int(sorter_new(&o, &s), 0);
	for (i = 0; i < 20; i++) {
		buf_clear(&b);
		buf_printf(&b, "%02d", 19 - i);
		while (b.n < 70000 + (size_t)i)
			buf_putc(&b, 'x');
		sorter_add(s, buf_view(&b));
		sorter_add(s, B(""));
	}
	t_int(sorter_run(s), 0);
	for (i = 0; i < 20; i++) {
		t_int(sorter_next(s, &rec), 1);
		t_int(rec.n, 0);
	}
	for (i = 0; i < 20; i++) {
		t_int(sorter_next(s, &rec), 1);
		t_int(rec.n, 70000 + 19 - i);
		t_int((rec.p[0] - '0') * 10 + rec.p[1] - '0', i);
	}
	t_int(sorter_next(s, &rec), 0);
	t_int(sorter_run(s), LEISHU_EINVAL);
	sorter_free(s);
	buf_release(&b);
}

int
main(void)
{
	static const size_t sizes[] = { 0, 1, 2, 25, 700, 800, 60000 };
	uint64_t a, b;
	size_t i;
	int k;

	for (k = 0; k < SHAPE__MAX; k++)
		for (i = 0; i < NELEM(sizes); i++) {
			t_case("%zu records, %s: spilled is as in memory",
			    sizes[i], shape_name[k]);
			a = run((enum shape)k, 64u << 20, sizes[i], "/tmp");
			b = run((enum shape)k, 1, sizes[i], "/tmp");
			t_ok(a == b);
		}
	test_stable(20);
	test_stable(700);
	test_stable(20000);
	test_large_records("/tmp");
	t_case("a folder that is not there is told");
	{
		struct sorter_opts o = { .dir = "/nonexistent", .memory = 1 };
		struct sorter *s;

		t_int(sorter_new(&o, &s), 0);
		for (i = 0; i < 10000; i++)
			sorter_add(s, B("0123456789"));
		t_int(sorter_run(s), LEISHU_EIO);
		t_int(sorter_next(s, &(struct bytes){ 0 }), LEISHU_EIO);
		sorter_free(s);
	}
	return t_done();
}
