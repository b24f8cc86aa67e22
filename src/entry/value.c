/* SPDX-License-Identifier: ISC */
#include "entry/value.h"

#include "base/limits.h"

struct value *
value_add(struct value *parent, struct arena *a)
{
	struct value *v = ARENA_NEW(a, struct value);

	if (v == NULL)
		return NULL;
	v->parent = parent;
	if (parent->last) {
		v->index = parent->last->index + 1;
		parent->last->next = v;
	} else {
		parent->child = v;
	}
	parent->last = v;
	return v;
}

const struct value *
value_get(const struct value *map, struct bytes key)
{
	const struct value *v;

	for (v = map->child; v != NULL; v = v->next)
		if (bytes_eq(v->key, key))
			return v;
	return NULL;
}

bool
value_is_scalar(const struct value *v)
{
	return v->type >= VALUE_BOOL && v->type <= VALUE_STRING;
}

static void
json_member_key(struct json *j, struct bytes key)
{
	json_str(j, key);
	buf_putc(j->out, ':');
	j->comma = false;
}

/* Walks without recursion: down to a child, along, and up by parent. */
void
value_json(const struct value *top, struct json *j)
{
	const struct value *v = top;

	for (;;) {
		if (v != top && v->parent->type == VALUE_MAP)
			json_member_key(j, v->key);
		if (v->type == VALUE_MAP)
			json_obj(j);
		else if (v->type == VALUE_LIST)
			json_arr(j);
		else if (v->type == VALUE_STRING)
			json_str(j, v->text);
		else if (v->type == VALUE_NULL)
			json_nil(j);
		else
			json_raw(j, v->text);
		if (v->type >= VALUE_LIST && v->child) {
			v = v->child;
			continue;
		}
		for (;; v = v->parent) {
			if (v->type == VALUE_MAP)
				json_end_obj(j);
			else if (v->type == VALUE_LIST)
				json_end_arr(j);
			if (v == top)
				return;
			if (v->next)
				break;
		}
		v = v->next;
	}
}

void
value_pointer(const struct value *v, struct buf *out)
{
	const struct value *up[LIMIT_DEPTH + 1];
	size_t n = 0, i;

	for (; v->parent && n < NELEM(up); v = v->parent)
		up[n++] = v;
	while (n--) {
		buf_putc(out, '/');
		if (up[n]->parent->type == VALUE_LIST) {
			buf_printf(out, "%u", up[n]->index);
			continue;
		}
		for (i = 0; i < up[n]->key.n; i++) {
			unsigned char c = up[n]->key.p[i];

			if (c == '~')
				buf_puts(out, "~0");
			else if (c == '/')
				buf_puts(out, "~1");
			else
				buf_putc(out, c);
		}
	}
}

static size_t
digits(struct bytes s, size_t at)
{
	while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
		at++;
	return at;
}

bool
value_is_number(struct bytes s)
{
	size_t at = 0, from;

	if (at < s.n && s.p[at] == '-')
		at++;
	from = at;
	if ((at = digits(s, at)) == from || (s.p[from] == '0' && at > from + 1))
		return false;
	if (at < s.n && s.p[at] == '.') {
		from = ++at;
		if ((at = digits(s, at)) == from)
			return false;
	}
	if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
		at++;
		if (at < s.n && (s.p[at] == '+' || s.p[at] == '-'))
			at++;
		from = at;
		if ((at = digits(s, at)) == from)
			return false;
	}
	return at == s.n;
}
