/* SPDX-License-Identifier: ISC */
/* An entry as text and as Markdown. */
#include "render/render.h"

#include "base/limits.h"

/* --- text ---------------------------------------------------------------- */

static struct bytes
words_of(const struct entry *e, const struct node *n)
{
	return bytes_sub(e->text, n->from, n->to);
}

int
render_text(const struct entry *e, struct buf *out)
{
	uint32_t i;
	size_t k;

	buf_bytes(out, e->title);
	buf_putc(out, '\n');
	for (k = 1; k < e->n_names; k++)
		if (e->name[k].origin == NAME_GIVEN) {
			buf_bytes(out, e->name[k].form);
			buf_putc(out, '\n');
		}
	if (e->author.n || e->published.n) {
		buf_bytes(out, e->author);
		buf_puts(out, e->author.n && e->published.n ? ", " : "");
		buf_bytes(out, e->published);
		buf_putc(out, '\n');
	}
	for (i = 0; i < e->n_nodes; i++) {
		const struct node *n = &e->node[i];

		switch (n->type) {
		case NODE_PARA: case NODE_HEADING: case NODE_CODE:
			buf_putc(out, '\n');
			buf_bytes(out, words_of(e, n));
			buf_putc(out, '\n');
			break;
		case NODE_ROW:
			buf_putc(out, '\n');
			break;
		case NODE_CELL:
			buf_bytes(out, words_of(e, n));
			buf_putc(out, '\t');
			break;
		default:
			break;
		}
	}
	buf_putc(out, '\n');
	return out->err;
}

/* --- Markdown ------------------------------------------------------------ */

struct md {
	const struct entry *e;
	struct buf *out;
	struct buf prefix;	/* "> ", "  " before each line */
};

static void
yaml_line(struct buf *out, const char *indent, const char *key, struct bytes s)
{
	size_t i;

	if (s.n == 0)
		return;
	buf_printf(out, "%s%s\"", indent, key);
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_putc(out, '\\');
		if (s.p[i] < 0x20)
			buf_printf(out, "\\x%02x", s.p[i]);
		else
			buf_putc(out, s.p[i]);
	}
	buf_puts(out, "\"\n");
}

static void
md_head(const struct entry *e, struct buf *out)
{
	size_t i, n = 0;

	buf_puts(out, "---\n");
	yaml_line(out, "", "id: ", e->id);
	yaml_line(out, "", "title: ", e->title);
	yaml_line(out, "", "kind: ", e->kind);
	for (i = 0; i < e->n_names; i++) {
		const struct name *m = &e->name[i];

		if (m->origin != NAME_GIVEN)
			continue;
		buf_puts(out, n++ ? "" : "names:\n");
		yaml_line(out, "  - ", "form: ", m->form);
		yaml_line(out, "    ", "lang: ", m->lang);
		yaml_line(out, "    ", "scheme: ", m->scheme);
		yaml_line(out, "    ", "reading: ", m->reading);
		yaml_line(out, "    ", "from: ", m->from);
		yaml_line(out, "    ", "to: ", m->to);
	}
	yaml_line(out, "", "author: ", e->author);
	yaml_line(out, "", "published: ", e->published);
	yaml_line(out, "", "updated: ", e->updated);
	for (i = 0; i < e->n_subjects; i++) {
		buf_puts(out, i ? "" : "subjects:\n");
		yaml_line(out, "  - ", "", e->subject[i]);
	}
	buf_puts(out, "---\n");
}

/* Signs that Markdown would take for its own. */
static void
md_text(struct md *m, uint32_t from, uint32_t to)
{
	struct bytes s = bytes_sub(m->e->text, from, to);
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\n') {
			buf_putc(m->out, '\n');
			buf_bytes(m->out, buf_view(&m->prefix));
			continue;
		}
		if (s.p[i] < 0x80 && strchr("\\`*_[]<>", s.p[i]))
			buf_putc(m->out, '\\');
		buf_putc(m->out, s.p[i]);
	}
}

static void	md_words(struct md *m, uint32_t i, uint32_t end, uint32_t from,
    uint32_t to, unsigned depth);

static void
md_inside(struct md *m, uint32_t i, unsigned depth)
{
	const struct node *n = &m->e->node[i];

	md_words(m, i + 1, n->next, n->from, n->to, depth + 1);
}

static void
md_wrap(struct md *m, uint32_t i, const char *before, const char *after, unsigned depth)
{
	buf_puts(m->out, before);
	md_inside(m, i, depth);
	buf_puts(m->out, after);
}

static void
md_node(struct md *m, uint32_t i, unsigned depth)
{
	const struct node *n = &m->e->node[i];

	switch (n->type) {
	case NODE_EM:
		md_wrap(m, i, "*", "*", depth);
		break;
	case NODE_STRONG:
		md_wrap(m, i, "**", "**", depth);
		break;
	case NODE_STRIKE:
		md_wrap(m, i, "~~", "~~", depth);
		break;
	case NODE_VERBATIM:
		buf_puts(m->out, "``");
		buf_bytes(m->out, words_of(m->e, n));
		buf_puts(m->out, "``");
		break;
	case NODE_LANG:
		md_wrap(m, i, "[", "]{lang=", depth);
		buf_bytes(m->out, n->arg);
		buf_putc(m->out, '}');
		break;
	case NODE_LINK: case NODE_IMAGE:
		buf_puts(m->out, n->type == NODE_IMAGE ? "!" : "");
		md_wrap(m, i, "[", "](<", depth);
		buf_bytes(m->out, n->arg);
		buf_puts(m->out, ">)");
		break;
	case NODE_XREF:
		buf_puts(m->out, "[[");
		buf_bytes(m->out, n->arg);
		if (!bytes_eq(n->arg, words_of(m->e, n))) {
			buf_putc(m->out, '|');
			buf_bytes(m->out, words_of(m->e, n));
		}
		buf_puts(m->out, "]]");
		break;
	case NODE_CITE:	/* which covers its Markdown */
		buf_bytes(m->out, words_of(m->e, n));
		break;
	case NODE_NOTEREF:
		buf_puts(m->out, "[^");
		buf_bytes(m->out, n->arg);
		buf_putc(m->out, ']');
		break;
	case NODE_BREAK:
		buf_puts(m->out, "\\\n");
		buf_bytes(m->out, buf_view(&m->prefix));
		break;
	default:
		md_inside(m, i, depth);
	}
}

