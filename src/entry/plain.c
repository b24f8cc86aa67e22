/* SPDX-License-Identifier: ISC */
/* Plain words: paragraphs, line breaks and [[links]], nothing else. */
#include "entry/reader.h"

#define LINK_MAX	1024	/* bytes of a whole [[target|label]] */

size_t
link_scan(struct bytes s, struct bytes *target, struct bytes *label)
{
	struct bytes in;
	size_t end, bar = SIZE_MAX, i;

	if (!bytes_starts(s, B("[[")))
		return 0;
	for (end = 2; end < s.n && end < LINK_MAX && s.p[end] != ']'; end++)
		if (s.p[end] == '\n' || s.p[end] == '[')
			return 0;
	if (end + 1 >= s.n || s.p[end] != ']' || s.p[end + 1] != ']')
		return 0;
	in = bytes_sub(s, 2, end);
	for (i = 0; i < in.n && bar == SIZE_MAX; i++)
		if (in.p[i] == '|')
			bar = i;
	*target = bytes_trim(bytes_sub(in, 0, bar));
	*label = bar == SIZE_MAX ? *target : bytes_trim(bytes_sub(in, bar + 1, in.n));
	if (label->n == 0)
		*label = *target;
	return target->n ? end + 2 : 0;
}

void
plain_words(struct tree *t, struct arena *a, struct bytes s, size_t src)
{
	struct bytes target, label;
	const unsigned char *hit;
	size_t from = 0, at = 0, len;
	struct node *v;

	while (at < s.n && (hit = memchr(s.p + at, '[', s.n - at)) != NULL) {
		at = (size_t)(hit - s.p);
		len = link_scan(bytes_sub(s, at, s.n), &target, &label);
		if (len == 0) {
			at++;
			continue;
		}
		tree_text(t, bytes_sub(s, from, at), src + from);
		if ((v = tree_open(t, NODE_XREF)) != NULL)
			v->arg = arena_bytes(a, target);
		tree_text(t, label, src + (size_t)(label.p - s.p));
		tree_close(t);
		at += len;
		from = at;
	}
	tree_text(t, bytes_sub(s, from, s.n), src + from);
}

void
plain_body(struct tree *t, struct arena *a, struct bytes body)
{
	size_t at = 0, next, end;
	bool open = false;
	struct bytes line;

	for (; at < body.n; at = next) {
		const unsigned char *nl = memchr(body.p + at, '\n', body.n - at);

		end = nl ? (size_t)(nl - body.p) : body.n;
		next = nl ? end + 1 : end;
		if (end > at && body.p[end - 1] == '\r')
			end--;
		line = bytes_sub(body, at, end);
		if (bytes_trim(line).n == 0) {
			if (open)
				tree_close(t);
			open = false;
			continue;
		}
		if (open)
			(void)tree_leaf(t, NODE_BREAK, B("\n"), TREE_NO_SRC);
		else
			(void)tree_open(t, NODE_PARA);
		open = true;
		plain_words(t, a, line, at);
	}
	if (open)
		tree_close(t);
}
