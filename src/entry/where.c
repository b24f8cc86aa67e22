/* SPDX-License-Identifier: ISC */
/* From a place in an entry's text back to the author's line and column. */
#include <jansson.h>

#include "diag/diag.h"
#include "entry/reader.h"

/* The source read again, for its runs. */
static const struct entry *
again(const struct entry *e, struct arena *a)
{
	struct entry_reader_opts o = { .file = "again" };
	struct entry_reader *r = NULL;
	struct entry *got = NULL;

	if (entry_reader_new((enum source_form)e->form, &o, e->source, &r) < 0)
		return NULL;
	if (entry_reader_next(r, a, &got) != 1)
		got = NULL;
	entry_reader_free(r);
	return got && bytes_eq(got->text, e->text) ? got : NULL;
}

static uint32_t
source_of(const struct srcrun *v, size_t n, uint32_t text)
{
	size_t lo = 0, hi = n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (v[mid].text <= text)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? v[lo - 1].src + (text - v[lo - 1].text) : text;
}

/* The decoded body of a JSON line, in the arena. */
static struct bytes
json_body(struct bytes line, struct arena *a)
{
	struct bytes body = { NULL, 0 };
	json_t *j = json_loadb((const char *)line.p, line.n,
	    JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
	const json_t *v = json_object_get(j, "body");

	if (json_is_string(v))
		body = arena_bytes(a, bytes_make(json_string_value(v), json_string_length(v)));
	json_decref(j);
	return body;
}

void
entry_place_make(const struct entry *e, struct arena *a, struct entry_place *ret)
{
	const struct entry *got;

	*ret = (struct entry_place){ .run = e->run, .n_runs = e->n_runs, .known = true };
	ret->at = (struct diag_at){ .file = arena_str(a, e->file), .text = e->source,
		.first_line = e->line };
	if (e->form == SOURCE_JSON) {
		ret->at.text = json_body(e->source, a);
		ret->at.pointer = "/body";
		if (ret->at.text.n == 0) {	/* a line that had to be mended */
			ret->at.text = e->text;
			ret->n_runs = 0;
			return;
		}
	}
	if (e->n_runs || e->text.n == 0)
		return;
	if ((got = again(e, a)) != NULL) {
		ret->run = got->run;
		ret->n_runs = got->n_runs;
	} else
		ret->known = false;
}

void
entry_place_of(const struct entry_place *p, uint32_t from, uint32_t to,
    struct diag_at *ret)
{
	*ret = p->at;
	if (!p->known)
		return;
	/* U+FFFD is longer than the byte it stands for: never past the end. */
	ret->from = MIN(source_of(p->run, p->n_runs, from), ret->text.n);
	ret->to = ret->from;
	if (to > from)
		ret->to = MAX(ret->from, MIN(ret->text.n,
		    source_of(p->run, p->n_runs, to - 1) + (size_t)1));
}

/* The value a pointer leads to, or the last one on the way that is there. */
static const struct value *
follow(const struct value *v, struct bytes pointer)
{
	const struct value *next;
	size_t end;

	while (pointer.n && pointer.p[0] == '/') {
		struct bytes key;

		for (end = 1; end < pointer.n && pointer.p[end] != '/'; end++)
			;
		key = bytes_sub(pointer, 1, end);
		if (v->type != VALUE_MAP || (next = value_get(v, key)) == NULL)
			break;
		v = next;
		pointer = bytes_sub(pointer, end, pointer.n);
	}
	return v;
}

void
entry_where_field(const struct entry *e, const char *pointer, struct arena *a,
    struct diag_at *ret)
{
	struct value head = { 0 };
	const struct value *v;

	*ret = (struct diag_at){ .file = arena_str(a, e->file), .text = e->source,
		.first_line = e->line };
	if (e->form == SOURCE_JSON) {
		ret->text = (struct bytes){ NULL, 0 };
		ret->pointer = pointer;
		return;
	}
	if (e->form != SOURCE_MARKDOWN || markdown_head(e->source, a, &head) < 0)
		return;
	v = follow(&head, bytes_str(pointer));
	if (v != &head) {
		ret->from = v->from;
		ret->to = v->to;
	}
}
