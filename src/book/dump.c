/* SPDX-License-Identifier: ISC */
#include "book/dump.h"

#include <jansson.h>

#include "base/json.h"
#include "base/utf8.h"
#include "book/tags.h"
#include "index/links.h"
#include "index/orders.h"

/* Is the source a JSON line that gives the entry this very id? */
static bool
says_its_id(const struct entry *e)
{
	json_t *root, *id;
	bool same;

	if (e->form != SOURCE_JSON)
		return false;
	root = json_loadb((const char *)e->source.p, e->source.n,
	    JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
	id = json_object_get(root, "id");
	same = json_is_string(id) && bytes_eq(e->id, bytes_make(
	    json_string_value(id), json_string_length(id)));
	json_decref(root);
	return same;
}

static void
base64(struct buf *out, struct bytes s)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t i, k, have;
	uint32_t v;

	for (i = 0; i < s.n; i += 3) {
		have = MIN(s.n - i, 3);
		for (v = 0, k = 0; k < 3; k++)
			v = v << 8 | (k < have ? s.p[i + k] : 0);
		for (k = 0; k < 4; k++)
			buf_putc(out, k <= have ? digit[v >> (18 - 6 * k) & 63] : '=');
	}
}

int
dump_entry(const struct entry *e, struct buf *out)
{
	static const char *const forms[SOURCE_FORM__MAX] = {
		[SOURCE_MARKDOWN] = "markdown", [SOURCE_PROSE] = "prose",
		[SOURCE_JSON] = "json",
	};
	struct json j = json_on(out);

	if (says_its_id(e)) {
		buf_bytes(out, e->source);
		buf_putc(out, '\n');
		return out->err;
	}
	json_obj(&j);
	json_key_str(&j, "id", e->id);
	json_key_str(&j, "form", bytes_str(forms[e->form]));
	if (utf8_check(e->source) == SIZE_MAX) {
		json_key_str(&j, "source", e->source);
	} else {
		json_key(&j, "source64");
		buf_putc(out, '"');
		base64(out, e->source);
		buf_putc(out, '"');
	}
	json_end_obj(&j);
	buf_putc(out, '\n');
	return out->err;
}

const char *
dump_chunk_words(uint32_t tag)
{
	static const struct {
		uint32_t tag;
		const char *words;
	} known[] = {
		{ TAG_META, "title, divisions, counts" },
		{ TAG_ENTRIES, "entries" },
		{ TAG_BLOCKS, "blocks of entries" },
		{ TAG_DICT, "dictionary of the blocks" },
		{ TAG_CARDS, "cards" },
		{ TAG_CARDX, "offsets of cards" },
		{ TAG_WORDS, "kinds and languages" },
		{ TAG_IDS, "order of ids" },
		{ TAG_REFS, "references" },
		{ TAG_LINK_TARGETS, "link targets" },
		{ TAG_LINK_OFFSETS, "offsets of link targets" },
		{ TAG_LINK_ENTRIES, "entries linked to" },
		{ TAG_LINK_ROWS, "targets of entries linked to" },
		{ TAG('T', 'I', 'M', 'E'), "dates" },
	};
	size_t i;

	for (i = 0; i < NELEM(known); i++)
		if (known[i].tag == tag)
			return known[i].words;
	for (i = 0; i < ORDERS_MAX; i++)
		if (tag == ORDER_TAG(i))
			return "order to browse by";
	switch (tag & 0xff) {
	case 'N':
		return "names";
	case 'T':
		return "text";
	default:
		return "";
	}
}
