/* SPDX-License-Identifier: ISC */
/* CSL-JSON to one author-date style. */
#include "render/refs.h"

#include <jansson.h>

#include "book/book.h"

#define REFS_MAX	2000

static struct bytes
field(const json_t *item, const char *key)
{
	const json_t *v = json_object_get(item, key);

	if (!json_is_string(v))
		return (struct bytes){ NULL, 0 };
	return bytes_make(json_string_value(v), json_string_length(v));
}

static void
add(struct refs *r, struct bytes key, json_t *item)
{
	struct ref *v;

	if (r->n >= REFS_MAX || !json_is_object(item) ||
	    (v = arena_grow(r->a, r->v, r->n, &r->cap, sizeof(*v))) == NULL)
		return;
	r->v = v;
	r->v[r->n++] = (struct ref){ arena_bytes(r->a, key), json_incref(item) };
}

void
refs_init(struct refs *r, struct bytes own, const struct book *book, struct arena *a)
{
	json_t *all, *item;
	size_t i;

	*r = (struct refs){ .a = a, .book = book };
	if (own.n == 0)
		return;
	all = json_loadb((const char *)own.p, own.n, 0, NULL);
	json_array_foreach(all, i, item)
		add(r, field(item, "id"), item);
	json_decref(all);
}

void
refs_release(struct refs *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		json_decref(r->v[i].item);
	*r = (struct refs){ 0 };
}

long
refs_find(struct refs *r, struct bytes key)
{
	struct bytes text;
	json_t *item;
	size_t i;

	if (key.n == 0)
		return -1;
	for (i = 0; i < r->n; i++)
		if (bytes_eq(r->v[i].key, key))
			return (long)i;
	if (r->book == NULL || (text = book_reference(r->book, key)).n == 0 ||
	    (item = json_loadb((const char *)text.p, text.n, 0, NULL)) == NULL)
		return -1;
	add(r, key, item);
	json_decref(item);
	return i < r->n ? (long)i : -1;
}

bool
refs_follow(struct refs *r, const struct entry *e, const struct node *n)
{
	const struct node *next = e->node + n->next;

	return n->next < e->n_nodes && next->type == NODE_CITE &&
	    bytes_eq(bytes_trim(bytes_sub(e->text, n->to, next->from)), B(";")) &&
	    refs_find(r, next->arg) >= 0;
}

struct bytes
refs_prefix(struct bytes s, bool *year)
{
	s = bytes_sub(s, 0, bytes_find(s, B("@")));
	if (bytes_starts(s, B("[")))
		s = bytes_sub(s, 1, s.n);
	if ((*year = bytes_ends(s, B("-"))))
		s.n--;
	return s;
}

/* --- what the style asks of an item ------------------------------------- */

/* Surname of a name object, or its literal form. */
static struct bytes
family(const json_t *name)
{
	struct bytes b = field(name, "family");

	return b.n ? b : field(name, "literal");
}

enum role { AUTHOR, EDITOR, TRANSLATOR, ROLE__MAX };

/* Those under whose names the work stands: the first role that anybody has. */
static const json_t *
people(const json_t *item, enum role *role)
{
	static const char *const key[] = { "author", "editor", "translator" };
	const json_t *v;
	unsigned int i;

	for (i = 0; i < ROLE__MAX; i++) {
		v = json_object_get(item, key[i]);
		if (json_array_size(v) > 0) {
			*role = (enum role)i;
			return v;
		}
	}
	*role = AUTHOR;
	return NULL;
}

/* The year of issue: date-parts, a literal, or a bare string's first four digits. */
static struct bytes
year(const struct ref *r, struct buf *tmp)
{
	const json_t *issued = json_object_get(r->item, "issued");
	const json_t *parts = json_object_get(issued, "date-parts");
	const json_t *y = json_array_get(json_array_get(parts, 0), 0);
	const json_t *to = json_array_get(json_array_get(parts, 1), 0);
	struct bytes b = field(r->item, "issued");

	buf_clear(tmp);
	if (json_is_integer(y))
		buf_printf(tmp, "%lld", (long long)json_integer_value(y));
	else if (json_is_string(y))
		buf_puts(tmp, json_string_value(y));
	else if (b.n)
		buf_bytes(tmp, bytes_sub(b, 0, 4));
	else if ((b = field(issued, "literal")).n || (b = field(issued, "raw")).n)
		buf_bytes(tmp, b);
	else
		buf_puts(tmp, "n.d.");
	if (json_is_integer(y) && json_is_integer(to))
		buf_printf(tmp, "\u2013%lld", (long long)json_integer_value(to));
	return buf_view(tmp);
}

