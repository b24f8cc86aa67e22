/* SPDX-License-Identifier: ISC */
/* The fields of an entry's record as a plain table. */
#include "render/inside.h"

#include <ctype.h>
#include <jansson.h>

#include "render/said.h"
#include "render/web_gen.h"

#define RECORD_DEPTH	6
#define RECORD_ITEMS	200

static void	value(struct render *r, const json_t *v, unsigned depth);

/* "signed_by" is "Signed by", or the interface's word for it. */
static struct bytes
label(const struct render *r, const char *key, struct buf *tmp)
{
	struct bytes plain, word;
	const char *s;

	buf_clear(tmp);
	for (s = key; *s; s++)
		buf_putc(tmp, *s == '_' || *s == '-' ? ' ' : *s);
	plain = buf_view(tmp);
	word = said_word(r->page.ui, '.', plain);
	if (word.p != plain.p)
		return word;
	if (plain.n)
		tmp->p[0] = (unsigned char)toupper(tmp->p[0]);
	return plain;
}

/* Written into an element of this language: that of the record, or another. */
static void
put_label(struct render *r, const char *key, struct bytes lang, struct buf *out)
{
	struct tongue t = tongue_make(lang, r->page.tongue.han);
	struct buf tmp = { 0 };
	struct bytes s = label(r, key, &tmp);

	if (s.p == tmp.p)
		html_runs(out, s, &t);
	else
		html_lang(out, s, bytes_str(ui_tag(r->page.ui)), &t);
	buf_release(&tmp);
}

/* A string: a link when an entry has just this name. */
static void
text(struct render *r, struct bytes s)
{
	struct card c;
	uint32_t no = BOOK_NONE;

	if (is_edtf(s)) {
		page_date(&r->page, s, r->env.date);
		return;
	}
	if (r->env.book && s.n && s.n < 200)
		no = book_resolve(r->env.book, s);
	if (no == BOOK_NONE || no == r->env.no || book_card(r->env.book, no, &c) < 0) {
		page_runs(&r->page, s);
		return;
	}
	buf_puts(r->page.out, "<a href=\"");
	buf_puts(r->page.out, r->env.base);
	url_path(r->page.out, c.id);
	buf_puts(r->page.out, "\">");
	page_runs(&r->page, s);
	buf_puts(r->page.out, "</a>");
}

/* All numbers, and short: a position, a span of years. */
static bool
is_flat(const json_t *list)
{
	size_t i;
	const json_t *v;

	json_array_foreach(list, i, v)
		if (!json_is_number(v))
			return false;
	return true;
}

static void
list(struct render *r, const json_t *v, unsigned depth)
{
	const char *between = is_flat(v) ? ", " : "; ";
	const json_t *item;
	size_t i;

	json_array_foreach(v, i, item) {
		if (i >= RECORD_ITEMS)
			break;
		buf_puts(r->page.out, i ? between : "");
		value(r, item, depth + 1);
	}
}

static void
object(struct render *r, json_t *v, unsigned depth)
{
	const char *key;
	json_t *item;
	bool first = true;

	json_object_foreach(v, key, item) {
		buf_puts(r->page.out, first ? "" : ", ");
		buf_puts(r->page.out, "<span class=\"soft\">");
		put_label(r, key, r->page.tongue.lang, r->page.out);
		buf_puts(r->page.out, "</span> ");
		value(r, item, depth + 1);
		first = false;
	}
}

static void
value(struct render *r, const json_t *v, unsigned depth)
{
	if (depth > RECORD_DEPTH) {
		buf_puts(r->page.out, "…");
		return;
	}
	switch (json_typeof(v)) {
	case JSON_STRING:
		text(r, bytes_make(json_string_value(v), json_string_length(v)));
		break;
	case JSON_INTEGER:
		buf_printf(r->page.out, "%lld", (long long)json_integer_value(v));
		break;
	case JSON_REAL:
		buf_printf(r->page.out, "%.10g", json_real_value(v));
		break;
	case JSON_TRUE: case JSON_FALSE:
		page_html(&r->page, word(r->page.ui,
		    json_is_true(v) ? WORD_yes : WORD_no));
		break;
	case JSON_ARRAY:
		list(r, v, depth);
		break;
	case JSON_OBJECT: {
		json_t *copy = json_copy((json_t *)(uintptr_t)v);

		object(r, copy, depth);
		json_decref(copy);
		break;
	}
	default:
		buf_puts(r->page.out, "–");
	}
}

