/* SPDX-License-Identifier: ISC */
/* leishu.yaml: what is said about a collection as a whole. */
#include "base/limits.h"
#include "collection/inside.h"
#include "entry/yaml.h"
#include "sys/dir.h"
#include "sys/file.h"

#include <errno.h>

#define SETTINGS_MAX	(1u << 20)	/* bytes */

struct settings {
	struct collection *c;
	const char *dir;
	const char *path;
	struct bytes text;
};

static void
say(struct settings *s, enum diag_code code, size_t from, size_t to, const char *fmt, ...)
    PRINTF(5, 6);

static void
say(struct settings *s, enum diag_code code, size_t from, size_t to, const char *fmt, ...)
{
	struct diag_at at = { .file = s->path, .text = s->text, .from = from, .to = to };
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	diag_add(s->c->diag, code, &at, "%.*s", (int)b.n, (const char *)b.p);
	buf_release(&b);
}

static size_t
where(void *ctx, size_t at)
{
	(void)ctx;
	return at;
}

static void
told(void *ctx, enum diag_code code, size_t from, size_t to, const char *message)
{
	say(ctx, code == DIAG_HEAD_BAD ? DIAG_COLLECTION_BAD : code, from, to, "%s", message);
}

/* The text for a language: of a mapping its member, else its first. */
static struct bytes
text_for(const struct value *v, struct bytes lang)
{
	const struct value *m;

	if (v == NULL)
		return (struct bytes){ NULL, 0 };
	if (v->type != VALUE_MAP)
		return value_is_scalar(v) ? v->text : (struct bytes){ NULL, 0 };
	if ((m = value_get(v, lang)) == NULL || !value_is_scalar(m))
		m = v->child;
	return m && value_is_scalar(m) ? m->text : (struct bytes){ NULL, 0 };
}

static struct bytes
json_of(struct arena *a, const struct value *v)
{
	struct buf b = { 0 };
	struct json j = json_on(&b);
	struct bytes ret;

	value_json(v, &j);
	ret = arena_buf(a, &b);
	buf_release(&b);
	return ret;
}

static int
division_add(struct settings *s, const struct value *v)
{
	struct collection *c = s->c;
	const struct value *title = NULL, *id = v, *path = NULL;
	struct division *d;
	struct bytes folder;

	if (v->type == VALUE_MAP) {
		title = value_get(v, B("title"));
		id = value_get(v, B("id"));
		path = value_get(v, B("path"));
	}
	if (id == NULL || !value_is_scalar(id) || id->text.n == 0 ||
	    (path != NULL && !value_is_scalar(path))) {
		say(s, DIAG_COLLECTION_BAD, v->from, v->to,
		    "a division is a folder's name, or {id, title, path}");
		return 0;
	}
	d = arena_grow(&c->arena, c->division, c->n_divisions, &c->cap_divisions, sizeof(*d));
	if (d == NULL)
		return LEISHU_ENOMEM;
	c->division = d;
	d += c->n_divisions++;
	*d = (struct division){ 0 };
	folder = path ? path->text : arena_printf(&c->arena, "entries/%.*s", (int)id->text.n,
	    (const char *)id->text.p);
	while (bytes_ends(folder, B("/")))
		folder.n--;
	d->path = path_join(&c->arena, s->dir, folder);
	d->about.id = id->text;
	d->about.title = text_for(title, c->lang);
	if (d->about.title.n == 0)
		d->about.title = id->text;
	if (title && title->type == VALUE_MAP)
		d->about.titles = json_of(&c->arena, title);
	return c->arena.err;
}

static int
divisions(struct settings *s, const struct value *v)
{
	const struct value *c;
	int rc;

	if (v == NULL || v->type == VALUE_NULL)
		return 0;
	if (v->type != VALUE_LIST) {
		say(s, DIAG_COLLECTION_BAD, v->from, v->to, "'divisions' wants a list");
		return 0;
	}
	for (c = v->child; c != NULL; c = c->next)
		if ((rc = division_add(s, c)) < 0)
			return rc;
	return 0;
}

static void
unknown(struct settings *s, const struct value *root)
{
	static const char *const keys[] = { "title", "description", "editors", "licence",
		"language", "url", "divisions", "publisher", "rights" };
	const struct value *v;
	size_t i;

	for (v = root->child; v != NULL; v = v->next) {
		for (i = 0; i < NELEM(keys); i++)
			if (bytes_eq(v->key, bytes_str(keys[i])))
				break;
		if (i == NELEM(keys))
			say(s, DIAG_FIELD_UNKNOWN, v->key_from, v->key_to,
			    "a collection has no '%.*s'%s", (int)v->key.n,
			    (const char *)v->key.p, bytes_eq(v->key, B("license")) ?
			    "; is it 'licence'?" : "");
	}
}

static int
take(struct settings *s, const struct value *root)
{
	struct collection *c = s->c;
	const struct value *v;

	unknown(s, root);
	if (c->root == NULL) {	/* the first one speaks for all */
		v = value_get(root, B("language"));
		if (v != NULL && v->type == VALUE_STRING)
			c->lang = v->text;
		c->title = text_for(value_get(root, B("title")), c->lang);
		c->meta = json_of(&c->arena, root);
		if ((c->root = bytes_dup(bytes_str(s->dir))) == NULL)
			return LEISHU_ENOMEM;
	}
	return divisions(s, value_get(root, B("divisions")));
}

int
settings_read(struct collection *c, const char *dir, bool *found)
{
	struct settings s = { .c = c, .dir = dir };
	struct yaml_in in = { { NULL, 0 }, &s, where, told };
	struct buf b = { 0 };
	struct value root = { 0 };
	int rc;

	*found = false;
	if ((s.path = path_join(&c->arena, dir, B("leishu.yaml"))) == NULL)
		return LEISHU_ENOMEM;
	if (sys_info(s.path).kind == SYS_NONE)
		return 0;
	*found = true;
	rc = sys_read_file(s.path, SETTINGS_MAX, &b);
	if (rc == LEISHU_ENOMEM)
		goto out;
	if (rc < 0) {
		file_say(c->diag, DIAG_FILE_UNREADABLE, s.path, "cannot be read: %s",
		    rc == LEISHU_EIO ? strerror(errno) : leishu_strerror(rc));
		rc = 0;
		goto out;
	}
	s.text = in.text = buf_view(&b);
	if ((rc = yaml_read(&in, &c->arena, &root)) < 0)
		goto out;
	if (root.type == VALUE_NULL)
		root.type = VALUE_MAP;
	rc = take(&s, &root);
out:
	buf_release(&b);
	return rc;
}
