/* SPDX-License-Identifier: ISC */
/* A Markdown file: its head, its body, and a title from one of them. */
#include "entry/reader.h"
#include "entry/yaml.h"

#define HEAD_MAX	(1u << 20)	/* bytes */

struct page {
	struct entry_reader *r;
	struct buf text;	/* the file, clean */
	struct srcmap map;
	size_t head;		/* where the head's lines begin */
};

static size_t
where(void *ctx, size_t at)
{
	struct page *p = ctx;

	return srcmap_get(&p->map, p->head + at);
}

static void
told(void *ctx, enum diag_code code, size_t from, size_t to, const char *message)
{
	struct page *p = ctx;

	say(p->r, code, from, to, "%s", message);
}

/* Is the line from at on only this sign and blanks?  *end: after it. */
static bool
fence(struct bytes s, size_t at, struct bytes sign, size_t *end)
{
	const unsigned char *nl = memchr(s.p + at, '\n', s.n - at);
	struct bytes line;

	*end = nl ? (size_t)(nl - s.p) + 1 : s.n;
	line = bytes_sub(s, at, *end);
	return bytes_starts(line, sign) &&
	    bytes_trim(bytes_sub(line, sign.n, line.n)).n == 0;
}

/*
 * The head's lines, and in *body where the rest begins; false: there is no
 * head.  A head that does not end is said, and is no head.
 */
static bool
find_head(struct page *p, struct bytes *head, size_t *body)
{
	struct bytes s = buf_view(&p->text);
	size_t at, end;

	*body = 0;
	if (s.n == 0 || !fence(s, 0, B("---"), &at))
		return false;
	p->head = at;
	for (; at < s.n; at = end) {
		if (fence(s, at, B("---"), &end) || fence(s, at, B("..."), &end)) {
			*head = bytes_sub(s, p->head, at);
			*body = end;
			return true;
		}
	}
	say(p->r, DIAG_HEAD_BAD, 0, 3, "the head has no end: a line '---' is missing");
	return false;
}

/* A first heading of the first level is the title, and leaves the body. */
static void
title_heading(struct entry_reader *r, struct arena *a, struct entry *e)
{
	struct tree *t = &r->tree;
	struct bytes words;

	if (t->n == 0 || t->node[0].type != NODE_HEADING || t->node[0].level != 1)
		return;
	words = bytes_trim(bytes_sub(buf_view(&t->text), t->node[0].from, t->node[0].to));
	if (words.n == 0 || (e->title.n && !bytes_eq(e->title, words)))
		return;
	if (e->title.n == 0)
		e->title = arena_bytes(a, words);
	tree_drop_first(t);
}

static int
read_page(struct page *p, struct arena *a, struct entry *e)
{
	struct entry_reader *r = p->r;
	struct yaml_in in = { { NULL, 0 }, p, where, told };
	struct value head = { 0 };
	size_t body;
	int rc;

	if (find_head(p, &in.text, &body)) {
		if (in.text.n > HEAD_MAX) {
			say(r, DIAG_TOO_LARGE, 0, 3, "a head larger than %u bytes is not read",
			    HEAD_MAX);
			in.text.n = 0;
		}
		if ((rc = yaml_read(&in, a, &head)) < 0 ||
		    (rc = fields_read(r, &head, a, e)) < 0)
			return rc;
	}
	rc = markdown_tree(r, a, bytes_sub(buf_view(&p->text), body, p->text.n), &p->map, body);
	if (rc < 0)
		return rc;
	title_heading(r, a, e);
	if ((rc = tree_finish(&r->tree, a, e)) < 0)
		return rc;
	return fields_finish(r, &head, a, e);
}

int
markdown_read(struct entry_reader *r, struct arena *a, struct entry *e)
{
	struct page p = { .r = r };
	size_t bom = bytes_starts(r->source, B("\xef\xbb\xbf")) ? 3 : 0;
	int rc;

	text_clean(r, bytes_sub(r->source, bom, r->source.n), bom, &p.text, &p.map);
	rc = p.text.err || p.map.failed ? LEISHU_ENOMEM : read_page(&p, a, e);
	srcmap_release(&p.map);
	buf_release(&p.text);
	return rc;
}

int
markdown_head(struct bytes source, struct arena *a, struct value *ret)
{
	struct entry_reader r = { .form = SOURCE_MARKDOWN, .file = NULL, .source = source };
	size_t bom = bytes_starts(source, B("\xef\xbb\xbf")) ? 3 : 0, body;
	struct page p = { .r = &r };
	struct yaml_in in = { { NULL, 0 }, &p, where, told };
	int rc = 0;

	text_clean(&r, bytes_sub(source, bom, source.n), bom, &p.text, &p.map);
	if (p.text.err || p.map.failed)
		rc = LEISHU_ENOMEM;
	else if (find_head(&p, &in.text, &body) && in.text.n <= HEAD_MAX)
		rc = yaml_read(&in, a, ret);
	srcmap_release(&p.map);
	buf_release(&p.text);
	return rc;
}
