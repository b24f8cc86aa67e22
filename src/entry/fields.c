/* SPDX-License-Identifier: ISC */
/* What the members of a head mean; the same table for YAML and JSON. */
#include "base/distance.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "entry/reader.h"

/* While one head is read. */
struct fields {
	struct entry_reader *r;
	struct arena *a;
	struct entry *e;
	const struct value *head;
	struct buf extra, refs;
	struct json extra_json, refs_json;
	size_t cap_names, cap_subjects, cap_redirects;
};

struct field {
	const char *key;
	size_t at;		/* of a struct bytes in struct entry */
	void (*read)(struct fields *f, const struct field *d, const struct value *v);
};

static void	read_text(struct fields *, const struct field *, const struct value *);
static void	read_date(struct fields *, const struct field *, const struct value *);
static void	read_author(struct fields *, const struct field *, const struct value *);
static void	read_names(struct fields *, const struct field *, const struct value *);
static void	read_list(struct fields *, const struct field *, const struct value *);
static void	read_sources(struct fields *, const struct field *, const struct value *);
static void	read_later(struct fields *, const struct field *, const struct value *);

#define AT(m)	offsetof(struct entry, m)

/* To add a field, add a line; leishu-entry(5) lists them. */
static const struct field table[] = {
	{ "title",	AT(title),	read_text },
	{ "id",		AT(id),		read_text },
	{ "kind",	AT(kind),	read_text },
	{ "lang",	AT(lang),	read_text },
	{ "names",	0,		read_names },
	{ "author",	AT(author),	read_author },
	{ "published",	AT(published),	read_date },
	{ "updated",	AT(updated),	read_date },
	{ "subjects",	AT(subject),	read_list },
	{ "status",	AT(status),	read_text },
	{ "site",	AT(site),	read_text },
	{ "rights",	AT(rights),	read_text },
	{ "redirects",	AT(redirect),	read_list },
	{ "sources",	0,		read_sources },
	{ "references",	0,		read_sources },
};

/* Only in JSON Lines. */
static const struct field json_table[] = {
	{ "body",	0,		read_later },
	{ "format",	0,		read_later },
};

static struct bytes *
place(struct entry *e, const struct field *d)
{
	return (struct bytes *)(void *)((char *)e + d->at);
}

static void
keep_extra(struct fields *f, const struct value *v)
{
	if (f->extra.n == 0) {
		f->extra_json = json_on(&f->extra);
		json_obj(&f->extra_json);
	}
	json_str(&f->extra_json, v->key);
	buf_putc(&f->extra, ':');
	f->extra_json.comma = false;
	value_json(v, &f->extra_json);
}

static void
wrong(struct fields *f, const struct value *v, const char *wants)
{
	say_value(f->r, DIAG_FIELD_BAD, v, "'%.*s' wants %s", (int)v->key.n,
	    (const char *)v->key.p, wants);
	keep_extra(f, v);
}

/* White space at the ends goes; inside, a line end or a control becomes a blank. */
static struct bytes
one_line(struct arena *a, struct bytes s)
{
	char *p;
	size_t i;

	s = bytes_trim(s);
	if ((p = arena_str(a, s)) == NULL)
		return (struct bytes){ NULL, 0 };
	for (i = 0; i < s.n; i++)
		if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
			p[i] = ' ';
	return bytes_make(p, s.n);
}

static void
read_text(struct fields *f, const struct field *d, const struct value *v)
{
	if (v->type == VALUE_NULL)
		return;
	if (!value_is_scalar(v))
		wrong(f, v, "a text");
	else
		*place(f->e, d) = one_line(f->a, v->text);
}

static void
read_date(struct fields *f, const struct field *d, const struct value *v)
{
	struct buf iso = { 0 };

	read_text(f, d, v);
	if (place(f->e, d)->n == 0)
		return;
	if (iso_date(*place(f->e, d), &iso))
		*place(f->e, d) = arena_buf(f->a, &iso);
	else
		say_value(f->r, DIAG_DATE_BAD, v, "'%.*s' cannot be read as a date",
		    (int)v->text.n, (const char *)v->text.p);
	buf_release(&iso);
}

/* One or several; several are joined as a reference list joins them. */
static void
read_author(struct fields *f, const struct field *d, const struct value *v)
{
	struct buf b = { 0 };
	const struct value *c;

	if (v->type != VALUE_LIST) {
		read_text(f, d, v);
		return;
	}
	for (c = v->child; c != NULL; c = c->next) {
		if (!value_is_scalar(c)) {
			say_value(f->r, DIAG_FIELD_BAD, c, "an author is a text");
			continue;
		}
		if (b.n)
			buf_puts(&b, "; ");
		buf_bytes(&b, c->text);
	}
	*place(f->e, d) = one_line(f->a, buf_view(&b));
	buf_release(&b);
}

