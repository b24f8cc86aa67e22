/* SPDX-License-Identifier: ISC */
/*
 * A Markdown body: footnotes are taken out (note.c), what CommonMark has not
 * is marked (mark.c), md4c reads the rest, and its calls make the tree here.
 * md4c gives pieces of the text it was given, so that every word's place in
 * the source is known.
 */
#include <md4c.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "entry/entity.h"
#include "entry/mark.h"
#include "entry/wide.h"
#include "script/fold.h"
#include "script/lang.h"

#define INLINES_MAX	(1u << 20)
#define ADDRESS_MAX	8192	/* bytes of an address that is followed */

/* A stretch that is open inside a leaf: md4c's, or one of our marks. */
struct stretch {
	enum node_type type;
	bool bare;		/* its node is left out, as of a refused address */
	struct bytes arg, arg2;
};

struct md {
	struct entry_reader *r;
	struct arena *a;
	struct tree *t;
	const struct piece *p;
	struct notes notes;
	size_t *order;		/* footnotes as they are called */
	size_t called, cap_order;
	struct map anchors;
	struct stretch *open;
	size_t n_open, cap_open;
	size_t end;		/* of the words last given, in the marked text */
	size_t heading;		/* node of the open heading, SIZE_MAX: none */
	size_t attributes;	/* bytes of addresses and titles: one reference may
				   stand for many long ones */
	bool implied;		/* a paragraph that md4c did not name is open */
	bool head_row, in_cell;
	int rc;
};

static bool
inside(const struct md *m, struct bytes s)
{
	const struct buf *b = &m->p->marked;

	return b->n && s.p >= b->p && s.p < b->p + b->n;
}

/* Where a byte of the marked text stands in the source, or TREE_NO_SRC. */
static size_t
source(const struct md *m, struct bytes s)
{
	return inside(m, s) ? srcmap_get(&m->p->marked_map,
	    (size_t)(s.p - m->p->marked.p)) : TREE_NO_SRC;
}

/* What the author wrote where a mark stands. */
static struct bytes
written(const struct md *m, const struct mark *k)
{
	return bytes_sub(buf_view(&m->p->text), k->from, k->to);
}

static void
open_inline(struct md *m, enum node_type type, bool bare, struct bytes arg, struct bytes arg2)
{
	struct node *v;
	int rc;

	if ((rc = vec_room(&m->open, m->n_open, &m->cap_open, sizeof(*m->open),
	    INLINES_MAX)) < 0) {
		if (rc == LEISHU_ENOMEM)
			m->rc = rc;
		m->t->full = true;
		return;
	}
	m->open[m->n_open++] = (struct stretch){ type, bare, arg, arg2 };
	if (!bare && (v = tree_open(m->t, type)) != NULL) {
		v->arg = arg;
		v->arg2 = arg2;
	}
}

static bool
is_ours(enum node_type type)
{
	return type == NODE_XREF || type == NODE_LANG;
}

/*
 * Ends the innermost stretch of a type (any of ours when ours).  Those opened
 * since end with it; md4c's own among them begin again after it.
 */
static void
close_inline(struct md *m, enum node_type type, bool ours)
{
	struct stretch again[LIMIT_DEPTH];
	size_t i = m->n_open, n = 0;

	while (i > 0 && !(ours ? is_ours(m->open[i - 1].type) : m->open[i - 1].type == type))
		i--;
	if (i == 0)
		return;
	while (m->n_open >= i) {
		const struct stretch *s = &m->open[--m->n_open];

		if (!s->bare)
			tree_close(m->t);
		if (m->n_open >= i && !is_ours(s->type) && n < NELEM(again))
			again[n++] = *s;
	}
	while (n--)
		open_inline(m, again[n].type, again[n].bare, again[n].arg, again[n].arg2);
}

static void
close_inlines(struct md *m)
{
	while (m->n_open)
		if (!m->open[--m->n_open].bare)
			tree_close(m->t);
}

static void
end_implied(struct md *m)
{
	if (!m->implied)
		return;
	close_inlines(m);
	tree_close(m->t);
	m->implied = false;
}

/* Words of a tight list's item stand in a paragraph as all words do. */
static void
imply(struct md *m)
{
	if (m->implied || m->n_open || node_is_leaf(tree_top(m->t)))
		return;
	(void)tree_open(m->t, NODE_PARA);
	m->implied = true;
}

