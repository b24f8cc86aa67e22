/* SPDX-License-Identifier: ISC */
/* JSON Lines: one entry a line, read through a window of bounded size. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "entry/reader.h"

#define CHUNK		(256u << 10)
#define QUICK		(JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES)

/* What of the stream is there, from at. */
static struct bytes
window(const struct entry_reader *r)
{
	struct bytes all = r->fill ? buf_view(&r->in) : r->data;

	return bytes_sub(all, r->at, all.n);
}

/* More of the stream behind the window, whose used part goes. */
static int
more(struct entry_reader *r)
{
	unsigned char *to;
	size_t got = 0;
	int rc;

	if (r->fill == NULL) {
		r->eof = true;
		return 0;
	}
	if (r->at) {
		memmove(r->in.p, r->in.p + r->at, r->in.n - r->at);
		r->in.n -= r->at;
		r->at = 0;
	}
	if ((to = buf_room(&r->in, CHUNK)) == NULL)
		return r->in.err;
	if ((rc = r->fill(r->ctx, to, CHUNK, &got)) < 0)
		return rc;
	r->in.n += got;
	r->eof = got == 0;
	return 0;
}

/*
 * The next line without its "\n".  A line past LIMIT_SOURCE is dropped as it
 * comes, and *whole is false.  Returns 1, 0 at the end, or a failure.
 */
static int
next_line(struct entry_reader *r, struct bytes *line, bool *whole)
{
	const unsigned char *nl = NULL;
	size_t seen = 0;
	struct bytes w;
	int rc;

	*whole = true;
	for (;;) {
		w = window(r);
		nl = w.n > seen ? memchr(w.p + seen, '\n', w.n - seen) : NULL;
		seen = w.n;
		if ((nl ? (size_t)(nl - w.p) : w.n) > LIMIT_SOURCE)
			*whole = false;
		if (nl != NULL || r->eof)
			break;
		if (!*whole) {
			r->at += w.n;
			seen = 0;
		}
		if ((rc = more(r)) < 0)
			return rc;
	}
	if (nl == NULL && w.n == 0 && *whole)
		return 0;
	*line = bytes_sub(w, 0, nl ? (size_t)(nl - w.p) : w.n);
	r->at += line->n + (nl != NULL);
	return 1;
}

/* A real number in the fewest digits that read back as the same. */
static struct bytes
real_text(struct arena *a, double v)
{
	char s[40];
	int digits;

	for (digits = 15; digits <= 17; digits++) {
		(void)snprintf(s, sizeof(s), "%.*g", digits, v);
		if (strtod(s, NULL) == v)
			break;
	}
	return arena_bytes(a, bytes_str(s));
}

static struct bytes
string_of(const json_t *j)
{
	return bytes_make(json_string_value(j), json_string_length(j));
}

