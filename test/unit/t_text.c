/* SPDX-License-Identifier: ISC */
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "index/index.h"
#include "index/text.h"
#include "script/token.h"
#include "sys/file.h"
#include "t.h"

static char dir[] = "/tmp/t_text.XXXXXX";

/* --- codes -------------------------------------------------------------- */

static void
test_codes(void)
{
	uint32_t in[TEXT_BLOCK], out[TEXT_BLOCK], i, last = 0;
	unsigned char packed[33 * 16];
	unsigned w;

	t_case("numbers of every width come back");
	for (w = 0; w <= 32; w++) {
		for (i = 0; i < TEXT_BLOCK; i++)
			in[i] = w ? (i * 2654435761u + 77) >> (32 - w) : 0;
		memset(packed, 0xaa, sizeof(packed));
		text_pack(in, w, packed);
		t_int(packed[w * 16], 0xaa);
		text_unpack(packed, w, out);
		t_ok(memcmp(in, out, sizeof(in)) == 0);
	}
	t_case("gaps add up");
	for (i = 0; i < TEXT_BLOCK; i++)
		out[i] = i;
	text_sum(out, 9);
	for (i = 0, last = 9; i < TEXT_BLOCK; i++) {
		last += i + 1;
		t_int(out[i], last);
	}
	t_case("a length is at most a sixteenth off, and keeps the order");
	for (i = 0, last = 0; i < 600000; i++) {
		uint32_t v = text_len_value(text_len_code(i));

		t_ok(v <= i && v >= last);
		t_ok(i >= 507904 || i - v <= i / 16);
		last = v;
	}
	t_int(text_len_code(UINT64_MAX), 255);
}

/* --- random entries ----------------------------------------------------- */

static uint32_t
rnd(uint64_t *s)
{
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*s >> 33);
}

static const char *const pieces[] = {
	"\xe6\x97\x85", "\xe9\xa0\x86", "\xe9\xa1\xba", "\xe5\x8f\xa3", "\xe5\xa4\xa7",
	"the ", "of ", "treaty ", "Lushun ", "\xd0\xb4\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb3\xd0\xb8 ",
	", ", "\xe3\x80\x82", "internationalisation ", "A", "1950 ", "-", "\xff", "\n",
};

#define N_DOCS	700

struct doc {
	char title[64], name[64], text[2000], author[32];
	struct name names[2];
	struct entry e;
};

static struct doc docs[N_DOCS];

static void
fill(char *to, size_t room, size_t n, uint64_t *s)
{
	size_t at = 0, len;

	while (n-- > 0) {
		const char *p = pieces[rnd(s) % NELEM(pieces)];

		if ((len = strlen(p)) >= room - at)
			break;
		memcpy(to + at, p, len + 1);
		at += len;
	}
	to[at] = 0;
}

static void
make_docs(void)
{
	uint64_t s = 42;
	size_t i;

	for (i = 0; i < N_DOCS; i++) {
		struct doc *d = &docs[i];

		fill(d->title, sizeof(d->title), rnd(&s) % 5, &s);
		fill(d->name, sizeof(d->name), rnd(&s) % 4, &s);
		fill(d->text, sizeof(d->text), rnd(&s) % (i % 50 ? 60 : 400), &s);
		if (i % 3 == 0)	/* words of their own */
			(void)snprintf(d->text + strlen(d->text), 40, " own%zu", i);
		fill(d->author, sizeof(d->author), rnd(&s) % 3, &s);
		d->names[0].form = d->e.title = bytes_str(d->title);
		d->names[1].form = bytes_str(d->name);
		d->names[1].origin = NAME_GIVEN;
		d->e.name = d->names;
		d->e.n_names = 2;
		d->e.text = bytes_str(d->text);
		d->e.author = bytes_str(d->author);
	}
}

struct made {
	char path[64];
	struct sys_map map;
	struct pack *pack;
	struct text_index x;
};

