/* SPDX-License-Identifier: ISC */
/* Finds what mark.h speaks of, paragraph by paragraph, in one pass. */
#include "entry/mark.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "entry/wide.h"

#define MARK_SIGN	"\xef\xb7\x90"	/* U+FDD0 */
#define MARK_TILDE	"\xef\xb7\x91"	/* U+FDD1, for MARK_TEXT */
#define CITE_MAX	1024
#define CODE_MAX	4096	/* how far the end of a code span is looked for */
#define BRACKETS	32	/* open "[" remembered */
#define LANG_TAG_MAX	35

struct scan {
	struct piece *p;
	struct bytes s;
	size_t at;
	bool (*is_note)(void *, struct bytes, size_t);
	void *ctx;
	size_t open[BRACKETS];	/* places of "[" in this paragraph */
	size_t n_open;
	bool xref;		/* a "[[target|" waits for its "]]" at xref_end */
	size_t xref_end;
	int rc;
};

void
piece_release(struct piece *p)
{
	buf_release(&p->text);
	buf_release(&p->marked);
	srcmap_release(&p->map);
	srcmap_release(&p->marked_map);
	free(p->mark);
	*p = (struct piece){ .n = 0 };
}

static void
add(struct scan *c, enum mark_type type, size_t from, size_t to, struct bytes arg)
{
	struct piece *p = c->p;

	if ((c->rc = vec_room(&p->mark, p->n, &p->cap, sizeof(*p->mark), LIMIT_SOURCE)) < 0)
		return;
	p->mark[p->n++] = (struct mark){ type, (uint32_t)from, (uint32_t)to, 0, arg };
}

static struct bytes
rest(const struct scan *c)
{
	return bytes_sub(c->s, c->at, c->s.n);
}

static bool
is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xa0 || cp == 0x3000 ||
	    (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f || cp == 0x205f;
}

/* Letters of scripts whose emphasis stands within words: Hangul, too. */
static bool
is_unspaced(enum width w, uint32_t cp)
{
	return w != WIDTH_NARROW || (cp >= 0xac00 && cp <= 0xd7a3);
}

static bool
is_sign(uint32_t cp)
{
	return (cp > ' ' && cp < '0') || (cp >= ':' && cp <= '@') ||
	    (cp >= '[' && cp <= '`') || (cp >= '{' && cp <= '~') ||
	    cp == 0xa1 || cp == 0xa7 || cp == 0xab || cp == 0xb7 || cp == 0xbb ||
	    cp == 0xbf || (cp >= 0x2010 && cp <= 0x2027) ||
	    (cp >= 0x2030 && cp <= 0x205e) || is_wide_sign(cp);
}

/*
 * A run of "*" or "~" may open or close emphasis by what stands beside it;
 * CommonMark's rule wants a blank or sign outside where a sign is inside,
 * which Chinese text does not have.  A mark between makes it a letter.
 */
static void
flank(struct scan *c)
{
	size_t from = c->at, to = c->at, len;
	uint32_t prev = '\n', next = '\n';
	bool wide;

	while (to < c->s.n && c->s.p[to] == c->s.p[from])
		to++;
	c->at = to;
	if (c->s.p[from] == '~' && to == from + 1) {
		/* "1898~1905, 1911~1949" is two spans of years. */
		add(c, MARK_TEXT, from, to, B("~"));
		return;
	}
	if (from > 0)
		prev = utf8_get(c->s, utf8_prev(c->s, from), &len, NULL);
	if (to < c->s.n)
		next = utf8_get(c->s, to, &len, NULL);
	if (is_space(prev) || is_space(next))
		return;
	wide = is_unspaced(width_before(c->s, from), prev) ||
	    is_unspaced(width_after(c->s, to), next);
	if (is_sign(prev) && wide)
		add(c, MARK_FLANK, from, from, B(""));
	if (is_sign(next) && wide)
		add(c, MARK_FLANK, to, to, B(""));
}

/* Over a code span, or over backticks that open none. */
static void
code(struct scan *c)
{
	size_t from = c->at, n = 0, at, k, end;

	while (from + n < c->s.n && c->s.p[from + n] == '`')
		n++;
	end = MIN(c->s.n, from + n + CODE_MAX);
	for (at = from + n; at < end; at += MAX(k, 1)) {
		for (k = 0; at + k < c->s.n && c->s.p[at + k] == '`'; k++)
			;
		if (k == n) {
			c->at = at + k;
			return;
		}
		if (c->s.p[at] == '\n' && at + 1 < c->s.n && c->s.p[at + 1] == '\n')
			break;
	}
	c->at = from + n;
}

