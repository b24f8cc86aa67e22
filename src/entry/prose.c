/* SPDX-License-Identifier: ISC */
/*
 * Prose as it is copied from a page or typed in an editor:
 *
 *	name of the site	(when two lines stand above the byline)
 *	title
 *	date, author, rights	(the byline)
 *	paragraphs, parted by blank lines
 *	"Further reading:" and a reference a line
 *
 * Every part may be missing.  Short lines one under the other are verse;
 * long ones are a paragraph that an editor has wrapped.
 */
#include "base/utf8.h"
#include "entry/reader.h"
#include "entry/wide.h"
#include "script/fold.h"

#define TITLE_MAX	200	/* bytes */
#define BYLINE_MAX	200
#define VERSE_MAX	50	/* columns, a Han character taking two */
#define PREFACE_MAX	8	/* lines looked at */

struct line {
	size_t from, to;	/* without white space at its ends */
	bool blank_before, blank_after;
	bool indented;
};

struct prose {
	struct entry_reader *r;
	struct arena *a;
	struct entry *e;
	struct bytes text;
	struct line *line;	/* those that are not blank */
	size_t n, cap;
	size_t n_anchors;
};

static struct bytes
words(const struct prose *p, const struct line *l)
{
	return bytes_sub(p->text, l->from, l->to);
}

static int
split(struct prose *p)
{
	size_t at = 0, next, end;
	bool blank = true;
	struct line *v;

	for (; at < p->text.n; at = next) {
		const unsigned char *nl = memchr(p->text.p + at, '\n', p->text.n - at);
		struct bytes s;

		end = nl ? (size_t)(nl - p->text.p) : p->text.n;
		next = nl ? end + 1 : end;
		s = bytes_trim(bytes_sub(p->text, at, end));
		/* An ideographic blank indents a paragraph. */
		while (bytes_starts(s, B("\xe3\x80\x80")))
			s = bytes_trim(bytes_sub(s, 3, s.n));
		if (s.n == 0) {
			blank = true;
			if (p->n)
				p->line[p->n - 1].blank_after = true;
			continue;
		}
		v = arena_grow(p->a, p->line, p->n, &p->cap, sizeof(*v));
		if (v == NULL)
			return p->a->err;
		p->line = v;
		v[p->n].from = (size_t)(s.p - p->text.p);
		v[p->n].to = v[p->n].from + s.n;
		v[p->n].blank_before = blank;
		v[p->n].blank_after = end == p->text.n;
		v[p->n].indented = v[p->n].from > at;
		p->n++;
		blank = false;
	}
	if (p->n)
		p->line[p->n - 1].blank_after = true;
	return 0;
}

static bool
ends_sentence(struct bytes s)
{
	static const char *const ends[] = { ".", "!", "?", ",", ";", ":", "\xe3\x80\x82",
		"\xef\xbc\x8c", "\xef\xbc\x9b", "\xef\xbc\x9a", "\xef\xbc\x81", "\xef\xbc\x9f",
		".\"", "\xe2\x80\xa6", "\xe3\x80\x8d", "\xe2\x80\x9d" };
	size_t i;

	for (i = 0; i < NELEM(ends); i++)
		if (bytes_ends(s, bytes_str(ends[i])))
			return true;
	return false;
}

static bool
like_heading(const struct prose *p, const struct line *l)
{
	struct bytes s = words(p, l);

	return s.n <= TITLE_MAX && !ends_sentence(s);
}

/* Words that name an author, before or after a colon. */
static struct bytes
without_by(struct bytes s)
{
	static const char *const by[] = { "by ", "By ", "BY ", "Author: ", "author: ",
		"\xe4\xbd\x9c\xe8\x80\x85\xef\xbc\x9a", "\xe4\xbd\x9c\xe8\x80\x85:",
		"\xe6\x96\x87/", "\xd0\x90\xd0\xb2\xd1\x82\xd0\xbe\xd1\x80: " };
	size_t i;

	s = bytes_trim(s);
	for (i = 0; i < NELEM(by); i++)
		if (bytes_starts(s, bytes_str(by[i])))
			return bytes_trim(bytes_sub(s, strlen(by[i]), s.n));
	return s;
}

