/* SPDX-License-Identifier: ISC */
/*
 * BibTeX to CSL-JSON, as far as reference managers write it: @type{key,
 * field = {...} or "..." or number or macro, joined by #}.  Braces go, TeX
 * accents become letters.
 */
#include "base/utf8.h"
#include "collection/inside.h"
#include "script/nfc.h"

#define FIELDS_MAX	64

struct bib {
	struct collection *c;
	const char *path;
	struct bytes s;
	size_t at;
	struct map macros;	/* name to address of a struct bytes */
};

struct item {
	struct bytes type, key;
	struct { struct bytes name, text; } field[FIELDS_MAX];
	size_t n;
};

static const char *const types[][2] = {
	{ "article", "article-journal" }, { "book", "book" }, { "booklet", "pamphlet" },
	{ "collection", "book" }, { "inbook", "chapter" }, { "incollection", "chapter" },
	{ "inproceedings", "paper-conference" }, { "conference", "paper-conference" },
	{ "proceedings", "book" }, { "phdthesis", "thesis" }, { "mastersthesis", "thesis" },
	{ "thesis", "thesis" }, { "techreport", "report" }, { "report", "report" },
	{ "online", "webpage" }, { "www", "webpage" }, { "electronic", "webpage" },
};

/* Fields whose text goes over as it is; the first one there wins. */
static const char *const plain[][2] = {
	{ "title", "title" }, { "journal", "container-title" },
	{ "journaltitle", "container-title" }, { "booktitle", "container-title" },
	{ "volume", "volume" }, { "number", "issue" }, { "issue", "issue" },
	{ "publisher", "publisher" }, { "school", "publisher" },
	{ "institution", "publisher" }, { "address", "publisher-place" },
	{ "location", "publisher-place" }, { "edition", "edition" },
	{ "series", "collection-title" }, { "url", "URL" }, { "doi", "DOI" },
	{ "isbn", "ISBN" }, { "issn", "ISSN" }, { "language", "language" },
	{ "langid", "language" }, { "note", "note" }, { "abstract", "abstract" },
};

static unsigned char
peek(const struct bib *b)
{
	return b->at < b->s.n ? b->s.p[b->at] : 0;
}

static void
blanks(struct bib *b)
{
	while (b->at < b->s.n && (b->s.p[b->at] == ' ' ||
	    (b->s.p[b->at] >= '\t' && b->s.p[b->at] <= '\r')))
		b->at++;
}

/* A name in lower case: letters, digits and what keys hold. */
static struct bytes
word(struct bib *b)
{
	size_t from = b->at;

	while (b->at < b->s.n && b->s.p[b->at] > ' ' &&
	    strchr(",={}\"#%()", b->s.p[b->at]) == NULL)
		b->at++;
	return bytes_sub(b->s, from, b->at);
}

static struct bytes
lower(struct arena *a, struct bytes s)
{
	char *p = arena_str(a, s);
	size_t i;

	for (i = 0; p != NULL && i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] | 0x20);
	return bytes_make(p, p ? s.n : 0);
}

/* From an opening brace or quote to its end; false: there is none. */
static bool
delimited(struct bib *b, struct bytes *ret)
{
	unsigned char open = peek(b);
	size_t from = ++b->at, depth = 0;

	for (; b->at < b->s.n; b->at++) {
		unsigned char c = b->s.p[b->at];

		if (c == '\\' && b->at + 1 < b->s.n) {
			b->at++;
		} else if (depth == 0 && c == (open == '{' ? '}' : open)) {
			*ret = bytes_sub(b->s, from, b->at++);
			return true;
		} else if (c == '{') {
			depth++;
		} else if (c == '}' && depth) {
			depth--;
		}
	}
	return false;
}

static bool
value(struct bib *b, struct buf *out)
{
	const uint64_t *slot;
	struct bytes part;

	do {
		blanks(b);
		if (peek(b) == '{' || peek(b) == '"') {
			if (!delimited(b, &part))
				return false;
		} else {
			part = word(b);
			if (part.n == 0)
				return false;
			slot = map_get(&b->macros, lower(&b->c->arena, part));
			if (slot != NULL)
				part = *(const struct bytes *)(uintptr_t)*slot;
		}
		buf_bytes(out, part);
		blanks(b);
	} while (peek(b) == '#' && ++b->at);
	return true;
}

/* The combining character of a TeX accent, or 0. */
static uint32_t
accent(unsigned char c)
{
	static const char signs[] = "`'^~\"=.ucvHrkd";
	static const uint16_t marks[] = { 0x300, 0x301, 0x302, 0x303, 0x308, 0x304,
		0x307, 0x306, 0x327, 0x30c, 0x30b, 0x30a, 0x328, 0x323 };
	const char *p = c ? strchr(signs, c) : NULL;

	return p ? marks[p - signs] : 0;
}

