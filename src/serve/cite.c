/* SPDX-License-Identifier: ISC */
/* How to cite an entry: CSL-JSON, BibTeX, RIS. */
#include "base/json.h"
#include "render/render.h"
#include "serve/inside.h"

/* What a citation says, gathered once. */
struct citation {
	struct bytes id, title, author, date, site, lang, url;
};

/* An ISO date at the front of the entry's own words for it, or empty. */
static struct bytes
iso(struct bytes s)
{
	size_t n = s.n >= 10 && s.p[4] == '-' && s.p[7] == '-' ? 10 :
	    s.n >= 7 && s.p[4] == '-' ? 7 : s.n >= 4 ? 4 : 0, i;

	for (i = 0; i < n; i++)
		if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
			return (struct bytes){ NULL, 0 };
	return bytes_sub(s, 0, n);
}

static void
csl(const struct citation *t, struct buf *out)
{
	struct json j = json_on(out);
	size_t k;

	json_obj(&j);
	json_key_str(&j, "id", t->id);
	json_key_str(&j, "type", B("entry-encyclopedia"));
	json_key_str(&j, "title", t->title);
	if (t->author.n) {
		json_key(&j, "author");
		json_arr(&j);
		json_obj(&j);
		json_key_str(&j, "literal", t->author);
		json_end_obj(&j);
		json_end_arr(&j);
	}
	json_key_str(&j, "container-title", t->site);
	if (t->date.n) {
		json_key(&j, "issued");
		json_obj(&j);
		json_key(&j, "date-parts");
		json_arr(&j);
		json_arr(&j);
		for (k = 0; k < t->date.n; k += k ? 3 : 5) {
			uint64_t v;

			if (bytes_u64(bytes_sub(t->date, k, k ? k + 2 : 4), 9999, &v))
				json_int(&j, (int64_t)v);
		}
		json_end_arr(&j);
		json_end_arr(&j);
		json_end_obj(&j);
	}
	json_key_str(&j, "language", t->lang);
	json_key_str(&j, "URL", t->url);
	json_end_obj(&j);
	buf_putc(out, '\n');
}

/* TeX's own signs, and braces so that capitals stay. */
static void
tex(struct buf *out, const char *key, struct bytes s)
{
	size_t i;

	if (s.n == 0)
		return;
	buf_printf(out, "  %s = {", key);
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < 0x80 && strchr("&%$#_{}", s.p[i]))
			buf_putc(out, '\\');
		buf_putc(out, s.p[i] < 0x20 || s.p[i] == '\\' ? ' ' : s.p[i]);
	}
	buf_puts(out, "},\n");
}

static void
bibtex(const struct citation *t, struct buf *out)
{
	size_t i;

	buf_puts(out, "@incollection{");
	for (i = 0; i < t->id.n; i++)
		buf_putc(out, strchr(" ,{}\"#%~\\'()=", t->id.p[i]) ? '-' : t->id.p[i]);
	buf_puts(out, ",\n");
	tex(out, "author", t->author);
	tex(out, "title", t->title);
	tex(out, "booktitle", t->site);
	tex(out, "year", bytes_sub(t->date, 0, 4));
	tex(out, "url", t->url);
	buf_puts(out, "}\n");
}

static void
ris_line(struct buf *out, const char *tag, struct bytes s)
{
	size_t i;

	if (s.n == 0)
		return;
	buf_printf(out, "%s  - ", tag);
	for (i = 0; i < s.n; i++)
		buf_putc(out, s.p[i] < 0x20 ? ' ' : s.p[i]);
	buf_puts(out, "\r\n");
}

static void
ris(const struct citation *t, struct buf *out)
{
	ris_line(out, "TY", B("ENCYC"));
	ris_line(out, "AU", t->author);
	ris_line(out, "TI", t->title);
	ris_line(out, "T2", t->site);
	ris_line(out, "PY", bytes_sub(t->date, 0, 4));
	ris_line(out, "LA", t->lang);
	ris_line(out, "UR", t->url);
	buf_puts(out, "ER  - \r\n");
}

static const struct {
	const char *as, *type;
	void (*write)(const struct citation *t, struct buf *out);
} styles[] = {
	{ "csl", "application/vnd.citationstyles.csl+json", csl },
	{ "bibtex", "application/x-bibtex; charset=utf-8", bibtex },
	{ "ris", "application/x-research-info-systems; charset=utf-8", ris },
};

void
cite_forms(struct ctx *c, const struct entry *e)
{
	struct bytes as = address_get(&c->rq->address, "as");
	struct bytes origin = origin_of(c), href = entry_href(c, e->id);
	struct citation t = {
		.id = e->id, .title = e->title, .author = e->author,
		.date = iso(e->updated.n ? e->updated : e->published),
		.site = c->vol->site.title[UI_EN], .lang = e->lang.n ? e->lang : B("en"),
		.url = arena_printf(c->a, "%.*s%.*s", (int)origin.n, (const char *)origin.p,
		    (int)href.n, (const char *)href.p),
	};
	size_t i;

	for (i = 0; i < NELEM(styles); i++)
		if (as.n == 0 || bytes_eq(as, bytes_str(styles[i].as))) {
			c->type = styles[i].type;
			c->keep = true;
			styles[i].write(&t, c->out);
			return;
		}
	fail_param(c, "as", "wants csl, bibtex or ris");
}
