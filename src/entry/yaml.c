/* SPDX-License-Identifier: ISC */
/*
 * The YAML of a head, by libyaml's events, into values with their places.
 * libyaml takes duplicate keys and any number of aliases; both are watched
 * here.  After an error what was read before it stands.
 */
#include <stdio.h>
#include <yaml.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "entry/yaml.h"

struct frame {
	struct value *v;
	bool keyed;		/* a key waits for its value */
	bool lost;		/* that key is no text: its value goes, too */
	struct value key;	/* text, key_from, key_to */
};

struct yaml {
	yaml_parser_t parser;
	const struct yaml_in *in;
	struct arena *a;
	struct frame stack[LIMIT_DEPTH];
	size_t depth;
	size_t nodes;
	bool root_seen;
	struct map keys;	/* mapping's address and key: is it there? */
	struct map anchors;	/* name to address of a value */
	struct buf key;
	/* A place in the text: libyaml counts characters. */
	size_t chars, at;
	int rc;
};

static void	fault(struct yaml *y, enum diag_code code, size_t from, size_t to,
		    const char *fmt, ...) PRINTF(5, 6);

static void
fault(struct yaml *y, enum diag_code code, size_t from, size_t to, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	y->in->say(y->in->ctx, code, from, to, text);
}

/* Byte offset of a mark; marks mostly ascend, so this walks on. */
static size_t
offset(struct yaml *y, yaml_mark_t m)
{
	uint32_t cp;

	if (m.index < y->chars)
		y->chars = y->at = 0;
	while (y->chars < m.index && utf8_next(y->in->text, &y->at, &cp))
		y->chars++;
	return y->at;
}

static size_t
source(struct yaml *y, yaml_mark_t m)
{
	return y->in->where(y->in->ctx, offset(y, m));
}

/* A node more; false (after a finding, once) when there are too many. */
static bool
count_node(struct yaml *y, size_t from)
{
	if (++y->nodes <= LIMIT_YAML_NODES)
		return true;
	fault(y, DIAG_TOO_LARGE, from, from, "more than %u nodes, aliases counted "
	    "each time", LIMIT_YAML_NODES);
	y->rc = 1;
	return false;
}

/* Is the key new in its mapping? */
static bool
key_is_new(struct yaml *y, const struct value *map, struct bytes key)
{
	uintptr_t at = (uintptr_t)map;
	bool fresh = true;

	buf_clear(&y->key);
	buf_add(&y->key, &at, sizeof(at));
	buf_bytes(&y->key, key);
	if (y->key.err || map_put(&y->keys, buf_view(&y->key), &fresh) == NULL)
		y->rc = LEISHU_ENOMEM;
	return fresh;
}

/* Where the next value belongs; NULL without memory. */
static struct value *
place(struct yaml *y)
{
	struct frame *f = &y->stack[y->depth - 1];
	struct value *v;

	if (f->lost || (f->v->type == VALUE_MAP &&
	    !key_is_new(y, f->v, f->key.text))) {
		if (!f->lost)
			fault(y, DIAG_KEY_TWICE, f->key.key_from, f->key.key_to,
			    "the key '%.*s' stands twice; the first is taken",
			    (int)MIN(f->key.text.n, 100), (const char *)f->key.text.p);
		v = ARENA_NEW(y->a, struct value);	/* hangs nowhere */
		if (v != NULL)
			v->parent = f->v;
	} else {
		v = value_add(f->v, y->a);
	}
	if (v == NULL) {
		y->rc = LEISHU_ENOMEM;
		return NULL;
	}
	v->key = f->key.text;
	v->key_from = f->key.key_from;
	v->key_to = f->key.key_to;
	f->keyed = f->lost = false;
	return v;
}

/* The event is a mapping's key, not a value. */
static bool
is_key(const struct yaml *y)
{
	const struct frame *f = &y->stack[y->depth - 1];

	return f->v->type == VALUE_MAP && !f->keyed;
}

static void
remember(struct yaml *y, const yaml_char_t *anchor, struct value *v)
{
	uint64_t *slot;

	if (anchor == NULL)
		return;
	slot = map_put(&y->anchors, bytes_str((const char *)anchor), NULL);
	if (slot == NULL)
		y->rc = LEISHU_ENOMEM;
	else
		*slot = (uint64_t)(uintptr_t)v;
}

static enum value_type
plain_type(struct bytes s)
{
	if (s.n == 0 || bytes_eq(s, B("~")) || bytes_eq(s, B("null")))
		return VALUE_NULL;
	if (bytes_eq(s, B("true")) || bytes_eq(s, B("false")))
		return VALUE_BOOL;
	return value_is_number(s) ? VALUE_NUMBER : VALUE_STRING;
}

