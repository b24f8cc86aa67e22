/* SPDX-License-Identifier: ISC */
/* The document tree to HTML. */
#include "render/inside.h"

#include "base/limits.h"
#include "render/web_gen.h"

static void	blocks(struct render *r, uint32_t i, uint32_t end, unsigned depth);
static void	words(struct render *r, uint32_t i, uint32_t end, uint32_t from,
    uint32_t to, unsigned depth);

/* Bytes an address carries as they are; others are %XX. */
static void
percent(struct buf *out, struct bytes s, const char *keep)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		unsigned char c = s.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || (c && strchr(keep, c)))
			buf_putc(out, c);
		else
			buf_printf(out, "%%%02X", c);
	}
}

void
url_path(struct buf *out, struct bytes s)
{
	percent(out, s, "-._~!$()*,;:@");
}

void
url_query(struct buf *out, struct bytes s)
{
	percent(out, s, "-._~!*():,");
}

static void
put(struct render *r, const char *s)
{
	buf_puts(r->page.out, s);
}

static struct bytes
node_text(const struct render *r, const struct node *n)
{
	return bytes_sub(r->e->text, n->from, n->to);
}

/* --- text with what was recognised in it -------------------------------- */

/* An EDTF value HTML's <time> takes: YYYY, YYYY-MM, YYYY-MM-DD. */
static bool
is_html_date(struct bytes s)
{
	size_t i;

	if (s.n != 4 && s.n != 7 && s.n != 10)
		return false;
	for (i = 0; i < s.n; i++)
		if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
			return false;
	return memcmp(s.p, "0000", 4) != 0;
}

static void
date_html(struct render *r, const struct span *s)
{
	struct buf *out = r->page.out;

	if (r->env.date == NULL || s->a.n == 0) {
		page_runs(&r->page, bytes_sub(r->e->text, s->from, s->to));
		return;
	}
	put(r, "<a class=\"date\" href=\"");
	put(r, r->env.date);
	url_query(out, s->a);
	put(r, is_html_date(s->a) ? "\"><time datetime=\"" : "\"><time>");
	if (is_html_date(s->a)) {
		html_escape(out, s->a);
		put(r, "\">");
	}
	page_runs(&r->page, bytes_sub(r->e->text, s->from, s->to));
	put(r, "</time></a>");
}

