/* SPDX-License-Identifier: ISC */
/* One face for the readers of all forms, and how they say what they notice. */
#include "entry/reader.h"

#include "base/utf8.h"

/* Findings of one code in one Markdown or prose file; each costs a walk. */
#define SAY_MAX		1000
#define SAY_BYTES_MAX	20	/* of bad bytes: a whole file may be of them */

static int
reader_make(enum source_form form, const struct entry_reader_opts *o,
    struct entry_reader **ret)
{
	struct entry_reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return LEISHU_ENOMEM;
	r->form = form;
	r->diag = o->diag;
	r->line = 1;
	r->file = bytes_dup(bytes_str(o->file ? o->file : "stdin"));
	r->base = bytes_dup(o->base);
	r->lang = bytes_dup(o->lang);
	if (r->file == NULL || r->base == NULL || r->lang == NULL) {
		entry_reader_free(r);
		return LEISHU_ENOMEM;
	}
	*ret = r;
	return 0;
}

int
entry_reader_new(enum source_form form, const struct entry_reader_opts *o,
    struct bytes data, struct entry_reader **ret)
{
	int rc = reader_make(form, o, ret);

	if (rc == 0)
		(*ret)->data = data;
	return rc;
}

int
entry_reader_stream(const struct entry_reader_opts *o,
    int (*fill)(void *, void *, size_t, size_t *), void *ctx,
    struct entry_reader **ret)
{
	int rc = reader_make(SOURCE_JSON, o, ret);

	if (rc == 0) {
		(*ret)->fill = fill;
		(*ret)->ctx = ctx;
	}
	return rc;
}

static bool
is_of_bytes(enum diag_code code)
{
	return code == DIAG_UTF8_BAD || code == DIAG_NUL_BYTE || code == DIAG_CONTROL;
}

bool
tell_utf16(struct entry_reader *r)
{
	struct bytes s = r->source;

	if (!bytes_starts(s, B("\xff\xfe")) && !bytes_starts(s, B("\xfe\xff")))
		return false;
	say(r, DIAG_UTF8_BAD, 0, 2, "the file is UTF-16, not UTF-8");
	/* Which says it all. */
	r->said_n[DIAG_UTF8_BAD] = r->said_n[DIAG_NUL_BYTE] = r->said_n[DIAG_CONTROL] =
	    SAY_MAX;
	return true;
}

/* How many bad bytes were not told one by one. */
static void
tell_others(struct entry_reader *r)
{
	size_t n = r->said_n[DIAG_UTF8_BAD];
	struct diag_at at = { .file = r->file };

	if (n > SAY_BYTES_MAX)
		diag_add(r->diag, DIAG_UTF8_BAD, &at, "%zu more bytes are not UTF-8: "
		    "is it another encoding, as GB 18030, Big5 or Windows-1251?",
		    n - SAY_BYTES_MAX);
}

/* The one entry of a Markdown or prose file. */
static int
file_next(struct entry_reader *r, struct arena *a, struct entry **ret)
{
	struct entry *e;
	bool utf16;
	int rc;

	if (r->eof)
		return 0;
	r->eof = true;
	r->source = r->data;
	r->source_line = 1;
	if (r->data.n > LIMIT_SOURCE) {
		r->source.n = 0;
		say(r, DIAG_TOO_LARGE, 0, 0, "a file larger than %u bytes is left out",
		    LIMIT_SOURCE);
		return 0;
	}
	if ((e = ARENA_NEW(a, struct entry)) == NULL)
		return LEISHU_ENOMEM;
	tree_clear(&r->tree);
	e->form = (uint8_t)r->form;
	e->line = 1;
	e->file = arena_bytes(a, bytes_str(r->file));
	e->source = arena_bytes(a, r->data);
	utf16 = tell_utf16(r);
	rc = r->form == SOURCE_MARKDOWN ? markdown_read(r, a, e) : prose_read(r, a, e);
	if (rc < 0)
		return rc;
	if (!utf16)
		tell_others(r);
	if (a->err)
		return a->err;
	*ret = e;
	return 1;
}

int
entry_reader_next(struct entry_reader *r, struct arena *a, struct entry **ret)
{
	return r->form == SOURCE_JSON ? json_next(r, a, ret) : file_next(r, a, ret);
}

void
entry_reader_free(struct entry_reader *r)
{
	if (r == NULL)
		return;
	tree_release(&r->tree);
	buf_release(&r->in);
	buf_release(&r->scratch);
	free(r->file);
	free(r->base);
	free(r->lang);
	free(r);
}

static void
vsay(struct entry_reader *r, enum diag_code code, struct diag_at *at,
    const char *fmt, va_list ap)
{
	struct buf b = { 0 };

	at->file = r->file;
	if (r->form != SOURCE_JSON &&
	    r->said_n[code]++ >= (is_of_bytes(code) ? SAY_BYTES_MAX : SAY_MAX))
		return;
	buf_vprintf(&b, fmt, ap);
	diag_add(r->diag, code, at, "%.*s", (int)b.n, (const char *)b.p);
	buf_release(&b);
}

void
say(struct entry_reader *r, enum diag_code code, size_t from, size_t to,
    const char *fmt, ...)
{
	struct diag_at at = { .text = r->source, .from = from, .to = to,
		.first_line = r->source_line };
	va_list ap;

	va_start(ap, fmt);
	vsay(r, code, &at, fmt, ap);
	va_end(ap);
}

static void
vsay_value(struct entry_reader *r, enum diag_code code, const struct value *v,
    bool key, const char *fmt, va_list ap)
{
	struct diag_at at = { .first_line = r->source_line };
	struct buf pointer = { 0 };

	if (r->form == SOURCE_JSON) {
		value_pointer(v, &pointer);
		buf_putc(&pointer, 0);
		if (pointer.err == 0)
			at.pointer = (const char *)pointer.p;
		if (!key && value_is_scalar(v)) {
			at.text = v->text;
			at.to = v->text.n;
		}
	} else {
		at.text = r->source;
		at.from = key ? v->key_from : v->from;
		at.to = key ? v->key_to : v->to;
	}
	vsay(r, code, &at, fmt, ap);
	buf_release(&pointer);
}

void
say_value(struct entry_reader *r, enum diag_code code, const struct value *v,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsay_value(r, code, v, false, fmt, ap);
	va_end(ap);
}

void
say_key(struct entry_reader *r, enum diag_code code, const struct value *v,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsay_value(r, code, v, true, fmt, ap);
	va_end(ap);
}