/* --- setting it --------------------------------------------------------- */

/* Where the line goes: HTML with languages when t is there, else text. */
struct set {
	struct buf *out;
	const struct tongue *t;
};

static void
put(const struct set *s, struct bytes b)
{
	if (s->t)
		html_runs(s->out, b, s->t);
	else
		buf_bytes(s->out, b);
}

static void
put_cite(const struct set *s, struct bytes b)
{
	buf_puts(s->out, s->t ? "<cite>" : "");
	put(s, b);
	buf_puts(s->out, s->t ? "</cite>" : "");
}

/* A full stop, unless the words before end in one. */
static void
stop(const struct set *s, struct bytes before)
{
	if (before.n == 0 || strchr(".?!", before.p[before.n - 1]) == NULL)
		buf_putc(s->out, '.');
	buf_putc(s->out, ' ');
}

/* "Heinzig, Dieter" first, "Dieter Heinzig" after; a name in Han is not turned. */
static struct bytes
put_name(const struct set *s, const json_t *name, bool first)
{
	struct bytes fam = field(name, "family"), given = field(name, "given");
	bool han = fam.n && fam.p[0] >= 0xe3;
	struct buf whole = { 0 };

	if (fam.n == 0 || given.n == 0) {
		put(s, fam.n ? fam : field(name, "literal"));
		return fam.n ? fam : field(name, "literal");
	}
	if (han) {
		buf_bytes(&whole, fam);
		buf_bytes(&whole, given);
		put(s, buf_view(&whole));
		buf_release(&whole);
		return given;
	}
	if (first) {
		put(s, fam);
		buf_puts(s->out, ", ");
		put(s, given);
		return given;
	}
	put(s, given);
	buf_putc(s->out, ' ');
	put(s, fam);
	return fam;
}

/* turned: the first one with the surname before. */
static struct bytes
put_people(const struct set *s, const json_t *list, bool turned)
{
	size_t i, n = json_array_size(list), shown = n > 7 ? 3 : n;
	struct bytes last = { NULL, 0 };

	for (i = 0; i < shown; i++) {
		if (i > 0)
			buf_puts(s->out, i + 1 < n ? ", " : n > 2 ? ", and " : " and ");
		last = put_name(s, json_array_get(list, i), turned && i == 0);
	}
	if (shown < n)
		buf_puts(s->out, " et al.");
	return shown < n ? B(".") : last;
}

static void
put_short(const struct ref *r, const struct set *s)
{
	struct buf tmp = { 0 };
	enum role role;
	const json_t *who = people(r->item, &role);
	size_t n = json_array_size(who);

	if (n == 0)
		put_cite(s, field(r->item, "title-short").n ?
		    field(r->item, "title-short") : field(r->item, "title"));
	else
		put(s, family(json_array_get(who, 0)));
	if (n == 2) {
		buf_puts(s->out, " and ");
		put(s, family(json_array_get(who, 1)));
	} else if (n > 2)
		buf_puts(s->out, " et al.");
	buf_putc(s->out, ' ');
	put(s, year(r, &tmp));
	buf_release(&tmp);
}

void
ref_short(const struct ref *r, struct buf *out)
{
	put_short(r, &(struct set){ out, NULL });
}

void
ref_short_html(const struct ref *r, struct buf *out, const struct tongue *t)
{
	put_short(r, &(struct set){ out, t });
}

void
ref_year(const struct ref *r, struct buf *out)
{
	struct buf tmp = { 0 };

	buf_bytes(out, year(r, &tmp));
	buf_release(&tmp);
}

void
ref_year_html(const struct ref *r, struct buf *out, const struct tongue *t)
{
	struct buf tmp = { 0 };

	put(&(struct set){ out, t }, year(r, &tmp));
	buf_release(&tmp);
}

/* "Armonk: M. E. Sharpe" */
static void
put_imprint(const struct ref *r, const struct set *s)
{
	struct bytes place = field(r->item, "publisher-place");
	struct bytes house = field(r->item, "publisher");

	if (place.n == 0 && house.n == 0)
		return;
	put(s, place);
	if (place.n && house.n)
		buf_puts(s->out, ": ");
	put(s, house);
	stop(s, house.n ? house : place);
}

