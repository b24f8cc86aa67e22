/* SPDX-License-Identifier: ISC */
/* All entries, in five orders. */
#include "base/utf8.h"
#include "render/render.h"
#include "render/said.h"
#include "render/web_gen.h"
#include "script/han.h"
#include "serve/inside.h"

#define PER_PAGE	120
#define WHOLE_MAX	200	/* entries of a collection shown on one page */
#define GROUPS_SHOWN	120	/* strokes, kinds or subjects in one list */

struct view {
	size_t order;			/* of orders */
	struct book_group *group;
	size_t n;
	struct book_group shown;	/* n 0: none */
	bool asked, all;
	uint64_t page;
};

static void	letters(struct ctx *c, const struct view *v);
static void	groups(struct ctx *c, const struct view *v);
static void	radicals(struct ctx *c, const struct view *v);
static void	subjects(struct ctx *c, const struct view *v);

static const struct {
	const char *name;
	enum book_order order;
	enum word tab, line;
	void (*nav)(struct ctx *c, const struct view *v);
} orders[] = {
	{ "pinyin", ORDER_PINYIN, WORD_by_pinyin, WORD_order_pinyin, letters },
	{ "stroke", ORDER_STROKE, WORD_by_stroke, WORD_order_stroke, groups },
	{ "radical", ORDER_RADICAL, WORD_by_radical, WORD_order_radical, radicals },
	{ "kind", ORDER_KIND, WORD_by_kind, WORD_order_kind, groups },
	{ "subject", ORDER_SUBJECT, WORD_by_subject, WORD_order_subject, subjects },
};

static struct bytes
group_href(struct ctx *c, const struct view *v, struct bytes label)
{
	struct buf b = { 0 };
	struct bytes href;

	buf_printf(&b, "/browse/%s?g=", orders[v->order].name);
	url_query(&b, label);
	href = arena_buf(c->a, &b);
	buf_release(&b);
	return href;
}

static bool
is_letter(struct bytes label)
{
	return label.n == 1 && label.p[0] >= 'A' && label.p[0] <= 'Z';
}

static bool
is_current(const struct view *v, const struct book_group *g)
{
	return !v->all && v->shown.n > 0 && bytes_eq(g->label, v->shown.label);
}

/* The groups of a division as one: they stand side by side. */
static struct book_group
whole(const struct view *v, struct bytes first)
{
	struct book_group all = { .label = first };
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct book_group *g = &v->group[i];

		if (!bytes_starts(g->label, first) ||
		    (g->label.n > first.n && g->label.p[first.n] != '/'))
			continue;
		if (all.n == 0)
			all.first = g->first;
		if (g->first == all.first + all.n)
			all.n += g->n;
	}
	return all;
}

static struct bytes
division_title(struct ctx *c, struct bytes key)
{
	return key.n ? site_division(&c->vol->site, c->page.ui, key) : B("–");
}

/* A to Z with the empty ones, then what is no letter. */
static void
letters(struct ctx *c, const struct view *v)
{
	size_t i;
	int ch;

	T(&c->page, az_open, 0);
	for (ch = 'A'; ch <= 'Z'; ch++) {
		unsigned char one = (unsigned char)ch;
		struct bytes label = { &one, 1 };

		for (i = 0; i < v->n && !bytes_eq(v->group[i].label, label); i++)
			;
		if (i == v->n)
			T(&c->page, az_none, .label = label);
		else
			T(&c->page, az_letter, .href = group_href(c, v, label),
			    .label = label, .count = v->group[i].n,
			    .current = is_current(v, &v->group[i]));
	}
	for (i = 0; i < v->n; i++)
		if (!is_letter(v->group[i].label))
			T(&c->page, az_letter, .href = group_href(c, v, v->group[i].label),
			    .label = v->group[i].label.n ? v->group[i].label : B("…"),
			    .count = v->group[i].n, .current = is_current(v, &v->group[i]));
	buf_puts(c->out, "</nav>\n");
}

/* What a group is called: strokes are counted in words. */
static struct bytes
group_label(struct ctx *c, const struct view *v, struct bytes name)
{
	struct buf b = { 0 };
	struct page p = page_make(&b, c->page.ui);
	struct bytes label;
	uint64_t n;

	if (orders[v->order].order == ORDER_STROKE && bytes_u64(name, 99, &n))
		page_word_num(&p, WORD_strokes, n);
	else
		page_runs(&p, name.n ? said_word(p.ui, orders[v->order].order ==
		    ORDER_SUBJECT ? '/' : 0, name) : B("–"));
	label = arena_buf(c->a, &b);
	buf_release(&b);
	return label;
}

