/* SPDX-License-Identifier: ISC */
#include "query/find.h"

#include "base/json.h"

static void
put_hit(struct json *j, const struct find_hit *h)
{
	json_obj(j);
	json_key_str(j, "id", h->id);
	json_key_str(j, "title", h->title);
	json_key(j, "score");
	json_num(j, h->score, 3);
	json_key_str(j, "matched", h->matched);
	json_key_str(j, "via", h->via);
	json_key_str(j, "why", h->why);
	json_end_obj(j);
}

void
find_json(struct bytes query, const struct find_result *r, struct buf *out)
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
	if (r->at_least)
		json_key_str(&j, "total_is", B("at least"));
	json_key(&j, "hits");
	json_arr(&j);
	for (i = 0; i < r->n; i++)
		put_hit(&j, &r->hit[i]);
	json_end_arr(&j);
	json_end_obj(&j);
}