/* "Journal 12 (3): 45-67" and "In Book, 45-67": the container. */
static void
put_container(const struct ref *r, const struct set *s)
{
	struct bytes in = field(r->item, "container-title");
	struct bytes vol = field(r->item, "volume"), issue = field(r->item, "issue");
	struct bytes page = field(r->item, "page");
	bool chapter = bytes_eq(field(r->item, "type"), B("chapter"));

	if (in.n == 0 && vol.n == 0 && page.n == 0)
		return;
	if (in.n) {
		buf_puts(s->out, chapter ? "In " : "");
		put_cite(s, in);
	}
	if (vol.n) {
		buf_puts(s->out, in.n && !chapter ? " " : in.n ? ", vol. " : "Vol. ");
		put(s, vol);
	}
	if (issue.n) {
		buf_puts(s->out, " (");
		put(s, issue);
		buf_putc(s->out, ')');
	}
	if (page.n) {
		buf_puts(s->out, chapter || !vol.n ? ", " : ": ");
		put(s, page);
	}
	stop(s, page.n ? page : issue.n ? B(")") : vol.n ? vol : in);
}

/* Only addresses a reader can follow: anything else stays text. */
static void
put_address(const struct ref *r, const struct set *s)
{
	struct bytes doi = field(r->item, "DOI"), url = field(r->item, "URL");
	struct buf tmp = { 0 };

	if (doi.n) {
		buf_puts(&tmp, "https://doi.org/");
		buf_bytes(&tmp, doi);
		url = buf_view(&tmp);
	}
	if (bytes_starts(url, B("https://")) || bytes_starts(url, B("http://"))) {
		if (s->t) {
			buf_puts(s->out, "<a href=\"");
			html_escape(s->out, url);
			buf_puts(s->out, "\">");
			html_escape(s->out, url);
			buf_puts(s->out, "</a>.");
		} else {
			buf_bytes(s->out, url);
			buf_putc(s->out, '.');
		}
	}
	buf_release(&tmp);
}

/* "Translated by David Hawkes. 5 vols." */
static void
put_edition(const struct ref *r, const struct set *s, enum role role)
{
	const json_t *by = json_object_get(r->item, "translator");
	struct bytes vols = field(r->item, "number-of-volumes");

	if (role != TRANSLATOR && json_array_size(by) > 0) {
		buf_puts(s->out, "Translated by ");
		stop(s, put_people(s, by, false));
	}
	if (vols.n) {
		put(s, vols);
		buf_puts(s->out, " vols. ");
	}
}

static void
put_line(const struct ref *r, const struct set *s)
{
	struct bytes type = field(r->item, "type"), title = field(r->item, "title");
	struct buf tmp = { 0 };
	bool part;
	enum role role;
	const json_t *who = people(r->item, &role);
	struct bytes last = { NULL, 0 }, y;

	part = bytes_starts(type, B("article")) || bytes_eq(type, B("chapter")) ||
	    bytes_starts(type, B("entry")) || bytes_starts(type, B("paper"));
	if (who) {
		last = put_people(s, who, true);
		if (role != AUTHOR) {
			buf_puts(s->out, role == TRANSLATOR ? ", trans" :
			    json_array_size(who) > 1 ? ", eds" : ", ed");
			last = B("d");
		}
		stop(s, last);
		y = year(r, &tmp);
		put(s, y);
		stop(s, y);
	}
	if (part) {
		buf_puts(s->out, s->t ? "\xe2\x80\x98" : "\"");
		put(s, title);
		buf_puts(s->out, s->t ? "\xe2\x80\x99" : "\"");
	} else
		put_cite(s, title);
	stop(s, title);
	if (who == NULL) {
		y = year(r, &tmp);
		put(s, y);
		stop(s, y);
	}
	put_edition(r, s, role);
	put_container(r, s);
	put_imprint(r, s);
	put_address(r, s);
	buf_release(&tmp);
	while (s->out->n && s->out->p[s->out->n - 1] == ' ')
		s->out->n--;
}

void
ref_html(const struct ref *r, struct buf *out, const struct tongue *t)
{
	put_line(r, &(struct set){ out, t });
}

void
ref_text(const struct ref *r, struct buf *out)
{
	put_line(r, &(struct set){ out, NULL });
}

void
ref_json(const struct ref *r, struct buf *out)
{
	char *s = json_dumps(r->item, JSON_COMPACT);

	buf_puts(out, s ? s : "null");
	free(s);
}

static int
by_author(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;
	struct buf p = { 0 }, q = { 0 };
	int c;

	ref_short(x, &p);
	ref_short(y, &q);
	c = bytes_cmp(buf_view(&p), buf_view(&q));
	buf_release(&p);
	buf_release(&q);
	return c ? c : bytes_cmp(field(x->item, "title"), field(y->item, "title"));
}

void
refs_sort(struct refs *r)
{
	if (r->n > 1)
		qsort(r->v, r->n, sizeof(*r->v), by_author);
}