/* Over <http://...>, where stars and brackets are part of an address. */
static bool
autolink(struct scan *c)
{
	struct bytes s = rest(c);
	size_t at;

	if (!bytes_starts(s, B("<http")) && !bytes_starts(s, B("<mailto")))
		return false;
	for (at = 1; at < s.n && at < CITE_MAX && s.p[at] > ' ' && s.p[at] != '<'; at++)
		if (s.p[at] == '>') {
			c->at += at + 1;
			return true;
		}
	return false;
}

static bool
link(struct scan *c)
{
	struct bytes s = rest(c), target, label;
	size_t len = link_scan(s, &target, &label);

	if (len == 0)
		return false;
	if (label.p == target.p) {
		add(c, MARK_XREF, c->at, c->at + len, target);
		c->at += len;
		return true;
	}
	/* The label stays and is Markdown; the bar goes, for tables' sake. */
	add(c, MARK_XREF_OPEN, c->at, c->at + (size_t)(label.p - s.p), target);
	c->xref = true;
	c->xref_end = c->at + (size_t)(label.p - s.p) + label.n;
	c->at += (size_t)(label.p - s.p);
	return true;
}

/* Where the "@" of "[@key", "[-@key" or "[see @key" stands in s; 0: nowhere. */
static size_t
cite_sign(struct bytes s)
{
	size_t at, before;

	for (at = 1; at < s.n && at < CITE_MAX && strchr("[]@", s.p[at]) == NULL; at++)
		;
	if (at + 1 >= s.n || s.p[at] != '@' || s.p[at + 1] <= ' ' ||
	    strchr(",;]@", s.p[at + 1]))
		return 0;
	before = at - (s.p[at - 1] == '-');
	return before == 1 || s.p[before - 1] == ' ' || s.p[before - 1] == '\n' ? at : 0;
}

static bool
cite(struct scan *c)
{
	struct bytes s = rest(c);
	size_t at, key = cite_sign(s);

	if (key == 0)
		return false;
	for (at = 1; at < s.n && at < CITE_MAX && s.p[at] != ']'; at++)
		if (s.p[at] == '[' || (s.p[at] == '\n' && s.p[at - 1] == '\n'))
			return false;
	if (at >= s.n || s.p[at] != ']' || at == key + 1 ||
	    (at + 1 < s.n && (s.p[at + 1] == '(' || s.p[at + 1] == '{')))
		return false;
	add(c, MARK_CITE, c->at, c->at + at + 1, bytes_sub(s, 0, at + 1));
	c->at += at + 1;
	return true;
}

static bool
note(struct scan *c)
{
	struct bytes s = rest(c), label;
	size_t at;

	for (at = 2; at < s.n && at < 202 && s.p[at] != ']'; at++)
		if (s.p[at] <= ' ' || s.p[at] == '[')
			return false;
	label = bytes_sub(s, 2, at);
	if (at >= s.n || s.p[at] != ']' || label.n == 0 ||
	    (at + 1 < s.n && s.p[at + 1] == '(') || !c->is_note(c->ctx, label, c->at))
		return false;
	add(c, MARK_NOTE, c->at, c->at + at + 1, label);
	c->at += at + 1;
	return true;
}

static void
bracket(struct scan *c)
{
	struct bytes s = rest(c);

	if (!c->xref && bytes_starts(s, B("[[")) && link(c))
		return;
	if (bytes_starts(s, B("[^")) ? note(c) : cite(c))
		return;
	if (c->n_open == BRACKETS) {	/* the outermost is forgotten */
		memmove(c->open, c->open + 1, (BRACKETS - 1) * sizeof(*c->open));
		c->n_open--;
	}
	c->open[c->n_open++] = c->at++;
}

static size_t
over_blanks(struct bytes s, size_t at)
{
	while (at < s.n && s.p[at] == ' ')
		at++;
	return at;
}