static int
convert(struct entry_reader *r, struct arena *a, json_t *j, struct value *v, size_t depth)
{
	struct value *c;
	const char *key;
	json_t *m;
	size_t i;
	int rc = 0;

	switch (json_typeof(j)) {
	case JSON_STRING:
		v->type = VALUE_STRING;
		v->text = string_of(j);
		return 0;
	case JSON_INTEGER:
		v->type = VALUE_NUMBER;
		v->text = arena_printf(a, "%lld", (long long)json_integer_value(j));
		return a->err;
	case JSON_REAL:
		v->type = VALUE_NUMBER;
		v->text = real_text(a, json_real_value(j));
		return a->err;
	case JSON_TRUE:
	case JSON_FALSE:
		v->type = VALUE_BOOL;
		v->text = json_is_true(j) ? B("true") : B("false");
		return 0;
	case JSON_NULL:
		return 0;
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	if (depth >= LIMIT_DEPTH - 1) {
		if (!r->said[DIAG_TOO_DEEP])
			say_value(r, DIAG_TOO_DEEP, v, "nested deeper than %d levels", LIMIT_DEPTH);
		r->said[DIAG_TOO_DEEP] = true;
		return 0;
	}
	if (json_is_array(j)) {
		v->type = VALUE_LIST;
		json_array_foreach(j, i, m)
			if ((c = value_add(v, a)) == NULL ||
			    (rc = convert(r, a, m, c, depth + 1)) < 0)
				return rc ? rc : LEISHU_ENOMEM;
		return 0;
	}
	v->type = VALUE_MAP;
	json_object_foreach(j, key, m) {
		if ((c = value_add(v, a)) == NULL)
			return LEISHU_ENOMEM;
		c->key = bytes_str(key);
		if ((rc = convert(r, a, m, c, depth + 1)) < 0)
			return rc;
	}
	return rc;
}

/* "\ud800" without its other half, which no text can hold, as "\ufffd". */
static bool
mend_surrogates(struct buf *b)
{
	bool mended = false;
	unsigned int v, w;
	size_t i;

	for (i = 0; i + 6 <= b->n; i++) {
		if (b->p[i] != '\\')
			continue;
		if (b->p[i + 1] != 'u') {
			i++;
			continue;
		}
		if (sscanf((const char *)b->p + i + 2, "%4x", &v) != 1 ||
		    v < 0xd800 || v > 0xdfff)
			continue;
		if (v < 0xdc00 && i + 12 <= b->n && b->p[i + 6] == '\\' &&
		    b->p[i + 7] == 'u' &&
		    sscanf((const char *)b->p + i + 8, "%4x", &w) == 1 &&
		    w >= 0xdc00 && w <= 0xdfff) {
			i += 11;
			continue;
		}
		memcpy(b->p + i + 2, "fffd", 4);
		mended = true;
	}
	return mended;
}

static size_t
error_at(const json_error_t *e, struct bytes line)
{
	size_t at = e->position > 0 ? (size_t)e->position : 0;

	return MIN(at, line.n);
}

/* What jansson says, without its own words about place, a line being all. */
static struct bytes
error_text(const json_error_t *e, struct bytes line)
{
	struct bytes s = bytes_str(e->text);

	if (bytes_starts(bytes_trim(line), B("[")))
		return B("a list; each line wants one object, without '[' and ','");
	if (json_error_code(e) == json_error_end_of_input_expected)
		return B("something follows the object");
	if (json_error_code(e) == json_error_premature_end_of_input)
		return B("the line ends before the object does");
	return bytes_sub(s, 0, bytes_find(s, B(" near ")));
}

/* The key that jansson names after "near", if it is short. */
static struct bytes
key_near(const json_error_t *e)
{
	struct bytes s = bytes_str(e->text), near = B(" near ");
	size_t at = bytes_find(s, near);

	if (at == SIZE_MAX)
		return B("?");
	s = bytes_sub(s, at + near.n, s.n);
	if (bytes_starts(s, B("'\"")) && bytes_ends(s, B("\"'")) && s.n > 4)
		s = bytes_sub(s, 2, s.n - 2);
	return s;
}

/*
 * The line as a tree: 1, or 0 after a finding, when it cannot be, or
 * LEISHU_ENOMEM.
 */
static int
load(struct entry_reader *r, struct bytes line, json_t **ret)
{
	struct bytes s = line;
	size_t flags = QUICK, tries, at;
	struct bytes key, why;
	json_error_t e;

	if (bytes_starts(s, B("\xef\xbb\xbf")))
		s = bytes_sub(s, 3, s.n);
	for (tries = 0; tries < 5; tries++) {
		errno = 0;
		*ret = json_loadb((const char *)s.p, s.n, flags, &e);
		/* Short of memory, jansson gives any reason, none, or half a tree. */
		if (errno == ENOMEM) {
			json_decref(*ret);
			return LEISHU_ENOMEM;
		}
		if (*ret != NULL)
			return 1;
		at = error_at(&e, s);
		if (json_error_code(&e) == json_error_duplicate_key) {
			key = key_near(&e);
			say(r, DIAG_KEY_TWICE, at, at,
			    "the key '%.*s' stands twice; the last is taken",
			    (int)key.n, (const char *)key.p);
			flags &= ~(size_t)JSON_REJECT_DUPLICATES;
		} else if (json_error_code(&e) == json_error_numeric_overflow &&
		    !(flags & JSON_DECODE_INT_AS_REAL)) {
			flags |= JSON_DECODE_INT_AS_REAL;
		} else if (utf8_check(s) != SIZE_MAX) {
			buf_clear(&r->scratch);
			text_clean(r, s, (size_t)(s.p - line.p), &r->scratch, NULL);
			if (r->scratch.err == LEISHU_ENOMEM)
				return LEISHU_ENOMEM;
			s = buf_view(&r->scratch);
		} else {
			if (s.p != r->scratch.p) {
				buf_clear(&r->scratch);
				buf_bytes(&r->scratch, s);
				s = buf_view(&r->scratch);
			}
			buf_putc(&r->scratch, 0);	/* an end for sscanf */
			if (r->scratch.err == LEISHU_ENOMEM)
				return LEISHU_ENOMEM;
			if (r->scratch.err || !mend_surrogates(&r->scratch))
				break;
			s = bytes_make(r->scratch.p, s.n);
			say(r, DIAG_UTF8_BAD, at, at, "half a surrogate pair");
		}
	}
	why = error_text(&e, line);
	say(r, DIAG_JSON_BAD, at, at, "not JSON: %.*s", (int)why.n, (const char *)why.p);
	return 0;
}

/* A body's controls as U+FFFD, told once for each sort. */
static int
without_controls(struct entry_reader *r, struct arena *a, const struct value *body,
    struct bytes *text)
{
	struct bytes s = *text;
	size_t at, from = 0, n[2] = { 0 };

	buf_clear(&r->scratch);
	for (at = 0; at < s.n; at++) {
		if (!is_control(s.p[at]))
			continue;
		n[s.p[at] == 0]++;
		buf_bytes(&r->scratch, bytes_sub(s, from, at));
		buf_utf8(&r->scratch, UTF8_BAD);
		from = at + 1;
	}
	if (n[0] + n[1] == 0)
		return 0;
	if (n[0])
		say_value(r, DIAG_CONTROL, body, "a control character in the body");
	if (n[1])
		say_value(r, DIAG_NUL_BYTE, body, "a NUL in the body");
	buf_bytes(&r->scratch, bytes_sub(s, from, s.n));
	if (r->scratch.err == LEISHU_ENOMEM)
		return LEISHU_ENOMEM;
	*text = arena_buf(a, &r->scratch);
	return 0;
}

static int
body_read(struct entry_reader *r, struct arena *a, const struct value *head)
{
	const struct value *body = value_get(head, B("body"));
	const struct value *format = value_get(head, B("format"));
	struct bytes text = { NULL, 0 };
	int rc;

	if (body != NULL && value_is_scalar(body))
		text = body->text;
	else if (body != NULL && body->type != VALUE_NULL)
		say_value(r, DIAG_FIELD_BAD, body, "body wants a text");
	if ((rc = without_controls(r, a, body, &text)) < 0)
		return rc;
	if (format != NULL && bytes_eq(format->text, B("markdown")))
		return markdown_body(r, a, text);
	plain_body(&r->tree, a, text);
	return 0;
}

static int
read_line(struct entry_reader *r, struct arena *a, struct entry **ret)
{
	struct value head = { 0 };
	struct entry *e;
	json_t *j;
	int rc;

	if ((rc = load(r, r->source, &j)) <= 0)
		return rc;
	if (!json_is_object(j)) {
		say(r, DIAG_JSON_BAD, 0, r->source.n, "not a JSON object");
		json_decref(j);
		return 0;
	}
	if ((rc = convert(r, a, j, &head, 0)) < 0)
		goto out;
	if (!r->inner && wrap_is(&head)) {
		rc = wrap_read(r, &head, a, ret);
		goto out;
	}
	rc = LEISHU_ENOMEM;
	if ((e = ARENA_NEW(a, struct entry)) == NULL)
		goto out;
	tree_clear(&r->tree);
	e->form = SOURCE_JSON;
	e->line = r->source_line;
	e->source = arena_bytes(a, r->source);
	e->file = arena_bytes(a, bytes_str(r->file));
	if ((rc = fields_read(r, &head, a, e)) < 0 ||
	    (rc = body_read(r, a, &head)) < 0 ||
	    (rc = tree_finish(&r->tree, a, e)) < 0 ||
	    (rc = fields_finish(r, &head, a, e)) < 0)
		goto out;
	if ((rc = a->err) == 0) {
		*ret = e;
		rc = 1;
	}
out:
	json_decref(j);
	return rc;
}

int
json_next(struct entry_reader *r, struct arena *a, struct entry **ret)
{
	struct bytes line;
	bool whole;
	int rc;

	for (;;) {
		if ((rc = next_line(r, &line, &whole)) <= 0)
			return rc;
		r->source = line;
		r->source_line = r->line++;
		if (!whole) {
			r->source = (struct bytes){ NULL, 0 };
			say(r, DIAG_TOO_LARGE, 0, 0, "a line longer than %u bytes is left out",
			    LIMIT_SOURCE);
			continue;
		}
		if (bytes_trim(line).n == 0)
			continue;
		if (r->source_line == 1 && tell_utf16(r))
			return 0;
		if ((rc = read_line(r, a, ret)) != 0)
			return rc;
	}
}
