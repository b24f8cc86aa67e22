/* SPDX-License-Identifier: ISC */
/* The stored form of an entry: there and back, cut short, and damaged. */
#include "base/limits.h"
#include "entry/entry.h"
#include "t.h"

static struct name names[] = {
	{ B("L\xc3\xbcshun"), B("zh-Latn-pinyin"), B("pinyin"), B(""), B(""), B(""), NAME_TITLE, 11 },
	{ B("\xe6\x97\x85\xe9\xa0\x86"), B("zh-Hant"), B(""), B("l\xc7\x9a sh\xc3\xb9n"), B("1860"), B("1955"), NAME_GIVEN, 70000 },
};
static struct bytes subjects[] = { B("history/places"), B("") };
static struct bytes redirects[] = { B("Port Arthur") };
static struct node nodes[] = {
	{ .type = NODE_LIST, .level = 1, .tight = 1, .value = 300, .from = 0, .to = 40, .next = 3 },
	{ .type = NODE_ITEM, .from = 0, .to = 40, .next = 3 },
	{ .type = NODE_PARA, .from = 0, .to = 40, .next = 3 },
	{ .type = NODE_PARA, .from = 41, .to = 45, .next = 5 },
	{ .type = NODE_XREF, .from = 41, .to = 43, .next = 5, .arg = B("moscow") },
	{ .type = NODE_RULE, .from = 45, .to = 45, .next = 6 },
};
static struct span spans[] = {
	{ 0, 4, SPAN_TERM, B("a"), B("b"), B("c"), 0, 0, 0 },
	{ 41, 45, SPAN_DATE, B("1898"), B(""), B(""), INT32_MIN, INT32_MAX, 100 },
};
static struct statement statements[] = {
	{ B("signed"), B("1950-02-14"), 2433327, 2433327, 0, 3, 9 },
	{ B("type"), B("port"), 0, 0, 7, 0, 0 },
};

static struct entry
sample(void)
{
	return (struct entry){
		.id = B("lushun"), .title = B("L\xc3\xbcshun"), .kind = B("place"),
		.lang = B("en"), .author = B("A. Writer"), .published = B("2026-11-30"),
		.updated = B("2027"), .status = B("draft"), .site = B("A site"),
		.rights = B("\xc2\xa9 A"), .name = names, .n_names = NELEM(names),
		.subject = subjects, .n_subjects = NELEM(subjects),
		.redirect = redirects, .n_redirects = NELEM(redirects),
		.references = B("[]"), .record = B("{\"type\":\"port\"}"),
		.extra = B("{}"),
		.text = B("0123456789012345678901234567890123456789\nabcd"),
		.node = nodes, .n_nodes = NELEM(nodes), .span = spans,
		.n_spans = NELEM(spans), .statement = statements,
		.n_statements = NELEM(statements), .form = SOURCE_PROSE,
		.source = B("---\n0123456789012345678901234567890123456789\nabcd\n"),
	};
}

static void
test_round(const char *name, const struct entry *e)
{
	struct buf once = { 0 }, again = { 0 };
	struct arena a = { 0 };
	struct entry *got = NULL;

	t_case("%s: there and back", name);
	entry_encode(e, &once);
	t_int(entry_decode(buf_view(&once), &a, &got), 0);
	if (got != NULL) {
		entry_encode(got, &again);
		t_bytes(buf_view(&again), buf_view(&once));
		t_bytes(got->text, e->text);
		t_bytes(got->source, e->source);
		t_int(got->n_names, e->n_names);
		t_int(got->n_nodes, e->n_nodes);
	}
	arena_release(&a);
	buf_release(&once);
	buf_release(&again);
}

static void
test_fields(void)
{
	struct entry e = sample(), *got = NULL;
	struct buf b = { 0 };
	struct arena a = { 0 };

	t_case("fields arrive");
	entry_encode(&e, &b);
	t_int(entry_decode(buf_view(&b), &a, &got), 0);
	t_bytes(got->name[1].reading, names[1].reading);
	t_int(got->name[1].src, 70000);
	t_int(got->node[0].value, 300);
	t_int(got->node[3].next, 5);
	t_bytes(got->node[4].arg, B("moscow"));
	t_int(got->span[1].lo, INT32_MIN);
	t_int(got->span[1].hi, INT32_MAX);
	t_int(got->statement[0].lo, 2433327);
	t_bytes(got->rights, e.rights);
	/* The body stands in the source and is not stored twice. */
	t_ok(got->text.p > got->source.p && got->text.p < got->source.p + got->source.n);
	arena_release(&a);
	buf_release(&b);
}

/* Every proper prefix is refused; a changed byte is refused or bounded. */
static void
test_damage(void)
{
	struct entry e = sample(), *got;
	struct buf b = { 0 };
	struct arena a = { 0 };
	size_t i, k, wrong = 0;

	entry_encode(&e, &b);
	t_case("every prefix is refused");
	for (i = 0; i < b.n; i++) {
		unsigned char *cut = malloc(i + 1);	/* exact, so that ASan sees a step over */

		t_ok(cut != NULL);
		memcpy(cut, b.p, i);
		wrong += entry_decode(bytes_make(cut, i), &a, &got) != LEISHU_EFORMAT;
		free(cut);
		arena_clear(&a);
	}
	t_int(wrong, 0);
	t_case("every changed byte is refused or stays inside");
	for (i = 0; i < b.n; i++)
		for (k = 1; k < 256; k++) {
			b.p[i] ^= (unsigned char)k;
			if (entry_decode(buf_view(&b), &a, &got) == 0) {
				size_t n;

				for (n = 0; n < got->n_nodes; n++)
					wrong += got->node[n].to > got->text.n ||
					    got->node[n].next > got->n_nodes;
				for (n = 0; n < got->n_spans; n++)
					wrong += got->span[n].to > got->text.n;
			}
			b.p[i] ^= (unsigned char)k;
			arena_clear(&a);
		}
	t_int(wrong, 0);
	arena_release(&a);
	buf_release(&b);
}

/* A chain of nested nodes as deep as may be is read, one deeper is not. */
static void
test_depth(void)
{
	static struct node chain[LIMIT_DEPTH + 2];
	struct entry e = { .text = B("x"), .node = chain }, *got;
	struct buf b = { 0 };
	struct arena a = { 0 };
	size_t n, i;

	for (n = LIMIT_DEPTH; n <= LIMIT_DEPTH + 1; n++) {
		t_case("%zu nested nodes", n);
		for (i = 0; i < n; i++)
			chain[i] = (struct node){ .type = NODE_QUOTE, .to = 1,
				.next = (uint32_t)n };
		e.n_nodes = n;
		buf_clear(&b);
		entry_encode(&e, &b);
		t_int(entry_decode(buf_view(&b), &a, &got),
		    n <= LIMIT_DEPTH ? 0 : LEISHU_EFORMAT);
		arena_clear(&a);
	}
	arena_release(&a);
	buf_release(&b);
}

int
main(void)
{
	struct entry e = sample(), none = { .form = SOURCE_JSON };

	test_round("full", &e);
	test_round("empty", &none);
	test_fields();
	test_damage();
	test_depth();
	return t_done();
}