/* "{lang=ja}", "{ lang="ja" }" at s: the tag and how long it all is; 0: none. */
static size_t
lang_attribute(struct bytes s, struct bytes *tag)
{
	unsigned char quote = 0;
	size_t at, from;

	if (s.n == 0 || s.p[0] != '{')
		return 0;
	at = over_blanks(s, 1);
	if (!bytes_starts(bytes_sub(s, at, s.n), B("lang=")))
		return 0;
	at += 5;
	if (at < s.n && (s.p[at] == '"' || s.p[at] == '\''))
		quote = s.p[at++];
	for (from = at; at < s.n && at - from < LANG_TAG_MAX && (s.p[at] == '-' ||
	    (s.p[at] >= '0' && s.p[at] <= '9') ||
	    ((s.p[at] | 0x20) >= 'a' && (s.p[at] | 0x20) <= 'z')); at++)
		;
	*tag = bytes_sub(s, from, at);
	if (tag->n < 2 || (quote && (at >= s.n || s.p[at++] != quote)))
		return 0;
	at = over_blanks(s, at);
	return at < s.n && s.p[at] == '}' ? at + 1 : 0;
}

static void
bracket_end(struct scan *c)
{
	struct bytes tag;
	size_t len;

	if (c->xref && c->at >= c->xref_end) {
		add(c, MARK_CLOSE, c->at, c->at + 2, B("]]"));
		c->xref = false;
		c->at += 2;
		return;
	}
	if (c->n_open) {
		c->n_open--;
		len = lang_attribute(bytes_sub(c->s, c->at + 1, c->s.n), &tag);
		if (len) {
			add(c, MARK_LANG_OPEN, c->open[c->n_open],
			    c->open[c->n_open] + 1, tag);
			add(c, MARK_CLOSE, c->at, c->at + 1 + len, B(""));
			c->at += 1 + len;
			return;
		}
	}
	c->at++;
}

/* A line without what may stand before a table's row. */
static struct bytes
row_of(struct bytes line)
{
	while (line.n && (line.p[0] == ' ' || line.p[0] == '>'))
		line = bytes_sub(line, 1, line.n);
	line = bytes_trim(line);
	if (bytes_starts(line, B("|")))
		line = bytes_sub(line, 1, line.n);
	if (bytes_ends(line, B("|")) && !bytes_ends(line, B("\\|")))
		line.n--;
	return line;
}

static size_t
bars(struct bytes row)
{
	size_t i, n = 0;

	for (i = 0; i < row.n; i++)
		n += row.p[i] == '|' && (i == 0 || row.p[i - 1] != '\\');
	return n;
}

/* "-", ":-", "--:" as a whole cell; *dash: the place of its first "-". */
static bool
is_rule(struct bytes cell, size_t *dash)
{
	struct bytes s = bytes_trim(cell);
	size_t i = 0, n;

	if (i < s.n && s.p[i] == ':')
		i++;
	*dash = (size_t)(s.p - cell.p) + i;
	for (n = i; i < s.n && s.p[i] == '-'; i++)
		;
	n = i - n;
	if (i < s.n && s.p[i] == ':')
		i++;
	return n > 0 && i == s.n;
}

/*
 * The row under a table's head may have one "-" a cell, where md4c wants
 * three signs: the others are lent.  line begins at c->at.
 */
static void
delimiter_row(struct scan *c, struct bytes line)
{
	struct bytes row = row_of(line), head, cell;
	size_t at, end, dash, from = c->at, pass;

	if (row.n == 0 || c->at == 0 || memchr(line.p, '|', line.n) == NULL ||
	    (row.p[0] != '-' && row.p[0] != ':' && row.p[0] != ' '))
		return;
	for (from--; from > 0 && c->s.p[from - 1] != '\n'; from--)
		;
	head = bytes_sub(c->s, from, c->at);
	if (memchr(head.p, '|', head.n) == NULL || bars(row_of(head)) != bars(row))
		return;
	for (pass = 0; pass < 2; pass++) {
		for (at = 0; at <= row.n; at = end + 1) {
			end = bytes_find(bytes_sub(row, at, row.n), B("|"));
			end = end == SIZE_MAX ? row.n : at + end;
			cell = bytes_sub(row, at, end);
			if (!is_rule(cell, &dash))
				return;
			dash += (size_t)(cell.p - c->s.p);
			if (pass && bytes_trim(cell).n < 3)
				add(c, MARK_DASHES, dash, dash, B("--"));
		}
	}
}

