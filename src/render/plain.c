/* SPDX-License-Identifier: ISC */
/* An entry as text and as Markdown. */
#include "render/render.h"

#include "base/json.h"
#include "base/limits.h"
#include "render/web_gen.h"

/* --- text ---------------------------------------------------------------- */

static struct bytes
words_of(const struct entry *e, const struct node *n)
{
	return bytes_sub(e->text, n->from, n->to);
}

/* The words of a leaf block, with "(Heinzig 2004, 230)" for a citation. */
static void
put_words(const struct entry *e, const struct node *n, struct refs *refs, struct buf *out)
{
	const struct node *c, *end = e->node + n->next;
	uint32_t at = n->from;
	bool year, inside = false;
	long ref;

	for (c = n + 1; c < end; c++) {
		if (c->type != NODE_CITE || (ref = refs_find(refs, c->arg)) < 0)
			continue;
		buf_bytes(out, bytes_sub(e->text, at, c->from));
		buf_puts(out, inside ? "" : "(");
		buf_bytes(out, refs_prefix(words_of(e, c), &year));
		(year ? ref_year : ref_short)(&refs->v[ref], out);
		buf_puts(out, c->arg2.n ? ", " : "");
		buf_bytes(out, c->arg2);
		inside = refs_follow(refs, e, c);
		buf_puts(out, inside ? "" : ")");
		at = c->to;
	}
	buf_bytes(out, bytes_sub(e->text, at, n->to));
}

/* Works without a key stand in the text already, under "Further reading". */
static void
put_references(struct refs *refs, enum ui ui, struct buf *out)
{
	bool any = false;
	size_t i;

	refs_sort(refs);
	for (i = 0; i < refs->n; i++) {
		if (refs->v[i].key.n == 0)
			continue;
		if (!any) {
			buf_putc(out, '\n');
			buf_bytes(out, word(ui, WORD_references));
			buf_puts(out, "\n\n");
		}
		any = true;
		ref_text(&refs->v[i], out);
		buf_putc(out, '\n');
	}
}

/* Title, other names, and who wrote it when. */
static void
put_head(const struct entry *e, struct buf *out)
{
	size_t i;

	buf_bytes(out, e->title);
	buf_putc(out, '\n');
	for (i = 1; i < e->n_names; i++)
		if (e->name[i].origin == NAME_GIVEN) {
			buf_bytes(out, e->name[i].form);
			buf_putc(out, '\n');
		}
	if (e->author.n || e->published.n) {
		buf_bytes(out, e->author);
		buf_puts(out, e->author.n && e->published.n ? ", " : "");
		buf_bytes(out, e->published);
		buf_putc(out, '\n');
	}
}

int
render_text(const struct entry *e, const struct render_env *env, struct arena *a,
    struct buf *out)
{
	struct refs refs;
	uint32_t i;

	refs_init(&refs, e->references, env->book, a);
	put_head(e, out);
	for (i = 0; i < e->n_nodes; i++) {
		const struct node *n = &e->node[i];

		switch (n->type) {
		case NODE_PARA: case NODE_HEADING: case NODE_CODE:
			buf_putc(out, '\n');
			put_words(e, n, &refs, out);
			buf_putc(out, '\n');
			break;
		case NODE_ROW:
			buf_putc(out, '\n');
			break;
		case NODE_CELL:
			put_words(e, n, &refs, out);
			buf_putc(out, '\t');
			break;
		default:
			break;
		}
	}
	put_references(&refs, env->ui, out);
	refs_release(&refs);
	buf_putc(out, '\n');
	return out->err;
}

/* --- Markdown ------------------------------------------------------------ */

