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

/* "## Words": the words, of a heading as Markdown has it; else as it is. */
static struct bytes
without_hashes(struct bytes s)
{
	size_t n = 0;

	while (n < s.n && n < 6 && s.p[n] == '#')
		n++;
	return n && n < s.n && s.p[n] == ' ' ? bytes_trim(bytes_sub(s, n, s.n)) : s;
}

static bool
is_hashed(struct bytes s)
{
	return without_hashes(s).n != s.n;
}

static bool
like_heading(const struct prose *p, const struct line *l)
{
	struct bytes s = words(p, l);

	return s.n <= TITLE_MAX && !ends_sentence(s);
}

/* Words before an author's name; those with a colon leave no doubt. */
static struct bytes
without_by(struct bytes s, bool *colon)
{
	static const char *const by[] = { "by ", "By ", "BY ", "Author: ", "author: ",
		"作者：", "作者:", "文/", "Автор: " };
	size_t i;

	s = bytes_trim(s);
	for (i = 0; i < NELEM(by); i++)
		if (bytes_starts(s, bytes_str(by[i]))) {
			*colon = i >= 3;
			return bytes_trim(bytes_sub(s, strlen(by[i]), s.n));
		}
	*colon = false;
	return s;
}

/* A small word inside names, as "and", "van": at most four letters and a blank. */
static bool
is_joint(struct bytes s)
{
	static const char *const joints[] = { "and ", "& ", "de ", "van ", "von ", "der ",
		"la ", "du ", "и " };
	size_t i;

	for (i = 0; i < NELEM(joints); i++)
		if (bytes_starts(s, bytes_str(joints[i])))
			return true;
	return false;
}