static void
put_noteref(struct md *m, struct bytes label)
{
	struct note *note = notes_get(&m->notes, label);
	struct node *v;

	if (note == NULL)
		return;
	if (note->number == 0) {
		if (vec_room(&m->order, m->called, &m->cap_order, sizeof(*m->order),
		    INLINES_MAX) < 0) {
			m->rc = LEISHU_ENOMEM;
			return;
		}
		m->order[m->called++] = (size_t)(note - m->notes.v);
		note->number = (uint32_t)m->called;
	}
	if ((v = tree_open(m->t, NODE_NOTEREF)) != NULL) {
		v->arg = arena_bytes(m->a, label);
		v->value = note->number;
	}
	tree_close(m->t);
}

static void
put_mark(struct md *m, const struct mark *k)
{
	size_t src = srcmap_get(&m->p->map, k->from);
	struct bytes arg = arena_bytes(m->a, k->arg);
	struct node *v;

	switch (k->type) {
	case MARK_FLANK:
	case MARK_DASHES:
		break;
	case MARK_XREF:
		if ((v = tree_open(m->t, NODE_XREF)) != NULL)
			v->arg = arg;
		tree_text(m->t, k->arg, src + 2);
		tree_close(m->t);
		break;
	case MARK_XREF_OPEN:
		open_inline(m, NODE_XREF, false, arg, B(""));
		break;
	case MARK_LANG_OPEN:
		open_inline(m, NODE_LANG, false, arg, B(""));
		break;
	case MARK_CLOSE:
		close_inline(m, NODE__MAX, true);
		break;
	case MARK_CITE:
		cite_put(m->t, m->a, k->arg, src);
		break;
	case MARK_NOTE:
		put_noteref(m, k->arg);
		break;
	case MARK_TEXT:
		tree_text(m->t, k->arg, src);
		break;
	}
}

/* s, with what its marks stand for, or in code with the author's bytes. */
static void
put_words(struct md *m, struct bytes s, bool verbatim)
{
	size_t at = 0, next;
	const struct mark *k;

	if (!inside(m, s)) {
		tree_text(m->t, s, TREE_NO_SRC);
		return;
	}
	m->end = (size_t)(s.p - m->p->marked.p) + s.n;
	while (at < s.n) {
		struct bytes here = bytes_sub(s, at, s.n);

		next = mark_find(here, 0);
		if (next == SIZE_MAX) {
			tree_text(m->t, here, source(m, here));
			return;
		}
		tree_text(m->t, bytes_sub(here, 0, next), source(m, here));
		here = bytes_sub(here, next, here.n);
		k = mark_at(m->p, (size_t)(here.p - m->p->marked.p));
		if (k == NULL)	/* the author's own noncharacter */
			tree_text(m->t, bytes_sub(here, 0, MARK_SIZE), source(m, here));
		else if (verbatim)
			tree_text(m->t, written(m, k), srcmap_get(&m->p->map, k->from));
		else
			put_mark(m, k);
		at += next + MARK_SIZE;
	}
}

/* Are the first words after a line end, over what is no word, wide? */
static bool
wide_follows(const struct md *m)
{
	struct bytes s = buf_view(&m->p->marked);
	size_t at = m->end;
	const struct mark *k;

	while (at < s.n) {
		if (strchr(" \t\n>*_~`[]", s.p[at]) && s.p[at]) {
			at++;
			continue;
		}
		if ((k = mark_at(m->p, at)) == NULL)
			return width_after(s, at) != WIDTH_NARROW;
		if (k->type == MARK_XREF)
			return width_after(k->arg, 0) != WIDTH_NARROW;
		at += MARK_SIZE;
	}
	return false;
}

/* A line end is a blank, but not between two Han characters. */
static void
put_soft_break(struct md *m)
{
	struct bytes text = buf_view(&m->t->text);

	if (width_before(text, text.n) == WIDTH_NARROW || !wide_follows(m))
		tree_text(m->t, B(" "), TREE_NO_SRC);
}

/* An attribute's text, its entities resolved and marks undone. */
static struct bytes
attribute(struct md *m, const MD_ATTRIBUTE *v)
{
	struct buf out = { 0 };
	struct bytes ret;
	size_t i;

	for (i = 0; v->text != NULL && v->substr_offsets[i] < v->size; i++) {
		struct bytes s = bytes_sub(bytes_make(v->text, v->size),
		    v->substr_offsets[i], v->substr_offsets[i + 1]);
		size_t at = 0, next;

		if (v->substr_types[i] == MD_TEXT_ENTITY) {
			entity_text(s, &out);
			continue;
		}
		while ((next = mark_find(s, at)) != SIZE_MAX) {
			const struct mark *k = NULL;
			struct bytes here = bytes_sub(s, next, s.n);

			if (inside(m, here))
				k = mark_at(m->p, (size_t)(here.p - m->p->marked.p));
			buf_bytes(&out, bytes_sub(s, at, next));
			if (k != NULL)
				buf_bytes(&out, written(m, k));
			else if (mark_is_tilde(here))
				buf_putc(&out, '~');
			at = next + MARK_SIZE;
		}
		buf_bytes(&out, bytes_sub(s, at, s.n));
	}
	m->attributes += out.n;
	if (m->attributes > LIMIT_BODY) {
		m->t->full = true;
		out.n = 0;
	}
	ret = arena_buf(m->a, &out);
	buf_release(&out);
	return ret;
}