struct md {
	const struct entry *e;
	struct buf *out;
	struct buf prefix;	/* "> ", "  " before each line */
	bool start;		/* a line's first sign could be taken for a block's */
	bool cell;		/* where a bar would part cells */
	bool tight;		/* no blank line between blocks */
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

/* JSON is YAML; so is its form of a key. */
static void
yaml_json(struct buf *out, struct bytes key, struct bytes json)
{
	struct json j = json_on(out);

	if (key.n == 0 || json.n == 0)
		return;
	json_str(&j, key);
	buf_puts(out, ": ");
	buf_bytes(out, json);
	buf_putc(out, '\n');
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
	for (i = 0; i < e->n_redirects; i++) {
		buf_puts(out, i ? "" : "redirects:\n");
		yaml_line(out, "  - ", "", e->redirect[i]);
	}
	yaml_line(out, "", "author: ", e->author);
	yaml_line(out, "", "published: ", e->published);
	yaml_line(out, "", "updated: ", e->updated);
	for (i = 0; i < e->n_subjects; i++) {
		buf_puts(out, i ? "" : "subjects:\n");
		yaml_line(out, "  - ", "", e->subject[i]);
	}
	yaml_line(out, "", "status: ", e->status);
	yaml_line(out, "", "site: ", e->site);
	yaml_line(out, "", "rights: ", e->rights);
	yaml_json(out, e->kind, e->record);
	yaml_json(out, B("sources"), e->references);
	buf_puts(out, "---\n");
}

static void
md_newline(struct md *m)
{
	buf_putc(m->out, '\n');
	buf_bytes(m->out, buf_view(&m->prefix));
	m->start = true;
}

/* Would Markdown take the sign at s.p[i] for its own? */
static bool
is_markup(const struct md *m, struct bytes s, size_t i)
{
	unsigned char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0;
	size_t k = i;

	if (c >= 0x80)
		return false;
	if (strchr("\\`*_[]<>", c) || (c == '|' && m->cell) ||
	    (c == '~' && (next == '~' || (i > 0 && s.p[i - 1] == '~'))))
		return true;
	if (c == '&')
		return next == '#' || (next | 0x20) >= 'a';
	if (m->start && strchr("#+-=~", c))
		return true;
	if (c != '.' && c != ')')
		return false;
	/* The number of a list: digits from the line's start. */
	while (k > 0 && s.p[k - 1] >= '0' && s.p[k - 1] <= '9')
		k--;
	return m->start && k < i;
}

static void
md_text(struct md *m, uint32_t from, uint32_t to)
{
	struct bytes s = bytes_sub(m->e->text, from, to);
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\n') {
			md_newline(m);
			continue;
		}
		if (is_markup(m, s, i))
			buf_putc(m->out, '\\');
		buf_putc(m->out, s.p[i]);
		m->start = m->start && s.p[i] >= '0' && s.p[i] <= '9';
	}
}

/* The longest run of a sign in s. */
static size_t
longest(struct bytes s, unsigned char sign)
{
	size_t i, n = 0, best = 0;

	for (i = 0; i < s.n; i++) {
		n = s.p[i] == sign ? n + 1 : 0;
		best = MAX(best, n);
	}
	return best;
}

static void
md_repeat(struct md *m, char sign, size_t n)
{
	while (n--)
		buf_putc(m->out, sign);
}

/* A code span: more backticks around than in it, and a blank that goes again. */
static void
md_verbatim(struct md *m, struct bytes s)
{
	size_t ticks = longest(s, '`') + 1, i;
	bool pad = s.n && (s.p[0] == '`' || s.p[s.n - 1] == '`' ||
	    (s.p[0] == ' ' && s.p[s.n - 1] == ' '));

	md_repeat(m, '`', ticks);
	buf_puts(m->out, pad ? " " : "");
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '|' && m->cell)
			buf_putc(m->out, '\\');
		buf_putc(m->out, s.p[i]);
	}
	buf_puts(m->out, pad ? " " : "");
	md_repeat(m, '`', ticks);
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

/* A link's title, if it has one. */
static void
md_title(struct md *m, struct bytes s)
{
	size_t i;

	if (s.n == 0)
		return;
	buf_puts(m->out, " \"");
	for (i = 0; i < s.n; i++) {
		if (strchr("\"\\&", s.p[i]) && s.p[i])
			buf_putc(m->out, '\\');
		buf_putc(m->out, s.p[i] == '\n' ? ' ' : s.p[i]);
	}
	buf_putc(m->out, '"');
}