/* A few words each beginning with a capital, or a few Han characters. */
static bool
like_name(struct bytes s)
{
	size_t at = 0, n = 0;
	bool start = true;
	uint32_t cp;

	if (s.n == 0 || s.n > 80)
		return false;
	while (utf8_next(s, &at, &cp)) {
		if (cp == ' ') {
			start = true;
			continue;
		}
		if (start && ++n > 5)
			return false;
		if (start && ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9')))
			return false;
		start = false;
	}
	return n >= 2 || is_han(utf8_get(s, 0, &at, NULL));
}

struct byline {
	struct bytes author, rights;
	struct buf date;
};

static bool
is_join(unsigned char c)
{
	return c == ' ' || c == ',' || c == '|' || c == ';' || c == '-';
}

static struct bytes
trim_joins(struct bytes s)
{
	while (s.n && is_join(s.p[0]))
		s = bytes_sub(s, 1, s.n);
	while (s.n && is_join(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* A date at the start or the end of s; the rest of it in *rest. */
static bool
date_in(struct bytes s, struct buf *date, struct bytes *rest)
{
	size_t at;

	for (at = s.n; at > 0; at--) {
		if (at < s.n && !is_join(s.p[at]))
			continue;
		if (iso_date(trim_joins(bytes_sub(s, 0, at)), date)) {
			*rest = trim_joins(bytes_sub(s, at, s.n));
			return true;
		}
	}
	for (at = 0; at < s.n; at++) {
		if (at > 0 && !is_join(s.p[at - 1]))
			continue;
		if (iso_date(trim_joins(bytes_sub(s, at, s.n)), date)) {
			*rest = trim_joins(bytes_sub(s, 0, at));
			return true;
		}
	}
	*rest = s;
	return false;
}

/* "2017", "2015-2017" at either end of what follows the sign goes. */
static struct bytes
without_years(struct bytes s)
{
	struct bytes t = trim_joins(s);

	while (t.n && ((t.p[0] >= '0' && t.p[0] <= '9') || is_join(t.p[0])))
		t = bytes_sub(t, 1, t.n);
	while (t.n && ((t.p[t.n - 1] >= '0' && t.p[t.n - 1] <= '9') || is_join(t.p[t.n - 1])))
		t.n--;
	return t;
}

static bool
byline_read(struct bytes s, struct byline *b)
{
	static const char *const signs[] = { "\xc2\xa9", "(c) ", "(C) ", "Copyright " };
	struct bytes rest, before = s;
	size_t i, at = SIZE_MAX;
	bool said;

	if (s.n > BYLINE_MAX)
		return false;
	for (i = 0; i < NELEM(signs) && at == SIZE_MAX; i++)
		if ((at = bytes_find(s, bytes_str(signs[i]))) != SIZE_MAX) {
			b->rights = bytes_trim(bytes_sub(s, at, s.n));
			b->author = without_years(bytes_sub(s, at + strlen(signs[i]), s.n));
			before = trim_joins(bytes_sub(s, 0, at));
		}
	said = without_by(before).n != bytes_trim(before).n;
	buf_clear(&b->date);
	if (date_in(without_by(before), &b->date, &rest) && b->date.n < 7 && !said &&
	    b->rights.n == 0) {
		buf_clear(&b->date);	/* a year alone may end a title */
		return false;
	}
	if (rest.n && (said || (b->date.n && like_name(without_by(rest)))))
		b->author = without_by(rest);
	else if (rest.n && b->rights.n == 0)
		return false;
	return b->date.n || b->rights.n || said;
}

/*
 * Site, title and byline from the first lines; gives how many lines they are.
 */
static size_t
preface(struct prose *p)
{
	const struct line *heading[PREFACE_MAX];
	struct byline b = { .date = { 0 } };
	size_t i, n = 0;
	bool by = false;

	for (i = 0; i < p->n && i < PREFACE_MAX && !by; i++) {
		const struct line *l = &p->line[i];

		if (n && byline_read(words(p, l), &b)) {
			by = true;
			continue;
		}
		b.rights = b.author = (struct bytes){ NULL, 0 };
		buf_clear(&b.date);
		if (!like_heading(p, l))
			break;
		/* Without a blank line a long line may follow, or a byline. */
		if (!l->blank_after && i + 1 < p->n &&
		    words(p, &p->line[i + 1]).n < 4 * words(p, l).n) {
			struct byline probe = { .date = { 0 } };
			bool yes = byline_read(words(p, &p->line[i + 1]), &probe);

			buf_release(&probe.date);
			if (!yes)
				break;
		}
		heading[n++] = l;
	}
	if (by) {
		p->e->published = arena_buf(p->a, &b.date);
		p->e->author = arena_bytes(p->a, b.author);
		p->e->rights = arena_bytes(p->a, b.rights);
		if (n > 1)
			p->e->site = arena_bytes(p->a, words(p, heading[0]));
		p->e->title = arena_bytes(p->a, words(p, heading[n - 1]));
		n = i;
	} else if (n) {
		p->e->title = arena_bytes(p->a, words(p, heading[0]));
		n = 1;
	}
	buf_release(&b.date);
	return n;
}

/* "Further reading:" in several languages; *rest: what follows the colon. */
static bool
begins_references(struct bytes s, struct bytes *rest)
{
	static const char *const titles[] = {
		"Further reading", "Further Reading", "References", "Bibliography",
		"Literature", "Sources", "Works cited", "Works Cited",
		"\xe5\x8f\x83\xe8\x80\x83\xe6\x96\x87\xe7\x8d\xbb",	/* trad. references */
		"\xe5\x8f\x82\xe8\x80\x83\xe6\x96\x87\xe7\x8c\xae",	/* simp. references */
		"\xe5\x8f\x83\xe8\x80\x83\xe6\x9b\xb8\xe7\x9b\xae",
		"\xe5\x8f\x82\xe8\x80\x83\xe4\xb9\xa6\xe7\x9b\xae",
		"\xe5\xbb\xb6\xe4\xbc\xb8\xe9\x96\xb1\xe8\xae\x80",
		"\xe5\xbb\xb6\xe4\xbc\xb8\xe9\x98\x85\xe8\xaf\xbb",
		"\xe5\xbb\xb6\xe4\xbc\xb8\xe9\x96\xb2\xe8\xae\x80",
		"\xe5\xbb\xb6\xe4\xbc\xb8\xe9\x96\xb1\xe8\xaf\xbb",
		"\xe5\x8f\x83\xe8\x80\x83", "\xe5\x8f\x82\xe8\x80\x83",
		"\xd0\x9b\xd0\xb8\xd1\x82\xd0\xb5\xd1\x80\xd0\xb0\xd1\x82\xd1\x83\xd1\x80\xd0\xb0",
		"\xd0\x98\xd1\x81\xd1\x82\xd0\xbe\xd1\x87\xd0\xbd\xd0\xb8\xd0\xba\xd0\xb8",
	};
	size_t i, n;

	for (i = 0; i < NELEM(titles); i++) {
		n = strlen(titles[i]);
		if (!bytes_starts(s, bytes_str(titles[i])))
			continue;
		*rest = bytes_sub(s, n, s.n);
		if (bytes_starts(*rest, B(":")))
			*rest = bytes_trim(bytes_sub(*rest, 1, rest->n));
		else if (bytes_starts(*rest, B("\xef\xbc\x9a")))
			*rest = bytes_trim(bytes_sub(*rest, 3, rest->n));
		else if (rest->n)
			continue;
		return true;
	}
	return false;
}

static void
put_words(struct prose *p, struct bytes s)
{
	plain_words(&p->r->tree, p->a, s, (size_t)(s.p - p->text.p));
}

static void
put_heading(struct prose *p, struct bytes s)
{
	struct node *v = tree_open(&p->r->tree, NODE_HEADING);

	if (v != NULL) {
		v->level = 2;
		v->arg = arena_printf(p->a, "section-%zu", ++p->n_anchors);
	}
	put_words(p, s);
	tree_close(&p->r->tree);
}

/* Off a list's sign at the start: "- ", "* ", "\xe2\x80\xa2 ". */
static struct bytes
without_bullet(struct bytes s)
{
	if (bytes_starts(s, B("- ")) || bytes_starts(s, B("* ")))
		return bytes_trim(bytes_sub(s, 2, s.n));
	if (bytes_starts(s, B("\xe2\x80\xa2")) || bytes_starts(s, B("\xe2\x80\x93 ")))
		return bytes_trim(bytes_sub(s, 3, s.n));
	return s;
}

static void
put_reference(struct prose *p, struct bytes s, struct json *j)
{
	s = without_bullet(s);
	if (s.n == 0)
		return;
	(void)tree_open(&p->r->tree, NODE_PARA);
	put_words(p, s);
	tree_close(&p->r->tree);
	reference_json(j, s);
}

/* All lines from here on: a reference each. */
static void
references(struct prose *p, size_t i, struct bytes rest)
{
	struct buf out = { 0 };
	struct json j = json_on(&out);

	json_arr(&j);
	(void)tree_open(&p->r->tree, NODE_SECTION_REFS);
	put_reference(p, rest, &j);
	for (; i < p->n; i++)
		put_reference(p, words(p, &p->line[i]), &j);
	tree_close(&p->r->tree);
	json_end_arr(&j);
	p->e->references = arena_buf(p->a, &out);
	buf_release(&out);
}

/* Columns of a line, as far as tells verse from wrapped prose. */
static size_t
columns(struct bytes s)
{
	size_t at = 0, n = 0;
	uint32_t cp;

	while (n <= VERSE_MAX && utf8_next(s, &at, &cp))
		n += cp >= 0x1100 && (is_han(cp) || (cp >= 0x3000 && cp <= 0xd7a3) ||
		    (cp >= 0xff00 && cp <= 0xff60)) ? 2 : 1;
	return n;
}

/* Lines i to end of one paragraph. */
static void
paragraph(struct prose *p, size_t i, size_t end)
{
	struct tree *t = &p->r->tree;
	bool verse = true;
	size_t k;

	for (k = i; k < end && verse; k++) {
		struct bytes s = words(p, &p->line[k]);

		verse = columns(s) <= VERSE_MAX &&
		    (k == i || s.p[0] < 'a' || s.p[0] > 'z');
	}
	(void)tree_open(t, NODE_PARA);
	for (k = i; k < end; k++) {
		struct bytes s = words(p, &p->line[k]);

		if (k > i && verse) {
			(void)tree_leaf(t, NODE_BREAK, B("\n"), TREE_NO_SRC);
		} else if (k > i) {
			struct bytes before = words(p, &p->line[k - 1]);

			if (width_before(before, before.n) == WIDTH_NARROW ||
			    width_after(s, 0) == WIDTH_NARROW)
				tree_text(t, B(" "), TREE_NO_SRC);
		}
		put_words(p, s);
	}
	tree_close(t);
}

static void
body(struct prose *p, size_t i)
{
	struct bytes rest;
	size_t end;

	while (i < p->n) {
		const struct line *l = &p->line[i];

		if (begins_references(words(p, l), &rest) &&
		    (l->blank_before || l->blank_after || i + 1 == p->n)) {
			struct bytes s = words(p, l);

			put_heading(p, bytes_trim(bytes_sub(s, 0, rest.n ?
			    (size_t)(rest.p - s.p) : s.n)));
			references(p, i + 1, rest);
			return;
		}
		for (end = i + 1; end < p->n && !p->line[end].blank_before; end++)
			if (begins_references(words(p, &p->line[end]), &rest) && rest.n == 0)
				break;
		if (end == i + 1 && end < p->n && l->blank_before && l->blank_after &&
		    words(p, l).n <= TITLE_MAX / 2 && like_heading(p, l) &&
		    !like_heading(p, &p->line[end]))
			put_heading(p, words(p, l));
		else
			paragraph(p, i, end);
		i = end;
	}
}

int
prose_read(struct entry_reader *r, struct arena *a, struct entry *e)
{
	struct prose p = { .r = r, .a = a, .e = e };
	size_t bom = bytes_starts(r->source, B("\xef\xbb\xbf")) ? 3 : 0;
	struct srcmap map = { 0 };
	struct buf clean = { 0 };
	int rc;

	text_clean(r, bytes_sub(r->source, bom, r->source.n), bom, &clean, &map);
	rc = clean.err || map.failed ? LEISHU_ENOMEM : 0;
	if (rc == 0) {
		p.text = buf_view(&clean);
		r->tree.map = &map;
		if ((rc = split(&p)) == 0) {
			body(&p, preface(&p));
			rc = tree_finish(&r->tree, a, e);
		}
		r->tree.map = NULL;
	}
	if (rc == 0)
		rc = fields_finish(r, NULL, a, e);
	srcmap_release(&map);
	buf_release(&clean);
	return rc;
}
