/* SPDX-License-Identifier: ISC */
#include "dump.h"

#include "base/json.h"
#include "diag/diag.h"

static const char *const node_names[NODE__MAX] = {
	[NODE_QUOTE] = "quote", [NODE_LIST] = "list", [NODE_ITEM] = "item",
	[NODE_TABLE] = "table", [NODE_ROW] = "row", [NODE_NOTE] = "note",
	[NODE_SECTION_REFS] = "section-refs", [NODE_PARA] = "para",
	[NODE_HEADING] = "heading", [NODE_CODE] = "code", [NODE_CELL] = "cell",
	[NODE_RULE] = "rule", [NODE_EM] = "em", [NODE_STRONG] = "strong",
	[NODE_STRIKE] = "strike", [NODE_VERBATIM] = "verbatim",
	[NODE_LANG] = "lang", [NODE_LINK] = "link", [NODE_IMAGE] = "image",
	[NODE_XREF] = "xref", [NODE_CITE] = "cite", [NODE_NOTEREF] = "noteref",
	[NODE_BREAK] = "break",
};

static void
field(struct buf *out, const char *key, struct bytes v)
{
	if (v.n == 0)
		return;
	buf_printf(out, "%s: ", key);
	json_escape(out, v);
	buf_putc(out, '\n');
}

static void
part(struct buf *out, const char *key, struct bytes v)
{
	if (v.n == 0)
		return;
	buf_printf(out, " %s=", key);
	json_escape(out, v);
}

static void
dump_names(const struct entry *e, struct buf *out)
{
	static const char *const origin[] = { "title", "given", "redirect", "prose" };
	size_t i;

	for (i = 0; i < e->n_names; i++) {
		const struct name *v = &e->name[i];

		buf_puts(out, "name: ");
		json_escape(out, v->form);
		buf_printf(out, " (%s)", origin[v->origin]);
		part(out, "lang", v->lang);
		part(out, "scheme", v->scheme);
		part(out, "reading", v->reading);
		part(out, "from", v->from);
		part(out, "to", v->to);
		buf_putc(out, '\n');
	}
	for (i = 0; i < e->n_subjects; i++)
		field(out, "subject", e->subject[i]);
}

static void
dump_node(const struct entry *e, size_t i, size_t depth, struct arena *a, struct buf *out)
{
	const struct node *v = &e->node[i];
	struct entry_place place;
	struct diag_at at;

	buf_printf(out, "%*s%s", (int)depth * 2, "", node_names[v->type]);
	if (v->level)
		buf_printf(out, " level=%u", v->level);
	if (v->tight)
		buf_puts(out, " tight");
	if (v->value)
		buf_printf(out, " value=%u", v->value);
	part(out, "arg", v->arg);
	part(out, "arg2", v->arg2);
	buf_printf(out, " %u-%u", v->from, v->to);
	if (v->next == i + 1 || node_names[v->type] == node_names[NODE_PARA]) {
		entry_place_make(e, a, &place);
		entry_place_of(&place, v->from, v->to, &at);
		if (v->to > v->from)
			buf_printf(out, " @%zu-%zu", at.from, at.to);
		buf_puts(out, " \"");
		json_escape(out, bytes_sub(e->text, v->from, v->to));
		buf_putc(out, '"');
	}
	buf_putc(out, '\n');
}

void
dump_entry(const struct entry *e, struct buf *out)
{
	uint32_t end[128];
	struct arena a = { 0 };
	size_t i, depth = 0;

	field(out, "id", e->id);
	field(out, "title", e->title);
	field(out, "kind", e->kind);
	field(out, "lang", e->lang);
	field(out, "author", e->author);
	field(out, "published", e->published);
	field(out, "updated", e->updated);
	field(out, "status", e->status);
	field(out, "site", e->site);
	field(out, "rights", e->rights);
	dump_names(e, out);
	field(out, "references", e->references);
	field(out, "record", e->record);
	field(out, "extra", e->extra);
	for (i = 0; i < e->n_nodes; i++) {
		while (depth && end[depth - 1] <= i)
			depth--;
		dump_node(e, i, depth, &a, out);
		if (depth < 128)
			end[depth++] = e->node[i].next;
	}
	for (i = 0; i < e->n_spans; i++) {
		const struct span *s = &e->span[i];

		buf_printf(out, "span %u %u-%u \"", s->type, s->from, s->to);
		json_escape(out, bytes_sub(e->text, s->from, s->to));
		buf_putc(out, '"');
		part(out, "a", s->a);
		part(out, "b", s->b);
		part(out, "c", s->c);
		if (s->lo || s->hi)
			buf_printf(out, " %d..%d doubt=%u", s->lo, s->hi, s->doubt);
		buf_putc(out, '\n');
	}
	for (i = 0; i < e->n_statements; i++) {
		const struct statement *s = &e->statement[i];

		buf_puts(out, "statement ");
		json_escape(out, s->property);
		part(out, "value", s->value);
		buf_printf(out, " %d..%d doubt=%u %u-%u\n", s->lo, s->hi, s->doubt,
		    s->from, s->to);
	}
	buf_putc(out, '\n');
	arena_release(&a);
}
