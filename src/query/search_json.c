/* SPDX-License-Identifier: ISC */
#include "base/json.h"
#include "query/search.h"

static void
put_shares(struct json *j, const struct search_hit *h)
{
	size_t i;

	json_key(j, "explain");
	json_arr(j);
	for (i = 0; i < h->n_shares; i++) {
		const struct search_share *s = &h->share[i];

		json_obj(j);
		json_key_str(j, "term", s->term);
		json_key_int(j, "count", s->freq);
		json_key(j, "title");
		json_bool(j, s->head);
		json_key_int(j, "entries", s->df);
		json_key(j, "idf");
		json_num(j, s->idf, 3);
		json_key(j, "score");
		json_num(j, s->score, 3);
		json_end_obj(j);
	}
	json_end_arr(j);
}

static void
put_hit(struct json *j, const struct search_opts *o, const struct search_hit *h)
{
	json_obj(j);
	json_key_str(j, "id", h->id);
	json_key_str(j, "title", h->title);
	json_key(j, "score");
	json_num(j, h->score, 3);
	json_key_str(j, "matched", h->matched);
	json_key(j, "via");
	json_cstr(j, h->via);
	json_key_str(j, "why", h->why);
	json_key_str(j, "snippet", h->snippet);
	if (o->explain)
		put_shares(j, h);
	json_end_obj(j);
}

void
search_json(struct bytes query, const struct search_opts *o,
    const struct search_result *r, struct buf *out)
{
	struct json j = json_on(out);
	size_t i;

	json_obj(&j);
	json_key_str(&j, "query", query);
	if (r->error) {
		json_key(&j, "error");
		json_cstr(&j, r->error);
	}
	json_key_int(&j, "total", (int64_t)r->total);
	if (o->from)
		json_key_int(&j, "from", o->from);
	json_opt(&j, "note", r->note);
	json_key(&j, "hits");
	json_arr(&j);
	for (i = 0; i < r->n; i++)
		put_hit(&j, o, &r->hit[i]);
	json_end_arr(&j);
	json_end_obj(&j);
}