/* Relative, or with a scheme that cannot run anything. */
static bool
address_is_safe(struct bytes s)
{
	static const char *const schemes[] = { "http:", "https:", "mailto:" };
	size_t i, k;

	if (s.n > ADDRESS_MAX)
		return false;
	for (i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == 0x7f)
			return false;
	for (i = 0; i < s.n && strchr("/?#", s.p[i]) == NULL; i++)
		if (s.p[i] == ':')
			break;
	if (i == s.n || s.p[i] != ':')
		return true;
	for (k = 0; k < NELEM(schemes); k++)
		if (bytes_eq_nocase(bytes_sub(s, 0, i + 1), bytes_str(schemes[k])))
			return true;
	return false;
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct md *m = ctx;
	struct bytes to, title;
	bool safe;

	imply(m);
	switch (type) {
	case MD_SPAN_EM:
		open_inline(m, NODE_EM, false, B(""), B(""));
		break;
	case MD_SPAN_STRONG:
		open_inline(m, NODE_STRONG, false, B(""), B(""));
		break;
	case MD_SPAN_DEL:
		open_inline(m, NODE_STRIKE, false, B(""), B(""));
		break;
	case MD_SPAN_CODE:
		open_inline(m, NODE_VERBATIM, false, B(""), B(""));
		break;
	case MD_SPAN_A:
	case MD_SPAN_IMG:
		/* The two details begin alike: address, title. */
		to = attribute(m, &((MD_SPAN_A_DETAIL *)detail)->href);
		title = attribute(m, &((MD_SPAN_A_DETAIL *)detail)->title);
		safe = address_is_safe(to);
		if (!safe) {
			size_t at = srcmap_get(&m->p->marked_map, m->end);

			say(m->r, DIAG_LINK_BAD, at, at, "the address '%.*s' is not followed",
			    (int)MIN(to.n, 200), (const char *)to.p);
		}
		open_inline(m, type == MD_SPAN_A ? NODE_LINK : NODE_IMAGE, !safe, to, title);
		break;
	default:
		break;
	}
	return m->rc < 0 || m->t->full || m->t->err;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	static const enum node_type node[] = {
		[MD_SPAN_EM] = NODE_EM, [MD_SPAN_STRONG] = NODE_STRONG,
		[MD_SPAN_A] = NODE_LINK, [MD_SPAN_IMG] = NODE_IMAGE,
		[MD_SPAN_CODE] = NODE_VERBATIM, [MD_SPAN_DEL] = NODE_STRIKE,
	};

	(void)detail;
	if ((size_t)type < NELEM(node))
		close_inline(ctx, node[type], false);
	return 0;
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct md *m = ctx;
	struct node *v = NULL;

	end_implied(m);
	switch (type) {
	case MD_BLOCK_QUOTE:
		(void)tree_open(m->t, NODE_QUOTE);
		break;
	case MD_BLOCK_UL:
		if ((v = tree_open(m->t, NODE_LIST)) != NULL)
			v->tight = ((MD_BLOCK_UL_DETAIL *)detail)->is_tight != 0;
		break;
	case MD_BLOCK_OL:
		if ((v = tree_open(m->t, NODE_LIST)) != NULL) {
			v->level = 1;
			v->tight = ((MD_BLOCK_OL_DETAIL *)detail)->is_tight != 0;
			v->value = ((MD_BLOCK_OL_DETAIL *)detail)->start;
		}
		break;
	case MD_BLOCK_LI:
		(void)tree_open(m->t, NODE_ITEM);
		break;
	case MD_BLOCK_HR:
		(void)tree_leaf(m->t, NODE_RULE, B(""), TREE_NO_SRC);
		break;
	case MD_BLOCK_H:
		m->heading = SIZE_MAX;
		if ((v = tree_open(m->t, NODE_HEADING)) != NULL) {
			v->level = (uint8_t)((MD_BLOCK_H_DETAIL *)detail)->level;
			m->heading = m->t->n - 1;
		}
		break;
	case MD_BLOCK_CODE: {
		struct bytes info = attribute(m, &((MD_BLOCK_CODE_DETAIL *)detail)->info);

		if ((v = tree_open(m->t, NODE_CODE)) != NULL)
			v->arg = info;
		break;
	}
	case MD_BLOCK_P:
	case MD_BLOCK_HTML:
		(void)tree_open(m->t, NODE_PARA);
		break;
	case MD_BLOCK_TABLE:
		(void)tree_open(m->t, NODE_TABLE);
		break;
	case MD_BLOCK_THEAD:
		m->head_row = true;
		break;
	case MD_BLOCK_TR:
		if ((v = tree_open(m->t, NODE_ROW)) != NULL)
			v->level = m->head_row;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		if ((v = tree_open(m->t, NODE_CELL)) != NULL) {
			MD_ALIGN align = ((MD_BLOCK_TD_DETAIL *)detail)->align;

			m->in_cell = true;
			v->level = align == MD_ALIGN_LEFT ? 1 : align == MD_ALIGN_CENTER ? 2 :
			    align == MD_ALIGN_RIGHT ? 3 : 0;
		}
		break;
	default:
		break;
	}
	return m->rc < 0 || m->t->full || m->t->err;
}