static const char *
letter(struct bytes name)
{
	static const char *const letters[][2] = {
		{ "ss", "\xc3\x9f" }, { "ae", "\xc3\xa6" }, { "AE", "\xc3\x86" },
		{ "oe", "\xc5\x93" }, { "OE", "\xc5\x92" }, { "o", "\xc3\xb8" },
		{ "O", "\xc3\x98" }, { "aa", "\xc3\xa5" }, { "AA", "\xc3\x85" },
		{ "l", "\xc5\x82" }, { "L", "\xc5\x81" }, { "i", "i" }, { "j", "j" },
	};
	size_t i;

	for (i = 0; i < NELEM(letters); i++)
		if (bytes_eq(name, bytes_str(letters[i][0])))
			return letters[i][1];
	return NULL;
}

/* At a backslash: what it stands for goes to out; how many bytes it took. */
static size_t
command(struct bytes s, struct buf *out)
{
	size_t at = 1, from;
	const char *text;
	uint32_t mark;
	bool alpha;

	if (s.n < 2)
		return 1;
	alpha = (s.p[1] | 0x20) >= 'a' && (s.p[1] | 0x20) <= 'z';
	for (at = 2; alpha && at < s.n && (s.p[at] | 0x20) >= 'a' && (s.p[at] | 0x20) <= 'z'; )
		at++;
	mark = at == 2 ? accent(s.p[1]) : 0;
	if ((text = letter(bytes_sub(s, 1, at))) != NULL && !(mark && at < s.n && s.p[at] == '{')) {
		buf_puts(out, text);
		return at < s.n && s.p[at] == ' ' ? at + 1 : at;
	}
	if (mark == 0) {
		if (!alpha)
			buf_putc(out, s.p[1]);	/* \& \% \_ */
		return at;
	}
	while (at < s.n && (s.p[at] == '{' || s.p[at] == ' '))
		at++;
	from = at;
	if (at < s.n && s.p[at] == '\\' && at + 1 < s.n)	/* \'{\i} */
		from = ++at;
	if (at < s.n) {
		size_t len;

		buf_utf8(out, utf8_get(s, from, &len, NULL));
		buf_utf8(out, mark);
		at += len;
	}
	return at;
}

static struct bytes
tidy(struct arena *a, struct bytes s)
{
	struct buf b = { 0 }, nfc = { 0 };
	struct bytes ret;
	size_t at = 0;

	while (at < s.n) {
		unsigned char c = s.p[at];

		if (c == '\\') {
			at += command(bytes_sub(s, at, s.n), &b);
			continue;
		}
		at++;
		if (c == '{' || c == '}')
			continue;
		if (c == '~' || c == '\n' || c == '\r' || c == '\t')
			c = ' ';
		if (c == ' ' && b.n && b.p[b.n - 1] == ' ')
			continue;
		buf_putc(&b, c);
	}
	script_nfc(bytes_trim(buf_view(&b)), &nfc);
	ret = arena_buf(a, &nfc);
	buf_release(&b);
	buf_release(&nfc);
	return ret;
}

static struct bytes
get(const struct item *it, const char *name)
{
	size_t i;

	for (i = 0; i < it->n; i++)
		if (bytes_eq(it->field[i].name, bytes_str(name)))
			return it->field[i].text;
	return (struct bytes){ NULL, 0 };
}

static void
put_name(struct json *j, struct bytes s, bool braced)
{
	size_t at = bytes_find(s, B(", "));

	json_obj(j);
	if (at != SIZE_MAX) {
		json_key_str(j, "family", bytes_sub(s, 0, at));
		json_key_str(j, "given", bytes_trim(bytes_sub(s, at + 2, s.n)));
	} else {
		for (at = s.n; at > 0 && s.p[at - 1] != ' '; at--)
			;
		if (braced || at == 0) {
			json_key_str(j, "literal", s);
		} else {
			json_key_str(j, "family", bytes_sub(s, at, s.n));
			json_key_str(j, "given", bytes_trim(bytes_sub(s, 0, at)));
		}
	}
	json_end_obj(j);
}

static void
put_names(struct arena *a, struct json *j, const char *key, struct bytes s)
{
	size_t end;

	if (s.n == 0)
		return;
	json_key(j, key);
	json_arr(j);
	while (s.n) {
		struct bytes one;

		end = MIN(bytes_find(s, B(" and ")), s.n);
		one = bytes_trim(bytes_sub(s, 0, end));
		s = bytes_sub(s, end + 5, s.n);
		if (one.n)
			put_name(j, tidy(a, one), one.p[0] == '{');
	}
	json_end_arr(j);
}

