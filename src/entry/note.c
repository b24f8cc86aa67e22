/* SPDX-License-Identifier: ISC */
/* Footnotes, which md4c has not: definitions are taken out of the text. */
#include "base/vec.h"
#include "entry/mark.h"

#define LABEL_MAX	200
#define NOTES_MAX	65536

static size_t
line_end(struct bytes s, size_t at)
{
	const unsigned char *nl = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

	return nl ? (size_t)(nl - s.p) + 1 : s.n;
}

static size_t
indent(struct bytes line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

size_t
fence_open(struct bytes line, unsigned char *sign)
{
	size_t at = indent(line), n = 0;

	if (at > 3 || at >= line.n || (line.p[at] != '`' && line.p[at] != '~'))
		return 0;
	*sign = line.p[at];
	while (at + n < line.n && line.p[at + n] == *sign)
		n++;
	if (n < 3 || (*sign == '`' && memchr(line.p + at + n, '`', line.n - at - n)))
		return 0;
	return n;
}

bool
fence_close(struct bytes line, unsigned char sign, size_t len)
{
	size_t at = indent(line), n = 0;

	while (at + n < line.n && line.p[at + n] == sign)
		n++;
	return at <= 3 && n >= len && bytes_trim(bytes_sub(line, at + n, line.n)).n == 0;
}

/* "[^label]:" at the start of a line: where the text begins; 0: none. */
static size_t
definition(struct bytes line, struct bytes *label)
{
	size_t at = indent(line), end;

	if (at > 3 || !bytes_starts(bytes_sub(line, at, line.n), B("[^")))
		return 0;
	for (end = at += 2; end < line.n && line.p[end] != ']'; end++)
		if (line.p[end] <= ' ' || line.p[end] == '[' || end - at >= LABEL_MAX)
			return 0;
	if (end == at || end + 1 >= line.n || line.p[end + 1] != ':')
		return 0;
	*label = bytes_sub(line, at, end);
	for (end += 2; end < line.n && (line.p[end] == ' ' || line.p[end] == '\t'); end++)
		;
	return end;
}

struct note *
notes_get(const struct notes *n, struct bytes label)
{
	const uint64_t *slot = map_get(&n->index, label);

	return slot ? &n->v[*slot] : NULL;
}

void
notes_release(struct notes *n)
{
	size_t i;

	for (i = 0; i < n->n; i++)
		piece_release(&n->v[i].piece);
	free(n->v);
	map_release(&n->index);
	*n = (struct notes){ 0 };
}

struct split {
	struct bytes text;
	const struct srcmap *map;
	size_t base;		/* of text in what map speaks of */
	struct notes *notes;
};

/* [from, to) of the text goes to a piece. */
static void
take(struct split *s, struct piece *p, size_t from, size_t to)
{
	size_t at = from, turn;

	for (; at < to; at = turn) {
		turn = MIN(to, srcmap_turn(s->map, s->base + at) - s->base);
		srcmap_add(&p->map, p->text.n, srcmap_get(s->map, s->base + at));
		buf_bytes(&p->text, bytes_sub(s->text, at, turn));
	}
}

/* Four blanks or a tab, that a footnote's further lines stand behind. */
static size_t
hanging(struct bytes line)
{
	size_t n = indent(line);

	if (n >= 4)
		return 4;
	return n < line.n && line.p[n] == '\t' ? n + 1 : 0;
}

/*
 * The lines of a note after its first: those that follow at once, and
 * indented ones after blank lines.  Gives where it ends.
 */
static size_t
note_lines(struct split *s, struct piece *p, size_t at)
{
	size_t end, next, skip;
	struct bytes line, label;
	bool blank = false;

	for (; at < s->text.n; at = end) {
		end = line_end(s->text, at);
		line = bytes_sub(s->text, at, end);
		if (bytes_trim(line).n == 0) {
			/* Blank lines belong to it if an indented one follows. */
			for (next = end; next < s->text.n &&
			    bytes_trim(bytes_sub(s->text, next, line_end(s->text, next))).n == 0; )
				next = line_end(s->text, next);
			if (next >= s->text.n || hanging(bytes_sub(s->text, next,
			    line_end(s->text, next))) == 0)
				return at;
			take(s, p, at, end);
			end = next;
			blank = true;
			continue;
		}
		skip = hanging(line);
		if (skip == 0 && (blank || definition(line, &label)))
			return at;
		take(s, p, at + skip, end);
	}
	return at;
}

static struct note *
note_new(struct split *s, struct bytes label, size_t at, bool *fresh)
{
	struct notes *n = s->notes;
	uint64_t *slot;

	if (vec_room(&n->v, n->n, &n->cap, sizeof(*n->v), NOTES_MAX) < 0 ||
	    (slot = map_put(&n->index, label, fresh)) == NULL)
		return NULL;
	if (*fresh)
		*slot = n->n;
	n->v[n->n] = (struct note){ .label = label,
		.label_at = srcmap_get(s->map, s->base + at) };
	return &n->v[n->n++];
}

int
notes_split(struct bytes text, const struct srcmap *map, size_t map_base,
    struct piece *body, struct notes *ret,
    void (*twice)(void *, struct bytes, size_t), void *ctx)
{
	struct split s = { text, map, map_base, ret };
	size_t at = 0, end, skip, fence = 0;
	unsigned char sign = 0;
	struct bytes line, label;
	struct note *note;
	bool fresh;

	for (; at < text.n; at = end) {
		end = line_end(text, at);
		line = bytes_sub(text, at, end);
		if (fence) {
			if (fence_close(line, sign, fence))
				fence = 0;
		} else if ((skip = definition(line, &label)) != 0 && ret->n < NOTES_MAX) {
			if ((note = note_new(&s, label, (size_t)(label.p - text.p),
			    &fresh)) == NULL)
				return LEISHU_ENOMEM;
			if (!fresh)
				twice(ctx, label, note->label_at);
			take(&s, &note->piece, at + skip, end);
			end = note_lines(&s, &note->piece, end);
			buf_putc(&body->text, '\n');	/* it parts what stood around it */
			continue;
		} else {
			fence = fence_open(line, &sign);
		}
		take(&s, body, at, end);
	}
	return body->text.err;
}
