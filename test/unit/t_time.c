/* SPDX-License-Identifier: ISC */
/* The time index against a list searched from end to end. */
#include <stdio.h>
#include <unistd.h>

#include "index/index.h"
#include "index/time.h"
#include "sys/file.h"
#include "t.h"

#define N	5000

static struct time_row all[N];
static uint32_t seed = 12345;

static uint32_t
rnd(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)seed * n) >> 32);
}

static void
make_rows(struct time_builder *b)
{
	uint32_t i;

	for (i = 0; i < N; i++) {
		struct statement s = { .property = i % 3 ? B("mentioned") : B("signed") };
		struct entry e = { .statement = &s, .n_statements = 1 };
		uint32_t kind = rnd(20);

		s.lo = 2000000 + (int32_t)rnd(500000);
		s.hi = s.lo + (kind < 10 ? 0 : kind < 18 ? (int32_t)rnd(400) :
		    (int32_t)rnd(90000));
		if (kind == 19)
			s.lo = INT32_MIN;
		s.doubt = (uint8_t)(i % 5 * 20);
		s.from = i;
		s.to = i + 4;
		all[i] = (struct time_row){ .lo = s.lo, .hi = s.hi, .entry = i / 2,
		    .from = i, .to = i + 4, .doubt = s.doubt };
		time_builder_add(b, i / 2, &e);
	}
}

static void
against_list(const struct time_index *t)
{
	static struct time_row got[N];
	uint64_t total, want;
	int k, n;
	uint32_t i;

	t_case("ranges agree with a list searched from end to end");
	for (k = 0; k < 300; k++) {
		struct time_query q = { .max_doubt = (uint8_t)(k % 2 ? 100 : 40),
		    .part = (enum time_part)(1 + k % 3) };

		q.lo = 1990000 + (int32_t)rnd(520000);
		q.hi = q.lo + (int32_t)rnd(k % 3 ? 1000 : 100000);
		for (want = 0, i = 0; i < N; i++)
			want += all[i].lo <= q.hi && all[i].hi >= q.lo &&
			    all[i].doubt <= q.max_doubt &&
			    (q.part & (all[i].lo >= q.lo && all[i].hi <= q.hi ?
			    TIME_INSIDE : TIME_REACHING));
		n = time_index_find(t, &q, got, N, &total);
		t_int(total, want);
		t_int(n, want);
		for (i = 1; i < (uint32_t)n; i++)
			t_ok(got[i - 1].lo <= got[i].lo);
	}
	t_case("skip and max cut the same list");
	{
		struct time_query q = { .lo = 2100000, .hi = 2300000,
		    .max_doubt = 100, .part = TIME_TOUCHING };
		static struct time_row part[10];

		n = time_index_find(t, &q, got, N, &total);
		t_ok(n > 30);
		q.skip = 20;
		t_int(time_index_find(t, &q, part, 10, &total), 10);
		t_int(part[0].from, got[20].from);
		t_int(part[9].from, got[29].from);
	}
}

static void
damaged(struct bytes img)
{
	unsigned char *copy = malloc(img.n);
	struct time_row row[8];
	struct time_index t;
	struct pack *p;
	uint64_t total;
	size_t i;

	t_case("damage is refused or harmless");
	if (copy == NULL)
		return;
	for (i = 0; i < 3000; i++) {
		size_t at = rnd((uint32_t)img.n);

		memcpy(copy, img.p, img.n);
		copy[at] = (unsigned char)(copy[at] ^ (1u << rnd(8)));
		if (pack_open(bytes_make(copy, img.n), NULL, &p) < 0)
			continue;
		if (time_index_open(p, &t) == 0) {
			struct time_query q = { 2100000, 2200000, 100, TIME_TOUCHING, 0 };

			t_ok(time_index_find(&t, &q, row, 8, &total) <= 8);
			t_ok(time_index_verify(&t, N) <= 0);
			(void)time_index_prop(&t, row[0].prop);
		}
		pack_close(p);
	}
	t_ok(true);
	free(copy);
}

int
main(void)
{
	char path[] = "/tmp/leishu-t_time-XXXXXX";
	struct index_opts o = { .dir = "/tmp", .memory = 64 << 10 };
	struct time_builder *b;
	struct pack_writer *w;
	struct time_index t;
	struct sys_map map;
	struct pack *p;
	int fd = mkstemp(path);

	t_case("rows are built");
	t_ok(fd >= 0);
	close(fd);
	t_int(time_builder_new(&o, &b), 0);
	make_rows(b);
	t_int(pack_writer_open(path, &w), 0);
	t_int(time_builder_finish(b, N, w), 0);
	t_int(pack_commit(w), 0);
	time_builder_free(b);
	t_int(sys_map_open(path, &map), 0);
	t_int(pack_open(map.b, NULL, &p), 0);
	t_int(time_index_open(p, &t), 0);
	t_int(t.n_rows, N);
	t_int(t.n_props, 2);
	t_bytes(time_index_prop(&t, 1), B("mentioned"));
	t_int(time_index_verify(&t, N), 0);
	t_int(time_index_verify(&t, N / 4), LEISHU_EFORMAT);
	against_list(&t);
	damaged(map.b);
	pack_close(p);
	sys_map_close(&map);
	unlink(path);
	return t_done();
}