/* Same form twice: what the later one knows is added to the first. */
static void
name_merge(struct name *to, const struct name *v)
{
	if (to->lang.n == 0)
		to->lang = v->lang;
	if (to->scheme.n == 0)
		to->scheme = v->scheme;
	if (to->reading.n == 0)
		to->reading = v->reading;
	if (to->from.n == 0 && to->to.n == 0) {
		to->from = v->from;
		to->to = v->to;
	}
}

void
name_add(struct arena *a, struct entry *e, size_t *cap, const struct name *v)
{
	struct name *p;
	size_t i;

	for (i = 0; i < e->n_names; i++)
		if (bytes_eq(e->name[i].form, v->form)) {
			name_merge(&e->name[i], v);
			return;
		}
	if ((p = arena_grow(a, e->name, e->n_names, cap, sizeof(*p))) == NULL)
		return;
	e->name = p;
	p[e->n_names++] = *v;
}

static struct bytes
member(struct fields *f, const struct value *map, const char *key)
{
	const struct value *v = value_get(map, bytes_str(key));

	if (v == NULL || v->type == VALUE_NULL)
		return (struct bytes){ NULL, 0 };
	if (!value_is_scalar(v)) {
		say_value(f->r, DIAG_FIELD_BAD, v, "'%s' of a name wants a text", key);
		return (struct bytes){ NULL, 0 };
	}
	return one_line(f->a, v->text);
}

static void
read_name(struct fields *f, const struct value *v)
{
	static const char *const keys[] = {
		"form", "lang", "scheme", "reading", "from", "to", "note" };
	struct name n = { .origin = NAME_GIVEN, .src = v->from };
	const struct value *c;
	size_t i;

	if (value_is_scalar(v)) {
		n.form = one_line(f->a, v->text);
	} else if (v->type == VALUE_MAP) {
		for (c = v->child; c != NULL; c = c->next) {
			for (i = 0; i < NELEM(keys); i++)
				if (bytes_eq(c->key, bytes_str(keys[i])))
					break;
			if (i == NELEM(keys) && f->e->form != SOURCE_JSON)
				say_key(f->r, DIAG_FIELD_UNKNOWN, c,
				    "a name has no '%.*s'%s", (int)c->key.n,
				    (const char *)c->key.p, c->type == VALUE_NULL ?
				    "; a form with a comma wants quotes" : "");
		}
		n.form = member(f, v, "form");
		n.lang = member(f, v, "lang");
		n.scheme = member(f, v, "scheme");
		n.reading = member(f, v, "reading");
		n.from = member(f, v, "from");
		n.to = member(f, v, "to");
	} else if (v->type == VALUE_LIST) {
		say_value(f->r, DIAG_FIELD_BAD, v, "a name is a text or a mapping");
		return;
	}
	if (n.form.n == 0) {
		say_value(f->r, DIAG_NAME_EMPTY, v, "a name without a form");
	} else if (n.form.n > LIMIT_NAME) {
		say_value(f->r, DIAG_TOO_LARGE, v, "a name longer than %d bytes", LIMIT_NAME);
	} else if (f->e->n_names >= LIMIT_NAMES) {
		if (!f->r->said[DIAG_TOO_LARGE])
			say_value(f->r, DIAG_TOO_LARGE, v, "more than %d names", LIMIT_NAMES);
		f->r->said[DIAG_TOO_LARGE] = true;
	} else {
		name_add(f->a, f->e, &f->cap_names, &n);
	}
}

static void
read_names(struct fields *f, const struct field *d, const struct value *v)
{
	const struct value *c;

	(void)d;
	if (v->type == VALUE_LIST)
		for (c = v->child; c != NULL; c = c->next)
			read_name(f, c);
	else if (v->type != VALUE_NULL)
		read_name(f, v);
}

static void
list_add(struct fields *f, const struct field *d, const struct value *v)
{
	bool subject = d->at == AT(subject);
	struct bytes **list = subject ? &f->e->subject : &f->e->redirect;
	size_t *n = subject ? &f->e->n_subjects : &f->e->n_redirects;
	size_t *cap = subject ? &f->cap_subjects : &f->cap_redirects;
	struct bytes s, *p;

	if (!value_is_scalar(v)) {
		say_value(f->r, DIAG_FIELD_BAD, v, "'%s' wants texts", d->key);
		return;
	}
	s = one_line(f->a, v->text);
	if (s.n == 0 || s.n > LIMIT_NAME || *n >= LIMIT_NAMES)
		return;
	if ((p = arena_grow(f->a, *list, *n, cap, sizeof(*p))) == NULL)
		return;
	p[(*n)++] = s;
	*list = p;
}