static void
scalar(struct yaml *y, const yaml_event_t *ev)
{
	struct bytes text = arena_bytes(y->a, bytes_make(ev->data.scalar.value,
	    ev->data.scalar.length));
	size_t from = source(y, ev->start_mark), to = source(y, ev->end_mark);
	struct value *v;

	if (is_key(y)) {
		struct frame *f = &y->stack[y->depth - 1];

		f->key.text = text;
		f->key.key_from = (uint32_t)from;
		f->key.key_to = (uint32_t)to;
		f->keyed = true;
		return;
	}
	if ((v = place(y)) == NULL)
		return;
	v->type = (uint8_t)(ev->data.scalar.plain_implicit ? plain_type(text) :
	    VALUE_STRING);
	v->text = text;
	v->from = (uint32_t)from;
	v->to = (uint32_t)to;
	remember(y, ev->data.scalar.anchor, v);
}

static void
opens(struct yaml *y, const yaml_event_t *ev, enum value_type type, const yaml_char_t *anchor)
{
	size_t from = source(y, ev->start_mark), to = source(y, ev->end_mark);
	struct value *v;

	if (y->depth == LIMIT_DEPTH) {
		fault(y, DIAG_TOO_DEEP, from, to, "nested deeper than %d levels", LIMIT_DEPTH);
		y->rc = 1;
		return;
	}
	if (is_key(y)) {
		struct frame *f = &y->stack[y->depth - 1];

		fault(y, DIAG_FIELD_BAD, from, to, "a key wants to be a text");
		f->keyed = f->lost = true;
		f->key = (struct value){ .key_from = (uint32_t)from, .key_to = (uint32_t)to };
		v = place(y);
		f->keyed = f->lost = true;	/* the value is still to come */
	} else {
		v = place(y);
	}
	if (v == NULL)
		return;
	v->type = (uint8_t)type;
	v->from = (uint32_t)from;
	v->to = (uint32_t)to;
	remember(y, anchor, v);
	y->stack[y->depth++] = (struct frame){ .v = v };
}

static int
copy(struct yaml *y, const struct value *from, struct value *to, size_t depth)
{
	const struct value *c;
	struct value *v;

	to->type = from->type;
	to->text = from->text;
	if (depth >= LIMIT_DEPTH && from->child) {
		fault(y, DIAG_TOO_DEEP, to->from, to->to, "nested deeper than %d levels",
		    LIMIT_DEPTH);
		y->rc = 1;
	}
	for (c = from->child; c != NULL && y->rc == 0; c = c->next) {
		if (!count_node(y, to->from))
			break;
		if ((v = value_add(to, y->a)) == NULL)
			return y->rc = LEISHU_ENOMEM;
		v->key = c->key;
		v->key_from = c->key_from;
		v->key_to = c->key_to;
		v->from = c->from;
		v->to = c->to;
		(void)copy(y, c, v, depth + 1);
	}
	return y->rc;
}

static void
alias(struct yaml *y, const yaml_event_t *ev)
{
	const uint64_t *slot = map_get(&y->anchors,
	    bytes_str((const char *)ev->data.alias.anchor));
	size_t from = source(y, ev->start_mark), to = source(y, ev->end_mark), i;
	const struct value *target;
	struct value *v;

	target = slot ? (const struct value *)(uintptr_t)*slot : NULL;
	for (i = 0; i < y->depth; i++)
		if (y->stack[i].v == target)
			target = NULL;	/* holds itself */
	if (target == NULL)
		fault(y, DIAG_HEAD_BAD, from, to, "the alias '*%s' means nothing here",
		    (const char *)ev->data.alias.anchor);
	if (is_key(y)) {
		struct frame *f = &y->stack[y->depth - 1];

		f->keyed = true;
		f->lost = target == NULL || !value_is_scalar(target);
		f->key = (struct value){ .text = f->lost ? B("") : target->text,
			.key_from = (uint32_t)from, .key_to = (uint32_t)to };
		return;
	}
	if ((v = place(y)) == NULL)
		return;
	v->from = (uint32_t)from;
	v->to = (uint32_t)to;
	if (target != NULL)
		(void)copy(y, target, v, y->depth);
}

