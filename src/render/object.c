/* SPDX-License-Identifier: ISC */
/* An entry as the JSON of INTERFACE: show --as json, /api/v1/entries/ID. */
#include <errno.h>

#include "base/json.h"
#include "base/limits.h"
#include "render/inside.h"
#include "script/lang.h"

static const char *const node_names[NODE__MAX] = {
	[NODE_QUOTE] = "quote", [NODE_LIST] = "list", [NODE_ITEM] = "item",
	[NODE_TABLE] = "table", [NODE_ROW] = "row", [NODE_NOTE] = "note",
	[NODE_SECTION_REFS] = "references", [NODE_PARA] = "paragraph",
	[NODE_HEADING] = "heading", [NODE_CODE] = "code", [NODE_CELL] = "cell",
	[NODE_RULE] = "rule", [NODE_EM] = "emphasis", [NODE_STRONG] = "strong",
	[NODE_STRIKE] = "strike", [NODE_VERBATIM] = "verbatim",
	[NODE_LANG] = "lang", [NODE_LINK] = "link", [NODE_IMAGE] = "image",
	[NODE_XREF] = "xref", [NODE_CITE] = "cite", [NODE_NOTEREF] = "noteref",
	[NODE_BREAK] = "break",
};

/* What a node's two arguments are called. */
static const struct { const char *arg, *arg2; } arg_names[NODE__MAX] = {
	[NODE_NOTE] = { "label", NULL }, [NODE_HEADING] = { "anchor", NULL },
	[NODE_CODE] = { "info", NULL }, [NODE_LANG] = { "lang", NULL },
	[NODE_LINK] = { "href", "title" }, [NODE_IMAGE] = { "src", "title" },
	[NODE_XREF] = { "target", NULL }, [NODE_CITE] = { "key", "locator" },
	[NODE_NOTEREF] = { "label", NULL },
};

static const char *const span_names[SPAN__MAX] = {
	[SPAN_TERM] = "term", [SPAN_DATE] = "date",
	[SPAN_DURATION] = "duration", [SPAN_AMOUNT] = "amount",
};

static const char *const origins[NAME_ORIGIN__MAX] = {
	[NAME_TITLE] = "title", [NAME_GIVEN] = "given",
	[NAME_REDIRECT] = "redirect", [NAME_PROSE] = "prose",
};

static void
names(struct json *j, const struct entry *e)
{
	size_t i;

	json_key(j, "names");
	json_arr(j);
	for (i = 0; i < e->n_names; i++) {
		const struct name *n = &e->name[i];

		json_obj(j);
		json_key_str(j, "form", n->form);
		json_key_str(j, "script", bytes_str(script_code(script_of_text(n->form))));
		json_opt(j, "lang", name_lang(n));
		json_opt(j, "scheme", n->scheme);
		json_opt(j, "from", n->from);
		json_opt(j, "to", n->to);
		json_opt(j, "reading", n->reading);
		json_key_str(j, "origin", bytes_str(n->origin < NAME_ORIGIN__MAX ?
		    origins[n->origin] : "given"));
		json_end_obj(j);
	}
	json_end_arr(j);
}

static void
node(struct json *j, const struct node *n)
{
	json_key_str(j, "type", bytes_str(node_names[n->type]));
	json_key_int(j, "from", n->from);
	json_key_int(j, "to", n->to);
	if (n->type == NODE_HEADING)
		json_key_int(j, "level", n->level);
	if (n->type == NODE_LIST) {
		json_key(j, "ordered");
		json_bool(j, n->level == 1);
		if (n->level == 1)
			json_key_int(j, "start", n->value);
	}
	if (n->type == NODE_ROW && n->level == 1) {
		json_key(j, "head");
		json_bool(j, true);
	}
	if (arg_names[n->type].arg)
		json_opt(j, arg_names[n->type].arg, n->arg);
	if (arg_names[n->type].arg2)
		json_opt(j, arg_names[n->type].arg2, n->arg2);
}

/* The tree: each node an object, what it holds under "children". */
static void
body(struct json *j, const struct entry *e)
{
	uint32_t end[LIMIT_DEPTH + 2], i;
	unsigned depth = 0;

	json_key(j, "body");
	json_arr(j);
	for (i = 0; i < e->n_nodes; i++) {
		const struct node *n = &e->node[i];

		for (; depth > 0 && end[depth - 1] <= i; depth--) {
			json_end_arr(j);
			json_end_obj(j);
		}
		json_obj(j);
		node(j, n);
		if (n->next > i + 1 && depth <= LIMIT_DEPTH) {
			json_key(j, "children");
			json_arr(j);
			end[depth++] = n->next;
		} else {
			json_end_obj(j);
			i = n->next - 1;
		}
	}
	for (; depth > 0; depth--) {
		json_end_arr(j);
		json_end_obj(j);
	}
	json_end_arr(j);
}

static void
spans(struct json *j, const struct entry *e)
{
	size_t i;

	json_key(j, "spans");
	json_arr(j);
	for (i = 0; i < e->n_spans; i++) {
		const struct span *s = &e->span[i];

		json_obj(j);
		json_key_int(j, "from", s->from);
		json_key_int(j, "to", s->to);
		json_key_str(j, "type", bytes_str(s->type < SPAN__MAX ?
		    span_names[s->type] : "other"));
		json_key_str(j, "text", bytes_sub(e->text, s->from, s->to));
		if (s->type == SPAN_TERM) {
			json_opt(j, "romanised", s->a);
			json_opt(j, "characters", s->b);
			json_opt(j, "pinyin", s->c);
		} else if (s->type == SPAN_DATE) {
			json_opt(j, "edtf", s->a);
			json_key_int(j, "first_jdn", s->lo);
			json_key_int(j, "last_jdn", s->hi);
			json_key_int(j, "doubt", s->doubt);
		} else
			json_opt(j, "value", s->a);
		json_end_obj(j);
	}
	json_end_arr(j);
}