/* A few words each beginning with a capital, or a few Han characters. */
static bool
like_name(struct bytes s)
{
	size_t at = 0, from, n = 0;
	bool start = true;
	uint32_t cp;

	if (s.n == 0 || s.n > 80)
		return false;
	while (from = at, utf8_next(s, &at, &cp)) {
		if (cp == ' ') {
			start = true;
			continue;
		}
		if (start && n && is_joint(bytes_sub(s, from, s.n))) {
			n = 0;
			start = false;
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
	static const char *const signs[] = { "©", "(c) ", "(C) ", "Copyright " };
	struct bytes rest, before = s;
	size_t i, at = SIZE_MAX;
	bool said, colon;

	*b = (struct byline){ .date = b->date };
	buf_clear(&b->date);
	if (s.n > BYLINE_MAX)
		return false;
	for (i = 0; i < NELEM(signs) && at == SIZE_MAX; i++)
		if ((at = bytes_find(s, bytes_str(signs[i]))) != SIZE_MAX) {
			b->rights = bytes_trim(bytes_sub(s, at, s.n));
			b->author = without_years(bytes_sub(s, at + strlen(signs[i]), s.n));
			before = trim_joins(bytes_sub(s, 0, at));
		}
	said = without_by(before, &colon).n != bytes_trim(before).n;
	if (date_in(without_by(before, &colon), &b->date, &rest) && b->date.n < 7 && !said &&
	    b->rights.n == 0)
		return false;	/* a year alone may end a title */
	/* "By 1950 it was returned" names nobody. */
	if (said && !colon && rest.n && !like_name(rest))
		return false;
	if (rest.n && (said || (b->date.n && like_name(rest))))
		b->author = without_by(rest, &colon);
	else if (rest.n && b->rights.n == 0)
		return false;
	return b->date.n || b->rights.n || said;
}

/*
 * Which line is the byline: the first that reads as one, what stands before
 * it being like headings; 0: none is.
 */
static size_t
find_byline(struct prose *p, struct byline *b)
{
	size_t i;

	for (i = 0; i < p->n && i < PREFACE_MAX; i++) {
		if (i && byline_read(words(p, &p->line[i]), b))
			return i;
		if (!like_heading(p, &p->line[i]))
			break;
	}
	return 0;
}

/* Does the next line only say what the byline has not said? */
static bool
adds_to(const struct byline *b, const struct byline *more)
{
	return !(b->date.n && more->date.n) && !(b->author.n && more->author.n) &&
	    !(b->rights.n && more->rights.n);
}

static void
take_byline(struct prose *p, const struct byline *b)
{
	if (b->date.n)
		p->e->published = arena_buf(p->a, &b->date);
	if (b->author.n)
		p->e->author = arena_bytes(p->a, b->author);
	if (b->rights.n)
		p->e->rights = arena_bytes(p->a, b->rights);
}

/* Is the first line a title: apart, before a long one, or one of two short ones? */
static bool
first_is_title(const struct prose *p)
{
	const struct line *l = p->line;

	if (p->n == 0 || !like_heading(p, l))
		return false;
	if (l->blank_after || is_hashed(words(p, l)) ||
	    words(p, l + 1).n >= 4 * words(p, l).n)
		return true;
	return p->n > 2 && l[1].blank_after && like_heading(p, l + 1);
}

/*
 * Site, title and byline from the first lines; gives how many lines they are.
 */
static size_t
preface(struct prose *p)
{
	struct byline b = { .date = { 0 } }, more = { .date = { 0 } };
	size_t at = find_byline(p, &b), next;

	if (at) {
		take_byline(p, &b);
		if (at > 1)
			p->e->site = arena_bytes(p->a, words(p, &p->line[0]));
		next = at + 1;
		if (next < p->n && byline_read(words(p, &p->line[next]), &more) &&
		    adds_to(&b, &more)) {
			take_byline(p, &more);
			next++;
		}
		at--;
	} else {
		next = first_is_title(p);
	}
	if (next)
		p->e->title = arena_bytes(p->a, without_hashes(words(p, &p->line[at])));
	buf_release(&b.date);
	buf_release(&more.date);
	return next;
}

/* "Further reading:" in several languages; *rest: what follows the colon. */
static bool
begins_references(struct bytes s, struct bytes *rest)
{
	static const char *const titles[] = {
		"further reading", "references", "references and further reading",
		"bibliography", "select bibliography", "selected bibliography", "literature",
		"sources", "works cited", "參考文獻", "参考文献", "主要參考文獻", "主要参考文献",
		"參考書目", "参考书目", "參考資料", "参考资料", "延伸閱讀", "延伸阅读", "延伸閲讀",
		"延伸閱读", "引用書目", "引用书目", "參考", "参考", "Литература",
		"Список литературы", "Библиография", "Источники",
	};
	size_t i, n;

	s = without_hashes(s);
	for (i = 0; i < NELEM(titles); i++) {
		n = strlen(titles[i]);
		if (!bytes_eq_nocase(bytes_sub(s, 0, n), bytes_str(titles[i])))
			continue;
		*rest = bytes_sub(s, n, s.n);
		if (bytes_starts(*rest, B(":")))
			*rest = bytes_trim(bytes_sub(*rest, 1, rest->n));
		else if (bytes_starts(*rest, B("：")))
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

/* A line that begins references, without the first of them. */
static void
put_references_heading(struct prose *p, struct bytes s, struct bytes rest)
{
	s = bytes_sub(s, 0, rest.n ? (size_t)(rest.p - s.p) : s.n);
	put_heading(p, without_hashes(bytes_trim(s)));
}

/* "12. ", "(12) ", "[12] ": how long; 0: no number of a list. */
static size_t
numbering(struct bytes s)
{
	size_t at = s.n && strchr("([", s.p[0]) ? 1 : 0, from = at;

	while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
		at++;
	if (at == from || at - from > 3 || at + 1 >= s.n ||
	    strchr(from == 0 ? ".)" : s.p[0] == '(' ? ")" : "]", s.p[at]) == NULL)
		return 0;
	return s.p[at + 1] == ' ' ? at + 2 : s.p[0] == '[' ? at + 1 : 0;
}

/* Off a list's sign at the start: "- ", "* ", "• ", "[1] ". */
static struct bytes
without_bullet(struct bytes s)
{
	size_t n = numbering(s);

	if (bytes_starts(s, B("- ")) || bytes_starts(s, B("* ")))
		n = 2;
	else if (bytes_starts(s, B("•")) || bytes_starts(s, B("– ")))
		n = 3;
	return bytes_trim(bytes_sub(s, n, s.n));
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

/* All lines from here on: a reference each, or the heading of some more. */
static void
references(struct prose *p, size_t i, struct bytes rest)
{
	struct buf out = { 0 };
	struct json j = json_on(&out);

	json_arr(&j);
	(void)tree_open(&p->r->tree, NODE_SECTION_REFS);
	put_reference(p, rest, &j);
	for (; i < p->n; i++) {
		struct bytes s = words(p, &p->line[i]);

		if (begins_references(s, &rest)) {
			tree_close(&p->r->tree);
			put_references_heading(p, s, rest);
			(void)tree_open(&p->r->tree, NODE_SECTION_REFS);
			s = rest;
		}
		put_reference(p, s, &j);
	}
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
			put_references_heading(p, words(p, l), rest);
			references(p, i + 1, rest);
			return;
		}
		if (is_hashed(words(p, l))) {
			put_heading(p, without_hashes(words(p, l)));
			i++;
			continue;
		}
		for (end = i + 1; end < p->n && !p->line[end].blank_before; end++)
			if (is_hashed(words(p, &p->line[end])) ||
			    (begins_references(words(p, &p->line[end]), &rest) && rest.n == 0))
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
