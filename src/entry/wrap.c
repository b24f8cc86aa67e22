/* SPDX-License-Identifier: ISC */
/*
 * An entry of any form as a JSON line, as dump writes it:
 *
 *	{"id":"x","form":"markdown"|"prose"|"json","source":"..."}
 *
 * or "source64", in Base64, for a source that is not UTF-8.  These three
 * keys and no other; the source is read as a file of that form would be.
 */
#include "entry/reader.h"

static const struct {
	struct bytes name;
	enum source_form form;
} forms[] = {
	{ { (const unsigned char *)"markdown", 8 }, SOURCE_MARKDOWN },
	{ { (const unsigned char *)"prose", 5 }, SOURCE_PROSE },
	{ { (const unsigned char *)"json", 4 }, SOURCE_JSON },
};

static const struct value *
text_of(const struct value *head, struct bytes key)
{
	const struct value *v = value_get(head, key);

	return v != NULL && v->type == VALUE_STRING ? v : NULL;
}

bool
wrap_is(const struct value *head)
{
	const struct value *v;
	size_t n = 0;

	for (v = head->child; v != NULL; v = v->next)
		n++;
	return n == 3 && text_of(head, B("id")) && text_of(head, B("form")) &&
	    (text_of(head, B("source")) || text_of(head, B("source64")));
}

static int
digit64(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* false: s is not Base64. */
static bool
decode64(struct bytes s, struct buf *out)
{
	uint32_t v = 0;
	unsigned int bits = 0;
	size_t i, n = s.n;
	int d;

	while (n > 0 && s.n - n < 2 && s.p[n - 1] == '=')
		n--;
	if (s.n % 4 != 0)
		return false;
	for (i = 0; i < n; i++) {
		if ((d = digit64(s.p[i])) < 0)
			return false;
		v = v << 6 | (uint32_t)d;
		if ((bits += 6) >= 8)
			buf_putc(out, (int)(v >> (bits -= 8) & 0xff));
	}
	return true;
}

/* The source that head holds; false after a finding. */
static bool
source_of(struct entry_reader *r, const struct value *head, struct buf *tmp,
    struct bytes *ret)
{
	const struct value *v = text_of(head, B("source"));

	if (v != NULL) {
		*ret = v->text;
		return true;
	}
	v = text_of(head, B("source64"));
	if (decode64(v->text, tmp)) {
		*ret = buf_view(tmp);
		return true;
	}
	say_value(r, DIAG_FIELD_BAD, v, "source64 is not Base64");
	return false;
}

static int
read_as(struct entry_reader *r, enum source_form form, struct bytes source,
    struct bytes id, struct arena *a, struct entry **ret)
{
	struct entry_reader_opts o = { .file = r->file, .base = id,
	    .lang = bytes_str(r->lang), .diag = r->diag };
	struct entry_reader *in;
	bool changed;
	int rc;

	if ((rc = entry_reader_new(form, &o, source, &in)) < 0)
		return rc;
	in->inner = true;
	rc = entry_reader_next(in, a, ret);
	entry_reader_free(in);
	if (rc <= 0)
		return rc;
	id = id_make(a, id, &changed);
	if (id.n)
		(*ret)->id = id;
	(*ret)->line = r->source_line;
	return a->err ? a->err : 1;
}

int
wrap_read(struct entry_reader *r, const struct value *head, struct arena *a,
    struct entry **ret)
{
	const struct value *form = text_of(head, B("form"));
	struct bytes id = text_of(head, B("id"))->text, source;
	struct buf tmp = { 0 };
	size_t i;
	int rc = 0;

	for (i = 0; i < NELEM(forms); i++)
		if (bytes_eq(form->text, forms[i].name))
			break;
	if (i == NELEM(forms))
		say_value(r, DIAG_FIELD_BAD, form, "form is markdown, prose or json");
	else if (source_of(r, head, &tmp, &source))
		rc = tmp.err ? tmp.err : read_as(r, forms[i].form, source, id, a, ret);
	buf_release(&tmp);
	return rc;
}