static void
read_list(struct fields *f, const struct field *d, const struct value *v)
{
	const struct value *c;

	if (v->type == VALUE_LIST)
		for (c = v->child; c != NULL; c = c->next)
			list_add(f, d, c);
	else if (v->type == VALUE_MAP)
		wrong(f, v, "a list of texts");
	else if (v->type != VALUE_NULL)
		list_add(f, d, v);
}

/* A CSL-JSON item, or a text that is kept as an item's note. */
static void
source_add(struct fields *f, const struct value *v)
{
	if (f->refs.n == 0) {
		f->refs_json = json_on(&f->refs);
		json_arr(&f->refs_json);
	}
	if (v->type == VALUE_MAP)
		value_json(v, &f->refs_json);
	else if (value_is_scalar(v))
		reference_json(&f->refs_json, v->text);
	else
		say_value(f->r, DIAG_FIELD_BAD, v, "a source is a text or a mapping");
}

static void
read_sources(struct fields *f, const struct field *d, const struct value *v)
{
	const struct value *c;

	(void)d;
	if (v->type == VALUE_LIST)
		for (c = v->child; c != NULL; c = c->next)
			source_add(f, c);
	else if (v->type != VALUE_NULL)
		source_add(f, v);
}

static void
read_later(struct fields *f, const struct field *d, const struct value *v)
{
	(void)f;
	(void)d;
	(void)v;
}

static const struct field *
find(const struct field *t, size_t n, struct bytes key)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (bytes_eq(bytes_str(t[i].key), key))
			return &t[i];
	return NULL;
}

/* The field that a key may have meant, or NULL. */
static const char *
like_field(struct bytes key)
{
	static const char *const others[][2] = {
		{ "name", "names" }, { "aliases", "names" }, { "language", "lang" },
		{ "date", "published" }, { "tags", "subjects" },
		{ "categories", "subjects" }, { "type", "kind" },
		{ "authors", "author" }, { "copyright", "rights" },
	};
	const char *known[NELEM(table)];
	size_t i;

	for (i = 0; i < NELEM(others); i++)
		if (bytes_eq(key, bytes_str(others[i][0])))
			return others[i][1];
	for (i = 0; i < NELEM(table); i++)
		known[i] = table[i].key;
	return nearest(key, known, NELEM(known));
}

static void
unknown(struct fields *f, const struct value *v)
{
	const char *near = like_field(v->key);

	say_key(f->r, DIAG_FIELD_UNKNOWN, v, "there is no field '%.*s'%s%s%s",
	    (int)v->key.n, (const char *)v->key.p, near ? "; is it '" : "",
	    near ? near : "", near ? "'?" : "");
}

static void
read_record(struct fields *f, const struct value *v)
{
	struct buf b = { 0 };
	struct json j = json_on(&b);

	value_json(v, &j);
	f->e->record = arena_buf(f->a, &b);
	buf_release(&b);
}

static void
read_member(struct fields *f, const struct value *v, struct bytes kind)
{
	bool json = f->e->form == SOURCE_JSON;
	const struct field *d;

	if (kind.n && bytes_eq(v->key, kind) && v->type == VALUE_MAP) {
		read_record(f, v);
	} else if ((d = find(table, NELEM(table), v->key)) != NULL ||
	    (json && (d = find(json_table, NELEM(json_table), v->key)) != NULL)) {
		d->read(f, d, v);
	} else {
		if (!json && kind.n && bytes_eq(v->key, kind))
			say_value(f->r, DIAG_FIELD_BAD, v, "'%.*s' wants a mapping",
			    (int)v->key.n, (const char *)v->key.p);
		else if (!json)
			unknown(f, v);
		keep_extra(f, v);
	}
}

int
fields_read(struct entry_reader *r, const struct value *head, struct arena *a,
    struct entry *e)
{
	struct fields f = { .r = r, .a = a, .e = e, .head = head };
	const struct value *v;
	struct bytes kind = { NULL, 0 };

