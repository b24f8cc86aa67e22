/* SPDX-License-Identifier: ISC */
#ifndef FUZZ_ENTRY_LAWS_H
#define FUZZ_ENTRY_LAWS_H

/* What must hold of every entry, whatever the source was. */
#include "annotate/annotate.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "check/check.h"
#include "entry/read.h"
#include "record/record.h"

#define LAW(cond)	do { if (!(cond)) abort(); } while (0)

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static inline bool
no_reference(void *ctx, struct bytes key)
{
	(void)ctx;
	return key.n == 0;
}

static inline struct bytes
nothing_like(void *ctx, struct bytes key)
{
	(void)ctx;
	(void)key;
	return (struct bytes){ NULL, 0 };
}

static inline void
law_tree(const struct entry *e)
{
	uint32_t end[LIMIT_DEPTH + 1], depth = 0, i;

	for (i = 0; i < e->n_nodes; i++) {
		const struct node *v = &e->node[i];

		while (depth && e->node[end[depth - 1]].next <= i)
			depth--;
		LAW(v->from <= v->to && v->to <= e->text.n);
		LAW(v->next > i && v->next <= e->n_nodes);
		LAW(depth < LIMIT_DEPTH);
		if (depth) {
			const struct node *up = &e->node[end[depth - 1]];

			LAW(v->from >= up->from && v->to <= up->to && v->next <= up->next);
		}
		end[depth++] = i;
	}
}

static inline void
law_spans(const struct entry *e)
{
	uint32_t before = 0;
	size_t i;

	for (i = 0; i < e->n_spans; i++) {
		LAW(e->span[i].from >= before && e->span[i].to > e->span[i].from);
		LAW(e->span[i].to <= e->text.n);
		before = e->span[i].to;
	}
}

static inline void
law_entry(struct entry *e, struct diag *d, struct arena *a)
{
	struct check c = { d, a, NULL, no_reference, nothing_like };
	struct buf once = { 0 }, again = { 0 };
	struct entry *got = NULL;
	struct entry_place place;
	struct diag_at at;
	size_t i;

	LAW(e->id.n >= 1 && e->id.n <= LIMIT_ID && utf8_check(e->id) == SIZE_MAX);
	LAW(e->n_names >= 1 && e->n_names <= LIMIT_NAMES && e->title.n >= 1);
	LAW(utf8_check(e->text) == SIZE_MAX);
	LAW(annotate_entry(e, B("zh-Hant"), a) == 0);
	LAW(record_statements(e, a) == 0);
	check_entry(&c, e);
	law_tree(e);
	law_spans(e);
	entry_place_make(e, a, &place);
	for (i = 0; i < e->n_nodes; i++) {
		entry_place_of(&place, e->node[i].from, e->node[i].to, &at);
		LAW(at.from <= at.text.n && at.to <= at.text.n);
	}
	entry_encode(e, &once);
	LAW(entry_decode(buf_view(&once), a, &got) == 0);
	entry_encode(got, &again);
	LAW(bytes_eq(buf_view(&once), buf_view(&again)));
	buf_release(&once);
	buf_release(&again);
}

static inline int
law_source(enum source_form form, const uint8_t *data, size_t n)
{
	struct entry_reader_opts o = { .file = "f", .base = B("f") };
	struct entry_reader *r = NULL;
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct entry *e;
	int rc;

	LAW(diag_new(0, &o.diag) == 0);
	LAW(entry_reader_new(form, &o, bytes_make(data, n), &r) == 0);
	while ((rc = entry_reader_next(r, &a, &e)) == 1) {
		law_entry(e, o.diag, &a);
		arena_clear(&a);
	}
	LAW(rc == 0);
	diag_text(o.diag, LEVEL_OK, &out);
	diag_sarif(o.diag, LEVEL_OK, &out);
	buf_release(&out);
	entry_reader_free(r);
	diag_free(o.diag);
	arena_release(&a);
	return 0;
}

#endif