/* Index of the first span that begins at or after from. */
static size_t
span_at(const struct entry *e, uint32_t from)
{
	size_t lo = 0, hi = e->n_spans;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (e->span[mid].from < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void
body_text(struct render *r, uint32_t from, uint32_t to)
{
	const struct entry *e = r->e;
	size_t i;

	for (i = span_at(e, from); r->plain == 0 && i < e->n_spans; i++) {
		const struct span *s = &e->span[i];

		if (s->to > to || s->from < from)
			break;
		if (s->type != SPAN_TERM && s->type != SPAN_DATE)
			continue;
		page_runs(&r->page, bytes_sub(e->text, from, s->from));
		if (s->type == SPAN_TERM)
			term_html(r, s);
		else
			date_html(r, s);
		from = s->to;
	}
	page_runs(&r->page, bytes_sub(e->text, from, to));
}

/* --- inside words -------------------------------------------------------- */

/* http, https, mailto or an address without a scheme: nothing that runs. */
static bool
safe_address(struct bytes a)
{
	size_t i;

	if (bytes_starts(a, B("https://")) || bytes_starts(a, B("http://")) ||
	    bytes_starts(a, B("mailto:")))
		return true;
	for (i = 0; i < a.n && strchr("/?#", a.p[i]) == NULL; i++)
		if (a.p[i] == ':' || a.p[i] < 0x20)
			return false;
	return a.n > 0 && !bytes_starts(a, B("//")) && a.p[0] != '\\';
}

static void
link_open(struct render *r, struct bytes address, bool id)
{
	put(r, "<a href=\"");
	if (id) {
		put(r, r->env.base);
		url_path(r->page.out, address);
	} else
		html_escape(r->page.out, address);
	put(r, "\">");
	r->plain++;
}

static void
link_close(struct render *r)
{
	r->plain--;
	put(r, "</a>");
}

static void
xref(struct render *r, const struct node *n, uint32_t i, unsigned depth)
{
	struct bytes id = n->arg;
	struct card card;
	uint32_t no;

	if (r->env.book) {
		no = book_resolve(r->env.book, n->arg);
		if (no == BOOK_NONE || book_card(r->env.book, no, &card) < 0) {
			put(r, "<span class=\"missing\">");
			words(r, i + 1, n->next, n->from, n->to, depth + 1);
			put(r, "</span>");
			return;
		}
		id = card.id;
	}
	link_open(r, id, true);
	words(r, i + 1, n->next, n->from, n->to, depth + 1);
	link_close(r);
}

/* "(see Heinzig 2004, 309; Lüthi 2008)": each citation is one node. */
static void
cite(struct render *r, const struct node *n)
{
	long at = refs_find(&r->refs, n->arg);
	bool wide = lang_is_han(r->page.tongue.lang);	/* signs as wide as Han */
	bool year, inside = r->in_cite;

	if (at < 0) {
		page_runs(&r->page, node_text(r, n));
		return;
	}
	if (!inside)
		put(r, wide ? "（" : "(");
	else if (n->from > 0 && r->e->text.p[n->from - 1] == ';')
		put(r, " ");
	page_runs(&r->page, refs_prefix(node_text(r, n), &year));
	put(r, "<a href=\"#ref-");
	url_path(r->page.out, n->arg);
	put(r, "\">");
	(year ? ref_year_html : ref_short_html)(&r->refs.v[at], r->page.out,
	    &r->page.tongue);
	put(r, "</a>");
	if (n->arg2.n) {
		put(r, wide ? "，" : ", ");
		page_runs(&r->page, n->arg2);
	}
	r->in_cite = refs_follow(&r->refs, r->e, n);
	put(r, r->in_cite ? "" : wide ? "）" : ")");
}

static void
noteref(struct render *r, const struct node *n)
{
	uint64_t *at = map_get(&r->note_of, n->arg);
	struct note *note;

	if (at == NULL)
		return;
	note = &r->note[*at - 1];
	note->refs++;
	buf_printf(r->page.out, "<sup><a class=\"noteref\" href=\"#n%u\" id=\"r%u",
	    note->number, note->number);
	if (note->refs > 1)
		buf_printf(r->page.out, "-%u", note->refs);
	put(r, "\" aria-label=\"");
	page_word_num(&r->page, WORD_note_n, note->number);
	buf_printf(r->page.out, "\">%u</a></sup>", note->number);
}

static void
image(struct render *r, const struct node *n)
{
	bool ok = safe_address(n->arg);

	if (ok)
		link_open(r, n->arg, false);
	page_runs(&r->page, n->to > n->from ? node_text(r, n) : n->arg);
	if (ok)
		link_close(r);
}

static const char *const inline_tag[NODE__MAX] = {
	[NODE_EM] = "em", [NODE_STRONG] = "strong", [NODE_STRIKE] = "s",
	[NODE_VERBATIM] = "code",
};

static void
tagged(struct render *r, const struct node *n, uint32_t i, unsigned depth)
{
	bool verbatim = n->type == NODE_VERBATIM, before = r->page.tongue.as_typed;

	r->page.tongue.as_typed |= verbatim;
	buf_printf(r->page.out, "<%s>", inline_tag[n->type]);
	r->plain += verbatim;
	words(r, i + 1, n->next, n->from, n->to, depth + 1);
	r->plain -= verbatim;
	r->page.tongue.as_typed = before;
	buf_printf(r->page.out, "</%s>", inline_tag[n->type]);
}

static void
lang(struct render *r, const struct node *n, uint32_t i, unsigned depth)
{
	struct tongue before = r->page.tongue;

	put(r, "<span lang=\"");
	html_escape(r->page.out, tongue_shown(&before, n->arg));
	put(r, "\">");
	r->page.tongue = tongue_make(n->arg, before.han);
	r->page.tongue.simplify = before.simplify;
	r->page.tongue.as_typed = before.as_typed;
	words(r, i + 1, n->next, n->from, n->to, depth + 1);
	r->page.tongue = before;
	put(r, "</span>");
}

static void
word_node(struct render *r, uint32_t i, unsigned depth)
{
	const struct node *n = &r->e->node[i];

	switch (n->type) {
	case NODE_EM: case NODE_STRONG: case NODE_STRIKE: case NODE_VERBATIM:
		tagged(r, n, i, depth);
		break;
	case NODE_LANG:
		lang(r, n, i, depth);
		break;
	case NODE_LINK:
		if (r->plain || !safe_address(n->arg)) {
			words(r, i + 1, n->next, n->from, n->to, depth + 1);
			break;
		}
		link_open(r, n->arg, false);
		words(r, i + 1, n->next, n->from, n->to, depth + 1);
		link_close(r);
		break;
	case NODE_IMAGE:
		image(r, n);
		break;
	case NODE_XREF:
		if (r->plain)
			words(r, i + 1, n->next, n->from, n->to, depth + 1);
		else
			xref(r, n, i, depth);
		break;
	case NODE_CITE:
		cite(r, n);
		break;
	case NODE_NOTEREF:
		noteref(r, n);
		break;
	case NODE_BREAK:
		put(r, "<br>\n");
		break;
	default:
		words(r, i + 1, n->next, n->from, n->to, depth + 1);
	}
}

/* Text [from, to) with the nodes [i, end) that lie in it. */
static void
words(struct render *r, uint32_t i, uint32_t end, uint32_t from, uint32_t to,
    unsigned depth)
{
	for (; i < end && depth <= LIMIT_DEPTH; i = r->e->node[i].next) {
		const struct node *n = &r->e->node[i];

		if (n->from < from || n->to > to)
			continue;
		body_text(r, from, n->from);
		word_node(r, i, depth);
		from = n->to;
	}
	body_text(r, from, to);
}

void
body_words(struct render *r, uint32_t i)
{
	const struct node *n = &r->e->node[i];

	words(r, i + 1, n->next, n->from, n->to, 0);
}

/* --- blocks -------------------------------------------------------------- */

/*
 * A paragraph mostly of Han in a Latin entry is a quotation in Chinese: its
 * element says so, and the style sheet sets it with Chinese leading.
 */
static bool
is_han_block(const struct render *r, const struct node *n)
{
	return lang_is_latin(r->page.tongue.lang) && is_mostly_han(node_text(r, n));
}

static void
para(struct render *r, uint32_t i, const char *tag)
{
	const struct node *n = &r->e->node[i];
	struct tongue before = r->page.tongue;
	bool han = is_han_block(r, n);

	buf_printf(r->page.out, "<%s", tag);
	if (han) {
		put(r, " lang=\"");
		html_escape(r->page.out, tongue_shown(&before, before.han));
		put(r, "\"");
		r->page.tongue = tongue_make(before.han, before.han);
		r->page.tongue.simplify = before.simplify;
	}
	put(r, ">");
	body_words(r, i);
	r->page.tongue = before;
	buf_printf(r->page.out, "</%s>\n", tag);
}

static void
heading(struct render *r, uint32_t i)
{
	const struct node *n = &r->e->node[i];
	int rank = 2 + n->level - r->top;
	char tag[4];

	(void)snprintf(tag, sizeof(tag), "h%d", MIN(MAX(rank, 2), 6));
	buf_printf(r->page.out, "<%s id=\"h-", tag);
	url_path(r->page.out, n->arg);
	put(r, "\">");
	body_words(r, i);
	buf_printf(r->page.out, "</%s>\n", tag);
}

static void
item(struct render *r, uint32_t i, bool tight, unsigned depth)
{
	const struct node *n = &r->e->node[i];
	uint32_t k;

	put(r, "<li>");
	for (k = i + 1; k < n->next; k = r->e->node[k].next)
		if (tight && r->e->node[k].type == NODE_PARA) {
			body_words(r, k);
			put(r, "\n");
		} else
			blocks(r, k, r->e->node[k].next, depth + 1);
	put(r, "</li>\n");
}

static void
list(struct render *r, uint32_t i, unsigned depth)
{
	const struct node *n = &r->e->node[i];
	uint32_t k;

	if (n->level == 1 && n->value != 1)
		buf_printf(r->page.out, "<ol class=\"list\" start=\"%u\">\n", n->value);
	else
		put(r, n->level == 1 ? "<ol class=\"list\">\n" : "<ul class=\"list\">\n");
	for (k = i + 1; k < n->next; k = r->e->node[k].next)
		item(r, k, n->tight != 0, depth);
	put(r, n->level == 1 ? "</ol>\n" : "</ul>\n");
}

#define STACK_MAX	8	/* columns of a table that folds on a narrow page */

/*
 * The heads of the columns of table i, for cells that stand one below the
 * other on a narrow page.  0: two columns fit, more than STACK_MAX scroll.
 */
static size_t
heads(const struct render *r, uint32_t i, struct bytes head[STACK_MAX])
{
	const struct node *first = &r->e->node[i + 1];
	uint32_t k;
	size_t n = 0;

	if (i + 1 >= r->e->node[i].next || first->level != 1)
		return 0;
	for (k = i + 2; k < first->next; k = r->e->node[k].next) {
		const struct node *c = &r->e->node[k];

		if (n == STACK_MAX)
			return 0;
		head[n++] = bytes_sub(r->e->text, c->from, c->to);
	}
	return n > 2 ? n : 0;
}

static void
row(struct render *r, uint32_t i, const struct bytes *head, size_t n_heads)
{
	static const char *const align[] = { "", "", " class=\"c\"", " class=\"n\"" };
	const struct node *n = &r->e->node[i];
	size_t col = 0;
	uint32_t k;

	put(r, "<tr>");
	for (k = i + 1; k < n->next; k = r->e->node[k].next, col++) {
		const struct node *c = &r->e->node[k];

		buf_printf(r->page.out, n->level ? "<th scope=\"col\"%s" : "<td%s",
		    align[c->level & 3]);
		if (!n->level && col > 0 && col < n_heads) {
			put(r, " data-th=\"");
			html_escape(r->page.out, head[col]);
			put(r, "\"");
		}
		put(r, ">");
		body_words(r, k);
		put(r, n->level ? "</th>" : "</td>");
	}
	put(r, "</tr>\n");
}

static void
table(struct render *r, uint32_t i)
{
	const struct node *n = &r->e->node[i];
	struct bytes head[STACK_MAX];
	bool body = false;
	size_t n_heads;
	uint32_t k;

	put(r, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
	page_html(&r->page, word(r->page.ui, WORD_table));
	n_heads = heads(r, i, head);
	put(r, n_heads ? "\"><table class=\"tab stack\">\n" : "\"><table class=\"tab\">\n");
	for (k = i + 1; k < n->next; k = r->e->node[k].next) {
		bool top = r->e->node[k].level == 1 && !body;

		if (!top && !body)
			put(r, "<tbody>\n");
		body |= !top;
		put(r, top ? "<thead>\n" : "");
		row(r, k, head, n_heads);
		put(r, top ? "</thead>\n" : "");
	}
	put(r, body ? "</tbody>\n</table></div>\n" : "</table></div>\n");
}

static void
code(struct render *r, uint32_t i)
{
	put(r, "<pre tabindex=\"0\"><code>");
	html_escape(r->page.out, node_text(r, &r->e->node[i]));
	put(r, "</code></pre>\n");
}

/* Blocks [i, end); notes and references have sections of their own. */
static void
blocks(struct render *r, uint32_t i, uint32_t end, unsigned depth)
{
	for (; i < end && depth <= LIMIT_DEPTH; i = r->e->node[i].next) {
		const struct node *n = &r->e->node[i];

		switch (n->type) {
		case NODE_PARA:
			para(r, i, "p");
			break;
		case NODE_HEADING:
			heading(r, i);
			break;
		case NODE_QUOTE:
			put(r, "<blockquote>\n");
			blocks(r, i + 1, n->next, depth + 1);
			put(r, "</blockquote>\n");
			break;
		case NODE_LIST:
			list(r, i, depth);
			break;
		case NODE_TABLE:
			table(r, i);
			break;
		case NODE_CODE:
			code(r, i);
			break;
		case NODE_RULE:
			put(r, "<hr>\n");
			break;
		case NODE_NOTE: case NODE_SECTION_REFS:
			break;
		default:
			blocks(r, i + 1, n->next, depth + 1);
		}
	}
}

void
render_blocks(struct render *r, uint32_t first, uint32_t end, struct buf *out)
{
	struct buf *before = r->page.out;

	r->page.out = out;
	blocks(r, first, end, 0);
	r->page.out = before;
}