/*
 * Which groups the list shows: a page of them, or those around the one whose
 * entries stand below.
 */
static size_t
first_group(const struct view *v)
{
	size_t i;

	if (v->shown.n == 0)
		return MIN(v->n, (size_t)(v->page - 1) * GROUPS_SHOWN);
	for (i = 0; i < v->n && !bytes_eq(v->group[i].label, v->shown.label); i++)
		;
	return v->n <= GROUPS_SHOWN || i == v->n ? 0 :
	    i / GROUPS_SHOWN * GROUPS_SHOWN;
}

static size_t
last_group(const struct view *v)
{
	return MIN(v->n, first_group(v) + GROUPS_SHOWN);
}

static uint64_t
group_pages_of(const struct view *v)
{
	return (v->n + GROUPS_SHOWN - 1) / GROUPS_SHOWN;
}

static void
group_pages(struct ctx *c, const struct view *v)
{
	struct bytes base = arena_printf(c->a, "/browse/%s?", orders[v->order].name);

	if (v->shown.n == 0)
		paging(c, base, word(c->page.ui, WORD_groups), v->page, group_pages_of(v));
}

static unsigned
radical_strokes(struct bytes label)
{
	size_t at = 0;
	uint32_t cp;

	return utf8_next(label, &at, &cp) ? han_strokes(cp) : 0;
}

/* In the order of the Kangxi dictionary, by strokes of the radical itself. */
static void
radicals(struct ctx *c, const struct view *v)
{
	unsigned strokes = 0;
	size_t i;

	T(&c->page, radicals_open, 0);
	for (i = 0; i < v->n; i++) {
		unsigned n = radical_strokes(v->group[i].label);

		if (n > strokes)
			T(&c->page, radical_strokes, .n = n);
		strokes = MAX(strokes, n);
		T(&c->page, radical, .href = group_href(c, v, v->group[i].label),
		    .label = v->group[i].label.n ? v->group[i].label : B("…"),
		    .count = v->group[i].n, .current = is_current(v, &v->group[i]));
	}
	buf_puts(c->out, "</nav>\n");
}

static void
groups(struct ctx *c, const struct view *v)
{
	size_t i;

	T(&c->page, groups_open, 0);
	buf_puts(c->out, "<ul>");
	for (i = first_group(v); i < last_group(v); i++)
		T(&c->page, group, .href = group_href(c, v, v->group[i].label),
		    .label = group_label(c, v, v->group[i].label), .count = v->group[i].n,
		    .current = is_current(v, &v->group[i]));
	buf_puts(c->out, "</ul></nav>\n");
	group_pages(c, v);
}

/* Subjects under their division, which is a group too. */
static void
subjects(struct ctx *c, const struct view *v)
{
	struct bytes before = { NULL, 0 };
	size_t i, from = first_group(v);

	T(&c->page, groups_open, 0);
	for (i = from; i < last_group(v); i++) {
		const struct book_group *g = &v->group[i];
		struct bytes first = bytes_sub(g->label, 0, bytes_find(g->label, B("/")));
		struct book_group all;

		if (i == from || !bytes_eq(first, before)) {
			all = whole(v, first);
			buf_puts(c->out, i > from ? "</ul></section>\n<section>" : "<section>");
			T(&c->page, group_head, .href = group_href(c, v, first),
			    .label = division_title(c, first), .count = all.n,
			    .current = bytes_eq(v->shown.label, first));
			buf_puts(c->out, "<ul>");
		}
		before = first;
		if (g->label.n > first.n)
			T(&c->page, group, .href = group_href(c, v, g->label),
			    .label = group_label(c, v, bytes_sub(g->label, first.n + 1,
			    g->label.n)),
			    .count = g->n, .current = is_current(v, g));
	}
	buf_puts(c->out, i > from ? "</ul></section></nav>\n" : "</nav>\n");
	group_pages(c, v);
}

/* "History · treaties" */
static struct bytes
subject_label(struct ctx *c, struct bytes key)
{
	size_t slash = bytes_find(key, B("/"));
	struct buf b = { 0 };
	struct page p = page_make(&b, c->page.ui);
	struct bytes label;

	page_runs(&p, division_title(c, bytes_sub(key, 0, slash)));
	if (slash != SIZE_MAX) {
		buf_puts(&b, " · ");
		page_runs(&p, said_word(p.ui, '/', bytes_sub(key, slash + 1, key.n)));
	}
	label = arena_buf(c->a, &b);
	buf_release(&b);
	return label;
}