/* A heading's anchor: its letters and digits, a hyphen for blanks. */
static void
set_anchor(struct md *m)
{
	struct tree *t = m->t;
	struct buf slug = { .max = 256 };
	struct bytes text;
	size_t at = 0;
	uint64_t *times;
	uint32_t cp;

	if (m->heading == SIZE_MAX)
		return;
	text = bytes_sub(buf_view(&t->text), t->node[m->heading].from, t->text.n);
	text = utf8_cut(text, 200);
	while (utf8_next(text, &at, &cp)) {
		if (cp >= 'A' && cp <= 'Z')
			cp |= 0x20;
		if ((cp >= '0' && cp <= '9') || cp == '_' || script_of(cp) != SCRIPT_NONE)
			buf_utf8(&slug, cp);
		else if ((cp == ' ' || cp == '-') && slug.n && slug.p[slug.n - 1] != '-')
			buf_putc(&slug, '-');
	}
	while (slug.n && slug.p[slug.n - 1] == '-')
		slug.n--;
	if (slug.n == 0)
		buf_puts(&slug, "section");
	if ((times = map_put(&m->anchors, buf_view(&slug), NULL)) == NULL)
		m->rc = LEISHU_ENOMEM;
	else if (++*times > 1)
		buf_printf(&slug, "-%llu", (unsigned long long)*times);
	/* "a-2" may be some heading's own anchor as well. */
	if (times != NULL && *times > 1 &&
	    (times = map_put(&m->anchors, buf_view(&slug), NULL)) != NULL)
		++*times;
	t->node[m->heading].arg = arena_buf(m->a, &slug);
	buf_release(&slug);
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct md *m = ctx;
	struct tree *t = m->t;

	(void)detail;
	switch (type) {
	case MD_BLOCK_THEAD:
		m->head_row = false;
		return 0;
	case MD_BLOCK_DOC:
		end_implied(m);
		return 0;
	case MD_BLOCK_HR:
	case MD_BLOCK_TBODY:
		return 0;
	case MD_BLOCK_CODE:
		if (t->depth && t->text.n > t->node[t->open[t->depth - 1]].from &&
		    t->text.p[t->text.n - 1] == '\n')
			t->text.n--;
		break;
	case MD_BLOCK_H:
		set_anchor(m);
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		m->in_cell = false;
		break;
	default:
		break;
	}
	end_implied(m);
	if (tree_top(t) != NODE__MAX && node_is_leaf(tree_top(t)))
		close_inlines(m);
	tree_close(t);
	return 0;
}

/* Code in a table: its "|" may be written as "\\|" for the table's sake. */
static void
put_cell_code(struct md *m, struct bytes s)
{
	size_t bar;

	while ((bar = bytes_find(s, B("\\|"))) != SIZE_MAX) {
		put_words(m, bytes_sub(s, 0, bar), true);
		s = bytes_sub(s, bar + 1, s.n);
	}
	put_words(m, s, true);
}