/* A list of objects with the same few keys is better set as a table. */
static bool
is_table(const json_t *v)
{
	const json_t *item, *first = json_array_get(v, 0);
	size_t i;

	if (json_array_size(v) < 2 || json_object_size(first) < 2 || json_object_size(first) > 6)
		return false;
	json_array_foreach(v, i, item)
		if (!json_is_object(item) || json_object_size(item) > 6)
			return false;
	return true;
}

/* The columns of all rows, in the order they come. */
static json_t *
columns(const json_t *v)
{
	json_t *cols = json_object(), *row, *cell;
	const char *key;
	size_t i;

	json_array_foreach(v, i, row)
		json_object_foreach(row, key, cell)
			if (json_object_get(cols, key) == NULL)
				json_object_set_new(cols, key, json_true());
	return cols;
}

static void
table(struct render *r, const char *name, const json_t *v)
{
	struct buf *out = r->page.out, tmp = { 0 };
	json_t *cols = columns(v), *row, *flag;
	const char *key;
	size_t i;

	buf_puts(out, "<table class=\"tab stack\"><caption>");
	put_label(r, name, r->page.tongue.lang, out);
	buf_puts(out, "</caption>\n<thead><tr>");
	json_object_foreach(cols, key, flag) {
		buf_puts(out, "<th scope=\"col\">");
		put_label(r, key, r->page.tongue.lang, out);
		buf_puts(out, "</th>");
	}
	buf_puts(out, "</tr></thead>\n<tbody>");
	json_array_foreach(v, i, row) {
		bool first = true;

		if (i >= RECORD_ITEMS)
			break;
		buf_puts(out, "<tr>");
		json_object_foreach(cols, key, flag) {
			const json_t *cell = json_object_get(row, key);

			if (first)
				buf_puts(out, "<th scope=\"row\">");
			else {
				buf_puts(out, "<td data-th=\"");
				html_escape(out, label(r, key, &tmp));
				buf_puts(out, "\">");
			}
			if (cell)
				value(r, cell, 1);
			buf_puts(out, first ? "</th>" : "</td>");
			first = false;
		}
		buf_puts(out, "</tr>\n");
	}
	buf_puts(out, "</tbody></table>\n");
	json_decref(cols);
	buf_release(&tmp);
}

void
record_section(struct render *r)
{
	struct buf *out = r->page.out, row = { 0 }, tmp = { 0 }, tables = { 0 };
	struct tongue ui = r->page.tongue;
	json_t *rec, *v;
	const char *key;

	if (r->e->record.n == 0 || (rec = json_loadb((const char *)r->e->record.p,
	    r->e->record.n, 0, NULL)) == NULL)
		return;
	if (!json_is_object(rec) || json_object_size(rec) == 0) {
		json_decref(rec);
		return;
	}
	T(&r->page, sec_open, .label = B("rec"),
	    .head = word(r->page.ui, WORD_record), .wide = true);
	buf_puts(out, "<div class=\"record\"><dl class=\"kv\" lang=\"");
	html_escape(out, r->e->lang.n ? r->e->lang : B("en"));
	buf_puts(out, "\">\n");
	r->page.tongue = tongue_make(r->e->lang, render_han(r->e));
	json_object_foreach(rec, key, v) {
		if (is_table(v)) {
			r->page.out = &tables;
			table(r, key, v);
			r->page.out = out;
			continue;
		}
		buf_clear(&row);
		r->page.out = &row;
		value(r, v, 0);
		r->page.out = out;
		buf_clear(&tmp);
		put_label(r, key, ui.lang, &tmp);
		T(&r->page, record_row, .key = buf_view(&tmp), .value = buf_view(&row),
		    .lang = bytes_eq(ui.lang, r->page.tongue.lang) ? B("") : ui.lang);
	}
	r->page.tongue = ui;
	buf_puts(out, "</dl>\n");
	buf_bytes(out, buf_view(&tables));
	buf_puts(out, "</div></div>\n</section>\n");
	json_decref(rec);
	buf_release(&row);
	buf_release(&tmp);
	buf_release(&tables);
}
