/* SPDX-License-Identifier: ISC */
/*
 * "[see @a, 309; -@b]" as Pandoc writes it.  It covers its brackets; each key
 * is a node of its own, and what stands before a key is read from its words.
 */
#include "entry/mark.h"

/* Where the citation that begins at at ends: before the next one's ";", or with s. */
static size_t
cite_end(struct bytes s, size_t at)
{
	size_t semi = SIZE_MAX;
	bool seen = false;

	for (; at < s.n; at++) {
		if (s.p[at] == ';' && seen)
			semi = at;
		if (s.p[at] != '@')
			continue;
		if (semi != SIZE_MAX)
			return semi;
		seen = true;
	}
	return s.n;
}

/* Over a line end and what stands before the next line's words. */
static size_t
over_line_end(struct bytes s, size_t at)
{
	while (at < s.n && (s.p[at] <= ' ' || s.p[at] == '>'))
		at++;
	return at;
}

/* Words that may go over a line's end, which is a blank. */
static void
put_lines(struct tree *t, struct bytes s, size_t src)
{
	size_t at = 0, nl;

	while ((nl = bytes_find(bytes_sub(s, at, s.n), B("\n"))) != SIZE_MAX) {
		tree_text(t, bytes_sub(s, at, at + nl), src + at);
		tree_text(t, B(" "), TREE_NO_SRC);
		at = over_line_end(s, at + nl);
	}
	tree_text(t, bytes_sub(s, at, s.n), src + at);
}

/* One citation as it is written, "see @key, 309": key and locator are its node's. */
static void
put_one(struct tree *t, struct arena *a, struct bytes s, size_t src)
{
	struct node *v = tree_open(t, NODE_CITE);
	size_t node = t->n - 1, from = t->text.n, n;
	struct bytes key, loc;

	put_lines(t, s, src);
	tree_close(t);
	if (v == NULL || t->text.err)
		return;
	s = bytes_sub(buf_view(&t->text), from, t->text.n);
	key = bytes_sub(s, bytes_find(s, B("@")) + 1, s.n);
	for (n = 0; n < key.n && key.p[n] > ' ' && strchr(",;]", key.p[n]) == NULL; n++)
		;
	loc = bytes_sub(key, n, key.n);
	if (bytes_ends(loc, B("]")))
		loc.n--;
	while (loc.n && (strchr(",;", loc.p[0]) || loc.p[0] == ' '))
		loc = bytes_sub(loc, 1, loc.n);
	while (loc.n && (loc.p[loc.n - 1] == ';' || loc.p[loc.n - 1] == ' '))
		loc.n--;
	t->node[node].arg = arena_bytes(a, bytes_sub(key, 0, n));
	t->node[node].arg2 = arena_bytes(a, loc);
}

void
cite_put(struct tree *t, struct arena *a, struct bytes s, size_t src)
{
	size_t at = 0, end, next;

	while (at < s.n) {
		end = cite_end(s, at);
		put_one(t, a, bytes_sub(s, at, end), src + at);
		for (next = end; next < s.n && (s.p[next] == ';' || s.p[next] == ' '); next++)
			;
		tree_text(t, bytes_sub(s, end, next), src + end);
		at = next;
	}
}