static void
statements(struct json *j, const struct entry *e)
{
	size_t i;

	json_key(j, "statements");
	json_arr(j);
	for (i = 0; i < e->n_statements; i++) {
		const struct statement *s = &e->statement[i];

		json_obj(j);
		json_key_str(j, "property", s->property);
		json_key_str(j, "value", s->value);
		if (s->lo || s->hi) {
			json_key_int(j, "first_jdn", s->lo);
			json_key_int(j, "last_jdn", s->hi);
			json_key_int(j, "doubt", s->doubt);
		}
		if (s->to > s->from) {
			json_key_int(j, "from", s->from);
			json_key_int(j, "to", s->to);
		}
		json_end_obj(j);
	}
	json_end_arr(j);
}

static void
references(struct json *j, const struct entry *e, const struct render_env *env, struct arena *a)
{
	struct refs refs;
	struct buf one = { 0 };
	uint32_t i;
	size_t k;

	refs_init(&refs, e->references, env->book, a);
	for (i = 0; i < e->n_nodes; i++)
		if (e->node[i].type == NODE_CITE)
			(void)refs_find(&refs, e->node[i].arg);
	json_key(j, "references");
	json_arr(j);
	for (k = 0; k < refs.n; k++) {
		buf_clear(&one);
		ref_json(&refs.v[k], &one);
		json_raw(j, buf_view(&one));
	}
	json_end_arr(j);
	buf_release(&one);
	refs_release(&refs);
}

static void
card_json(struct json *j, const struct render_env *env, uint32_t no, struct bytes target)
{
	struct card c;

	json_obj(j);
	if (target.n)
		json_key_str(j, "target", target);
	if (no != BOOK_NONE && book_card(env->book, no, &c) == 0) {
		json_key_str(j, "id", c.id);
		json_key_str(j, "title", c.title);
	}
	json_end_obj(j);
}

static int
links(struct json *j, const struct entry *e, const struct render_env *env, struct arena *a)
{
	struct map seen = { 0 };
	uint32_t i, to, *in = NULL;
	size_t k, n = 0;
	bool fresh;
	int rc = 0;

	json_key(j, "links");
	json_obj(j);
	json_key(j, "out");
	json_arr(j);
	for (i = 0; i < e->n_nodes; i++) {
		struct bytes target = e->node[i].arg;

		if (e->node[i].type != NODE_XREF)
			continue;
		if (map_put(&seen, target, &fresh) == NULL) {
			rc = LEISHU_ENOMEM;
			break;
		}
		if (!fresh)
			continue;
		errno = 0;
		to = env->book ? book_resolve(env->book, target) : BOOK_NONE;
		if (to == BOOK_NONE && errno == ENOMEM) {
			rc = LEISHU_ENOMEM;	/* not a dangling link */
			break;
		}
		card_json(j, env, to, target);
	}
	json_end_arr(j);
	json_key(j, "in");
	json_arr(j);
	if (env->book && env->no != BOOK_NONE &&
	    book_links_in(env->book, env->no, a, &in, &n) == 0)
		for (k = 0; k < n && k < LIMIT_HITS; k++)
			card_json(j, env, in[k], (struct bytes){ NULL, 0 });
	json_end_arr(j);
	json_key_int(j, "in_total", (int64_t)n);
	json_end_obj(j);
	map_release(&seen);
	return rc;
}

static void
list(struct json *j, const char *key, const struct bytes *v, size_t n)
{
	size_t i;

	json_key(j, key);
	json_arr(j);
	for (i = 0; i < n; i++)
		json_str(j, v[i]);
	json_end_arr(j);
}

int
render_json(const struct entry *e, const struct render_env *env, struct arena *a, struct buf *out)
{
	struct json on = json_on(out), *j = &on;
	int rc;

	json_obj(j);
	json_key_str(j, "id", e->id);
	json_key_str(j, "title", e->title);
	json_opt(j, "kind", e->kind);
	json_key_str(j, "lang", e->lang.n ? e->lang : B("en"));
	names(j, e);
	json_opt(j, "author", e->author);
	json_opt(j, "published", e->published);
	json_opt(j, "updated", e->updated);
	json_opt(j, "status", e->status);
	json_opt(j, "site", e->site);
	json_opt(j, "rights", e->rights);
	list(j, "subjects", e->subject, e->n_subjects);
	if (e->n_redirects)
		list(j, "redirects", e->redirect, e->n_redirects);
	json_key(j, "record");
	json_raw(j, e->record.n ? e->record : B("{}"));
	if (e->extra.n) {
		json_key(j, "extra");
		json_raw(j, e->extra);
	}
	json_key_str(j, "text", e->text);
	body(j, e);
	spans(j, e);
	statements(j, e);
	references(j, e, env, a);
	rc = links(j, e, env, a);
	json_end_obj(j);
	return rc ? rc : out->err ? out->err : a->err;
}