static void
index_run(struct ctx *c, const struct view *v, uint32_t from, uint32_t to)
{
	buf_puts(c->out, "<ul>");
	for (; from < to; from++) {
		uint32_t no = book_at(c->book, orders[v->order].order, from);
		struct card card;

		if (no == BOOK_NONE || book_card(c->book, no, &card) < 0)
			continue;
		T(&c->page, index_item, .href = entry_href(c, card.id), .title = card.title,
		    .form = card_form(&card), .lang = card_lang(&card));
	}
	buf_puts(c->out, "</ul></section>\n");
}

static void
index_one(struct ctx *c, const struct view *v)
{
	const struct book_group *g = &v->shown;
	uint32_t from = (uint32_t)((v->page - 1) * PER_PAGE);
	struct bytes label = orders[v->order].order == ORDER_SUBJECT ?
	    subject_label(c, g->label) : group_label(c, v, g->label);

	T(&c->page, index_open, .label = label, .count = g->n);
	buf_puts(c->out, "<section>");
	index_run(c, v, g->first + from, g->first + MIN(g->n, from + PER_PAGE));
	buf_puts(c->out, "</div></section>\n");
	paging(c, group_href(c, v, g->label), label, v->page, (g->n + PER_PAGE - 1) / PER_PAGE);
}

/* A collection that fits on one page stands there whole. */
static void
index_all(struct ctx *c, const struct view *v)
{
	size_t i;

	T(&c->page, index_whole, 0);
	for (i = 0; i < v->n; i++) {
		const struct book_group *g = &v->group[i];

		T(&c->page, index_head, .label = group_label(c, v, g->label));
		index_run(c, v, g->first, g->first + g->n);
	}
	buf_puts(c->out, "</div>\n");
}

static void
write_page(struct ctx *c, const struct view *v)
{
	const struct book_group *g = &v->shown;
	struct bytes head = word(c->page.ui, WORD_all_entries);

	c->keep = true;
	frame_open(c, &(struct frame){ .title = head, .nav = "browse" });
	T(&c->page, pagehead, .title = head, .line = word(c->page.ui, orders[v->order].line));
	T(&c->page, tabs, .pinyin = v->order == 0, .stroke = v->order == 1,
	    .radical = v->order == 2, .kind = v->order == 3, .subject = v->order == 4);
	orders[v->order].nav(c, v);
	if (v->all)
		index_all(c, v);
	else if (g->n)
		index_one(c, v);
	else if (v->asked || v->n == 0)
		T(&c->page, no_group, 0);
	frame_close(c);
}

/* Which run of entries is shown: the one asked for, else the first letter. */
static void
choose(struct ctx *c, struct view *v)
{
	struct bytes label = address_get(&c->rq->address, "g");
	enum book_order o = orders[v->order].order;
	size_t i;

	v->asked = address_has(&c->rq->address, "g");
	for (i = 0; v->asked && i < v->n; i++)
		if (bytes_eq(v->group[i].label, label))
			v->shown = v->group[i];
	if (v->asked && v->shown.n == 0 && o == ORDER_SUBJECT)
		v->shown = whole(v, label);
	v->all = !v->asked && o != ORDER_SUBJECT && book_count(c->book) <= WHOLE_MAX;
	if (!v->asked && v->n && (o == ORDER_PINYIN || o == ORDER_STROKE || o == ORDER_RADICAL))
		v->shown = v->group[0];
}

void
page_browse(struct ctx *c)
{
	struct view v = { 0 };
	uint64_t pages;
	int rc;

	while (c->rest.n && v.order < NELEM(orders) &&
	    !bytes_eq(c->rest, bytes_str(orders[v.order].name)))
		v.order++;
	if (v.order == NELEM(orders)) {
		fail_missing(c, c->rest);
		return;
	}
	if ((rc = book_groups(c->book, orders[v.order].order, c->a, &v.group, &v.n)) < 0) {
		fail_code(c, rc);
		return;
	}
	choose(c, &v);
	pages = v.shown.n ? (v.shown.n + PER_PAGE - 1) / PER_PAGE : group_pages_of(&v);
	if (param_num(c, "page", 1, MAX(1, pages), 1, &v.page))
		write_page(c, &v);
}
