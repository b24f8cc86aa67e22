/* SPDX-License-Identifier: ISC */
/* The works a collection cites: references.json (CSL-JSON) and *.bib. */
#include <jansson.h>

#include <errno.h>

#include "base/limits.h"
#include "collection/inside.h"
#include "sys/dir.h"
#include "sys/file.h"

int
reference_add(struct collection *c, struct bytes key, struct bytes item,
    const struct diag_at *at)
{
	struct reference *v;
	bool fresh;

	if (map_put(&c->keys, key, &fresh) == NULL)
		return LEISHU_ENOMEM;
	if (!fresh) {
		diag_add(c->diag, DIAG_KEY_TWICE, at, "the reference '%.*s' stands twice; "
		    "the first is taken", (int)key.n, (const char *)key.p);
		return 0;
	}
	v = arena_grow(&c->arena, c->reference, c->n_references, &c->cap_references, sizeof(*v));
	if (v == NULL)
		return LEISHU_ENOMEM;
	c->reference = v;
	v[c->n_references].key = arena_bytes(&c->arena, key);
	v[c->n_references++].item = arena_bytes(&c->arena, item);
	return c->arena.err;
}

static int
json_item(struct collection *c, const char *path, const json_t *item, size_t i)
{
	const json_t *id = json_object_get(item, "id");
	struct bytes pointer = arena_printf(&c->arena, "/%zu", i);
	struct diag_at at = { .file = path, .pointer = (const char *)pointer.p };
	struct bytes key = { NULL, 0 };
	char number[32], *text;
	int rc;

	if (json_is_string(id))
		key = bytes_make(json_string_value(id), json_string_length(id));
	else if (json_is_integer(id))
		key = bytes_make(number, (size_t)snprintf(number, sizeof(number), "%lld",
		    (long long)json_integer_value(id)));
	if (key.n == 0) {
		diag_add(c->diag, DIAG_REFERENCES_BAD, &at, "a reference without an id");
		return 0;
	}
	text = json_dumps(item, JSON_COMPACT | JSON_REAL_PRECISION(15));
	if (text == NULL)
		return LEISHU_ENOMEM;
	rc = reference_add(c, key, bytes_str(text), &at);
	free(text);
	return rc;
}

static int
json_read(struct collection *c, const char *path, struct bytes text)
{
	struct diag_at at = { .file = path, .text = text };
	json_error_t e;
	const json_t *item;
	json_t *j;
	size_t i;
	int rc = 0;

	j = json_loadb((const char *)text.p, text.n, 0, &e);
	if (!json_is_array(j)) {
		at.from = at.to = j || e.position < 0 ? 0 : (size_t)e.position;
		diag_add(c->diag, DIAG_REFERENCES_BAD, &at, "%s",
		    j ? "wants an array of items" : e.text);
		json_decref(j);
		return 0;
	}
	json_array_foreach(j, i, item)
		if ((rc = json_item(c, path, item, i)) < 0)
			break;
	json_decref(j);
	return rc;
}

static int
one(struct collection *c, const char *path, bool bib)
{
	struct buf b = { 0 };
	int rc;

	rc = sys_read_file(path, LIMIT_SOURCE, &b);
	if (rc == 0)
		rc = bib ? bib_read(c, path, buf_view(&b)) : json_read(c, path, buf_view(&b));
	else if (rc != LEISHU_ENOMEM) {
		file_say(c->diag, DIAG_FILE_UNREADABLE, path, "cannot be read: %s",
		    rc == LEISHU_EIO ? strerror(errno) : leishu_strerror(rc));
		rc = 0;
	}
	buf_release(&b);
	return rc;
}

int
references_read(struct collection *c, const char *dir)
{
	struct sys_dirent *d;
	const char *path;
	size_t i, n;
	int rc;

	if (sys_dir_list(dir, &c->arena, &d, &n) < 0)
		return c->arena.err;	/* the walk says that it cannot be read */
	for (i = 0; i < n; i++) {
		bool bib = bytes_ends(d[i].name, B(".bib"));

		if (d[i].info.kind != SYS_FILE || bytes_starts(d[i].name, B(".")) ||
		    (!bib && !bytes_eq(d[i].name, B("references.json"))))
			continue;
		if ((path = path_join(&c->arena, dir, d[i].name)) == NULL)
			return LEISHU_ENOMEM;
		if ((rc = one(c, path, bib)) < 0)
			return rc;
	}
	return 0;
}