/* A new line: a blank one ends what was open, a fence is stepped over. */
static void
newline(struct scan *c)
{
	const unsigned char *nl;
	unsigned char sign;
	struct bytes line;
	size_t fence, next;

	nl = memchr(c->s.p + c->at, '\n', c->s.n - c->at);
	next = nl ? (size_t)(nl - c->s.p) + 1 : c->s.n;
	line = bytes_sub(c->s, c->at, next);
	if (bytes_trim(line).n == 0) {
		c->n_open = 0;
		return;
	}
	delimiter_row(c, line);
	if ((fence = fence_open(line, &sign)) == 0)
		return;
	c->n_open = 0;
	for (c->at = next; c->at < c->s.n; c->at = next) {
		nl = memchr(c->s.p + c->at, '\n', c->s.n - c->at);
		next = nl ? (size_t)(nl - c->s.p) + 1 : c->s.n;
		if (fence_close(bytes_sub(c->s, c->at, next), sign, fence)) {
			c->at = next;
			return;
		}
	}
}

static int
mark_cmp(const void *pa, const void *pb)
{
	const struct mark *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* The text with each mark in the place of what it stands for. */
static void
apply(struct piece *p)
{
	struct bytes s = buf_view(&p->text);
	size_t at = 0, i, turn;

	for (i = 0; i <= p->n; i++) {
		size_t to = i < p->n ? p->mark[i].from : s.n;

		if (to < at)	/* a "[" inside what a later mark took whole */
			to = at;
		for (; at < to; at = turn) {
			turn = MIN(to, srcmap_turn(&p->map, at));
			srcmap_add(&p->marked_map, p->marked.n, srcmap_get(&p->map, at));
			buf_bytes(&p->marked, bytes_sub(s, at, turn));
		}
		if (i == p->n)
			break;
		p->mark[i].at = (uint32_t)p->marked.n;
		if (p->mark[i].type == MARK_DASHES)
			buf_bytes(&p->marked, p->mark[i].arg);
		else
			buf_puts(&p->marked, p->mark[i].type == MARK_TEXT ? MARK_TILDE :
			    MARK_SIGN);
		at = MAX(to, p->mark[i].to);
	}
}

int
mark_text(struct piece *p, bool (*is_note)(void *, struct bytes, size_t), void *ctx)
{
	struct scan c = { .p = p, .s = buf_view(&p->text), .is_note = is_note, .ctx = ctx };
	bool start = true;

	while (c.at < c.s.n && c.rc == 0) {
		unsigned char ch;

		if (start)
			newline(&c);
		if (c.at >= c.s.n)
			break;
		ch = c.s.p[c.at];
		start = ch == '\n' && !c.xref;
		if (ch == '\\')
			c.at = MIN(c.at + 1 + (c.at + 1 < c.s.n && c.s.p[c.at + 1] < 0x80 &&
			    c.s.p[c.at + 1] != '\n'), c.s.n);
		else if (ch == '`')
			code(&c);
		else if (ch == '*' || ch == '~')
			flank(&c);
		else if (ch == '[')
			bracket(&c);
		else if (ch == ']')
			bracket_end(&c);
		else if (ch != '<' || !autolink(&c))
			c.at++;
	}
	if (c.rc < 0)
		return c.rc;
	if (p->n)
		qsort(p->mark, p->n, sizeof(*p->mark), mark_cmp);
	apply(p);
	if (p->marked.err || p->map.failed || p->marked_map.failed)
		return p->marked.err ? p->marked.err : LEISHU_ENOMEM;
	return 0;
}

const struct mark *
mark_at(const struct piece *p, size_t at)
{
	size_t lo = 0, hi = p->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (p->mark[mid].at < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < p->n && p->mark[lo].at == at ? &p->mark[lo] : NULL;
}

size_t
mark_find(struct bytes s, size_t from)
{
	size_t at;

	while ((at = bytes_find(bytes_sub(s, from, s.n), B("\xef\xb7"))) != SIZE_MAX) {
		from += at;
		if (from + 2 < s.n && (s.p[from + 2] == 0x90 || s.p[from + 2] == 0x91))
			return from;
		from += 2;
	}
	return SIZE_MAX;
}

bool
mark_is_tilde(struct bytes s)
{
	return bytes_starts(s, B(MARK_TILDE));
}