static void
make(struct made *m, size_t memory, uint32_t n, const char *name)
{
	struct index_opts o = { dir, memory };
	struct text_builder *b = NULL;
	struct pack_writer *w = NULL;
	uint32_t i;

	(void)snprintf(m->path, sizeof(m->path), "%s/%s", dir, name);
	t_int(text_builder_new(&o, &b), 0);
	for (i = 0; i < n; i++)
		text_builder_add(b, i, &docs[i % N_DOCS].e);
	t_int(pack_writer_open(m->path, &w), 0);
	t_int(text_builder_finish(b, n, w), 0);
	t_int(pack_commit(w), 0);
	text_builder_free(b);
	t_int(sys_map_open(m->path, &m->map), 0);
	t_int(pack_open(m->map.b, NULL, &m->pack), 0);
	t_int(text_open(m->pack, &m->x), 0);
}

static void
unmake(struct made *m)
{
	pack_close(m->pack);
	sys_map_close(&m->map);
	(void)unlink(m->path);
}

/* --- against plain counting --------------------------------------------- */

/* An occurrence of a term, as tokens tell it. */
struct seen {
	uint64_t term;
	uint32_t doc, pos;
	bool head;
};

static struct seen *seen;
static size_t n_seen, seen_cap;
static struct map terms;

static uint32_t
see(struct tokens *t, struct bytes text, uint32_t doc, uint32_t pos, bool head)
{
	struct token k;
	uint32_t n = 0;
	uint64_t *id;
	bool fresh;

	tokens_start(t, text);
	while (tokens_next(t, &k)) {
		id = map_put(&terms, k.term, &fresh);
		if (fresh)
			*id = terms.n - 1;
		if (n_seen == seen_cap)
			seen = realloc(seen, (seen_cap = seen_cap * 2 + 1000) * sizeof(*seen));
		seen[n_seen++] = (struct seen){ *id, doc, pos + k.pos, head };
		n = k.pos + 1;
	}
	return n ? pos + n + 4 : pos;
}

static int
by_term(const void *x, const void *y)
{
	const struct seen *a = x, *b = y;

	if (a->term != b->term)
		return a->term < b->term ? -1 : 1;
	if (a->doc != b->doc)
		return a->doc < b->doc ? -1 : 1;
	return a->pos < b->pos ? -1 : a->pos > b->pos;
}

static void
see_all(uint32_t n)
{
	struct tokens *t = NULL;
	uint32_t i, pos;

	t_int(tokens_new(&t), 0);
	for (i = 0; i < n; i++) {
		struct doc *d = &docs[i % N_DOCS];

		pos = see(t, d->e.title, i, 0, true);
		if (strcmp(d->title, d->name) != 0)
			pos = see(t, d->names[1].form, i, pos, true);
		pos = see(t, d->e.text, i, pos, false);
		(void)see(t, d->e.author, i, pos, false);
	}
	tokens_free(t);
	qsort(seen, n_seen, sizeof(*seen), by_term);
}

/* The postings of one term are what was seen of it. */
static void
compare(const struct text_index *x, struct bytes term, const struct seen *s, size_t n)
{
	struct text_cur *c = malloc(sizeof(*c));
	uint32_t pos = 0, freq, df = 0;
	bool head;
	size_t i, k;

	t_int(text_cur_open(c, x, term), 1);
	for (i = 0; i < n; i += freq, df++) {
		head = false;
		for (freq = 0; i + freq < n && s[i + freq].doc == s[i].doc; freq++)
			head = head || s[i + freq].head;
		t_int(c->doc, s[i].doc);
		t_int(text_freq(text_cur_code(c)), freq);
		t_int(text_cur_code(c) & 1, head);
		text_cur_pos_start(c);
		for (k = 0; k < freq; k++) {
			t_ok(text_cur_pos(c, &pos));
			t_int(pos, s[i + k].pos);
		}
		t_ok(!text_cur_pos(c, &pos));
		text_cur_next(c);
	}
	t_int(c->doc, TEXT_END);
	t_int(c->df, df);
	t_int(c->err, 0);

	/* Leaps meet the same entries, and positions after a leap too. */
	t_int(text_cur_open(c, x, term), 1);
	for (i = 0; i < n; i += 1 + (i * 7) % 90) {
		text_cur_seek(c, s[i].doc);
		t_int(c->doc, s[i].doc);
		if (i && s[i - 1].doc == s[i].doc)
			continue;
		text_cur_pos_start(c);
		t_ok(text_cur_pos(c, &pos));
		t_int(pos, s[i].pos);
	}
	text_cur_seek(c, s[n - 1].doc + 1);
	t_int(c->doc, TEXT_END);
	free(c);
}

