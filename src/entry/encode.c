/* SPDX-License-Identifier: ISC */
/*
 * The stored form of an entry, version 1.  Numbers are varints, a blob is a
 * length and its bytes.
 *
 *	version form source:blob
 *	id title kind lang author published updated status site rights:
 *	    text each
 *	names: n, then form lang scheme reading from to:text, origin, src
 *	subjects: n, text each;  redirects: n, text each
 *	references record extra body:text
 *	nodes: n, then type|flags, from (difference to the node before,
 *	    zigzag), length; NODE_MORE: level tight value; NODE_ARGS: arg
 *	    arg2; without NODE_LEAF: number of nodes below it
 *	spans: n, then type, from - end of the one before, length, a b c:text,
 *	    lo hi:zigzag, doubt
 *	statements: n, then property value:text, lo hi:zigzag, doubt, from, to
 *
 * A text is length * 2 and its bytes, or length * 2 + 1 and its offset in
 * the source, where it stands word for word: a plain body is stored once.
 */
#include "base/limits.h"
#include "base/rd.h"
#include "entry/entry.h"

#define VERSION		1
#define SHARE_MIN	32	/* a shorter body is not looked for in the source */

#define NODE_TYPE	0x1fu
#define NODE_ARGS	0x20u
#define NODE_MORE	0x40u
#define NODE_LEAF	0x80u

_Static_assert(NODE__MAX <= NODE_TYPE + 1, "a node's type has five bits");