static void
md_words(struct md *m, uint32_t i, uint32_t end, uint32_t from, uint32_t to, unsigned depth)
{
	for (; i < end && depth <= LIMIT_DEPTH; i = m->e->node[i].next) {
		const struct node *n = &m->e->node[i];

		if (n->from < from || n->to > to)
			continue;
		md_text(m, from, n->from);
		md_node(m, i, depth);
		from = n->to;
	}
	md_text(m, from, to);
}

static void	md_blocks(struct md *m, uint32_t i, uint32_t end, unsigned depth);

static void
md_para(struct md *m, uint32_t i, const char *before)
{
	buf_puts(m->out, before);
	md_inside(m, i, 0);
	buf_putc(m->out, '\n');
}

/* A block whose later lines stand under a mark: quote, item, note. */
static void
md_under(struct md *m, uint32_t i, const char *first, const char *later, unsigned depth)
{
	size_t keep = m->prefix.n;

	buf_puts(m->out, first);
	buf_puts(&m->prefix, later);
	md_blocks(m, i + 1, m->e->node[i].next, depth + 1);
	m->prefix.n = keep;
}

static void
md_list(struct md *m, uint32_t i, unsigned depth)
{
	const struct node *n = &m->e->node[i];
	uint32_t k, no = n->value;
	char mark[16];

	for (k = i + 1; k < n->next; k = m->e->node[k].next) {
		if (k > i + 1)
			buf_bytes(m->out, buf_view(&m->prefix));
		(void)snprintf(mark, sizeof(mark), n->level ? "%u. " : "- ", no++);
		md_under(m, k, mark, n->level ? "   " : "  ", depth);
	}
}

static void
md_table(struct md *m, uint32_t i)
{
	static const char *const rule[] = { "---|", ":--|", ":-:|", "--:|" };
	const struct node *n = &m->e->node[i];
	uint32_t k, c;

	for (k = i + 1; k < n->next; k = m->e->node[k].next) {
		if (k > i + 1)
			buf_bytes(m->out, buf_view(&m->prefix));
		buf_putc(m->out, '|');
		for (c = k + 1; c < m->e->node[k].next; c = m->e->node[c].next) {
			buf_putc(m->out, ' ');
			md_inside(m, c, 0);
			buf_puts(m->out, " |");
		}
		buf_putc(m->out, '\n');
		if (k > i + 1)
			continue;
		buf_bytes(m->out, buf_view(&m->prefix));
		buf_putc(m->out, '|');
		for (c = k + 1; c < m->e->node[k].next; c = m->e->node[c].next)
			buf_puts(m->out, rule[m->e->node[c].level & 3]);
		buf_putc(m->out, '\n');
	}
}

static void
md_code(struct md *m, const struct node *n)
{
	size_t keep = m->prefix.n;

	buf_puts(m->out, "    ");
	buf_puts(&m->prefix, "    ");
	struct bytes s = words_of(m->e, n);
	for (size_t i = 0; i < s.n; i++) {
		buf_putc(m->out, s.p[i]);
		if (s.p[i] == '\n' && i + 1 < s.n)
			buf_bytes(m->out, buf_view(&m->prefix));
	}
	buf_puts(m->out, s.n && s.p[s.n - 1] == '\n' ? "" : "\n");
	m->prefix.n = keep;
}

static void
md_block(struct md *m, uint32_t i, unsigned depth)
{
	const struct node *n = &m->e->node[i];
	char mark[16];

	switch (n->type) {
	case NODE_HEADING:
		(void)snprintf(mark, sizeof(mark), "%.*s ", MIN(n->level, 6), "######");
		md_para(m, i, mark);
		break;
	case NODE_QUOTE:
		md_under(m, i, "> ", "> ", depth);
		break;
	case NODE_LIST:
		md_list(m, i, depth);
		break;
	case NODE_TABLE:
		md_table(m, i);
		break;
	case NODE_NOTE:
		buf_puts(m->out, "[^");
		buf_bytes(m->out, n->arg);
		md_under(m, i, "]: ", "    ", depth);
		break;
	case NODE_CODE:
		md_code(m, n);
		break;
	case NODE_RULE:
		buf_puts(m->out, "***\n");
		break;
	case NODE_PARA:
		md_para(m, i, "");
		break;
	default:
		md_blocks(m, i + 1, n->next, depth + 1);
	}
}

static void
md_blocks(struct md *m, uint32_t i, uint32_t end, unsigned depth)
{
	bool first = true;

	for (; i < end && depth <= LIMIT_DEPTH; i = m->e->node[i].next) {
		if (!first) {
			buf_bytes(m->out, buf_view(&m->prefix));
			buf_putc(m->out, '\n');
			buf_bytes(m->out, buf_view(&m->prefix));
		}
		md_block(m, i, depth);
		first = false;
	}
}

int
render_markdown(const struct entry *e, struct buf *out)
{
	struct md m = { e, out, { 0 } };

	md_head(e, out);
	md_blocks(&m, 0, (uint32_t)e->n_nodes, 0);
	buf_release(&m.prefix);
	return out->err;
}