static void
test_counting(const struct text_index *x, uint32_t n)
{
	struct dict_cur d;
	struct bytes none = { 0 };
	uint64_t *id, count = 0;
	size_t i, k;
	int rc;

	t_case("postings of %u entries are what was counted", n);
	n_seen = 0;
	see_all(n);
	for (rc = dict_seek(&d, &x->dict, none); rc == 1; rc = dict_next(&d)) {
		id = map_get(&terms, d.key);
		t_ok(id != NULL);
		if (id == NULL)
			continue;
		count++;
		for (i = 0; i < n_seen && seen[i].term != *id;)
			i++;
		for (k = i; k < n_seen && seen[k].term == *id;)
			k++;
		compare(x, d.key, seen + i, k - i);
	}
	t_int(rc, 0);
	t_int(count, terms.n);
	t_int(text_verify(x), 0);
}

static void
test_spill(void)
{
	struct made a = { 0 }, b = { 0 };

	make(&a, 64u << 20, 4 * N_DOCS, "a");
	test_counting(&a.x, 4 * N_DOCS);
	t_case("little memory gives the same bytes");
	make(&b, 1, 4 * N_DOCS, "b");
	t_ok(bytes_eq(a.map.b, b.map.b));
	unmake(&a);
	unmake(&b);
}

static void
test_few(void)
{
	struct made m = { 0 };
	struct text_cur *c = malloc(sizeof(*c));

	t_case("no entries");
	make(&m, 0, 0, "none");
	t_int(text_cur_open(c, &m.x, B("a")), 0);
	t_int(text_verify(&m.x), 0);
	unmake(&m);
	t_case("one entry");
	make(&m, 0, 1, "one");
	t_int(text_verify(&m.x), 0);
	unmake(&m);
	free(c);
}

/* --- damage ------------------------------------------------------------- */

/* An exact copy, so that a read past its end is seen. */
static struct bytes
exact(struct bytes b, size_t n)
{
	unsigned char *p = malloc(MAX(n, 1));

	if (n)
		memcpy(p, b.p, n);
	return bytes_make(p, n);
}

static void
walk_all(const struct text_index *x)
{
	struct text_cur *c = malloc(sizeof(*c));
	struct dict_cur d;
	struct bytes none = { 0 };
	uint32_t pos, last, n, terms_left = 60;
	int rc;

	for (rc = dict_seek(&d, &x->dict, none); rc == 1 && terms_left--; rc = dict_next(&d)) {
		if (text_cur_at(c, x, d.value) != 1)
			continue;
		for (n = 0; c->doc != TEXT_END && n < 2000; n++) {
			t_ok(c->doc < x->n_docs);
			text_cur_pos_start(c);
			while (text_cur_pos(c, &pos))
				;
			(void)text_cur_bound(c, c->doc, &last);
			text_cur_seek(c, c->doc == TEXT_END ? 0 : c->doc + 1 + n % 5);
		}
	}
	free(c);
}

static void
test_damage(void)
{
	struct made m = { 0 };
	struct text_index x;
	uint64_t s = 3;
	size_t i, at;
	int bad = 0;

	t_case("damaged postings are told or harmless");
	make(&m, 0, N_DOCS, "whole");
	for (i = 0; i < 4000; i++) {
		x = m.x;
		x.post = exact(m.x.post, i % 4 == 0 ? rnd(&s) % m.x.post.n : m.x.post.n);
		if (x.post.n && i % 4) {
			at = i % 2 ? rnd(&s) % MIN(x.post.n, 4000) : rnd(&s) % x.post.n;
			((unsigned char *)(uintptr_t)x.post.p)[at] ^= (unsigned char)(1u << rnd(&s) % 8);
			((unsigned char *)(uintptr_t)x.post.p)[rnd(&s) % x.post.n] = (unsigned char)rnd(&s);
		}
		walk_all(&x);
		if (i % 40 == 0)
			bad += text_verify(&x) == LEISHU_EFORMAT;
		free((void *)(uintptr_t)x.post.p);
	}
	t_ok(bad > 50);
	unmake(&m);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		return 99;
	test_codes();
	make_docs();
	test_spill();
	test_few();
	test_damage();
	(void)rmdir(dir);
	map_release(&terms);
	free(seen);
	return t_done();
}