static uint64_t
zigzag(int64_t v)
{
	return (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
}

static int64_t
unzigzag(uint64_t v)
{
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static void
put_text(struct buf *out, struct bytes b)
{
	buf_varint(out, (uint64_t)b.n << 1);
	buf_bytes(out, b);
}

static void
put_shared(struct buf *out, struct bytes source, struct bytes b)
{
	size_t at = b.n >= SHARE_MIN ? bytes_find(source, b) : SIZE_MAX;

	if (at == SIZE_MAX) {
		put_text(out, b);
		return;
	}
	buf_varint(out, (uint64_t)b.n << 1 | 1);
	buf_varint(out, at);
}

static void
put_list(struct buf *out, const struct bytes *v, size_t n)
{
	size_t i;

	buf_varint(out, n);
	for (i = 0; i < n; i++)
		put_text(out, v[i]);
}

static void
put_names(struct buf *out, const struct name *v, size_t n)
{
	size_t i;

	buf_varint(out, n);
	for (i = 0; i < n; i++) {
		const struct name *e = &v[i];

		put_text(out, e->form);
		put_text(out, e->lang);
		put_text(out, e->scheme);
		put_text(out, e->reading);
		put_text(out, e->from);
		put_text(out, e->to);
		buf_varint(out, e->origin);
		buf_varint(out, e->src);
	}
}

static void
put_nodes(struct buf *out, const struct node *v, size_t n)
{
	uint32_t before = 0;
	size_t i;

	buf_varint(out, n);
	for (i = 0; i < n; i++) {
		const struct node *e = &v[i];
		unsigned int flags = e->type;

		if (e->arg.n || e->arg2.n)
			flags |= NODE_ARGS;
		if (e->level || e->tight || e->value)
			flags |= NODE_MORE;
		if (e->next == i + 1)
			flags |= NODE_LEAF;
		buf_putc(out, (int)flags);
		buf_varint(out, zigzag((int64_t)e->from - (int64_t)before));
		buf_varint(out, e->to - e->from);
		if (flags & NODE_MORE) {
			buf_putc(out, e->level);
			buf_putc(out, e->tight);
			buf_varint(out, e->value);
		}
		if (flags & NODE_ARGS) {
			put_text(out, e->arg);
			put_text(out, e->arg2);
		}
		if (!(flags & NODE_LEAF))
			buf_varint(out, e->next - i - 1);
		before = e->from;
	}
}

static void
put_days(struct buf *out, int32_t lo, int32_t hi, uint8_t doubt)
{
	buf_varint(out, zigzag(lo));
	buf_varint(out, zigzag(hi));
	buf_varint(out, doubt);
}

static void
put_spans(struct buf *out, const struct span *v, size_t n)
{
	size_t i;
	uint32_t before = 0;

	buf_varint(out, n);
	for (i = 0; i < n; i++) {
		const struct span *e = &v[i];

		buf_varint(out, e->type);
		buf_varint(out, e->from - before);
		buf_varint(out, e->to - e->from);
		put_text(out, e->a);
		put_text(out, e->b);
		put_text(out, e->c);
		put_days(out, e->lo, e->hi, e->doubt);
		before = e->to;
	}
}

static void
put_statements(struct buf *out, const struct statement *v, size_t n)
{
	size_t i;

	buf_varint(out, n);
	for (i = 0; i < n; i++) {
		const struct statement *e = &v[i];

		put_text(out, e->property);
		put_text(out, e->value);
		put_days(out, e->lo, e->hi, e->doubt);
		buf_varint(out, e->from);
		buf_varint(out, e->to);
	}
}

/* The plain fields of an entry, in stored order. */
static const size_t fields[] = {
	offsetof(struct entry, id),
	offsetof(struct entry, title),
	offsetof(struct entry, kind),
	offsetof(struct entry, lang),
	offsetof(struct entry, author),
	offsetof(struct entry, published),
	offsetof(struct entry, updated),
	offsetof(struct entry, status),
	offsetof(struct entry, site),
	offsetof(struct entry, rights),
};

static struct bytes *
field(struct entry *e, size_t i)
{
	return (struct bytes *)(void *)((char *)e + fields[i]);
}

void
entry_encode(const struct entry *e, struct buf *out)
{
	struct entry copy = *e;
	size_t i;

	buf_putc(out, VERSION);
	buf_putc(out, e->form);
	buf_blob(out, e->source);
	for (i = 0; i < NELEM(fields); i++)
		put_text(out, *field(&copy, i));
	put_names(out, e->name, e->n_names);
	put_list(out, e->subject, e->n_subjects);
	put_list(out, e->redirect, e->n_redirects);
	put_text(out, e->references);
	put_text(out, e->record);
	put_text(out, e->extra);
	put_shared(out, e->source, e->text);
	put_nodes(out, e->node, e->n_nodes);
	put_spans(out, e->span, e->n_spans);
	put_statements(out, e->statement, e->n_statements);
}

/* What is being decoded; source is where shared texts point. */
struct in {
	struct rd r;
	struct arena *a;
	struct bytes source;
};

static struct bytes
get_text(struct in *in)
{
	uint64_t head = rd_varint(&in->r), at;
	uint64_t n = head >> 1;

	if (!(head & 1)) {
		if (n <= rd_left(&in->r))
			return rd_take(&in->r, (size_t)n);
		in->r.bad = true;
		return (struct bytes){ NULL, 0 };
	}
	at = rd_varint(&in->r);
	if (at > in->source.n || n > in->source.n - at) {
		in->r.bad = true;
		return (struct bytes){ NULL, 0 };
	}
	return bytes_make(in->source.p + at, (size_t)n);
}

/*
 * A count of things that take at least min bytes each, and room for them in
 * *v; 0 when there are none or the count cannot be.
 */
static size_t
get_array(struct in *in, size_t min, size_t max, size_t size, void *v)
{
	uint64_t n = rd_varint(&in->r);
	void *p;

	if (n > max || n > rd_left(&in->r) / min)
		in->r.bad = true;
	if (n == 0 || in->r.bad)
		return 0;
	if ((p = arena_array(in->a, (size_t)n, size)) == NULL)
		return 0;
	memcpy(v, &p, sizeof(p));
	return (size_t)n;
}

static uint8_t
get_u8(struct in *in, uint32_t max)
{
	return (uint8_t)rd_u32(&in->r, max);
}

static void
get_names(struct in *in, struct entry *e)
{
	size_t i;

	e->n_names = get_array(in, 8, LIMIT_NAMES, sizeof(*e->name), &e->name);
	for (i = 0; i < e->n_names && !in->r.bad; i++) {
		struct name *v = &e->name[i];

		v->form = get_text(in);
		v->lang = get_text(in);
		v->scheme = get_text(in);
		v->reading = get_text(in);
		v->from = get_text(in);
		v->to = get_text(in);
		v->origin = get_u8(in, NAME_ORIGIN__MAX - 1);
		v->src = rd_u32(&in->r, UINT32_MAX);
	}
}

static void
get_list(struct in *in, struct bytes **v, size_t *n)
{
	size_t i;

	*n = get_array(in, 1, LIMIT_NAMES, sizeof(**v), v);
	for (i = 0; i < *n && !in->r.bad; i++)
		(*v)[i] = get_text(in);
}

/* One node's own fields; its place in the tree is checked by get_nodes. */
static void
get_node(struct in *in, struct node *v, uint32_t i, uint32_t before)
{
	struct bytes head = rd_take(&in->r, 1);
	unsigned int flags;
	int64_t from;
	uint64_t to;

	if (in->r.bad)
		return;
	flags = head.p[0];
	v->type = flags & NODE_TYPE;
	from = unzigzag(rd_varint(&in->r) & ((UINT64_C(1) << 40) - 1)) +
	    (int64_t)before;
	if (from < 0 || from > UINT32_MAX) {
		in->r.bad = true;
		return;
	}
	to = (uint64_t)from + rd_u32(&in->r, UINT32_MAX);
	if (flags & NODE_MORE) {
		v->level = get_u8(in, UINT8_MAX);
		v->tight = get_u8(in, 1);
		v->value = rd_u32(&in->r, UINT32_MAX);
	}
	if (flags & NODE_ARGS) {
		v->arg = get_text(in);
		v->arg2 = get_text(in);
	}
	v->next = i + 1;
	if (!(flags & NODE_LEAF))
		v->next += rd_u32(&in->r, LIMIT_NODES);
	if (v->type >= NODE__MAX || to > UINT32_MAX)
		in->r.bad = true;
	v->from = (uint32_t)from;
	v->to = (uint32_t)to;
}

/* Every subtree lies inside its parent's, in nodes and in text. */
static void
get_nodes(struct in *in, struct entry *e)
{
	uint32_t open[LIMIT_DEPTH], before = 0, i, n;
	size_t depth = 0;

	n = (uint32_t)get_array(in, 3, LIMIT_NODES, sizeof(*e->node), &e->node);
	e->n_nodes = n;
	for (i = 0; i < n && !in->r.bad; i++) {
		struct node *v = &e->node[i];
		uint32_t last = n;
		struct { uint32_t from, to; } room = { 0, (uint32_t)e->text.n };

		while (depth && e->node[open[depth - 1]].next <= i)
			depth--;
		if (depth) {
			last = e->node[open[depth - 1]].next;
			room.from = e->node[open[depth - 1]].from;
			room.to = e->node[open[depth - 1]].to;
		}
		get_node(in, v, i, before);
		if (v->next > last || v->from < room.from || v->to > room.to ||
		    depth == NELEM(open))
			in->r.bad = true;
		if (in->r.bad)
			break;
		if (v->next > i + 1)
			open[depth++] = i;
		before = v->from;
	}
}

static void
get_days(struct in *in, int32_t *lo, int32_t *hi, uint8_t *doubt)
{
	int64_t a = unzigzag(rd_u32(&in->r, UINT32_MAX));
	int64_t b = unzigzag(rd_u32(&in->r, UINT32_MAX));

	*lo = (int32_t)a;
	*hi = (int32_t)b;
	*doubt = get_u8(in, 100);
}

static void
get_spans(struct in *in, struct entry *e)
{
	uint32_t end = (uint32_t)e->text.n, before = 0;
	size_t i;

	e->n_spans = get_array(in, 9, LIMIT_NODES, sizeof(*e->span), &e->span);
	for (i = 0; i < e->n_spans && !in->r.bad; i++) {
		struct span *v = &e->span[i];

		v->type = get_u8(in, SPAN__MAX - 1);
		v->from = before + rd_u32(&in->r, end - before);
		v->to = v->from + rd_u32(&in->r, end - v->from);
		v->a = get_text(in);
		v->b = get_text(in);
		v->c = get_text(in);
		get_days(in, &v->lo, &v->hi, &v->doubt);
		before = v->to;
	}
}

static void
get_statements(struct in *in, struct entry *e)
{
	uint32_t end = (uint32_t)e->text.n;
	size_t i;

	e->n_statements = get_array(in, 7, LIMIT_NODES, sizeof(*e->statement),
	    &e->statement);
	for (i = 0; i < e->n_statements && !in->r.bad; i++) {
		struct statement *v = &e->statement[i];

		v->property = get_text(in);
		v->value = get_text(in);
		get_days(in, &v->lo, &v->hi, &v->doubt);
		v->from = rd_u32(&in->r, end);
		v->to = rd_u32(&in->r, end);
		if (v->to < v->from)
			in->r.bad = true;
	}
}

int
entry_decode(struct bytes b, struct arena *a, struct entry **ret)
{
	struct in in = { rd_make(b), a, { NULL, 0 } };
	struct entry *e = ARENA_NEW(a, struct entry);
	size_t i;

	if (e == NULL)
		return LEISHU_ENOMEM;
	if (rd_u32(&in.r, UINT32_MAX) != VERSION)
		return LEISHU_EFORMAT;
	e->form = get_u8(&in, SOURCE_FORM__MAX - 1);
	e->source = in.source = rd_blob(&in.r);
	for (i = 0; i < NELEM(fields); i++)
		*field(e, i) = get_text(&in);
	get_names(&in, e);
	get_list(&in, &e->subject, &e->n_subjects);
	get_list(&in, &e->redirect, &e->n_redirects);
	e->references = get_text(&in);
	e->record = get_text(&in);
	e->extra = get_text(&in);
	e->text = get_text(&in);
	if (e->text.n >= UINT32_MAX)
		in.r.bad = true;
	if (!in.r.bad)
		get_nodes(&in, e);
	if (!in.r.bad)
		get_spans(&in, e);
	if (!in.r.bad)
		get_statements(&in, e);
	if (a->err)
		return LEISHU_ENOMEM;
	if (in.r.bad || rd_left(&in.r) != 0)
		return LEISHU_EFORMAT;
	*ret = e;
	return 0;
}