static void
put_issued(struct json *j, const struct item *it)
{
	struct bytes s = get(it, "date");
	uint64_t part[3];
	size_t n = 0, i;

	if (s.n == 0)
		s = get(it, "year");
	s = bytes_trim(s);
	while (n < 3 && s.n) {
		size_t end = MIN(bytes_find(s, B("-")), s.n);

		if (!bytes_u64(bytes_sub(s, 0, end), 9999, &part[n]))
			break;
		n++;
		s = bytes_sub(s, end + 1, s.n);
	}
	if (n == 0)
		return;
	json_key(j, "issued");
	json_raw(j, B("{\"date-parts\":[["));
	for (i = 0; i < n; i++)
		buf_printf(j->out, "%s%u", i ? "," : "", (unsigned int)part[i]);
	buf_puts(j->out, "]]}");
}

static void
put_pages(struct json *j, struct bytes s)
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != '-' || i == 0 || s.p[i - 1] != '-')
			buf_putc(&b, s.p[i]);
	json_opt(j, "page", bytes_trim(buf_view(&b)));
	buf_release(&b);
}

static int
put_item(struct bib *b, const struct item *it, const struct diag_at *at)
{
	struct arena *a = &b->c->arena;
	struct buf out = { 0 };
	struct json j = json_on(&out);
	const char *type = "document";
	size_t i, k;
	int rc;

	for (i = 0; i < NELEM(types); i++)
		if (bytes_eq(it->type, bytes_str(types[i][0])))
			type = types[i][1];
	json_obj(&j);
	json_key_str(&j, "id", it->key);
	json_key_str(&j, "type", bytes_str(type));
	put_names(a, &j, "author", get(it, "author"));
	put_names(a, &j, "editor", get(it, "editor"));
	put_issued(&j, it);
	for (i = 0; i < NELEM(plain); i++) {
		for (k = 0; k < i; k++)
			if (strcmp(plain[k][1], plain[i][1]) == 0 && get(it, plain[k][0]).n)
				break;
		if (k == i)
			json_opt(&j, plain[i][1], tidy(a, get(it, plain[i][0])));
	}
	put_pages(&j, tidy(a, get(it, "pages")));
	json_end_obj(&j);
	rc = out.err ? out.err : reference_add(b->c, it->key, buf_view(&out), at);
	buf_release(&out);
	return rc;
}

/* name = value pairs up to the closing brace. */
static bool
fields(struct bib *b, struct item *it, struct arena *a)
{
	for (;;) {
		struct buf text = { 0 };
		struct bytes name;

		blanks(b);
		if (peek(b) == ',')
			b->at++;
		blanks(b);
		if (peek(b) == '}' || peek(b) == ')') {
			b->at++;
			return true;
		}
		name = lower(a, word(b));
		blanks(b);
		if (name.n == 0 || peek(b) != '=')
			return false;
		b->at++;
		if (!value(b, &text)) {
			buf_release(&text);
			return false;
		}
		if (it->n < FIELDS_MAX) {
			it->field[it->n].name = name;
			it->field[it->n++].text = arena_buf(a, &text);
		}
		buf_release(&text);
	}
}

static int
macro(struct bib *b, struct item *it)
{
	struct bytes *kept;
	uint64_t *slot;
	size_t i;

	for (i = 0; i < it->n; i++) {
		if ((kept = ARENA_NEW(&b->c->arena, struct bytes)) == NULL ||
		    (slot = map_put(&b->macros, it->field[i].name, NULL)) == NULL)
			return LEISHU_ENOMEM;
		*kept = it->field[i].text;
		*slot = (uint64_t)(uintptr_t)kept;
	}
	return 0;
}

/* At an "@": one item, or a finding and on to the next. */
static int
entry(struct bib *b)
{
	struct arena *a = &b->c->arena;
	struct item it = { .n = 0 };
	struct diag_at at = { .file = b->path, .text = b->s, .from = b->at, .to = b->at + 1 };
	bool string;

	b->at++;
	it.type = lower(a, word(b));
	blanks(b);
	if (bytes_eq(it.type, B("comment")) || bytes_eq(it.type, B("preamble")) ||
	    (peek(b) != '{' && peek(b) != '('))
		return 0;
	string = bytes_eq(it.type, B("string"));
	b->at++;
	blanks(b);
	if (!string)
		it.key = word(b);
	if ((!string && it.key.n == 0) || !fields(b, &it, a)) {
		diag_add(b->c->diag, DIAG_REFERENCES_BAD, &at, "this item cannot be read");
		return a->err;
	}
	return string ? macro(b, &it) : put_item(b, &it, &at);
}

int
bib_read(struct collection *c, const char *path, struct bytes text)
{
	struct bib b = { .c = c, .path = path, .s = text };
	const unsigned char *hit;
	int rc = 0;

	while (rc == 0 && b.at < text.n &&
	    (hit = memchr(text.p + b.at, '@', text.n - b.at)) != NULL) {
		b.at = (size_t)(hit - text.p);
		/* An item begins a line; an "@" elsewhere is an address. */
		if (b.at == 0 || text.p[b.at - 1] <= ' ' || text.p[b.at - 1] == '}')
			rc = entry(&b);
		else
			b.at++;
	}
	map_release(&b.macros);
	return rc;
}
