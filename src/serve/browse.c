/* SPDX-License-Identifier: ISC */
/* All entries, in five orders. */
#include "render/render.h"
#include "render/web_gen.h"
#include "serve/inside.h"

#define PER_PAGE	120
#define GROUPS_SHOWN	600	/* kinds or subjects in one list */

static const struct {
	const char *name;
	enum book_order order;
	enum word tab, line;
} orders[] = {
	{ "pinyin", ORDER_PINYIN, WORD_by_pinyin, WORD_order_pinyin },
	{ "stroke", ORDER_STROKE, WORD_by_stroke, WORD_order_stroke },
	{ "radical", ORDER_RADICAL, WORD_by_radical, WORD_order_radical },
	{ "kind", ORDER_KIND, WORD_by_kind, WORD_order_kind },
	{ "subject", ORDER_SUBJECT, WORD_by_subject, WORD_order_subject },
};

struct view {
	size_t order;			/* of orders */
	struct book_group *group;
	size_t n;
	size_t at;			/* group shown; n: none */
	uint64_t page;
};

static struct bytes
group_href(struct ctx *c, const struct view *v, struct bytes label)
{
	struct buf b = { 0 };
	struct bytes href;

	buf_printf(&b, "/browse/%s?g=", orders[v->order].name);
	url_query(&b, label);
	href = arena_bytes(c->a, buf_view(&b));
	buf_release(&b);
	return href;
}

static bool
is_letter(struct bytes label)
{
	return label.n == 1 && label.p[0] >= 'A' && label.p[0] <= 'Z';
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
			    .label = label, .count = v->group[i].n, .current = i == v->at);
	}
	for (i = 0; i < v->n; i++)
		if (!is_letter(v->group[i].label))
			T(&c->page, az_letter, .href = group_href(c, v, v->group[i].label),
			    .label = v->group[i].label.n ? v->group[i].label : B("…"),
			    .count = v->group[i].n, .current = i == v->at);
	buf_puts(c->out, "</nav>\n");
}

/* What a group is called: strokes are counted in words, subjects stepped. */
static struct bytes
group_label(struct ctx *c, const struct view *v, const struct book_group *g)
{
	struct buf b = { 0 };
	struct page p = page_make(&b, c->page.ui);
	struct bytes label;
	uint64_t n;

	if (orders[v->order].order == ORDER_STROKE && bytes_u64(g->label, 99, &n))
		page_word_num(&p, WORD_strokes, n);
	else
		page_runs(&p, g->label.n ? g->label : B("–"));
	label = arena_bytes(c->a, buf_view(&b));
	buf_release(&b);
	return label;
}

static void
groups(struct ctx *c, const struct view *v)
{
	bool radical = orders[v->order].order == ORDER_RADICAL;
	size_t i;

	if (radical)
		T(&c->page, radicals_open, 0);
	else
		T(&c->page, groups_open, 0);
	for (i = 0; i < v->n && i < GROUPS_SHOWN; i++) {
		const struct book_group *g = &v->group[i];

		if (radical)
			T(&c->page, radical, .href = group_href(c, v, g->label),
			    .label = g->label.n ? g->label : B("…"), .count = g->n,
			    .current = i == v->at);
		else
			T(&c->page, group, .href = group_href(c, v, g->label),
			    .label = group_label(c, v, g), .count = g->n,
			    .current = i == v->at);
	}
	buf_puts(c->out, radical ? "</nav>\n" : "</ul></nav>\n");
}

static void
index_items(struct ctx *c, const struct view *v)
{
	const struct book_group *g = &v->group[v->at];
	uint32_t from = (uint32_t)((v->page - 1) * PER_PAGE), i;

	buf_puts(c->out, "<section><ul>");
	for (i = from; i < g->n && i < from + PER_PAGE; i++) {
		uint32_t no = book_at(c->book, orders[v->order].order, g->first + i);
		struct card card;

		if (no == BOOK_NONE || book_card(c->book, no, &card) < 0)
			continue;
		T(&c->page, index_item, .href = entry_href(c, card.id), .title = card.title,
		    .form = card_form(&card), .lang = card_lang(&card));
	}
	buf_puts(c->out, "</ul></section></div>\n");
}

static void
write_page(struct ctx *c, struct view *v)
{
	const struct book_group *g = v->at < v->n ? &v->group[v->at] : NULL;
	struct bytes head = word(c->page.ui, WORD_all_entries);

	c->keep = true;
	frame_open(c, &(struct frame){ .title = head, .nav = "browse" });
	T(&c->page, pagehead, .title = head, .line = word(c->page.ui, orders[v->order].line));
	T(&c->page, tabs, .pinyin = v->order == 0, .stroke = v->order == 1,
	    .radical = v->order == 2, .kind = v->order == 3, .subject = v->order == 4);
	if (orders[v->order].order == ORDER_PINYIN)
		letters(c, v);
	else
		groups(c, v);
	if (g) {
		struct bytes label = group_label(c, v, g);

		T(&c->page, index_open, .label = label, .count = g->n);
		index_items(c, v);
		buf_puts(c->out, "</section>\n");
		paging(c, group_href(c, v, g->label), label, v->page,
		    (g->n + PER_PAGE - 1) / PER_PAGE);
	} else
		T(&c->page, no_group, 0);
	frame_close(c);
}

void
page_browse(struct ctx *c)
{
	struct view v = { 0 };
	struct bytes label = address_get(&c->rq->address, "g");
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
	if (address_has(&c->rq->address, "g"))
		while (v.at < v.n && !bytes_eq(v.group[v.at].label, label))
			v.at++;
	if (!param_num(c, "page", 1, v.at < v.n ? MAX(1, (v.group[v.at].n + PER_PAGE - 1) /
	    PER_PAGE) : 1, 1, &v.page))
		return;
	write_page(c, &v);
}
