/* SPDX-License-Identifier: ISC */
/* What pages say about the whole book: title, divisions, a few entries. */
#include <jansson.h>

#include "render/said.h"
#include "serve/inside.h"

#define DIVISIONS_MAX	12
#define SAMPLE		96	/* entries looked at for the title page */
#define CHOSEN		6

static struct bytes
text(struct arena *a, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	if (!json_is_string(v))
		return (struct bytes){ NULL, 0 };
	return arena_bytes(a, bytes_make(json_string_value(v), json_string_length(v)));
}

/* The character a division is known by. */
static struct bytes
glyph_of(struct bytes key)
{
	static const struct { const char *key, *glyph; } t[] = {
		{ "history", "史" }, { "literature", "文" }, { "art", "藝" },
		{ "terms", "名" }, { "persons", "人" }, { "people", "人" },
		{ "places", "地" }, { "philosophy", "子" }, { "classics", "經" },
		{ "music", "樂" }, { "science", "理" }, { "religion", "教" },
		{ "person", "人" }, { "place", "地" }, { "work", "書" },
		{ "term", "名" }, { "event", "事" }, { "poem", "詩" },
		{ "word", "詞" }, { "treaty", "約" }, { "polity", "國" },
		{ "organisation", "社" }, { "era", "年" }, { "history-para", "史" },
	};
	size_t i;

	for (i = 0; i < NELEM(t); i++)
		if (bytes_eq(key, bytes_str(t[i].key)))
			return bytes_str(t[i].glyph);
	return (struct bytes){ NULL, 0 };
}

/* Entries of subjects that begin with this step. */
static uint32_t
count_of(const struct book_group *g, size_t n, struct bytes key)
{
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (bytes_starts(g[i].label, key) &&
		    (g[i].label.n == key.n || g[i].label.p[key.n] == '/'))
			sum += g[i].n;
	return sum;
}

static int
read_divisions(struct volume *v, const json_t *meta)
{
	const json_t *list = json_object_get(meta, "divisions"), *item;
	struct site *s = &v->site;
	struct book_group *g = NULL;
	size_t i, n = 0;

	if (json_array_size(list) == 0 ||
	    book_groups(v->book, ORDER_SUBJECT, &v->arena, &g, &n) < 0)
		return 0;
	s->division = ARENA_ARRAY(&v->arena, DIVISIONS_MAX, struct division);
	if (s->division == NULL)
		return LEISHU_ENOMEM;
	json_array_foreach(list, i, item) {
		struct division d = { .key = text(&v->arena, item, "id") };
		int ui;

		if (s->n_divisions == DIVISIONS_MAX || d.key.n == 0)
			break;
		for (ui = 0; ui < UI__MAX; ui++) {
			d.title[ui] = text(&v->arena, json_object_get(item, "titles"),
			    ui_tag((enum ui)ui));
			if (d.title[ui].n == 0)
				d.title[ui] = text(&v->arena, item, "title");
			if (d.title[ui].n == 0)
				d.title[ui] = d.key;
		}
		d.glyph = glyph_of(d.key);
		d.count = (uint32_t)json_integer_value(json_object_get(item, "entries"));
		if (d.count == 0)
			d.count = count_of(g, n, d.key);
		s->division[s->n_divisions++] = d;
	}
	return 0;
}

/* Those most linked to among a sample spread evenly over the book. */
static int
choose(struct volume *v)
{
	uint32_t n = book_count(v->book), i, k, take = MIN(n, SAMPLE);
	uint32_t best[CHOSEN], deg[CHOSEN];
	struct site *s = &v->site;
	struct card card;

	for (i = 0; i < take; i++) {
		uint32_t no = (uint32_t)((uint64_t)i * n / take), d;

		if (book_card(v->book, no, &card) < 0 || card.title.n == 0)
			continue;
		d = book_indegree(v->book, no);
		for (k = (uint32_t)s->n_chosen; k > 0 && deg[k - 1] < d; k--)
			if (k < CHOSEN) {
				best[k] = best[k - 1];
				deg[k] = deg[k - 1];
			}
		if (k < CHOSEN) {
			best[k] = no;
			deg[k] = d;
			s->n_chosen += s->n_chosen < CHOSEN;
		}
	}
	if (s->n_chosen && (s->chosen = ARENA_ARRAY(&v->arena, CHOSEN, uint32_t)) == NULL)
		return LEISHU_ENOMEM;
	if (s->n_chosen)
		memcpy(s->chosen, best, s->n_chosen * sizeof(*best));
	return 0;
}

/* Title and description, each in the interface's language where it is given. */
static void
read_titles(struct volume *v, const json_t *meta)
{
	const json_t *own = json_object_get(meta, "collection");	/* leishu.yaml */
	const json_t *titles = json_object_get(own, "title");
	const json_t *abouts = json_object_get(own, "description");
	struct bytes title = text(&v->arena, meta, "title");
	struct bytes lang = text(&v->arena, meta, "lang");
	struct site *s = &v->site;
	int ui;

	for (ui = 0; ui < UI__MAX; ui++) {
		struct bytes tag = bytes_str(ui_tag((enum ui)ui));
		char of[16];

		s->title[ui] = text(&v->arena, titles, ui_tag((enum ui)ui));
		if (s->title[ui].n == 0) {
			s->title[ui] = title.n ? title : B("Leishu");
			tag = lang.n ? lang : B("en");
		}
		(void)snprintf(of, sizeof(of), "%.*s", (int)tag.n, (const char *)tag.p);
		s->title_lang[ui] = tag;
		s->about[ui] = text(&v->arena, abouts, of);
		if (s->about[ui].n == 0 && bytes_eq(tag, lang.n ? lang : B("en")))
			s->about[ui] = text(&v->arena, own, "description");
	}
}

struct bytes
site_division(const struct site *s, enum ui ui, struct bytes key)
{
	size_t i;

	for (i = 0; i < s->n_divisions; i++)
		if (bytes_eq(s->division[i].key, key))
			return s->division[i].title[ui];
	return said_word(ui, '/', key);
}

int
site_read(struct volume *v)
{
	struct bytes raw = book_meta(v->book);
	json_t *meta = raw.n ? json_loadb((const char *)raw.p, raw.n, 0, NULL) : NULL;
	int rc;

	v->site.licence = text(&v->arena, json_object_get(meta, "collection"), "licence");
	read_titles(v, meta);
	rc = read_divisions(v, meta);
	json_decref(meta);
	if (rc == 0)
		rc = choose(v);
	return rc < 0 ? rc : v->arena.err;
}