static int
text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *ctx)
{
	struct md *m = ctx;
	struct bytes s = bytes_make(p, n);
	struct buf b = { 0 };

	imply(m);
	switch (type) {
	case MD_TEXT_BR:
		(void)tree_leaf(m->t, NODE_BREAK, B("\n"), TREE_NO_SRC);
		break;
	case MD_TEXT_SOFTBR:
		put_soft_break(m);
		break;
	case MD_TEXT_ENTITY:
		entity_text(s, &b);
		tree_text(m->t, buf_view(&b), source(m, s));
		if (inside(m, s))
			m->end = (size_t)(s.p - m->p->marked.p) + s.n;
		buf_release(&b);
		break;
	case MD_TEXT_NULLCHAR:
		tree_text(m->t, B("\xef\xbf\xbd"), TREE_NO_SRC);
		break;
	case MD_TEXT_CODE:
		if (m->in_cell)
			put_cell_code(m, s);
		else
			put_words(m, s, true);
		break;
	default:
		put_words(m, s, false);
		break;
	}
	return m->rc < 0 || m->t->full || m->t->err || m->t->text.err;
}

static bool
is_note(void *ctx, struct bytes label, size_t at)
{
	struct md *m = ctx;
	size_t src;

	if (notes_get(&m->notes, label) != NULL)
		return true;
	src = srcmap_get(&m->p->map, at);
	say(m->r, DIAG_NOTE_MISSING, src, src + label.n + 3, "there is no footnote '%.*s'",
	    (int)label.n, (const char *)label.p);
	return false;
}

static int
read_piece(struct md *m, struct piece *p)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOHTML,
		.enter_block = enter_block, .leave_block = leave_block,
		.enter_span = enter_span, .leave_span = leave_span, .text = text,
	};
	int rc;

	m->p = p;
	if ((rc = mark_text(p, is_note, m)) < 0)
		return rc;
	m->end = 0;
	if (p->marked.n && md_parse((const char *)p->marked.p, (MD_SIZE)p->marked.n,
	    &parser, m) != 0 && !m->t->full && m->t->text.err != LEISHU_ELIMIT)
		return m->rc < 0 ? m->rc : LEISHU_ENOMEM;
	end_implied(m);
	close_inlines(m);
	return m->rc;
}

static int
read_note(struct md *m, struct note *note)
{
	size_t depth = m->t->n_kept;
	struct node *v;
	int rc;

	if ((v = tree_open(m->t, NODE_NOTE)) != NULL) {
		v->arg = arena_bytes(m->a, note->label);
		v->value = note->number;
	}
	rc = read_piece(m, &note->piece);
	while (m->t->n_kept > depth)
		tree_close(m->t);
	return rc;
}

static void
twice(void *ctx, struct bytes label, size_t src)
{
	struct md *m = ctx;

	say(m->r, DIAG_NOTE_TWICE, src, src + label.n, "the footnote '%.*s' stands twice",
	    (int)label.n, (const char *)label.p);
}

/* Notes in the order of their calls, a note's own calls included; then others. */
static int
read_notes(struct md *m)
{
	size_t i;
	int rc;

	for (i = 0; i < m->called; i++)
		if ((rc = read_note(m, &m->notes.v[m->order[i]])) < 0)
			return rc;
	for (i = 0; i < m->notes.n; i++) {
		struct note *note = &m->notes.v[i];

		if (note->number)
			continue;
		if (notes_get(&m->notes, note->label) == note)
			say(m->r, DIAG_NOTE_UNUSED, note->label_at,
			    note->label_at + note->label.n, "nothing calls the footnote '%.*s'",
			    (int)note->label.n, (const char *)note->label.p);
		if ((rc = read_note(m, note)) < 0)
			return rc;
	}
	return 0;
}

int
markdown_tree(struct entry_reader *r, struct arena *a, struct bytes text_,
    const struct srcmap *map, size_t base)
{
	struct md m = { .r = r, .a = a, .t = &r->tree };
	struct piece body = { .n = 0 };
	int rc;

	rc = notes_split(text_, map, base, &body, &m.notes, twice, &m);
	if (rc == 0)
		rc = read_piece(&m, &body);
	while (m.t->n_kept)
		tree_close(m.t);
	if (rc == 0)
		rc = read_notes(&m);
	piece_release(&body);
	notes_release(&m.notes);
	map_release(&m.anchors);
	free(m.order);
	free(m.open);
	return rc;
}

int
markdown_body(struct entry_reader *r, struct arena *a, struct bytes body)
{
	struct srcmap map = { 0 };
	struct buf clean = { 0 };
	int rc;

	text_clean(r, body, 0, &clean, &map);
	rc = clean.err ? clean.err : markdown_tree(r, a, buf_view(&clean), &map, 0);
	srcmap_release(&map);
	buf_release(&clean);
	return rc;
}