	if ((v = value_get(head, B("kind"))) != NULL && v->type == VALUE_STRING)
		kind = bytes_trim(v->text);
	for (v = head->child; v != NULL; v = v->next)
		read_member(&f, v, kind);
	if (f.extra.n) {
		json_end_obj(&f.extra_json);
		e->extra = arena_buf(a, &f.extra);
	}
	if (f.refs.n) {
		json_end_arr(&f.refs_json);
		e->references = arena_buf(a, &f.refs);
	}
	if (f.extra.err || f.refs.err)
		a->err = a->err ? a->err : LEISHU_ENOMEM;
	buf_release(&f.extra);
	buf_release(&f.refs);
	return a->err;
}

static void
finish_id(struct entry_reader *r, const struct value *head, struct arena *a,
    struct entry *e)
{
	const struct value *v = head ? value_get(head, B("id")) : NULL;
	struct bytes given = e->id;
	bool changed = false;

	if (given.n)
		e->id = id_make(a, given, &changed);
	if (changed && v != NULL)
		say_value(r, DIAG_ID_BAD, v, "the id '%.*s' becomes '%.*s'",
		    (int)given.n, (const char *)given.p, (int)e->id.n,
		    (const char *)e->id.p);
	if (e->id.n)
		return;
	given = bytes_str(r->base[0] ? r->base : r->file);
	if (r->form == SOURCE_JSON)
		given = arena_printf(a, "%.*s-%u", (int)MIN(given.n, 180),
		    (const char *)given.p, r->source_line);
	e->id = id_make(a, given, &changed);
	if (changed)
		say(r, DIAG_ID_BAD, 0, 0, "the id '%.*s' becomes '%.*s'",
		    (int)given.n, (const char *)given.p, (int)e->id.n,
		    (const char *)e->id.p);
}

static void
finish_title(struct entry_reader *r, const struct value *head, struct arena *a,
    struct entry *e)
{
	const struct value *v = head ? value_get(head, B("title")) : NULL;

	if (e->title.n > LIMIT_NAME) {
		if (v != NULL)
			say_value(r, DIAG_TOO_LARGE, v, "the title is cut at %d bytes", LIMIT_NAME);
		e->title = utf8_cut(e->title, LIMIT_NAME);
	}
	if (e->title.n)
		return;
	if (v != NULL)
		say_value(r, DIAG_TITLE_EMPTY, v, "the title of '%.*s' is empty",
		    (int)e->id.n, (const char *)e->id.p);
	else if (r->said_n[DIAG_HEAD_BAD] == 0)	/* where it may have stood */
		say(r, DIAG_TITLE_EMPTY, 0, 0, "'%.*s' has no title", (int)e->id.n,
		    (const char *)e->id.p);
	e->title = arena_bytes(a, e->id);
}

/* The title goes first, what names gave before it; redirects follow. */
static void
finish_names(const struct value *head, struct arena *a, struct entry *e)
{
	const struct value *v = head ? value_get(head, B("title")) : NULL;
	struct name title = { .form = e->title, .origin = NAME_TITLE,
		.src = v ? v->from : 0 };
	struct name *given = e->name;
	size_t n = e->n_names, cap = 0, i;

	e->name = NULL;
	e->n_names = 0;
	name_add(a, e, &cap, &title);
	for (i = 0; i < n; i++)
		name_add(a, e, &cap, &given[i]);
	for (i = 0; i < e->n_redirects && e->n_names < LIMIT_NAMES; i++) {
		struct name to = { .form = e->redirect[i], .origin = NAME_REDIRECT };

		name_add(a, e, &cap, &to);
	}
	e->n_names = MIN(e->n_names, LIMIT_NAMES);
}

int
fields_finish(struct entry_reader *r, const struct value *head, struct arena *a,
    struct entry *e)
{
	finish_id(r, head, a, e);
	finish_title(r, head, a, e);
	finish_names(head, a, e);
	if (e->text.n == 0)
		say(r, DIAG_BODY_EMPTY, 0, 0, "'%.*s' has no text", (int)e->id.n,
		    (const char *)e->id.p);
	if (r->tree.deep)
		say(r, DIAG_TOO_DEEP, 0, 0, "'%.*s' is nested deeper than %d levels",
		    (int)e->id.n, (const char *)e->id.p, LIMIT_DEPTH);
	if (r->tree.full)
		say(r, DIAG_TOO_LARGE, 0, 0, "'%.*s' is longer than may be; the end is cut off",
		    (int)e->id.n, (const char *)e->id.p);
	if (e->lang.n == 0)	/* a copy: the entry may outlive the reader */
		e->lang = arena_bytes(a, text_lang(e->text, bytes_str(r->lang)));
	return a->err;
}