static void
md_node(struct md *m, uint32_t i, unsigned depth)
{
	static const char *const signs[NODE__MAX] = {
		[NODE_EM] = "*", [NODE_STRONG] = "**", [NODE_STRIKE] = "~~",
	};
	const struct node *n = &m->e->node[i];

	switch (n->type) {
	case NODE_EM: case NODE_STRONG: case NODE_STRIKE:
		md_wrap(m, i, signs[n->type], signs[n->type], depth);
		break;
	case NODE_VERBATIM:
		md_verbatim(m, words_of(m->e, n));
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
		buf_puts(m->out, ">");
		md_title(m, n->arg2);
		buf_putc(m->out, ')');
		break;
	case NODE_XREF:
		buf_puts(m->out, "[[");
		buf_bytes(m->out, n->arg);
		if (!bytes_eq(n->arg, words_of(m->e, n))) {
			buf_putc(m->out, '|');
			md_inside(m, i, depth);
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
		buf_putc(m->out, '\\');
		md_newline(m);
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
		m->start = m->start && n->type == NODE_BREAK;
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
	m->start = true;
	md_inside(m, i, 0);
	buf_putc(m->out, '\n');
}

/* A block whose later lines stand under a mark: quote, item, note. */
static void
md_under(struct md *m, uint32_t i, const char *first, const char *later, bool tight,
    unsigned depth)
{
	size_t keep = m->prefix.n;
	bool outer = m->tight;

	buf_puts(m->out, first);
	buf_puts(&m->prefix, later);
	m->tight = tight;
	md_blocks(m, i + 1, m->e->node[i].next, depth + 1);
	m->tight = outer;
	m->prefix.n = keep;
	if (m->e->node[i].next == i + 1)
		buf_putc(m->out, '\n');
}

/* A line with nothing on it but what stands before every line here. */
static void
md_blank_line(struct md *m)
{
	struct bytes s = buf_view(&m->prefix);

	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	buf_bytes(m->out, s);
	buf_putc(m->out, '\n');
}

/* other: a list of the same sort stands right before, which has the usual sign. */
static void
md_list(struct md *m, uint32_t i, bool other, unsigned depth)
{
	static const char blanks[] = "                ";
	const struct node *n = &m->e->node[i];
	uint32_t k, no = n->value;
	char mark[16];

	for (k = i + 1; k < n->next; k = m->e->node[k].next) {
		if (k > i + 1) {
			if (!n->tight)
				md_blank_line(m);
			buf_bytes(m->out, buf_view(&m->prefix));
		}
		if (n->level)
			(void)snprintf(mark, sizeof(mark), "%u%c ", no++, other ? ')' : '.');
		else
			(void)snprintf(mark, sizeof(mark), "%c ", other ? '*' : '-');
		md_under(m, k, mark, blanks + sizeof(blanks) - 1 - strlen(mark), n->tight, depth);
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
			m->cell = true;
			md_inside(m, c, 0);
			m->cell = false;
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
	struct bytes s = words_of(m->e, n);
	bool tildes = longest(n->arg, '`') > 0;
	char sign = tildes ? '~' : '`';
	size_t fence = MAX(longest(s, (unsigned char)sign) + 1, 3), i;

	md_repeat(m, sign, fence);
	buf_bytes(m->out, n->arg);
	md_newline(m);
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			md_newline(m);
		else
			buf_putc(m->out, s.p[i]);
	}
	if (s.n && s.p[s.n - 1] != '\n')
		md_newline(m);
	md_repeat(m, sign, fence);
	buf_putc(m->out, '\n');
}

static void
md_block(struct md *m, uint32_t i, bool other, unsigned depth)
{
	const struct node *n = &m->e->node[i];
	char mark[16];

	switch (n->type) {
	case NODE_HEADING:
		(void)snprintf(mark, sizeof(mark), "%.*s ", MIN(n->level, 6), "######");
		md_para(m, i, mark);
		break;
	case NODE_QUOTE:
		md_under(m, i, "> ", "> ", false, depth);
		break;
	case NODE_LIST:
		md_list(m, i, other, depth);
		break;
	case NODE_TABLE:
		md_table(m, i);
		break;
	case NODE_NOTE:
		buf_puts(m->out, "[^");
		buf_bytes(m->out, n->arg);
		md_under(m, i, "]: ", "    ", false, depth);
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
	const struct node *n, *before = NULL;
	bool other = false;

	for (; i < end && depth <= LIMIT_DEPTH; i = m->e->node[i].next, before = n) {
		n = &m->e->node[i];
		other = before != NULL && !other && n->type == NODE_LIST &&
		    before->type == NODE_LIST && before->level == n->level;
		if (before != NULL) {
			if (!m->tight)
				md_blank_line(m);
			buf_bytes(m->out, buf_view(&m->prefix));
		}
		md_block(m, i, other, depth);
	}
}

int
render_markdown(const struct entry *e, struct buf *out)
{
	struct md m = { .e = e, .out = out };

	md_head(e, out);
	md_blocks(&m, 0, (uint32_t)e->n_nodes, 0);
	buf_release(&m.prefix);
	return out->err;
}
