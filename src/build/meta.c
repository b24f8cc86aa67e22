/* SPDX-License-Identifier: ISC */
/* What a book says about itself: no clock, no path. */
#include <jansson.h>

#include "base/json.h"
#include "book/write.h"
#include "build/inside.h"

static void
put_divisions(const struct leishu_build *b, struct json *j)
{
	const struct collection_division *d;
	size_t n, i;

	d = collection_divisions(b->col, &n);
	json_key(j, "divisions");
	json_arr(j);
	for (i = 0; i < b->n_runs; i++) {
		const struct division_run *r = &b->run[i];

		if (r->division >= n)
			continue;
		json_obj(j);
		json_key_str(j, "id", d[r->division].id);
		json_key_str(j, "title", d[r->division].title);
		if (d[r->division].titles.n) {
			json_key(j, "titles");
			json_raw(j, d[r->division].titles);
		}
		json_key_int(j, "first", r->first);
		json_key_int(j, "entries", r->n);
		json_end_obj(j);
	}
	json_end_arr(j);
}

void
build_meta(const struct leishu_build *b, struct buf *out)
{
	struct bytes whole = collection_meta(b->col);
	struct json j = json_on(out);

	json_obj(&j);
	json_key_int(&j, "format", 1);
	/* Read back by book/book.c: it stands before any text of the author's. */
	json_key_int(&j, "entries", b->n);
	json_opt(&j, "title", collection_title(b->col));
	json_key_str(&j, "lang", collection_lang(b->col));
	json_key(&j, "collection");
	json_raw(&j, whole.n ? whole : B("{}"));
	put_divisions(b, &j);
	json_key(&j, "counts");
	json_obj(&j);
	json_key_int(&j, "names", (int64_t)b->counts.names);
	json_key_int(&j, "links", (int64_t)b->counts.links);
	json_key_int(&j, "dangling", (int64_t)b->counts.dangling);
	json_key_int(&j, "spans", (int64_t)b->counts.spans);
	json_key_int(&j, "bytes", (int64_t)b->counts.bytes);
	json_end_obj(&j);
	json_end_obj(&j);
}

int
build_refs(const struct leishu_build *b, struct pack_writer *w)
{
	struct bytes all = collection_references(b->col);
	json_t *root = json_loadb((const char *)all.p, all.n, 0, NULL), *item;
	struct bytes *key = NULL, *text = NULL;
	struct arena a = { 0 };
	const char *k;
	size_t n = 0, size = json_object_size(root);
	int rc = LEISHU_ENOMEM;

	key = calloc(size + 1, sizeof(*key));
	text = calloc(size + 1, sizeof(*text));
	if (key == NULL || text == NULL)
		goto out;
	json_object_foreach(root, k, item) {
		char *s = json_dumps(item, JSON_COMPACT | JSON_ENCODE_ANY);

		key[n] = bytes_str(k);
		text[n] = arena_bytes(&a, bytes_str(s));
		free(s);
		if (s == NULL || a.err)
			goto out;
		n++;
	}
	rc = book_writer_refs(w, key, text, n);
out:
	arena_release(&a);
	free(key);
	free(text);
	json_decref(root);
	return rc;
}