static void
event(struct yaml *y, const yaml_event_t *ev)
{
	size_t from = source(y, ev->start_mark);

	switch (ev->type) {
	case YAML_SCALAR_EVENT:
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
	case YAML_ALIAS_EVENT:
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		y->depth--;
		return;
	default:
		return;
	}
	if (!count_node(y, from))
		return;
	if (!y->root_seen) {
		y->root_seen = true;
		if (ev->type == YAML_MAPPING_START_EVENT) {
			y->stack[0].v->type = VALUE_MAP;
			remember(y, ev->data.mapping_start.anchor, y->stack[0].v);
		} else {
			fault(y, DIAG_HEAD_BAD, from, source(y, ev->end_mark),
			    "wants lines like 'title: ...'");
			y->rc = 1;
		}
		return;
	}
	if (ev->type == YAML_SCALAR_EVENT)
		scalar(y, ev);
	else if (ev->type == YAML_ALIAS_EVENT)
		alias(y, ev);
	else if (ev->type == YAML_SEQUENCE_START_EVENT)
		opens(y, ev, VALUE_LIST, ev->data.sequence_start.anchor);
	else
		opens(y, ev, VALUE_MAP, ev->data.mapping_start.anchor);
}

/* What libyaml says, and what it means to who wrote it. */
static const struct {
	const char *problem;
	const char *words;
	bool context;		/* where it began tells more than where it ended */
} plainer[] = {
	{ "mapping values are not allowed in this context",
	    "a value with ': ' in it wants quotes", false },
	{ "found unexpected end of stream", "a quotation mark has no other", true },
	{ "found unexpected document indicator", "a quotation mark has no other", true },
	{ "did not find expected ',' or ']'", "a '[' has no ']', or a ',' is missing", true },
	{ "did not find expected ',' or '}'", "a '{' has no '}', or a ',' is missing", true },
	{ "did not find expected key", "this line does not stand under the others", false },
	{ "did not find expected '-' indicator",
	    "this line does not stand under the others", false },
	{ "could not find expected ':'", "a line wants 'field: value'", true },
	{ "control characters are not allowed", "a control character", false },
};

/* What cannot begin a value: a tab, or a sign that YAML keeps for itself. */
static void
bad_start(struct yaml *y, size_t at)
{
	size_t in = offset(y, y->parser.problem_mark);
	unsigned char c = in < y->in->text.n ? y->in->text.p[in] : 0;

	if (c == '\t')
		fault(y, DIAG_HEAD_BAD, at, at, "not YAML: a tab stands where blanks belong");
	else
		fault(y, DIAG_HEAD_BAD, at, at, "not YAML: a value that begins with '%c' "
		    "wants quotes", c);
}

/* libyaml gives a place in characters, or for broken input in bytes. */
static void
syntax(struct yaml *y)
{
	const yaml_parser_t *p = &y->parser;
	const char *problem = p->problem ? p->problem : "";
	size_t at = source(y, p->problem_mark), i;

	if (p->error == YAML_MEMORY_ERROR) {
		y->rc = LEISHU_ENOMEM;
		return;
	}
	y->rc = 1;
	if (p->error == YAML_READER_ERROR)
		at = y->in->where(y->in->ctx, p->problem_offset);
	if (strcmp(problem, "found character that cannot start any token") == 0) {
		bad_start(y, at);
		return;
	}
	for (i = 0; i < NELEM(plainer); i++) {
		if (strcmp(problem, plainer[i].problem) != 0)
			continue;
		if (plainer[i].context && p->context)
			at = source(y, p->context_mark);
		fault(y, DIAG_HEAD_BAD, at, at, "not YAML: %s", plainer[i].words);
		return;
	}
	fault(y, DIAG_HEAD_BAD, at, at, "not YAML: %s%s%s", problem,
	    p->context ? " " : "", p->context ? p->context : "");
}

int
yaml_read(const struct yaml_in *in, struct arena *a, struct value *root)
{
	struct yaml *y = calloc(1, sizeof(*y));
	bool end = false;
	int rc;

	if (y == NULL)
		return LEISHU_ENOMEM;
	y->in = in;
	y->a = a;
	y->stack[0].v = root;
	y->depth = 1;
	if (!yaml_parser_initialize(&y->parser)) {
		free(y);
		return LEISHU_ENOMEM;
	}
	yaml_parser_set_encoding(&y->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&y->parser, in->text.p ? in->text.p :
	    (const unsigned char *)"", in->text.n);
	while (y->rc == 0 && !end) {
		yaml_event_t ev;

		if (!yaml_parser_parse(&y->parser, &ev)) {
			syntax(y);
			break;
		}
		/* The root's own end empties the stack: nothing follows it. */
		end = ev.type == YAML_STREAM_END_EVENT ||
		    (ev.type == YAML_DOCUMENT_END_EVENT);
		if (!end)
			event(y, &ev);
		end = end || (y->root_seen && y->depth == 0);
		yaml_event_delete(&ev);
	}
	rc = MIN(y->rc, 0);
	if (rc == 0)
		rc = a->err;
	yaml_parser_delete(&y->parser);
	map_release(&y->keys);
	map_release(&y->anchors);
	buf_release(&y->key);
	free(y);
	return rc;
}
